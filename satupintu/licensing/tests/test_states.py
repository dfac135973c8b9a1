"""The machine drawn, told and written down, and the series of numbers."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from satupintu.accounts.tests.factories import client_as, make_office, set_second_factor
from satupintu.kernel.workflow import NOBODY, State
from satupintu.licensing.models import Certificate, Series
from satupintu.licensing.queries.move_words import MOVES as MOVE_WORDS
from satupintu.licensing.queries.series import series_rows
from satupintu.licensing.queries.state_page import state_rows
from satupintu.licensing.rules.moves import LICENSING, MOVES, STATES
from satupintu.licensing.rules.state_diagram import reference_page, stages, svg, ways
from satupintu.licensing.tests.test_decisions import granted
from satupintu.registry.tests.browsing import html

SVG = "{http://www.w3.org/2000/svg}"


def test_the_page_about_states_is_what_the_table_says():
    page = (Path(__file__).parents[3] / "docs/reference/states.md").read_text()
    assert page == reference_page(LICENSING), "run: make docs"
    assert LICENSING.mermaid() in page


def test_the_picture_has_a_box_for_each_state_a_line_for_each_way_and_no_style_or_script():
    drawn = svg(LICENSING, lambda code: f"<{code}>", lambda stage: stage, "Alur & berkas")
    tree = ElementTree.fromstring(drawn)  # noqa: S314  drawn by ourselves a line above
    boxes = [box for box in tree.iter(f"{SVG}g") if box.get("class") == "states-box"]
    assert len(boxes) == len(STATES)
    assert len({(box[0].get("x"), box[0].get("y")) for box in boxes}) == len(STATES)
    lines = [path for path in tree.iter(f"{SVG}path") if path.get("class") == "states-way"]
    heads = sum(("marker-start" in line.attrib) + ("marker-end" in line.attrib) for line in lines)
    assert heads == len(ways(LICENSING)) == len({(source, target) for source, target, _names in ways(LICENSING)})
    assert {name for _source, _target, names in ways(LICENSING) for name in names} == {move.name for move in MOVES}
    assert not [word for word in ("style", "script", "onclick") if word in drawn]


def test_a_state_without_a_stage_is_refused():
    more = type(LICENSING)("draft", (*STATES, State("lost", NOBODY, end=True)), MOVES, LICENSING.roles)
    with pytest.raises(ValueError, match="lost"):
        stages(more)


@pytest.mark.django_db
def test_states_tells_every_state_and_every_move_in_words():
    rows = [row for _stage, found in state_rows() for row in found]
    assert {row.code for row in rows} == {state.code for state in STATES}
    assert {*MOVE_WORDS} == {move.name for move in MOVES}
    page = Client().get(reverse("licensing:states")).content.decode()
    assert all(str(words) in page for words in MOVE_WORDS.values())
    assert 'class="states"' in page


@pytest.mark.django_db
def test_series_shows_the_last_number_and_tells_of_one_that_is_missing():
    client, user = client_as("administrator", office=make_office())
    set_second_factor(user)
    assert "Belum ada surat yang terbit" in html(client, reverse("licensing:series"))
    paper = granted()
    row = series_rows()[0]
    assert (row.last, row.issued, row.whole, row.missing) == (1, 1, True, ())
    assert "Lengkap" in html(client, reverse("licensing:series"))
    Certificate.objects.filter(pk=paper.pk).update(serial=3)
    Series.objects.update(last=3)
    assert (series_rows()[0].whole, series_rows()[0].missing) == (False, (1, 2))
    assert "Ada yang terlewat" in html(client, reverse("licensing:series"))
