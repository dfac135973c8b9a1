"""The fee of a file: billed by who examines, paid against a receipt number."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from satupintu.accounts.gate import guarded
from satupintu.audit.rules import Actor
from satupintu.licensing.actions.claims import _free
from satupintu.licensing.actions.moves import _locked, make_move
from satupintu.licensing.models import Application, Bill
from satupintu.licensing.queries.standing import service_of
from satupintu.web.formats import rupiah


@guarded
@transaction.atomic
def bill(*, application: Application, revision: int | None = None, by: Actor, at: datetime) -> Bill:
    """Bill the fee of the licence's data, in whole rupiah with its basis; the clock stands until it is paid.

    Raises Stale, Held, NotAllowed, ValidationError where no fee is known.
    """
    application = _free(_locked(application, by, at), by, at)
    fee = service_of(application).fee
    moved = make_move(
        application=application,
        move="bill",
        revision=revision,
        values={"rupiah": fee.rupiah},
        told={"cost": rupiah(fee.rupiah or 0)},
        by=by,
        at=at,
    )
    return Bill.objects.create(
        application=moved,
        rupiah=fee.rupiah or 0,
        basis=(fee.basis or fee.source or "")[:150],
        billed_by=by.ref,
        billed_at=at,
    )


@guarded
@transaction.atomic
def pay(
    *, application: Application, receipt: str, paid_on: date, revision: int | None = None, by: Actor, at: datetime
) -> Bill:
    """Note that the bill was paid, with the number of the receipt and its day; the clock goes on.

    Whoever examines still holds the file meanwhile, which keeps no counter from noting a payment. Raises Stale,
    NotAllowed, ValidationError.
    """
    application, receipt = _locked(application, by, at), " ".join(receipt.split())
    if not receipt or len(receipt) > 60:
        raise ValidationError({"receipt": _("Tulis nomor tanda terima, paling banyak 60 huruf.")})
    if paid_on > localdate(at):
        raise ValidationError({"paid_on": _("Tanggal bayarnya belum lewat. Periksa lagi.")})
    make_move(application=application, move="pay", revision=revision, values={"receipt": receipt}, by=by, at=at)
    paid = application.bills.filter(made_at=None).latest("billed_at")
    paid.receipt, paid.paid_on, paid.made_by, paid.made_at = receipt, paid_on, by.ref, at
    paid.save(update_fields=["receipt", "paid_on", "made_by", "made_at"])
    return paid
