"""Writing what people agreed to, what keeps them, and what was promised to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from satupintu.accounts.gate import guarded
from satupintu.audit.rules import Actor
from satupintu.registry.actions.witness import _record
from satupintu.registry.models import Barrier, Consent, FollowUp, Milestone, Person
from satupintu.registry.queries.known import barriers, purposes
from satupintu.registry.queries.visible import require_sees


@guarded
@transaction.atomic
def give_consent(
    *,
    person: Person,
    purpose: str,
    given: bool = True,
    place: str = "",
    version: str = "",
    said_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Consent:
    """Record a yes or no to one purpose with the text that counts today (UU 27/2022 art. 22-24).

    What was said where there was no network comes with ``said_at`` and the ``version`` of the text that was read.
    A newer answer replaces the older one, which stays as proof. Raises ValidationError, NotAllowed.
    """
    require_sees(by, person)
    if purpose not in purposes():
        raise ValidationError(
            {"purpose": _("Tujuan %(purpose)s tidak dikenal. Pilih dari daftar.") % {"purpose": purpose}}
        )
    said_at = said_at or at
    text = purposes()[purpose].read_out(version, localdate(said_at))
    if text is None:
        raise ValidationError(
            {"version": _("Kalimat persetujuan versi %(version)s tidak dikenal. Tanyakan lagi.") % {"version": version}}
        )
    consent = Consent.objects.create(
        person=person,
        purpose=purpose,
        text_version=text.version,
        given=given,
        place=place.strip()[:150],
        made_by=by.ref,
        made_at=said_at,
    )
    values = {"purpose": purpose, "version": text.version, "given": given}
    _record("consent_given", person, object=f"consent:{consent.pk}", values=values, by=by, at=at)
    return consent


@guarded
@transaction.atomic
def withdraw_consent(*, person: Person, purpose: str, by: Actor, at: datetime) -> int:
    """End every consent to a purpose; returns how many there were. What rests on it must stop (art. 40)."""
    require_sees(by, person)
    standing = person.consents.filter(purpose=purpose, given=True, withdrawn_at=None)
    count = standing.update(withdrawn_at=at, withdrawn_by=by.ref)
    if count:
        _record("consent_withdrawn", person, values={"purpose": purpose, "consents": count}, by=by, at=at)
    return count


@guarded
@transaction.atomic
def record_barrier(*, person: Person, code: str, asked: str = "counter", by: Actor, at: datetime) -> Barrier:
    """Note what keeps somebody from a licence; a barrier that stands already is not written twice."""
    require_sees(by, person)
    if code not in barriers():
        raise ValidationError({"code": _("Hambatan %(code)s tidak dikenal. Pilih dari daftar.") % {"code": code}})
    standing = person.barriers.filter(code=code, gone_at=None).first()
    if standing:
        return standing
    barrier = Barrier(person=person, code=code, asked=asked, made_by=by.ref, made_at=at)
    barrier.full_clean(validate_unique=False)
    barrier.save(force_insert=True)
    _record("barrier_recorded", person, values={"code": code, "asked": asked}, by=by, at=at)
    return barrier


@guarded
@transaction.atomic
def record_barriers(*, person: Person, codes: Iterable[str], asked: str, by: Actor, at: datetime) -> int:
    """Note every barrier somebody named when asked once about all of them; returns how many stand now.

    ``asked`` says where: finder, counter or event. Raises ValidationError, NotAllowed; then none is written.
    """
    for code in codes:
        record_barrier(person=person, code=code, asked=asked, by=by, at=at)
    return person.barriers.filter(gone_at=None).count()


@guarded
@transaction.atomic
def lift_barrier(*, person: Person, code: str, by: Actor, at: datetime) -> int:
    """Say that a barrier is gone; returns how many entries that ended."""
    require_sees(by, person)
    count = person.barriers.filter(code=code, gone_at=None).update(gone_at=at)
    if count:
        _record("barrier_lifted", person, values={"code": code}, by=by, at=at)
    return count


@guarded
@transaction.atomic
def add_follow_up(
    *, person: Person, why: str, due: date, owner: str = "", office: str = "", by: Actor, at: datetime
) -> FollowUp:
    """Promise something by a day, for one actor or, without ``owner``, for a whole office (the actor's own)."""
    require_sees(by, person)
    if not why.strip():
        raise ValidationError({"why": _("Tulis apa yang perlu dilakukan.")})
    if due < localdate(at):
        raise ValidationError({"due": _("Tanggalnya sudah lewat. Pilih hari ini atau sesudahnya.")})
    follow_up = FollowUp.objects.create(
        person=person,
        why=why.strip()[:250],
        due=due,
        owner=owner,
        office=office or by.office,
        made_by=by.ref,
        made_at=at,
    )
    after = {"why": follow_up.why, "due": due.isoformat(), "owner": owner, "office": follow_up.office}
    _record("follow_up_added", person, object=f"follow-up:{follow_up.pk}", after=after, by=by, at=at)
    return follow_up


@guarded
@transaction.atomic
def finish_follow_up(*, follow_up: FollowUp, outcome: str, by: Actor, at: datetime) -> FollowUp:
    """Say what came of it. Finishing twice is refused with ValidationError."""
    require_sees(by, follow_up.person)
    follow_up = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
    if follow_up.done_at:
        raise ValidationError(_("Tindak lanjut ini sudah selesai."))
    follow_up.done_at, follow_up.done_by, follow_up.outcome = at, by.ref, outcome.strip()[:250]
    follow_up.save(update_fields=["done_at", "done_by", "outcome"])
    after = {"outcome": follow_up.outcome}
    _record("follow_up_finished", follow_up.person, object=f"follow-up:{follow_up.pk}", after=after, by=by, at=at)
    return follow_up


@guarded
@transaction.atomic
def note_milestone(*, person: Person, code: str, day: date, evidence: str = "", by: Actor, at: datetime) -> Milestone:
    """Write one dated step of somebody's way; ``evidence`` is a reference such as ``paper:<ref>``."""
    require_sees(by, person)
    milestone, new = Milestone.objects.get_or_create(
        person=person, code=code, day=day, evidence=evidence, defaults={"made_by": by.ref, "made_at": at}
    )
    if new:
        _record("milestone_noted", person, values={"code": code, "day": day.isoformat()}, by=by, at=at)
    return milestone


@guarded
@transaction.atomic
def take_back_milestones(*, person: Person, evidence: str, by: Actor, at: datetime) -> int:
    """Take away the steps that rest on one piece of evidence which was not theirs; returns how many there were."""
    require_sees(by, person)
    standing = person.milestones.filter(evidence=evidence)
    codes = sorted(standing.values_list("code", flat=True))
    if codes:
        standing.delete()
        _record("milestones_taken_back", person, values={"codes": codes, "evidence": evidence}, by=by, at=at)
    return len(codes)
