"""The pages of what proves an event: photos, papers, the paper list, scanned cards, names and consents."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from satupintu.audit.rules import SYSTEM
from satupintu.outreach import actions, queries
from satupintu.outreach.models import Participant, Photo, Tap
from satupintu.outreach.queries.consents import NAME, PHOTO
from satupintu.outreach.rules.cards import Scanned, read_scan
from satupintu.outreach.tests.events import AT, aid_item, announced, at, document, event, jpeg, people, photo, run, tap
from satupintu.outreach.tests.test_views import address, worker
from satupintu.registry.models import Consent, Milestone, Person
from satupintu.registry.tests.browsing import html, staff
from satupintu.registry.tests.factories import BEKASI_TIMUR, BEKASIJAYA, MUSTIKASARI, register
from satupintu.surveys.models import Survey
from satupintu.surveys.rules.answers import card_reference

pytestmark = pytest.mark.django_db


def file(name: str = "foto.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, jpeg(), content_type="image/jpeg")


def card(who: Participant) -> Participant:
    who.refresh_from_db()
    return who


def queries_for(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


# Photos.


def test_photo_new_keeps_a_photo_and_photos_say_why_it_stays_out() -> None:
    made, client = event(), worker()
    people(made, 1)
    given = {"kind": "documentation", "file": file(), "caption": "Tanya-jawab", "shows": "people", "cards": "p001, 1"}
    assert client.post(address("photo-new", made), given).headers["Location"] == address("photos", made)
    page = html(client, address("photos", made))
    assert "0 dari 1 foto boleh di laporan" in page
    assert "Ada yang belum setuju" in page
    kept = Photo.objects.get()
    assert [one.card for one in kept.subjects.all()] == ["P001"]
    consent = address("participant-consent", made, card="P001", purpose=PHOTO)
    assert client.post(consent, {"jawaban": "ya"}).status_code == 302
    assert "1 dari 1 foto boleh di laporan" in html(client, address("photos", made))
    assert client.post(consent, {"jawaban": "cabut"}).status_code == 302
    assert "0 dari 1 foto" in html(client, address("photos", made))


def test_photo_new_keeps_what_was_typed_when_something_is_wrong() -> None:
    made, client = event(), worker()
    wrong = client.post(address("photo-new", made), {"kind": "documentation", "caption": "Tetap", "cards": "P009"})
    page = wrong.content.decode()
    assert wrong.status_code == 422
    assert "Pilih berkasnya dulu." in page
    assert "Kartu P009 tidak ada di acara ini." in page
    assert 'value="Tetap"' in page
    pdf = SimpleUploadedFile("x.jpg", b"%PDF-1.4 nonsense")
    refused = client.post(address("photo-new", made), {"kind": "documentation", "file": pdf, "shows": "nobody"})
    assert "PDF ini rusak" in refused.content.decode()
    assert Photo.objects.count() == 0


def test_photo_is_described_with_who_is_seen() -> None:
    made, client = event(), worker()
    kept = photo(made)
    where = {"photo_ref": kept.ref}
    assert "Belum diperiksa siapa yang terlihat." in html(client, address("photo", made, **where))
    assert client.post(address("photo", made, **where), {"shows": "nobody", "caption": "Tenda"}).status_code == 302
    assert [one.caption for one in queries.photos_for_report(made)] == ["Tenda"]
    assert client.post(address("photo", made, **where), {"shows": "people"}).status_code == 422


def test_photo_erase_wants_a_reason_and_leaves_nothing_to_look_at() -> None:
    made, client = event(), worker()
    where = {"photo_ref": photo(made).ref}
    assert "Pilih alasannya." in client.post(address("photo-erase", made, **where)).content.decode()
    assert client.post(address("photo-erase", made, **where), {"why": "wrong"}).status_code == 302
    assert client.get(address("photo", made, **where)).status_code == 404


def is_for_who_may_see_the_event(name: str) -> None:
    made = event()
    where = {"photo_ref": photo(made).ref}
    response = worker().get(address(name, made, **where))
    assert (response.status_code, response.headers["Content-Type"]) == (200, "image/jpeg")
    assert "no-store" in response.headers["Cache-Control"]
    assert staff("facilitator", BEKASI_TIMUR).get(address(name, made, **where)).status_code == 404
    assert worker().get(address(name, event("Lain"), **where)).status_code == 404


def test_photo_image_is_for_who_may_see_the_event() -> None:
    is_for_who_may_see_the_event("photo-image")


def test_photo_thumbnail_is_for_who_may_see_the_event() -> None:
    is_for_who_may_see_the_event("photo-thumbnail")


def test_photos_take_the_same_queries_for_1_and_3() -> None:
    made, client = event(), worker()
    who = people(made, 3)
    photo(made, shows="people", subjects=who[:1])
    one = queries_for(client, address("photos", made))
    for person in who[1:]:
        photo(made, shows="people", subjects=[person])
    assert queries_for(client, address("photos", made)) == one


def test_a_photo_of_a_hand_over_stands_beside_the_receipt() -> None:
    made, client = event(running=True), worker()
    item, who = aid_item(made), people(made, 1)[0]
    tap(who, "arrived", at(8, 30))
    client.post(address("hand-over", made, key=item.pk), {"card": who.card, "proof": "photo"})
    assert "belum ada fotonya" in html(client, address("aid", made))
    asked = html(client, address("photo-new", made), jenis="hand_over", barang=str(item.pk), kartu=who.card)
    assert 'value="P001"' in asked
    given = {"kind": "hand_over", "item": str(item.pk), "file": file(), "shows": "people", "cards": "P001"}
    assert client.post(address("photo-new", made), given).headers["Location"] == address("aid", made)
    assert "belum ada fotonya" not in html(client, address("aid", made))


# Papers and materials.


def test_document_new_keeps_a_letter_that_only_staff_may_take() -> None:
    made, client = event(), worker()
    given = {"kind": "assignment", "title": "Surat tugas", "file": file()}
    assert client.post(address("document-new", made), given).status_code == 302
    kept = made.documents.get()
    assert "Surat tugas" in html(staff("leadership"), address("documents", made))
    taken = client.get(address("document-file", made, document_ref=kept.ref))
    assert taken.headers["Content-Disposition"] == 'attachment; filename="surat-tugas.jpg"'
    assert Client().get(address("material", document_ref=kept.ref)).status_code == 404
    refused = client.post(address("document-new", made), given | {"file": file(), "public": "yes"})
    assert "Hanya bahan pemateri" in refused.content.decode()


def test_material_marked_public_is_taken_without_signing_in_and_stands_on_its_lesson() -> None:
    made = announced()
    taught = made.sessions.get(topics=["stock_recording"])
    shown, hidden = document(made, session=taught), document(made, public=False, session=taught)
    response = Client().get(address("material", document_ref=shown.ref))
    assert (response.status_code, response.headers["X-Content-Type-Options"]) == (200, "nosniff")
    assert Client().get(address("material", document_ref=hidden.ref)).status_code == 404
    page = html(Client(), address("lesson", code="stock_recording"))
    assert address("material", document_ref=shown.ref) in page
    assert str(hidden.ref) not in page
    page = html(Client(), address("schedule-event", made))
    assert address("material", document_ref=shown.ref) in page
    assert str(hidden.ref) not in page


def test_document_remove_destroys_it() -> None:
    made, client = event(), worker()
    kept = document(made)
    assert client.post(address("document-remove", made, document_ref=kept.ref)).status_code == 302
    assert client.get(address("document-file", made, document_ref=kept.ref)).status_code == 404
    assert "Belum ada surat tugas" in html(client, address("documents", made))


def test_documents_take_the_same_queries_for_1_and_3() -> None:
    made, client = event(), worker()
    document(made, session=made.sessions.first())
    one = queries_for(client, address("documents", made))
    for number in (2, 3):
        document(made, title=f"Bahan {number}", session=made.sessions.last())
    assert queries_for(client, address("documents", made)) == one


def test_document_file_of_another_event_is_404() -> None:
    kept = document(event("Lain"))
    assert worker().get(address("document-file", event(), document_ref=kept.ref)).status_code == 404


# Who came: by code, by QR, by the paper list.


def test_a_scan_is_a_typed_code_or_the_address_of_a_card() -> None:
    ref = uuid.uuid4()
    assert read_scan(" p001 ") == Scanned("p001", "", "code")
    assert read_scan(f"https://x.id/acara/{ref}/peserta/?kartu=P001") == Scanned("P001", str(ref), "qr")
    assert read_scan("https://x.id/lain") == Scanned("", "", "qr")


def test_card_scan_taps_an_arrival_by_code_and_by_the_qr_of_the_printed_card() -> None:
    made, client = event(running=True), worker()
    people(made, 2)
    assert client.post(address("card-scan", made), {"kode": "1"}).headers["Location"].endswith("?hadir=P001")
    printed = html(client, address("participant-cards", made))
    qr = f"http://testserver{address('participants', made)}?kartu=P002"
    assert "P002" in printed
    assert client.post(address("card-scan", made), {"kode": qr}).headers["Location"].endswith("?hadir=P002")
    assert [one.source for one in Tap.objects.order_by("pk")] == ["code", "qr"]
    assert client.post(address("card-scan", made), {"kode": qr}).headers["Location"].endswith("?lagi=P002")
    assert "Sudah tercatat hadir." in html(client, address("participants", made), lagi="P002")
    assert Tap.objects.count() == 2


@pytest.mark.parametrize(("typed", "says"), [("P009", "tidak ada di acara ini"), ("%%", "Tulis kode kartu")])
def test_card_scan_says_what_is_wrong_with_a_code(typed: str, says: str) -> None:
    response = worker().post(address("card-scan", event(running=True)), {"kode": typed})
    assert response.status_code == 422
    assert says in response.content.decode()


def test_card_scan_refuses_the_card_of_another_event_and_waits_for_the_beginning() -> None:
    made, other = event(), event("Lain", running=True)
    people(made, 1)
    people(other, 1)
    qr = f"http://testserver{address('participants', other)}?kartu=P001"
    client = worker()
    assert "dari acara lain" in client.post(address("card-scan", made), {"kode": qr}).content.decode()
    assert "Acara belum dimulai." in client.post(address("card-scan", made), {"kode": "P001"}).content.decode()


def test_paper_list_ticks_many_at_once_with_its_photo_as_evidence() -> None:
    made, client = event(running=True), worker()
    people(made, 4)
    tap(made.participants.get(card="P001"), "arrived", at(8, 20))
    shot = photo(made, kind="paper_list")
    page = html(client, address("paper-list", made))
    assert "came-P001" not in page
    given = {
        "ref": str(uuid.uuid4()),
        "photo": str(shot.ref),
        "arrived": "08.30",
        "came-P002": "on",
        "came-P003": "on",
        "at-P003": "09.05",
        "left-P003": "10.00",
    }
    assert client.post(address("paper-list", made), given).status_code == 302
    taps = Tap.objects.filter(source="paper")
    assert {(one.participant.card, one.kind, one.pressed_at) for one in taps if one.participant} == {
        ("P002", "arrived", at(8, 30)),
        ("P003", "arrived", at(9, 5)),
        ("P003", "left", at(10, 0)),
    }
    assert {one.evidence for one in taps} == {shot}
    page = html(client, address("participants", made))
    assert page.count("lihat fotonya") == 2
    assert client.post(address("paper-list", made), given).status_code == 422
    assert taps.count() == 3


def test_paper_list_says_what_is_missing() -> None:
    made, client = event(running=True), worker()
    people(made, 1)
    assert "Centang dulu" in client.post(address("paper-list", made), {"arrived": "08.30"}).content.decode()
    wrong = {"arrived": "08.30", "came-P001": "on", "left-P001": "08.00"}
    assert "sesudah jam datang" in client.post(address("paper-list", made), wrong).content.decode()


# One press to the next session.


def test_session_next_stops_one_and_starts_the_next_with_the_cause() -> None:
    made, client = event(running=True), worker()
    first, second = made.sessions.all()[:2]
    run(first, "started", at(8, 30))
    given = {"ref": str(uuid.uuid4()), "selesai": str(first.ref), "mulai": str(second.ref), "sebab": "Hujan"}
    for _again in range(2):
        assert client.post(address("session-next", made), given).status_code == 302
    kinds = [(one.kind, one.session, one.cause) for one in Tap.objects.order_by("pk")]
    assert kinds == [
        ("started", first, ""),
        ("stopped", first, ""),
        ("cause", first, "Hujan"),
        ("started", second, ""),
    ]


def test_session_next_of_another_event_is_refused_in_words() -> None:
    made, other = event(running=True), event("Lain", running=True)
    given = {"selesai": str(other.sessions.all()[0].ref)}
    assert worker().post(address("session-next", made), given).status_code == 302
    assert Tap.objects.count() == 0
    planned = event("Nanti")
    given = {"mulai": str(planned.sessions.all()[0].ref)}
    assert "Acara belum dimulai." in worker().post(address("session-next", planned), given).content.decode()


# Consents and the name behind a card.


def test_participant_shows_the_words_to_read_out() -> None:
    made = event()
    people(made, 1)
    page = html(worker(), address("participant", made, card="P001"))
    assert page.count("Belum ditanya.") == 2
    assert "Boleh foto Bapak/Ibu dipakai di laporan?" in page


def test_participant_of_another_area_keeps_name_and_consents_to_themselves() -> None:
    made = event()
    far = register("Kencana Ungu", region=BEKASIJAYA)
    actions.invite_person(event=made, person=far, by=SYSTEM, at=AT)
    page = html(worker(), address("participant", made, card="P001"))
    assert "Kencana" not in page
    assert "Boleh foto" not in page


def test_participant_consent_records_the_answer_of_a_card() -> None:
    made, client = event(place="Halaman warga"), worker()
    people(made, 1)
    where = address("participant-consent", made, card="P001", purpose="survey_answers")
    assert client.post(where, {"jawaban": "tidak"}).status_code == 302
    page = html(client, address("participant", made, card="P001"))
    assert page.count("Belum ditanya.") == 1
    assert "Halaman warga" in page
    wrong = address("participant-consent", made, card="P001", purpose="lain")
    assert client.post(wrong, {"jawaban": "ya"}).status_code == 422


def test_consent_withdraw_of_a_card_ends_it() -> None:
    who = people(event(), 1)[0]
    given: dict[str, Any] = {"participant": who, "purpose": PHOTO}
    actions.record_consent(**given, given=True, ref=uuid.uuid4(), by=SYSTEM, at=AT)
    assert actions.withdraw_consent(**given, by=SYSTEM, at=AT) == 1
    assert queries.who_agreed([who], PHOTO) == set()


def test_participant_link_joins_a_card_to_a_person_who_agrees() -> None:
    made, client = event(running=True), worker()
    who, person = people(made, 1)[0], register("Pedagang 01")
    tap(who, "arrived", at(8, 30))
    answered = card_reference(made.reference, who.card)
    where = address("participant-link", made, card="P001")
    assert "Pedagang 01" in html(client, where, cari="Pedagang 01")
    asked = f"{where}?orang={person.ref}"
    assert "Boleh kartu ini disambungkan" in html(client, where, orang=str(person.ref))
    assert "Pilih jawabannya" in client.post(asked).content.decode()
    assert "tetap tanpa nama" in client.post(asked, {"agreed": "no"}).content.decode()
    assert client.post(asked, {"agreed": "yes"}).headers["Location"] == address("participant", made, card="P001")
    assert card(who).person == person
    assert Consent.objects.filter(person=person, purpose=NAME, given=True).exists()
    assert [one.code for one in Milestone.objects.filter(person=person)] == ["attended"]
    assert card_reference(made.reference, who.card) == answered
    other = people(made, 1)[0]
    again = client.post(f"{address('participant-link', made, card=other.card)}?orang={person.ref}", {"agreed": "yes"})
    assert "Pedagang 01 sudah memegang kartu P001" in again.content.decode()


def test_participant_unlink_takes_a_wrong_name_and_its_milestone_off() -> None:
    made, client = event(running=True), worker()
    who, person = people(made, 1)[0], register("Pedagang 01")
    tap(who, "arrived", at(8, 30))
    actions.link_person(participant=who, person=person, agreed=True, by=SYSTEM, at=AT)
    assert Milestone.objects.filter(person=person).count() == 1
    assert client.post(address("participant-unlink", made, card="P001")).status_code == 302
    assert card(who).person is None
    assert Milestone.objects.filter(person=person).count() == 0


def test_participant_register_registers_who_holds_the_card_in_the_same_step() -> None:
    made, client = event(), worker()
    who = people(made, 1)[0]
    where = address("participant-register", made, card="P001")
    typed = {"display_name": "Pedagang 77", "region": MUSTIKASARI}
    assert "Daftarkan pemegang kartu" in html(client, where)
    assert client.post(where, typed).status_code == 422
    assert client.post(where, typed | {"agreed": "no"}).status_code == 422
    assert Person.objects.count() == 0
    assert client.post(where, typed | {"agreed": "yes"}).status_code == 302
    assert card(who).person == Person.objects.get()
    other = people(made, 1)[0]
    double = client.post(address("participant-register", made, card=other.card), typed | {"agreed": "yes"})
    assert "Mungkin sudah terdaftar" in double.content.decode()
    assert Person.objects.count() == 1


# Questionnaires.


def test_usual_surveys_are_opened_with_one_press_and_once() -> None:
    made, client = event(), worker()
    assert "Belum ada kuesioner" in html(client, address("event-surveys", made))
    for _again in range(2):
        assert client.post(address("usual-surveys", made)).status_code == 302
    waves = {(one.questionnaire, one.wave) for one in Survey.objects.filter(subject=made.reference)}
    assert waves == {
        ("needs_interview", "before"),
        ("paper_statements", "before"),
        ("paper_statements", "after"),
        ("paper_statements", "then"),
        ("knowledge_test", "before"),
        ("knowledge_test", "after"),
        ("paper_response", "after"),
    }


def test_event_surveys_lead_to_every_way_of_answering() -> None:
    made, client = event(), worker()
    client.post(address("usual-surveys", made))
    page = html(client, address("event-surveys", made))
    hands = Survey.objects.get(questionnaire="paper_statements", wave="before")
    assert f"/survei/{hands.ref}/angkat-tangan/" in page
    assert page.count("0 orang menjawab") == 7


def test_event_warns_of_what_is_asked_but_not_taught_and_taught_but_not_asked() -> None:
    made, client = event(), worker()
    page = html(client, address("event", made))
    assert "Ditanya, tetapi tidak diajarkan." in page
    assert "Diajarkan, tetapi tidak ditanya." in page
    actions.change_state(event=made, state="running", by=SYSTEM, at=AT)
    assert "Ditanya, tetapi tidak diajarkan." not in html(client, address("event", made))


def test_an_event_that_ends_promises_an_answer_to_every_open_question() -> None:
    made = event(running=True)
    person = register("Pedagang 01")
    named = actions.invite_person(event=made, person=person, by=SYSTEM, at=AT)
    given: dict[str, Any] = {"event": made, "pressed_at": at(10, 30), "by": SYSTEM, "at": AT}
    actions.ask_question(**given, text="Berapa biayanya?", ref=uuid.uuid4(), participant=named)
    actions.ask_question(**given, text="Siapa yang bantu?", ref=uuid.uuid4())
    actions.ask_question(**given, text="Sudah dijawab?", ref=uuid.uuid4(), answer="Sudah")
    actions.change_state(event=made, state="closed", by=SYSTEM, at=AT)
    states = {row["question"].text: row["state"] for row in queries.questions_of(SYSTEM, made)}
    assert states == {"Berapa biayanya?": "promised", "Siapa yang bantu?": "promised", "Sudah dijawab?": "answered"}
    due = person.follow_ups.get()
    assert (due.due, "Berapa biayanya?" in due.why) == (AT.date() + timedelta(days=7), True)


def test_session_move_puts_a_session_where_it_was_dropped() -> None:
    made, client = event(), worker()
    last = made.sessions.last()
    where = address("session-move", made, session_ref=last.ref)
    assert client.post(where, {"nomor": "1"}).status_code == 302
    assert made.sessions.first() == last
    assert client.post(where, {"nomor": "99"}).status_code == 302
    assert made.sessions.first() == last
