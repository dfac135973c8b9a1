import gzip
import re
from pathlib import Path

PACKAGE = Path(__file__).parents[2]
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))


def test_the_script_of_every_page_is_small():
    text = (PACKAGE / "web" / "static" / "web" / "sp.js").read_bytes()
    assert len(text) <= 6 * 1024
    assert len(gzip.compress(text, 9)) <= 3 * 1024


def test_no_template_has_inline_script_style_or_handler():
    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+\s*=|javascript:", re.IGNORECASE)
    assert [path.name for path in TEMPLATES if inline.search(path.read_text())] == []


def test_no_template_asks_another_host_for_a_file():
    outside = re.compile(r"(?:src|srcset|data)=\"(?:https?:)?//|<link[^>]+href=\"(?:https?:)?//", re.IGNORECASE)
    assert [path.name for path in TEMPLATES if outside.search(path.read_text())] == []
