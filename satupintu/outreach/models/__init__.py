"""The tables of events, one file for each noun."""

from satupintu.outreach.models.aid import AidItem, Receipt
from satupintu.outreach.models.documents import EventDocument
from satupintu.outreach.models.events import Event, Partner, Session, TeamMember
from satupintu.outreach.models.observations import Added, NeverChanged, Participant, Question, Reply, Tap
from satupintu.outreach.models.photos import CardConsent, Photo

__all__ = [
    "Added",
    "AidItem",
    "CardConsent",
    "Event",
    "EventDocument",
    "NeverChanged",
    "Participant",
    "Partner",
    "Photo",
    "Question",
    "Receipt",
    "Reply",
    "Session",
    "Tap",
    "TeamMember",
]
