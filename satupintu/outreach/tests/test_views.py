"""The pages of events, asked for as a browser does."""

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from satupintu.audit.rules import SYSTEM
from satupintu.outreach import actions
from satupintu.outreach.models import Event, Participant, Question, Receipt, Tap
from satupintu.outreach.tests.addresses import EVENT_PAGES
from satupintu.outreach.tests.events import AT, DAY, aid_item, at, event, people, question, run, session, tap
from satupintu.registry.tests.browsing import html, staff
from satupintu.registry.tests.factories import BEKASI_TIMUR, BEKASIJAYA, MUSTIKASARI, register

pytestmark = pytest.mark.django_db
NEW = {"template": "sosialisasi-perizinan", "title": "Acara baru", "day": "2026-11-28", "region": MUSTIKASARI}


def address(name: str, of: Event | None = None, **given: object) -> str:
    return reverse(f"outreach:{name}", kwargs=given | ({"ref": of.ref} if of else {}))


def worker() -> Client:
    return staff("facilitator")


@pytest.mark.parametrize("name", [name for name in EVENT_PAGES if name != "event-state"])
def test_event_pages_of_another_kecamatan_are_not_there(name: str) -> None:
    made = event()
    assert worker().get(address(name, made)).status_code == 200
    assert staff("facilitator", BEKASI_TIMUR).get(address(name, made)).status_code == 404
    assert worker().get(reverse(f"outreach:{name}", kwargs={"ref": uuid.uuid4()})).status_code == 404


def test_events_are_listed_newest_first_with_who_came() -> None:
    made = event("Acara lama", day=DAY.replace(year=2025))
    event("Acara baru", running=True)
    tap(people(Event.objects.get(title="Acara baru"), 2)[0], "arrived", at(8, 30))
    event("Acara timur", region=BEKASIJAYA)
    page = html(worker(), address("events"))
    assert page.index("Acara baru") < page.index("Acara lama")
    assert "1 dari 2" in page
    assert "Acara timur" not in page
    assert made.title in html(worker(), address("events"), tahun="2025")
    assert "Acara baru" not in html(worker(), address("events"), tahun="2025")
    assert "Acara lama" not in html(worker(), address("events"), keadaan="running")
    assert "Tidak ada yang cocok" in html(worker(), address("events"), tahun="1999")
    assert "Acara baru" in html(worker(), address("events"), tahun="x", wilayah="y", halaman="z")


def test_events_are_reached_from_the_work_of_the_day_except_by_partners() -> None:
    tile = f'class="tile" href="{address("events")}"'
    assert tile in html(staff("facilitator"), "/")
    assert tile in html(staff("leadership"), "/")
    assert tile not in html(staff("partner"), "/")


