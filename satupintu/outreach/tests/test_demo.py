"""The event of the paper: its files and the database give the tables that were printed."""

from datetime import UTC, date, datetime

import pytest

from satupintu.audit.rules import SYSTEM
from satupintu.outreach import actions
from satupintu.outreach.models import Event, Tap
from satupintu.outreach.reading.demo import FOLDER
from satupintu.outreach.tests.factories import AFTER, BEFORE, PAPER, RESPONSE_SUMS, as_json
from satupintu.registry.actions import demo as registry_demo
from satupintu.surveys.queries import response_rows

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
RESPONSES = FOLDER / "responses.csv"


def test_the_demo_answers_give_both_tables_of_the_paper():
    found = as_json("evaluate", RESPONSES, "--agenda", FOLDER / "agenda.csv")
    assert found["n"]["people"] == found["n"]["paired"] == 20
    assert [row["before"]["yes"] for row in found["statements"]] == BEFORE
    assert [row["after"]["yes"] for row in found["statements"]] == AFTER
    assert {row["lost"] for row in found["statements"]} == {0}
    assert [(row["n"], round(row["mean"] * row["n"])) for row in found["likert"]] == [(52, t) for t in RESPONSE_SUMS]
    assert f"{found['likert_mean']:.2f}" == "4.70"


def test_the_demo_agenda_is_table_1_of_the_paper():
    assert (FOLDER / "agenda.csv").read_bytes() == (PAPER / "table-1.csv").read_bytes()


@pytest.mark.django_db
def test_the_demo_event_holds_the_answers_of_the_files_and_is_made_once():
    registry_demo(by=SYSTEM, at=NOW)
    event, coming = actions.demo(by=SYSTEM, at=NOW)
    assert actions.demo(by=SYSTEM, at=NOW) == []
    written = {tuple(line.split(",")) for line in RESPONSES.read_text(encoding="utf-8").splitlines()[1:]}
    kept = list(response_rows(event.reference))
    assert len(kept) == 20 * 10 * 2 + 52 * 6
    assert set(kept) == written
    assert (event.state, coming.state, coming.day) == ("closed", "planned", date(2026, 12, 8))
    assert Event.objects.count() == 2
    assert event.market is not None
    assert list(event.participants.values_list("card", "person")) == [(f"P{n:03}", None) for n in range(1, 21)]
    assert Tap.objects.filter(event=event, kind="arrived").count() == 20
