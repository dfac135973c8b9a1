"""Signatures as other programs see them, and the national service as far as its HTTP is known."""

import asyncio
import logging
import re
import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID
from django.core.exceptions import ImproperlyConfigured

from satupintu.kernel.seal.links import link
from satupintu.kernel.seal.tests.given import PAYLOAD
from satupintu.licensing import signing
from satupintu.licensing.printing import certificate_pdf
from satupintu.licensing.signing import asked, bsre, local
from satupintu.licensing.signing.apart import apart
from satupintu.licensing.signing.checking import signatures_in
from satupintu.licensing.signing.refusals import AlreadyAsked, Refused, Unclear, UnusableAuthority
from satupintu.licensing.tests.esign_service import OFFICIAL, UNKNOWN_NIK, EsignService
from satupintu.licensing.tests.papers import AT, CODE, paper

OFFICES = {"diskop-ukm": "Dinas Koperasi dan UKM", "kelurahan": "Kelurahan Contoh " + "Panjang " * 9}
MADE = AT - timedelta(days=1)
PASSPHRASE = b"kunci uji"
WORDS = ("Menerbitkan surat", "Bekasi")
UNTRUSTED = "Uji coba, tidak tersertifikasi: Dinas Koperasi dan UKM"


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    folder = tmp_path_factory.mktemp("authority") / "papers"
    local.make_authority(folder, "Kota Bekasi", OFFICES, passphrase=PASSPHRASE, at=MADE)
    return folder


@pytest.fixture(scope="module")
def signer(authority):
    return local.signer_of(authority, "diskop-ukm", passphrase=PASSPHRASE)


@pytest.fixture(scope="module")
def pdf():
    return certificate_pdf(paper(), AT)


@pytest.fixture(scope="module")
def signed(pdf, signer):
    return local.sign_pdf(pdf, signer, AT, *WORDS)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    """Another authority with other keys: the national one of the stand-in."""
    folder = tmp_path_factory.mktemp("elsewhere") / "papers"
    local.make_authority(folder, "Negara Contoh", {"pejabat": "Pejabat"}, passphrase=b"lain", at=MADE)
    return folder


@pytest.fixture
def told(elsewhere):
    service = EsignService(local.signer_of(elsewhere, "pejabat", passphrase=b"lain"), local.root_certificate(elsewhere))
    yield service
    service.stop()


def run(*words):
    return subprocess.run(list(map(str, words)), capture_output=True, text=True, check=True).stdout


def test_another_program_says_that_the_signature_is_valid(signed, tmp_path):
    (tmp_path / "a.pdf").write_bytes(signed)
    said = run("pdfsig", tmp_path / "a.pdf")
    for line in (
        "Signature Validation: Signature is Valid.",
        "Signature Type: ETSI.CAdES.detached",
        "Total document signed",
        f"Signer Certificate Common Name: {UNTRUSTED}",
    ):
        assert line in said
    assert said.count("Signature #") == 1


def test_our_root_vouches_for_it_and_no_other_does(signed, authority, elsewhere):
    [seen] = signatures_in(signed, [local.root_certificate(authority)], at=AT)
    assert seen == signing.Seen(UNTRUSTED, AT, intact=True, trusted=True)
    [stranger] = signatures_in(signed, [local.root_certificate(elsewhere)], at=AT)
    assert (stranger.intact, stranger.trusted) == (True, False)


