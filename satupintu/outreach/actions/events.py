"""Writing an event, its partners and its team."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from satupintu.accounts.gate import guarded, require_area
from satupintu.audit import actions as audit
from satupintu.audit.rules import Actor
from satupintu.outreach.models import Event, Partner, Session, TeamMember
from satupintu.outreach.queries.events import template as template_named
from satupintu.registry.models import Market
from satupintu.registry.queries.known import regions
from satupintu.registry.rules.rows import text_fault

YEARS = range(2000, 2101)  # an event of another year is a slip of the hand, and no calendar goes on for ever
VALUES = ("title", "day", "place", "region", "target", "target_source", "funding", "letter", "note")


@guarded
@transaction.atomic
def make_event(
    *,
    title: str,
    day: date,
    region: str,
    place: str = "",
    market: Market | None = None,
    target: int | None = None,
    target_source: str = "",
    funding: str = "",
    letter: str = "",
    note: str = "",
    template: str = "",
    by: Actor,
    at: datetime,
) -> Event:
    """Write an event; a ``template`` brings its whole programme in the same step.

    Raises ValidationError with Indonesian sentences, NotAllowed for a region outside the actor's area.
    """
    require_area(by, region)
    begun = template_named(template) if template else None
    if template and begun is None:
        raise ValidationError({"template": _("Contoh acara ini tidak ada. Pilih dari daftar.")})
    event = Event(template=template, market=market, made_by=by.ref, made_at=at)
    _put(
        event,
        {
            "title": title,
            "day": day,
            "place": place,
            "region": region,
            "target": target,
            "target_source": target_source,
            "funding": funding,
            "letter": letter,
            "note": note or (begun.note if begun else ""),
        },
    )
    event.save(force_insert=True)
    if begun:
        Session.objects.bulk_create(
            Session(
                event=event,
                position=number,
                section=planned.section,
                section_title=planned.section_title,
                title=planned.title,
                speaker=planned.speaker,
                affiliation=planned.affiliation,
                begins=time.fromisoformat(planned.begins),
                ends=time.fromisoformat(planned.ends),
                topics=list(planned.topics),
                note=planned.note,
            )
            for number, planned in enumerate(begun.sessions, 1)
        )
    _record("event_made", event, {**_shown(event), "template": template}, by=by, at=at)
    return event


@guarded
@transaction.atomic
def change_event(
    *,
    event: Event,
    title: str,
    day: date,
    region: str,
    place: str,
    market: Market | None,
    target: int | None,
    target_source: str,
    funding: str,
    letter: str,
    note: str,
    by: Actor,
    at: datetime,
) -> Event:
    """Write what is true now about an event. Raises ValidationError, NotAllowed."""
    require_area(by, event.region)
    require_area(by, region)
    before = _shown(event)
    given = dict(zip(VALUES, (title, day, place, region, target, target_source, funding, letter, note), strict=True))
    event.market = market
    _put(event, given)
    event.save()
    after = _shown(event)
    changed = {name: after[name] for name in after if after[name] != before[name]}
    _record("event_changed", event, changed, by=by, at=at)
    return event


@guarded
@transaction.atomic
def add_partner(*, event: Event, kind: str, name: str, by: Actor, at: datetime) -> Partner:
    """Write who holds the event together with us. Raises ValidationError, NotAllowed."""
    require_area(by, event.region)
    partner = Partner(event=event, kind=kind, name=_one_line(name))
    if Partner.objects.filter(event=event, name=partner.name).exists():
        raise ValidationError({"name": _("Mitra ini sudah tercatat.")})
    _checked(partner)
    partner.save(force_insert=True)
    _record("partner_added", event, {"kind": kind, "name": partner.name}, by=by, at=at)
    return partner


@guarded
@transaction.atomic
def remove_partner(*, event: Event, partner: Partner, by: Actor, at: datetime) -> None:
    """Take a partner off the event. Raises NotAllowed."""
    require_area(by, event.region)
    _record("partner_removed", event, {"kind": partner.kind, "name": partner.name}, by=by, at=at)
    partner.delete()


@guarded
@transaction.atomic
def add_member(*, event: Event, role: str, name: str, by: Actor, at: datetime) -> TeamMember:
    """Write who works at the event. Raises ValidationError, NotAllowed."""
    require_area(by, event.region)
    member = TeamMember(event=event, role=role, name=_one_line(name))
    if TeamMember.objects.filter(event=event, role=role, name=member.name).exists():
        raise ValidationError({"name": _("Orang ini sudah tercatat untuk tugas itu.")})
    _checked(member)
    member.save(force_insert=True)
    _record("member_added", event, {"role": role}, by=by, at=at)
    return member


@guarded
@transaction.atomic
def remove_member(*, event: Event, member: TeamMember, by: Actor, at: datetime) -> None:
    """Take somebody off the team. Raises NotAllowed."""
    require_area(by, event.region)
    _record("member_removed", event, {"role": member.role}, by=by, at=at)
    member.delete()


def _put(event: Event, given: Mapping[str, Any]) -> None:
    for name in VALUES:
        value = given[name]
        setattr(event, name, _one_line(value) if isinstance(value, str) else value)
    if event.region not in regions() or regions()[event.region].kind != "kelurahan":
        raise ValidationError({"region": _("Kelurahan tidak dikenal. Pilih dari daftar.")})
    if event.day.year not in YEARS:
        raise ValidationError({"day": _("Tahun ini tidak mungkin. Tulis tanggal acara yang benar.")})
    if event.target is not None and not event.target_source:
        raise ValidationError({"target_source": _("Tulis dari mana jumlah sasaran itu.")})
    _checked(event)


def _checked(row: Model) -> None:
    """Raise ValidationError for a text that is too long or holds signs nobody sees, or a choice not in the list."""
    problems = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if isinstance(value, str) and value:
            fault = text_fault(value, field.max_length)
            if fault:
                problems[field.name] = fault
    if problems:
        raise ValidationError(problems)
    row.full_clean(validate_unique=False, validate_constraints=False)


def _same_event(known: int, event: Event) -> None:
    """Raise ValidationError where the UUID of a phone stands for something of another event: nothing would be kept."""
    if known != event.pk:
        raise ValidationError(_("Nomor catatan ini sudah dipakai acara lain. Catat lagi."))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _shown(event: Event) -> dict[str, Any]:
    shown = {name: getattr(event, name) for name in VALUES}
    return {**shown, "day": event.day.isoformat(), "market": event.market.code if event.market else ""}


def _record(what: str, event: Event, values: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    audit.record(action=f"outreach.{what}", object=event.reference, values=values, by=by, at=at)
