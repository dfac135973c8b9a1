"""Renewing a paper: when it opens, what is copied, what stays."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from satupintu.accounts.gate import NotAllowed
from satupintu.accounts.tests.factories import make_user, sign_in
from satupintu.licensing.actions import certificates, decisions
from satupintu.licensing.actions.renewing import start_renewal
from satupintu.licensing.models import Application, Certificate
from satupintu.licensing.queries.standing import answers_of
from satupintu.licensing.rules.renewing import Renewing, renewing
from satupintu.licensing.rules.serving import Renewal
from satupintu.licensing.tests.factories import AT, application, front, signer
from satupintu.registry.models import Person
from satupintu.registry.tests.factories import register

RULE = Renewal(opens_before_days=60, remind_before_days=(30,))
LAST = date(2027, 3, 1)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (LAST - 61 * DAY, "not_yet"),
        (LAST - 60 * DAY, "open"),
        (LAST, "open"),
        (LAST + DAY, "ended"),
    ],
)
def test_a_paper_may_be_renewed_from_its_day_until_its_last(day: date, state: str) -> None:
    opens = LAST - 60 * DAY if state != "ended" else None
    assert renewing("active", LAST, RULE, day) == Renewing(state, opens)


@pytest.mark.parametrize(
    ("status", "last", "rule", "state"),
    [
        ("active", None, RULE, "endless"),
        ("active", LAST, None, "unknown"),
        ("suspended", LAST, RULE, "ended"),
        ("revoked", LAST, RULE, "ended"),
        ("superseded", LAST, RULE, "ended"),
    ],
)
def test_a_paper_without_end_rule_or_standing_is_not_renewed(
    status: str, last: date | None, rule: Renewal | None, state: str
) -> None:
    assert renewing(status, last, rule, LAST).state == state


def a_paper(person: Person, days: int = 90) -> Certificate:
    """A paper that holds for so many days from its issue."""
    file = application(state="examined", person=person)
    when = file.moved_at + timedelta(hours=1)
    first = localdate(when)
    decisions.grant(application=file, valid_from=first, valid_until=first + days * DAY, by=signer(), at=when)
    return Certificate.objects.get(application=file)


def on(paper: Certificate, left: int) -> datetime:
    """A moment of the day on which a paper has so many days left."""
    assert paper.valid_until is not None
    return datetime.combine(paper.valid_until - left * DAY, AT.timetz())


@pytest.mark.django_db
def test_a_renewal_is_filled_in_as_before_and_the_old_paper_holds_until_the_new_one() -> None:
    old = a_paper(register())
    with pytest.raises(ValidationError, match="Perpanjangan dibuka"):
        start_renewal(certificate=old, channel="counter", by=front(), at=on(old, 61))
    file = start_renewal(certificate=old, channel="counter", by=front(), at=on(old, 60))
    assert (file.renews, file.state, file.licence) == (old, "draft", "tdu_pkl")
    assert answers_of(file) == answers_of(old.application)
    assert file.attachments.count() == 0
    assert start_renewal(certificate=old, channel="counter", by=front(), at=on(old, 50)) == file
    old.refresh_from_db()
    assert old.status == "active"


@pytest.mark.django_db
def test_nobody_renews_a_suspended_paper_or_one_of_somebody_else() -> None:
    old = a_paper(register())
    with pytest.raises(NotAllowed):
        start_renewal(certificate=old, by=front(area="32.75.01"), at=on(old, 10))
    certificates.suspend(certificate=old, reasons=[], note="Lapak pindah.", by=signer(), at=on(old, 80))
    old.refresh_from_db()
    with pytest.raises(ValidationError, match="tidak bisa diperpanjang"):
        start_renewal(certificate=old, by=front(), at=on(old, 10))


@pytest.mark.django_db
def test_renew_page_says_when_it_opens_and_then_leads_into_the_form() -> None:
    user = make_user()
    person = register(user=user)
    old = a_paper(person)
    address = reverse("licensing:renew", args=[old.ref])
    with time_machine.travel(on(old, 70), tick=False):
        again = sign_in(Client(), user)
        text = again.get(address).content.decode()
        assert "Bisa diperpanjang mulai" in text
        assert ">Perpanjang<" not in text
        assert again.post(address).status_code == 422
    with time_machine.travel(on(old, 20), tick=False):
        again = sign_in(Client(), user)
        assert "Sudah bisa diperpanjang" in again.get(address).content.decode()
        assert address in again.get(reverse("licensing:card", args=[old.ref])).content.decode()
        answer = again.post(address)
        file = Application.objects.get(renews=old)
        assert answer.headers["Location"] == reverse("licensing:file-fill", args=[file.number])
        assert file.made_by == f"user:{user.pk}"
