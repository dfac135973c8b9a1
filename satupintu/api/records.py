"""Which room carries out which kind of record captured on a phone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from satupintu.audit.rules import Actor
from satupintu.desk.forms import RegisterForm
from satupintu.registry import actions as registry
from satupintu.sync.queries import Kind
from satupintu.sync.rules import NotCarriedOut


def register_vendor(content: str, by: Actor, seen_at: datetime, at: datetime) -> str:
    """A vendor met at the market: what the page's form posts, name by name. Raises NotCarriedOut, ValidationError."""
    form = RegisterForm(_posted(content), area=by.area)
    if not form.is_valid():
        raise ValidationError([sentence for sentences in form.errors.values() for sentence in sentences])
    made = registry.register_vendor(**form.values(), source="sync", said_at=seen_at, by=by, at=at)
    return f"person:{made.reference}"


_LABELS = {name: field.label for name, field in RegisterForm.base_fields.items()}
KINDS: Mapping[str, Kind] = {"registry.person": Kind(_("Daftarkan pedagang di pasar"), _LABELS, register_vendor)}


def _posted(content: str) -> MultiValueDict[str, str]:
    """Fields as a form reads them: every value a text or a list of texts."""
    try:
        fields: Any = json.loads(content)
    except ValueError as error:
        raise NotCarriedOut("Isi catatan ini tidak bisa dibaca. Sisihkan, lalu daftarkan lagi.") from error
    if not isinstance(fields, dict):
        raise NotCarriedOut("Isi catatan ini bukan isian formulir. Sisihkan, lalu daftarkan lagi.")
    return MultiValueDict(
        {
            name: [str(one) for one in value] if isinstance(value, list) else [str(value)]
            for name, value in fields.items()
        }
    )
