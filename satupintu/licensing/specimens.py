"""Drawn photos of documents for trying the house: nobody's, and they say so."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

SIZE = (800, 560)
PAPER, INK, EDGE = "#FFFBF2", "#1F1B16", "#0B4F8A"


@cache
def specimen(title: str) -> bytes:
    """A JPEG of a sheet with ``title`` and the word CONTOH across it."""
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((12, 12, SIZE[0] - 13, SIZE[1] - 13), outline=EDGE, width=6)
    draw.text((48, 48), title, fill=INK, font=ImageFont.load_default(34))
    for line in range(6):
        draw.rectangle((48, 140 + line * 48, 360 + 60 * (line % 3), 152 + line * 48), fill="#DDD6C9")
    draw.text((140, 250), "CONTOH", fill="#B3261E", font=ImageFont.load_default(130))
    draw.text(
        (48, SIZE[1] - 70), "Gambar buatan untuk mencoba, bukan surat.", fill=INK, font=ImageFont.load_default(26)
    )
    out = BytesIO()
    image.save(out, "JPEG", quality=70)
    return out.getvalue()
