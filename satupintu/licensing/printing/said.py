"""What stands on each paper, as plain values. Papers are Indonesian whatever the language of the screen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from satupintu.kernel.seal.typed_codes import is_code

UNSIGNED, BY_LOCAL, BY_BSRE = "none", "local", "bsre"
SIGNATURES = {
    UNSIGNED: "",
    BY_LOCAL: "Ditandatangani dengan sertifikat uji coba kota; belum tersertifikasi",
    BY_BSRE: "Ditandatangani secara elektronik melalui BSrE (Balai Sertifikasi Elektronik)",
}
WITHOUT_END = "selama usaha berjalan"
IDENTITY_NUMBER = re.compile(r"[0-9]{16}")
CARD_STEPS = (
    "Bawa kartu ini saat berjualan.",
    "Tunjukkan QR kepada petugas yang memeriksa.",
    "Perpanjang sebelum tanggal di kartu lewat.",
)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a letter. ``help`` is where people ask, as ``WA 0812 0000 0000``; empty is left out."""

    city: str
    office: str
    address: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Kbli:
    """The business code of the paper; ``version`` is the year of the list it is from, ``2020`` or ``2025``."""

    version: str
    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Business:
    """What is sold. ``size`` is the stall's measure as people write it, ``1,5 m x 1 m``; empty is left out."""

    name: str
    kbli: Kbli | None = None
    size: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when is sold; each may be empty and is left out then."""

    market: str = ""
    stall: str = ""
    address: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class SignedBy:
    """Who signs. An acting official names on whose behalf (``on_behalf_of``, a title) and by which ``letter``."""

    title: str
    name: str
    place: str
    day: date
    on_behalf_of: str = ""
    letter: str = ""


@dataclass(frozen=True, slots=True)
class PrintedPaper:
    """A certificate. Days include both ends; ``valid_until`` None is printed as "selama usaha berjalan".

    ``link`` are the two ``kernel.seal.links.link_parts``, ``code`` the seven characters. ``nik`` is masked: sixteen
    digits in a row raise ValueError, as do an unknown ``signature`` and a mistyped code.
    """

    head: Head
    number: str
    title: str
    plain_title: str
    holder: str
    nik: str
    business: Business
    place: Place
    valid_from: date
    valid_until: date | None
    signed: SignedBy
    link: tuple[str, str]
    code: str
    helpers: str = ""
    conditions: Sequence[str] = ()
    basis: Sequence[str] = ()
    signature: str = BY_LOCAL
    is_demo: bool = False

    def __post_init__(self) -> None:
        """Refuse what may not stand on paper."""
        if IDENTITY_NUMBER.search(self.nik):
            raise ValueError("the NIK on a paper must be masked")
        if self.signature not in SIGNATURES:
            raise ValueError(f"{self.signature} is no kind of signature")
        _check_code(self.code)


@dataclass(frozen=True, slots=True)
class PrintedCard:
    """A card for the pocket. ``paper`` is the word before the day (``Tanda daftar``), ``holder`` and ``nib`` are
    masked as on the screen. ``is_permit`` False prints "Bukan izin": the paper itself is issued elsewhere."""

    head: Head
    holder: str
    business: str
    place: str
    paper: str
    valid_until: date | None
    link: tuple[str, str]
    code: str
    nib: str = ""
    is_permit: bool = True
    is_demo: bool = False
    steps: Sequence[str] = field(default=CARD_STEPS)

    def __post_init__(self) -> None:
        """Refuse what may not stand on a card."""
        if IDENTITY_NUMBER.search(f"{self.holder} {self.nib}".replace(" ", "")):
            raise ValueError("a card shows no identity number")
        _check_code(self.code)


@dataclass(frozen=True, slots=True)
class PrintedStallSheet:
    """A sheet to hang up at the stall: what passers-by and officers may see, so initials and no name in full."""

    head: Head
    title: str
    number: str
    holder: str
    business: str
    place: Place
    valid_until: date | None
    link: tuple[str, str]
    code: str
    is_permit: bool = True
    is_demo: bool = False

    def __post_init__(self) -> None:
        """Refuse what may not hang in the street."""
        if IDENTITY_NUMBER.search(self.holder):
            raise ValueError("a stall sheet shows no identity number")
        _check_code(self.code)


@dataclass(frozen=True, slots=True)
class PrintedReceipt:
    """The receipt of an application. ``link`` opens its tracking page. ``cost`` and ``time`` are always said, also
    when they are not known; ``next_steps`` tell what to expect, ``documents`` what was handed in and how it is."""

    head: Head
    number: str
    paper: str
    holder: str
    received: str
    link: str
    cost: str
    time: str
    next_steps: Sequence[str]
    documents: Sequence[tuple[str, str]] = ()
    is_demo: bool = False


def spelled(code: str) -> str:
    """Seven characters as they are read aloud.

    >>> spelled("7K294QX")
    '7K2-94QX'
    """
    return f"{code[:3]}-{code[3:]}"


def _check_code(code: str) -> None:
    if not is_code(code):
        raise ValueError(f"{code} is no typed code")
