import re
from pathlib import Path

import pytest

from satupintu.web import sprite


def symbols(text: str) -> list[str]:
    return re.findall(r'<symbol id="([^"]+)"', text)


def test_sprite_on_disk_is_the_one_the_pages_need():
    assert sprite.SPRITE.read_text() == sprite.build(), "run: satupintu icons"


def test_every_icon_and_pictogram_that_a_page_names_is_in_the_sprite():
    names = symbols(sprite.build())
    assert set(sprite.icons_used()) <= set(names)
    assert {f"p-{name}" for name in sprite.pictograms_used()} <= set(names)
    assert len(names) == len(set(names))


def test_names_are_found_in_templates_code_and_data(tmp_path: Path):
    (tmp_path / "a.html").write_text('{% icon "camera" %} {% include "x" with icon="check" %} {% pictogram "cart" %}')
    (tmp_path / "b.py").write_text('Entry(target="/", icon="house")\nBADGES = {"done": ("pencil", _("Selesai"))}')
    (tmp_path / "c.yaml").write_text("- icon: fish\n  pictogram: market_stall\n")
    assert set(sprite.icons_used(tmp_path)) == {"camera", "check", "house", "pencil", "fish"}
    assert set(sprite.pictograms_used(tmp_path)) == {"cart", "market_stall"}


def test_an_icon_that_does_not_exist_is_refused_with_its_file(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sprite, "icons_used", lambda: {"no-such-icon": Path("page.html")})
    with pytest.raises(sprite.UnknownIcon, match=r"'no-such-icon' in the lucide package; page\.html asks for it"):
        sprite.build()


def test_our_pictograms_are_strokes_on_a_24_grid_without_colours():
    frame = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        'stroke-width="2" stroke-linecap="round" stroke-linejoin="round">'
    )
    for path in sprite.PICTOGRAMS.glob("*.svg"):
        head, _, inner = path.read_text().partition(frame)
        assert head == "", path.name
        assert not re.search(r"fill|stroke|style|class|#", inner), path.name


def test_the_licence_of_the_icons_travels_with_them():
    assert "Permission to use, copy, modify" in sprite.build()
