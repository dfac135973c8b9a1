"""Pages of events. Each asks one query or calls one action, then renders or redirects."""

from satupintu.outreach.views.after import follow_up, follow_up_count, follow_up_promise, follow_up_wave, weak_sheet
from satupintu.outreach.views.aid import aid, aid_new, hand_over
from satupintu.outreach.views.attendance import card_scan, paper_list
from satupintu.outreach.views.documents import document_file, document_new, document_remove, documents, material
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
from satupintu.outreach.views.field import field, field_bundle, field_kept
from satupintu.outreach.views.lessons import lesson, lessons
from satupintu.outreach.views.naming import (
    participant,
    participant_consent,
    participant_link,
    participant_register,
    participant_unlink,
)
from satupintu.outreach.views.people import cards_new, participant_new, participant_tap, participants
from satupintu.outreach.views.photos import photo, photo_erase, photo_image, photo_new, photo_thumbnail, photos
from satupintu.outreach.views.questions import event_questions, question_new, question_reply
from satupintu.outreach.views.reports import (
    certificates,
    report,
    report_docx,
    report_final,
    report_json,
    report_pdf,
    report_read,
    report_summary,
    report_texts,
)
from satupintu.outreach.views.results import compare, ladder
from satupintu.outreach.views.running import overrun_cause, running, session_next, session_tap
from satupintu.outreach.views.schedule import calendar, schedule, schedule_calendar, schedule_event, sign_up_cancel
from satupintu.outreach.views.sessions import coverage, session_edit, session_move, session_new, session_remove
from satupintu.outreach.views.sheets import attendance_sheet, participant_cards, programme_sheet, receipt_sheet
from satupintu.outreach.views.sign_ups import announce, announcement_withdraw, sign_up_admit, sign_ups
from satupintu.outreach.views.surveys import event_surveys, usual_surveys

__all__ = [
    "aid",
    "aid_new",
    "announce",
    "announcement_withdraw",
    "attendance_sheet",
    "calendar",
    "card_scan",
    "cards_new",
    "certificates",
    "compare",
    "coverage",
    "document_file",
    "document_new",
    "document_remove",
    "documents",
    "event",
    "event_edit",
    "event_new",
    "event_questions",
    "event_state",
    "event_surveys",
    "events",
    "field",
    "field_bundle",
    "field_kept",
    "follow_up",
    "follow_up_count",
    "follow_up_promise",
    "follow_up_wave",
    "hand_over",
    "ladder",
    "lesson",
    "lessons",
    "material",
    "member_new",
    "member_remove",
    "overrun_cause",
    "paper_list",
    "participant",
    "participant_cards",
    "participant_consent",
    "participant_link",
    "participant_new",
    "participant_register",
    "participant_tap",
    "participant_unlink",
    "participants",
    "partner_new",
    "partner_remove",
    "photo",
    "photo_erase",
    "photo_image",
    "photo_new",
    "photo_thumbnail",
    "photos",
    "programme_sheet",
    "question_new",
    "question_reply",
    "receipt_sheet",
    "report",
    "report_docx",
    "report_final",
    "report_json",
    "report_pdf",
    "report_read",
    "report_summary",
    "report_texts",
    "running",
    "schedule",
    "schedule_calendar",
    "schedule_event",
    "session_edit",
    "session_move",
    "session_new",
    "session_next",
    "session_remove",
    "session_tap",
    "sign_up_admit",
    "sign_up_cancel",
    "sign_ups",
    "usual_surveys",
    "weak_sheet",
]
