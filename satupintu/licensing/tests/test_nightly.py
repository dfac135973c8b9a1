"""What time does to files and papers: warnings, lapses, approval by law, ends and reminders."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils.timezone import localdate

from satupintu.accounts.models import User
from satupintu.accounts.tests.factories import make_office, make_user
from satupintu.audit.models import Record
from satupintu.audit.rules import SYSTEM
from satupintu.catalogue.reading.files import OWN_FOLDER
from satupintu.licensing import library
from satupintu.licensing.actions import decisions, nightly
from satupintu.licensing.models import Application, Certificate, Reminder, ServiceTime
from satupintu.licensing.queries.clocks import reading_of
from satupintu.licensing.tests.factories import AT, OFFICE, application, signer
from satupintu.messages.models import Message
from satupintu.registry.actions import give_consent, withdraw_consent
from satupintu.registry.models import Person
from satupintu.registry.tests.factories import register

pytestmark = pytest.mark.django_db
MOMENT = timedelta(seconds=1)
DEEMED = (
    "service_time: {days: 3, warn_before: [2, 1], deemed: yes, basis: 'pp-28-2025:225', "
    "source: OURS, confidence: doubtful}"
)


def reachable() -> Person:
    """Somebody whom messages reach."""
    return register(channel="whatsapp", phone="+6281234567890")


def on_the_clock(state: str = "complete", days: int = 14, **given: object) -> Application:
    """A file whose service time of so many days runs."""
    made = application(state=state, **given)
    ServiceTime.objects.get_or_create(
        office=OFFICE,
        licence="tdu_pkl",
        begins=localdate(AT),
        defaults={"days": days, "letter": "uji", "made_by": SYSTEM.ref, "made_at": AT},
    )
    made.deadline = reading_of(made, made.moved_at).deadline
    made.save()
    return made


def staff(role: str) -> User:
    """Somebody of the deciding office with an e-mail address."""
    return make_user(role, office=make_office(OFFICE, "dinas"), email=f"{role}@contoh.test")


def paper(days: int, person: Person | None = None, renews: Certificate | None = None) -> Certificate:
    """A paper that holds for so many days from its issue."""
    file = application(state="examined", person=person, renews=renews)
    when = file.moved_at + timedelta(hours=1)
    first = localdate(when)
    decisions.grant(application=file, valid_from=first, valid_until=first + timedelta(days=days), by=signer(), at=when)
    return Certificate.objects.get(application=file)


def noted(action: str) -> list[int]:
    """The counts a chore left behind, the oldest first."""
    records = Record.objects.filter(action=f"licensing.{action}").order_by("pk")
    return [record.values["count"] for record in records]


@pytest.fixture
def silence_approves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A deployment in which silence about a TDU PKL is approval after 3 working days."""
    own = next(OWN_FOLDER.glob("licences/tdu_pkl/service-*.yaml"))
    target = tmp_path / "licences" / "tdu_pkl" / own.name
    target.parent.mkdir(parents=True)
    text = own.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("service_time:"))
    target.write_text(text.replace(line, DEEMED), encoding="utf-8")
    monkeypatch.setenv("SATUPINTU_DATA", str(tmp_path))
    library.library.cache_clear()
    yield
    monkeypatch.undo()
    library.library.cache_clear()


def test_each_stage_warns_its_officer_once_and_the_last_one_the_officials_too() -> None:
    officer, official = staff("verifier"), staff("signing_official")
    file = on_the_clock(claimed_by=f"user:{officer.pk}")
    first, last = reading_of(file, AT).alerts
    assert nightly.warn_of_deadlines(by=SYSTEM, at=first - MOMENT) == 0
    assert nightly.warn_of_deadlines(by=SYSTEM, at=first) == 1
    assert [m.receiver for m in Message.objects.filter(template="deadline_warning")] == [officer.email]
    assert nightly.warn_of_deadlines(by=SYSTEM, at=last - MOMENT) == 0
    assert nightly.warn_of_deadlines(by=SYSTEM, at=last) == 1
    told = [m.receiver for m in Message.objects.filter(template="deadline_warning").order_by("pk")]
    assert told == [officer.email, officer.email, official.email]
    assert nightly.warn_of_deadlines(by=SYSTEM, at=last + timedelta(days=1)) == 0
    assert noted("deadlines_warned") == [0, 1, 0, 1, 0]


def test_after_nights_without_a_worker_only_one_warning_is_made_and_it_escalates() -> None:
    official = staff("signing_official")
    file = on_the_clock()
    _first, last = reading_of(file, AT).alerts
    assert nightly.warn_of_deadlines(by=SYSTEM, at=last) == 1
    assert [m.receiver for m in Message.objects.filter(template="deadline_warning")] == [official.email]
    assert Application.objects.get().warned == [2, 1]


