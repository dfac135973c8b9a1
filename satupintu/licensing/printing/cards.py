"""Cards for the pocket, sheets for the stall, receipts of applications."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Literal

from satupintu.licensing.printing.papers import check_at, last_day, place_facts, set_paper
from satupintu.licensing.printing.qr import qr_svg
from satupintu.licensing.printing.said import PrintedCard, PrintedReceipt, PrintedStallSheet, spelled


def vendor_card_pdf(cards: Sequence[PrintedCard], at: datetime) -> bytes:
    """Cards of 85.6 x 54 mm with cut marks: a page of eight fronts, then their backs, and so on.

    Print on both sides, turned on the long edge, at 100 %. Raises ValueError without any card.
    """
    if not cards:
        raise ValueError("there is no card to print")
    files = {f"qr-{number}.svg": qr_svg(card.link) for number, card in enumerate(cards)}
    shown = [_card(card, name) for card, name in zip(cards, files, strict=True)]
    return set_paper("cards.typ", {"cards": shown}, files, at)


def stall_sheet_pdf(sheet: PrintedStallSheet, at: datetime, paper: Literal["a4", "a5"] = "a5") -> bytes:
    """One sheet to hang up, with a QR that is read from a step away."""
    facts = [("Berlaku sampai", last_day(sheet.valid_until)), ("Nomor", sheet.number), *place_facts(sheet.place)]
    shown = {
        "paper": paper,
        "head": asdict(sheet.head),
        "title": sheet.title,
        "number": sheet.number,
        "holder": sheet.holder,
        "business": sheet.business,
        "facts": facts,
        "code": spelled(sheet.code),
        "check_at": check_at(sheet.link),
        "is_permit": sheet.is_permit,
        "is_demo": sheet.is_demo,
    }
    return set_paper("stall.typ", shown, {"qr.svg": qr_svg(sheet.link)}, at)


def receipt_pdf(receipt: PrintedReceipt, at: datetime) -> bytes:
    """The receipt of an application on A5, with the QR of its tracking page."""
    facts = [
        ("Untuk", receipt.paper),
        ("Pemohon", receipt.holder),
        ("Diterima", receipt.received),
        ("Biaya", receipt.cost),
        ("Waktu", receipt.time),
    ]
    shown = {
        "head": asdict(receipt.head),
        "number": receipt.number,
        "facts": facts,
        "next_steps": list(receipt.next_steps),
        "documents": [list(row) for row in receipt.documents],
        "is_demo": receipt.is_demo,
    }
    return set_paper("receipt.typ", shown, {"qr.svg": qr_svg([receipt.link])}, at)


def _card(card: PrintedCard, qr: str) -> dict[str, Any]:
    return {
        "qr": qr,
        "city": card.head.city,
        "office": card.head.office,
        "help": card.head.help,
        "holder": card.holder,
        "business": card.business,
        "place": card.place,
        "nib": card.nib,
        "paper": card.paper,
        "until": last_day(card.valid_until),
        "is_open": card.valid_until is None,
        "code": spelled(card.code),
        "check_at": check_at(card.link),
        "steps": list(card.steps),
        "is_permit": card.is_permit,
        "is_demo": card.is_demo,
    }
