"""Handing aid over."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from satupintu.accounts.gate import guarded, require_area
from satupintu.audit.rules import Actor
from satupintu.outreach.actions.events import _checked, _one_line, _record, _same_event
from satupintu.outreach.models import AidItem, Event, Participant, Receipt
from satupintu.web.formats import clock as written

MOST_UNITS = 999  # for one person; more is a slip of the finger


@guarded
@transaction.atomic
def add_aid(
    *, event: Event, name: str, unit: str, stock: int, value: int | None = None, by: Actor, at: datetime
) -> AidItem:
    """Write a kind of aid, how many units there are and what one is worth in rupiah. Raises ValidationError."""
    require_area(by, event.region)
    item = AidItem(
        event=event, name=_one_line(name), unit=_one_line(unit), stock=stock, value=value, made_by=by.ref, made_at=at
    )
    if event.aid.filter(name=item.name).exists():
        raise ValidationError({"name": _("Bantuan ini sudah tercatat.")})
    _checked(item)
    item.save(force_insert=True)
    values = {"name": item.name, "unit": item.unit, "stock": stock, "value": value}
    _record("aid_added", event, values, by=by, at=at)
    return item


@guarded
@transaction.atomic
def hand_over(
    *,
    item: AidItem,
    participant: Participant,
    ref: UUID,
    pressed_at: datetime,
    quantity: int = 1,
    proof: str = "signature",
    from_yard: bool = False,
    by: Actor,
    at: datetime,
) -> Receipt:
    """Note that somebody received an item. A second time is refused with when the first one was.

    What a phone noted without a signal (``from_yard``) is kept all the same: which of two counts is worked out, so that
    it does not matter which arrives first. More than the stock is kept too: it was seen in the yard, and the balance
    shows it. Raises ValidationError, NotAllowed.
    """
    require_area(by, item.event.region)
    item = AidItem.objects.select_for_update().select_related("event").get(pk=item.pk)
    known = Receipt.objects.filter(ref=ref).select_related("item").first()
    if known:
        _same_event(known.item.event_id, item.event)
        return known
    if participant.event_id != item.event_id:
        raise ValidationError(_("Peserta ini dari acara lain."))
    if not 1 <= quantity <= MOST_UNITS:
        raise ValidationError(_("Tulis jumlahnya dengan angka, 1 sampai %(most)d.") % {"most": MOST_UNITS})
    earlier = item.receipts.filter(participant=participant).first()
    if earlier and not from_yard:
        raise ValidationError(_("%(card)s sudah menerima pukul %(clock)s.") % _told(participant, earlier))
    receipt = Receipt(
        item=item,
        participant=participant,
        ref=ref,
        quantity=quantity,
        proof=proof,
        pressed_at=pressed_at,
        made_by=by.ref,
        made_at=at,
    )
    _checked(receipt)
    receipt.save(force_insert=True)
    values = {"item": item.name, "card": participant.card, "quantity": quantity, "proof": proof}
    _record("aid_handed_over", item.event, values, by=by, at=at)
    return receipt


def _told(participant: Participant, receipt: Receipt) -> dict[str, str]:
    language = "en" if get_language() == "en" else "id"
    return {"card": participant.card, "clock": written(localtime(receipt.pressed_at).time(), language)}
