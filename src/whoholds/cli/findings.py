"""What happened, was counted, predicted and said, printed."""

from __future__ import annotations

from collections.abc import Sequence

from whoholds import views
from whoholds.belief import Event
from whoholds.cli.output import show, show_json, terminal
from whoholds.pipeline.snapshot import Snapshot
from whoholds.pipeline.viewing import event_views, names_for


def print_timeline(known: Snapshot, found: Sequence[Event], everything: bool,
                   as_json: bool) -> None:
    """The events, or their JSON; only changes of hands unless ``everything`` is wanted."""
    shown = event_views([e for e in found if everything or e.kind == views.CHANGE], known)
    if as_json:
        show_json(views.timeline_data(shown, names_for(known)))
    else:
        show(views.timeline_text(shown, names_for(known), terminal()))
