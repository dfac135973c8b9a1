"""What follows an event: milestones, promises, waves, the ladder, and events side by side."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from satupintu.accounts.gate import NotAllowed
from satupintu.audit.models import Record
from satupintu.audit.rules import SYSTEM
from satupintu.outreach import actions
from satupintu.outreach.models import Event, Participant, Promised
from satupintu.outreach.queries.ladder import comparison
from satupintu.outreach.queries.wanted import wanted_at, wanted_lately
from satupintu.outreach.tests.events import AT, DAY, at, event, facilitator, people, run, tap
from satupintu.registry import actions as registry
from satupintu.registry.models import FollowUp, Milestone, Person
from satupintu.registry.tests.browsing import html, staff, vendor
from satupintu.registry.tests.factories import BEKASI_TIMUR, actor, register
from satupintu.surveys import actions as surveys
from satupintu.surveys.rules.answers import card_reference

pytestmark = pytest.mark.django_db
ALL_YES = {f"s{n}": "1" for n in range(1, 11)}
AFTER = DAY + timedelta(days=2)


def address(name: str, of: Event | None = None, **given: object) -> str:
    return reverse(f"outreach:{name}", kwargs=given | ({"ref": of.ref} if of else {}))


def came(of: Event, person: Person | None = None) -> Participant:
    """Somebody who was at the event, with a name or as a card."""
    one = actions.invite_person(event=of, person=person, by=SYSTEM, at=AT) if person else people(of, 1)[0]
    tap(one, "arrived", at(8, 30))
    return one


def answers(
    of: Event, who: str, form: str = "paper_statements", wave: str = "after", days: int = 0, **marks: str
) -> None:
    """One sheet of a respondent; the ten statements are yes unless told."""
    values = ALL_YES | marks if form == "paper_statements" else marks
    made = surveys.open_survey(
        questionnaire=form, wave=wave, after_days=days, subject=of.reference, region=of.region, by=SYSTEM, at=AT
    )
    surveys.keep_sheet(survey=made, respondent=who, values=values, by=SYSTEM, at=AT)


def card(one: Participant) -> str:
    return card_reference(one.event.reference, one.card)


def codes(person: Person) -> list[tuple[str, date, str]]:
    return list(Milestone.objects.filter(person=person).values_list("code", "day", "evidence"))


def nib(person: Person, day: date) -> None:
    registry.note_milestone(person=person, code="paper_nib", day=day, by=SYSTEM, at=AT)


def later(days: int) -> datetime:
    return at(9) + timedelta(days=days)


def test_closing_an_event_notes_who_says_they_understand_as_a_self_rating() -> None:
    made = event(running=True)
    sure, unsure = register(), register()
    answers(made, card(came(made, sure)))
    answers(made, card(came(made, unsure)), s4="0")
    actions.change_state(event=made, state="closed", by=SYSTEM, at=later(0))
    attended = ("attended", DAY, made.reference)
    assert codes(sure) == [attended, ("understands_self_rated", DAY, made.reference)]
    assert codes(unsure) == [attended]


def test_answers_that_arrive_later_are_noted_in_the_night_and_once() -> None:
    made = event(running=True)
    person = register()
    answers(made, f"person:{came(made, person).person.ref}", "knowledge_test", k1="1", **RIGHT)
    for night in (1, 2):
        assert actions.note_everybody(by=SYSTEM, at=later(night)) == 1
    assert [code for code, _, _ in codes(person)] == ["attended", "understands"]
    assert actions.note_everybody(by=SYSTEM, at=later(200)) == 0
    records = Record.objects.filter(action="outreach.everybody_noted").order_by("pk")
    assert [record.values["people"] for record in records] == [1, 1, 0]
    with pytest.raises(NotAllowed):
        actions.note_everybody(by=facilitator(), at=AT)


RIGHT = {"k2": "1", "k3": "1", "k4": "1", "k5": "1", "k6": "1", "k7": "1"}


def test_who_was_merged_since_is_noted_where_they_stand_now() -> None:
    made = event(running=True)
    kept, removed = register("Pedagang Satu"), register("Pedagang Dua")
    answers(made, f"person:{came(made, removed).person.ref}")
    registry.merge_people(kept=kept, removed=removed, reason="KTP sama", by=SYSTEM, at=AT)
    assert actions.note_understanding(event=made, by=SYSTEM, at=AT) == 1
    assert "understands_self_rated" in [code for code, _, _ in codes(kept)]


def test_help_is_promised_once_for_what_is_weak_by_day_30_to_the_facilitator() -> None:
    made, by = event(running=True), facilitator()
    weak_one, sure = came(made, register()), came(made, register())
    nobody = came(made)
    answers(made, card(weak_one), s4="0", s7="0")
    answers(made, card(sure))
    answers(made, card(nobody), s1="0")
    everybody = list(made.participants.all())
    assert actions.promise_help(event=made, participants=everybody, by=by, at=later(1)) == 1
    assert actions.promise_help(event=made, participants=everybody, by=by, at=later(2)) == 0
    promised = FollowUp.objects.get()
    assert promised.person == weak_one.person
    assert promised.why == "Belum: Saya paham urutan mengurus izin usaha.; Saya paham langkah mendapat NIB."
    assert (promised.due, promised.owner) == (DAY + timedelta(days=30), by.ref)
    assert Promised.objects.get().occasion == "weak"


def test_help_promised_late_is_due_today_and_people_of_another_area_are_left_alone() -> None:
    made = event(running=True)
    here, there = came(made, register()), came(made, register(region="32.75.01.1001"))
    for one in (here, there):
        answers(made, card(one), s1="0")
    assert actions.promise_help(event=made, participants=[here, there], by=facilitator(), at=later(60)) == 1
    assert FollowUp.objects.get().due == DAY + timedelta(days=60)
    with pytest.raises(NotAllowed):
        actions.promise_help(event=made, participants=[here], by=facilitator(BEKASI_TIMUR), at=AT)


def test_asking_again_opens_the_survey_and_promises_to_ask_who_came() -> None:
    made = event(running=True)
    one = came(made, register())
    came(made)
    actions.invite_person(event=made, person=register(), by=SYSTEM, at=AT)  # did not come
    for _ in range(2):
        survey = actions.ask_again(event=made, days=30, by=facilitator(), at=later(1))
    assert (survey.questionnaire, survey.wave, survey.after_days) == ("follow_up", "followup", 30)
    promised = FollowUp.objects.get()
    assert (promised.person, promised.due) == (one.person, DAY + timedelta(days=30))
    assert promised.why == "Tanya kabar 30 hari sesudah acara Acara uji"
    with pytest.raises(ValidationError):
        actions.ask_again(event=made, days=60, by=facilitator(), at=later(1))
    with pytest.raises(ValidationError):
        actions.ask_again(event=event(), days=30, by=facilitator(), at=AT)


def test_follow_up_shows_weak_topics_first_steps_and_where_to_go_on() -> None:
    made = event(running=True)
    named, bare = came(made, register("Pedagang Tujuh")), came(made)
    answers(made, card(named), s7="0")
    answers(made, card(bare), s9="0")
    page = html(staff("facilitator"), address("follow-up", made))
    assert "Pedagang Tujuh" in page
    assert reverse("outreach:lesson", args=["one_door_licensing"]) in page
    assert reverse("catalogue:paper", args=["nib"]) in page
    assert reverse("desk:assist-person", args=[named.person.ref]) in page
    assert "1 kartu tanpa nama" in page
    assisted = html(staff("facilitator"), reverse("desk:assist-person", args=[named.person.ref]))
    assert "Bahas dulu" in assisted
    assert reverse("outreach:lesson", args=["one_door_licensing"]) in assisted
    assert "Bahas dulu" not in html(staff("facilitator"), reverse("desk:assist-person", args=[register().ref]))


def test_follow_up_promise_makes_one_for_a_card_or_all_that_are_missing() -> None:
    made, client = event(running=True), staff("facilitator")
    for one in [came(made, register()) for _ in range(3)]:
        answers(made, card(one), s7="0")
    assert client.post(address("follow-up-promise", made), {"card": "P002"}).status_code == 302
    assert FollowUp.objects.get().person == made.participants.get(card="P002").person
    assert client.post(address("follow-up-promise", made), {"card": "P099"}).status_code == 404
    assert client.post(address("follow-up-promise", made)).status_code == 302
    assert FollowUp.objects.count() == 3


def test_follow_up_count_notes_who_understands_and_shows_the_ladder() -> None:
    made = event(running=True)
    person = register()
    answers(made, card(came(made, person)))
    pressed = staff("facilitator").post(address("follow-up-count", made))
    assert (pressed.status_code, pressed["Location"]) == (302, address("ladder", made))
    assert "understands_self_rated" in [code for code, _, _ in codes(person)]


def test_weak_sheet_names_the_lessons_of_a_card_and_no_person() -> None:
    made = event(running=True)
    named, bare = came(made, register("Pedagang Delapan")), came(made)
    answers(made, card(named), s7="0")
    answers(made, card(bare), s9="0")
    sheet = html(staff("facilitator"), address("weak-sheet", made, card=bare.card))
    assert reverse("outreach:lesson", args=["pegadaian_borrowing"]) in sheet
    assert reverse("outreach:lesson", args=["one_door_licensing"]) not in sheet
    assert "NIB" not in sheet
    sheet = html(staff("facilitator"), address("weak-sheet", made, card=named.card))
    assert "Langkah pertama" in sheet
    assert "Pedagang Delapan" not in sheet


def test_follow_up_wave_opens_the_survey_and_lists_who_was_not_asked_yet() -> None:
    made, client = event(running=True), staff("facilitator")
    first, second = came(made), came(made)
    assert client.post(address("follow-up-wave", made), {"days": "30"}).status_code == 302
    assert client.post(address("follow-up-wave", made), {"days": "x"}).status_code == 422
    answers(made, card(first), "follow_up", "followup", 30, f1="1")
    page = html(client, address("follow-up", made))
    assert "Sudah menjawab 1 dari 2" in page
    assert "1 orang belum ditanya" in page
    assert f"<li>{second.card} (tanpa nama)</li>" in page


def grown(title: str = "Acara uji", named: int = 6, bare: int = 2, licensed: int = 5) -> Event:
    """An event that ``named`` people and ``bare`` cards came to; some of them have an NIB 12 days later."""
    made = event(title, running=True)
    for number in range(named):
        person = register()
        came(made, person)
        if number < licensed:
            nib(person, DAY + timedelta(days=12))
    for _ in range(bare):
        came(made)
    return made


def test_ladder_counts_everybody_who_came_and_names_those_without_a_name() -> None:
    made = grown()
    nib(made.participants.exclude(person=None).last().person, DAY - timedelta(days=3))
    page = " ".join(html(staff("facilitator"), address("ladder", made)).split())
    assert "Dasar hitungannya 8 orang yang hadir." in page
    assert "2 di antaranya tanpa nama" in page
    assert "paling sedikit 63 % (5 dari 8)" in page
    assert page.count("Belum ada yang mencatat.") == 4  # nobody notes documents, applying, recording, borrowing
    leader = " ".join(html(staff("leadership"), address("ladder", made)).split())
    assert "63 %" not in leader
    assert "terlalu sedikit" in leader  # 3 of the 8 are left over
    assert "5 dari 8" not in leader


def test_of_cards_without_a_name_the_understanding_is_known_and_no_paper() -> None:
    made = event(running=True)
    for number in range(6):
        answers(made, card(came(made)), s4="0" if number < 2 else "1")
    page = " ".join(html(staff("facilitator"), address("ladder", made)).split())
    assert "67 % (4 dari 6)" in page
    assert "Tidak bisa diketahui: semua hadir tanpa nama." in page
    column = comparison(SYSTEM_TEAM, [made], "licensed", AFTER)["columns"][0]
    assert column["curve"] is None
    assert not column["rungs"]["licensed"]["known"]
    assert comparison(SYSTEM_TEAM, [made], "understands", AFTER)["columns"][0]["curve"]["path"] == "M0 100H0V33.33H2"


def test_leadership_sees_no_ladder_of_four_people_and_the_team_does() -> None:
    made = grown(named=4, bare=0, licensed=4)
    assert "Angkanya tidak ditampilkan" in html(staff("leadership"), address("ladder", made))
    assert "100 % (4 dari 4)" in " ".join(html(staff("facilitator"), address("ladder", made)).split())


def test_events_are_compared_by_licences_gain_and_minutes() -> None:
    made = grown()
    for number, one in enumerate(made.participants.all()):
        before = {"s1": "0"} if number < 6 else {}
        answers(made, card(one), wave="before", **before)
        answers(made, card(one), s10="1" if number else "0")
    first = made.sessions.first()
    run(first, "started", at(8, 30))
    run(first, "stopped", at(8, 52))
    column = comparison(SYSTEM_TEAM, [made], "licensed", AFTER + timedelta(days=40))["columns"][0]
    assert column["nameless"].count == 2
    assert column["overrun"] == {"late": 1, "minutes": 12, "of": 1}
    assert column["rungs"]["licensed"]["counts"][0][1].count == 5
    assert column["rungs"]["licensed"]["counts"][1] == (90, None)  # the day is not over
    assert column["gain_people"] == 8
    assert (column["gain"]["value"].numerator, column["gain"]["value"].denominator) == (5, 6)
    assert column["weakest"]["statement"].code == "s10"
    assert (column["weakest"]["count"].count, column["weakest"]["count"].base) == (7, 8)
    assert column["curve"]["path"] == "M0 100H12V37.5H42"
    early = comparison(SYSTEM_TEAM, [made], "licensed", AFTER)["columns"][0]
    assert early["rungs"]["licensed"]["counts"][0] == (30, None)
    assert early["curve"]["path"] == "M0 100H2"


SYSTEM_TEAM = facilitator()


def test_compare_takes_four_and_only_of_ones_own_area() -> None:
    made = [grown(f"Acara {n}", named=1, bare=0, licensed=0) for n in range(5)]
    other = event("Acara timur", region="32.75.01.1001")
    asked = [str(one.ref) for one in (*made, other)]
    page = html(staff("facilitator"), address("compare") + "?" + "&".join(f"acara={ref}" for ref in asked))
    assert "Paling banyak 4 acara" in page
    assert "Acara timur" not in page
    assert html(staff("leadership"), address("compare"), acara="bukan-uuid")


def queries_for(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_pages_after_an_event_take_the_same_queries_for_1_and_3_people_and_events() -> None:
    client, made = staff("facilitator"), event(running=True)
    pages = [address("follow-up", made), address("ladder", made)]
    compared = f"{address('compare')}?acara={made.ref}"

    def grow(of: Event, count: int) -> None:
        for _ in range(count):
            one = came(of, register())
            answers(of, card(one), s1="0")
            answers(of, card(one), wave="before")

    grow(made, 1)
    actions.ask_again(event=made, days=30, by=SYSTEM, at=later(1))
    before = [queries_for(client, page) for page in (*pages, compared)]
    grow(made, 2)
    others = [event(running=True), event(running=True)]
    for other in others:
        grow(other, 1)
    many = compared + "".join(f"&acara={other.ref}" for other in others)
    assert [queries_for(client, page) for page in (*pages, many)] == before


def test_topics_wanted_are_counted_for_the_team_and_hidden_below_five_for_others() -> None:
    made = event(running=True, day=date(2026, 11, 20))
    for number in range(6):
        wants = "stock_recording;pegadaian_borrowing" if number < 2 else "stock_recording"
        answers(made, card(people(made, 1)[0]), "next_topics", t1=wants)
    found = wanted_at(facilitator(), made)
    assert [(one.topic, one.count) for one, _ in found["topics"]] == [
        ("stock_recording", 6),
        ("pegadaian_borrowing", 2),
    ]
    assert (found["people"], found["events"]) == (6, 1)
    told = wanted_lately(actor("leadership", ""), date(2026, 11, 24))
    assert ([one.topic for one, _ in told["topics"]], told["hidden"]) == (["stock_recording"], 1)
    assert wanted_lately(facilitator(BEKASI_TIMUR), date(2026, 11, 24))["people"] == 0
    assert "6 dari 6 orang" in html(staff("facilitator"), address("event-new"))


@pytest.mark.parametrize("name", ["follow-up", "ladder"])
def test_pages_after_an_event_are_for_staff_of_its_area(name: str) -> None:
    made = event()
    assert staff("facilitator").get(address(name, made)).status_code == 200
    assert staff("facilitator", BEKASI_TIMUR).get(address(name, made)).status_code == 404
    assert Client().get(address(name, made)).status_code == 302
    assert vendor(register()).get(address(name, made)).status_code == 404
    assert staff("leadership").get(address(name, made)).status_code == (200 if name == "ladder" else 404)
