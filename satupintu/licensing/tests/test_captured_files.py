"""Files and visits that phones captured without a network: kept once, submitted when complete, else told why not."""

from __future__ import annotations

import gzip
from base64 import b64encode
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from satupintu.accounts.tests.factories import make_office, make_user
from satupintu.audit import queries as audit
from satupintu.licensing.models import Application, Assisted, Visit, VisitPhoto
from satupintu.licensing.queries.standing import answers_of, missing_parts
from satupintu.licensing.tests.factories import OFFICE, application
from satupintu.registry.models import Consent, Document, Double, Person
from satupintu.registry.tests.factories import AT, MUSTIKASARI, market, nik, photo, register
from satupintu.sync.models import Received
from satupintu.sync.queries import shown_content
from satupintu.sync.rules import Arriving
from satupintu.sync.tests.factories import arriving, device, receive, staff

SMALL = b64encode(photo(size=(40, 30))).decode()
DONE, QUARANTINED = "done", "quarantined"


def fields(name: str = "Pedagang 31", **given: Any) -> dict[str, Any]:
    """What the page keeps of a vendor whose file is complete."""
    market("pasar-uji")
    make_office(OFFICE, "dinas")
    answers = {
        "place_kind": "cart",
        "home_address": "Jalan Uji 1",
        "selling_address": "Jalan Elang Raya",
        "position_latitude": "-6,263000",
        "position_longitude": "107,027000",
        "length": "2",
        "width": "1,5",
        "days": ["sat", "sun"],
        "hours_opens": "06:00",
        "hours_closes": "10:00",
        "paguyuban": "Paguyuban Uji",
        "started": "2024-01-15",
    }
    return {
        "version": "1",
        "licence": "tdu_pkl",
        "market": "pasar-uji",
        "place": "Pasar uji",
        "region": MUSTIKASARI,
        "given": "yes",
        "display_name": name,
        "goods": "Cilok",
        "stall": "A01",
        **{f"tdu_pkl-{key}": value for key, value in answers.items()},
        "photo.ktp": SMALL,
        "photo.foto_lapak": SMALL,
        "original": ["sku", "paguyuban"],
    } | given


def record(content: Any = None, **given: Any) -> Arriving:
    """A record of a file."""
    return arriving(fields() if content is None else content, kind="licensing.file", **given)


@pytest.mark.django_db
def test_a_complete_file_stands_submitted_with_its_batch() -> None:
    made, _ = device()
    sent = record(fields(nik=nik(31), phone="0812 3456 7831"))
    [outcome] = receive(made, sent)
    file = Application.objects.get()
    assert (outcome.state, outcome.reference) == (DONE, f"application:{file.number}:submitted")
    assert (file.ref, file.state, file.channel, file.batch) == (
        sent.uuid,
        "submitted",
        "market",
        "pasar-uji 2026-11-24",
    )
    assert (file.person.display_name, file.person.nik, file.person.source) == ("Pedagang 31", nik(31), "sync")
    assert (file.market and file.market.code, file.stall and file.stall.label) == ("pasar-uji", "A01")
    assert (file.days, file.opens, file.closes) == (["sat", "sun"], time(6), time(10))
    answers = answers_of(file)
    assert (answers["goods"], answers["width"], answers["stall"]) == (
        "Cilok",
        "1.5",
        {"market": "pasar-uji", "stall": "A01"},
    )
    assert {(one.slot, one.at_counter) for one in file.attachments.all()} == {
        ("ktp", False),
        ("foto_lapak", False),
        ("sku", True),
        ("paguyuban", True),
    }
    assert [(one.move, one.made_by) for one in file.steps.all()] == [("submit", f"user:{made.owner_id}")]
    consent = Consent.objects.get(purpose="assisted_filing")
    sitting = Assisted.objects.get()
    assert (consent.text_version, consent.given, consent.made_at) == ("1", True, sent.made_at)
    assert (sitting.consent, sitting.place, sitting.made_at) == (consent, "Pasar uji", sent.made_at)
    assert list(audit.breaks()) == []


