"""A vendor met at the market: the record holds what the page's form posts, name by name."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from satupintu.audit.rules import Actor
from satupintu.desk.forms import RegisterForm
from satupintu.registry import actions as registry
from satupintu.sync.rules import NotCarriedOut

LABELS = {name: field.label for name, field in RegisterForm.base_fields.items()}


def register_vendor(content: str, ref: UUID, by: Actor, seen_at: datetime, at: datetime) -> str:
    """Write the vendor. Raises NotCarriedOut, ValidationError, NotAllowed."""
    form = RegisterForm(_posted(content), area=by.area)
    if not form.is_valid():
        raise ValidationError([sentence for sentences in form.errors.values() for sentence in sentences])
    made = registry.register_vendor(**form.values(), source="sync", said_at=seen_at, by=by, at=at)
    return f"person:{made.reference}"


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
