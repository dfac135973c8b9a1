"""Sealing and fingerprints."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satupintu.kernel import vault

KEY, OTHER, NONCE = b"k" * 32, b"o" * 32, b"n" * 12


@given(st.binary(max_size=200), st.text(max_size=20))
def test_what_was_sealed_opens_in_its_place(plain, place):
    assert vault.unseal(KEY, vault.seal(KEY, plain, place, nonce=NONCE), place) == plain


def test_a_sealed_value_does_not_open_elsewhere_or_with_another_key():
    sealed = vault.seal(KEY, b"3275", "person.nik", nonce=NONCE)
    for key, place in ((KEY, "person.phone"), (OTHER, "person.nik")):
        with pytest.raises(vault.CannotOpen):
            vault.unseal(key, sealed, place)


@given(st.integers(0, 40), st.integers(0, 7))
def test_one_flipped_bit_is_noticed(byte, bit):
    sealed = bytearray(vault.seal(KEY, b"0123456789", "p", nonce=NONCE))
    sealed[byte % len(sealed)] ^= 1 << bit
    with pytest.raises(vault.CannotOpen):
        vault.unseal(KEY, bytes(sealed), "p")


def test_too_short_a_value_is_refused():
    with pytest.raises(vault.CannotOpen):
        vault.unseal(KEY, b"\x01abc", "p")


def test_fingerprints_need_the_key():
    assert vault.fingerprint(KEY, "0812") == vault.fingerprint(KEY, "0812")
    assert vault.fingerprint(KEY, "0812") != vault.fingerprint(OTHER, "0812")
