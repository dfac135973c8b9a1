"""What the phone keeps to answer without a network: the tables, and the page that reads them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from satupintu.catalogue import queries

YEAR = 365 * 24 * 60 * 60
BADGES = ("now", "ask", "later", "not_needed", "sure", "likely", "doubtful")


@require_safe
def tables(request: HttpRequest) -> HttpResponse:
    """Everything the rules and the pages need, in the language of the page or in that of ``?bahasa=``.

    With its version in the address (``?versi=``) the answer never changes and may be kept for a year.
    """
    language = "en" if request.GET.get("bahasa", request.LANGUAGE_CODE) == "en" else "id"
    made = queries.phone_tables(language)
    response = HttpResponse(made.text, content_type="application/json; charset=utf-8")
    response.headers["ETag"] = f'"{made.version}-{language}"'
    response.headers["Content-Language"] = language
    if request.GET.get("versi") == made.version:
        patch_cache_control(response, max_age=YEAR, immutable=True)
    else:
        patch_cache_control(response, no_cache=True)
    return response


@require_safe
def finder_offline(request: HttpRequest) -> HttpResponse:
    """The finder's screens as templates, filled on the phone from the address that was asked for."""
    return render(
        request, "catalogue/finder_offline.html", {"version": queries.phone_tables_version(), "badges": BADGES}
    )
