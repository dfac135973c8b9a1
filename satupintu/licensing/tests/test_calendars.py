"""Closures, service times and delegations: what they move is told before, done after, and never touches the past."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from satupintu.accounts.gate import NotAllowed
from satupintu.accounts.tests.factories import make_office, make_user
from satupintu.audit.models import Record
from satupintu.audit.rules import Actor
from satupintu.licensing.actions import calendars, delegations
from satupintu.licensing.actions.decisions import grant
from satupintu.licensing.models import Application, Closure, Delegation, ServiceTime
from satupintu.licensing.queries.calendars import Change, month_of, moved_deadlines
from satupintu.licensing.queries.clocks import WIB, calendar_of, row_words, words_of
from satupintu.licensing.queries.delegations import held_today, possible_holders
from satupintu.licensing.queries.visible import acts_for, files_for
from satupintu.licensing.tests.factories import AT, OFFICE, application, signer, verifier
from satupintu.registry.tests.factories import register

TODAY, FRIDAY = localdate(AT), date(2026, 11, 27)
ADMINISTRATOR = Actor("user:910030", "city", "administrator", "Administrator", "")
pytestmark = pytest.mark.django_db


def promised(days=5):
    return ServiceTime.objects.create(
        office=OFFICE, licence="tdu_pkl", days=days, begins=date(2026, 1, 1), letter="Surat 1", made_by="-", made_at=AT
    )


def running(state="complete", **given):
    """A file accepted on Tuesday 24 November."""
    return application(state=state, **given)


def midnight_after(year, month, day):
    return datetime(year, month, day, tzinfo=WIB) + timedelta(days=1)


def deadlines():
    return list(Application.objects.order_by("pk").values_list("deadline", flat=True))


def close(day=FRIDAY, office=OFFICE, by=ADMINISTRATOR, reason="Pindah kantor"):
    return calendars.add_closure(office=office, day=day, reason=reason, by=by, at=AT)


def test_a_closure_moves_the_deadlines_exactly_as_was_shown_before():
    promised()
    one, waiting = running(), running("asked", person=register(nik="3275110101800002"))
    calendars.recompute_deadlines(office=OFFICE, by=ADMINISTRATOR, at=AT)
    tuesday, wednesday = midnight_after(2026, 12, 1), midnight_after(2026, 12, 2)
    assert deadlines() == [tuesday, None]  # while the applicant has the turn there is none
    shown = list(moved_deadlines(Change(OFFICE, closed=frozenset({FRIDAY})), AT))
    assert [(row.application, row.old, row.new) for row in shown] == [(one, tuesday, wednesday)]
    closure = close()
    assert deadlines() == [wednesday, None]
    shown = list(moved_deadlines(Change(OFFICE, opened=frozenset({FRIDAY})), AT))
    assert [(row.old, row.new) for row in shown] == [(wednesday, tuesday)]
    calendars.remove_closure(closure=closure, by=signer(), at=AT)
    assert deadlines() == [tuesday, None]
    assert [one.action for one in Record.objects.filter(object=f"office:{OFFICE}").order_by("pk")][1:] == [
        "licensing.deadlines_recomputed",
        *("licensing.closure_added", "licensing.deadlines_recomputed"),
        *("licensing.closure_removed", "licensing.deadlines_recomputed"),
    ]
    waiting.refresh_from_db()
    assert waiting.deadline is None


def test_the_whole_city_closes_every_office_and_opening_one_keeps_what_the_city_closed():
    promised()
    running()
    close(office="")
    assert calendar_of("dpmptsp").is_off(FRIDAY)
    Closure.objects.create(office=OFFICE, day=FRIDAY, reason="Pindah", made_by="-", made_at=AT)
    assert list(moved_deadlines(Change(OFFICE, opened=frozenset({FRIDAY})), AT)) == []
    assert Record.objects.filter(object="office:all", action="licensing.closure_added").count() == 1


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"day": date(2026, 11, 23)}, "Hari itu sudah lewat"),
        ({"day": date(2026, 11, 28)}, "Hari itu sudah libur"),
        ({"day": date(2026, 12, 25)}, "Hari itu sudah libur"),
        ({"reason": "  "}, "Tulis alasan kantor tutup"),
    ],
)
def test_a_closure_that_cannot_be_says_why(given, why):
    make_office(OFFICE, "dinas")
    with pytest.raises(ValidationError, match=why):
        close(**given)
    close()
    with pytest.raises(ValidationError, match="Hari itu sudah libur"):
        close()


def test_only_an_administrator_or_an_official_of_the_office_changes_its_calendar_and_nobody_the_past():
    make_office(OFFICE, "dinas")
    make_office("dpmptsp")
    for office, by in ((OFFICE, verifier()), ("dpmptsp", signer()), ("", signer()), ("no-such", ADMINISTRATOR)):
        with pytest.raises(NotAllowed):
            close(office=office, by=by)
    past = Closure.objects.create(office=OFFICE, day=date(2026, 11, 20), reason="Banjir", made_by="-", made_at=AT)
    with pytest.raises(ValidationError, match="tidak diubah lagi"):
        calendars.remove_closure(closure=past, by=signer(), at=AT)


def test_a_service_time_counts_for_files_accepted_from_its_day_on():
    running()
    given = {"office": OFFICE, "licence": "tdu_pkl", "days": 3, "letter": "188/12/2026"}
    planned = ServiceTime(office=OFFICE, licence="tdu_pkl", days=3, begins=TODAY)
    assert [row.new for row in moved_deadlines(Change(OFFICE, service_time=planned), AT)] == [
        midnight_after(2026, 11, 27)
    ]
    calendars.set_service_time(**given, begins=TODAY, by=signer(), at=AT)
    assert deadlines() == [midnight_after(2026, 11, 27)]
    calendars.set_service_time(**given | {"days": 9}, begins=TODAY + timedelta(days=7), by=signer(), at=AT)
    assert deadlines() == [midnight_after(2026, 11, 27)]
    for wrong, why in (
        ({"begins": date(2026, 11, 23)}, "Hari itu sudah lewat"),
        ({"begins": TODAY}, "sudah ada"),
        ({"days": 0}, "Tulis 1 sampai 366 hari kerja"),
        ({"letter": ""}, "Tulis nomor suratnya"),
        ({"licence": "nib"}, "tidak diputuskan kantor ini"),
    ):
        with pytest.raises(ValidationError, match=why):
            calendars.set_service_time(**{**given, "begins": FRIDAY, **wrong}, by=signer(), at=AT)


def test_a_month_shows_weekends_holidays_leave_and_closures_of_the_office():
    make_office(OFFICE, "dinas")
    close()
    november = month_of(OFFICE, FRIDAY)
    assert [len(week) for week in november.weeks] == [7] * 6
    assert november.weeks[0][:6] == [None] * 6
    why = {one.day: one.why for week in november.weeks for one in week if one}
    assert (why[FRIDAY], why[date(2026, 11, 28)], why[TODAY]) == ("closure", "weekend", "")
    december = month_of(OFFICE, date(2026, 12, 9))
    assert [(one.day.day, one.why) for one in december.named if one.day.day == 25] == [(25, "holiday")]
    assert (december.before, december.after) == (date(2026, 11, 1), date(2027, 1, 1))
    assert any(one.estimate for month in range(1, 13) for one in month_of(OFFICE, date(2030, month, 1)).named)


def test_the_list_tells_of_a_file_what_its_own_page_tells():
    promised()
    for at_state in ("submitted", "complete", "asked", "granted"):
        running(at_state, person=register())
    calendars.recompute_deadlines(office=OFFICE, by=ADMINISTRATOR, at=AT)
    for file in Application.objects.all():
        told = row_words(file, AT, calendar_of(OFFICE))
        assert (told.short, told.level) == ((own := words_of(file, AT, "staff")).short, own.level)


def delegated(**given):
    """An official of another office who acts for this one from today until Friday."""
    make_office(OFFICE, "dinas")
    official = make_user("signing_official", office=make_office("dpmptsp"))
    values = {"office": OFFICE, "holder": f"user:{official.pk}", "begins": TODAY, "ends": FRIDAY, "letter": "800/1"}
    made = delegations.add_delegation(**(values | given), by=signer(), at=AT)
    return made, Actor(f"user:{official.pk}", "dpmptsp", "signing_official", official.display_name, "32.75.09")


def test_a_delegate_acts_only_within_the_days_and_the_licences():
    file = running("examined")
    made, delegate = delegated(licences=["tdu_pkl"])
    assert [acts_for(delegate, file, TODAY + timedelta(days=n)) for n in (-1, 0, 3, 4)] == [False, True, True, False]
    assert held_today(delegate, TODAY) == [(made, f"Kantor {OFFICE}")]
    Delegation.objects.update(licences=["skb"])
    assert not acts_for(delegate, file, TODAY)
    Delegation.objects.update(licences=[], ends=date(2036, 1, 1))
    assert file in files_for(delegate)
    delegations.end_delegation(delegation=made, by=ADMINISTRATOR, at=AT)
    assert not acts_for(delegate, file, TODAY)
    assert file not in files_for(delegate)
    with pytest.raises(ValidationError, match="sudah selesai"):
        delegations.end_delegation(delegation=made, by=ADMINISTRATOR, at=AT)


def test_four_eyes_compare_persons_also_under_a_delegation():
    made, delegate = delegated()
    days = {"valid_from": TODAY, "valid_until": TODAY + timedelta(days=30)}
    same = Actor(delegate.ref, OFFICE, "verifier", delegate.name, "")
    with pytest.raises(ValidationError, match="tidak boleh memutuskan"):
        grant(application=running("examined", by={"verifier": same}), **days, by=delegate, at=AT)
    other = running("examined", person=register(nik="3275110101800002"))
    other.visits.create(planned_for=TODAY, planned_by="-", planned_at=AT, made_at=AT)
    grant(application=other, **days, by=delegate, at=AT)
    assert other.decisions.get().delegation == made


def test_a_delegation_that_cannot_be_says_why():
    make_office(OFFICE, "dinas")
    own = make_user("signing_official", office=make_office(OFFICE, "dinas"))
    examiner = make_user("verifier", office=make_office("dpmptsp"))
    for wrong, why in (
        ({"holder": f"user:{own.pk}"}, "Pilih pejabat dari kantor lain"),
        ({"holder": f"user:{examiner.pk}"}, "Pilih pejabat dari kantor lain"),
        ({"holder": "x"}, "Pilih pejabat dari kantor lain"),
        ({"begins": date(2026, 11, 23)}, "Hari itu sudah lewat"),
        ({"begins": FRIDAY, "ends": TODAY}, "lebih awal dari hari pertama"),
        ({"ends": date(2028, 1, 1)}, "Paling lama 366 hari"),
        ({"licences": ["nib"]}, "tidak diputuskan kantor ini"),
        ({"letter": " "}, "Tulis nomor suratnya"),
    ):
        with pytest.raises(ValidationError, match=why):
            delegated(**wrong)
    with pytest.raises(NotAllowed):
        delegated(office="dpmptsp")
    assert f"user:{own.pk}" in dict(possible_holders())
