"""Tables of people: read, checked by row, taken in as a whole or not at all; and handed out."""

import io

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from satupintu.accounts.gate import NotAllowed
from satupintu.audit import queries as audit
from satupintu.audit.models import Record
from satupintu.audit.rules import SYSTEM
from satupintu.registry import actions, sheets
from satupintu.registry.models import Business, Import, Person
from satupintu.registry.queries.people import Filters, exported
from satupintu.registry.rules.rows import MOST_ROWS
from satupintu.registry.tests.factories import AT, MUSTIKASARI, SOON, actor, market, nik, register

GOOD = (
    f"nama,nik,hp,kelamin,tahun_lahir,wilayah,nama_usaha,tempat,pasar,lapak,kbli\n"
    f"Pedagang 01,{nik(1)},0812 3456 7890,P,1980,Mustikasari,Warung 1,cart,,,56104\n"
    f"Pedagang 02,,,,,32.75.11.1001,,,,,\n"
)


def xlsx(rows: list[list[object]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def check(text: str | bytes, by=None) -> Import:
    content = text if isinstance(text, bytes) else text.encode()
    return actions.check_import(file_name="pedagang.csv", content=content, by=by or actor(), at=AT)


def faults(text: str | bytes, by=None) -> list[tuple[int, str, str]]:
    return [(fault["row"], fault["column"], fault["what"]) for fault in check(text, by).errors]


@pytest.mark.django_db
def test_a_good_table_is_checked_without_writing_and_then_taken_in() -> None:
    made = check(GOOD)
    assert (made.rows, made.errors, Person.objects.count()) == (2, [], 0)
    people = actions.import_people(made=made, by=actor(), at=SOON)
    assert [(p.display_name, p.source, p.region) for p in people] == [
        ("Pedagang 01", "import", MUSTIKASARI),
        ("Pedagang 02", "import", "32.75.11.1001"),
    ]
    assert (people[0].sex, people[0].birth_year, people[0].phone) == ("female", 1980, "+6281234567890")
    business = Business.objects.get()
    assert (business.person, business.trade_name, business.place) == (people[0], "Warung 1", "cart")
    assert business.codes.get().code == "56104"
    assert list(audit.breaks()) == []


@pytest.mark.django_db
def test_every_fault_is_named_by_row_and_column_and_nobody_is_written() -> None:
    register(nik=nik(5))
    table = (
        "nama,nik,hp,wilayah,pasar,kbli\n"
        f"Pedagang 01,{nik(1)},0812,Mustikasari,,\n"
        f"Pedagang 02,{nik(1)},,Bulan,,\n"
        f"x,{nik(5)},,Bekasijaya,Pasar Tidak Ada,12\n"
        "Pedagang 04,123,,,,\n"
    )
    assert faults(table) == [
        (2, "hp", "Nomor HP ini tidak lengkap. Tulis nomor WA, contoh 0812 3456 7890."),
        (3, "wilayah", "Wilayah tidak dikenal. Tulis kode atau nama kelurahan."),
        (3, "nik", "NIK ini sama dengan baris 2. Sisakan satu."),
        (4, "nama", "Tulis nama seperti di KTP."),
        (4, "wilayah", "Wilayah ini bukan wilayah kantor Anda."),
        (4, "pasar", "Pasar ini belum terdaftar. Daftarkan dulu pasarnya."),
        (4, "kbli", "kbli=12 tidak dikenal. Tulis kode 5 angka, misalnya 56104."),
        (4, "nik", "NIK ini sudah terdaftar. Hapus barisnya."),
        (5, "wilayah", "Tulis kode atau nama kelurahan."),
        (5, "nik", "NIK harus 16 angka. Sekarang baru 3."),
    ]
    assert Person.objects.count() == 1
    with pytest.raises(ValidationError):
        actions.import_people(made=Import.objects.get(), by=actor(), at=SOON)
    assert Person.objects.count() == 1


@pytest.mark.django_db
def test_a_table_is_taken_in_once() -> None:
    made = check(GOOD)
    actions.import_people(made=made, by=actor(), at=SOON)
    with pytest.raises(ValidationError):
        actions.import_people(made=made, by=actor(), at=SOON)
    assert Person.objects.count() == 2


@pytest.mark.django_db
def test_what_became_wrong_since_the_check_stops_the_whole_table() -> None:
    made = check(GOOD)
    register(nik=nik(1))
    with pytest.raises(ValidationError, match="Baris 2, kolom nik"):
        actions.import_people(made=made, by=actor(), at=SOON)
    assert Person.objects.count() == 1


@pytest.mark.django_db
def test_a_spreadsheet_is_read_like_a_csv_and_numbers_keep_their_digits() -> None:
    place = market()
    rows = [
        ["Nama", "NIK", "HP", "Tahun lahir", "Wilayah", "Pasar", "Lapak"],
        ["Pedagang 01", int(nik(1)), 6281234567890, 1980.0, "mustikasari", place.name, 7],
        [None, None],
    ]
    made = check(xlsx(rows))
    assert made.errors == []
    person = actions.import_people(made=made, by=actor(), at=SOON)[0]
    assert (person.nik, person.phone, person.birth_year) == (nik(1), "+6281234567890", 1980)
    assert Business.objects.get().stall.label == "7"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe\x00binary", b"PK\x03\x04 no archive", b'nama,wilayah\n"open', b"nama\x00,wilayah\n"],
    ids=["not utf-8", "broken archive", "open quote", "zero byte"],
)
def test_what_is_no_table_is_refused(content: bytes) -> None:
    with pytest.raises(ValidationError) as refused:
        check(content)
    assert list(refused.value.message_dict) == ["file"]
    assert Import.objects.count() == 0


@pytest.mark.django_db
def test_a_table_of_too_many_rows_or_none_is_refused_as_a_whole() -> None:
    many = "nama,wilayah\n" + "Pedagang,Mustikasari\n" * (MOST_ROWS + 1)
    assert [column for _, column, _ in faults(many)] == [""]
    assert faults("nama,wilayah\n") == [(1, "", "Tabelnya kosong. Isi minimal satu baris.")]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["vendor", "facilitator", "signing_official", "partner", "leadership"])
