"""What was handed over, what is left, and who got none."""

from __future__ import annotations

from typing import Any

from satupintu.audit.rules import Actor
from satupintu.outreach.models import AidItem, Event, Receipt
from satupintu.outreach.queries.people import people_of
from satupintu.outreach.queries.photos import proofs_of


def item_for(event: Event, key: int) -> AidItem | None:
    """One kind of aid of an event."""
    return event.aid.filter(pk=key).first()


def receipts_of(event: Event) -> tuple[list[Receipt], list[Receipt]]:
    """The receipts of an event that count, and those noted again for the same item and card. One query.

    Of two the earliest by time, then UUID, counts, whichever arrived first.
    """
    counted: dict[tuple[int, int], Receipt] = {}
    again = []
    for receipt in Receipt.objects.filter(item__event=event).order_by("pressed_at", "ref"):
        if counted.setdefault((receipt.item_id, receipt.participant_id), receipt) is not receipt:
            again.append(receipt)
    return list(counted.values()), again


def aid_of(actor: Actor, event: Event) -> list[dict[str, Any]]:
    """Every item with its ledger: receipts by time with their photo, those noted again, what is left, its worth, who
    got none.
    """
    people = people_of(actor, event)["rows"]
    by_key = {row["participant"].pk: row for row in people}
    receipts, again = receipts_of(event)
    proofs = proofs_of(event)
    found = []
    for item in event.aid.all():
        own = [receipt for receipt in receipts if receipt.item_id == item.pk]
        received = {receipt.participant_id for receipt in own}
        handed = sum(receipt.quantity for receipt in own)
        found.append(
            {
                "item": item,
                "receipts": [
                    {
                        "receipt": receipt,
                        "photo": proofs.get((item.pk, receipt.participant_id)),
                        **by_key[receipt.participant_id],
                    }
                    for receipt in own
                ],
                "again": [{"receipt": one, **by_key[one.participant_id]} for one in again if one.item_id == item.pk],
                "handed": handed,
                "left": item.stock - handed,
                "worth": None if item.value is None else item.value * handed,
                "without": [row for row in people if row["presence"].came and row["participant"].pk not in received],
            }
        )
    return found
