"""Who else is at the place of a file, and the plans of markets."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from satupintu.audit.rules import SYSTEM
from satupintu.catalogue import queries as catalogue
from satupintu.licensing import library, reading_plans
from satupintu.licensing.forms.answers import AnswersForm
from satupintu.licensing.models import Application
from satupintu.licensing.queries.clashes import clashes_of, taken_when, use_of
from satupintu.licensing.queries.market_plan import choice_plan, plan_page
from satupintu.licensing.rules.stall_plan import Standing, Wording, drawn
from satupintu.licensing.tests.factories import application, front, verifier
from satupintu.registry import actions as registry
from satupintu.registry.models import Market
from satupintu.registry.tests.browsing import staff
from satupintu.registry.tests.factories import AT, MUSTIKASARI, register

ELANG_RAYA = "pasar-kaget-pagi-elang-raya"


def the_market(code: str = ELANG_RAYA) -> Market:
    """The market of the sample plan."""
    return registry.add_market(code=code, name="Pasar Kaget", region=MUSTIKASARI, by=SYSTEM, at=AT)


def at_stall(
    market: Market, label: str, opens: int, closes: int, state: str = "submitted", **given: Any
) -> Application:
    """A file for a stall on Saturdays."""
    stall = registry.put_stall(market=market, label=label, by=SYSTEM, at=AT)
    hours = {"days": ["sat"], "opens": time(opens), "closes": time(closes)}
    place = {"market": market, "stall": stall, "latitude": None, "longitude": None}
    return application(state, person=register(), **({**place, **hours} | given))


@pytest.mark.django_db
def test_a_clash_is_told_with_its_number_only_to_who_may_see_the_other_file() -> None:
    market = the_market()
    own = at_stall(market, "A01", 6, 10)
    other = at_stall(market, "A01", 9, 12, region="32.75.01.1001")
    at_stall(market, "A01", 17, 21)
    at_stall(market, "A01", 6, 10, state="draft")
    at_stall(market, "A02", 6, 10)
    own.refresh_from_db()
    [row] = clashes_of(verifier(), own).rows
    assert (row.number, row.when, row.sure) == (other.number, "Sabtu 09.00–10.00", True)
    assert [row.number for row in clashes_of(front(), own).rows] == [""]
    assert taken_when(own) == ["Sabtu 09.00–10.00"]


@pytest.mark.django_db
def test_a_stall_that_nobody_wrote_down_is_read_from_the_answers() -> None:
    market = the_market()
    at_stall(market, "A03", 6, 10)
    asked = {"stall": {"market": ELANG_RAYA, "stall": "a 03"}}
    own = at_stall(market, "A04", 8, 9, stall=None, answers=asked)
    assert use_of(own).stall == "a 03"
    assert taken_when(own) == ["Sabtu 08.00–09.00"]


@pytest.mark.django_db
def test_the_same_persons_own_files_and_other_papers_do_not_clash() -> None:
    market = the_market()
    own = at_stall(market, "A01", 6, 10)
    at_stall(market, "A01", 6, 10).person.__class__.objects.filter(pk__gt=own.person_id).update(merged_into=own.person)
    assert taken_when(own) == []


@pytest.mark.django_db
def test_a_red_zone_and_the_nearest_position_are_told() -> None:
    market = the_market()
    place = {"latitude": "-6.263000", "longitude": "107.027000"}
    own = at_stall(market, "A01", 6, 10, **place)
    near = at_stall(market, "A02", 6, 10, **(place | {"latitude": "-6.263030"}))
    registry.put_stall(market=market, label="A01", zone="red", zone_source="SK uji", by=SYSTEM, at=AT)
    own = Application.objects.get(pk=own.pk)
    found = clashes_of(verifier(), own)
    assert (found.red, found.metres, found.near, found.rows, found.any) == ("SK uji", 3, near.number, (), True)
    assert (found.zone, found.at_once, found.capacity, found.full) == ("A", 2, 20, False)


def test_the_sample_plan_says_that_it_is_one() -> None:
    plan = reading_plans.plans()[ELANG_RAYA]
    assert (plan.example, plan.note) == (
        True,
        "Letak lapak yang sebenarnya belum kami tahu.",
    )
    assert (len(plan.labels), plan.labels_of("B")) == (26, ("B01", "B02", "B03", "B04", "B05", "B06"))
    zone = plan.zone_of("a 20")
    assert zone is not None
    assert (zone.code, zone.capacity, plan.zone_of("C01")) == ("A", 20, None)


def test_the_drawing_is_well_formed_and_says_more_than_colours() -> None:
    plan = reading_plans.plans()[ELANG_RAYA]
    standing = {"A01": Standing(1), "A02": Standing(2, clashing=True)}
    svg = drawn(plan, standing, Wording("Denah <uji>", "Dua lapak terisi."))
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own drawing
    groups = [one for one in root.iter("g") if "data-stall" in one.attrib]
    states = {one.attrib["data-stall"]: one.attrib["class"].split()[-1] for one in groups}
    assert len(groups) == 26
    assert {label for label, state in states.items() if state != "free"} == {"A01", "A02"}
    assert (states["A01"], states["A02"]) == ("taken", "clashing")
    assert [one.text for one in groups[0].iter("text")] == ["A01", "1", "A"]
    assert (root.find("title").text, root.find("desc").text) == ("Denah <uji>", "Dua lapak terisi.")
    assert "style" not in svg
    assert "script" not in svg


def test_a_deployments_plan_wins_and_what_is_wrong_in_it_is_named(tmp_path: Path) -> None:
    text = reading_plans.OWN_FOLDER / (f"markets/{ELANG_RAYA}/plan.yaml")
    own = tmp_path / "markets" / ELANG_RAYA / "plan.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(text.read_text().replace("example: yes", "example: no"))
    found, problems = reading_plans.checked([tmp_path], catalogue.catalogue())
    assert (found[ELANG_RAYA].example, problems) == (False, [])
    own.write_text(
        own.read_text().replace("zone: B", "zone: C").replace("A02, A03", "A02, a02").replace("OURS", "NOWHERE")
    )
    _, problems = reading_plans.checked([tmp_path], catalogue.catalogue())
    assert [(one.where, one.what) for one in problems] == [
        ("lanes 5 zone", "zona 'C' tidak ada"),
        ("lapak A02", "digambar dua kali"),
        ("zones B", "tidak punya lapak"),
        ("source", "sumber 'NOWHERE' tidak ada di sources.yaml"),
    ]


def states_of(page: Any) -> dict[str, str]:
    """The stalls that are not free, by label."""
    return {row.label: row.state for zone in page.zones for row in zone.stalls if row.state != "free"}


@pytest.mark.django_db
def test_the_plan_is_narrowed_by_day_and_hour() -> None:
    market = the_market()
    first = at_stall(market, "A01", 6, 10)
    at_stall(market, "A01", 17, 21)
    at_stall(market, "B02", 6, 10, days=[])
    hidden = at_stall(market, "A05", 9, 12, region="32.75.01.1001")
    off = at_stall(market, "Z9", 6, 8)
    whole, saturday, at_eleven, monday = (
        plan_page(front(), ELANG_RAYA, day, moment)
        for day, moment in (("", None), ("sat", time(6, 30)), ("sat", time(11)), ("mon", None))
    )
    assert whole and saturday and at_eleven and monday
    assert states_of(whole) == {"A01": "taken", "A05": "taken", "B02": "taken"}
    assert states_of(saturday) == {"A01": "taken", "B02": "taken"}
    assert states_of(at_eleven) == {"A05": "taken", "B02": "taken"}
    assert states_of(monday) == {"B02": "taken"}
    a01, a05 = whole.zones[0].stalls[0], whole.zones[0].stalls[4]
    assert [(one.number, one.when) for one in a01.takers][:1] == [(first.number, "Sabtu, 06.00–10.00")]
    assert [one.number for one in a05.takers] == [""]
    assert hidden.number not in whole.svg
    assert ([one.number for one in whole.elsewhere], whole.elsewhere_labels) == ([off.number], ("Z9",))
    assert (whole.zones[0].at_once, whole.zones[0].free) == (2, 18)
    assert plan_page(front(), "tidak-ada", "", None) is None


@pytest.mark.django_db
def test_two_at_one_stall_are_drawn_as_a_clash_only_while_both_are_there() -> None:
    market = the_market()
    at_stall(market, "A01", 6, 10)
    at_stall(market, "A01", 9, 12)
    alone = at_stall(market, "A02", 6, 10)
    application("submitted", licence="skb", person=alone.person, market=market, stall=alone.stall)
    both, one = (plan_page(front(), ELANG_RAYA, "sat", time(hour)) for hour in (9, 7))
    assert both and one
    assert (states_of(both), states_of(one)) == (
        {"A01": "clashing", "A02": "taken"},
        {"A01": "taken", "A02": "taken"},
    )


@pytest.mark.django_db
def test_the_choice_of_a_stall_counts_others_at_the_own_time_only() -> None:
    market = the_market()
    own = at_stall(market, "A01", 6, 10)
    at_stall(market, "A02", 9, 12)
    at_stall(market, "A03", 17, 21)
    found = choice_plan(own)
    assert found is not None
    assert [(one.label, one.when) for one in found.options if one.when] == [("A02", "Sabtu, 09.00–12.00")]
    own.days = []
    timeless = choice_plan(own)
    assert timeless is not None
    assert [one.label for one in timeless.options if one.when] == ["A02", "A03"]
    own.market = None
    assert choice_plan(own) is None


@pytest.mark.parametrize(
    ("picked", "stall"),
    [(f"{ELANG_RAYA}/B02", "B02"), (f"{ELANG_RAYA}/A01", "C7"), ("", "C7"), ("pasar-lain/B02", "C7"), (None, "C7")],
)
def test_a_stall_newly_picked_on_the_plan_of_the_chosen_market_counts_before_a_typed_one(
    picked: str | None, stall: str
) -> None:
    service = library.library().service("tdu_pkl", localdate(AT))
    question = service.field("stall") if service else None
    assert question is not None
    posted = {"stall_market": ELANG_RAYA, "stall_stall": "C7"} | ({} if picked is None else {"stall_picked": picked})
    form = AnswersForm(
        posted,
        questions=[question],
        answers={"stall": {"market": ELANG_RAYA, "stall": "A01"}},
        markets=[(ELANG_RAYA, "Pasar Kaget")],
        on=localdate(AT),
    )
    assert form.is_valid()
    assert form.values() == {"stall": {"market": ELANG_RAYA, "stall": stall}}


@pytest.mark.django_db
def test_market_plan_asks_the_same_of_the_database_for_one_file_and_for_three(django_assert_num_queries: Any) -> None:
    market = the_market()
    client = staff()
    address = reverse("licensing:market-plan", args=[ELANG_RAYA])
    at_stall(market, "A01", 6, 10)
    client.get(address)
    with CaptureQueriesContext(connection) as first:
        client.get(address)
    at_stall(market, "A02", 6, 10)
    at_stall(market, "A03", 6, 10)
    with django_assert_num_queries(len(first)):
        answer = client.get(address + "?hari=sat&jam=07:00")
    assert answer.status_code == 200
    assert "Denah contoh, bukan ukuran." in answer.content.decode()
