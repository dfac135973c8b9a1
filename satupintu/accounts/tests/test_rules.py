"""Which account names are usable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satupintu.accounts.rules import DEMO_ACCOUNTS, username_problem


@pytest.mark.parametrize("username", ["abc", "pedagang-01", "a.b_c-9", "0812", "x" * 150, *DEMO_ACCOUNTS])
def test_a_plain_name_is_fine(username: str) -> None:
    assert username_problem(username) is None


@pytest.mark.parametrize("username", ["", "ab", "x" * 151, "-ab", "Pedagang", "pedagang 1", "é" * 3, "abc\n"])
def test_a_name_that_cannot_be_typed_everywhere_is_explained(username: str) -> None:
    assert username_problem(username) == (
        "Nama akun berisi 3 sampai 150 huruf kecil, angka, titik, atau tanda hubung. Periksa lalu isi lagi."
    )


@given(st.text())
def test_every_accepted_name_is_safe_in_a_path_and_equal_to_its_lower_case(username: str) -> None:
    if username_problem(username) is None:
        assert username == username.lower()
        assert username.isascii()
        assert not set(username) & set("/\\ \n\t%?#&<>\"'")
