"""Finding who is signed in."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend

from satupintu.accounts import queries
from satupintu.accounts.models import User


class AccountBackend(AuthenticationBackend):
    """The sign-in library's check of passwords; every request finds its person and their office in one query."""

    def get_user(self, user_id: int) -> User | None:
        """Who is signed in; None when the account is gone or closed."""
        user = queries.user_with_office(user_id)
        return user if user and self.user_can_authenticate(user) else None
