"""The table of licensing: sound, four eyes on every way, and a clock that waits exactly when the applicant must act."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satupintu.kernel.workflow import Done, MoveRefused, Standing
from satupintu.kernel.worktime import APPLICANT, NOTHING, PAUSED, RUNNING, Calendar, Event, Promise, read, spans
from satupintu.licensing.rules.clock_words import turn_of
from satupintu.licensing.rules.moves import (
    CLOSED,
    DECIDING,
    ELSEWHERE,
    EXAMINING,
    HERE,
    LICENSING,
    MOVES,
    SETTLED,
    STATES,
    VENDOR,
)

EVERY_FACT = frozenset().union(*(move.needs for move in MOVES)) - HERE - ELSEWHERE
WIB = timezone(timedelta(hours=7))
BEGIN = datetime(2026, 11, 23, tzinfo=WIB)


def refusal(check, *asked):
    with pytest.raises(MoveRefused) as caught:
        check(*asked)
    return caught.value.why, caught.value.missing


def test_the_table_is_sound():
    assert LICENSING.faults() == []
    assert [state.code for state in STATES if state.end] == [*("recorded", "withdrawn", "lapsed", "revoked", "renewed")]
    assert {state.code for state in STATES if state.end} <= CLOSED


def test_a_decision_waits_until_all_that_the_licence_asks_for_is_settled():
    standing = Standing("examined", facts=EVERY_FACT - SETTLED)
    assert refusal(LICENSING.check_now, "grant", standing, "user:1") == ("facts", tuple(sorted(SETTLED)))
    assert {"fee_settled", "recommendation_settled", "visit_settled"} <= SETTLED
    assert LICENSING.may_now("grant", replace(standing, facts=EVERY_FACT), "user:1")


@pytest.mark.parametrize("examined", sorted(EXAMINING))
@pytest.mark.parametrize("decision", ["grant", "grant_with_conditions", "refuse", "overturn", "uphold"])
def test_who_examined_never_decides_in_whatever_role(examined, decision):
    state = LICENSING.by_name[decision].sources[0]
    standing = Standing(state, (Done(examined, "user:1"), Done("examine", "user:2")), EVERY_FACT)
    assert refusal(LICENSING.check_now, decision, standing, "user:1") == ("four_eyes", ())
    LICENSING.check_now(decision, standing, "user:3")


def test_an_objection_is_decided_by_another_official_than_the_refusal():
    standing = Standing("objection", (Done("refuse", "user:3"),))
    assert [LICENSING.may_now("overturn", standing, who) for who in ("user:3", "user:4")] == [False, True]


def test_silence_approves_only_where_the_law_says_so_and_only_by_the_system():
    standing = Standing("complete", facts=SETTLED)
    assert refusal(LICENSING.check_now, "deem", standing, "system") == ("facts", ("silence_approves",))
    lawful = replace(standing, facts=SETTLED | {"silence_approves"})
    assert LICENSING.make("deem", lawful, "system", "system").state == "granted"
    assert refusal(LICENSING.make, "deem", lawful, "user:3", "signing_official") == ("role", ())
    assert not LICENSING.may_now("deem", replace(lawful, state="asked"), "system")  # waiting for the applicant


@pytest.mark.parametrize(
    ("facts", "ways"),
    [
        (
            HERE,
            [
                *("submit:vendor", "return_for_repair:front_office", "repair:vendor", "accept:front_office"),
                *("bill:verifier", "pay:front_office", "plan_visit:verifier", "report_visit:verifier"),
                *("examine:verifier", "grant:signing_official", "issue:signing_official", "hand_over:front_office"),
                *("suspend:signing_official", "lift:signing_official", "renew:system"),
            ],
        ),
        (
            ELSEWHERE,
            [
                *("file_elsewhere:facilitator", "note_refusal:vendor", "file_elsewhere:facilitator"),
                "note_number:front_office",
            ],
        ),
    ],
)
def test_a_file_goes_from_draft_to_the_end_of_its_paper(facts, ways):
    standing = Standing("draft", facts=EVERY_FACT | facts)
    for number, way in enumerate(ways):
        name, role = way.split(":")
        standing = LICENSING.make(name, standing, f"user:{number}", role)
    assert LICENSING.by_code[standing.state].end
    other = Standing("draft", facts=EVERY_FACT | (HERE if facts == ELSEWHERE else ELSEWHERE))
    assert not LICENSING.may_now(ways[0].split(":")[0], other, "user:1")  # the other kind of service


STEPS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 3), st.timedeltas(NOTHING, timedelta(days=9))), max_size=25
)
CLOSURES = st.frozensets(st.integers(0, 220), max_size=30)


def walk(choices, closed, facts=EVERY_FACT | HERE):
    """A file that goes any way the table allows, each move at a random time; its calendar, steps and clock events."""
    days = {(BEGIN + timedelta(days=n)).date() for n in closed}
    calendar = Calendar(lambda day: day.weekday() >= 5 or day in days, WIB)
    standing, moment, steps, events = Standing("draft", facts=facts), BEGIN, [], []
    for choice, person, later in choices:
        moment += later
        who = f"user:{person}"
        ways = [way for way in LICENSING.moves_from(standing.state) if LICENSING.may_now(way.name, standing, who)]
        if not ways:
            continue
        move = ways[choice % len(ways)]
        standing = LICENSING.make(move.name, standing, who, min(move.by))
        steps.append((moment, standing.state))
        events += [Event(move.clock, moment)] if move.clock else []
    return calendar, standing, steps, events


@settings(max_examples=60, deadline=None)
@given(STEPS, CLOSURES, st.timedeltas(NOTHING, timedelta(days=9)))
def test_on_every_way_whose_turn_it_is_agrees_with_the_clock_and_the_three_parts_are_the_time_elapsed(
    choices, closed, after
):
    calendar, _standing, steps, events = walk(choices, closed)
    for number, (moment, state) in enumerate(steps):
        until = steps[number + 1][0] if number + 1 < len(steps) else moment + after
        happened = [event for event in events if event.at <= moment]
        if any(one > number and when == moment for one, (when, _state) in enumerate(steps)):
            continue  # two moves in one instant: only the last of them is a moment at which somebody has the turn
        reading = read(happened, Promise(5), calendar, until)  # raises if a move turns the clock wrongly
        if reading.state in (RUNNING, PAUSED):
            assert reading.turn == turn_of(state)
            assert (reading.turn == APPLICANT) == (LICENSING.by_code[state].owner == VENDOR)
        stretches = spans(happened, until)
        elapsed = stretches[-1].end - stretches[0].begin if stretches else NOTHING
        assert reading.running + reading.paused + reading.off == elapsed


@settings(max_examples=60, deadline=None)
@given(STEPS, CLOSURES, st.timedeltas(NOTHING, timedelta(days=60)))
def test_no_way_makes_a_file_late_by_waiting_for_the_applicant(choices, closed, waited):
    calendar, standing, steps, events = walk(choices, closed)
    last = steps[-1][0] if steps else BEGIN
    now, then = (read(events, Promise(2), calendar, moment) for moment in (last, last + waited))
    if now.state == PAUSED:
        assert LICENSING.by_code[standing.state].owner == VENDOR
        assert (then.counted, then.running, then.late_since) == (now.counted, now.running, now.late_since)
        assert then.deadline >= now.deadline


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_on_every_way_four_eyes_hold_and_only_the_system_lapses_deems_and_expires(choices):
    standing = walk(choices, frozenset())[1]
    examined = {done.by for done in standing.done if done.move in EXAMINING}
    assert not examined & {done.by for done in standing.done if done.move in DECIDING}
    assert {move.name for move in MOVES if move.by == {"system"}} == {"deem", "expire", "lapse", "lapse_waiting"}
