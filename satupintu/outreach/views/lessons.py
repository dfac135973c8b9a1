"""Lessons for everybody: one page each, to read, to hear and to print."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from satupintu.outreach import queries
from satupintu.outreach.views.asking import or_404


@require_safe
def lessons(request: HttpRequest) -> HttpResponse:
    """Every lesson."""
    return render(request, "outreach/lessons.html", {"lessons": queries.lessons().items()})


@require_safe
def lesson(request: HttpRequest, code: str) -> HttpResponse:
    """One lesson with its sources."""
    found, sources = or_404(queries.lesson(code))
    context = {"lesson": found, "sources": sources, "code": code, "materials": queries.materials_about(code)}
    return render(request, "outreach/lesson.html", context)
