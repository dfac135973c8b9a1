"""Everything the page of one file shows to an officer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.dateparse import parse_datetime
from django.utils.timezone import localdate

from satupintu.accounts.queries import office_names
from satupintu.audit import queries as audit
from satupintu.audit.rules import Actor
from satupintu.catalogue import queries as catalogue
from satupintu.kernel.workflow import FACTS, MoveRefused
from satupintu.licensing import library
from satupintu.licensing.models import Application, Attachment, Certificate, Step
from satupintu.licensing.queries.bulk import unseen_originals
from satupintu.licensing.queries.clashes import clashes_of
from satupintu.licensing.queries.clocks import page_language, words_of
from satupintu.licensing.queries.desk import LOOKED_AT_IN, OFFICERS, has_turn, held_by_other, since_words
from satupintu.licensing.queries.move_words import move_words
from satupintu.licensing.queries.recommendations import opinions_of
from satupintu.licensing.queries.standing import answers_of, missing_parts, offered_to, service_of, standing_of
from satupintu.licensing.queries.told import has_channel, paper_title, part_title
from satupintu.licensing.queries.visible import acts_for
from satupintu.licensing.queries.visits import planned_visit, reported_visits
from satupintu.licensing.rules.answers import said
from satupintu.licensing.rules.moves import ASIDE, CLOSED, LICENSING, VERIFIER
from satupintu.licensing.rules.serving import DocumentSlot
from satupintu.registry.models import Document, Market
from satupintu.registry.queries.doubles import doubles_of, traits_of
from satupintu.registry.queries.known import region_name
from satupintu.registry.queries.visible import sees as sees_person


@dataclass(frozen=True)
class Slot:
    """A document that belongs to the file: what stands in it, and what was found."""

    code: str
    title: str
    required: bool
    attachment: Attachment | None
    reason: str
    earlier: int

    @property
    def state(self) -> str:
        """empty, counter (the original is brought), kept (a photo or PDF)."""
        if self.attachment is None:
            return "empty"
        return "counter" if self.attachment.at_counter else "kept"


@dataclass(frozen=True)
class Item:
    """A line of the checklist: whether it holds (None: nobody said), who said so and when; what it looks at."""

    code: str
    text: str
    holds: bool | None
    name: str
    at: datetime | None
    about: str


@dataclass(frozen=True)
class Event:
    """A step of the file in words, with the mark of its record in the audit, by which nobody can change it unseen."""

    step: Step
    words: str
    state: str
    reasons: list[str]
    parts: list[str]
    mark: str


def desk_page(actor: Actor, file: Application, at: datetime) -> dict[str, Any]:
    """One file for somebody who sees it. Numbers are masked; the moves are those they may make now."""
    steps = list(file.steps.all())
    # While the applicant has the turn, who holds the file only gets it back: the counter may note a payment.
    held = file.state not in ASIDE and held_by_other(actor, file, at)
    may_act = actor.role in OFFICERS and acts_for(actor, file, localdate(at))
    offered = {move.name for move in offered_to(file, actor.ref, actor.role, at)} if may_act and not held else set()
    return {
        "file": file,
        "paper": paper_title(file.licence),
        "state": state_words(file.state),
        "badge": library.library().states[file.state].badge,
        "clock": words_of(file, at, "staff"),
        "office": office_names().get(file.office, file.office),
        "region": region_name(file.region),
        "answers": answered(file),
        "slots": slots_of(file),
        "items": items_of(file),
        "lacking": [part_title(file, part, page_language()) for part in missing_parts(file)],
        "unseen": unseen_originals(file),
        "wrong": wrong_parts(file),
        "awaited": lacks_for(actor, file, "examine", at) if actor.role == VERIFIER and not held else (),
        "likely_doubles": likely_doubles(actor, file),
        "others": other_files(actor, file),
        "clashes": clashes_of(actor, file),
        "events": events_of(file, steps),
        "words": list(file.words.all()),
        "planned": planned_visit(file),
        "bill": file.bills.filter(made_at=None).last(),
        "reports": reported_visits(file),
        "opinions": opinions_of(file),
        "offered": offered,
        "may_act": may_act,
        "has_turn": not held and has_turn(actor, file, at),
        "looks": not held and has_turn(actor, file, at) and file.state in LOOKED_AT_IN,
        "held_since": since_words(file.claimed_at, at) if held and file.claimed_at else "",
        "reachable": has_channel(file),
    }


def wrong_parts(file: Application) -> list[str]:
    """The documents and items that were found not to be in order, in words."""
    slots = [slot.title for slot in slots_of(file) if slot.attachment and slot.attachment.verdict == "wrong"]
    return [*slots, *(item.text for item in items_of(file) if item.holds is False)]


def lacks_for(actor: Actor, file: Application, move: str, at: datetime) -> tuple[str, ...]:
    """The facts that are missing before the actor can make a move that is theirs now; nothing for any other."""
    try:
        LICENSING.check_now(move, standing_of(file, at), actor.ref)
    except MoveRefused as refused:
        return refused.missing if refused.why == FACTS else ()
    return ()


def has_unread(file: Application) -> bool:
    """Whether the applicant wrote something that nobody of the office has read."""
    return file.words.filter(from_applicant=True, read_at=None).exists()


def state_words(state: str) -> str:
    """A state in the words for staff, in the language of the page."""
    words = library.library().states[state]
    return words.staff_en if page_language() == "en" else words.staff


def answered(file: Application) -> list[tuple[str, str]]:
    """Each question of the form with what was answered, in words."""
    answers, language = answers_of(file), page_language()
    markets = dict(
        Market.objects.filter(code=(answers.get("stall") or {}).get("market", "")).values_list("code", "name")
    )
    return [
        (one.label_en if language == "en" else one.label, said(one, answers.get(one.name), language, markets))
        for one in service_of(file).fields
    ]


def slots_of(file: Application) -> list[Slot]:
    """Every document of the service with what stands in its slot, and how many stood there before."""
    rows = list(file.attachments.select_related("document"))
    standing = {one.slot: one for one in rows if one.replaced_at is None}
    found = []
    for slot in service_of(file).documents:
        one = standing.get(slot.code)
        earlier = sum(1 for row in rows if row.slot == slot.code and row.replaced_at is not None)
        found.append(Slot(slot.code, _title(slot), slot.required, one, _reason(one), earlier))
    return found


def document_in(file: Application, slot: str) -> Document | None:
    """The document that stands in a slot and was not erased, or None."""
    found = file.attachments.filter(slot=slot, replaced_at=None, document__erased_at=None).select_related("document")
    one = found.exclude(document=None).first()
    return one.document if one else None


def _title(slot: DocumentSlot) -> str:
    known = catalogue.catalogue().documents.get(slot.code)
    if known is None:
        return slot.code
    return known.title_en if page_language() == "en" and known.title_en else known.title


def _reason(attachment: Attachment | None) -> str:
    if attachment is None or not attachment.reason:
        return ""
    return reason_words(attachment.reason)


def reason_words(code: str) -> str:
    """A preset reason of any kind in the language of the page; the code itself if it is no longer known."""
    for kind in library.library().presets:
        preset = library.library().reason(kind, code)
        if preset:
            return preset.text_en if page_language() == "en" else preset.text
    return code


def presets(kind: str, licence: str, about: str = "") -> list[tuple[str, str]]:
    """The preset reasons of a kind for a paper as choices, those for ``about`` (document, field) if given."""
    english = page_language() == "en"
    return [
        (one.code, one.text_en if english else one.text)
        for one in library.library().reasons(kind, licence)
        if not about or one.about == about
    ]


def items_of(file: Application) -> list[Item]:
    """The checklist, item by item."""
    english, found = page_language() == "en", []
    for one in service_of(file).checklist:
        kept = file.checks.get(one.code, {})
        at = parse_datetime(kept["at"]) if kept.get("at") else None
        text = one.text_en if english else one.text
        found.append(Item(one.code, text, kept.get("ok"), kept.get("name", ""), at, one.about or ""))
    return found


def likely_doubles(actor: Actor, file: Application) -> list[dict[str, Any]]:
    """People who look like the applicant, with why; those of another area are counted, not named."""
    found = doubles_of(traits_of(file.person), but=file.person)
    return [
        {"person": one.person if sees_person(actor, one.person) else None, "reasons": one.likeness.reasons}
        for one in found[:5]
    ]


def other_files(actor: Actor, file: Application) -> list[dict[str, Any]]:
    """Open files and valid papers that may clash with this one: the same paper for the person or business, or the
    same stall."""
    same = Q(person=file.person_id, licence=file.licence)
    if file.business_id:
        same |= Q(business=file.business_id, licence=file.licence)
    if file.stall_id:
        same |= Q(stall=file.stall_id)
    files = Application.objects.filter(same).exclude(pk=file.pk).exclude(state__in=[*CLOSED, "draft", "refused"])
    found: list[dict[str, Any]] = [
        {
            "number": one.number,
            "why": _why(file, one),
            "state": state_words(one.state),
            "paper": paper_title(one.licence),
        }
        for one in files.order_by("-pk")[:5]
    ]
    papers = Certificate.objects.filter(person=file.person_id, licence=file.licence, status="active")
    found += [
        {"number": one.number, "why": "paper", "state": "", "paper": paper_title(one.licence)}
        for one in papers.exclude(application=file.pk)[:5]
    ]
    return found


def _why(file: Application, other: Application) -> str:
    if other.person_id == file.person_id:
        return "person"
    return "business" if file.business_id and other.business_id == file.business_id else "stall"


def events_of(file: Application, steps: list[Step]) -> list[Event]:
    """The steps in words, the newest first, each with the first signs of its record's hash."""
    marks: dict[tuple[str, datetime], str] = {}
    for record in audit.of_object(file.reference).filter(action__startswith="licensing."):
        marks[record.action, record.at] = record.hash[:12]
    return [_event(file, step, marks) for step in reversed(steps)]


def _event(file: Application, step: Step, marks: dict[tuple[str, datetime], str]) -> Event:
    return Event(
        step=step,
        words=move_words(step.move),
        state=state_words(step.state),
        reasons=[reason_words(code) for code in step.reasons],
        parts=[_part_words(file, part) for part in step.parts],
        mark=marks.get((f"licensing.{step.move}", step.made_at), ""),
    )


def _part_words(file: Application, part: str) -> str:
    kind, _, code = part.partition(":")
    if kind != "check":
        return part_title(file, part, page_language())
    return next((one.text for one in items_of(file) if one.code == code), code)


def changed_since(file: Application, revision: int) -> list[str]:
    """The moves made after a revision of the file, in words, the oldest first."""
    later = max(0, file.revision - revision)
    steps = list(file.steps.order_by("-number")[:later])
    return list(_told(reversed(steps)))


def _told(steps: Any) -> Iterator[str]:
    for step in steps:
        yield f"{move_words(step.move)}: {step.made_by_name or step.role}"
