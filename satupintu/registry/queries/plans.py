"""Kept plans, ready for a page: worked out by today's law, with what is done, next, locked and changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from satupintu.accounts.models import Office
from satupintu.audit import queries as audit
from satupintu.audit.rules import Actor
from satupintu.catalogue import queries as catalogue
from satupintu.catalogue.rules.entries import Header
from satupintu.catalogue.rules.facts import UnusableFact
from satupintu.catalogue.rules.finder import walk
from satupintu.catalogue.rules.plan import BeforeTheCatalogue
from satupintu.registry.models import Business, Consent, KeptPlan, Person, StepDone
from satupintu.registry.queries.known import barriers, papers
from satupintu.registry.queries.visible import people_for, user_key
from satupintu.registry.rules.lists import BarrierKind
from satupintu.registry.rules.plans import DONE, FINISHED, YOUR_TURN, changed_needs, standings

EVERY_PLAN = "plans:all"  # what the record of a night is about
MOST_REMEMBERED = 5_000


class NotAnswered(ValueError):
    """The finder's answers do not make a plan; the text is one Indonesian sentence."""


@dataclass(frozen=True)
class Worked:
    """What answers come to on a day: the facts they give and the plan."""

    given: Mapping[str, str]
    plan: catalogue.Plan

    @property
    def needs(self) -> dict[str, str]:
        """The need of every paper by its code."""
        return {paper.code: paper.need for paper in self.plan.papers}


def worked(answers: Mapping[str, str], on: date) -> Worked:
    """The plan of the finder's answers by the law of a day. Raises NotAnswered."""
    try:
        way = walk(catalogue.catalogue(), answers, on)
        if way.current is not None:
            raise NotAnswered("Jawabannya belum lengkap. Jawab semua pertanyaan dulu.")
        return Worked(way.given, catalogue.plan_for(way.given, on))
    except (UnusableFact, BeforeTheCatalogue) as error:
        raise NotAnswered(str(error)) from error


class Answered:
    """Works answers out by the law of one day, the same ones once: a city has far fewer answers than plans."""

    def __init__(self, on: date) -> None:
        self._worked = lru_cache(maxsize=MOST_REMEMBERED)(lambda pairs: worked(dict(pairs), on))

    def __call__(self, answers: Mapping[str, str]) -> Worked:
        """What the answers come to. Raises NotAnswered."""
        return self._worked(tuple(sorted(answers.items())))


@dataclass(frozen=True)
class LawOfDay:
    """By which law plans are worked out: the catalogue's version, and the last day on which answers could change."""

    version: str
    since: date


def law_of_day(on: date) -> LawOfDay:
    """The law of a day. Two days with an equal one give every business the same answer.

    Answers depend on the day only through dated decision tables, risk rows, scales and amounts.
    """
    known = catalogue.catalogue()
    spans = [(v.valid_from, v.until) for licence in known.licences.values() for v in licence.versions]
    spans += [(row.valid_from, row.valid_to) for rows in known.risks.values() for row in rows]
    spans += [(scale.valid_from, scale.valid_to) for scale in known.scales]
    spans += [(limit.valid_from, limit.valid_to) for limit in known.limits]
    turns = {day for first, last in spans for day in (first, last and last + timedelta(days=1)) if day}
    return LawOfDay(catalogue.phone_tables_version(), max((day for day in turns if day <= on), default=on))


def plans_that_may_differ(on: date) -> QuerySet[KeptPlan]:
    """The plans whose answer may have changed since they were last worked out in the night, by key.

    All of them after a change of the catalogue, those of before a turn of the law after that, else none. What the
    last night looked at stands in its record.
    """
    plans = KeptPlan.objects.filter(business__person__forgotten_at=None).order_by("pk")
    plans = plans.select_related("business__person")
    law, last = law_of_day(on), audit.of_object(EVERY_PLAN).first()
    if last is None or last.values["version"] != law.version:
        return plans
    return plans.filter(law_day__lt=law.since) if last.values["since"] != str(law.since) else plans.none()


