"""The report on paper, read back by poppler and by a plain reader of XML."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from satupintu.outreach import printing
from satupintu.outreach.library import library
from satupintu.outreach.rules.report.certificates import certificates
from satupintu.outreach.rules.report.data import Photo, Present
from satupintu.outreach.rules.report.making import report_of
from satupintu.outreach.rules.words import decimal, p_value
from satupintu.outreach.tests.factories import answered, as_json, run, write
from satupintu.outreach.tests.reports import (
    NASTY,
    W,
    data,
    docx_part,
    docx_text,
    pdf_info,
    pdf_text,
    report,
    squeezed,
)
from satupintu.registry.tests.factories import photo

DEMO = Path(__file__).parents[2] / "data" / "demo" / "event-2022"
FILES = [DEMO / "responses.csv", "--agenda", DEMO / "agenda.csv"]
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """A report with signs that mean something to typst or to XML wherever people type, and with a photo."""
    shown = Photo(ref="a", caption=f"Foto {NASTY}", alt="Orang duduk")
    gone = Photo(ref="b", caption="Foto yang ditarik", alt="Foto")
    given = {"event": {"title": NASTY, "place": NASTY}, "texts": {"situation": NASTY + "\x0b\n\n\x00Akhir 😀 中."}}
    return report(**given, photos=(shown, gone)).document


@pytest.fixture(scope="module")
def photos() -> dict[str, bytes]:
    return {"a": photo(size=(60, 30))}


@pytest.fixture(scope="module")
def pdf(document: dict[str, Any], photos: dict[str, bytes]) -> bytes:
    return printing.report_pdf(document, photos)


@pytest.fixture(scope="module")
def docx(document: dict[str, Any], photos: dict[str, bytes]) -> bytes:
    return printing.report_docx(document, photos)


def test_typed_signs_stand_in_both_papers_letter_by_letter(pdf: bytes, docx: bytes, tmp_path: Path) -> None:
    for read, last in ((pdf_text(pdf, tmp_path), "Akhir □ □."), (docx_text(docx), "Akhir 😀 中.")):
        assert squeezed(NASTY) in read
        assert f"Foto {NASTY}" in read
        assert "foto ini tidak ditampilkan lagi" in read
        assert last in read  # no font of ours has these two: the PDF shows that something stands there


def test_the_pdf_is_archivable_tagged_and_in_indonesian(pdf: bytes, tmp_path: Path) -> None:
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"/Lang(id)" in pdf
    told = pdf_info(pdf, tmp_path)
    assert "Tagged:          yes" in told
    assert "JavaScript:      no" in told
    tree = pdf_info(pdf, tmp_path, "-struct")
    for part in ("H1", "H2", "Table", "THead", "Caption", "Figure", "L (block)"):
        assert part in tree


def test_the_same_report_gives_the_same_pdf(document: dict[str, Any], photos: dict[str, bytes], pdf: bytes) -> None:
    assert printing.report_pdf(document, photos) == pdf


def test_the_docx_has_headings_tables_and_pictures_that_can_be_edited(docx: bytes) -> None:
    body, styles = (docx_part(docx, f"word/{name}.xml") for name in ("document", "styles"))
    headings = [p for p in body.iter(f"{W}pStyle") if p.get(f"{W}val") in ("Heading1", "Heading2")]
    assert len(headings) == len(report().document["sections"]) + 1  # and the photos
    assert {language.get(f"{W}val") for language in styles.iter(f"{W}lang")} == {"id-ID"}
    assert [language.get(f"{W}val") for language in body.iter(f"{W}lang")][:1] == ["en-US"]
    tables = [t for t in body.iter(f"{W}tbl") if t.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None]
    assert len(tables) == 8
    pictures = [picture.get("descr", "") for picture in body.iter(f"{DRAWING}docPr")]
    assert len(pictures) == 4
    assert "s4 2 dari 20 sebelum, 13 dari 20 sesudah" in pictures[1]
    assert "r1: 0 memberi 1, 0 memberi 2, 0 memberi 3, 19 memberi 4, 33 memberi 5" in pictures[2]


def test_every_figure_of_evaluate_stands_in_pdf_and_docx(tmp_path: Path) -> None:
    answer = as_json("evaluate", *FILES)
    out = {ending: tmp_path / f"laporan.{ending}" for ending in ("pdf", "docx")}
    for path in out.values():
        result = run("evaluate", *FILES, "--event", DEMO / "event.yaml", "--out", path)
        assert (result.exit_code, result.stderr) == (0, "")
        assert "Jumlah sasaran belum diisi" in result.stdout
    pdf = out["pdf"].read_bytes()
    in_pdf = pdf_text(pdf, tmp_path) + pdf_text(pdf, tmp_path, "-layout")  # by cells, and by lines
    for text in (in_pdf, docx_text(out["docx"].read_bytes())):
        for one in answer["statements"]:
            for wave in ("before", "after"):
                yes, n, percent = (one[wave][name] for name in ("yes", "n", "percent"))
                assert f"{yes} dari {n} ({percent:.0f} %)" in text
            points, low, high = (
                f"{one['difference'][name]:.1f}".replace(".", ",") for name in ("points", "low", "high")
            )
            assert f"+{points.removesuffix(',0')} ({low} sampai {high})" in text
            assert f" {p_value(one['p_exact'])} {p_value(one['p_holm'])} {decimal(one['n_gain'], 3)} " in text
        for item in answer["likert"]:
            counts = " ".join(map(str, item["counts"]))
            mean, sd = (f"{item[name]:.2f}".replace(".", ",") for name in ("mean", "sd"))
            assert f"{counts} {item['n']} {mean} {sd}" in text
        assert f"{answer['class_gain']:.3f}".replace(".", ",") in text
        assert "Hanya 52 lembar (dari satu sampai 60) yang cocok dengan semua rata-rata." in text
        assert "Jawaban per kartu di sini dibuat supaya cocok dengan angka tercetak" in text
        assert "3 Desember 2022" in text
        assert "Jam nyata tidak dicatat" in text


def test_evaluate_gives_every_figure_by_name_with_its_base_and_origin(tmp_path: Path) -> None:
    out = tmp_path / "hasil.json"
    assert run("evaluate", *FILES, "--event", DEMO / "event.yaml", "--out", out).exit_code == 0
    written = json.loads(out.read_text())
    assert written["report"]["figures"]["item.s1.before.yes"] == {
        "value": 7,
        "shown": "7",
        "base": 20,
        "origin": "jawaban peserta",
    }
    assert {one["code"] for one in written["report"]["problems"]} == {"empty", "target_missing"}
    assert len(written["report"]["sha256"]) == 64
    assert {name: written[name] for name in as_json("evaluate", *FILES)} == as_json("evaluate", *FILES)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("tanggal: besok", "acara.yaml, kolom title: keterangan title tidak bisa dipakai"),
        ("title: A\nhari: 3", "acara.yaml, kolom hari: keterangan hari tidak dikenal"),
        ("title: A\ntarget: banyak", "acara.yaml, kolom target: keterangan target tidak bisa dipakai"),
        ("title: [", "acara.yaml, baris 1: bukan YAML"),
        ("- A", "acara.yaml: bukan daftar keterangan"),
        ("title: A\ntexts: {penutup: a}", "acara.yaml, kolom texts: teks penutup tidak dikenal"),
        ("title: A\ntexts: [a]", "acara.yaml, kolom texts: texts bukan daftar teks"),
    ],
)
def test_an_event_file_that_cannot_be_used_is_refused_with_its_key(text: str, told: str, tmp_path: Path) -> None:
    event = tmp_path / "acara.yaml"
    event.write_text(text)
    result = run("evaluate", *FILES, "--event", event, "--out", tmp_path / "laporan.pdf")
    assert result.exit_code == 1
    assert result.stderr.startswith(told)
    assert result.stderr.count("\n") == 1


def test_statements_named_like_our_own_figures_and_odd_texts_are_printed_all_the_same(tmp_path: Path) -> None:
    rows = []
    for place, code in enumerate(("statements", "gain", "wilcoxon", "q.1", "likert"), 1):
        rows += answered(code, "0" * 9 + "1" * 3, "1" * (5 + place) + "0" * (7 - place))
    event = tmp_path / "acara.yaml"
    title = "Acara ²" + "a" * 23 + "²" + "a" * 31  # 64 bytes, as long as a fingerprint, with a letter across the middle
    event.write_text(f"title: {title}\nplace: {title}\n")
    out = tmp_path / "laporan.pdf"
    result = run("evaluate", write(tmp_path / "jawaban.csv", rows), "--event", event, "--out", out)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "10 dari 12 (83,3 %)" in pdf_text(out.read_bytes(), tmp_path)


def test_the_summary_has_two_pages_of_plain_words(tmp_path: Path) -> None:
    made = report_of(library().summary, data(), version=1)
    pdf = printing.summary_pdf(made.document)
    assert "Pages:           2" in pdf_info(pdf, tmp_path)
    text = pdf_text(pdf, tmp_path)
    assert "20 dari 25 orang yang dituju datang." in text
    assert "Ini kata peserta sendiri, bukan hasil ujian." in text
    assert "McNemar" not in text


def test_each_certificate_has_a_page_of_its_own(tmp_path: Path) -> None:
    holders = [(NASTY, Present(card="P001", arrived="08:32", minutes=178)), ("", Present(card="P002", arrived="08:40"))]
    made = certificates("Sosialisasi", date(2026, 11, 28), "Halaman", ["Kampus"], "Dosen 01", holders)
    pdf = printing.certificates_pdf(made)
    assert "Pages:           2" in pdf_info(pdf, tmp_path)
    text = pdf_text(pdf, tmp_path)
    assert NASTY in text
    assert "Kartu P002" in text
    assert "2 jam 58 menit" in text
    assert "bukan tanda kemampuan" in text
