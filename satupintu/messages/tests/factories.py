"""Messages for tests: one that waits, and who acts."""

from datetime import UTC, datetime
from typing import Any

from satupintu.audit.rules import SYSTEM, Actor
from satupintu.messages import actions
from satupintu.messages.models import Message

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
ADMINISTRATOR = Actor("user:9", "dpmptsp", "administrator", "Petugas 09", "")
SIGNED_WITH = "rahasia-untuk-uji"
PHONE = "+6281234567890"
MAILBOX = "pedagang01@contoh.test"


CODE = {"template": "sign_in_code", "values": {"code": "482913", "minutes": "10"}}


def keep(**given: Any) -> Message:
    """One waiting message, by WhatsApp unless said otherwise."""
    usual: dict[str, Any] = {
        "key": "sign-in:1",
        "channel": "whatsapp",
        "to": PHONE,
        "template": "next_step_reminder",
        "language": "id",
        "values": {"step": "NIB", "cost": "gratis", "time": "1 hari", "link": "https://contoh.test/langkah/482913/"},
        "by": SYSTEM,
        "at": NOON,
    }
    return actions.enqueue(**{**usual, **given})
