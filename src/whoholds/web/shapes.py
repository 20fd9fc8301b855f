"""The JSON that is answered, typed: what stands in /openapi.json and what the pages are built on.

Instants are texts such as ``2021-08-15T18:00:00Z``; probabilities lie between 0 and 1; a valid or
published interval is ``[earliest, latest, granularity]``.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Span = tuple[str | None, str | None, str]
"""Earliest, latest, granularity."""


class Shape(BaseModel):
    """A part of an answer: nothing that is not written down here ever leaves the server."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Problem(Shape):
    """What is wrong, in one line that is fit to be shown."""

    detail: str


class Side(Shape):
    """How a side is called and shown: colours on light and on dark ground, shape of its markers."""

    id: str
    name: str
    colour: str
    on_dark: str
    shape: str
    symbol: str


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


class Link(Shape):
    """One link of a source chain."""

    name: str
    source_class: str
    commitment: str
    cue: str | None
    medium: str | None
    anonymous: bool


class CitedClaim(Shape):
    """A claim with its sentence and its chain. ``marks`` are the claim's own words in
    ``sentence``, as characters (code points) from its beginning; ``before`` and ``after`` is what
    stands around it in the report, where that was asked for."""

    claim_id: str
    kind: str
    polarity: str
    modality: str
    says: str
    part: str | None
    sentence: str
    marks: tuple[int, int]
    chain: list[Link]
    hedges: list[str]
    actor: str | None
    counterpart: str | None
    actor_side: str | None
    valid: Span | None
    when: str
    outlet: str
    url: str | None
    report_id: str
    published: Span | None
    published_text: str
    copied: bool
    origin: str | None
    before: str = ""
    after: str = ""


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


class Held(Shape):
    """A belief in short."""

    holder: str | None
    holder_id: str | None
    probability: float
    likelihood: str
    contested: bool
    since: str


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


class ReportItem(Shape):
    """A report in the list."""

    report_id: str
    title: str
    outlet: str
    url: str | None
    published: Span | None
    published_text: str
    language: str
    claims: int
    copy_of: str | None


class EntryItem(Shape):
    """What somebody said later of a claim, a report or a name; ``line`` says it in words."""

    id: str
    kind: str
    target: str
    author: str
    at: str
    reason: str
    stands: bool
    line: str


class ReportClaim(Shape):
    """A claim of a report: where it stands (code points of the text), what was understood, and
    what people ``said`` of that."""

    claim: CitedClaim
    span: tuple[int, int]
    place: str | None
    place_id: str | None
    place_said: str | None
    quantity: str | None
    confidence: float
    said: list[EntryItem]


class ReportText(Shape):
    """A report with its claims, in the order of the text."""

    report: ReportItem
    text: str
    claims: list[ReportClaim]
    said: list[EntryItem]


class Taken(Shape):
    """What became of one thing that was to be read."""

    where: str
    report_id: str | None
    outlet: str | None
    problem: str | None
    notes: list[str]
    new_report: bool
    claims: int
    new_claims: int


class Job(Shape):
    """A reading under way or over. ``taken`` lists the first reports, ``read`` and ``refused``
    count all."""

    id: str
    name: str
    state: Literal["waiting", "reading", "done", "failed"]
    by: str
    problem: str | None
    read: int
    refused: int
    claims: int
    taken: list[Taken]


class Jobs(Shape):
    """The latest readings, newest first."""

    jobs: list[Job]
