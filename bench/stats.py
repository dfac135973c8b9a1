"""What the statistics of small groups really do, and how fast a million answers are evaluated.

    python bench/stats.py              print
    python bench/stats.py --write      print, and keep the figures in docs/reference/bench-stats.md
    python bench/stats.py --quick      only the simulations

The simulations draw 20 people again and again from a truth that is known: how often an interval holds the true
difference, and how often a test speaks of a change where there is none. Beside each stands the value that follows from
adding up all outcomes, which no chance can move. The peer (pandas, statsmodels, scipy) runs in .venv-bench, in
`bench/stats_peer.py`, on the same file, and must find the same figures; `bench/run stats` makes that environment.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from math import comb
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np

from satupintu.kernel.stats.multiplicity import holm
from satupintu.kernel.stats.pairs import mcnemar_exact
from satupintu.kernel.stats.proportions import clopper_pearson, newcombe_paired, tango, wilson
from satupintu.kernel.stats.signed_rank import signed_rank

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "docs" / "reference" / "bench-stats.md"
DEMO = ROOT / "satupintu" / "data" / "demo" / "event-2022"
PEER = ROOT / ".venv-bench" / "bin" / "python"
N = 20
DRAWN = 20_000
MORNINGS = 4_000
STATEMENTS = 10
PEOPLE = 50_000  # 50,000 people x 10 statements x 2 waves: a million rows
RUNS = 3

# Chances of yes-yes, no-yes, yes-no, no-no.
TRUTHS = {
    "half change, nobody on the whole": (0.25, 0.25, 0.25, 0.25),
    "few change": (0.45, 0.05, 0.05, 0.45),
    "30 % to 90 %": (0.28, 0.62, 0.02, 0.08),
    "10 % to 65 %": (0.09, 0.56, 0.01, 0.34),
    "35 % to 99 %": (0.345, 0.645, 0.005, 0.005),
    "80 % to 60 %": (0.55, 0.05, 0.25, 0.15),
}
Say = Callable[[str], None]


def main() -> None:
    """All measurements in one run."""
    lines: list[str] = []

    def say(line: str = "") -> None:
        print(line, flush=True)
        lines.append(line)

    load = os.getloadavg()[0]
    say(
        f"Measured on {date.today().isoformat()}: {os.cpu_count()} cores, {platform.system()}, "
        f"Python {platform.python_version()}. Load when it began: {load:.1f}."
    )
    say()
    chance = np.random.default_rng(20221203)
    coverage(chance, say)
    one_share(chance, say)
    errors(chance, say)
    if "--quick" not in sys.argv:
        million(say)
        printed(say)
    if "--write" in sys.argv:
        REPORT.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


HEAD = """# Statistics of small groups: what they promise and what they keep

Written by `bench/run stats --write`; `bench/run stats` prints the same. *Simulated* is a share of random draws with a
fixed seed; *exact* adds up the probabilities of all outcomes. Trust the ratio of the last table more than the seconds.

