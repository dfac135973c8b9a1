"""Tables of people: read, checked by row, taken in some rows at a time; and handed out."""

import io
import zipfile

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
from satupintu.registry.models import Business, Double, Import, Person
from satupintu.registry.queries.people import Filters, exported
from satupintu.registry.queries.search import search
from satupintu.registry.rules.rows import MOST_ROWS
from satupintu.registry.tests.factories import AT, MUSTIKAJAYA, MUSTIKASARI, SOON, actor, market, nik, register

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


def broken_xlsx(part: str, content: bytes | None) -> bytes:
    """A spreadsheet one part of which holds something else, or is missing."""
    out = io.BytesIO()
    whole = io.BytesIO(xlsx([["nama", "wilayah"], ["Pedagang 01", "Mustikasari"]]))
    with zipfile.ZipFile(whole) as read, zipfile.ZipFile(out, "w") as written:
        for name in read.namelist():
            if name != part or content is not None:
                written.writestr(name, content if name == part else read.read(name))
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
    made = actions.import_people(made=made, by=actor(), at=SOON)
    assert (made.added, made.passed, made.begun_at, made.done_at) == (2, 2, SOON, SOON)
    people = list(Person.objects.order_by("display_name"))
    assert [(p.display_name, p.source, p.region, p.district) for p in people] == [
        ("Pedagang 01", "import", MUSTIKASARI, MUSTIKAJAYA),
        ("Pedagang 02", "import", "32.75.11.1001", MUSTIKAJAYA),
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
    actions.import_people(made=made, by=actor(), at=SOON)
    person = Person.objects.get()
    assert (person.nik, person.phone, person.birth_year) == (nik(1), "+6281234567890", 1980)
    assert Business.objects.get().stall.label == "7"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe\x00binary",
        b"PK\x03\x04 no archive",
        b'nama,wilayah\n"open',
        b"nama\x00,wilayah\n",
        broken_xlsx("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row>"),
        broken_xlsx("xl/worksheets/sheet1.xml", None),
        broken_xlsx("xl/workbook.xml", b"<workbook"),
        broken_xlsx("xl/workbook.xml", b"<workbook/>"),
        broken_xlsx("[Content_Types].xml", b"\x00\x01"),
    ],
    ids=[
        *("not utf-8", "broken archive", "open quote", "zero byte", "broken sheet", "no sheet", "broken workbook"),
        *("empty workbook", "broken list of parts"),
    ],
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
    assert actions.import_people(made=made, by=actor(), at=SOON).added == 2


@pytest.mark.django_db
def test_the_check_finds_what_the_tables_would_refuse() -> None:
    long = "x" * 400
    table = (
        "nama,wilayah,nama_usaha,alamat,lapak,pasar,kbli,versi_kbli\n"
        f"{long},Mustikasari,,,,,,\n"
        f"Pedagang 02,Mustikasari,{long},{long},{long},{market().name},,\n"
        "Peda\x07gang 05,Mustikasari,War\x01ung,,,,,\n"
    )
    hidden = "Ada tanda yang tidak terlihat. Hapus, lalu ketik ulang."
    assert faults(table) == [
        (2, "nama", "Terlalu panjang: 400 huruf. Paling banyak 150."),
        (3, "nama_usaha", "Terlalu panjang: 400 huruf. Paling banyak 150."),
        (3, "alamat", "Terlalu panjang: 400 huruf. Paling banyak 250."),
        (3, "lapak", "Terlalu panjang: 400 huruf. Paling banyak 40."),
        (4, "nama", hidden),
        (4, "nama_usaha", hidden),
    ]


@pytest.mark.django_db
def test_signs_nobody_sees_are_refused_wherever_a_name_is_typed() -> None:
    with pytest.raises(ValidationError) as refused:
        register("Peda\x07gang")
    assert list(refused.value.message_dict) == ["display_name"]
    person = register()
    with pytest.raises(ValidationError) as refused:
        actions.change_person(person=person, changes={"display_name": "Peda\x1bgang"}, by=SYSTEM, at=AT)
    assert list(refused.value.message_dict) == ["display_name"]
    with pytest.raises(ValidationError) as refused:
        actions.add_business(person=person, trade_name="War\x00ung", address="Gang\x01", by=SYSTEM, at=AT)
    assert sorted(refused.value.message_dict) == ["address", "trade_name"]


@pytest.mark.django_db
def test_a_sign_that_got_in_earlier_stops_no_export() -> None:
    person = register("Pedagang 01")
    Person.objects.filter(pk=person.pk).update(display_name="Peda\x07gang 01")
    book = load_workbook(io.BytesIO(sheets.write_xlsx(exported(actor("verifier"), Filters()))))
    assert book.worksheets[0]["A2"].value == "Pedagang 01"


