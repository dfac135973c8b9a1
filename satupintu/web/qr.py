"""QR codes as SVG, for screen and paper."""

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


def svg(text: str, label: str) -> SafeString:
    """A QR code that scales with its box: error level M, quiet zone of four modules, black on white.

    `label` says to a screen reader what the code is for. Raises ValueError when `text` does not fit
    into any code (about 2,300 letters).
    """
    try:
        code = segno.make(text, error="m", micro=False)
    except segno.DataOverflowError as problem:
        raise ValueError(f"text of {len(text)} letters does not fit into a QR code") from problem
    drawing = code.svg_inline(border=4, svgclass=None, lineclass=None, omitsize=True)
    start = format_html('<svg class="qr" role="img" aria-label="{}"', label)
    return start + mark_safe(drawing.removeprefix("<svg"))  # noqa: S308  drawn by segno from squares only
