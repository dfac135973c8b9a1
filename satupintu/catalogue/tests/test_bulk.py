"""A table must be answered exactly as its businesses would be one by one, in every engine and on every day."""

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.conf import settings
from django.db import connection
from hypothesis import HealthCheck, given, seed
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from satupintu.catalogue.reading import read
from satupintu.catalogue.rules.bulk import BLOCK, Businesses, Column, DayTables
from satupintu.catalogue.rules.facts import UnusableFact
from satupintu.catalogue.rules.plan import BeforeTheCatalogue, make_plan
from satupintu.catalogue.tables.engines import clean_schema
from satupintu.catalogue.tables.joins import joined_plans
from satupintu.catalogue.tables.plans import write_plans
from satupintu.catalogue.tables.reading import TableFile
from satupintu.kernel.decision import CONFIDENCES, NEEDS

ON_POSTGRESQL = settings.DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql"
# Every engine that this run's machine has: PostgreSQL is the database of the run, or it is not there.
OTHER_ENGINES = ["postgresql"] if ON_POSTGRESQL else ["duckdb", "polars"]

CATALOGUE = read()
TODAY = date(2026, 11, 24)
AMOUNTS = ("", "0", "499999999", "500000000", "500000001", "1.000.000.000", "Rp 1000000001", "2000000000", "2000000001")
LARGE = ("5000000000", "5000000001", "10000000000", "10000000001", "15000000001", "50000000000", "50000000001")


@lru_cache(maxsize=64)
def tables_on(day: date) -> DayTables:
    return DayTables(CATALOGUE, day)


def days_around_changes() -> list[date]:
    """The first and last day of every table, risk row and size class, from the catalogue's first day on."""
    firsts = {v.valid_from for licence in CATALOGUE.licences.values() for v in licence.versions}
    firsts |= {row.valid_from for rows in CATALOGUE.risks.values() for row in rows}
    firsts |= {row.valid_from for row in CATALOGUE.scales}
    days = firsts | {day - timedelta(days=1) for day in firsts} | {TODAY}
    return sorted(day for day in days if day >= CATALOGUE.begins())


def a_code() -> st.SearchStrategy[tuple[str, str]]:
    """A version and code: known ones, the same number under the other version, one nobody knows, or none."""
    codes = sorted(CATALOGUE.codes)
    known = st.sampled_from(codes)
    swapped = known.map(lambda pair: ("2025" if pair[0] == "2020" else "2020", pair[1]))
    return st.one_of(known, swapped, st.sampled_from([("", "56104"), ("2020", ""), ("", ""), ("2025", "99999")]))


@st.composite
def some_businesses(draw: st.DrawFn, most: int) -> list[dict[str, str]]:
    """Rows with the same columns, in which anything may be empty or unknown."""
    names = draw(st.lists(st.sampled_from(sorted(CATALOGUE.facts)), unique=True, max_size=8))
    amounts = draw(st.lists(st.sampled_from(["capital", "sales"]), unique=True))
    facts = {name: st.sampled_from([*CATALOGUE.facts[name].values, "unknown", ""]) for name in names}
    money = {name: st.sampled_from(AMOUNTS + LARGE) for name in amounts}
    row = st.fixed_dictionaries({"code": a_code(), **facts, **money})
    rows = draw(st.lists(row, min_size=1, max_size=most))
    made = []
    for number, values in enumerate(rows):
        version, code = values.pop("code")
        made.append({"id": f"{number:03}", "kbli_version": version, "kbli": code, **values})
    return made


def one_by_one(rows: Sequence[dict[str, str]], on: date) -> list[dict[str, str]]:
    """What the answer for one business says for every row, as a plan file has it."""
    expected = []
    for row in rows:
        plan = make_plan(CATALOGUE, {k: v for k, v in row.items() if k != "id"}, on)
        needs = {code: plan.paper(code).need for code in CATALOGUE.licences}
        bases = {f"{code}_basis": ";".join(plan.paper(code).basis) for code in CATALOGUE.licences}
        expected.append({"id": row["id"], **needs, **bases})
    return expected


def write_csv(path: Path, rows: Sequence[dict[str, Any]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def planned(path: Path, on: date, engine: str) -> list[dict[str, str]]:
    """The plan file of a table as rows."""
    out = path.with_name(f"{engine}.parquet")
    url = database_url() if engine == "postgresql" else None
    write_plans(TableFile(path, CATALOGUE), tables_on(on), out, engine=engine, url=url, progress=lambda done: None)
    rows: list[dict[str, str]] = pq.read_table(out).to_pylist()
    return rows


def database_url() -> str:
    """The address of the database of this run."""
    parts = connection.settings_dict
    word = f":{parts['PASSWORD']}" if parts["PASSWORD"] else ""
    return f"postgresql://{parts['USER']}{word}@{parts['HOST']}:{parts['PORT']}/{parts['NAME']}"


@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=some_businesses(most=40), on=st.sampled_from(days_around_changes()))
def test_numpy_answers_every_row_like_the_answer_for_one(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]], on: date
) -> None:
    path = write_csv(tmp_path_factory.mktemp("numpy") / "businesses.csv", rows)
    assert planned(path, on, "numpy") == one_by_one(rows, on)


