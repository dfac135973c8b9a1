"""Our enumerated tables as ordinary rules for peers: fewer, first fitting row wins, what is not known included."""

from typing import Any

from satupintu.catalogue.rules.bulk import BLOCK, Businesses, DayTables, FactColumns, PaperArrays, WordMaps

Rule = tuple[tuple[tuple[str, ...], ...], int]


def answer_ids(paper: PaperArrays) -> list[int]:
    """One number per cell that stands for need and articles together."""
    return [int(need) * len(paper.bases) + int(basis) for need, basis in zip(paper.need, paper.basis, strict=True)]


def rule_list(paper: PaperArrays) -> list[Rule]:
    """Rules that say for every combination what the cells say; values that decide alike share a rule."""
    options = [column.options for column in paper.worked.inputs]
    return _below(options, answer_ids(paper))


def _below(options: list[tuple[str, ...]], cells: list[int]) -> list[Rule]:
    if len(set(cells)) == 1:
        return [(tuple(() for _ in options), cells[0])]
    size = len(cells) // len(options[0])
    parts: dict[tuple[int, ...], list[str]] = {}
    for n, value in enumerate(options[0]):
        parts.setdefault(tuple(cells[n * size : (n + 1) * size]), []).append(value)
    rules: list[Rule] = []
    for part, values in parts.items():
        mine = tuple(values) if len(parts) > 1 else ()
        rules += [((mine, *rest), answer) for rest, answer in _below(options[1:], list(part))]
    return rules


def as_json(tables: DayTables) -> dict[str, Any]:
    """All rules of the day, with the options of every fact, for a process that cannot import us."""
    return {
        "options": {name: tables.inputs[name].options for name in tables.used},
        "papers": {code: {"inputs": paper.inputs, "rules": rule_list(paper)} for code, paper in tables.papers.items()},
    }


def fact_columns(businesses: Businesses, tables: DayTables) -> dict[str, Any]:
    """The facts of every row as numbers: the peers are given them, so they need not derive any."""
    import numpy as np

    maps = WordMaps(tables, businesses.words)
    parts = [
        FactColumns(tables, maps, businesses.part(slice(start, min(start + BLOCK, businesses.rows)))).values
        for start in range(0, businesses.rows, BLOCK)
    ]
    return {name: np.concatenate([part[name] for part in parts]).astype(np.int32) for name in tables.used}
