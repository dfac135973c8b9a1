"""Measure and print; `--write` also keeps the figures in docs/reference/bench.md."""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from bench.many import loaded, on_codes, rule_lists
from satupintu.catalogue.rules.bulk import Businesses, DayTables
from satupintu.catalogue.rules.plan import make_plan
from satupintu.catalogue.tables import TableFile
from satupintu.catalogue.tables.engines import connect, write_clean

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "docs" / "reference" / "bench.md"
GROWTH = (203_000, 2_000_000, 20_000_000)
ONE_BY_ONE = 2_000
AIMS = {"polars": 2.0, "openfisca": 5.0, "zen": 1000.0, "memory_mib": 4096}


def main() -> None:
    """All measurements in one run."""
    lines: list[str] = []

    def say(line: str = "") -> None:
        print(line, flush=True)
        lines.append(line)

    say(f"Measured on {date.today().isoformat()}: {_machine()}. Load when it began: {os.getloadavg()[0]:.1f}.")
    say()
    with tempfile.TemporaryDirectory(prefix="satupintu-bench-") as name:
        folder = Path(name)
        businesses, tables = loaded.whole(loaded.ROWS), loaded.tables()
        say(f"## {loaded.ROWS:,} businesses, {len(tables.papers)} papers, by the law of {loaded.ON}")
        say()
        _loading(folder, tables, say)
        ours = _evaluation(folder, businesses, tables, say)
        _peers(folder, businesses, tables, ours, say)
        say("## Growth: a fresh process each, Parquet in and Parquet out")
        say()
        _growth(folder, say)
    if "--write" in sys.argv:
        REPORT.parent.mkdir(parents=True, exist_ok=True)
        REPORT.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


HEAD = """# How fast, and beside whom

Written by `bench/run --write`; `bench/run` prints the same. Trust the ratios more than the milliseconds.
How fast the registry answers stands in [bench-registry.md](bench-registry.md).

- *Evaluation* starts with the rows in memory as columns of numbers and ends with need and articles of every paper
  as columns of numbers. Deriving the facts (risk, activity, size class …) is part of it.
- *polars on codes* is what a person would write by hand: the same look-ups as lazy polars expressions.
- *openfisca-core* and *zen-engine* get the facts derived already and only decide the papers: their part is smaller.
  Both run our tables as rules of their own form (numpy `select` in a variable; a JDM graph of decision tables).
  zen-engine runs on a sample spread over the city; the time is extrapolated to all rows.
- *duckdb, polars, postgresql* run our join through ibis and give words: the first two as an Arrow table, PostgreSQL
  as a table of its own.
- Each time is the best of several runs: other work on the machine only ever adds.

"""


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}, Python {platform.python_version()}"


def _loading(folder: Path, tables: DayTables, say: Callable[[str], None]) -> None:
    say("| loading, apart from evaluation | ms |")
    say("|---|---:|")
    for ending in ("parquet", "csv"):
        path = loaded.city_file(folder, loaded.ROWS, ending)

        def read(path: Path = path) -> int:
            return sum(block.businesses.rows for block in TableFile(path, tables.catalogue).blocks(tables))

        say(f"| read and check {ending} ({path.stat().st_size / 2**20:.1f} MiB) | {loaded.best_ms(read, 3):.0f} |")
    start = time.perf_counter()
    loaded.tables()
    say(f"| prepare the tables of a day, once | {(time.perf_counter() - start) * 1000:.0f} |")
    say("")


def _evaluation(folder: Path, businesses: Businesses, tables: DayTables, say: Callable[[str], None]) -> float:
    def floor() -> None:
        for column in businesses.words.values():
            column.codes.max()
        for values in businesses.amounts.values():
            values.max()

    query = on_codes.query(businesses, tables)
    _refuse_other(tables.evaluate(businesses), query.collect(), tables)
    once = loaded.best_ms(floor)
    ours = loaded.best_ms(lambda: tables.evaluate(businesses))
    by_hand = loaded.best_ms(query.collect)
    say("| evaluation, rows loaded | ms | ns a row | beside numpy |")
    say("|---|---:|---:|---:|")

    def row(what: str, ms: float) -> None:
        say(f"| {what} | {ms:,.1f} | {ms * 1e6 / loaded.ROWS:,.0f} | {ms / ours:,.2f} |")

    row("read every column once", once)
    row("**numpy (ours)**", ours)
    row("polars on codes, by hand", by_hand)
    _engines(folder, tables, row)
    row(f"one by one in Python ({ONE_BY_ONE:,} rows, extrapolated)", _one_by_one(folder, tables))
    say("")
    say(f"numpy needs {ours / by_hand:.2f} x polars on codes (aim: at most {AIMS['polars']:.0f} x).")
    say(f"numpy needs {ours / once:.0f} x reading every column once.")
    say("")
    return ours


