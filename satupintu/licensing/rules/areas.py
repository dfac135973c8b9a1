"""The official boundary of a market as somebody published it: read from GeoJSON, drawn to scale. Pure.

Rings are rows of (longitude, latitude) in degrees (WGS 84, RFC 7946), the last point like the first.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape

Ring = tuple[tuple[float, float], ...]
WIDE, HIGH, MARGIN = 600, 400, 20  # units of the drawing
MOST_POINTS = 5000


class UnusableArea(ValueError):
    """A boundary that cannot be taken; the text is one sentence saying where, what, and what to do."""


def read_areas(text: str, only: str = "") -> dict[str, tuple[Ring, ...]]:
    """The outer and inner rings by market code, from a FeatureCollection or one Feature.

    A feature names its market in the property ``market``; ``only`` names it for a file with one feature. Raises
    UnusableArea.
    """
    try:
        top = json.loads(text)
    except ValueError as error:
        raise UnusableArea(f"bukan JSON ({error}). Simpan ulang sebagai GeoJSON.") from error
    kind = top.get("type") if isinstance(top, dict) else None
    features = top.get("features") if kind == "FeatureCollection" else [top] if kind == "Feature" else None
    if not isinstance(features, list) or not features:
        raise UnusableArea("bukan FeatureCollection atau Feature. Simpan ulang sebagai GeoJSON.")
    if only and len(features) != 1:
        raise UnusableArea(f"ada {len(features)} bidang. Tanpa --market, sebut pasarnya di properti 'market'.")
    found: dict[str, tuple[Ring, ...]] = {}
    for number, feature in enumerate(features, start=1):
        code = only or _property(feature, "market")
        if not code:
            raise UnusableArea(f"bidang {number}: properti 'market' kosong. Isi kode pasar, atau beri --market.")
        found[code] = (*found.get(code, ()), *_rings(feature, number))
    return found


def _property(feature: Any, name: str) -> str:
    values = feature.get("properties") if isinstance(feature, dict) else None
    return str(values.get(name) or "") if isinstance(values, dict) else ""


def _rings(feature: Any, number: int) -> Iterator[Ring]:
    shape = feature.get("geometry") if isinstance(feature, dict) else None
    kind = shape.get("type") if isinstance(shape, dict) else None
    coordinates = shape.get("coordinates") if isinstance(shape, dict) else None
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(coordinates, list):
        raise UnusableArea(f"bidang {number}: bukan Polygon atau MultiPolygon. Ambil berkas batas wilayah.")
    try:
        for polygon in [coordinates] if kind == "Polygon" else coordinates:
            for ring in polygon:
                yield _ring(ring, number)
    except TypeError as error:
        raise UnusableArea(f"bidang {number}: koordinatnya tidak terbaca. Simpan ulang sebagai GeoJSON.") from error


def _ring(points: Any, number: int) -> Ring:
    try:
        ring = tuple((float(point[0]), float(point[1])) for point in points)
    except (ValueError, IndexError, KeyError) as error:
        raise UnusableArea(f"bidang {number}: koordinatnya tidak terbaca. Simpan ulang sebagai GeoJSON.") from error
    if not 4 <= len(ring) <= MOST_POINTS or ring[0] != ring[-1]:
        raise UnusableArea(f"bidang {number}: garisnya tidak tertutup. Pakai berkas batas yang utuh.")
    for lon, lat in ring:
        if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):
            raise UnusableArea(f"bidang {number}: {lon}, {lat} bukan derajat. Pakai WGS 84, bujur lalu lintang.")
    return ring


def drawn_area(rings: Sequence[Ring], points: Sequence[tuple[float, float]], title: str, description: str) -> str:
    """Boundary and points (latitude, longitude) as one SVG element, north up, equal scale both ways."""
    corners = [point for ring in rings for point in ring]
    west, east = min(p[0] for p in corners), max(p[0] for p in corners)
    south, north = min(p[1] for p in corners), max(p[1] for p in corners)
    shrink = math.cos(math.radians((south + north) / 2))  # a degree of longitude is shorter than one of latitude
    across, up = max((east - west) * shrink, 1e-9), max(north - south, 1e-9)
    scale = min((WIDE - 2 * MARGIN) / across, (HIGH - 2 * MARGIN) / up)

    def at(lon: float, lat: float) -> str:
        return f"{MARGIN + (lon - west) * shrink * scale:.1f} {MARGIN + (north - lat) * scale:.1f}"

    paths = "".join(f"M{'L'.join(at(*point) for point in ring[:-1])}Z" for ring in rings)
    inside = [p for p in points if west <= p[1] <= east and south <= p[0] <= north]
    marks = "".join(
        '<circle cx="{}" cy="{}" r="6"/>'.format(*at(longitude, latitude).split()) for latitude, longitude in inside
    )
    return (
        f'<svg class="market-area" role="img" aria-labelledby="area-title area-desc" viewBox="0 0 {WIDE} {HIGH}">'
        f'<title id="area-title">{escape(title)}</title><desc id="area-desc">{escape(description)}</desc>'
        f'<path class="boundary" fill-rule="evenodd" d="{paths}"/>{marks}</svg>'
    )
