"""Renewing a paper: a new file that keeps its number, filled in with the answers of the old one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from satupintu.accounts.gate import guarded
from satupintu.audit.rules import Actor
from satupintu.licensing.actions.files import start_file
from satupintu.licensing.actions.filling import save_answers
from satupintu.licensing.models import Application, Certificate
from satupintu.licensing.queries.renewing import renewal_of
from satupintu.licensing.queries.standing import answers_of, service_of
from satupintu.licensing.rules.answers import Unusable, read_answer
from satupintu.licensing.rules.renewing import OPEN
from satupintu.web.formats import date_long


@guarded
@transaction.atomic
def start_renewal(*, certificate: Certificate, channel: str = "self", by: Actor, at: datetime) -> Application:
    """Begin the file that renews a paper; one begun before is gone on with. The old paper holds until its last day.

    Raises ValidationError before or after the days on which it may be renewed, NotAllowed as ``start_file``.
    """
    day = localdate(at)
    renewable = renewal_of(certificate, day)
    if renewable.file is not None:
        return renewable.file
    if Certificate.objects.filter(follows=certificate).exists():
        raise ValidationError(_("Surat ini sudah diperpanjang. Lihat surat yang baru."))
    if renewable.when.state != OPEN:
        opens = renewable.when.opens
        if opens is None:
            raise ValidationError(_("Surat ini tidak bisa diperpanjang. Ajukan surat baru atau tanya petugas."))
        raise ValidationError(_("Perpanjangan dibuka %(day)s. Coba lagi hari itu.") % {"day": date_long(opens)})
    file = start_file(
        person=certificate.person,
        licence=certificate.licence,
        business=certificate.business,
        channel=channel,
        renews=certificate,
        by=by,
        at=at,
    )
    if file.made_at == at and (values := _answers_again(certificate.application, file, day)):
        save_answers(application=file, values=values, by=by, at=at)
    return Application.objects.get(pk=file.pk)


def _answers_again(old: Application, new: Application, day: date) -> dict[str, Any]:
    """The answers of the old file that today's form still asks for and can read."""
    service, found = service_of(new), {}
    for name, value in answers_of(old).items():
        field = service.field(name)
        if field is None:
            continue
        try:
            found[name] = read_answer(field, value, day)
        except Unusable:
            continue
    return found
