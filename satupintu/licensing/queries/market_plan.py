"""The plan of a market with who asked for which stall, as numbers of files, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from django.utils.translation import gettext as _

from satupintu.audit.rules import Actor
from satupintu.licensing.models import Application
from satupintu.licensing.queries.clashes import use_of, uses_of, when_said
from satupintu.licensing.queries.clocks import page_language
from satupintu.licensing.queries.visible import files_for
from satupintu.licensing.reading_plans import Area, areas, plans
from satupintu.licensing.rules.answers import WEEK
from satupintu.licensing.rules.areas import drawn_area
from satupintu.licensing.rules.clashes import Use, clashes, most_at_once, stall_key, week_spans
from satupintu.licensing.rules.stall_plan import CLASHING, FREE, StallPlan, Standing, Wording, drawn
from satupintu.registry.models import Market
from satupintu.registry.queries.places import market_for


@dataclass(frozen=True, slots=True)
class Taker:
    """One use of a stall: the number of its file, empty for who may not see it, and when."""

    number: str
    when: str


@dataclass(frozen=True, slots=True)
class StallRow:
    """One stall at the time that is shown."""

    label: str
    state: str
    takers: tuple[Taker, ...]


@dataclass(frozen=True, slots=True)
class ZoneRows:
    """One zone in words: its stalls, how many stand there at once, and how many can."""

    code: str
    title: str
    capacity: int | None
    at_once: int
    free: int
    stalls: tuple[StallRow, ...]

    @property
    def full(self) -> bool:
        """Whether more stand here at once than the zone can hold."""
        return self.capacity is not None and self.at_once > self.capacity


@dataclass(frozen=True, slots=True)
class PlanPage:
    """All that the page of a plan shows; ``elsewhere`` are files without a stall of the plan."""

    market: Market
    plan: StallPlan | None
    title: str
    note: str
    svg: str
    zones: tuple[ZoneRows, ...]
    elsewhere: tuple[Taker, ...]
    elsewhere_labels: tuple[str, ...]
    area: Area | None
    area_svg: str


def plan_page(actor: Actor, code: str, day: str, moment: time | None) -> PlanPage | None:
    """The plan of a market of the actor's area on a day of the week (empty: any) and at a moment of it (None: any)."""
    market = market_for(actor, code)
    if market is None:
        return None
    plan, english = plans().get(code), page_language() == "en"
    uses = _one_each(uses_of(market))
    shown = [use for use in uses if _is_there(use, day, moment)]
    seen = set(files_for(actor).filter(market=market).values_list("number", flat=True))
    rows = {
        key: _stall_row(key, [u for u in shown if stall_key(u.stall) == key], day, moment, seen) for key in _keys(plan)
    }
    zones = tuple(_zone(plan, one, rows, shown, day, moment, english) for one in plan.zones) if plan else ()
    outside = [use for use in shown if stall_key(use.stall) not in rows]
    area = areas().get(code)
    return PlanPage(
        market=market,
        plan=plan,
        title=(plan.title_en if english else plan.title) if plan else market.name,
        note=(plan.note_en if english else plan.note) if plan else "",
        svg=_drawn(plan, rows, zones, english) if plan else "",
        zones=zones,
        elsewhere=tuple(_taker(use, seen) for use in outside),
        elsewhere_labels=tuple(sorted({use.stall for use in outside if use.stall})),
        area=area,
        area_svg=_area_drawn(area, market, shown) if area else "",
    )


@dataclass(frozen=True, slots=True)
class StallOption:
    """A stall that may be chosen. ``when`` says in words when others are there at the own time; empty: it is free."""

    label: str
    when: str


@dataclass(frozen=True, slots=True)
class StallChoice:
    """The plan from which whoever asks chooses a stall; ``example`` plans say so."""

    market: str
    title: str
    note: str
    example: bool
    svg: str
    options: tuple[StallOption, ...]


