"""Lists of people, one person's page, and who looked at them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from satupintu.accounts.models import Office, User
from satupintu.audit import queries as audit
from satupintu.audit.models import Record
from satupintu.audit.rules import Actor
from satupintu.catalogue import queries as catalogue
from satupintu.registry.models import Barrier, Business, Document, FollowUp, PaperHeld, Person
from satupintu.registry.queries.known import barriers, documents, nik_warnings, papers, purposes, region_name
from satupintu.registry.queries.visible import in_area, people_for, references

PAGE = 50
# Below this many rows the few are looked up and sorted; above it the list is walked and each asked.
FEW = 3_000
LOOKED_AT = 30  # of what was done; what was read is listed for ever
READINGS = (
    "desk.trail_read",
    "messages.revealed",
    "registry.document_read",
    "registry.nik_read",
    "registry.phone_read",
)


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; empty is everything. ``missing`` is a paper not held, ``barrier`` one that stands."""

    region: str = ""
    market: int | None = None
    missing: str = ""
    barrier: str = ""

    def any(self) -> bool:
        """Whether anything is narrowed."""
        return bool(self.region or self.market or self.missing or self.barrier)


@dataclass(frozen=True)
class Page:
    """Some people in the order of their names; ``after`` names the last one if more follow."""

    people: list[Person] = field(default_factory=list)
    after: UUID | None = None


@dataclass(frozen=True)
class Look:
    """One thing that was done to or read about a person, the name of who did it, and the office it was done for."""

    record: Record
    who: str
    office: str


def filtered(actor: Actor, filters: Filters) -> QuerySet[Person]:
    """Everybody the actor may see who fits, in the order of their names."""
    people = in_area(people_for(actor), filters.region) if filters.region else people_for(actor)
    people = people.order_by("sort_name", "pk")
    if filters.market is not None:
        people = _with(people, Business.objects.filter(market=filters.market))
    if filters.barrier:
        people = _with(people, Barrier.objects.filter(code=filters.barrier, gone_at=None))
    if filters.missing:
        held = PaperHeld.objects.filter(person=OuterRef("pk"), paper=filters.missing, withdrawn_at=None)
        people = people.exclude(Exists(held))
    return people


def page(actor: Actor, filters: Filters, after: UUID | None = None, size: int = PAGE) -> Page:
    """The people after the one named, ``size`` of them, with businesses and papers ready to show."""
    people = filtered(actor, filters)
    if after is not None:
        last = people_for(actor).filter(ref=after).first()
        if last is not None:
            people = people.filter(sort_name__gte=last.sort_name).exclude(
                Q(sort_name=last.sort_name) & Q(pk__lte=last.pk)
            )
    rows = list(people.prefetch_related("businesses__market", "papers")[: size + 1])
    more = len(rows) > size
    return Page(rows[:size], rows[size - 1].ref if more else None)


def _with(people: QuerySet[Person], related: QuerySet[Any]) -> QuerySet[Person]:
    """People who have one of these rows: from the few rows, or by asking each person when there are many."""
    if related.values("pk")[: FEW + 1].count() <= FEW:
        # The same order, but of no index: so the few are looked up and sorted, and nobody else is walked past.
        return people.filter(pk__in=related.values("person")).order_by(Concat("sort_name", Value("")), "pk")
    return people.filter(Exists(related.filter(person=OuterRef("pk"))))


def exported(actor: Actor, filters: Filters) -> Iterator[list[str]]:
    """The rows of a list as plain cells, the head first; NIK and phone stay masked."""
    yield ["nama", "nik", "hp", "wilayah", "usaha", "pasar", "surat", "hambatan"]
    people = filtered(actor, filters).prefetch_related("businesses__market", "papers", "barriers")
    for person in people.iterator(chunk_size=2_000):
        businesses = list(person.businesses.all())
        yield [
            person.display_name,
            person.masked_nik,
            person.masked_phone,
            region_name(person.region),
            "; ".join(b.trade_name for b in businesses if b.trade_name),
            "; ".join(sorted({b.market.name for b in businesses if b.market})),
            "; ".join(sorted({p.paper for p in person.papers.all() if p.withdrawn_at is None})),
            "; ".join(sorted({b.code for b in person.barriers.all() if b.gone_at is None})),
        ]


def person_page(actor: Actor, person: Person) -> dict[str, Any]:
    """Everything one person's page shows. Numbers are masked; what was looked at is told with its reason."""
    known_papers, known_barriers, known_documents = papers(), barriers(), documents()
    return {
        "person": person,
        "nik_warnings": nik_warnings(person.nik, catalogue.today()),
        "region": region_name(person.region),
        "businesses": list(person.businesses.select_related("market", "stall", "plan").prefetch_related("codes")),
        "papers": [
            {"held": held, "title": known_papers.get(held.paper, held.paper), "shared": held.shared}
            for held in person.papers.filter(withdrawn_at=None).select_related("evidence").annotate(shared=_shared())
        ],
        "documents": [
            {"document": document, "title": known_documents.get(document.kind, document.kind)}
            for document in person.documents.filter(erased_at=None)
        ],
        "consents": consents_of(person),
        "barriers": [
            {"barrier": barrier, "kind": known_barriers.get(barrier.code)}
            for barrier in person.barriers.filter(gone_at=None)
        ],
        "follow_ups": list(person.follow_ups.order_by(F("done_at").asc(nulls_first=True), "due")),
        "milestones": milestones_of(person),
        "looks": looks_at(person),
    }


