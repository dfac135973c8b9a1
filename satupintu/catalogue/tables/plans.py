"""The plan of every business in a table: one answer per paper, then the articles it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa

from satupintu.catalogue.rules.bulk import Answers, DayTables
from satupintu.catalogue.tables.engines import joined_batches
from satupintu.catalogue.tables.reading import TableFile
from satupintu.catalogue.tables.writing import TableWriter
from satupintu.kernel.decision import NEEDS

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


def plan_schema(tables: DayTables, id_type: pa.DataType) -> pa.Schema:
    """The columns of a plan file: id, the need of every paper, the articles of every paper."""
    needs = [(code, pa.dictionary(pa.int8(), pa.string())) for code in tables.papers]
    bases = [(f"{code}_basis", pa.dictionary(pa.int16(), pa.string())) for code in tables.papers]
    return pa.schema([("id", id_type), *needs, *bases])


def numpy_batches(table: TableFile, tables: DayTables, progress: Progress) -> Iterator[pa.RecordBatch]:
    """The plans in the order of the table, block by block."""
    for block in table.blocks(tables):
        yield plan_batch(block.ids, tables, tables.evaluate(block.businesses))
        progress(block.done)


def plan_batch(ids: pa.Array, tables: DayTables, answers: Mapping[str, Answers]) -> pa.RecordBatch:
    """Answers as Arrow columns; words stay numbers with their list beside them."""
    needs = pa.array(NEEDS)
    columns = [ids]
    columns += [pa.DictionaryArray.from_arrays(pa.array(answers[code].need), needs) for code in tables.papers]
    columns += [
        pa.DictionaryArray.from_arrays(pa.array(answers[code].basis.astype(np.int16)), pa.array(paper.bases))
        for code, paper in tables.papers.items()
    ]
    return pa.RecordBatch.from_arrays(columns, schema=plan_schema(tables, ids.type))
