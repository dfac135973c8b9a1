"""Writing a table as CSV or Parquet so that there is either the whole file or none."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from satupintu.catalogue.tables.reading import KINDS, UnusableTable


class TableWriter:
    """A file that gets its name only when everything is written.

    Rows go to a file beside it; leaving the ``with`` block by an error removes that one and leaves what was there.
    Raises UnusableTable for another ending than .csv or .parquet, or a place where nothing may be written.
    """

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        if path.suffix not in KINDS:
            raise UnusableTable(f"{path}: jenis berkas ini tidak dikenal. Pakai .csv atau .parquet.")
        self.path = path
        self.draft = path.with_name(f".{path.name}.{os.getpid()}.part")
        self.schema = schema if path.suffix == ".parquet" else _as_text(schema)
        self._writer: pq.ParquetWriter | pa_csv.CSVWriter

    def __enter__(self) -> TableWriter:
        try:
            if self.path.suffix == ".parquet":
                self._writer = pq.ParquetWriter(self.draft, self.schema, compression="zstd")
            else:
                options = pa_csv.WriteOptions(quoting_style="needed", quoting_header="needed")
                self._writer = pa_csv.CSVWriter(self.draft, self.schema, write_options=options)
        except OSError as error:
            self.draft.unlink(missing_ok=True)
            raise UnusableTable(f"{self.path}: tidak bisa ditulis ({error.strerror}). Pilih tempat lain.") from error
        return self

    def write(self, batch: pa.RecordBatch) -> None:
        """Add rows; in Parquet one call makes one row group."""
        if batch.num_rows:
            self._writer.write_batch(batch if self.path.suffix == ".parquet" else batch.cast(self.schema))

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        self._writer.close()
        if kind is None:
            self.draft.replace(self.path)
        else:
            self.draft.unlink(missing_ok=True)


def _as_text(schema: pa.Schema) -> pa.Schema:
    """The schema with plain words in place of dictionaries, which CSV does not know."""
    return pa.schema([(f.name, f.type.value_type if pa.types.is_dictionary(f.type) else f.type) for f in schema])
