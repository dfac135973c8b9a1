"""Writing the texts of a report, and making it final."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from satupintu.accounts.gate import guarded, require_area
from satupintu.audit.rules import Actor
from satupintu.outreach.actions.events import _record
from satupintu.outreach.models import Event, Report
from satupintu.outreach.queries.reports import data_of, draft_of, form_of_report, texts_of
from satupintu.outreach.rules.report.data import as_frozen
from satupintu.outreach.rules.report.making import report_of

LONGEST_TEXT = 20_000


@guarded
@transaction.atomic
def write_texts(*, event: Event, texts: Mapping[str, str], by: Actor, at: datetime) -> Report:
    """Write the typed texts of the draft; after a final version this begins the next one.

    Texts that are not named stay as they were. Raises ValidationError, NotAllowed.
    """
    require_area(by, event.region)
    Event.objects.select_for_update().get(pk=event.pk)
    known = form_of_report().texts
    problems = {
        name: _("Teks ini terlalu panjang. Ringkaskan sampai %(most)s huruf.") % {"most": LONGEST_TEXT}
        for name, text in texts.items()
        if len(text) > LONGEST_TEXT
    }
    if problems:
        raise ValidationError(problems)
    before = texts_of(event)
    report = draft_of(event) or Report(event=event, texts=before, made_by=by.ref, made_at=at)
    report.texts = {**report.texts, **{name: text.strip() for name, text in texts.items() if name in known}}
    report.save()
    changed = sorted(name for name, text in report.texts.items() if text != before.get(name, ""))
    _record("report_written", event, {"texts": changed}, by=by, at=at)
    return report


@guarded
@transaction.atomic
def make_final(*, event: Event, by: Actor, at: datetime) -> Report:
    """Freeze the data of the report as they are now, with their SHA-256, as the next version.

    Raises ValidationError with everything that keeps it from being final, NotAllowed.
    """
    require_area(by, event.region)
    event = Event.objects.select_for_update().get(pk=event.pk)
    draft = draft_of(event)
    if draft is None:
        raise ValidationError(_("Belum ada rancangan baru. Ubah teksnya dulu."))
    data = data_of(by, event)
    version = 1 + Report.objects.filter(event=event, state="final").count()
    made = report_of(form_of_report(), data, version=version)
    if made.problems:
        raise ValidationError([problem.text for problem in made.problems])
    draft.state, draft.version, draft.sha256 = "final", version, made.hashed
    draft.frozen, draft.document = as_frozen(data), json.dumps(made.document, ensure_ascii=False)
    draft.final_by, draft.final_at = by.ref, at
    draft.save()
    _record("report_made_final", event, {"version": version, "sha256": made.hashed}, by=by, at=at)
    return draft
