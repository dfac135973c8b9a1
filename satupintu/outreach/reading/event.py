"""The facts of an event as a YAML file, for a report without a database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from satupintu.outreach.reading.rows import UnusableFile, text_of
from satupintu.outreach.rules.report.data import EventFacts

# Beside the facts: the texts of the report, which event it was made from, and where its facts were read.
BESIDE = ("texts", "template", "source", "confidence")


class EventFile:
    """What an event file holds: the facts, the texts by name, and the code of the template it was made from."""

    def __init__(self, facts: EventFacts, texts: dict[str, str], template: str) -> None:
        self.facts, self.texts, self.template = facts, texts, template


def read_event(path: Path) -> EventFile:
    """The event of a file. Raises UnusableFile with the key that cannot be used."""
    try:
        found = yaml.safe_load(text_of(path))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise UnusableFile(path.name, "bukan YAML", "periksa spasi dan titik dua", mark and mark.line + 1) from error
    if not isinstance(found, dict):
        raise UnusableFile(path.name, "bukan daftar keterangan", "tulis seperti title: Nama acara")
    beside = {name: found.pop(name, None) for name in BESIDE}
    try:
        facts = EventFacts.model_validate({key: value for key, value in found.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        what = "tidak dikenal" if first["type"] == "extra_forbidden" else "tidak bisa dipakai"
        do = f"pakai {', '.join(EventFacts.model_fields)}"
        raise UnusableFile(path.name, f"keterangan {place} {what}", do, column=place) from error
    return EventFile(facts, _texts(beside["texts"], path), str(beside["template"] or ""))


def _texts(found: Any, path: Path) -> dict[str, str]:
    if found is None:
        return {}
    if not isinstance(found, dict) or not all(isinstance(text, str) for text in found.values()):
        raise UnusableFile(path.name, "texts bukan daftar teks", "tulis seperti situation: kalimatnya", column="texts")
    return {str(name): text for name, text in found.items()}
