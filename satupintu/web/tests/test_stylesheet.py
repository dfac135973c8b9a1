"""The rules the stylesheet must keep, read from the file itself."""

import gzip
import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "static" / "web"
CSS = (FOLDER / "satupintu.css").read_text()
RULES = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)
TOKENS = dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9A-Fa-f]{6});", RULES.split("}", 1)[0]))

# Text on background; body text wants 7, other text 4.5, borders and graphics 3.
TEXT_PAIRS = [
    *(("ink", ground, 7) for ground in ("white", "paper", "sky", "yellow", "yellow-light", "green-light", "red-light")),
    *(("muted", ground, 4.5) for ground in ("white", "paper", "sky")),
    *(("tarp", ground, 7) for ground in ("white", "paper")),
    *(("tarp-dark", ground, 7) for ground in ("white", "paper", "sky")),
    *(("white", ground, 4.5) for ground in ("tarp", "tarp-dark", "green", "red", "red-dark", "ink", "orange-dark")),
    *(("ginger", ground, 4.5) for ground in ("yellow-light", "white", "paper")),
    *(("green", ground, 4.5) for ground in ("white", "paper", "green-light")),
    *(("red", ground, 4.5) for ground in ("white", "paper", "red-light")),
    *(("orange-dark", ground, 4.5) for ground in ("white", "orange-light")),
    *(("ink", f"likert-{n}", 4.5) for n in (2, 3, 4)),
    *(("white", f"likert-{n}", 4.5) for n in (1, 5)),
    ("white", "chart-1", 4.5),
]
GRAPHIC_PAIRS = [
    *(("line", ground, 3) for ground in ("white", "paper")),
    *((colour, "white", 3) for colour in ("orange", "muted", "chart-1", "chart-2", "chart-3", "chart-4")),
    ("orange", "paper", 3),
]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_measured_as_the_guidelines_say():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize(("front", "back", "least"), TEXT_PAIRS + GRAPHIC_PAIRS)
def test_colours_used_together_have_enough_contrast(front: str, back: str, least: float):
    assert contrast(TOKENS[front], TOKENS[back]) >= least


def test_stylesheet_is_light():
    assert len(gzip.compress(CSS.encode(), 9)) <= 14 * 1024
    assert len(CSS.splitlines()) <= 600


@pytest.mark.parametrize("banned", ["@layer", ":has(", "color-mix(", "@container", "@import", "!ie", "url("])
def test_what_old_phones_do_not_know_is_not_used(banned: str):
    assert banned not in RULES


def test_rules_are_not_nested():
    depth, inside_media = 0, False
    for mark, name in re.findall(r"([{}])|(@media[^{]*)", RULES):
        if name:
            inside_media = True
        elif mark == "{":
            depth += 1
            assert depth <= 1 + inside_media
        else:
            depth -= 1
            inside_media = inside_media and depth > 0
    assert depth == 0


def test_layers_stay_low():
    assert all(int(value) <= 20 for value in re.findall(r"z-index:\s*(-?\d+)", RULES))


def test_colours_are_named_once_in_the_tokens():
    rest = RULES.split("}", 1)[1]
    assert set(re.findall(r"#[0-9A-Fa-f]{3,8}\b", rest)) <= {"#000", "#3A332B", "#857C70"}


def test_every_class_of_the_stylesheet_stands_in_a_page():
    package = Path(__file__).parents[2]
    pages = "".join(path.read_text() for path in package.glob("*/templates/**/*.html"))
    scripts = "".join(path.read_text() for path in package.glob("*/static/**/*.js"))
    drawing = [*(package / "web").rglob("*.py"), *package.glob("*/rules/*.py")]  # what draws SVG
    code = "".join(path.read_text() for path in drawing if "tests" not in path.parts)
    classes = set(re.findall(r"\.(-?[a-zA-Z_][\w-]*)", re.sub(r"url\([^)]*\)", "", RULES)))
    used = set(re.findall(r"[\w-]+", pages + scripts + code))
    generated = {f"fill-{name}" for name in TOKENS} | {f"l{n}" for n in range(1, 6)}
    assert classes - used - generated == set()
