"""Geometry of our four kinds of chart: positions in percent of the width, as text for SVG attributes.

Numbers stay in attributes, never in a style, so that the strict content policy holds. Each chart is
drawn by `templates/web/parts/figure_*.html`, which also shows the same numbers as a table.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

LEAST_WIDTH_FOR_A_COUNT = 9  # percent; a narrower piece shows its count only in the table
HUNDRED = Decimal(100)


def place(percent: int | Decimal) -> str:
    """A position or width such as `12.5%`; two decimals at most, always with a point."""
    return f"{Decimal(percent).quantize(Decimal('0.01'), ROUND_HALF_UP).normalize():f}%"


def bar(label: str, percent: int | Decimal, target: int | Decimal | None = None) -> dict[str, Any]:
    """One bar of a meter chart: value 0..100 and, if there is one, the tick of its target."""
    mark = None if target is None else place(target)
    return {"label": label, "percent": percent, "width": place(percent), "target": mark}


def dumbbell(label: str, before: int | Decimal, after: int | Decimal) -> dict[str, Any]:
    """One row of a before-after chart: two shares 0..100."""
    return {"label": label, "before": before, "after": after, "x1": place(before), "x2": place(after)}


def weakest_first(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of `dumbbell` with the lowest share after on top: that is where work is needed."""
    return sorted(rows, key=lambda row: (row["after"], row["before"]))


def likert(label: str, counts: Sequence[int]) -> dict[str, Any]:
    """One row of an agreement chart: five counts from strongest no to strongest yes.

    The row is laid out so that the middle of the neutral piece stands at 50 %: each answer is half a
    percent wide for every percent of people. Raises ValueError when there are not five counts or nobody
    answered.
    """
    people = sum(counts)
    if len(counts) != 5 or people == 0:
        raise ValueError("need five counts with at least one answer")
    widths = [HUNDRED * count / people / 2 for count in counts]
    left = Decimal(50) - widths[0] - widths[1] - widths[2] / 2
    pieces = []
    for number, (count, width) in enumerate(zip(counts, widths, strict=True), start=1):
        shown = count if width * 2 >= LEAST_WIDTH_FOR_A_COUNT else ""
        middle = place(left + width / 2)
        pieces.append({"number": number, "x": place(left), "width": place(width), "middle": middle, "count": shown})
        left += width
    return {"label": label, "people": people, "counts": list(counts), "pieces": pieces}


def step_curve(points: Sequence[tuple[int, int]], base: int, until: int, across: int) -> dict[str, Any]:
    """A share that only rises: ``points`` are day and count of ``base`` people each time it rises, known to ``until``.

    The path lies in a box ``across`` days wide and 100 percent high; each step goes right, then up.
    """
    path, rows = "M0 100", []
    for day, count in points:
        percent = (HUNDRED * count / base).quantize(Decimal(1), ROUND_HALF_UP)
        path += f"H{day}V{_plain(HUNDRED - HUNDRED * count / base)}"
        rows.append({"day": day, "count": count, "percent": percent})
    return {"path": f"{path}H{until}", "rows": rows, "base": base, "until": until, "across": across}


def _plain(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.01'), ROUND_HALF_UP).normalize():f}"
