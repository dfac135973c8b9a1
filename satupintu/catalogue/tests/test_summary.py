"""The summary of a change of law: the same figures in Markdown and PDF, bytes that do not change, doubts told."""

import re
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from satupintu.catalogue.cli import commands, demo_parts

DOCS = Path(__file__).parents[3] / "docs" / "perubahan"
plan = next(command for command in commands if command.name == "plan")
city = next(part for part in demo_parts if part.name == "city")


def words_of(pdf: Path) -> str:
    """The text of a PDF in one line, as a reader would copy it."""
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    return " ".join(text.split())


@pytest.fixture
def summaries(tmp_path: Path) -> tuple[Path, Path]:
    """Markdown and PDF of the change of June 2025 for a made-up city of 1,000."""
    table, markdown, pdf = tmp_path / "kota.csv", tmp_path / "r.md", tmp_path / "r.pdf"
    assert CliRunner().invoke(city, ["--rows", "1000", "--out", str(table)]).exit_code == 0
    days = ["--table", str(table), "--from", "2025-06-04", "--to", "2025-06-05"]
    told = ["--title", "Uji <coba> #1", "--note", "Kota ini *buatan*."]
    result = CliRunner().invoke(plan, ["diff", *days, *told, "--summary", str(markdown), "--summary", str(pdf)])
    assert (result.exit_code, result.stdout) == (0, ""), result.stderr
    return markdown, pdf


def test_both_forms_say_the_same_figures(summaries: tuple[Path, Path]) -> None:
    markdown, pdf = summaries
    text, read = markdown.read_text(encoding="utf-8"), words_of(pdf)
    assert text.startswith(
        "# Uji <coba> #1\n\nPerbandingan menurut hukum 4 Juni 2025 dan 5 Juni 2025, untuk 1.000 usaha."
    )
    said = [line.removeprefix("- ") for line in text.splitlines() if line.startswith("- ")]
    assert len(said) >= 6
    for sentence in [*said, "Uji <coba> #1", "Kota ini *buatan*.", "Mustikajaya", "Yang masih ragu"]:
        assert sentence in read


def test_the_doubts_are_counted(summaries: tuple[Path, Path]) -> None:
    doubts = summaries[0].read_text(encoding="utf-8").partition("## Yang masih ragu")[2]
    changed, sure, likely, doubtful = map(int, re.findall(r"[\d.]+", doubts.replace(".", ""))[:4])
    assert changed == sure + likely + doubtful > 0
    assert "Untuk 4 Juni 2025 kami punya" in doubts
    assert "Pastikan di OSS." in doubts


def test_the_same_figures_give_the_same_bytes(summaries: tuple[Path, Path], tmp_path: Path) -> None:
    again = tmp_path / "again.pdf"
    days = ["--table", str(tmp_path / "kota.csv"), "--from", "2025-06-04", "--to", "2025-06-05"]
    told = ["--title", "Uji <coba> #1", "--note", "Kota ini *buatan*."]
    assert CliRunner().invoke(plan, ["diff", *days, *told, "--summary", str(again)]).exit_code == 0
    assert again.read_bytes() == summaries[1].read_bytes()


def test_the_pdf_carries_its_fonts_and_its_fixed_day(summaries: tuple[Path, Path]) -> None:
    about = subprocess.run(["pdfinfo", str(summaries[1])], check=True, capture_output=True, text=True).stdout
    assert re.search(r"Title: +Uji <coba> #1", about)
    assert "Tue Nov 24" in about
    assert re.search(r"Page size: +595\.\d+ x 841\.\d+ pts \(A4\)", about)
    fonts = subprocess.run(["pdffonts", str(summaries[1])], check=True, capture_output=True, text=True).stdout
    listed = fonts.splitlines()[2:]
    assert listed
    assert all("LibertinusSerif" in line and " yes yes yes " in line for line in listed)


@pytest.mark.parametrize("name", ["pp-5-2021-ke-pp-28-2025", "halal-18-oktober-2026"])
def test_the_published_comparison_says_what_is_made_up_and_agrees_with_its_pdf(name: str) -> None:
    text = (DOCS / f"{name}.md").read_text(encoding="utf-8")
    read = words_of(DOCS / f"{name}.pdf")
    assert "untuk 203.000 usaha." in text
    assert "Kota ini buatan untuk mencoba, bukan data orang." in text
    for line in text.splitlines():
        if line.startswith(("- ", "> ")):
            assert line[2:] in read


def test_another_ending_is_wrong_use(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("id\n1\n")
    result = CliRunner().invoke(
        plan, ["diff", "--table", str(table), "--from", "2025-06-04", "--summary", str(tmp_path / "r.docx")]
    )
    assert result.exit_code == 2
