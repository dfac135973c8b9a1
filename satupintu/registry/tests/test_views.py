"""The pages, asked for as a browser does: by whom, for whom, with what on them."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from satupintu.accounts.tests.factories import client_as, make_office, set_second_factor
from satupintu.audit import queries as audit
from satupintu.audit.models import Record
from satupintu.audit.rules import SYSTEM
from satupintu.registry import actions
from satupintu.registry.models import (
    Barrier,
    Business,
    Consent,
    Document,
    Double,
    FollowUp,
    Import,
    Market,
    Merge,
    PaperHeld,
    Person,
)
from satupintu.registry.tests.factories import (
    AT,
    BEKASI_TIMUR,
    BEKASIJAYA,
    MUSTIKAJAYA,
    MUSTIKASARI,
    PDF,
    market,
    nik,
    photo,
    register,
)

pytestmark = pytest.mark.django_db


def office_of(area: str) -> str:
    return f"kec-{area.replace('.', '-')}"


def staff(role: str = "front_office", area: str = MUSTIKAJAYA) -> Client:
    """A browser of somebody of a kecamatan who gave all their role asks for."""
    client, user = client_as(role, office=make_office(office_of(area), "kecamatan", area))
    set_second_factor(user)
    return client


def vendor(person: Person) -> Client:
    client, user = client_as("vendor")
    actions.link_account(person=person, user=user, by=SYSTEM, at=AT)
    return client


def address(name: str, person: Person | None = None, **given: object) -> str:
    return reverse(f"registry:{name}", kwargs=given | ({"ref": person.ref} if person else {}))


def html(client: Client, path: str, **given: object) -> str:
    response = client.get(path, given)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


ABOUT_A_PERSON = (
    *("person", "person-edit", "person-forget", "business-new", "paper-new", "document-new"),
    *("consent-new", "barrier-new", "follow-up-new"),
)


@pytest.mark.parametrize("name", ABOUT_A_PERSON)
def test_person_pages_of_another_kecamatan_are_not_there(name: str) -> None:
    person = register()
    assert staff("administrator").get(address(name, person)).status_code == 200
    assert staff("administrator", BEKASI_TIMUR).get(address(name, person)).status_code == 404
    assert staff("administrator").get(reverse(f"registry:{name}", kwargs={"ref": uuid.uuid4()})).status_code == 404


def test_person_shows_masked_numbers_and_what_they_hold() -> None:
    person = register("Pedagang 01", nik=nik(1), phone="081234567890")
    actions.add_business(
        person=person, trade_name="Warung 01", market=market(), codes=[("2020", "56104")], by=SYSTEM, at=AT
    )
    actions.record_paper(person=person, paper="nib", number="1234567890123", by=SYSTEM, at=AT)
    actions.record_barrier(person=person, code="fears_cost", by=SYSTEM, at=AT)
    page = html(staff(), address("person", person))
    for text in (
        "327511******0001",
        "0812****7890",
        "Warung 01",
        "KBLI 2020: 56104",
        "1234567890123",
        "Takut biayanya mahal",
    ):
        assert text in page
    assert nik(1) not in page and "081234567890" not in page


def test_person_is_open_to_the_vendor_they_are_and_to_no_other() -> None:
    me, other = register("Pedagang 01"), register("Pedagang 02")
    client = vendor(me)
    page = html(client, address("person", me))
    assert "Siapa membuka data ini" in page and "Tindak lanjut" not in page
    assert client.get(address("person", other)).status_code == 404
    assert client.get(address("people")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_person_takes_the_same_number_of_queries_however_much_they_hold(count: int, django_assert_num_queries) -> None:
    person = register()
    for n in range(count):
        actions.add_business(person=person, trade_name=f"Warung {n}", codes=[("2020", "56104")], by=SYSTEM, at=AT)
        actions.record_paper(person=person, paper="nib", by=SYSTEM, at=AT)
        actions.add_document(person=person, kind="ktp", content=PDF, by=SYSTEM, at=AT)
        actions.add_follow_up(person=person, why=f"temui {n}", due=AT.date(), by=SYSTEM, at=AT)
    client = staff()
    client.get(address("person", person))
    with django_assert_num_queries(13):
        client.get(address("person", person))


def test_person_reveal_shows_the_number_once_the_reason_is_written_and_the_person_sees_who() -> None:
    person = register(nik=nik(1), phone="081234567890")
    client, me = staff(), vendor(person)
    refused = client.post(address("person-reveal", person), {"what": "nik", "reason": ""})
    assert refused.status_code == 422 and nik(1) not in refused.content.decode()
    shown = client.post(address("person-reveal", person), {"what": "nik", "reason": "cocokkan dengan KTP"})
    assert nik(1) in shown.content.decode() and "081234567890" not in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert nik(1) not in html(client, address("person", person))
    page = html(me, address("person", person))
    assert "Melihat NIK lengkap" in page and "cocokkan dengan KTP" in page
    assert Record.objects.filter(action="registry.nik_read").count() == 1


def test_person_reveal_is_not_for_another_kecamatan_nor_by_link() -> None:
    person = register(nik=nik(1))
    given = {"what": "nik", "reason": "cocokkan dengan KTP"}
    assert staff(area=BEKASI_TIMUR).post(address("person-reveal", person), given).status_code == 404
    assert staff("facilitator").post(address("person-reveal", person), given).status_code == 404
    assert staff().get(address("person-reveal", person)).status_code == 405
    assert Record.objects.filter(action="registry.nik_read").count() == 0


def test_people_lists_finds_and_never_ends_in_nothing() -> None:
    register("Tenda Biru", phone="081234567890")
    register("Gerobak Hijau", region=BEKASIJAYA)
    client = staff()
    assert "Tenda Biru" in html(client, address("people"))
    assert "Gerobak" not in html(client, address("people"))
    assert "Tenda Biru" in html(client, address("people"), cari="tnda")
    assert "Tenda Biru" in html(client, address("people"), cari="7890")
    nothing = html(client, address("people"), cari="xyzzy")
    assert "Coba 4 angka terakhir nomor HP." in nothing and "Daftarkan pedagang" in nothing


def test_people_turns_pages_and_keeps_its_filters() -> None:
    for n in range(52):
        register(f"Pedagang {n:02}")
    client = staff()
    first = html(client, address("people"), wilayah=MUSTIKASARI)
    assert "Pedagang 49" in first and "Pedagang 50" not in first
    after = first.split("sesudah=")[1].split('"')[0]
    second = html(client, address("people"), wilayah=MUSTIKASARI, sesudah=after)
    assert "Pedagang 51" in second and "Pedagang 49" not in second
    assert f"wilayah={MUSTIKASARI}&amp;sesudah=" in first


@pytest.mark.parametrize(
    "given", [{"pasar": "x"}, {"wilayah": "99"}, {"belum": "?"}, {"sesudah": "x"}, {"hambatan": "'"}]
)
def test_people_takes_no_harm_from_an_address_typed_by_hand(given: dict) -> None:
    register("Pedagang 01")
    assert "Pedagang 01" in html(staff(), address("people"), **given)


@pytest.mark.parametrize("count", [1, 3])
def test_people_takes_the_same_number_of_queries_for_more_rows(count: int, django_assert_num_queries) -> None:
    for _ in range(count):
        actions.add_business(person=register(), market=market(), by=SYSTEM, at=AT)
    client = staff()
    client.get(address("people"))
    with django_assert_num_queries(7):
        client.get(address("people"))


def test_person_new_writes_and_goes_to_the_new_page() -> None:
    response = staff().post(
        address("person-new"),
        {"display_name": "Pedagang 01", "nik": nik(1), "phone": "0812 3456 7890", "region": MUSTIKASARI},
    )
    person = Person.objects.get()
    assert response.headers["Location"] == address("person", person)
    assert (person.nik, person.phone, person.channel, person.language) == (nik(1), "+6281234567890", "none", "id")


def test_person_new_keeps_what_was_typed_and_says_what_is_wrong() -> None:
    response = staff().post(address("person-new"), {"display_name": "Pedagang 01", "nik": "123", "region": MUSTIKASARI})
    page = response.content.decode()
    assert response.status_code == 422
    assert "NIK harus 16 angka. Sekarang baru 3." in page and 'value="123"' in page
    assert "<title>Salah:" in page
    assert Person.objects.count() == 0


def test_person_new_warns_of_a_likely_double_before_writing() -> None:
    register("Tenda Biru", phone="081234567890")
    client, given = staff(), {"display_name": "Tenda Birru", "region": MUSTIKASARI, "phone": "081234567890"}
    page = client.post(address("person-new"), given).content.decode()
    assert "Mungkin sudah terdaftar" in page and "Tenda Biru" in page and "Nomor HP sama" in page
    assert Person.objects.count() == 1
    client.post(address("person-new"), given | {"another_person": "on"})
    assert Person.objects.count() == 2
    assert Double.objects.count() == 1


def test_person_new_does_not_name_a_double_of_another_area() -> None:
    register("Tenda Biru", nik=nik(1), region=BEKASIJAYA)
    page = (
        staff()
        .post(address("person-new"), {"display_name": "Tenda Biru", "nik": nik(1), "region": MUSTIKASARI})
        .content.decode()
    )
    assert "Orang di wilayah kantor lain" in page
    assert reverse("registry:person", kwargs={"ref": Person.objects.get().ref}) not in page


def test_person_edit_leaves_an_empty_number_as_it_was() -> None:
    person = register("Pedagang 01", nik=nik(1))
    client = staff()
    assert nik(1) not in html(client, address("person-edit", person))
    client.post(
        address("person-edit", person), {"display_name": "Pedagang 02", "region": MUSTIKASARI, "channel": "sms"}
    )
    person.refresh_from_db()
    assert (person.display_name, person.nik, person.channel) == ("Pedagang 02", nik(1), "sms")


def test_person_forget_needs_a_reason_and_leaves_nobody() -> None:
    person, client = register(), staff("administrator")
    assert client.post(address("person-forget", person), {"reason": ""}).status_code == 200
    assert client.post(address("person-forget", person), {"reason": "permintaan sendiri"}).status_code == 302
    assert client.get(address("person", person)).status_code == 404


def test_business_new_writes_one_with_its_code() -> None:
    person, place = register(), market()
    given = {
        "trade_name": "Warung",
        "place": "cart",
        "region": MUSTIKASARI,
        "market": place.pk,
        "stall_label": "A1",
        "code": "56104",
    }
    response = staff().post(address("business-new", person), given)
    assert response.headers["Location"] == address("person", person)
    business = Business.objects.get()
    assert (business.market, business.stall.label, business.codes.get().code) == (place, "A1", "56104")


def test_business_new_says_at_the_form_what_is_wrong() -> None:
    person = register()
    response = staff().post(address("business-new", person), {"place": "cart", "region": MUSTIKASARI, "code": "12"})
    assert response.status_code == 422
    assert "Tulis kode 5 angka, misalnya 56104." in response.content.decode()


def test_a_vendor_adds_their_own_business_and_nobody_elses() -> None:
    me, other = register(), register()
    client, given = vendor(me), {"place": "cart", "region": MUSTIKASARI}
    assert client.post(address("business-new", me), given).status_code == 302
    assert client.post(address("business-new", other), given).status_code == 404
    assert Business.objects.get().person == me


def test_paper_new_checks_the_number() -> None:
    person, client = register(), staff()
    wrong = client.post(address("paper-new", person), {"paper": "nib", "number": "123"})
    assert "NIB berisi 13 angka. Sekarang ada 3." in wrong.content.decode()
    client.post(address("paper-new", person), {"paper": "nib", "number": "1234567890123", "issued": "2026-01-02"})
    assert PaperHeld.objects.get().number == "1234567890123"


def test_document_new_keeps_a_photo_and_document_shows_it_sealed_from_others() -> None:
    person, client = register(), staff()
    upload = SimpleUploadedFile("ktp.jpg", photo(), "image/jpeg")
    assert client.post(address("document-new", person), {"kind": "ktp", "file": upload}).status_code == 302
    document = Document.objects.get()
    path = address("document", person, document_ref=document.ref)
    shown = client.get(path)
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert "no-store" in shown["Cache-Control"] and shown.content.startswith(b"\xff\xd8\xff")
    assert audit.about_person(person.reference).first().action == "registry.document_read"
    assert staff(area=BEKASI_TIMUR).get(path).status_code == 404
    other = register()
    assert client.get(address("document", other, document_ref=document.ref)).status_code == 404


def test_document_new_refuses_what_is_no_photo_whatever_it_is_called() -> None:
    person = register()
    upload = SimpleUploadedFile("ktp.jpg", b"<script>x()</script>", "image/jpeg")
    response = staff().post(address("document-new", person), {"kind": "ktp", "file": upload})
    assert response.status_code == 422 and "Berkas ini bukan foto atau PDF." in response.content.decode()
    assert Document.objects.count() == 0


def test_document_thumbnail_is_small_and_not_there_for_a_pdf() -> None:
    person, client = register(), staff()
    picture = actions.add_document(person=person, kind="ktp", content=photo(), by=SYSTEM, at=AT)
    pdf = actions.add_document(person=person, kind="kk", content=PDF, by=SYSTEM, at=AT)
    whole = client.get(address("document", person, document_ref=picture.ref)).content
    small = client.get(address("document-thumbnail", person, document_ref=picture.ref)).content
    assert 0 < len(small) < len(whole)
    assert client.get(address("document-thumbnail", person, document_ref=pdf.ref)).status_code == 404


def test_document_erase_makes_it_disappear() -> None:
    person, client = register(), staff("verifier")
    document = actions.add_document(person=person, kind="ktp", content=PDF, by=SYSTEM, at=AT)
    client.post(address("document-erase", person, document_ref=document.ref), {"reason": "salah foto"})
    assert client.get(address("document", person, document_ref=document.ref)).status_code == 404


def test_consent_new_reads_the_words_and_takes_no_answer_for_granted() -> None:
    person, client = register(), staff()
    page = html(client, address("consent-new", person))
    assert "Boleh kami kirim nama dan nomor WA ke Pegadaian? Bisa dibatalkan kapan saja." in page
    assert "checked" not in page
    missing = client.post(address("consent-new", person), {"purpose": "reminders"})
    assert "Pilih jawabannya: ya atau tidak." in missing.content.decode()
    client.post(address("consent-new", person), {"purpose": "reminders", "given": "no", "place": "loket"})
    assert (Consent.objects.get().given, Consent.objects.get().place) == (False, "loket")


def test_consent_withdraw_ends_it() -> None:
    person = register()
    actions.give_consent(person=person, purpose="reminders", by=SYSTEM, at=AT)
    me = vendor(person)
    assert me.post(address("consent-withdraw", person, purpose="reminders")).status_code == 302
    assert Consent.objects.get().withdrawn_at is not None
    assert me.post(address("consent-withdraw", person, purpose="newsletter")).status_code == 404


def test_barrier_new_and_barrier_lift_write_both_ends() -> None:
    person, client = register(), staff()
    client.post(address("barrier-new", person), {"code": "red_zone"})
    assert Barrier.objects.get().gone_at is None
    client.post(address("barrier-lift", person, code="red_zone"))
    assert Barrier.objects.get().gone_at is not None


def test_barrier_lift_of_an_unknown_code_is_not_there() -> None:
    assert staff().post(address("barrier-lift", register(), code="lazy")).status_code == 404


def test_follow_up_new_and_follow_up_done_are_one_promise() -> None:
    person, client = register(), staff()
    client.post(address("follow-up-new", person), {"why": "temui lagi", "due": "2099-01-01", "mine": "on"})
    follow_up = FollowUp.objects.get()
    assert (follow_up.owner[:5], follow_up.office) == ("user:", office_of(MUSTIKAJAYA))
    path = address("follow-up-done", person, key=follow_up.pk)
    assert "temui lagi" in html(client, path)
    client.post(path, {"outcome": "sudah datang"})
    assert FollowUp.objects.get().outcome == "sudah datang"


def test_follow_up_done_of_somebody_else_is_not_there() -> None:
    person, other = register(), register()
    follow_up = actions.add_follow_up(person=person, why="temui", due=AT.date(), by=SYSTEM, at=AT)
    assert staff().get(address("follow-up-done", other, key=follow_up.pk)).status_code == 404


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
