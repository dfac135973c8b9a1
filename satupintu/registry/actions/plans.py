"""Keeping a plan, ticking its steps, working it out anew, and noting the papers that come of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localtime

from satupintu.accounts.gate import guarded
from satupintu.audit.rules import Actor
from satupintu.catalogue import queries as catalogue
from satupintu.registry.actions.businesses import add_business, add_code
from satupintu.registry.actions.consents import note_milestone
from satupintu.registry.actions.documents import record_paper
from satupintu.registry.actions.witness import _record
from satupintu.registry.models import Business, Document, KeptPlan, PaperHeld, Person, StepDone
from satupintu.registry.queries.people import agrees
from satupintu.registry.queries.plans import NotAnswered, Worked, step_keys, worked
from satupintu.registry.queries.visible import require_sees
from satupintu.registry.rules.plans import DONE, changed_needs

CONSENT = "keep_plan"


@guarded
@transaction.atomic
def keep_plan(
    *, person: Person, answers: Mapping[str, str], business: Business | None = None, by: Actor, at: datetime
) -> KeptPlan:
    """Keep the finder's answers (by their names in its address) as the plan of a business, a new one without it.

    A plan that is there already is worked out anew. Staff need the person's recorded consent (UU 27/2022 art. 20).
    Raises ValidationError, NotAllowed.
    """
    _require_own_or_consent(person, by)
    found = _worked(answers, localtime(at).date())
    business = _write_business(person, business, found.given, by, at)
    known = KeptPlan.objects.filter(business=business).first()
    if known is not None:
        return recompute_plan(plan=known, answers=answers, by=by, at=at)
    plan = KeptPlan.objects.create(
        business=business,
        answers=dict(answers),
        needs=found.needs,
        law_day=found.plan.on,
        filled_by=_filled_by(by),
        made_by=by.ref,
        made_at=at,
    )
    values = {"business": str(business.ref), "law_day": str(plan.law_day), "needed": _needed(found)}
    _record("plan_kept", person, object=f"plan:{plan.ref}", values=values, by=by, at=at)
    note_milestone(person=person, code="plan_kept", day=plan.law_day, evidence=f"plan:{plan.ref}", by=by, at=at)
    return plan


@guarded
@transaction.atomic
def recompute_plan(*, plan: KeptPlan, answers: Mapping[str, str] | None = None, by: Actor, at: datetime) -> KeptPlan:
    """Work a plan out anew by today's law, with other ``answers`` if facts changed, and note which needs differ.

    Raises ValidationError, NotAllowed.
    """
    person = plan.business.person
    _require_own_or_consent(person, by)
    plan = KeptPlan.objects.select_for_update().select_related("business__person").get(pk=plan.pk)
    found = _worked(plan.answers if answers is None else answers, localtime(at).date())
    if answers is not None:
        _write_business(person, plan.business, found.given, by, at)
        plan.answers, plan.filled_by = dict(answers), _filled_by(by)
    changes = changed_needs(plan.needs, found.needs)
    plan.needs, plan.law_day = found.needs, found.plan.on
    if changes:
        plan.changes, plan.changed_at = changes, at
    plan.save()
    values = {"law_day": str(plan.law_day), "changes": changes, "answered_anew": answers is not None}
    _record("plan_recomputed", person, object=f"plan:{plan.ref}", values=values, by=by, at=at)
    if changes:
        note_milestone(person=person, code="plan_changed", day=plan.law_day, evidence=f"plan:{plan.ref}", by=by, at=at)
    return plan


@guarded
@transaction.atomic
def tick_step(*, plan: KeptPlan, paper: str, step: str = DONE, by: Actor, at: datetime) -> StepDone:
    """Note that a step is done: the paper as a whole, or one of its numbered steps. Ticking twice changes nothing.

    That a step is ticked says what the vendor says; a paper is held only once it is noted. Raises ValidationError.
    """
    _require_step(plan, paper, step, by)
    done, new = StepDone.objects.get_or_create(
        plan=plan, paper=paper, step=step, defaults={"made_by": by.ref, "made_at": at}
    )
    if new:
        _record_step("step_done", plan, paper, step, by, at)
        if step == DONE:
            day, evidence = localtime(at).date(), f"plan:{plan.ref}"
            code = f"step_{paper}"
            note_milestone(person=plan.business.person, code=code, day=day, evidence=evidence, by=by, at=at)
    return done


@guarded
@transaction.atomic
def untick_step(*, plan: KeptPlan, paper: str, step: str = DONE, by: Actor, at: datetime) -> bool:
    """Take a tick back; returns whether there was one."""
    _require_step(plan, paper, step, by)
    count, _ = StepDone.objects.filter(plan=plan, paper=paper, step=step).delete()
    if count:
        _record_step("step_undone", plan, paper, step, by, at)
        if step == DONE:
            plan.business.person.milestones.filter(code=f"step_{paper}", evidence=f"plan:{plan.ref}").delete()
    return bool(count)


@guarded
@transaction.atomic
def hold_paper(
    *,
    plan: KeptPlan,
    paper: str,
    number: str,
    issued: date | None = None,
    evidence: Document | None = None,
    by: Actor,
    at: datetime,
) -> PaperHeld:
    """Note a paper that came of the plan, with its number as read from it (an NIB has 13 digits); the plan moves on.

    Raises ValidationError with a sentence by field, NotAllowed.
    """
    person = plan.business.person
    _require_own_or_consent(person, by)
    if not number.strip():
        raise ValidationError({"number": "Tulis nomor seperti di suratnya."})
    held = record_paper(
        person=person,
        paper=paper,
        number=number,
        business=plan.business,
        issued=issued,
        evidence=evidence,
        by=by,
        at=at,
    )
    tick_step(plan=plan, paper=paper, by=by, at=at)
    return held


def _worked(answers: Mapping[str, str], on: date) -> Worked:
    try:
        return worked(answers, on)
    except NotAnswered as error:
        raise ValidationError(str(error)) from error


def _write_business(
    person: Person, business: Business | None, given: Mapping[str, str], by: Actor, at: datetime
) -> Business:
    """The business with what the finder's answers say about it: place, facts and main code."""
    facts = {name: value for name, value in given.items() if name not in ("kbli", "kbli_version", "place")}
    code = (given.get("kbli_version") or "2020", given.get("kbli", ""))
    place = given.get("place", "")
    if business is None:
        codes = [code] if code[1] else []
        return add_business(person=person, place=place, facts=facts, codes=codes, by=by, at=at)
    if business.person_id != person.pk:
        raise ValidationError("Usaha itu milik orang lain. Pilih dari datanya sendiri.")
    business.facts = {name: value for name, value in business.facts.items() if name not in _asked()} | facts
    business.place = place
    business.save(update_fields=["facts", "place"])
    if code[1] and not business.codes.filter(version=code[0], code=code[1], main=True).exists():
        add_code(business=business, version=code[0], code=code[1], main=True, by=by, at=at)
    return business


