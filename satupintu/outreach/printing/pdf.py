"""The papers of an event as PDF."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from satupintu.web.typesetting import laid_out, typeset

DOCUMENTS = Path(__file__).parent / "documents"
Made = Mapping[str, Any]
Photos = Mapping[str, bytes]
NONE: Photos = {}
PICTURE_PPI = 220


def report_pdf(document: Made, photos: Photos = NONE, at: datetime | None = None) -> bytes:
    """The report as a tagged PDF/A. ``photos`` are JPEG or PNG bytes by reference; ``at`` is written into the file."""
    return _set("report.typ", document, photos, at)


def summary_pdf(document: Made, at: datetime | None = None) -> bytes:
    """The two pages for the kelurahan."""
    return _set("summary.typ", document, NONE, at)


def certificates_pdf(document: Made, at: datetime | None = None) -> bytes:
    """One landscape page for each person."""
    return _set("certificates.typ", document, NONE, at)


def picture_png(block: Made) -> bytes:
    """A picture block alone, as it stands in the PDF."""
    import typst

    with TemporaryDirectory() as folder:
        png: bytes = typst.compile(
            laid_out(Path(folder), "picture.typ", [DOCUMENTS]),
            format="png",
            ppi=PICTURE_PPI,
            root=Path(folder),
            sys_inputs={"shown": json.dumps(block, ensure_ascii=False)},
            ignore_system_fonts=True,
        )
    return png


def shown_photo(block: Made, photos: Photos) -> bytes | None:
    """The bytes of a photo block; None for one that may not be shown any more."""
    return photos.get(block["ref"])


def _set(name: str, document: Made, photos: Photos, at: datetime | None) -> bytes:
    names = {ref: f"photo-{number}.{_ending(data)}" for number, (ref, data) in enumerate(photos.items())}
    files = {names[ref]: data for ref, data in photos.items()}
    return typeset(name, [DOCUMENTS], {**document, "photos": names}, files, at)


def _ending(data: bytes) -> str:
    return "png" if data.startswith(b"\x89PNG") else "jpg"
