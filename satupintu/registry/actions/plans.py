"""Keeping a plan, ticking its steps, working it out anew, and noting the papers that come of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from satupintu.accounts.gate import guarded
from satupintu.audit import actions as audit
from satupintu.audit.rules import Actor
from satupintu.catalogue import queries as catalogue
from satupintu.registry.actions.businesses import add_business, add_code
from satupintu.registry.actions.consents import note_milestone
from satupintu.registry.actions.documents import record_paper
from satupintu.registry.actions.witness import _record
from satupintu.registry.models import Business, Document, KeptPlan, PaperHeld, Person, StepDone
from satupintu.registry.queries.people import agrees
from satupintu.registry.queries.plans import (
    EVERY_PLAN,
    Answered,
    NotAnswered,
    Worked,
    law_of_day,
    plans_that_may_differ,
    step_keys,
    worked,
)
from satupintu.registry.queries.visible import require_sees
from satupintu.registry.rules.plans import DONE, changed_needs

CONSENT = "keep_plan"
AT_ONCE = 500


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
    _require_own_or_consent(plan.business.person, by)
    plan = _locked(plan.pk)
    found = _worked(plan.answers if answers is None else answers, localtime(at).date())
    if answers is not None:
        _write_business(plan.business.person, plan.business, found.given, by, at)
        plan.answers, plan.filled_by = dict(answers), _filled_by(by)
    return _put_needs(plan, found, answers is not None, by, at)


@dataclass(frozen=True)
class Recomputed:
    """What a night did: plans looked at, plans that changed, and plans left alone (no consent, or no answer)."""

    looked_at: int = 0
    changed: int = 0
    left: int = 0


@guarded
def recompute_plans(*, by: Actor, at: datetime) -> Recomputed:
    """Work out anew, some hundred at a time, every kept plan whose answer may have changed, and note what differs.

    Only plans that do differ are written, each in a transaction of its own, so the work may break off and be begun
    again. A plan that staff filled is left alone once its consent is withdrawn.
    """
    on = localtime(at).date()
    law, answered = law_of_day(on), Answered(on)
    waiting = plans_that_may_differ(on)
    counted: Counter[str] = Counter()
    last = 0
    while batch := list(waiting.filter(pk__gt=last)[:AT_ONCE]):
        last = batch[-1].pk
        counted.update(_recompute_if_it_differs(plan, answered, by, at) for plan in batch)
    done = Recomputed(counted.total(), counted["changed"], counted["left"])
    with transaction.atomic():
        values = {"version": law.version, "since": str(law.since), **asdict(done)}
        audit.record(action="registry.plans_recomputed", object=EVERY_PLAN, values=values, by=by, at=at)
    return done


def _recompute_if_it_differs(plan: KeptPlan, answered: Answered, by: Actor, at: datetime) -> str:
    """``same``, ``changed``, or ``left`` when the plan may not or cannot be worked out."""
    try:
        found = answered(plan.answers)
    except NotAnswered:
        return "left"
    if not changed_needs(plan.needs, found.needs):
        return "same"
    if plan.filled_by and not agrees(plan.business.person, CONSENT):
        return "left"
    with transaction.atomic():
        plan = _locked(plan.pk)
        now = answered(plan.answers)
        if not changed_needs(plan.needs, now.needs):
            return "same"  # somebody was quicker
        _put_needs(plan, now, False, by, at)
    return "changed"


def _locked(pk: int) -> KeptPlan:
    return KeptPlan.objects.select_for_update(of=("self",)).select_related("business__person").get(pk=pk)


def _put_needs(plan: KeptPlan, found: Worked, answered_anew: bool, by: Actor, at: datetime) -> KeptPlan:
    """Write what a plan comes to now, and what differs from before if anything does."""
    person = plan.business.person
    changes = changed_needs(plan.needs, found.needs)
    plan.needs, plan.law_day = found.needs, found.plan.on
    if changes:
        plan.changes, plan.changed_at = changes, at
    plan.save()
    values = {"law_day": str(plan.law_day), "changes": changes, "answered_anew": answered_anew}
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
        raise ValidationError({"number": _("Tulis nomor seperti di suratnya.")})
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
        raise ValidationError(_("Usaha itu milik orang lain. Pilih dari datanya sendiri."))
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
        raise ValidationError(_("Belum ada persetujuan simpan langkah. Tanyakan dulu, lalu catat jawabannya."))


def _require_step(plan: KeptPlan, paper: str, step: str, by: Actor) -> None:
    _require_own_or_consent(plan.business.person, by)
    if step not in step_keys(paper):
        raise ValidationError(
            _("Langkah %(step)s untuk surat %(paper)s tidak dikenal. Pilih dari daftar.")
            % {"step": step, "paper": paper}
        )


def _record_step(action: str, plan: KeptPlan, paper: str, step: str, by: Actor, at: datetime) -> None:
    values: dict[str, Any] = {"paper": paper, "step": step}
    _record(action, plan.business.person, object=f"plan:{plan.ref}", values=values, by=by, at=at)


def _filled_by(by: Actor) -> str:
    return "" if by.role == "vendor" else by.name[:150]


def _needed(found: Worked) -> list[str]:
    return [paper.code for paper in found.plan.needing("now")]
