"""Records arrive once, alone, witnessed; devices are made and revoked by whom they belong to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.test import override_settings

from satupintu.accounts.actions import (
    change_role,
    deactivate_user,
    end_sessions,
    give_new_password,
    reset_second_factor,
)
from satupintu.accounts.gate import NotAllowed
from satupintu.accounts.models import Office, User
from satupintu.accounts.queries import actor_of
from satupintu.accounts.tests.factories import make_actor
from satupintu.audit import queries as audit
from satupintu.audit.models import Record
from satupintu.audit.rules import SYSTEM
from satupintu.sync import actions, queries
from satupintu.sync.models import Device, Received
from satupintu.sync.tests.factories import AT, SETTING, arriving, device, receive, staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    """The kinds of this room's tests."""
    with override_settings(RECORD_KINDS=SETTING):
        yield


def states(outcomes: list) -> list[str]:
    return [outcome.state for outcome in outcomes]


def acts() -> list[str]:
    return list(Record.objects.filter(action__startswith="sync.record").order_by("pk").values_list("action", flat=True))


def offices() -> set[str]:
    return {*Office.objects.filter(kind="dinas").values_list("code", flat=True)}


def test_a_record_is_carried_out_once_by_the_owner_of_the_device_and_emptied() -> None:
    made, _ = device()
    record = arriving("pasar")
    (first,) = receive(made, record)
    (again,) = receive(made, record, at=AT + timedelta(hours=1))
    assert (first.state, first.status, first.reference) == ("done", 201, "office:pasar")
    assert (again.state, again.status, again.reference) == ("already", 200, "office:pasar")
    assert Office.objects.get(code="pasar").name == f"user:{made.owner_id} {record.made_at.isoformat()}"
    row = Received.objects.get()
    assert (row.state, row.content, row.shown) == ("done", "", {"saved": "Tersimpan di HP ini."})
    assert acts() == ["sync.record_received"]
    assert list(audit.breaks()) == []


def test_what_was_seen_with_a_clock_a_day_ahead_is_put_right_and_the_clock_kept() -> None:
    made, _ = device()
    ahead = timedelta(days=1)
    receive(made, arriving(made_at=AT - timedelta(hours=2) + ahead), sent_at=AT + ahead)
    row = Received.objects.get()
    assert (row.made_at, row.device_time) == (AT - timedelta(hours=2), AT - timedelta(hours=2) + ahead)


def test_the_same_number_with_another_content_is_kept_beside_the_first_once() -> None:
    made, _ = device()
    first = arriving("pasar")
    other = arriving("lain", uuid=first.uuid)
    outcomes = receive(made, first, other, other)
    assert states(outcomes) == ["done", "conflict", "conflict"]
    assert [outcome.status for outcome in outcomes] == [201, 409, 409]
    assert list(Received.objects.order_by("pk").values_list("state", "content")) == [("done", ""), ("conflict", "lain")]
    assert offices() == {"pasar"}
    assert acts() == ["sync.record_received", "sync.record_conflict"]


def test_a_record_that_was_damaged_on_the_way_is_not_kept() -> None:
    made, _ = device()
    whole = arriving()
    cut = type(whole)(whole.uuid, whole.kind, whole.hash, whole.content[:-1], whole.made_at)
    assert states(receive(made, cut)) == ["damaged"]
    assert states(receive(made, whole)) == ["done"]


def test_what_cannot_be_carried_out_is_undone_kept_with_a_sentence_and_holds_up_nothing() -> None:
    made, _ = device()
    wrong = [arriving(text) for text in ("refused", "invalid", "forbidden", "broken")]
    outcomes = receive(made, *wrong, arriving(kind="stock.entry"), arriving("pasar"))
    assert states(outcomes) == ["quarantined"] * 5 + ["done"]
    assert [outcome.detail for outcome in outcomes] == [
        "Tidak bisa.",
        "Satu. Dua.",
        actions.NOT_ALLOWED_SAYS,
        actions.OUR_FAULT_SAYS,
        actions.UNKNOWN_SAYS,
        "",
    ]
    assert offices() == {"pasar"}
    kept = Received.objects.filter(state="quarantined").order_by("pk")
    assert [row.content for row in kept] == ["refused", "invalid", "forbidden", "broken", "pasar"]
    assert acts().count("sync.record_quarantined") == 5


def test_whoever_captures_nothing_any_more_sends_nothing() -> None:
    made, _ = device()
    change_role(user=made.owner, role="leadership", office=made.office, why="pindah", by=SYSTEM, at=AT)
    made.owner.refresh_from_db()
    with pytest.raises(NotAllowed):
        receive(made, arriving())


def test_a_token_counts_for_two_weeks_until_revoked_and_while_the_account_is_open() -> None:
    made, token = device()
    assert queries.device_of(token, AT)[1].ref == f"user:{made.owner_id}"
    assert queries.device_of(token, made.valid_until) is None
    assert queries.device_of(f"{token}x", AT) is None
    assert token not in str(Device.objects.values())
    deactivate_user(user=made.owner, why="pindah kerja", by=SYSTEM, at=AT)
    assert queries.device_of(token, AT) is None
    other, second = device()
    actions.revoke_device(device=other, by=actor_of(other.owner), at=AT)
    actions.revoke_device(device=other, by=actor_of(other.owner), at=AT)
    assert queries.device_of(second, AT) is None
    assert Record.objects.filter(action="sync.device_revoked").count() == 1


def test_a_phone_prepared_again_is_one_device() -> None:
    before, old = device()
    after, new = actions.prepare_device(
        owner=before.owner, name="HP 1", replaces=before.ref, by=actor_of(before.owner), at=AT
    )
    assert queries.device_of(old, AT) is None
    assert queries.device_of(new, AT)[0] == after


