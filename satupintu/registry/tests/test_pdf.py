"""What calls itself a PDF is kept only if it is one, and runs nothing."""

import io
import zlib

import pytest
from PIL import Image

from satupintu.registry import pictures
from satupintu.registry.pdf import is_sound, may_run
from satupintu.registry.tests.factories import PDF, pdf

LIE = b"%PDF-1.4<script>alert(1)</script>%%EOF"


def with_contents_as_stream() -> bytes:
    """A PDF of version 1.5: its table of contents and its objects are packed."""
    packed = zlib.compress(b"1 0 2 30 <</Type/Catalog/Pages 2 0 R>> <</Type /Page /Parent 2 0 R>>")
    out = b"%PDF-1.5\n4 0 obj\n<</Type/ObjStm/N 2/First 9>>\nstream\n" + packed + b"\nendstream\nendobj\n"
    place = len(out)
    return out + b"5 0 obj\n<</Type/XRef/Size 6>>\nstream\n\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % place


def from_a_scanner() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 40), (200, 10, 10)).save(out, "PDF")
    return out.getvalue()


@pytest.mark.parametrize("made", [pdf, with_contents_as_stream, from_a_scanner])
def test_real_ones_are_kept_as_they_are(made) -> None:
    content = made()
    assert (is_sound(content), may_run(content)) == (True, False)
    assert pictures.read(content).content == content


@pytest.mark.parametrize(
    "content",
    [
        LIE,
        PDF[:-8],
        PDF.replace(b"startxref\n", b"startxref\n9"),
        PDF.replace(b"/Type/Page/", b"/Type/Pagf/"),
        PDF + b"<script>alert(1)</script>",
        b"%PDF-1.4\nstartxref\n0\n%%EOF",
    ],
    ids=["script", "cut off", "wrong place", "no page", "something after the end", "contents at the head"],
)
def test_what_only_calls_itself_a_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(pictures.NotUsable, match="rusak atau terpotong"):
        pictures.read(content)


@pytest.mark.parametrize(
    "extra",
    [
        b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>",
        b"/OpenAction<</S/J#61vaScript>>",
        b"/OpenAction<</S/Launch/F(x.exe)>>",
        b"/Names<</EmbeddedFiles 9 0 R>>",
        b"/F<</Type/EmbeddedFile>>",
    ],
)
def test_a_pdf_that_runs_or_carries_something_is_refused(extra: bytes) -> None:
    with pytest.raises(pictures.NotUsable, match="berisi program"):
        pictures.read(pdf(extra))


def test_what_is_packed_is_looked_into() -> None:
    packed = zlib.compress(b"<</S/JavaScript>>")
    hidden = PDF.replace(
        b"xref\n0 4", b"7 0 obj\n<</Type/ObjStm>>\nstream\n" + packed + b"\nendstream\nendobj\nxref\n0 4", 1
    )
    assert may_run(hidden)
    assert not may_run(hidden.replace(b"/ObjStm", b"/XImage"))  # in a picture any sign may stand
