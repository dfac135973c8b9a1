"""Papers: issued with a number that has no gap and no double, corrected, suspended, revoked, expired, renewed."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from satupintu.accounts.gate import guarded
from satupintu.audit import actions as audit
from satupintu.audit.rules import SYSTEM, Actor
from satupintu.kernel.seal.certificates import Claims, initials
from satupintu.kernel.seal.certificates import issue as sealed
from satupintu.kernel.seal.links import as_digits
from satupintu.kernel.seal.typed_codes import CODES, typed_code
from satupintu.licensing import library
from satupintu.licensing.actions.moves import _locked, make_move
from satupintu.licensing.actions.publishing import paper_key, publish_revocations
from satupintu.licensing.models import Application, Certificate, Decision, Series
from satupintu.licensing.queries.printed import printed_of, public_of
from satupintu.licensing.queries.standing import service_of
from satupintu.licensing.rules.moves import HOLDING, LICENSING
from satupintu.registry import actions as registry
from satupintu.registry.models import Person
from satupintu.web.formats import date_long

# In which status of a paper each change may be made.
STANDING = {"suspend": ("active",), "lift": ("suspended",), "revoke": ("active", "suspended")}


def _hold_for_issue(application: Application) -> None:
    """Lock what issuing will change besides the file, before any chain of the audit is locked.

    Whoever revokes the old paper of a renewal at this moment locks in the same order, so nobody waits in a circle.
    Raises ValidationError as ``_renewed``.
    """
    if application.renews is not None:
        held = Application.objects.select_for_update(of=("self",))
        held.get(pk=_newest(application.renews).application_id)
        _renewed(application)
    Person.objects.select_for_update().get(pk=application.person_id)


def _newest(certificate: Certificate) -> Certificate:
    """The last edition under the number of a paper."""
    same = Certificate.objects.filter(
        office=certificate.office, licence=certificate.licence, year=certificate.year, serial=certificate.serial
    )
    return same.latest("edition")


def _renewed(application: Application) -> Certificate | None:
    """What the paper of a renewal follows: the last edition, for the one it began with may have been corrected since.

    Raises ValidationError for one that was suspended or revoked meanwhile.
    """
    if application.renews is None:
        return None
    newest = _newest(application.renews)
    if newest.status in ("suspended", "revoked"):
        raise ValidationError(_("Surat lamanya ditangguhkan atau dicabut. Pulihkan dulu, atau tolak."))
    return newest


def _give_way(old: Certificate, fresh: Certificate, by: Actor, at: datetime) -> bool:
    """End a renewed paper once the one that follows it holds; until that day the old one stays good."""
    if fresh.valid_from > localdate(at):
        return False
    _end(old, "superseded", _("Diperpanjang"), at)
    file = Application.objects.select_for_update(of=("self",)).select_related("person").get(pk=old.application_id)
    if file.state in LICENSING.by_name["renew"].sources:
        make_move(application=file, move="renew", by=by, at=at)
    publish_revocations(by=SYSTEM, at=at)
    return True


def _issue(
    application: Application, decision: Decision, *, revision: int | None = None, by: Actor, at: datetime
) -> Certificate:
    """Make the paper of a granted file: number, code, signed payload, printed values; the old one of a renewal ends."""
    renewed = _renewed(application)
    told = {"day": date_long(decision.valid_until, application.person.language) if decision.valid_until else "-"}
    make_move(application=application, move="issue", revision=revision, told=told, by=by, at=at)
    certificate = _write(application, decision, printed_of(application, decision, by), follows=renewed, by=by, at=at)
    if renewed is not None:
        _give_way(renewed, certificate, by, at)
    # What the registry learns of it is the house's own act, with its milestone: a signing official keeps no papers of
    # people. The rung "licensed" is not reached by it: that one says that somebody has an NIB.
    registry.record_paper(
        person=application.person,
        paper=application.licence,
        number=certificate.number,
        business=application.business,
        issuer=application.office,
        issued=certificate.issued,
        valid_until=certificate.valid_until,
        by=SYSTEM,
        at=at,
    )
    return certificate


def _write(
    application: Application,
    decision: Decision,
    printed: Mapping[str, Any],
    *,
    follows: Certificate | None,
    by: Actor,
    at: datetime,
) -> Certificate:
    day, service = localdate(at), service_of(application)
    if follows is None or follows.office != application.office:  # another office counts its own numbers
        year, serial, edition = day.year, _next_serial(application, day.year), 1
        number = service.printed_number(serial, year, application.region)
    else:
        year, serial, number = follows.year, follows.serial, follows.number
        edition = _newest(follows).edition + 1
    code, secret = _new_code(), paper_key(by=SYSTEM, at=at)
    claims = Claims(
        number=number,
        kind=application.licence,
        issuer=application.office,
        issued=day,
        valid_from=decision.valid_from or day,
        valid_until=decision.valid_until,
        code=code,
        holder=_initials(printed["holder"]),
    )
    certificate = Certificate.objects.create(
        application=application,
        decision=decision,
        person=application.person,
        business=application.business,
        licence=application.licence,
        office=application.office,
        region=application.region,
        year=year,
        serial=serial,
        edition=edition,
        number=number,
        code=code,
        status="active",
        status_at=at,
        issued=day,
        valid_from=claims.valid_from,
        valid_until=claims.valid_until,
        holder=claims.holder,
        printed=json.dumps(printed, ensure_ascii=False, sort_keys=True),
        public=public_of(application),
        conditions=list(decision.conditions),
        token=as_digits(sealed(claims, secret)),
        follows=follows,
        made_by=by.ref,
        made_by_name=by.name,
        made_at=at,
    )
    values = {"number": number, "edition": edition, "file": application.number}
    _witness("certificate_written", certificate, values, by, at)
    return certificate


def _initials(name: str) -> str:
    """The holder as passers-by see it. Raises ValidationError for a name without a letter."""
    try:
        return initials(name)
    except ValueError as without:
        raise ValidationError(_("Nama pemegang tidak punya huruf. Betulkan dulu namanya.")) from without


def _next_serial(application: Application, year: int) -> int:
    """The next number of the series; the row stays locked until commit and a rollback gives the number back."""
    series, _new = Series.objects.get_or_create(office=application.office, kind=application.licence, year=year)
    Series.objects.filter(pk=series.pk).update(last=F("last") + 1)
    return int(Series.objects.values_list("last", flat=True).get(pk=series.pk))


def _new_code() -> str:
    while True:
        code = typed_code(secrets.randbelow(CODES))
        if not Certificate.objects.filter(code=code).exists():
            return code


@guarded
@transaction.atomic
def correct(
    *,
    certificate: Certificate,
    changes: Mapping[str, str],
    reason: str,
    revision: int | None = None,
    by: Actor,
    at: datetime,
) -> Certificate:
    """Reissue a paper with what was printed wrong put right: same number, a new code, the old one no longer holds.

    ``changes`` are printed values by name (``holder``, ``business``, ``address``, ``size``). Raises ValidationError.
    """
    application = _locked(certificate.application, by, at)
    certificate = Certificate.objects.get(pk=certificate.pk)
    _must_stand(certificate)
    if Certificate.objects.filter(follows=certificate).exists():
        raise ValidationError(_("Surat ini sudah diperpanjang. Betulkan surat yang baru."))
    printed = json.loads(certificate.printed)
    real = {
        name: value.strip() for name, value in changes.items() if name in printed and value.strip() != printed[name]
    }
    if not real or not reason.strip():
        raise ValidationError(_("Tulis apa yang dibetulkan dan alasannya."))
    make_move(
        application=application,
        move="correct",
        revision=revision,
        note=reason,
        told={
            "day": date_long(certificate.valid_until, application.person.language) if certificate.valid_until else "-"
        },
        by=by,
        at=at,
    )
    decision = certificate.decision or application.decisions.latest("made_at")
    _end(certificate, "superseded", reason, at)
    fresh = _write(application, decision, printed | real, follows=certificate, by=by, at=at)
    publish_revocations(by=SYSTEM, at=at)
    return fresh


@guarded
@transaction.atomic
def suspend(
    *, certificate: Certificate, reasons: Sequence[str], note: str = "", by: Actor, at: datetime
) -> Certificate:
    """Let a paper not hold for now, with reasons; the check page shows it at the phone's next look at the list."""
    return _change(certificate, "suspend", "suspended", reasons, note, by, at)


