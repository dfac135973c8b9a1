"""Opening an engine beside numpy and giving it the businesses of a file."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from satupintu.catalogue.rules.bulk import AMOUNTS, NOT_SAID, DayTables
from satupintu.catalogue.tables.arrow import plan_schema
from satupintu.catalogue.tables.reading import Block, TableFile, UnusableTable
from satupintu.kernel.decision import UNKNOWN

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
    schema = plan_schema(tables, table.id_type)
    return schema, _batches(reader, schema, engine, folder, progress)


def refuse_missing(engine: str) -> None:
    """Raises UnusableTable naming what to install if a package of this engine is not there."""
    packages, extra = NEEDED[engine]
    for package in packages:
        if find_spec(package) is None:
            raise UnusableTable(
                f"Mesin {engine} butuh paket {package} yang belum terpasang. "
                f"Pasang dulu: pip install 'satupintu[{extra}]'."
            )


def connect(engine: str, url: str | None) -> Any:
    """An open ibis backend: in this process, or the database or cluster at ``url``."""
    import ibis

    if engine == "duckdb":
        return ibis.duckdb.connect()
    if engine == "polars":
        return ibis.polars.connect()
    if engine == "spark":
        return ibis.pyspark.connect(_spark_session(url or "local[*]"))
    if not url:
        raise UnusableTable("Mesin postgresql butuh alamat. Tambahkan --engine-url postgresql://nama@server/basisdata.")
    # Compiling the many small expressions of this query takes PostgreSQL far longer than running them.
    return ibis.connect(url.replace("postgresql://", "postgres://", 1), options="-c jit=off")


def _spark_session(master: str) -> Any:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("satupintu").master(master)
    # The lookup tables are small: let Spark send them to every worker, and hand rows over as Arrow.
    return (
        builder.config("spark.ui.enabled", "false")
        .config("spark.sql.execution.arrow.pyspark.enabled", "true")
        .config("spark.log.level", "ERROR")
        .getOrCreate()
    )


def _load(backend: Any, engine: str, table: TableFile, tables: DayTables, folder: Path, progress: Progress) -> Any:
    """The checked businesses as a table of the engine."""
    if engine != "postgresql":
        path = folder / "businesses.parquet"
        write_clean(table, tables, path, progress)
        return backend.read_parquet(str(path))
    import ibis

    name = f"satupintu_{uuid.uuid4().hex}"
    schema = ibis.schema(clean_schema(table, tables))
    businesses = backend.create_table(name, schema=schema, temp=True)
    for block in table.blocks(tables):
        backend.insert(name, pa.Table.from_batches([clean_batch(block, table, tables)]))
        progress(block.done / 2)
    return businesses


def write_clean(table: TableFile, tables: DayTables, path: Path, progress: Progress) -> None:
    """A Parquet copy of a table that any engine reads alike: known words, whole amounts, null where not known."""
    with pq.ParquetWriter(path, clean_schema(table, tables)) as writer:
        for block in table.blocks(tables):
            writer.write_batch(clean_batch(block, table, tables))
            progress(block.done / 2)


def clean_schema(table: TableFile, tables: DayTables) -> pa.Schema:
    """The columns of the clean copy: row, id and what decides."""
    words = [name for name in table.columns if name in ("kbli_version", "kbli", "scale", *tables.used)]
    amounts = [name for name in table.columns if name in AMOUNTS]
    return pa.schema(
        [
            ("row", pa.int64()),
            ("id", table.id_type),
            *((name, pa.string()) for name in words),
            *((name, pa.int64()) for name in amounts),
        ]
    )


def clean_batch(block: Block, table: TableFile, tables: DayTables) -> pa.RecordBatch:
    """One block of the clean copy."""
    schema = clean_schema(table, tables)
    made = {"row": pa.array(np.arange(block.first_row, block.first_row + len(block.ids))), "id": block.ids}
    for name, column in block.businesses.words.items():
        words = pa.array([None if word in ("", UNKNOWN) else word for word in column.words], pa.string())
        made[name] = pa.DictionaryArray.from_arrays(pa.array(column.codes), words).dictionary_decode()
    for name, values in block.businesses.amounts.items():
        made[name] = pa.array(values, mask=values == NOT_SAID)
    return pa.RecordBatch.from_arrays([made[name] for name in schema.names], schema=schema)


def _batches(
    reader: pa.RecordBatchReader,
    schema: pa.Schema,
    engine: str,
    folder: tempfile.TemporaryDirectory[str],
    progress: Progress,
) -> Iterator[pa.RecordBatch]:
    with folder, _one_sentence(engine):
        for batch in reader:
            columns = [column.cast(kind.type) for column, kind in zip(batch.columns, schema, strict=True)]
            yield pa.RecordBatch.from_arrays(columns, schema=schema)
    progress(1.0)


@contextmanager
def _one_sentence(engine: str) -> Iterator[None]:
    """Tell a failure of an engine outside this process as one sentence; our own faults stay what they are."""
    try:
        yield
    except UnusableTable:
        raise
    except Exception as error:
        if engine not in ("postgresql", "spark"):
            raise
        first = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise UnusableTable(f"Mesin {engine} tidak menjawab ({first}). Periksa --engine-url dan servernya.") from error
