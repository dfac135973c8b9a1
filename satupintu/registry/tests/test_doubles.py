"""Doubles: noted, merged with everything that moves, undone to the last value."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from satupintu.accounts.gate import NotAllowed
from satupintu.accounts.tests.factories import make_user
from satupintu.audit import queries as audit
from satupintu.audit.rules import SYSTEM
from satupintu.registry import actions, models
from satupintu.registry.models import Double, Merge, Person
from satupintu.registry.queries import doubles as queries
from satupintu.registry.queries import visible
from satupintu.registry.queries.search import search
from satupintu.registry.rules.doubles import CHOOSABLE
from satupintu.registry.tests.factories import AT, BEKASI_TIMUR, BEKASIJAYA, actor, market, nik, photo, register

pytestmark = pytest.mark.django_db
ROWS = (
    models.Business,
    models.PaperHeld,
    models.Document,
    models.Consent,
    models.Barrier,
    models.FollowUp,
    models.Milestone,
)
LATER = AT + timedelta(days=3)


def state() -> dict[str, list[dict]]:
    """Every value of every row that a merge may touch."""
    people = list(Person.objects.order_by("pk").values())
    uses = sorted(models.NameUse.objects.values_list("person", "word__word", "region"))
    return {"people": people, "uses": uses} | {m.__name__: list(m.objects.order_by("pk").values()) for m in ROWS}


def furnish(person: Person, paper: str = "nib") -> Person:
    """Give somebody one of everything."""
    actions.add_business(person=person, trade_name=f"Warung {person.pk}", market=market(), by=SYSTEM, at=AT)
    document = actions.add_document(person=person, kind="ktp", content=photo(size=(20, 20)), by=SYSTEM, at=AT)
    actions.record_paper(person=person, paper=paper, evidence=document, by=SYSTEM, at=AT)
    actions.give_consent(person=person, purpose="reminders", by=SYSTEM, at=AT)
    actions.record_barrier(person=person, code="fears_cost", by=SYSTEM, at=AT)
    actions.add_follow_up(person=person, why="temui", due=AT.date(), by=SYSTEM, at=AT)
    return person


def merge(kept: Person, removed: Person, *take: str, by=SYSTEM) -> Merge:
    return actions.merge_people(kept=kept, removed=removed, take=frozenset(take), reason="KTP sama", by=by, at=AT)


def test_a_likely_double_is_noted_when_somebody_is_written() -> None:
    first = register("Tenda Biru", phone="081234567890")
    second = register("Tenda Birru", phone="081234567890")
    double = Double.objects.get()
    assert (double.first, double.second, double.score) == (first, second, 100)
    assert double.reasons == ["same_phone", "similar_name"]


def test_similar_names_at_one_market_are_noted_across_kelurahan() -> None:
    first = register("Tenda Biru")
    actions.add_business(person=first, market=market(), by=SYSTEM, at=AT)
    found = queries.doubles_of_draft(name="Tenda Biru", nik="", phone="", region="", market=market().pk)
    assert [(s.person, s.likeness.reasons) for s in found] == [(first, ("similar_name",))]


def test_everything_moves_to_the_kept_entry_and_the_other_is_no_longer_found() -> None:
    kept, removed = furnish(register("Tenda Biru")), furnish(register("Gerobak Hijau", nik=nik(1)), "sku")
    made = merge(kept, removed, "display_name")
    kept.refresh_from_db()
    assert (kept.display_name, kept.nik) == ("Gerobak Hijau", nik(1))
    assert [model.objects.filter(person=kept).count() for model in ROWS] == [2] * 7
    assert [model.objects.filter(person=removed).count() for model in ROWS] == [0] * 7
    assert len(made.moved) == 7
    assert visible.person_for(SYSTEM, removed.ref) is None
    assert [hit.person for hit in search(SYSTEM, "gerobak hijau").hits] == [kept]
    assert search(SYSTEM, f"warung {removed.pk}").hits[0].person == kept
    assert list(audit.breaks()) == []


def test_undoing_puts_every_row_and_value_back() -> None:
    user = make_user()
    kept, removed = furnish(register("Tenda Biru")), furnish(register("Gerobak Hijau", nik=nik(1)), "sku")
    actions.link_account(person=removed, user=user, by=SYSTEM, at=AT)
    before = state()
    made = merge(kept, removed, "display_name", "region")
    assert visible.people_for(actor("vendor", None, user.pk)).get() == kept
    assert state() != before
    actions.undo_merge(merge=made, by=SYSTEM, at=LATER)
    assert state() == before


VALUES = st.fixed_dictionaries(
    {
        "display_name": st.sampled_from(["Tenda Biru", "Gerobak Hijau", "Lapak 3"]),
        "phone": st.sampled_from(["", "081234567890", "081234567891"]),
        "sex": st.sampled_from(["", "female", "male"]),
        "birth_year": st.sampled_from([None, 1980, 1990]),
        "channel": st.sampled_from(["none", "sms"]),
    }
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(VALUES, VALUES, st.frozensets(st.sampled_from(CHOOSABLE)), st.integers(0, 3), st.integers(0, 3))
def test_whatever_is_merged_undoing_restores_it_exactly(first, second, take, barriers, consents) -> None:
    kept, removed = register(first.pop("display_name"), **first), register(second.pop("display_name"), **second)
    for code in ("fears_cost", "did_not_know", "fears_tax")[:barriers]:
        actions.record_barrier(person=removed, code=code, by=SYSTEM, at=AT)
    for purpose in ("reminders", "keep_plan", "photo_in_report")[:consents]:
        actions.give_consent(person=kept, purpose=purpose, by=SYSTEM, at=AT)
    before = state()
    made = merge(kept, removed, *take)
    actions.undo_merge(merge=made, by=SYSTEM, at=LATER)
    assert state() == before


def test_a_value_changed_after_the_merge_stays_as_it_was_changed() -> None:
    kept, removed = register("Tenda Biru"), register("Gerobak Hijau", phone="081234567890")
    made = merge(kept, removed, "display_name")
    actions.change_person(person=kept, changes={"display_name": "Lapak Baru"}, by=SYSTEM, at=LATER)
    actions.undo_merge(merge=made, by=SYSTEM, at=LATER)
    kept.refresh_from_db()
    assert (kept.display_name, kept.phone) == ("Lapak Baru", "")


def test_merges_are_undone_in_turn_the_last_one_first() -> None:
    a, b, c = register("Satu Satu"), register("Dua Dua"), register("Tiga Tiga")
    before = state()
    first, second = merge(a, b), merge(a, c)
    with pytest.raises(ValidationError, match="Urungkan penggabungan yang terakhir dulu"):
        actions.undo_merge(merge=first, by=SYSTEM, at=LATER)
    actions.undo_merge(merge=second, by=SYSTEM, at=LATER)
    actions.undo_merge(merge=first, by=SYSTEM, at=LATER)
    assert state() == before


def test_an_entry_merged_into_one_that_is_merged_again_follows_and_comes_back() -> None:
    a, b, c = register("Satu Satu"), register("Dua Dua"), register("Tiga Tiga")
    user = make_user()
    actions.link_account(person=a, user=user, by=SYSTEM, at=AT)
    actions.link_account(person=b, user=make_user(), by=SYSTEM, at=AT)
    actions.link_account(person=c, user=make_user(), by=SYSTEM, at=AT)
    before = state()
    first, second = merge(b, a), merge(c, b)
    assert visible.people_for(actor("vendor", None, user.pk)).get() == c
    with pytest.raises(ValidationError):
        actions.undo_merge(merge=first, by=SYSTEM, at=LATER)
    actions.undo_merge(merge=second, by=SYSTEM, at=LATER)
    actions.undo_merge(merge=first, by=SYSTEM, at=LATER)
    assert state() == before


def test_a_merge_is_undone_once_and_within_thirty_days() -> None:
    made = merge(register("Satu Satu"), register("Dua Dua"))
    with pytest.raises(ValidationError, match="30 hari"):
        actions.undo_merge(merge=made, by=SYSTEM, at=AT + timedelta(days=31))
    actions.undo_merge(merge=made, by=SYSTEM, at=LATER)
    with pytest.raises(ValidationError, match="sudah diurungkan"):
        actions.undo_merge(merge=made, by=SYSTEM, at=LATER)


def test_what_cannot_be_merged_is_refused() -> None:
    one, other, gone = register("Satu Satu"), register("Dua Dua"), register("Tiga Tiga")
    merge(other, gone)
    for kept, removed in ((one, one), (one, gone), (gone, one)):
        with pytest.raises(ValidationError):
            merge(kept, removed)
    with pytest.raises(ValidationError):
        actions.merge_people(kept=one, removed=other, reason=" ", by=SYSTEM, at=AT)
    assert Merge.objects.count() == 1


@pytest.mark.parametrize("role", ["vendor", "facilitator", "signing_official", "partner", "leadership"])
def test_other_roles_neither_merge_nor_undo(role: str) -> None:
    one, other = register("Satu Satu"), register("Dua Dua")
    with pytest.raises(NotAllowed):
        merge(one, other, by=actor(role, ""))
    made = merge(one, other)
    with pytest.raises(NotAllowed):
        actions.undo_merge(merge=made, by=actor(role, ""), at=AT)


def test_nobody_merges_or_sees_a_pair_that_is_not_wholly_theirs() -> None:
    here, there = (
        register("Tenda Biru", phone="081234567890"),
        register("Tenda Biru", phone="081234567890", region=BEKASIJAYA),
    )
    for area in ("32.75.11", BEKASI_TIMUR):
        assert list(queries.open_doubles(actor(area=area))) == []
        with pytest.raises(NotAllowed):
            merge(here, there, by=actor(area=area))
    assert len(queries.open_doubles(actor(area=""))) == 1


def test_two_people_kept_apart_are_not_shown_again() -> None:
    register("Tenda Biru", phone="081234567890")
    second = register("Tenda Biru", phone="081234567890")
    actions.keep_apart(double=Double.objects.get(), by=actor(), at=AT)
    actions.change_person(person=second, changes={"sex": "male"}, by=SYSTEM, at=AT)
    assert list(queries.open_doubles(SYSTEM)) == []
    assert Double.objects.get().settled == "apart"


def test_the_two_columns_mark_what_differs_and_what_would_be_filled() -> None:
    one = register("Tenda Biru", nik=nik(1), sex="male")
    other = register("Tenda Biru", phone="081234567890", sex="female")
    rows = {row["name"]: row for row in queries.compared(one, other)}
    assert {name for name, row in rows.items() if row["differs"]} == {"sex"}
    assert {name for name, row in rows.items() if row["fills"]} == {"phone"}
    assert rows["nik"]["left"] == "327511******0001"
