"""The certificate on A4, from a template that a deployment may replace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from satupintu.catalogue.queries import deployment_folder
from satupintu.licensing.printing.qr import qr_svg
from satupintu.licensing.printing.said import SIGNATURES, WITHOUT_END, Place, PrintedPaper, SignedBy, spelled
from satupintu.web.formats import date_long
from satupintu.web.typesetting import typeset

DOCUMENTS = Path(__file__).parent / "documents"
ARMS = ("arms.svg", "arms.png", "arms.jpg")


class UnusableTemplate(ValueError):
    """The deployment's own template has a fault; the message is one sentence saying which file, why and what to do."""


def certificate_pdf(paper: PrintedPaper, at: datetime) -> bytes:
    """The certificate as PDF/A-2a and PDF/UA-1, not signed yet; ``at`` is the moment written into the file.

    Raises UnusableTemplate when the deployment's own ``data/licensing/printing/certificate.typ`` cannot be set.
    """
    shown = {
        "head": asdict(paper.head),
        "number": paper.number,
        "title": paper.title,
        "plain_title": paper.plain_title,
        "facts": _facts(paper),
        "conditions": list(paper.conditions),
        "basis": list(paper.basis),
        "signed": _signed(paper.signed),
        "signature_words": SIGNATURES[paper.signature],
        "code": spelled(paper.code),
        "check_at": check_at(paper.link),
        "is_demo": paper.is_demo,
    }
    return set_paper("certificate.typ", shown, {"qr.svg": qr_svg(paper.link)}, at)


def set_paper(name: str, shown: Mapping[str, Any], files: Mapping[str, bytes], at: datetime) -> bytes:
    """A document of this room as PDF, with the arms of the city where the deployment has them."""
    import typst

    own = deployment_folder() / "licensing" / "printing"
    arms = next((own / file for file in ARMS if (own / file).is_file()), None)
    pictures = {**files, arms.name: arms.read_bytes()} if arms else files
    given = {**shown, "arms": arms.name if arms else None}
    try:
        return typeset(name, [DOCUMENTS, own], given, pictures, at)
    except typst.TypstError as error:
        if not any(own.glob("*.typ")) and not arms:
            raise
        raise UnusableTemplate(
            f"{own}: contoh surat milik kota tidak bisa dicetak ({error}). Perbaiki atau pindahkan berkas di situ."
        ) from error


def check_at(link: tuple[str, str]) -> str:
    """Where a code is typed, without scheme and sign: ``satupintu.example/c``."""
    return link[0].partition("://")[2].removesuffix("#")


def last_day(day: date | None) -> str:
    """The last valid day in words."""
    return WITHOUT_END if day is None else date_long(day)


def place_facts(place: Place) -> list[tuple[str, str]]:
    """The rows about a place that have a value."""
    where = ", ".join(filter(None, (place.market, place.stall)))
    return _given(("Tempat", where), ("Alamat", place.address), ("Hari dan jam", place.hours))


def _facts(paper: PrintedPaper) -> list[tuple[str, str]]:
    kbli = paper.business.kbli
    code = f"{kbli.code} {kbli.title} (KBLI {kbli.version})" if kbli else ""
    return [
        *_given(("Nama", paper.holder), ("NIK", paper.nik), ("Usaha", paper.business.name), ("Kode usaha", code)),
        *place_facts(paper.place),
        *_given(("Ukuran", paper.business.size), ("Ikut berjualan", paper.helpers)),
        ("Berlaku mulai", date_long(paper.valid_from)),
        ("Berlaku sampai", last_day(paper.valid_until)),
    ]


def _given(*rows: tuple[str, str]) -> list[tuple[str, str]]:
    return [row for row in rows if row[1]]


def _signed(signed: SignedBy) -> dict[str, str]:
    letter = f"Bertindak berdasarkan {signed.letter}" if signed.letter else ""
    return {**asdict(signed), "day": date_long(signed.day), "letter": letter}
