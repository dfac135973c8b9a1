"""Pages that belong to no single room. Each asks one query or calls one action, then renders or redirects."""

from satupintu.desk.views.assisting import assist, assist_keep, assist_person, hand_over
from satupintu.desk.views.barriers import plan_barriers
from satupintu.desk.views.home import home, search, work
from satupintu.desk.views.laws import law_change, law_change_list, law_change_message
from satupintu.desk.views.own import my_consent, my_data, my_data_copy, my_data_forget, my_documents
from satupintu.desk.views.plans import (
    keep_plan,
    kept_plan,
    my_plan,
    my_step,
    paper_held,
    plan_refresh,
    plan_remind,
    step_help,
    step_tick,
)
from satupintu.desk.views.registering import register, register_offline
from satupintu.desk.views.trail import trail, trail_record

__all__ = [
    "assist",
    "assist_keep",
    "assist_person",
    "hand_over",
    "home",
    "keep_plan",
    "kept_plan",
    "law_change",
    "law_change_list",
    "law_change_message",
    "my_consent",
    "my_data",
    "my_data_copy",
    "my_data_forget",
    "my_documents",
    "my_plan",
    "my_step",
    "paper_held",
    "plan_barriers",
    "plan_refresh",
    "plan_remind",
    "register",
    "register_offline",
    "search",
    "step_help",
    "step_tick",
    "trail",
    "trail_record",
    "work",
]
