"""The chains in the database: added to, sealed, proved, refused to change, forgotten."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from satupintu.audit import actions, keys, queries, seen
from satupintu.audit.models import Chain, Record, Seal
from satupintu.audit.rules import FIRST_HASH, SYSTEM, Actor, Break

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
OFFICER = Actor("user:7", "kec-32.75.11", "verifier", "Petugas 07")

pytestmark = pytest.mark.django_db


def witness(n=1, **given):
    given = {"action": "person.changed", "object": "person:1", "by": OFFICER, "at": NOON} | given
    with transaction.atomic():
        return [actions.record(**given) for _ in range(n)][-1]


def unlocked(sql, *values):
    """Change rows behind the house's back, as somebody with the database's own password could."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for the commit would hold the table
        for table in ("audit_record", "audit_seal"):
            if connection.vendor == "postgresql":
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_update")
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_delete")
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_chain DISABLE TRIGGER ALL")
        cursor.execute(sql, values or None)
        if connection.vendor == "sqlite":  # a chain removed alone leaves rows that the end of the test would refuse
            cursor.execute("PRAGMA defer_foreign_keys = ON")


def forge(number, why):
    """Rewrite one record and give it and all after it, the seals and the head hashes that fit."""
    previous = FIRST_HASH
    for row in Record.objects.filter(chain="kec-32.75.11").order_by("number"):
        row.previous = previous
        row.why = why if row.number == number else row.why
        previous = queries._entry(row).hash()
        unlocked(
            "UPDATE audit_record SET why = %s, previous = %s, hash = %s WHERE id = %s",
            row.why, row.previous, previous, row.pk,
        )  # fmt: skip
        unlocked(
            "UPDATE audit_seal SET hash = %s WHERE number = %s AND chain_id = 'kec-32.75.11'", previous, row.number
        )
    unlocked("UPDATE audit_chain SET hash = %s WHERE office = 'kec-32.75.11'", previous)


def cut(last):
    """Remove the records and seals after one and set the head back to it."""
    kept = Record.objects.get(chain="kec-32.75.11", number=last)
    unlocked("DELETE FROM audit_record WHERE number > %s AND chain_id = 'kec-32.75.11'", last)
    unlocked("DELETE FROM audit_seal WHERE number > %s AND chain_id = 'kec-32.75.11'", last)
    unlocked("UPDATE audit_chain SET number = %s, hash = %s WHERE office = 'kec-32.75.11'", last, kept.hash)


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
    stood = {"kec-32.75.11": [3, Record.objects.get(number=3).hash]}
    assert queries.standing().verified.values == {"chains": 1, "records": 3, "breaks": [], "seen": stood}
    unlocked("UPDATE audit_record SET why = %s WHERE number = 2", "nothing happened")
    broken = Break("kec-32.75.11", 2, "isi catatan berubah")
    assert actions.verify_chains(by=SYSTEM, at=NOON + timedelta(minutes=1)) == [broken]
    told = {"chain": "kec-32.75.11", "number": 2, "what": "isi catatan berubah"}
    stood = {"city": [1, Record.objects.get(chain="city", number=1).hash]}
    assert queries.standing().verified.values == {"chains": 2, "records": 4, "breaks": [told], "seen": stood}


def test_who_works_while_a_chain_is_walked_breaks_nothing(monkeypatch):
    """A record that comes in meanwhile belongs to the next walk."""
    witness(2)
    entries = queries._entries

    def while_walking(head):
        witness()
        yield from entries(head)

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


def test_a_chain_rewritten_with_hashes_that_fit_is_named_by_its_head():
    witness(3)
    forge(2, "nothing happened")
    assert list(queries.breaks()) == [Break("kec-32.75.11", 3, "kepala rantai tidak cocok")]


def test_a_chain_rewritten_with_its_seal_is_named_at_the_seal():
    witness(2)
    actions.seal_day(day=date(2026, 11, 24), by=SYSTEM, at=NOON)
    witness()
    forge(1, "nothing happened")
    assert list(queries.breaks()) == [Break("kec-32.75.11", 2, "segel hari 2026-11-24 tidak cocok")]


def test_a_chain_cut_at_its_end_is_named_by_its_head():
    witness(3)
    cut(2)
    assert list(queries.breaks()) == [Break("kec-32.75.11", 2, "kepala rantai tidak cocok")]


