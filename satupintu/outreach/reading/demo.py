"""The event of the paper as demo files: what was printed, and answers made to fit its tables."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parents[2] / "data" / "demo" / "event-2022"
STATEMENTS = {"s": "paper_statements", "r": "paper_response"}


def demo_event() -> Mapping[str, Any]:
    """What ``event.yaml`` says; None where the paper prints nothing."""
    return yaml.safe_load((FOLDER / "event.yaml").read_text(encoding="utf-8"))


def demo_sheets() -> Mapping[tuple[str, str, str], dict[str, str]]:
    """Answers by item, for each (questionnaire, wave, card).

    A response sheet has no card: the nth row of each statement belongs to sheet n, named by its number.
    """
    sheets: dict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
    numbers: dict[str, int] = defaultdict(int)
    with (FOLDER / "responses.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            numbers[row["statement"]] += not row["person"]
            who = row["person"] or str(numbers[row["statement"]])
            sheets[STATEMENTS[row["statement"][0]], row["wave"], who][row["statement"]] = row["value"]
    return sheets
