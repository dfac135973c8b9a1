"""Official boundaries of markets: taken in from a file that says whose they are, drawn to scale, refused in words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from satupintu.licensing import reading_plans
from satupintu.licensing.cli.markets import markets
from satupintu.licensing.queries.market_plan import plan_page
from satupintu.licensing.rules.areas import UnusableArea, drawn_area, read_areas
from satupintu.licensing.tests.factories import front
from satupintu.registry.tests.factories import market

SQUARE = [[107.0, -6.0], [107.001, -6.0], [107.001, -6.001], [107.0, -6.001], [107.0, -6.0]]


def geojson(ring: Any = None, **properties: str) -> dict[str, Any]:
    """One feature as a mapping program writes it."""
    shape = {"type": "Polygon", "coordinates": [SQUARE if ring is None else ring]}
    return {"type": "Feature", "properties": properties, "geometry": shape}


def test_read_areas_gives_rings_by_market() -> None:
    both = {"type": "FeatureCollection", "features": [geojson(market="a"), geojson(market="b"), geojson(market="a")]}
    found = read_areas(json.dumps(both))
    assert {code: len(rings) for code, rings in found.items()} == {"a": 2, "b": 1}
    assert found["b"][0][1] == (107.001, -6.0)
    assert list(read_areas(json.dumps(geojson()), only="c")) == ["c"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "bukan JSON"),
        ("[]", "bukan FeatureCollection"),
        (json.dumps({"type": "FeatureCollection", "features": []}), "bukan FeatureCollection"),
        (json.dumps(geojson()), "bidang 1: properti 'market' kosong"),
        (json.dumps({**geojson(market="a"), "geometry": {"type": "Point", "coordinates": [1, 2]}}), "bukan Polygon"),
        (json.dumps({**geojson(market="a"), "geometry": None}), "bukan Polygon"),
        (json.dumps(geojson(SQUARE[:3], market="a")), "garisnya tidak tertutup"),
        (json.dumps(geojson([[9e5, 1]] * 4, market="a")), "bukan derajat"),
        (json.dumps(geojson([["x", 1]] * 4, market="a")), "koordinatnya tidak terbaca"),
        (json.dumps(geojson([[1]] * 4, market="a")), "koordinatnya tidak terbaca"),
        (json.dumps(geojson(5, market="a")), "koordinatnya tidak terbaca"),
    ],
)
def test_read_areas_says_what_is_wrong(text: str, sentence: str) -> None:
    with pytest.raises(UnusableArea, match=sentence):
        read_areas(text)


def test_drawn_area_keeps_the_scale_and_draws_only_points_inside() -> None:
    ring = tuple((lon, lat) for lon, lat in SQUARE)
    root = ElementTree.fromstring(  # noqa: S314 - our own drawing
        drawn_area([ring], [(-6.0005, 107.0005), (-6.2, 107.0)], "Pasar <uji>", "Satu titik.")
    )
    [boundary] = root.iter("path")
    [point] = root.iter("circle")
    corners = [tuple(map(float, pair.split())) for pair in boundary.attrib["d"].strip("MZ").split("L")]
    wide, high = corners[1][0] - corners[0][0], corners[2][1] - corners[1][1]
    assert (round(high), round(wide / high, 3)) == (360, 0.994)  # cos 6 degrees
    assert (round(float(point.attrib["cx"]) - 20), round(float(point.attrib["cy"]) - 20)) == (round(wide / 2), 180)


@pytest.mark.django_db
def test_import_area_keeps_the_boundary_with_its_source_and_the_plan_page_shows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SATUPINTU_DATA", str(tmp_path / "data"))
    file, asked = tmp_path / "batas.geojson", ["import-area", str(tmp_path / "batas.geojson"), "--source", "SK uji"]
    file.write_text(json.dumps(geojson(market="pasar-uji")))
    refused = CliRunner().invoke(markets, asked)
    assert (refused.exit_code, "pasar 'pasar-uji' belum tercatat" in refused.output) == (1, True)
    market("pasar-uji")
    done = CliRunner().invoke(markets, [*asked, "--json"])
    assert done.exit_code == 0
    assert [*json.loads(done.stdout)["areas"]] == ["pasar-uji"]
    page = plan_page(front(), "pasar-uji", "", None)
    assert page is not None
    assert page.area is not None
    assert (page.area.source, "market-area" in page.area_svg, page.svg) == ("SK uji", True, "")
    assert CliRunner().invoke(markets, [*asked[:2], "--source", " "]).exit_code == 2
    monkeypatch.undo()
    reading_plans.areas.cache_clear()
