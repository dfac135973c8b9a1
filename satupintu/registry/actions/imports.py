"""Taking in a table of people: checked first, then all of it or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from satupintu.accounts.gate import NotAllowed, guarded
from satupintu.accounts.rules import sees_region
from satupintu.audit import actions as audit
from satupintu.audit.fields import lookup
from satupintu.audit.rules import Actor
from satupintu.registry import sheets, uploads
from satupintu.registry.actions.businesses import _check_facts, add_business
from satupintu.registry.actions.people import _write_new
from satupintu.registry.actions.values import _checked
from satupintu.registry.models import Import, Market, Person
from satupintu.registry.queries.imports import region_words
from satupintu.registry.queries.known import nik_warnings
from satupintu.registry.rules.rows import (
    BUSINESS_COLUMNS,
    PERSON_COLUMNS,
    Fault,
    RowValues,
    head_faults,
    row_values,
)

COLUMN_OF = {to: column for columns in (PERSON_COLUMNS, BUSINESS_COLUMNS) for column, to in columns.items()}
COLUMN_OF |= {"codes": "kbli", "facts": "tempat"}
MOST_FAULTS = 200


@dataclass(frozen=True)
class Checked:
    """A file's rows as checked values, and everything that is wrong with it."""

    rows: list[RowValues]
    faults: list[Fault]
    count: int


@guarded
def check_import(*, file_name: str, content: bytes, by: Actor, at: datetime) -> Import:
    """Read a CSV or XLSX without writing anybody, and keep the file (sealed) if it can be taken in.

    What is wrong stands in ``errors``, by row and column. Raises ValidationError if it is no table, NotAllowed.
    """
    checked = _check(content, by, at)
    with transaction.atomic():
        made = Import.objects.create(
            file_name=file_name[-150:],
            sha256=hashlib.sha256(content).hexdigest(),
            rows=checked.count,
            errors=[fault.as_json() for fault in checked.faults[:MOST_FAULTS]],
            warnings=[doubt.as_json() for doubt in islice(_doubts(checked.rows, at), MOST_FAULTS)],
            office=by.office,
            made_by=by.ref,
            made_at=at,
        )
        values = {"rows": checked.count, "errors": len(checked.faults), "sha256": made.sha256}
        audit.record(action="registry.import_checked", object=f"import:{made.ref}", values=values, by=by, at=at)
        if not checked.faults:
            uploads.keep(made.ref, content, None)
    return made


@guarded
@transaction.atomic
def import_people(*, made: Import, by: Actor, at: datetime) -> list[Person]:
    """Write everybody of a checked file, or nobody; it is checked once more. Raises ValidationError, NotAllowed."""
    made = Import.objects.select_for_update().get(pk=made.pk)
    if made.made_by != by.ref:
        raise NotAllowed("import_people")
    if made.done_at or made.errors:
        raise ValidationError("Berkas ini sudah dimasukkan atau masih ada yang salah. Kirim berkas baru.")
    checked = _check(uploads.content(made.ref), by, at)
    if checked.faults:
        first = checked.faults[0]
        raise ValidationError(f"Baris {first.row}, kolom {first.column}: {first.what}")
    people = [_write_row(row, by, at) for row in checked.rows]
    made.done_at = at
    made.save(update_fields=["done_at"])
    audit.record(action="registry.imported", object=f"import:{made.ref}", values={"people": len(people)}, by=by, at=at)
    transaction.on_commit(lambda: uploads.remove(made.ref))
    return people


def _check(content: bytes, by: Actor, at: datetime) -> Checked:
    try:
        head, rows = sheets.read(content)
    except sheets.NotATable as error:
        raise ValidationError({"file": str(error)}) from error
    faults = head_faults(head, len(rows))
    if faults:
        return Checked([], faults, len(rows))
    checked, words, markets = [], region_words(), _markets()
    for number, cells in rows:
        values, wrong = row_values(number, cells, words)
        wrong += _row_faults(values, markets, by, at, skip={fault.column for fault in wrong})
        faults += wrong
        checked.append(values)
    faults += _same_niks(checked)
    return Checked(checked, sorted(faults, key=lambda fault: fault.row), len(rows))


