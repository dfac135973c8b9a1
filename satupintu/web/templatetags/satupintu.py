"""What pages use from the shell: formats, icons, fields, badges, marks.

`{% load satupintu %}` first. Every tag and filter is shown on /gaya/.
"""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import template
from django.contrib.staticfiles import finders
from django.forms import BaseForm, BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from satupintu.web import formats
from satupintu.web import qr as qr_code

register = template.Library()

BADGES = {
    "done": ("check", _("Selesai")),
    "your-turn": ("pencil", _("Giliran Bapak/Ibu")),
    "checking": ("clock", _("Sedang diperiksa petugas")),
    "needs-fix": ("circle-alert", _("Perlu perbaikan")),
    "locked": ("lock", _("Belum bisa dimulai")),
    "not-started": ("circle", _("Belum mulai")),
    "overdue": ("triangle-alert", _("Lewat batas")),
    "refused": ("circle-x", _("Ditolak")),
    "now": ("circle-alert", _("Perlu sekarang")),
    "later": ("clock", _("Perlu nanti")),
    "ask": ("message-circle-question-mark", _("Tanya petugas")),
    "not-needed": ("circle-minus", _("Tidak perlu")),
    "sure": ("check", _("Sudah pasti")),
    "likely": ("info", _("Perkiraan")),
    "doubtful": ("triangle-alert", _("Belum pasti, tanyakan dulu")),
}


def _language() -> str:
    return "en" if get_language() == "en" else "id"


@register.filter
def rupiah(amount: int | Decimal | None) -> str:
    """`Rp1.234.567`; nothing for None. See formats.rupiah."""
    return "" if amount is None else formats.rupiah(amount)


@register.filter
def number(value: int | Decimal | None) -> str:
    """`1.234.567`; nothing for None."""
    return "" if value is None else formats.number(value, _language())


@register.filter
def percent(value: int | Decimal | None) -> str:
    """`12,5 %` of a figure already in percent; nothing for None."""
    return "" if value is None else formats.percent(value, _language())


@register.filter
def date_long(day: date | None) -> str:
    """`24 November 2026`; nothing for None."""
    return "" if day is None else formats.date_long(_day(day), _language())


@register.filter
def weekday(day: date | None) -> str:
    """`Selasa`; nothing for None."""
    return "" if day is None else formats.weekday(_day(day), _language())


@register.filter
def weekday_date(day: date | None) -> str:
    """`Selasa, 24 November 2026`; nothing for None."""
    return "" if day is None else formats.weekday_date(_day(day), _language())


@register.filter
def clock(moment: time | datetime | None) -> str:
    """`08.30`, in the zone of the city; nothing for None."""
    return "" if moment is None else formats.clock(_clock(moment), _language())


@register.simple_tag
def clock_range(start: time | datetime, end: time | datetime) -> str:
    """`08.30–11.30`, in the zone of the city."""
    return formats.clock_range(_clock(start), _clock(end), _language())


def _day(day: date) -> date:
    return localtime(day).date() if isinstance(day, datetime) and is_aware(day) else day


def _clock(moment: time | datetime) -> time:
    if isinstance(moment, datetime):
        return (localtime(moment) if is_aware(moment) else moment).time()
    return moment


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """An icon of the sprite, unseen by screen readers; the word stands beside it."""
    return _use(name, f"icon {classes}".strip())


@register.simple_tag
def pictogram(name: str) -> SafeString:
    """One of our own pictograms (`web/pictograms/<name>.svg`), large, always with its word beside it."""
    return _use(f"p-{name}", "icon pictogram")


def _use(symbol: str, classes: str) -> SafeString:
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        classes,
        static("web/icons.svg"),
        symbol,
    )


@register.simple_tag
def qr(text: str, label: str) -> SafeString:
    """A QR code of `text`; `label` tells a screen reader what it is for."""
    return qr_code.svg(text, label)


@register.inclusion_tag("web/parts/speak.html")
def speak(recording: str = "") -> dict[str, Any]:
    """The read-aloud button: reads the nearest `[data-speak-scope]`, else the whole main part.

    `recording` names a human voice, `static/web/voice/<recording>.opus`. While nobody has spoken it
    in, the slot stays empty and the phone's own voice reads. Hidden without script or voice.
    """
    path = f"web/voice/{recording}.opus"
    return {"audio": static(path) if recording and finders.find(path) else ""}


@register.inclusion_tag("web/parts/badge.html")
def badge(state: str, label: str = "") -> dict[str, Any]:
    """A status in shape and word. `state` is a key of BADGES; `label` replaces its usual words."""
    symbol, words = BADGES[state]
    return {"state": state, "icon": symbol, "label": label or words}


@register.inclusion_tag("web/parts/progress.html")
def progress(done: int, total: int, label: str = "") -> dict[str, Any]:
    """`2 dari 6` and its bar. Only where the total is known; `label` stands before the count."""
    return {"done": done, "total": total, "label": label}


@register.inclusion_tag("web/parts/field.html")
def field(bound: BoundField, hint: str = "", prefix: str = "") -> dict[str, Any]:
    """One form field: label, hint, error, input, tied together for screen readers.

    `hint` replaces the field's help text. `prefix="Rp"` puts the currency before the input.
    """
    if hint:
        bound.help_text = hint
    return {"field": bound, "prefix": prefix}


@register.inclusion_tag("web/parts/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """What needs fixing in a form, with a link to each field; nothing when all is well."""
    problems = [{"href": _anchor(bound), "text": text} for bound in form if bound.errors for text in bound.errors]
    general = [{"href": "", "text": text} for text in form.non_field_errors()]
    return {"problems": general + problems}


def _anchor(bound: BoundField) -> str:
    return f"{bound.auto_id}_0" if bound.use_fieldset else bound.id_for_label


@register.inclusion_tag("web/parts/data_text.html")
def data_text(text: str, text_en: str | None = "") -> dict[str, Any]:
    """A text of `data/` in the page's language; without English the Indonesian one, marked as such."""
    english = _language() == "en"
    return {"text": text_en if english and text_en else text, "untranslated": english and not text_en}


@register.simple_tag
def data_string(text: str, text_en: str | None = "") -> str:
    """As data_text, for places that take no markup (title, attribute): no mark when English is missing."""
    return text_en if text_en and _language() == "en" else text
