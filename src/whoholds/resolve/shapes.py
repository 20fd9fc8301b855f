"""Areas as few bytes: polygons to and from what the index stores."""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

QUANTUM = 100_000      # steps to a degree: about a metre, finer than any boundary is known
MOST_POINTS = 5_000_000
_Ring = list[tuple[float, float]]


def pack_shape(geometry: Mapping[str, Any]) -> bytes:
    """A GeoJSON Polygon or MultiPolygon (RFC 7946, degrees) as bytes, to a metre.

    Counts, then the steps from point to point, byte plane by byte plane, deflated: about four
    bytes a point. ValueError tells what is wrong with the geometry.
    """
    polygons = _polygons(geometry)
    rings = [ring for polygon in polygons for ring in polygon]
    counts = np.array([len(polygons), *(len(p) for p in polygons), *(len(r) for r in rings)],
                      dtype="<u4")
    points = np.array([point for ring in rings for point in ring])
    steps = np.diff(np.round(points * QUANTUM).astype("<i4"), axis=0, prepend=np.int32(0))
    planes = steps.T.astype("<i4").copy().view("u1").reshape(-1, 4).T
    return zlib.compress(counts.tobytes() + planes.tobytes(), 9)


def unpack_shape(packed: bytes) -> dict[str, Any]:
    """The GeoJSON geometry that :func:`pack_shape` took: a Polygon, or a MultiPolygon of several.

    ValueError where the bytes are damaged.
    """
    try:
        data = zlib.decompress(packed)
        many = int(np.frombuffer(data, "<u4", 1)[0])
        holes = np.frombuffer(data, "<u4", many, 4)
        sizes = np.frombuffer(data, "<u4", int(holes.sum()), 4 + 4 * many)
        planes = np.frombuffer(data, "u1", offset=4 + 4 * many + 4 * len(sizes)).reshape(4, -1)
        steps = np.ascontiguousarray(planes.T).view("<i4").reshape(2, -1)
        points = np.round(np.cumsum(steps, axis=1).T / QUANTUM, 5).tolist()
    except (zlib.error, ValueError, IndexError) as error:
        raise ValueError(f"a damaged area ({error})") from error
    rings = iter(np.split(np.arange(len(points)), np.cumsum(sizes)[:-1]))
    polygons = [[[points[i] for i in next(rings)] for _ in range(count)] for count in holes]
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


def middle(geometry: Mapping[str, Any]) -> tuple[float, float]:
    """Latitude and longitude of the centroid of an area's largest outer ring; ValueError as for
    :func:`pack_shape`."""
    found = [_centroid(polygon[0]) for polygon in _polygons(geometry)]
    _, longitude, latitude = max(found)
    return round(latitude, 5), round(longitude, 5)


def _centroid(ring: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    """Area (square degrees, narrowed by latitude), longitude and latitude of a ring's middle."""
    x0, y0 = ring[0]
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in pairwise(ring):
        cross = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
        area += cross
        x += cross * (x1 + x2 - 2 * x0)
        y += cross * (y1 + y2 - 2 * y0)
    if not area:
        return 0.0, x0, y0
    latitude = y0 + y / (3 * area)
    return abs(area) * math.cos(math.radians(latitude)), x0 + x / (3 * area), latitude


def _polygons(geometry: Mapping[str, Any]) -> list[list[_Ring]]:
    kind = geometry.get("type") if isinstance(geometry, Mapping) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"{kind or 'nothing'} is no area: Polygon or MultiPolygon expected")
    try:
        given = geometry["coordinates"]
        polygons = [[_ring(ring) for ring in polygon]
                    for polygon in (given if kind == "MultiPolygon" else [given]) if polygon]
    except (KeyError, TypeError, IndexError) as error:
        raise ValueError(f"no coordinates of a {kind} ({error!r})") from error
    if not polygons:
        raise ValueError(f"a {kind} without a ring")
    if sum(len(ring) for polygon in polygons for ring in polygon) > MOST_POINTS:
        raise ValueError(f"more than {MOST_POINTS:,} points")
    return polygons


def _ring(points: Sequence[Sequence[float]]) -> _Ring:
    """A closed ring; the point that closes it is added where it lacks."""
    ring = [(float(p[0]), float(p[1])) for p in points]
    for longitude, latitude in ring:
        if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
            raise ValueError(f"no such point: {latitude}, {longitude}")
    if ring and ring[0] != ring[-1]:
        ring.append(ring[0])
    if len(ring) < 4:
        raise ValueError(f"a ring of {len(ring)} points")
    return ring
