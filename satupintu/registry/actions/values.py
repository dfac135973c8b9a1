"""The values of a person: checked as they come in, put on the row with what is searched by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.timezone import localdate

from satupintu.audit.fields import lookup
from satupintu.registry.models import Person
from satupintu.registry.queries.known import keep_person_until, regions
from satupintu.registry.rules.doubles import CHOOSABLE
from satupintu.registry.rules.identity import BadNik, BadPhone, ending, read_nik, read_phone
from satupintu.registry.rules.names import sort_key
from satupintu.registry.rules.rows import text_fault


def _put(person: Person, values: Mapping[str, Any], at: datetime) -> None:
    for name in CHOOSABLE:
        setattr(person, name, values[name])
    person.sort_name = sort_key(person.display_name)
    person.nik_lookup = lookup("nik", person.nik)
    person.phone_lookup = lookup("phone", person.phone)
    person.phone_ending = lookup("phone-ending", ending(person.phone))
    person.district = person.region[:8]
    person.changed_at = at
    person.retention_until = keep_person_until(localdate(at))


def _values(person: Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in CHOOSABLE}


def _checked(values: Mapping[str, Any], on: date, unchecked: set[str] | None = None) -> dict[str, Any]:
    """The values as they are stored. Raises ValidationError with a sentence for each field that is not usable."""
    found, problems = dict(values), {}
    found["display_name"] = " ".join(str(values["display_name"]).split())
    if len(found["display_name"]) < 2:
        problems["display_name"] = "Tulis nama seperti di KTP."
    elif wrong_text := _unusable(Person, {"display_name": found["display_name"]}):
        problems |= wrong_text
    if values["region"] and values["region"] not in regions():
        problems["region"] = "Kode wilayah tidak dikenal. Pilih dari daftar."
    for name, read, wrong in (("nik", _read_nik, BadNik), ("phone", _read_phone, BadPhone)):
        if values[name] and name not in (unchecked or ()):
            try:
                found |= read(values, on)
            except wrong as error:
                problems[name] = str(error)
    year = found["birth_year"]
    if year is not None and not on.year - 120 <= year <= on.year:
        problems["birth_year"] = f"Tahun lahir harus antara {on.year - 120} dan {on.year}."
    if problems:
        raise ValidationError(problems)
    return found


def _unusable(model: type[Model], texts: Mapping[str, str]) -> dict[str, str]:
    """A sentence for each text that does not fit its column of a table or holds signs nobody sees."""
    found = {}
    for name, text in texts.items():
        fault = text_fault(text, model._meta.get_field(name).max_length)  # type: ignore[union-attr]  # own columns
        if fault:
            found[name] = fault
    return found


def _read_nik(values: Mapping[str, Any], on: date) -> dict[str, Any]:
    """The NIK, and what it says about sex and year of birth where nothing was given."""
    nik = read_nik(values["nik"], regions().keys(), on)
    return {
        "nik": nik.value,
        "sex": values["sex"] or ("female" if nik.woman else "male"),
        "birth_year": values["birth_year"] or nik.born.year,
    }


def _read_phone(values: Mapping[str, Any], on: date) -> dict[str, Any]:
    return {"phone": read_phone(values["phone"])}
