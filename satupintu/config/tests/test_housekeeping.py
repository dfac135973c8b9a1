"""What the house does each night: once, all of it, and nothing that breaks the chains."""

import time
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from satupintu.accounts.gate import NotAllowed
from satupintu.accounts.tests.factories import make_actor
from satupintu.audit import queries as audit
from satupintu.audit.models import Chain, Record, Seal
from satupintu.audit.rules import SYSTEM
from satupintu.config import actions, housekeeping
from satupintu.config.housekeeping import CHORES, ask, due, keep_house
from satupintu.messages.models import Message
from satupintu.messages.tests.factories import keep
from satupintu.registry.queries.known import messages_kept_since

JAKARTA = ZoneInfo("Asia/Jakarta")
NIGHT = datetime(2026, 11, 25, 2, 0, tzinfo=JAKARTA)
pytestmark = pytest.mark.django_db


def asked() -> int:
    return DBTaskResult.objects.filter(task_path=keep_house.module_path).count()


def test_nothing_is_due_before_two_in_the_night_and_then_everything() -> None:
    assert due(NIGHT - timedelta(seconds=1)) == []
    assert due(NIGHT) == list(CHORES)
    assert due(NIGHT + timedelta(hours=21)) == list(CHORES)  # made up for, when no worker ran at night


def test_each_chore_leaves_its_record_and_is_not_due_again_until_the_next_night() -> None:
    with time_machine.travel(NIGHT, tick=False):
        assert keep_house.call() == list(CHORES)
        assert keep_house.call() == []
    seen = Record.objects.exclude(action="licensing.key_made").order_by("pk")  # the first list needs its first key
    assert list(seen.values_list("action", flat=True)) == list(CHORES)
    assert {record.actor for record in Record.objects.all()} == {SYSTEM.ref}
    assert due(NIGHT + timedelta(hours=21, minutes=59)) == []
    assert due(NIGHT + timedelta(days=1)) == list(CHORES)


def test_a_chore_that_fails_holds_up_no_other_and_is_done_later(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(at: datetime) -> None:
        raise OSError("disk")

    with time_machine.travel(NIGHT, tick=False):
        with monkeypatch.context() as patched:
            patched.setitem(CHORES, "messages.blanked", fails)
            assert keep_house.call() == [chore for chore in CHORES if chore != "messages.blanked"]
        assert due(NIGHT) == ["messages.blanked"]
        assert keep_house.call() == ["messages.blanked"]


@pytest.mark.usefixtures("committed")
def test_the_worker_is_asked_once_does_it_and_is_not_asked_again() -> None:
    with time_machine.travel(NIGHT, tick=False):
        ask()
        ask()
        assert asked() == 1
        call_command("db_worker", queue_name="*", batch=True, startup_delay=False, reload=False)
        assert DBTaskResult.objects.get().return_value == list(CHORES)
        ask()
        assert asked() == 1


def test_yesterday_is_sealed_and_after_the_clearing_every_chain_is_whole(settings: Any, tmp_path: Path) -> None:
    settings.SATUPINTU_HOME = tmp_path  # without keys: the first list makes its own, which is one more record
    old = NIGHT - timedelta(days=92)
    keep(at=old)
    Message.objects.update(state="sent", sent_at=old, next_try_at=None)
    finished = keep_house.enqueue()
    DBTaskResult.objects.filter(pk=finished.id).update(
        status="SUCCESSFUL", started_at=old, finished_at=old, return_value=[]
    )
    with time_machine.travel(NIGHT - timedelta(days=1), tick=False):
        keep_house.call()
    assert (Message.objects.get().text, DBTaskResult.objects.count()) == ("", 0)
    with time_machine.travel(NIGHT, tick=False):
        keep_house.call()
    assert [(seal.chain_id, seal.day, seal.number) for seal in Seal.objects.all()] == [
        ("city", date(2026, 11, 24), len(CHORES) + 1)
    ]
    assert list(audit.breaks()) == []


def test_a_forged_chain_is_told_in_the_log_and_the_night_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    with time_machine.travel(NIGHT, tick=False):
        keep_house.call()
        Chain.objects.update(hash="f" * 64)
        with time_machine.travel(NIGHT + timedelta(days=1), tick=False):
            assert keep_house.call() == list(CHORES)
            assert due(timezone.now()) == []
    told = [record.getMessage() for record in caplog.records if record.levelname == "CRITICAL"]
    assert len(told) == 1
    assert told[0].startswith("the audit chain city is broken at record ")


def test_a_finished_task_is_kept_for_thirty_days_and_a_waiting_one_for_ever() -> None:
    for ended in (30, 31):
        result = keep_house.enqueue()
        at = NIGHT - timedelta(days=ended)
        DBTaskResult.objects.filter(pk=result.id).update(status="FAILED", started_at=at, finished_at=at)
    waiting = keep_house.enqueue()
    assert actions.clear_finished_tasks(by=SYSTEM, at=NIGHT) == 1
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"FAILED", "READY"}
    assert str(waiting.id) in {str(row.pk) for row in DBTaskResult.objects.filter(status="READY")}
    assert Record.objects.get(action="config.tasks_cleared").values == {"tasks": 1}
    with pytest.raises(NotAllowed):
        actions.clear_finished_tasks(by=make_actor("administrator"), at=NIGHT)


def test_messages_keep_their_text_for_ninety_days() -> None:
    assert messages_kept_since(NIGHT) == NIGHT - timedelta(days=90)


@pytest.mark.usefixtures("committed")
def test_the_thread_asks_at_once_and_ends_with_the_worker() -> None:
    with time_machine.travel(NIGHT, tick=True), housekeeping.asking(every=600):
        end = datetime.now(JAKARTA) + timedelta(seconds=30)
        while not asked() and datetime.now(JAKARTA) < end:
            time.sleep(0.05)
    assert asked() == 1
