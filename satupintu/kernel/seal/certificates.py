"""What a certificate says of itself: nine claims, none of which tells more than the paper shows to a passer-by.

No identity number and no name in full can get in: the holder is initials, and sixteen digits in a row are refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from satupintu.kernel.seal import cbor, refusals
from satupintu.kernel.seal.envelope import sign
from satupintu.kernel.seal.refusals import Refused
from satupintu.kernel.seal.typed_codes import is_code

LONGEST = 400  # bytes of a signed certificate; a real one has some 160
FORM = 1  # first member of every payload: 1 a certificate, 2 a list of revocations; a new shape gets a new number
FIRST_DAY = date(1970, 1, 1)
INITIALS = re.compile(r"(?:\w\.){1,4}")
IDENTITY_NUMBER = re.compile(r"[0-9]{16}")
CODE = re.compile(r"[a-z0-9_-]{1,24}")
NUMBER_LENGTH = 48


@dataclass(frozen=True, slots=True)
class Claims:
    """What is signed. Days include both ends; ``valid_until`` None means that the paper names no end."""

    number: str
    kind: str
    """Code of the paper, as ``tdu_pkl``."""
    issuer: str
    """Code of the office that issued it."""
    issued: date
    valid_from: date
    valid_until: date | None
    code: str
    """The seven characters to type; one for each issued paper, so a renewal with the same number has its own."""
    holder: str
    """Initials, as ``S.A.``."""

    def __post_init__(self) -> None:
        """Raise ValueError naming what may not stand in a certificate."""
        wrong = [name for name, fits in self._checks().items() if not fits]
        if wrong:
            raise ValueError(f"these claims cannot stand in a certificate: {', '.join(wrong)}")

    def _checks(self) -> dict[str, bool]:
        number = self.number
        return {
            "number": 0 < len(number) <= NUMBER_LENGTH and number.isprintable() and not IDENTITY_NUMBER.search(number),
            "kind": bool(CODE.fullmatch(self.kind)),
            "issuer": bool(CODE.fullmatch(self.issuer)) and not IDENTITY_NUMBER.search(self.issuer),
            "issued": self.issued >= FIRST_DAY,
            "valid_from": self.valid_from >= FIRST_DAY,
            "valid_until": self.valid_until is None or self.valid_from <= self.valid_until,
            "code": is_code(self.code),
            "holder": bool(INITIALS.fullmatch(self.holder)),
        }


def initials(name: str) -> str:
    """The first character of each of the first four words, as the holder is shown. Raises ValueError without any.

    >>> initials("siti aminah")
    'S.A.'
    """
    firsts = [next((sign for sign in word if sign.isalnum()), "") for word in name.split()]
    found = [f"{first.upper()[0]}." for first in firsts if first]
    if not found:
        raise ValueError("a name needs at least one letter")
    return "".join(found[:4])


def issue(claims: Claims, secret: ec.EllipticCurvePrivateKey) -> bytes:
    """The signed certificate. The same claims and key give the same bytes."""
    return sign(_as_map(claims), secret)


def claims_in(payload: cbor.Value) -> Claims:
    """The claims of an opened envelope. Raises Refused unless writing them again gives the very same payload."""
    try:
        if not isinstance(payload, dict):
            raise TypeError
        fields: dict[Any, Any] = payload
        claims = Claims(
            number=fields[1],
            kind=fields[2],
            issuer=fields[3],
            issued=day_of(fields[4]),
            valid_from=day_of(fields[5]),
            valid_until=day_of(fields[6]) if 6 in fields else None,
            code=fields[7],
            holder=fields[8],
        )
        same = cbor.encode(_as_map(claims)) == cbor.encode(payload)
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
        raise Refused(refusals.CLAIMS) from error
    if not same:
        raise Refused(refusals.CLAIMS)
    return claims


def claims_as_json(claims: Claims) -> dict[str, Any]:
    """The claims for JSON: days as ISO dates."""
    return {
        "number": claims.number,
        "kind": claims.kind,
        "issuer": claims.issuer,
        "issued": claims.issued.isoformat(),
        "valid_from": claims.valid_from.isoformat(),
        "valid_until": claims.valid_until.isoformat() if claims.valid_until else None,
        "code": claims.code,
        "holder": claims.holder,
    }


def day_number(day: date) -> int:
    """Days since 1 January 1970: three bytes where a date as text needs eleven."""
    return (day - FIRST_DAY).days


def day_of(number: int) -> date:
    """The day of a number. Raises TypeError or OverflowError for what is no day."""
    return FIRST_DAY + timedelta(days=number)


def _as_map(claims: Claims) -> cbor.Value:
    fields: dict[cbor.Value, cbor.Value] = {
        0: FORM,
        1: claims.number,
        2: claims.kind,
        3: claims.issuer,
        4: day_number(claims.issued),
        5: day_number(claims.valid_from),
        7: claims.code,
        8: claims.holder,
    }
    if claims.valid_until is not None:
        fields[6] = day_number(claims.valid_until)
    return fields
