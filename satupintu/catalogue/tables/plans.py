"""The plan of every business in a table: one answer per paper, then the articles it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa

from satupintu.catalogue.rules.bulk import DayTables
from satupintu.catalogue.tables.arrow import plan_batch, plan_schema
from satupintu.catalogue.tables.engines import joined_batches
from satupintu.catalogue.tables.reading import TableFile
from satupintu.catalogue.tables.writing import TableWriter

ENGINES = ("numpy", "duckdb", "polars", "postgresql", "spark")
Progress = Callable[[float], None]


def write_plans(
    table: TableFile, tables: DayTables, out: Path, *, engine: str, url: str | None, progress: Progress
) -> int:
    """Answer for every business of a table and write the file ``out``; how many rows it has.

    ``numpy`` keeps the order of the table; the other engines write in the order of ``id``.
    Raises UnusableTable for a bad row or an engine that cannot be used; then nothing is left at ``out``.
    """
    if engine == "numpy":
        schema, batches = plan_schema(tables, table.id_type), numpy_batches(table, tables, progress)
    else:
        schema, batches = joined_batches(table, tables, engine, url, progress)
    rows = 0
    with TableWriter(out, schema) as writer:
        for batch in batches:
            writer.write(batch)
            rows += batch.num_rows
    return rows


def numpy_batches(table: TableFile, tables: DayTables, progress: Progress) -> Iterator[pa.RecordBatch]:
    """The plans in the order of the table, block by block."""
    for block in table.blocks(tables):
        yield plan_batch(block.ids, tables, tables.evaluate(block.businesses))
        progress(block.done)
