"""Keeping what people said: a sheet from a phone, a paper typed twice, a show of hands."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from satupintu.accounts.gate import guarded, require_area
from satupintu.audit import actions as audit
from satupintu.audit.rules import Actor
from satupintu.registry.queries.known import purposes
from satupintu.surveys.models import Answer, Answering, Survey, Tally
from satupintu.surveys.queries import entry_for, form_of, standings
from satupintu.surveys.rules.answers import read_sheet
from satupintu.surveys.rules.double_entry import ONLY, SETTLED
from satupintu.surveys.rules.questionnaires import Questionnaire

RESPONDENT = re.compile(r"(card:[^:\s]{1,80}:[A-Z]{1,3}[0-9]{1,5}|sheet:[^:\s]{1,80}:[0-9]{1,5}|person:[0-9a-f-]{36})")
LARGEST_CROWD = 100_000
T = TypeVar("T", Answering, Tally)


@guarded
@transaction.atomic
def keep_sheet(
    *,
    survey: Survey,
    respondent: str,
    values: Mapping[str, str],
    channel: str = "phone",
    consent: str = "",
    ref: uuid.UUID | None = None,
    said_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Answering:
    """Add one sheet of a respondent who agreed to ``consent`` (the version of the text read; today's if empty).

    ``values`` are typed or chosen answers by item; skipped ones are left out. A ``ref`` that stands already gives that
    sheet again. The last sheet of a respondent counts. Raises ValidationError by item, NotAllowed.
    """
    require_area(by, survey.region)
    known = Answering.objects.filter(ref=ref).first() if ref else None
    if known is not None:
        return _same_survey(known, survey)
    return _keep(survey, respondent, values, channel, ONLY, consent, ref, said_at or at, by, at)


@guarded
@transaction.atomic
def type_sheet(
    *, survey: Survey, respondent: str, values: Mapping[str, str], consent: str = "", by: Actor, at: datetime
) -> Answering:
    """Add what somebody typed from a paper: the first entry, or the second if another person typed the first.

    Raises ValidationError (also where it is somebody else's turn), NotAllowed.
    """
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    try:
        entry = entry_for(by, survey, respondent)
    except ValueError as refused:
        raise ValidationError({"card": str(refused)}) from refused
    return _keep(survey, respondent, values, "paper", entry, consent, None, at, by, at)


@guarded
@transaction.atomic
def settle_sheet(*, survey: Survey, respondent: str, settled: Mapping[str, str], by: Actor, at: datetime) -> Answering:
    """Add the third sheet: what two people typed the same, and ``settled`` for each item that differed.

    Raises ValidationError by item, NotAllowed.
    """
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    state = next((state for state in standings(survey) if state.respondent == respondent), None)
    if state is None or not state.standing.unsettled:
        raise ValidationError(_("Tidak ada beda yang perlu diselesaikan di lembar ini."))
    items = [difference.item for difference in state.standing.unsettled]
    missing = {item: "Pilih salah satu." for item in items if item not in settled}
    if missing:
        raise ValidationError(missing)
    values = {**state.standing.values, **{item: settled[item] for item in items}}
    last = Answering.objects.filter(survey=survey, respondent=respondent).latest("said_at", "entry", "ref")
    return _keep(survey, respondent, values, "paper", SETTLED, last.consent.partition(":")[2], None, at, by, at)


@guarded
@transaction.atomic
def keep_tallies(*, survey: Survey, asked: int, counts: Mapping[str, int], by: Actor, at: datetime) -> list[Tally]:
    """Add the hands of several items counted among the same people; all or none. Raises ValidationError, NotAllowed."""
    return [keep_tally(survey=survey, item=item, yes=yes, asked=asked, by=by, at=at) for item, yes in counts.items()]


@guarded
@transaction.atomic
def keep_tally(
    *,
    survey: Survey,
    item: str,
    yes: int,
    asked: int,
    ref: uuid.UUID | None = None,
    said_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Tally:
    """Add a show of hands; the last of an item counts, and it pairs with nobody. Raises ValidationError, NotAllowed."""
    require_area(by, survey.region)
    known = Tally.objects.filter(ref=ref).first() if ref else None
    if known is not None:
        return _same_survey(known, survey)
    found = form_of(survey).item(item)
    if found is None or found.type != "yesno":
        raise ValidationError({"item": _("Angkat tangan hanya untuk pernyataan Ya atau Belum.")})
    if not 0 < asked <= LARGEST_CROWD:
        raise ValidationError({"asked": _("Tulis berapa orang yang hadir, minimal 1.")})
    if not 0 <= yes <= asked:
        raise ValidationError(
            {"yes": _("Yang angkat tangan %(yes)s, yang hadir %(asked)s. Hitung lagi.") % {"yes": yes, "asked": asked}}
        )
    _require_open(survey, said_at or at)
    tally = Tally(
        ref=ref or uuid.uuid4(),
        survey=survey,
        item=item,
        yes=yes,
        asked=asked,
        said_at=said_at or at,
        made_by=by.ref,
        made_at=at,
    )
    tally.save()
    values = {"survey": str(survey.ref), "item": item, "yes": yes, "asked": asked}
    audit.record(action="surveys.tally_kept", object=f"tally:{tally.ref}", values=values, by=by, at=at)
    return tally


def _same_survey(known: T, survey: Survey) -> T:
    if known.survey_id != survey.pk:
        raise ValidationError(_("Nomor lembar ini sudah dipakai kuesioner lain. Isi lembar baru."))
    return known


def _keep(
    survey: Survey,
    respondent: str,
    typed: Mapping[str, str],
    channel: str,
    entry: int,
    consent: str,
    ref: uuid.UUID | None,
    said_at: datetime,
    by: Actor,
    at: datetime,
) -> Answering:
    require_area(by, survey.region)
    _require_open(survey, said_at)
    if not RESPONDENT.fullmatch(respondent):
        raise ValidationError({"card": _("Kode kartunya tidak dikenal. Contoh P001.")})
    form = form_of(survey)
    sheet = read_sheet(form, typed)
    if sheet.faults:
        raise ValidationError(dict(sheet.faults))
    made = Answering(
        ref=ref or uuid.uuid4(),
        survey=survey,
        respondent=respondent,
        channel=channel,
        entry=entry,
        consent=_consent(form, consent, said_at),
        said_at=said_at,
        made_by=by.ref,
        made_at=at,
    )
    made.save()
    Answer.objects.bulk_create(Answer(answering=made, item=item, value=value) for item, value in sheet.values.items())
    values = {"survey": str(survey.ref), "channel": channel, "entry": entry, "items": len(sheet.values)}
    person = respondent.removeprefix("person:") if respondent.startswith("person:") else ""
    name = f"answering:{made.ref}"
    audit.record(action="surveys.sheet_kept", object=name, person=person, values=values, by=by, at=at)
    return made


def _require_open(survey: Survey, said_at: datetime) -> None:
    if survey.closed_at and said_at > survey.closed_at:
        raise ValidationError(_("Kuesioner ini sudah ditutup. Buka kuesioner baru untuk bertanya lagi."))


def _consent(form: Questionnaire, version: str, said_at: datetime) -> str:
    """Purpose and version of the text that was agreed to."""
    text = purposes()[form.consent].read_out(version, localdate(said_at))
    if text is None:
        raise ValidationError(
            {"consent": _("Kalimat persetujuan versi %(version)s tidak dikenal. Tanyakan lagi.") % {"version": version}}
        )
    return f"{form.consent}:{text.version}"
