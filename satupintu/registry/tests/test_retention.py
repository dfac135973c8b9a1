"""What was kept long enough is erased, and nothing else."""

from datetime import timedelta
from pathlib import Path

import pytest

from satupintu.accounts.gate import NotAllowed
from satupintu.audit import queries as audit
from satupintu.audit.rules import SYSTEM
from satupintu.registry import actions
from satupintu.registry.models import Document, Import
from satupintu.registry.tests.factories import AT, PDF, actor, register

pytestmark = pytest.mark.django_db


def files(settings) -> set[str]:
    return {path.name.split(".")[0] for path in Path(settings.MEDIA_ROOT).rglob("*.content")}


def test_a_document_is_erased_the_day_after_its_last_and_not_before(
    settings, django_capture_on_commit_callbacks
) -> None:
    person = register()
    document = actions.add_document(person=person, kind="ktp", content=PDF, by=SYSTEM, at=AT)
    last = AT + timedelta(days=730)
    assert actions.erase_expired(by=SYSTEM, at=last) == actions.Erased(0, 0, 0)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.erase_expired(by=SYSTEM, at=last + timedelta(days=1)) == actions.Erased(1, 0, 0)
    assert Document.objects.get().erased_at is not None
    assert str(document.ref) not in files(settings)
    assert audit.about_person(person.reference).first().action == "registry.document_erased"
    assert actions.erase_expired(by=SYSTEM, at=last + timedelta(days=2)) == actions.Erased(0, 0, 0)


def test_a_table_nobody_takes_in_is_thrown_away_after_a_week(settings) -> None:
    made = actions.check_import(
        file_name="x.csv", content=b"nama,wilayah\nPedagang 01,Mustikasari\n", by=actor(), at=AT
    )
    assert str(made.ref) in files(settings)
    assert actions.erase_expired(by=SYSTEM, at=AT + timedelta(days=7)).tables == 0
    assert actions.erase_expired(by=SYSTEM, at=AT + timedelta(days=7, seconds=1)).tables == 1
    assert str(made.ref) not in files(settings)
    assert Import.objects.count() == 0


def test_people_past_their_day_are_counted_and_left_for_somebody_to_decide() -> None:
    person = register()
    assert actions.erase_expired(by=SYSTEM, at=AT + timedelta(days=1826)).people_due == 1
    person.refresh_from_db()
    assert person.forgotten_at is None


def test_no_person_runs_it() -> None:
    with pytest.raises(NotAllowed):
        actions.erase_expired(by=actor("administrator", ""), at=AT)
