"""What is left of the files of somebody who was forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from satupintu.audit.rules import SYSTEM
from satupintu.licensing.actions.retention import erase_forgotten
from satupintu.licensing.models import Application, Certificate, Decision, Word
from satupintu.licensing.tests.factories import AT
from satupintu.licensing.tests.test_decisions import granted
from satupintu.licensing.tests.test_desk_pages import desk

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=2)


def test_nothing_personal_is_left_of_somebody_forgotten_and_nobody_else_is_touched() -> None:
    paper, other = granted(), granted()
    file = paper.application
    Word.objects.create(
        application=file, text="Nama saya", made_by="user:1", made_by_name="x", from_applicant=True, made_at=AT
    )
    file.person.forgotten_at = LATER
    file.person.save()
    assert erase_forgotten(by=SYSTEM, at=LATER) == 1
    assert erase_forgotten(by=SYSTEM, at=LATER) == 0
    blank = Application.objects.get(pk=file.pk)
    assert (blank.answers, blank.latitude, blank.state) == ("", None, "issued")
    left = Certificate.objects.get(pk=paper.pk)
    assert (left.printed, left.token, left.number) == ("", "", paper.number)
    assert (Word.objects.get().text, Word.objects.get().made_by_name) == ("", "")
    assert {step.made_by_name for step in file.steps.filter(role="vendor")} == {""}
    assert "" not in {step.made_by_name for step in file.steps.exclude(role="vendor")}
    assert [one.frozen == "" for one in Decision.objects.order_by("pk")] == [True, False]
    assert Application.objects.get(pk=other.application_id).answers != ""


def test_pages_of_what_was_erased_are_gone_and_none_breaks() -> None:
    paper = granted()
    Application.objects.update(erased_at=LATER)
    erased = Certificate.objects.filter(pk=paper.pk)
    erased.update(printed="", holder="", token="", sha256="")
    Decision.objects.update(frozen="")
    client, _actor = desk("signing_official")
    gone = [("desk-paper", paper.ref), ("card", paper.ref), ("paper-file", paper.ref), ("stall-sheet", paper.ref)]
    for page, ref in gone:
        assert client.get(reverse(f"licensing:{page}", args=[ref])).status_code == 404
    number = paper.application.number
    assert client.get(reverse("licensing:decision", args=[number, paper.decision_id])).status_code == 404
    assert client.post(reverse("licensing:cards"), {"paper": [str(paper.ref)]}).status_code == 422
    for page, given in (("desk-papers", []), ("desk-file", [number]), ("check-code", [paper.code]), ("register", [])):
        assert client.get(reverse(f"licensing:{page}", args=given)).status_code == 200
