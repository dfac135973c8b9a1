"""Opening an engine beside numpy and giving it the businesses of a file."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from satupintu.catalogue.rules.bulk import NOT_SAID, Businesses, DayTables
from satupintu.catalogue.tables.reading import Block, TableFile, UnusableTable

# Engine: the packages it needs and the extra of this project that brings them.
NEEDED = {
    "duckdb": (("ibis", "duckdb"), "scale"),
    "polars": (("ibis", "polars"), "scale"),
    "postgresql": (("ibis", "psycopg"), "scale"),
    "spark": (("ibis", "pyspark"), "spark"),
}
BATCH_ROWS = 131_072
Progress = Callable[[float], None]


def joined_batches(
    table: TableFile, tables: DayTables, engine: str, url: str | None, progress: Progress
) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    """The plans of a file from another engine, in the order of the file, and the columns they have.

    The file is read and checked here first, as for numpy; the engine gets a clean copy that lives as long as the
    answer is read. Raises UnusableTable for a bad row, a missing package or an engine that does not answer.
    """
    refuse_missing(engine)
    from satupintu.catalogue.tables.joins import joined_plans

    folder = tempfile.TemporaryDirectory(prefix="satupintu-")
    with _one_sentence(engine):
        backend = connect(engine, url)
        businesses = _load(backend, engine, table, tables, Path(folder.name), progress)
        reader = backend.to_pyarrow_batches(joined_plans(businesses, tables), chunk_size=BATCH_ROWS)
    return _schema(table, tables), _batches(reader, table, tables, folder)
