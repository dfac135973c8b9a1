"""QR codes for paper: one filled outline, so that no printer leaves hairlines between the squares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import segno

QUIET_ZONE = 4  # modules, by ISO/IEC 18004


def qr_svg(parts: Sequence[str]) -> bytes:
    """A QR at error level M as SVG, its quiet zone included.

    ``parts`` are drawn as segments of their own: an address and the digits after it (``kernel.seal.links``) stay
    small that way. Raises ValueError when the text does not fit into any code.
    """
    segments: Any = list(parts)  # segno takes a list of texts as segments; its types do not say so
    try:
        code = segno.make(segments, error="m", micro=False, boost_error=False)
    except segno.DataOverflowError as problem:
        raise ValueError(f"{sum(map(len, parts))} letters do not fit into a QR code") from problem
    rows = [list(row) for row in code.matrix]
    size = len(rows) + 2 * QUIET_ZONE
    path = "".join(_squares(row, y + QUIET_ZONE) for y, row in enumerate(rows))
    drawn = f'<path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/><path d="{path}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">{drawn}</svg>'.encode()


def _squares(row: Sequence[int], y: int) -> str:
    """The dark runs of one row as closed outlines."""
    made, x = [], 0
    while x < len(row):
        end = x
        while end < len(row) and row[end]:
            end += 1
        if end > x:
            made.append(f"M{x + QUIET_ZONE} {y}h{end - x}v1h-{end - x}z")
        x = max(end, x + 1)
    return "".join(made)
