"""Doubles: noted, merged with everything that moves, undone to the last value."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from satupintu.accounts.gate import NotAllowed
from satupintu.accounts.tests.factories import make_user
from satupintu.audit import queries as audit
from satupintu.audit.fields import lookup
from satupintu.audit.rules import SYSTEM
from satupintu.registry import actions, models
from satupintu.registry.models import Double, Merge, Person
from satupintu.registry.queries import doubles as queries
from satupintu.registry.queries import visible
from satupintu.registry.queries.search import search
from satupintu.registry.rules.doubles import CHOOSABLE
from satupintu.registry.tests.factories import (
    AT,
    BEKASI_TIMUR,
    BEKASIJAYA,
    MUSTIKASARI,
    SOON,
    actor,
    market,
    nik,
    photo,
    register,
)

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


@pytest.mark.parametrize("name", ["", "-", "...", "\x00"])
def test_a_name_without_letters_has_no_namesakes(name: str) -> None:
    register("Tenda Biru")
    assert queries.doubles_of_draft(name=name, nik="", phone="", region=MUSTIKASARI) == []


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


def merged_pair() -> tuple[Person, Person, Merge, object]:
    """A kept and a removed entry, each with an account and one of everything, merged a day ago."""
    kept, removed = furnish(register("Tenda Biru")), furnish(register("Gerobak Hijau"), "sku")
    for person in (kept, removed):
        actions.link_account(person=person, user=make_user(), by=SYSTEM, at=AT)
        person.refresh_from_db()
    own = actor("vendor", None, removed.user_id)
    return kept, removed, merge(kept, removed), own


def test_undoing_also_gives_back_what_the_other_one_made_since() -> None:
    kept, removed, made, own = merged_pair()
    document = actions.add_document(person=kept, kind="ktp", content=photo(size=(20, 20)), by=own, at=SOON)
    held = actions.record_paper(person=kept, paper="nib", number="1234567890123", evidence=document, by=own, at=SOON)
    theirs = actor("vendor", None, kept.user_id)
    stays = actions.add_document(person=kept, kind="ktp", content=photo(size=(20, 20)), by=theirs, at=SOON)
    actions.undo_merge(merge=made, by=SYSTEM, at=LATER)
    for row in (document, held, stays):
        row.refresh_from_db()
    assert (document.person, held.person, stays.person) == (removed, removed, kept)
    assert [m.person for m in models.Milestone.objects.filter(evidence=f"paper:{held.ref}")] == [removed]
    assert not models.FollowUp.objects.filter(why__startswith="Penggabungan").exists()


def test_undoing_gives_back_what_came_by_the_account_that_moved() -> None:
    kept, removed = register("Tenda Biru"), register("Gerobak Hijau")
    actions.link_account(person=removed, user=make_user(), by=SYSTEM, at=AT)
    made = merge(kept, removed)
    kept.refresh_from_db()
    own = actor("vendor", None, kept.user_id)
    document = actions.add_document(person=kept, kind="ktp", content=photo(size=(20, 20)), by=own, at=SOON)
    actions.undo_merge(merge=made, by=SYSTEM, at=LATER)
    document.refresh_from_db()
    assert document.person == removed


def test_undoing_gives_back_what_staff_noted_on_a_business_that_goes_back() -> None:
    kept, removed, made, _own = merged_pair()
    business = models.Business.objects.get(trade_name=f"Warung {removed.pk}")
    business.person = kept
    held = actions.record_paper(person=kept, paper="nib", number="1234567890123", business=business, by=SYSTEM, at=SOON)
    actions.undo_merge(merge=made, by=SYSTEM, at=LATER)
    held.refresh_from_db()
    assert (held.person, held.business.person) == (removed, removed)


def test_what_is_unclear_after_an_undo_stays_and_somebody_is_asked_to_look() -> None:
    kept, _removed, made, own = merged_pair()
    by_staff = actions.add_document(person=kept, kind="ktp", content=photo(size=(20, 20)), by=SYSTEM, at=SOON)
    of_both = actions.record_paper(
        person=kept,
        paper="nib",
        business=models.Business.objects.get(trade_name=f"Warung {kept.pk}"),
        number="1234567890123",
        by=own,
        at=SOON,
    )
    actions.undo_merge(merge=made, by=SYSTEM, at=LATER)
    for row in (by_staff, of_both):
        row.refresh_from_db()
    assert (by_staff.person, of_both.person) == (kept, kept)
    told = models.FollowUp.objects.get(why__startswith="Penggabungan")
    assert (told.person, told.due) == (kept, LATER.date())
    # The document, the paper, and the milestone of the paper.
    assert told.why == "Penggabungan diurungkan. Periksa 3 catatan baru: milik siapa."


def test_a_nik_that_stands_with_somebody_else_by_now_stops_the_undo() -> None:
    kept, removed = register("Tenda Biru", nik=nik(2)), register("Gerobak Hijau", nik=nik(1))
    made = merge(kept, removed)
    register("Lapak 9", nik=nik(1))
    with pytest.raises(ValidationError, match="ada di dua data"):
        actions.undo_merge(merge=made, by=SYSTEM, at=LATER)
    removed.refresh_from_db()
    assert removed.merged_into == kept


def test_two_entries_with_one_nik_are_merged_and_come_back() -> None:
    first = register("Tenda Biru", nik=nik(1))
    second = register("Tenda Biru", nik=nik(1), another_person=True)
    before = state()
    made = merge(second, first)
    second.refresh_from_db()
    assert second.nik_lookup == lookup("nik", nik(1))
    actions.undo_merge(merge=made, by=SYSTEM, at=LATER)
    assert state() == before
