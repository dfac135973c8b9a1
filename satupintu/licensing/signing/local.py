"""Signatures by a city's own trial authority: PAdES baseline B-B, not certified by anybody.

A root of the city vouches for one certificate of each office. Both say in their names "uji coba, tidak
tersertifikasi". By PP 71/2019 art. 60 only a provider recognised in Indonesia can make a certified signature; this is
the other kind. There is no timestamp of a third party (B-T), because none can be had without a network: the time in
the signature is the deployment's own clock.

RSA and not an elliptic curve, because the PDF of PDF/A-2 (1.7) knows no curves, and pyHanko would have to raise its
version. Keys and certificates lie in one folder, keys encrypted, readable by the owner only.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

from satupintu.licensing.signing.apart import apart
from satupintu.licensing.signing.refusals import Refused, UnusableAuthority

UNCERTIFIED = "Uji coba, tidak tersertifikasi"
ROOT = "root"
KEY_BITS = 3072
ROOT_LASTS, OFFICE_LASTS, RENEWED_BEFORE = timedelta(days=3652), timedelta(days=1096), timedelta(days=30)
LONGEST_NAME = 64  # bytes of a name in a certificate (RFC 5280, upper bounds)
FIELD = "TandaTangan"
# Hex digits kept free for the signature. It takes some 9,000 with two certificates whose names are cut as above;
# without a number pyHanko signs twice, once to measure.
RESERVED = 16_384
# Printed, and outside of the page: so both PDF/A-2 and PDF/UA-1 let a signature be invisible.
INVISIBLE = InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True)


@dataclass(frozen=True, slots=True)
class LocalSigner:
    """An office that can sign: its certificate, its key, the root above it, and until when it may."""

    name: str
    signer: SimpleSigner
    valid_from: datetime
    valid_until: datetime


def make_authority(folder: Path, city: str, offices: Mapping[str, str], *, passphrase: bytes, at: datetime) -> None:
    """Make what is missing: the root of the city, and a certificate for each office (code: name).

    A certificate with less than 30 days left is made anew; what it signed stays valid. Safe to repeat, and for two
    processes at once. ``passphrase`` encrypts the private keys. Raises UnusableAuthority when it is not the one that
    the root was made with.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not _path(folder, ROOT).exists():
        key = _new_key()
        _keep(folder, ROOT, _root(city, key, at), key, passphrase, replace=False)
    for code, name in offices.items():
        if not _is_fresh(folder, code, at):
            root, root_key = _read(folder, ROOT, passphrase)
            key = _new_key()
            made = _office(city, name, key, root, root_key, at)
            _keep(folder, code, made, key, passphrase, replace=True)


def root_certificate(folder: Path) -> bytes:
    """The root as PEM, to be published so that others can check. Raises UnusableAuthority when there is none."""
    try:
        return x509.load_pem_x509_certificate(_path(folder, ROOT).read_bytes()).public_bytes(serialization.Encoding.PEM)
    except (OSError, ValueError) as error:
        raise _unusable(folder, ROOT) from error


def signer_of(folder: Path, office: str, *, passphrase: bytes) -> LocalSigner:
    """The signer of an office. Raises UnusableAuthority when it was never made, or with another passphrase."""
    path = _path(folder, office)
    try:
        return _signer(folder, office, passphrase, path.stat().st_mtime_ns)
    except OSError as error:
        raise _unusable(folder, office) from error


def sign_pdf(pdf: bytes, signer: LocalSigner, at: datetime, reason: str, location: str) -> bytes:
    """The PDF with an invisible PAdES signature appended; what it held before stays byte for byte.

    ``at`` is the time that the signature claims. Raises Refused for what is no PDF, for one that is signed already,
    and outside of the certificate's own days.
    """
    if not signer.valid_from <= at <= signer.valid_until:
        raise Refused(f"Sertifikat uji coba {signer.name} tidak berlaku hari ini. Minta pengelola membuat yang baru.")
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        reason=reason,
        location=location,
        name=signer.name,
    )
    spec = SigFieldSpec(FIELD, invis_sig_settings=INVISIBLE)
    try:
        writer = _SameMetadata(BytesIO(pdf))
        if writer.prev.embedded_signatures:
            raise Refused("Surat ini sudah ditandatangani. Buka surat yang tersimpan.")
        signing = _SignerAt(at, metadata, signer.signer, spec)
        made: BytesIO = apart(lambda: signing.sign_pdf(writer, bytes_reserved=RESERVED))
    except (PdfReadError, SigningError) as error:
        raise Refused(
            "Surat ini tidak bisa ditandatangani, isinya bukan PDF yang utuh. Cetak lagi suratnya."
        ) from error
    return made.getvalue()


