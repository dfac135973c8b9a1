"""Surveys: opening, looking at one, printing, tables in and out."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from satupintu.accounts.forms import add_refusal, posted
from satupintu.accounts.gate import signed_in
from satupintu.registry import sheets
from satupintu.registry.forms import ImportForm
from satupintu.surveys import actions, queries
from satupintu.surveys.forms import SurveyForm
from satupintu.surveys.forms.labels import WAVES
from satupintu.surveys.rules.answers import read_card
from satupintu.surveys.rules.tables import CARD
from satupintu.surveys.views.asking import asked_about, form_context, survey_context
from satupintu.surveys.views.questionnaires import XLSX


@never_cache
@require_safe
def surveys(request: HttpRequest) -> HttpResponse:
    """The surveys of the asker's area, newest first."""
    actor = signed_in(request)[1]
    rows = [
        {"survey": survey, "form": queries.form_of(survey), "wave": WAVES[survey.wave]}
        for survey in queries.surveys_for(actor)
    ]
    return render(request, "surveys/surveys.html", {"rows": rows})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def survey_new(request: HttpRequest) -> HttpResponse:
    """Ask a questionnaire of people at one place."""
    actor = signed_in(request)[1]
    form = SurveyForm(posted(request), actor=actor, day=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        subject = f"event:{slugify(values['title'])[:60]}-{values['region']}"
        try:
            made = actions.open_survey(**values, subject=subject, by=actor, at=timezone.now())
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            return redirect("surveys:survey", ref=made.ref)
    return render(request, "surveys/survey_new.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_safe
def survey(request: HttpRequest, ref: UUID) -> HttpResponse:
    """One survey: ways to fill it, and who has answered how often."""
    actor, found = asked_about(request, ref)
    context = survey_context(found) | {
        "rows": queries.standings(found),
        "agreement": queries.agreement_of(found),
        "hands": queries.hands_of(found),
        "may_import": queries.may(actor, "import_sheets"),
    }
    return render(request, "surveys/survey.html", context)


@require_POST
def survey_close(request: HttpRequest, ref: UUID) -> HttpResponse:
    """End a survey."""
    actor, found = asked_about(request, ref)
    actions.close_survey(survey=found, by=actor, at=timezone.now())
    return redirect("surveys:survey", ref=ref)


@never_cache
@require_safe
def survey_paper(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The sheet of this survey; its QR opens the page where it is typed, for one card if one is named."""
    _actor, found = asked_about(request, ref)
    try:
        card = read_card(request.GET.get("kartu", ""))
    except ValueError:
        card = ""
    address = request.build_absolute_uri(reverse("surveys:entry", args=[ref])) + (f"?kartu={card}" if card else "")
    context = survey_context(found) | form_context(found.questionnaire, queries.form_of(found))
    context |= {"absolute": address, "card": card, "back_href": reverse("surveys:survey", args=[ref])}
    return render(
        request, "surveys/survey_paper.html", context | {"consent": queries.consent_text(context["form_file"])}
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def table_import(request: HttpRequest, ref: UUID) -> HttpResponse:
    """A table of answers: kept whole, or told by row and column what is wrong."""
    actor, found = asked_about(request, ref)
    form = ImportForm(posted(request), request.FILES or None)
    faults: tuple[object, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            result = actions.import_sheets(survey=found, content=form.content(), by=actor, at=timezone.now())
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            if not result.faults:
                return redirect("surveys:survey", ref=ref)
            faults = result.faults
    columns = [CARD, *(item.code for item in queries.form_of(found).items)]
    context = survey_context(found) | {"form": form, "faults": faults[:200], "columns": columns}
    return render(request, "surveys/table_import.html", context, status=422 if form.errors or faults else 200)


@never_cache
@require_POST
def table_export(request: HttpRequest, ref: UUID) -> HttpResponse:
    """What counts of every respondent, as CSV or XLSX; that it left is witnessed."""
    actor, found = asked_about(request, ref)
    form = "xlsx" if request.POST.get("bentuk") == "xlsx" else "csv"
    actions.export_answers(survey=found, form=form, by=actor, at=timezone.now())
    rows = list(queries.answer_table(found))
    content = sheets.write_xlsx(rows, "Jawaban") if form == "xlsx" else "".join(sheets.write_csv(rows)).encode()
    response = HttpResponse(content, content_type=XLSX if form == "xlsx" else "text/csv; charset=utf-8")
    name = f"{found.questionnaire}-{found.wave}-{timezone.localdate()}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
