"""Pages of the registry. Each asks one query or calls one action, then renders or redirects."""

from satupintu.registry.views.belongings import (
    barrier_lift,
    barrier_new,
    business_edit,
    business_new,
    consent_new,
    consent_withdraw,
    document,
    document_erase,
    document_new,
    document_thumbnail,
    follow_up_done,
    follow_up_new,
    paper_new,
    paper_withdraw,
)
from satupintu.registry.views.doubles import apart, duplicates, merge, merge_undo
from satupintu.registry.views.people import people, person, person_edit, person_forget, person_new, person_reveal
from satupintu.registry.views.places import market, market_edit, market_new, markets, stall_put
from satupintu.registry.views.tables import import_example, import_file, people_export, people_import

__all__ = [
    "apart",
    "barrier_lift",
    "barrier_new",
    "business_edit",
    "business_new",
    "consent_new",
    "consent_withdraw",
    "document",
    "document_erase",
    "document_new",
    "document_thumbnail",
    "duplicates",
    "follow_up_done",
    "follow_up_new",
    "import_example",
    "import_file",
    "market",
    "market_edit",
    "market_new",
    "markets",
    "merge",
    "merge_undo",
    "paper_new",
    "paper_withdraw",
    "people",
    "people_export",
    "people_import",
    "person",
    "person_edit",
    "person_forget",
    "person_new",
    "person_reveal",
    "stall_put",
]
