"""What an uploaded file really is, and photos made small, without the place and camera they came with."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageOps

from satupintu.registry import pdf

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE, THUMBNAIL_SIDE = 1600, 240
FORMATS = ("JPEG", "PNG", "WEBP")


class NotUsable(ValueError):
    """Why a file cannot be kept, in one or two Indonesian sentences."""


@dataclass(frozen=True)
class Picture:
    """What is kept of an uploaded file: a JPEG with a small copy of it, or a PDF without."""

    content: bytes
    content_type: str
    thumbnail: bytes | None


def read(content: bytes) -> Picture:
    """A file as it is kept. Raises NotUsable for anything that is not wholly a photo or a PDF, or is too big."""
    if not content:
        raise NotUsable("Berkasnya kosong. Pilih foto atau PDF lain.")
    if len(content) > MOST_BYTES:
        raise NotUsable(f"Berkasnya lebih dari {MOST_BYTES // 1024 // 1024} MB. Kirim yang lebih kecil.")
    if content.startswith(b"%PDF-"):
        if not pdf.is_sound(content):
            raise NotUsable("PDF ini rusak atau terpotong. Simpan ulang lalu kirim lagi.")
        if pdf.may_run(content):
            raise NotUsable("PDF ini berisi program atau berkas lain. Kirim fotonya saja.")
        return Picture(content, "application/pdf", None)
    return _photo(content)


def _photo(content: bytes) -> Picture:
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise NotUsable("Foto ini terlalu besar. Kirim yang lebih kecil.")
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except NotUsable:
        raise
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NotUsable("Berkas ini bukan foto atau PDF. Kirim foto JPG, PNG, WebP, atau PDF.") from error
    return Picture(_jpeg(upright, LONGEST_SIDE), "image/jpeg", _jpeg(upright, THUMBNAIL_SIDE))


def _jpeg(image: Image.Image, side: int) -> bytes:
    small = image.copy()
    small.thumbnail((side, side))
    out = io.BytesIO()
    small.save(out, "JPEG", quality=80, optimize=True)
    return out.getvalue()
