"""Whoever looks up what was done to their data reads what it was, whichever room did it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from satupintu.audit.models import Record
from satupintu.registry.queries.acts import ACTS

PACKAGE = Path(__file__).parents[2]
ROOMS = ("accounts", "desk", "messages", "registry")
READ_BY_NAME = {"registry.nik_read", "registry.phone_read"}  # put together in reveal_nik and reveal_phone


def recorded(source: str, room: str) -> Iterator[str]:
    """The actions that a module records about a person, as they stand in the audit."""
    tree = ast.parse(source)
    other: set[int] = set()  # names in calls that record nothing about a person
    for call in [node for node in ast.walk(tree) if isinstance(node, ast.Call)]:
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        if name in ("_record", "_record_step") and room == "registry" and not isinstance(call.args[0], ast.JoinedStr):
            texts = [node.value for node in ast.walk(call.args[0]) if isinstance(node, ast.Constant)]
            yield from (f"registry.{text}" for text in texts)
        elif name in ("may", "require") or (name == "record" and "person" not in {k.arg for k in call.keywords}):
            other |= {id(node) for node in ast.walk(call)}
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in other
        if is_text and re.fullmatch(rf"{room}\.[a-z_]+", node.value):
            yield node.value


def acts_about_people() -> set[str]:
    found = set(READ_BY_NAME)
    for room in ROOMS:
        for path in [*(PACKAGE / room).glob("actions.py"), *(PACKAGE / room / "actions").glob("*.py")]:
            found |= {*recorded(path.read_text(), room)}
    return found


def test_every_act_about_a_person_has_words_of_its_own() -> None:
    assert sorted(acts_about_people() - {*ACTS}) == []
    assert len({str(words) for words in ACTS.values()}) == len(ACTS)


def test_an_act_without_words_is_caught() -> None:
    careless = 'record(action="accounts.shown", person="user:1", by=by, at=at)\n_record("told" if a else "kept", p)'
    assert {*recorded(careless, "accounts")} == {"accounts.shown"}
    assert {*recorded(careless, "registry")} == {"registry.told", "registry.kept"}
    assert {*recorded('record(action="desk.exported", object="x", by=by, at=at)', "desk")} == set()


@pytest.mark.parametrize("action", sorted(ACTS))
def test_an_act_is_told_in_words(action: str) -> None:
    look = Record(action=action, actor="user:1", role="front_office")
    told = render_to_string("registry/parts/look.html", {"look": look, "who": "Petugas 1", "office": ""})
    assert told.startswith(f"{ACTS[action]}: Petugas 1 (")
    assert "Mencatat perubahan" not in told
