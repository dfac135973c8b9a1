"""Pages of events. Each asks one query or calls one action, then renders or redirects."""

from satupintu.outreach.views.aid import aid, aid_new, hand_over
from satupintu.outreach.views.events import (
    event,
    event_edit,
    event_new,
    event_state,
    events,
    member_new,
    member_remove,
    partner_new,
    partner_remove,
)
from satupintu.outreach.views.lessons import lesson, lessons
from satupintu.outreach.views.people import cards_new, participant_new, participant_tap, participants
from satupintu.outreach.views.questions import event_questions, question_new, question_reply
from satupintu.outreach.views.running import overrun_cause, running, session_tap
from satupintu.outreach.views.sessions import coverage, session_edit, session_move, session_new, session_remove
from satupintu.outreach.views.sheets import attendance_sheet, participant_cards, programme_sheet, receipt_sheet

__all__ = [
    "aid",
    "aid_new",
    "attendance_sheet",
    "cards_new",
    "coverage",
    "event",
    "event_edit",
    "event_new",
    "event_questions",
    "event_state",
    "events",
    "hand_over",
    "lesson",
    "lessons",
    "member_new",
    "member_remove",
    "overrun_cause",
    "participant_cards",
    "participant_new",
    "participant_tap",
    "participants",
    "partner_new",
    "partner_remove",
    "programme_sheet",
    "question_new",
    "question_reply",
    "receipt_sheet",
    "running",
    "session_edit",
    "session_move",
    "session_new",
    "session_remove",
    "session_tap",
]