@pytest.mark.django_db
def test_the_same_record_twice_is_one_file() -> None:
    made, _ = device()
    sent = record()
    assert [one.state for one in receive(made, sent, sent)] == [DONE, "already"]
    assert (Application.objects.count(), Person.objects.count(), Document.objects.count()) == (1, 1, 2)


@pytest.mark.django_db
def test_what_is_missing_leaves_a_draft_that_says_so() -> None:
    made, _ = device()
    content = fields(**{"tdu_pkl-paguyuban": "", "tdu_pkl-days": [], "photo.ktp": "", "original": ["sku"]})
    [outcome] = receive(made, record(content))
    file = Application.objects.get()
    assert outcome.reference == f"application:{file.number}:draft"
    assert missing_parts(file) == ["field:days", "field:paguyuban", "document:ktp", "document:paguyuban"]


@pytest.mark.django_db
def test_two_phones_that_meet_one_nik_make_one_person_and_the_second_waits_for_somebody() -> None:
    first, second = device()[0], device(staff())[0]
    content = fields("Pedagang 32", nik=nik(32))
    assert [one.state for one in receive(first, record(content))] == [DONE]
    [outcome] = receive(second, record(content))
    number = Application.objects.get().number
    assert (outcome.state, outcome.detail) == (
        QUARANTINED,
        f"Pedagang ini sudah punya berkas {number}. Buka berkas itu, jangan buat baru.",
    )
    assert (Person.objects.count(), Document.objects.count()) == (1, 2)


@pytest.mark.django_db
def test_a_second_phone_fills_in_what_the_first_left_open() -> None:
    made, _ = device()
    receive(made, record(fields("Pedagang 33", nik=nik(33), **{"photo.ktp": ""})))
    assert Application.objects.get().state == "draft"
    [outcome] = receive(made, record(fields("Pedagang 33", nik=nik(33))))
    file = Application.objects.get()
    assert (outcome.state, file.state, Person.objects.count()) == (DONE, "submitted", 1)


