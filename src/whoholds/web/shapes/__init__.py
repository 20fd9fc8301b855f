"""The JSON that is answered, typed: what stands in /openapi.json and what the pages are built on.

Instants are texts such as ``2021-08-15T18:00:00Z``; probabilities lie between 0 and 1; a valid or
published interval is ``[earliest, latest, granularity]``.
"""

from __future__ import annotations

from whoholds.web.shapes.base import CitedClaim, Held, Link, Problem, Shape, Side, Span
from whoholds.web.shapes.findings import (
    DisputeItem,
    ExitItem,
    Exits,
    ForecasterItem,
    ForecastItem,
    Forecasts,
    NumberCheck,
    NumberItem,
    NumberSeries,
    Position,
    Repetition,
    SourceItem,
    Sources,
)
from whoholds.web.shapes.maps import (
    Area,
    Areas,
    Frames,
    Overview,
    PlaceCourse,
    PlaceUnfolded,
    Step,
    Unfolding,
)
from whoholds.web.shapes.places import (
    Bands,
    ChangeItem,
    Changes,
    Happening,
    MovedBy,
    PlaceAnswer,
    StatusItem,
    Unmoved,
)
from whoholds.web.shapes.reports import (
    EntryItem,
    Job,
    Jobs,
    ReportClaim,
    ReportItem,
    ReportText,
    Taken,
)
from whoholds.web.shapes.reviews import Named, OpenAnswer, OpenQuestion

__all__ = [
    "Area", "Areas", "Bands", "ChangeItem", "Changes", "CitedClaim", "DisputeItem",
    "EntryItem", "ExitItem", "Exits", "ForecastItem", "ForecasterItem", "Forecasts",
    "Frames", "Happening", "Held", "Job", "Jobs", "Link", "MovedBy", "Named", "NumberCheck",
    "NumberItem", "NumberSeries", "OpenAnswer", "OpenQuestion", "Overview", "PlaceAnswer",
    "PlaceCourse", "PlaceUnfolded", "Position", "Problem", "Repetition", "ReportClaim",
    "ReportItem", "ReportText", "Shape", "Side", "SourceItem", "Sources", "Span",
    "StatusItem", "Step", "Taken", "Unfolding", "Unmoved",
]
