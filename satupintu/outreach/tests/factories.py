"""Made-up answers, and running the room's commands on them."""

import csv
import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from satupintu.outreach.cli import commands
from satupintu.outreach.reading.responses import read_responses
from satupintu.outreach.rules.as_json import evaluation_as_json
from satupintu.outreach.rules.evaluation import evaluate

BY_NAME = {command.name: command for command in commands}
PAPER = Path(__file__).parents[2] / "data" / "paper"
BEFORE = [7, 8, 4, 2, 10, 6, 5, 6, 4, 4]
AFTER = [20, 20, 20, 13, 20, 20, 16, 20, 15, 14]
RESPONSE_SUMS = [241, 240, 242, 248, 260, 236]
HEAD = ["person", "wave", "statement", "value", "scale"]

Row = list[Any]


def run(name: str, *arguments: str | Path) -> Result:
    """One command as a person would type it."""
    return CliRunner().invoke(BY_NAME[name], [str(argument) for argument in arguments])


def as_json(name: str, *arguments: str | Path) -> Any:
    """What a command says with --json; it must say nothing else and end well."""
    result = run(name, *arguments, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


def write(path: Path, rows: list[Row], head: list[str] = HEAD) -> Path:
    """A CSV file with a heading."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([head, *rows])
    return path


def figures(path: Path, rows: list[Row], head: list[str] = HEAD) -> dict[str, Any]:
    """The evaluation of rows, as JSON has it."""
    return evaluation_as_json(evaluate(read_responses(write(path, rows, head))), [])


def answered(code: str, before: str, after: str, people: str = "P") -> list[Row]:
    """Rows of one statement: one sign per person and wave, a dot for no answer."""
    return [
        [f"{people}{place:03}", wave, code, sign, ""]
        for wave, signs in (("before", before), ("after", after))
        for place, sign in enumerate(signs, 1)
        if sign != "."
    ]


def paper_rows() -> list[Row]:
    """Answers of 20 people in which nobody lost a yes, and 52 response sheets: they give the paper's two tables."""
    rows = []
    for place, (x, y) in enumerate(zip(BEFORE, AFTER, strict=True), 1):
        rows += answered(f"s{place}", "1" * x + "0" * (20 - x), "1" * y + "0" * (20 - y))
    for place, total in enumerate(RESPONSE_SUMS, 1):
        fours = 260 - total
        rows += [["", "after", f"r{place}", 4 if sheet < fours else 5, "likert5"] for sheet in range(52)]
    return rows
