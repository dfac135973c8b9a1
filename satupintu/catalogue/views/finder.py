"""The finder: one question a screen, then the plan. Every answer lives in the address, nothing is stored."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from satupintu.catalogue import queries
from satupintu.catalogue.forms import Answers, read_answers
from satupintu.catalogue.rules.finder import MOST_QUESTIONS, Walk, answer_name, is_answered, shown_options, walk
from satupintu.catalogue.rules.plan import BeforeTheCatalogue

PlanView = Callable[..., HttpResponse]


@require_safe
def finder(request: HttpRequest) -> HttpResponse:
    """The first question without an answer, or the one to change; the plan once all are answered."""
    answers = read_answers(queries.catalogue(), request.GET)
    here = _walk(answers)
    if here.current is None:
        return redirect(f"{reverse('catalogue:plan')}?{answers.address()}")
    context = _question_context(answers, here)
    if here.current.kind == "search":
        context |= _search_context(request, answers)
    status = 400 if answers.problem else 200
    return render(request, f"catalogue/finder_{here.current.kind}.html", context, status=status)


def with_plan(view: PlanView) -> PlanView:
    """Give a view the answers, the way and the plan; send people back to the first question still open."""

    @require_safe
    @wraps(view)
    def inner(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        answers = read_answers(queries.catalogue(), request.GET)
        here = _walk(answers)
        if here.current is not None:
            return redirect(f"{reverse('catalogue:finder')}?{answers.address()}")
        try:
            result = queries.plan_for(here.given, answers.on)
        except BeforeTheCatalogue as error:
            context = {"error": error, "address": answers.address(on=None)}
            return render(request, "catalogue/too_early.html", context, status=400)
        return view(request, answers, here, result, **kwargs)

    return inner


@with_plan
def plan(request: HttpRequest, answers: Answers, here: Walk, result: queries.Plan) -> HttpResponse:
    """Which papers, why, what to bring, in what order."""
    context = queries.plan_page(result) | _answers_context(request, answers, here)
    return _cached_by_language(render(request, "catalogue/plan.html", context))


@with_plan
def plan_sheet(request: HttpRequest, answers: Answers, here: Walk, result: queries.Plan) -> HttpResponse:
    """The plan on a sheet of A5, with the QR that opens it again at the counter."""
    context = queries.plan_page(result) | _answers_context(request, answers, here)
    return render(request, "catalogue/plan_sheet.html", context)


@with_plan
def paper(request: HttpRequest, answers: Answers, here: Walk, result: queries.Plan, code: str) -> HttpResponse:
    """How to get one paper: documents, steps, cost, time, duties, and what often goes wrong."""
    context = queries.paper_page(result, code)
    if context is None:
        raise Http404
    return render(request, "catalogue/paper.html", context | _answers_context(request, answers, here))


@with_plan
def worksheet(request: HttpRequest, answers: Answers, here: Walk, result: queries.Plan) -> HttpResponse:
    """All NIB data in the order the OSS form asks, filled from the answers where they are known."""
    context = {"groups": queries.worksheet(result, answers.values)} | _answers_context(request, answers, here)
    return render(request, "catalogue/worksheet.html", context)


@with_plan
def changes(request: HttpRequest, answers: Answers, here: Walk, result: queries.Plan) -> HttpResponse:
    """What would change if the vendor moved, cooked for events, grew and so on."""
    context = {"changes": queries.what_if(here.given, result)} | _answers_context(request, answers, here)
    return render(request, "catalogue/changes.html", context)


def _walk(answers: Answers) -> Walk:
    return walk(queries.catalogue(), answers.values, answers.on or queries.today(), answers.change)


def _question_context(answers: Answers, here: Walk) -> dict[str, Any]:
    question = here.current
    assert question is not None  # noqa: S101 - the caller has asked
    name = answer_name(question)
    kept = {k: v for k, v in answers.values.items() if k != name and k not in _ticks(here)}
    if question.kind == "search":
        kept.pop("jual", None)
    return {
        "question": question,
        "name": name,
        "chosen": answers.values.get(name, ""),
        "ticked": [k for k in _ticks(here) if answers.values.get(k) == "yes"],
        "options": shown_options(question, here.values),
        "kept": list(kept.items()) + ([("on", answers.on.isoformat())] if answers.on else []),
        "problem": answers.problem,
        "number": here.number,
        "most": MOST_QUESTIONS,
        "back_href": _back(answers, here),
    }


def _ticks(here: Walk) -> list[str]:
    question = here.current
    return [o.fact for o in question.options if o.fact] if question and question.kind == "ticks" else []


def _back(answers: Answers, here: Walk) -> str:
    if here.previous is None:
        return reverse("desk:home")
    return f"{reverse('catalogue:finder')}?{answers.address(ubah=here.previous.id)}"


def _search_context(request: HttpRequest, answers: Answers) -> dict[str, Any]:
    text = answers.values.get("jual", "")
    if not text:
        return {"suggestions": None, "text": ""}
    return {"text": text, "suggestions": queries.suggestions(text), "kinds": queries.catalogue().kinds}


def _answers_context(request: HttpRequest, answers: Answers, here: Walk) -> dict[str, Any]:
    address = answers.address()
    return {
        "answers": [
            {"question": q, "said": queries.said(q, answers.values), "change": answers.address(ubah=q.id)}
            for q in here.answered
            if is_answered(q, answers.values)
        ],
        "address": address,
        "here": f"{reverse('catalogue:plan')}?{address}",
        "on": answers.on,
        "back_href": f"{reverse('catalogue:plan')}?{address}",
        "absolute": request.build_absolute_uri(f"{reverse('catalogue:plan')}?{address}"),
    }


def _cached_by_language(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["Cookie"])
    return response