@given(st.text(max_size=20))
def test_every_cell_can_be_written_and_read_again(cell: str) -> None:
    book = load_workbook(io.BytesIO(sheets.write_xlsx([["kepala", cell]])))
    assert book.worksheets[0]["A1"].value == "kepala"


def many(count: int) -> str:
    return "nama,wilayah,nama_usaha\n" + "".join(f"Pedagang {n:04},Mustikasari,Warung {n:04}\n" for n in range(count))


@pytest.mark.django_db
def test_a_large_table_goes_in_by_hundreds_each_in_its_own_order() -> None:
    made = check(many(250))
    steps = []
    while not made.done_at:
        made = actions.import_people(made=made, by=actor(), at=SOON)
        steps.append((made.passed, made.added, Person.objects.count()))
    assert steps == [(100, 100, 100), (200, 200, 200), (250, 250, 250)]
    assert Business.objects.count() == 250
    assert list(audit.breaks()) == []
    assert Record.objects.filter(action="registry.person_registered").count() == 250
    assert Record.objects.get(action="registry.imported").values == {"people": 250, "left_out": 0}


@pytest.mark.django_db
def test_a_row_that_became_wrong_on_the_way_is_left_out_and_named() -> None:
    rows = "".join(f"Pedagang {n:04},Mustikasari,{nik(n)}\n" for n in range(1, 151))
    made = actions.import_people(made=check("nama,wilayah,nik\n" + rows), by=actor(), at=AT)
    register(nik=nik(120))
    made = actions.import_people(made=made, by=actor(), at=SOON)
    assert (made.passed, made.added, made.done_at) == (150, 149, SOON)
    assert made.errors == [{"row": 121, "column": "nik", "what": "NIK ini sudah terdaftar. Hapus barisnya."}]
    assert Record.objects.get(action="registry.imported").values == {"people": 149, "left_out": 1}


@pytest.mark.django_db
def test_rows_taken_in_are_found_and_their_doubles_noted_as_at_the_counter() -> None:
    register("Siti Rahayu", region=MUSTIKASARI)
    register("Siti Rahayu", region="32.75.11.1001")
    phone = register("Joko", phone="081234567890", region="32.75.01.1001")
    table = (
        "nama,hp,wilayah,nama_usaha\n"
        "Siti Rahaju,,Mustikasari,Warung Mawar\n"
        "Budi Santoso,0812 3456 7890,Mustikasari,\n"
        "Budi Santosa,,Mustikasari,\n"
        "Tono,,Mustikasari,\n"
    )
    actions.import_people(made=check(table), by=actor(), at=SOON)
    pairs = {
        (d.first.display_name, d.first.region, d.second.display_name, d.score, tuple(d.reasons))
        for d in Double.objects.select_related("first", "second")
    }
    assert pairs == {
        ("Siti Rahayu", MUSTIKASARI, "Siti Rahaju", 40, ("similar_name",)),
        ("Joko", phone.region, "Budi Santoso", 60, ("same_phone",)),
        ("Budi Santoso", MUSTIKASARI, "Budi Santosa", 40, ("similar_name",)),
    }
    found = search(actor(), "mawar").hits
    assert [hit.person.display_name for hit in found] == ["Siti Rahaju"]


@pytest.mark.django_db
def test_a_row_asks_the_database_less_than_a_person_at_the_counter(django_assert_max_num_queries) -> None:
    made = check(many(100))
    with django_assert_max_num_queries(100 * 15 + 40):
        actions.import_people(made=made, by=actor(), at=SOON)


@pytest.mark.django_db
def test_of_the_name_of_a_file_only_its_ending_is_kept() -> None:
    content = b"nama,wilayah\nPedagang 01,Mustikasari\n"
    made = actions.check_import(file_name="Data Pedagang 77.CSV", content=content, by=actor(), at=AT)
    made.refresh_from_db()
    assert made.file_name == "pedagang.csv"


@pytest.mark.django_db
def test_a_code_that_our_list_lacks_is_told_and_taken_in() -> None:
    made = check("nama,wilayah,kbli,versi_kbli\nPedagang 01,Mustikasari,99999,\nPedagang 02,Mustikasari,99999,2025\n")
    assert made.errors == []
    assert [(doubt["row"], doubt["what"]) for doubt in made.warnings] == [
        (2, "Kode 99999 tidak ada di daftar KBLI 2020 kami. Cocokkan dengan daftar resmi."),
        (3, "Kode 99999 tidak ada di daftar KBLI 2025 kami. Cocokkan dengan daftar resmi."),
    ]
    assert actions.import_people(made=made, by=actor(), at=SOON).added == 2
