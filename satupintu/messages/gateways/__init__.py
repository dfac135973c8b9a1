"""The ways out of the house. A gateway sends one parcel and says what became of it; it never raises for a refusal."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from satupintu.messages import rules
from satupintu.messages.gateways import files, http, smtp

SMTP, HTTP, FILES = "smtp", "http", "file"


class Gateway(Protocol):
    """What every gateway module offers."""

    SAME_KEY_IS_SENT_ONCE: bool

    def send(self, parcel: rules.Parcel, at: datetime) -> rules.Answer:
        """Send now; ``at`` is the moment of sending."""
        ...


GATEWAYS: dict[str, Gateway] = {SMTP: smtp, HTTP: http, FILES: files}


def name_for(channel: str) -> str:
    """The gateway a channel goes through: as the settings say, else a file in the deployment's own folder."""
    if channel == rules.EMAIL:
        return SMTP if settings.EMAIL_URL else FILES
    return HTTP if settings.MESSAGE_GATEWAY_URL else FILES


def check() -> None:
    """Raises ImproperlyConfigured when the HTTP gateway's address or secret cannot be used."""
    if not settings.MESSAGE_GATEWAY_URL:
        return
    if not settings.MESSAGE_GATEWAY_URL.startswith(("https://", "http://")):
        raise ImproperlyConfigured("MESSAGE_GATEWAY_URL must begin with https:// or http://")
    if not settings.MESSAGE_GATEWAY_SECRET:
        raise ImproperlyConfigured("MESSAGE_GATEWAY_URL needs MESSAGE_GATEWAY_SECRET, which signs every request")
