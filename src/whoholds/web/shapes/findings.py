"""Disputes, numbers, forecasts, ways out, sources."""

from __future__ import annotations

from whoholds.web.shapes.base import CitedClaim, Shape


class Position(Shape):
    """One party to a dispute: who says so, how independent, what the model makes of it."""

    holder: str | None
    holder_id: str | None
    denies: bool
    stance: str
    origins: int
    credence: float | None
    likelihood: str | None
    claims: list[CitedClaim]


class DisputeItem(Shape):
    """A place about which sources contradict each other."""

    place: str
    place_id: str
    kind: str
    country: str | None
    adm1: str | None
    when: str
    valid_from: str | None
    valid_to: str | None
    settled: str | None
    positions: list[Position]


class NumberCheck(Shape):
    """Whether a number fits, in words; ``rule``: parts, share, sources or ledger."""

    rule: str
    fits: bool
    text: str


class NumberItem(Shape):
    """A number told, as bounds. ``high`` is None where nothing bounds it."""

    low: float
    high: float | None
    of: float | None
    text: str
    when: str
    claim: CitedClaim
    checks: list[NumberCheck]


class NumberSeries(Shape):
    """All numbers of one thing."""

    unit: str
    kind: str
    side: str | None
    side_id: str | None
    place: str | None
    place_id: str | None
    country: str | None
    adm1: str | None
    title: str
    numbers: list[NumberItem]


class ForecastItem(Shape):
    """A prediction, and what came of it."""

    place: str
    place_id: str
    kind: str
    country: str | None
    adm1: str | None
    says: str
    side: str | None
    side_id: str | None
    source: str
    made: str | None
    earliest: str | None
    latest: str | None
    said: float
    outcome: float
    state: str
    brier: float | None
    days_early: float | None
    claims: list[CitedClaim]


class ForecasterItem(Shape):
    """How a source's resolved forecasts fared."""

    source: str
    resolved: int
    brier: float
    days_early: float | None


class Forecasts(Shape):
    """The forecasts and the forecasters."""

    forecasts: list[ForecastItem]
    forecasters: list[ForecasterItem]


class ExitItem(Shape):
    """A way out of a country. ``last``: its holder has no other left."""

    place: str
    place_id: str
    type: str
    adm1: str | None
    holder: str | None
    holder_id: str | None
    probability: float
    likelihood: str
    contested: bool
    since: str
    route: str
    open: float | None
    route_since: str | None
    last: bool
    only: float | None
    claims: list[CitedClaim]


class Exits(Shape):
    """The ways out of a country, and which is the last."""

    country: str
    valid_at: str
    summary: list[str]
    ways: list[ExitItem]


class SourceItem(Shape):
    """What an origin said and what became of it. ``silences``: gaps in what it says."""

    source: str
    origin: str
    source_class: str
    side: str | None
    side_id: str | None
    statements: int
    borne_out: int
    contradicted: int
    undecided: int
    alone: int
    late_days: float | None
    credence: float | None
    silences: list[tuple[str, str]]


class Repetition(Shape):
    """``outlet`` repeats ``copied`` in ``copies`` of its ``reports``."""

    outlet: str
    copied: str
    copies: int
    reports: int


class Sources(Shape):
    """The sources and who repeats whom."""

    sources: list[SourceItem]
    repeats: list[Repetition]
