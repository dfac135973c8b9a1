"""Answers as Arrow columns: the words of a paper once, and one small number per row."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from satupintu.catalogue.rules.bulk import Answers, DayTables
from satupintu.kernel.decision import NEEDS


def plan_schema(tables: DayTables, id_type: pa.DataType) -> pa.Schema:
    """The columns of a plan file: id, the need of every paper, the articles of every paper."""
    needs = [(code, pa.dictionary(pa.int8(), pa.string())) for code in tables.papers]
    bases = [(f"{code}_basis", pa.dictionary(pa.int16(), pa.string())) for code in tables.papers]
    return pa.schema([("id", id_type), *needs, *bases])


def plan_batch(ids: pa.Array, tables: DayTables, answers: Mapping[str, Answers]) -> pa.RecordBatch:
    """Answers as Arrow columns; words stay numbers with their list beside them."""
    needs = pa.array(NEEDS)
    columns = [ids]
    columns += [pa.DictionaryArray.from_arrays(pa.array(answers[code].need), needs) for code in tables.papers]
    columns += [
        pa.DictionaryArray.from_arrays(pa.array(answers[code].basis), pa.array(paper.bases))
        for code, paper in tables.papers.items()
    ]
    return pa.RecordBatch.from_arrays(columns, schema=plan_schema(tables, ids.type))
