"""Published keys: out, in, and what is refused."""

import json
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cwt import COSEKey

from satupintu.kernel.seal.keys import UnusableKeys, by_id, key_id, read_keys, write_keys
from satupintu.kernel.seal.tests.given import KEYS, LIST_SECRET, SECRET, key


def test_keys_come_back_from_what_was_published():
    old = key(LIST_SECRET, begins=date(2024, 1, 1), ends=None, revoked_on=date(2025, 6, 1))
    keys = by_id([key(), old])
    assert {
        k: (v.valid_from, v.valid_until, v.purposes, v.revoked_on)
        for k, v in read_keys(write_keys([key(), old])).items()
    } == {k: (v.valid_from, v.valid_until, v.purposes, v.revoked_on) for k, v in keys.items()}
    assert write_keys([key(), old]) == write_keys([old, key()])


def test_another_library_reads_a_published_key():
    entry = json.loads(write_keys([key()]))["keys"][0]
    assert COSEKey.from_jwk(entry).key.public_numbers() == SECRET.public_key().public_numbers()


def test_the_id_is_the_beginning_of_the_thumbprint():
    """The same in every program: SHA-256 over the four members in order, without spaces (RFC 7638 section 3)."""
    assert [key_id(SECRET.public_key()).hex(), *map(len, KEYS)] == ["d5faa81c", 4, 4]


def test_a_key_written_twice_is_refused():
    with pytest.raises(UnusableKeys, match="dua kali"):
        write_keys([key(), key()])


@pytest.mark.parametrize("text", ["", "[]", "{}", "7", '{"keys": 7}', "[" * 100_000])
def test_what_is_no_list_of_keys_is_refused(text):
    with pytest.raises(UnusableKeys, match="bukan JSON"):
        read_keys(text)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"kty": "oct"}, "bukan kunci umum"),
        ({"alg": "none"}, "bukan kunci umum"),
        ({"d": "AAAA"}, "bukan kunci umum"),
        ({"kid": "00000000"}, "kid"),
        ({"purposes": ["everything"]}, "kid"),
        ({"x": "A" * 43}, "tidak terbaca"),  # a point that is not on the curve
        ({"x": "A" * 42}, "tidak terbaca"),
        ({"y": 7}, "jenis isinya"),
        ({"valid_from": "besok"}, "tidak terbaca"),
        ({"valid_from": None}, "jenis isinya"),
    ],
)
def test_a_key_that_is_not_as_it_should_be_is_named(change, says):
    entry = json.loads(write_keys([key()]))["keys"][0]
    with pytest.raises(UnusableKeys, match=f"kunci ke-1.*{says}"):
        read_keys(json.dumps({"keys": [entry | change]}))


@pytest.mark.parametrize("missing", ["kty", "x", "kid", "purposes", "valid_from", "valid_until", "revoked_on"])
def test_a_member_that_is_missing_is_named(missing):
    entry = json.loads(write_keys([key()]))["keys"][0]
    del entry[missing]
    with pytest.raises(UnusableKeys, match=f"kunci ke-1.*{missing}"):
        read_keys(json.dumps({"keys": [entry]}))


def test_another_curve_is_refused():
    with pytest.raises(UnusableKeys, match="bukan kunci umum"):
        numbers = ec.derive_private_key(7, ec.SECP384R1()).public_key().public_numbers()
        read_keys(json.dumps({"keys": [{"kty": "EC", "crv": "P-384", "alg": "ES256", "x": numbers.x, "y": numbers.y}]}))
