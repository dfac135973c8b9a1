"""Whether a PDF is what it says, by its own plan: a table of contents where it says, pages, an end, nothing that runs.

No reader of PDF is at hand in the house, so this looks at the skeleton only. What passes is still handed out as a file
to be saved, never shown inside our pages.
"""

from __future__ import annotations

import re
import zlib

END = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF\s*\Z")
OBJECT = re.compile(rb"\s*\d{1,10}\s+\d{1,5}\s+obj\b")
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
# Names that start a program or carry another file; a sign of a name may be written as # and two digits.
RUNS = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia)\b")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
MOST_UNPACKED = 32 * 1024 * 1024


def is_sound(content: bytes) -> bool:
    """Whether the head, the end and the table of contents stand where they must and there is a page."""
    end = END.search(content[-1024:])
    if not re.match(rb"%PDF-[12]\.\d", content) or end is None:
        return False
    contents = content[int(end[1]) :]
    if contents.startswith(b"xref"):
        return b"trailer" in contents and _has_page(content)
    return OBJECT.match(contents) is not None and b"/XRef" in contents[:2048] and _has_page(content)


def may_run(content: bytes) -> bool:
    """Whether it holds a program or another file, also inside packed objects."""
    return any(RUNS.search(ESCAPED.sub(_sign, part)) for part in _objects(content))


def _has_page(content: bytes) -> bool:
    return any(re.search(rb"/Type\s*/Page\b", part) for part in _objects(content))


def _sign(match: re.Match[bytes]) -> bytes:
    return bytes([int(match[1], 16)])


def _objects(content: bytes) -> list[bytes]:
    """What describes the document: everything but streams (in a picture any sign may stand), and packed objects."""
    found, room = [STREAM.sub(b"stream", content)], MOST_UNPACKED
    for match in STREAM.finditer(content):
        described = content[max(0, match.start() - 500) : match.start()].rpartition(b" obj")[2]
        if room <= 0 or b"/ObjStm" not in described:
            continue
        try:
            part = zlib.decompressobj().decompress(match[1], room)
        except zlib.error:
            continue
        room -= len(part)
        found.append(part)
    return found