def test_nobody_prepares_a_phone_for_somebody_else_or_revokes_one_beyond_their_area() -> None:
    made, _ = device()
    with pytest.raises(NotAllowed):
        actions.prepare_device(owner=made.owner, name="", by=make_actor("administrator"), at=AT)
    for stranger in (staff(), staff("administrator", "32.75.01")):
        with pytest.raises(Http404):
            actions.revoke_device(device=made, by=actor_of(stranger), at=AT)
    actions.revoke_device(device=made, by=actor_of(staff("administrator")), at=AT)
    made.refresh_from_db()
    assert made.revoked_at == AT


@pytest.fixture
def waiting() -> Received:
    """A record of a kind nobody knew when it came."""
    made, _ = device()
    with override_settings(RECORD_KINDS=f"{__name__}.NOTHING"):
        receive(made, arriving("pasar"))
    return Received.objects.get()


NOTHING: dict = {}


def test_a_quarantined_record_is_tried_again_as_its_owner(waiting: Received) -> None:
    admin = make_actor("administrator")
    with override_settings(RECORD_KINDS=f"{__name__}.NOTHING"):
        row = actions.retry(record=waiting, by=admin, at=AT)
    assert (row.state, row.problem, row.content) == ("quarantined", actions.UNKNOWN_SAYS, "pasar")
    row = actions.retry(record=row, by=admin, at=AT)
    assert (row.state, row.problem, row.content, row.result) == ("done", "", "", "office:pasar")
    assert Office.objects.get(code="pasar").name.startswith(f"user:{waiting.device.owner_id} ")
    with pytest.raises(Http404):
        actions.retry(record=row, by=admin, at=AT)


def test_a_record_of_somebody_who_left_is_carried_out_by_the_administrator(waiting: Received) -> None:
    deactivate_user(user=waiting.device.owner, why="pindah kerja", by=SYSTEM, at=AT)
    admin = make_actor("administrator")
    assert actions.retry(record=waiting, by=admin, at=AT).state == "done"
    assert Office.objects.get(code="pasar").name.startswith(f"{admin.ref} ")


def test_another_content_is_not_carried_out_by_trying_again() -> None:
    made, _ = device()
    first = arriving("pasar")
    receive(made, first, arriving("lain", uuid=first.uuid))
    with pytest.raises(ValidationError):
        actions.retry(record=Received.objects.get(state="conflict"), by=make_actor("administrator"), at=AT)


def test_a_record_is_set_aside_with_a_reason_and_put_back(waiting: Received) -> None:
    admin = make_actor("administrator")
    with pytest.raises(ValidationError):
        actions.set_aside(record=waiting, why=" ", by=admin, at=AT)
    row = actions.set_aside(record=waiting, why="sudah terdaftar", by=admin, at=AT)
    assert queries.waiting(admin).count() == 0
    with pytest.raises(ValidationError):
        actions.retry(record=row, by=admin, at=AT)
    row = actions.restore(record=row, by=admin, at=AT)
    assert (row.set_aside_at, row.set_aside_why) == (None, "")
    assert queries.waiting(admin).count() == 1
    with pytest.raises(ValidationError):
        actions.restore(record=row, by=admin, at=AT)


def test_what_was_set_aside_a_month_ago_is_emptied_and_stays_set_aside(waiting: Received) -> None:
    admin = make_actor("administrator")
    actions.set_aside(record=waiting, why="sudah terdaftar", by=admin, at=AT)
    assert actions.blank_set_aside(by=SYSTEM, at=AT + timedelta(days=30)) == 0
    late = AT + timedelta(days=30, seconds=1)
    assert actions.blank_set_aside(by=SYSTEM, at=late) == 1
    assert actions.blank_set_aside(by=SYSTEM, at=late) == 0
    waiting.refresh_from_db()
    assert (waiting.content, waiting.set_aside_why) == ("", "sudah terdaftar")
    with pytest.raises(ValidationError):
        actions.restore(record=waiting, by=admin, at=late)


def test_an_administrator_of_another_area_does_not_find_it(waiting: Received) -> None:
    for action in (actions.retry, actions.restore):
        with pytest.raises(Http404):
            action(record=waiting, by=actor_of(staff("administrator", "32.75.01")), at=AT)


def test_every_action_is_for_the_roles_of_the_table_only() -> None:
    made, _ = device()
    vendor = make_actor("vendor")
    with pytest.raises(NotAllowed):
        actions.receive(device=made, records=[arriving()], sent_at=AT, by=vendor, at=AT)
    with pytest.raises(NotAllowed):
        actions.revoke_device(device=made, by=vendor, at=AT)
    with pytest.raises(NotAllowed):
        actions.retry(record=Received(), by=actor_of(made.owner), at=AT)


@pytest.mark.parametrize("reset", [give_new_password, reset_second_factor, end_sessions])
def test_a_lost_phone_sends_no_more_once_its_owner_got_new_ways_of_signing_in(reset: Callable[..., object]) -> None:
    made, token = device()
    assert queries.device_of(token, AT) is not None
    given = {"user_id": made.owner_id} if reset is end_sessions else {"user": made.owner, "why": "HP hilang"}
    later = AT + timedelta(hours=1)
    reset(**given, by=make_actor("administrator"), at=later)
    assert queries.device_of(token, later) is None
    owner = User.objects.get(pk=made.owner_id)
    _, fresh = device(owner, at=later + timedelta(minutes=1))
    assert queries.device_of(fresh, later + timedelta(minutes=2)) is not None
    assert [row.counts for row in queries.devices(actor_of(owner), later + timedelta(minutes=2))] == [True, False]