def plans_of(person: Person) -> QuerySet[KeptPlan]:
    """The kept plans of a person, the oldest first."""
    return KeptPlan.objects.filter(business__person=person).select_related("business__person")


def plan_of(person: Person, ref: UUID | str | None = None) -> KeptPlan | None:
    """One kept plan of a person by its reference; the newest without one."""
    plans = plans_of(person)
    return plans.filter(ref=ref).first() if ref else plans.last()


def plan_for(actor: Actor, ref: UUID | str) -> KeptPlan | None:
    """One kept plan of somebody the actor may see, or None."""
    plans = KeptPlan.objects.filter(ref=ref, business__person__in=people_for(actor))
    return plans.select_related("business__person").first()


@dataclass(frozen=True)
class Choices:
    """For which business answers may be kept: ``sure`` is the reference of the one that is meant, empty for a new
    one, None when somebody must choose."""

    businesses: tuple[Business, ...]
    sure: str | None

    def business(self, ref: str) -> Business | None:
        """The chosen business; None stands for a new one."""
        return next((business for business in self.businesses if str(business.ref) == ref), None)


def businesses_to_keep_for(person: Person, answers: Mapping[str, str]) -> Choices:
    """A person's businesses, and which of them finder answers are meant for: the same code, or the only bare one."""
    businesses = tuple(person.businesses.select_related("plan").prefetch_related("codes"))
    same = [b for b in businesses if answers.get("kbli") in {f"{c.version}-{c.code}" for c in b.codes.all() if c.main}]
    if not businesses:
        return Choices((), "")
    if len(same) == 1:
        return Choices(businesses, str(same[0].ref))
    bare = len(businesses) == 1 and not businesses[0].codes.all()
    return Choices(businesses, str(businesses[0].ref) if bare else None)


def summary(answers: Mapping[str, str], on: date) -> dict[str, Any] | None:
    """What answers come to, in short: papers needed now and what was said; None while they are not finished."""
    try:
        found = worked(answers, on)
    except NotAnswered:
        return None
    questions = walk(catalogue.catalogue(), answers, on).answered
    return {
        "papers": [paper.licence.header for paper in found.plan.needing("now")],
        "answers": [{"question": q, "said": catalogue.said(q, answers)} for q in questions],
    }


def title(code: str) -> Header | None:
    """The header of a paper, for its title; None for an unknown code."""
    licence = catalogue.catalogue().licences.get(code)
    return licence.header if licence else None


def person_of(actor: Actor) -> Person | None:
    """Whom a vendor's account belongs to; None for staff and for an account nobody linked."""
    return people_for(actor).first() if actor.role == "vendor" and user_key(actor) is not None else None


def finished_papers(plan: KeptPlan) -> dict[str, set[str]]:
    """The papers that are done, as ``held`` (a paper was noted) or ``ticked`` (somebody said so)."""
    held = plan.business.person.papers.filter(withdrawn_at=None)
    return {
        "held": {paper.paper for paper in held if paper.business_id in (None, plan.business_id)},
        "ticked": {step.paper for step in plan.steps_done.all() if step.step == DONE},
    }


def plan_page(plan: KeptPlan, on: date) -> dict[str, Any]:
    """The kept plan by the law of a day: steps with their standing, the next one, papers held, and what changed.

    ``news`` is what the law or the facts changed since the plan was last worked out. Raises NotAnswered.
    """
    now = worked(plan.answers, on)
    page = catalogue.plan_page(now.plan)
    finished = finished_papers(plan)
    done = finished["held"] | finished["ticked"]
    inside = {step.paper.code: step.paper.licence.header.inside for step in now.plan.steps}
    stands = standings(
        [(step.paper.code, step.after) for step in now.plan.steps],
        done,
        {code: outer for code, outer in inside.items() if outer},
    )
    titles = papers()
    steps = [
        {
            **item,
            "standing": stand,
            "held": stand.paper in finished["held"],
            "waits": [catalogue.catalogue().licences[code].header for code in stand.waits],
        }
        for item, stand in zip(page["steps"], stands, strict=True)
    ]
    return {
        "kept": plan,
        "page": page,
        "steps": steps,
        "next": next((step for step in steps if step["standing"].state == YOUR_TURN), None),
        "done": sum(stand.state == FINISHED for stand in stands),
        "total": len(stands),
        "news": _told(changed_needs(plan.needs, now.needs)),
        "changes": _told(plan.changes),
        "barriers": open_barriers(plan.business.person),
        "papers": [
            {"held": held, "title": titles.get(held.paper, held.paper)}
            for held in plan.business.person.papers.filter(withdrawn_at=None).select_related("evidence")
        ],
    }