class _SameMetadata(IncrementalPdfFileWriter):
    """Leaves title, dates and the marks of PDF/A as they were written; the signature has a time of its own."""

    def _update_meta(self) -> None:
        """Nothing: pyHanko would write its own name and clock here, in one of two places that must agree."""


class _OpenKey(SimpleSigner):
    """Signs with a key that is open already: pyHanko opens it for each signature, which takes 100 times as long."""

    key: rsa.RSAPrivateKey

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        """The bare signature, RSA with PKCS #1 v1.5; only SHA-256 is ever asked for."""
        return self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())


class _SignerAt(PdfSigner):
    """Signs with a given time instead of the clock's."""

    def __init__(self, at: datetime, metadata: PdfSignatureMetadata, signer: SimpleSigner, spec: SigFieldSpec) -> None:
        super().__init__(metadata, signer, new_field_spec=spec)
        self.at = at

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        """The session of pyHanko, with our time."""
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at
        return session


@lru_cache(maxsize=64)
def _signer(folder: Path, office: str, passphrase: bytes, changed: int) -> LocalSigner:
    """Kept, because opening an encrypted key takes longer than signing; ``changed`` lets a renewed file be read."""
    certificate, key = _read(folder, office, passphrase)
    plain = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    store = SimpleCertificateStore.from_certs(load_certs_from_pemder_data(root_certificate(folder)))
    [own] = load_certs_from_pemder_data(certificate.public_bytes(serialization.Encoding.DER))
    signer = _OpenKey(own, load_private_key_from_pemder_data(plain, None), store)
    signer.key = key
    return LocalSigner(
        name=str(certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)[0].value),
        signer=signer,
        valid_from=certificate.not_valid_before_utc,
        valid_until=certificate.not_valid_after_utc,
    )


def _new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)


def _root(city: str, key: rsa.RSAPrivateKey, at: datetime) -> x509.Certificate:
    name = _name(f"{UNCERTIFIED}: {city}", city, "Otoritas sertifikat")
    return (
        _certificate(name, name, key.public_key(), at, ROOT_LASTS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .sign(key, hashes.SHA256())
    )


def _office(
    city: str, office: str, key: rsa.RSAPrivateKey, root: x509.Certificate, root_key: rsa.RSAPrivateKey, at: datetime
) -> x509.Certificate:
    name = _name(f"{UNCERTIFIED}: {office}", city, office)
    lasts = min(OFFICE_LASTS, root.not_valid_after_utc - at)
    return (
        _certificate(name, root.subject, key.public_key(), at, lasts)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False)
        .sign(root_key, hashes.SHA256())
    )


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: rsa.RSAPublicKey, at: datetime, lasts: timedelta
) -> x509.CertificateBuilder:
    # Certificates count in seconds; one that begins within this second would not hold yet.
    start = at.replace(microsecond=0)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + lasts)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _name(common: str, city: str, unit: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _cut(city)),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, _cut(unit)),
            x509.NameAttribute(NameOID.COMMON_NAME, _cut(common)),
        ]
    )


def _cut(name: str) -> str:
    """The name as far as a certificate takes it; no letter is cut in half."""
    return name.encode()[:LONGEST_NAME].decode(errors="ignore").strip()


def _path(folder: Path, name: str) -> Path:
    return folder / f"{name}.pem"


def _is_fresh(folder: Path, office: str, at: datetime) -> bool:
    path = _path(folder, office)
    if not path.exists():
        return False
    certificate = x509.load_pem_x509_certificate(path.read_bytes())
    root = x509.load_pem_x509_certificate(_path(folder, ROOT).read_bytes())
    return certificate.issuer == root.subject and certificate.not_valid_after_utc > at + RENEWED_BEFORE


def _keep(
    folder: Path, name: str, made: x509.Certificate, key: rsa.RSAPrivateKey, passphrase: bytes, *, replace: bool
) -> None:
    """Certificate and key in one file, so that they never part; whole or not at all."""
    sealed = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(passphrase),
    )
    path = _path(folder, name)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(made.public_bytes(serialization.Encoding.PEM) + sealed)
    if replace:
        draft.replace(path)
        return
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # another process was first; both now use its root
    finally:
        draft.unlink()


def _read(folder: Path, name: str, passphrase: bytes) -> tuple[x509.Certificate, rsa.RSAPrivateKey]:
    try:
        data = _path(folder, name).read_bytes()
        key = serialization.load_pem_private_key(data, passphrase)
        certificate = x509.load_pem_x509_certificate(data)
    except (OSError, ValueError, TypeError) as error:
        raise _unusable(folder, name) from error
    if not isinstance(key, rsa.RSAPrivateKey):
        raise _unusable(folder, name)
    return certificate, key


def _unusable(folder: Path, name: str) -> UnusableAuthority:
    return UnusableAuthority(
        f"{_path(folder, name)}: sertifikat uji coba tidak bisa dibuka. Kembalikan folder keys dari cadangan."
    )
