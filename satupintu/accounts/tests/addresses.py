"""What stands in the addresses of this room's pages, for the test that walks them as every role."""

from collections.abc import Callable
from typing import Any

from satupintu.accounts.models import User
from satupintu.accounts.tests.factories import make_office, make_user, sign_in


def _a_session(visitor: User | None) -> dict[str, Any]:
    from allauth.usersessions.models import UserSession
    from django.test import Client

    user = visitor or make_user()
    client = sign_in(Client(), user)
    key = client.session.session_key
    return {"session_id": UserSession.objects.create(user=user, ip="127.0.0.1", session_key=key, user_agent="").pk}


def _a_person(visitor: User | None) -> dict[str, Any]:
    return {"user_id": make_user("facilitator").pk}


# URL name: who asks (None for a visitor) -> the arguments of the address. Of something the asker would be shown.
ARGUMENTS: dict[str, Callable[[User | None], dict[str, Any]]] = {
    "accounts:session-end": _a_session,
    "accounts:office-edit": lambda visitor: {"code": make_office().code},
    **{
        f"accounts:{name}": _a_person
        for name in (
            "user",
            "user-role",
            "user-deactivate",
            "user-reactivate",
            "user-reset-second-factor",
            "user-new-password",
            "user-end-sessions",
        )
    },
}
