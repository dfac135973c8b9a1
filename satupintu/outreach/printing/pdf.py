"""PDF by typst. Every word and number comes as JSON and is set as text, whatever signs it holds."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

DOCUMENTS = Path(__file__).parent / "documents"
# Archivable and accessible at once; typst refuses to write what would break either.
STANDARDS = ["a-2a", "ua-1"]
ENDINGS = {"image/png": "png", "image/jpeg": "jpg"}
PICTURE_PPI = 220
# The same data must give the same bytes, so a paper that knows no day of its own gets this one.
NO_DAY = datetime(2026, 11, 24, tzinfo=UTC)


def report_pdf(document: Mapping[str, Any], at: datetime | None = None) -> bytes:
    """The report as a tagged PDF/A. ``at`` is the moment written into the file."""
    return _set("report.typ", document, at)


def summary_pdf(document: Mapping[str, Any], at: datetime | None = None) -> bytes:
    """The two pages for the kelurahan."""
    return _set("summary.typ", document, at)


def certificates_pdf(document: Mapping[str, Any], at: datetime | None = None) -> bytes:
    """One landscape page for each person."""
    return _set("certificates.typ", document, at)


def picture_png(block: Mapping[str, Any]) -> bytes:
    """A picture block alone, as it stands in the PDF."""
    import typst

    with TemporaryDirectory() as folder:
        main = _prepared(Path(folder), "picture.typ", {})
        png: bytes = typst.compile(
            main,
            format="png",
            ppi=PICTURE_PPI,
            root=folder,
            sys_inputs={"shown": json.dumps(block, ensure_ascii=False)},
            ignore_system_fonts=True,
        )
    return png


def _set(name: str, document: Mapping[str, Any], at: datetime | None) -> bytes:
    import typst

    with TemporaryDirectory() as folder:
        main = _prepared(Path(folder), name, document)
        pdf: bytes = typst.compile(
            main,
            format="pdf",
            root=folder,
            sys_inputs={"shown": json.dumps(_without_photos(document), ensure_ascii=False)},
            ignore_system_fonts=True,
            pdf_standards=STANDARDS,
            timestamp=at or NO_DAY,
        )
    return pdf


def _prepared(folder: Path, name: str, document: Mapping[str, Any]) -> Path:
    """The templates and the photos in one folder, outside of which typst may read nothing."""
    for template in DOCUMENTS.glob("*.typ"):
        shutil.copy(template, folder)
    for number, photo in enumerate(_photos(document)):
        (folder / f"photo-{number}.{ENDINGS[photo['kind']]}").write_bytes(base64.b64decode(photo["data"]))
    return folder / name


def _photos(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [b for section in document.get("sections", ()) for b in section["blocks"] if b["type"] == "photo"]


def _without_photos(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with the name of a file where a photo's bytes were."""
    files = iter(f"photo-{number}.{ENDINGS[photo['kind']]}" for number, photo in enumerate(_photos(document)))
    sections = [
        {
            **section,
            "blocks": [
                {**{key: value for key, value in block.items() if key != "data"}, "file": next(files)}
                if block["type"] == "photo"
                else block
                for block in section["blocks"]
            ],
        }
        for section in document.get("sections", ())
    ]
    return {**document, "sections": sections}
