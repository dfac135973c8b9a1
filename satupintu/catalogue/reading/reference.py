"""The page that lists every field of every data file, made from the records so that it cannot go stale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from satupintu.catalogue.reading.licences import DECIDING
from satupintu.catalogue.rules import entries as e

FILES: tuple[tuple[str, type[e.Entry]], ...] = (
    ("sources.yaml (key: …)", e.Source),
    ("facts.yaml", e.Fact),
    ("laws/<id>.yaml", e.Law),
    ("laws/<id>.yaml, articles", e.Article),
    ("scale.csv", e.ScaleClass),
    ("limits.csv", e.Limit),
    ("kbli/2020.csv, kbli/2025.csv, kbli/imported-<version>.csv", e.KbliCode),
    ("kbli/pairing.csv", e.Pairing),
    ("kbli/risk.csv", e.RiskRow),
    ("documents.yaml (key: …)", e.Document),
    ("offices.yaml (key: …)", e.Office),
    ("regions/*.csv", e.Region),
    ("licences/<code>/licence.yaml", e.Header),
    ("licences/<code>/licence.yaml, outcomes (word: …)", e.Outcome),
    ("licences/<code>/licence.yaml, documents", e.DocumentUse),
    ("licences/<code>/licence.yaml, steps (online, counter)", e.Step),
    ("licences/<code>/licence.yaml, benefits, obligations, failures", e.Point),
    ("licences/<code>/licence.yaml, unknown", e.Gap),
    ("licences/<code>/terms.csv", e.Term),
    ("licences/<code>/cases.yaml", e.Case),
    ("cases/*.yaml", e.PlanCase),
    ("help/questions.yaml, topics", e.Topic),
    ("help/questions.yaml, questions", e.Question),
    ("finder/questions.yaml, questions", e.FinderQuestion),
    ("finder/questions.yaml, options", e.Option),
    ("finder/questions.yaml, kinds", e.Kind),
    ("finder/examples.yaml", e.Example),
    ("finder/changes.yaml", e.Change),
    ("worksheets/nib.yaml, fields", e.WorksheetField),
)


def reference_page(more: Sequence[tuple[str, type[e.Entry]]] = ()) -> str:
    """The whole page as Markdown: per file what it holds and each field with its form and whether it must be there.

    ``more`` are the files that a room above reads.
    """
    parts = [
        "# The data files, field by field",
        "",
        "Made by `make docs` from the records that read them; do not edit. What the files mean and how they are",
        "checked is in [note 2](../decisions/0002-law-as-data.md). A decision table is a CSV with the inputs named in",
        f"`licence.yaml`, then `{','.join(DECIDING)}`; a cell is `*`, a value, or values joined by `|`.",
    ]
    for file, model in (*FILES, *more):
        parts += ["", f"## {file}", "", (model.__doc__ or "").strip().split("\n\n")[0].replace("\n    ", " "), ""]
        parts += ["| field | form | must be there |", "|---|---|---|"]
        for name, field in model.model_fields.items():
            parts.append(f"| `{field.alias or name}` | {_form(field)} | {'yes' if field.is_required() else ''} |")
    return "\n".join(parts) + "\n"


def _form(field: FieldInfo) -> str:
    return _say(field.annotation)


def _say(kind: object) -> str:
    origin, args = get_origin(kind), [arg for arg in get_args(kind) if arg is not type(None)]
    if origin is Literal:
        return ", ".join(str(arg) for arg in args)
    if origin is Annotated:
        return _say(args[0])
    if origin is tuple:
        return f"list of {_say(args[0])}"
    if origin is dict:
        return f"mapping to {_say(args[1])}"
    if args:
        return " or ".join(_say(arg) for arg in args)
    names = {"str": "text", "int": "whole number", "bool": "yes, no", "date": "day, 2026-11-24"}
    name = getattr(kind, "__name__", str(kind))
    return names.get(name, name.lower())
