"""PDF by typst. Every word and number comes as JSON and is set as text, whatever signs it holds."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

DOCUMENTS = Path(__file__).parent / "documents"
Made = Mapping[str, Any]
Photos = Mapping[str, bytes]
NONE: Photos = {}
PICTURE_PPI = 220
# The same data must give the same bytes, so a paper that knows no day of its own gets this one.
NO_DAY = datetime(2026, 11, 24, tzinfo=UTC)


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
        main = _prepared(Path(folder), "picture.typ")
        png: bytes = typst.compile(
            main,
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
    import typst

    files = {ref: f"photo-{number}.{_ending(data)}" for number, (ref, data) in enumerate(photos.items())}
    with TemporaryDirectory() as folder:
        main = _prepared(Path(folder), name)
        for ref, file in files.items():
            (Path(folder) / file).write_bytes(photos[ref])
        # Archivable (PDF/A-2a) and accessible (PDF/UA-1) at once; typst refuses to write what would break either.
        pdf: bytes = typst.compile(
            main,
            format="pdf",
            root=Path(folder),
            sys_inputs={"shown": json.dumps({**document, "photos": files}, ensure_ascii=False)},
            ignore_system_fonts=True,
            pdf_standards=["a-2a", "ua-1"],
            timestamp=at or NO_DAY,
        )
    return pdf


def _prepared(folder: Path, name: str) -> Path:
    """The templates in one folder, outside of which typst may read nothing."""
    for template in DOCUMENTS.glob("*.typ"):
        shutil.copy(template, folder)
    return folder / name


def _ending(data: bytes) -> str:
    return "png" if data.startswith(b"\x89PNG") else "jpg"
