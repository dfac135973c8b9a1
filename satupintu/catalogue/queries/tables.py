"""All the phone needs to answer without a network, as one JSON text: tables, facts, codes, words and texts.

Where there are many of a kind they stand as short lists without names; ``COLUMNS`` says what each place means
and ``rules.js`` reads them by it. A text is a string in the language of the file; one that has no English is
``{"id": text}`` in the English file, so that the page can mark it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from satupintu.catalogue.queries.core import catalogue, word_index
from satupintu.catalogue.queries.library import article
from satupintu.catalogue.queries.plans import KIND_OPEN, NOT_KNOWN, NOTHING
from satupintu.catalogue.rules import search, wording
from satupintu.catalogue.rules.entries import (
    Catalogue,
    FinderQuestion,
    Header,
    KbliCode,
    Licence,
    Option,
    Step,
    Version,
)
from satupintu.catalogue.rules.facts import ASKED_AS, FROM_CODE, SCALES
from satupintu.catalogue.rules.finder import MOST_QUESTIONS
from satupintu.catalogue.rules.plan import LISTED
from satupintu.kernel.decision import CONFIDENCES

LANGUAGES = ("id", "en")
# In a string of cells one letter stands for one answer; this is the code of the first one ("0").
FIRST_LETTER = 48
COLUMNS = {
    "scales": ("from", "to", "class", "capital_upto", "sales_upto"),
    "limits": ("name", "from", "to", "rupiah", "confidence"),
    "codes": ("version", "code", "title", "activity", "food", "sppirt", "confidence", "caution"),
    "risks": ("code", "scales", "from", "to", "risk", "hygiene", "confidence"),
    "pairings": ("code_2020", "code_2025", "confidence"),
    "answers": ("need", "outcome", "basis", "confidence", "missing", "lines"),
    "terms": ("item", "from", "rupiah", "text"),
}


@dataclass(frozen=True)
class Tables:
    """The file in one language: its text and the version that names its content in every language."""

    text: str
    version: str


def phone_tables(language: str = "id") -> Tables:
    """The file for phones. Built once per process, as the catalogue is. Raises KeyError for another language."""
    return _all_languages()[language]


def phone_tables_version() -> str:
    """A short word that changes whenever anything in the file changes, in any language."""
    return phone_tables().version


@lru_cache(maxsize=1)
def _all_languages() -> dict[str, Tables]:
    contents = {language: _content(catalogue(), language) for language in LANGUAGES}
    version = hashlib.sha256(_as_text(contents).encode()).hexdigest()[:12]
    return {
        language: Tables(_as_text({"version": version, **content}), version) for language, content in contents.items()
    }


def _as_text(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _content(known: Catalogue, language: str) -> dict[str, Any]:
    say = _Say(language)
    return {
        "language": language,
        "day": _newest_day(known).isoformat(),
        "columns": COLUMNS,
        "rules": {
            "confidences": CONFIDENCES,
            "scales": SCALES,
            "from_code": FROM_CODE,
            "asked_as": ASKED_AS,
            "listed": LISTED,
            "first_letter": FIRST_LETTER,
            "begins": known.begins().isoformat(),
            "most_questions": MOST_QUESTIONS,
        },
        "facts": [
            {
                "name": f.name,
                "values": f.values,
                "default": f.default,
                "title": say(f, "title"),
                "labels": say.labels(f),
            }
            for f in known.facts.values()
        ],
        "limits": [(x.name, _iso(x.valid_from), _iso(x.valid_to), x.rupiah, x.confidence) for x in known.limits],
        "scales": [
            (_iso(s.valid_from), _iso(s.valid_to), s.class_, s.capital_upto, s.sales_upto) for s in known.scales
        ],
        "codes": [
            (c.version, c.code, c.title, c.activity, c.food, c.sppirt, c.confidence, say(c, "caution"))
            for c in _useful_codes(known)
        ],
        "risks": [
            (r.code, r.scales, _iso(r.valid_from), _iso(r.valid_to), r.risk, r.hygiene, r.confidence)
            for (version, _), rows in known.risks.items()
            if version == "2020"
            for r in rows
        ],
        "pairings": [(p.code_2020, p.code_2025, p.confidence) for p in known.pairings],
        "papers": [_paper(known, licence, say) for licence in known.licences.values()],
        "laws": {basis: _law(basis) for basis in _bases(known)},
        "offices": {key: say(office, "name") for key, office in known.offices.items()},
        "documents": {code: say(document, "title") for code, document in known.documents.items()},
        "questions": {
            q.id: {"question": say(q, "question"), "answer": say(q, "answer"), "confidence": q.confidence}
            for q in known.questions.values()
        },
        "finder": [_question(question, say) for question in known.finder],
        "kinds": [
            {"activity": kind.activity, "title": say(kind, "title"), "text": say(kind, "text")} for kind in known.kinds
        ],
        "changes": [
            _filled(id=c.id, title=say(c, "title"), text=say(c, "text"), set=c.set, when=c.when) for c in known.changes
        ],
        "groups": [{"id": group.id, "title": say(group, "title")} for group in known.worksheet_groups],
        "worksheet": [
            _filled(
                group=f.group,
                label=say(f, "label"),
                help=say(f, "help"),
                source=f.from_,
                example=f.example,
                confidence=f.confidence,
            )
            for f in known.worksheet
        ],
        "sentences": _sentences(language),
        "words": {name: rows for name, rows in _words().items() if name not in ("titles", "pairing")},
    }


def _words() -> dict[str, Any]:
    return search.to_json(word_index())


def _useful_codes(known: Catalogue) -> list[KbliCode]:
    """Codes we know something about or a market word leads to; the rest of an imported full list stays away."""
    titles = _words()["titles"]
    paired = {("2020", p.code_2020) for p in known.pairings} | {("2025", p.code_2025) for p in known.pairings}
    spoken_of = paired | set(known.risks)
    return [
        code
        for (version, number), code in known.codes.items()
        if code.activity or code.caution or number in titles.get(version, ()) or (version, number) in spoken_of
    ]


class _Say:
    """Texts of records in one language; a missing translation is marked by standing in an object."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, record: BaseModel, field: str) -> str | dict[str, str] | None:
        return self.marked(wording.words(record, field, self.language))

    def section(self, licence: Licence, heading: str) -> str | dict[str, str] | None:
        return self.marked(wording.section(licence, heading, self.language))

    def marked(self, words: wording.Words) -> str | dict[str, str] | None:
        if not words.text:
            return None
        return words.text if words.language == self.language else {"id": words.text}

    def labels(self, fact: Any) -> dict[str, str | dict[str, str]]:
        if self.language == "id":
            return dict(fact.labels)
        return {value: fact.labels_en.get(value) or {"id": text} for value, text in fact.labels.items()}


