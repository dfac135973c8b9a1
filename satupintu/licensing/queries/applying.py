"""What the pages of whoever asks show: their files, one file in plain words, what came back to be repaired."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from satupintu.accounts.queries import office_names
from satupintu.audit.rules import Actor
from satupintu.catalogue import queries as catalogue
from satupintu.catalogue.rules.entries import Header
from satupintu.licensing import library
from satupintu.licensing.models import Application, Assisted, Decision, Step
from satupintu.licensing.queries.clocks import page_language, service_time_of, words_of
from satupintu.licensing.queries.desk_file import reason_words, slots_of
from satupintu.licensing.queries.offices import office_for
from satupintu.licensing.queries.papers import papers_of
from satupintu.licensing.queries.standing import missing_parts, offered_to, service_of
from satupintu.licensing.queries.told import part_title
from satupintu.licensing.queries.visible import acts_for, file_for, files_for, is_own
from satupintu.licensing.rules.moves import OPEN_STATES
from satupintu.licensing.rules.parts import SENT_BACK
from satupintu.licensing.rules.serving import Service
from satupintu.registry.models import Business, KeptPlan, Person
from satupintu.registry.queries.visible import people_for, person_for, user_key

LISTED = 50


@dataclass(frozen=True)
class Listed:
    """One file in a list: its paper, its state in the applicant's words with a badge."""

    file: Application
    title: str
    words: str
    badge: str


@dataclass(frozen=True)
class Happened:
    """One line of the timeline in the applicant's words, with why if something was sent back or refused."""

    at: datetime
    words: str
    reasons: list[str]


@dataclass(frozen=True)
class Part:
    """Something that was sent back: ``kind`` is field, document or message, ``why`` the sentences of the reason."""

    code: str
    kind: str
    name: str
    title: str
    why: str
    repaired: bool


def person_asked(actor: Actor, ref: UUID | str | None) -> Person | None:
    """For whom a file is started: a vendor for themselves, staff for somebody they may see."""
    if actor.role == "vendor":
        return people_for(actor).first() if user_key(actor) is not None else None
    try:
        return person_for(actor, UUID(str(ref))) if ref else None
    except ValueError:
        return None


def files_of(actor: Actor, person: Person) -> list[Listed]:
    """The files of a person that the actor may see, the newest first."""
    rows = files_for(actor).filter(person=person).order_by("-made_at", "-pk")[:LISTED]
    return [_listed(one) for one in rows]


def running_files(actor: Actor, business: Business) -> dict[str, Listed]:
    """The newest file of a business for each paper that the actor may see, by paper; withdrawn ones are left out."""
    rows = files_for(actor).filter(business=business).exclude(state__in=("withdrawn", "lapsed"))
    return {one.licence: _listed(one) for one in rows.order_by("made_at", "pk")}


def services_on(day: date) -> dict[str, Service]:
    """The papers that can be asked for or prepared here on a day."""
    return library.library().services(day)


def _listed(file: Application) -> Listed:
    words = library.library().states[file.state]
    return Listed(file, title_of(file.licence), applicant_words(file.state), words.badge)


def title_of(licence: str) -> str:
    """The title of a paper in the language of the page."""
    header = header_of(licence)
    if header is None:
        return licence
    return header.title_en if page_language() == "en" and header.title_en else header.title


def header_of(licence: str) -> Header | None:
    """What the catalogue says about a paper."""
    known = catalogue.catalogue().licences.get(licence)
    return known.header if known else None


def applicant_words(state: str) -> str:
    """A state in the words for whoever asked, in the language of the page."""
    words = library.library().states[state]
    return words.applicant_en if page_language() == "en" else words.applicant


