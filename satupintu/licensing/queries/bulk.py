"""Many files taken in at once: which of a market day are complete, and why the others are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from satupintu.audit.rules import Actor
from satupintu.licensing.models import Application
from satupintu.licensing.queries.clocks import page_language
from satupintu.licensing.queries.queue import Filters, Row, complete_of_a_day, rows_of
from satupintu.licensing.queries.standing import missing_parts
from satupintu.licensing.queries.told import part_title


@dataclass(frozen=True)
class Waiting:
    """A file that waits to be accepted: what it lacks (nothing: it may be ticked), and originals still to be seen."""

    row: Row
    lacks: list[str]
    unseen: list[str]


def waiting(actor: Actor, filters: Filters, at: datetime) -> list[Waiting]:
    """The files of a batch or market that wait to be accepted, the oldest first."""
    files = complete_of_a_day(actor, filters, at)
    return [
        Waiting(row, [part_title(one, part, page_language()) for part in lacking(one)], unseen_originals(one))
        for one, row in zip(files, rows_of(files, at), strict=True)
    ]


def lacking(file: Application) -> list[str]:
    """The parts that are empty or were found wrong."""
    wrong = [one for one in file.attachments.all() if one.replaced_at is None and one.verdict == "wrong"]
    return list(dict.fromkeys([*missing_parts(file), *(f"document:{one.slot}" for one in wrong)]))


def unseen_originals(file: Application) -> list[str]:
    """The originals that are to be brought to the counter and nobody has seen yet."""
    brought = [one for one in file.attachments.all() if one.replaced_at is None and one.at_counter]
    return [part_title(file, f"document:{one.slot}", page_language()) for one in brought if one.verdict != "fits"]


def chosen(
    actor: Actor, filters: Filters, numbers: Sequence[str], sent: Mapping[str, Any], at: datetime
) -> list[Application]:
    """The ticked files of the list, each as it was when the page was opened, so that a changed one is noticed."""
    found = [one for one in complete_of_a_day(actor, filters, at) if one.number in numbers]
    for one in found:
        revision = str(sent.get(f"revision-{one.number}", ""))
        one.revision = int(revision) if revision.isdigit() and len(revision) < 10 else one.revision
    return found
