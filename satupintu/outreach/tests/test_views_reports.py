"""The pages and papers of a report, asked for as a browser does."""

import json
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from satupintu.audit.rules import SYSTEM
from satupintu.outreach import actions, queries
from satupintu.outreach.models import Event, Report
from satupintu.outreach.rules.report.data import fingerprint
from satupintu.outreach.tests.events import AT, at, event, people, tap
from satupintu.outreach.tests.reports import TEXTS, docx_text, pdf_text
from satupintu.outreach.tests.test_reports import complete
from satupintu.registry.tests.browsing import html, staff
from satupintu.registry.tests.factories import BEKASI_TIMUR, register

pytestmark = pytest.mark.django_db


def address(name: str, of: Event, **given: object) -> str:
    return reverse(f"outreach:{name}", kwargs={"ref": of.ref, **given})


def worker() -> Client:
    return staff("facilitator")


def test_report_lists_what_is_missing_and_where_to_mend_it() -> None:
    page = html(worker(), address("report", event()))
    assert "Jumlah sasaran belum diisi" in page
    assert page.count("Selesaikan di sini") == 9
    assert address("event-edit", Event.objects.get()) in page
    assert "Jadikan final" not in page


def test_report_of_another_kecamatan_is_not_there() -> None:
    made = event()
    for name, given in (("report", {}), ("report-pdf", {"version": 0}), ("certificates", {})):
        assert staff("facilitator", BEKASI_TIMUR).get(address(name, made, **given)).status_code == 404


def test_report_texts_are_kept_and_shown_again() -> None:
    made, client = event(), worker()
    sent = client.post(address("report-texts", made), TEXTS | {"situation": "Pasar <b>pagi</b>.\r\n\r\nTiap hari."})
    assert sent.status_code == 302
    assert queries.texts_of(made)["situation"] == "Pasar <b>pagi</b>.\n\nTiap hari."
    page = html(client, address("report-texts", made))
    assert "Pasar &lt;b&gt;pagi&lt;/b&gt;." in page
    too_long = client.post(address("report-texts", made), TEXTS | {"closing": "a" * 20_001})
    assert too_long.status_code == 422
    assert "Teks ini terlalu panjang" in too_long.content.decode()
    assert queries.texts_of(made)["closing"] == TEXTS["closing"]


def test_report_final_freezes_a_sound_draft_and_refuses_another() -> None:
    made, client = complete(), worker()
    assert "Tidak ada yang kurang" in html(client, address("report", made))
    assert client.post(address("report-final", made)).status_code == 302
    page = html(client, address("report", made))
    assert "Versi 1" in page
    assert "Simpan teksnya lagi untuk versi baru" in page
    assert "Jadikan final" not in page
    assert Report.objects.get().sha256 in page
    other = event("Acara lain")
    actions.write_texts(event=other, texts={"closing": "TODO"}, by=SYSTEM, at=AT)
    refused = client.post(address("report-final", other))
    assert refused.status_code == 422
    assert "Belum bisa final." in refused.content.decode()


def test_report_read_shows_the_words_of_the_paper_on_a_screen() -> None:
    made, _coming = actions.demo(by=SYSTEM, at=AT)
    page = html(worker(), address("report-read", made, version=0))
    assert "Hanya 52 lembar (dari satu sampai 60) yang cocok dengan semua rata-rata." in page
    assert "Pencatatan persediaan</li>" in page  # a session that nothing measures
    assert page.count('class="dumbbell"') == 10
    assert page.count('class="likert"') == 6
    assert "+65 (38,0 sampai 81,9)" in page
    assert worker().get(address("report-read", made, version=1)).status_code == 404


def final_and_draft(ending: str) -> tuple[bytes, bytes]:
    """A final version and the draft of now, after somebody more was ticked as having come."""
    made, client = complete(), worker()
    actions.make_final(event=made, by=SYSTEM, at=AT)
    tap(made.participants.get(card="P003"), "arrived", at(9, 0))
    final, draft = (client.get(address(f"report-{ending}", made, version=version)) for version in (1, 0))
    assert final["Content-Disposition"] == f'attachment; filename="laporan-versi-1-2026-11-28-acara-uji.{ending}"'
    assert client.get(address(f"report-{ending}", made, version=2)).status_code == 404
    return final.content, draft.content


def assert_frozen(final: str, draft: str) -> None:
    assert "Yang hadir 2 orang, yaitu 8 % dari sasaran." in final
    assert "Yang hadir 3 orang, yaitu 12 % dari sasaran." in draft
    assert ("belum final" in final, "belum final" in draft) == (False, True)


def test_report_pdf_of_a_final_version_comes_from_the_frozen_data(tmp_path: Path) -> None:
    final, draft = final_and_draft("pdf")
    assert_frozen(pdf_text(final, tmp_path), pdf_text(draft, tmp_path))


def test_report_docx_of_a_final_version_comes_from_the_frozen_data() -> None:
    final, draft = final_and_draft("docx")
    assert_frozen(docx_text(final), docx_text(draft))


def test_report_json_of_a_final_version_has_the_fingerprint_that_is_printed() -> None:
    made, client = complete(), worker()
    final = actions.make_final(event=made, by=SYSTEM, at=AT)
    sent = client.get(address("report-json", made, version=1)).content.decode()
    assert fingerprint(sent) == final.sha256
    draft = client.get(address("report-json", made, version=0)).json()
    assert draft["figures"]["people.attended"] == {
        "value": 2,
        "shown": "2",
        "base": None,
        "origin": "daftar hadir",
    }
    assert json.loads(sent)["event"]["attended"] == 2


def test_report_summary_is_a_pdf_for_who_reads_plain_words(tmp_path: Path) -> None:
    sent = staff("leadership").get(address("report-summary", complete()))
    assert "2 dari 25 orang yang dituju datang." in pdf_text(sent.content, tmp_path)


def test_certificates_name_whom_the_reader_may_see_and_nobody_else(tmp_path: Path) -> None:
    made = event(running=True)
    known = actions.invite_person(event=made, person=register(display_name="Pedagang Satu"), by=SYSTEM, at=AT)
    nameless, absent = people(made, 2)
    for who in (known, nameless):
        tap(who, "arrived", at(8, 30))
        tap(who, "left", at(11, 0))
    sent = worker().get(address("certificates", made))
    text = pdf_text(sent.content, tmp_path)
    assert "Pedagang Satu" in text
    assert f"Kartu {nameless.card}" in text
    assert absent.card not in text
    assert text.count("2 jam 30 menit") == 2
    link = f"{address('certificates', made)}?kartu={nameless.card}"
    assert link in html(worker(), address("participant", made, card=nameless.card))
    alone = worker().get(link)
    assert "Pedagang Satu" not in pdf_text(alone.content, tmp_path)
    assert worker().get(address("certificates", made), {"kartu": absent.card}).status_code == 404
