"""Writing the made-up city to a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa

from satupintu.catalogue.reading.files import OWN_FOLDER, DataError, Files
from satupintu.catalogue.rules.bulk import NOT_SAID, Businesses
from satupintu.catalogue.rules.city import City, CityShape
from satupintu.catalogue.tables.writing import TableWriter

SHAPE_FILE = "demo/city.yaml"


def city_shape(folders: Sequence[Path] = ()) -> CityShape:
    """What the made-up city looks like, from our data or a deployment's. Raises DataError with every problem."""
    files = Files((OWN_FOLDER, *folders))
    shape = files.make(CityShape, files.yaml(SHAPE_FILE), SHAPE_FILE, "")
    if shape is None:
        raise DataError(files.problems)
    return shape


def write_city(city: City, rows: int, out: Path, progress: Callable[[float], None]) -> None:
    """Write ``rows`` businesses as CSV or Parquet; the same city and rows give the same bytes."""
    schema = city_schema(city.shape)
    with TableWriter(out, schema) as writer:
        for start, businesses in city.blocks(rows):
            writer.write(city_batch(start, businesses, schema))
            progress((start + businesses.rows) / rows)


def city_schema(shape: CityShape) -> pa.Schema:
    """id, code, place and facts as words, capital and sales in rupiah, region."""
    words = ["kbli_version", "kbli", "place", *shape.facts, "region"]
    kinds = [(name, pa.dictionary(pa.int32(), pa.string())) for name in words]
    return pa.schema([("id", pa.string()), *kinds, *((name, pa.int64()) for name in shape.amounts)])


def city_batch(start: int, businesses: Businesses, schema: pa.Schema) -> pa.RecordBatch:
    """One block as Arrow columns; what is not known stays empty."""
    columns = [pa.array([f"usaha-{n:08}" for n in range(start + 1, start + businesses.rows + 1)])]
    for name in schema.names[1:]:
        if name in businesses.amounts:
            values = businesses.amounts[name]
            columns.append(pa.array(values, mask=values == NOT_SAID))
            continue
        column = businesses.words[name]
        words = pa.array([word or None for word in column.words], pa.string())
        columns.append(pa.DictionaryArray.from_arrays(pa.array(column.codes), words).dictionary_decode())
    encoded = [column.cast(kind.type) for column, kind in zip(columns, schema, strict=True)]
    return pa.RecordBatch.from_arrays(encoded, schema=schema)
