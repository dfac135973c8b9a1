"""The report of an event: its data as they are now, its versions, and who gets a certificate."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import time
from decimal import Decimal
from typing import Any

from satupintu.audit.rules import Actor
from satupintu.outreach import library
from satupintu.outreach.models import Event, Report, Tap
from satupintu.outreach.queries.aid import aid_of
from satupintu.outreach.queries.coverage import coverage_of
from satupintu.outreach.queries.ladder import ladder_page
from satupintu.outreach.queries.people import people_of
from satupintu.outreach.queries.photos import photos_for_report
from satupintu.outreach.queries.questions import questions_of
from satupintu.outreach.queries.running import lines_of
from satupintu.outreach.queries.wanted import wanted_at
from satupintu.outreach.rules.ladder import FEWEST, counted
from satupintu.outreach.rules.report import data as parts
from satupintu.outreach.rules.report.certificates import certificates
from satupintu.outreach.rules.report.making import Report as Made
from satupintu.outreach.rules.report.making import report_of
from satupintu.outreach.rules.report.wording import KINDS, wording_of
from satupintu.registry.queries.known import region_name
from satupintu.surveys import queries as surveys
from satupintu.surveys.rules.answers import short_name
from satupintu.surveys.rules.questionnaires import Questionnaire
from satupintu.web import figures

# The rungs of the ladder as the report, which is in Indonesian, names them.
RUNG_WORDS = {
    "understands": "Paham cara mengurus izin, menurut jawabannya",
    "documents_ready": "Surat-suratnya siap",
    "applied": "Sudah mengajukan izin",
    "licensed": "Punya NIB (Nomor Induk Berusaha)",
    "recording": "Mencatat jualan",
    "borrowed": "Meminjam di Pegadaian",
}


def form_of_report() -> Any:
    """The form of the report: its sections and the texts that people type."""
    return library.library().report


def draft_of(event: Event) -> Report | None:
    """The draft of an event's report, if anything was typed since the last final version."""
    return Report.objects.filter(event=event, state="draft").first()


def finals_of(event: Event) -> list[Report]:
    """Every final version, the newest first."""
    return list(Report.objects.filter(event=event, state="final").order_by("-version"))


def final_of(event: Event, version: int) -> Report | None:
    """One final version."""
    return Report.objects.filter(event=event, state="final", version=version).first()


def texts_of(event: Event) -> dict[str, str]:
    """The typed texts as they stand: of the draft, else of the last final version."""
    newest = draft_of(event) or next(iter(finals_of(event)), None)
    return dict(newest.texts) if newest else {}


def report_now(actor: Actor, event: Event) -> Made:
    """The draft, worked out from what is known at this moment."""
    return report_of(form_of_report(), data_of(actor, event))


def summary_now(actor: Actor, event: Event) -> dict[str, Any]:
    """The two pages for the kelurahan: from the last final version if there is one, else from what is known now."""
    final = next(iter(finals_of(event)), None)
    data = parts.thawed(final.frozen) if final else data_of(actor, event)
    return report_of(library.library().summary, data, version=final.version if final else None).document


def report_words(actor: Actor, event: Event, version: int) -> dict[str, Any] | None:
    """The words of one final version as they were frozen; version 0 is the draft of now. None if there is none."""
    if not version:
        return report_now(actor, event).document
    final = final_of(event, version)
    return json.loads(final.document) if final else None