def test_a_chain_set_back_to_an_older_head_is_named_by_what_was_seen():
    witness(2)
    older = Chain.objects.get(office="kec-32.75.11").mark
    witness()
    actions.verify_chains(by=SYSTEM, at=NOON)
    cut(2)
    unlocked("UPDATE audit_chain SET mark = %s WHERE office = 'kec-32.75.11'", older)
    gone = Break("kec-32.75.11", 3, "catatan yang dilihat pemeriksaan pada 2026-11-24 hilang")
    assert list(queries.breaks()) == [gone]
    Path(settings.AUDIT_SEEN).unlink()  # the record of the verification remembers too
    assert list(queries.breaks()) == [gone]


def test_a_seal_beyond_a_head_that_was_set_back_is_named():
    witness(2)
    older = Chain.objects.get(office="kec-32.75.11").mark
    witness()
    actions.seal_day(day=date(2026, 11, 24), by=SYSTEM, at=NOON)
    kept = Record.objects.get(chain="kec-32.75.11", number=2)
    unlocked("DELETE FROM audit_record WHERE number > 2 AND chain_id = 'kec-32.75.11'")
    unlocked("UPDATE audit_chain SET number = 2, hash = %s, mark = %s WHERE office = 'kec-32.75.11'", kept.hash, older)
    assert list(queries.breaks()) == [Break("kec-32.75.11", 3, "catatan yang disegel pada 2026-11-24 hilang")]


def test_a_chain_removed_whole_is_named_by_what_was_seen():
    witness(2)
    actions.verify_chains(by=SYSTEM, at=NOON)
    unlocked("DELETE FROM audit_record WHERE chain_id = 'kec-32.75.11'")
    unlocked("DELETE FROM audit_seal WHERE chain_id = 'kec-32.75.11'")
    unlocked("DELETE FROM audit_chain WHERE office = 'kec-32.75.11'")
    assert list(queries.breaks()) == [Break("kec-32.75.11", 0, "seluruh rantai hilang")]


def test_a_database_emptied_of_all_chains_is_named_by_the_file_outside_it():
    witness(2)
    actions.verify_chains(by=SYSTEM, at=NOON)
    for all_rows in ("DELETE FROM audit_record", "DELETE FROM audit_seal", "DELETE FROM audit_chain"):
        unlocked(all_rows)
    assert list(queries.breaks()) == [Break("kec-32.75.11", 0, "seluruh rantai hilang")]


def test_a_chain_whose_head_alone_was_removed_is_named():
    record = witness(2)
    unlocked("DELETE FROM audit_chain WHERE office = 'kec-32.75.11'")
    assert list(queries.breaks()) == [Break("kec-32.75.11", 2, "kepala rantai hilang")]
    mark = queries.head_mark("kec-32.75.11", 2, record.hash)
    Chain.objects.create(office="kec-32.75.11", number=2, hash=record.hash, mark=mark)  # the test's end asks for it


def test_another_hash_at_a_number_that_was_seen_is_named():
    witness(3)
    seen.note(NOON, {"kec-32.75.11": (2, "f" * 64)})
    assert list(queries.breaks()) == [Break("kec-32.75.11", 2, "pemeriksaan hari 2026-11-24 tidak cocok")]


def test_a_line_changed_in_the_file_is_named_and_not_believed():
    witness(2)
    actions.verify_chains(by=SYSTEM, at=NOON)
    path = Path(settings.AUDIT_SEEN)
    line = json.loads(path.read_text())
    line["seen"]["kec-32.75.11"][0] = 1
    path.write_text(f"{json.dumps(line)}\nnothing\n[]\n")
    assert list(queries.breaks()) == [Break("audit-seen.jsonl", n, "baris berubah") for n in (1, 2, 3)]
    assert path.stat().st_mode & 0o777 == 0o600


def test_walks_of_many_nights_agree():
    for night in range(3):
        witness(2)
        assert actions.verify_chains(by=SYSTEM, at=NOON + timedelta(days=night)) == []
    assert queries.walk().compared == 3
    assert len(Path(settings.AUDIT_SEEN).read_text().splitlines()) == 3


def test_another_deployments_key_makes_no_mark_that_fits(settings, tmp_path):
    witness()
    settings.SATUPINTU_HOME = tmp_path
    assert len(keys.witness_key()) == 32
    assert list(queries.breaks()) == [Break("kec-32.75.11", 1, "kepala rantai tidak cocok")]


def test_vendors_do_not_wait_for_the_house_or_for_all_other_vendors():
    vendors = [Actor(f"user:{key}", "city", "vendor", "Pedagang") for key in (3, 19, 4)]
    assert [witness(by=by).chain_id for by in (*vendors, SYSTEM)] == ["vendor-03", "vendor-03", "vendor-04", "city"]