"""


def outcomes() -> Iterator[tuple[int, int, int, int]]:
    """Every way in which 20 people can fall into the four cells."""
    for kept in range(N + 1):
        for gained in range(N + 1 - kept):
            for lost in range(N + 1 - kept - gained):
                yield kept, gained, lost, N - kept - gained - lost


def probability(cells: tuple[int, int, int, int], truth: tuple[float, ...]) -> float:
    """The chance of these cells (multinomial)."""
    kept, gained, lost, _ = cells
    ways = comb(N, kept) * comb(N - kept, gained) * comb(N - kept - gained, lost)
    return ways * float(np.prod([share**count for share, count in zip(truth, cells, strict=True)]))


@cache
def intervals(cells: tuple[int, int, int, int]) -> tuple[tuple[float, float], tuple[float, float]]:
    """Newcombe's and Tango's interval of one outcome."""
    ours, other = newcombe_paired(*cells), tango(cells[1], cells[2], N)
    return (ours.low, ours.high), (other.low, other.high)


def coverage(chance: np.random.Generator, say: Say) -> None:
    """How often the 95 % interval of a paired difference holds the truth."""
    say(f"## The 95 % interval of a paired difference, {N} people")
    say()
    say("| truth | difference | Newcombe 10, simulated | exact | Tango, simulated | exact | p < 0.05, exact |")
    say("|---|---:|---:|---:|---:|---:|---:|")
    for name, truth in TRUTHS.items():
        difference = truth[1] - truth[2]
        drawn = [tuple(map(int, cells)) for cells in chance.multinomial(N, truth, DRAWN)]
        simulated = [np.mean([_holds(intervals(cells)[which], difference) for cells in drawn]) for which in (0, 1)]
        exact, power = [0.0, 0.0], 0.0
        for cells in outcomes():
            weight = probability(cells, truth)
            for which in (0, 1):
                exact[which] += weight * _holds(intervals(cells)[which], difference)
            power += weight * (mcnemar_exact(cells[1], cells[2]) < 0.05)
        say(
            f"| {name} | {100 * difference:+.0f} | {simulated[0]:.3f} | {exact[0]:.3f} | {simulated[1]:.3f} "
            f"| {exact[1]:.3f} | {power:.3f} |"
        )
    say()


def _holds(interval: tuple[float, float], truth: float) -> bool:
    return interval[0] - 1e-12 <= truth <= interval[1] + 1e-12


def one_share(chance: np.random.Generator, say: Say) -> None:
    """How often the 95 % interval of one share holds the truth."""
    say(f"## The 95 % interval of one share, {N} people")
    say()
    say("| truth | Wilson, simulated | exact | Clopper-Pearson, simulated | exact |")
    say("|---|---:|---:|---:|---:|")
    found = [[(i.low, i.high) for i in (wilson(yes, N), clopper_pearson(yes, N))] for yes in range(N + 1)]
    for truth in (0.1, 0.35, 0.5, 0.9, 0.98):
        counts = np.bincount(chance.binomial(N, truth, DRAWN), minlength=N + 1) / DRAWN
        weights = [comb(N, yes) * truth**yes * (1 - truth) ** (N - yes) for yes in range(N + 1)]
        figures = [
            sum(weight[yes] * _holds(found[yes][which], truth) for yes in range(N + 1))
            for which in (0, 1)
            for weight in (counts, weights)
        ]
        say(f"| {100 * truth:.0f} % | " + " | ".join(f"{figure:.3f}" for figure in figures) + " |")
    say()


def errors(chance: np.random.Generator, say: Say) -> None:
    """How often a test says p < 0.05 where nothing changed."""
    say(f"## Error of the tests where nothing changed, {N} people, {STATEMENTS} statements, aim at most 0.05")
    say()
    say("| test | simulated | exact |")
    say("|---|---:|---:|")
    for changing in (0.1, 0.3, 0.5, 1.0):
        truth = ((1 - changing) / 2, changing / 2, changing / 2, (1 - changing) / 2)
        drawn = chance.multinomial(N, truth, DRAWN)
        simulated = np.mean([mcnemar_exact(int(c[1]), int(c[2])) < 0.05 for c in drawn])
        exact = sum(probability(c, truth) for c in outcomes() if mcnemar_exact(c[1], c[2]) < 0.05)
        say(f"| McNemar, one statement, {100 * changing:.0f} % change by chance | {simulated:.4f} | {exact:.4f} |")
    any_holm, any_plain, totals = 0, 0, 0
    for _ in range(MORNINGS):
        before, after = _morning(chance)
        ps = [
            mcnemar_exact(int(((b == 0) & (a == 1)).sum()), int(((b == 1) & (a == 0)).sum()))
            for b, a in zip(before.T, after.T, strict=True)
        ]
        any_plain += min(ps) < 0.05
        any_holm += min(holm(ps)) < 0.05
        change = after.sum(axis=1) - before.sum(axis=1)
        p = signed_rank(change.tolist()).p_exact
        totals += p is not None and p < 0.05
    say(f"| at least one of {STATEMENTS} statements, without correction | {any_plain / MORNINGS:.4f} | |")
    say(f"| at least one of {STATEMENTS} statements, Holm | {any_holm / MORNINGS:.4f} | |")
    say(f"| Wilcoxon on persons' totals, exact, tied | {totals / MORNINGS:.4f} | |")
    say()


def _morning(chance: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Answers of people who differ in what they know, and of whom none learned anything."""
    knows = chance.beta(1.5, 2.5, (N, 1))
    hard = chance.uniform(-0.2, 0.2, (1, STATEMENTS))
    share = np.clip(knows + hard, 0.02, 0.98)
    before, after = ((chance.random((N, STATEMENTS)) < share).astype(int) for _ in range(2))
    return before, after


