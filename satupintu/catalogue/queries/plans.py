"""A plan, ready for a page: every text in both languages, every article with what it says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from satupintu.catalogue.queries.core import catalogue, plan_for, suggest
from satupintu.catalogue.queries.library import article
from satupintu.catalogue.rules.entries import Change, FinderQuestion, Header, Licence, WorksheetField
from satupintu.catalogue.rules.finder import answer_name, possible_changes
from satupintu.catalogue.rules.plan import Paper, Plan
from satupintu.catalogue.rules.wording import scale_note, section, why
from satupintu.kernel.decision import UNKNOWN

# Which question of the finder finds a missing fact out.
ASKED_BY = {"kbli": "jual", "sales": "sales"}
NOT_KNOWN = {"id": "Saya tidak tahu", "en": "I do not know"}
NOTHING = {"id": "Tidak ada", "en": "None"}
KIND_OPEN = {"id": "{typed} (jenis belum dipilih)", "en": "{typed} (kind not chosen)"}


def plan_page(plan: Plan) -> dict[str, Any]:
    """The plan by need, the steps in order, the documents, the sum of known costs and what is not in it."""
    views = {paper.code: paper_view(paper) for paper in plan.papers}
    by_need = {
        need: [views[paper.code] for paper in plan.needing(need)] for need in ("now", "ask", "later", "not_needed")
    }
    priced = [paper for paper in plan.needing("now") if paper.cost and paper.cost.rupiah is not None]
    return {
        "plan": plan,
        **by_need,
        "steps": [
            {
                "step": step,
                "view": views[step.paper.code],
                "after": _titles(step.after),
                "inside": _inside(step.paper, plan),
                "holds": [other.header for other in _licences(plan) if other.header.inside == step.paper.code],
            }
            for step in plan.steps
        ],
        "inside_count": sum(1 for step in plan.steps if _inside(step.paper, plan)),
        "documents": [
            {"document": catalogue().documents[bring.code], "papers": _titles(bring.papers)} for bring in plan.documents
        ],
        "scale_note": {"id": scale_note(plan), "en": scale_note(plan, "en")},
        "known_cost": sum(paper.cost.rupiah or 0 for paper in priced if paper.cost),
        "unpriced": [views[paper.code] for paper in plan.needing("now") if paper not in priced],
    }


def paper_view(paper: Paper) -> dict[str, Any]:
    """One paper with reason, articles, offices and what is not known about it."""
    known = catalogue()
    header = paper.licence.header
    return {
        "paper": paper,
        "header": header,
        "why": why(known, paper).text,
        "why_en": _english(why(known, paper, "en")),
        "articles": [article(basis) for basis in paper.basis],
        "issuer": known.offices[header.issuer],
        "offices": [known.offices[key] for key in header.where],
        "gaps": {gap.topic: {"gap": gap, "office": known.offices[gap.ask]} for gap in header.unknown},
        "missing": [{"fact": name, "question": _question_for(name)} for name in paper.missing],
    }


def paper_page(plan: Plan, code: str) -> dict[str, Any] | None:
    """Everything about one paper of a plan, or None if there is no such paper."""
    known = catalogue()
    if code not in known.licences:
        return None
    paper = plan.paper(code)
    header = paper.licence.header
    return {
        "plan": plan,
        "view": paper_view(paper),
        "what": section(paper.licence, "what", "id").text,
        "what_en": _english(section(paper.licence, "what", "en")),
        "documents": [{"use": use, "document": known.documents[use.code]} for use in header.documents],
        "ways": [
            {"way": way, "steps": [{"step": s, "questions": [known.questions[q] for q in s.questions]} for s in steps]}
            for way, steps in (("online", header.steps.online), ("counter", header.steps.counter))
            if steps
        ],
        "inside": known.licences[header.inside].header if header.inside else None,
        "after": [known.licences[other].header for other in header.after],
    }


def practice_page(example_id: str) -> dict[str, Any] | None:
    """An example vendor's plan, and the examples before and after it; None if there is no such example."""
    examples = catalogue().examples
    numbers = {example.id: n for n, example in enumerate(examples)}
    if example_id not in numbers:
        return None
    n = numbers[example_id]
    example = examples[n]
    plan = plan_for(example.given)
    page = plan_page(plan)
    return page | {
        "example": example,
        "practice_groups": [page[need] for need in ("now", "ask", "later", "not_needed")],
        "code": plan.facts.code,
        "previous": examples[n - 1] if n else None,
        "next": examples[n + 1] if n + 1 < len(examples) else None,
    }


