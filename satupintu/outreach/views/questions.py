"""What was asked at an event."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from satupintu.outreach import actions, queries
from satupintu.outreach.forms import QuestionForm, ReplyForm
from satupintu.outreach.views.asking import asked_about, form_about, or_404, posted

form_page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@require_safe
def event_questions(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Every question with its answer, or who finds it out by when."""
    actor, event = asked_about(request, ref)
    rows = queries.questions_of(actor, event)
    unanswered = sum(row["state"] != "answered" for row in rows)
    context = {"event": event, "rows": rows, "unanswered": unanswered, "may": queries.abilities(actor)}
    return render(request, "outreach/event_questions.html", context | {"tab": "questions"})


@never_cache
@form_page
def question_new(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Keep a question."""
    _actor, event = asked_about(request, ref)
    form = QuestionForm(posted(request), event=event)
    words = {"title": _("Catat pertanyaan"), "button": _("Simpan pertanyaan")}
    given = {"event": event, "pressed_at": timezone.now()}
    return form_about(request, event, form, actions.ask_question, words, "event-questions", **given)


@never_cache
@form_page
def question_reply(request: HttpRequest, ref: UUID, question_ref: UUID) -> HttpResponse:
    """Answer a question, or promise the answer."""
    _actor, event = asked_about(request, ref)
    question = or_404(queries.question_of(event, question_ref))
    words = {"title": _("Jawab pertanyaan"), "button": _("Simpan jawaban"), "intro": question.text}
    form = ReplyForm(posted(request))
    return form_about(request, event, form, actions.reply_to_question, words, "event-questions", question=question)
