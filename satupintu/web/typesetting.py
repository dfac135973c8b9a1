"""Paper by typst: templates and JSON in, PDF out. Every word and number is set as text, whatever signs it holds.

What comes out is archivable (PDF/A-2a) and accessible (PDF/UA-1) at once; typst refuses to write what would break
either. The same data gives the same bytes.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

STANDARDS: Any = ["a-2a", "ua-1"]  # typst types it as the list of all its words
# What XML 1.0 cannot hold at all.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# The fonts that come with typst have every letter of Latin scripts.
PRINTED_FOR_SURE, BOX = 0x24F, "\N{WHITE SQUARE}"
PROBE = b'#set document(title: "x")\n#set text(font: "Libertinus Serif", lang: "id")\n#sys.inputs.t'
# The same data must give the same bytes, so a paper that knows no day of its own gets this one.
NO_DAY = datetime(2026, 11, 24, tzinfo=UTC)
NO_FILES: Mapping[str, bytes] = {}


def typeset(
    name: str,
    templates: Sequence[Path],
    shown: Mapping[str, Any],
    files: Mapping[str, bytes] = NO_FILES,
    at: datetime | None = None,
) -> bytes:
    """The PDF of the template ``name``, which reads ``shown`` as JSON from ``sys.inputs.shown``.

    ``templates`` are folders with ``*.typ``; a file in a later one wins. ``files`` (pictures) lie beside them by
    name; typst may read nothing else. ``at`` is written into the PDF. A sign that none of typst's fonts has becomes
    a box, because an archive refuses what nobody can see. Raises typst.TypstError for a template with a fault.
    """
    import typst

    text = json.dumps(_cleaned(dict(shown)), ensure_ascii=False)
    try:
        return _compiled(name, templates, text, files, at)
    except typst.TypstError:
        unseen = {sign for sign in set(text) if ord(sign) > PRINTED_FOR_SURE and not _has_glyph(sign)}
        if not unseen:
            raise
        return _compiled(name, templates, text.translate({ord(sign): BOX for sign in unseen}), files, at)


def laid_out(folder: Path, name: str, templates: Sequence[Path], files: Mapping[str, bytes] = NO_FILES) -> Path:
    """The templates and pictures in one folder; the path of the template ``name`` there."""
    for source in templates:
        for template in sorted(source.glob("*.typ")):
            shutil.copy(template, folder)
    for file, data in files.items():
        (folder / file).write_bytes(data)
    return folder / name


def clean(text: str) -> str:
    """Text without what neither XML nor a font can hold: control signs and halves of letters."""
    return UNWRITABLE.sub("", text)


def _cleaned(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _cleaned(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(one) for one in value]
    return clean(value) if isinstance(value, str) else value


def _compiled(
    name: str, templates: Sequence[Path], text: str, files: Mapping[str, bytes], at: datetime | None
) -> bytes:
    import typst

    with TemporaryDirectory() as folder:
        pdf: bytes = typst.compile(
            laid_out(Path(folder), name, templates, files),
            format="pdf",
            root=Path(folder),
            sys_inputs={"shown": text},
            ignore_system_fonts=True,
            pdf_standards=STANDARDS,
            timestamp=(at or NO_DAY).replace(microsecond=0),
        )
    return pdf


@lru_cache(maxsize=4096)
def _has_glyph(sign: str) -> bool:
    import typst

    try:
        typst.compile(PROBE, format="pdf", sys_inputs={"t": sign}, ignore_system_fonts=True, pdf_standards=STANDARDS)
    except typst.TypstError:
        return False
    return True