@guarded
@transaction.atomic
def lift(*, certificate: Certificate, note: str, by: Actor, at: datetime) -> Certificate:
    """Let a suspended paper hold again."""
    if not note.strip():
        raise ValidationError({"note": _("Tulis kenapa surat ini berlaku lagi.")})
    return _change(certificate, "lift", "active", (), note, by, at)


@guarded
@transaction.atomic
def revoke(*, certificate: Certificate, reasons: Sequence[str], note: str = "", by: Actor, at: datetime) -> Certificate:
    """Take a paper back for good, with reasons."""
    return _change(certificate, "revoke", "revoked", reasons, note, by, at)


def _change(
    certificate: Certificate, move: str, status: str, reasons: Sequence[str], note: str, by: Actor, at: datetime
) -> Certificate:
    application = _locked(certificate.application, by, at)
    certificate = Certificate.objects.get(pk=certificate.pk)
    _must_stand(certificate, *STANDING[move])
    presets = [library.library().reason(move, code) for code in reasons]
    said = [preset.text for preset in presets if preset] + ([note.strip()] if note.strip() else [])
    if None in presets or not said:
        raise ValidationError({"reasons": _("Pilih satu alasan atau tulis dengan kata sendiri.")})
    words = " ".join(said)
    make_move(application=application, move=move, reasons=reasons, note=note, told={"reason": words}, by=by, at=at)
    _end(certificate, status, words, at)
    _witness(f"certificate_{status}", certificate, {"reasons": list(reasons)}, by, at)
    publish_revocations(by=SYSTEM, at=at)
    return certificate