def start_page(actor: Actor, person: Person, licence: str, on: date) -> dict[str, Any] | None:
    """What is needed for a paper before anybody starts; None for one that is not served."""
    service = library.library().service(licence, on)
    header = header_of(licence)
    if service is None or header is None:
        return None
    own = service_time_of(office_for(service, person.region) or "", licence, on)
    businesses = list(person.businesses.prefetch_related("codes").order_by("pk"))
    known = catalogue.catalogue().documents
    return {
        "service": service,
        "header": header,
        "person": person,
        "is_own": actor.role == "vendor",
        "businesses": businesses,
        "days": own.days if own else service.service_time.days,
        "days_confidence": "" if own else service.service_time.confidence,
        "example_time": bool(own and own.example),
        "documents": [{"slot": slot, "document": known[slot.code]} for slot in service.documents],
        "running": {str(one.business.ref): one for one in _running(actor, person, licence) if one.business},
    }


def _running(actor: Actor, person: Person, licence: str) -> QuerySet[Application]:
    open_ones = [state for state in OPEN_STATES if state != "refused"]
    files = files_for(actor).filter(person=person, licence=licence, state__in=open_ones)
    return files.select_related("business")


def file_page(actor: Actor, file: Application, at: datetime) -> dict[str, Any]:
    """One file for whoever asked or helps: who has it until when, what happened, what may be done now."""
    service = service_of(file)
    offered = _offered(actor, file, at)
    return {
        "file": file,
        "service": service,
        "header": header_of(file.licence),
        "title": title_of(file.licence),
        "is_own": is_own(actor, file),
        "words": applicant_words(file.state),
        "badge": library.library().states[file.state].badge,
        "clock": words_of(file, at),
        "answer_by": answer_by(file),
        "office": office_names().get(file.office, file.office),
        "example_time": example_time(file),
        "happened": timeline(file),
        "thread": list(file.words.all()),
        "slots": slots_of(file),
        "lacking": len(missing_parts(file)) if file.state == "draft" else 0,
        "parts": sent_back(file),
        "offered": offered,
        "may_write": acts_for(actor, file, localdate(at)),
        "decision": Decision.objects.filter(application=file).last(),
        "paper": papers_of(file).first(),
        "plan_address": _plan_address(file),
        "bill": file.bills.filter(made_at=None).last() if file.state == "fee_billed" else None,
    }


def _offered(actor: Actor, file: Application, at: datetime) -> set[str]:
    """The moves the actor may make, also those that only wait for something to be filled in."""
    if not acts_for(actor, file, localdate(at)):
        return set()
    offered = {move.name for move in offered_to(file, actor.ref, actor.role, at)}
    return offered | {"withdraw"} if "withdraw_complete" in offered else offered


def _plan_address(file: Application) -> str:
    """The finder's answers of the business as an address, for the worksheet; empty without a plan."""
    plan = KeptPlan.objects.filter(business=file.business_id).first() if file.business_id else None
    return urlencode(plan.answers) if plan else ""


def example_time(file: Application) -> bool:
    """Whether the clock of a file counts by a service time that was only assumed, for trying."""
    if file.accepted_at is None:
        return False
    own = service_time_of(file.office, file.licence, localdate(file.accepted_at))
    return own is not None and own.example


def answer_by(file: Application) -> date | None:
    """Until which day the applicant should act before the file may lapse; None where it never does or nobody waits."""
    days = service_of(file).waiting.days_to_answer
    if days is None or file.state not in {"draft", "fee_billed", *SENT_BACK}:
        return None
    return localdate(file.moved_at) + timedelta(days=days)


def timeline(file: Application) -> list[Happened]:
    """What happened, in the applicant's words, the newest first; of names only that of who helped."""
    found = [_happened(step) for step in file.steps.all()]
    found += [Happened(one.made_at, _helped(one), [one.outcome] if one.outcome else []) for one in file.sittings.all()]
    found.sort(key=lambda one: one.at, reverse=True)
    return [*found, Happened(file.made_at, _("Permohonan dimulai."), [])]


def _helped(sitting: Assisted) -> str:
    told = {"name": sitting.helped_by_name, "place": sitting.place}
    return _("Didampingi %(name)s di %(place)s.") % told


def _happened(step: Step) -> Happened:
    return Happened(step.made_at, applicant_words(step.state), [reason_words(code) for code in step.reasons if code])


