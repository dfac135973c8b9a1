"""A file as a mobile team captures it at a market, vendor after vendor: who, business, answers, photos, and in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from satupintu.accounts.gate import guarded
from satupintu.audit import actions as audit
from satupintu.audit.fields import lookup
from satupintu.audit.rules import Actor
from satupintu.licensing.actions.elsewhere import HELP_CONSENT, LONGEST_PLACE
from satupintu.licensing.actions.files import start_file, submit
from satupintu.licensing.actions.filling import attach_document, bring_original, save_answers
from satupintu.licensing.models import Application, Assisted
from satupintu.licensing.queries.standing import missing_parts, service_of
from satupintu.registry import actions as registry
from satupintu.registry import uploads
from satupintu.registry.models import Business, Market, Person
from satupintu.registry.queries.visible import sees
from satupintu.registry.rules.names import LIKE_A_NAME, name_likeness, words


@dataclass(frozen=True, slots=True)
class Captured:
    """What was captured. ``person``: display_name, phone, nik, region. ``consent``: given, place, version.

    ``answers`` are kept values by field, ``photos`` the bytes by slot, ``originals`` the slots whose paper comes to the
    counter.
    """

    licence: str
    person: Mapping[str, Any]
    consent: Mapping[str, Any]
    goods: str
    market: Market | None = None
    stall: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    photos: Mapping[str, bytes] = field(default_factory=dict)
    originals: Sequence[str] = ()


@guarded
def capture_file(*, captured: Captured, ref: UUID, said_at: datetime, by: Actor, at: datetime) -> Application:
    """Make of what was captured at ``said_at`` a file that stands submitted, or as a draft while something is missing.

    ``ref`` is the number the phone gave its record and becomes the file's: sent twice it is one file. Somebody known by
    the same NIK and a like name is the same person; with another name a human must look. The batch is market and day,
    so that the counter takes one market day in at once. Raises ValidationError, NotAllowed; then nothing stands.
    """
    known = Application.objects.filter(ref=ref).first()
    if known is not None:
        return known
    uploaded: list[UUID] = []
    try:
        with transaction.atomic():
            return _captured(captured, ref, said_at, uploaded, by, at)
    except BaseException:
        for document in uploaded:  # rolled back: their bytes must go too
            uploads.remove(document)
        raise


def _captured(
    captured: Captured, ref: UUID, said_at: datetime, uploaded: list[UUID], by: Actor, at: datetime
) -> Application:
    if not captured.consent["given"]:
        raise ValidationError(_("Tanpa persetujuan, petugas tidak boleh mengisikan."))
    person = _person(captured.person, by, at)
    business = _business(person, captured, by, at)
    file = start_file(person=person, licence=captured.licence, business=business, channel="market", by=by, at=at)
    if file.state != "draft":
        told = {"number": file.number}
        raise ValidationError(
            _("Pedagang ini sudah punya berkas %(number)s. Buka berkas itu, jangan buat baru.") % told
        )
    _name(file, ref, captured, said_at)
    _note_help(file, captured.consent, said_at, by, at)
    file = save_answers(application=file, values=_answers(file, captured), by=by, at=at)
    for slot, content in captured.photos.items():
        attached = attach_document(application=file, slot=slot, content=content, by=by, at=at)
        if attached.document is not None:
            uploaded.append(attached.document.ref)
    for slot in captured.originals:
        if slot not in captured.photos:
            bring_original(application=file, slot=slot, by=by, at=at)
    file = Application.objects.get(pk=file.pk)
    return file if missing_parts(file) else submit(application=file, by=by, at=at)


def _batch(market: Market | None, region: str, said_at: datetime) -> str:
    """The name of one market day; without a market that of the kelurahan and the day."""
    return f"{market.code if market else region} {localdate(said_at)}"


def _person(given: Mapping[str, Any], by: Actor, at: datetime) -> Person:
    """The person of that NIK, or a new one; who is perhaps known without a NIK is noted among the doubles."""
    nik = "".join(sign for sign in given["nik"] if sign.isdigit())
    standing = (
        Person.objects.filter(nik_lookup=lookup("nik", nik), merged_into=None, forgotten_at=None).first()
        if nik
        else None
    )
    if standing is None:
        return registry.register_person(**given, source="sync", another_person=True, by=by, at=at)
    if not sees(by, standing):
        raise ValidationError(_("NIK ini terdaftar di wilayah lain. Administrator memeriksa dulu."))
    if name_likeness(words(given["display_name"]), words(standing.display_name)) < LIKE_A_NAME:
        raise ValidationError(_("NIK ini terdaftar dengan nama lain. Cocokkan dengan KTP, lalu coba lagi."))
    return standing


def _business(person: Person, captured: Captured, by: Actor, at: datetime) -> Business:
    """Their business at this market, or the one of that name; else a new one from what was said."""
    theirs = person.businesses.order_by("pk")
    known = theirs.filter(market=captured.market).first() if captured.market else None
    known = known or theirs.filter(trade_name__iexact=captured.goods).first()
    if known is not None:
        return known
    return registry.add_business(
        person=person,
        trade_name=captured.goods,
        region=captured.person["region"],
        market=captured.market,
        stall_label=captured.stall if captured.market else "",
        by=by,
        at=at,
    )


def _name(file: Application, ref: UUID, captured: Captured, said_at: datetime) -> None:
    file.ref, file.batch = ref, _batch(captured.market, file.region, said_at)
    file.save(update_fields=["ref", "batch"])


def _answers(file: Application, captured: Captured) -> dict[str, Any]:
    """What was answered, with what was asked only once: the goods, market and stall."""
    asked = dict(captured.answers)
    for one in service_of(file).fields:
        if one.from_ in ("business.codes", "business.trade_name") and not asked.get(one.name):
            asked[one.name] = captured.goods
        elif one.kind == "stall" and captured.market is not None:
            asked[one.name] = {"market": captured.market.code, "stall": captured.stall}
    return {name: value for name, value in asked.items() if value is not None}


def _note_help(file: Application, consent: Mapping[str, Any], said_at: datetime, by: Actor, at: datetime) -> None:
    """Who filled it in for them, where, by which consent (PP 7/2021 art. 40)."""
    place = " ".join(str(consent["place"]).split())[:LONGEST_PLACE]
    given = registry.give_consent(
        person=file.person,
        purpose=HELP_CONSENT,
        given=True,
        place=place,
        version=str(consent["version"]),
        said_at=said_at,
        by=by,
        at=at,
    )
    Assisted.objects.create(
        application=file,
        consent=given,
        place=place,
        helped_by=by.ref,
        helped_by_name=by.name,
        office=by.office,
        made_by=by.ref,
        made_at=said_at,
    )
    audit.record(
        action="licensing.sitting_recorded",
        object=file.reference,
        person=file.person.reference,
        values={"batch": file.batch, "office": by.office},
        by=by,
        at=at,
    )
