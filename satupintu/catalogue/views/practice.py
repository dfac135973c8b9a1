"""Practice on a big screen in the yard: example vendors, with the article behind each line."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from satupintu.catalogue import queries


@require_safe
def practice(request: HttpRequest) -> HttpResponse:
    """The example vendors to choose from."""
    return render(request, "catalogue/practice.html", {"examples": queries.catalogue().examples})


@require_safe
def practice_example(request: HttpRequest, example_id: str) -> HttpResponse:
    """One example vendor's plan with what each article says."""
    context = queries.practice_page(example_id)
    if context is None:
        raise Http404
    return render(request, "catalogue/practice_example.html", context)
