"""Reports, what was handed in, and what people said of it."""

from __future__ import annotations

from typing import Literal

from whoholds.web.shapes.base import CitedClaim, Shape, Span


class ReportItem(Shape):
    """A report in the list; of what kinds, sides, countries and first-level areas it speaks."""

    report_id: str
    title: str
    outlet: str
    url: str | None
    published: Span | None
    published_text: str
    language: str
    claims: int
    copy_of: str | None
    kinds: list[str]
    sides: list[str]
    countries: list[str]
    adm1s: list[str]


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
