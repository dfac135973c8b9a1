"""The schematic plan of a market: what its file holds, what may be wrong inside it, and how it is drawn. Pure.

A plan shows which stall lies beside which; it is no map and has no measures. Colours and patterns stand in the
stylesheet under classes; the drawing carries letters and numbers besides, so that nobody needs to see colours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal
from xml.sax.saxutils import escape, quoteattr

from pydantic import Field

from satupintu.catalogue.rules.entries import Confidence, Entry
from satupintu.licensing.rules.clashes import stall_key
from satupintu.licensing.rules.serving import Flaw, Line, Told

GAP = "-"
MOST_IN_A_ROW = 40
CELL, HIGH, MARGIN, BAND = 56, 60, 12, 30  # units of the drawing, which have no length on the ground
PATTERNS = 4
FREE, TAKEN, CLASHING = "free", "taken", "clashing"


class Zone(Entry):
    """A part of the plan under one letter. ``capacity`` is how many may stand there at once; null: not known."""

    code: Annotated[str, Field(pattern=r"^[A-Z]$")]
    title: Line
    title_en: Line
    capacity: int | None = Field(default=None, ge=1, le=2000)


class Lane(Entry):
    """One line of the drawing, from top to bottom: a row of stalls of a zone, or a road, an aisle, an entrance."""

    kind: Literal["stalls", "road", "aisle", "entrance"]
    zone: str | None = None
    stalls: tuple[Annotated[str, Field(max_length=8)], ...] = ()
    label: Line | None = None
    label_en: Line | None = None


class StallPlan(Entry):
    """markets/<code>/plan.yaml. ``example``: nobody drew the true market; the plan says so wherever it is shown."""

    title: Line
    title_en: Line
    example: bool = False
    note: Told
    note_en: Told
    zones: tuple[Zone, ...] = Field(min_length=1)
    lanes: tuple[Lane, ...] = Field(min_length=1)
    source: str
    confidence: Confidence

    @property
    def labels(self) -> tuple[str, ...]:
        """Every stall of the plan, in the order in which it is drawn."""
        return tuple(label for lane in self.lanes for label in lane.stalls if label != GAP)

    def zone_of(self, label: str) -> Zone | None:
        """The zone in which a stall lies; None for one that is not on the plan."""
        code = next((lane.zone for lane in self.lanes if stall_key(label) in map(stall_key, lane.stalls)), None)
        return next((zone for zone in self.zones if zone.code == code), None)

    def labels_of(self, zone: str) -> tuple[str, ...]:
        """The stalls of one zone."""
        rows = [lane.stalls for lane in self.lanes if lane.zone == zone]
        return tuple(label for row in rows for label in row if label != GAP)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a stall is used at the time that is shown: ``count`` uses, and whether two of them are there at once."""

    count: int = 0
    clashing: bool = False

    @property
    def state(self) -> str:
        """The class of the drawn stall."""
        return CLASHING if self.clashing else TAKEN if self.count else FREE


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of the drawing in the language of the page."""

    title: str
    description: str
    english: bool = False


def plan_flaws(plan: StallPlan) -> Iterator[Flaw]:
    """What is wrong inside a plan: where, what, what was expected."""
    codes = [zone.code for zone in plan.zones]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield f"zones {code}", "ditulis dua kali", "satu huruf satu zona"
    for number, lane in enumerate(plan.lanes, start=1):
        yield from _lane_flaws(f"lanes {number}", lane, codes)
    keys = [stall_key(label) for label in plan.labels]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield f"lapak {key}", "digambar dua kali", "satu nomor satu lapak"
    for zone in plan.zones:
        if zone.code not in {lane.zone for lane in plan.lanes}:
            yield f"zones {zone.code}", "tidak punya lapak", "ada di salah satu baris"


def _lane_flaws(where: str, lane: Lane, codes: list[str]) -> Iterator[Flaw]:
    if (lane.kind == "stalls") != bool(lane.stalls):
        yield where, "lapak hanya ada di baris stalls", "isi stalls, atau ubah kind"
    if lane.kind == "stalls" and lane.zone not in codes:
        yield f"{where} zone", f"zona '{lane.zone}' tidak ada", ", ".join(codes)
    if lane.kind != "stalls" and (lane.zone or not (lane.label and lane.label_en)):
        yield where, "jalan dan pintu butuh label dan label_en, tanpa zone", "diisi"
    if len(lane.stalls) > MOST_IN_A_ROW:
        yield f"{where} stalls", f"{len(lane.stalls)} lapak, terlalu panjang", f"paling banyak {MOST_IN_A_ROW}"


def drawn(plan: StallPlan, standing: Mapping[str, Standing], words: Wording, name: str = "plan") -> str:
    """The plan as one SVG element. ``standing`` goes by ``stall_key``; ``name`` makes the ids of a page its own."""
    wide = max([len(lane.stalls) for lane in plan.lanes] + [6]) * CELL + 2 * MARGIN
    pieces, down = [], MARGIN
    for lane in plan.lanes:
        if lane.kind == "stalls":
            pieces.append(_row(plan, lane, standing, down, name))
            down += HIGH + 6
        else:
            pieces.append(_way(lane, wide, down, words.english))
            down += BAND + 6
    title, described = f"{name}-title", f"{name}-desc"
    box = f'viewBox="0 0 {wide} {down + MARGIN}"'
    head = f'<svg class="stall-plan" role="img" aria-labelledby="{title} {described}" {box}>'
    told = f'<title id="{title}">{escape(words.title)}</title><desc id="{described}">{escape(words.description)}</desc>'
    defs = "".join(_pattern(number, name) for number in range(min(len(plan.zones), PATTERNS)))
    return f"{head}{told}<defs>{defs}</defs>{''.join(pieces)}</svg>"


def _row(plan: StallPlan, lane: Lane, standing: Mapping[str, Standing], down: int, name: str) -> str:
    number = [zone.code for zone in plan.zones].index(lane.zone or "")
    pieces = []
    for place, label in enumerate(lane.stalls):
        if label != GAP:
            now = standing.get(stall_key(label), Standing())
            pieces.append(_stall(label, lane.zone or "", number % PATTERNS, now, MARGIN + place * CELL, down, name))
    return "".join(pieces)


def _stall(label: str, zone: str, pattern: int, now: Standing, x: int, y: int, name: str) -> str:
    wide = CELL - 4
    box = f'x="{x}" y="{y}" width="{wide}" height="{HIGH}"'
    count = f'<text class="count" x="{x + wide // 2}" y="{y + 46}">{now.count}</text>' if now.count else ""
    return (
        f'<g class="stall zone-{zone.lower()} {now.state}" data-stall={quoteattr(label)}>'
        f'<rect class="ground" {box}/><rect class="hatch" {box} fill="url(#{name}-p{pattern})"/>'
        f'<rect class="edge" {box}/><rect class="plate" x="{x + 3}" y="{y + 5}" width="{wide - 6}" height="20"/>'
        f'<text class="label" x="{x + wide // 2}" y="{y + 20}">{escape(label)}</text>{count}'
        f'<text class="zone" x="{x + 4}" y="{y + HIGH - 5}">{zone}</text></g>'
    )


def _way(lane: Lane, wide: int, down: int, english: bool) -> str:
    label = (lane.label_en if english else lane.label) or ""
    return (
        f'<g class="way {lane.kind}"><rect x="{MARGIN}" y="{down}" width="{wide - 2 * MARGIN}" height="{BAND}"/>'
        f'<text x="{wide // 2}" y="{down + 20}">{escape(label)}</text></g>'
    )


_LINES = ("M0 10L10 0", "M0 0L10 10", "M0 5H10", "M5 0V10")


def _pattern(number: int, name: str) -> str:
    return (
        f'<pattern id="{name}-p{number}" class="hatch-{number}" width="10" height="10" patternUnits="userSpaceOnUse">'
        f'<path d="{_LINES[number]}"/></pattern>'
    )
