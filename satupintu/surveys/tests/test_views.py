"""The pages of questionnaires and surveys, as a browser without script meets them."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from satupintu.audit.models import Record
from satupintu.registry.tests.browsing import html, staff
from satupintu.registry.tests.factories import BEKASI_TIMUR, MUSTIKASARI
from satupintu.surveys import queries, reading
from satupintu.surveys.models import Answering, Survey
from satupintu.surveys.tests.factories import facilitator, later, sheet, survey, typed

pytestmark = pytest.mark.django_db


def to(page: str, of: Survey | None = None, /, **given: object) -> str:
    return reverse(f"surveys:{page}", kwargs=given | ({"ref": of.ref} if of else {}))


def test_questionnaires_are_listed_for_everybody() -> None:
    page = html(Client(), to("questionnaires"))
    assert all(f"/kuesioner/{code}/" in page for code in reading.library().forms)


def test_questionnaire_shows_every_item_with_what_the_report_printed_and_its_source() -> None:
    page = html(Client(), to("questionnaire", code="paper_statements"))
    assert page.count("<li data-speak-scope>") == 10
    assert "Di laporan tercetak: <q" in page and "pengurusan ijin usaha" in page
    assert "Laporan pengabdian tentang NIB dan Pegadaian" in page


def test_questionnaire_shows_the_right_answer_with_its_fact_and_a_condition_in_words() -> None:
    page = html(Client(), to("questionnaire", code="knowledge_test"))
    assert "PP 28/2025 Pasal 206" in page
    page = html(Client(), to("questionnaire", code="needs_interview"))
    assert "Hanya kalau nomor 5 dijawab: NIB (Nomor Induk Berusaha)" in page


def test_questionnaire_of_an_unknown_code_or_version_is_not_found() -> None:
    assert Client().get(to("questionnaire", code="nothing")).status_code == 404
    assert Client().get(to("questionnaire", code="follow_up") + "?versi=9").status_code == 404


def test_questionnaire_is_translated_whole() -> None:
    client = Client()
    client.cookies["bahasa"] = "en"
    page = html(client, to("questionnaire", code="knowledge_test"))
    assert "Who issues the NIB?" in page and "Siapa yang menerbitkan NIB?" not in page


def test_paper_form_has_every_item_with_its_marks_and_no_place_for_a_name() -> None:
    page = html(Client(), to("paper-form", code="paper_statements"))
    assert page.count("<td>☐&nbsp;Ya&nbsp;&nbsp;☐&nbsp;Belum</td>") == 10
    assert "paper-a5" in page and "Nama tidak ditulis" in page
    page = html(Client(), to("paper-form", code="paper_response"))
    assert page.count("☐&nbsp;5</td>") == 6 and page.count("Sangat setuju") == 1


def test_xlsform_export_is_a_workbook_with_the_three_sheets() -> None:
    response = Client().get(to("xlsform-export", code="needs_interview"))
    assert load_workbook(io.BytesIO(response.content)).sheetnames == ["survey", "choices", "settings"]
    assert response["Content-Disposition"] == 'attachment; filename="needs_interview-1.xlsx"'


def xlsx(**sheets: list[list[str]]) -> SimpleUploadedFile:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        made = book.create_sheet(name)
        for row in rows:
            made.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("x.xlsx", out.getvalue())


def test_xlsform_import_shows_the_file_to_keep_or_what_is_wrong_by_row() -> None:
    client, path = staff("facilitator"), to("xlsform-import")
    good = xlsx(survey=[["type", "name", "label"], ["text", "q1", "Jualan apa?"]])
    page = client.post(path, {"file": good})
    assert page.status_code == 200 and "code: q1" in page.content.decode()
    bad = xlsx(survey=[["type", "name", "label"], ["range", "q1", "Berapa?"]])
    page = client.post(path, {"file": bad})
    assert page.status_code == 422 and "survey, baris 2, type: Jenis &#x27;range&#x27;" in page.content.decode()
    assert client.post(path, {"file": SimpleUploadedFile("x.xlsx", b"no")}).status_code == 422
    assert client.post(path).status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_surveys_take_the_same_number_of_queries_however_many(count: int, django_assert_num_queries) -> None:
    client = staff("facilitator")
    for wave in ("before", "after", "then")[:count]:
        sheet(survey(wave=wave))
    html(client, to("surveys"))
    with django_assert_num_queries(3):
        page = html(client, to("surveys"))
    assert page.count('<tr role="row"><th role="rowheader"') == count


def test_surveys_of_another_area_are_not_shown() -> None:
    one = survey()
    client = staff("facilitator", BEKASI_TIMUR)
    assert "Belum ada survei" in html(client, to("surveys"))
    for name in ("survey", "entry", "hands", "kiosk-start", "survey-paper", "differences"):
        assert client.get(to(name, one)).status_code == 404


def test_survey_new_opens_one_and_keeps_what_was_typed_when_refused() -> None:
    client, path = staff("facilitator"), to("survey-new")
    typed_in = {"questionnaire": "follow_up", "wave": "before", "title": "Pasar Pagi", "region": MUSTIKASARI}
    page = client.post(path, typed_in)
    assert page.status_code == 422 and 'value="Pasar Pagi"' in page.content.decode()
    assert "tidak ditanyakan pada waktu itu" in page.content.decode()
    made = client.post(path, typed_in | {"wave": "followup", "after_days": "30"})
    one = Survey.objects.get()
    assert made["Location"] == to("survey", one)
    assert (one.after_days, one.title, one.region) == (30, "Pasar Pagi", MUSTIKASARI)


def test_survey_shows_who_answered_and_what_waits() -> None:
    one = survey()
    sheet(one, 1)
    typed(one, 5, later(1), number=2)
    page = html(staff("facilitator"), to("survey", one))
    assert "2 orang menjawab" in page and "Tunggu ketikan kedua" in page


def test_survey_close_ends_it() -> None:
    one, client = survey(), staff("facilitator")
    client.post(to("survey-close", one))
    assert "Sudah ditutup." in html(client, to("survey", one))


def test_survey_paper_names_the_card_and_its_qr_the_page_to_type_it() -> None:
    one = survey()
    page = html(staff("facilitator"), to("survey-paper", one), kartu="7")
    assert "P007" in page and "Acara uji" in page


MARKS = {f"b_s{n}": "1" for n in range(1, 11)}


def test_entry_keeps_a_sheet_and_a_second_person_does_not_see_the_first() -> None:
    one, first, second = survey(), staff("facilitator"), staff("facilitator")
    answer = first.post(to("entry", one), MARKS | {"card": "1", "b_s2": "0"})
    assert answer["Location"] == to("entry", one) + "?selesai=P001&ke=1"
    page = html(second, to("entry", one))
    assert "Menunggu ketikan kedua dari Anda: P001" in page and 'value="0"' not in page
    assert "Menunggu ketikan kedua" not in html(first, to("entry", one))
    assert second.post(to("entry", one), MARKS | {"card": "p001"})["Location"].endswith("?selesai=P001&ke=2")
    assert [difference.item for difference in queries.standings(one)[0].standing.unsettled] == ["s2"]


def test_entry_tells_what_is_wrong_at_the_field_and_keeps_what_was_typed() -> None:
    one, client = survey(), staff("facilitator")
    page = client.post(to("entry", one), MARKS | {"card": "x", "b_s2": "9"})
    assert page.status_code == 422 and "Tulis kode kartu, contoh P001 atau 1." in page.content.decode()
    page = client.post(to("entry", one), MARKS | {"card": "2", "b_s2": "9"})
    text = page.content.decode()
    assert "Tulis 1 atau y untuk Ya, 0 atau t untuk Belum." in text and 'value="9"' in text
    client.post(to("entry", one), MARKS | {"card": "2"})
    page = client.post(to("entry", one), MARKS | {"card": "2"})
    assert "Ketikan kedua oleh orang lain" in page.content.decode()
    assert Answering.objects.count() == 1


def test_differences_lead_to_settling_and_disappear_then() -> None:
    one, client = survey(), staff("facilitator")
    typed(one, 1, later(-2))
    typed(one, 2, later(-1), s4="0")
    page = html(client, to("differences", one))
    assert "Dua ketikan sama di 9 dari 10 tanda." in page and "1 tanda berbeda" in page
    path = to("settle", one, name="P001")
    assert path in page
    page = html(client, path)
    assert "Ketikan 1: Ya. Ketikan 2: Belum." in page and "b_s5" not in page
    assert client.post(path, {"b_s4": "3"}).status_code == 422
    assert client.post(path, {"b_s4": "0"})["Location"] == to("differences", one)
    assert "Tidak ada yang perlu diputuskan." in html(client, to("differences", one))
    assert queries.standings(one)[0].standing.values["s4"] == "no"


def test_settle_of_a_sheet_without_differences_is_not_found() -> None:
    one = survey()
    sheet(one)
    assert staff("facilitator").get(to("settle", one, name="P001")).status_code == 404


def test_hands_are_counted_and_more_than_were_there_refused() -> None:
    one, client = survey(), staff("facilitator")
    page = client.post(to("hands", one), {"asked": "20", "b_s1": "21"})
    assert page.status_code == 422 and "Yang angkat tangan 21, yang hadir 20." in page.content.decode()
    assert client.post(to("hands", one), {"asked": "20"}).status_code == 422
    assert client.post(to("hands", one), {"asked": "x", "b_s1": "1"}).status_code == 422
    client.post(to("hands", one), {"asked": "20", "b_s1": "13", "b_s2": "8"})
    page = html(client, to("survey", one))
    assert "13 dari 20 orang" in page and "8 dari 20 orang" in page and "tidak berpasangan" in page


def test_table_import_tells_faults_by_row_and_keeps_a_good_table() -> None:
    one, client = survey(), staff("front_office")
    page = client.post(to("table-import", one), {"file": SimpleUploadedFile("a.csv", b"peserta,s1\n1,y\n2,9\n")})
    text = page.content.decode()
    assert page.status_code == 422 and '<th role="rowheader" scope="row" class="number">3</th>' in text
    assert Answering.objects.count() == 0
    answer = client.post(to("table-import", one), {"file": SimpleUploadedFile("a.csv", b"peserta,s1\n1,y\n2,t\n")})
    assert answer["Location"] == to("survey", one) and Answering.objects.count() == 2


def test_table_export_comes_back_as_the_same_answers_and_is_witnessed() -> None:
    one, other = survey(), survey(wave="after")
    sheet(one, 1, values={"s1": "1", "s2": "0"})
    client = staff("front_office")
    for form in ("csv", "xlsx"):
        content = client.post(to("table-export", one), {"bentuk": form}).content
        client.post(to("table-import", other), {"file": SimpleUploadedFile(f"a.{form}", content)})
        assert queries.standings(other)[0].standing.values == {"s1": "yes", "s2": "no"}
    assert Answering.objects.filter(survey=other).count() == 2
    assert Record.objects.filter(action="surveys.answers_exported").count() == 2


def locked(of: Survey, pin: str = "2468") -> Client:
    client = staff("facilitator")
    assert client.post(to("kiosk-start", of), {"pin": pin})["Location"] == to("kiosk")
    return client


def press(client: Client, **given: str) -> str:
    """Send the screen's form as it is and return the next screen."""
    answer = client.post(to("kiosk"), given)
    assert answer.status_code == 302, answer.content.decode()
    return html(client, to("kiosk"))


