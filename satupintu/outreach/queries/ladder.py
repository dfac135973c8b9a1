"""How far the people of an event came, from milestones of the registry; one event, or several side by side."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from satupintu.accounts import gate
from satupintu.audit.rules import Actor
from satupintu.kernel.stats.gain import band
from satupintu.kernel.stats.pairs import Pairs
from satupintu.outreach.models import Event, Session, Tap
from satupintu.outreach.queries.after import WAVES_AFTER, Behind, Heard, behind, heard, sheets_by_name, sheets_of
from satupintu.outreach.queries.events import planned_lines, visible
from satupintu.outreach.queries.running import minute_of
from satupintu.outreach.rules.ladder import (
    CODES,
    FEWEST,
    LICENSED,
    RUNGS,
    UNDERSTANDS,
    Noted,
    Rung,
    by_day,
    counted,
    curve,
    had_before,
    reached,
)
from satupintu.outreach.rules.paired import Count as YesOf
from satupintu.outreach.rules.paired import Statement as Rated
from satupintu.outreach.rules.paired import class_gain
from satupintu.outreach.rules.programme import times
from satupintu.outreach.rules.understanding import Sheet, Statement, Understood, understood
from satupintu.registry.models import Milestone
from satupintu.web import figures

MOST_COMPARED = 4
CURVE_DAYS = 90
# The registry notes papers; the other rungs are written by rooms that may not stand yet.
WRITTEN = (UNDERSTANDS.code, LICENSED.code)


@dataclass(frozen=True)
class Group:
    """The people of one event who came: what each who understands said, and the milestones of those with a name.

    What people understand is known of cards without a name too, for it stands in their answers; their papers are not.
    """

    event: Event
    invited: int
    came: int
    invited_came: int
    understood: tuple[Understood, ...]
    noted: tuple[tuple[Noted, ...], ...]

    @property
    def nameless(self) -> int:
        """How many came without a name."""
        return self.came - len(self.noted)

    def knows(self, rung: Rung) -> bool:
        """Whether anything can be known about a rung: of papers only where somebody has a name."""
        return rung is UNDERSTANDS or bool(self.noted) or not self.came

    def days(self, rung: Rung) -> list[int]:
        """On which day after the event each who reached a rung did."""
        if rung is UNDERSTANDS:
            return sorted(one.days for one in self.understood)
        found = (reached(one, rung, self.event.day) for one in self.noted)
        return sorted(day for day in found if day is not None)


def is_team(actor: Actor) -> bool:
    """Whether the actor works at events of their area and so may see small groups of them."""
    return gate.may(actor, "outreach.tap_person")


def groups(events: Sequence[Event], answers: Sequence[Heard]) -> list[Group]:
    """The people of some events with their answers and milestones. Four queries, however many events and people."""
    people = behind(events)
    came = set(Tap.objects.filter(event__in=events, kind="arrived").values_list("participant", flat=True).distinct())
    persons = {one.person.pk for one in people if one.person}
    noted: dict[int, list[Milestone]] = defaultdict(list)
    for milestone in Milestone.objects.filter(person__in=persons, code__in=CODES):
        noted[milestone.person_id].append(milestone)
    found = []
    for event in events:
        theirs = [one for one in people if one.participant.event_id == event.pk]
        found.append(_group(event, theirs, came, noted, sheets_by_name(answers, event)))
    return found


def _group(
    event: Event,
    people: Sequence[Behind],
    came: Collection[int | None],
    noted: Mapping[int, Sequence[Milestone]],
    sheets: Mapping[str, list[Sheet]],
) -> Group:
    there = [one for one in people if one.participant.pk in came]
    said = [understood(sheets_of(one, sheets)) for one in there]
    return Group(
        event,
        invited=sum(one.participant.invited for one in people),
        came=len(there),
        invited_came=sum(one.participant.invited for one in there),
        understood=tuple(one for one in said if one),
        noted=tuple(tuple(Noted(m.code, m.day) for m in noted.get(one.person.pk, ())) for one in there if one.person),
    )


def ladder_page(actor: Actor, event: Event) -> dict[str, Any]:
    """The ladder of one event: invited, came, and each rung of those who came, with its base."""
    team, (group,) = is_team(actor), groups([event], heard([event]))
    return {
        "group": group,
        "team": team,
        "came": counted(group.invited_came, group.invited, team),
        "rungs": _rungs(group, team, _written()),
        "hidden_base": not team and group.came < FEWEST,
    }


def _written() -> set[str]:
    """The rungs for which anybody has ever noted a milestone."""
    others = {code: rung.code for rung in RUNGS if rung.code not in WRITTEN for code in rung.milestones}
    found = Milestone.objects.filter(code__in=list(others)).order_by().values_list("code", flat=True).distinct()
    return {*WRITTEN, *(others[code] for code in found)}


def _rungs(group: Group, team: bool, written: set[str]) -> list[dict[str, Any]]:
    rows = []
    for rung in RUNGS:
        days = group.days(rung)
        count = counted(len(days), group.came, team)
        tested = sum(one.tested for one in group.understood)
        rows.append(
            {
                "rung": rung.code,
                "written": rung.code in written,
                "known": group.knows(rung),
                "least": bool(group.nameless) and rung is not UNDERSTANDS,
                "count": count,
                "bar": figures.bar("", count.percent or 0),
                "before": counted(sum(had_before(one, rung, group.event.day) for one in group.noted), group.came, team),
                "tested": tested if rung is UNDERSTANDS and team else None,
            }
        )
    return rows


def comparable(actor: Actor, refs: Iterable[str]) -> list[Event]:
    """The events of some references that the actor may see, at most four, in the order of their days."""
    wanted = list(dict.fromkeys(refs))[:MOST_COMPARED]
    return list(visible(actor).filter(ref__in=wanted).order_by("day", "pk"))


def choosable(actor: Actor, most: int = 50) -> list[Event]:
    """The events one may choose to compare, the newest first."""
    return list(visible(actor).exclude(state="planned").order_by("-day", "-pk")[:most])


def comparison(actor: Actor, events: Sequence[Event], rung_code: str, today: date) -> dict[str, Any]:
    """Events side by side: coverage, turnout, gain, weakest statement, overruns, ladder; and curves of one rung."""
    team, written = is_team(actor), _written()
    rung = next((one for one in RUNGS if one.code == rung_code), LICENSED)
    overruns = _overruns(events)
    everything = heard(events, ("before", "after", "followup"))
    columns = []
    for group in groups(events, [row for row in everything if row.wave != "before"]):
        event, since = group.event, (today - group.event.day).days
        columns.append(
            {
                "event": event,
                "group": group,
                "nameless": counted(group.nameless, group.came, team),
                "coverage": _percent(group.came, event.target),
                "turnout": counted(group.invited_came, group.invited, team),
                **_said([row for row in everything if row.event == event.reference], team),
                "overrun": overruns[event.pk],
                "rungs": {
                    one.code: {
                        "written": one.code in written,
                        "known": group.knows(one),
                        "counts": [
                            (days, counted(by_day(group.days(one), days), group.came, team) if since >= days else None)
                            for days in WAVES_AFTER
                        ],
                    }
                    for one in RUNGS
                },
                "curve": _curve(group, rung, since, team),
            }
        )
    return {"columns": columns, "rung": rung.code, "written": rung.code in written}


def _percent(count: int, base: int | None) -> int | None:
    return (count * 200 + base) // (2 * base) if base else None


def _curve(group: Group, rung: Rung, since: int, team: bool) -> dict[str, Any] | None:
    """The share of all who came by days since the event; None where it may not be shown or nobody came."""
    if not group.came or not group.knows(rung) or (not team and group.came < FEWEST):
        return None
    until = max(0, min(since, CURVE_DAYS))
    points = curve(group.days(rung), until, team)
    return figures.step_curve(points, group.came, until, CURVE_DAYS)


def _overruns(events: Sequence[Event]) -> dict[int, dict[str, int]]:
    """For each event: sessions that ran over, by how many minutes together, of how many with both taps."""
    sessions: dict[int, list[Session]] = defaultdict(list)
    for session in Session.objects.filter(event__in=events):
        sessions[session.event_id].append(session)
    taps: dict[int, list[Tap]] = defaultdict(list)
    for tap in Tap.objects.filter(event__in=events, kind__in=("started", "stopped")):
        taps[tap.session_id or 0].append(tap)
    found = {}
    for event in events:
        over = []
        for line in planned_lines(sessions[event.pk]):
            began, ended = times([(tap.kind, minute_of(tap.pressed_at, event.day)) for tap in taps[line.key]])
            if began is not None and ended is not None:
                over.append(ended - began - line.planned)
        late = [minutes for minutes in over if minutes > 0]
        found[event.pk] = {"late": len(late), "minutes": sum(late), "of": len(over)}
    return found


def _said(rows: Sequence[Heard], team: bool) -> dict[str, Any]:
    """The gain of the class with its base, and the self-rated statement with the fewest yes after the event."""
    values: dict[str, dict[str, dict[str, bool]]] = defaultdict(lambda: defaultdict(dict))
    statements: dict[str, Statement] = {}
    for row in rows:
        for one in row.sheet.asked if row.wave != "followup" else ():
            if one.kind == "self" and one.code in row.sheet.yes:
                statements[one.code] = one
                values[one.code][row.wave][row.name] = row.sheet.yes[one.code]
    rated = [_rated(code, values[code]["before"], values[code]["after"]) for code in statements]
    paired = [one for one in rated if one.pairs]
    gain = class_gain(paired)
    people = {name for one in values.values() for name in one["before"].keys() & one["after"].keys()}
    hidden = not team and len(people) < FEWEST
    after = [one for one in rated if one.all_after.n and (team or one.all_after.n >= FEWEST)]
    weakest = min(after, key=lambda one: one.all_after.share or Fraction(0), default=None)
    shown = weakest and counted(weakest.all_after.yes, weakest.all_after.n, team)
    return {
        "gain": None if gain is None or hidden else {"value": gain, "band": band(gain)},
        "gain_people": len(people),
        "gain_hidden": hidden and bool(people),
        "weakest": {"statement": statements[weakest.code], "count": shown} if weakest else None,
    }


def _rated(code: str, before: Mapping[str, bool], after: Mapping[str, bool]) -> Rated:
    both = Counter((before[name], after[name]) for name in before.keys() & after.keys())
    pairs = Pairs(both[True, True], both[False, True], both[True, False], both[False, False]) if both else None
    return Rated(code, "self", pairs, _yes(before), _yes(after))


def _yes(values: Mapping[str, bool]) -> YesOf:
    return YesOf(sum(values.values()), len(values))