def choice_plan(file: Application) -> StallChoice | None:
    """The plan of the market of a file, with the stalls that others use at its days and hours.

    While these are not known any use counts. None without a market or without a plan of it.
    """
    plan = plans().get(file.market.code) if file.market else None
    if plan is None or file.market is None:
        return None
    own, english = use_of(file), page_language() == "en"
    others = [other for one, other in uses_of(file.market) if _rivals(one, file)]
    found = {label: clashes(_at(own, label), others) for label in plan.labels}
    options = tuple(
        StallOption(label, "; ".join(when_said(one.other) for one in there)) for label, there in found.items()
    )
    standing = {stall_key(label): Standing(1 if there else 0) for label, there in found.items()}
    count = sum(1 for there in found.values() if there)
    words = _("%(taken)d lapak dipakai orang lain, %(free)d kosong.") % {"taken": count, "free": len(found) - count}
    title = plan.title_en if english else plan.title
    svg = drawn(plan, standing, Wording(title, words, english))
    return StallChoice(file.market.code, title, plan.note_en if english else plan.note, plan.example, svg, options)


def _rivals(one: Application, file: Application) -> bool:
    return one.licence == file.licence and one.person_id != file.person_id


def _one_each(files: Sequence[tuple[Application, Use]]) -> list[Use]:
    """Of the files of one person for one stall only one use: papers of different kinds do not clash with each other."""
    found: dict[tuple[int, str], Use] = {}
    for file, use in files:
        key = (file.person_id, stall_key(use.stall))
        if key not in found or (week_spans(use) and not week_spans(found[key])):
            found[key] = use
    return list(found.values())


def _at(use: Use, label: str) -> Use:
    return Use(use.key, use.market, label, use.days, use.opens, use.closes)


def _keys(plan: StallPlan | None) -> list[str]:
    return [stall_key(label) for label in plan.labels] if plan else []


def _window(day: str, moment: time | None) -> Use:
    """Somebody who looks at the market all day, all week, or for one minute."""
    days = (day,) if day else WEEK
    if moment is None:
        return Use("", days=days, opens=time(0), closes=time(0))
    minute = (moment.hour * 60 + moment.minute + 1) % 1440
    return Use("", days=days, opens=moment.replace(second=0), closes=time(minute // 60, minute % 60))


def _is_there(use: Use, day: str, moment: time | None) -> bool:
    """Also whose time is not known: a place is not told as free because nobody wrote the hours down."""
    return not week_spans(use) or most_at_once(_window(day, moment), [use]) > 1


def _stall_row(key: str, uses: Sequence[Use], day: str, moment: time | None, seen: set[str]) -> StallRow:
    unknown = sum(not week_spans(use) for use in uses)
    at_once = most_at_once(_window(day, moment), uses) - 1
    standing = Standing(len(uses), at_once > 1 or (unknown > 0 and len(uses) > 1))
    return StallRow(key, standing.state, tuple(_taker(use, seen) for use in uses))


def _taker(use: Use, seen: set[str]) -> Taker:
    return Taker(use.key if use.key in seen else "", when_said(use))


def _zone(
    plan: StallPlan,
    zone: Any,
    rows: dict[str, StallRow],
    shown: Sequence[Use],
    day: str,
    moment: time | None,
    english: bool,
) -> ZoneRows:
    stalls = tuple(rows[stall_key(label)] for label in plan.labels_of(zone.code))
    within = [use for use in shown if plan.zone_of(use.stall) == zone]
    return ZoneRows(
        code=zone.code,
        title=zone.title_en if english else zone.title,
        capacity=zone.capacity,
        at_once=most_at_once(_window(day, moment), within) - 1,
        free=sum(row.state == FREE for row in stalls),
        stalls=stalls,
    )


def _drawn(plan: StallPlan, rows: dict[str, StallRow], zones: Sequence[ZoneRows], english: bool) -> str:
    standing = {key: Standing(len(row.takers), row.state == CLASHING) for key, row in rows.items()}
    free = sum(zone.free for zone in zones)
    words = _("%(taken)d lapak terisi, %(free)d kosong. Daftarnya ada di bawah gambar.") % {
        "taken": len(rows) - free,
        "free": free,
    }
    return drawn(plan, standing, Wording(plan.title_en if english else plan.title, words, english))


def _area_drawn(area: Area, market: Market, shown: Sequence[Use]) -> str:
    points = [use.position for use in shown if use.position is not None]
    words = _("Batas dari berkas resmi. Titik adalah tempat yang diminta: %(count)d.") % {"count": len(points)}
    return drawn_area(area.rings, points, market.name, words)
