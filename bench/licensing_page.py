"""The page of figures of `bench/licensing.py` and `bench/licensing_stress.py`, every database side by side."""

from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "bench-licensing.md"
HEAD = """# How fast licensing is, and what holds under pressure

Written by `bench/run licensing --write`; `bench/licensing.py` and `bench/licensing_stress.py` print the same.

"""
ABOUT = """## Reads, writes and search

- People are the registry's made-up crowd. 200 files went through the room's own actions; the rest are their copies,
  each of another person and three hours older. All are of one office.
- A page is asked as a browser gets it: middleware, rights, queries and drawing, without the network.
- *p50*, *p95* and *p99* are what somebody waits on a free machine: the time on the clock without the time in which
  the process, or PostgreSQL's, stood in the queue for a core that other work held. *clock* is the p95 with it.
- *SQL* are the statements of one page. *Ratio* is its p50 beside a bare Django view without middleware, templates or
  objects, that sends the same SELECTs, fetches every row and answers with as many bytes. The aim was 1.5.
- Aims for the p95: reads 150 ms, writes 300 ms an act, search 100 ms; 50 submissions and 50 certificates a second.
  The rates are of four threads of one process, by the clock, with whatever else the machine did.

"""
WHY = """### What is missed, and why

- *not held by anybody*, *a later page*: everything that waits at the office is sorted by deadline for 50 rows (15,000
  and more files here; an office with a thousand does not notice).
- *one file at the desk*: the clash check compares every file that holds a place in the same market or within 110 m.
  A made-up market has up to a thousand of them.
- *search a name* looks the name up in the registry, then draws a queue; drawing a page of the queue is 40 to 60 ms.
- *certificates*, *submissions*: one grant asks the database about a hundred questions (standing and clock of the file
  are read at each of its two moves and again for the decision) and is 50 to 80 ms of processor, one core's worth for
  12 to 20 a second. Officers of one office wait for each other on its chain of the audit.
- The *ratio*: what is drawn costs more than what is asked. Pages without many questions differ most.

"""
STRESS = """## 40 officers and 400 applicants at one office

Nobody thinks between two acts, every second turn is an officer's, and all officers write into one chain of the audit.
Each thread serves whoever comes next, as those of the web server do. *done* is what clients were told is done.
Afterwards the database is read (`bench/licensing_invariants.py`): numbers without gap or double, state and revision
equal the steps, every step allowed, nobody decided what they examined, one paper that stands, one message a step,
everything that was told as done is there once and nothing else, the chains whole.

"""


def write(runs: list[dict[str, Any]]) -> None:
    """Write the page from the kept figures of both benches, in any order."""
    filled = [run for run in runs if "files" in run]
    hammered = [run for run in runs if "broken" in run]
    lines = [
        f"Measured on {runs[0]['on']}: {runs[0]['machine']}. `scripts/with-postgresql` does not wait for the disk.",
        "",
    ]
    parts = [HEAD, *(f"{line}\n" for line in lines)]
    if filled:
        parts += [ABOUT, *(f"{line}\n" for run in filled for line in speed(run)), WHY]
    if hammered:
        parts += [STRESS, *(f"{line}\n" for run in hammered for line in pressure(run))]
    PAGE.write_text("".join(parts).rstrip("\n") + "\n", encoding="utf-8")


def speed(run: dict[str, Any]) -> list[str]:
    """One database: reads, writes, rates, and every aim that was missed."""
    lines = [
        f"### {run['database']}: {run['businesses']:,} businesses, {run['files']:,} files, {run['papers']:,} papers",
        "",
        f"{run['asked']} of each page, {run['made']} files. Load when it began: {run['load']}.",
        "",
        "| ms | p50 | p95 | p99 | clock | SQL | ratio |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    timed = [row for row in run["rows"] if "rate" not in row]
    for row in timed:
        figures = [f"{row[name]:,.1f}" for name in ("answer50", "answer95", "answer99", "wall95")]
        beside = [str(row["statements"]), f"{row['ratio']:.1f}"] if "ratio" in row else ["", ""]
        lines.append(f"| {row['name']} | " + " | ".join(figures + beside) + " |")
    rates = [row for row in run["rows"] if "rate" in row]
    lines += ["", *(f"- {row['name']}: {row['rate']} a second, {row['failed']} failed." for row in rates), ""]
    missed = [row["name"] for row in run["rows"] if row["missed"]]
    apart = [row for row in timed if row.get("ratio", 0) > 1.5]
    lines.append(f"Missed: {'; '.join(missed)}." if missed else "Every aim in milliseconds and a second was kept.")
    if apart:
        lines.append(f"The ratio of 1.5 was missed by {len(apart)} of {sum('ratio' in row for row in timed)} pages.")
    return [*lines, ""]


def pressure(run: dict[str, Any]) -> list[str]:
    """One database under pressure."""
    lines = [
        f"### {run['database']}, {run['processes']} processes with {run['threads']} threads",
        "",
        f"{run['done']:,} acts in {run['lasted']} s, {run['done'] / run['lasted']:.0f} a second. Load: {run['load']}.",
        "",
        "| ms | done | p50 | p95 | p99 |",
        "|---|---:|---:|---:|---:|",
    ]
    for row in run["rows"]:
        lines.append(f"| {row['name']} | {row['done']:,} | {row['p50']:,.1f} | {row['p95']:,.1f} | {row['p99']:,.1f} |")
    told = {"again": "Tried again", "failed": "Gave up", "refused": "Refused"}
    lines.append("")
    for name, words in told.items():
        counted = ", ".join(f"{what} {count:,}" for what, count in sorted(run[name].items())) or "nothing"
        lines.append(f"- {words}: {counted}.")
    lines.append(f"- Broken: {len(run['broken'])}." if run["broken"] else "- Every invariant held.")
    return [*lines, ""]
