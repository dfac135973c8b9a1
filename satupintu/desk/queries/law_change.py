"""What a change of law does to the registered businesses of an area: who gains or loses which paper.

A whole city is compared while somebody waits: businesses become columns of small numbers as they are read, both laws
answer whole columns, and names are read only of the rows that are shown or listed.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from django.conf import settings
from django.db.models import F, FilteredRelation, Func, Q, QuerySet, TextField
from django.db.models.fields.json import KeyTextTransform

from satupintu.audit.rules import Actor
from satupintu.catalogue import queries as catalogue
from satupintu.catalogue.reading import DataError, read
from satupintu.catalogue.rules.bulk import AMOUNTS, NOT_SAID, Businesses, Column, DayTables
from satupintu.catalogue.rules.diff import KINDS, WORTH_A_CALL, PaperChange, Tally, changes
from satupintu.catalogue.rules.facts import UnusableFact, rupiah
from satupintu.catalogue.rules.plan import BeforeTheCatalogue
from satupintu.kernel.decision import NEEDS
from satupintu.registry.models import Business
from satupintu.registry.queries.known import region_name
from satupintu.registry.queries.visible import people_for
from satupintu.web.figures import bar

Keys = npt.NDArray[np.int64]
DRAFT_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
TOLD = [KINDS.index(kind) for kind in WORTH_A_CALL]
SHOWN = 50
READ_AT_ONCE = 20_000
NAMED_AT_ONCE = 5_000


class NotComparable(ValueError):
    """Why two sides cannot be compared, in one Indonesian sentence."""


@dataclass(frozen=True)
class Sides:
    """What is compared: the law of two days, the second by a draft if one is named."""

    before: date
    after: date
    draft: str = ""

    @property
    def key(self) -> str:
        """The comparison as the audit names it."""
        return ":".join(filter(None, (str(self.before), str(self.after), self.draft)))

    @property
    def change(self) -> str:
        """What changed the law, as messages name it: the draft, or the day; not what it is compared with."""
        return self.draft or str(self.after)


@dataclass(frozen=True)
class Row:
    """One paper of one business that changes."""

    person: int
    ref: Any
    name: str
    business: str
    region: str
    code: str
    paper: str
    title: str
    before: str
    after: str
    kind: str


@dataclass(frozen=True)
class Listed:
    """Every business of an area as columns, with its key and that of its person, in the order of the keys."""

    keys: Keys
    people: Keys
    columns: Businesses


@dataclass(frozen=True)
class Comparison:
    """The counts of a change, and where it touches: pairs of a business's place and a paper's place."""

    sides: Sides
    tally: Tally
    listed: Listed
    changes: tuple[PaperChange, ...]
    titles: dict[str, str]
    touched: Keys

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The changes worth a call, business by business, all names read."""
        return tuple(rows_of(self))

    @property
    def people(self) -> list[tuple[int, list[str]]]:
        """The keys of the people to tell, each with the titles of the papers that change for them."""
        found: dict[int, dict[str, None]] = {}
        keys = self.listed.people[self.touched[:, 0]].tolist()
        for person, paper in zip(keys, self.touched[:, 1].tolist(), strict=True):
            found.setdefault(person, {})[self.titles[self.changes[paper].code]] = None
        return [(person, list(titles)) for person, titles in found.items()]

    @property
    def people_count(self) -> int:
        """How many people there are to tell."""
        return len(np.unique(self.listed.people[self.touched[:, 0]]))


def drafts() -> list[str]:
    """The names of the draft folders under ``SATUPINTU_HOME/drafts``."""
    folder = _drafts_folder()
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if path.is_dir() and DRAFT_NAME.fullmatch(path.name))


def compare(actor: Actor, sides: Sides) -> Comparison:
    """Compare the plans of every business of the actor's area by two laws. Raises NotComparable."""
    try:
        before = DayTables(catalogue.catalogue(), sides.before)
        after = DayTables(_catalogue(sides.draft), sides.after)
        listed = _listed(actor, before, after)
        found = changes(before, after, listed.columns)
    except (UnusableFact, BeforeTheCatalogue) as error:
        raise NotComparable(str(error)) from error
    tally = Tally()
    tally.add(listed.columns, found)
    told = np.array([np.isin(change.kind, TOLD) for change in found])
    return Comparison(sides, tally, listed, tuple(found), {**_titles(after), **_titles(before)}, np.argwhere(told.T))


