"""What somebody's answers mean: typed marks as values, which items were asked at all, right and wrong. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from satupintu.surveys.rules.questionnaires import EXCLUSIVE, LIKERT, NO, YES, Condition, Item, Questionnaire

MOST_LETTERS = 1_000
PARTS = ";"  # between the values of one item with several answers
_YES = {"1", "y", "ya", "yes", "s", "sudah"}
_NO = {"0", "t", "b", "belum", "tidak", "no", "n"}
_CARD = re.compile(r"[A-Z]{1,3}[0-9]{1,5}")


def read_value(item: Item, typed: str) -> str:
    """A typed or chosen answer as stored; empty if nothing was answered.

    Yes is ``1``, ``y`` or ``ya``; no is ``0``, ``t``, ``b``, ``tidak`` or ``belum``. A choice is its code or its place
    in the list, several are parted by comma or semicolon. Raises ValueError with an Indonesian sentence.
    """
    words = " ".join(typed.split())
    return _READERS[item.type](item, words) if words else ""


def _yes_or_no(item: Item, typed: str) -> str:
    if typed.lower() in _YES:
        return YES
    if typed.lower() in _NO:
        return NO
    raise ValueError("Tulis 1 atau y untuk Ya, 0 atau t untuk Belum.")


def _likert(item: Item, typed: str) -> str:
    if typed not in LIKERT:
        raise ValueError("Tulis angka 1 sampai 5.")
    return typed


def _choice(item: Item, typed: str) -> str:
    codes = item.answers()
    if typed in codes:
        return typed
    if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(codes):
        return codes[int(typed) - 1]
    raise ValueError(f"Tulis nomor pilihannya, 1 sampai {len(codes)}.")


def _choices(item: Item, typed: str) -> str:
    chosen = {_choice(item, part) for part in re.split(r"[;,\s]+", typed) if part}
    alone = sorted(chosen & {*EXCLUSIVE})
    if alone and len(chosen) > 1:
        words = next(choice.text for choice in item.choices if choice.code == alone[0])
        raise ValueError(f"'{words}' tidak bisa dipilih bersama yang lain.")
    return PARTS.join(code for code in item.answers() if code in chosen)


def _number(item: Item, typed: str) -> str:
    digits = re.sub(r"(?<=\d)\.(?=\d{3}(\D|$))", "", typed)
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 15:
        raise ValueError("Tulis angka bulat, misalnya 12.")
    if not item.least <= int(digits) <= item.most:
        raise ValueError(f"Tulis angka {item.least} sampai {item.most}.")
    return str(int(digits))


def _text(item: Item, typed: str) -> str:
    if len(typed) > MOST_LETTERS:
        raise ValueError(f"Terlalu panjang. Paling banyak {MOST_LETTERS} huruf.")
    return typed


_READERS: Mapping[str, Callable[[Item, str], str]] = {
    "yesno": _yes_or_no,
    "likert5": _likert,
    "single": _choice,
    "multiple": _choices,
    "number": _number,
    "text": _text,
}


def asked(form: Questionnaire, values: Mapping[str, str]) -> tuple[Item, ...]:
    """The items that are asked of somebody who answered so, in order. An item hidden by a condition hides others."""
    shown: list[Item] = []
    codes: set[str] = set()
    for item in form.items:
        condition = item.only_if
        if condition is None or (condition.item in codes and _fits(condition, values.get(condition.item, ""))):
            shown.append(item)
            codes.add(item.code)
    return tuple(shown)


def _fits(condition: Condition, value: str) -> bool:
    return not {*value.split(PARTS)}.isdisjoint(condition.answers)


def next_item(form: Questionnaire, values: Mapping[str, str]) -> Item | None:
    """The first asked item without an entry in ``values`` (an empty entry means: left out); None at the end."""
    return next((item for item in asked(form, values) if item.code not in values), None)


def item_before(form: Questionnaire, values: Mapping[str, str], code: str) -> Item | None:
    """The asked item before one; None before the first."""
    codes = [item.code for item in asked(form, values)]
    place = codes.index(code) if code in codes else len(codes)
    return form.item(codes[place - 1]) if place > 0 else None


def kept_values(form: Questionnaire, values: Mapping[str, str]) -> dict[str, str]:
    """Only what was really asked and answered: an earlier answer that was changed takes later ones with it."""
    return {item.code: values[item.code] for item in asked(form, values) if values.get(item.code)}


@dataclass(frozen=True)
class Sheet:
    """One sheet as read: values by item, and what is wrong by item, each an Indonesian sentence."""

    values: Mapping[str, str]
    faults: Mapping[str, str]


def read_sheet(form: Questionnaire, typed: Mapping[str, str]) -> Sheet:
    """Every answer of a sheet checked against its item and the conditions."""
    values: dict[str, str] = {}
    faults = {code: "Butir ini tidak ada di kuesioner." for code in typed if form.item(code) is None}
    for item in form.items:
        try:
            value = read_value(item, typed.get(item.code, ""))
        except ValueError as error:
            faults[item.code] = str(error)
        else:
            values |= {item.code: value} if value else {}
    shown = {item.code for item in asked(form, values)}
    for item in form.items:
        if item.code in values and item.code not in shown and item.only_if and item.only_if.item not in faults:
            faults[item.code] = f"Kosongkan. Butir ini hanya ditanyakan kalau {_when(form, item.only_if)}."
    if not values and not faults and form.items:
        faults[form.items[0].code] = "Lembar ini kosong. Isi minimal satu jawaban."
    return Sheet(values, faults)


def _when(form: Questionnaire, condition: Condition) -> str:
    number = [item.code for item in form.items].index(condition.item) + 1
    return f"nomor {number} dijawab {' atau '.join(answer_words(form, condition.item, condition.answers))}"


def answer_words(form: Questionnaire, code: str, answers: tuple[str, ...]) -> list[str]:
    """Values of an item as they stand on the screen, in Indonesian."""
    item = form.item(code)
    texts = {choice.code: choice.text for choice in item.choices} if item else {}
    return [texts.get(value, {YES: "Ya", NO: "Belum"}.get(value, value)) for value in answers]


def is_right(item: Item, value: str) -> bool | None:
    """Whether a knowledge item was answered rightly; None for an item without key."""
    return {*value.split(PARTS)} == {*item.key} if item.key else None


def as_figure(item: Item, value: str) -> tuple[str, str] | None:
    """Value and scale of an answer for the evaluation, None for what it does not count.

    ``yesno`` is 1 or 0, and so is a knowledge item: right or not. ``likert5`` is 1 to 5.
    """
    right = is_right(item, value)
    if right is not None:
        return ("1" if right else "0"), "yesno"
    if item.type == "yesno":
        return ("1" if value == YES else "0"), "yesno"
    return (value, "likert5") if item.type == "likert5" else None


def read_card(typed: str) -> str:
    """A typed card code as printed: ``P001``. Figures alone are read as ``P`` and three figures. Raises ValueError."""
    code = re.sub(r"[\s-]", "", typed).upper()
    if code.isascii() and code.isdigit() and len(code) <= 5:
        code = f"P{int(code):03}"
    if not _CARD.fullmatch(code):
        raise ValueError("Tulis kode kartu, contoh P001 atau 1.")
    return code


def card_reference(subject: str, code: str) -> str:
    """The respondent behind a card of a subject: ``card:<event>:P001``."""
    return f"card:{subject.partition(':')[2]}:{code}"


def sheet_reference(subject: str, number: str) -> str:
    """The respondent behind a sheet without a card: ``sheet:<event>:17``. It pairs with nobody."""
    return f"sheet:{subject.partition(':')[2]}:{number}"


def short_name(respondent: str) -> str:
    """A respondent as shown: the card code, the number of a sheet without one, or the person's reference."""
    return respondent.rpartition(":")[2]


def paired_name(respondent: str) -> str:
    """Under which name the answers of two waves are paired; empty for a sheet without a card."""
    return "" if respondent.startswith("sheet:") else short_name(respondent)