def test_no_changed_byte_of_the_paper_passes(signed, authority):
    """Forty bytes all over what the signature covers. What it does not cover is the signature itself."""
    roots = [local.root_certificate(authority)]
    start, end, resume, rest = map(int, re.search(rb"/ByteRange ?\[(\d+) (\d+) (\d+) (\d+)", signed).groups())
    assert (start, resume + rest) == (0, len(signed))
    for at in [*range(9, end, end // 36), resume, resume + rest // 3, len(signed) - 2]:
        changed = bytearray(signed)
        changed[at] ^= 1
        assert [one for one in signatures_in(bytes(changed), roots, at=AT) if one.intact and one.trusted] == [], at


def test_another_program_sees_a_changed_byte_too(signed, pdf, tmp_path):
    changed = bytearray(signed)
    changed[len(pdf) // 2] ^= 1
    (tmp_path / "a.pdf").write_bytes(changed)
    assert "Signature is Valid." not in run("pdfsig", tmp_path / "a.pdf")


def test_what_is_appended_after_the_signature_is_seen(signed, authority):
    more = signed + b"\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"
    roots = [local.root_certificate(authority)]
    assert [one for one in signatures_in(more, roots, at=AT) if one.intact and one.trusted] == []


def test_each_office_signs_with_a_key_of_its_own_under_one_root(signed, pdf, authority):
    other = local.sign_pdf(pdf, local.signer_of(authority, "kelurahan", passphrase=PASSPHRASE), AT, *WORDS)
    roots = [local.root_certificate(authority)]
    [first], [second] = signatures_in(signed, roots, at=AT), signatures_in(other, roots, at=AT)
    assert first.trusted and second.trusted
    assert first.signer != second.signer and second.signer.startswith("Uji coba, tidak tersertifikasi: Kelurahan Cont")
    keys = [x509.load_pem_x509_certificate((authority / f"{office}.pem").read_bytes()) for office in OFFICES]
    assert keys[0].public_key() != keys[1].public_key()


def test_a_signature_changes_nothing_of_the_paper(signed, pdf, tmp_path):
    assert signed.startswith(pdf)
    added = signed[len(pdf) :]
    assert b"pdfaid" not in added and b"Producer" not in added
    assert signed.startswith(b"%PDF-1.7") and b"/Version" not in added
    path = tmp_path / "a.pdf"
    path.write_bytes(signed)
    before = tmp_path / "b.pdf"
    before.write_bytes(pdf)
    assert run("pdftotext", path, "-") == run("pdftotext", before, "-")
    assert run("pdfinfo", "-meta", path) == run("pdfinfo", "-meta", before)
    run("pdftoppm", "-r", "150", "-gray", "-png", "-singlefile", path, tmp_path / "a")
    assert run("zbarimg", "-q", "--raw", tmp_path / "a.png").strip() == link("satupintu.bekasikota.example", PAYLOAD)


def test_the_invisible_field_is_allowed_in_archives_and_for_screen_readers(signed, pdf):
    """PDF/A-2 (6.3.2) wants Print and not Hidden; PDF/UA-1 (7.18.1) lets go what lies outside of the page."""
    [widget] = re.findall(rb"/Subtype /Widget.*?endobj", signed[len(pdf) :], re.DOTALL)
    flags = int(re.search(rb"/F (\d+)", widget)[1])
    assert (bool(flags & 4), bool(flags & 2)) == (True, False)
    assert re.search(rb"/Rect \[ ?-9999 -9999 -9999 -9999 ?\]", widget)


def test_the_longest_names_fit_into_the_place_kept_for_a_signature(tmp_path, pdf):
    local.make_authority(tmp_path, "W" * 200, {"x": "é" * 200}, passphrase=PASSPHRASE, at=MADE)
    signed = local.sign_pdf(pdf, local.signer_of(tmp_path, "x", passphrase=PASSPHRASE), AT, "é" * 300, "é" * 300)
    assert signatures_in(signed, [local.root_certificate(tmp_path)], at=AT)[0].trusted


def test_keys_are_encrypted_and_for_their_owner_only(authority):
    assert stat.S_IMODE(authority.stat().st_mode) == 0o700
    files = sorted(authority.iterdir())
    assert [file.name for file in files] == ["diskop-ukm.pem", "kelurahan.pem", "root.pem"]
    for file in files:
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert b"BEGIN ENCRYPTED PRIVATE KEY" in file.read_bytes()
    assert b"PRIVATE" not in local.root_certificate(authority)


def test_every_certificate_says_that_it_is_not_certified(authority):
    for file in authority.iterdir():
        subject = x509.load_pem_x509_certificate(file.read_bytes()).subject
        assert subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value.startswith("Uji coba, tidak tersertifikasi")


def test_a_wrong_passphrase_and_an_unknown_office_open_nothing(authority, tmp_path):
    for office, passphrase in (("diskop-ukm", b"salah"), ("dinas-lain", PASSPHRASE)):
        with pytest.raises(UnusableAuthority, match="sertifikat uji coba tidak bisa dibuka"):
            local.signer_of(authority, office, passphrase=passphrase)
    with pytest.raises(UnusableAuthority, match=r"root\.pem"):
        local.root_certificate(tmp_path)


def test_making_again_keeps_what_is_there_and_renews_what_ends_soon(tmp_path, pdf):
    offices = {"diskop-ukm": "Dinas Koperasi dan UKM"}
    local.make_authority(tmp_path, "Kota Bekasi", offices, passphrase=PASSPHRASE, at=MADE)
    kept = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    old = local.sign_pdf(pdf, local.signer_of(tmp_path, "diskop-ukm", passphrase=PASSPHRASE), AT, *WORDS)
    local.make_authority(tmp_path, "Kota Bekasi", offices, passphrase=PASSPHRASE, at=AT)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == kept
    late = MADE + local.OFFICE_LASTS - timedelta(days=29)
    local.make_authority(tmp_path, "Kota Bekasi", offices, passphrase=PASSPHRASE, at=late)
    assert (tmp_path / "root.pem").read_bytes() == kept["root.pem"]
    assert (tmp_path / "diskop-ukm.pem").read_bytes() != kept["diskop-ukm.pem"]
    new = local.sign_pdf(pdf, local.signer_of(tmp_path, "diskop-ukm", passphrase=PASSPHRASE), late, *WORDS)
    roots = [local.root_certificate(tmp_path)]
    assert [signatures_in(old, roots, at=AT)[0].trusted, signatures_in(new, roots, at=late)[0].trusted] == [True, True]


def test_two_that_begin_at_once_use_one_root(tmp_path):
    def make(office):
        local.make_authority(tmp_path, "Kota Bekasi", {office: office}, passphrase=PASSPHRASE, at=MADE)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(make, ("satu", "dua")))
    root = x509.load_pem_x509_certificate((tmp_path / "root.pem").read_bytes())
    for office in ("satu", "dua"):
        x509.load_pem_x509_certificate((tmp_path / f"{office}.pem").read_bytes()).verify_directly_issued_by(root)
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize("at", [MADE - timedelta(seconds=1), MADE + local.OFFICE_LASTS + timedelta(seconds=1)])
def test_nothing_is_signed_outside_of_the_certificates_days(pdf, signer, at):
    with pytest.raises(Refused, match="tidak berlaku hari ini"):
        local.sign_pdf(pdf, signer, at, *WORDS)


def test_a_signed_paper_is_not_signed_again(signed, signer):
    with pytest.raises(Refused, match="sudah ditandatangani"):
        local.sign_pdf(signed, signer, AT, *WORDS)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"<html>", b"\x00" * 2000])