def _asked() -> set[str]:
    """The facts that the finder's questions give; a new round of answers replaces all of them."""
    questions = catalogue.catalogue().finder
    ticks = {option.fact for question in questions for option in question.options if option.fact}
    return ticks | {question.fact or question.id for question in questions}


def _require_own_or_consent(person: Person, by: Actor) -> None:
    """A person's plan is theirs; staff touch it only with the consent that is recorded."""
    require_sees(by, person)
    if by.role != "vendor" and not agrees(person, CONSENT):
        raise ValidationError("Belum ada persetujuan simpan langkah. Tanyakan dulu, lalu catat jawabannya.")


def _require_step(plan: KeptPlan, paper: str, step: str, by: Actor) -> None:
    _require_own_or_consent(plan.business.person, by)
    if step not in step_keys(paper):
        raise ValidationError(f"Langkah {step} untuk surat {paper} tidak dikenal. Pilih dari daftar.")


def _record_step(action: str, plan: KeptPlan, paper: str, step: str, by: Actor, at: datetime) -> None:
    values: dict[str, Any] = {"paper": paper, "step": step}
    _record(action, plan.business.person, object=f"plan:{plan.ref}", values=values, by=by, at=at)


def _filled_by(by: Actor) -> str:
    return "" if by.role == "vendor" else by.name[:150]


def _needed(found: Worked) -> list[str]:
    return [paper.code for paper in found.plan.needing("now")]
