"""Officers who press at the same moment: numbers without gap or double, and one winner of two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connections
from django.utils.timezone import localdate

from satupintu.audit import queries as audit
from satupintu.licensing.actions import certificates, claims, decisions, files, intake
from satupintu.licensing.actions.moves import Stale
from satupintu.licensing.models import Application, Certificate, Decision, Series
from satupintu.licensing.rules.moves import LICENSING
from satupintu.licensing.tests.factories import AT, application, front, signer, verifier

pytestmark = pytest.mark.usefixtures("committed")
WHEN = AT + timedelta(hours=1)
DAY = localdate(WHEN)
A_YEAR = DAY + timedelta(days=365)


def at_once(*work: Callable[[], Any]) -> list[Any]:
    """Run each on a thread with its own connection, all begun together; what each returned or raised, in order."""
    together = Barrier(len(work))

    def begin(one: Callable[[], Any]) -> Any:
        together.wait()
        try:
            return one()
        except ValidationError as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(begin, work))


def grant(file: Application, key: int, **given: Any) -> Any:
    return partial(
        decisions.grant, application=file, valid_from=DAY, valid_until=A_YEAR, by=signer(key), at=WHEN, **given
    )


def assert_in_order(file: Application) -> None:
    """State, revision and steps of a file tell the same, and every step was an allowed move."""
    file.refresh_from_db()
    steps, state = list(file.steps.all()), LICENSING.start
    for number, step in enumerate(steps, start=1):
        move = LICENSING.by_name[step.move]
        assert (step.number, step.state) == (number, move.target)
        assert state in move.sources
        state = move.target
    assert (file.state, file.revision) == (state, len(steps))


def test_eight_who_issue_at_once_get_eight_numbers_without_a_gap() -> None:
    waiting = [application(state="examined") for _ in range(8)]
    made = at_once(*(grant(file, 910_100 + n, revision=file.revision) for n, file in enumerate(waiting)))
    assert [type(one) for one in made] == [Decision] * 8
    assert sorted(Certificate.objects.values_list("serial", flat=True)) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert Series.objects.get().last == 8
    for file in waiting:
        assert_in_order(file)
    assert list(audit.breaks()) == []


def test_of_two_who_decide_at_once_one_wins_and_the_other_sees_what_changed() -> None:
    file = application(state="examined")
    refuse = partial(
        decisions.refuse, application=file, reasons=["red_zone"], revision=file.revision, by=signer(910_102), at=WHEN
    )
    answers = at_once(grant(file, 910_101, revision=file.revision), refuse)
    assert Counter(type(one) for one in answers) == {Decision: 1, Stale: 1}
    won = Decision.objects.get()
    assert_in_order(file)
    assert file.state == {"granted": "issued", "refused": "refused"}[won.outcome]
    assert Certificate.objects.count() == (won.outcome == "granted")
    assert next(one for one in answers if isinstance(one, Stale)).application.state == file.state
    assert list(audit.breaks()) == []


def test_four_who_take_the_next_file_at_once_get_four_files() -> None:
    waiting = [application(state="submitted") for _ in range(4)]
    taken = at_once(*(partial(claims.take_next, by=front(910_110 + n), at=WHEN) for n in range(4)))
    assert sorted(one.pk for one in taken) == sorted(one.pk for one in waiting)
    holders = Application.objects.values_list("claimed_by", flat=True)
    assert sorted(holders) == [f"user:{910_110 + n}" for n in range(4)]


def test_one_who_claims_while_another_does_holds_it_alone() -> None:
    file = application(state="complete")
    answers = at_once(*(partial(claims.claim, application=file, by=verifier(910_120 + n), at=WHEN) for n in range(2)))
    assert Counter(type(one) for one in answers) == {Application: 1, claims.Held: 1}
    file.refresh_from_db()
    assert file.claimed_by == next(one for one in answers if isinstance(one, Application)).claimed_by


def test_taking_a_file_back_while_it_is_accepted_ends_in_one_of_the_two() -> None:
    file = application(state="submitted")
    answers = at_once(
        partial(intake.accept, application=file, revision=file.revision, by=front(910_130), at=WHEN),
        partial(files.withdraw, application=file, revision=file.revision, by=front(910_131), at=WHEN),
    )
    assert Counter(type(one) for one in answers) == {Application: 1, Stale: 1}
    assert_in_order(file)
    assert file.state in ("complete", "withdrawn")


def test_revoking_a_paper_while_the_one_that_follows_it_is_issued_stops_nobody() -> None:
    old = application(state="examined")
    grant(old, 910_140)()
    paper = Certificate.objects.get(application=old)
    renewal = application(state="examined", person=old.person, business=old.business, renews=paper)
    revoke = partial(certificates.revoke, certificate=paper, reasons=[], note="Uji.", by=signer(910_141), at=WHEN)
    answers = at_once(grant(renewal, 910_142, revision=renewal.revision), revoke)
    # Whoever comes first: a paper that was revoked is not renewed, a renewed one is not revoked.
    assert {type(one) for one in answers} in ({Decision, ValidationError}, {Certificate, ValidationError})
    for file in (old, renewal):
        assert_in_order(file)
    assert list(audit.breaks()) == []
