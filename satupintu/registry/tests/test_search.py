"""One search box: numbers and names, however spelled, within what one may see."""

import pytest

from satupintu.accounts.tests.factories import make_user
from satupintu.audit.rules import SYSTEM
from satupintu.registry import actions
from satupintu.registry.models import NameKey, NameWord
from satupintu.registry.queries.search import search
from satupintu.registry.tests.factories import AT, BEKASI_TIMUR, BEKASIJAYA, actor, nik, register

pytestmark = pytest.mark.django_db


def found(text: str, by=None) -> list[str]:
    return [hit.person.display_name for hit in search(by or actor(), text).hits]


@pytest.mark.parametrize(
    "typed",
    [
        "Tenda Biru Muda",
        "tenda biru",
        "biru tenda",
        "Tnda Biru",
        "Tenda Birru",
        "tend",
        "Ibu Tenda",
        "BIRU",
        "tendah biroe",
    ],
)
def test_a_name_is_found_however_it_is_typed(typed: str) -> None:
    register("Tenda Biru Muda")
    register("Gerobak Hijau")
    assert found(typed) == ["Tenda Biru Muda"]


def test_the_nearest_name_comes_first() -> None:
    for name in ("Tenda Biru", "Tenda Baru", "Tenda Biru Laut"):
        register(name)
    assert found("Tenda Baru")[0] == "Tenda Baru"
    assert found("tenda biru")[:2] == ["Tenda Biru", "Tenda Biru Laut"]


def test_the_name_of_a_business_finds_its_owner() -> None:
    person = register("Pedagang 01")
    actions.add_business(person=person, trade_name="Warung Melati", by=SYSTEM, at=AT)
    assert found("warung mlati") == ["Pedagang 01"]


def test_a_new_name_replaces_the_old_one() -> None:
    person = register("Tenda Biru")
    actions.change_person(person=person, changes={"display_name": "Gerobak Hijau"}, by=SYSTEM, at=AT)
    assert (found("tenda"), found("gerobak")) == ([], ["Gerobak Hijau"])


@pytest.mark.parametrize(
    "typed",
    [
        nik(7),
        f"{nik(7)[:6]} {nik(7)[6:12]} {nik(7)[12:]}",
        "0812.3456.7890",
        "+62 812 3456 7890",
        "7890",
        "1234567890123",
        "0123",
    ],
)
def test_a_number_finds_its_bearer(typed: str) -> None:
    person = register("Pedagang Satu", nik=nik(7), phone="081234567890")
    actions.record_paper(person=person, paper="nib", number="1234567890123", by=SYSTEM, at=AT)
    register("Pedagang Dua", nik=nik(8), phone="081234567891")
    assert found(typed) == ["Pedagang Satu"]


@pytest.mark.parametrize(
    "typed", ["", "   ", "!!!", "3275111201809999", "0000", "xyzzy", "%", "_", "' OR 1=1 --", "😀"]
)
def test_what_means_nobody_finds_nobody(typed: str) -> None:
    register("Tenda Biru", nik=nik(7), phone="081234567890")
    assert found(typed) == []


def test_nobody_of_another_area_is_found_by_name_or_number() -> None:
    register("Tenda Biru", nik=nik(7), phone="081234567890")
    register("Tenda Biru", region=BEKASIJAYA)
    for typed in ("tenda biru", nik(7), "081234567890", "7890"):
        hits = search(actor(area=BEKASI_TIMUR), typed).hits
        assert {hit.person.region for hit in hits} <= {BEKASIJAYA}
    assert len(found("tenda biru", actor(area=""))) == 2


def test_a_vendor_finds_only_themselves_and_a_partner_nobody() -> None:
    user = make_user()
    me = register("Tenda Biru")
    register("Tenda Biru Lain")
    actions.link_account(person=me, user=user, by=SYSTEM, at=AT)
    assert found("tenda", actor("vendor", None, user.pk)) == ["Tenda Biru"]
    assert found("tenda", actor("partner", None)) == []


def test_more_than_one_page_of_answers_is_said() -> None:
    for n in range(30):
        register(f"Tenda {n:02}")
    answer = search(actor(), "tenda")
    assert (len(answer.hits), answer.more) == (25, True)


@pytest.mark.parametrize("count", [1, 3])
def test_a_search_takes_no_more_queries_for_more_people(count: int, django_assert_num_queries) -> None:
    for n in range(count):
        register(f"Tenda Biru {n}")
    with django_assert_num_queries(18):
        assert len(found("tenda biru")) == count


def test_numbers_stand_in_the_dictionary_without_trigrams() -> None:
    register("Pedagang 000123")
    assert not NameKey.objects.filter(word=NameWord.objects.get(word="123")).exists()
    assert found("pedagang 000123") == ["Pedagang 000123"]
