"""The sealed PDFs of issued papers on disk, under ``uploads/papers/``; nothing there is readable without the key."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.conf import settings

from satupintu.audit import keys
from satupintu.kernel import vault


def keep(ref: UUID, pdf: bytes) -> None:
    """Seal and write a paper."""
    path = _path(ref)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.write_bytes(keys.seal(keys.field_key(), pdf, _place(ref)))
    draft.replace(path)


def read(ref: UUID) -> bytes:
    """The bytes as they were signed. Raises FileNotFoundError, CannotOpen if they were changed."""
    return vault.unseal(keys.field_key(), _path(ref).read_bytes(), _place(ref))


def remove(ref: UUID) -> None:
    """Delete it; what is not there is no fault."""
    _path(ref).unlink(missing_ok=True)


def _path(ref: UUID) -> Path:
    text = str(ref)
    return Path(settings.MEDIA_ROOT) / "papers" / text[:2] / f"{text}.pdf.sealed"


def _place(ref: UUID) -> str:
    return f"paper:{ref}"
