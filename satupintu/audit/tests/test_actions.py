"""The chains in the database: added to, sealed, proved, refused to change, forgotten."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from satupintu.audit import actions, queries
from satupintu.audit.models import Record, Seal
from satupintu.audit.rules import SYSTEM, Actor, Break

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
OFFICER = Actor("user:7", "kec-32.75.11", "verifier", "Petugas 07")

pytestmark = pytest.mark.django_db


def witness(n=1, **given):
    given = {"action": "person.changed", "object": "person:1", "by": OFFICER, "at": NOON} | given
    with transaction.atomic():
        return [actions.record(**given) for _ in range(n)][-1]


def unlocked(sql, *values):
    """Change a row behind the house's back, as somebody with the database's own password could."""
    table = "audit_record"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for the commit would hold the table
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            cursor.execute(f"DROP TRIGGER {table}_no_update")
            cursor.execute(f"DROP TRIGGER {table}_no_delete")
        cursor.execute(sql, values)


def test_records_of_one_office_are_numbered_and_linked():
    first, second = witness(), witness()
    assert (first.number, second.number) == (1, 2)
    assert second.previous == first.hash
    assert list(queries.breaks()) == []


def test_offices_have_chains_of_their_own():
    witness()
    other = witness(by=SYSTEM)
    assert (other.chain_id, other.number) == ("city", 1)
    assert queries.size() == {"city": 1, "kec-32.75.11": 1}


@pytest.mark.django_db(transaction=True)
def test_a_record_apart_from_its_act_is_refused():
    with pytest.raises(actions.NoTransaction):
        actions.record(action="a", object="b", by=OFFICER, at=NOON)
    assert Record.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_failed_act_leaves_no_record():
    def act():
        with transaction.atomic():
            actions.record(action="a", object="b", by=OFFICER, at=NOON)
            raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        act()
    assert Record.objects.count() == 0
    assert queries.size() == {}


def test_the_database_refuses_to_change_a_record():
    record = witness()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Record.objects.filter(pk=record.pk).update(why="nothing happened")


def test_the_database_refuses_to_delete_a_record():
    record = witness()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Record.objects.filter(pk=record.pk).delete()


def test_a_change_behind_the_houses_back_is_named():
    witness(3)
    unlocked("UPDATE audit_record SET why = %s WHERE number = 2", "nothing happened")
    assert list(queries.breaks()) == [Break("kec-32.75.11", 2, "isi catatan berubah")]


def test_a_record_added_behind_the_houses_back_is_named():
    record = witness(2)
    Record.objects.create(chain=record.chain, number=3, at=NOON, previous=record.hash, hash="f" * 64)
    assert list(queries.breaks()) == [Break("kec-32.75.11", 3, "rantai berakhir di 3, seharusnya 2")]


def test_a_verification_is_witnessed_with_what_it_found():
    witness(3)
    assert actions.verify_chains(by=SYSTEM, at=NOON) == []
    assert queries.standing().verified.values == {"chains": 1, "records": 3, "breaks": []}
    unlocked("UPDATE audit_record SET why = %s WHERE number = 2", "nothing happened")
    broken = Break("kec-32.75.11", 2, "isi catatan berubah")
    assert actions.verify_chains(by=SYSTEM, at=NOON + timedelta(minutes=1)) == [broken]
    told = {"chain": "kec-32.75.11", "number": 2, "what": "isi catatan berubah"}
    assert queries.standing().verified.values == {"chains": 2, "records": 4, "breaks": [told]}


def test_who_works_while_a_chain_is_walked_breaks_nothing(monkeypatch):
    """A record that comes in meanwhile belongs to the next walk."""
    witness(2)
    entries = queries._entries

    def while_walking(chain):
        witness()
        yield from entries(chain)

    monkeypatch.setattr(queries, "_entries", while_walking)
    assert list(queries.breaks()) == []


def test_a_flipped_bit_in_a_sealed_value_is_named():
    record = witness(person="p-1", before={"nik": "1"}, after={"nik": "2"})
    flipped = bytearray(record.sealed)
    flipped[-1] ^= 1
    unlocked("UPDATE audit_record SET sealed = %s WHERE number = 1", bytes(flipped))
    assert list(queries.breaks()) == [Break("kec-32.75.11", 1, "isi catatan berubah")]


def test_personal_values_are_sealed_and_can_be_opened():
    record = witness(person="p-1", before={"name": "Pedagang 01"}, after={"name": "Pedagang 02"})
    stored = Record.objects.get(pk=record.pk)
    assert b"Pedagang" not in bytes(stored.sealed)
    assert queries.opened(stored) == {"before": {"name": "Pedagang 01"}, "after": {"name": "Pedagang 02"}}


def test_a_forgotten_person_cannot_be_read_but_the_chain_stays_whole():
    record = witness(person="p-1", after={"name": "Pedagang 01"})
    actions.forget_person(person="p-1", why="permintaan sendiri", by=OFFICER, at=NOON)
    assert queries.opened(Record.objects.get(pk=record.pk)) is None
    assert list(queries.breaks()) == []


def test_after_forgetting_nothing_more_is_kept_about_the_person():
    witness(person="p-1", after={"name": "Pedagang 01"})
    actions.forget_person(person="p-1", why="permintaan sendiri", by=OFFICER, at=NOON)
    assert bytes(witness(person="p-1", after={"name": "Pedagang 01"}).sealed) == b""


def test_a_day_is_sealed_once():
    witness(2)
    assert actions.seal_day(day=date(2026, 11, 24), by=SYSTEM, at=NOON) == 1
    assert actions.seal_day(day=date(2026, 11, 24), by=SYSTEM, at=NOON) == 1  # the city's own chain is new
    assert actions.seal_day(day=date(2026, 11, 24), by=SYSTEM, at=NOON) == 0
    assert [(s.chain_id, s.number) for s in Seal.objects.all()] == [("city", 1), ("kec-32.75.11", 2)]
    assert list(queries.breaks()) == []


def test_what_happened_to_a_person_is_listed_newest_first():
    witness(person="p-1", action="person.created")
    witness(person="p-1", action="person.nik_read", why="cocokkan KTP")
    assert [r.action for r in queries.about_person("p-1")] == ["person.nik_read", "person.created"]
