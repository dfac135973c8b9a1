"""The command that turns a file of answers into figures and sentences."""

from __future__ import annotations

from pathlib import Path

import click

from satupintu.outreach.cli.parts import AS_JSON, INPUT, as_text, or_refused


@click.command("evaluate")
@click.argument("responses", type=INPUT)
@click.option("--agenda", type=INPUT, help="Rincian acara, .csv, dengan jam rencana dan jam nyata.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Berkas hasil, .json.")
@AS_JSON
def evaluate(responses: Path, agenda: Path | None, out: Path | None, as_json: bool) -> None:
    """Apa yang ditunjukkan jawaban sebelum dan sesudah acara.

    \b
    satupintu evaluate jawaban.csv
    satupintu evaluate jawaban.csv --agenda acara.csv --json
    satupintu evaluate jawaban.csv --out hasil.json

    Kolom jawaban: person, wave (before, after, then, followup), statement, value, scale (yesno atau likert5). person
    kosong: tidak berpasangan. Boleh ada: kind (self atau knowledge), about (soal ini tentang pernyataan mana), group.

    Kolom acara: section, session, speaker, planned_start, planned_end, actual_start, actual_end.
    """
    if out is not None and out.suffix != ".json":
        raise click.UsageError("--out berakhir .json.")
    from satupintu.outreach.reading.agenda import read_agenda
    from satupintu.outreach.reading.responses import read_responses
    from satupintu.outreach.rules.as_json import evaluation_as_json
    from satupintu.outreach.rules.evaluation import evaluate as evaluated
    from satupintu.outreach.rules.wording import limits, sentences, warnings

    with or_refused():
        answers = read_responses(responses)
        sessions = read_agenda(agenda) if agenda else []
    found = evaluated(answers)
    if as_json or out:
        text = as_text(evaluation_as_json(found, sessions))
        if out:
            out.write_text(text + "\n", encoding="utf-8")
    if as_json:
        click.echo(text)
    elif not out:
        told = [*sentences(found, sessions), *(f"Perhatian: {line}" for line in warnings(found, sessions))]
        click.echo("\n".join([*told, *(f"Batas: {line}" for line in limits(found))]))
