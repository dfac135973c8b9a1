"""Every read of events that others may use."""

from satupintu.outreach.queries.after import after_page, weak_page
from satupintu.outreach.queries.aid import aid_of, item_for, receipts_of
from satupintu.outreach.queries.consents import consent_page, consents_of, name_text, who_agreed
from satupintu.outreach.queries.coverage import coverage_of
from satupintu.outreach.queries.documents import (
    document_of,
    documents_of,
    materials_about,
    public_material,
    public_materials,
)
from satupintu.outreach.queries.events import (
    Filters,
    abilities,
    event_for,
    event_page,
    events_page,
    lesson,
    lessons,
    member_of,
    partner_of,
    session_of,
    template,
    templates,
)
from satupintu.outreach.queries.field import field_bundle
from satupintu.outreach.queries.ladder import MOST_COMPARED, choosable, comparable, comparison, ladder_page
from satupintu.outreach.queries.people import (
    card_scanned,
    not_here,
    participant_of,
    people_found,
    people_of,
    shown_name,
)
from satupintu.outreach.queries.photos import (
    Reported,
    paper_lists_of,
    photo_of,
    photos_for_report,
    photos_of,
    proofs_of,
)
from satupintu.outreach.queries.questions import question_of, questions_of
from satupintu.outreach.queries.running import lines_of, minute_of, running_page
from satupintu.outreach.queries.schedule import (
    Open,
    announced,
    announcement_of,
    calendar_entry,
    consent_words,
    schedule,
    sign_up_for,
    sign_up_of,
    sign_ups_page,
)
from satupintu.outreach.queries.surveys import sheets_counted, surveys_page
from satupintu.outreach.queries.wanted import wanted_at, wanted_lately

__all__ = [
    "MOST_COMPARED",
    "Filters",
    "Open",
    "Reported",
    "abilities",
    "after_page",
    "aid_of",
    "announced",
    "announcement_of",
    "calendar_entry",
    "card_scanned",
    "choosable",
    "comparable",
    "comparison",
    "consent_page",
    "consent_words",
    "consents_of",
    "coverage_of",
    "document_of",
    "documents_of",
    "event_for",
    "event_page",
    "events_page",
    "field_bundle",
    "item_for",
    "ladder_page",
    "lesson",
    "lessons",
    "lines_of",
    "materials_about",
    "member_of",
    "minute_of",
    "name_text",
    "not_here",
    "paper_lists_of",
    "participant_of",
    "partner_of",
    "people_found",
    "people_of",
    "photo_of",
    "photos_for_report",
    "photos_of",
    "proofs_of",
    "public_material",
    "public_materials",
    "question_of",
    "questions_of",
    "receipts_of",
    "running_page",
    "schedule",
    "session_of",
    "sheets_counted",
    "shown_name",
    "sign_up_for",
    "sign_up_of",
    "sign_ups_page",
    "surveys_page",
    "template",
    "templates",
    "wanted_at",
    "wanted_lately",
    "weak_page",
    "who_agreed",
]
