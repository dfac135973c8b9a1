"""Making and changing events, their people, their questions and their aid."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from satupintu.accounts.gate import NotAllowed
from satupintu.audit.models import Record
from satupintu.audit.rules import SYSTEM
from satupintu.outreach import actions, library, queries
from satupintu.outreach.models import Event, NeverChanged, Question, Receipt, Session, Tap
from satupintu.outreach.tests.events import (
    AT,
    DAY,
    aid_item,
    at,
    event,
    facilitator,
    people,
    question,
    run,
    session,
    tap,
)
from satupintu.registry.tests.factories import BEKASI_TIMUR, MUSTIKASARI, actor, register
from satupintu.surveys import actions as survey_actions

pytestmark = pytest.mark.django_db


def witnessed() -> list[str]:
    return list(Record.objects.filter(action__startswith="outreach.").order_by("pk").values_list("action", flat=True))


def test_the_template_is_table_1_of_the_paper() -> None:
    made = event()
    lines = [(s.section, f"{s.begins:%H.%M}", f"{s.ends:%H.%M}") for s in made.sessions.all()]
    assert lines == [
        ("I", "08.30", "08.40"),
        ("I", "08.40", "08.50"),
        ("I", "08.50", "09.00"),
        ("II", "09.00", "09.15"),
        ("III", "09.15", "09.30"),
        ("IV", "09.30", "09.45"),
        ("V", "09.45", "10.00"),
        ("VI", "10.00", "10.15"),
        ("VII", "10.15", "11.00"),
        ("VIII", "11.00", "11.30"),
    ]
    assert made.note == "Laporan mencetak bagian VII 2 kali. Yang kedua di sini bagian VIII."
    assert queries.event_page(made)["warnings"] == []
    assert witnessed() == ["outreach.event_made"]


@pytest.mark.parametrize("year", [1, 1999, 2101, 9999])
def test_an_event_of_an_impossible_year_is_refused(year: int) -> None:
    with pytest.raises(ValidationError) as refused:
        event(day=date(year, 12, 31))
    assert refused.value.message_dict == {"day": ["Tahun ini tidak mungkin. Tulis tanggal acara yang benar."]}


def test_an_event_may_lie_far_back_or_far_ahead_within_reason() -> None:
    days = [date(2000, 1, 1), date(2100, 12, 31)]
    assert [event(day=day).day for day in days] == days


def test_an_event_without_a_template_is_empty() -> None:
    assert event(template="").sessions.count() == 0


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"template": "tidak-ada"}, "template"),
        ({"region": "32.75.11"}, "region"),
        ({"target": 40}, "target_source"),
        ({"title": "x" * 151}, "title"),
    ],
)
def test_what_an_event_may_not_be_is_refused_at_its_field(given: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        event(**given)  # type: ignore[arg-type]
    assert list(refused.value.message_dict) == [field]
    assert Event.objects.count() == 0


def test_nobody_writes_an_event_of_another_area() -> None:
    made, stranger = event(), facilitator(BEKASI_TIMUR)
    with pytest.raises(NotAllowed):
        actions.make_event(title="x", day=DAY, region=MUSTIKASARI, by=stranger, at=AT)
    with pytest.raises(NotAllowed):
        actions.add_partner(event=made, kind="other", name="x", by=stranger, at=AT)
    with pytest.raises(NotAllowed):
        actions.add_cards(event=made, count=1, by=stranger, at=AT)
    assert queries.event_for(stranger, made.ref) is None


def test_a_vendor_and_a_partner_make_no_event() -> None:
    for role in ("vendor", "partner", "leadership"):
        with pytest.raises(NotAllowed):
            actions.make_event(title="x", day=DAY, region=MUSTIKASARI, by=actor(role, ""), at=AT)


def test_a_change_is_witnessed_with_what_changed() -> None:
    made = event()
    values = {name: getattr(made, name) for name in ("title", "day", "region", "place", "funding", "letter", "note")}
    given = values | {"market": None, "target": 40, "target_source": "Daftar RT"}
    actions.change_event(event=made, **given, by=SYSTEM, at=AT)
    record = Record.objects.get(action="outreach.event_changed")
    assert record.values == {"target": 40, "target_source": "Daftar RT"}


def test_states_go_one_step_at_a_time() -> None:
    made = event()
    with pytest.raises(ValidationError):
        actions.change_state(event=made, state="closed", by=SYSTEM, at=AT)
    for state in ("running", "closed", "running"):
        assert actions.change_state(event=made, state=state, by=SYSTEM, at=AT).state == state
    assert witnessed().count("outreach.event_state_changed") == 3


def test_partners_and_team_are_written_once_and_taken_off() -> None:
    made = event(template="")
    partner = actions.add_partner(event=made, kind="pegadaian", name=" Pegadaian  Bekasi ", by=SYSTEM, at=AT)
    member = actions.add_member(event=made, role="assistant", name="Asisten 1", by=SYSTEM, at=AT)
    assert partner.name == "Pegadaian Bekasi"
    with pytest.raises(ValidationError):
        actions.add_partner(event=made, kind="other", name="Pegadaian Bekasi", by=SYSTEM, at=AT)
    with pytest.raises(ValidationError):
        actions.add_member(event=made, role="assistant", name="Asisten 1", by=SYSTEM, at=AT)
    with pytest.raises(ValidationError):
        actions.add_member(event=made, role="king", name="Asisten 2", by=SYSTEM, at=AT)
    actions.remove_partner(event=made, partner=partner, by=SYSTEM, at=AT)
    actions.remove_member(event=made, member=member, by=SYSTEM, at=AT)
    assert (made.partners.count(), made.team.count()) == (0, 0)


@pytest.mark.usefixtures("committed")
def test_one_press_that_arrives_4_times_in_one_moment_is_one_tap_and_one_question() -> None:
    made = event(running=True)
    who, one, other, gate = people(made, 1)[0], uuid.uuid4(), uuid.uuid4(), Barrier(4)

    def press(_number: int) -> tuple[int, int]:
        try:
            gate.wait()
            return tap(who, "arrived", at(8, 31), one).pk, question(made, ref=other).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(press, range(4)))
    assert answers == [(Tap.objects.get().pk, Question.objects.get().pk)] * 4
    assert (witnessed().count("outreach.tapped"), witnessed().count("outreach.question_asked")) == (1, 1)


def test_sessions_move_up_and_down_and_stop_at_the_ends() -> None:
    made = event(template="")
    first, second = session(made, (8, 0), (9, 0), "A"), session(made, (9, 0), (10, 0), "B")

    def order() -> list[str]:
        return [s.title for s in made.sessions.all()]

    actions.move_session(session=second, up=True, by=SYSTEM, at=AT)
    assert order() == ["B", "A"]
    actions.move_session(session=Session.objects.get(pk=second.pk), up=True, by=SYSTEM, at=AT)
    assert order() == ["B", "A"]
    actions.move_session(session=second, up=False, by=SYSTEM, at=AT)
    assert order() == ["A", "B"]
    assert witnessed().count("outreach.session_moved") == 2
    assert first.title == "A"


def test_a_session_ends_after_it_begins_and_names_known_lessons() -> None:
    made = event(template="")
    with pytest.raises(ValidationError) as refused:
        session(made, (9, 0), (9, 0))
    assert list(refused.value.message_dict) == ["ends"]
    with pytest.raises(ValidationError) as refused:
        session(made, (9, 0), (10, 0), topics=["no_such"])
    assert list(refused.value.message_dict) == ["topics"]


def test_a_session_that_ran_is_not_taken_off() -> None:
    made = event(running=True)
    first, second, *_ = made.sessions.all()
    run(first, "started", at(8, 32))
    with pytest.raises(ValidationError):
        actions.remove_session(session=first, by=SYSTEM, at=AT)
    actions.remove_session(session=second, by=SYSTEM, at=AT)
    assert made.sessions.count() == 9


def test_changing_a_session_is_witnessed_with_what_changed() -> None:
    made = event(template="")
    one = session(made, (9, 0), (10, 0), "A")
    texts = dict.fromkeys(("section", "section_title", "speaker", "affiliation", "note"), "")
    given = {"title": "B", "begins": time(9, 0), "ends": time(10, 0), "topics": [], **texts}
    actions.change_session(session=one, **given, by=SYSTEM, at=AT)
    record = Record.objects.get(action="outreach.session_changed")
    assert record.values == {"session": str(one.ref), "title": "B"}


def test_cards_are_numbered_on_and_people_take_the_next() -> None:
    made, person = event(), register()
    assert [p.card for p in people(made, 2)] == ["P001", "P002"]
    invited = actions.invite_person(event=made, person=person, by=SYSTEM, at=AT)
    assert invited.card == "P003"
    assert actions.invite_person(event=made, person=person, by=SYSTEM, at=AT) == invited
    assert [p.card for p in people(made, 1)] == ["P004"]
    with pytest.raises(ValidationError):
        people(made, 996)
    assert Record.objects.get(action="outreach.person_invited").person == person.reference


def test_a_person_of_another_area_is_not_invited_nor_named() -> None:
    made, person = event(), register(region="32.75.01.1001")
    with pytest.raises(NotAllowed):
        actions.invite_person(event=made, person=person, by=facilitator(), at=AT)
    actions.invite_person(event=made, person=person, by=SYSTEM, at=AT)
    row = queries.people_of(facilitator(), made)["rows"][0]
    assert (row["participant"].card, row["name"]) == ("P001", "")


def test_who_came_late_and_left_early_follows_from_taps_in_any_order() -> None:
    made = event(running=True)
    one, two, three = people(made)
    tap(two, "left", at(10, 0))
    tap(one, "arrived", at(8, 30))
    tap(two, "arrived", at(8, 50))
    shown = queries.people_of(SYSTEM, made)
    assert [(r["presence"].late, r["presence"].early) for r in shown["rows"]] == [(0, 0), (20, 90), (0, 0)]
    assert (shown["turnout"].came, shown["turnout"].absent) == (2, 1)
    assert shown["rows"][1]["arrived_at"] == at(8, 50)
    assert three.card == "P003"


def test_the_same_tap_sent_twice_is_one_row_that_nobody_changes() -> None:
    made = event(running=True)
    [one] = people(made, 1)
    ref = uuid.uuid4()
    first, again = tap(one, "arrived", at(8, 30), ref), tap(one, "arrived", at(9, 30), ref)
    assert first == again
    assert Tap.objects.count() == 1
    with pytest.raises(NeverChanged):
        first.save()
    with pytest.raises(NeverChanged):
        first.delete()


def test_before_the_event_began_nothing_is_tapped() -> None:
    [one] = people(event(), 1)
    with pytest.raises(ValidationError):
        tap(one, "arrived", at(8, 30))
    with pytest.raises(ValidationError):
        tap(one, "started", at(8, 30))


def test_somebody_of_the_registry_who_came_has_a_milestone_once() -> None:
    made, person = event(running=True), register()
    invited = actions.invite_person(event=made, person=person, by=SYSTEM, at=AT)
    for minute in (30, 40):
        tap(invited, "arrived", at(8, minute), by=facilitator())
    steps = [(m.code, m.day, m.evidence) for m in person.milestones.all()]
    assert steps == [("attended", DAY, made.reference)]


def test_the_delay_is_carried_and_the_overrun_has_its_cause() -> None:
    made = event(running=True)
    first, second, *_ = made.sessions.all()
    run(first, "started", at(8, 35))
    run(first, "stopped", at(8, 52))
    run(first, "cause", at(8, 53), cause="Menunggu peserta")
    page = queries.running_page(made, at(8, 52))
    assert page["current"]["session"] == second
    row = page["rows"][0]
    assert (row["line"].planned, row["line"].actual, row["line"].overrun, row["cause"]) == (
        10,
        17,
        7,
        "Menunggu peserta",
    )
    assert [r["expected"].delay for r in page["rows"][:3]] == [5, 12, 12]
    assert [(bar["width"], bar["target"]) for bar in page["bars"]] == [("37%", "22%")]
    with pytest.raises(ValidationError):
        run(first, "cause", at(8, 54), cause=" ")


def test_minutes_left_are_those_of_the_session_that_runs() -> None:
    made = event(running=True)
    first = made.sessions.first()
    assert first is not None
    run(first, "started", at(8, 32))
    assert queries.running_page(made, at(8, 36))["current"]["left"] == 6


def test_an_unanswered_question_of_somebody_known_becomes_a_follow_up_that_the_answer_ends() -> None:
    made, person = event(), register()
    who = actions.invite_person(event=made, person=person, by=SYSTEM, at=AT)
    asked = question(made, "Apakah gerobak perlu NIB?", participant=who)
    due = date(2026, 12, 5)
    actions.reply_to_question(question=asked, owner="Petugas kelurahan", due=due, by=SYSTEM, at=AT)
    follow_up = person.follow_ups.get()
    assert (follow_up.why, follow_up.due) == ("Apakah gerobak perlu NIB? (Petugas kelurahan)", due)
    assert queries.questions_of(SYSTEM, made)[0]["state"] == "promised"
    actions.reply_to_question(question=asked, answer="Ya, gratis.", by=SYSTEM, at=at(12))
    follow_up.refresh_from_db()
    assert (follow_up.done_at is not None, follow_up.outcome) == (True, "Ya, gratis.")
    assert queries.questions_of(SYSTEM, made)[0]["state"] == "answered"


def test_a_question_from_the_yard_makes_no_follow_up() -> None:
    made = event()
    asked = question(made)
    reply = actions.reply_to_question(question=asked, owner="Panitia", due=DAY, by=SYSTEM, at=AT)
    assert reply.follow_up is None


def test_a_reply_answers_or_promises_with_a_day() -> None:
    asked = question(event())
    with pytest.raises(ValidationError) as refused:
        actions.reply_to_question(question=asked, by=SYSTEM, at=AT)
    assert list(refused.value.message_dict) == ["answer"]
    with pytest.raises(ValidationError) as refused:
        actions.reply_to_question(question=asked, owner="Panitia", by=SYSTEM, at=AT)
    assert list(refused.value.message_dict) == ["due"]


def test_the_same_question_sent_twice_is_one() -> None:
    made, ref = event(), uuid.uuid4()
    assert question(made, ref=ref, answer="Gratis.") == question(made, ref=ref, answer="Gratis.")
    assert queries.questions_of(SYSTEM, made)[0]["reply"].answer == "Gratis."
    with pytest.raises(ValidationError):
        question(made, " ")


def test_aid_is_received_once_and_the_balance_shows_what_is_left() -> None:
    made = event(running=True)
    one, two, three = people(made)
    for who in (one, two):
        tap(who, "arrived", at(8, 30))
    item = aid_item(made)
    given = {"item": item, "participant": one, "pressed_at": at(11, 5)}
    actions.hand_over(**given, ref=uuid.uuid4(), by=SYSTEM, at=AT)
    with pytest.raises(ValidationError, match=r"P001 sudah menerima pukul 11\.05\."):
        actions.hand_over(**given, ref=uuid.uuid4(), by=SYSTEM, at=AT)
    row = queries.aid_of(SYSTEM, made)[0]
    assert (row["handed"], row["left"], row["worth"]) == (1, 1, 75_000)
    assert [r["participant"].card for r in row["without"]] == ["P002"]
    assert three.card == "P003"


def test_of_two_receipts_from_the_yard_the_earlier_counts_and_the_other_is_shown() -> None:
    made = event()
    [one] = people(made, 1)
    item = aid_item(made)
    for minute in (7, 5):  # the later one arrives first
        actions.hand_over(
            item=item,
            participant=one,
            ref=uuid.uuid4(),
            pressed_at=at(11, minute),
            from_yard=True,
            by=SYSTEM,
            at=AT,
        )
    row = queries.aid_of(SYSTEM, made)[0]
    assert [r["receipt"].pressed_at for r in row["receipts"]] == [at(11, 5)]
    assert [r["receipt"].pressed_at for r in row["again"]] == [at(11, 7)]
    assert (row["handed"], row["left"]) == (1, 1)
    with pytest.raises(ValidationError, match=r"P001 sudah menerima pukul 11\.05\."):
        actions.hand_over(item=item, participant=one, ref=uuid.uuid4(), pressed_at=at(11, 9), by=SYSTEM, at=AT)


def test_a_press_from_the_yard_begins_a_planned_event_and_lists_a_card_nobody_knew() -> None:
    made = event()
    for typed in ("21", "p021"):
        who = actions.note_card(event=made, card=typed, by=SYSTEM, at=AT)
        given = {"participant": who, "kind": "arrived", "ref": uuid.uuid4(), "pressed_at": at(8, 30)}
        actions.tap_person(**given, from_yard=True, by=SYSTEM, at=AT)
    made.refresh_from_db()
    assert made.state == "running"
    assert [(p.card, p.invited) for p in made.participants.all()] == [("P021", False)]
    with pytest.raises(ValidationError):
        actions.note_card(event=made, card="0", by=SYSTEM, at=AT)


def test_more_than_the_stock_is_kept_and_shown_below_zero() -> None:
    made = event()
    item = aid_item(made, stock=1, value=None)
    for who in people(made, 2):
        actions.hand_over(item=item, participant=who, ref=uuid.uuid4(), pressed_at=at(11), by=SYSTEM, at=AT)
    row = queries.aid_of(SYSTEM, made)[0]
    assert (row["left"], row["worth"]) == (-1, None)


def test_a_receipt_sent_twice_is_one_and_a_card_of_another_event_gets_none() -> None:
    made, ref = event(), uuid.uuid4()
    item, [one] = aid_item(made), people(made, 1)
    for _ in range(2):
        actions.hand_over(item=item, participant=one, ref=ref, pressed_at=at(11), by=SYSTEM, at=AT)
    assert Receipt.objects.count() == 1
    [stranger] = people(event("Lain"), 1)
    with pytest.raises(ValidationError):
        actions.hand_over(item=item, participant=stranger, ref=uuid.uuid4(), pressed_at=at(11), by=SYSTEM, at=AT)


def test_coverage_of_the_paper_names_both_of_its_gaps() -> None:
    found = queries.coverage_of(event())
    assert [statement.key for statement in found.untaught] == ["s8", "s9", "s10"]
    assert [session.name for session in found.unmeasured] == [
        "Kebijakan pemerintah mengenai pelayanan publik",
        "Pengertian usaha mikro dan UMKM bagi para pedagang",
        "Pencatatan persediaan",
    ]


def test_coverage_asks_the_surveys_of_the_event_once_there_are_any() -> None:
    made = event()
    survey_actions.open_survey(
        questionnaire="licence_readiness",
        wave="before",
        subject=made.reference,
        region=MUSTIKASARI,
        by=SYSTEM,
        at=AT,
    )
    assert "s8" not in {statement.key for statement in queries.coverage_of(made).statements}


def test_lessons_are_the_topics_of_the_paper_and_every_fact_has_its_source() -> None:
    assert set(queries.lessons()) == {
        "public_service_policy",
        "preparation_requirements",
        "one_door_licensing",
        "micro_business_meaning",
        "stock_recording",
        "pegadaian_borrowing",
    }
    for code in queries.lessons():
        found = queries.lesson(code)
        assert found is not None
        lesson, sources = found
        named = {key for point in lesson.points for key in point.source.split(";")}
        assert len(sources) == len(named)


def test_every_topic_that_a_questionnaire_names_is_a_lesson() -> None:
    from satupintu.surveys import queries as surveys

    topics = {topic for form in surveys.forms(DAY).values() for item in form.items for topic in item.topics}
    assert topics <= set(library.library().lessons)


def test_a_high_card_noted_by_mistake_leaves_the_numbers_below_it_free() -> None:
    made = event()
    people(made, 2)
    actions.note_card(event=made, card="999", by=SYSTEM, at=AT)
    assert [one.card for one in people(made, 2)] == ["P003", "P004"]


def test_several_units_go_to_one_person_and_no_amount_is_refused() -> None:
    made = event(running=True)
    (who, other), item = people(made, 2), aid_item(made, stock=10)
    given = {"item": item, "pressed_at": at(11), "by": SYSTEM, "at": AT}
    assert actions.hand_over(participant=who, ref=uuid.uuid4(), quantity=3, **given).quantity == 3
    for amount in (0, 1000):
        with pytest.raises(ValidationError, match="1 sampai 999"):
            actions.hand_over(participant=other, ref=uuid.uuid4(), quantity=amount, **given)


def test_the_number_of_a_phone_that_stands_in_another_event_is_refused_and_nothing_is_kept() -> None:
    here, there = event(running=True), event("Acara lain", running=True)
    (who,), (other,) = people(here, 1), people(there, 1)
    ref = uuid.uuid4()
    tap(who, "arrived", at(9), ref)
    asked, given = question(here), aid_item(here, stock=5)
    other_aid = aid_item(there, stock=5)
    handed = {"pressed_at": at(11), "ref": uuid.uuid4(), "by": SYSTEM, "at": AT}
    actions.hand_over(item=given, participant=who, **handed)
    for again in (
        lambda: tap(other, "arrived", at(9), ref),
        lambda: question(there, ref=asked.ref),
        lambda: actions.hand_over(item=other_aid, participant=other, **handed),
    ):
        with pytest.raises(ValidationError, match="acara lain"):
            again()
    assert (Tap.objects.filter(event=there).count(), Question.objects.filter(event=there).count()) == (0, 0)
    assert other_aid.receipts.count() == 0