def test_kiosk_start_refuses_a_pin_that_is_none() -> None:
    client = staff("facilitator")
    for pin in ("", "12", "abcd", "1234567"):
        assert client.post(to("kiosk-start", survey()), {"pin": pin}).status_code == 422
    assert client.get(to("kiosk"))["Location"] == to("surveys")


def test_kiosk_takes_one_person_through_all_statements_and_on_to_the_next() -> None:
    one = survey()
    client = locked(one)
    assert "Berapa nomor kartu" in html(client, to("kiosk"))
    assert "Boleh kami pakai jawaban" in press(client, kartu="7")
    page = press(client, setuju="yes")
    for n in range(1, 11):
        assert f"{n} dari 10" in page and 'class="bottom-nav"' not in page and "Keluar" not in page
        page = press(client, jawaban="yes" if n % 2 else "no")
    assert "10 dari 10 dijawab." in page
    assert "Jawaban sudah tersimpan." in press(client)
    made = Answering.objects.get()
    assert (made.respondent, made.channel, made.consent) == ("card:uji:P007", "phone", "survey_answers:1")
    assert [answer.value for answer in made.answers.all()] == ["yes", "no"] * 5
    assert "Berapa nomor kartu" in press(client)


def test_kiosk_goes_back_keeps_the_answer_and_takes_a_new_one() -> None:
    client = locked(survey())
    press(client, kartu="1")
    press(client, setuju="yes")
    assert "?butir=s1" in press(client, jawaban="no")
    page = html(client, to("kiosk"), butir="s1")
    assert 'value="no" id="jawaban_2" checked' in page
    client.post(to("kiosk") + "?butir=s1", {"jawaban": "yes"})
    assert client.session["kiosk"]["values"] == {"s1": "yes"}


