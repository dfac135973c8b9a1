"""Why something signed is not accepted. The words are part of the command's JSON: add, never rename."""

from __future__ import annotations

UNREADABLE = "unreadable"  # not the text form of a certificate at all
TOO_LONG = "too_long"
NOT_CANONICAL = "not_canonical"  # not CBOR, cut off, a rest after the end, doubled keys, another spelling
TAG = "tag"  # no tag 18, another one, or one inside another
SHAPE = "shape"  # not the four parts of COSE_Sign1
UNPROTECTED_HEADER = "unprotected_header"  # algorithm or key id outside of what is signed
PROTECTED_HEADER = "protected_header"  # anything but algorithm and key id inside of it
ALGORITHM = "algorithm"
UNKNOWN_KEY = "unknown_key"
KEY_REVOKED = "key_revoked"
KEY_NOT_FOR_THIS = "key_not_for_this"
KEY_OUTSIDE_ITS_TIME = "key_outside_its_time"
SIGNATURE = "signature"
CLAIMS = "claims"  # signed, but not what a certificate or a list says
UNKNOWN_CODE = "unknown_code"  # a typed code that no paper in the register has
ROLLBACK = "rollback"  # an older list than one seen before


class Refused(ValueError):
    """What was given is not accepted; ``reason`` is one of the words above."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
