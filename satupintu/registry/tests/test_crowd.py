"""The made-up crowd: the same for the same seed, topped up, found like anybody else."""

import pytest

from satupintu.accounts.gate import NotAllowed
from satupintu.audit import queries as audit
from satupintu.audit.rules import SYSTEM
from satupintu.registry import actions
from satupintu.registry.models import Business, NameUse, PaperHeld, Person
from satupintu.registry.queries.search import search
from satupintu.registry.rules.crowd import BLOCK, crowd, word
from satupintu.registry.tests.factories import AT, actor


def fill(people: int, by=SYSTEM) -> int:
    return actions.fill(people=people, seed=1, progress=lambda done: None, by=by, at=AT)


def test_a_row_is_the_same_whatever_the_size() -> None:
    whole = list(crowd(1, 0, BLOCK + 20, 14))
    assert list(crowd(1, BLOCK - 5, BLOCK + 5, 14)) == whole[BLOCK - 5 : BLOCK + 5]
    assert list(crowd(2, 0, 5, 14)) != whole[:5]
    assert [draft.number for draft in whole] == list(range(1, BLOCK + 21))


def test_made_up_words_are_many_and_hold_letters_only() -> None:
    made = {word(n) for n in range(1, 5_000)}
    assert len(made) > 1_000
    assert all(text.isalpha() for text in made)


@pytest.mark.django_db
def test_a_crowd_has_people_businesses_names_and_papers_and_is_topped_up() -> None:
    assert fill(150) == 150
    assert fill(150) == 0
    first = list(Person.objects.order_by("pk").values_list("display_name", "region"))
    assert fill(200) == 50
    assert list(Person.objects.order_by("pk").values_list("display_name", "region"))[:150] == first
    assert (Person.objects.count(), Business.objects.count()) == (200, 200)
    assert Business.objects.exclude(market=None).exists() and PaperHeld.objects.filter(paper="nib").exists()
    assert not NameUse.objects.exclude(region__startswith="32.75.").exists()
    person = Person.objects.order_by("pk")[100]
    for text in (person.display_name, person.nik, person.phone[-4:]):
        assert search(SYSTEM, text).hits[0].person == person
    assert audit.size() == {"city": 2}


@pytest.mark.django_db
def test_no_person_fills_a_crowd() -> None:
    with pytest.raises(NotAllowed):
        fill(5, actor("administrator", ""))
