"""Every read of accounts that others may use."""

from satupintu.accounts.queries.acting import (
    Missing,
    actor_of,
    missing_before_pages,
    permissions,
    second_factor_is_on,
    ways_of_signing_in,
)
from satupintu.accounts.queries.people import (
    Found,
    card_for,
    found_users,
    office_for,
    office_names,
    offices,
    regions,
    session_for,
    sessions_of,
    user_for,
    user_with_office,
)

__all__ = [
    "Found",
    "Missing",
    "actor_of",
    "card_for",
    "found_users",
    "missing_before_pages",
    "office_for",
    "office_names",
    "offices",
    "permissions",
    "regions",
    "second_factor_is_on",
    "session_for",
    "sessions_of",
    "user_for",
    "user_with_office",
    "ways_of_signing_in",
]
