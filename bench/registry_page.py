"""The page of figures of `bench/registry.py`: every question on every database, and how it grows."""

from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "bench-registry.md"
HEAD = """# How fast the registry answers

Written by `bench/run registry --write`; `bench/registry.py` measures and prints the same.

- The crowd is made up (`satupintu demo --people`): everybody has one business of the made-up city, most have a
  barrier, some an NIB. Each officer also has 2,000 promises to keep and 1,000 pairs of possible doubles.
- Each question is asked about 100 people drawn by chance (a change of law 4 to 8 times), once before to warm up.
- *page* is a whole page as a browser gets it: middleware, rights, queries and drawing, without the network. The
  others are the queries alone.
- *p50* and *p95* are what somebody waits on a free machine: the time on the clock without the time in which the
  process, or PostgreSQL's, stood in the queue for a core that other work held. *clock* is the p95 with it.
- *processor* is the p95 of the time both processes ran.
- The limit at 203,000 people is a p95 of 100 ms, for a change of law over all businesses 2 seconds.

"""
COLUMNS = ("answer50", "answer95", "wall95", "cpu95")


def write(runs: list[dict[str, Any]]) -> bool:
    """Write the page from the kept figures of several databases; whether a limit was broken."""
    smallest = {run["database"]: run["sizes"][0] for run in runs}
    lines = [f"Measured on {runs[0]['on']}: {runs[0]['machine']}.", ""]
    lines += [told(name, size) for name, size in ((r["database"], s) for r in runs for s in r["sizes"])]
    for place in ("city", "kecamatan"):
        lines += ["", f"## An officer of the {'whole city' if place == 'city' else 'kecamatan Mustikajaya'}", ""]
        lines += table(place, smallest)
    if any(len(run["sizes"]) > 1 for run in runs):
        lines += ["", "## Growth: p95 in ms", "", *growth(runs)]
    over = [(name, row) for name, size in smallest.items() for row in size["rows"] if row["over"]]
    lines += ["", *(f"Over the limit on {name}: {row['place']}, {row['name']}." for name, row in over)]
    if not over:
        lines.append("Every limit was kept (by p95, on a free machine).")
    PAGE.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    return bool(over)


def told(name: str, size: dict[str, Any]) -> str:
    """One size on one database in a line."""
    filled = f", filled in {size['filled']:,} s" if size["filled"] else ""
    return f"- {name}: {size['people']:,} people{filled}. Load when it began: {size['load']:.1f}."


def table(place: str, sizes: dict[str, dict[str, Any]]) -> list[str]:
    """The questions of one place at the limit's size, four figures of each database side by side."""
    people = {f"{size['people']:,}" for size in sizes.values()}
    heads = [f"{name.split()[0]} {what}" for name in sizes for what in ("p50", "p95", "clock", "processor")]
    lines = [f"| {' and '.join(people)} people, ms | " + " | ".join(heads) + " |", "|---|" + "---:|" * len(heads)]
    asked = [[row for row in size["rows"] if row["place"] == place] for size in sizes.values()]
    for rows in zip(*asked, strict=True):
        figures = [f"{row[column]:,.1f}" for row in rows for column in COLUMNS]
        lines.append(f"| {rows[0]['name']} | " + " | ".join(figures) + " |")
    return lines


def growth(runs: list[dict[str, Any]]) -> list[str]:
    """The p95 of every question at every size."""
    sizes = [(run["database"].split()[0], size) for run in runs for size in run["sizes"]]
    lines = [
        "| question | " + " | ".join(f"{name} {size['people']:,}" for name, size in sizes) + " |",
        "|---|" + "---:|" * len(sizes),
    ]
    for rows in zip(*(size["rows"] for _, size in sizes), strict=True):
        figures = [f"{row['answer95']:,.1f}" for row in rows]
        lines.append(f"| {rows[0]['place']}: {rows[0]['name']} | " + " | ".join(figures) + " |")
    return lines
