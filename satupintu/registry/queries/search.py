"""One search box: a name however spelled, a NIK, a phone, the last four digits, or an NIB.

Everything is answered from plain indexes on both databases; only what the actor may see comes back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet
from rapidfuzz import process

from satupintu.audit.fields import lookup
from satupintu.audit.rules import Actor
from satupintu.registry.models import NameKey, NameUse, NameWord, PaperHeld, Person
from satupintu.registry.queries.visible import codes_in, people_for
from satupintu.registry.rules.identity import NIK_LENGTH, BadPhone, read_phone
from satupintu.registry.rules.names import LIKE_A_WORD, answer_likeness, trigrams, word_likeness, words

SHOWN = 25
MOST_COMPARED = 200  # people compared in Python for one question
MOST_WORDS_ALIKE = 12  # words of the dictionary that may stand for a typed one
NIB_LENGTH = 13
BY_NIK, BY_PHONE, BY_ENDING, BY_PAPER, BY_NAME = "nik", "phone", "ending", "paper", "name"


@dataclass(frozen=True)
class Hit:
    """Somebody found, by what, and how well (0 to 100)."""

    person: Person
    by: str
    score: float


@dataclass(frozen=True)
class Answer:
    """Who was found, the best first; ``more`` says that others fit as well."""

    hits: tuple[Hit, ...]
    more: bool = False


def search(actor: Actor, text: str, limit: int = SHOWN) -> Answer:
    """Whom the actor may see and the text may mean. An empty text finds nobody."""
    text = text.strip()[:100]
    digits = re.sub(r"[\s.\-+]", "", text)
    hits = _by_number(actor, text, digits) if digits.isascii() and digits.isdigit() else []
    if not hits or len(digits) < 8:
        hits += [hit for hit in _by_name(actor, text) if hit.person.pk not in {h.person.pk for h in hits}]
    return Answer(tuple(hits[:limit]), len(hits) > limit)


def _by_number(actor: Actor, text: str, digits: str) -> list[Hit]:
    people = people_for(actor)
    if len(digits) == NIK_LENGTH:
        return _hits(people.filter(nik_lookup=lookup("nik", digits)), BY_NIK)
    if len(digits) == 4:
        by_phone = _hits(people.filter(phone_ending=lookup("phone-ending", digits)), BY_ENDING)
        held = PaperHeld.objects.filter(number_ending=lookup("paper-ending", digits), withdrawn_at=None)
        seen = {hit.person.pk for hit in by_phone}
        by_paper = _hits(people.filter(pk__in=held.values("person")), BY_PAPER)
        return by_phone + [hit for hit in by_paper if hit.person.pk not in seen]
    hits = []
    if len(digits) == NIB_LENGTH:
        held = PaperHeld.objects.filter(number_lookup=lookup("paper", digits), withdrawn_at=None)
        hits = _hits(people.filter(pk__in=held.values("person")), BY_PAPER)
    try:
        phone = read_phone(text)
    except BadPhone:
        return hits
    return hits + _hits(people.filter(phone_lookup=lookup("phone", phone)), BY_PHONE)


def _hits(people: QuerySet[Person], by: str) -> list[Hit]:
    return [Hit(person, by, 100.0) for person in people.order_by("sort_name", "pk")[: SHOWN + 1]]


def _by_name(actor: Actor, text: str) -> list[Hit]:
    typed = words(text)
    if not typed:
        return []
    if actor.area is None:  # a vendor: only themselves, so there is nothing to search in
        people = list(people_for(actor)[:2])
    else:
        keys = named(typed, codes_in(actor.area) if actor.area else None)
        people = list(people_for(actor).filter(pk__in=keys))
    known = _words_of(people)
    scored = [Hit(p, BY_NAME, answer_likeness(typed, known.get(p.pk, ()))) for p in people]
    kept = [hit for hit in scored if hit.score >= LIKE_A_WORD]
    return sorted(kept, key=lambda hit: (-hit.score, hit.person.sort_name, hit.person.pk))


def _words_of(people: Sequence[Person]) -> dict[int, list[str]]:
    """The indexed words of each of these people."""
    found: dict[int, list[str]] = {}
    uses = NameUse.objects.filter(person__in=people).values_list("person", "word__word")
    for person, word in uses:
        found.setdefault(person, []).append(word)
    return found


def named(typed: Sequence[str], regions: Sequence[str] | None, most: int = MOST_COMPARED) -> list[int]:
    """Keys of people who may bear these words, those who bear all of them as typed first; None is the whole city."""
    exact = [[pk] for pk in _exact(typed)]
    found: list[int] = []
    if typed and len(exact) == len(typed):
        found = _bearing(exact, regions, most)
    if len(found) < SHOWN:
        alike = [group for group in map(_alike, typed) if group]
        if alike:
            found += _bearing(alike, regions, most, found)
        if len(found) < SHOWN and len(alike) > 1:
            # Nobody bears all words: whoever bears the rarest is compared as well.
            found += _bearing([_rarest_first(alike)[0]], regions, most, found)
    return found[: most * 2]


def _exact(typed: Sequence[str]) -> list[int]:
    return list(NameWord.objects.filter(word__in=typed).values_list("pk", flat=True))


def _alike(word: str) -> list[int]:
    """Words of the dictionary that may be meant: the same, longer ones with this beginning, or spelled nearly so."""
    after = word[:-1] + chr(ord(word[-1]) + 1)
    beginning = NameWord.objects.filter(word__gte=word, word__lt=after).order_by("word")
    candidates = dict(beginning.values_list("pk", "word")[: MOST_WORDS_ALIKE * 2])
    pieces = trigrams(word)
    if pieces:
        shared = (
            NameKey.objects.filter(trigram__in=pieces)
            .values("word")
            .annotate(shared=Count("pk"))
            .filter(shared__gte=max(1, len(pieces) // 3))
            .order_by("-shared")
            .values_list("word", flat=True)[: MOST_WORDS_ALIKE * 5]
        )
        candidates |= dict(NameWord.objects.filter(pk__in=list(shared)).values_list("pk", "word"))
    best = process.extract(word, candidates, scorer=_score, limit=MOST_WORDS_ALIKE, score_cutoff=LIKE_A_WORD)
    return [pk for _, _, pk in best]


def _score(typed: str, known: str, **_: object) -> float:
    return word_likeness(typed, known)


def _bearing(
    groups: Sequence[Sequence[int]], regions: Sequence[str] | None, most: int, but: Sequence[int] = ()
) -> list[int]:
    """People who bear a word of every group, found from the rarest group on."""
    first, *others = _rarest_first(groups)
    uses = NameUse.objects.filter(word__in=first)
    if regions is not None:
        uses = uses.filter(region__in=regions)
    if but:
        uses = uses.exclude(person__in=but)
    for group in others:
        uses = uses.filter(Exists(NameUse.objects.filter(person=OuterRef("person"), word__in=group)))
    return list(dict.fromkeys(uses.values_list("person", flat=True)[:most]))


def _rarest_first(groups: Sequence[Sequence[int]]) -> list[Sequence[int]]:
    """The groups of words in the order of how many bear them, counted no further than needed."""
    if len(groups) == 1:
        return list(groups)
    return sorted(groups, key=_bearers)


def _bearers(group: Sequence[int]) -> int:
    return NameUse.objects.filter(word__in=group).values("pk")[: MOST_COMPARED * 10].count()
