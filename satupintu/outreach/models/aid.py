"""What is handed over at an event, and to whom."""

from typing import ClassVar

from django.db import models

from satupintu.outreach.models.events import Event
from satupintu.outreach.models.observations import Added, Participant

PROOFS = (("signature", "signature"), ("photo", "photo"))


class AidItem(models.Model):
    """A kind of aid: ``stock`` units at the start, each worth ``value`` rupiah (empty: nobody told the value)."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="aid")
    name = models.CharField(max_length=150)
    unit = models.CharField(max_length=40)
    stock = models.PositiveIntegerField()
    value = models.PositiveBigIntegerField(null=True, blank=True)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "name"], name="outreach_aid_item_once")]

    def __str__(self) -> str:
        return self.name


class Receipt(Added):
    """Somebody received ``quantity`` units of an item, as seen.

    Two phones may each note one for the same card: the earliest counts (`queries.receipts_of`), others are evidence.
    """

    item = models.ForeignKey(AidItem, on_delete=models.PROTECT, related_name="receipts")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="receipts")
    quantity = models.PositiveIntegerField(default=1)
    proof = models.CharField(max_length=10, choices=PROOFS, default="signature")
    pressed_at = models.DateTimeField()

    class Meta:
        ordering = ("pressed_at", "ref")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="outreach_received_something")
        ]
        indexes: ClassVar = [models.Index(fields=["item", "participant"], name="outreach_receipt_of_card")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.participant_id}"
