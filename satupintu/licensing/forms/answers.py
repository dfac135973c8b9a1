"""The questions of an application, made from the licence's data: raw text in, kept values out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from satupintu.licensing.rules.answers import Unusable, read_answer
from satupintu.licensing.rules.serving import FormField
from satupintu.registry.forms.choices import DAY_LABELS, Plain

# Questions that are asked with two inputs: the kept value's keys, in order.
PARTS: Mapping[str, tuple[str, ...]] = {
    "hours": ("opens", "closes"),
    "position": ("latitude", "longitude"),
    "stall": ("market", "stall"),
}


@dataclass(frozen=True)
class Row:
    """One question as the page shows it: its inputs, and the words above them."""

    question: FormField
    label: str
    hint: str
    inputs: tuple[BoundField, ...]

    @property
    def kind(self) -> str:
        """The kind of question."""
        return self.question.kind

    @property
    def has_errors(self) -> bool:
        """Whether any of its inputs has to be corrected."""
        return any(bound.errors for bound in self.inputs)


class AnswersForm(Plain):
    """Some questions of a service. Empty is always taken: what is missing is told before the file is sent."""

    def __init__(
        self,
        *args: Any,
        questions: Sequence[FormField],
        answers: Mapping[str, Any],
        markets: Sequence[tuple[str, str]],
        on: date,
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        self.initial = {name: value for one in questions for name, value in _initial(one, answers.get(one.name))}
        self.questions, self.on = list(questions), on
        self.read: dict[str, Any] = {}
        for one in questions:
            self.fields.update(_inputs(one, markets))

    def clean(self) -> dict[str, Any]:
        """Every question read; what cannot be read is told at its first input."""
        given: dict[str, Any] = super().clean() or {}
        for one in self.questions:
            names = _names(one)
            if any(name in self.errors for name in names):
                continue
            typed = (
                {key: given[f"{one.name}_{key}"] for key in PARTS[one.kind]} if one.kind in PARTS else given[one.name]
            )
            if one.kind == "stall":
                typed = self._picked(one.name, typed)
            try:
                self.read[one.name] = read_answer(one, typed, self.on)
            except Unusable as unusable:
                self.add_error(names[0], str(unusable))
        return given

    def _picked(self, name: str, typed: Any) -> Any:
        """A stall newly chosen on the plan of the chosen market counts before a typed one."""
        market, _, label = str(self.data.get(f"{name}_picked", "")).partition("/")
        chosen = label and label != self.initial.get(f"{name}_stall") and market == typed["market"]
        return {**typed, "stall": label} if chosen else typed

    def values(self) -> dict[str, Any]:
        """As the action takes them."""
        return dict(self.read)

    def rows(self) -> list[Row]:
        """The questions in order."""
        return [Row(one, _label(one), _hint(one), tuple(self[name] for name in _names(one))) for one in self.questions]


def _names(question: FormField) -> list[str]:
    keys = PARTS.get(question.kind)
    return [f"{question.name}_{key}" for key in keys] if keys else [question.name]


def _initial(question: FormField, value: Any) -> list[tuple[str, Any]]:
    if question.kind in PARTS:
        return [(f"{question.name}_{key}", (value or {}).get(key, "")) for key in PARTS[question.kind]]
    if question.kind == "number" and value and get_language() != "en":
        value = str(value).replace(".", ",")
    if question.kind == "rupiah" and value is not None:
        value = f"{value:,}".replace(",", ".")
    return [(question.name, "" if value is None else value)]


def _label(question: FormField) -> str:
    label = question.label_en if get_language() == "en" else question.label
    return f"{label} ({question.unit})" if question.unit else label


def _hint(question: FormField) -> str:
    told = question.help_en if get_language() == "en" else question.help
    empty = "" if question.required or (told and "kosong" in (question.help or "")) else _("Boleh kosong.")
    return " ".join(filter(None, (told, empty)))


def _inputs(question: FormField, markets: Sequence[tuple[str, str]]) -> dict[str, forms.Field]:
    """The inputs of a question by name."""
    kind, names = question.kind, _names(question)
    if kind == "hours":
        return {
            names[0]: _text(_("Jam mulai"), forms.TimeInput(attrs={"type": "time", "class": "width-10"})),
            names[1]: _text(_("Jam selesai"), forms.TimeInput(attrs={"type": "time", "class": "width-10"})),
        }
    if kind == "position":
        return {
            name: _text(label, _line("width-16", inputmode="text"))
            for name, label in zip(names, (_("Lintang (latitude)"), _("Bujur (longitude)")), strict=True)
        }
    if kind == "stall":
        chosen = forms.ChoiceField(label=_("Pasar"), required=False, choices=[("", _("Bukan di pasar")), *markets])
        return {names[0]: chosen, names[1]: _text(_("Nomor lapak"), _line("width-10"))}
    return {names[0]: _single(question)}


def _single(question: FormField) -> forms.Field:
    label, hint, english = _label(question), _hint(question), get_language() == "en"
    wrong = {"invalid_choice": _("Pilih dari daftar.")}
    if question.kind == "choice":
        options = [(one.code, one.label_en if english else one.label) for one in question.options]
        widget = forms.RadioSelect
        return forms.ChoiceField(
            label=label, help_text=hint, required=False, choices=options, widget=widget, error_messages=wrong
        )
    if question.kind == "days":
        boxes = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(
            label=label, help_text=hint, required=False, choices=DAY_LABELS, widget=boxes, error_messages=wrong
        )
    widgets: dict[str, forms.Widget] = {
        "long": forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        "number": _line("width-4", inputmode="decimal"),
        "rupiah": _line("", inputmode="numeric"),
        "date": forms.DateInput(attrs={"type": "date", "class": "width-10"}),
    }
    return _text(label, widgets.get(question.kind, _line("")), hint)


def _text(label: str, widget: forms.Widget, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=False, widget=widget)


def _line(width: str, **attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": "off", **({"class": width} if width else {}), **attrs})