def idle_plans(before: datetime) -> QuerySet[KeptPlan]:
    """Plans on which nothing was done since ``before``, of people who agreed to reminders and can be reached."""
    people = Person.objects.filter(merged_into=None, forgotten_at=None).exclude(channel="none").exclude(phone_lookup="")
    agreed = Consent.objects.filter(
        person=OuterRef("business__person"), purpose="reminders", given=True, withdrawn_at=None
    )
    ticked = StepDone.objects.filter(plan=OuterRef("pk"), made_at__gte=before)
    plans = KeptPlan.objects.filter(Exists(agreed), ~Exists(ticked), made_at__lt=before, business__person__in=people)
    return plans.select_related("business__person").order_by("pk")


def open_barriers(person: Person) -> list[BarrierKind]:
    """What still keeps somebody from a licence, as coded, each with the question that helps."""
    standing = set(person.barriers.filter(gone_at=None).values_list("code", flat=True))
    return [kind for code, kind in barriers().items() if code in standing]


def asks_barriers(person: Person) -> bool:
    """Whether nobody has noted yet what keeps somebody from a licence."""
    return not person.barriers.exists()


def _told(changes: list[dict[str, str]]) -> list[dict[str, Any]]:
    licences = catalogue.catalogue().licences
    return [{**change, "header": licences[change["paper"]].header} for change in changes if change["paper"] in licences]


def step_page(plan: KeptPlan, code: str, on: date) -> dict[str, Any] | None:
    """One paper of a kept plan: how to get it, which of its steps are done, what it waits for; None if unknown.

    Raises NotAnswered.
    """
    whole = plan_page(plan, on)
    page = catalogue.paper_page(whole["page"]["plan"], code)
    if page is None:
        return None
    ticked = {step.step for step in plan.steps_done.all() if step.paper == code}
    own = next((step for step in whole["steps"] if step["standing"].paper == code), None)
    ways = [
        {
            "way": way["way"],
            "steps": [
                {**entry, "key": f"{way['way']}-{n}", "ticked": f"{way['way']}-{n}" in ticked}
                for n, entry in enumerate(way["steps"], start=1)
            ],
        }
        for way in page["ways"]
    ]
    return page | {
        "kept": plan,
        "ways": ways,
        "own": own,
        "ticked": DONE in ticked,
        "held": [row for row in whole["papers"] if row["held"].paper == code],
        "waits": own["waits"] if own else [],
    }


def step_keys(code: str) -> set[str]:
    """Every step of a paper that can be ticked. Empty for an unknown paper."""
    licence = catalogue.catalogue().licences.get(code)
    if licence is None:
        return set()
    ways = licence.header.steps
    numbered = [(way, n) for way in ("online", "counter") for n, _ in enumerate(getattr(ways, way), start=1)]
    return {DONE, *(f"{way}-{n}" for way, n in numbered)}


def serving_office(person: Person) -> str:
    """The code of the office that answers for somebody: of their kelurahan, else kecamatan, else of the city."""
    areas = (person.region, person.district, "")
    offices = Office.objects.filter(area__in=areas, kind__in=("kelurahan", "kecamatan", "dpmptsp"))
    found = sorted(offices.values_list("area", "code"), key=lambda pair: (-len(pair[0]), pair[1]))
    return found[0][1] if found else ""
