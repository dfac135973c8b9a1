"""Every write about events. Each ends in ``by`` and ``at`` and is witnessed in the same transaction."""

from satupintu.outreach.actions.aid import add_aid, hand_over
from satupintu.outreach.actions.demo import demo
from satupintu.outreach.actions.events import (
    add_member,
    add_partner,
    change_event,
    change_state,
    make_event,
    remove_member,
    remove_partner,
)
from satupintu.outreach.actions.observations import ask_question, reply_to_question, tap_person, tap_session
from satupintu.outreach.actions.people import add_cards, invite_person, note_card
from satupintu.outreach.actions.sessions import add_session, change_session, move_session, remove_session

__all__ = [
    "add_aid",
    "add_cards",
    "add_member",
    "add_partner",
    "add_session",
    "ask_question",
    "change_event",
    "change_session",
    "change_state",
    "demo",
    "hand_over",
    "invite_person",
    "make_event",
    "move_session",
    "note_card",
    "remove_member",
    "remove_partner",
    "remove_session",
    "reply_to_question",
    "tap_person",
    "tap_session",
]
