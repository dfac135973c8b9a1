"""The sealed files of the wallet on disk, under ``uploads/documents/``; nothing there is readable without the key."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.conf import settings

from satupintu.audit import keys
from satupintu.kernel import vault


def keep(ref: UUID, content: bytes, small: bytes | None) -> None:
    """Seal and write a file and its small copy."""
    for name, data in (("content", content), ("thumbnail", small)):
        if data is not None:
            path = _path(ref, name)
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.write_bytes(keys.seal(keys.field_key(), data, _place(ref, name)))


def content(ref: UUID) -> bytes:
    """The bytes as they were given. Raises FileNotFoundError, CannotOpen if they were changed."""
    return _read(ref, "content")


def thumbnail(ref: UUID) -> bytes:
    """The small copy. Raises FileNotFoundError, CannotOpen if it was changed."""
    return _read(ref, "thumbnail")


def remove(ref: UUID) -> None:
    """Delete both; what is not there is no fault."""
    for name in ("content", "thumbnail"):
        _path(ref, name).unlink(missing_ok=True)


def _read(ref: UUID, name: str) -> bytes:
    return vault.unseal(keys.field_key(), _path(ref, name).read_bytes(), _place(ref, name))


def _path(ref: UUID, name: str) -> Path:
    text = str(ref)
    return Path(settings.MEDIA_ROOT) / "documents" / text[:2] / f"{text}.{name}"


def _place(ref: UUID, name: str) -> str:
    return f"document:{ref}:{name}"
