"""What the reader on the phone (`static/licensing/cose.js`) must answer as `kernel/seal` does: the cases of the
kernel's own tests, each with the kernel's answer, as JSON.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from satupintu.kernel.seal import typed_codes, verdicts
from satupintu.kernel.seal.certificates import claims_in, day_number, issue
from satupintu.kernel.seal.envelope import open_envelope, payload_of, sign
from satupintu.kernel.seal.keys import Keys, by_id, write_keys
from satupintu.kernel.seal.links import as_digits, link
from satupintu.kernel.seal.refusals import Refused
from satupintu.kernel.seal.revocations import RevocationList, issue_list, read_list
from satupintu.kernel.seal.tests import test_envelope, test_revocations, test_verdicts
from satupintu.kernel.seal.tests.given import (
    CODE,
    KEYS,
    LAST,
    LIST_SECRET,
    PAYLOAD,
    SECRET,
    TODAY,
    claims,
    key,
    listing,
)

DAY = timedelta(days=1)
ALL = write_keys(KEYS.values())


def vectors() -> dict[str, list[dict[str, Any]]]:
    """Certificates, lists and typed codes as JSON, each case with the answer that the kernel gives."""
    return {"certificates": [*_certificates()], "lists": [*_lists()], "codes": _codes()}


def cases_of(test: Any) -> list[Any]:
    """What a parametrized test of the kernel is given."""
    (mark,) = (mark for mark in test.pytestmark if mark.name == "parametrize")
    return [*mark.args[1]]


def _case(payload: bytes | str, keys: Keys = KEYS, listed: RevocationList | None = None, at: date = TODAY) -> Any:
    verdict = verdicts.verify(payload, keys, listed, at=at)
    given = {"text": payload} if isinstance(payload, str) else {"bytes": [*payload]}
    signed = [*issue_list(listed, LIST_SECRET)] if listed else None
    answer = {name: said for name, said in verdicts.verdict_as_json(verdict).items() if name != "valid"}
    return {
        **given,
        "keys": write_keys(keys.values()),
        "list": signed,
        "listKeys": ALL,
        "at": day_number(at),
        "answer": answer,
    }


def _certificates() -> Any:
    envelope = test_envelope
    headers = cases_of(envelope.test_a_header_that_is_not_exactly_ours_is_refused_even_when_signed)
    bodies = cases_of(envelope.test_signed_claims_in_another_spelling_are_refused)
    yield from (_case(envelope.tagged(envelope.signed(inside, outside))) for inside, outside, _ in headers)
    yield from (_case(data) for data, _ in cases_of(envelope.test_anything_but_one_signed_envelope_is_refused))
    claimed = cases_of(envelope.test_signed_claims_that_are_not_a_certificate_are_refused)
    yield from (_case(sign(body, SECRET)) for body in claimed)
    yield from (_case(envelope.tagged(envelope.signed(envelope.header(), {}, body))) for body in bodies)
    yield _case(envelope.STANDARD)
    changes = cases_of(test_verdicts.test_a_key_that_may_not_have_signed_it_makes_it_unknown)
    yield from (_case(PAYLOAD, by_id([changed])) for changed, _ in changes)
    yield from _days()
    yield from _texts()
    yield from _changed()


def _days() -> Any:
    """Around every edge of time, alone and with each word of the list."""
    last = date(2027, 11, 19)
    days = [date(2026, 11, 19), date(2026, 11, 20), TODAY, last, last + DAY]
    words = [None, *(listing((CODE, word, TODAY)) for word in ("suspended", "revoked", "superseded"))]
    yield from (_case(PAYLOAD, listed=listed, at=day) for listed in words for day in days)
    yield _case(PAYLOAD, listed=listing((typed_codes.typed_code(1), "revoked", TODAY)))
    endless = claims(issued=LAST, valid_until=None, number="Ü 1 ✓", holder="Å.字.")
    yield _case(issue(endless, SECRET), at=date(9999, 12, 31))
    yield _case(issue(claims(issued=LAST + DAY, valid_until=None), SECRET), at=LAST + DAY)
    yield _case(PAYLOAD, by_id([key(ends=None)]))


def _texts() -> Any:
    digits = as_digits(PAYLOAD)
    yield from (_case(text) for text in (digits, f" {digits}\n", link("kota.example", PAYLOAD), "a#b#" + digits))
    yield from (
        _case(text) for text in ("", "#", "bukan surat", "65536", "256", "1234", "٣" * 5, "1" * 1003, "1" * 1004)
    )
    yield from (_case(digits[:n]) for n in range(0, len(digits), 7))


def _changed() -> Any:
    """Every bit of every byte, every beginning, and bytes by chance that are nearly right."""
    for place in range(len(PAYLOAD)):
        yield _case(PAYLOAD[:place])
        for bit in range(8):
            changed = bytearray(PAYLOAD)
            changed[place] ^= 1 << bit
            yield _case(bytes(changed))
    body = payload_of(open_envelope(PAYLOAD, 400))
    assert claims_in(body) == claims()
    for place in range(len(test_envelope.BODY)):  # signed by the right key: nothing but the reading of claims decides
        for byte in (0, 6, 0x18, 0x2E, 0x61, 0xA0, 0xFF):
            written = bytearray(test_envelope.BODY)
            written[place] = byte
            yield _case(test_envelope.tagged(test_envelope.signed(test_envelope.header(), {}, bytes(written))))


def _lists() -> Any:
    given: list[tuple[bytes, Keys, int]] = [(data, KEYS, 0) for data, _ in cases_of(_not_ours) if len(data) < 10_000]
    given += [(test_revocations.SIGNED, KEYS, seen) for seen in (0, 7, 8)]
    given += [(test_revocations.SIGNED, by_id([key(LIST_SECRET, "revocations", begins=TODAY)]), 0)]
    given += [(test_revocations.SIGNED, by_id([key(LIST_SECRET, "revocations", revoked_on=TODAY)]), 0)]
    given += [(_flipped(test_revocations.SIGNED, place), KEYS, 0) for place in range(len(test_revocations.SIGNED))]
    for data, keys, seen in given:
        yield {"bytes": [*data], "keys": write_keys(keys.values()), "seen": seen, "answer": _list(data, keys, seen)}


_not_ours = test_revocations.test_a_list_that_is_not_ours_is_refused


def _flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def _list(data: bytes, keys: Keys, seen: int) -> Any:
    try:
        found = read_list(data, keys, newest_seen=seen)
    except Refused as refused:
        return refused.reason
    entries = {code: [entry.status, day_number(entry.since)] for code, entry in found.entries.items()}
    return [found.sequence, day_number(found.issued), day_number(found.next_update), entries]


def _codes() -> list[dict[str, Any]]:
    """Codes as people type them, right and wrong in each place."""
    typed = ["", "2222222", " 222-223d ", "2222223", "ZZZZZZZ", "7K2.94ht", CODE, CODE.lower(), f"{CODE}2", CODE[:-1]]
    typed += [CODE[:place] + sign + CODE[place + 1 :] for place in range(7) for sign in "2FYO1-S"]
    return [{"typed": text, "answer": _canonical(text)} for text in typed]


def _canonical(text: str) -> str | None:
    number = typed_codes.number_of(text)
    return None if number is None else typed_codes.typed_code(number)
