"""Shows answers: tables, explanations, disputes, the map, briefs and exports.

Takes: Beliefs, Contributions, Evidence, Reports, names; what the terminal can show.
Gives: text, HTML, and the same as plain data for JSON.
Never: computes a belief, opens a ledger, looks at a clock, or lets text from outside act.
"""

from whoholds.views.changes import DifferenceView, changes_data, changes_text
from whoholds.views.disputes import disputes_data, disputes_text
from whoholds.views.exits import ExitView, exits_data, exits_text
from whoholds.views.explain import explain_data, explain_text
from whoholds.views.exports import status_csv, status_geojson
from whoholds.views.forecasts import (
    ForecasterView,
    ForecastView,
    forecasts_data,
    forecasts_text,
)
from whoholds.views.map import map_data, map_html, map_view
from whoholds.views.models import (
    Cited,
    DisputeView,
    Explanation,
    MapView,
    Moved,
    Names,
    Outline,
    Position,
    StatusRow,
    cite,
    explanation,
    status_rows,
)
from whoholds.views.outlines import outlines_from_geojson, shipped_outlines
from whoholds.views.sources import Repeats, SourceRow, sources_data, sources_text
from whoholds.views.status import status_data, status_text
from whoholds.views.tally import Fit, Number, SeriesView, tally_data, tally_text
from whoholds.views.terminal import Terminal
from whoholds.views.timeline import CHANGE, EventView, timeline_data, timeline_text
from whoholds.views.words import chain, likelihood, safe

__all__ = [
    "CHANGE", "Cited", "DifferenceView", "DisputeView", "EventView", "ExitView", "Explanation",
    "Fit", "ForecastView", "ForecasterView", "MapView", "Moved", "Names", "Number", "Outline",
    "Position", "Repeats", "SeriesView", "SourceRow", "StatusRow", "Terminal", "chain",
    "changes_data", "changes_text", "cite", "disputes_data", "disputes_text", "exits_data",
    "exits_text", "explain_data", "explain_text", "explanation", "forecasts_data", "forecasts_text",
    "likelihood", "map_data", "map_html", "map_view", "outlines_from_geojson", "safe",
    "shipped_outlines", "sources_data", "sources_text", "status_csv", "status_data",
    "status_geojson", "status_rows", "status_text", "tally_data", "tally_text", "timeline_data",
    "timeline_text",
]
