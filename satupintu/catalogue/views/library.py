"""What people look up: questions vendors ask, laws, and the codes of the business classification."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from satupintu.catalogue import queries


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """All questions by topic, or those that hold the searched words."""
    text = request.GET.get("cari", "").strip()[:80]
    return render(request, "catalogue/questions.html", {"text": text, "topics": queries.questions(text)})


@require_safe
def question(request: HttpRequest, question_id: str) -> HttpResponse:
    """One question with its answer, articles and the papers it concerns."""
    context = queries.question_page(question_id)
    if context is None:
        raise Http404
    return render(request, "catalogue/question.html", context)


@require_safe
def laws(request: HttpRequest) -> HttpResponse:
    """Every law the catalogue rests on, with the days it counts."""
    return render(request, "catalogue/laws.html", {"laws": queries.laws()})


@require_safe
def law(request: HttpRequest, law_id: str) -> HttpResponse:
    """One law: its days, its articles in our words and where we read them."""
    context = queries.law_page(law_id)
    if context is None:
        raise Http404
    return render(request, "catalogue/law.html", context)


@require_safe
def codes(request: HttpRequest) -> HttpResponse:
    """The business codes: by market words, by code, or by group; always with their version."""
    text = request.GET.get("cari", "").strip()[:80]
    version = "2025" if request.GET.get("versi") == "2025" else "2020"
    context = {"text": text, "version": version, "groups": queries.codes(text, version)}
    return render(request, "catalogue/codes.html", context)


@require_safe
def offices(request: HttpRequest) -> HttpResponse:
    """Where to go, and the days of this year and the next on which offices are closed."""
    return render(request, "catalogue/offices.html", queries.offices_page())
