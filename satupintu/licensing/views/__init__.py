"""The pages of licensing, one module for each subject."""

from satupintu.licensing.views.applying import file, file_new, file_receipt, file_receipt_pdf, my_files
from satupintu.licensing.views.calendars import calendar, closure_new, closure_remove, service_time_new
from satupintu.licensing.views.capturing import capture
from satupintu.licensing.views.checking import check, check_code, published_keys, revocation_list
from satupintu.licensing.views.deciding import decide, decision
from satupintu.licensing.views.delegations import delegation_end, delegation_new, delegations
from satupintu.licensing.views.desk import (
    desk_check,
    desk_claim,
    desk_document,
    desk_file,
    desk_hand_over,
    desk_judge,
    desk_move,
    desk_pay,
    desk_print,
    desk_release,
    desk_send_back,
    desk_word,
)
from satupintu.licensing.views.elsewhere import file_filed, file_number, file_refusal, file_sitting
from satupintu.licensing.views.filling import file_document, file_documents, file_fill, file_repair, file_review
from satupintu.licensing.views.papers import (
    card,
    cards,
    desk_paper,
    desk_papers,
    paper_change,
    paper_file,
    paper_sign,
    stall_sheet,
)
from satupintu.licensing.views.places import market_plan
from satupintu.licensing.views.public import register, register_csv, register_json, standard, standards
from satupintu.licensing.views.queue import (
    bulk_accept,
    queue,
    queue_export,
    queue_forget,
    queue_next,
    queue_save,
    queue_stay,
)
from satupintu.licensing.views.recommendations import recommendation_ask, recommendation_give, recommendations
from satupintu.licensing.views.renewing import renew
from satupintu.licensing.views.returning import desk_ask, desk_return
from satupintu.licensing.views.series import series
from satupintu.licensing.views.speaking import file_decision, file_withdraw, file_word
from satupintu.licensing.views.states import states
from satupintu.licensing.views.tracking import track, track_form
from satupintu.licensing.views.visits import visit_plan, visit_report, visit_sheet, visits

__all__ = [
    "bulk_accept",
    "calendar",
    "capture",
    "card",
    "cards",
    "check",
    "check_code",
    "closure_new",
    "closure_remove",
    "decide",
    "decision",
    "delegation_end",
    "delegation_new",
    "delegations",
    "desk_ask",
    "desk_check",
    "desk_claim",
    "desk_document",
    "desk_file",
    "desk_hand_over",
    "desk_judge",
    "desk_move",
    "desk_paper",
    "desk_papers",
    "desk_pay",
    "desk_print",
    "desk_release",
    "desk_return",
    "desk_send_back",
    "desk_word",
    "file",
    "file_decision",
    "file_document",
    "file_documents",
    "file_filed",
    "file_fill",
    "file_new",
    "file_number",
    "file_receipt",
    "file_receipt_pdf",
    "file_refusal",
    "file_repair",
    "file_review",
    "file_sitting",
    "file_withdraw",
    "file_word",
    "market_plan",
    "my_files",
    "paper_change",
    "paper_file",
    "paper_sign",
    "published_keys",
    "queue",
    "queue_export",
    "queue_forget",
    "queue_next",
    "queue_save",
    "queue_stay",
    "recommendation_ask",
    "recommendation_give",
    "recommendations",
    "register",
    "register_csv",
    "register_json",
    "renew",
    "revocation_list",
    "series",
    "service_time_new",
    "stall_sheet",
    "standard",
    "standards",
    "states",
    "track",
    "track_form",
    "visit_plan",
    "visit_report",
    "visit_sheet",
    "visits",
]
