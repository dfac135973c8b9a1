"""A file of licensing from draft to the end of its paper: the table the engine has to carry."""

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
    State("withdrawn", NOBODY, end=True),
    State("lapsed", NOBODY, end=True),
    State("revoked", NOBODY, end=True),
    State("renewed", NOBODY, end=True),
)

DESK = ("complete", "fee_paid", "site_visit", "recommendation")
BEFORE_CLOCK = ("draft", "submitted", "returned")
WAITING = ("asked", "asked_again", "fee_billed")
EXAMINING = frozenset({"accept", "examine", "recommend", "report_visit"})
DECIDING = frozenset({"grant", "grant_with_conditions", "refuse"})


def move(name, sources, target, *by, **more):
    return Move(name, tuple(sources.split()), target, frozenset(by), f"licensing.{name}", **more)


def _decide(name, target):
    settled = frozenset({"fee_settled", "visit_settled", "recommendation_settled"})
    told = {"message": f"file_{target}"} if target == "refused" else {}
    return move(name, "examined", target, SIGNER, needs=settled, unlike=EXAMINING, clock=STOP, **told)


MOVES = (
    move("submit", "draft", "submitted", *ASKERS),
    move("return_for_repair", "submitted", "returned", FRONT, message="file_returned"),
    move("repair", "returned", "submitted", *ASKERS),
    move("accept", "submitted", "complete", FRONT, message="file_complete", clock=START),
    move("bill", "complete", "fee_billed", VERIFIER, message="fee_billed", needs=frozenset({"has_fee"}), clock=PAUSE),
    move("pay", "fee_billed", "fee_paid", FRONT, SYSTEM, clock=RESUME),
    move("ask", " ".join(DESK), "asked", VERIFIER, message="file_asked", clock=PAUSE),
    move("answer", "asked", "complete", *ASKERS, clock=RESUME),
    move("ask_again", " ".join(DESK), "asked_again", VERIFIER, message="file_asked", clock=REWIND),
    move("answer_again", "asked_again", "complete", *ASKERS, clock=RESTART),
    move("plan_visit", "complete fee_paid", "site_visit", VERIFIER, message="visit_planned"),
    move("report_visit", "site_visit", "complete", VERIFIER),
    move("seek_recommendation", "complete fee_paid", "recommendation", VERIFIER),
    move("recommend", "recommendation", "complete", VERIFIER),
    move("examine", "complete fee_paid", "examined", VERIFIER),
    move("send_back", "examined", "complete", SIGNER),
    _decide("grant", "granted"),
    _decide("grant_with_conditions", "granted_with_conditions"),
    _decide("refuse", "refused"),
    # Silence that the law takes as approval: no person decides, so nobody has to be unlike anybody.
    move("deem", " ".join((*DESK, "examined")), "granted", SYSTEM, needs=frozenset({"silence_approves"}), clock=STOP),
    move("object", "refused", "objection", *ASKERS),
    move("uphold", "objection", "refused", SIGNER, message="file_refused", unlike=DECIDING),
    move("overturn", "objection", "granted", SIGNER, unlike=DECIDING),
    move("issue", "granted granted_with_conditions", "issued", SIGNER, message="paper_issued"),
    move("hand_over", "issued", "handed_over", FRONT, message="paper_handed_over"),
    move("suspend", "issued handed_over", "suspended", SIGNER, message="paper_suspended"),
    move("lift", "suspended", "handed_over", SIGNER, message="paper_valid_again"),
    move("revoke", "issued handed_over suspended", "revoked", SIGNER, message="paper_revoked"),
    move("expire", "issued handed_over suspended", "expired", SYSTEM, message="paper_expired"),
    move("renew", "handed_over expired", "renewed", SYSTEM, message="paper_renewed"),
    move("withdraw", " ".join(BEFORE_CLOCK), "withdrawn", *ASKERS),
    move("withdraw_complete", " ".join((*DESK, *WAITING, "examined")), "withdrawn", *ASKERS, clock=STOP),
    move("lapse", "draft returned", "lapsed", SYSTEM, message="file_lapsed"),
    move("lapse_waiting", " ".join(WAITING), "lapsed", SYSTEM, message="file_lapsed", clock=STOP),
)

LICENSING = Machine(
    "draft", STATES, MOVES, frozenset({VENDOR, HELPER, FRONT, VERIFIER, SIGNER, SYSTEM}), told=frozenset({VENDOR})
)
