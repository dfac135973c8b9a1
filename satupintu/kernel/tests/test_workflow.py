"""The state machine: both questions, the walk through a table, every fault caught, and the diagram."""

from dataclasses import replace

import pytest

from satupintu.kernel.workflow import NOBODY, Done, Machine, Move, MoveRefused, Standing, State

# A permit to borrow a hall: asked for, looked at, decided by somebody else than who looked.
ASKER, CLERK, HEAD, CLOCKWORK = "asker", "clerk", "head", "clockwork"
HALL = Machine(
    "draft",
    (
        State("draft", ASKER),
        State("sent", CLERK),
        State("unclear", ASKER),
        State("seen", HEAD),
        State("lent", NOBODY, end=True),
        State("denied", NOBODY, end=True),
    ),
    (
        Move("send", ("draft",), "sent", frozenset({ASKER}), "hall.sent", needs=frozenset({"filled"})),
        Move("question", ("sent",), "unclear", frozenset({CLERK}), "hall.questioned", message="question"),
        Move("answer", ("unclear",), "sent", frozenset({ASKER}), "hall.answered"),
        Move("look", ("sent",), "seen", frozenset({CLERK}), "hall.seen"),
        Move("lend", ("seen",), "lent", frozenset({HEAD}), "hall.lent", unlike=frozenset({"look"})),
        Move("deny", ("seen", "sent"), "denied", frozenset({HEAD, CLOCKWORK}), "hall.denied"),
    ),
    frozenset({ASKER, CLERK, HEAD, CLOCKWORK}),
    told=frozenset({ASKER}),
)


def refusal(check, *asked):
    with pytest.raises(MoveRefused) as caught:
        check(*asked)
    return caught.value.why, caught.value.missing


def test_a_sound_table_has_no_faults():
    assert HALL.faults() == []


def test_a_role_may_only_make_its_own_moves():
    HALL.check_role("look", CLERK)
    assert refusal(HALL.check_role, "look", ASKER) == ("role", ())
    assert [HALL.role_may("deny", role) for role in (HEAD, CLOCKWORK, CLERK)] == [True, True, False]


def test_a_move_is_only_made_from_its_states():
    assert HALL.may_now("look", Standing("sent"), "user:1")
    assert refusal(HALL.check_now, "look", Standing("draft"), "user:1") == ("state", ("draft",))


def test_a_move_waits_for_the_facts_it_needs():
    assert refusal(HALL.check_now, "send", Standing("draft"), "user:1") == ("facts", ("filled",))
    assert HALL.may_now("send", Standing("draft", facts=frozenset({"filled"})), "user:1")


def test_persons_are_compared_not_roles():
    standing = Standing("seen", (Done("look", "user:1"),))
    assert refusal(HALL.check_now, "lend", standing, "user:1") == ("four_eyes", ())
    HALL.check_now("lend", standing, "user:2")
    HALL.check_now("deny", standing, "user:1")  # nothing is said about this move


def test_the_buttons_of_a_page_are_what_role_state_and_person_allow():
    standing = Standing("seen", (Done("look", "user:1"),))
    assert [move.name for move in HALL.offered(standing, "user:2", HEAD)] == ["lend", "deny"]
    assert [move.name for move in HALL.offered(standing, "user:1", HEAD)] == ["deny"]
    assert HALL.offered(standing, "user:2", ASKER) == ()


def test_make_asks_both_questions_and_keeps_who_did_what():
    filled = Standing("draft", facts=frozenset({"filled"}))
    assert refusal(HALL.make, "send", filled, "user:1", HEAD) == ("role", ())
    assert refusal(HALL.make, "send", replace(filled, state="lent"), "user:1", ASKER) == ("state", ("lent",))
    sent = HALL.make("send", filled, "user:1", ASKER)
    assert sent == Standing("sent", (Done("send", "user:1"),), frozenset({"filled"}))


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
