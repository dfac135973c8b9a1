"""Files in: published keys and revocation lists."""

from __future__ import annotations

from pathlib import Path

from satupintu.kernel.seal.keys import Keys, UnusableKeys, read_keys
from satupintu.kernel.seal.refusals import Refused
from satupintu.kernel.seal.revocations import RevocationList, read_list
from satupintu.licensing.rules.verdict_wording import why_refused


class UnusableFile(ValueError):
    """A file that cannot be used; the message is one sentence saying which, why and what to do."""


def read_published_keys(path: Path) -> Keys:
    """The keys of a JWK set. Raises UnusableFile."""
    try:
        return read_keys(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise UnusableFile(f"{path}: bukan teks UTF-8. Ambil berkas kunci yang diterbitkan lagi.") from error
    except UnusableKeys as error:
        raise UnusableFile(f"{path}: {error}. Ambil berkas kunci yang diterbitkan lagi.") from error


def read_revocations(path: Path, keys: Keys) -> RevocationList:
    """A signed list. Raises UnusableFile: a list that is not believed must not pass for one that was looked at."""
    try:
        return read_list(path.read_bytes(), keys)
    except Refused as refused:
        raise UnusableFile(
            f"{path}: daftar pencabutan ditolak, {why_refused(refused.reason)}. Ambil daftar yang baru."
        ) from refused
