"""The state machine: a sound table of licensing, every fault caught, both questions, and the diagram."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satupintu.kernel.tests.licensing_machine import EXAMINING, LICENSING, MOVES, STATES
from satupintu.kernel.workflow import NOBODY, Done, Machine, Move, MoveRefused, Standing, State
from satupintu.kernel.worktime import Calendar, Event, Promise, read

SETTLED = frozenset({"has_fee", "fee_settled", "visit_settled", "recommendation_settled"})


def refusal(check, *asked):
    with pytest.raises(MoveRefused) as caught:
        check(*asked)
    return caught.value.why, caught.value.missing


def test_the_table_of_licensing_is_sound():
    assert LICENSING.faults() == []
    assert [state.code for state in STATES if state.end] == ["withdrawn", "lapsed", "revoked", "renewed"]


def test_a_role_may_only_make_its_own_moves():
    LICENSING.check_role("accept", "front_office")
    assert refusal(LICENSING.check_role, "accept", "vendor") == ("role", ())
    assert [LICENSING.role_may("grant", role) for role in ("signing_official", "verifier")] == [True, False]


def test_a_move_is_only_made_from_its_states():
    assert LICENSING.may_now("accept", Standing("submitted"), "user:1")
    assert refusal(LICENSING.check_now, "accept", Standing("draft"), "user:1") == ("state", ("draft",))


def test_a_decision_waits_until_all_that_the_licence_asks_for_is_settled():
    standing = Standing("examined", facts=frozenset({"fee_settled"}))
    assert refusal(LICENSING.check_now, "grant", standing, "user:1") == (
        "facts",
        ("recommendation_settled", "visit_settled"),
    )
    assert LICENSING.may_now("grant", replace(standing, facts=SETTLED), "user:1")


@pytest.mark.parametrize("examined", sorted(EXAMINING))
@pytest.mark.parametrize("decision", ["grant", "grant_with_conditions", "refuse"])
def test_who_examined_never_decides_in_whatever_role(examined, decision):
    standing = Standing("examined", (Done(examined, "user:1"), Done("examine", "user:2")), SETTLED)
    assert refusal(LICENSING.check_now, decision, standing, "user:1") == ("four_eyes", ())
    LICENSING.check_now(decision, standing, "user:3")


def test_silence_approves_only_where_the_law_says_so_and_only_by_the_system():
    standing = Standing("complete", facts=SETTLED)
    assert refusal(LICENSING.check_now, "deem", standing, "system") == ("facts", ("silence_approves",))
    lawful = replace(standing, facts=SETTLED | {"silence_approves"})
    assert LICENSING.make("deem", lawful, "system", "system").state == "granted"
    assert refusal(LICENSING.make, "deem", lawful, "user:3", "signing_official") == ("role", ())
    assert not LICENSING.may_now("deem", replace(lawful, state="asked"), "system")  # waiting for the applicant


def test_an_objection_is_decided_by_another_official_than_the_refusal():
    standing = Standing("objection", (Done("refuse", "user:3"),))
    assert [LICENSING.may_now("overturn", standing, who) for who in ("user:3", "user:4")] == [False, True]


def test_the_buttons_of_a_page_are_what_role_state_and_person_allow():
    standing = Standing("examined", (Done("examine", "user:2"),), SETTLED)
    names = {who: [move.name for move in LICENSING.offered(standing, who, "signing_official")] for who in "ab"}
    assert names["a"] == names["b"] == ["send_back", "grant", "grant_with_conditions", "refuse"]
    assert [m.name for m in LICENSING.offered(standing, "user:2", "signing_official")] == ["send_back"]
    assert LICENSING.offered(standing, "user:1", "leadership") == ()


def test_a_file_goes_from_draft_to_the_vendors_hand():
    standing = Standing("draft", facts=SETTLED)
    for name, who, role in [
        ("submit", "user:1", "vendor"),
        ("return_for_repair", "user:2", "front_office"),
        ("repair", "user:1", "vendor"),
        ("accept", "user:2", "front_office"),
        ("bill", "user:3", "verifier"),
        ("pay", "user:2", "front_office"),
        ("plan_visit", "user:3", "verifier"),
        ("report_visit", "user:3", "verifier"),
        ("examine", "user:3", "verifier"),
        ("grant", "user:4", "signing_official"),
        ("issue", "user:4", "signing_official"),
        ("hand_over", "user:2", "front_office"),
    ]:
        standing = LICENSING.make(name, standing, who, role)
    assert (standing.state, len(standing.done), standing.done[9]) == ("handed_over", 12, Done("grant", "user:4"))


def test_make_asks_both_questions():
    assert refusal(LICENSING.make, "submit", Standing("draft"), "user:1", "leadership") == ("role", ())
    assert refusal(LICENSING.make, "submit", Standing("issued"), "user:1", "vendor") == ("state", ("issued",))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 3), st.integers(0, 50)), max_size=25))
def test_on_every_way_the_clock_waits_exactly_when_the_file_is_with_the_vendor_and_four_eyes_hold(choices):
    calendar = Calendar(lambda day: day.weekday() >= 5, timezone(timedelta(hours=7)))
    moment = datetime.combine(date(2026, 11, 23), datetime.min.time(), calendar.zone)
    standing, events = Standing("draft", facts=SETTLED | {"silence_approves"}), []
    for choice, person, hours in choices:
        moment += timedelta(hours=hours)
        who = f"user:{person}"
        ways = [way for way in LICENSING.moves_from(standing.state) if LICENSING.may_now(way.name, standing, who)]
        if not ways:
            continue
        move = ways[choice % len(ways)]
        standing = LICENSING.make(move.name, standing, who, min(move.by))
        events += [Event(move.clock, moment)] if move.clock else []
        reading = read(events, Promise(14), calendar, moment)  # raises if a move turns the clock wrongly
        if reading.state in ("running", "paused"):
            assert (reading.turn == "applicant") == (LICENSING.by_code[standing.state].owner == "vendor")
    deciders = {d.by for d in standing.done if d.move in ("grant", "grant_with_conditions", "refuse")}
    assert not deciders & {d.by for d in standing.done if d.move in EXAMINING}


# Faults: a small sound table, spoilt in one way each.

ROLES = frozenset({"a", "b"})
OPEN, KEPT, SHUT = State("open", "a"), State("kept", "b"), State("shut", NOBODY, end=True)
GIVE = Move("give", ("open",), "kept", frozenset({"a"}), "thing.given")
BACK = Move("back", ("kept",), "open", frozenset({"b"}), "thing.back", message="yours")
CLOSE = Move("close", ("kept",), "shut", frozenset({"b"}), "thing.closed", unlike=frozenset({"give"}))


def small(states=(OPEN, KEPT, SHUT), moves=(GIVE, BACK, CLOSE), start="open"):
    return Machine(start, states, moves, ROLES, told=frozenset({"a"}))


@pytest.mark.parametrize(
    ("spoilt", "fault"),
    [
        (small(), []),
        (small(start="gone"), ["keadaan awal gone tidak dikenal"]),
        (small(states=(OPEN, replace(KEPT, owner=""), SHUT)), ["keadaan kept tidak punya pemilik"]),
        (small(states=(OPEN, replace(KEPT, owner="a"), SHUT)), ["pemilik kept tidak punya langkah"]),
        (small(states=(OPEN, KEPT, SHUT, OPEN)), ["keadaan open tertulis 2 kali"]),
        (small(states=(OPEN, KEPT, replace(SHUT, owner="b"))), ["keadaan akhir shut masih punya pemilik atau langkah"]),
        (
            small(moves=(GIVE, BACK, replace(CLOSE, sources=("kept", "shut")))),
            ["keadaan akhir shut masih punya pemilik atau langkah"],
        ),
        (small(moves=(GIVE, BACK, replace(CLOSE, event=""))), ["langkah close tidak punya kejadian untuk jejak"]),
        (small(moves=(GIVE, BACK, replace(CLOSE, event="thing.back"))), ["kejadian thing.back tertulis 2 kali"]),
        (
            small(moves=(GIVE, BACK, replace(CLOSE, target="gone"))),
            ["langkah close menyebut keadaan yang tidak dikenal"],
        ),
        (small(moves=(GIVE, replace(BACK, message=""), CLOSE)), ["langkah back memberi giliran tanpa pesan"]),
        (
            small(moves=(GIVE, BACK, replace(CLOSE, by=frozenset({"b", "c"})))),
            ["langkah close menyebut peran yang tidak dikenal"],
        ),
        (
            small(moves=(GIVE, BACK, replace(CLOSE, unlike=frozenset({"gone"})))),
            ["langkah close berbeda orang dari langkah yang tidak dikenal"],
        ),
        (
            small(
                states=(OPEN, KEPT, SHUT, State("lost", "a")),
                moves=(GIVE, BACK, CLOSE, Move("find", ("lost",), "open", frozenset({"a"}), "thing.found")),
            ),
            ["keadaan lost tidak pernah tercapai"],
        ),
        (
            small(
                states=(OPEN, KEPT, SHUT, State("pit", "b")),
                moves=(
                    GIVE,
                    BACK,
                    CLOSE,
                    Move("fall", ("kept",), "pit", frozenset({"b"}), "thing.fallen"),
                    Move("sit", ("pit",), "pit", frozenset({"b"}), "thing.sat"),
                ),
            ),
            ["dari keadaan pit tidak ada jalan ke akhir"],
        ),
    ],
)
def test_a_table_that_may_not_be_used_says_why(spoilt, fault):
    assert spoilt.faults() == fault


def test_the_diagram_has_a_line_for_each_way():
    assert small().mermaid() == (
        "stateDiagram-v2\n"
        "    [*] --> open\n"
        "    open --> kept : give (a)\n"
        "    kept --> open : back (b)\n"
        "    kept --> shut : close (b)\n"
        "    shut --> [*]\n"
    )
    ways = sum(len(move.sources) for move in MOVES)
    assert len(LICENSING.mermaid().splitlines()) == 2 + ways + 4
