"""Every write to accounts. Each is guarded by its row in ``roles.csv``."""

from satupintu.accounts.actions.cards import issue_card, reset_pin, revoke_card, sign_in_with_card
from satupintu.accounts.actions.clearing import clear_codes, clear_sessions
from satupintu.accounts.actions.codes import request_code, sign_in_with_code
from satupintu.accounts.actions.demo import demo
from satupintu.accounts.actions.forgetting import forget_vendor
from satupintu.accounts.actions.offices import create_office, edit_office
from satupintu.accounts.actions.people import (
    change_phone,
    change_role,
    create_staff,
    create_user,
    create_vendor,
    deactivate_user,
    give_new_password,
    reactivate_user,
    reset_second_factor,
    set_own_password,
)
from satupintu.accounts.actions.sessions import (
    end_session,
    end_sessions,
    record_lockout,
    record_second_factor,
    record_sign_in,
    record_sign_out,
    record_wrong_code,
)

__all__ = [
    "change_phone",
    "change_role",
    "clear_codes",
    "clear_sessions",
    "create_office",
    "create_staff",
    "create_user",
    "create_vendor",
    "deactivate_user",
    "demo",
    "edit_office",
    "end_session",
    "end_sessions",
    "forget_vendor",
    "give_new_password",
    "issue_card",
    "reactivate_user",
    "record_lockout",
    "record_second_factor",
    "record_sign_in",
    "record_sign_out",
    "record_wrong_code",
    "request_code",
    "reset_pin",
    "reset_second_factor",
    "revoke_card",
    "set_own_password",
    "sign_in_with_card",
    "sign_in_with_code",
]