def suggestions(text: str) -> list[dict[str, Any]]:
    """Codes for market words with the way of doing business and the place each one stands for."""
    kinds = {kind.activity: kind for kind in catalogue().kinds}
    places = catalogue().facts["place"]
    return [
        {
            "found": found,
            "kind": kinds.get(found.activity),
            "place": places.labels.get(found.way),
            "place_en": places.labels_en.get(found.way),
        }
        for found in suggest(text)
    ]


def said(question: FinderQuestion, values: Mapping[str, str]) -> dict[str, str | None]:
    """What was answered, in words of both languages."""
    value = values.get(answer_name(question), UNKNOWN)
    if question.kind == "search":
        return _said_code(value, values.get("jual", ""))
    if question.kind == "ticks":
        ticked = [option for option in question.options if option.fact and values.get(option.fact) == "yes"]
        return _joined([(o.label, o.label_en) for o in ticked]) if ticked else dict(NOTHING)
    for option in question.options:
        if option.value == value:
            return {"id": option.label, "en": option.label_en}
    return dict(NOT_KNOWN)


def _said_code(value: str, typed: str) -> dict[str, str | None]:
    version, _, number = value.partition("-")
    code = catalogue().codes.get((version, number))
    if code is None:
        return {language: sentence.format(typed=typed) for language, sentence in KIND_OPEN.items()}
    text = f"{typed} – KBLI {version} {number}, {code.title}" if typed else f"KBLI {version} {number}, {code.title}"
    return {"id": text, "en": text}


def _joined(pairs: list[tuple[str, str | None]]) -> dict[str, str | None]:
    english = [en for _, en in pairs if en]
    return {
        "id": ", ".join(text for text, _ in pairs),
        "en": ", ".join(english) if len(english) == len(pairs) else None,
    }


def what_if(given: Mapping[str, str], plan: Plan) -> list[dict[str, Any]]:
    """For every change that is not already so: the papers whose need would differ, before and after."""
    return [
        {"change": change, "papers": _differences(given, plan, change)}
        for change in possible_changes(catalogue(), plan.facts.values)
    ]


def _differences(given: Mapping[str, str], plan: Plan, change: Change) -> list[dict[str, Any]]:
    if not change.set:
        return []
    changed = plan_for({**given, **change.set}, plan.on)
    return [
        {"view": paper_view(changed.paper(paper.code)), "before": paper.need, "after": changed.paper(paper.code).need}
        for paper in sorted(plan.papers, key=lambda p: p.licence.header.order)
        if changed.paper(paper.code).need != paper.need
    ]


def worksheet(plan: Plan, values: Mapping[str, str]) -> list[dict[str, Any]]:
    """The fields of the NIB form by group, in the order OSS asks, with what the answers already say."""
    known = catalogue()
    return [
        {
            "group": group,
            "fields": [
                {"field": f, "filled": _filled(f, plan, values)} for f in known.worksheet if f.group == group.id
            ],
        }
        for group in known.worksheet_groups
    ]


def _filled(field: WorksheetField, plan: Plan, values: Mapping[str, str]) -> dict[str, str | None] | None:
    """A field's answer in both languages, or None: then it is written by hand."""
    source = field.from_
    if source is None:
        return None
    if source == "kbli" and plan.facts.code:
        text = f"{plan.facts.code.code} (KBLI {plan.facts.code.version}) {plan.facts.code.title}"
        return {"id": text, "en": text}
    if source == "jual":
        return {"id": values["jual"], "en": values["jual"]} if values.get("jual") else None
    fact = catalogue().facts.get(source)
    value = plan.facts.values.get(source, UNKNOWN)
    if fact is None or value == UNKNOWN:
        return _asked_answer(source, values)
    return {"id": fact.labels[value], "en": fact.labels_en.get(value)}


def _asked_answer(source: str, values: Mapping[str, str]) -> dict[str, str | None] | None:
    question = next((q for q in catalogue().finder if answer_name(q) == source), None)
    if question is None or values.get(source, UNKNOWN) == UNKNOWN:
        return None
    return said(question, values)


def _question_for(fact: str) -> str | None:
    """The finder question that finds a missing fact out; None for one that only an office can tell."""
    if fact in ASKED_BY:
        return ASKED_BY[fact]
    ids = [question.id for question in catalogue().finder if question.fact == fact]
    return ids[0] if ids else None


def _inside(paper: Paper, plan: Plan) -> Header | None:
    """The paper of this plan in whose form this one is ticked."""
    inside = paper.licence.header.inside
    return catalogue().licences[inside].header if inside and plan.paper(inside).need == "now" else None


def _licences(plan: Plan) -> list[Licence]:
    return [step.paper.licence for step in plan.steps]


def _titles(codes: tuple[str, ...]) -> list[Header]:
    return [catalogue().licences[code].header for code in codes]


def _english(words: Any) -> str | None:
    return words.text if words.language == "en" else None