@pytest.mark.django_db
def test_somebody_known_without_a_nik_is_noted_as_a_likely_double() -> None:
    made, _ = device()
    known = register("Pedagang 34", phone="081234567834")
    [outcome] = receive(made, record(fields("Pedagang 34", phone="0812 3456 7834")))
    pair = Double.objects.get()
    assert (outcome.state, known in (pair.first, pair.second)) == (DONE, True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"given": "no"}, "Tanpa persetujuan, petugas tidak boleh mengisikan."),
        ({"given": ""}, "Pilih jawabannya: ya atau tidak."),
        ({"region": "32.75.01.1001"}, "Pilih dari daftar."),
        ({"market": "pasar-jauh"}, "Pilih dari daftar."),
        ({"nik": "123"}, "NIK harus 16 angka. Sekarang baru 3."),
        ({"tdu_pkl-hours_closes": "06:00"}, "Jam jualan: Jam mulai dan selesainya sama. Periksa lagi."),
        ({"photo.ktp": "bukan foto"}, "Foto ini rusak. Ambil lagi."),
    ],
)
def test_what_is_refused_waits_with_its_sentence_and_leaves_nothing(changed: dict[str, Any], sentence: str) -> None:
    made, _ = device()
    [outcome] = receive(made, record(fields(**changed)))
    assert (outcome.state, outcome.detail) == (QUARANTINED, sentence)
    assert (Application.objects.count(), Person.objects.count(), Document.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
def test_a_nik_of_another_name_and_what_is_no_form_wait() -> None:
    made, _ = device()
    register("Orang Lain Sekali", nik=nik(35))
    told = [receive(made, record(one))[0].detail for one in (fields("Pedagang 35", nik=nik(35)), "{", [1])]
    assert told == [
        "NIK ini terdaftar dengan nama lain. Cocokkan dengan KTP, lalu coba lagi.",
        "Isi catatan ini tidak bisa dibaca. Sisihkan, lalu catat lagi.",
        "Isi catatan ini bukan isian formulir. Sisihkan, lalu catat lagi.",
    ]
    assert Received.objects.filter(state=QUARANTINED).count() == 3


def uploads(settings: Any) -> set[Path]:
    """The files of the wallet on disk: of each photo the whole and the small one."""
    return {path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()}


@pytest.mark.django_db
def test_a_photo_that_cannot_be_read_undoes_the_whole_file_and_its_uploads(settings: Any) -> None:
    made, _ = device()
    before = uploads(settings)
    [outcome] = receive(made, record(fields(**{"photo.foto_lapak": b64encode(b"bukan gambar").decode()})))
    assert outcome.state == QUARANTINED
    assert (Application.objects.count(), Document.objects.count()) == (0, 0)
    assert uploads(settings) == before
    receive(made, record())
    assert len(uploads(settings) - before) == 4


@pytest.mark.django_db
def test_a_visit_without_a_network_is_reported_once() -> None:
    owner = make_user("verifier", office=make_office(OFFICE, "dinas"))
    made, _ = device(owner)
    file = application("site_visit")
    Visit.objects.create(application=file, planned_for=date(2026, 11, 24), planned_by="user:1", planned_at=AT)
    told = {
        "number": file.number.lower(),
        "fits": True,
        "findings": "Rapi.",
        "latitude": "-6.263",
        "longitude": "107.027",
    }
    sent = arriving(told | {"photos": [SMALL]}, kind="licensing.visit")
    assert [one.state for one in receive(made, sent, sent)] == [DONE, "already"]
    visit = Visit.objects.get()
    assert (visit.fits, visit.findings, visit.made_by, VisitPhoto.objects.count()) == (
        True,
        "Rapi.",
        f"user:{owner.pk}",
        1,
    )
    file.refresh_from_db()
    assert file.state == "complete"
    wrong = [told | {"number": "SP-0000-0000"}, {"number": file.number}, told | {"photos": ["%"]}]
    details = [receive(made, arriving(one, kind="licensing.visit"))[0].detail for one in wrong]
    assert details == [
        "Berkas ini tidak ada, atau bukan untuk kantor petugas. Periksa nomornya.",
        "Isi catatan ini tidak lengkap (findings, fits). Catat lagi.",
        "Foto ini rusak. Ambil lagi.",
    ]


@pytest.mark.django_db
def test_a_quarantined_file_shows_its_fields_in_words() -> None:
    made, _ = device()
    receive(made, record(fields(given="no")))
    shown = dict(shown_content(Received.objects.get()))
    assert (shown["Jualan apa"], shown["Jam jualan"], shown["Nama paguyuban pedagang"]) == (
        "Cilok",
        "10:00",
        "Paguyuban Uji",
    )


@pytest.mark.django_db
def test_capture_is_empty_for_everybody_and_kept_by_the_worker_with_all_it_needs(client: Client) -> None:
    market("pasar-uji")
    page = client.get(reverse("licensing:capture"))
    text = page.content.decode()
    assert page.status_code == 200
    assert '<option value="pasar-uji">' in text
    assert 'name="tdu_pkl-hours_opens"' in text
    assert 'data-slot="foto_lapak"' in text
    assert "csrfmiddlewaretoken" not in text
    assert client.post(reverse("licensing:capture")).status_code == 405
    plan = client.get("/sw.js").content.decode().split("\n", 1)[0]
    for path in ("/dampingi/berkas/", "licensing/capture", "web/outbox", "web/photo"):
        assert path in plan


def test_the_scripts_of_the_page_stay_light() -> None:
    names = ("web/sp.js", "web/outbox.js", "web/photo.js", "licensing/capture.js")
    files = [finders.find(name) for name in names]
    assert sum(len(gzip.compress(Path(one).read_bytes(), 9)) for one in files) <= 30 * 1024
