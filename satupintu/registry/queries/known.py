"""The closed lists by which the registry speaks: barriers, purposes of consent, papers, documents, regions."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from satupintu.catalogue import queries as catalogue
from satupintu.catalogue.rules.entries import Region
from satupintu.registry import reading
from satupintu.registry.rules.identity import BadNik, read_nik
from satupintu.registry.rules.lists import BarrierKind, ConsentPurpose, ConsentText, NumberForm


def barriers() -> dict[str, BarrierKind]:
    """Every coded barrier by its code, in the order of the file."""
    return dict(reading.lists().barriers)


def purposes() -> dict[str, ConsentPurpose]:
    """Every purpose one may agree to, by its name."""
    return dict(reading.lists().consents)


def texts_on(day: date) -> list[tuple[ConsentPurpose, ConsentText]]:
    """Every purpose with the words that count on a day, to be read out."""
    return [(purpose, purpose.on(day)) for purpose in purposes().values()]


def number_form(paper: str) -> NumberForm | None:
    """The form of a paper's number, if we know one."""
    return reading.lists().numbers.get(paper)


def papers() -> dict[str, str]:
    """Every paper of the catalogue with its Indonesian title."""
    return {code: licence.header.title for code, licence in catalogue.catalogue().licences.items()}


def documents() -> dict[str, str]:
    """Every kind of document of the catalogue with its Indonesian title."""
    return {code: document.title for code, document in catalogue.catalogue().documents.items()}


def photographed() -> dict[str, str]:
    """The kinds of document of which a photo or PDF can be kept, with titles; those asked for most come first."""
    kinds = [(code, document) for code, document in catalogue.catalogue().documents.items() if document.photo != "no"]
    kinds.sort(key=lambda pair: pair[1].photo != "first")
    return {code: document.title for code, document in kinds}


def regions() -> dict[str, Region]:
    """Every kecamatan and kelurahan by its code."""
    return dict(catalogue.catalogue().regions)


def region_name(code: str) -> str:
    """``Mustikasari, Mustikajaya``; the code itself if we do not know it."""
    known = catalogue.catalogue().regions
    names = [known[part].name for part in (code, code[:8] if len(code) > 8 else "") if part in known]
    return ", ".join(names) or code


def keep_person_until(day: date) -> date:
    """Until when somebody's values are kept if nothing changes after ``day``."""
    return day + timedelta(days=reading.lists().retention.person)


def messages_kept_since(at: datetime) -> datetime:
    """Messages that ended before this moment keep neither receiver nor text."""
    return at - timedelta(days=reading.lists().retention.message)


def idle_since(at: datetime) -> datetime:
    """Whoever did nothing on their plan since this moment may be reminded of it."""
    return at - timedelta(days=reading.lists().retention.reminder)


def keep_document_until(day: date) -> date:
    """Until when a document is kept that was added on ``day``."""
    return day + timedelta(days=reading.lists().retention.document)


def nik_warnings(nik: str, on: date) -> tuple[str, ...]:
    """What looks odd about a NIK without being a reason to refuse it; nothing for an empty or impossible one."""
    try:
        return read_nik(nik, regions().keys(), on).warnings
    except BadNik:
        return ()
