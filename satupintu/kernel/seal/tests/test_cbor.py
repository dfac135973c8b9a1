"""CBOR, judged by another library and by the encodings that may not be read."""

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satupintu.kernel.seal import cbor

INTEGERS = st.integers(-(2**64), 2**64 - 1)
KEYS = st.one_of(INTEGERS, st.text(max_size=30), st.binary(max_size=30))
VALUES = st.recursive(
    KEYS, lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)), max_leaves=8
).filter(lambda value: depth(value) < cbor.DEEPEST)


def depth(value) -> int:
    inside = [*value.values(), *value] if isinstance(value, dict) else value if isinstance(value, list) else []
    return 1 + max(map(depth, inside), default=0)


@settings(max_examples=100, deadline=None)
@given(VALUES)
def test_another_library_reads_what_we_write_and_we_read_it_back(value):
    written = cbor.encode(value)
    assert cbor2.loads(written) == cbor.decode(written) == value


@settings(max_examples=100, deadline=None)
@given(
    st.one_of(
        INTEGERS, st.text(), st.binary(), st.lists(INTEGERS), st.dictionaries(st.integers(0, 2**64 - 1), INTEGERS)
    )
)
def test_another_library_writes_the_same_bytes(value):
    assert cbor.encode(value) == cbor2.dumps(value, canonical=True)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=40))
def test_any_bytes_are_refused_or_are_the_only_spelling_of_their_value(data):
    try:
        value = cbor.decode(data)
    except cbor.NotCanonical:
        return
    assert cbor.encode(value) == data


@pytest.mark.parametrize(
    ("fault", "data"),
    {
        "nothing": "",
        "a rest after the end": "0100",
        "a longer number than needed": "1801",
        "a longer length than needed": "580141",
        "cut off in a number": "19ff",
        "cut off in a text": "6361",
        "cut off in a list": "8201",
        "a list of 2^64 members": "9bffffffffffffffff",
        "bytes of 2^64": "5bffffffffffffffff",
        "open list": "9f01ff",
        "open text": "7f6161ff",
        "a reserved length": "1c",
        "true": "f5",
        "null": "f6",
        "a float": "f93c00",
        "not UTF-8": "61ff",
        "keys doubled": "a201000101",
        "keys unsorted": "a202000100",
        "a list as key": "a1800 0".replace(" ", ""),
        "true as key": "a1f500",
        "too deep": "81" * 9 + "01",
        "very deep": "81" * 5000,
    }.items(),
)
def test_any_other_spelling_is_refused(fault, data):
    with pytest.raises(cbor.NotCanonical):
        cbor.decode(bytes.fromhex(data))


@pytest.mark.parametrize("value", [True, None, 1.0, 2**64, {1: False}])
def test_what_has_no_form_is_not_written(value):
    with pytest.raises(TypeError):
        cbor.encode(value)