def queries_for(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_events_take_the_same_queries_for_1_and_3() -> None:
    client, path = worker(), address("events")
    event()
    one = queries_for(client, path)
    for _ in range(2):
        event()
    assert queries_for(client, path) == one


def test_events_come_in_pages() -> None:
    for number in range(27):
        event(f"Acara {number:02}", template="")
    page = html(worker(), address("events"), keadaan="planned")
    assert "Acara 26" in page
    assert "Acara 01" not in page
    assert "?keadaan=planned&amp;halaman=2" in page
    assert "Acara 01" in html(worker(), address("events"), halaman="2")


def test_event_new_makes_the_whole_programme_in_one_step() -> None:
    response = worker().post(address("event-new"), NEW)
    made = Event.objects.get()
    assert response.headers["Location"] == address("event", made)
    assert (made.sessions.count(), made.market, made.target) == (10, None, None)


def test_event_new_begins_from_the_template() -> None:
    assert '<option value="sosialisasi-perizinan" selected>' in html(worker(), address("event-new"))


def test_event_new_says_what_is_missing_and_keeps_what_was_typed() -> None:
    response = worker().post(address("event-new"), NEW | {"title": "", "target": "40", "funding": "Kampus"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Tulis nama acara." in page
    assert 'value="Kampus"' in page
    wrong = worker().post(address("event-new"), NEW | {"target": "40"})
    assert "Tulis dari mana jumlah sasaran itu." in wrong.content.decode()
    assert Event.objects.count() == 0


def test_event_shows_sections_warnings_and_the_missing_target() -> None:
    made = event()
    page = html(worker(), address("event", made))
    assert "IV. Penyampaian materi 3 (khusus)" in page
    assert "Laporan mencetak bagian VII 2 kali." in page
    assert "20 dari berapa?" in page
    assert "Jam bentrok." not in page
    session(made, (11, 0), (11, 45), "Tambahan")
    session(made, (12, 0), (12, 15), "Penutup")
    page = html(worker(), address("event", made))
    assert "bersamaan 30 menit" in page
    assert "15 menit kosong" in page


def test_event_takes_the_same_queries_for_1_and_3_sessions() -> None:
    made, client = event(template=""), worker()
    session(made, (8, 0), (9, 0))
    one = queries_for(client, address("event", made))
    for hour in (9, 10):
        session(made, (hour, 0), (hour + 1, 0))
    assert queries_for(client, address("event", made)) == one


def test_event_is_read_only_for_leadership() -> None:
    page = html(staff("leadership"), address("event", event()))
    assert "Ubah acara" not in page
    assert "Susunan acara" in page


def test_event_in_english_is_english() -> None:
    client = worker()
    client.cookies["bahasa"] = "en"
    page = html(client, address("event", event()))
    assert "Programme" in page
    assert "Susunan acara" not in page


def test_event_edit_changes_what_was_typed() -> None:
    made = event()
    given = {**NEW, "title": "Nama lain", "target": "40", "target_source": "Daftar RT"}
    assert worker().post(address("event-edit", made), given).status_code == 302
    made.refresh_from_db()
    assert (made.title, made.target, made.target_source) == ("Nama lain", 40, "Daftar RT")
    assert 'value="Nama lain"' in html(worker(), address("event-edit", made))


def test_event_state_begins_the_event_and_a_late_press_changes_nothing() -> None:
    made, client = event(), worker()
    assert client.post(address("event-state", made), {"state": "running"}).headers["Location"] == address(
        "running", made
    )
    assert client.post(address("event-state", made), {"state": "nonsense"}).status_code == 302
    made.refresh_from_db()
    assert made.state == "running"


def test_partner_new_and_partner_remove() -> None:
    made, client = event(), worker()
    assert (
        client.post(address("partner-new", made), {"kind": "pegadaian", "name": "Pegadaian Bekasi"}).status_code == 302
    )
    assert "Pegadaian Bekasi" in html(client, address("event", made))
    assert client.post(address("partner-new", made), {"kind": "", "name": ""}).status_code == 422
    partner = made.partners.get()
    assert client.post(address("partner-remove", made, key=partner.pk)).status_code == 302
    assert client.post(address("partner-remove", made, key=partner.pk)).status_code == 404


def test_partner_remove_takes_none_of_another_event() -> None:
    other = actions.add_partner(event=event("Lain"), kind="other", name="x", by=SYSTEM, at=AT)
    assert worker().post(address("partner-remove", event(), key=other.pk)).status_code == 404


def test_member_new_and_member_remove() -> None:
    made, client = event(), worker()
    assert client.post(address("member-new", made), {"role": "host", "name": "MC"}).status_code == 302
    member = made.team.get()
    assert client.post(address("member-remove", made, key=member.pk)).status_code == 302
    assert made.team.count() == 0


def test_member_remove_of_nobody_is_404() -> None:
    assert worker().post(address("member-remove", event(), key=1)).status_code == 404


SESSION = {"title": "Sesi baru", "begins": "11.30", "ends": "11:45", "topics": ["pegadaian_borrowing"]}


def test_session_new_adds_a_line_that_teaches() -> None:
    made, client = event(), worker()
    assert client.post(address("session-new", made), SESSION).status_code == 302
    assert "s8" not in html(client, address("coverage", made)).split("Diajarkan, tetapi tidak ditanya")[0]
    refused = client.post(address("session-new", made), SESSION | {"ends": "11:00"})
    assert refused.status_code == 422
    assert "Jam selesai harus sesudah jam mulai." in refused.content.decode()


def test_session_edit_shows_and_changes_a_line() -> None:
    made, client = event(), worker()
    first = made.sessions.first()
    path = address("session-edit", made, session_ref=first.ref)
    assert 'value="Pembukaan dan doa"' in html(client, path)
    assert client.post(path, SESSION).status_code == 302
    first.refresh_from_db()
    assert (first.title, first.topics) == ("Sesi baru", ["pegadaian_borrowing"])


def test_session_move_works_by_buttons_without_script() -> None:
    made, client = event(), worker()
    first, second, *_ = made.sessions.all()
    response = client.post(address("session-move", made, session_ref=second.ref), {"arah": "naik"})
    assert response.headers["Location"].endswith(f"#sesi-{second.pk}")
    assert list(made.sessions.all()[:2]) == [second, first]


def test_session_remove_takes_a_line_off_unless_it_ran() -> None:
    made, client = event(running=True), worker()
    first, second, *_ = made.sessions.all()
    run(first, "started", at(8, 30))
    refused = client.post(address("session-remove", made, session_ref=first.ref))
    assert refused.status_code == 422
    assert "Catatannya tetap disimpan." in refused.content.decode()
    assert client.post(address("session-remove", made, session_ref=second.ref)).status_code == 302
    assert made.sessions.count() == 9


def test_session_tap_starts_and_stops_a_session() -> None:
    made, client = event(running=True), worker()
    first = made.sessions.first()
    ref = str(uuid.uuid4())
    for kind, sent in (("started", ref), ("started", ref), ("stopped", "no uuid"), ("nonsense", "")):
        path = address("session-tap", made, session_ref=first.ref)
        assert client.post(path, {"kind": kind, "ref": sent}).status_code == 302
    assert list(Tap.objects.values_list("kind", flat=True)) == ["started", "stopped"]


def test_overrun_cause_is_kept_and_shown() -> None:
    made, client = event(running=True), worker()
    first = made.sessions.first()
    run(first, "started", at(8, 30))
    run(first, "stopped", at(8, 50))
    path = address("overrun-cause", made, session_ref=first.ref)
    assert client.post(path, {"cause": ""}).status_code == 422
    assert client.post(path, {"cause": "Hujan"}).status_code == 302
    page = html(client, address("running", made))
    assert "lebih 10 menit" in page
    assert "Hujan" in page


def test_running_draws_planned_against_actual() -> None:
    made, client = event(running=True), worker()
    first = made.sessions.first()
    run(first, "started", at(8, 30))
    run(first, "stopped", at(8, 50))
    page = html(client, address("running", made))
    assert "20 dari 10 menit" in page
    assert '<rect class="fill" width="44%"' in page
    assert "Acara belum dimulai." in html(client, address("running", event()))


def test_participants_show_a_scanned_card_on_top_and_names_only_of_the_area() -> None:
    made, client = event(), worker()
    people(made, 1)
    person = register("Pedagang 07")
    actions.invite_person(event=made, person=person, by=SYSTEM, at=AT)
    page = html(client, address("participants", made), kartu="p002")
    assert "<h2>P002 · Pedagang 07</h2>" in page
    assert "Kartu P9 tidak ada di acara ini." in html(client, address("participants", made), kartu="P9")


def test_participants_take_the_same_queries_for_1_and_3() -> None:
    made, client = event(), worker()
    people(made, 1)
    one = queries_for(client, address("participants", made))
    people(made, 2)
    assert queries_for(client, address("participants", made)) == one


def test_participant_tap_notes_who_arrived_and_left() -> None:
    made, client = event(running=True), worker()
    people(made, 1)
    path = address("participant-tap", made, card="P001")
    for kind in ("arrived", "left"):
        assert client.post(path, {"kind": kind, "ref": str(uuid.uuid4())}).status_code == 302
    assert list(Tap.objects.values_list("kind", flat=True)) == ["arrived", "left"]
    assert client.post(address("participant-tap", made, card="P009"), {"kind": "left"}).status_code == 404


def test_participant_tap_before_the_beginning_says_what_to_do() -> None:
    made = event()
    people(made, 1)
    refused = worker().post(address("participant-tap", made, card="P001"), {"kind": "arrived"})
    assert refused.status_code == 422
    assert "Tekan Mulai acara dulu." in refused.content.decode()


def test_participant_new_finds_and_invites_somebody() -> None:
    made, client, person = event(), worker(), register("Tenda Hijau")
    path = address("participant-new", made)
    assert "Tenda Hijau" in html(client, path, cari="tenda")
    assert "Belum ketemu." in html(client, path, cari="zzzz")
    assert client.post(path, {"person": str(person.ref), "invited": "no"}).status_code == 302
    assert [(p.card, p.invited) for p in Participant.objects.all()] == [("P001", False)]
    assert "Sudah ada di daftar, kartu P001." in html(client, path, cari="tenda")
    assert client.post(path, {"person": "x"}).status_code == 404


def test_cards_new_adds_numbered_cards() -> None:
    made, client = event(), worker()
    assert client.post(address("cards-new", made), {"count": "20"}).status_code == 302
    assert made.participants.last().card == "P020"
    for wrong in ("0", "x", "1000"):
        assert client.post(address("cards-new", made), {"count": wrong}).status_code == 422


def test_event_questions_show_what_is_open() -> None:
    made, client = event(), worker()
    question(made, "Satu?", answer="Ya.")
    question(made, "Dua?")
    page = html(client, address("event-questions", made))
    assert "2 pertanyaan, 1 belum terjawab." in page
    assert page.count("Jawab<") == 1


def test_question_new_keeps_session_and_card() -> None:
    made, client = event(), worker()
    people(made, 1)
    first = made.sessions.first()
    given = {"text": "Berapa biayanya?", "session": str(first.pk), "card": "p001", "answer": "Gratis."}
    assert client.post(address("question-new", made), given).status_code == 302
    kept = Question.objects.get()
    assert (kept.session, kept.participant.card, kept.replies.get().answer) == (first, "P001", "Gratis.")
    refused = client.post(address("question-new", made), given | {"card": "P9"})
    assert refused.status_code == 422
    assert "Kartu ini tidak ada di acara ini." in refused.content.decode()


def test_question_reply_answers() -> None:
    made, client = event(), worker()
    asked = question(made)
    path = address("question-reply", made, question_ref=asked.ref)
    assert client.post(path, {}).status_code == 422
    assert client.post(path, {"answer": "Satu hari."}).status_code == 302
    assert "Satu hari." in html(client, address("event-questions", made))


def test_aid_shows_who_came_and_got_none() -> None:
    made, client = event(running=True), worker()
    one, two = people(made, 2)
    tap(one, "arrived", at(8, 30))
    aid_item(made)
    page = html(client, address("aid", made))
    assert "Hadir, belum menerima (1)" in page.replace("</h3>", "")
    assert two.card not in page


def test_aid_takes_the_same_queries_for_1_and_3_people() -> None:
    made, client = event(running=True), worker()
    aid_item(made)
    for count in (1, 2):
        for who in people(made, count):
            tap(who, "arrived", at(8, 30))
        found = queries_for(client, address("aid", made))
        if count == 1:
            one = found
    assert found == one


def test_aid_new_keeps_an_item() -> None:
    made, client = event(), worker()
    given = {"name": "Paket sembako", "unit": "paket", "stock": "20", "value": "75000"}
    assert client.post(address("aid-new", made), given).status_code == 302
    assert (made.aid.get().stock, made.aid.get().value) == (20, 75_000)
    assert client.post(address("aid-new", made), given).status_code == 422


def test_hand_over_refuses_a_second_time_and_says_when_the_first_was() -> None:
    made, client = event(running=True), worker()
    [one] = people(made, 1)
    item = aid_item(made)
    path = address("hand-over", made, key=item.pk)
    assert client.post(path, {"card": one.card, "ref": str(uuid.uuid4())}).status_code == 302
    again = client.post(path, {"card": one.card, "ref": str(uuid.uuid4())})
    assert again.status_code == 422
    assert "P001 sudah menerima pukul" in again.content.decode()
    assert Receipt.objects.count() == 1
    assert client.post(path, {"card": "P9"}).status_code == 404


def test_coverage_warns_on_both_sides() -> None:
    page = html(worker(), address("coverage", event()))
    before, after = page.split("Diajarkan, tetapi tidak ditanya")
    assert "s8: " in before
    assert "Pencatatan persediaan" in after


def test_programme_sheet_prints_the_programme() -> None:
    page = html(worker(), address("programme-sheet", event()))
    assert "08.30–08.40" in page
    assert "VIII. Penyerahan sembako dan ramah tamah" in page


def test_attendance_sheet_and_receipt_sheet_have_a_line_for_each_card() -> None:
    made, client = event(), worker()
    people(made, 2)
    aid_item(made)
    for name in ("attendance-sheet", "receipt-sheet"):
        page = html(client, address(name, made))
        assert page.count('<th scope="row">P00') == 2


def test_receipt_sheet_says_when_there_is_no_aid() -> None:
    assert "Belum ada bantuan yang dicatat." in html(worker(), address("receipt-sheet", event()))


def test_participant_cards_carry_a_code_and_no_name() -> None:
    made, client = event(), worker()
    actions.invite_person(event=made, person=register("Pedagang 09"), by=SYSTEM, at=AT)
    page = html(client, address("participant-cards", made))
    assert "<b>P001</b>" in page
    assert 'class="qr"' in page
    assert "Pedagang 09" not in page


def test_lessons_are_open_to_everybody() -> None:
    page = html(Client(), address("lessons"))
    assert page.count('class="tile"') == 6


def test_lesson_says_how_sure_each_fact_is_and_where_it_was_read() -> None:
    page = html(Client(), address("lesson", code="pegadaian_borrowing"))
    assert page.count('data-state="likely"') == 4
    assert "Sumber:" in page
    assert "data-speak" in page
    assert Client().get(address("lesson", code="tidak-ada")).status_code == 404
