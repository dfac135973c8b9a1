"""Tables of people: taking them in, and handing them out."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from satupintu.accounts.forms import add_refusal
from satupintu.registry import actions, sheets, taking_in
from satupintu.registry.forms import FilterForm, ImportForm
from satupintu.registry.queries import imports as queries
from satupintu.registry.queries.people import exported
from satupintu.registry.rules.rows import COLUMNS, MOST_ROWS, NEEDED
from satupintu.registry.views.asking import asker

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def people_import(request: HttpRequest) -> HttpResponse:
    """Send a table; it is only checked."""
    actor = asker(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["file"].name
        try:
            made = actions.check_import(file_name=name, content=form.content(), by=actor, at=timezone.now())
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            return redirect("registry:import-file", ref=made.ref)
    context = {
        "form": form,
        "columns": COLUMNS,
        "needed": NEEDED,
        "most": MOST_ROWS,
        "imports": queries.imports_of(actor),
    }
    return render(request, "registry/people_import.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD"])
def import_example(request: HttpRequest) -> HttpResponse:
    """An empty table with the columns we know, to be filled in."""
    response = HttpResponse(sheets.write_xlsx([COLUMNS]), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="pedagang-contoh.xlsx"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: HttpRequest, ref: UUID) -> HttpResponse:
    """What the check found, by row; taking the rows in, and how far that is."""
    actor = asker(request)
    made = queries.import_for(actor, ref)
    if made is None:
        raise Http404(str(ref))
    problem = ""
    if request.method == "POST":
        try:
            taking_in.begin(ref, actor)
        except ValidationError as refused:
            problem = " ".join(refused.messages)
        else:
            return redirect("registry:import-file", ref=ref)
    context = {"made": made, "problem": problem, "is_large": made.rows > taking_in.MOST_WAITED_FOR}
    return render(request, "registry/import_file.html", context, status=422 if problem else 200)


@never_cache
@require_http_methods(["POST"])
def people_export(request: HttpRequest) -> HttpResponseBase:
    """The list as it is filtered, as CSV or XLSX with masked numbers; that it left is witnessed."""
    actor = asker(request)
    filters = FilterForm(request.POST, actor=actor).filters()
    form = "xlsx" if request.POST.get("bentuk") == "xlsx" else "csv"
    actions.export_people(filters=filters, form=form, by=actor, at=timezone.now())
    rows = exported(actor, filters)
    response: HttpResponseBase
    if form == "xlsx":
        response = HttpResponse(sheets.write_xlsx(rows), content_type=XLSX)
    else:
        response = StreamingHttpResponse(sheets.write_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="pedagang-{timezone.localdate()}.{form}"'
    return response
