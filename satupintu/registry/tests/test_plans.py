"""The kept plan: consent first, ticked and undone, recomputed with a note, moved on by a paper, reminded once."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from satupintu.accounts.gate import NotAllowed
from satupintu.accounts.queries import actor_of
from satupintu.accounts.tests.factories import make_office, make_user
from satupintu.audit import queries as audit
from satupintu.messages.models import Message
from satupintu.registry import actions
from satupintu.registry.models import Business, FollowUp, KeptPlan, Milestone, Person
from satupintu.registry.queries import plans
from satupintu.registry.rules.plans import changed_needs, standings
from satupintu.registry.tests.factories import (
    AT,
    BEKASI_TIMUR,
    CILOK,
    MUSTIKAJAYA,
    SOON,
    actor,
    agreed,
    kept_plan,
    photo,
    register,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
NIB = "9120001234567"


def as_vendor(person: Person) -> object:
    """The person, signed in with an account of their own."""
    user = person.user or make_user("vendor")
    actions.link_account(person=person, user=user, by=actor(), at=AT)
    person.refresh_from_db()
    return actor_of(user)


def test_the_first_open_step_has_the_turn_and_a_waiting_one_is_locked() -> None:
    steps = [("npwp", ()), ("nib", ()), ("halal", ("nib",)), ("spp", ("nib", "npwp"))]
    assert [(s.paper, s.state, s.waits) for s in standings(steps, {"npwp"})] == [
        ("npwp", "done", ()),
        ("nib", "your-turn", ()),
        ("halal", "locked", ("nib",)),
        ("spp", "locked", ("nib",)),
    ]
    assert [s.state for s in standings(steps, {"npwp", "nib", "halal", "spp"})] == ["done"] * 4


def test_needs_that_differ_are_named_with_both_sides() -> None:
    before, after = {"nib": "now", "sku": "now"}, {"nib": "now", "halal": "later"}
    assert changed_needs(before, after) == [
        {"paper": "halal", "before": "not_needed", "after": "later"},
        {"paper": "sku", "before": "now", "after": "not_needed"},
    ]


def test_staff_keep_a_plan_only_with_recorded_consent() -> None:
    person = register()
    with pytest.raises(ValidationError, match="Belum ada persetujuan simpan langkah"):
        actions.keep_plan(person=person, answers=CILOK, by=actor("facilitator"), at=AT)
    assert KeptPlan.objects.count() == Business.objects.count() == 0
    actions.give_consent(person=person, purpose="keep_plan", by=actor("facilitator"), at=AT)
    plan = actions.keep_plan(person=person, answers=CILOK, by=actor("facilitator"), at=AT)
    assert (plan.filled_by, plan.law_day, plan.answers) == ("Petugas 900001", TODAY, CILOK)
    assert plan.needs["nib"] == "now"
    assert plan.business.place == "cart"
    assert plan.business.facts["fixed_spot"] == "yes"
    assert not {"kbli", "kbli_version", "place", "jual"} & plan.business.facts.keys()
    assert list(plan.business.codes.values_list("version", "code", "main")) == [("2020", "56104", True)]
    assert Milestone.objects.filter(person=person, code="plan_kept").count() == 1
    actions.withdraw_consent(person=person, purpose="keep_plan", by=actor("facilitator"), at=SOON)
    with pytest.raises(ValidationError, match="Belum ada persetujuan"):
        actions.tick_step(plan=plan, paper="nib", by=actor("facilitator"), at=SOON)


def test_a_vendor_keeps_their_own_plan_without_a_consent_row_and_nobody_elses() -> None:
    own, other = register(), register()
    vendor = as_vendor(own)
    plan = actions.keep_plan(person=own, answers=CILOK, by=vendor, at=AT)
    assert plan.filled_by == ""
    with pytest.raises(NotAllowed):
        actions.keep_plan(person=other, answers=CILOK, by=vendor, at=AT)
    with pytest.raises(NotAllowed):
        actions.tick_step(plan=kept_plan(agreed()), paper="nib", by=vendor, at=AT)


@pytest.mark.parametrize("role", ["partner", "leadership", "signing_official"])
def test_roles_without_the_row_keep_no_plan(role: str) -> None:
    with pytest.raises(NotAllowed):
        actions.keep_plan(person=agreed(), answers=CILOK, by=actor(role), at=AT)


def test_an_officer_of_another_kecamatan_reaches_no_plan() -> None:
    plan = kept_plan()
    elsewhere = actor(area=BEKASI_TIMUR)
    for action, given in (
        (actions.recompute_plan, {}),
        (actions.tick_step, {"paper": "nib"}),
        (actions.untick_step, {"paper": "nib"}),
        (actions.hold_paper, {"paper": "nib", "number": NIB}),
        (actions.remind_next_step, {"link": "https://contoh.test/langkah/"}),
    ):
        with pytest.raises(NotAllowed):
            action(plan=plan, **given, by=elsewhere, at=AT)


@pytest.mark.parametrize(
    "answers",
    [{}, {"jual": "cilok"}, CILOK | {"place": "di-bulan"}, {k: v for k, v in CILOK.items() if k != "extras"}],
)
def test_answers_that_make_no_plan_are_refused(answers: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match=r"belum lengkap|tidak dikenal"):
        actions.keep_plan(person=agreed(), answers=answers, by=actor(), at=AT)


def test_keeping_again_for_the_same_business_works_it_out_anew() -> None:
    person = agreed()
    first = kept_plan(person)
    given = {"person": person, "answers": CILOK | {"zone": "red"}, "business": first.business}
    second = actions.keep_plan(**given, by=actor(), at=SOON)
    assert (second.pk, KeptPlan.objects.count(), Business.objects.count()) == (first.pk, 1, 1)
    assert second.answers["zone"] == "red"
    assert second.business.facts["zone"] == "red"


def test_a_change_of_facts_is_noted_paper_by_paper_with_a_milestone() -> None:
    plan = kept_plan()
    before = plan.needs
    changed = actions.recompute_plan(plan=plan, answers=CILOK | {"zone": "binaan"}, by=actor(), at=SOON)
    wanted = changed_needs(before, changed.needs)
    assert changed.changes == wanted
    assert wanted
    assert changed.changed_at == SOON
    assert Milestone.objects.filter(code="plan_changed", evidence=f"plan:{plan.ref}").count() == 1
    again = actions.recompute_plan(plan=changed, by=actor(), at=SOON + timedelta(hours=1))
    assert (again.changes, again.changed_at) == (wanted, SOON)


def test_a_change_of_law_is_told_before_anything_is_written() -> None:
    plan = kept_plan()
    KeptPlan.objects.filter(pk=plan.pk).update(needs=plan.needs | {"nib": "not_needed"}, law_day=date(2025, 6, 4))
    plan.refresh_from_db()
    page = plans.plan_page(plan, TODAY)
    assert [(news["paper"], news["before"], news["after"]) for news in page["news"]] == [("nib", "not_needed", "now")]
    actions.recompute_plan(plan=plan, by=actor(), at=AT)
    plan.refresh_from_db()
    page = plans.plan_page(plan, TODAY)
    assert page["news"] == []
    assert [change["paper"] for change in page["changes"]] == ["nib"]


def test_ticking_moves_the_plan_on_and_undoing_moves_it_back() -> None:
    plan = kept_plan()
    start = plans.plan_page(plan, TODAY)
    first = start["next"]["standing"].paper
    assert (start["done"], start["total"]) == (0, len(start["steps"]))
    actions.tick_step(plan=plan, paper=first, by=actor(), at=AT)
    actions.tick_step(plan=plan, paper=first, by=actor(), at=SOON)
    after = plans.plan_page(KeptPlan.objects.get(), TODAY)
    inside = {step["standing"].paper for step in start["steps"] if step["inside"]}
    assert (first, inside) == ("nib", {"kkpr", "sertifikat_standar", "sppl"})
    assert {s["standing"].paper for s in after["steps"] if s["standing"].state == "done"} == {first, *inside}
    assert (after["done"], after["next"]["standing"].paper in inside) == (4, False)
    assert actions.untick_step(plan=plan, paper=first, by=actor(), at=SOON) is True
    assert actions.untick_step(plan=plan, paper=first, by=actor(), at=SOON) is False
    assert plans.plan_page(KeptPlan.objects.get(), TODAY)["next"]["standing"].paper == first
    assert not Milestone.objects.filter(code=f"step_{first}").exists()
    acts = [r.action for r in audit.of_object(f"plan:{plan.ref}")]
    assert sorted(acts) == ["registry.plan_kept", "registry.step_done", "registry.step_undone"]


@pytest.mark.parametrize(("paper", "step"), [("nib", "online-99"), ("nib", ""), ("tidak-ada", "done")])
def test_an_unknown_step_is_refused(paper: str, step: str) -> None:
    with pytest.raises(ValidationError, match="tidak dikenal"):
        actions.tick_step(plan=kept_plan(), paper=paper, step=step, by=actor(), at=AT)


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("", "Tulis nomor seperti di suratnya"),
        ("912000123456", "NIB"),
        ("91200012345678", "NIB"),
        ("9120ABC234567", "NIB"),
    ],
)
def test_an_nib_without_thirteen_digits_moves_nothing(number: str, says: str) -> None:
    plan = kept_plan()
    with pytest.raises(ValidationError, match=says):
        actions.hold_paper(plan=plan, paper="nib", number=number, by=actor(), at=AT)
    assert plans.plan_page(plan, TODAY)["done"] == 0


def test_a_noted_paper_with_evidence_finishes_its_step() -> None:
    plan = kept_plan()
    person = plan.business.person
    evidence = actions.add_document(person=person, kind="nib", content=photo(), by=actor(), at=AT)
    held = actions.hold_paper(
        plan=plan, paper="nib", number="9120 0012 34567", issued=TODAY, evidence=evidence, by=actor(), at=AT
    )
    assert (held.number, held.evidence, held.business) == (NIB, evidence, plan.business)
    page = plans.plan_page(KeptPlan.objects.get(), TODAY)
    step = next(step for step in page["steps"] if step["standing"].paper == "nib")
    assert (step["standing"].state, step["held"]) == ("done", True)
    assert [row["held"].number for row in page["papers"]] == [NIB]


def with_phone(**given: str) -> KeptPlan:
    """A plan of somebody who chose WhatsApp."""
    return kept_plan(agreed(phone="081234567890", channel="whatsapp", **given))


def test_a_reminder_goes_once_per_step_by_the_chosen_channel() -> None:
    plan = with_phone()
    actions.give_consent(person=plan.business.person, purpose="reminders", by=actor(), at=AT)
    link = "https://contoh.test/langkah/"
    first = actions.remind_next_step(plan=plan, link=link, by=actor(), at=AT)
    again = actions.remind_next_step(plan=plan, link=link, by=actor(), at=SOON)
    assert (first.pk, Message.objects.count()) == (again.pk, 1)
    paper = plans.plan_page(plan, TODAY)["next"]["standing"].paper
    assert (first.key, first.channel, first.receiver) == (f"next-step:{plan.pk}:{paper}", "whatsapp", "+6281234567890")
    assert link in first.text
    actions.tick_step(plan=plan, paper=paper, by=actor(), at=SOON)
    actions.remind_next_step(plan=KeptPlan.objects.get(), link=link, by=actor(), at=SOON)
    assert Message.objects.count() == 2


def test_without_consent_channel_or_open_step_nobody_is_reminded() -> None:
    plan = with_phone()
    with pytest.raises(ValidationError, match="Belum ada persetujuan kirim pengingat"):
        actions.remind_next_step(plan=plan, link="https://contoh.test/", by=actor(), at=AT)
    silent = kept_plan()
    actions.give_consent(person=silent.business.person, purpose="reminders", by=actor(), at=AT)
    with pytest.raises(ValidationError, match="tidak dikirimi"):
        actions.remind_next_step(plan=silent, link="https://contoh.test/", by=actor(), at=AT)
    actions.give_consent(person=plan.business.person, purpose="reminders", by=actor(), at=AT)
    for step in plans.plan_page(plan, TODAY)["steps"]:
        actions.tick_step(plan=plan, paper=step["standing"].paper, by=actor(), at=AT)
    with pytest.raises(ValidationError, match="sudah selesai"):
        actions.remind_next_step(plan=KeptPlan.objects.get(pk=plan.pk), link="https://contoh.test/", by=actor(), at=AT)
    assert Message.objects.count() == 0


def test_a_change_of_law_is_announced_once_and_only_to_those_who_agreed_and_are_in_sight() -> None:
    agrees, silent, elsewhere = with_phone(), with_phone(), with_phone(region="32.75.01.1001")
    for plan in (agrees, elsewhere):
        actions.give_consent(person=plan.business.person, purpose="reminders", by=actor(area=""), at=AT)
    people = [(plan.business.person_id, ["NIB", "SKU"]) for plan in (agrees, silent, elsewhere)]
    by = actor("verifier", MUSTIKAJAYA)
    given = {"people": people, "change": "2025-06-05", "day": TODAY, "link": "https://contoh.test/"}
    assert actions.announce_change(**given, by=by, at=AT) == 1
    assert actions.announce_change(**given, by=by, at=SOON) == 0
    message = Message.objects.get()
    assert message.key == f"law-change:2025-06-05:{agrees.business.person_id}"
    assert message.person == agrees.business.person.reference
    assert "NIB, SKU" in message.text


def test_a_change_of_law_is_not_announced_again_to_an_entry_that_took_in_the_one_that_was_told() -> None:
    told, kept = with_phone(), with_phone()
    for plan in (told, kept):
        actions.give_consent(person=plan.business.person, purpose="reminders", by=actor(area=""), at=AT)
    given = {"change": "2025-06-05", "day": TODAY, "link": "https://contoh.test/", "by": actor("verifier", "")}
    assert actions.announce_change(people=[(told.business.person_id, ["NIB"])], **given, at=AT) == 1
    actions.merge_people(
        kept=kept.business.person, removed=told.business.person, reason="KTP sama", by=actor(area=""), at=AT
    )
    assert actions.announce_change(people=[(kept.business.person_id, ["NIB"])], **given, at=SOON) == 0
    assert Message.objects.count() == 1


def test_a_vendor_who_is_stuck_is_put_before_whoever_filled_the_plan() -> None:
    make_office("kec-mustikajaya", "kecamatan", MUSTIKAJAYA)
    plan = kept_plan()
    vendor = as_vendor(plan.business.person)
    first = actions.ask_for_help(plan=plan, paper="nib", by=vendor, at=AT)
    assert actions.ask_for_help(plan=plan, paper="nib", by=vendor, at=SOON) == first
    assert (first.owner, first.office, first.due) == ("user:900001", "kec-mustikajaya", TODAY)
    assert first.why.startswith("Minta dibantu: NIB")


def test_asking_to_be_forgotten_reaches_the_office_and_erases_nothing_yet() -> None:
    make_office()
    person = register()
    vendor = as_vendor(person)
    actions.ask_to_be_forgotten(person=person, by=vendor, at=AT)
    assert FollowUp.objects.get().office == "dpmptsp"
    assert Person.objects.get(pk=person.pk).forgotten_at is None


def test_one_may_take_all_of_ones_own_data_along_and_it_is_witnessed() -> None:
    person = agreed(nik="", phone="081234567890")
    plan = kept_plan(person)
    vendor = as_vendor(person)
    data = actions.hand_out_own_data(person=person, by=vendor, at=AT)
    assert (data["nama"], data["nomor_hp"]) == (person.display_name, "081234567890")
    assert data["usaha"][0]["langkah"]["jawaban"] == CILOK
    assert data["persetujuan"][0]["tujuan"] == "keep_plan"
    assert audit.about_person(person.reference)[0].action == "registry.own_data_handed_out"
    with pytest.raises(NotAllowed):
        actions.hand_out_own_data(person=person, by=actor(), at=AT)
    assert plan.business.person == person


def test_a_forgotten_person_leaves_no_answers() -> None:
    plan = kept_plan()
    actions.forget_person(person=plan.business.person, why="Diminta orangnya", by=actor("administrator", ""), at=AT)
    assert KeptPlan.objects.get().answers == {}
