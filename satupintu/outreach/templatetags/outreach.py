"""What pages of events use besides the shell."""

from typing import Any
from uuid import uuid4

from django import template
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from satupintu.accounts.gate import may_open

register = template.Library()

# The parts of an event in the order of the day: the name of the tab, the page, the word.
TABS = (
    ("plan", "event", _("Rencana")),
    ("people", "participants", _("Peserta")),
    ("surveys", "event-surveys", _("Kuesioner")),
    ("running", "running", _("Jalannya acara")),
    ("questions", "event-questions", _("Tanya-jawab")),
    ("aid", "aid", pgettext_lazy("aid", "Bantuan")),
    ("photos", "photos", _("Foto")),
    ("documents", "documents", _("Berkas")),
    ("coverage", "coverage", _("Cakupan")),
    ("report", "report", _("Laporan")),
)


@register.simple_tag
def new_ref() -> str:
    """A UUID for one press of a button: sent twice, it is kept once."""
    return str(uuid4())


@register.simple_tag(takes_context=True)
def event_tabs(context: dict[str, Any]) -> list[dict[str, Any]]:
    """The parts of an event that the one who looks may open; ``here`` is the one that is shown."""
    return [
        {"page": f"outreach:{page}", "word": word, "here": context.get("tab") == tab}
        for tab, page, word in TABS
        if may_open(context.get("actor"), f"outreach:{page}")
    ]
