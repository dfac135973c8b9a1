"""The made-up city: the two figures that are known, the rest drawn alike for the same seed."""

import hashlib
from collections import Counter
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from satupintu.catalogue.cli import commands, demo_parts
from satupintu.catalogue.reading import DataError, read
from satupintu.catalogue.rules.city import CITY_BLOCK, City
from satupintu.catalogue.tables.city import city_shape

city = next(part for part in demo_parts if part.name == "city")
CATALOGUE = read()
plan = next(command for command in commands if command.name == "plan")


def write(out: Path, *options: str) -> Path:
    result = CliRunner().invoke(city, ["--out", str(out), *options])
    assert (result.exit_code, result.stdout) == (0, ""), result.stderr
    return out


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path, ending: str) -> None:
    files = [
        write(tmp_path / f"{number}.{ending}", "--rows", "2000", "--seed", seed)
        for number, seed in enumerate(["7", "7", "8"])
    ]
    first, again, other = (hashlib.sha256(path.read_bytes()).hexdigest() for path in files)
    assert first == again
    assert first != other


def test_the_city_has_203000_businesses_of_which_12186_process_food() -> None:
    shape = city_shape()
    rows = food = 0
    for start, block in City(shape, CATALOGUE, seed=1).blocks(shape.known.enterprises.value):
        rows += block.rows
        kbli = block.words["kbli"]
        cooks = [_processes_food(word) for word in kbli.words]
        made = City(shape, CATALOGUE, seed=1).is_known_group(start, block.rows)
        food += int(made.sum())
        # Whoever has a code has one of its group; codes left empty stay empty.
        assert all(cooks[code] for code in kbli.codes[made])
        assert not any(cooks[code] and kbli.words[code] for code in kbli.codes[~made])
    assert (rows, food) == (203_000, 12_186)


def _processes_food(code: str) -> bool:
    partners = [("2020", c) for c in (code, *CATALOGUE.partners("2025", code))]
    known = [CATALOGUE.codes[pair] for pair in partners if pair in CATALOGUE.codes]
    return not code or any(entry.activity in ("cook_serve", "make_pack") for entry in known)


def test_both_known_figures_name_the_paper_and_nothing_else_claims_a_source() -> None:
    known = city_shape().known
    assert (known.enterprises.source, known.food.source) == ("PAPER", "PAPER")
    assert "andaikan" in city_shape().assumed.says


def test_the_businesses_are_numbers_in_the_56_kelurahan(tmp_path: Path) -> None:
    table = pq.read_table(write(tmp_path / "kota.parquet", "--rows", "20000"))
    kelurahan = {code for code, region in CATALOGUE.regions.items() if region.kind == "kelurahan"}
    assert set(table["region"].to_pylist()) == kelurahan
    assert len(kelurahan) == 56
    assert table["id"].to_pylist()[:2] == ["usaha-00000001", "usaha-00000002"]
    assert pc.count_distinct(table["id"]).as_py() == 20_000
    assert "name" not in table.column_names


def test_a_fact_stands_only_where_it_means_something(tmp_path: Path) -> None:
    rows = pq.read_table(write(tmp_path / "kota.parquet", "--rows", "20000")).to_pylist()
    assert {row["place"] for row in rows if row["fixed_spot"]} <= {"cart", None}
    assert {row["place"] for row in rows if row["managed"]} <= {"market_stall", "kiosk", None}
    assert Counter(row["kbli_version"] for row in rows).keys() == {"2020", "2025"}
    known = set(CATALOGUE.codes)
    assert all((row["kbli_version"], row["kbli"]) in known for row in rows if row["kbli"])


def test_the_city_can_be_planned(tmp_path: Path) -> None:
    table = write(tmp_path / "kota.csv", "--rows", "300")
    result = CliRunner().invoke(
        plan, ["--table", str(table), "--out", str(tmp_path / "r.parquet"), "--on", "2026-11-24"]
    )
    assert result.exit_code == 0, result.stderr
    assert pq.read_table(tmp_path / "r.parquet").num_rows == 300


@settings(max_examples=10, deadline=None)
@given(rows=st.integers(1, CITY_BLOCK + 10), seed=st.integers(0, 1000))
def test_a_smaller_city_is_the_beginning_of_a_larger_one(rows: int, seed: int) -> None:
    made = City(city_shape(), CATALOGUE, seed)
    small = [block for _, block in made.blocks(rows)]
    large = [block for _, block in made.blocks(rows + 7)]
    assert sum(block.rows for block in small) == rows
    last = small[-1]
    assert (last.amounts["sales"] == large[len(small) - 1].amounts["sales"][: last.rows]).all()
    assert (last.words["kbli"].codes == large[len(small) - 1].words["kbli"].codes[: last.rows]).all()


def test_a_city_without_a_place_to_write_is_wrong_use() -> None:
    assert CliRunner().invoke(city, []).exit_code == 2


def test_a_broken_shape_is_refused_with_its_field(tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "city.yaml").write_text("known: {}\n")
    with pytest.raises(DataError, match=r"demo/city\.yaml, known\.enterprises: isian wajib ini kosong"):
        city_shape([tmp_path])