def _refuse_other(ours: Any, theirs: Any, tables: DayTables) -> None:
    for code in tables.papers:
        same = (theirs[f"{code}_need"].to_numpy() == ours[code].need).all()
        if not (same and (theirs[f"{code}_basis"].to_numpy() == ours[code].basis).all()):
            raise SystemExit(f"polars on codes says otherwise for {code}")


def _engines(folder: Path, tables: DayTables, row: Callable[[str, float], None]) -> None:
    """Our join in each engine that is here; the businesses are a table of the engine already."""
    import pyarrow.parquet as pq

    from satupintu.catalogue.tables.joins import joined_plans

    source = TableFile(folder / f"city-{loaded.ROWS}.parquet", tables.catalogue)
    write_clean(source, tables, folder / "clean.parquet", lambda done: None)
    clean = pq.read_table(folder / "clean.parquet")
    url = os.environ.get("DATABASE_URL")
    for engine in ("duckdb", "polars", *(["postgresql"] if url else [])):
        backend = connect(engine, url)
        businesses = backend.create_table("city", clean, temp=True)
        plans = joined_plans(businesses, tables)

        def keep(backend: Any = backend, plans: Any = plans, engine: str = engine) -> None:
            if engine == "postgresql":
                backend.create_table("plans", plans, overwrite=True)
            else:
                backend.to_pyarrow(plans)

        row(f"{engine}, joined through ibis", loaded.best_ms(keep, 3))


def _one_by_one(folder: Path, tables: DayTables) -> float:
    import pyarrow.parquet as pq

    columns = pq.read_table(folder / f"city-{loaded.ROWS}.parquet").drop(["id"])
    sample = columns.take(list(range(0, loaded.ROWS, loaded.ROWS // ONE_BY_ONE))).to_pylist()
    said = [{name: str(value) for name, value in one.items() if value is not None} for one in sample]

    def ask() -> None:
        for one in said:
            make_plan(tables.catalogue, one, loaded.ON)

    return loaded.best_ms(ask, 3) * loaded.ROWS / len(said)


def _peers(folder: Path, businesses: Businesses, tables: DayTables, ours: float, say: Callable[[str], None]) -> None:
    (folder / "rules.json").write_text(json.dumps(rule_lists.as_json(tables)))
    np.savez(folder / "facts.npz", **rule_lists.fact_columns(businesses, tables))
    answers = tables.evaluate(businesses)
    expected = {
        code: answers[code].need.astype(np.int32) * len(paper.bases) + answers[code].basis
        for code, paper in tables.papers.items()
    }
    np.savez(folder / "expected.npz", **expected)
    say("| peer, same rules | ms | beside numpy | aim | rows asked | answers equal |")
    say("|---|---:|---:|---:|---:|---|")
    for peer, title in (("openfisca", "openfisca-core"), ("zen", "zen-engine")):
        found = _json([str(ROOT / ".venv-bench/bin/python"), str(ROOT / "bench/many/peers.py"), peer, str(folder)])
        equal = "yes" if found["equal"] else "NO"
        ratio = f"{found['ms'] / ours:,.0f} x | >= {AIMS[peer]:,.0f} x"
        say(f"| {title} | {found['ms']:,.0f} | {ratio} | {found['rows']:,} | {equal} |")
    say("")


def _growth(folder: Path, say: Callable[[str], None]) -> None:
    say("| rows | load s | evaluate s | ns a row | write s | peak memory MiB |")
    say("|---:|---:|---:|---:|---:|---:|")
    for rows in GROWTH:
        source, out = loaded.city_file(folder, rows), folder / "plan.parquet"
        grown = _json([sys.executable, "-m", "bench.many.growth", str(source), str(out)])
        per_row = grown["evaluate"] * 1e9 / rows
        parts = f"{grown['load']:.2f} | {grown['evaluate']:.2f} | {per_row:.0f} | {grown['write']:.2f}"
        say(f"| {rows:,} | {parts} | {grown['peak_mib']:,.0f} |")
        source.unlink()
    say("")
    say(f"Limit: {AIMS['memory_mib']:,} MiB for 20,000,000 rows.")


def _json(command: list[str]) -> dict[str, Any]:
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if result.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{result.stderr}")
    found: dict[str, Any] = json.loads(result.stdout)
    return found


if __name__ == "__main__":
    main()
