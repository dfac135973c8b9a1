"""The envelope against the standard's own example, another library, and the known traps of such formats."""

import cbor2
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cwt import COSE, COSEHeaders, COSEKey
from cwt.enums import COSEAlgs

from satupintu.kernel.seal.certificates import LONGEST, claims_in, issue
from satupintu.kernel.seal.envelope import Envelope, open_envelope, payload_of, sign, trusted_key
from satupintu.kernel.seal.keys import CERTIFICATES, REVOCATIONS, PublishedKey, key_id
from satupintu.kernel.seal.refusals import Refused
from satupintu.kernel.seal.tests.given import KEYS, LIST_SECRET, PAYLOAD, SECRET, STRANGER, TODAY, claims
from satupintu.kernel.seal.verdicts import Verdict, verify

KID = key_id(SECRET.public_key())
BODY = cbor2.loads(PAYLOAD).value[2]
# RFC 9052 appendix C.2.1 and its key "11" of appendix C.7.1.
STANDARD = bytes.fromhex(
    "d28443a10126a10442313154546869732069732074686520636f6e74656e742e58408eb33e4ca31d1c465ab05aac34cc6b23d58fef5c0831"
    "06c4d25a91aef0b0117e2af9a291aa32e14ab834dc56ed2a223444547e01f11d3b0916e5a4c345cacb36"
)
STANDARD_KEY = ec.EllipticCurvePublicNumbers(
    0xBAC5B11CAD8F99F9C72B05CF4B9E26D244DC189F745228255A219A86D6A09EFF,
    0x20138BF82DC1B6D562BE0FA54AB7804A3A64B6D72CCFED6B6FB6ED28BBFC117E,
    ec.SECP256R1(),
).public_key()


def signed(protected: bytes, unprotected: dict, body: bytes = BODY, secret=SECRET) -> list:
    """The four parts with a right signature over whatever stands in them, as a forger with the key would make."""
    message = cbor2.dumps(["Signature1", protected, b"", body], canonical=True)
    r, s = decode_dss_signature(secret.sign(message, ec.ECDSA(hashes.SHA256())))
    return [protected, unprotected, body, r.to_bytes(32, "big") + s.to_bytes(32, "big")]


def header(**labels) -> bytes:
    return cbor2.dumps({1: -7, 4: KID} | {int(name[1:]): value for name, value in labels.items()}, canonical=True)


def tagged(parts, tag: int = 18) -> bytes:
    return cbor2.dumps(cbor2.CBORTag(tag, parts), canonical=True)


def refused(data: bytes) -> Verdict:
    verdict = verify(data, KEYS, None, at=TODAY)
    assert (verdict.status, verdict.valid, verdict.claims) == ("unknown", False, None)
    return verdict


def test_the_example_of_the_standard_verifies_and_its_key_id_outside_of_it_is_refused():
    protected, _, body, signature = cbor2.loads(STANDARD).value
    public = PublishedKey(STANDARD_KEY, TODAY, None, frozenset({CERTIFICATES}))
    envelope = Envelope(b"1111", protected, body, signature)
    assert trusted_key(envelope, {b"1111": public}, CERTIFICATES) is public
    with pytest.raises(Refused, match="signature"):
        trusted_key(Envelope(b"1111", protected, body + b".", signature), {b"1111": public}, CERTIFICATES)
    with pytest.raises(Refused, match="unprotected_header"):
        open_envelope(STANDARD, LONGEST)


def test_another_library_accepts_what_we_sign():
    public = COSEKey.new({1: 2, 3: -7, -1: 1, 2: KID, **coordinates(SECRET)})
    assert COSE.new().decode_with_headers(PAYLOAD, public) == ({1: -7, 4: KID}, {}, BODY)
    assert claims_in(payload_of(open_envelope(PAYLOAD, LONGEST))) == claims()


def coordinates(secret) -> dict[int, bytes]:
    numbers = secret.public_key().public_numbers()
    return {-2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}


def test_we_accept_what_another_library_signs():
    private = COSEKey.new(
        {
            1: 2,
            3: -7,
            -1: 1,
            2: KID,
            -4: SECRET.private_numbers().private_value.to_bytes(32, "big"),
            **coordinates(SECRET),
        }
    )
    protected = {COSEHeaders.ALG: COSEAlgs.ES256, COSEHeaders.KID: KID}
    theirs = COSE.new().encode_and_sign(BODY, private, protected=protected, unprotected={})
    assert verify(theirs, KEYS, None, at=TODAY).claims == claims()


def test_the_same_claims_and_key_give_the_same_bytes():
    assert issue(claims(), SECRET) == PAYLOAD == tagged(cbor2.loads(PAYLOAD).value)


