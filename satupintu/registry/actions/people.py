"""Writing people: registering, changing, revealing what is masked, forgetting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from satupintu.accounts.actions import change_phone, create_vendor, forget_vendor
from satupintu.accounts.gate import guarded, may
from satupintu.accounts.models import User
from satupintu.accounts.queries.people import phone_is_taken
from satupintu.audit import actions as audit
from satupintu.audit.fields import lookup
from satupintu.audit.rules import Actor
from satupintu.messages import actions as messages
from satupintu.registry.actions.doubles import _note_doubles
from satupintu.registry.actions.names import _drop_unused_words, _reindex
from satupintu.registry.actions.one_nik import NIK_TAKEN, _one_nik
from satupintu.registry.actions.values import _checked, _put, _values
from satupintu.registry.actions.witness import _record
from satupintu.registry.models import KeptPlan, Merge, Person
from satupintu.registry.queries.visible import require_region, require_sees
from satupintu.registry.rules.doubles import CHOOSABLE
from satupintu.registry.rules.lists import FORGET_REASONS

FORGOTTEN_NAME = "Data dihapus"
EMPTY_LOG = "PRAGMA wal_checkpoint(TRUNCATE)"
SOURCES = ("counter", "event", "finder", "import", "sync", "self", "demo")


@guarded
@transaction.atomic
def register_person(
    *,
    display_name: str,
    nik: str = "",
    phone: str = "",
    sex: str = "",
    birth_year: int | None = None,
    region: str = "",
    language: str = "id",
    channel: str = "none",
    source: str = "counter",
    user: User | None = None,
    another_person: bool = False,
    by: Actor,
    at: datetime,
) -> Person:
    """Write somebody new; ``region`` is where they are served, a code of the catalogue.

    ``another_person`` says that somebody looked at the likely doubles and this is not one of them; even then the
    pair is noted for review. Raises ValidationError with Indonesian sentences by field, NotAllowed.
    """
    require_region(by, region)
    values = {
        "display_name": " ".join(display_name.split()),
        "nik": nik,
        "phone": phone,
        "sex": sex,
        "birth_year": birth_year,
        "region": region,
        "language": language,
        "channel": channel,
    }
    checked = _checked(values, localdate(at))
    taken = bool(checked["nik"]) and _nik_is_taken(checked["nik"])
    if taken and not another_person:
        raise ValidationError({"nik": NIK_TAKEN})
    person = _write_new(checked, source=source, user=user, shares_nik=taken, by=by, at=at)
    _let_sign_in_by_phone(person, by, at)
    return person


@guarded
@transaction.atomic
def change_person(*, person: Person, changes: Mapping[str, Any], by: Actor, at: datetime) -> Person:
    """Change values of a person, named as in ``CHOOSABLE``; values left out stay. Raises as register_person."""
    require_sees(by, person)
    person = Person.objects.select_for_update().get(pk=person.pk)
    before = _values(person)
    wanted = {name: before[name] for name in CHOOSABLE} | dict(changes)
    # What stands already was checked when it came in; a demo NIK is impossible on purpose.
    unchanged = {name for name in ("nik", "phone") if wanted[name] == before[name]}
    checked = _checked(wanted, localdate(at), unchecked=unchanged)
    require_region(by, checked["region"])
    if checked["nik"] and "nik" not in unchanged and _nik_is_taken(checked["nik"], but=person):
        raise ValidationError({"nik": NIK_TAKEN})
    changed = {name for name in CHOOSABLE if checked[name] != before[name]}
    if changed:
        nik_lookup = person.nik_lookup
        _put(person, checked, at)
        if "nik" not in changed:
            person.nik_lookup = nik_lookup  # an entry that shares its NIK with another has none
        with _one_nik():
            person.save()
        _reindex(person)
        _note_doubles(person, at)
        if "phone" in changed:
            _let_sign_in_by_phone(person, by, at)
        _record("person_changed", person, before=_only(before, changed), after=_only(checked, changed), by=by, at=at)
    return person


@guarded
@transaction.atomic
def link_account(*, person: Person, user: User, by: Actor, at: datetime) -> Person:
    """Give a person the account they sign in with. Raises ValidationError if either has another."""
    require_sees(by, person)
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.user_id not in (None, user.pk) or Person.objects.filter(user=user).exclude(pk=person.pk).exists():
        raise ValidationError("Akun ini sudah dipakai orang lain. Buat akun baru.")
    person.user = user
    person.save(update_fields=["user"])
    _record("account_linked", person, after={"user": user.pk}, by=by, at=at)
    return person


@guarded
@transaction.atomic
def open_account(*, person: Person, by: Actor, at: datetime) -> User:
    """Give somebody a new account; a phone number that another account has already stays with that one.

    Raises ValidationError if they have an account, NotAllowed.
    """
    phone = "" if phone_is_taken(person.phone) else person.phone
    user = create_vendor(display_name=person.display_name, phone=phone, language=person.language, by=by, at=at)
    link_account(person=person, user=user, by=by, at=at)
    return user


@guarded
@transaction.atomic
def reveal_nik(*, person: Person, reason: str, by: Actor, at: datetime) -> str:
    """The whole NIK, for a reason that is kept and that the person can read. Raises ValidationError, NotAllowed."""
    return _reveal(person, "nik", reason, by, at)


@guarded
@transaction.atomic
def reveal_phone(*, person: Person, reason: str, by: Actor, at: datetime) -> str:
    """The whole phone number as people write it, for a reason that is kept. Raises as reveal_nik."""
    return _reveal(person, "shown_phone", reason, by, at)


@guarded
@transaction.atomic
def forget_person(*, person: Person, why: str, by: Actor, at: datetime) -> None:
    """Erase everything that names a person, here and in the audit, and keep only what counts without them.

    ``why`` is one of FORGET_REASONS: words typed freely could name the person for ever, for the audit only grows.
    UU 27/2022 art. 42-44. Entries merged into this one are forgotten too. Raises ValidationError, NotAllowed.
    """
    require_sees(by, person)
    if why not in FORGET_REASONS:
        raise ValidationError({"reason": _("Pilih alasannya dari daftar.")})
    own = Q(pk=person.pk) | Q(merged_into=person)
    people = list(Person.objects.select_for_update().filter(own).order_by("pk"))
    _forget_messages(people, by, at)
    for one in people:
        if one.user is not None:
            forget_vendor(user=one.user, why=why, by=by, at=at)
        _forget(one, at)
        audit.forget_person(person=one.reference, why=why, by=by, at=at)
    _drop_unused_words()
    transaction.on_commit(_empty_log, robust=True)


def _forget_messages(people: list[Person], by: Actor, at: datetime) -> None:
    """Before the numbers are erased by which the messages are found that name nobody."""
    accounts = [one.user for one in people if one.user is not None]
    receivers = {one.phone_lookup for one in people} | {user.phone_lookup for user in accounts}
    receivers |= {lookup("email", user.email) for user in accounts}
    messages.forget_person(people=[one.reference for one in people], receivers=receivers, by=by, at=at)


def _empty_log() -> None:
    """Let SQLite write what was erased over the old pages, and empty the log in which those still stand."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(EMPTY_LOG)