def million(say: Say) -> None:
    """One million rows end to end, beside the same figures by pandas with statsmodels."""
    say(f"## {2 * PEOPLE * STATEMENTS:,} rows of answers, from the file to the figures")
    say()
    with tempfile.TemporaryDirectory(prefix="satupintu-bench-") as name:
        file = Path(name) / "answers.csv"
        write_answers(file)
        ours, mine = _timed([sys.executable, str(Path(__file__)), "--ours", str(file)])
        theirs, other = _timed([str(PEER), str(ROOT / "bench" / "stats_peer.py"), str(file)])
        size = file.stat().st_size / 2**20
    refuse_other(mine, other)
    say(f"File of {size:.1f} MiB. Best of {RUNS} in one process each, imports not counted; the figures agree.")
    say()
    say("| | seconds | rows a second | beside ours |")
    say("|---|---:|---:|---:|")
    for what, seconds in (("`satupintu evaluate` (all figures and sentences)", ours), ("pandas, statsmodels", theirs)):
        rows = 2 * PEOPLE * STATEMENTS / seconds
        say(f"| {what} | {seconds:.2f} | {rows:,.0f} | {seconds / ours:.2f} |")
    say()
    say(f"pandas with statsmodels needs {theirs / ours:.2f} x our time.")


def write_answers(file: Path) -> None:
    """A made-up city: 50,000 people, ten statements, before and after."""
    chance = np.random.default_rng(1)
    people = np.char.add("P", np.char.zfill(np.arange(PEOPLE).astype(str), 6))
    share = {"before": np.linspace(0.1, 0.5, STATEMENTS), "after": np.linspace(0.65, 0.95, STATEMENTS)}
    with file.open("w", encoding="utf-8") as out:
        out.write("person,wave,statement,value,scale\n")
        for wave, shares in share.items():
            for place, yes in enumerate(shares, 1):
                answers = (chance.random(PEOPLE) < yes).astype(int)
                out.writelines(
                    f"{who},{wave},s{place},{is_yes},yesno\n" for who, is_yes in zip(people, answers, strict=True)
                )


def _timed(command: list[str]) -> tuple[float, dict[str, object]]:
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    return min(told["seconds"]), told["figures"]


def ours(file: Path) -> None:
    """Our own evaluation, several times in this process: seconds and the figures the peer has too."""
    from satupintu.outreach.reading.responses import read_responses
    from satupintu.outreach.rules.as_json import evaluation_as_json
    from satupintu.outreach.rules.evaluation import evaluate

    seconds = []
    for _ in range(RUNS):
        start = time.perf_counter()
        told = evaluation_as_json(evaluate(read_responses(file)), [])
        json.dumps(told)
        seconds.append(time.perf_counter() - start)
    keys = ("gained", "lost", "p_exact", "p_holm", "n_gain")
    figures = {
        one["code"]: [one["before"]["yes"], one["after"]["yes"], *(one[k] for k in keys)] for one in told["statements"]
    }
    figures["class_gain"] = [told["class_gain"]]
    figures["mean_person_gain"] = [told["mean_person_gain"]]
    figures["alpha"] = [told["reliability"][wave]["alpha"] for wave in ("before", "after")]
    figures["wilcoxon"] = [told["wilcoxon"]["w"], told["wilcoxon"]["p_normal"]]
    print(json.dumps({"seconds": seconds, "figures": figures}))


def printed(say: Say) -> None:
    """From the answers of 20 people to a finished report, as the command line makes it, start of Python included."""
    say()
    say("## The report of 20 people, from the data to the file")
    say()
    say(f"`satupintu evaluate` on the demo's event, best of {RUNS}, the whole process.")
    say()
    say("| | seconds | KiB |")
    say("|---|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("pdf", "docx", "json"):
            out = Path(folder) / f"report.{kind}"
            given = [
                DEMO / "responses.csv",
                "--agenda",
                DEMO / "agenda.csv",
                "--event",
                DEMO / "event.yaml",
                "--out",
                out,
            ]
            command = [sys.executable, "-m", "satupintu", "evaluate", *map(str, given)]
            took = []
            for _ in range(RUNS):
                begun = time.perf_counter()
                subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
                took.append(time.perf_counter() - begun)
            say(f"| {kind.upper()} | {min(took):.1f} | {out.stat().st_size / 1024:,.0f} |")


def refuse_other(mine: dict[str, object], other: dict[str, object]) -> None:
    """End with what differs, if anything does."""
    if sorted(mine) != sorted(other):
        raise SystemExit(f"other figures: {sorted(mine)} and {sorted(other)}")
    for name, values in mine.items():
        if not np.allclose(np.array(values, float), np.array(other[name], float), rtol=1e-7, atol=1e-300):
            raise SystemExit(f"{name}: ours {values}, theirs {other[name]}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--ours"]:
        ours(Path(sys.argv[2]))
    else:
        main()
