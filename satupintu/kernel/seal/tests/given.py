"""Keys, days and a certificate that the tests of this room begin with. The secrets are made up and worth nothing."""

from datetime import date

from cryptography.hazmat.primitives.asymmetric import ec

from satupintu.kernel.seal.certificates import Claims, issue
from satupintu.kernel.seal.keys import CERTIFICATES, REVOCATIONS, Keys, PublishedKey, by_id
from satupintu.kernel.seal.revocations import Entry, RevocationList
from satupintu.kernel.seal.typed_codes import typed_code

SECRET = ec.derive_private_key(20_261_124, ec.SECP256R1())
LIST_SECRET = ec.derive_private_key(20_261_125, ec.SECP256R1())
STRANGER = ec.derive_private_key(20_261_126, ec.SECP256R1())
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
TODAY = date(2026, 11, 24)
CODE = typed_code(12_345_678)


def key(secret=SECRET, purpose=CERTIFICATES, begins=FIRST, ends=LAST, revoked_on=None) -> PublishedKey:
    return PublishedKey(secret.public_key(), begins, ends, frozenset({purpose}), revoked_on)


LIST_KEY = key(LIST_SECRET, REVOCATIONS)
KEYS: Keys = by_id([key(), LIST_KEY])


def claims(**other) -> Claims:
    return Claims(
        **{
            "number": "503/0001/TDU-PKL/2026",
            "kind": "tdu_pkl",
            "issuer": "diskopukm",
            "issued": date(2026, 11, 20),
            "valid_from": date(2026, 11, 20),
            "valid_until": date(2027, 11, 19),
            "code": CODE,
            "holder": "S.A.",
            **other,
        }
    )


PAYLOAD = issue(claims(), SECRET)


def listing(*entries: tuple[str, str, date], sequence=7) -> RevocationList:
    found = {code: Entry(status, since) for code, status, since in entries}
    return RevocationList(sequence, date(2026, 11, 23), date(2026, 11, 30), found)
