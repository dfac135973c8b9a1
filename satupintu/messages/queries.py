"""Every read of the outbox."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from satupintu.audit import queries as audit
from satupintu.audit.rules import SYSTEM
from satupintu.catalogue.queries import deployment_folder
from satupintu.messages import gateways, rules, texts
from satupintu.messages.models import Channel, Message, State

ROWS_PER_PAGE = 25
BADGES = {
    rules.WAITING: "later",
    rules.SENDING: "checking",
    rules.SENT: "done",
    rules.FAILED: "refused",
    rules.GIVEN_UP: "not-needed",
    rules.UNCERTAIN: "doubtful",
}


@dataclass(frozen=True)
class Row:
    """A message as the list shows it: no text, and the receiver masked."""

    message: Message
    badge: str
    receiver: str


@lru_cache(maxsize=1)
def templates() -> dict[str, rules.Template]:
    """The checked templates by name, read once per process. Raises DataError with every problem found."""
    return texts.read([deployment_folder()])


def template(name: str) -> rules.Template:
    """One template. Raises UnusableMessage for a name that has no file."""
    if name not in templates():
        raise rules.UnusableMessage(f"Pesan {name} tidak ada di folder data/messages.")
    return templates()[name]


def outbox(state: str = "", channel: str = "", key: str = "", page: str = "1") -> dict[str, Any]:
    """A page of the outbox, newest first, how many messages each state has, and which channels do not leave.

    ``key`` finds messages whose key begins so.
    """
    found = Message.objects.defer("subject", "text")
    for name, value in {"state": state, "channel": channel, "key__startswith": key}.items():
        if value:
            found = found.filter(**{name: value})
    shown: Page[Message] = Paginator(found, ROWS_PER_PAGE).get_page(page)
    return {"page": shown, "rows": [_row(message) for message in shown], "counts": _counts(), "kept_here": _kept_here()}


def message_page(message_id: int) -> dict[str, Any] | None:
    """One message without its text, what may be decided about it, and what was done to it; None if there is none."""
    message = Message.objects.defer("subject", "text").filter(pk=message_id).first()
    if message is None:
        return None
    known = templates().get(message.template)
    return {
        "row": _row(message),
        "message": message,
        "about": known.about if known else message.template,
        "about_en": known.about_en if known else message.template,
        "decisions": []
        if message.is_blank
        else rules.decisions_in(message.state, can_be_sent(message, timezone.now())),
        "most_tries": rules.MOST_TRIES,
        "records": [
            (record, _done(record.action), _who(record.actor))
            for record in audit.with_reasons(audit.of_object(reference(message)))
        ],
    }


def can_be_sent(message: Message, at: datetime) -> bool:
    """Whether a message still has its text, and time to be sent."""
    in_time = message.expires_at is None or message.expires_at > at
    kept = not message.is_blank and (not message.is_secret or message.state in (rules.WAITING, rules.SENDING))
    return in_time and kept


def known_keys(keys: Collection[str]) -> set[str]:
    """Which of these keys a message has: its occasion was told."""
    return set(Message.objects.filter(key__in=keys).values_list("key", flat=True))


def reference(message: Message) -> str:
    """How the audit trail names a message."""
    return f"message:{message.pk}"


def _row(message: Message) -> Row:
    return Row(message, BADGES[message.state], rules.masked(message.channel, message.receiver))


def _counts() -> list[tuple[str, str, int]]:
    counted = dict(Message.objects.order_by().values_list("state").annotate(Count("pk")))
    return [(value, str(label), counted[value]) for value, label in State.choices if value in counted]


def _kept_here() -> list[str]:
    return [str(label) for value, label in Channel.choices if gateways.name_for(value) == gateways.FILES]


def _who(actor: str) -> str:
    """Who acted, as far as this room knows: the house itself or the number of an account."""
    if actor == SYSTEM.ref:
        return SYSTEM.name
    return _("akun %(number)s") % {"number": actor.removeprefix("user:")}


def _done(action: str) -> str:
    return {
        "messages.sent": _("Terkirim"),
        "messages.failed": _("Ditolak layanan pengirim"),
        "messages.given_up": _("Dihentikan"),
        "messages.uncertain": _("Belum pasti terkirim"),
        "messages.revealed": _("Isi pesan dibaca"),
        "messages.retry": _("Diminta kirim lagi"),
        "messages.give_up": _("Dihentikan petugas"),
        "messages.mark_sent": _("Ditandai terkirim oleh petugas"),
    }.get(action, action)
