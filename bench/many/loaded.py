"""The made-up city in memory, and how a time is taken."""

import gc
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np

from satupintu.catalogue.reading import read
from satupintu.catalogue.rules.bulk import Businesses, Column, DayTables
from satupintu.catalogue.rules.city import City
from satupintu.catalogue.tables.city import city_shape, write_city

ON = date(2026, 11, 24)
ROWS = 203_000


def made_up_city() -> City:
    """The city of seed 1."""
    return City(city_shape(), read(), seed=1)


def city_file(folder: Path, rows: int, ending: str = "parquet") -> Path:
    """A file with a city of so many businesses."""
    path = folder / f"city-{rows}.{ending}"
    write_city(made_up_city(), rows, path, lambda done: None)
    return path


def whole(rows: int) -> Businesses:
    """A city of so many businesses as one set of columns."""
    blocks = [block for _, block in made_up_city().blocks(rows)]
    first = blocks[0]
    words = {
        name: Column(column.words, np.concatenate([b.words[name].codes for b in blocks]))
        for name, column in first.words.items()
    }
    amounts = {name: np.concatenate([b.amounts[name] for b in blocks]) for name in first.amounts}
    return Businesses(rows, words, amounts)


def tables() -> DayTables:
    """The tables of the day, with everything prepared that does not depend on the rows."""
    made = DayTables(read(), ON)
    _ = made.papers, made.sizes, list(made.codes.rows())
    return made


def best_ms(work: Callable[[], object], times: int = 9) -> float:
    """The best of several runs in milliseconds, after one to warm up: other work on the machine only ever adds."""
    work()
    taken = []
    for _ in range(times):
        gc.collect()
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return min(taken)
