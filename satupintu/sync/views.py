"""Pages of field devices and of records that a person must look at. Each asks one query or calls one action."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from satupintu.accounts.forms import add_refusal, posted
from satupintu.accounts.gate import signed_in
from satupintu.sync import actions, queries
from satupintu.sync.forms import STATE_LABELS, DeviceForm, FilterForm, SetAsideForm


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits on this phone, filled there by script. It shows nobody's name and is kept for times without signal."""
    kinds = [(kind, queries.kind_title(kind)) for kind in queries.kinds()]
    return render(request, "sync/queue.html", {"kinds": kinds})


@never_cache
@require_safe
def devices(request: HttpRequest) -> HttpResponse:
    """One's own field devices, for administrators all of their area, and the button that makes this phone one."""
    actor = signed_in(request)[1]
    rows = queries.devices(actor, timezone.now())
    return render(request, "sync/devices.html", {"rows": rows, "form": DeviceForm(), "owner": actor.ref})


@never_cache
@sensitive_variables("token")
@require_POST
def device_new(request: HttpRequest) -> HttpResponse:
    """Make this phone a field device; the token goes to the script that asked, this once."""
    user, actor = signed_in(request)
    form = DeviceForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors["name"]}, status=422)
    device, token = actions.prepare_device(owner=user, **form.cleaned_data, by=actor, at=timezone.now())
    made = {"ref": str(device.ref), "name": device.name, "token": token, "until": device.valid_until.isoformat()}
    return JsonResponse({"owner": actor.ref, **made}, status=201)


@never_cache
@require_POST
def device_revoke(request: HttpRequest, ref: UUID) -> HttpResponse:
    """End a device's token."""
    actor = signed_in(request)[1]
    actions.revoke_device(device=queries.device_for(actor, ref), by=actor, at=timezone.now())
    return redirect("sync:devices")


@never_cache
@require_safe
def quarantine(request: HttpRequest) -> HttpResponse:
    """Records that could not be carried out, and other contents of known ones."""
    actor = signed_in(request)[1]
    form = FilterForm(request.GET, kinds=[(kind, queries.kind_title(kind)) for kind in queries.kinds()])
    form.is_valid()
    filters = queries.Filters(form.cleaned_data.get("keadaan", ""), form.cleaned_data.get("jenis", ""))
    page = queries.records(actor, filters, request.GET.get("halaman", "1"))
    kept = request.GET.copy()
    kept.pop("halaman", None)
    rows = [{"record": one, "kind": queries.kind_title(one.kind)} for one in page]
    context = {"form": form, "page": page, "rows": rows, "kept": kept.urlencode()}
    return render(request, "sync/quarantine.html", context)


@never_cache
@require_safe
def record(request: HttpRequest, key: int) -> HttpResponse:
    """One such record: why, what it holds with long numbers masked, what the phone showed."""
    return render(request, "sync/record.html", _page(request, key))


@never_cache
@require_POST
def record_retry(request: HttpRequest, key: int) -> HttpResponse:
    """Carry it out once more; back to the list if that worked."""
    return _decided(request, key, actions.retry)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def record_set_aside(request: HttpRequest, key: int) -> HttpResponse:
    """Ask why, then set it aside."""
    actor = signed_in(request)[1]
    context = _page(request, key)
    form = SetAsideForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_aside(record=context["record"], why=form.cleaned_data["why"], by=actor, at=timezone.now())
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            return redirect("sync:quarantine")
    status = 422 if form.errors else 200
    return render(request, "sync/record_set_aside.html", context | {"form": form}, status=status)


@never_cache
@require_POST
def record_restore(request: HttpRequest, key: int) -> HttpResponse:
    """Put it back among those that wait."""
    return _decided(request, key, actions.restore)


def _decided(request: HttpRequest, key: int, action: Any) -> HttpResponse:
    actor = signed_in(request)[1]
    try:
        record = action(record=queries.record_for(actor, key), by=actor, at=timezone.now())
    except ValidationError as refused:
        return render(request, "sync/record.html", _page(request, key) | {"refused": refused.messages}, status=422)
    return redirect("sync:quarantine") if record.state == "done" else redirect("sync:record", key=key)


def _page(request: HttpRequest, key: int) -> dict[str, Any]:
    record = queries.record_for(signed_in(request)[1], key)
    label = dict(STATE_LABELS)[record.state]
    kind = queries.kind_title(record.kind)
    return {"record": record, "content": queries.shown_content(record), "label": label, "kind": kind}
