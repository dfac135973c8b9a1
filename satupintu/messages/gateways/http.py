"""A gateway for WhatsApp and SMS by HTTP: one signed POST of JSON for each try.

The provider gets ``Idempotency-Key`` (the same on every try), ``X-SatuPintu-Timestamp`` (seconds since 1970) and
``X-SatuPintu-Signature`` (see ``rules.signature``). It answers 2xx when it took the message, 409 when it had taken
this key before, 4xx when it never will; anything else is tried again. ``README.md`` of this room is its contract.
"""

import json
from datetime import datetime

import httpx
from django.conf import settings

from satupintu.messages import rules

SAME_KEY_IS_SENT_ONCE = True
TIMEOUT = httpx.Timeout(15, connect=5)


def send(parcel: rules.Parcel, at: datetime) -> rules.Answer:
    """Ask the provider once. No answer, or one that cannot be read, means: later, with the same key."""
    body = json.dumps(
        {
            "key": parcel.key,
            "channel": parcel.channel,
            "to": parcel.to,
            "template": parcel.template,
            "language": parcel.language,
            "text": parcel.text,
        },
        ensure_ascii=False,
    ).encode()
    try:
        reply = httpx.post(
            settings.MESSAGE_GATEWAY_URL, content=body, headers=_headers(parcel.key, at, body), timeout=TIMEOUT
        )
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return rules.Answer(rules.LATER, rules.short_words(f"{type(error).__name__}: {error}"))
    meaning = rules.http_meaning(reply.status_code)
    words = f"HTTP {reply.status_code}"
    if meaning != rules.ACCEPTED:
        words = rules.short_words(f"{words} {reply.text[:500]}")
    return rules.Answer(meaning, words, _provider_id(reply))


def _headers(key: str, at: datetime, body: bytes) -> dict[str, str]:
    timestamp = str(int(at.timestamp()))
    return {
        "Content-Type": "application/json",
        "Idempotency-Key": key,
        "X-SatuPintu-Timestamp": timestamp,
        "X-SatuPintu-Signature": rules.signature(settings.MESSAGE_GATEWAY_SECRET, timestamp, body),
    }


def _provider_id(reply: httpx.Response) -> str:
    """The provider's own number for the message: ``id`` of a JSON object, else nothing."""
    try:
        told = reply.json()
    except ValueError:
        return ""
    given = told.get("id") if isinstance(told, dict) else None
    return str(given)[:200] if isinstance(given, str | int) else ""
