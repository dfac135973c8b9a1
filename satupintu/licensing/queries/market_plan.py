"""The plan of a market with who asked for which stall, as numbers of files, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from django.utils.translation import gettext as _

from satupintu.audit.rules import Actor
from satupintu.licensing.queries.clashes import uses_of, when_said
from satupintu.licensing.queries.clocks import page_language
from satupintu.licensing.queries.visible import files_for
from satupintu.licensing.reading_plans import Area, areas, plans
from satupintu.licensing.rules.answers import WEEK
from satupintu.licensing.rules.areas import drawn_area
from satupintu.licensing.rules.clashes import Use, clash, most_at_once, stall_key, week_spans
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
    uses = [use for _file, use in uses_of(market)]
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


def choice_plan(code: str, but: str, use: Use) -> tuple[StallPlan, str, dict[str, str]] | None:
    """For the form of whoever asks: plan, drawing, and by stall whether it is free at the time of ``use``.

    ``but`` is the number of their own file. Without known days and hours of ``use``, any use counts. None without a
    plan of this market.
    """
    plan, market = plans().get(code), Market.objects.filter(code=code).first()
    if plan is None or market is None:
        return None
    english = page_language() == "en"
    others = [other for _file, other in uses_of(market) if other.key != but]
    wanted = {label: _at(use, code, label) for label in plan.labels}
    taken = {label: any(clash(mine, other) for other in others) for label, mine in wanted.items()}
    standing = {stall_key(label): Standing(1 if there else 0) for label, there in taken.items()}
    count = sum(taken.values())
    words = _("%(taken)d lapak dipakai orang lain, %(free)d kosong.") % {"taken": count, "free": len(taken) - count}
    svg = drawn(plan, standing, Wording(plan.title_en if english else plan.title, words, english))
    return plan, svg, {label: "taken" if there else FREE for label, there in taken.items()}


def _at(use: Use, market: str, label: str) -> Use:
    return Use(use.key, market, label, use.days, use.opens, use.closes)


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
