"""Every read of events that others may use."""

from satupintu.outreach.queries.aid import aid_of, item_for, receipts_of
from satupintu.outreach.queries.consents import consent_page, consents_of, who_agreed
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
from satupintu.outreach.queries.people import participant_of, people_found, people_of, shown_name
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

__all__ = [
    "Filters",
    "Reported",
    "abilities",
    "aid_of",
    "consent_page",
    "consents_of",
    "coverage_of",
    "document_of",
    "documents_of",
    "event_for",
    "event_page",
    "events_page",
    "item_for",
    "lesson",
    "lessons",
    "lines_of",
    "materials_about",
    "member_of",
    "minute_of",
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
    "session_of",
    "shown_name",
    "template",
    "templates",
    "who_agreed",
]
