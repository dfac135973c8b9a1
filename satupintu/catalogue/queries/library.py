"""Laws, codes and questions, ready for a page."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from satupintu.catalogue.queries.core import catalogue, suggest, today
from satupintu.catalogue.rules.entries import Header, KbliCode, Law, Question
from satupintu.catalogue.rules.holidays import holidays_of, is_working_day

MOST_HOLIDAYS = 12

GROUPS = {
    "A": ("Bahan makanan segar", "Fresh food"),
    "B": ("Makanan jadi, minuman, tembakau", "Ready food, drink, tobacco"),
    "C": ("Pakaian dan aksesori", "Clothes and accessories"),
    "D": ("Perabot, elektronik, alat tulis, mainan", "Household goods, electronics, stationery, toys"),
    "E": ("Barang lain di jalan", "Other goods on the street"),
    "F": ("Keliling dan lewat HP", "Going round and online"),
    "G": ("Masak dan sajikan", "Cook and serve"),
    "H": ("Bikin makanan kemasan", "Make packed food"),
    "I": ("Jasa", "Services"),
}


def article(basis: str) -> dict[str, Any]:
    """A basis such as ``pp-28-2025:206`` as law, article key and what it says."""
    law_id, _, key = basis.partition(":")
    law = catalogue().laws[law_id]
    return {"law": law, "key": key, "anchor": f"pasal-{key}", "article": law.articles[key], "kind": _kind(key)}


def _kind(key: str) -> str:
    if key.startswith("lampiran"):
        return "annex"
    return "whole" if key == "umum" else "article"


def laws() -> list[Law]:
    """All laws, newest first; those whose first day was not read come last."""
    return sorted(catalogue().laws.values(), key=lambda law: law.in_force or date.min, reverse=True)


def law_page(law_id: str) -> dict[str, Any] | None:
    """One law with its articles and the papers that rest on it, or None."""
    known = catalogue()
    law = known.laws.get(law_id)
    if law is None:
        return None
    articles = [article(f"{law_id}:{key}") for key in law.articles]
    used = [
        licence.header
        for licence in known.licences.values()
        if any(b.startswith(f"{law_id}:") for v in licence.versions for row in v.table.rows for b in row.basis)
    ]
    return {
        "law": law,
        "articles": articles,
        "papers": used,
        "source": known.sources[law.source.split(";")[0].strip()],
        "replaced_by": known.laws.get(law.replaced_by or ""),
    }


def questions(text: str) -> list[dict[str, Any]]:
    """Questions by topic; with a search text only those that hold all of its words."""
    wanted = text.casefold().split()
    found = [q for q in catalogue().questions.values() if all(word in _searchable(q) for word in wanted)]
    topics = [{"topic": t, "questions": [q for q in found if q.topic == t.id]} for t in catalogue().topics.values()]
    return [topic for topic in topics if topic["questions"]]


def _searchable(question: Question) -> str:
    parts = (question.question, question.question_en or "", question.answer, question.answer_en or "")
    return " ".join(parts).casefold()


def question_page(question_id: str) -> dict[str, Any] | None:
    """One question with articles, papers and related questions, or None."""
    known = catalogue()
    question = known.questions.get(question_id)
    if question is None:
        return None
    return {
        "question": question,
        "articles": [article(basis) for basis in question.basis],
        "papers": [known.licences[code].header for code in question.papers],
        "related": [known.questions[other] for other in question.related],
        "source": known.sources[question.source.split(";")[0].strip()],
    }


def codes(text: str, version: str) -> list[dict[str, Any]]:
    """Codes of one version by group; with a search text the suggestions first, then codes that hold it."""
    every = [code for code in catalogue().codes.values() if code.version == version]
    if text:
        suggested = [s.code for s in suggest(text, version=version)]
        holding = [c.code for c in every if text.casefold() in f"{c.code} {c.title} {c.goods or ''}".casefold()]
        by_code = {code.code: code for code in every}
        found = [by_code[code] for code in dict.fromkeys([*suggested, *holding]) if code in by_code][:60]
        return [{"title": None, "codes": [_with_partners(code) for code in found]}] if found else []
    groups: dict[str, list[KbliCode]] = {}
    for code in every:
        if code.group or version == "2025":
            groups.setdefault(code.group or "", []).append(code)
    return [
        {"title": GROUPS.get(group), "codes": [_with_partners(code) for code in members]}
        for group, members in groups.items()
    ]


def _with_partners(code: KbliCode) -> dict[str, Any]:
    return {"code": code, "partners": catalogue().partners(code.version, code.code)}


def offices_page() -> dict[str, Any]:
    """The offices in the order of the file, whether today is a working day, and the days off from today on."""
    now = today()
    coming = [holiday for year in (now.year, now.year + 1) for holiday in holidays_of(year) if holiday.day >= now]
    return {
        "offices": list(catalogue().offices.values()),
        "today": now,
        "open_today": is_working_day(now),
        "holidays": coming[:MOST_HOLIDAYS],
    }


def days_of_change() -> list[dict[str, Any]]:
    """The days on which a decision table took over from an earlier one, the latest first.

    Each has ``before`` (the last day of the old law), ``after`` and the headers of the ``papers`` whose table changed.
    """
    found: dict[date, list[Header]] = {}
    for licence in catalogue().licences.values():
        for version in sorted(licence.versions, key=lambda one: one.valid_from)[1:]:
            found.setdefault(version.valid_from, []).append(licence.header)
    return [
        {"before": day - timedelta(days=1), "after": day, "papers": found[day]} for day in sorted(found, reverse=True)
    ]
