"""Our side of the sign-in library: Indonesian sentences, and writes that go through our actions."""

from __future__ import annotations

import time
from typing import Any, ClassVar

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context, ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from satupintu.accounts import actions, queries, rules
from satupintu.accounts.models import User
from satupintu.audit import keys
from satupintu.kernel import vault

PLACE = "second-factor"


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in of staff by account name and password."""

    error_messages: ClassVar = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Akun ini sudah ditutup. Tanyakan ke administrator."),
        "enter_current_password": _("Kata sandi yang sekarang tidak cocok. Tulis lagi."),
        "incorrect_code": _("Kode tidak cocok. Tunggu kode baru di aplikasi, lalu tulis lagi."),
        "incorrect_password": _("Kata sandi tidak cocok. Tulis lagi."),
        "rate_limited": _("Terlalu sering dicoba. Tunggu 15 menit, lalu coba lagi."),
        "too_many_login_attempts": _("Terlalu banyak salah. Tunggu 15 menit, lalu coba lagi."),
        "username_password_mismatch": _("Nama akun atau kata sandi tidak cocok. Tulis lagi keduanya."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves here."""
        return False

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Witness a wrong password once it was the last one that was let through."""
        key = self._get_login_attempts_cache_key(request, **credentials)
        if not ratelimit.consume(request, action="login_failed", key=key, dry_run=True):
            actions.record_lockout(username=credentials.get("username", ""), by=rules.VISITOR, at=timezone.now())

    def set_password(self, user: User, password: str) -> None:
        """Keep a password a person chose."""
        by = queries.actor_of(user)
        if by:
            actions.set_own_password(user=user, password=password, by=by, at=timezone.now())

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to one's own account."""
        return reverse("accounts:account")

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Whether to ask for the password again: not within five minutes of signing in with it."""
        ways = queries.ways_of_signing_in(context.request)
        fresh = bool(ways) and time.time() - ways[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT
        return not fresh and super().is_reauthentication_required(app=app, **more)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Authenticator apps and recovery codes; their secrets are sealed at rest."""

    error_messages: ClassVar = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("Peran Anda wajib memakai kode kedua. Kode ini tidak bisa dimatikan."),
        "cannot_generate_recovery_codes": _("Nyalakan kode kedua dulu, lalu buat kode cadangan."),
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def get_totp_label(self, user: User) -> str:
        """What the app shows beside the code."""
        return user.username

    def encrypt(self, text: str) -> str:
        """Seal a secret for the database."""
        return keys.seal(keys.field_key(), text.encode(), PLACE).hex()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret. Raises CannotOpen if it was changed."""
        return vault.unseal(keys.field_key(), bytes.fromhex(encrypted_text), PLACE).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Roles that must have a second factor cannot turn it off themselves."""
        return not rules.needs_second_factor(authenticator.user.role)
