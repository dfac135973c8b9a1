"""Events that the public may see, and who signed up for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils.timezone import get_current_timezone

from satupintu.audit.rules import Actor
from satupintu.outreach.models import Announcement, Event, Session, SignUp
from satupintu.outreach.queries.people import shown_name
from satupintu.outreach.rules.calendar_file import Entry
from satupintu.registry.models import Person
from satupintu.registry.queries.known import purposes, region_name
from satupintu.registry.queries.visible import people_for
from satupintu.registry.rules.lists import ConsentText

PURPOSE = "event_messages"
MOST_LISTED = 100


@dataclass(frozen=True)
class Open:
    """An announced event: when, where, how one signs up, and whether nobody more may.

    How many places are left is told to nobody: who watched the number fall would learn whether a phone was known.
    """

    event: Event
    announcement: Announcement
    begins: time | None
    ends: time | None
    place: str
    full: bool


def consent_words(day: date) -> ConsentText:
    """The words agreed to by who signs up with a number."""
    return purposes()[PURPOSE].on(day)


def _announced(today: date) -> QuerySet[Event]:
    open_ones = Event.objects.filter(day__gte=today, announcement__isnull=False, announcement__withdrawn_at=None)
    open_ones = open_ones.exclude(state="closed").select_related("announcement", "market")
    return open_ones.annotate(signed=Count("sign_ups", filter=Q(sign_ups__cancelled_at=None)))


def schedule(today: date) -> list[Open]:
    """The announced events from today on, the next one first. Two queries, however many."""
    return _opened(_announced(today).order_by("day", "pk")[:MOST_LISTED])


def announced(ref: UUID | str, today: date) -> Open | None:
    """One announced event, or None: for one that is over, withdrawn, never announced or not there alike."""
    return next(iter(_opened(_announced(today).filter(ref=ref))), None)


def _opened(events: Iterable[Any]) -> list[Open]:
    known = list(events)
    times = times_of(known)
    found = []
    for event in known:
        capacity, (begins, ends) = event.announcement.capacity, times[event.pk]
        full = capacity is not None and event.signed >= capacity
        found.append(Open(event, event.announcement, begins, ends, place_of(event), full))
    return found


def place_of(event: Event) -> str:
    """Where an event is, in words: its place, its market, its kelurahan, whatever is known."""
    parts = (event.place, event.market.name if event.market else "", region_name(event.region))
    return ", ".join(part for part in parts if part)


def times_of(events: Sequence[Event]) -> dict[int, tuple[time | None, time | None]]:
    """When each event begins and ends by its programme; both None without sessions. One query."""
    spans = Session.objects.filter(event__in=events).order_by().values("event")
    known = {
        row["event"]: (row["begins"], row["ends"]) for row in spans.annotate(begins=Min("begins"), ends=Max("ends"))
    }
    return {event.pk: known.get(event.pk, (None, None)) for event in events}


def calendar_entry(one: Open, address: str, about: str) -> Entry:
    """An announced event as a calendar takes it; ``address`` is its page."""
    zone, day = get_current_timezone(), one.event.day
    moments = [datetime.combine(day, clock, zone) if clock else None for clock in (one.begins, one.ends)]
    stamp = one.announcement.made_at.astimezone(UTC)
    uid = f"{one.event.ref}@satupintu"
    return Entry(uid, stamp, day, moments[0], moments[1], one.event.title, one.place, about, address)


def signed_up(event: Event) -> int:
    """How many numbers are signed up now."""
    return SignUp.objects.filter(event=event, cancelled_at=None).count()


def sign_up_for(ref: UUID | str) -> SignUp | None:
    """The sign-up of a reference, for whoever was sent it."""
    return SignUp.objects.filter(ref=ref).select_related("event__market").first()


def sign_up_of(event: Event, key: int) -> SignUp | None:
    """One sign-up of an event."""
    return SignUp.objects.filter(event=event, pk=key, cancelled_at=None).select_related("participant", "event").first()


def announcement_of(event: Event) -> Announcement | None:
    """What was announced about an event and still stands."""
    return Announcement.objects.filter(event=event, withdrawn_at=None).first()


def sign_ups_page(actor: Actor, event: Event) -> dict[str, Any]:
    """Everybody who signed up, masked, with the card they became or the people of the registry with this number.

    Two queries, however many.
    """
    standing = list(SignUp.objects.filter(event=event, cancelled_at=None).select_related("participant__person"))
    lookups = {one.phone_lookup for one in standing if one.phone_lookup and not one.participant_id}
    people: dict[str, list[Person]] = {}
    for person in people_for(actor).filter(phone_lookup__in=lookups).order_by("sort_name", "pk") if lookups else ():
        people.setdefault(person.phone_lookup, []).append(person)
    rows = [
        {
            "sign_up": one,
            "card": one.participant.card if one.participant else "",
            "name": shown_name(actor, one.participant.person) if one.participant else "",
            "people": [] if one.participant else people.get(one.phone_lookup, []),
        }
        for one in standing
    ]
    return {"rows": rows, "waiting": sum(not row["card"] for row in rows), "announcement": announcement_of(event)}
