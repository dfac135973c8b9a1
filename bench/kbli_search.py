"""Measure the word search: the right code first (@1) and among the first three (@3), and what was missed.

    python bench/kbli_search.py                       the held-out list bench/kbli_phrases.csv
    python bench/kbli_search.py FILE                  another list with the columns phrase, codes, kind
    python bench/kbli_search.py --totals              figures only, no phrase is printed
    python bench/kbli_search.py --titles FILE         also search an official list with the columns code, title

A phrase counts as found if one of its codes is among the first ones suggested.
"""

import argparse
import csv
import time
from collections import defaultdict
from pathlib import Path

from satupintu.catalogue.rules.search import Index, build, suggest

ROOT = Path(__file__).resolve().parent.parent
KBLI = ROOT / "satupintu" / "data" / "kbli"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_index(titles: Path | None = None) -> Index:
    words = {path.stem: rows(path) for path in sorted((KBLI / "words").glob("*.csv"))}
    full = [("2020", row["code"], row["title"]) for row in rows(titles)] if titles else []
    known = [
        (version, row["code"], row["title"]) for version in ("2020", "2025") for row in rows(KBLI / f"{version}.csv")
    ]
    pairing = [(row["code_2020"], row["code_2025"]) for row in rows(KBLI / "pairing.csv")]
    return build(words, [*full, *known], pairing)


def measure(index: Index, phrases: list[dict[str, str]]) -> dict[str, list[tuple[dict[str, str], list[str], int]]]:
    """By kind: each phrase with the codes suggested and the place of the first right one (0: not among five)."""
    found = defaultdict(list)
    for row in phrases:
        wanted = row["codes"].split("|")
        codes = [s.code for s in suggest(index, row["phrase"], 5)]
        place = next((n for n, code in enumerate(codes, start=1) if code in wanted), 0)
        found[row["kind"]].append((row, codes, place))
    return dict(found)


def print_figures(kind: str, results: list[tuple[dict[str, str], list[str], int]]) -> None:
    first = sum(place == 1 for _, _, place in results)
    three = sum(1 <= place <= 3 for _, _, place in results)
    n = len(results)
    print(f"{kind:<16}{n:>5}   @1 {first:>4} {100 * first / n:5.1f} %   @3 {three:>4} {100 * three / n:5.1f} %")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=ROOT / "bench" / "kbli_phrases.csv")
    parser.add_argument("--totals", action="store_true")
    parser.add_argument("--titles", type=Path)
    options = parser.parse_args()
    index = read_index(options.titles)
    phrases = rows(options.file)
    begun = time.perf_counter()
    found = measure(index, phrases)
    spent = time.perf_counter() - begun
    for kind, results in sorted(found.items()):
        print_figures(kind, results)
    print_figures("all", [result for results in found.values() for result in results])
    print(f"{1000 * spent / len(phrases):.2f} ms a query, {len(index.goods)} market words")
    if not options.totals:
        for kind, results in sorted(found.items()):
            for row, codes, place in results:
                if not 1 <= place <= 3:
                    print(f"missed [{kind}] {row['phrase']}: wanted {row['codes']}, got {' '.join(codes) or 'nothing'}")


if __name__ == "__main__":
    main()
