"""The registry's tables, one file for each noun."""

from satupintu.registry.models.barriers import Barrier
from satupintu.registry.models.businesses import Business, BusinessCode
from satupintu.registry.models.consents import Consent
from satupintu.registry.models.doubles import Double, Merge
from satupintu.registry.models.follow_ups import FollowUp
from satupintu.registry.models.imports import Import
from satupintu.registry.models.names import NameKey, NameUse, NameWord
from satupintu.registry.models.papers import Document, Milestone, PaperHeld
from satupintu.registry.models.people import Person
from satupintu.registry.models.places import Market, Stall
from satupintu.registry.models.plans import KeptPlan, StepDone

__all__ = [
    "Barrier",
    "Business",
    "BusinessCode",
    "Consent",
    "Document",
    "Double",
    "FollowUp",
    "Import",
    "KeptPlan",
    "Market",
    "Merge",
    "Milestone",
    "NameKey",
    "NameUse",
    "NameWord",
    "PaperHeld",
    "Person",
    "Stall",
    "StepDone",
]
