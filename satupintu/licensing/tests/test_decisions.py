"""Deciding, issuing, and what is frozen with a decision."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from satupintu.accounts.gate import NotAllowed
from satupintu.audit.rules import SYSTEM
from satupintu.licensing.actions import certificates, decisions
from satupintu.licensing.actions.moves import Stale
from satupintu.licensing.models import Application, Certificate, Decision, Delegation, Series
from satupintu.licensing.queries.freezing import explanation_of, rule_version
from satupintu.licensing.tests.factories import AT, application, front, signer, verifier
from satupintu.messages.models import Message
from satupintu.registry.models import Milestone, PaperHeld

pytestmark = pytest.mark.django_db
DAY = localdate(AT)
A_YEAR = DAY + timedelta(days=365)
LATER = AT + timedelta(days=30)


def granted(**given: object) -> Certificate:
    """A paper that was just issued."""
    file = application(state="examined", **given)
    when = file.moved_at + timedelta(hours=1)
    first = localdate(when)
    by = signer(office=file.office)
    decisions.grant(application=file, valid_from=first, valid_until=first + timedelta(days=365), by=by, at=when)
    return Certificate.objects.get(application=file)


def test_granting_decides_issues_numbers_and_tells_in_one_go() -> None:
    paper = granted()
    file = paper.application
    assert (file.state, file.steps.count(), paper.status) == ("issued", file.revision, "active")
    assert paper.number == f"0001/TDU-PKL/{paper.issued.year}"
    assert [step.move for step in file.steps.all()][-2:] == ["grant", "issue"]
    held = PaperHeld.objects.get(person=file.person, paper="tdu_pkl")
    assert (held.number, held.valid_until) == (paper.number, paper.valid_until)
    codes = {*Milestone.objects.filter(person=file.person).values_list("code", flat=True)}
    assert ("paper_tdu_pkl" in codes, "licensed" in codes) == (True, False)  # "licensed" says: has an NIB
    assert file.person.display_name not in json.dumps(paper.public) + paper.token + paper.holder


def test_numbers_follow_each_other_without_a_gap_also_after_a_failure() -> None:
    first = granted()
    file = application(state="examined")
    when = file.moved_at + timedelta(hours=1)
    with pytest.raises(ValidationError):
        decisions.grant(application=file, valid_from=localdate(when), valid_until=None, by=signer(), at=when)
    second = granted()
    assert (first.serial, second.serial) == (1, 2)
    assert Series.objects.get().last == 2


def test_who_examined_does_not_decide() -> None:
    file = application(state="examined")
    examined_by = file.steps.get(move="examine").made_by
    when = file.moved_at + timedelta(hours=1)
    same = signer(int(examined_by.removeprefix("user:")))
    with pytest.raises(ValidationError, match="Yang ikut memeriksa tidak boleh memutuskan"):
        decisions.grant(application=file, valid_from=localdate(when), valid_until=A_YEAR, by=same, at=when)
    assert Application.objects.get(pk=file.pk).state == "examined"
    assert Decision.objects.count() == 0


@pytest.mark.parametrize("other", [verifier(), front(), signer(office="kantor-lain")])
def test_nobody_else_decides(other: object) -> None:
    file = application(state="examined")
    when = file.moved_at + timedelta(hours=1)
    with pytest.raises(NotAllowed):
        decisions.refuse(application=file, reasons=["red_zone"], by=other, at=when)


def test_an_acting_official_decides_within_the_days_of_the_letter_only() -> None:
    file = application(state="examined")
    when = file.moved_at + timedelta(hours=1)
    other = signer(key=77, office="dpmptsp")
    day = localdate(when)
    Delegation.objects.create(
        office=file.office,
        holder=other.ref,
        holder_name="Petugas 77",
        begins=day - timedelta(days=9),
        ends=day - timedelta(days=1),
        letter="800/1/2026",
        made_by="user:1",
        made_at=AT,
    )
    with pytest.raises(NotAllowed):
        decisions.grant(application=file, valid_from=day, valid_until=A_YEAR, by=other, at=when)
    Delegation.objects.update(ends=day, longest_months=11)
    with pytest.raises(ValidationError, match="paling lama 11 bulan"):
        decisions.grant(application=file, valid_from=day, valid_until=A_YEAR, by=other, at=when)
    Delegation.objects.update(longest_months=13)
    decision = decisions.grant(application=file, valid_from=day, valid_until=A_YEAR, by=other, at=when)
    assert decision.delegation is not None
    printed = json.loads(Certificate.objects.get(application=file).printed)
    assert printed["letter"] == "800/1/2026"
    assert explanation_of(decision)["frozen"]["delegation"]["letter"] == "800/1/2026"


def test_a_page_opened_before_somebody_moved_the_file_decides_nothing() -> None:
    file = application(state="examined")
    when = file.moved_at + timedelta(hours=1)
    with pytest.raises(Stale):
        decisions.refuse(application=file, reasons=["red_zone"], revision=file.revision - 1, by=signer(), at=when)
    with pytest.raises(decisions.RulesChanged):
        decisions.refuse(application=file, reasons=["red_zone"], rules="0" * 64, by=signer(), at=when)
    decisions.refuse(
        application=file, reasons=["red_zone"], revision=file.revision, rules=rule_version(file), by=signer(), at=when
    )
    assert Application.objects.get(pk=file.pk).state == "refused"


def test_a_refusal_says_why_to_whoever_asked_and_can_be_objected_to_and_answered_by_another() -> None:
    file = application(state="examined")
    file.person.channel, file.person.phone = "whatsapp", "+6281234567890"
    file.person.save()
    when = file.moved_at + timedelta(hours=1)
    decisions.refuse(application=file, reasons=["red_zone"], note="Tanya kelurahan.", by=signer(), at=when)
    message = Message.objects.get(template="file_refused")
    assert "zona merah" in message.text.lower()
    Application.objects.filter(pk=file.pk).update(state="objection")
    with pytest.raises(ValidationError, match="Minta petugas lain"):
        decisions.uphold(application=file, note="Tetap.", by=signer(), at=when)
    day = localdate(when)
    decisions.overturn(application=file, valid_from=day, valid_until=A_YEAR, note="Benar.", by=signer(key=88), at=when)
    assert Application.objects.get(pk=file.pk).state == "issued"


def test_a_decision_explains_itself_from_what_was_frozen_and_notices_a_change() -> None:
    paper = granted()
    decision = paper.decision
    assert decision is not None
    told = explanation_of(decision)
    assert told["whole"]
    frozen = told["frozen"]
    assert frozen["rules"]["version"] == decision.rule_version
    assert frozen["clock"]["accepted"] is not None
    assert {one["slot"] for one in frozen["documents"]} >= {"ktp", "sku"}
    assert frozen["law"]["basis"][0]["law"]
    decision.frozen = decision.frozen.replace("examine", "examined", 1)
    decision.save()
    assert not explanation_of(Decision.objects.get(pk=decision.pk))["whole"]


def test_a_correction_keeps_the_number_and_ends_the_paper_before_it() -> None:
    paper = granted()
    fresh = certificates.correct(
        certificate=paper, changes={"address": "Jalan Betul"}, reason="Salah tulis jalan", by=signer(), at=LATER
    )
    paper.refresh_from_db()
    assert (paper.status, fresh.status, fresh.edition) == ("superseded", "active", 2)
    assert (fresh.number, fresh.follows) == (paper.number, paper)
    assert fresh.code != paper.code
    assert json.loads(fresh.printed)["address"] == "Jalan Betul"


def test_suspending_lifting_and_revoking_need_reasons_and_an_order() -> None:
    paper = granted()
    with pytest.raises(ValidationError, match="Pilih satu alasan"):
        certificates.suspend(certificate=paper, reasons=[], by=signer(), at=LATER)
    certificates.suspend(certificate=paper, reasons=[], note="Lapak pindah.", by=signer(), at=LATER)
    assert Certificate.objects.get().status == "suspended"
    certificates.lift(certificate=paper, note="Sudah kembali.", by=signer(), at=LATER)
    assert Certificate.objects.get().status == "active"
    certificates.revoke(certificate=paper, reasons=[], note="Lapak ditutup.", by=signer(), at=LATER)
    assert Certificate.objects.get().status == "revoked"
    assert Application.objects.get().state == "revoked"
    with pytest.raises(ValidationError):
        certificates.revoke(certificate=paper, reasons=[], note="Lagi.", by=signer(), at=LATER)


def test_a_paper_ends_the_day_after_its_last_one() -> None:
    paper = granted()
    last = paper.valid_until
    assert last is not None
    assert certificates.expire_due(on=last, by=SYSTEM, at=LATER) == 0
    assert certificates.expire_due(on=last + timedelta(days=1), by=SYSTEM, at=LATER) == 1
    assert Certificate.objects.get().status == "expired"
    assert Application.objects.get().state == "expired"


def test_a_renewal_keeps_the_number_and_ends_the_old_paper() -> None:
    paper = granted()
    renewal = granted(person=paper.person, renews=paper)
    paper.refresh_from_db()
    assert (renewal.number, renewal.edition, paper.status) == (paper.number, 2, "superseded")
    assert paper.application.state == "renewed"
    assert Series.objects.get().last == 1


def test_the_days_of_a_paper_must_be_possible() -> None:
    file = application(state="examined")
    when = file.moved_at + timedelta(hours=1)
    for first, last in ((date(2020, 1, 1), A_YEAR), (localdate(when), localdate(when)), (localdate(when), None)):
        with pytest.raises(ValidationError):
            decisions.grant(application=file, valid_from=first, valid_until=last, by=signer(), at=when)
