"""Every write to the registry. Each ends in ``by`` and ``at`` and is witnessed in the same transaction."""

from satupintu.registry.actions.businesses import (
    add_business,
    add_code,
    add_market,
    change_business,
    change_market,
    put_stall,
)
from satupintu.registry.actions.consents import (
    add_follow_up,
    finish_follow_up,
    give_consent,
    lift_barrier,
    note_milestone,
    record_barrier,
    record_barriers,
    take_back_milestones,
    withdraw_consent,
)
from satupintu.registry.actions.crowd import fill
from satupintu.registry.actions.demo import demo
from satupintu.registry.actions.documents import (
    add_document,
    erase_document,
    open_document,
    record_paper,
    withdraw_paper,
)
from satupintu.registry.actions.doubles import keep_apart, merge_people, undo_merge
from satupintu.registry.actions.exports import export_people
from satupintu.registry.actions.idle import remind_idle
from satupintu.registry.actions.imports import check_import, import_people
from satupintu.registry.actions.own_data import ask_for_help, ask_to_be_forgotten, hand_out_own_data
from satupintu.registry.actions.people import (
    change_person,
    forget_person,
    link_account,
    open_account,
    register_person,
    reveal_nik,
    reveal_phone,
)
from satupintu.registry.actions.plans import (
    Recomputed,
    hold_paper,
    keep_plan,
    recompute_plan,
    recompute_plans,
    tick_step,
    untick_step,
)
from satupintu.registry.actions.reminders import announce_change, remind_next_step
from satupintu.registry.actions.retention import Erased, erase_expired
from satupintu.registry.actions.vendors import register_vendor

__all__ = [
    "Erased",
    "Recomputed",
    "add_business",
    "add_code",
    "add_document",
    "add_follow_up",
    "add_market",
    "announce_change",
    "ask_for_help",
    "ask_to_be_forgotten",
    "change_business",
    "change_market",
    "change_person",
    "check_import",
    "demo",
    "erase_document",
    "erase_expired",
    "export_people",
    "fill",
    "finish_follow_up",
    "forget_person",
    "give_consent",
    "hand_out_own_data",
    "hold_paper",
    "import_people",
    "keep_apart",
    "keep_plan",
    "lift_barrier",
    "link_account",
    "merge_people",
    "note_milestone",
    "open_account",
    "open_document",
    "put_stall",
    "recompute_plan",
    "recompute_plans",
    "record_barrier",
    "record_barriers",
    "record_paper",
    "register_person",
    "register_vendor",
    "remind_idle",
    "remind_next_step",
    "reveal_nik",
    "reveal_phone",
    "take_back_milestones",
    "tick_step",
    "undo_merge",
    "untick_step",
    "withdraw_consent",
    "withdraw_paper",
]
