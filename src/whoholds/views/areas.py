"""Areas as a map draws them: with no more points than can be seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ring = list[tuple[float, float]]
Polygons = list[list[Ring]]
"""As the coordinates of a GeoJSON MultiPolygon: longitude, latitude; rings closed."""

FINEST = 0.001   # degrees: a hundred metres, less than a pixel where a city fills the screen
DIGITS = 4       # decimals of a degree: ten metres


def drawn_areas(areas: Mapping[str, Mapping[str, Any]], most: int) -> dict[str, Polygons]:
    """The areas (GeoJSON Polygons or MultiPolygons by place id) with so few points that there are
    at most ``most`` in all, where coarser lines can do that; what becomes too small is left out."""
    given = {i: _polygons(geometry) for i, geometry in areas.items()}
    tolerance = FINEST
    while True:
        found = {i: drawn for i, polygons in given.items()
                 if (drawn := [p for p in (_simpler(p, tolerance) for p in polygons) if p])}
        if tolerance > 1 or sum(len(ring) for polygons in found.values()
                                for polygon in polygons for ring in polygon) <= most:
            return found
        tolerance *= 2


def _polygons(geometry: Mapping[str, Any]) -> list[list[NDArray[np.float64]]]:
    kind, at = geometry["type"], geometry["coordinates"]
    return [[np.array([p[:2] for p in ring], dtype=np.float64) for ring in polygon]
            for polygon in (at if kind == "MultiPolygon" else [at])]


def _simpler(polygon: Sequence[NDArray[np.float64]], tolerance: float) -> list[Ring]:
    """The polygon with fewer points; none where nothing is left of its outer ring."""
    out: list[Ring] = []
    for number, ring in enumerate(polygon):
        kept = ring[_kept(ring, tolerance)].round(DIGITS)
        if len(kept) >= 4:
            out.append([(float(x), float(y)) for x, y in kept])
        elif not number:
            return []
    return out


def _kept(points: NDArray[np.float64], tolerance: float) -> NDArray[np.bool_]:
    """Which points of a line stay, so that it strays at most ``tolerance`` (Douglas and Peucker
    1973). A closed ring is two lines, to its farthest point and back."""
    kept = np.zeros(len(points), dtype=bool)
    kept[[0, -1]] = True
    if len(points) > 2 and np.array_equal(points[0], points[-1]):
        far = int(np.argmax(np.hypot(*(points - points[0]).T)))
        kept[far] = True
        spans = [(0, far), (far, len(points) - 1)]
    else:
        spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        inner = points[first + 1:last] - points[first]
        along = points[last] - points[first]
        length = float(np.hypot(*along))
        away = np.abs(inner[:, 0] * along[1] - inner[:, 1] * along[0]) / length if length \
            else np.hypot(*inner.T)
        at = int(np.argmax(away))
        if away[at] > tolerance:
            middle = first + 1 + at
            kept[middle] = True
            spans += [(first, middle), (middle, last)]
    return kept
