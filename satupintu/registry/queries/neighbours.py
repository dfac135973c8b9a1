"""Likely doubles of many new entries at once: a region is read once, then compared in memory."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q
from rapidfuzz import fuzz, process

from satupintu.registry.models import Person
from satupintu.registry.rules.doubles import SUSPECT, Likeness, Traits, likeness
from satupintu.registry.rules.names import LIKE_A_NAME, LIKE_A_WORD, name_likeness, words

MOST_COMPARED = 60  # namesakes of one entry whose names are compared, as for one entry alone
COLUMNS = ("pk", "display_name", "nik_lookup", "phone_lookup", "region")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Somebody as they are compared: the key, the traits, and the words of the name."""

    pk: int
    traits: Traits
    words: tuple[str, ...]


def doubles_of_many(people: Sequence[Person]) -> dict[tuple[int, int], Likeness]:
    """Every pair of keys (lower first) of which one is among ``people``, all written already, and that look alike.

    The same reasons as for one entry: NIK or phone anywhere in the city, a similar name in the region.
    """
    found: dict[tuple[int, int], Likeness] = {}
    by_region = defaultdict(list)
    for person in people:
        by_region[person.region].append(person.pk)
    sharing = _Sharing(people)
    for region, keys in by_region.items():
        near = _Region(region)
        for pk in keys:
            one = near.known[pk]
            for other in {n.pk: n for n in (*sharing.of(one), *near.of(one))}.values():
                verdict = likeness(one.traits, other.traits)
                if other.pk != pk and verdict.score >= SUSPECT:
                    found[min(pk, other.pk), max(pk, other.pk)] = verdict
    return found


class _Region:
    """Everybody of one region by the words of their names."""

    def __init__(self, region: str) -> None:
        self.known = {neighbour.pk: neighbour for neighbour in _neighbours(Q(region=region))}
        self._bearers: dict[str, list[int]] = defaultdict(list)
        for neighbour in self.known.values():
            for word in set(neighbour.words):
                self._bearers[word].append(neighbour.pk)
        self._alike: dict[str, list[int]] = {}

    def of(self, one: Neighbour) -> Iterator[Neighbour]:
        """Those with a similar name, among the ones who share most words with it."""
        shared = Counter(pk for word in set(one.words) for pk in self._bearing(word))
        shared.pop(one.pk, None)
        for pk, _count in shared.most_common(MOST_COMPARED):
            if name_likeness(one.words, self.known[pk].words) >= LIKE_A_NAME:
                yield self.known[pk]

    def _bearing(self, word: str) -> list[int]:
        """Who bears a word or one spelled nearly so; a number is found whole."""
        if word not in self._alike:
            alike: Iterable[str] = [word]
            if not word.isdigit():
                near = process.extract(
                    word, list(self._bearers), scorer=fuzz.ratio, score_cutoff=LIKE_A_WORD, limit=None
                )
                alike = [match for match, _score, _key in near]
            self._alike[word] = list({pk for match in alike for pk in self._bearers.get(match, ())})
        return self._alike[word]


class _Sharing:
    """Whoever has the NIK or the phone of one of these people, wherever they are."""

    def __init__(self, people: Sequence[Person]) -> None:
        niks = {person.nik_lookup for person in people} - {""}
        phones = {person.phone_lookup for person in people} - {""}
        self._by: dict[tuple[str, str], list[Neighbour]] = defaultdict(list)
        if niks or phones:
            for neighbour in _neighbours(Q(nik_lookup__in=niks) | Q(phone_lookup__in=phones)):
                for key in _numbers(neighbour):
                    self._by[key].append(neighbour)

    def of(self, one: Neighbour) -> Iterator[Neighbour]:
        """Those who share a number with somebody."""
        for key in _numbers(one):
            yield from self._by[key]


def _numbers(neighbour: Neighbour) -> list[tuple[str, str]]:
    traits = neighbour.traits
    pairs = (("nik", traits.nik_lookup), ("phone", traits.phone_lookup))
    return [pair for pair in pairs if pair[1]]


def _neighbours(who: Q) -> Iterator[Neighbour]:
    rows = Person.objects.filter(who, merged_into=None, forgotten_at=None).order_by().values_list(*COLUMNS)
    for pk, name, nik, phone, region in rows:
        places = frozenset({f"region:{region}"} if region else ())
        yield Neighbour(pk, Traits(name, nik, phone, places), tuple(words(name)))