def test_what_is_no_pdf_is_not_signed_and_has_no_signature(data, signer):
    with pytest.raises(Refused, match="bukan PDF yang utuh"):
        local.sign_pdf(data, signer, AT, *WORDS)
    assert signatures_in(data, at=AT) == []


# ---- the national service


def ask(told, pdf, official=OFFICIAL):
    return bsre.sign_pdf(pdf, told.service, official, reason="Menerbitkan surat", location="Bekasi", at=AT)


def test_the_service_gets_what_it_is_known_to_want_and_its_signature_is_taken(told, pdf):
    signed, number = ask(told, pdf)
    assert number == "dok-1"
    [seen] = signatures_in(signed, [told.root], at=datetime.now(UTC))
    assert seen.intact and seen.trusted
    assert told.asked == [
        {
            "file": pdf,
            "nik": OFFICIAL.nik.encode(),
            "passphrase": OFFICIAL.passphrase.encode(),
            "tampilan": b"invisible",
            "reason": b"Menerbitkan surat",
            "location": b"Bekasi",
        }
    ]


@pytest.mark.parametrize(
    ("behave", "official", "said"),
    [
        ("sign", bsre.Official(OFFICIAL.nik, "salah"), "Passphrase salah. Ketik lagi"),
        ("old_words", OFFICIAL, "Passphrase salah. Ketik lagi"),
        ("sign", bsre.Official(UNKNOWN_NIK, "x"), "belum terdaftar di BSrE"),
        ("sign", bsre.Official("12/../34", "x"), "NIK pejabat harus 16 angka"),
        ("echo", OFFICIAL, r"BSrE menolak surat ini: gagal \*{16} \*\*\*\. Surat belum ditandatangani"),
    ],
)
def test_a_refusal_becomes_a_sentence_without_secrets(told, pdf, behave, official, said):
    told.behave = behave
    with pytest.raises(Refused, match=said):
        ask(told, pdf, official)


