"""What was handed over, what is left, and who got none."""

from __future__ import annotations

from typing import Any

from satupintu.audit.rules import Actor
from satupintu.outreach.models import AidItem, Event, Receipt
from satupintu.outreach.queries.people import people_of


def item_for(event: Event, key: int) -> AidItem | None:
    """One kind of aid of an event."""
    return event.aid.filter(pk=key).first()


def aid_of(actor: Actor, event: Event) -> list[dict[str, Any]]:
    """Every item with its ledger: receipts by time, what is left, what it is worth, and who came and got none."""
    people = people_of(actor, event)["rows"]
    by_key = {row["participant"].pk: row for row in people}
    receipts = list(Receipt.objects.filter(item__event=event))
    found = []
    for item in event.aid.all():
        own = [receipt for receipt in receipts if receipt.item_id == item.pk]
        received = {receipt.participant_id for receipt in own}
        handed = sum(receipt.quantity for receipt in own)
        found.append(
            {
                "item": item,
                "receipts": [{"receipt": receipt, **by_key[receipt.participant_id]} for receipt in own],
                "handed": handed,
                "left": item.stock - handed,
                "worth": None if item.value is None else item.value * handed,
                "without": [row for row in people if row["presence"].came and row["participant"].pk not in received],
            }
        )
    return found