def sent_back(file: Application) -> list[Part]:
    """The parts that were sent back, each with its reason, in the order they were named; none unless it is open."""
    if file.state not in SENT_BACK:
        return []
    step = file.steps.order_by("-number").first()
    reasons = _reasons_by_part(file, step)
    return [_part(file, code, reasons.get(code, ""), repaired) for code, repaired in file.open_parts.items()]


def _part(file: Application, code: str, why: str, repaired: bool) -> Part:
    kind, _, name = code.partition(":")
    return Part(code, kind, name, part_title(file, code, page_language()), why, repaired)


def _reasons_by_part(file: Application, step: Step | None) -> dict[str, str]:
    """Why each part came back: of a document what was noted at it, else what the step lists in the same order."""
    if step is None:
        return {}
    aligned = len(step.reasons) == len(step.parts)
    found = dict(zip(step.parts, map(reason_words, step.reasons), strict=True)) if aligned else {}
    for one in file.attachments.filter(verdict="wrong", judged_at=step.made_at):
        found[f"document:{one.slot}"] = reason_words(one.reason) if one.reason else ""
    return found


def note_of(file: Application) -> str:
    """The officer's own words with which a file was sent back, empty for none."""
    step = file.steps.order_by("-number").first()
    return step.note if step is not None and file.state in SENT_BACK else ""


def asked_file(actor: Actor, number: str) -> Application | None:
    """One file that the actor may see, by its number."""
    return file_for(actor, number)


def issuer_of(file: Application) -> str:
    """The name of the office that issues this paper elsewhere; empty for one of ours."""
    where = service_of(file).where
    office = catalogue.catalogue().offices.get(where.office) if where else None
    return office.name if office else ""


def repair_page(actor: Actor, file: Application, at: datetime) -> dict[str, Any]:
    """A file that was sent back: each part with why, the officer's own words, and whether all is repaired."""
    parts = sent_back(file)
    return {
        "file": file,
        "title": title_of(file.licence),
        "words": applicant_words(file.state),
        "parts": parts,
        "note": note_of(file),
        "ready": all(part.repaired for part in parts),
        "clock": words_of(file, at),
        "answer_by": answer_by(file),
        "thread": list(file.words.all()),
        "may_write": acts_for(actor, file, localdate(at)),
    }


def decision_page(actor: Actor, file: Application, at: datetime) -> dict[str, Any] | None:
    """The last decision in words: outcome, reasons, conditions, days, the articles it rests on; None without one."""
    decision = Decision.objects.filter(application=file).last()
    if decision is None:
        return None
    service, english = service_of(file), page_language() == "en"
    conditions = {one.code: one.text_en if english else one.text for one in service.conditions}
    frozen = json.loads(decision.frozen) if decision.frozen else {}
    return {
        "file": file,
        "title": title_of(file.licence),
        "decision": decision,
        "reasons": [reason_words(code) for code in decision.reasons],
        "conditions": [conditions.get(code, code) for code in decision.conditions],
        "articles": frozen.get("law", {}).get("basis", []),
        "law_day": file.law_day,
        "office": office_names().get(decision.office, decision.office),
        "may_object": "object" in _offered(actor, file, at),
        "objection": next((one.note for one in file.steps.all() if one.move == "object"), ""),
        "is_own": is_own(actor, file),
    }


def tracked(number: str) -> Application | None:
    """A file by its number for whoever holds the number; a draft was sent to nobody, so it is not there."""
    return Application.objects.filter(~Q(state="draft"), number=number).first()


def track_page(file: Application, at: datetime) -> dict[str, Any]:
    """Where a file stands, for whoever holds its number: no name, no place, no reason, no message."""
    return {
        "number": file.number,
        "title": title_of(file.licence),
        "words": applicant_words(file.state),
        "badge": library.library().states[file.state].badge,
        "clock": words_of(file, at),
        "answer_by": answer_by(file),
        "office": office_names().get(file.office, file.office),
        "example_time": example_time(file),
        "happened": [(step.made_at, applicant_words(step.state)) for step in file.steps.order_by("-number")],
        "state": file.state,
    }