def test_kiosk_asks_for_an_answer_and_lets_one_be_left_out() -> None:
    client = locked(survey())
    press(client, kartu="1")
    press(client, setuju="yes")
    page = client.post(to("kiosk"), {})
    assert page.status_code == 422 and "Pilih satu jawaban." in page.content.decode()
    assert "2 dari 10" in press(client, lewati="1")


def test_kiosk_keeps_nothing_of_who_says_no_and_asks_only_what_applies() -> None:
    client = locked(survey("needs_interview"))
    press(client, kartu="1")
    assert "Jawaban tidak disimpan." in press(client, setuju="no")
    press(client)
    press(client, kartu="2")
    press(client, setuju="yes")
    for said in ("cilok", "cart", "3", "no"):
        page = press(client, jawaban=said)
    assert "5 dari 8" in page
    assert "6 dari 9" in press(client, jawaban="nib")
    assert Answering.objects.count() == 0


def test_kiosk_locks_every_other_page_until_the_pin_opens_it() -> None:
    one = survey()
    client = locked(one)
    for path in ("/", "/pedagang/", to("survey", one), to("surveys"), to("questionnaires"), "/cek-izin/"):
        assert client.get(path)["Location"] == to("kiosk")
    assert client.post(reverse("account_logout"))["Location"] == to("kiosk")
    assert client.get("/healthz").status_code == 200


