"""Messages to people about their plan: one reminder of a step, one note of a change of law. Never twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from satupintu.accounts.gate import guarded
from satupintu.audit import actions as audit
from satupintu.audit.rules import Actor
from satupintu.catalogue.rules.plan import Paper
from satupintu.messages.actions import enqueue
from satupintu.messages.models import Message
from satupintu.messages.queries import known_keys
from satupintu.messages.rules import LONGEST_VALUE, UnusableMessage
from satupintu.registry.actions.witness import _record
from satupintu.registry.models import KeptPlan, Person
from satupintu.registry.queries.people import agrees
from satupintu.registry.queries.plans import NotAnswered, plan_page
from satupintu.registry.queries.visible import people_for, require_sees
from satupintu.web.formats import date_long, rupiah

ASK = {"id": "tanyakan ke petugas", "en": "ask an officer"}


@guarded
@transaction.atomic
def remind_next_step(*, plan: KeptPlan, link: str, by: Actor, at: datetime) -> Message:
    """Send the next step of a plan once, by the channel the person chose and only if they agreed to reminders.

    ``link`` is the absolute address of the plan, without a name. Asking again for the same step sends nothing more.
    Raises ValidationError with what is missing, NotAllowed.
    """
    person = plan.business.person
    require_sees(by, person)
    _require_reachable(person)
    paper = _next_paper(plan, localtime(at).date())
    try:
        message = enqueue(
            key=f"next-step:{plan.pk}:{paper.code}",
            channel=person.channel,
            to=person.phone,
            template="next_step_reminder",
            language=person.language,
            values=_step_values(paper, person.language, link),
            person=person.reference,
            by=by,
            at=at,
        )
    except UnusableMessage as error:
        raise ValidationError(str(error)) from error
    if message.created_at == at:
        values = {"paper": paper.code, "message": message.pk}
        _record("step_reminded", person, object=f"plan:{plan.ref}", values=values, by=by, at=at)
    return message


@guarded
@transaction.atomic
def announce_change(
    *,
    people: Sequence[tuple[int, Sequence[str]]],
    change: str,
    day: date,
    link: str,
    by: Actor,
    at: datetime,
) -> int:
    """Tell people that the law changed their papers, each once per ``change``; returns how many were told now.

    ``change`` names what changed (``2026-06-05``, the day or the draft of the new law), whatever it was compared with.
    Whoever was told as an entry that was merged since then is not told again.
    ``people`` are keys of persons with the titles of the papers concerned. Those out of sight, without a channel or
    without consent to reminders are passed over.
    """
    titles = dict(people)
    told = 0
    for person in _not_told(_reachable(by, titles), change):
        values = {
            "day": date_long(day, person.language),
            "papers": _shortened(", ".join(titles[person.pk])),
            "link": link,
        }
        try:
            message = enqueue(
                key=_change_key(change, person.pk),
                channel=person.channel,
                to=person.phone,
                template="law_change",
                language=person.language,
                values=values,
                person=person.reference,
                by=by,
                at=at,
            )
        except UnusableMessage:
            continue  # a number that no gateway takes; the list on the page still names the person
        if message.created_at == at:
            told += 1
            _record("change_told", person, values={"change": change, "message": message.pk}, by=by, at=at)
    counts = {"change": change, "people": len(titles), "told": told}
    audit.record(action="registry.change_announced", object=f"law-change:{change}", values=counts, by=by, at=at)
    return told


def _change_key(change: str, person: int) -> str:
    return f"law-change:{change}:{person}"


def _not_told(people: Sequence[Person], change: str) -> list[Person]:
    """Those of whom no entry was told of a change, neither the one that stands nor those merged into it."""
    entries = {person.pk: [person.pk] for person in people}
    for entry in Person.objects.filter(merged_into__in=entries).only("pk", "merged_into"):
        if entry.merged_into_id is not None:
            entries[entry.merged_into_id].append(entry.pk)
    told = known_keys([_change_key(change, pk) for pks in entries.values() for pk in pks])
    return [p for p in people if not told & {_change_key(change, pk) for pk in entries[p.pk]}]


def _reachable(by: Actor, keys: Iterable[int]) -> list[Person]:
    people = people_for(by).filter(pk__in=list(keys)).exclude(channel="none").exclude(phone_lookup="")
    return [person for person in people.prefetch_related("consents") if _agrees_to_reminders(person)]


def _agrees_to_reminders(person: Person) -> bool:
    """Whether the latest answer to reminders is a yes that stands, from consents that were fetched already."""
    latest = next((consent for consent in person.consents.all() if consent.purpose == "reminders"), None)
    return latest is not None and latest.given and latest.withdrawn_at is None


def _require_reachable(person: Person) -> None:
    if not agrees(person, "reminders"):
        raise ValidationError(_("Belum ada persetujuan kirim pengingat. Tanyakan dulu, lalu catat jawabannya."))
    if person.channel == "none" or not person.phone:
        raise ValidationError(_("Orang ini memilih tidak dikirimi, atau nomor HP-nya belum ada."))


def _next_paper(plan: KeptPlan, on: date) -> Paper:
    try:
        step = plan_page(plan, on)["next"]
    except NotAnswered as error:
        raise ValidationError(str(error)) from error
    if step is None:
        raise ValidationError(_("Semua langkahnya sudah selesai. Tidak ada yang perlu diingatkan."))
    paper: Paper = step["step"].paper
    return paper


def _step_values(paper: Paper, language: str, link: str) -> dict[str, str]:
    header = paper.licence.header
    english = language == "en"
    cost, time = paper.cost, paper.time
    said_cost = rupiah(cost.rupiah) if cost and cost.rupiah is not None else _term(cost, english)
    return {
        "step": _shortened((english and header.title_en) or header.title),
        "cost": _shortened(said_cost or ASK[language]),
        "time": _shortened(_term(time, english) or ASK[language]),
        "link": link,
    }


def _term(term: object, english: bool) -> str:
    text = getattr(term, "text_en" if english else "text", None) or getattr(term, "text", None)
    return str(text).rstrip(".") if text else ""


def _shortened(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= LONGEST_VALUE else f"{one_line[: LONGEST_VALUE - 1]}…"