def _forget(person: Person, at: datetime) -> None:
    from satupintu.registry.actions.documents import _erase

    for document in person.documents.filter(erased_at=None):
        _erase(document, at)
    person.businesses.update(trade_name="", address="", stall=None)
    KeptPlan.objects.filter(business__person=person).update(answers={})
    person.papers.update(number="", number_lookup="", number_ending="")
    person.follow_ups.update(why="", outcome="", done_at=at)
    person.consents.update(place="")
    Merge.objects.filter(kept=person).update(values="", reason="")
    Merge.objects.filter(removed=person).update(values="", reason="")
    _put(
        person,
        {
            **dict.fromkeys(CHOOSABLE, ""),
            "birth_year": None,
            "language": "id",
            "channel": "none",
            "display_name": FORGOTTEN_NAME,
            "region": person.region,
        },
        at,
    )
    person.user = None
    person.forgotten_at = at
    person.save()
    _reindex(person)


def _reveal(person: Person, name: str, reason: str, by: Actor, at: datetime) -> str:
    what = "nik" if name == "nik" else "phone"
    require_sees(by, person)
    _record(f"{what}_read", person, why=_reason(reason), by=by, at=at)
    return str(getattr(person, name))


def _reason(text: str) -> str:
    reason = " ".join(text.split())[:300]
    if len(reason) < 5:
        raise ValidationError({"reason": "Tulis alasannya, misalnya: cocokkan dengan KTP."})
    return reason


def _write_new(
    checked: Mapping[str, Any],
    *,
    source: str,
    user: User | None = None,
    shares_nik: bool = False,
    by: Actor,
    at: datetime,
) -> Person:
    """Write a person whose values were checked, with names, likely doubles and the witness.

    ``shares_nik`` says that somebody else stands with this NIK: only one of them is found by it until both are one.
    """
    if source not in SOURCES:
        raise ValueError(f"source {source!r}")
    person = Person(source=source, user=user, made_by=by.ref, made_at=at)
    _put(person, checked, at)
    if shares_nik:
        person.nik_lookup = ""
    person.full_clean(validate_unique=False, validate_constraints=False)
    with _one_nik():
        person.save(force_insert=True)
    _reindex(person)
    _note_doubles(person, at)
    _record("person_registered", person, after=_values(person), by=by, at=at)
    return person


def _let_sign_in_by_phone(person: Person, by: Actor, at: datetime) -> None:
    """Let codes go to the number a person has now, in a new account if they have none and the number is free."""
    if person.user is None:
        if person.phone and not phone_is_taken(person.phone) and may(by, "registry.open_account"):
            person.user = open_account(person=person, by=by, at=at)
    elif person.user.role == "vendor" and person.user.phone != person.phone:
        change_phone(user=person.user, phone=person.phone, by=by, at=at)


def _only(values: Mapping[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: values[name] for name in sorted(names)}


def _nik_is_taken(nik: str, but: Person | None = None) -> bool:
    others = Person.objects.filter(nik_lookup=lookup("nik", nik), merged_into=None, forgotten_at=None)
    return (others.exclude(pk=but.pk) if but else others).exists()
