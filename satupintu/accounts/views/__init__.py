"""Pages of accounts. Each asks one query or calls one action, then renders or redirects."""

from satupintu.accounts.views.offices import office_edit, office_new, offices
from satupintu.accounts.views.own import account, session_end, sessions, sessions_end
from satupintu.accounts.views.people import (
    user,
    user_deactivate,
    user_end_sessions,
    user_new,
    user_new_password,
    user_reactivate,
    user_reset_second_factor,
    user_role,
    users,
)
from satupintu.accounts.views.signing_in import card, code, code_again, sign_in

__all__ = [
    "account",
    "card",
    "code",
    "code_again",
    "office_edit",
    "office_new",
    "offices",
    "session_end",
    "sessions",
    "sessions_end",
    "sign_in",
    "user",
    "user_deactivate",
    "user_end_sessions",
    "user_new",
    "user_new_password",
    "user_reactivate",
    "user_reset_second_factor",
    "user_role",
    "users",
]