def _paper(known: Catalogue, licence: Licence, say: _Say) -> dict[str, Any]:
    header = licence.header
    return _filled(
        code=header.code,
        short=header.short,
        order=header.order,
        title=say(header, "title"),
        plain=say(header, "plain"),
        what=say.section(licence, "what"),
        why={outcome: say.section(licence, f"why {outcome}") for outcome in header.outcomes},
        inputs=header.inputs,
        versions=[_version(version) for version in licence.versions],
        terms=[(t.item, t.valid_from.isoformat(), t.rupiah, say(t, "text")) for t in licence.terms],
        after=header.after,
        inside=header.inside,
        issued_by=header.issued_by,
        issuer=header.issuer,
        where=header.where,
        documents=[
            _filled(code=use.code, note=say(use, "note"), confidence=use.confidence) for use in header.documents
        ],
        steps={way: [_step(step, say) for step in getattr(header.steps, way)] for way in ("online", "counter")},
        **_points(header, say),
        gaps={gap.topic: _filled(ask=gap.ask, note=say(gap, "note")) for gap in reversed(header.unknown)},
    )


def _version(version: Version) -> dict[str, Any]:
    """A table as a string with one letter per cell and the answers the letters stand for."""
    return {
        "from": version.valid_from.isoformat(),
        "to": _iso(version.until),
        "file": version.file,
        "cells": "".join(chr(FIRST_LETTER + number) for number in version.worked.cells),
        "answers": [
            (a.need, a.outcome, a.basis, a.confidence, a.missing, [version.table.rows[n].line for n in a.rows])
            for a in version.worked.answers
        ],
    }


def _points(header: Header, say: _Say) -> dict[str, Any]:
    return {
        name: [{"text": say(point, "text"), "confidence": point.confidence} for point in getattr(header, name)]
        for name in ("benefits", "obligations", "failures")
    }


def _step(step: Step, say: _Say) -> dict[str, Any]:
    return _filled(
        title=say(step, "title"), text=say(step, "text"), confidence=step.confidence, questions=step.questions
    )


def _question(question: FinderQuestion, say: _Say) -> dict[str, Any]:
    return _filled(
        id=question.id,
        fact=question.fact,
        kind=question.kind,
        text=say(question, "text"),
        hint=say(question, "hint"),
        help=say(question, "help"),
        when=question.when,
        unknown=question.unknown,
        options=[_option(option, say) for option in question.options],
    )


def _option(option: Option, say: _Say) -> dict[str, Any]:
    return _filled(
        value=option.value,
        label=say(option, "label"),
        small=say(option, "small"),
        pictogram=option.pictogram,
        fact=option.fact,
        when=option.when,
    )


def _bases(known: Catalogue) -> Iterable[str]:
    """Every law and article a table rests on, once."""
    answers = (
        answer
        for licence in known.licences.values()
        for version in licence.versions
        for answer in version.worked.answers
    )
    return dict.fromkeys(basis for answer in answers for basis in answer.basis)


def _law(basis: str) -> tuple[str, str, str]:
    """Title of the law, article and kind of article of a basis."""
    said = article(basis)
    return said["law"].title, said["key"], said["kind"]


def _sentences(language: str) -> dict[str, Any]:
    """The sentences that the rules themselves say."""
    side = LANGUAGES.index(language)
    return {
        "scale": {key: pair[side] for key, pair in wording.SCALE_NOTES.items()},
        "not_said": wording.NOT_SAID[side],
        "not_read": wording.NOT_READ[side],
        "code_first": wording.CODE_FIRST[side],
        "unknown": NOT_KNOWN[language],
        "none": NOTHING[language],
        "kind_open": KIND_OPEN[language],
    }


def _newest_day(known: Catalogue) -> date:
    """The newest day on which anything in the data was checked or read."""
    checked = [term.checked for licence in known.licences.values() for term in licence.terms]
    read = [date.fromisoformat(source.read_on) for source in known.sources.values() if source.read_on]
    return max([*checked, *read])


def _filled(**fields: Any) -> dict[str, Any]:
    """The fields that say something; an absent one is empty, none or no."""
    return {name: value for name, value in fields.items() if value not in (None, False) and not _is_empty(value)}


def _is_empty(value: Any) -> bool:
    return isinstance(value, (Sequence, dict)) and not value


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
