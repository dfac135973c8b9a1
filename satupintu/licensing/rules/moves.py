"""A file of licensing from draft to the end of its paper: every state, every move, who makes it, what it leaves.

Both kinds of service go through one table. A paper of our own offices is decided and issued; a paper of another office
(an NIB at OSS) is filed there, and its number or refusal is written down. Words of states stand in
``data/licensing/states.yaml``, messages in ``data/messages/``.
"""

from __future__ import annotations

from typing import Any

from satupintu.kernel.workflow import NOBODY, Machine, Move, State
from satupintu.kernel.worktime import PAUSE, RESTART, RESUME, REWIND, START, STOP

VENDOR, HELPER, FRONT = "vendor", "facilitator", "front_office"
VERIFIER, SIGNER, SYSTEM = "verifier", "signing_official", "system"
ASKERS = frozenset({VENDOR, HELPER, FRONT})

STATES = (
    State("draft", VENDOR),
    State("submitted", FRONT),
    State("returned", VENDOR),
    State("complete", VERIFIER),
    State("asked", VENDOR),
    State("asked_again", VENDOR),
    State("fee_billed", VENDOR),
    State("fee_paid", VERIFIER),
    State("site_visit", VERIFIER),
    State("recommendation", VERIFIER),
    State("examined", SIGNER),
    State("granted", SIGNER),
    State("granted_with_conditions", SIGNER),
    State("refused", VENDOR),
    State("objection", SIGNER),
    State("issued", FRONT),
    State("handed_over", NOBODY),
    State("suspended", SIGNER),
    State("expired", NOBODY),
    State("filed", NOBODY),
    State("refused_elsewhere", VENDOR),
    State("recorded", NOBODY, end=True),
    State("withdrawn", NOBODY, end=True),
    State("lapsed", NOBODY, end=True),
    State("revoked", NOBODY, end=True),
    State("renewed", NOBODY, end=True),
)

DESK = ("complete", "fee_paid", "site_visit", "recommendation")
BEFORE_CLOCK = ("draft", "submitted", "returned")
WAITING = ("asked", "asked_again", "fee_billed")
HOLDING = ("issued", "handed_over", "suspended")
# Who took a file in or looked at it never decides about it.
EXAMINING = frozenset(
    {
        *("submit", "repair", "answer", "answer_again", "return_for_repair", "accept", "ask", "ask_again"),
        *("report_visit", "recommend", "examine", "file_elsewhere"),
    }
)
DECIDING = frozenset({"grant", "grant_with_conditions", "refuse"})
# Who said no once, also to an objection, does not answer the next one.
REFUSING = DECIDING | {"uphold"}
SETTLED = frozenset({"fee_settled", "visit_settled", "recommendation_settled"})
HERE, ELSEWHERE = frozenset({"issued_here"}), frozenset({"issued_elsewhere"})


def _move(name: str, sources: str, target: str, *by: str, **more: Any) -> Move:
    return Move(name, tuple(sources.split()), target, frozenset(by), f"licensing.{name}", **more)


def _decide(name: str, target: str, needs: frozenset[str], message: str = "") -> Move:
    return _move(name, "examined", target, SIGNER, needs=needs, unlike=EXAMINING, clock=STOP, message=message)


