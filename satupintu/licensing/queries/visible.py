"""Which files somebody may see, and which they may act on."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from satupintu.accounts.rules import sees_region
from satupintu.audit.rules import SYSTEM, Actor
from satupintu.licensing.models import Application, Delegation, Recommendation
from satupintu.licensing.rules.moves import FRONT, HELPER, SIGNER, VENDOR, VERIFIER
from satupintu.registry.models import Person
from satupintu.registry.queries.visible import user_key

# Of an office whose technical recommendation is asked for, these read the file; a verifier of it answers.
ADVISERS = frozenset({VERIFIER, SIGNER})
READERS = frozenset({FRONT, HELPER, VERIFIER, SIGNER, "leadership", "administrator"})


def files_for(actor: Actor) -> QuerySet[Application]:
    """Every file the actor may see: a vendor their own, staff those of their area, of their office, asked of it."""
    files = Application.objects.all()
    if actor == SYSTEM:
        return files
    if actor.role == VENDOR:
        own = user_key(actor)
        if own is None:
            return files.none()
        mine = Person.objects.filter(user_id=own)
        return files.filter(Q(person__in=mine) | Q(person__in=mine.values("merged_into")))
    if actor.role not in READERS or actor.area is None:
        return files.none()
    if not actor.area:
        return files
    seen = Q(region=actor.area) | Q(region__startswith=f"{actor.area}.") | Q(office=actor.office)
    if actor.role in ADVISERS:
        seen |= Q(pk__in=Recommendation.objects.filter(office=actor.office).values("application"))
    if actor.role == SIGNER:
        seen |= Q(office__in=delegations_of(actor, localdate()).values("office"))
    return files.filter(seen)


def file_for(actor: Actor, number: str) -> Application | None:
    """One file by its number, or None: for what is not theirs and what is not there alike."""
    rows = files_for(actor).select_related("person", "business", "market", "stall", "renews")
    return rows.filter(number=number).first()


def sees(actor: Actor, application: Application) -> bool:
    """Whether the actor may see this file."""
    if actor == SYSTEM:
        return True
    if actor.role == VENDOR:
        return is_own(actor, application)
    if actor.role not in READERS:
        return False
    if sees_region(actor.area, application.region) or actor.office == application.office:
        return True
    if actor.role in ADVISERS and application.recommendations.filter(office=actor.office).exists():
        return True
    return actor.role == SIGNER and delegation_of(actor, application, localdate()) is not None


def is_own(actor: Actor, application: Application) -> bool:
    """Whether the file is about the person behind the actor, in whatever role they act."""
    own = user_key(actor)
    if own is None:
        return False
    person = application.person
    return person.user_id == own or Person.objects.filter(merged_into=person, user_id=own).exists()


def acts_for(actor: Actor, application: Application, day: date) -> bool:
    """Whether the actor's office may act on this file on a day; which move the role may make is asked elsewhere.

    Counters and helpers serve their area; verifier and signing official act for their own office, a signing official
    also for an office they were delegated to.
    """
    if actor == SYSTEM:
        return True
    if actor.role == VENDOR:
        return is_own(actor, application)
    if is_own(actor, application):
        return False  # nobody acts as an official on their own file
    if actor.role in (FRONT, HELPER):
        return sees_region(actor.area, application.region)
    if actor.office == application.office:
        return True
    return actor.role == SIGNER and delegation_of(actor, application, day) is not None


def delegation_of(actor: Actor, application: Application, day: date) -> Delegation | None:
    """The delegation by which the actor acts for the file's office on a day, if any."""
    standing = delegations_of(actor, day).filter(office=application.office)
    return next((one for one in standing if not one.licences or application.licence in one.licences), None)


def from_applicant(actor: Actor) -> bool:
    """Whether somebody speaks for the applicant: they themselves, or a facilitator beside them."""
    return actor.role in (VENDOR, HELPER)


def delegations_of(actor: Actor, day: date) -> QuerySet[Delegation]:
    """The delegations somebody holds on a day."""
    return Delegation.objects.filter(holder=actor.ref, begins__lte=day, ends__gte=day, ended_at__isnull=True)


def advises_on(actor: Actor, application: Application) -> bool:
    """Whether the actor may answer for their office's technical recommendation on this file, and nothing else of it."""
    if actor.role != VERIFIER or is_own(actor, application):
        return False
    return application.recommendations.filter(office=actor.office, made_at=None).exists()
