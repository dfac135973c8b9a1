"""The signed envelope: COSE_Sign1 (RFC 9052 section 4.2, tag 18) with ES256 (RFC 9053) and nothing to choose.

Algorithm and key id stand in the protected header, the unprotected one is empty, nothing else is read. That closes
the known traps of such formats: what is not signed decides nothing, and no header can ask for a weaker check.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from satupintu.kernel.seal import cbor, refusals
from satupintu.kernel.seal.keys import COORDINATE_BYTES, ID_BYTES, Keys, PublishedKey, key_id
from satupintu.kernel.seal.refusals import Refused

SIGN1 = 18
ALGORITHM, KEY_ID = 1, 4  # header labels (RFC 9052 section 3.1)
ES256 = -7


@dataclass(frozen=True, slots=True)
class Envelope:
    """What came in, taken apart but not yet believed."""

    key_id: bytes
    protected: bytes
    payload: bytes
    signature: bytes


def sign(payload: cbor.Value, secret: ec.EllipticCurvePrivateKey) -> bytes:
    """``payload`` in a signed envelope. The same payload and key give the same bytes (RFC 6979)."""
    protected = cbor.encode({ALGORITHM: ES256, KEY_ID: key_id(secret.public_key())})
    body = cbor.encode(payload)
    by_the_book = ec.ECDSA(SHA256(), deterministic_signing=True)
    r, s = decode_dss_signature(secret.sign(_to_be_signed(protected, body), by_the_book))
    signature = r.to_bytes(COORDINATE_BYTES, "big") + s.to_bytes(COORDINATE_BYTES, "big")
    return cbor.encode(cbor.Tagged(SIGN1, [protected, {}, body, signature]))


def open_envelope(data: bytes, longest: int) -> Envelope:
    """The parts of an envelope of at most ``longest`` bytes. Raises Refused; no signature is checked here."""
    if len(data) > longest:
        raise Refused(refusals.TOO_LONG)
    message = _decoded(data)
    if not isinstance(message, cbor.Tagged) or message.tag != SIGN1 or isinstance(message.value, cbor.Tagged):
        raise Refused(refusals.TAG)
    parts = message.value
    if not isinstance(parts, list) or len(parts) != 4:
        raise Refused(refusals.SHAPE)
    protected, unprotected, payload, signature = parts
    if not (isinstance(protected, bytes) and isinstance(payload, bytes) and isinstance(signature, bytes)):
        raise Refused(refusals.SHAPE)
    if unprotected != {}:
        raise Refused(refusals.UNPROTECTED_HEADER)
    return Envelope(_key_named_in(protected), protected, payload, signature)


def trusted_key(envelope: Envelope, keys: Keys, purpose: str) -> PublishedKey:
    """The key that really signed the envelope and may sign for ``purpose``. Raises Refused."""
    key = keys.get(envelope.key_id)
    if key is None:
        raise Refused(refusals.UNKNOWN_KEY)
    if not _signed_by(key.public, envelope):
        raise Refused(refusals.SIGNATURE)
    if key.revoked_on is not None:
        raise Refused(refusals.KEY_REVOKED)
    if purpose not in key.purposes:
        raise Refused(refusals.KEY_NOT_FOR_THIS)
    return key


def payload_of(envelope: Envelope) -> cbor.Value:
    """What the envelope says, as CBOR values. Raises Refused."""
    return _decoded(envelope.payload)


def check_day(key: PublishedKey, signed_on: date) -> None:
    """Raise Refused if the key could not sign on that day."""
    if not key.may_sign_on(signed_on):
        raise Refused(refusals.KEY_OUTSIDE_ITS_TIME)


def _decoded(data: bytes) -> cbor.Value:
    try:
        return cbor.decode(data)
    except cbor.NotCanonical as error:
        raise Refused(refusals.NOT_CANONICAL) from error


def _key_named_in(protected: bytes) -> bytes:
    header = _decoded(protected)
    if not isinstance(header, dict) or ALGORITHM not in header:
        raise Refused(refusals.PROTECTED_HEADER)
    if header[ALGORITHM] != ES256:
        raise Refused(refusals.ALGORITHM)
    named = header.get(KEY_ID)
    if {*header} != {ALGORITHM, KEY_ID} or not isinstance(named, bytes) or len(named) != ID_BYTES:
        raise Refused(refusals.PROTECTED_HEADER)
    return named


def _to_be_signed(protected: bytes, payload: bytes) -> bytes:
    """Sig_structure of RFC 9052 section 4.4, with no outside data."""
    return cbor.encode(["Signature1", protected, b"", payload])


def _signed_by(public: ec.EllipticCurvePublicKey, envelope: Envelope) -> bool:
    signature = envelope.signature
    if len(signature) != 2 * COORDINATE_BYTES:
        return False
    r, s = (int.from_bytes(half, "big") for half in (signature[:COORDINATE_BYTES], signature[COORDINATE_BYTES:]))
    try:
        message = _to_be_signed(envelope.protected, envelope.payload)
        public.verify(encode_dss_signature(r, s), message, ec.ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True