MOVES = (
    _move("submit", "draft", "submitted", *ASKERS, message="file_received", needs=HERE | {"filled_in"}),
    _move("return_for_repair", "submitted", "returned", FRONT, message="file_returned"),
    _move("repair", "returned", "submitted", *ASKERS, needs=frozenset({"repaired"})),
    _move("accept", "submitted", "complete", FRONT, message="file_complete", clock=START),
    _move("bill", "complete", "fee_billed", VERIFIER, message="fee_billed", needs=frozenset({"has_fee"}), clock=PAUSE),
    _move("pay", "fee_billed", "fee_paid", FRONT, SYSTEM, clock=RESUME),
    _move("ask", " ".join(DESK), "asked", VERIFIER, message="file_asked", clock=PAUSE),
    _move("answer", "asked", "complete", *ASKERS, clock=RESUME, needs=frozenset({"repaired"})),
    _move("ask_again", " ".join(DESK), "asked_again", VERIFIER, message="file_asked", clock=REWIND),
    _move("answer_again", "asked_again", "complete", *ASKERS, clock=RESTART, needs=frozenset({"repaired"})),
    _move("plan_visit", "complete fee_paid", "site_visit", VERIFIER, message="visit_planned"),
    _move("report_visit", "site_visit", "complete", VERIFIER),
    _move("seek_recommendation", "complete fee_paid", "recommendation", VERIFIER),
    _move("recommend", "recommendation", "complete", VERIFIER),
    _move("examine", "complete fee_paid", "examined", VERIFIER, needs=frozenset({"checked", "ready"})),
    _move("send_back", "examined", "complete", SIGNER),
    _decide("grant", "granted", SETTLED | {"in_order"}),
    _decide("grant_with_conditions", "granted_with_conditions", SETTLED | {"in_order"}),
    _decide("refuse", "refused", frozenset(), "file_refused"),
    # Silence that the law takes as approval: no person decides, so nobody has to be unlike anybody.
    _move(
        "deem",
        " ".join((*DESK, "examined")),
        "granted",
        SYSTEM,
        message="file_deemed",
        needs=frozenset({"silence_approves"}),
        clock=STOP,
    ),
    _move("object", "refused", "objection", *ASKERS),
    _move("uphold", "objection", "refused", SIGNER, message="file_refused", unlike=REFUSING | EXAMINING),
    _move("overturn", "objection", "granted", SIGNER, unlike=REFUSING | EXAMINING),
    _move("issue", "granted granted_with_conditions", "issued", SIGNER, message="paper_issued"),
    _move("hand_over", "issued", "handed_over", FRONT, message="paper_handed_over"),
    _move("correct", "issued handed_over", "issued", SIGNER, message="paper_issued"),
    _move("suspend", "issued handed_over", "suspended", SIGNER, message="paper_suspended"),
    _move("lift", "suspended", "handed_over", SIGNER, message="paper_valid_again"),
    _move("revoke", " ".join(HOLDING), "revoked", SIGNER, message="paper_revoked"),
    _move("expire", " ".join(HOLDING), "expired", SYSTEM, message="paper_expired"),
    # The old paper, when the one that follows it is issued.
    _move("renew", "issued handed_over expired", "renewed", SIGNER, SYSTEM, message="paper_renewed"),
    _move("file_elsewhere", "draft refused_elsewhere", "filed", *ASKERS, needs=ELSEWHERE),
    _move("note_number", "draft filed", "recorded", *ASKERS, needs=ELSEWHERE),
    _move("note_refusal", "filed", "refused_elsewhere", *ASKERS, needs=ELSEWHERE, message="file_refused_elsewhere"),
    _move("withdraw", " ".join((*BEFORE_CLOCK, "filed", "refused_elsewhere")), "withdrawn", *ASKERS),
    _move("withdraw_complete", " ".join((*DESK, *WAITING, "examined")), "withdrawn", *ASKERS, clock=STOP),
    _move("lapse", "draft returned", "lapsed", SYSTEM, message="file_lapsed"),
    _move("lapse_waiting", " ".join(WAITING), "lapsed", SYSTEM, message="file_lapsed", clock=STOP),
)

LICENSING = Machine(
    "draft", STATES, MOVES, frozenset({VENDOR, HELPER, FRONT, VERIFIER, SIGNER, SYSTEM}), told=frozenset({VENDOR})
)

# After these nothing is open any more for whoever asked.
CLOSED = frozenset({"handed_over", "expired", "suspended", "recorded", "withdrawn", "lapsed", "revoked", "renewed"})
OPEN_STATES = tuple(state.code for state in STATES if state.code not in CLOSED)
OFFICE_STATES = tuple(state.code for state in STATES if state.owner in {FRONT, VERIFIER, SIGNER})
APPLICANT_STATES = tuple(state.code for state in STATES if state.owner == VENDOR)

# While the applicant repairs, answers or pays, the same officer keeps the file and goes on with it afterwards.
ASIDE = frozenset({"returned", *WAITING})


def keeps_claim(before: str, after: str) -> bool:
    """Whether who holds a file still holds it after a move from one state to another."""
    same = LICENSING.by_code[before].owner == LICENSING.by_code[after].owner
    return same or before in ASIDE or after in ASIDE
