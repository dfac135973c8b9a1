"""The pages of a decision and of issued papers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now
from pytest_django import DjangoAssertNumQueries

from satupintu.licensing.models import Application, Certificate
from satupintu.licensing.tests.esign_service import OFFICIAL
from satupintu.licensing.tests.factories import application
from satupintu.licensing.tests.test_desk_pages import at, desk
from satupintu.licensing.tests.test_signing import deployment, elsewhere, national, told
from satupintu.registry.tests.browsing import html

__all__ = ["deployment", "elsewhere", "national", "told"]  # the stand-in of the national service serves here too

pytestmark = pytest.mark.django_db


def examined() -> Application:
    """A file that was examined an hour ago."""
    return application("examined", at=now() - timedelta(hours=1))


def given(file: Application, **more: object) -> dict[str, object]:
    """What the page of a decision sends."""
    from satupintu.licensing.queries.freezing import rule_version

    day = localdate()
    days = {"valid_from": day.isoformat(), "valid_until": (day + timedelta(days=365)).isoformat()}
    return {"outcome": "grant", "revision": file.revision, "rules": rule_version(file), "note": "", **days, **more}


def test_decide_shows_what_it_rests_on_and_issues_with_conditions() -> None:
    client, _actor = desk("signing_official")
    file = examined()
    page = html(client, at("decide", file))
    for words in ("Perda", "SKU masih berlaku", "Batas waktu belum ditetapkan kantor", "Putuskan"):
        assert words in page
    answer = client.post(at("decide", file), given(file, conditions=["clean"]))
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{at('queue')}?selesai={file.number}")
    paper = Certificate.objects.get()
    assert paper.conditions == ["clean"]
    assert Application.objects.get().state == "issued"
    assert "Isi halaman ini dibekukan" in html(client, at("decision", file, key=paper.decision_id))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"valid_until": ""}, "Isi tanggal akhir."),
        ({"outcome": ""}, "Pilih putusan dulu."),
        ({"outcome": "refuse"}, "Pilih satu alasan atau tulis dengan kata sendiri."),
        ({"revision": 1}, "Berkas ini baru saja berubah."),
        ({"rules": "0" * 64}, "Aturan berkas ini berubah sejak halaman dibuka."),
    ],
)
def test_decide_says_what_is_wrong_and_decides_nothing(more: dict[str, object], words: str) -> None:
    client, _actor = desk("signing_official")
    file = examined()
    answer = client.post(at("decide", file), given(file, **more))
    assert (answer.status_code, Application.objects.get().state) == (422, "examined")
    assert words in answer.content.decode()


def test_decide_offers_nothing_to_who_examined() -> None:
    client, actor = desk("signing_official")
    file = examined()
    file.steps.filter(move="examine").update(made_by=actor.ref)
    assert "Yang ikut memeriksa tidak boleh memutuskan." in html(client, at("decide", file))
    assert client.post(at("decide", file), given(file)).status_code == 200
    assert Application.objects.get().state == "examined"


def issued() -> tuple[Certificate, object]:
    client, _actor = desk("signing_official")
    file = examined()
    client.post(at("decide", file), given(file))
    return Certificate.objects.get(application=file), client


def test_desk_papers_lists_searches_and_asks_the_same_number_of_questions(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    first, client = issued()
    html(client, at("desk-papers"))  # fills what is remembered between requests
    with django_assert_num_queries(4):
        assert first.number in html(client, at("desk-papers"), q=first.code)
    issued()
    issued()
    with django_assert_num_queries(4):
        assert first.number in html(client, at("desk-papers"))
    assert "Tidak ada yang cocok" in html(client, at("desk-papers"), q="0999")


def test_paper_change_suspends_lifts_corrects_and_revokes_and_desk_paper_tells_it() -> None:
    paper, client = issued()
    for change, sent, status in (
        ("suspend", {"note": "Lapak pindah."}, "suspended"),
        ("lift", {"note": "Sudah kembali."}, "active"),
        ("revoke", {"note": "Lapak ditutup."}, "revoked"),
    ):
        address = at("paper-change", ref=paper.ref, change=change)
        assert client.post(address, {}).status_code == 422
        assert client.post(address, sent).status_code == 302
        paper.refresh_from_db()
        assert paper.status == status
    assert "Lapak ditutup." in html(client, at("desk-paper", ref=paper.ref))
    assert client.get(at("paper-change", ref=paper.ref, change="lift")).status_code == 404


def test_paper_file_is_signed_once_and_stays_the_same() -> None:
    paper, client = issued()
    pdf = client.get(at("paper-file", ref=paper.ref))
    assert (pdf.status_code, pdf.content[:5]) == (200, b"%PDF-")
    assert client.get(at("paper-file", ref=paper.ref)).content == pdf.content


def test_stall_sheet_and_cards_are_printed_while_the_paper_holds() -> None:
    paper, client = issued()
    assert client.get(at("stall-sheet", ref=paper.ref)).content[:5] == b"%PDF-"
    assert client.post(at("cards"), {"paper": [str(paper.ref), "x"]}).content[:5] == b"%PDF-"
    paper.status = "revoked"
    paper.save()
    assert client.get(at("stall-sheet", ref=paper.ref)).status_code == 409


def test_cards_need_a_choice() -> None:
    _paper, client = issued()
    answer = client.post(at("cards"), {"paper": []})
    assert (answer.status_code, "Pilih kartu yang masih berlaku." in answer.content.decode()) == (422, True)


def test_card_shows_a_masked_name_and_until_when() -> None:
    paper, client = issued()
    page = html(client, at("card", ref=paper.ref)).split("<h1>")[1]
    assert paper.person.display_name not in page
    assert "Berlaku sampai" in page


def test_decision_of_another_file_is_not_there() -> None:
    paper, client = issued()
    other = examined()
    address = at("decision", other, key=paper.decision_id)
    assert client.get(address).status_code == 404


def test_desk_paper_links_file_and_decision() -> None:
    paper, client = issued()
    page = html(client, at("desk-paper", ref=paper.ref))
    assert at("decision", paper.application, key=paper.decision_id) in page


def test_paper_sign_asks_the_national_service_with_the_passphrase_of_the_official(national: object) -> None:
    paper, client = issued()
    address = at("paper-sign", ref=paper.ref)
    assert "Tanda tangani" in html(client, at("desk-paper", ref=paper.ref))
    assert client.get(at("paper-file", ref=paper.ref)).status_code == 409
    sent = {"nik": OFFICIAL.nik, "passphrase": "salah"}
    assert "Isi passphrase dulu." in client.post(address, {"nik": OFFICIAL.nik}).content.decode()
    answer = client.post(address, sent)
    assert (answer.status_code, Certificate.objects.get().sha256) == (422, "")
    assert client.post(address, sent | {"passphrase": OFFICIAL.passphrase}).status_code == 302
    paper.refresh_from_db()
    assert paper.signature == "bsre"
    assert client.get(at("paper-file", ref=paper.ref)).status_code == 200
    assert "Surat ini sudah ditandatangani." in html(client, address)


def test_lists_of_the_desk_open_whatever_stands_in_their_address() -> None:
    client, _actor = desk("signing_official")
    for address in ("/kerja/antrean/?sesudah=%00", "/surat-terbit/?q=%00&status=%00&hal=-1", "/surat-terbit/?status=x"):
        assert client.get(address).status_code == 200


def test_decide_warns_of_what_is_not_in_order_when_an_objection_is_answered() -> None:
    client, _actor = desk("signing_official")
    file = application("objection", at=now() - timedelta(hours=1))
    warning = "Kalau keberatan diterima, tulis kenapa tetap boleh."
    assert warning not in html(client, at("decide", file))
    file.attachments.update(verdict="wrong")
    assert warning in html(client, at("decide", file))