@pytest.mark.usefixtures("django_db_setup")
@pytest.mark.parametrize("engine", OTHER_ENGINES)
def test_every_engine_answers_every_row_like_the_answer_for_one(
    tmp_path_factory: pytest.TempPathFactory, engine: str
) -> None:
    folder = tmp_path_factory.mktemp(engine)

    @seed(1)
    @hypothesis_settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None)
    @given(rows=some_businesses(most=60), on=st.sampled_from(days_around_changes()))
    def check(rows: list[dict[str, str]], on: date) -> None:
        assert planned(write_csv(folder / "businesses.csv", rows), on, engine) == one_by_one(rows, on)

    check()


@pytest.mark.usefixtures("django_db_setup")
def test_a_table_that_lives_in_an_engine_is_joined_there_in_the_order_of_id() -> None:
    rows = [
        {"id": 3, "kbli_version": "2020", "kbli": "56104", "place": "cart", "fixed_spot": "yes", "zone": "green"},
        {"id": 1, "kbli_version": "2020", "kbli": "47832", "place": "kiosk", "fixed_spot": None, "zone": None},
        {"id": 2, "kbli_version": None, "kbli": None, "place": None, "fixed_spot": None, "zone": None},
    ]
    backend = (
        ibis.connect(database_url().replace("postgresql", "postgres", 1)) if ON_POSTGRESQL else ibis.duckdb.connect()
    )
    stored = backend.create_table("own_businesses", pa.Table.from_pylist(rows), temp=True)
    found = backend.to_pyarrow(joined_plans(stored, tables_on(TODAY))).to_pylist()
    said = [{k: str(v) for k, v in row.items() if v is not None} for row in rows]
    expected = one_by_one(said, TODAY)
    assert [{**row, "id": str(row["id"])} for row in found] == sorted(expected, key=lambda row: row["id"])


def columns_of(rows: Sequence[dict[str, str]]) -> Businesses:
    words = {}
    for name in rows[0]:
        values = tuple(dict.fromkeys(row[name] for row in rows))
        words[name] = Column(values, np.array([values.index(row[name]) for row in rows], dtype=np.int32))
    return Businesses(len(rows), words, {})


@hypothesis_settings(max_examples=40, deadline=None)
@given(
    codes=st.lists(a_code(), min_size=1, max_size=30),
    scale=st.sampled_from(["micro", "small", "large", "unknown", ""]),
    risk=st.sampled_from(["low", "high", "unknown", ""]),
    on=st.sampled_from(days_around_changes()),
)
def test_confidence_is_the_one_of_the_answer_for_one(
    codes: list[tuple[str, str]], scale: str, risk: str, on: date
) -> None:
    rows = [{"kbli_version": v, "kbli": k, "scale": scale, "risk": risk} for v, k in codes]
    answers = tables_on(on).evaluate(columns_of(rows), confidence=True)
    for n, row in enumerate(rows):
        for paper in make_plan(CATALOGUE, row, on).papers:
            doubts = answers[paper.code].confidence
            assert doubts is not None
            assert CONFIDENCES[doubts[n]] == paper.confidence, (paper.code, row)


def test_more_rows_than_a_block_are_answered_alike() -> None:
    rows = BLOCK + 5
    place = Column(("cart", "kiosk"), (np.arange(rows) % 2).astype(np.int32))
    answers = tables_on(TODAY).evaluate(Businesses(rows, {"place": place}, {}))
    for code, licence_answers in answers.items():
        alone = [make_plan(CATALOGUE, {"place": word}, TODAY).paper(code).need for word in place.words]
        assert [NEEDS[n] for n in licence_answers.need[[0, 1, BLOCK, BLOCK + 1]]] == alone * 2


def test_a_day_before_the_first_law_is_refused() -> None:
    with pytest.raises(BeforeTheCatalogue):
        DayTables(CATALOGUE, date(2020, 1, 1))


def test_a_word_outside_the_list_is_refused_even_in_a_column_that_no_table_uses() -> None:
    businesses = Businesses(1, {"sales_band": Column(("banyak",), np.zeros(1, np.int32))}, {})
    with pytest.raises(UnusableFact, match="banyak"):
        tables_on(TODAY).check(businesses)


def test_the_copy_for_an_engine_carries_only_what_decides(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "t.csv", [{"id": "1", "region": "32.75.11.1004", "place": "cart", "sales": "5"}])
    assert clean_schema(TableFile(path, CATALOGUE), tables_on(TODAY)).names == ["row", "id", "place", "sales"]
