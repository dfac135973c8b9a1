"""PDF by typst. Every word and number comes as JSON and is set as text, whatever signs it holds."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

DOCUMENTS = Path(__file__).parent / "documents"
Made = Mapping[str, Any]
Photos = Mapping[str, bytes]
NONE: Photos = {}
PICTURE_PPI = 220
# What XML 1.0 cannot hold at all.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# The fonts that come with typst have every letter of Latin scripts.
PRINTED_FOR_SURE, BOX = 0x24F, "\N{WHITE SQUARE}"
PROBE = b'#set document(title: "x")\n#set text(font: "Libertinus Serif", lang: "id")\n#sys.inputs.t'
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


def clean(text: str) -> str:
    """Text without what neither XML nor a font can hold: control signs and halves of letters."""
    return UNWRITABLE.sub("", text)


def _cleaned(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _cleaned(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_cleaned(one) for one in value]
    return clean(value) if isinstance(value, str) else value


def _set(name: str, document: Made, photos: Photos, at: datetime | None) -> bytes:
    """Set a template. A sign that none of typst's fonts has becomes a box: an archive refuses what nobody can see."""
    import typst

    shown = json.dumps(_cleaned({**document, "photos": _files(photos)}), ensure_ascii=False)
    try:
        return _compiled(name, shown, photos, at)
    except typst.TypstError:
        unseen = {sign for sign in set(shown) if ord(sign) > PRINTED_FOR_SURE and not _has_glyph(sign)}
        if not unseen:
            raise
        return _compiled(name, shown.translate({ord(sign): BOX for sign in unseen}), photos, at)


def _compiled(name: str, shown: str, photos: Photos, at: datetime | None) -> bytes:
    import typst

    with TemporaryDirectory() as folder:
        main = _prepared(Path(folder), name)
        for ref, file in _files(photos).items():
            (Path(folder) / file).write_bytes(photos[ref])
        # Archivable (PDF/A-2a) and accessible (PDF/UA-1) at once; typst refuses to write what would break either.
        pdf: bytes = typst.compile(
            main,
            format="pdf",
            root=Path(folder),
            sys_inputs={"shown": shown},
            ignore_system_fonts=True,
            pdf_standards=["a-2a", "ua-1"],
            timestamp=at or NO_DAY,
        )
    return pdf


@lru_cache(maxsize=4096)
def _has_glyph(sign: str) -> bool:
    import typst

    try:
        typst.compile(
            PROBE, format="pdf", sys_inputs={"t": sign}, ignore_system_fonts=True, pdf_standards=["a-2a", "ua-1"]
        )
    except typst.TypstError:
        return False
    return True


def _files(photos: Photos) -> dict[str, str]:
    """The name of the file that each photo gets."""
    return {ref: f"photo-{number}.{_ending(data)}" for number, (ref, data) in enumerate(photos.items())}


def _prepared(folder: Path, name: str) -> Path:
    """The templates in one folder, outside of which typst may read nothing."""
    for template in DOCUMENTS.glob("*.typ"):
        shutil.copy(template, folder)
    return folder / name


def _ending(data: bytes) -> str:
    return "png" if data.startswith(b"\x89PNG") else "jpg"
