"""The seven characters, with every mistake that the check must catch.

The check is a weighted sum: whether a mistake is seen depends on the characters it touches and on no other. So
every pair of characters is tried at every place, each once.
"""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satupintu.kernel.seal.typed_codes import ALPHABET, CODES, LENGTH, is_code, number_of, typed_code

NUMBERS = st.integers(0, CODES - 1)


def code_with(first: str, second: str, place: int) -> str:
    """A right code that has ``first`` and ``second`` side by side, at ``place`` and after it."""
    spare = 0 if place > 1 else 5  # a place whose character makes the sum come out
    for other in ALPHABET:
        signs = ["7"] * LENGTH
        signs[spare] = other
        signs[place], signs[place + 1] = first, second
        if number_of("".join(signs)) is not None:
            return "".join(signs)
    raise AssertionError("no such code")


@given(NUMBERS)
def test_a_code_leads_back_to_its_number(number):
    code = typed_code(number)
    assert len(code) == LENGTH
    assert number_of(code) == number


@pytest.mark.parametrize("place", range(LENGTH - 1))
def test_two_neighbours_swapped_are_always_seen(place):
    for first, second in permutations(ALPHABET, 2):
        code = code_with(first, second, place)
        swapped = code[:place] + second + first + code[place + 2 :]
        assert number_of(code) is not None
        assert number_of(swapped) is None


@pytest.mark.parametrize("place", range(LENGTH))
def test_one_wrong_character_is_always_seen(place):
    seen = set()
    for right in ALPHABET:
        code = code_with(right, "7", place) if place < LENGTH - 1 else code_with("7", right, place - 1)
        for wrong in {*ALPHABET} - {right}:
            seen.add((right, wrong))
            assert number_of(code[:place] + wrong + code[place + 1 :]) is None
    assert len(seen) == 23 * 22


@given(NUMBERS, st.integers(0, LENGTH - 1), st.characters())
def test_any_character_of_any_script_in_one_place_is_the_same_code_or_none(number, place, sign):
    code = typed_code(number)
    assert number_of(code[:place] + sign + code[place + 1 :]) in (None, number)


def test_no_character_looks_like_another_and_no_word_appears():
    assert (len(ALPHABET), {*"01OILZSBUVAEQ"} & {*ALPHABET}) == (23, set())


def test_a_code_is_read_as_people_type_it():
    code = typed_code(3_456_789)
    for typed in (code.lower(), f" {code[:3]}-{code[3:]} ", code.replace("2", "Z").replace("5", "S").replace("8", "b")):
        assert number_of(typed) == 3_456_789
    assert [is_code(code), is_code(code.lower())] == [True, False]


def test_too_short_too_long_and_numbers_outside_are_refused():
    assert [number_of(text) for text in ("", "222222", "22222222", "٢٢٢٢٢٢٢")] == [None] * 4
    for number in (-1, CODES):
        with pytest.raises(ValueError, match="148035888"):
            typed_code(number)
