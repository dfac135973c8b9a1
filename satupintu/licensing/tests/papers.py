"""Papers to print in tests: one as plain as can be, one as long and odd as can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from satupintu.kernel.seal.links import link_parts
from satupintu.kernel.seal.tests.given import PAYLOAD
from satupintu.kernel.seal.typed_codes import typed_code
from satupintu.licensing.printing import (
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

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
LINK = link_parts("satupintu.bekasikota.example", PAYLOAD)
CODE = typed_code(4_211)
HEAD = Head("Kota Bekasi", "Dinas Koperasi dan UKM", "Jl. Contoh No. 1, Bekasi", "WA 0812 0000 0000")
HERE = Place("Pasar Contoh", "Lapak 12", "Jl. Contoh Raya, Mustikasari", "Senin sampai Sabtu, 06.00\N{EN DASH}11.00")
ENDLESS = "X" * 70
ODD = "Pedagang Ñandú Ø’Łukasz 先生 \N{PILE OF POO} ‘Abd al-Ḥāfiẓ " + "Panjang Sekali " * 6


def paper(**changes: Any) -> PrintedPaper:
    """The certificate of a street vendor."""
    made = PrintedPaper(
        head=HEAD,
        number="503/0001/TDU-PKL/DISKOPUKM/2026",
        title="Tanda Daftar Usaha Pedagang Kaki Lima",
        plain_title="Kartu tanda pedagang kaki lima",
        holder="Pedagang 01",
        nik="327501******0001",
        business=Business("Nasi uduk, gerobak", Kbli("2020", "56104", "Penyediaan makanan keliling"), "1,5 m x 1 m"),
        place=HERE,
        valid_from=date(2026, 11, 24),
        valid_until=date(2027, 11, 24),
        signed=SignedBy("Kepala Dinas Koperasi dan UKM", "Pejabat 01", "Bekasi", date(2026, 11, 24)),
        link=LINK,
        code=CODE,
        conditions=("Berjualan hanya di tempat dan jam di atas.", "Menjaga kebersihan tempat."),
        basis=("Perda Kota Bekasi 18/2024",),
    )
    return replace(made, **changes)


def odd_paper() -> PrintedPaper:
    """Every field as long and odd as a form lets it be, by an acting official, as a demo."""
    return paper(
        number=f"503/{'0' * 30}/TDU",
        title="Tanda Daftar Usaha " + "Pedagang Kaki Lima " * 4,
        holder=ODD,
        business=Business(ENDLESS + " " + ODD, Kbli("2025", "56104", ODD), "1,5 m x 1 m"),
        place=Place(ODD, ENDLESS, ODD * 2, ODD),
        valid_until=None,
        signed=SignedBy(
            "Sekretaris Dinas " * 4,
            ODD,
            "Bekasi",
            date(2026, 11, 24),
            on_behalf_of="Kepala Dinas Koperasi dan UKM",
            letter="surat tugas nomor 800/12/DISKOPUKM/2026",
        ),
        conditions=tuple(f"{ODD} {number}" for number in range(12)),
        basis=tuple(f"{ODD} {number}" for number in range(6)),
        is_demo=True,
    )


def card(**changes: Any) -> PrintedCard:
    """The card of a street vendor."""
    made = PrintedCard(
        head=HEAD,
        holder="PEDAGANG 0•",
        business="Nasi uduk · gerobak",
        place="Jl. Contoh Raya, Mustikasari",
        paper="Tanda daftar",
        valid_until=date(2027, 11, 24),
        link=LINK,
        code=CODE,
        nib="91••••••••27",
    )
    return replace(made, **changes)


def odd_card() -> PrintedCard:
    """A card whose every field is too long, of a paper issued elsewhere, as a demo."""
    return card(
        head=replace(HEAD, office="Dinas " * 30, help=ENDLESS),
        holder=ODD,
        business=ENDLESS + ODD,
        place=ODD * 2,
        paper="Sertifikat pemenuhan komitmen produksi pangan",
        valid_until=None,
        is_permit=False,
        is_demo=True,
        steps=(ODD, ODD, ODD),
    )


def stall_sheet(**changes: Any) -> PrintedStallSheet:
    """The sheet of a street vendor's stall."""
    made = PrintedStallSheet(
        head=HEAD,
        title="Tanda Daftar Usaha Pedagang Kaki Lima",
        number="503/0001/TDU-PKL/DISKOPUKM/2026",
        holder="P.0.",
        business="Nasi uduk · gerobak",
        place=HERE,
        valid_until=date(2027, 11, 24),
        link=LINK,
        code=CODE,
    )
    return replace(made, **changes)


def odd_stall_sheet() -> PrintedStallSheet:
    """A sheet whose every field is too long, of a paper issued elsewhere, as a demo."""
    return stall_sheet(
        title="Tanda Daftar " * 9,
        holder=ODD,
        business=ENDLESS + ODD,
        place=Place(ODD, ENDLESS, ODD, ODD),
        valid_until=None,
        is_permit=False,
        is_demo=True,
    )


def receipt(**changes: Any) -> PrintedReceipt:
    """The receipt of an application."""
    made = PrintedReceipt(
        head=HEAD,
        number="SP-7K2-94-QX7M",
        paper="Tanda Daftar Usaha Pedagang Kaki Lima",
        holder="Pedagang 01",
        received="24 November 2026, 08.30",
        link="https://satupintu.bekasikota.example/lacak/SP-7K2-94-QX7M",
        cost="Gratis",
        time="Lamanya belum ditetapkan. Kami catat tiap harinya.",
        next_steps=(
            "Petugas memeriksa berkas Bapak/Ibu.",
            "Bila ada yang kurang, kami kabari lewat WA.",
            "Bila lengkap, dinas memutuskan lalu menerbitkan surat.",
        ),
        documents=(("KTP", "foto diterima"), ("SKU", "dibawa ke loket")),
    )
    return replace(made, **changes)