@pytest.mark.parametrize(
    ("protected", "unprotected", "reason"),
    [
        (cbor2.dumps({1: -7}), {4: KID}, "unprotected_header"),  # the key id only outside
        (header(), {4: KID}, "unprotected_header"),  # in both places
        (header(), {4: b"evil"}, "unprotected_header"),
        (cbor2.dumps({4: KID}), {1: -7}, "unprotected_header"),  # the algorithm only outside
        (header(), {1: -7}, "unprotected_header"),
        (header(), {33: b"certificate"}, "unprotected_header"),
        (cbor2.dumps({4: KID}), {}, "protected_header"),  # no algorithm
        (cbor2.dumps({1: -7}), {}, "protected_header"),  # no key id
        (b"", {}, "not_canonical"),
        (b"\xa0", {}, "protected_header"),
        (header(_2=[1]), {}, "protected_header"),  # something critical that we do not know
        (header(_4="text"), {}, "protected_header"),
        (header(_4=KID + b"0"), {}, "protected_header"),
        (header(_1=0), {}, "algorithm"),
        (header(_1="none"), {}, "algorithm"),
        (header(_1=5), {}, "algorithm"),  # HMAC: the public key as a shared secret
        (header(_1=-8), {}, "algorithm"),
        (header(_1=-35), {}, "algorithm"),
        (header(_1=-9999), {}, "algorithm"),
        (cbor2.dumps({4: KID, 1: -7}), {}, "not_canonical"),
        (bytes.fromhex("a301260126044400000000"), {}, "not_canonical"),  # the algorithm twice
    ],
)
def test_a_header_that_is_not_exactly_ours_is_refused_even_when_signed(protected, unprotected, reason):
    assert refused(tagged(signed(protected, unprotected))).reason == reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not_canonical"),
        (PAYLOAD[1:], "tag"),  # no tag
        (b"\xd1" + PAYLOAD[1:], "tag"),  # MAC0
        (tagged(cbor2.loads(PAYLOAD).value, tag=98), "tag"),
        (b"\xd2" + PAYLOAD, "tag"),  # 18(18(...))
        (b"\xd8\x3d" + PAYLOAD, "tag"),  # 61(18(...)), a CWT
        (b"\xd9\xd9\xf7" + PAYLOAD, "tag"),  # "this is CBOR"
        (PAYLOAD + b"\x00", "not_canonical"),
        (PAYLOAD + PAYLOAD, "not_canonical"),
        (b"\xd2\x9f" + PAYLOAD[2:] + b"\xff", "not_canonical"),  # a list without a length
        (tagged([]), "shape"),
        (tagged(cbor2.loads(PAYLOAD).value[:3]), "shape"),
        (tagged({1: 2}), "shape"),
        (tagged([header(), {}, None, bytes(64)]), "not_canonical"),  # payload elsewhere
        (tagged([header(), {}, "text", bytes(64)]), "shape"),
        (tagged([header(), [], BODY, bytes(64)]), "unprotected_header"),
        (tagged([header(), {}, BODY, bytes(64)]), "signature"),
        (tagged([header(), {}, BODY, b"\xff" * 64]), "signature"),
        (tagged([header(), {}, BODY, bytes(63)]), "signature"),
        (tagged([header(), {}, BODY, b""]), "signature"),
        (tagged(signed(header(), {}, secret=STRANGER)), "signature"),
        (issue(claims(), STRANGER), "unknown_key"),
        (issue(claims(), LIST_SECRET), "key_not_for_this"),
        (bytes(LONGEST + 1), "too_long"),
        (b"\x81" * LONGEST, "not_canonical"),
    ],
)
def test_anything_but_one_signed_envelope_is_refused(data, reason):
    assert refused(data).reason == reason


def test_a_certificate_is_no_list():
    with pytest.raises(Refused, match="key_not_for_this"):
        trusted_key(open_envelope(PAYLOAD, LONGEST), KEYS, REVOCATIONS)


@pytest.mark.parametrize(
    "body",
    [
        7,
        [],
        {},
        {0: 1},
        *(cbor2.loads(BODY) | change for change in ({0: 2}, {9: 1}, {1: ""}, {1: 7}, {1: "3275010101800001"})),
        *(cbor2.loads(BODY) | change for change in ({4: "2026-11-20"}, {4: 2**40}, {5: -1}, {6: 1}, {6: []})),
        *(cbor2.loads(BODY) | change for change in ({8: "Siti Aminah"}, {8: ""}, {7: "2222223"}, {2: "TDU PKL"})),
    ],
)
def test_signed_claims_that_are_not_a_certificate_are_refused(body):
    assert refused(sign(body, SECRET)).reason == "claims"


@pytest.mark.parametrize(
    "body",
    [
        bytes([0xAA]) + BODY[1:3] + BODY[1:],  # a claim twice
        bytes([0xA9]) + BODY[3:] + BODY[1:3],  # unsorted
        BODY + b"\x00",
        BODY[:-1],
        b"\xbf" + BODY[1:] + b"\xff",  # a map without a length
        BODY.replace(b"\x00\x01", b"\x00\x18\x01", 1),  # a longer 1
        BODY.replace(b"\x00\x01", b"\x00\xf5", 1),  # true, which Python takes for 1
        BODY.replace(b"\x00\x01", b"\x00\xf9\x3c\x00", 1),  # 1.0
    ],
)
def test_signed_claims_in_another_spelling_are_refused(body):
    assert refused(tagged(signed(header(), {}, body))).reason == "not_canonical"
