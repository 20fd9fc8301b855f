"""What every answer may have: problems, sides, claims with their sentences."""

from __future__ import annotations

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


class Held(Shape):
    """A belief in short."""

    holder: str | None
    holder_id: str | None
    probability: float
    likelihood: str
    contested: bool
    since: str
