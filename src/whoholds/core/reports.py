"""Reports: documents with stable character offsets, and spans in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from whoholds.core.ids import content_id
from whoholds.core.times import Interval

DateOrigin = Literal["given", "manifest", "front matter", "metadata", "url", "dateline", "feed",
                     "none"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``start`` to ``end`` (end excluded) of a report's text, in Unicode code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        return text[self.start:self.end]


@dataclass(frozen=True, slots=True)
class Report:
    """One document as it was read.

    ``published`` is when it was published (a whole day where only the day is known), None where
    unknown; ``published_from`` says how that is known. ``zone_known`` is False where a date alone
    was taken as a day in UTC for want of the outlet's time zone. ``language`` is an ISO 639-1 code.
    ``title`` is the headline where it is not part of ``text``.
    """

    text: str
    outlet: str
    published: Interval | None = None
    published_from: DateOrigin = "none"
    zone_known: bool = False
    url: str | None = None
    title: str | None = None
    language: str = "en"
    _id: str | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def id(self) -> str:
        """Identity: text, outlet, address and publication; never path, clock or reader."""
        if self._id is None:        # asked for many times over; the report never changes
            object.__setattr__(self, "_id", content_id("report", {
                "text": self.text, "outlet": self.outlet, "url": self.url,
                "published": self.published.to_json() if self.published else None}))
        assert self._id is not None
        return self._id