def _shared() -> Exists:
    """Whether somebody else who stands holds a paper with the same number."""
    same = PaperHeld.objects.filter(paper=OuterRef("paper"), number_lookup=OuterRef("number_lookup"), withdrawn_at=None)
    others = same.filter(person__merged_into=None, person__forgotten_at=None).exclude(person=OuterRef("person"))
    return Exists(others.exclude(number_lookup=""))


def milestones_of(person: Person) -> list[dict[str, Any]]:
    """The dated steps of somebody's way, the newest first: ``day``, ``kind`` and the ``title`` of the paper, if any."""
    titles, told = papers(), []
    for milestone in person.milestones.order_by("-day", "-pk"):
        kind, _, paper = milestone.code.partition("_")
        about = kind in ("paper", "step")
        told.append(
            {
                "day": milestone.day,
                "kind": kind if about else milestone.code,
                "title": titles.get(paper, paper) if about else "",
            }
        )
    return told


def documents_of(person: Person) -> list[dict[str, Any]]:
    """The documents of a person that were not erased, the newest first, each with its title."""
    titles = documents()
    kept = person.documents.filter(erased_at=None)
    return [{"document": document, "title": titles.get(document.kind, document.kind)} for document in kept]


def consents_of(person: Person) -> list[dict[str, Any]]:
    """For every purpose the answer that counts now: yes, no, withdrawn or never asked."""
    latest: dict[str, Any] = {}
    for consent in person.consents.all():  # newest first
        latest.setdefault(consent.purpose, consent)
    return [
        {
            "purpose": purpose,
            "consent": latest.get(purpose.purpose),
            "stands": agrees_now(latest.get(purpose.purpose)),
        }
        for purpose in purposes().values()
    ]


def agrees_now(consent: Any) -> bool:
    """Whether an answer is a yes that was not withdrawn."""
    return consent is not None and consent.given and consent.withdrawn_at is None


def agrees(person: Person, purpose: str) -> bool:
    """Whether somebody's latest answer to a purpose is a yes that stands."""
    return agrees_now(person.consents.filter(purpose=purpose).first())


def looks_at(person: Person) -> list[Look]:
    """What was done to or read about a person and by whom, newest first (UU 27/2022 art. 32).

    What was done to an entry that was merged into this one is theirs too.
    """
    about = audit.about_person(*references(person))
    newest = about.values("pk")[:LOOKED_AT]
    records = audit.with_reasons(about.filter(Q(action__in=READINGS) | Q(pk__in=newest)))
    keys = {record.actor.removeprefix("user:") for record in records if record.actor.startswith("user:")}
    names = {f"user:{pk}": name for pk, name in User.objects.filter(pk__in=keys).values_list("pk", "display_name")}
    offices = dict(Office.objects.filter(pk__in={record.chain_id for record in records}).values_list("pk", "name"))
    return [Look(record, names.get(record.actor, "SatuPintu"), offices.get(record.chain_id, "")) for record in records]


def own(owner: Person, model: type[Model], **given: Any) -> Any:
    """One row that belongs to a person, or None."""
    return model._default_manager.filter(person=owner, **given).first()


def business_of(person: Person, ref: UUID | str) -> Business | None:
    """One business of a person."""
    return own(person, Business, ref=ref)


def paper_of(person: Person, ref: UUID | str) -> PaperHeld | None:
    """One paper of a person whose entry was not taken back."""
    return own(person, PaperHeld, ref=ref, withdrawn_at=None)


def document_of(person: Person, ref: UUID | str) -> Document | None:
    """One document of a person that was not erased."""
    return own(person, Document, ref=ref, erased_at=None)


def follow_up_of(person: Person, pk: int) -> FollowUp | None:
    """One follow-up of a person."""
    return own(person, FollowUp, pk=pk)


def follow_ups_due(actor: Actor, on: date) -> QuerySet[FollowUp]:
    """What the actor or their office promised and is due by a day, the oldest first."""
    mine = Q(owner=actor.ref) | Q(owner="", office=actor.office)
    open_ones = FollowUp.objects.filter(mine, done_at=None, due__lte=on)
    # Asked promise by promise: promises are few, people are many.
    open_ones = open_ones.filter(Exists(people_for(actor).filter(pk=OuterRef("person"))))
    return open_ones.select_related("person").order_by("due", "pk")


def with_businesses(people: Sequence[Person]) -> list[Business]:
    """The businesses of these people, each with its person and market, in the order of the people."""
    order = {person.pk: n for n, person in enumerate(people)}
    businesses = Business.objects.filter(person__in=order).select_related("person", "market")
    return sorted(businesses, key=lambda business: (order[business.person_id], business.pk))