def _row_faults(
    values: RowValues, markets: Mapping[str, Market], by: Actor, at: datetime, skip: set[str]
) -> Iterator[Fault]:
    """What the same checks as at the counter say about a row; its values are replaced by the checked ones."""
    person = values.person
    try:
        person |= _checked({**person, "language": "id", "channel": "none"}, at.date())
    except ValidationError as error:
        yield from _as_faults(values.row, error, skip)
    region = str(person["region"])
    if region and not sees_region(by.area, region):
        yield Fault(values.row, "wilayah", "Wilayah ini bukan wilayah kantor Anda.")
    business = values.business
    if business is None:
        return
    if business["market"] and business["market"].lower() not in markets:
        yield Fault(values.row, "pasar", "Pasar ini belum terdaftar. Daftarkan dulu pasarnya.")
    if business["stall_label"] and not business["market"]:
        yield Fault(values.row, "lapak", "Tulis juga pasarnya.")
    try:
        _check_facts({}, business["place"], _codes(business), at.date())
    except ValidationError as error:
        yield from _as_faults(values.row, error, skip)


def _as_faults(row: int, error: ValidationError, skip: set[str]) -> Iterator[Fault]:
    for name, sentences in error.message_dict.items():
        column = COLUMN_OF.get(name, name)
        if column not in skip:
            yield Fault(row, column, sentences[0])


def _same_niks(rows: list[RowValues]) -> Iterator[Fault]:
    """Rows whose NIK stands twice in the file or is registered already."""
    lookups = {row.row: lookup("nik", str(row.person["nik"])) for row in rows if row.person["nik"]}
    known = Person.objects.filter(nik_lookup__in=set(lookups.values()), merged_into=None, forgotten_at=None)
    taken = set(known.values_list("nik_lookup", flat=True))
    first: dict[str, int] = {}
    for row, key in lookups.items():
        if key in taken:
            yield Fault(row, "nik", "NIK ini sudah terdaftar. Hapus barisnya.")
        elif key in first:
            yield Fault(row, "nik", f"NIK ini sama dengan baris {first[key]}. Sisakan satu.")
        first.setdefault(key, row)


def _doubts(rows: list[RowValues], at: datetime) -> Iterator[Fault]:
    """What is no reason to refuse a row but worth a look: a NIK from elsewhere, a phone somebody has already."""
    phones = {row.row: lookup("phone", str(row.person["phone"])) for row in rows if row.person.get("phone")}
    known = Person.objects.filter(phone_lookup__in=set(phones.values()), merged_into=None, forgotten_at=None)
    taken = set(known.values_list("phone_lookup", flat=True))
    for row in rows:
        for warning in nik_warnings(str(row.person.get("nik", "")), at.date()):
            yield Fault(row.row, "nik", warning)
        if phones.get(row.row) in taken:
            yield Fault(row.row, "hp", "Nomor ini sudah dipakai orang lain. Nanti ada di Data ganda.")


def _write_row(row: RowValues, by: Actor, at: datetime) -> Person:
    person = _write_new(row.person, source="import", by=by, at=at)
    if row.business is not None:
        business: dict[str, Any] = dict(row.business)
        market = _markets().get(business.pop("market").lower())
        codes = _codes(row.business)
        del business["code"], business["version"]
        add_business(person=person, market=market, codes=codes, by=by, at=at, **business)
    return person


def _codes(business: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(business["version"] or "2020", business["code"])] if business["code"] else []


def _markets() -> dict[str, Market]:
    """Markets by their code and by their name in small letters."""
    markets = list(Market.objects.all())
    return {m.name.lower(): m for m in markets} | {m.code: m for m in markets}
