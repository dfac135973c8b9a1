"""Writing offices."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from satupintu.accounts.gate import guarded
from satupintu.accounts.models import Office
from satupintu.audit.actions import record
from satupintu.audit.rules import Actor


@guarded
@transaction.atomic
def create_office(*, code: str, name: str, kind: str, area: str = "", by: Actor, at: datetime) -> Office:
    """Write a new office; ``area`` is a region code, empty for the whole city. Raises ValidationError."""
    if Office.objects.filter(code=code).exists():
        raise ValidationError({"code": _("Kode kantor ini sudah dipakai. Pilih kode lain.")})
    office = Office(code=code, name=name, kind=kind, area=area)
    office.full_clean()
    office.save(force_insert=True)
    values = {"name": name, "kind": kind, "area": area}
    record(action="accounts.office_created", object=f"office:{code}", values=values, by=by, at=at)
    return office


@guarded
@transaction.atomic
def edit_office(*, office: Office, name: str, kind: str, area: str, by: Actor, at: datetime) -> Office:
    """Change name, kind or area of an office; its code stays for ever. Raises ValidationError."""
    before = Office.objects.select_for_update().get(pk=office.pk)
    office.name, office.kind, office.area = name, kind, area
    office.full_clean()
    office.save(update_fields=["name", "kind", "area"])
    values = {
        field: [getattr(before, field), getattr(office, field)]
        for field in ("name", "kind", "area")
        if getattr(before, field) != getattr(office, field)
    }
    record(action="accounts.office_edited", object=f"office:{office.pk}", values=values, by=by, at=at)
    return office
