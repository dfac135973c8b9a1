"""The part of CBOR (RFC 8949) that a certificate needs, in its one deterministic form (section 4.2.1).

Integers, bytes, text, lists, maps and one tag. What is written here has exactly one way to be written, and only
that way is read: a longer number than needed, an open length, unsorted or doubled keys, a rest after the end or
any other type is refused. So two readers can never understand the same bytes differently.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

INTEGER, NEGATIVE, BYTES, TEXT, LIST, MAP, TAG = range(7)
DEEPEST = 8
WIDTHS = {24: 1, 25: 2, 26: 4, 27: 8}


class NotCanonical(ValueError):
    """The bytes are not CBOR in the one form that is read here."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """A value with the number of its tag."""

    tag: int
    value: Value


Value: TypeAlias = int | bytes | str | list["Value"] | dict["Value", "Value"] | Tagged


def encode(value: Value) -> bytes:
    """``value`` as deterministic CBOR. Raises TypeError for what has no form here, as True, None or a float."""
    if isinstance(value, int) and not isinstance(value, bool):
        return _head(INTEGER, value) if value >= 0 else _head(NEGATIVE, -1 - value)
    if isinstance(value, bytes):
        return _head(BYTES, len(value)) + value
    if isinstance(value, str):
        return _head(TEXT, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return _head(LIST, len(value)) + b"".join(map(encode, value))
    if isinstance(value, dict):
        pairs = sorted((encode(key), encode(item)) for key, item in value.items())
        return _head(MAP, len(pairs)) + b"".join(key + item for key, item in pairs)
    if isinstance(value, Tagged):
        return _head(TAG, value.tag) + encode(value.value)
    raise TypeError(f"{type(value).__name__} has no form in a certificate")


def decode(data: bytes) -> Value:
    """The value that ``encode`` would write as exactly these bytes. Raises NotCanonical for all others."""
    value, end = _item(data, 0, DEEPEST)
    if end != len(data):
        raise NotCanonical("more bytes follow after the end")
    return value


def _head(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes([kind << 5 | number])
    for mark, width in WIDTHS.items():
        if number < 1 << 8 * width:
            return bytes([kind << 5 | mark]) + number.to_bytes(width, "big")
    raise TypeError("a number of more than 64 bits has no form in a certificate")


def _read_head(data: bytes, at: int) -> tuple[int, int, int]:
    """Kind, number and where the content begins."""
    if at >= len(data):
        raise NotCanonical("the bytes end too early")
    kind, mark = data[at] >> 5, data[at] & 31
    if kind > TAG or (mark > 23 and mark not in WIDTHS):
        raise NotCanonical("a type or an open length that is not used here")
    end = at + 1 + WIDTHS.get(mark, 0)
    number = int.from_bytes(data[at + 1 : end], "big") if mark > 23 else mark
    if end > len(data) or _head(kind, number) != data[at:end]:
        raise NotCanonical("a number is cut off or longer than it needs to be")
    return kind, number, end


def _item(data: bytes, at: int, depth: int) -> tuple[Value, int]:
    if not depth:
        raise NotCanonical("too deep")
    kind, number, at = _read_head(data, at)
    if kind == INTEGER:
        return number, at
    if kind == NEGATIVE:
        return -1 - number, at
    if kind in (BYTES, TEXT):
        return _string(data, at, number, kind), at + number
    if kind == LIST:
        return _list(data, at, number, depth)
    if kind == MAP:
        return _map(data, at, number, depth)
    value, end = _item(data, at, depth - 1)
    return Tagged(number, value), end


def _string(data: bytes, at: int, length: int, kind: int) -> bytes | str:
    found = data[at : at + length]
    if len(found) != length:
        raise NotCanonical("the bytes end too early")
    if kind == BYTES:
        return found
    try:
        return found.decode()
    except UnicodeDecodeError as error:
        raise NotCanonical("a text that is not UTF-8") from error


def _list(data: bytes, at: int, length: int, depth: int) -> tuple[list[Value], int]:
    items: list[Value] = []
    for _ in range(length):  # each round takes a byte or raises, so a huge length ends with the bytes
        value, at = _item(data, at, depth - 1)
        items.append(value)
    return items, at


def _map(data: bytes, at: int, length: int, depth: int) -> tuple[dict[Value, Value], int]:
    pairs: dict[Value, Value] = {}
    before = b""
    for _ in range(length):
        start = at
        key, at = _item(data, at, depth - 1)
        if not isinstance(key, int | str | bytes) or (written := data[start:at]) <= before:
            raise NotCanonical("the keys of a map are doubled, unsorted or of a type that is not used here")
        before = written
        pairs[key], at = _item(data, at, depth - 1)
    return pairs, at
