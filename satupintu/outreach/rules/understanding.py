"""Who understood by their answers after an event, and what is still weak. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

LONGEST_WHY = 250


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that was asked. ``kind`` is ``self`` (rated by oneself) or ``knowledge``; ``licences``: about them."""

    code: str
    text: str
    text_en: str
    kind: str
    topics: tuple[str, ...]
    licences: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one person was asked at once, ``days`` after the event, and what they answered yes or rightly.

    ``yes`` holds every answered statement by its code; what was asked and not answered is missing.
    """

    days: int
    asked: tuple[Statement, ...]
    yes: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Understood:
    """From which day after the event somebody understands, and whether a test says so or they themselves."""

    days: int
    tested: bool


def understood(sheets: Iterable[Sheet]) -> Understood | None:
    """When somebody first understood, or None.

    Who took the test understands if every licence question asked was answered rightly; without a test, if every
    licence statement asked was answered yes. Sheets of the same day count together.
    """
    known = list(sheets)
    for days in sorted({sheet.days for sheet in known}):
        asked = [(one, sheet.yes.get(one.code)) for sheet in known if sheet.days == days for one in sheet.asked]
        about = [(one, yes) for one, yes in asked if one.licences]
        tested = [yes for one, yes in about if one.kind == "knowledge"]
        counted = tested or [yes for _, yes in about]
        if counted and all(counted):
            return Understood(days, bool(tested))
    return None


def weak(sheets: Iterable[Sheet]) -> list[Statement]:
    """What somebody last answered "not yet" or wrongly, in the order it was asked; unanswered is not weak."""
    last: dict[str, tuple[Statement, bool]] = {}
    for sheet in sorted(sheets, key=lambda sheet: sheet.days):
        for one in sheet.asked:
            if one.code in sheet.yes:
                last[one.code] = (one, sheet.yes[one.code])
    return [one for one, yes in last.values() if not yes]


def topics_of(statements: Iterable[Statement]) -> list[str]:
    """The lessons behind statements, those with the most statements first, else in the order they come up."""
    counts: dict[str, int] = {}
    for one in statements:
        for topic in one.topics:
            counts[topic] = counts.get(topic, 0) + 1
    return sorted(counts, key=lambda topic: -counts[topic])


def in_words(texts: Sequence[str], lead: str, more: str, most: int = LONGEST_WHY) -> str:
    """Texts as one line of at most ``most`` signs after ``lead``; what does not fit is counted by ``more`` ({n})."""
    for shown in range(len(texts), 0, -1):
        rest = len(texts) - shown
        line = lead + "; ".join(texts[:shown]) + (more.format(n=rest) if rest else "")
        if len(line) <= most:
            return line
    return (lead + more.format(n=len(texts)))[:most].strip()


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many of those asked want a topic next."""

    topic: str
    count: int


def wanted(answers: Iterable[str], topics: Collection[str]) -> tuple[list[Wanted], int]:
    """How often each topic was chosen, the most wanted first, and how many people answered.

    An answer is codes parted by semicolons; a code that is no topic (``none``) counts as an answer without one.
    """
    counts: dict[str, int] = dict.fromkeys(topics, 0)
    people = 0
    for answer in answers:
        people += 1
        for code in set(answer.split(";")) & counts.keys():
            counts[code] += 1
    order = sorted((topic for topic in counts if counts[topic]), key=lambda topic: -counts[topic])
    return [Wanted(topic, counts[topic]) for topic in order], people
