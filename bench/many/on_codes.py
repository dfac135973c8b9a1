"""What a person would write by hand in polars, on whole numbers: the yardstick for our evaluation.

The same look-ups on the same arrays, as lazy expressions that polars may run side by side. Input columns are whole
numbers already; output columns are whole numbers too.
"""

import numpy as np
import numpy.typing as npt
import polars as pl

from satupintu.catalogue.rules.bulk import FROM_SIZE, NOT_SAID, Businesses, DayTables
from satupintu.catalogue.rules.facts import FROM_CODE, SCALES
from satupintu.kernel.decision import UNKNOWN


def frame(businesses: Businesses) -> pl.DataFrame:
    """The columns as numbers."""
    return pl.DataFrame({name: c.codes for name, c in businesses.words.items()} | dict(businesses.amounts))


def query(businesses: Businesses, tables: DayTables) -> pl.LazyFrame:
    """Need and articles of every paper, as numbers."""
    sizes = (len(SCALES) * _steps(tables, "capital") + _step(tables, "capital")) * _steps(tables, "sales")
    staged = frame(businesses).lazy().with_columns(_size=sizes + _step(tables, "sales"))
    staged = staged.with_columns(_scale=_gather(tables.sizes.options["scale"], pl.col("_size")))
    version, kbli = businesses.words["kbli_version"].words, businesses.words["kbli"].words
    places = np.array([tables.codes.place(v, k) for v in version for k in kbli])
    place = _gather(places, pl.col("kbli_version") * len(kbli) + pl.col("kbli"))
    staged = staged.with_columns(_code=place * len(SCALES) + pl.col("_scale"))
    staged = staged.with_columns(**{f"_{name}": _fact(businesses, tables, name) for name in tables.used})
    keys = {
        code: sum(
            (pl.col(f"_{name}") * stride for name, stride in zip(paper.inputs, paper.worked.strides, strict=True)),
            pl.lit(0, pl.Int32),
        )
        for code, paper in tables.papers.items()
        if paper.inputs
    }
    staged = staged.with_columns(**{f"_key_{code}": key for code, key in keys.items()})
    answers = {}
    for code, paper in tables.papers.items():
        for what, array in (("need", paper.need), ("basis", paper.basis)):
            if paper.inputs:
                answers[f"{code}_{what}"] = _gather(array, pl.col(f"_key_{code}"))
            else:
                answers[f"{code}_{what}"] = pl.repeat(int(array[0]), pl.len(), dtype=pl.Int16)
    return staged.select(**answers)


def _gather(array: npt.NDArray[np.integer], index: pl.Expr) -> pl.Expr:
    small = array.astype(np.int32) if array.dtype.itemsize > 4 else array
    return pl.lit(pl.Series(small)).gather(index)


def _steps(tables: DayTables, name: str) -> int:
    return len(tables.sizes.limits[name]) + 2


def _step(tables: DayTables, name: str) -> pl.Expr:
    limits = tables.sizes.limits[name]
    passed = sum(((pl.col(name) > limit).cast(pl.Int32) for limit in limits), pl.lit(0, pl.Int32))
    return pl.when(pl.col(name) == NOT_SAID).then(len(limits) + 1).otherwise(passed)


def _fact(businesses: Businesses, tables: DayTables, name: str) -> pl.Expr:
    if name in FROM_CODE:
        return _gather(tables.codes.options(name), pl.col("_code"))
    if name in FROM_SIZE:
        return _gather(tables.sizes.options[name], pl.col("_size"))
    if name in businesses.words:
        options = np.array([tables.checked_option(name, word) for word in businesses.words[name].words])
        return _gather(options, pl.col(name))
    return pl.lit(tables.option(name, UNKNOWN), pl.Int32)
