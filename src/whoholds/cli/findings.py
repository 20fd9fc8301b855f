"""What happened, was counted, predicted and said, printed."""

from __future__ import annotations

from collections.abc import Sequence

from whoholds import views
from whoholds.belief import Event, Exit, Forecast, forecasters
from whoholds.cli.output import show, show_json, terminal
from whoholds.pipeline import Workbench
from whoholds.pipeline.snapshot import Snapshot, country_named
from whoholds.pipeline.viewing import (
    difference_views,
    event_views,
    exit_views,
    forecast_views,
    forecaster_views,
    names_for,
    repeats,
    series_views,
    source_rows,
)


def print_timeline(known: Snapshot, found: Sequence[Event], everything: bool,
                   as_json: bool) -> None:
    """The events, or their JSON; only changes of hands unless ``everything`` is wanted."""
    shown = event_views([e for e in found if everything or e.kind == views.CHANGE], known)
    if as_json:
        show_json(views.timeline_data(shown, names_for(known)))
    else:
        show(views.timeline_text(shown, names_for(known), terminal()))


def print_exits(known: Snapshot, country: str, found: Sequence[Exit], as_json: bool) -> None:
    """The ways out of a country, or their JSON."""
    names, shown = names_for(known), exit_views(found, known)
    if as_json:
        show_json(views.exits_data(shown, names))
    else:
        called = names.country(country_named(country)) or country
        show(views.exits_text(called, shown, names, terminal()))


def print_sources(desk: Workbench, known: Snapshot, as_json: bool) -> None:
    """The record of each source and who repeats whom, or their JSON."""
    rows, copied = source_rows(desk.sources(known), known), repeats(desk.copying(known), known)
    if as_json:
        show_json(views.sources_data(rows, copied, names_for(known)))
    else:
        show(views.sources_text(rows, copied, names_for(known), terminal()))


def print_tally(desk: Workbench, known: Snapshot, as_json: bool) -> None:
    """The numbers and how they fit, or their JSON."""
    shown = series_views(desk.tally(known), known)
    if as_json:
        show_json(views.tally_data(shown, names_for(known)))
    else:
        show(views.tally_text(shown, names_for(known), terminal()))


def print_forecasts(known: Snapshot, found: Sequence[Forecast], as_json: bool) -> None:
    """The forecasts and the forecasters' scores, or their JSON."""
    made, scores = forecast_views(found, known), forecaster_views(forecasters(found), known)
    if as_json:
        show_json(views.forecasts_data(made, scores, names_for(known)))
    else:
        show(views.forecasts_text(made, scores, names_for(known), terminal()))


def print_changes(desk: Workbench, known: Snapshot, since: str, places: Sequence[str],
                  as_json: bool) -> None:
    """What is different since the last brief, or its JSON."""
    shown = difference_views(desk.changes(known, since, places), known)
    if as_json:
        show_json(views.changes_data(shown, names_for(known)))
    else:
        show(views.changes_text(shown, desk.valid_at(known, since), desk.valid_at(known),
                                names_for(known), terminal()))
