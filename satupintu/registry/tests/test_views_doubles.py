"""The pages of doubles, tables and markets, asked for as a browser does."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from satupintu.audit.models import Record
from satupintu.audit.rules import SYSTEM
from satupintu.registry import actions, sheets
from satupintu.registry.models import (
    Double,
    Import,
    Market,
    Merge,
    Person,
)
from satupintu.registry.rules.rows import COLUMNS
from satupintu.registry.tests.browsing import address, html, staff
from satupintu.registry.tests.factories import (
    AT,
    BEKASI_TIMUR,
    BEKASIJAYA,
    MUSTIKASARI,
    market,
    nik,
    register,
)

pytestmark = pytest.mark.django_db


def twins() -> tuple[Person, Person, Double]:
    first = register("Tenda Biru", phone="081234567890", sex="male")
    second = register("Tenda Birru", phone="081234567890", sex="female", nik=nik(1))
    return first, second, Double.objects.get()


def test_duplicates_lists_pairs_of_ones_area_with_the_reason() -> None:
    twins()
    page = html(staff(), address("duplicates"))
    assert "Tenda Biru – Tenda Birru" in page and "Nomor HP sama, Nama mirip" in page
    assert "Tidak ada data ganda" in html(staff(area=BEKASI_TIMUR), address("duplicates"))


@pytest.mark.parametrize("count", [1, 3])
def test_duplicates_takes_the_same_number_of_queries_for_more_pairs(count: int, django_assert_num_queries) -> None:
    for n in range(count):
        register(f"Tenda {n} Biru", phone=f"08123456780{n}")
        register(f"Tenda {n} Birru", phone=f"08123456780{n}")
    client = staff()
    client.get(address("duplicates"))
    with django_assert_num_queries(3):
        client.get(address("duplicates"))


def test_merge_marks_what_differs_and_makes_two_entries_one() -> None:
    first, second, double = twins()
    client, path = staff(), address("merge", key=double.pk)
    page = html(client, path)
    assert page.count('class="current"') == 2  # name and sex
    assert "Diisi dari kanan" in page and nik(1) not in page
    assert client.post(path, {"reason": ""}).status_code == 422
    response = client.post(path, {"reason": "KTP sama", "take": ["sex"]})
    assert response.headers["Location"] == address("person", first)
    first.refresh_from_db()
    assert (first.sex, first.nik, first.display_name) == ("female", nik(1), "Tenda Biru")
    assert client.get(address("person", second)).status_code == 404
    assert client.get(path).status_code == 404


def test_merge_can_be_turned_round_and_is_not_for_another_area() -> None:
    _first, second, double = twins()
    client, path = staff(), address("merge", key=double.pk)
    assert staff(area=BEKASI_TIMUR).get(path).status_code == 404
    response = client.post(f"{path}?balik=1", {"reason": "KTP sama"})
    assert response.headers["Location"] == address("person", second)


def test_merge_undo_brings_the_other_entry_back() -> None:
    first, second, double = twins()
    client = staff()
    client.post(address("merge", key=double.pk), {"reason": "KTP sama"})
    merge = Merge.objects.get()
    path = address("merge-undo", key=merge.pk)
    assert path in html(client, address("person", first))
    assert staff(area=BEKASI_TIMUR).get(path).status_code == 404
    assert "Data Tenda Birru kembali berdiri sendiri." in html(client, path)
    assert client.post(path).status_code == 302
    assert client.get(address("person", second)).status_code == 200
    again = client.post(path)
    assert again.status_code == 422 and "sudah diurungkan" in again.content.decode()


def test_apart_settles_a_pair_as_two_people() -> None:
    _first, _second, double = twins()
    client = staff()
    assert client.post(address("apart", key=double.pk)).headers["Location"] == address("duplicates")
    assert "Tidak ada data ganda" in html(client, address("duplicates"))


GOOD = b"nama,wilayah\nPedagang 01,Mustikasari\nPedagang 02,Padurenan\n"


def test_people_import_checks_and_import_file_takes_all_in() -> None:
    client = staff()
    response = client.post(address("people-import"), {"file": SimpleUploadedFile("pedagang.csv", GOOD)})
    made = Import.objects.get()
    path = reverse("registry:import-file", kwargs={"ref": made.ref})
    assert response.headers["Location"] == path
    assert "2 baris siap dimasukkan." in html(client, path)
    assert Person.objects.count() == 0
    client.post(path)
    assert "2 orang ditambahkan." in html(client, path)
    assert Person.objects.count() == 2
    assert "pedagang.csv" in html(client, address("people-import"))


def test_people_import_of_no_table_keeps_nothing() -> None:
    response = staff().post(address("people-import"), {"file": SimpleUploadedFile("pedagang.csv", b"\xff\xfe\x00")})
    assert response.status_code == 422 and Import.objects.count() == 0


def test_import_file_names_row_and_column_and_is_nobody_elses() -> None:
    client = staff()
    bad = GOOD + b"x,Bulan\n"
    client.post(address("people-import"), {"file": SimpleUploadedFile("pedagang.csv", bad)})
    path = reverse("registry:import-file", kwargs={"ref": Import.objects.get().ref})
    page = html(client, path)
    assert "Wilayah tidak dikenal. Tulis kode atau nama kelurahan." in page and "Masukkan semua" not in page
    assert client.post(path).status_code == 422
    assert Person.objects.count() == 0
    assert staff().get(path).status_code == 404


def test_import_example_is_an_empty_table_that_the_import_knows() -> None:
    answer = staff().get(address("import-example"))
    head, rows = sheets.read(answer.content)
    assert (head, rows) == ([*COLUMNS], [])


def test_a_nik_from_elsewhere_is_told_on_the_page_and_kept() -> None:
    person = register(nik="3171011201800001")
    assert "Wilayah 317101 di NIK ini di luar daftar kami." in html(staff(), address("person", person))
    assert "di luar daftar kami" not in html(staff(), address("person", register(nik="3275111201800007")))


def test_people_export_gives_the_filtered_list_with_masked_numbers() -> None:
    register("Pedagang 01", nik=nik(1))
    register("Pedagang 02", region="32.75.11.1001")
    client = staff("verifier")
    csv = client.post(address("people-export"), {"bentuk": "csv", "wilayah": MUSTIKASARI})
    text = b"".join(csv.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[1].startswith("Pedagang 01,327511******0001,")
    assert len(text.splitlines()) == 2
    xlsx = client.post(address("people-export"), {"bentuk": "xlsx"})
    assert xlsx.content.startswith(b"PK") and 'filename="pedagang-' in xlsx["Content-Disposition"]
    assert Record.objects.filter(action="registry.exported").count() == 2


def test_people_export_is_not_offered_to_who_may_not() -> None:
    register()
    assert "Simpan CSV" in html(staff("verifier"), address("people"))
    assert "Simpan CSV" not in html(staff("facilitator"), address("people"))
    assert staff("facilitator").post(address("people-export")).status_code == 404


def test_markets_lists_those_of_ones_area_with_zone_and_sellers() -> None:
    actions.add_business(person=register(), market=market(), by=SYSTEM, at=AT)
    market("pasar-lain", BEKASIJAYA)
    page = html(staff(), address("markets"))
    assert "Pasar pasar-uji" in page and "Pasar pasar-lain" not in page and "Belum diketahui" in page


@pytest.mark.parametrize("count", [1, 3])
def test_markets_takes_the_same_number_of_queries_for_more_rows(count: int, django_assert_num_queries) -> None:
    for n in range(count):
        market(f"pasar-{n}")
    client = staff()
    client.get(address("markets"))
    with django_assert_num_queries(3):
        client.get(address("markets"))


def test_market_shows_who_sells_there_and_is_not_there_for_another_area() -> None:
    actions.add_business(person=register("Pedagang 01"), market=market(), stall_label="A1", by=SYSTEM, at=AT)
    page = html(staff(), address("market", code="pasar-uji"))
    assert "Pedagang 01" in page and "A1" in page and "Tanyakan ke dinas" in page
    assert staff(area=BEKASI_TIMUR).get(address("market", code="pasar-uji")).status_code == 404


def test_market_new_writes_one_and_asks_for_the_source_of_a_zone() -> None:
    client = staff()
    given = {"name": "Pasar Uji", "region": MUSTIKASARI, "days": ["mon", "sun"], "opening_hours": "06.00–10.00"}
    wrong = client.post(address("market-new"), given | {"zone": "red"})
    assert "Tulis dari mana zona ini diketahui." in wrong.content.decode()
    client.post(address("market-new"), given | {"zone": "unknown"})
    made = Market.objects.get()
    assert (made.code, made.days, made.zone) == ("pasar-uji-1004", ["mon", "sun"], "unknown")
    assert "Senin, Minggu" in html(client, address("market", code=made.code))


def test_market_edit_changes_days_and_zone_with_its_source() -> None:
    client, place = staff(), market()
    path = address("market-edit", code=place.code)
    assert f'value="{place.name}"' in html(client, path)
    given = {"name": "Pasar Lain", "region": MUSTIKASARI, "days": ["sat"], "zone": "red"}
    assert "Tulis dari mana zona ini diketahui." in client.post(path, given).content.decode()
    assert client.post(path, given | {"zone_source": "SK Wali Kota"}).status_code == 302
    place = Market.objects.get()
    assert (place.name, place.days, place.zone, place.zone_source) == ("Pasar Lain", ["sat"], "red", "SK Wali Kota")
    assert staff(area=BEKASI_TIMUR).get(path).status_code == 404


def test_stall_put_writes_a_stall_and_shows_it_again() -> None:
    client, place = staff(), market()
    path = address("stall-put", code=place.code)
    given = {"label": "A1", "zone": "green", "zone_source": "SK", "latitude": "-6,2631", "longitude": "107,0274"}
    assert client.post(path, given).status_code == 302
    page = html(client, path, lapak="A1")
    assert 'value="A1"' in page and 'value="-6,263100"' in page
    assert "Zona hijau" in html(client, address("market", code=place.code))
    wrong = client.post(path, given | {"latitude": "utara"})
    assert (wrong.status_code, "Tulis derajat dengan angka" in wrong.content.decode()) == (422, True)
    assert "dua-duanya" in client.post(path, given | {"longitude": ""}).content.decode()
