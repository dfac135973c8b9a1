"""The command that turns a file of answers into figures, sentences and a report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from satupintu.outreach.cli.parts import AS_JSON, INPUT, as_text, or_refused

if TYPE_CHECKING:
    from satupintu.outreach.rules.agenda import Session
    from satupintu.outreach.rules.evaluation import Evaluation
    from satupintu.outreach.rules.report.making import Report

ENDINGS = (".json", ".pdf", ".docx")


@click.command("evaluate")
@click.argument("responses", type=INPUT)
@click.option("--agenda", type=INPUT, help="Rincian acara, .csv, dengan jam rencana dan jam nyata.")
@click.option("--event", type=INPUT, help="Keterangan acara, .yaml: judul, tanggal, sasaran, yang hadir, teks laporan.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Berkas hasil: .json, .pdf, atau .docx.")
@AS_JSON
def evaluate(responses: Path, agenda: Path | None, event: Path | None, out: Path | None, as_json: bool) -> None:
    """Apa yang ditunjukkan jawaban sebelum dan sesudah acara; sebagai laporan kalau diminta.

    \b
    satupintu evaluate jawaban.csv
    satupintu evaluate jawaban.csv --agenda acara.csv --json
    satupintu evaluate jawaban.csv --agenda acara.csv --event acara.yaml --out laporan.pdf
    satupintu evaluate jawaban.csv --out hasil.json

    Kolom jawaban: person, wave (before, after, then, followup), statement, value, scale (yesno atau likert5). person
    kosong: tidak berpasangan. Boleh ada: kind (self atau knowledge), about (soal ini tentang pernyataan mana), group.

    Kolom acara: section, session, speaker, planned_start, planned_end, actual_start, actual_end.

    Laporan .pdf dan .docx dari sini selalu rancangan; halaman pertamanya menyebut apa yang belum selesai. Hasil .json
    dengan --event juga memuat semua angka laporan menurut namanya.
    """
    if out is not None and out.suffix not in ENDINGS:
        raise click.UsageError(f"--out berakhir {', '.join(ENDINGS)}.")
    from satupintu.outreach.reading.agenda import read_agenda
    from satupintu.outreach.reading.event import read_event
    from satupintu.outreach.reading.responses import read_responses
    from satupintu.outreach.rules.as_json import evaluation_as_json
    from satupintu.outreach.rules.evaluation import evaluate as evaluated

    with or_refused():
        answers = read_responses(responses)
        sessions = read_agenda(agenda) if agenda else []
        about = read_event(event) if event else None
    found = evaluated(answers)
    files = [path for path in (responses, agenda, event) if path]
    report = None
    if out is not None and (out.suffix != ".json" or about is not None):
        from satupintu.outreach.reading.report import report_from

        with or_refused():
            report = report_from(files, found, sessions, about)
    told = evaluation_as_json(found, sessions) if as_json or (out and out.suffix == ".json") else {}
    if out:
        _write(out, told, report)
    if as_json:
        click.echo(as_text(told))
    elif not out:
        click.echo(_sentences(found, sessions))
    elif report and report.problems:
        click.echo("\n".join(["Rancangan. Yang belum selesai:", *(f"- {one.text}" for one in report.problems)]))


def _write(out: Path, told: dict[str, Any], report: Report | None) -> None:
    from satupintu.outreach.rules.report.making import report_as_json

    if out.suffix == ".json":
        text = as_text({**told, "report": report_as_json(report)} if report else told)
        out.write_text(text + "\n", encoding="utf-8")
    elif report:
        from satupintu.outreach.printing import report_docx, report_pdf

        out.write_bytes((report_pdf if out.suffix == ".pdf" else report_docx)(report.document))


def _sentences(found: Evaluation, sessions: list[Session]) -> str:
    from satupintu.outreach.rules.wording import limits, sentences, warnings

    told = [*sentences(found, sessions), *(f"Perhatian: {line}" for line in warnings(found, sessions))]
    return "\n".join([*told, *(f"Batas: {line}" for line in limits(found))])
