"""What a change of law does to the registered businesses of an area: who gains or loses which paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.db.models import F, FilteredRelation, Q

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

DRAFT_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
TOLD = [KINDS.index(kind) for kind in WORTH_A_CALL]
SHOWN = 50


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
        """The change as messages and the audit name it."""
        return ":".join(filter(None, (str(self.before), str(self.after), self.draft)))


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
class Comparison:
    """The counts of a change and its rows, read once."""

    sides: Sides
    tally: Tally
    rows: tuple[Row, ...]

    @property
    def people(self) -> list[tuple[int, list[str]]]:
        """The keys of the people to tell, each with the titles of the papers that change for them."""
        found: dict[int, list[str]] = {}
        for row in self.rows:
            titles = found.setdefault(row.person, [])
            if row.title not in titles:
                titles.append(row.title)
        return list(found.items())


def drafts() -> list[str]:
    """The names of the draft folders under ``SATUPINTU_HOME/drafts``."""
    folder = _drafts_folder()
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if path.is_dir() and DRAFT_NAME.fullmatch(path.name))


def compare(actor: Actor, sides: Sides) -> Comparison:
    """Compare the plans of every business of the actor's area by two laws. Raises NotComparable."""
    listed = list(_businesses(actor))
    try:
        before = DayTables(catalogue.catalogue(), sides.before)
        after = DayTables(_catalogue(sides.draft), sides.after)
        columns = _columns(listed, before, after)
        found = changes(before, after, columns)
    except (UnusableFact, BeforeTheCatalogue) as error:
        raise NotComparable(str(error)) from error
    tally = Tally()
    tally.add(columns, found)
    titles = {**_titles(after), **_titles(before)}
    return Comparison(sides, tally, tuple(_rows(listed, found, titles)))


def comparison_page(found: Comparison) -> dict[str, Any]:
    """A comparison as a page shows it: papers with gains and losses, areas and trades by how many are touched."""
    tally = found.tally
    papers = [
        {"title": title, "counts": tally.by_paper[code]}
        for code, title in _paper_titles(found).items()
        if any(tally.by_paper.get(code, {}).get(kind) for kind in WORTH_A_CALL)
    ]
    return {
        "tally": tally,
        "papers": papers,
        "areas": _groups(tally.by_region, lambda code: region_name(code) if code else ""),
        "trades": _groups(tally.by_kbli, _trade),
        "rows": found.rows[:SHOWN],
        "more": max(0, len(found.rows) - SHOWN),
        "people": len(found.people),
    }


def cells(found: Comparison) -> Iterator[list[str]]:
    """The list of a comparison as plain cells, the head first."""
    yield ["nama", "usaha", "kelurahan", "kbli", "surat", "sebelum", "sesudah", "perubahan"]
    for row in found.rows:
        yield [row.name, row.business, region_name(row.region), row.code, row.paper, row.before, row.after, row.kind]


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


def _businesses(actor: Actor) -> Iterator[dict[str, Any]]:
    """Every business of the people the actor may see, with its main code."""
    main = FilteredRelation("codes", condition=Q(codes__main=True))
    rows = Business.objects.filter(person__in=people_for(actor)).annotate(main=main)
    for row in rows.order_by("pk").values(
        "person_id",
        "trade_name",
        "place",
        "facts",
        "region",
        version=F("main__version"),
        code=F("main__code"),
        person_ref=F("person__ref"),
        name=F("person__display_name"),
    ):
        yield dict(row)


def _columns(listed: Sequence[dict[str, Any]], *sides: DayTables) -> Businesses:
    """The businesses as columns of words and amounts, as the tables take them."""
    names = dict.fromkeys(name for side in sides for name in side.catalogue.facts if name != "place")
    words = {name: _column([b["facts"].get(name, "") for b in listed]) for name in names if name not in AMOUNTS}
    words |= {
        "place": _column([b["place"] for b in listed]),
        "region": _column([b["region"] for b in listed]),
        "kbli_version": _column([b["version"] or "" for b in listed]),
        "kbli": _column([b["code"] or "" for b in listed]),
    }
    amounts = {
        name: np.array([_amount(b["facts"].get(name), name) for b in listed], dtype=np.int64) for name in AMOUNTS
    }
    return Businesses(len(listed), words, amounts)


def _column(values: Sequence[str]) -> Column:
    places: dict[str, int] = {}
    codes = np.array([places.setdefault(value, len(places)) for value in values], dtype=np.int32)
    return Column(tuple(places), codes)


def _amount(text: Any, name: str) -> int:
    amount = rupiah(str(text), name) if text else None
    return NOT_SAID if amount is None else amount


def _rows(listed: Sequence[dict[str, Any]], found: Sequence[PaperChange], titles: dict[str, str]) -> Iterator[Row]:
    """The changes worth a call, business by business."""
    touched = [(int(n), place) for place, c in enumerate(found) for n in np.flatnonzero(np.isin(c.kind, TOLD))]
    for n, place in sorted(touched):
        business, change = listed[n], found[place]
        yield Row(
            person=business["person_id"],
            ref=business["person_ref"],
            name=business["name"],
            business=business["trade_name"],
            region=business["region"],
            code=f"{business['version']}-{business['code']}" if business["code"] else "",
            paper=change.code,
            title=titles[change.code],
            before=NEEDS[int(change.before.need[n])],
            after=NEEDS[int(change.after.need[n])],
            kind=KINDS[int(change.kind[n])],
        )


def _titles(side: DayTables) -> dict[str, str]:
    return {code: licence.header.title for code, licence in side.catalogue.licences.items()}


def _paper_titles(found: Comparison) -> dict[str, str]:
    return {row.paper: row.title for row in found.rows}


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
