"""Pages of the shell itself."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from satupintu.web import offline as offline_pages
from satupintu.web import showcase

YEAR = 365 * 24 * 60 * 60


@require_safe
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Set the language cookie and go back to where the visitor was (only within this site)."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    after = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(after, allowed_hosts=None):
        after = "/"
    response = redirect(after)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
    return response


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """The living page: every component once, with invented content; `?kantor` shows it as officers see it."""
    return render(request, "web/components.html", showcase.content() | {"dense": "kantor" in request.GET})


@require_safe
def sheet_sample(request: HttpRequest) -> HttpResponse:
    """A sample of the A5 sheet, to print and to measure."""
    return render(request, "web/sheet_sample.html", {"back_href": "../", "day": showcase.DAY})


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What the service worker shows when there is no network and the page was not kept."""
    return render(request, "web/offline.html")


@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker script at the root, so that it may serve the whole site."""
    text = offline_pages.worker_script()
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")


@require_safe
@cache_control(max_age=86400)
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to put SatuPintu on its home screen."""
    return JsonResponse(
        {
            "name": "SatuPintu Kota Bekasi",
            "short_name": "SatuPintu",
            "description": _("Cek izin usaha untuk pedagang kecil Kota Bekasi. Gratis."),
            "lang": request.LANGUAGE_CODE,
            "start_url": "/",
            "scope": "/",
            "display": "minimal-ui",
            "background_color": "#FBF6EC",
            "theme_color": "#0B4F8A",
            "icons": offline_pages.app_icons(),
        },
        content_type="application/manifest+json",
    )
