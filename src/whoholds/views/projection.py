"""Places and outlines on a flat sheet: Mercator, centred on what is shown, clipped around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import asinh, cos, pi, radians, tan

from whoholds.core import Place

Point = tuple[float, float]

SHEET = 1000.0          # units of the sheet across the places shown
MARGIN = 0.9            # of that extent kept on every side, so that panning shows the neighbours
LEAST_DEGREES = 1.5     # smallest extent shown: a single town still has surroundings
MERCATOR_LIMIT = 84.0   # degrees of latitude, beyond which Mercator runs away
EARTH_KM_PER_DEGREE = 40_075.017 / 360


def mercator_y(latitude: float) -> float:
    """Mercator's ordinate in degrees, growing northwards."""
    held = max(-MERCATOR_LIMIT, min(MERCATOR_LIMIT, latitude))
    return asinh(tan(radians(held))) * 180 / pi


def central_meridian(longitudes: Sequence[float]) -> float:
    """The longitude opposite the widest gap, so that the sheet's seam lies where nothing is."""
    around = sorted(lon % 360 for lon in longitudes)
    gaps = [(after - before, after) for before, after in
            zip(around, [*around[1:], around[0] + 360], strict=True)]
    _, start = max(gaps)
    extent = 360 - max(gaps)[0]
    return (start + extent / 2 + 180) % 360 - 180


@dataclass(frozen=True, slots=True)
class Sheet:
    """A flat sheet. ``x`` and ``y`` of the box that the places fill start at 0; ``width`` and
    ``height`` are its size in units; y grows southwards, as on screens."""

    centre: float
    west: float
    north: float
    scale: float
    width: float
    height: float
    km_per_unit: float

    def point(self, longitude: float, latitude: float) -> Point:
        turned = (longitude - self.centre + 540) % 360 - 180
        return self._flat(turned, latitude)

    def spot(self, place: Place) -> Point | None:
        """Where a place lies; None where it is unlocated."""
        if place.longitude is None or place.latitude is None:
            return None
        return self.point(place.longitude, place.latitude)

    def _flat(self, turned: float, latitude: float) -> Point:
        return ((turned - self.west) * self.scale, (self.north - mercator_y(latitude)) * self.scale)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, north, east and south edges of all that may be panned to."""
        by = max(self.width, self.height) * MARGIN
        return -by, -by, self.width + by, self.height + by

    def ring(self, ring: Iterable[Point]) -> list[list[Point]]:
        """A ring of (longitude, latitude), clipped to the box: one piece for each way around."""
        turned: list[Point] = []
        for longitude, latitude in ring:
            at = (longitude - self.centre + 540) % 360 - 180
            if turned:  # the short way from the last point, over the seam if need be
                at = turned[-1][0] + (at - turned[-1][0] + 540) % 360 - 180
            turned.append((at, latitude))
        pieces = []
        for shift in (-360, 0, 360):
            piece = clip([self._flat(x + shift, y) for x, y in turned], self.box)
            if len(piece) >= 3:
                pieces.append(piece)
        return pieces

    def graticule(self) -> str:
        """Meridians and parallels through the box, as an SVG path."""
        west, north, east, south = self.box
        degrees_wide = (east - west) / self.scale
        step = next(s for s in (0.5, 1, 2, 5, 10, 20, 60) if degrees_wide / s <= 14 or s == 60)
        first = self.west + west / self.scale
        parts = []
        meridian = (first + self.centre) // step * step
        while (x := (meridian - self.centre - self.west) * self.scale) <= east:
            if x >= west:
                parts.append(f"M{x:.1f} {north:.1f}V{south:.1f}")
            meridian += step
        parallel = -80.0
        while parallel <= 80:
            y = (self.north - mercator_y(parallel)) * self.scale
            if north <= y <= south:
                parts.append(f"M{west:.1f} {y:.1f}H{east:.1f}")
            parallel += step
        return "".join(parts)


def sheet_for(places: Iterable[Place]) -> Sheet:
    """The sheet on which all located ``places`` have room; the whole world where there are none."""
    spots = [(p.longitude, p.latitude) for p in places
             if p.longitude is not None and p.latitude is not None]
    spots = spots or [(-120.0, -50.0), (0.0, 70.0), (120.0, 0.0)]
    centre = central_meridian([lon for lon, _ in spots])
    xs = [(lon - centre + 540) % 360 - 180 for lon, _ in spots]
    ys = [mercator_y(lat) for _, lat in spots]
    west, east, wide = _padded(min(xs), max(xs))
    south, north, high = _padded(min(ys), max(ys))
    scale = SHEET / max(wide, high)
    middle = sum(lat for _, lat in spots) / len(spots)
    return Sheet(centre, west, north, scale, (east - west) * scale, (north - south) * scale,
                 EARTH_KM_PER_DEGREE * cos(radians(middle)) / scale)


def _padded(low: float, high: float) -> tuple[float, float, float]:
    extent = max(high - low, LEAST_DEGREES)
    middle = (low + high) / 2
    half = extent * 0.58    # a border of a seventh around the outermost places
    return middle - half, middle + half, 2 * half


def clip(ring: Sequence[Point], box: tuple[float, float, float, float]) -> list[Point]:
    """A ring cut to a box (Sutherland and Hodgman, 1974); empty where it lies outside."""
    west, north, east, south = box
    for axis, limit, sign in ((0, west, 1), (0, east, -1), (1, north, 1), (1, south, -1)):
        ring = _cut(ring, axis, limit, sign)
        if not ring:
            return []
    return list(ring)


def _cut(ring: Sequence[Point], axis: int, limit: float, sign: int) -> list[Point]:
    out: list[Point] = []
    for index, point in enumerate(ring):
        before = ring[index - 1]
        inside, was_inside = ((sign * (p[axis] - limit) >= 0) for p in (point, before))
        if inside != was_inside:
            share = (limit - before[axis]) / (point[axis] - before[axis])
            cut = tuple(b + share * (p - b) for b, p in zip(before, point, strict=True))
            out.append((cut[0], cut[1]))
        if inside:
            out.append(point)
    return out


def area_centroid(ring: Sequence[Point]) -> tuple[float, float, float]:
    """A ring's area in square units, and its centroid."""
    twice = x_sum = y_sum = 0.0
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x0 * y1 - x1 * y0
        twice += cross
        x_sum += (x0 + x1) * cross
        y_sum += (y0 + y1) * cross
    if twice == 0:
        return 0.0, ring[0][0], ring[0][1]
    return abs(twice) / 2, x_sum / (3 * twice), y_sum / (3 * twice)


def path(pieces: Iterable[Sequence[Point]]) -> str:
    """Closed rings as an SVG path, to a tenth of a unit."""
    out = []
    for piece in pieces:
        rounded = [f"{x:.1f} {y:.1f}" for x, y in piece]
        kept = [p for i, p in enumerate(rounded) if i == 0 or p != rounded[i - 1]]
        out.append("M" + "L".join(kept) + "Z")
    return "".join(out)


def name_spot(pieces: Iterable[Sequence[Point]]) -> Point | None:
    """Where an outline's name goes; None where it is too small for one."""
    area, x, y = max(area_centroid(piece) for piece in pieces)
    return (x, y) if area > (SHEET / 20) ** 2 else None


def inside(point: Point, pieces: Iterable[Sequence[Point]]) -> bool:
    """Whether a point lies within rings, by the even-odd rule."""
    x, y = point
    odd = False
    for piece in pieces:
        for (x0, y0), (x1, y1) in zip(piece, [*piece[1:], piece[0]], strict=True):
            if (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0):
                odd = not odd
    return odd
