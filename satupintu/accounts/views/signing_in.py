"""How a vendor signs in: by a code to the phone, or by card and PIN. Works without script."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from satupintu.accounts import actions
from satupintu.accounts.forms import CardForm, CodeForm, PhoneForm, posted
from satupintu.accounts.rules import CODE_AGAIN_AFTER, VENDOR_STAYS, VISITOR, NotSignedIn, minutes, shown_phone
from satupintu.audit import keys
from satupintu.kernel import vault

PHONE, AGAIN_AT, PLACE = "sign_in_phone", "sign_in_again_at", "session.phone"
form_page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@form_page
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for the phone number and send a code; the other ways are links."""
    if request.user.is_authenticated:
        return redirect(_after(request))
    form = PhoneForm(posted(request))
    if request.method == "POST" and _not_too_often(request, form) and form.is_valid():
        wait = _ask_for_code(request, form.cleaned_data["phone"])
        too_many = {"lagi": "banyak"} if wait > CODE_AGAIN_AFTER else {}
        return redirect(_with_after("accounts:code", request, **too_many))
    return render(request, "accounts/sign_in.html", {"form": form, "after": _next(request)})


@never_cache
@sensitive_post_parameters("code")
@form_page
def code(request: HttpRequest) -> HttpResponse:
    """Take the code that was sent."""
    phone = _phone(request)
    if request.user.is_authenticated or not phone:
        return redirect(_after(request) if request.user.is_authenticated else _with_after("accounts:sign-in", request))
    form = CodeForm(posted(request))
    if request.method == "POST" and _not_too_often(request, form) and form.is_valid():
        try:
            given = form.cleaned_data["code"]
            user = actions.sign_in_with_code(phone=phone, code=given, by=VISITOR, at=timezone.now())
        except NotSignedIn as refused:
            form.add_error("code", _code_refusal(refused))
        else:
            return _enter(request, user, "code")
    context = {
        "form": form,
        "after": _next(request),
        "phone": shown_phone(phone),
        "again": request.GET.get("lagi", ""),
        "minutes": _minutes_left(request),
    }
    return render(request, "accounts/code.html", context)


@never_cache
@require_POST
def code_again(request: HttpRequest) -> HttpResponse:
    """Send a new code to the same number, a minute after the last at the earliest."""
    phone = _phone(request)
    if not phone:
        return redirect(_with_after("accounts:sign-in", request))
    wait = _ask_for_code(request, phone)
    outcome = "ya" if not wait else "tunggu" if wait <= CODE_AGAIN_AFTER else "banyak"
    return redirect(_with_after("accounts:code", request, lagi=outcome))


@never_cache
@sensitive_post_parameters("pin")
@form_page
def card(request: HttpRequest) -> HttpResponse:
    """Take a card's code and PIN."""
    if request.user.is_authenticated:
        return redirect(_after(request))
    form = CardForm(posted(request))
    if request.method == "POST" and _not_too_often(request, form) and form.is_valid():
        try:
            user = actions.sign_in_with_card(**form.cleaned_data, by=VISITOR, at=timezone.now())
        except NotSignedIn as refused:
            form.add_error("pin", _card_refusal(refused))
        else:
            return _enter(request, user, "card")
    return render(request, "accounts/card.html", {"form": form, "after": _next(request)})


def _card_refusal(refused: NotSignedIn) -> str:
    if str(refused) == "locked":
        wait = minutes(refused.wait)
        told = ngettext(
            "Sudah 5 kali salah. Tunggu %(minutes)s menit, atau minta kartu baru ke petugas.",
            "Sudah 5 kali salah. Tunggu %(minutes)s menit, atau minta kartu baru ke petugas.",
            wait,
        )
        return told % {"minutes": wait}
    return _("Kode kartu atau PIN tidak cocok. Periksa lalu tulis lagi.") + _tries_left(refused)


def _code_refusal(refused: NotSignedIn) -> str:
    if str(refused) == "closed":
        return _("Kode ini sudah tidak berlaku. Minta kode baru di bawah.")
    return _("Kode tidak cocok. Periksa pesan WA terakhir.") + _tries_left(refused)


def _tries_left(refused: NotSignedIn) -> str:
    if not refused.left:
        return ""
    told = ngettext("Bisa dicoba %(left)s kali lagi.", "Bisa dicoba %(left)s kali lagi.", refused.left)
    return f" {told % {'left': refused.left}}"


def _not_too_often(request: HttpRequest, form: PhoneForm | CodeForm | CardForm) -> bool:
    if ratelimit.consume(request, action="vendor_sign_in"):
        return True
    form.full_clean()
    form.add_error(None, _("Terlalu banyak percobaan dari sini. Tunggu 1 menit, lalu coba lagi."))
    return False


def _enter(request: HttpRequest, user: AbstractBaseUser, way: str) -> HttpResponse:
    """Sign the vendor in: a new session key, the way witnessed, and a session that lasts."""
    after = _after(request)
    for name in (PHONE, AGAIN_AT):
        request.session.pop(name, None)
    record_authentication(request, user, way)
    response: HttpResponse = perform_login(request, user, redirect_url=after)
    request.session.set_expiry(int(VENDOR_STAYS.total_seconds()))
    return response


def _ask_for_code(request: HttpRequest, phone: str) -> timedelta:
    """Send a code; the number waits sealed in the session, whether we know it or not. Returns how long to wait."""
    at = timezone.now()
    wait = actions.request_code(phone=phone, by=VISITOR, at=at)
    request.session[PHONE] = keys.seal(keys.field_key(), phone.encode(), PLACE).hex()
    request.session[AGAIN_AT] = (at + wait).isoformat()
    return wait


def _minutes_left(request: HttpRequest) -> int:
    """In how many minutes another code may be asked for."""
    again_at = request.session.get(AGAIN_AT)
    return minutes(datetime.fromisoformat(again_at) - timezone.now()) if again_at else 1


def _phone(request: HttpRequest) -> str:
    sealed = request.session.get(PHONE, "")
    return vault.unseal(keys.field_key(), bytes.fromhex(sealed), PLACE).decode() if sealed else ""


def _next(request: HttpRequest) -> str:
    """Where the person wanted to go, if that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""


def _after(request: HttpRequest) -> str:
    return _next(request) or "/"


def _with_after(name: str, request: HttpRequest, **more: str) -> str:
    query = urlencode({key: value for key, value in {"next": _next(request), **more}.items() if value})
    return f"{reverse(name)}?{query}" if query else reverse(name)
