"""Who may do what: one raising check for actions, one yes-or-no for templates, one written in terms of the other."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from satupintu.accounts import rules
from satupintu.accounts.models import User
from satupintu.accounts.queries import actor_of, permissions
from satupintu.audit.rules import Actor

P = ParamSpec("P")
R = TypeVar("R")


class NotAllowed(PermissionDenied, Http404):
    """The role may not do this. Shown as 404: whoever may not, learns nothing of what exists."""


def may(by: Actor | None, name: str) -> bool:
    """Whether an actor (None: a visitor) may do an action, named ``room.action`` as in the room's ``roles.csv``."""
    return rules.may(permissions(), "action", name, by.role if by else None)


def require(by: Actor | None, name: str) -> None:
    """Raise NotAllowed unless ``may(by, name)``."""
    if not may(by, name):
        raise NotAllowed(name)


def require_area(by: Actor, region: str) -> None:
    """Raise NotAllowed unless a region lies in the actor's area; an empty one only whole-city actors cover."""
    if not rules.sees_region(by.area, region):
        raise NotAllowed(region)


def may_open(by: Actor | None, name: str) -> bool:
    """Whether an actor may open a page, by its URL name with namespace."""
    return rules.may(permissions(), "page", name, by.role if by else None)


def guarded(action: Callable[P, R]) -> Callable[P, R]:
    """Let an action run only for roles that have it in ``roles.csv``; its name is ``room.function``."""
    name = f"{action.__module__.split('.')[1]}.{action.__name__}"

    @wraps(action)
    def checked(*args: P.args, **given: P.kwargs) -> R:
        by = given["by"]
        require(by if isinstance(by, Actor) else None, name)
        return action(*args, **given)

    return checked


def signed_in(request: HttpRequest) -> tuple[User, Actor]:
    """The person behind a request and who they are as an actor. Raises NotAllowed for a visitor."""
    user, actor = request.user, actor_of(request.user)
    if actor is None or not isinstance(user, User):
        raise NotAllowed("signed_in")
    return user, actor
