"""How anyone checks a paper: the page, the typed code, the keys, and the list of what no longer holds."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from satupintu.audit.queries import of_object
from satupintu.audit.rules import SYSTEM
from satupintu.kernel.seal import verdicts
from satupintu.kernel.seal.keys import read_keys
from satupintu.kernel.seal.links import from_digits
from satupintu.kernel.seal.revocations import RevocationList, read_list
from satupintu.licensing.actions import certificates
from satupintu.licensing.actions.publishing import GOOD_FOR, KEPT, publish_revocations
from satupintu.licensing.models import Certificate, PublishedList
from satupintu.licensing.queries.checking import verdict_on
from satupintu.licensing.tests.factories import signer
from satupintu.licensing.tests.test_decisions import granted
from satupintu.licensing.verdict_pages import ANSWERS
from satupintu.registry.tests.factories import nik, register

KEYS, LIST = "/.well-known/satupintu-keys.json", "/.well-known/satupintu-revocations.cose"
DAY = timedelta(days=1)
NIK = nik(4211)


@pytest.fixture(autouse=True)
def own_home(settings: Any, tmp_path: Any) -> None:
    """A deployment that begins without keys."""
    settings.SATUPINTU_HOME = tmp_path


@pytest.fixture
def paper(db: None) -> Certificate:
    """A paper that was issued today."""
    return granted(at=timezone.now() - timedelta(hours=3))


def revoke(paper: Certificate) -> None:
    certificates.revoke(certificate=paper, reasons=(), note="Uji", by=signer(), at=timezone.now())


def published(client: Client) -> RevocationList:
    """The list as anybody fetches it, checked with the keys as anybody fetches them."""
    return read_list(client.get(LIST).content, read_keys(client.get(KEYS).text))


# --- the page ------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_check_shows_a_form_and_holds_every_answer_for_the_phone(client: Client) -> None:
    text = client.get("/cek/").text
    assert [name for name in ANSWERS if f'data-answer="{name}"' not in text] == []
    assert {*verdicts.STATUSES} - {*ANSWERS} == {"unknown"}
    assert 'data-paper="tdu_pkl"' in text
    assert '<form method="get" action="/cek/"' in text


def test_check_and_the_keys_and_the_list_and_the_payload_name_nobody(client: Client, db: None) -> None:
    person = register("Uji Lengkap", nik=NIK)
    paper = granted(person=person, at=timezone.now() - timedelta(hours=3))
    revoke(paper)
    assert person.nik == NIK
    pages = [client.get(path).content for path in ("/cek/", f"/cek/{paper.code}/", KEYS, LIST)]
    for told in (*pages, from_digits(paper.token)):
        assert [one for one in ("Uji Lengkap", "Lengkap", NIK, str(paper.ref)) if one.encode() in told] == []
    assert b"U.L." in pages[1]


def test_check_leads_a_typed_code_on_however_it_is_typed(client: Client, paper: Certificate) -> None:
    code = paper.code
    for typed in (code, code.lower(), f" {code[:3]}-{code[3:]} "):
        assert client.get("/cek/", {"kode": typed}).headers["Location"] == f"/cek/{code}/"


@pytest.mark.django_db
def test_check_says_what_is_wrong_with_a_mistyped_code_and_keeps_it(client: Client) -> None:
    answer = client.get("/cek/", {"kode": "2222223"})
    assert answer.status_code == 422
    assert "Kode ini salah ketik. Periksa lagi 7 tanda di bawah QR." in answer.text
    assert 'value="2222223"' in answer.text


# --- the typed code ------------------------------------------------------------------------------------


def test_check_code_tells_status_initials_paper_and_days_and_nothing_else(client: Client, paper: Certificate) -> None:
    answer = client.get(f"/cek/{paper.code}/")
    assert (answer.status_code, "BERLAKU" in answer.text, "TIDAK BERLAKU" in answer.text) == (200, True, False)
    for shown in (paper.holder, "TDU PKL (Tanda Daftar Usaha Pedagang Kaki Lima)", paper.code):
        assert shown in answer.text
    for hidden in (
        paper.number,
        paper.person.display_name,
        paper.business.trade_name,
        paper.business.address or "RT 05",
    ):
        assert hidden not in answer.text
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("status", "days", "said"),
    [
        ("suspended", 0, "DITANGGUHKAN"),
        ("revoked", 0, "Surat ini sudah dicabut."),
        ("superseded", 0, "Surat ini sudah diganti. Minta surat yang baru."),
        ("expired", 0, "Masa berlaku surat ini sudah habis."),
        ("active", 400, "Masa berlaku surat ini sudah habis."),
        ("suspended", 400, "Masa berlaku surat ini sudah habis."),
        ("revoked", 400, "Surat ini sudah dicabut."),
        ("active", -1, "Surat ini belum mulai berlaku."),
    ],
)
def test_check_code_says_what_does_not_hold(
    client: Client, paper: Certificate, status: str, days: int, said: str
) -> None:
    begins = paper.valid_from - days * DAY
    ends = begins + 365 * DAY
    Certificate.objects.filter(pk=paper.pk).update(status=status, valid_from=begins, valid_until=ends)
    text = client.get(f"/cek/{paper.code}/").text
    assert said in text
    assert ">BERLAKU<" not in text
    assert verdict_on(paper.code, localdate()).valid is False


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["2222222", "2222223", "x"])
def test_check_code_is_kind_about_a_code_that_nobody_has(client: Client, code: str) -> None:
    answer = client.get(f"/cek/{code}/")
    assert answer.status_code == 404
    assert "Kode ini tidak ada di daftar kami." in answer.text


def test_check_code_lets_nobody_try_all_codes(client: Client, paper: Certificate) -> None:
    seen = [client.get("/cek/2222222/").status_code for _ in range(31)]
    assert (seen[:30], seen[30]) == ([404] * 30, 429)
    answer = client.get(f"/cek/{paper.code}/")
    assert "Terlalu sering mengecek. Tunggu 1 menit, lalu coba lagi." in answer.text
    assert paper.holder not in answer.text
    assert Client(REMOTE_ADDR="10.0.0.7").get(f"/cek/{paper.code}/").status_code == 200


# --- keys and list -------------------------------------------------------------------------------------


def headers_for_everybody(client: Client, path: str) -> tuple[str, int]:
    """Content type, and the answer to who has it already; checks what both files share."""
    answer = client.get(path)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.cookies == {}
    again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    return answer.headers["Content-Type"], again.status_code


def test_published_keys_are_open_to_every_site_and_kept_shortly(client: Client, paper: Certificate) -> None:
    assert headers_for_everybody(client, KEYS) == ("application/jwk-set+json", 304)
    assert client.post(KEYS).status_code == 405


def test_published_keys_vouch_for_what_was_issued(client: Client, paper: Certificate) -> None:
    keys = read_keys(client.get(KEYS).text)
    verdict = verdicts.verify(paper.token, keys, published(client), at=localdate())
    assert verdict == verdict_on(paper.code, localdate())
    assert verdict.valid


@pytest.mark.django_db
def test_revocation_list_is_empty_handed_before_the_first_paper(client: Client) -> None:
    answer = client.get(LIST)
    assert (answer.status_code, answer.content) == (204, b"")


def test_revocation_list_is_open_to_every_site_and_kept_shortly(client: Client, paper: Certificate) -> None:
    assert headers_for_everybody(client, LIST) == ('application/cose; cose-type="cose-sign1"', 304)


def test_revocation_list_is_there_with_the_first_paper_and_follows_every_change(
    client: Client, paper: Certificate
) -> None:
    first = published(client)
    assert (first.sequence, first.entries, first.next_update) == (1, {}, first.issued + GOOD_FOR)
    now = timezone.now()
    certificates.suspend(certificate=paper, reasons=(), note="Uji", by=signer(), at=now)
    second = published(client)
    assert (second.sequence, second.status_of(paper.code, localdate())) == (2, "suspended")
    certificates.lift(certificate=paper, note="Uji", by=signer(), at=now)
    assert (published(client).sequence, published(client).entries) == (3, {})
    revoke(paper)
    last = published(client)
    assert (last.sequence, last.status_of(paper.code, localdate())) == (4, "revoked")
    token = Certificate.objects.get(pk=paper.pk).token
    keys = read_keys(client.get(KEYS).text)
    assert verdicts.verify(token, keys, last, at=localdate()).status == "revoked"
    assert of_object("list:4").get().values["entries"] == 1


def test_revocation_list_leaves_out_what_ended_by_itself(client: Client, paper: Certificate) -> None:
    revoke(paper)
    publish_revocations(by=SYSTEM, at=timezone.now() + 400 * DAY)
    assert published(client).entries == {}


@pytest.mark.django_db
def test_numbers_of_lists_only_grow_and_days_never_go_back() -> None:
    now = timezone.now()
    days = [now, now + DAY, now - 5 * DAY, *([now] * KEPT)]
    made = [publish_revocations(by=SYSTEM, at=at) for at in days]
    assert [one.sequence for one in made] == [*range(1, KEPT + 4)]
    assert [one.issued for one in made] == [localdate(now), *([localdate(now + DAY)] * (KEPT + 2))]
    assert PublishedList.objects.count() == KEPT


def test_all_who_publish_at_once_get_numbers_of_their_own(committed: None) -> None:
    made: list[int] = []
    together = threading.Barrier(6)

    def publish() -> None:
        together.wait()
        try:
            made.append(publish_revocations(by=SYSTEM, at=timezone.now()).sequence)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made) == [1, 2, 3, 4, 5, 6]
