"""The finding about a printed table with the keys of the public interface."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from satupintu.kernel.stats.margins import Balance
from satupintu.kernel.stats.pairs import Pairs
from satupintu.outreach.rules.printed_tables import MeanRow, PercentFinding, TableFinding
from satupintu.outreach.rules.table_wording import sentences


def number(value: Fraction | None) -> float | None:
    """A fraction as an unrounded JSON number."""
    return None if value is None else float(value)


def table_as_json(found: TableFinding) -> dict[str, Any]:
    """The whole answer of `satupintu check-table --json`."""
    return {
        "n": found.n,
        "percents": [_percent(finding, found.p_holm.get(place)) for place, finding in enumerate(found.percents)],
        "means": [_mean(row, found.n) for row in found.means],
        "n_consistent_with_all_means": _either(found.fitting_n) if found.means else None,
        "n_by_rounding_of_means": found.fitting_n if found.means else None,
        "n_by_rounding_of_percents": found.n_for_percents if found.percents else None,
        "mean_of_means": number(found.mean_of_means),
        "class_gain": number(found.class_gain),
        "mean_item_gain": number(found.mean_item_gain),
        "people": _people(found),
        "sentences": sentences(found),
    }


def _either(by_rule: dict[str, list[int]]) -> list[int]:
    return sorted({*by_rule["half_up"], *by_rule["half_even"]})


def _percent(finding: PercentFinding, p_holm: tuple[float, float] | None) -> dict[str, Any]:
    before, after = finding.shares
    margin = finding.margin
    ends = dict(zip(("fewest_lost", "most_lost"), map(_interval, margin.ends), strict=True)) if margin else {}
    return {
        "label": finding.row.label,
        "before": float(finding.row.before.value),
        "after": float(finding.row.after.value),
        "before_count": finding.before_count,
        "after_count": finding.after_count,
        "before_counts": list(finding.before_counts),
        "after_counts": list(finding.after_counts),
        "lost": _listed(finding.lost),
        "p_exact": _listed(finding.p_exact),
        "p_holm": _listed(p_holm),
        "identified": finding.identified,
        "n_gain": number(finding.gain),
        "difference": {"points": float(100 * (after - before)), **ends},
    }


def _interval(pairs: Pairs) -> dict[str, float]:
    interval = pairs.difference()
    return {"low": 100 * interval.low, "high": 100 * interval.high}


def _listed(pair: Iterable[float] | None) -> list[float] | None:
    return None if pair is None else list(pair)


def _mean(row: MeanRow, n: int) -> dict[str, Any]:
    return {
        "label": row.label,
        "value": float(row.mean.printed.value),
        "possible": row.mean.is_possible(n),
        "nearest": [float(mean) for mean in row.mean.nearest(n)],
    }


def _people(found: TableFinding) -> dict[str, Any] | None:
    """What is known of persons: their mean score is, how many rose or fell is not."""
    if not found.whole:
        return None
    return {
        "mean_before": sum(margin.before for margin in found.margins) / found.n,
        "mean_after": sum(margin.after for margin in found.margins) / found.n,
        "statements": len(found.margins),
        "sign_test": _sign_test(found.balances),
        "kr20": {"before": _bounds(found.kr20(after=False)), "after": _bounds(found.kr20(after=True))},
    }


def _sign_test(every: list[Balance]) -> dict[str, Any] | None:
    if not every:
        return None
    best, worst = every[0], every[-1]
    return {
        "up": [min(balance.up for balance in every), max(balance.up for balance in every)],
        "down": [min(balance.down for balance in every), max(balance.down for balance in every)],
        "p_exact": [best.p_exact, worst.p_exact],
        "best": {"up": best.up, "down": best.down},
        "worst": {"up": worst.up, "down": worst.down},
    }


def _bounds(bounds: tuple[Fraction | None, Fraction] | None) -> list[float | None] | None:
    return None if bounds is None else [number(end) for end in bounds]
