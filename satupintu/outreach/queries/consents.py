"""What people at an event agreed to, wherever it was written down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from satupintu.audit.rules import Actor
from satupintu.outreach.models import CardConsent, Participant
from satupintu.registry.models import Consent
from satupintu.registry.queries.known import purposes
from satupintu.registry.queries.visible import sees
from satupintu.registry.rules.lists import ConsentText

PHOTO = "photo_in_report"
NAME = "name_on_card"
OF_CARDS = ("survey_answers", PHOTO)  # what can be asked of somebody whose name we do not know


@dataclass(frozen=True, slots=True)
class Said:
    """The last answer to one purpose: whether it is a yes that stands, and when, where and to which text."""

    stands: bool
    given: bool
    said_at: datetime
    place: str
    version: str
    withdrawn_at: datetime | None


def consents_of(participants: Iterable[Participant]) -> dict[int, dict[str, Said]]:
    """By participant and purpose the answer that counts: the last one, of the card or of the person behind it.

    Three queries, however many people. Nobody who was forgotten agrees to anything.
    """
    known = list(participants)
    of_person: dict[int, list[int]] = defaultdict(list)
    forgotten = set()
    for participant in known:
        if participant.person is not None:
            of_person[participant.person.merged_into_id or participant.person.pk].append(participant.pk)
            if participant.person.forgotten_at is not None:
                forgotten.add(participant.pk)
    answers: dict[int, list[tuple[str, Said]]] = defaultdict(list)
    for row in CardConsent.objects.filter(participant__in=known):
        answers[row.participant_id].append((row.purpose, _said(row, row.said_at)))
    for consent in Consent.objects.filter(person__in=list(of_person)):
        for key in of_person[consent.person_id]:
            answers[key].append((consent.purpose, _said(consent, consent.made_at)))
    found: dict[int, dict[str, Said]] = {participant.pk: {} for participant in known}
    for key, said in answers.items():
        if key not in forgotten:
            found[key] = dict(sorted(said, key=lambda pair: pair[1].said_at))
    return found


def _said(row: Any, said_at: datetime) -> Said:
    stands = row.given and row.withdrawn_at is None
    return Said(stands, row.given, said_at, row.place, row.text_version, row.withdrawn_at)


def who_agreed(participants: Iterable[Participant], purpose: str) -> set[int]:
    """The keys of those whose last answer to a purpose is a yes that stands."""
    found = consents_of(participants)
    return {key for key, said in found.items() if purpose in said and said[purpose].stands}


def consent_page(actor: Actor, participant: Participant) -> list[dict[str, Any]]:
    """Every purpose that can be asked of somebody at an event, with the words to read out and the last answer.

    Nothing for a person of another area: what they agreed to is for those who see them.
    """
    if participant.person is not None and not sees(actor, participant.person):
        return []
    names = OF_CARDS if participant.person is None else tuple(name for name in purposes() if name != NAME)
    said = consents_of([participant])[participant.pk]
    today = timezone.localdate()
    return [
        {"purpose": purposes()[name], "text": purposes()[name].on(today), "said": said.get(name)}
        for name in names
        if name in purposes()
    ]


def name_text() -> ConsentText:
    """The words to read out before a card is joined to a name."""
    return purposes()[NAME].on(timezone.localdate())