@pytest.mark.parametrize("state", ["asked", "refused", "submitted"])
def test_nobody_is_warned_of_a_file_that_is_not_with_the_office_on_the_clock(state: str) -> None:
    staff("signing_official")
    file = application(state=state)
    Application.objects.filter(pk=file.pk).update(deadline=AT)
    assert nightly.warn_of_deadlines(by=SYSTEM, at=AT + timedelta(days=1)) == 0
    assert not Message.objects.filter(template="deadline_warning").exists()


@pytest.mark.parametrize(("state", "ended"), [("draft", "lapsed"), ("returned", "lapsed"), ("asked", "lapsed")])
def test_a_file_lapses_after_the_days_of_its_data_and_not_before(state: str, ended: str) -> None:
    file = application(state=state, person=reachable())
    service = library.library().service("tdu_pkl", localdate(AT))
    assert service is not None
    assert service.waiting.days_to_answer is not None
    end = file.moved_at + timedelta(days=service.waiting.days_to_answer)
    assert nightly.lapse_unanswered(by=SYSTEM, at=end - MOMENT) == 0
    assert nightly.lapse_unanswered(by=SYSTEM, at=end) == 1
    assert Application.objects.get().state == ended
    assert Message.objects.filter(template="file_lapsed").count() == 1
    assert nightly.lapse_unanswered(by=SYSTEM, at=end + timedelta(days=99)) == 0


@pytest.mark.parametrize("state", ["submitted", "complete", "refused"])
def test_a_file_that_waits_for_the_office_never_lapses(state: str) -> None:
    application(state=state)
    assert nightly.lapse_unanswered(by=SYSTEM, at=AT + timedelta(days=999)) == 0


@pytest.mark.usefixtures("silence_approves")
def test_silence_is_approval_only_where_the_law_has_it_and_only_when_the_time_is_up() -> None:
    file = application(state="complete", person=reachable())
    file.deadline = reading_of(file, file.moved_at).deadline
    file.save()
    assert file.deadline is not None
    assert nightly.approve_by_law(by=SYSTEM, at=file.deadline - MOMENT) == 0
    assert nightly.approve_by_law(by=SYSTEM, at=file.deadline) == 1
    kept = Application.objects.get()
    decision = kept.decisions.get()
    assert (kept.state, decision.outcome, decision.role, kept.in_time) == ("granted", "deemed", "system", False)
    assert kept.steps.last().move == "deem"
    assert Message.objects.filter(template="file_deemed").count() == 1
    assert nightly.approve_by_law(by=SYSTEM, at=file.deadline + timedelta(days=1)) == 0
    assert not Certificate.objects.exists()  # a person still issues the paper


def test_a_late_file_is_not_approved_where_silence_is_no_approval() -> None:
    file = on_the_clock()
    assert file.deadline is not None
    assert nightly.approve_by_law(by=SYSTEM, at=file.deadline + timedelta(days=30)) == 0
    assert Application.objects.get().state == "complete"


def test_papers_end_the_day_after_their_last_and_the_night_counts_them() -> None:
    last = paper(days=3).valid_until
    assert last is not None
    night = datetime.combine(last, AT.timetz())
    assert nightly.end_papers(by=SYSTEM, at=night) == 0
    assert nightly.end_papers(by=SYSTEM, at=night + timedelta(days=1)) == 1
    assert nightly.end_papers(by=SYSTEM, at=night + timedelta(days=2)) == 0
    assert (Certificate.objects.get().status, Application.objects.get().state) == ("expired", "expired")
    assert noted("papers_expired") == [0, 1, 0]


def remind(one: Certificate, left: int) -> int:
    """The reminders of the night on which a paper has so many days left."""
    assert one.valid_until is not None
    return nightly.remind_renewals(by=SYSTEM, at=datetime.combine(one.valid_until - timedelta(days=left), AT.timetz()))


def test_whoever_agreed_is_reminded_once_at_each_stage() -> None:
    person = reachable()
    one = paper(days=200, person=person)
    give_consent(person=person, purpose="reminders", place="uji", by=SYSTEM, at=AT)
    assert [remind(one, left) for left in (61, 60, 59, 31, 30, 29, 8, 7, 0)] == [0, 1, 0, 0, 1, 0, 0, 1, 0]
    assert list(Reminder.objects.order_by("-stage").values_list("stage", flat=True)) == [60, 30, 7]
    told = Message.objects.filter(template="renewal_reminder")
    assert told.count() == 3
    assert all(one.number in message.text for message in told)


def test_nobody_is_reminded_without_consent_or_after_taking_it_back() -> None:
    person = reachable()
    one = paper(days=200, person=person)
    assert remind(one, 60) == 0
    give_consent(person=person, purpose="reminders", place="uji", by=SYSTEM, at=AT)
    withdraw_consent(person=person, purpose="reminders", by=SYSTEM, at=AT)
    assert remind(one, 30) == 0
    assert not Reminder.objects.exists()


def test_nobody_is_reminded_of_a_paper_that_was_renewed() -> None:
    person = reachable()
    give_consent(person=person, purpose="reminders", place="uji", by=SYSTEM, at=AT)
    one = paper(days=60, person=person)
    paper(days=400, person=person, renews=one)
    assert remind(one, 30) == 0
