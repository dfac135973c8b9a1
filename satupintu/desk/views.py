"""Pages that belong to no single room."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The public first page: the way into the finder, and a person who helps."""
    return render(request, "desk/home.html")
