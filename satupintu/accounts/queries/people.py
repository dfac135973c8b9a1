"""Looking up offices, people, cards and sign-ins, within what the asker may see."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from satupintu.accounts.models import Card, Office, User
from satupintu.accounts.rules import STAFF_ROLES, read_card_code
from satupintu.audit.fields import lookup
from satupintu.audit.rules import Actor
from satupintu.catalogue import queries as catalogue

PER_PAGE = 50


def regions() -> dict[str, str]:
    """Every kecamatan and kelurahan of the catalogue: code and name, the kecamatan before its kelurahan."""
    return {code: region.name for code, region in sorted(catalogue.catalogue().regions.items())}


def offices(actor: Actor) -> QuerySet[Office]:
    """The offices within the actor's area, by name, each with ``people``, the number of active accounts."""
    people = Count("users", filter=Q(users__is_active=True))
    return Office.objects.filter(_within(actor, "area")).annotate(people=people).order_by("name")


def office_names() -> dict[str, str]:
    """Every office by code: what anybody may know of them."""
    return dict(Office.objects.order_by("code").values_list("code", "name"))


def office_for(actor: Actor, code: str) -> Office:
    """One office within the actor's area; else 404."""
    return get_object_or_404(Office.objects.filter(_within(actor, "area")), code=code)


@dataclass(frozen=True, slots=True)
class Found:
    """One page of people and how many there are in all."""

    page: Page[Any]
    total: int


def found_users(actor: Actor, text: str, page: int) -> Found:
    """People within the actor's area whose account name, name or office contains every word of ``text``.

    Each comes with ``second_factor``: whether an authenticator app is set up.
    """
    people = _users(actor).select_related("office")
    for word in text.split():
        here = Q(username__icontains=word) | Q(display_name__icontains=word) | Q(office__name__icontains=word)
        people = people.filter(here)
    paginator = Paginator(people.annotate(second_factor=_has_totp()).order_by("username"), PER_PAGE)
    return Found(paginator.get_page(page), paginator.count)


def user_for(actor: Actor, user_id: int) -> User:
    """One person within the actor's area, with office; else 404. Carries ``second_factor`` as ``found_users`` does."""
    people = _users(actor).select_related("office").annotate(second_factor=_has_totp())
    return get_object_or_404(people, pk=user_id)


def user_with_office(user_id: int) -> User | None:
    """One person with office by number, for the sign-in itself; None when there is nobody."""
    return User.objects.select_related("office").filter(pk=user_id).first()


def phone_is_taken(phone: str) -> bool:
    """Whether an account has this number (E.164 form)."""
    return bool(phone) and User.objects.filter(phone_lookup=lookup("phone", phone)).exists()


def working_card(user_id: int | None) -> Card | None:
    """The one card with which somebody can sign in now, or None."""
    return Card.objects.filter(user_id=user_id, revoked_at=None).first() if user_id else None


def card_for(actor: Actor, code: str) -> Card:
    """A card by its code in any spelling, for staff; else 404. Whether its vendor is theirs, the registry knows."""
    if actor.role not in STAFF_ROLES:
        raise Http404(code)
    return get_object_or_404(Card.objects.select_related("user"), code=read_card_code(code) or "")


@dataclass(frozen=True, slots=True)
class SignIn:
    """One sign-in that still holds: on which kind of device, since when, and whether it is this one."""

    id: int
    device: str
    since: datetime
    current: bool


def sessions_of(user_id: int, current: str, at: datetime) -> Sequence[SignIn]:
    """The sign-ins of a person that still hold, this one (session key ``current``) first, then the newest."""
    known = list(UserSession.objects.filter(user_id=user_id).order_by("-created_at"))
    keys = [session.session_key for session in known]
    alive = set(Session.objects.filter(session_key__in=keys, expire_date__gt=at).values_list("session_key", flat=True))
    held = [
        SignIn(session.pk, device(session.user_agent), session.created_at, session.session_key == current)
        for session in known
        if session.session_key in alive
    ]
    return sorted(held, key=lambda sign_in: not sign_in.current)


def session_for(user_id: int, session_id: int) -> UserSession:
    """One sign-in of a person; 404 if it is somebody else's or gone."""
    return get_object_or_404(UserSession, pk=session_id, user_id=user_id)


_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
             ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip
_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
            ("Macintosh", "Mac"), ("Linux", "Linux"))  # fmt: skip


def device(user_agent: str) -> str:
    """A device as a person knows it, from what the browser says of itself: ``Chrome, Android``."""
    browser = next((name for sign, name in _BROWSERS if re.search(rf"\b{sign}", user_agent)), "")
    system = next((name for sign, name in _SYSTEMS if sign in user_agent), "")
    return ", ".join(filter(None, (browser, system)))


def _users(actor: Actor) -> QuerySet[User]:
    if actor.area == "":
        return User.objects.all()
    return User.objects.filter(_within(actor, "office__area"))


def _within(actor: Actor, column: str) -> Q:
    """Rows whose region code lies in the actor's area; a city-wide actor sees all, an actor without area nothing."""
    if actor.area is None:
        return Q(pk__in=[])
    if actor.area == "":
        return Q()
    return Q(**{column: actor.area}) | Q(**{f"{column}__startswith": f"{actor.area}."})


def _has_totp() -> Exists:
    return Exists(Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP))
