"""Certificates, cards, stall sheets and receipts on paper."""

from satupintu.licensing.printing.cards import receipt_pdf, stall_sheet_pdf, vendor_card_pdf
from satupintu.licensing.printing.papers import UnusableTemplate, certificate_pdf
from satupintu.licensing.printing.said import (
    BY_BSRE,
    BY_LOCAL,
    UNSIGNED,
    Business,
    Head,
    Kbli,
    Place,
    PrintedCard,
    PrintedPaper,
    PrintedReceipt,
    PrintedStallSheet,
    SignedBy,
)

__all__ = [
    "BY_BSRE",
    "BY_LOCAL",
    "UNSIGNED",
    "Business",
    "Head",
    "Kbli",
    "Place",
    "PrintedCard",
    "PrintedPaper",
    "PrintedReceipt",
    "PrintedStallSheet",
    "SignedBy",
    "UnusableTemplate",
    "certificate_pdf",
    "receipt_pdf",
    "stall_sheet_pdf",
    "vendor_card_pdf",
]
