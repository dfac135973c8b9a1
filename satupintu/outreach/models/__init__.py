"""The tables of events, one file for each noun."""

from satupintu.outreach.models.aid import AidItem, Receipt
from satupintu.outreach.models.events import Event, Partner, Session, TeamMember
from satupintu.outreach.models.observations import Added, NeverChanged, Participant, Question, Reply, Tap

__all__ = [
    "Added",
    "AidItem",
    "Event",
    "NeverChanged",
    "Participant",
    "Partner",
    "Question",
    "Receipt",
    "Reply",
    "Session",
    "Tap",
    "TeamMember",
]
