"""What is on somebody's desk: whose turn it is, who holds a file, and which files come next."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.timezone import localdate, localtime
from django.utils.translation import get_language

from satupintu.audit.rules import Actor
from satupintu.licensing.models import Application, Delegation, Step
from satupintu.licensing.queries.clocks import calendar_of
from satupintu.licensing.queries.visible import acts_for, files_for
from satupintu.licensing.rules.moves import DESK, EXAMINING, FRONT, LICENSING, SIGNER, VERIFIER
from satupintu.registry.queries.visible import user_key
from satupintu.web.formats import clock, weekday_date

OFFICERS = frozenset({FRONT, VERIFIER, SIGNER})
# A suspended paper rests with the signing official, an issued one until it is fetched: nothing waits on a desk.
RESTING = frozenset({"suspended", "issued"})
# While documents are judged and items checked.
LOOKED_AT_IN = ("submitted", *DESK)
CLAIM_LASTS = timedelta(days=1)  # of working time
ORDER = (F("deadline").asc(nulls_last=True), "pk")


def turn_states(role: str) -> tuple[str, ...]:
    """The states in which a role of the offices has to act next."""
    if role not in OFFICERS:
        return ()
    return tuple(state.code for state in LICENSING.states if state.owner == role and state.code not in RESTING)


def within_reach(actor: Actor, day: date) -> QuerySet[Application]:
    """The files on which the actor may act, as ``acts_for`` says of one; for readers every file they see."""
    files = files_for(actor)
    own = user_key(actor)
    if own is not None and actor.role in OFFICERS:
        files = files.exclude(person__user_id=own)
    if actor.role == FRONT and actor.area:
        return files.filter(Q(region=actor.area) | Q(region__startswith=f"{actor.area}."))
    if actor.role == VERIFIER:
        return files.filter(office=actor.office)
    if actor.role == SIGNER:
        return files.filter(_signed_for(actor, day))
    return files


def _signed_for(actor: Actor, day: date) -> Q:
    reach = Q(office=actor.office)
    standing = Delegation.objects.filter(holder=actor.ref, begins__lte=day, ends__gte=day, ended_at__isnull=True)
    for one in standing:
        reach |= Q(office=one.office, licence__in=one.licences) if one.licences else Q(office=one.office)
    return reach


def unclaimed(actor: Actor, at: datetime) -> QuerySet[Application]:
    """Files in the actor's turn that nobody holds and they may decide about, the most pressing first."""
    files = within_reach(actor, localdate(at)).filter(state__in=turn_states(actor.role), claimed_by="")
    if actor.role == SIGNER:
        took_part = Step.objects.filter(application=OuterRef("pk"), made_by=actor.ref, move__in=EXAMINING)
        files = files.exclude(Exists(took_part))
    return files.order_by(*ORDER)


def has_turn(actor: Actor, application: Application, at: datetime) -> bool:
    """Whether it is the actor's own turn on this file."""
    return application.state in turn_states(actor.role) and acts_for(actor, application, localdate(at))


def held_by_other(actor: Actor, application: Application, at: datetime) -> bool:
    """Whether somebody else holds the file: they opened it less than a working day ago and did not let go."""
    if not application.claimed_by or application.claimed_by == actor.ref or application.claimed_at is None:
        return False
    return calendar_of(application.office).after(application.claimed_at, CLAIM_LASTS) > at


def since_words(moment: datetime, at: datetime) -> str:
    """Since when somebody holds a file: the clock of today, else the day and the clock."""
    local, language = localtime(moment), "en" if get_language() == "en" else "id"
    told = clock(local.time(), language)
    return told if local.date() == localdate(at) else f"{weekday_date(local.date(), language)}, {told}"