def test_other_roles_take_in_no_table(role: str) -> None:
    with pytest.raises(NotAllowed):
        check(GOOD, actor(role, ""))
    assert Import.objects.count() == 0


@pytest.mark.django_db
def test_somebody_elses_table_is_not_taken_in() -> None:
    made = check(GOOD)
    with pytest.raises(NotAllowed):
        actions.import_people(made=made, by=actor(key=900_002), at=SOON)


@pytest.mark.django_db
def test_an_export_holds_masked_numbers_of_ones_area_and_is_witnessed() -> None:
    person = register("Pedagang 01", nik=nik(1), phone="081234567890")
    actions.add_business(person=person, trade_name="=Warung", market=market(), by=SYSTEM, at=AT)
    actions.record_barrier(person=person, code="fears_cost", by=SYSTEM, at=AT)
    register("Pedagang 02", region="32.75.01.1001")
    by = actor("verifier")
    assert actions.export_people(filters=Filters(), form="csv", by=by, at=AT) == 1
    rows = list(exported(by, Filters()))
    assert rows[1:] == [
        [
            *("Pedagang 01", "327511******0001", "0812****7890", "Mustikasari, Mustikajaya"),
            *("=Warung", "Pasar pasar-uji", "", "fears_cost"),
        ]
    ]
    record = Record.objects.get(action="registry.exported")
    assert (record.actor, record.values["people"], record.values["form"]) == (by.ref, 1, "csv")
    text = "".join(sheets.write_csv(rows))
    assert text.startswith("\ufeffnama,nik,hp,") and "'=Warung" in text
    book = load_workbook(io.BytesIO(sheets.write_xlsx(rows)))
    assert [cell.value for cell in book.worksheets[0][2]][:2] == ["Pedagang 01", "327511******0001"]
    assert book.worksheets[0]["E2"].value == "'=Warung"


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["vendor", "facilitator", "front_office", "partner", "leadership"])
def test_other_roles_export_nothing(role: str) -> None:
    with pytest.raises(NotAllowed):
        actions.export_people(filters=Filters(), form="csv", by=actor(role, ""), at=AT)


@given(st.text(max_size=20))
def test_no_cell_begins_like_a_formula(cell: str) -> None:
    assert not sheets.safe(cell).startswith(sheets.FORMULA)


@pytest.mark.django_db
def test_what_is_only_odd_is_told_by_row_and_taken_in_all_the_same() -> None:
    register(phone="081234567890")
    elsewhere = nik(1, area="317101")
    table = f"nama,nik,hp,wilayah\nPedagang 01,{elsewhere},,Mustikasari\nPedagang 02,,0812 3456 7890,Mustikasari\n"
    made = check(table)
    assert (made.errors, [(w["row"], w["column"], w["what"]) for w in made.warnings]) == (
        [],
        [
            (2, "nik", "Wilayah 317101 di NIK ini di luar daftar kami."),
            (3, "hp", "Nomor ini sudah dipakai orang lain. Nanti ada di Data ganda."),
        ],
    )
    assert len(actions.import_people(made=made, by=actor(), at=SOON)) == 2
