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


def test_nothing_waits_for_a_background_sync():
    # It comes late or never (docs/lapangan.id.md, traps 1 and 2): pages send by themselves.
    asked = re.compile(r"SyncManager|\.sync\.register|periodicSync|addEventListener\(\s*[\"']sync[\"']")
    scripts = [PACKAGE / "web" / "worker.js", *PACKAGE.glob("*/static/**/*.js")]
    assert len(scripts) > 20
    assert [path.name for path in scripts if asked.search(path.read_text())] == []


def test_the_scripts_of_the_field_page_are_light_enough_for_a_phone_in_the_yard():
    shell = [PACKAGE / "web/static/web" / f"{name}.js" for name in ("sp", "keys", "outbox", "held")]
    field = sorted((PACKAGE / "outreach/static/outreach/field").glob("*.js"))
    scripts = [*shell, *field, PACKAGE / "surveys/static/surveys/asking.js"]
    assert len(field) == 7
    assert sum(len(gzip.compress(path.read_bytes(), 6)) for path in scripts) <= 30 * 1024
