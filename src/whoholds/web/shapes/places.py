"""Who holds a place, and why; what happened."""

from __future__ import annotations

from typing import Literal

from whoholds.web.shapes.base import CitedClaim, Held, Shape


class StatusItem(Shape):
    """Who holds one place. ``probability`` is the holder's; of an unknown holder, that of the
    likeliest state."""

    place: str
    place_id: str
    type: str
    country: str | None
    country_code: str | None
    adm1: str | None
    geonameid: int | None
    latitude: float | None
    longitude: float | None
    holder: str | None
    holder_id: str | None
    probability: float
    likelihood: str
    contested: bool
    since_earliest: str | None
    since_latest: str | None
    states: dict[str, float]
    claims: int
    origins: int
    valid_at: str | None
    known_at: str | None


class MovedBy(Shape):
    """What moved the answer: ``weight_logodds`` alone, ``without`` the answer without it."""

    side: str
    weight_logodds: float
    weight: str
    without: float
    claims: list[CitedClaim]


class Unmoved(Shape):
    """Claims that say something of the place and move nothing, and why."""

    why: str
    claims: list[CitedClaim]


class Bands(Shape):
    """Probabilities over time: ``chances[i][j]`` of state ``states[j]`` at ``times[i]``."""

    states: list[str]
    names: list[str]
    times: list[str]
    chances: list[list[float]]


class Happening(Shape):
    """A change of hands (kind ``change``) or what else is told of a place."""

    place: str
    place_id: str
    place_kind: str
    country: str | None
    adm1: str | None
    kind: str
    actor: str | None
    actor_id: str | None
    counterpart: str | None
    counterpart_id: str | None
    earliest: str | None
    latest: str | None
    median: str | None
    when: str
    probability: float
    likelihood: str
    origins: int
    claims: list[CitedClaim]


class PlaceAnswer(Shape):
    """Who holds a place and why; ``summary`` says it in one sentence."""

    place: str
    place_id: str
    kind: str
    country: str | None
    adm1: str | None
    geonameid: int | None
    latitude: float | None
    longitude: float | None
    summary: str
    holder: str | None
    holder_id: str | None
    probability: float
    likelihood: str
    contested: bool
    since: str
    since_earliest: str | None
    since_latest: str | None
    valid_at: str
    known_at: str | None
    moved: list[MovedBy]
    unmoved: list[Unmoved]
    bands: Bands
    events: list[Happening]


class ChangeItem(Shape):
    """A place that is not as it was. ``what``: holder, contested or probability."""

    place: str
    place_id: str
    kind: str
    country: str | None
    adm1: str | None
    what: Literal["holder", "contested", "probability"]
    before: Held
    after: Held
    claims: list[CitedClaim]


class Changes(Shape):
    """What is different between two moments, each as known then."""

    since: str
    until: str
    changes: list[ChangeItem]
