"""Erasing what files and papers hold about people who were forgotten (UU 27/2022 art. 42-44)."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction

from satupintu.accounts.gate import guarded
from satupintu.audit import actions as audit
from satupintu.audit.rules import Actor
from satupintu.licensing import paper_store
from satupintu.licensing.models import (
    Application,
    Assisted,
    Certificate,
    Decision,
    Recommendation,
    Step,
    Visit,
    Word,
)
from satupintu.licensing.rules.moves import VENDOR


@guarded
@transaction.atomic
def erase_forgotten(*, by: Actor, at: datetime) -> int:
    """Blank what people wrote and what was printed for everybody forgotten since; returns how many files.

    What says nothing of a person stays: numbers, moves, days, outcome, the hash of what was frozen, and the row of the
    public register. The sealed PDF is deleted after commit.
    """
    files = Application.objects.filter(person__forgotten_at__isnull=False, erased_at__isnull=True)
    keys = list(files.select_for_update(of=("self",)).values_list("pk", flat=True))
    papers = Certificate.objects.filter(application__in=keys)
    for ref in papers.values_list("ref", flat=True):
        transaction.on_commit(partial(paper_store.remove, ref))
    papers.update(printed="", holder="", sha256="", token="", status_reason="")
    Decision.objects.filter(application__in=keys).update(frozen="", note="")
    Step.objects.filter(application__in=keys).update(note="")
    Step.objects.filter(application__in=keys, role=VENDOR).update(made_by_name="")
    Word.objects.filter(application__in=keys).update(text="")
    Word.objects.filter(application__in=keys, from_applicant=True).update(made_by_name="")
    Visit.objects.filter(application__in=keys).update(findings="", latitude=None, longitude=None)
    Recommendation.objects.filter(application__in=keys).update(answer="", question="")
    Assisted.objects.filter(application__in=keys).update(outcome="", place="")
    Application.objects.filter(pk__in=keys).update(answers="", latitude=None, longitude=None, erased_at=at)
    audit.record(action="licensing.forgotten_erased", object="licensing", values={"files": len(keys)}, by=by, at=at)
    return len(keys)