def comparison_page(found: Comparison) -> dict[str, Any]:
    """A comparison as a page shows it: papers with gains and losses, areas and trades by how many are touched."""
    tally = found.tally
    papers = [
        {"title": title, "counts": tally.by_paper[code]}
        for code, title in found.titles.items()
        if any(tally.by_paper.get(code, {}).get(kind) for kind in WORTH_A_CALL)
    ]
    return {
        "tally": tally,
        "papers": papers,
        "areas": _groups(tally.by_region, lambda code: region_name(code) if code else ""),
        "trades": _groups(tally.by_kbli, _trade),
        "rows": list(rows_of(found, SHOWN)),
        "more": max(0, len(found.touched) - SHOWN),
        "people": found.people_count,
    }


def cells(found: Comparison) -> Iterator[list[str]]:
    """The list of a comparison as plain cells, the head first."""
    yield ["nama", "usaha", "kelurahan", "kbli", "surat", "sebelum", "sesudah", "perubahan"]
    for row in found.rows:
        yield [row.name, row.business, region_name(row.region), row.code, row.paper, row.before, row.after, row.kind]


def rows_of(found: Comparison, most: int | None = None) -> Iterator[Row]:
    """The first changes worth a call (all, unless ``most``), business by business; names are read on the way."""
    touched = iter(found.touched[:most].tolist())
    while pairs := list(islice(touched, NAMED_AT_ONCE)):
        named = _named({int(found.listed.keys[n]) for n, _ in pairs})
        for n, place in pairs:
            # A business that was erased in between is left out.
            if business := named.get(int(found.listed.keys[n])):
                yield _row(business, found, n, place)


def _drafts_folder() -> Path:
    return Path(settings.SATUPINTU_HOME) / "drafts"


def _catalogue(draft: str) -> Any:
    if not draft:
        return catalogue.catalogue()
    if draft not in drafts():
        raise NotComparable(f"Rancangan {draft} tidak ada di folder drafts. Pilih dari daftar.")
    try:
        return read([catalogue.deployment_folder(), _drafts_folder() / draft])
    except DataError as error:
        raise NotComparable(f"Rancangan {draft} belum bisa dipakai. {error.problems[0]}") from error


class Filling:
    """A column of words while it is read: each different word once, and its place for every row."""

    def __init__(self) -> None:
        self.places: defaultdict[Any, int] = defaultdict(lambda: len(self.places))
        self.parts = [np.zeros(0, np.int32)]

    def add(self, words: Iterable[Any]) -> Filling:
        """The words of the next rows."""
        self.parts.append(np.fromiter(map(self.places.__getitem__, words), np.int32))
        return self

    def column(self) -> Column:
        """All rows; what was not said (None) is an empty word."""
        return Column(tuple(word or "" for word in self.places), np.concatenate(self.parts))


class WithoutAmounts(Func):
    """A business's answers as text without its amounts, so that thousands of businesses give the same text."""

    arity = 1
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **given: Any) -> Any:
        paths = ", ".join(f"'$.{name}'" for name in AMOUNTS)
        return self.as_sql(compiler, connection, template=f"JSON_REMOVE(%(expressions)s, {paths})", **given)

    def as_postgresql(self, compiler: Any, connection: Any, **given: Any) -> Any:
        names = ",".join(AMOUNTS)
        template = f"(%(expressions)s - '{{{names}}}'::text[])::text"
        return self.as_sql(compiler, connection, template=template, **given)


def _listed(actor: Actor, *sides: DayTables) -> Listed:
    """Every business of the people the actor may see, with its main code. Raises UnusableFact."""
    rows = _of_people(actor).iterator(chunk_size=READ_AT_ONCE)
    keys, people = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    columns = {name: Filling() for name in ("answers", *AMOUNTS, "place", "region", "kbli_version", "kbli")}
    while block := list(islice(rows, READ_AT_ONCE)):
        keys.append(np.fromiter(map(itemgetter(0), block), np.int64))
        people.append(np.fromiter(map(itemgetter(1), block), np.int64))
        for place, column in enumerate(columns.values(), start=2):
            column.add(map(itemgetter(place), block))
    given = {name: column.column() for name, column in columns.items()}
    return Listed(np.concatenate(keys), np.concatenate(people), _businesses(given, sides))