DAMAGES = {
    # SQLite keeps any bytes: a bit flipped in the file reaches whoever reads the row.
    "sqlite": [
        "UPDATE audit_record SET at = '2026-11-2\u00b4 05:00:00' WHERE number = 2",
        "UPDATE audit_record SET at = CAST(x'32303236f6' AS TEXT) WHERE number = 2",
        "UPDATE audit_record SET why = CAST(x'6b6ff6' AS TEXT) WHERE number = 2",
        'UPDATE audit_record SET "values" = \'{"n": "\\ud800"}\' WHERE number = 2',
    ],
    # PostgreSQL checks texts and JSON itself, but keeps a day that no calendar of ours has.
    "postgresql": ["UPDATE audit_record SET at = 'infinity' WHERE number = 2"],
}


def test_a_damaged_record_is_named_and_the_night_goes_on():
    witness(3)
    found = Break("kec-32.75.11", 2, "catatan tidak terbaca")
    for damage in DAMAGES[connection.vendor]:
        if connection.vendor == "sqlite":
            unlocked("PRAGMA ignore_check_constraints = ON")
        with transaction.atomic():
            unlocked(damage)
            assert list(queries.breaks()) == [found], damage
            assert actions.seal_day(day=date(2026, 11, 24), by=SYSTEM, at=NOON) == 1
            assert actions.verify_chains(by=SYSTEM, at=NOON) == [found]
            assert queries.standing().verified.values["breaks"][0]["what"] == "catatan tidak terbaca"
            transaction.set_rollback(True)
        Path(settings.AUDIT_SEEN).unlink()
        assert list(queries.breaks()) == []
    if connection.vendor == "sqlite":
        unlocked("PRAGMA ignore_check_constraints = OFF")


def test_a_damaged_name_of_a_chain_is_named():
    witness(3)
    with transaction.atomic():
        if connection.vendor == "sqlite":
            unlocked("UPDATE audit_record SET chain_id = CAST(x'6b65f6' AS TEXT) WHERE number = 2")
        else:
            unlocked("UPDATE audit_record SET chain_id = %s WHERE number = 2", "ke\ufffd")
        named = list(queries.breaks())
        transaction.set_rollback(True)
    assert [found.chain for found in named] == ["kec-32.75.11", "ke\ufffd"]
    assert named[0] == Break("kec-32.75.11", 3, "nomor 2 hilang")
    assert named[1].what == "kepala rantai hilang"


def test_a_damaged_head_or_seal_is_named():
    witness(2)
    actions.seal_day(day=date(2026, 11, 23), by=SYSTEM, at=NOON)
    actions.seal_day(day=date(2026, 11, 24), by=SYSTEM, at=NOON)
    if connection.vendor == "sqlite":
        unlocked("UPDATE audit_seal SET hash = CAST(x'6b65f6' AS TEXT) WHERE chain_id = 'kec-32.75.11'")
        found = Break("kec-32.75.11", 0, "kepala atau segel rantai tidak terbaca")
    else:
        unlocked("UPDATE audit_seal SET mark = 'x' WHERE chain_id = 'kec-32.75.11'")
        found = Break("kec-32.75.11", 2, "segel hari 2026-11-24 tidak cocok")
    assert list(queries.breaks()) == [found]


def test_a_reason_about_a_person_is_sealed_and_goes_with_their_key():
    record = witness(person="p-1", why="cocokkan KTP Pedagang 01")
    stored = Record.objects.get(pk=record.pk)
    assert (stored.why, b"Pedagang" in bytes(stored.sealed)) == ("", False)
    assert queries.with_reasons([stored])[0].why == "cocokkan KTP Pedagang 01"
    actions.forget_person(person="p-1", why="Diminta orangnya", by=OFFICER, at=NOON)
    assert queries.with_reasons([Record.objects.get(pk=record.pk)])[0].why == ""
    assert Record.objects.get(action="audit.person_forgotten").why == "Diminta orangnya"
    assert list(queries.breaks()) == []


def test_a_reason_about_no_person_stays_readable():
    assert queries.with_reasons([witness(why="pindah tugas")])[0].why == "pindah tugas"


def test_reasons_of_many_records_are_read_with_one_question(django_assert_num_queries):
    records = [witness(person=f"p-{n % 2}", why=f"alasan {n}") for n in range(6)]
    with django_assert_num_queries(1):
        told = queries.with_reasons(records)
    assert [record.why for record in told] == [f"alasan {n}" for n in range(6)]
