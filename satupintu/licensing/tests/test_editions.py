"""Papers under one number: corrected, suspended or revoked while they are renewed, and renewed ahead of time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from satupintu.audit.rules import SYSTEM
from satupintu.licensing.actions import certificates, decisions, nightly
from satupintu.licensing.actions.renewing import start_renewal
from satupintu.licensing.models import Application, Certificate, Decision
from satupintu.licensing.queries.checking import not_holding
from satupintu.licensing.tests.factories import AT, application, front, signer
from satupintu.registry.models import Person
from satupintu.registry.tests.factories import register

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LATER = AT + 2 * DAY


def grant(file: Application, at: datetime, *, after: int = 0, days: int = 40) -> Decision:
    """Grant a file for so many days that begin so many days from now."""
    first = localdate(at) + after * DAY
    return decisions.grant(application=file, valid_from=first, valid_until=first + days * DAY, by=signer(), at=at)


def a_paper(person: Person | None = None) -> Certificate:
    """A paper that ends in 40 days."""
    file = application(state="examined", person=person)
    grant(file, AT + HOUR)
    return Certificate.objects.get(application=file)


def renewal_of(paper: Certificate) -> Application:
    """An examined file that renews it."""
    return application(state="examined", person=paper.person, business=paper.business, renews=paper, at=LATER)


def correct(paper: Certificate) -> Certificate:
    """The paper with another business printed."""
    return certificates.correct(
        certificate=paper, changes={"business": "Cilok Berkah"}, reason="Salah ketik.", by=signer(), at=LATER
    )


def test_a_paper_that_was_corrected_while_its_renewal_ran_is_followed_by_its_last_edition() -> None:
    paper = a_paper()
    renewal = renewal_of(paper)
    corrected = correct(paper)
    grant(renewal, LATER + HOUR)
    rows = Certificate.objects.order_by("edition").values_list("edition", "status", "follows")
    assert list(rows) == [(1, "superseded", None), (2, "superseded", paper.pk), (3, "active", corrected.pk)]


@pytest.mark.parametrize("change", [certificates.suspend, certificates.revoke])
def test_a_paper_that_was_stopped_while_its_renewal_ran_is_not_renewed(change: Callable[..., Certificate]) -> None:
    paper = a_paper()
    renewal = renewal_of(paper)
    change(certificate=paper, reasons=[], note="Uji.", by=signer(), at=LATER)
    with pytest.raises(ValidationError, match="ditangguhkan atau dicabut"):
        grant(renewal, LATER + HOUR)
    renewal.refresh_from_db()
    assert (renewal.state, Certificate.objects.count()) == ("examined", 1)


def test_a_renewal_that_begins_later_lets_the_old_paper_hold_until_then() -> None:
    paper = a_paper()
    grant(renewal_of(paper), LATER + HOUR, after=10)
    fresh = Certificate.objects.get(follows=paper)
    nightly.end_papers(by=SYSTEM, at=LATER + 9 * DAY)
    paper.refresh_from_db()
    assert (paper.status, paper.application.state, not_holding(localdate(LATER))) == ("active", "issued", {})
    with pytest.raises(ValidationError, match="sudah diperpanjang"):
        correct(paper)
    assert nightly.end_papers(by=SYSTEM, at=LATER + 10 * DAY) == 1
    assert nightly.end_papers(by=SYSTEM, at=LATER + 10 * DAY) == 0
    paper = Certificate.objects.get(pk=paper.pk)
    assert (paper.status, paper.application.state) == ("superseded", "renewed")
    assert {*not_holding(fresh.valid_from)} == {paper.code}


def test_a_renewed_paper_is_not_renewed_twice() -> None:
    paper = a_paper()
    renewal = renewal_of(paper)
    grant(renewal, LATER + HOUR, after=10)
    Application.objects.filter(pk=renewal.pk).update(state="handed_over")
    with pytest.raises(ValidationError, match="sudah diperpanjang"):
        start_renewal(certificate=Certificate.objects.get(pk=paper.pk), by=front(), at=LATER + DAY)


def test_only_the_suspended_edition_is_lifted() -> None:
    paper = a_paper()
    corrected = correct(paper)
    certificates.suspend(certificate=corrected, reasons=[], note="Uji.", by=signer(), at=LATER)
    with pytest.raises(ValidationError, match="tidak berlaku lagi"):
        certificates.lift(certificate=paper, note="Sudah beres.", by=signer(), at=LATER)
    certificates.lift(certificate=corrected, note="Sudah beres.", by=signer(), at=LATER)
    assert list(Certificate.objects.order_by("edition").values_list("status", flat=True)) == ["superseded", "active"]


def test_a_corrected_name_stands_in_the_code_too_and_a_name_needs_a_letter() -> None:
    paper = a_paper(register(display_name="Pedagang 01"))
    fresh = certificates.correct(
        certificate=paper, changes={"holder": "Pedagang Dua"}, reason="Salah ketik.", by=signer(), at=LATER
    )
    assert (paper.holder, fresh.holder) == ("P.0.", "P.D.")
    with pytest.raises(ValidationError, match="tidak punya huruf"):
        certificates.correct(certificate=fresh, changes={"holder": "- -"}, reason="Uji.", by=signer(), at=LATER)
    nameless = application(state="examined", person=register(display_name="..."))
    with pytest.raises(ValidationError, match="tidak punya huruf"):
        grant(nameless, AT + HOUR)
