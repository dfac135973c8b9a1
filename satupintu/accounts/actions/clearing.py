"""Clearing away what has run out: sign-ins, one-time codes, counted tries. Done by the house, once a day."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from satupintu.accounts.actions.cards import FORGET_TRIES_AFTER
from satupintu.accounts.actions.codes import KEPT_FOR
from satupintu.accounts.gate import guarded
from satupintu.accounts.models import SignInCode, WrongTries
from satupintu.audit.actions import record
from satupintu.audit.rules import Actor

BEING_WRITTEN = timedelta(hours=1)  # a sign-in is listed a moment before its session is kept


@guarded
@transaction.atomic
def clear_sessions(*, by: Actor, at: datetime) -> int:
    """Delete the sessions that ran out and the listed sign-ins without a session; returns how many sessions."""
    sessions, _ = Session.objects.filter(expire_date__lte=at).delete()
    listed = UserSession.objects.filter(created_at__lt=at - BEING_WRITTEN)
    sign_ins, _ = listed.exclude(session_key__in=Session.objects.values("session_key")).delete()
    values = {"sessions": sessions, "sign_ins": sign_ins}
    record(action="accounts.sessions_cleared", object="sessions", values=values, by=by, at=at)
    return sessions


@guarded
@transaction.atomic
def clear_codes(*, by: Actor, at: datetime) -> int:
    """Delete one-time codes and counts of wrong PINs of more than a day ago; returns how many codes.

    A day, because codes last 10 minutes but are counted for an hour, and a lock lasts 15 minutes.
    """
    codes, _ = SignInCode.objects.filter(made_at__lt=at - KEPT_FOR).delete()
    tries, _ = WrongTries.objects.filter(last_at__lt=at - FORGET_TRIES_AFTER).delete()
    record(action="accounts.codes_cleared", object="codes", values={"codes": codes, "tries": tries}, by=by, at=at)
    return codes
