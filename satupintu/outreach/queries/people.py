"""Who is on the list of an event, who came, and who may be told by name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from satupintu.audit.rules import Actor
from satupintu.outreach.models import Event, Participant, Tap
from satupintu.outreach.queries.running import lines_of, minute_of
from satupintu.outreach.rules.attendance import presence, turnout
from satupintu.outreach.rules.cards import read_scan
from satupintu.registry.models import Person
from satupintu.registry.queries import visible
from satupintu.registry.queries.search import search
from satupintu.surveys.rules.answers import read_card


@dataclass(frozen=True, slots=True)
class Scan:
    """What a typed or scanned card means: whose it is and whether they are here already, or what is wrong with it."""

    source: str
    participant: Participant | None = None
    came: bool = False
    problem: str = ""


def shown_name(actor: Actor, person: Person | None) -> str:
    """The name of somebody the actor may see; empty for a card without a name and for people of another area."""
    if person is None or person.forgotten_at is not None or not visible.sees(actor, person):
        return ""
    return person.display_name


def people_of(actor: Actor, event: Event) -> dict[str, Any]:
    """Everybody on the list with when they came and went, the ``tap`` that tells it, and the turnout.

    Four queries, however many people.
    """
    taps: dict[int, list[tuple[str, int]]] = defaultdict(list)
    moments: dict[tuple[int, int], Any] = {}
    how: dict[int, Tap] = {}
    for tap in Tap.objects.filter(event=event, kind__in=("arrived", "left")).select_related("evidence"):
        minute = minute_of(tap.pressed_at, event.day)
        taps[tap.participant_id or 0].append((tap.kind, minute))
        moments[tap.participant_id or 0, minute] = tap.pressed_at
        if tap.kind == "arrived":
            how.setdefault(tap.participant_id or 0, tap)
    begins, ends = _own_times(event)
    rows = []
    for participant in event.participants.select_related("person"):
        seen = presence(taps[participant.pk], begins, ends)
        rows.append(
            {
                "participant": participant,
                "name": shown_name(actor, participant.person),
                "presence": seen,
                "arrived_at": _moment(moments, participant, seen.arrived),
                "left_at": _moment(moments, participant, seen.left),
                "tap": how.get(participant.pk),
            }
        )
    counts = turnout([(row["participant"].invited, row["presence"]) for row in rows])
    return {"rows": rows, "turnout": counts}


def _own_times(event: Event) -> tuple[int | None, int | None]:
    """When the event really began and ended; as planned where nobody tapped."""
    lines = lines_of(event)
    if not lines:
        return None, None
    begins = min(line.begins if line.began is None else line.began for line in lines)
    return begins, max(line.ends if line.ended is None else line.ended for line in lines)


def _moment(moments: dict[tuple[int, int], Any], participant: Participant, minute: int | None) -> Any:
    return None if minute is None else moments[participant.pk, minute]


def participant_of(event: Event, card: str) -> Participant | None:
    """One participant by the code of the card, however it was typed."""
    return event.participants.filter(card=card.strip().upper()).select_related("person").first()


def card_scanned(event: Event, text: str) -> Scan:
    """Whose card a typed code or a scanned address is; a sentence about what to do where it is nobody's."""
    read = read_scan(text)
    if read.event and read.event != str(event.ref):
        return Scan(read.source, problem=_("Kartu ini dari acara lain. Ketik kode kartu acara ini."))
    try:
        card = read_card(read.card)
    except ValueError as error:
        return Scan(read.source, problem=str(error))
    participant = participant_of(event, card)
    if participant is None:
        missing = _("Kartu %(card)s tidak ada di acara ini. Periksa kodenya, atau tambah kartu.") % {"card": card}
        return Scan(read.source, problem=missing)
    came = Tap.objects.filter(participant=participant, kind="arrived").exists()
    return Scan(read.source, participant, came)


def people_found(actor: Actor, event: Event, text: str) -> list[dict[str, Any]]:
    """People of the registry whom a text may mean, each with their card if they are on the list already."""
    people = [hit.person for hit in search(actor, text).hits]
    cards = dict(event.participants.filter(person__in=people).values_list("person", "card"))
    return [{"person": person, "card": cards.get(person.pk, "")} for person in people]


def not_here(actor: Actor, event: Event, most: int) -> list[tuple[Participant, str]]:
    """The first ``most`` on the list who have not come yet, each with their name if it may be told."""
    here = Tap.objects.filter(event=event, kind="arrived").values("participant")
    waiting = event.participants.exclude(pk__in=here).select_related("person")[:most]
    return [(one, shown_name(actor, one.person)) for one in waiting]