@pytest.mark.parametrize("behave", ["hang_up", "page", "broken", "list", "wordless", "give_back"])
def test_an_answer_that_cannot_be_read_leaves_open_whether_it_was_signed(told, pdf, behave):
    told.behave = behave
    with pytest.raises(Unclear, match="Periksa dulu di BSrE, jangan langsung mengulang"):
        ask(told, pdf)


def test_no_answer_in_time_leaves_it_open_too(told, pdf, monkeypatch):
    monkeypatch.setattr(bsre, "TIMEOUT", httpx.Timeout(0.3))
    told.behave = "be_silent"
    with pytest.raises(Unclear):
        ask(told, pdf)


def test_a_service_that_is_not_there_signed_nothing(told, pdf):
    told.stop()
    with pytest.raises(Refused, match="tidak terjangkau"):
        ask(told, pdf)


def test_a_wrong_password_of_the_city_is_for_the_operator(told, pdf):
    service = bsre.Service(told.service.url, "kota", "salah")
    with pytest.raises(Refused, match="ESIGN_USERNAME dan ESIGN_PASSWORD"):
        bsre.sign_pdf(pdf, service, OFFICIAL, reason="r", location="l", at=AT)
    assert told.asked == []


def test_who_may_sign_and_what_is_valid_can_be_asked(told, pdf):
    assert bsre.registration(OFFICIAL.nik, told.service) == bsre.Registration(True, "ISSUE")
    assert bsre.registration(UNKNOWN_NIK, told.service) == bsre.Registration(False, "NOT_REGISTERED")
    signed, _ = ask(told, pdf)
    assert bsre.verify_pdf(signed, told.service) == bsre.Verified(1, True, "catatan")
    assert bsre.verify_pdf(pdf, told.service) == bsre.Verified(0, False, "catatan")
    changed = bytearray(signed)
    changed[len(pdf) // 2] ^= 1
    assert bsre.verify_pdf(bytes(changed), told.service).valid is False


# ---- choosing


@pytest.fixture
def deployment(settings, tmp_path):
    settings.SATUPINTU_HOME = tmp_path / "home"
    return settings


@pytest.fixture
def national(deployment, told):
    deployment.SATUPINTU_ESIGN = "bsre"
    deployment.ESIGN_URL, deployment.ESIGN_USERNAME, deployment.ESIGN_PASSWORD = (
        told.service.url,
        told.service.username,
        told.service.password,
    )
    signing.check()
    return told


def choose(pdf, official=OFFICIAL, key=CODE):
    return signing.sign(pdf, key=key, office="diskop-ukm", reason="r", location="Bekasi", at=AT, official=official)


def test_a_city_signs_with_its_own_trial_certificates_unless_it_says_otherwise(deployment, pdf):
    signing.check()
    signing.make_authority("Kota Bekasi", {"diskop-ukm": "Dinas Koperasi dan UKM"}, at=MADE)
    signed = choose(pdf, official=None)
    assert (signed.kind, signed.number, signing.kind()) == ("local", "", "local")
    [seen] = signatures_in(signed.pdf, [signing.root_certificate()], at=AT)
    assert seen.trusted
    secret = (deployment.SATUPINTU_HOME / "keys" / "papers.key").read_bytes()
    assert [path for path in deployment.SATUPINTU_HOME.rglob("*.pem") if secret in path.read_bytes()] == []


def test_a_city_may_sign_nothing(deployment, pdf):
    deployment.SATUPINTU_ESIGN = "none"
    signing.check()
    assert choose(pdf) == signing.Signed(pdf, "none")


def test_the_national_service_is_asked_once_for_each_paper(national, pdf):
    signed = choose(pdf)
    assert (signed.kind, signed.number) == ("bsre", "dok-1")
    with pytest.raises(AlreadyAsked, match="sudah ditandatangani"):
        choose(pdf)
    with pytest.raises(Refused, match="sudah ditandatangani"):
        choose(signed.pdf, key="lain")
    choose(pdf, key="lain")
    assert len(national.asked) == 2


def test_after_a_refusal_it_may_be_tried_again_and_after_silence_only_when_a_person_looked(national, pdf):
    with pytest.raises(Refused):
        choose(pdf, bsre.Official(OFFICIAL.nik, "salah"))
    national.behave = "hang_up"
    with pytest.raises(Unclear):
        choose(pdf)
    national.behave = "sign"
    with pytest.raises(AlreadyAsked, match="sudah diminta dan belum jelas"):
        choose(pdf)
    assert len(national.asked) == 2
    signing.let_go(CODE)
    assert choose(pdf).kind == "bsre"


def test_two_that_ask_in_one_moment_sign_once(national, pdf):
    def answer(_):
        try:
            return choose(pdf).kind
        except AlreadyAsked:
            return "once"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(answer, range(4))) == ["bsre", "once", "once", "once"]
    assert len(national.asked) == 1


