"""A questionnaire as the sheets of an XLSForm, and back. Pure.

An XLSForm (xlsform.org) is what field tools such as ODK read: sheets ``survey``, ``choices`` and ``settings``. Keys of
knowledge items do not travel: the form would show the right answers to whoever holds it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from satupintu.surveys.rules.questionnaires import (
    EXCLUSIVE,
    LARGEST_NUMBER,
    LIKERT,
    NO,
    YES,
    Condition,
    Item,
    Questionnaire,
)

ID, EN = "Bahasa Indonesia (id)", "English (en)"
CARD, AGREED, ITEMS = "peserta", "setuju", "butir"
SURVEY_HEAD = (
    *("type", "name", f"label::{ID}", f"label::{EN}", f"hint::{ID}", f"hint::{EN}"),
    *("required", "relevant", "constraint"),
)
CHOICES_HEAD = ("list_name", "name", f"label::{ID}", f"label::{EN}")
SETTINGS_HEAD = ("form_title", "form_id", "version", "default_language")
LIKERT_WORDS = (
    ("Sangat tidak setuju", "Strongly disagree"),
    ("Tidak setuju", "Disagree"),
    ("Biasa saja", "Neutral"),
    ("Setuju", "Agree"),
    ("Sangat setuju", "Strongly agree"),
)
LISTS = {"yesno": "yesno", "likert5": "likert5"}
Rows = list[list[str]]
Fault = tuple[str, int, str, str]  # sheet, row as a spreadsheet counts it, column, what
_SELECTED = re.compile(r"selected\(\s*\$\{(\w+)\}\s*,\s*'([^']*)'\s*\)|\$\{(\w+)\}\s*=\s*'([^']*)'")
_BOUNDS = re.compile(r"\.\s*(>=|<=)\s*(\d+)")


def to_tables(code: str, form: Questionnaire, agree: str, agree_en: str) -> dict[str, Rows]:
    """The three sheets, each with its head. Card and consent come first; items are asked only after a yes."""
    survey: Rows = [
        list(SURVEY_HEAD),
        ["text", CARD, "Kode kartu", "Card code", "Contoh P001", "For example P001", "yes", "", _card_constraint()],
        ["select_one yesno", AGREED, agree, agree_en, "", "", "yes", "", ""],
        ["begin_group", ITEMS, form.title, form.title_en, "", "", "", f"${{{AGREED}}} = '{YES}'", ""],
        *(_row(item) for item in form.items),
        ["end_group", "", "", "", "", "", "", "", ""],
    ]
    choices: Rows = [list(CHOICES_HEAD), ["yesno", YES, "Ya", "Yes"], ["yesno", NO, "Belum", "Not yet"]]
    if any(item.type == "likert5" for item in form.items):
        words = zip(LIKERT, LIKERT_WORDS, strict=True)
        choices += [["likert5", mark, f"{mark} {said}", f"{mark} {said_en}"] for mark, (said, said_en) in words]
    for item in form.items:
        choices += [[item.code, choice.code, choice.text, choice.text_en] for choice in item.choices]
    settings: Rows = [list(SETTINGS_HEAD), [form.title, code, form.version, ID]]
    return {"survey": survey, "choices": choices, "settings": settings}


def _card_constraint() -> str:
    return "regex(., '^[A-Z]{1,3}[0-9]{1,5}$')"


def _row(item: Item) -> list[str]:
    kinds = {"number": "integer", "text": "text", "multiple": f"select_multiple {item.code}"}
    kind = kinds.get(item.type, f"select_one {LISTS.get(item.type, item.code)}")
    relevant = (
        " or ".join(f"selected(${{{item.only_if.item}}}, '{v}')" for v in item.only_if.answers) if item.only_if else ""
    )
    return [kind, item.code, item.text, item.text_en, item.hint, item.hint_en, "", relevant, _constraint(item)]


def _constraint(item: Item) -> str:
    if item.type == "number":
        return f". >= {item.least} and . <= {item.most}"
    alone = [choice.code for choice in item.choices if choice.code in EXCLUSIVE] if item.type == "multiple" else []
    return " and ".join(f"not(selected(., '{code}') and count-selected(.) > 1)" for code in alone)


def from_tables(tables: Mapping[str, Sequence[Sequence[str]]]) -> tuple[dict[str, Any], list[Fault]]:
    """The fields of a questionnaire that an XLSForm can tell, and what could not be understood.

    Groups, notes and what a tool fills in itself are passed over; repeats, calculations and other kinds are refused.
    """
    faults: list[Fault] = []
    lists = _choice_lists(tables.get("choices", []), faults)
    items: list[dict[str, Any]] = []
    if not tables.get("survey"):
        return {}, [("survey", 1, "", "Lembar ini tidak ada atau kosong. Tambahkan lalu kirim lagi.")]
    for number, row in _records(tables["survey"]):
        kind, _, list_name = row.get("type", "").partition(" ")
        if kind.replace(" ", "_") in PASSED or row.get("name") in (CARD, AGREED) or not kind:
            continue
        items.append(_item(number, row, kind, list_name.strip(), lists, faults))
    settings = next(iter(dict(_records(tables.get("settings", []))).values()), {})
    if not items and not faults:
        faults.append(("survey", 1, "", "Tidak ada pertanyaan. Isi minimal satu baris."))
    title = settings.get("form_title") or settings.get("form_id") or "Kuesioner baru"
    found = {"version": settings.get("version") or "1", "title": title, "title_en": title, "items": items}
    return found, faults


PASSED = {
    *("begin_group", "end_group", "begin", "end", "note", "start", "today", "deviceid", "username", "audit"),
    *("phonenumber", "subscriberid", "simserial", "email"),
}


def _records(rows: Sequence[Sequence[str]]) -> list[tuple[int, dict[str, str]]]:
    if not rows:
        return []
    head = [_column(cell) for cell in rows[0]]
    found = []
    for number, cells in enumerate(rows[1:], 2):
        row = {name: cell.strip() for name, cell in zip(head, cells, strict=False) if name}
        if any(row.values()):
            found.append((number, row))
    return found


def _column(cell: str) -> str:
    """One name for the spellings of a column: ``label``, ``label::Indonesia (id)`` and ``label::English (en)``."""
    name = re.sub(r"\s*:{1,2}\s*", "::", cell.strip().lower()).replace(" ", "_")
    base, _, language = name.partition("::")
    return f"{base}_en" if "(en)" in language or language.startswith("english") else base


def _choice_lists(rows: Sequence[Sequence[str]], faults: list[Fault]) -> dict[str, list[dict[str, str]]]:
    lists: dict[str, list[dict[str, str]]] = {}
    for number, row in _records(rows):
        if not row.get("list_name") or not row.get("name") or not row.get("label"):
            faults.append(("choices", number, "", "Isi list_name, name, dan label."))
            continue
        choice = {"code": row["name"], "text": row["label"], "text_en": row.get("label_en") or row["label"]}
        lists.setdefault(row["list_name"], []).append(choice)
    return lists


def _item(
    number: int, row: Mapping[str, str], kind: str, list_name: str, lists: Mapping[str, Any], faults: list[Fault]
) -> dict[str, Any]:
    label = row.get("label", "")
    if not row.get("name") or not label:
        faults.append(("survey", number, "name", "Isi name dan label."))
    item: dict[str, Any] = {"code": row.get("name", ""), "type": "text", "text": label}
    item["text_en"] = row.get("label_en") or label
    for name in ("hint", "hint_en"):
        item |= {name: row[name]} if row.get(name) else {}
    if kind in ("select_one", "select_multiple"):
        item |= _choices(number, kind, list_name, lists, faults)
    elif kind == "integer":
        item |= {"type": "number"} | _bounds(number, row.get("constraint", ""), faults)
    elif kind != "text":
        faults.append(
            ("survey", number, "type", f"Jenis '{kind}' tidak dikenal. Pakai select_one, integer, atau text.")
        )
    if row.get("relevant"):
        item |= _only_if(number, row["relevant"], faults)
    return item


def _choices(number: int, kind: str, list_name: str, lists: Mapping[str, Any], faults: list[Fault]) -> dict[str, Any]:
    choices = lists.get(list_name, [])
    codes = tuple(choice["code"] for choice in choices)
    if not choices:
        faults.append(("survey", number, "type", f"Daftar '{list_name}' tidak ada di lembar choices."))
    if kind == "select_one" and {*codes} == {YES, NO}:
        return {"type": "yesno"}
    if kind == "select_one" and codes == LIKERT:
        return {"type": "likert5"}
    return {"type": "single" if kind == "select_one" else "multiple", "choices": choices}


def _bounds(number: int, constraint: str, faults: list[Fault]) -> dict[str, int]:
    left = re.sub(r"\band\b|[\s()]", "", _BOUNDS.sub("", constraint))
    if left:
        faults.append(("survey", number, "constraint", "Batas ini tidak dikenal. Contoh: . >= 0 and . <= 80."))
    found = {"least" if sign == ">=" else "most": int(limit) for sign, limit in _BOUNDS.findall(constraint)}
    return {
        name: limit for name, limit in found.items() if (name, limit) not in {("least", 0), ("most", LARGEST_NUMBER)}
    }


def _only_if(number: int, relevant: str, faults: list[Fault]) -> dict[str, Any]:
    left = re.sub(r"\bor\b|[\s()]", "", _SELECTED.sub("", relevant))
    pairs = [(a or c, b or d) for a, b, c, d in _SELECTED.findall(relevant)]
    if left or len({item for item, _ in pairs}) != 1:
        what = "Syarat ini tidak dikenal. Contoh: selected(${butir}, 'jawaban')."
        faults.append(("survey", number, "relevant", what))
        return {}
    return {"only_if": Condition(item=pairs[0][0], answers=tuple(value for _, value in pairs)).model_dump(mode="json")}