def to_be_read(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The sections of a report for a screen: its pictures as our charts draw them."""
    return [
        {**section, "blocks": [_drawn(block) if block["type"] == "picture" else block for block in section["blocks"]]}
        for section in document["sections"]
    ]


def _drawn(block: dict[str, Any]) -> dict[str, Any]:
    rows = block["rows"]
    if block["kind"] == "dumbbell":
        drawn = [figures.dumbbell(row["label"], _percent(row["before"]), _percent(row["after"])) for row in rows]
    elif block["kind"] == "likert":
        drawn = [figures.likert(row["label"], row["counts"]) for row in rows]
    else:
        longest = max(max(row["planned"], row["actual"]) for row in rows) or 1
        drawn = [
            figures.bar(row["label"], _percent(100 * row["actual"] / longest), _percent(100 * row["planned"] / longest))
            for row in rows
        ]
    return {**block, "rows": drawn}


def _percent(value: float) -> Decimal:
    rounded = Decimal(str(value)).quantize(Decimal("0.1"))
    return rounded.to_integral_value() if rounded == rounded.to_integral_value() else rounded


def photos_shown(event: Event) -> dict[str, bytes]:
    """The bytes of the photos that may be shown now, by their reference."""
    return {str(one.ref): one.content for one in photos_for_report(event)}


def data_of(actor: Actor, event: Event) -> parts.ReportData:
    """Everything a report of this event is made from. Cards, never names."""
    forms = _forms_of(event)
    people = people_of(actor, event)
    answers = _answers(event, forms)
    return parts.ReportData(
        event=_facts(event, people),
        agenda=_agenda(event),
        answers=answers,
        people=_present(event, people["rows"]),
        questions=_questions(actor, event),
        aid=_aid(actor, event),
        wording=wording_of(forms, {one.statement for one in answers}),
        coverage=_covered(event),
        wanted=_wanted(actor, event),
        ladder=_ladder(actor, event),
        photos=tuple(
            parts.Photo(ref=str(one.ref), caption=one.caption or one.session, alt=one.caption or one.session or "Foto")
            for one in photos_for_report(event)
        ),
        texts=texts_of(event),
        origin=(("Acara", event.reference), *((form.title, f"versi {form.version}") for form in forms)),
    )


def _forms_of(event: Event) -> list[Questionnaire]:
    """The questionnaires a report evaluates, each once: self-rating, knowledge and response."""
    found: dict[tuple[str, str], Questionnaire] = {}
    for survey in surveys.surveys_of(event.reference):
        form = surveys.form_of(survey)
        if form.kind in KINDS:
            found.setdefault((survey.questionnaire, survey.version), form)
    return list(found.values())


def _answers(event: Event, forms: Sequence[Questionnaire]) -> tuple[parts.Answer, ...]:
    """Answers by card; who answered under a reference of the registry stands under the card they hold here."""
    items = {item.code: (form, item) for form in forms for item in form.items}
    holders = event.participants.filter(person__isnull=False).select_related("person")
    cards = {short_name(one.person.reference): one.card for one in holders if one.person}
    named: dict[tuple[str, str, str], parts.Answer] = {}
    nameless = []
    for person, wave, code, value, scale in surveys.response_rows(event.reference):
        if code not in items:
            continue
        form, item = items[code]
        answer = parts.Answer(
            person=cards.get(person, person),
            wave=wave,
            statement=code,
            value=int(value),
            scale=scale,
            kind="knowledge" if form.kind == "knowledge" else "self",
            about=short_name(item.rates),
        )
        if person:
            named[answer.person, wave, code] = answer
        else:
            nameless.append(answer)
    return (*named.values(), *nameless)


def _facts(event: Event, people: Mapping[str, Any]) -> parts.EventFacts:
    turnout, tapped = people["turnout"], any(row["presence"].came for row in people["rows"])
    partners = list(event.partners.all())
    holders = [one.name for one in partners if one.kind == "university"]
    return parts.EventFacts(
        title=event.title,
        day=event.day,
        place=event.place,
        market=event.market.name if event.market else "",
        region=region_name(event.region),
        target=event.target,
        target_source=event.target_source,
        invited=turnout.invited if people["rows"] else None,
        attended=turnout.came if tapped else None,
        uninvited=turnout.uninvited if tapped else None,
        late=turnout.late if tapped else None,
        early=turnout.early if tapped else None,
        funding=event.funding,
        letter=event.letter,
        closed=event.state == "closed",
        note=event.note,
        organisers=tuple(holders),
        partners=tuple(parts.Named(kind=one.kind, name=one.name) for one in partners if one.kind != "university"),
        team=tuple(parts.Named(kind=one.role, name=one.name) for one in event.team.all()),
    )


def _agenda(event: Event) -> tuple[parts.Slot, ...]:
    lines = {line.key: line for line in lines_of(event)}
    causes = {tap.session_id: tap.cause for tap in Tap.objects.filter(event=event, kind="cause")}
    return tuple(
        parts.Slot(
            section=one.section,
            section_title=one.section_title,
            session=one.title,
            speaker=one.speaker,
            affiliation=one.affiliation,
            planned_start=_clock(one.begins),
            planned_end=_clock(one.ends),
            actual_start=_minutes(lines[one.pk].began),
            actual_end=_minutes(lines[one.pk].ended),
            cause=causes.get(one.pk, ""),
        )
        for one in event.sessions.all()
    )


def _clock(moment: time) -> str:
    return f"{moment:%H:%M}"


def _minutes(count: int | None) -> str:
    """A clock; empty for nobody noted it, and for a press on an earlier day, which tells no time of this one."""
    return "" if count is None or count < 0 else f"{count // 60:02}:{count % 60:02}"


def _present(event: Event, rows: Sequence[Mapping[str, Any]]) -> tuple[parts.Present, ...]:
    ended = [line.ended for line in lines_of(event)]
    ends = max(known) if (known := [one for one in ended if one is not None]) and None not in ended else None
    return tuple(
        parts.Present(
            card=row["participant"].card,
            invited=row["participant"].invited,
            arrived=_minutes(row["presence"].arrived),
            left=_minutes(row["presence"].left),
            minutes=_present_for(row["presence"], ends),
        )
        for row in rows
    )


def _present_for(seen: Any, ends: int | None) -> int | None:
    """Minutes from arriving to leaving, or to the real end of the event for who stayed; None if nobody noted it."""
    left = ends if seen.left is None else seen.left
    if seen.arrived is None or seen.arrived < 0 or left is None:
        return None
    return max(0, left - seen.arrived)


def _questions(actor: Actor, event: Event) -> tuple[parts.Asked, ...]:
    found = []
    for row in reversed(questions_of(actor, event)):
        reply, session = row["reply"], row["question"].session
        found.append(
            parts.Asked(
                text=row["question"].text,
                session=session.title if session else "",
                answer=reply.answer if reply else "",
                owner=reply.owner if reply else "",
                due=reply.due if reply else None,
            )
        )
    return tuple(found)


def _aid(actor: Actor, event: Event) -> tuple[parts.Handed, ...]:
    return tuple(
        parts.Handed(
            name=row["item"].name,
            unit=row["item"].unit,
            stock=row["item"].stock,
            handed=row["handed"],
            receivers=len(row["receipts"]),
            without=len(row["without"]),
            value=row["item"].value,
        )
        for row in aid_of(actor, event)
    )


def _covered(event: Event) -> parts.Covered:
    found = coverage_of(event)
    return parts.Covered(
        untaught=tuple(f"{one.key}. {one.name}" for one in found.untaught),
        unmeasured=tuple(one.name for one in found.unmeasured),
    )


def _wanted(actor: Actor, event: Event) -> tuple[parts.Counted, ...]:
    found = wanted_at(actor, event)
    return tuple(
        parts.Counted(label=lesson.title, count=one.count, base=found["people"])
        for one, lesson in found["topics"]
        if one.count >= FEWEST
    )


def _ladder(actor: Actor, event: Event) -> tuple[parts.Counted, ...]:
    """The rungs that somebody notes; a count that would point at few people is left out."""
    counts = [(row["rung"], row["count"]) for row in ladder_page(actor, event)["rungs"] if row["written"]]
    return tuple(
        parts.Counted(label=RUNG_WORDS[rung], count=count.count, base=count.base)
        for rung, count in counts
        if not counted(count.count, count.base, team=False).hidden
    )


def certificates_of(actor: Actor, event: Event, card: str = "") -> dict[str, Any] | None:
    """Certificates for everybody who came, or for one card; None if there is nobody.

    By name where the actor may see it, else by card.
    """
    people = people_of(actor, event)["rows"]
    present = {one.card: one for one in _present(event, people)}
    chosen = [row for row in people if row["presence"].came and card in ("", row["participant"].card)]
    holders = [(row["name"], present[row["participant"].card]) for row in chosen]
    organisers = [one.name for one in event.partners.all() if one.kind == "university"]
    leader = texts_of(event).get("leader", "")
    return certificates(event.title, event.day, event.place, organisers, leader, holders) if holders else None