def _of_people(actor: Actor) -> QuerySet[Any, Any]:
    """Key, person, answers, amounts, place, region and main code of every business the actor may see."""
    main = FilteredRelation("businesses__codes", condition=Q(businesses__codes__main=True))
    found = people_for(actor).filter(businesses__isnull=False).annotate(main=main).order_by("businesses")
    # From people to businesses: a join, where asking for the businesses of a list of people would keep the list.
    answers = WithoutAmounts("businesses__facts")
    amounts = [KeyTextTransform(name, "businesses__facts") for name in AMOUNTS]
    rest = ("businesses__place", "businesses__region", "main__version", "main__code")
    return found.values_list("businesses", "pk", answers, *amounts, *rest)


def _businesses(given: dict[str, Column], sides: Iterable[DayTables]) -> Businesses:
    """The businesses as columns of words and amounts, as the tables take them. Each different text is read once."""
    amounts = {name: _amounts(given.pop(name), name) for name in AMOUNTS}
    texts = given.pop("answers")
    answers = [json.loads(text) for text in texts.words]
    words = dict(given)
    for name in dict.fromkeys(name for side in sides for name in side.catalogue.facts):
        if name not in (*given, *AMOUNTS):
            column = Filling().add(answer.get(name, "") for answer in answers).column()
            words[name] = Column(column.words, column.codes[texts.codes])
    return Businesses(len(texts.codes), words, amounts)


def _amounts(texts: Column, name: str) -> npt.NDArray[np.int64]:
    """Rupiah per row. Raises UnusableFact."""
    known = [rupiah(text, name) for text in texts.words]
    return np.array([NOT_SAID if amount is None else amount for amount in known], np.int64)[texts.codes]


def _with_main_code(businesses: QuerySet[Business]) -> QuerySet[Business]:
    return businesses.annotate(main=FilteredRelation("codes", condition=Q(codes__main=True)))


def _named(keys: Iterable[int]) -> dict[int, dict[str, Any]]:
    """What of these businesses a list tells, by key."""
    rows = _with_main_code(Business.objects.filter(pk__in=keys)).values(
        "pk",
        "person_id",
        "trade_name",
        "region",
        version=F("main__version"),
        code=F("main__code"),
        person_ref=F("person__ref"),
        name=F("person__display_name"),
    )
    return {row["pk"]: dict(row) for row in rows}


def _row(business: dict[str, Any], found: Comparison, n: int, place: int) -> Row:
    change = found.changes[place]
    return Row(
        person=business["person_id"],
        ref=business["person_ref"],
        name=business["name"],
        business=business["trade_name"],
        region=business["region"],
        code=f"{business['version']}-{business['code']}" if business["code"] else "",
        paper=change.code,
        title=found.titles[change.code],
        before=NEEDS[int(change.before.need[n])],
        after=NEEDS[int(change.after.need[n])],
        kind=KINDS[int(change.kind[n])],
    )


def _titles(side: DayTables) -> dict[str, str]:
    return {code: licence.header.title for code, licence in side.catalogue.licences.items()}


def _groups(groups: dict[str, dict[str, int]], name: Any) -> list[dict[str, Any]]:
    """Groups with at least one business to tell, the most touched first, with the bar of their share."""
    touched = sorted(((count["contact"], key) for key, count in groups.items() if count["contact"]), reverse=True)
    return [
        {"label": name(key), "counts": groups[key], "bar": bar(name(key), _share(contact, groups[key]["businesses"]))}
        for contact, key in touched
    ]


def _share(part: int, whole: int) -> int:
    return round(100 * part / whole)


def _trade(word: str) -> str:
    version, _, code = word.partition("-")
    known = catalogue.catalogue().codes.get((version, code))
    return f"{known.title} (KBLI {version} {code})" if known else (f"KBLI {version} {code}" if code else "")