def test_kiosk_leave_opens_with_the_pin_and_signs_out_after_five_wrong_ones() -> None:
    one = survey()
    client = locked(one)
    page = client.post(to("kiosk-leave"), {"pin": "1111"})
    assert page.status_code == 422 and "Sisa 4 kali" in page.content.decode()
    assert client.post(to("kiosk-leave"), {"pin": "2468"})["Location"] == to("survey", one)
    assert client.get(to("survey", one)).status_code == 200
    client = locked(one)
    for _ in range(5):
        answer = client.post(to("kiosk-leave"), {"pin": "0000"})
    assert answer.status_code == 302
    assert client.get(to("survey", one)).status_code == 302 and "kiosk" not in client.session


def test_kiosk_sends_a_sheet_once_even_if_the_button_is_pressed_twice() -> None:
    one = survey()
    client = locked(one)
    press(client, kartu="1")
    press(client, setuju="yes")
    press(client, jawaban="yes")
    for _ in range(9):
        press(client, lewati="1")
    session = client.session
    before = dict(session["kiosk"])
    client.post(to("kiosk"))
    session = client.session
    session["kiosk"] = before
    session.save()
    client.post(to("kiosk"))
    assert Answering.objects.count() == 1


def test_a_version_whose_file_is_gone_is_named() -> None:
    one = survey()
    Survey.objects.filter(pk=one.pk).update(version="0")
    one.refresh_from_db()
    with pytest.raises(LookupError, match="questionnaires/paper_statements: versi 0 tidak ada lagi"):
        queries.form_of(one)


def test_the_words_read_out_are_those_of_the_questionnaires_purpose() -> None:
    form = queries.forms(date(2026, 11, 24))["paper_statements"]
    assert queries.consent_text(form).version == "1"
    assert [source.title[:18] for source in queries.sources_of(form)] == ["Laporan pengabdian"]
    assert queries.may(facilitator(), "keep_sheet") and not queries.may(None, "keep_sheet")
