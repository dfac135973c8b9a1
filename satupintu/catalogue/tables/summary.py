"""A summary of what a change of law does, for people: Markdown and PDF from the same figures, in Indonesian."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from satupintu.catalogue.rules.bulk import DayTables
from satupintu.catalogue.rules.diff import CHANGES, UNCHANGED, WORTH_A_CALL, Tally
from satupintu.catalogue.rules.entries import Catalogue, Term
from satupintu.kernel.decision import CONFIDENCES
from satupintu.web.formats import date_long, number, rupiah

TEMPLATE = Path(__file__).parent / "documents" / "summary.typ"
CODES_SHOWN = 10
CHANGE_WORDS = {
    "gains": "Baru perlu",
    "loses": "Tidak perlu lagi",
    "sooner": "Perlu lebih cepat",
    "later": "Boleh nanti",
    "clearer": "Jadi jelas",
    "less_clear": "Jadi belum jelas",
    "basis_only": "Pasal saja",
    UNCHANGED: "Tetap",
}
CONFIDENCE_WORDS = {"sure": "pasti", "likely": "mungkin", "doubtful": "meragukan"}
TERM_WORDS = {"cost": "biaya", "time": "waktu", "validity": "masa berlaku"}
LEGEND = "Jadi jelas: dulu harus ditanyakan, kini tidak. Jadi belum jelas: sebaliknya. Pasal saja: kebutuhan tetap."


@dataclass(frozen=True)
class Told:
    """What the reader is told beside the figures: a title, and sentences about the table they were counted on."""

    title: str
    notes: tuple[str, ...] = ()


def summary(tally: Tally, before: DayTables, after: DayTables, told: Told) -> dict[str, Any]:
    """Everything the summary shows, as words ready to be set."""
    days = f"{date_long(before.on)} dan {date_long(after.on)}"
    return {
        "title": told.title,
        "subtitle": f"Perbandingan menurut hukum {days}, untuk {number(tally.businesses)} usaha.",
        "notes": list(told.notes),
        "facts": _facts(tally),
        "bars": [[CHANGE_WORDS[kind], tally.by_change[kind], number(tally.by_change[kind])] for kind in WORTH_A_CALL],
        "bars_title": "Jawaban yang berubah, menurut jenisnya (1 usaha bisa punya beberapa)",
        "legend": LEGEND,
        "papers": {"head": ["Surat", *CHANGE_WORDS.values()], "rows": _papers(tally, after.catalogue)},
        "terms": {"head": ["Surat", "Hal", "Sebelum", "Sesudah"], "rows": list(_terms(before, after))},
        "regions": {"head": ["Kecamatan", "Usaha", "Dihubungi"], "rows": _regions(tally, after.catalogue)},
        "codes": {"head": ["KBLI", "Jenis usaha", "Usaha", "Dihubungi"], "rows": _codes(tally, after.catalogue)},
        "doubts": list(_doubts(tally, before, after)),
    }


def _facts(tally: Tally) -> list[str]:
    said = [
        f"{number(tally.contact)} dari {number(tally.businesses)} usaha perlu dihubungi.",
        f"{number(tally.contact_only_clearer)} di antaranya hanya karena pertanyaan lama kini terjawab.",
        f"{number(tally.changed)} usaha berubah jawabannya, termasuk yang hanya ganti pasal.",
    ]
    for kind in CHANGES:
        if tally.by_change[kind]:
            said.append(f"{CHANGE_WORDS[kind]}: {number(tally.by_change[kind])} surat.")
    return said


def _papers(tally: Tally, catalogue: Catalogue) -> list[list[str]]:
    return [
        [_title(catalogue, code), *(number(kinds[kind]) if kinds[kind] else "–" for kind in CHANGE_WORDS)]
        for code, kinds in tally.by_paper.items()
    ]


def _title(catalogue: Catalogue, code: str) -> str:
    licence = catalogue.licences.get(code)
    return licence.header.title.partition(" (")[0] if licence else code


def _terms(before: DayTables, after: DayTables) -> Iterator[list[str]]:
    """Cost, time and validity whose figure or words differ between the two days."""
    for code, licence in after.catalogue.licences.items():
        earlier = before.catalogue.licences.get(code)
        for item, word in TERM_WORDS.items():
            old = earlier.term_on(item, before.on) if earlier else None
            new = licence.term_on(item, after.on)
            if _term(old) != _term(new):
                yield [_title(after.catalogue, code), word, _term(old), _term(new)]


def _term(term: Term | None) -> str:
    if term is None:
        return "belum tahu"
    amount = "" if term.rupiah is None else rupiah(term.rupiah)
    return ". ".join(part for part in (amount, term.text or "") if part)


def _regions(tally: Tally, catalogue: Catalogue) -> list[list[str]]:
    """Counts by kecamatan: the first three parts of a region code."""
    sums: dict[str, list[int]] = {}
    for region, counts in tally.by_region.items():
        area = ".".join(region.split(".")[:3])
        found = sums.setdefault(area, [0, 0])
        found[0] += counts["businesses"]
        found[1] += counts["contact"]
    return [
        [catalogue.regions[area].name if area in catalogue.regions else (area or "tidak diisi"), *map(number, found)]
        for area, found in sorted(sums.items())
    ]


def _codes(tally: Tally, catalogue: Catalogue) -> list[list[str]]:
    """The codes with most businesses to contact."""
    most = sorted(tally.by_kbli.items(), key=lambda pair: (-pair[1]["contact"], pair[0]))
    rows = []
    for key, counts in most[:CODES_SHOWN]:
        if counts["contact"]:
            version, _, code = key.partition("-")
            entry = catalogue.codes.get((version, code))
            name = f"{code} ({version})" if code else "tidak diisi"
            rows.append([name, entry.title if entry else "", number(counts["businesses"]), number(counts["contact"])])
    return rows


def _doubts(tally: Tally, before: DayTables, after: DayTables) -> Iterator[str]:
    """How far the figures can be trusted: the doubt of the answers and of the risk rows behind them."""
    called = sum(tally.by_change[kind] for kind in WORTH_A_CALL)
    if called:
        parts = [f"{number(tally.by_confidence[word])} {CONFIDENCE_WORDS[word]}" for word in CONFIDENCES]
        yield f"Dari {number(called)} perubahan kebutuhan: {', '.join(parts)}."
    for tables in (before, after):
        rows = [
            row
            for listed in tables.catalogue.risks.values()
            for row in listed
            if row.valid_from <= tables.on and (row.valid_to is None or tables.on <= row.valid_to)
        ]
        doubtful = sum(row.confidence == "doubtful" for row in rows)
        codes = len({row.code for row in rows})
        yield (
            f"Untuk {date_long(tables.on)} kami punya {number(len(rows))} baris tingkat risiko dari "
            f"{number(codes)} kode; {number(doubtful)} meragukan. Kode lain dijawab: tanyakan ke petugas."
        )
    yield "Baris risiko dibaca dari salinan pihak ketiga, bukan dari lembaran negara. Pastikan di OSS."


def write_summary(out: Path, shown: dict[str, Any]) -> None:
    """Write ``.md`` or ``.pdf``; the same figures give the same bytes. Raises ValueError for another ending."""
    if out.suffix == ".md":
        out.write_text(as_markdown(shown), encoding="utf-8")
    elif out.suffix == ".pdf":
        out.write_bytes(as_pdf(shown))
    else:
        raise ValueError(out.suffix)


def as_markdown(shown: dict[str, Any]) -> str:
    """The summary as Markdown."""
    parts = [f"# {shown['title']}", shown["subtitle"], *(f"> {note}" for note in shown["notes"])]
    parts += ["## Singkatnya", _list(shown["facts"]), shown["legend"]]
    parts += ["## Menurut surat (banyaknya usaha)", _table(shown["papers"])]
    if shown["terms"]["rows"]:
        parts += ["## Biaya, waktu, dan masa berlaku yang berbeda", _table(shown["terms"], words=4)]
    if shown["regions"]["rows"]:
        parts += ["## Menurut kecamatan", _table(shown["regions"])]
    if shown["codes"]["rows"]:
        parts += ["## Jenis usaha yang paling banyak dihubungi", _table(shown["codes"], words=2)]
    parts += ["## Yang masih ragu", _list(shown["doubts"])]
    return "\n\n".join(parts) + "\n"


def _list(sentences: Sequence[str]) -> str:
    return "\n".join(f"- {sentence}" for sentence in sentences)


def _table(table: dict[str, Any], words: int = 1) -> str:
    """A Markdown table whose first ``words`` columns are words, the others numbers."""
    marks = ["---" if n < words else "---:" for n in range(len(table["head"]))]
    rows = [table["head"], marks, *table["rows"]]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows)


def as_pdf(shown: dict[str, Any]) -> bytes:
    """The summary as PDF/A with the fonts that typst brings, so that it looks alike everywhere."""
    import typst

    # A fixed day of making: the same figures must give the same bytes.
    pdf: bytes = typst.compile(
        TEMPLATE,
        format="pdf",
        sys_inputs={"summary": json.dumps(shown, ensure_ascii=False)},
        ignore_system_fonts=True,
        pdf_standards=["a-2b"],
        timestamp=MADE_ON,
    )
    return pdf


MADE_ON = datetime.combine(date(2026, 11, 24), datetime.min.time(), UTC)
