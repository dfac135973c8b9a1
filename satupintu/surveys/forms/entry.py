"""Marks typed from paper, hands counted, and the answers an item offers."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from satupintu.registry.forms.choices import Plain, digits, text
from satupintu.surveys.forms.labels import FACES, LIKERT, YESNO
from satupintu.surveys.rules.answers import MOST_LETTERS, read_card
from satupintu.surveys.rules.questionnaires import Item, Questionnaire

ITEM = "b_"  # before the code of an item in the names of fields: no code of an item meets another field


def option_list(item: Item, chosen: str = "") -> list[dict[str, Any]]:
    """Every answer of an item with its mark on paper, words, pictogram, and whether it was given."""
    if item.type == "yesno":
        found = [(value, "1" if value == "yes" else "0", label, FACES[value]) for value, label in YESNO.items()]
    elif item.type == "likert5":
        found = [(value, value, label, "") for value, label in LIKERT.items()]
    else:
        english = get_language() == "en"
        found = [
            (choice.code, str(place), choice.text_en if english else choice.text, choice.pictogram)
            for place, choice in enumerate(item.choices, 1)
        ]
    given = chosen.split(";")
    return [
        {"value": value, "mark": mark, "label": label, "pictogram": picture, "checked": value in given}
        for value, mark, label, picture in found
    ]


def item_text(item: Item) -> str:
    """What an item asks, in the language of the page."""
    return item.text_en if get_language() == "en" else item.text


class EntryForm(Plain):
    """A paper sheet as typed: a card and one short field for each item (or for some of them)."""

    card = text(
        _("Kode kartu"), _("Contoh P001 atau 1."), _("Tulis kode kartu, contoh P001 atau 1."), most=12, width="width-10"
    )

    def __init__(
        self,
        *args: Any,
        form: Questionnaire,
        only: Collection[str] = (),
        notes: dict[str, str] | None = None,
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        if only:
            del self.fields["card"]
        for number, item in enumerate(form.items, 1):
            if only and item.code not in only:
                continue
            marks = ", ".join(f"{option['mark']} {option['label']}" for option in option_list(item))
            hint = (notes or {}).get(item.code, "") or marks
            width = "" if item.type == "text" else "width-4"
            field = text(f"{number}. {item_text(item)}", hint, most=MOST_LETTERS, width=width)
            field.widget.attrs |= {"data-entry": item.type}
            self.fields[ITEM + item.code] = field

    def clean_card(self) -> str:
        """The card as printed."""
        try:
            return read_card(self.cleaned_data["card"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def marks(self) -> dict[str, str]:
        """What was typed, by item."""
        return {name.removeprefix(ITEM): value for name, value in self.cleaned_data.items() if name.startswith(ITEM)}

    def refuse(self, refused: forms.ValidationError) -> None:
        """Show what an action refused at the item it names, else above the form."""
        named = refused.error_dict if hasattr(refused, "error_dict") else {"": [refused]}
        for name, problems in named.items():
            field = next((field for field in (ITEM + name, name) if field in self.fields), None)
            for problem in problems:
                self.add_error(field, problem)


class HandsForm(Plain):
    """A show of hands: how many are here, and how many hands for each statement that was asked."""

    asked = digits(_("Berapa orang yang hadir?"), width="width-4", most=6)

    def __init__(self, *args: Any, form: Questionnaire, **given: Any) -> None:
        super().__init__(*args, **given)
        self.items = [item for item in form.items if item.type == "yesno"]
        for item in self.items:
            number = form.items.index(item) + 1
            label = f"{number}. {item_text(item)}"
            self.fields[ITEM + item.code] = digits(
                label, _("Yang angkat tangan untuk Ya. Kosong kalau tidak ditanyakan."), width="width-4", most=6
            )

    def clean(self) -> dict[str, Any]:
        """Whole numbers, and at least one statement."""
        values: dict[str, Any] = {}
        for name, typed in list(self.cleaned_data.items()):
            if typed and not (typed.isascii() and typed.isdigit()):
                self.add_error(name, _("Tulis angka bulat, misalnya 12."))
            elif typed:
                values[name] = int(typed)
        if not self.errors and "asked" not in values:
            self.add_error("asked", _("Tulis berapa orang yang hadir."))
        if not self.errors and len(values) == 1:
            raise forms.ValidationError(_("Isi paling sedikit satu pernyataan."))
        return values

    def counts(self) -> dict[str, int]:
        """Hands by item."""
        return {name.removeprefix(ITEM): n for name, n in self.cleaned_data.items() if name.startswith(ITEM)}
