"""Comparing the plans of a table before and after: one file with every change, and the counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from satupintu.catalogue.rules.bulk import DayTables
from satupintu.catalogue.rules.diff import KINDS, PaperChange, Tally, changes
from satupintu.catalogue.tables.reading import TableFile
from satupintu.catalogue.tables.writing import TableWriter
from satupintu.kernel.decision import NEEDS

NEW_COLUMNS = ("paper", "need_before", "need_after", "basis_before", "basis_after", "change")


def write_changes(
    table: TableFile, before: DayTables, after: DayTables, out: Path | None, progress: Callable[[float], None]
) -> Tally:
    """Compare every business of a table and count; with ``out`` also write one row per business and changed paper.

    Raises UnusableTable for a bad row; then nothing is left at ``out``.
    """
    if out is None:
        return _compare(table, before, after, None, progress)
    schema = pa.schema([("id", table.id_type), *((name, pa.string()) for name in NEW_COLUMNS)])
    with TableWriter(out, schema) as writer:
        return _compare(table, before, after, writer, progress)


def _compare(
    table: TableFile, before: DayTables, after: DayTables, writer: TableWriter | None, progress: Callable[[float], None]
) -> Tally:
    tally = Tally()
    for block in table.blocks(before, after):
        found = changes(before, after, block.businesses)
        tally.add(block.businesses, found)
        if writer is not None:
            _write(writer, block.ids, found)
        progress(block.done)
    return tally


def _write(writer: TableWriter, ids: pa.Array, found: Sequence[PaperChange]) -> None:
    """The changed papers of a block, business by business in the order of the table."""
    rows = np.concatenate([np.flatnonzero(change.kind) for change in found])
    papers = np.concatenate([np.full(np.count_nonzero(c.kind), n) for n, c in enumerate(found)])
    order = np.lexsort((papers, rows))
    parts = [_part(change) for change in found]
    columns = [pa.concat_arrays(list(column)).take(pa.array(order)) for column in zip(*parts, strict=True)]
    writer.write(pa.RecordBatch.from_arrays([ids.take(pa.array(rows[order])), *columns], schema=writer.schema))


def _part(change: PaperChange) -> list[pa.Array]:
    """The columns of one paper for the rows where it changed, as plain words."""
    at = np.flatnonzero(change.kind)

    def words(codes: Any, listed: Sequence[str]) -> pa.Array:
        return pa.array(listed, pa.string()).take(pa.array(codes[at]))

    return [
        pa.array([change.code] * len(at), pa.string()),
        words(change.before.need, NEEDS),
        words(change.after.need, NEEDS),
        words(change.before.basis, change.bases_before),
        words(change.after.basis, change.bases_after),
        words(change.kind, KINDS),
    ]


def tally_as_json(tally: Tally) -> dict[str, Any]:
    """The counts with stable keys; papers keep only the kinds that occur."""
    counts = asdict(tally)
    counts["by_paper"] = {
        code: {kind: count for kind, count in kinds.items() if count} for code, kinds in tally.by_paper.items()
    }
    for name in ("by_region", "by_kbli"):
        counts[name] = dict(sorted(counts[name].items()))
    return counts
