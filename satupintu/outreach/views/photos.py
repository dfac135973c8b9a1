"""Photos of an event, and the consents they rest on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from satupintu.accounts.forms import add_refusal
from satupintu.outreach import actions, queries
from satupintu.outreach.forms import DescribeForm, EraseForm, PhotoForm
from satupintu.outreach.forms.evidence import PHOTO_LABELS
from satupintu.outreach.views.asking import asked_about, form_about, or_404, posted

form_page = require_http_methods(["GET", "HEAD", "POST"])
WHY_NOT: Any = {
    "unknown": gettext_lazy("Belum diperiksa siapa yang terlihat."),
    "consent": gettext_lazy("Ada yang belum setuju fotonya dipakai."),
    "kind": gettext_lazy("Bukti saja, tidak masuk laporan."),
    "": gettext_lazy("Boleh di laporan."),
}
BACK = {"documentation": "photos", "paper_list": "paper-list", "hand_over": "aid"}  # where a new photo leads


@never_cache
@require_safe
def photos(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Every photo small, with whether the report may show it."""
    actor, event = asked_about(request, ref)
    rows = [
        row | {"kind": PHOTO_LABELS[row["photo"].kind], "says": WHY_NOT[row["why_not"]]}
        for row in queries.photos_of(event)
    ]
    usable = sum(not row["why_not"] for row in rows)
    context = {"event": event, "rows": rows, "usable": usable, "may": queries.abilities(actor), "tab": "photos"}
    return render(request, "outreach/photos.html", context)


@never_cache
@form_page
def photo_new(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Add a photo; what it is for may come along in the address."""
    _actor, event = asked_about(request, ref)
    asked = request.GET
    kind = asked.get("jenis") if asked.get("jenis") in PHOTO_LABELS else "documentation"
    shows = "people" if asked.get("kartu") else None
    initial = {"kind": kind, "item": asked.get("barang", ""), "cards": asked.get("kartu", ""), "shows": shows}
    form = PhotoForm(posted(request), request.FILES or None, event=event, initial=initial)
    words = {"title": _("Tambah foto"), "button": _("Simpan foto")}
    back = BACK.get(request.POST.get("kind", str(kind)), "photos")
    return form_about(request, event, form, actions.keep_photo, words, back, event=event)


@never_cache
@form_page
def photo(request: HttpRequest, ref: UUID, photo_ref: UUID) -> HttpResponse:
    """One photo: what is on it, who is on it and whether they agree, and destroying it."""
    actor, event, found = _asked_photo(request, ref, photo_ref)
    form = DescribeForm(posted(request), event=event, initial=DescribeForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            actions.describe_photo(photo=found, **form.values(), by=actor, at=timezone.now())
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            return redirect("outreach:photos", ref=ref)
    return _photo_page(request, actor, event, found, form, EraseForm())


@never_cache
@require_POST
def photo_erase(request: HttpRequest, ref: UUID, photo_ref: UUID) -> HttpResponse:
    """Destroy a photo, with a reason."""
    actor, event, found = _asked_photo(request, ref, photo_ref)
    form = EraseForm(request.POST)
    if form.is_valid():
        actions.erase_photo(photo=found, why=form.cleaned_data["why"], by=actor, at=timezone.now())
        return redirect("outreach:photos", ref=ref)
    described = DescribeForm(event=event, initial=DescribeForm.initial_of(found))
    return _photo_page(request, actor, event, found, described, form)


def _photo_page(request: HttpRequest, actor: Any, event: Any, found: Any, form: Any, erase: Any) -> HttpResponse:
    row = next((row for row in queries.photos_of(event) if row["photo"].pk == found.pk), {"people": [], "why_not": ""})
    context = {"event": event, "photo": found, "form": form, "erase": erase, "may": queries.abilities(actor)}
    context |= {"people": row["people"], "why_not": row["why_not"], "says": WHY_NOT[row["why_not"]]}
    context["kind"] = PHOTO_LABELS[found.kind]
    return render(request, "outreach/photo.html", context, status=422 if form.errors or erase.errors else 200)


@never_cache
@require_safe
def photo_image(request: HttpRequest, ref: UUID, photo_ref: UUID) -> HttpResponse:
    """A photo as it is; opening it is witnessed."""
    return _image(request, ref, photo_ref, thumbnail=False)


@never_cache
@require_safe
def photo_thumbnail(request: HttpRequest, ref: UUID, photo_ref: UUID) -> HttpResponse:
    """The small copy of a photo."""
    return _image(request, ref, photo_ref, thumbnail=True)


def _image(request: HttpRequest, ref: UUID, photo_ref: UUID, *, thumbnail: bool) -> HttpResponse:
    actor, _event, found = _asked_photo(request, ref, photo_ref)
    try:
        content = actions.open_photo(photo=found, thumbnail=thumbnail, by=actor, at=timezone.now())
    except FileNotFoundError as error:
        raise Http404(str(photo_ref)) from error
    return HttpResponse(content, content_type="image/jpeg", headers={"X-Content-Type-Options": "nosniff"})


def _asked_photo(request: HttpRequest, ref: UUID, photo_ref: UUID) -> tuple[Any, Any, Any]:
    actor, event = asked_about(request, ref)
    return actor, event, or_404(queries.photo_of(event, photo_ref))
