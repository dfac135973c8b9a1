"""What follows an event: milestones of who understood, promises to who is still weak, the waves of asking again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from satupintu.accounts.gate import guarded, require_area
from satupintu.audit import actions as audit
from satupintu.audit.rules import Actor
from satupintu.outreach.actions.events import _record
from satupintu.outreach.models import Event, Participant, Promised, Tap
from satupintu.outreach.queries.after import FOLLOW_UP, WAVES_AFTER, Behind, behind, heard, sheets_by_name, sheets_of
from satupintu.outreach.rules.understanding import in_words, understood, weak
from satupintu.registry.actions import add_follow_up, note_milestone
from satupintu.registry.queries.visible import sees
from satupintu.surveys.actions import open_survey
from satupintu.surveys.models import Survey

LOOKED_BACK = timedelta(days=max(WAVES_AFTER) + 30)  # after the last wave there is a month to type its papers
DAYS_TO_LEARN = 30


@guarded
@transaction.atomic
def note_understanding(*, event: Event, by: Actor, at: datetime) -> int:
    """Write the milestone of everybody whose answers say that they understand; returns how many do.

    A self-rating is ``understands_self_rated``, a test ``understands``; evidence is the event. Whoever the actor may
    not see is left to the night. Raises NotAllowed.
    """
    require_area(by, event.region)
    return _note([event], by, at)


@guarded
@transaction.atomic
def note_everybody(*, by: Actor, at: datetime) -> int:
    """The same for every event of the last four months: papers are typed and phones send later than the day."""
    today = localdate(at)
    events = list(Event.objects.exclude(state="planned").filter(day__range=(today - LOOKED_BACK, today)))
    count = _note(events, by, at)
    values = {"events": len(events), "people": count}
    audit.record(action="outreach.everybody_noted", object="events", values=values, by=by, at=at)
    return count


def _note(events: list[Event], by: Actor, at: datetime) -> int:
    rows, count = heard(events), 0
    sheets = {event.pk: sheets_by_name(rows, event) for event in events}
    for one in behind(events):
        event = one.participant.event
        found = understood(sheets_of(one, sheets[event.pk]))
        if found is None or one.person is None or not sees(by, one.person):
            continue
        code = "understands" if found.tested else "understands_self_rated"
        day = event.day + timedelta(days=found.days)
        note_milestone(person=one.person, code=code, day=day, evidence=event.reference, by=by, at=at)
        count += 1
    return count


@guarded
@transaction.atomic
def promise_help(*, event: Event, participants: Iterable[Participant], by: Actor, at: datetime) -> int:
    """Promise help with what they are weak in to each of these participants, once; returns how many are new.

    Those without a name, without a weakness or out of sight are passed over. Raises NotAllowed.
    """
    require_area(by, event.region)
    wanted = {participant.pk for participant in participants}
    sheets = sheets_by_name(heard([event]), event)
    english, count = get_language() == "en", 0
    for one in behind([event]):
        weak_ones = weak(sheets_of(one, sheets)) if one.participant.pk in wanted else []
        if not weak_ones:
            continue
        texts = [statement.text_en if english else statement.text for statement in weak_ones]
        why = in_words(texts, _("Belum: "), _(", dan {n} lagi"))
        count += _promise(one, "weak", why, event.day + timedelta(days=DAYS_TO_LEARN), by, at)
    return count


@guarded
@transaction.atomic
def ask_again(*, event: Event, days: int, by: Actor, at: datetime) -> Survey:
    """Open the follow-up survey of a day (30 or 90) and promise to ask everybody with a name who came.

    Twice, it only promises to who was added. Raises ValidationError, NotAllowed.
    """
    require_area(by, event.region)
    if days not in WAVES_AFTER or event.state == "planned":
        raise ValidationError(_("Acara ini belum selesai. Tutup acaranya dulu."))
    survey = open_survey(
        questionnaire=FOLLOW_UP,
        wave="followup",
        after_days=days,
        subject=event.reference,
        region=event.region,
        title=event.title,
        by=by,
        at=at,
    )
    came = set(Tap.objects.filter(event=event, kind="arrived").values_list("participant", flat=True))
    why = _("Tanya kabar %(days)s hari sesudah acara %(title)s") % {"days": days, "title": event.title}
    due = event.day + timedelta(days=days)
    count = sum(
        _promise(one, f"wave-{days}", why, due, by, at) for one in behind([event]) if one.participant.pk in came
    )
    _record("asked_again", event, {"days": days, "promised": count}, by=by, at=at)
    return survey


def _promise(one: Behind, occasion: str, why: str, due: date, by: Actor, at: datetime) -> bool:
    """Whether a follow-up was written now: once for a participant, and for a person once even with two cards."""
    event, person = one.participant.event, one.person
    if person is None or not sees(by, person):
        return False
    made = {"made_by": by.ref, "made_at": at}
    promise, new = Promised.objects.get_or_create(participant=one.participant, occasion=occasion, defaults=made)
    theirs = Promised.objects.filter(participant__event=event, occasion=occasion, follow_up__person=person)
    if not new or theirs.exists():
        return False
    owner = by.ref if by.role == "facilitator" or not event.made_by.startswith("user:") else event.made_by
    promise.follow_up = add_follow_up(person=person, why=why, due=max(due, localdate(at)), owner=owner, by=by, at=at)
    promise.save(update_fields=["follow_up"])
    return True
