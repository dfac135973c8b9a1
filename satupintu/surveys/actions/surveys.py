"""Beginning to ask, and ending it."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from satupintu.accounts.gate import guarded, require_area
from satupintu.audit import actions as audit
from satupintu.audit.rules import Actor
from satupintu.surveys import reading
from satupintu.surveys.models import Survey


@guarded
@transaction.atomic
def open_survey(
    *,
    questionnaire: str,
    wave: str,
    subject: str,
    region: str,
    title: str = "",
    after_days: int = 0,
    version: str = "",
    by: Actor,
    at: datetime,
) -> Survey:
    """Ask a questionnaire (in today's version unless one is named) in one wave about a subject.

    The same questionnaire, wave and days give the survey that stands already. Raises ValidationError, NotAllowed.
    """
    require_area(by, region)
    library = reading.library()
    form = library.get(questionnaire, version) if version else library.on(localdate(at)).get(questionnaire)
    if form is None:
        raise ValidationError(
            {
                "questionnaire": _("Kuesioner %(questionnaire)s %(version)s tidak ada. Pilih dari daftar.")
                % {"questionnaire": questionnaire, "version": version}
            }
        )
    if wave not in form.waves:
        raise ValidationError({"wave": _("Kuesioner ini tidak ditanyakan pada waktu itu. Pilih waktu lain.")})
    if after_days and wave != "followup":
        raise ValidationError({"after_days": _("Jumlah hari hanya untuk tindak lanjut. Kosongkan.")})
    survey, new = Survey.objects.get_or_create(
        subject=subject,
        questionnaire=questionnaire,
        wave=wave,
        after_days=after_days,
        defaults={
            "version": form.version,
            "title": title.strip()[:150],
            "region": region,
            "made_by": by.ref,
            "made_at": at,
        },
    )
    if new:
        values = {"questionnaire": questionnaire, "version": form.version, "wave": wave, "subject": subject}
        audit.record(action="surveys.survey_opened", object=survey.reference, values=values, by=by, at=at)
    return survey


@guarded
@transaction.atomic
def close_survey(*, survey: Survey, by: Actor, at: datetime) -> Survey:
    """End a survey: what is said later is refused, what was said before and arrives late is kept."""
    require_area(by, survey.region)
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    if survey.closed_at is None:
        survey.closed_at = at
        survey.save(update_fields=["closed_at"])
        audit.record(action="surveys.survey_closed", object=survey.reference, by=by, at=at)
    return survey