def test_without_an_official_the_national_service_is_not_asked(national, pdf):
    with pytest.raises(Refused, match="perlu NIK dan passphrase pejabat"):
        choose(pdf, official=None)
    assert national.asked == []


def test_neither_passphrase_nor_identity_number_is_kept_or_logged(national, pdf, deployment, caplog):
    with caplog.at_level(logging.DEBUG):
        choose(pdf)
        bsre.registration(OFFICIAL.nik, national.service)
        national.behave = "hang_up"
        with pytest.raises(Unclear) as told:
            choose(pdf, key="lain")
    shown = "".join(
        [caplog.text, repr(OFFICIAL), repr(national.service), repr(told.value), repr(told.value.__cause__)]
        + [path.read_text("latin-1") for path in deployment.SATUPINTU_HOME.rglob("*") if path.is_file()]
    )
    assert "Official()" in shown
    for secret in (OFFICIAL.nik, OFFICIAL.passphrase, national.service.password):
        assert secret not in shown


def test_what_was_asked_is_kept_for_the_owner_only(tmp_path):
    asked.once(tmp_path / "a", "kunci", b"%PDF", lambda: (b"signed", "1"), at=AT)
    [file] = (tmp_path / "a").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and (tmp_path / "a").stat().st_mode & 0o077 == 0
    assert "kunci" not in file.name + file.read_text()


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ({"SATUPINTU_ESIGN": "cap"}, "SATUPINTU_ESIGN must be local, bsre or none"),
        ({"SATUPINTU_ESIGN": "bsre", "ESIGN_URL": "ftp://x"}, "needs ESIGN_URL, which begins with https:// or http://"),
        ({"SATUPINTU_ESIGN": "bsre", "ESIGN_URL": "https://x"}, "needs ESIGN_USERNAME and ESIGN_PASSWORD"),
    ],
)
def test_settings_that_cannot_work_are_told_at_once(settings, named, said):
    for name, value in named.items():
        setattr(settings, name, value)
    with pytest.raises(ImproperlyConfigured, match=said):
        signing.check()


def test_papers_are_signed_and_read_also_where_an_event_loop_runs(pdf, signer, authority):
    async def inside():  # in a thread of its own: browser tests before this one may have left a loop running here
        made = local.sign_pdf(pdf, signer, AT, "r", "Bekasi")
        return [one.intact for one in signatures_in(made, at=AT)]

    assert apart(lambda: asyncio.run(inside())) == [True]
