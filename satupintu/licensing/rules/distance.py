"""How far two positions lie apart. Pure."""

from __future__ import annotations

from decimal import Decimal
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_M = 6_371_009  # mean radius of the earth (IUGG), metres

Position = tuple[Decimal, Decimal]


def metres_between(one: Position, other: Position) -> int:
    """Whole metres along the ground between two positions in degrees (latitude, longitude); haversine on a sphere."""
    (lat, lon), (lat2, lon2) = ((radians(float(a)), radians(float(b))) for a, b in (one, other))
    half = sin((lat2 - lat) / 2) ** 2 + cos(lat) * cos(lat2) * sin((lon2 - lon) / 2) ** 2
    return round(2 * EARTH_RADIUS_M * asin(min(1.0, sqrt(half))))
