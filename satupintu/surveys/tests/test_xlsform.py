"""XLSForm out and back: what field tools read, and what we read of theirs."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import Workbook, load_workbook
from pyxform.xls2xform import convert

from satupintu.surveys import reading, xlsform
from satupintu.surveys.rules.questionnaires import Item, Questionnaire, flaws
from satupintu.surveys.rules.xlsform import from_tables

DAY = date(2026, 11, 24)
FORMS = reading.library().on(DAY)


def what_travels(item: Item) -> dict[str, Any]:
    """An item without what an XLSForm cannot or must not tell: keys, sources, topics, pictures."""
    kept = item.model_dump(include={"code", "type", "text", "text_en", "hint", "hint_en", "only_if", "least", "most"})
    return kept | {"choices": [(choice.code, choice.text, choice.text_en) for choice in item.choices]}


@pytest.mark.parametrize("code", FORMS)
def test_pyxform_takes_the_form_without_a_warning_and_asks_every_item(code: str) -> None:
    made = convert(xlsform.write(code, FORMS[code]), file_type=".xlsx")
    assert made.warnings == []
    for item in FORMS[code].items:
        assert f"/data/butir/{item.code}" in made.xform
    assert "<translation" in made.xform and "Bahasa Indonesia (id)" in made.xform


@pytest.mark.parametrize("code", FORMS)
def test_a_form_that_went_out_comes_back_as_the_same_questions(code: str) -> None:
    text, faults = xlsform.read(xlsform.write(code, FORMS[code]), DAY)
    assert faults == []
    back = Questionnaire.model_validate(yaml.safe_load(text))
    assert list(flaws(back)) == []
    assert (back.title, back.version) == (FORMS[code].title, FORMS[code].version)
    assert [what_travels(item) for item in back.items] == [what_travels(item) for item in FORMS[code].items]


def test_the_right_answers_do_not_travel() -> None:
    content = xlsform.write("knowledge_test", FORMS["knowledge_test"])
    cells = [str(cell) for sheet in load_workbook(io.BytesIO(content)) for row in sheet.values for cell in row if cell]
    assert any("Siapa yang menerbitkan NIB" in cell for cell in cells)
    why = {item.why for item in FORMS["knowledge_test"].items} | {"key", "why"}
    assert [cell for cell in cells if cell in why] == []


def test_the_file_of_a_foreign_form_is_read_by_the_house(tmp_path: Path) -> None:
    content = book(
        survey=[
            ["type", "name", "label::English (en)", "label::Bahasa Indonesia (id)", "relevant"],
            ["start", "start", "", "", ""],
            ["note", "hello", "Hello", "Halo", ""],
            ["select_one own", "q1", "Which?", "Yang mana?", ""],
            ["integer", "q2", "How many?", "Berapa?", "${q1} = 'a' or ${q1} = 'b'"],
        ],
        choices=[["list_name", "name", "label"], ["own", "a", "A"], ["own", "b", "B"], ["own", "c", "C"]],
        settings=[["form_title", "version"], ["Form lapangan", "3"]],
    )
    text, faults = xlsform.read(content, DAY)
    assert faults == []
    (tmp_path / "questionnaires/lapangan").mkdir(parents=True)
    (tmp_path / "questionnaires/lapangan/questionnaire.yaml").write_text(text)
    form = reading.read([tmp_path]).on(DAY)["lapangan"]
    assert [(item.code, item.type, item.text, item.text_en) for item in form.items] == [
        ("q1", "single", "Yang mana?", "Which?"),
        ("q2", "number", "Berapa?", "How many?"),
    ]
    assert form.items[1].only_if is not None and form.items[1].only_if.answers == ("a", "b")
    assert (form.title, form.version, form.confidence) == ("Form lapangan", "3", "doubtful")


def book(**sheets: list[list[str]]) -> bytes:
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


HEAD = ["type", "name", "label", "relevant", "constraint"]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (["range", "q", "Q"], ("survey", 2, "type")),
        (["begin_repeat", "q", "Q"], ("survey", 2, "type")),
        (["select_one none_such", "q", "Q"], ("survey", 2, "type")),
        (["text", "", "Q"], ("survey", 2, "name")),
        (["text", "q", "Q", "count(${x}) > 2"], ("survey", 2, "relevant")),
        (["text", "q", "Q", "selected(${a}, '1') or selected(${b}, '1')"], ("survey", 2, "relevant")),
        (["integer", "q", "Q", "", ". mod 2 = 0"], ("survey", 2, "constraint")),
    ],
)
def test_what_we_do_not_understand_is_refused_by_sheet_row_and_column(
    row: list[str], fault: tuple[str, int, str]
) -> None:
    assert [found[:3] for found in from_tables({"survey": [HEAD, row]})[1]] == [fault]


def test_a_form_without_questions_or_no_workbook_is_refused() -> None:
    assert [found[0] for found in from_tables({})[1]] == ["survey"]
    assert [found[3] for found in from_tables({"survey": [HEAD]})[1]] == [
        "Tidak ada pertanyaan. Isi minimal satu baris."
    ]
    assert xlsform.read(b"PK\x03\x04 no", DAY)[0] == ""
    assert len(xlsform.read(b"", DAY)[1]) == 1
