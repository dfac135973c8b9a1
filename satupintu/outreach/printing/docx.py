"""DOCX by python-docx: real styles, native tables, pictures with alternative text, so that a lecturer can go on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from satupintu.outreach.printing.pdf import NONE, Made, Photos, picture_png, shown_photo
from satupintu.web.typesetting import NO_DAY, clean

FONT = "Times New Roman"
GONE = "{}: foto ini tidak ditampilkan lagi."
WIDTH = 165  # millimetres between the margins
LANGUAGES = {"id": "id-ID", "en": "en-US"}
ALIGNED = {"l": WD_ALIGN_PARAGRAPH.LEFT, "r": WD_ALIGN_PARAGRAPH.RIGHT, "c": WD_ALIGN_PARAGRAPH.CENTER}
WARM, INK = RGBColor(0x9A, 0x5B, 0x00), RGBColor(0x1D, 0x2B, 0x3A)
# The first section begins a page anyhow, after the cover.
BEGIN_A_PAGE = ("approval", "abstract_id", "introduction", "photos", "people", "origin")


def report_docx(document: Made, photos: Photos = NONE, at: datetime | None = None) -> bytes:
    """The report as a document to be edited. ``photos`` are bytes by reference; ``at`` is written into the file."""
    paper = Document()
    _styles(paper)
    _properties(paper, document, at or NO_DAY)
    _cover(paper, document)
    first = document["sections"][0]
    for section in document["sections"]:
        if section["code"] == "introduction":
            _contents(paper, document)
        _section(paper, section, photos, begins_page=section["code"] in BEGIN_A_PAGE and section is not first)
    written = BytesIO()
    paper.save(written)
    return written.getvalue()


def _styles(paper: Paper) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(20)
    section.top_margin, section.bottom_margin = Mm(25), Mm(22)
    for name, size in (("Normal", 11), ("Heading 1", 14), ("Heading 2", 12), ("Title", 22), ("Caption", 9.5)):
        style: Any = paper.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        if name != "Normal":
            style.font.color.rgb, style.font.italic = INK, False
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), FONT)
    for language in paper.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGES["id"])
    normal: Any = paper.styles["Normal"]
    normal.paragraph_format.space_after = Pt(6)


def _properties(paper: Paper, document: Made, at: datetime) -> None:
    properties = paper.core_properties
    properties.title = clean(f"{document['kind']}: {document['title']}")[:255]
    properties.author, properties.language, properties.comments = "SatuPintu", LANGUAGES["id"], ""
    moment = at.astimezone(UTC).replace(tzinfo=None)
    properties.created, properties.modified, properties.last_modified_by = moment, moment, "SatuPintu"


def _cover(paper: Paper, document: Made) -> None:
    state = f"{document['state']}, belum final" if document["draft"] else document["state"]
    _line(paper, document["kind"].upper(), before=90)
    title = paper.add_paragraph(clean(document["title"]), style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in (document["place"], document["day"]):
        _line(paper, text)
    for number, name in enumerate(document["organisers"]):
        _line(paper, name, before=150 if number == 0 else 0, bold=True)
    _line(paper, state, before=40)
    _line(paper, f"Sidik data: {document['hash'][:16]}")
    _footer(paper, state if document["draft"] else "")


def _line(paper: Paper, text: str, before: int = 0, bold: bool = False) -> None:
    if text:
        paragraph = paper.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = Pt(before)
        paragraph.add_run(clean(text)).bold = bold


def _footer(paper: Paper, note: str) -> None:
    """Page numbers from the second page on, and what kind of paper it is on top."""
    section = paper.add_section(WD_SECTION.NEW_PAGE)
    section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
    first = OxmlElement("w:pgNumType")
    first.set(qn("w:start"), "1")
    section._sectPr.find(qn("w:cols")).addprevious(first)
    if note:
        section.header.paragraphs[0].text = note
        section.header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    bottom = section.footer.paragraphs[0]
    bottom.alignment = WD_ALIGN_PARAGRAPH.CENTER
    bottom.add_run("1")
    _field(bottom, bottom, "PAGE")


def _field(first: Paragraph, last: Paragraph, instruction: str) -> None:
    """A field that the word processor works out; until then what stands between its first and last sign is shown."""
    begin, code, separate, end = (OxmlElement(f"w:{name}") for name in ("fldChar", "instrText", "fldChar", "fldChar"))
    for mark, kind in ((begin, "begin"), (separate, "separate"), (end, "end")):
        mark.set(qn("w:fldCharType"), kind)
    code.text = instruction
    shown = list(first.runs)
    for mark in (begin, code, separate):
        run = first.add_run()
        run._r.append(mark)
        if shown:
            shown[0]._r.addprevious(run._r)
    last.add_run()._r.append(end)


def _contents(paper: Paper, document: Made) -> None:
    """The headings with their levels; a word processor adds the pages when its field is worked out again."""
    title = paper.add_paragraph()
    title.paragraph_format.page_break_before = True
    head = title.add_run("Daftar isi")
    head.bold, head.font.size = True, Pt(14)
    lines = []
    for section in document["sections"]:
        line = paper.add_paragraph(clean(f"{section['number']} {section['title']}".strip()))
        line.paragraph_format.left_indent = Mm(6 * (section["level"] - 1))
        line.paragraph_format.space_after = Pt(2)
        lines.append(line)
    _field(lines[0], lines[-1], 'TOC \\o "1-2" \\h \\z \\u')


def _section(paper: Paper, section: Made, photos: Photos, begins_page: bool) -> None:
    text = f"{section['number']} {section['title']}".strip()
    heading = paper.add_heading(clean(text), level=section["level"])
    heading.paragraph_format.page_break_before = begins_page
    for block in section["blocks"]:
        if block["type"] == "photo":
            _photo(paper, block, photos)
        else:
            SETTERS[block["type"]](paper, block, section["language"])


def _paragraph(paper: Paper, block: Made, language: str) -> None:
    paragraph = paper.add_paragraph(style="Intense Quote" if block["note"] else None)
    _run(paragraph, block["text"], language)
    if block["note"]:
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(6)
        paragraph.runs[0].font.bold = paragraph.runs[0].font.italic = False
        paragraph.runs[0].font.color.rgb = INK
    else:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.keep_with_next = block.get("keep")


def _run(paragraph: Paragraph, text: str, language: str = "id") -> None:
    run = paragraph.add_run(clean(text))
    if language != "id":
        element = OxmlElement("w:lang")
        element.set(qn("w:val"), LANGUAGES[language])
        run._r.get_or_add_rPr().append(element)


def _prompt(paper: Paper, block: Made, language: str) -> None:
    run = paper.add_paragraph().add_run(clean(block["text"]))
    run.font.color.rgb = WARM


def _list(paper: Paper, block: Made, language: str) -> None:
    for item in block["lines"]:
        _run(paper.add_paragraph(style="List Bullet"), item, language)


def _caption(paper: Paper, block: Made, above: bool = False) -> None:
    caption = paper.add_paragraph(style="Caption")
    caption.add_run(f"{block['number']}. ").bold = True
    caption.add_run(clean(f"{block['caption']}.".replace("..", "."))).bold = False
    caption.paragraph_format.keep_with_next = above


def _table(paper: Paper, block: Made, language: str) -> None:
    _caption(paper, block, above=True)
    taken = sum(block["widths"])
    flexible = sum(width == 0 for width in block["widths"]) or 1
    widths = [width or (WIDTH - taken) / flexible for width in block["widths"]]
    size = 8.0 if len(widths) > 6 else 9.0
    lines = [block["head"], *block["rows"]]
    made = paper.add_table(rows=len(lines), cols=len(widths), style="Table Grid")
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
    for number, (row, cells) in enumerate(zip(made.rows, lines, strict=True)):
        _row(row, cells, block["align"], widths, size, head=number == 0)
    paper.add_paragraph().paragraph_format.space_after = Pt(2)


def _row(row: Any, cells: Sequence[str], align: str, widths: Sequence[float], size: float, head: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))
    for cell, text, letter, width in zip(row.cells, cells, align, widths, strict=True):
        cell.width = Mm(width)
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.alignment = ALIGNED[letter]
        run = paragraph.add_run(clean(text))
        run.font.size, run.bold = Pt(size), head


def _picture(paper: Paper, block: Made, language: str) -> None:
    _image(paper, picture_png(block), block["alt"], WIDTH)
    _caption(paper, block)


def _photo(paper: Paper, block: Made, photos: Photos) -> None:
    data = shown_photo(block, photos)
    if data is None:
        _prompt(paper, {"text": GONE.format(block["number"])}, "id")
        return
    _image(paper, data, block["alt"], 120)
    _caption(paper, block)


def _image(paper: Paper, data: bytes, alt: str, width: int) -> None:
    shape = paper.add_picture(BytesIO(data), width=Mm(width))
    shape._inline.docPr.set("descr", clean(alt))
    paper.paragraphs[-1].paragraph_format.keep_with_next = True


def _facts(paper: Paper, block: Made, language: str) -> None:
    made = paper.add_table(rows=len(block["rows"]), cols=2)
    for row, (label, text) in zip(made.rows, block["rows"], strict=True):
        for cell, words, width in zip(row.cells, (label, text), (45, WIDTH - 45), strict=True):
            cell.width = Mm(width)
            cell.paragraphs[0].add_run(clean(words)).bold = words is label
    paper.add_paragraph()


def _signatures(paper: Paper, block: Made, language: str) -> None:
    paper.add_paragraph()
    made = paper.add_table(rows=1, cols=len(block["parties"]))
    for cell, party in zip(made.rows[0].cells, block["parties"], strict=True):
        cell.paragraphs[0].add_run(f"{party['role']},").add_break(WD_BREAK.LINE)
        for _ in range(3):
            cell.add_paragraph()
        cell.add_paragraph(clean(party["name"] or "nama belum diisi"))


SETTERS = {
    "paragraph": _paragraph,
    "prompt": _prompt,
    "list": _list,
    "table": _table,
    "picture": _picture,
    "facts": _facts,
    "signatures": _signatures,
}
