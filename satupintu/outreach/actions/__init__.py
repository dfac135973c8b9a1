"""Every write about events. Each ends in ``by`` and ``at`` and is witnessed in the same transaction."""

from satupintu.outreach.actions.after import ask_again, note_everybody, note_understanding, promise_help
from satupintu.outreach.actions.aid import add_aid, hand_over
from satupintu.outreach.actions.consents import record_consent, withdraw_consent
from satupintu.outreach.actions.demo import demo
from satupintu.outreach.actions.documents import add_document, open_document, remove_document
from satupintu.outreach.actions.events import (
    add_member,
    add_partner,
    change_event,
    make_event,
    remove_member,
    remove_partner,
)
from satupintu.outreach.actions.naming import link_person, register_and_link, unlink_person
from satupintu.outreach.actions.observations import (
    next_session,
    tap_person,
    tap_session,
    tick_paper_list,
)
from satupintu.outreach.actions.people import add_cards, invite_person, note_card
from satupintu.outreach.actions.photos import describe_photo, erase_expired, erase_photo, keep_photo, open_photo
from satupintu.outreach.actions.questions import ask_question, reply_to_question
from satupintu.outreach.actions.reports import make_final, write_texts
from satupintu.outreach.actions.sessions import add_session, change_session, move_session, remove_session
from satupintu.outreach.actions.sign_ups import (
    admit_sign_up,
    announce_event,
    cancel_sign_up,
    erase_sign_ups,
    remind_signed_up,
    sign_up,
    withdraw_announcement,
)
from satupintu.outreach.actions.states import change_state
from satupintu.outreach.actions.surveys import open_usual_surveys

__all__ = [
    "add_aid",
    "add_cards",
    "add_document",
    "add_member",
    "add_partner",
    "add_session",
    "admit_sign_up",
    "announce_event",
    "ask_again",
    "ask_question",
    "cancel_sign_up",
    "change_event",
    "change_session",
    "change_state",
    "demo",
    "describe_photo",
    "erase_expired",
    "erase_photo",
    "erase_sign_ups",
    "hand_over",
    "invite_person",
    "keep_photo",
    "link_person",
    "make_event",
    "make_final",
    "move_session",
    "next_session",
    "note_card",
    "note_everybody",
    "note_understanding",
    "open_document",
    "open_photo",
    "open_usual_surveys",
    "promise_help",
    "record_consent",
    "register_and_link",
    "remind_signed_up",
    "remove_document",
    "remove_member",
    "remove_partner",
    "remove_session",
    "reply_to_question",
    "sign_up",
    "tap_person",
    "tap_session",
    "tick_paper_list",
    "unlink_person",
    "withdraw_announcement",
    "withdraw_consent",
    "write_texts",
]