def _must_stand(certificate: Certificate, *statuses: str) -> None:
    """Raises ValidationError for an edition in another status: only that one may be changed."""
    if certificate.status not in (statuses or ("active",)):
        raise ValidationError(_("Surat ini tidak berlaku lagi. Lihat dulu keadaannya."))


def _end(certificate: Certificate, status: str, reason: str, at: datetime) -> None:
    certificate.status, certificate.status_reason, certificate.status_at = status, reason[:250], at
    certificate.save(update_fields=["status", "status_reason", "status_at"])


def _witness(action: str, certificate: Certificate, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    audit.record(
        action=f"licensing.{action}",
        object=certificate.reference,
        person=certificate.person.reference,
        values=values,
        by=by,
        at=at,
    )


@guarded
def begin_renewed(*, on: date, by: Actor, at: datetime) -> int:
    """End the papers whose renewal holds from ``on`` or before, each in its own transaction; returns how many."""
    begun = Certificate.objects.filter(
        status="active", valid_from__lte=on, follows__status__in=("active", "expired")
    ).order_by("pk")
    return sum(_begin(pk, at) for pk in list(begun.values_list("pk", flat=True)))


@transaction.atomic
def _begin(pk: int, at: datetime) -> int:
    fresh = Certificate.objects.select_related("follows__application").get(pk=pk)
    if fresh.follows is None:
        return 0
    _locked(fresh.follows.application, SYSTEM, at)
    old = Certificate.objects.select_for_update().get(pk=fresh.follows.pk)
    return int(old.status in ("active", "expired") and _give_way(old, fresh, SYSTEM, at))


@guarded
def expire_due(*, on: date, by: Actor, at: datetime) -> int:
    """End the papers whose last day is before ``on``, each in its own transaction; returns how many."""
    ended = Certificate.objects.filter(status__in=("active", "suspended"), valid_until__lt=on).order_by("pk")
    return sum(_expire(pk, at) for pk in list(ended.values_list("pk", flat=True)))


@transaction.atomic
def _expire(pk: int, at: datetime) -> int:
    certificate = Certificate.objects.select_related("application").get(pk=pk)
    application = _locked(certificate.application, SYSTEM, at)
    certificate = Certificate.objects.select_for_update().get(pk=pk)
    if certificate.status not in ("active", "suspended"):
        return 0
    _end(certificate, "expired", "", at)
    if application.state in HOLDING:
        make_move(application=application, move="expire", by=SYSTEM, at=at)
    return 1
