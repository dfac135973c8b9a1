"""Taking in a table of people: all of it checked first, then written some rows at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from satupintu.accounts.gate import NotAllowed, guarded
from satupintu.accounts.rules import sees_region
from satupintu.audit import actions as audit
from satupintu.audit.fields import lookup
from satupintu.audit.rules import Actor
from satupintu.catalogue import queries as catalogue
from satupintu.registry import sheets, uploads
from satupintu.registry.actions.businesses import _check_facts, _unusable_texts
from satupintu.registry.actions.row_writing import _codes_of, _write_rows
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
AT_ONCE = 100  # rows of one transaction: others wait for no more than these
Row = tuple[int, dict[str, str]]  # its number in the file, and its cells by column


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
            # Only the ending: people name files after people.
            file_name=f"pedagang{PurePath(file_name).suffix.lower()[:10]}",
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
def import_people(*, made: Import, by: Actor, at: datetime) -> Import:
    """Write the next rows of a checked file, at most ``AT_ONCE``; call again until ``done_at`` is set.

    Before the first row everything is checked once more. Rows that are in stay in; one that became wrong meanwhile is
    left out and named in ``errors``. Raises ValidationError, NotAllowed.
    """
    made = Import.objects.select_for_update().get(pk=made.pk)
    if made.made_by != by.ref:
        raise NotAllowed("import_people")
    if made.done_at or (made.errors and not made.begun_at):
        raise ValidationError("Berkas ini sudah dimasukkan atau masih ada yang salah. Kirim berkas baru.")
    content = uploads.content(made.ref)
    if made.begun_at is None:
        _begin(made, content, by, at)
    _take_in(made, _in_order(sheets.read(content)[1])[made.passed : made.passed + AT_ONCE], by, at)
    if made.passed >= made.rows:
        _finish(made, by, at)
    made.save()
    return made


def _begin(made: Import, content: bytes, by: Actor, at: datetime) -> None:
    faults = _check(content, by, at).faults
    if faults:
        raise ValidationError(f"Baris {faults[0].row}, kolom {faults[0].column}: {faults[0].what}")
    made.begun_at = at
    audit.record(action="registry.import_begun", object=f"import:{made.ref}", values={"rows": made.rows}, by=by, at=at)


def _in_order(rows: list[Row]) -> list[Row]:
    """The rows by their region, so that each batch asks about few regions; always the same for the same file."""
    return sorted(rows, key=lambda row: (row[1].get("wilayah", "").lower(), row[0]))


def _take_in(made: Import, rows: list[Row], by: Actor, at: datetime) -> None:
    """Write some rows; those that cannot be written any more are named, the others do not wait for them."""
    checked, faults = _checked_rows(rows, by, at)
    wrong = {fault.row for fault in faults}
    good = [row for row in checked if row.row not in wrong]
    _write_rows(good, _markets(), by, at)
    made.passed += len(rows)
    made.added += len(good)
    made.errors = [*made.errors, *(fault.as_json() for fault in faults)][:MOST_FAULTS]


def _finish(made: Import, by: Actor, at: datetime) -> None:
    made.done_at = at
    values = {"people": made.added, "left_out": made.rows - made.added}
    audit.record(action="registry.imported", object=f"import:{made.ref}", values=values, by=by, at=at)
    transaction.on_commit(lambda: uploads.remove(made.ref))


def _check(content: bytes, by: Actor, at: datetime) -> Checked:
    try:
        head, rows = sheets.read(content)
    except sheets.NotATable as error:
        raise ValidationError({"file": str(error)}) from error
    faults = head_faults(head, len(rows))
    if faults:
        return Checked([], faults, len(rows))
    checked, faults = _checked_rows(rows, by, at)
    return Checked(checked, sorted(faults, key=lambda fault: fault.row), len(rows))


def _checked_rows(rows: list[Row], by: Actor, at: datetime) -> tuple[list[RowValues], list[Fault]]:
    """Rows as values, and what is wrong with them each for itself, among themselves and beside who is registered."""
    checked, faults = [], []
    words, markets = region_words(), _markets()
    for number, cells in rows:
        values, wrong = row_values(number, cells, words)
        wrong += _row_faults(values, markets, by, at, skip={fault.column for fault in wrong})
        faults += wrong
        checked.append(values)
    return checked, [*faults, *_same_niks(checked)]


def _row_faults(
    values: RowValues, markets: Mapping[str, Market], by: Actor, at: datetime, skip: set[str]
) -> Iterator[Fault]:
    """What the same checks as at the counter say about a row; its values are replaced by the checked ones."""
    person = values.person
    try:
        person |= _checked({**person, "language": "id", "channel": "none"}, localdate(at))
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
        _check_facts({}, business["place"], _codes_of(business), localdate(at))
    except ValidationError as error:
        yield from _as_faults(values.row, error, skip)
    wrong = _unusable_texts(business["trade_name"], business["address"], business["stall_label"])
    for name, sentence in wrong.items():
        yield Fault(values.row, COLUMN_OF[name], sentence)


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


def _code_doubts(row: RowValues) -> Iterator[Fault]:
    """Codes that our list lacks: it is shorter than the official one unless a city imported that (kbli import)."""
    for version, code in _codes_of(row.business) if row.business else ():
        if (version, code) not in catalogue.catalogue().codes:
            what = f"Kode {code} tidak ada di daftar KBLI {version} kami. Cocokkan dengan daftar resmi."
            yield Fault(row.row, "kbli", what)


def _doubts(rows: list[RowValues], at: datetime) -> Iterator[Fault]:
    """What is no reason to refuse a row but worth a look: a NIK from elsewhere, a phone somebody has already."""
    phones = {row.row: lookup("phone", str(row.person["phone"])) for row in rows if row.person.get("phone")}
    known = Person.objects.filter(phone_lookup__in=set(phones.values()), merged_into=None, forgotten_at=None)
    taken = set(known.values_list("phone_lookup", flat=True))
    for row in rows:
        for warning in nik_warnings(str(row.person.get("nik", "")), localdate(at)):
            yield Fault(row.row, "nik", warning)
        if phones.get(row.row) in taken:
            yield Fault(row.row, "hp", "Nomor ini sudah dipakai orang lain. Nanti ada di Data ganda.")
        yield from _code_doubts(row)


def _markets() -> dict[str, Market]:
    """Markets by their code and by their name in small letters."""
    markets = list(Market.objects.all())
    return {m.name.lower(): m for m in markets} | {m.code: m for m in markets}
