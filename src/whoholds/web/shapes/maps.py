"""The map and what the whole application needs to know."""

from __future__ import annotations

from whoholds.web.shapes.base import Shape, Side


class Overview(Shape):
    """What the ledger holds. ``version`` changes whenever an answer may."""

    name: str
    version: str
    reports: int
    claims: int
    places: int
    first: str | None
    last: str | None
    undated: int
    sides: list[Side]
    countries: dict[str, str]
    adm1s: dict[str, list[str]]
    kinds: list[str]
    outlets: list[str]
    exits: list[str]
    who: str | None
    may_write: bool
    reads_are_open: bool
    tiles: str | None
    contested_above: float
    program: str


class Step(Shape):
    """From step ``at`` on: index of the holder in ``sides`` (-1: unknown), the probability of the
    likeliest state in per cent, whether contested. Sent as a list of four to be short."""

    at: int
    holder: int
    percent: int
    contested: bool


class PlaceCourse(Shape):
    """What is believed of one place over all steps. ``size``: 3 for capitals and cities of a
    million, 2 for cities, 1 for other spots, 0 for areas. ``runs`` are Steps as lists."""

    id: str
    name: str
    kind: str
    type: str
    country: str | None
    adm1: str | None
    latitude: float | None
    longitude: float | None
    size: int
    claims: int
    origins: int
    kinds: list[str]
    runs: list[tuple[int, int, int, int]]


class Frames(Shape):
    """Who holds each place at each of ``steps``; ``sides`` are the ids that runs point to."""

    version: str
    known_at: str | None
    according_to: str | None
    steps: list[str]
    sides: list[str]
    places: list[PlaceCourse]


class PlaceUnfolded(Shape):
    """What is believed of one place as it became known; see PlaceCourse. Each version is a list:
    from which of the known ``days`` on, claims, origins, kinds (indices), runs; without runs,
    nothing known by then bears on the place."""

    id: str
    name: str
    kind: str
    type: str
    country: str | None
    adm1: str | None
    latitude: float | None
    longitude: float | None
    size: int
    versions: list[tuple[int, int, int, list[int], list[tuple[int, int, int, int]]]]


class Unfolding(Shape):
    """The frames at every step of the slider of known times: the ends of ``days``. No days: there
    would be too many; ask for the frames one by one."""

    version: str
    according_to: str | None
    days: list[str]
    steps: list[str]
    sides: list[str]
    kinds: list[str]
    places: list[PlaceUnfolded]


class Area(Shape):
    """The area of a place: the coordinates of a GeoJSON MultiPolygon, for drawing."""

    id: str
    polygons: list[list[list[tuple[float, float]]]]


class Areas(Shape):
    """The areas of places that some claim bears on, where an added gazetteer has them."""

    areas: list[Area]
