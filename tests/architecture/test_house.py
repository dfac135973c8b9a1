"""The house rules that import linters cannot see, each shown to catch what it forbids."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Field

from tests.architecture import reading
from tests.architecture.reading import PACKAGE

ROOT = PACKAGE.parent


@pytest.fixture
def spoilt(tmp_path: Path) -> Path:
    """A small house in which every rule is broken once."""
    files = {
        "shop/views.py": """
def keep(person, form, queue):
    person.save()
    form.save()
    person.delete()
    Person.objects.create(name="x")
    Person.objects.filter(pk=1).update(name="y")
    person.paper_set.all().delete()
    cursor.execute("DELETE FROM shop_person")
    known = {}
    known.update(a=1)
    workbook.save("x.xlsx")
    cursor.execute("SELECT 1")
    response.delete_cookie("x")
""",
        "shop/actions.py": """
def good(*, person, by, at): ...
def positional(person, *, by, at): ...
def no_actor(*, person, at): ...
def wrong_order(*, by, at, person): ...
def with_default(*, person, by, at=None): ...
def _own(person): ...
""",
        "shop/rules.py": """
import os
from random import choice
from datetime import date, datetime
def clock(): return date.today(), datetime.now()
def file(path): return open(path), path.read_text()
def fine(day): return day.replace(year=2026)
""",
        "shop/utils.py": "",
        "shop/long.py": "x = 1\n" * 501,
        "shop/templates/shop/used.html": "",
        "shop/templates/shop/unused.html": "",
        "shop/templates/404.html": "",
        "shop/templates/shop/inline.html": (
            '{% include "shop/used.html" %}<p style="color:red" onclick="x()"></p><style></style>'
            '<script>x()</script><a href="javascript:x()"></a>'
            '<script src="/a.js"></script><script type="application/json">{}</script><p class="one">on = 1</p>'
        ),
        "shop/templates/shop/choose_size.html": "",
        "shop/page.py": '"shop/inline.html"; f"shop/choose_{kind}.html"',
        "shop/tests/test_shop.py": "@pytest.mark.skip(reason='later')\ndef test_x(): ...",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_writes_happen_only_in_actions() -> None:
    assert reading.writes_outside_actions(PACKAGE) == []


def test_a_write_outside_actions_is_caught(spoilt: Path) -> None:
    lines = [int(problem.split(":")[1]) for problem in reading.writes_outside_actions(spoilt)]
    assert lines == [3, 4, 5, 6, 7, 8, 9]


def test_every_public_action_is_keyword_only_and_ends_in_by_at() -> None:
    assert reading.careless_actions(PACKAGE) == []


def test_a_careless_action_is_caught(spoilt: Path) -> None:
    names = [problem.split()[1] for problem in reading.careless_actions(spoilt)]
    assert names == ["positional", "no_actor", "wrong_order", "with_default"]


def test_kernel_and_rules_look_at_no_clock_file_chance_or_network() -> None:
    assert reading.rules_that_look_outside(PACKAGE) == []


def test_a_rule_that_looks_outside_is_caught(spoilt: Path) -> None:
    found = [problem.split(": ")[1].split(";")[0] for problem in reading.rules_that_look_outside(spoilt)]
    assert sorted(found) == [
        "calls date.today()",
        "calls datetime.now()",
        "calls open()",
        "calls path.read_text()",
        "imports os",
        "imports random",
    ]


def test_no_template_has_script_or_style_inside_the_page() -> None:
    assert reading.inline_code(PACKAGE) == []


def test_inline_script_and_style_are_caught(spoilt: Path) -> None:
    found = [problem.split(": ", 1)[1] for problem in reading.inline_code(spoilt)]
    assert found == ["style=", 'onclick="', "<style", "<script", "javascript:"]


def test_every_template_is_used() -> None:
    assert reading.unused_templates(PACKAGE) == []


def test_an_unused_template_is_caught(spoilt: Path) -> None:
    assert reading.unused_templates(spoilt) == ["shop/unused.html"]


def test_every_module_is_named_after_its_subject_and_short() -> None:
    assert reading.forbidden_names(PACKAGE) == []
    assert reading.long_files(PACKAGE) == []


def test_a_module_of_odds_and_ends_or_a_long_one_is_caught(spoilt: Path) -> None:
    assert reading.forbidden_names(spoilt) == ["shop/utils.py"]
    assert reading.long_files(spoilt) == ["shop/long.py: 501 lines, split it by noun"]


def test_no_test_may_be_skipped() -> None:
    assert reading.skipped_tests([PACKAGE, ROOT / "tests"]) == []


def test_a_skipped_test_is_caught(spoilt: Path) -> None:
    assert reading.skipped_tests([spoilt]) == ["test_shop.py"]


def floor_of(app: str) -> int | None:
    """How high a room lies (0 is the ground), or None when `app` is not ours."""
    for height, rooms in enumerate(reversed(reading.floors())):
        if app.removeprefix("satupintu.") in rooms and app.startswith("satupintu."):
            return height
    return None


def points_up(source: str, target: str) -> bool:
    """Whether a foreign key from the app `source` to the app `target` goes to another room not below it."""
    here, there = floor_of(source), floor_of(target)
    return source != target and here is not None and there is not None and there >= here


def test_foreign_keys_stay_in_the_room_or_point_down() -> None:
    keys = [
        (f"{model.__name__}.{field.name}", model, field.related_model)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if isinstance(field, Field) and field.related_model is not None
    ]
    assert len(keys) >= 4
    wrong = [name for name, model, other in keys if points_up(model._meta.app_config.name, other._meta.app_config.name)]
    assert wrong == []


def test_a_foreign_key_that_points_up_or_sideways_is_caught() -> None:
    assert points_up("satupintu.accounts", "satupintu.registry")
    assert points_up("satupintu.licensing", "satupintu.outreach")
    assert not points_up("satupintu.licensing", "satupintu.registry")
    assert not points_up("satupintu.accounts", "satupintu.accounts")
    assert not points_up("satupintu.accounts", "django.contrib.auth")


def test_every_room_has_a_floor() -> None:
    assert {*reading.rooms()} <= set.union(*reading.floors())
