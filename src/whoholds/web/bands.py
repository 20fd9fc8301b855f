"""Probabilities of a place's states over time, at the moments that a chart needs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from whoholds.belief import History
from whoholds.core import instant_text
from whoholds.views import Names
from whoholds.web import shapes

MOST_POINTS = 400  # a chart is at most some hundred pixels wide
AFTER = timedelta(hours=12)   # shown after the last step, so that the end can be seen
EDGE = timedelta(minutes=1)   # before an instant: what was believed until then


def bands(past: History, steps: Sequence[datetime], valid_at: datetime,
          names: Names) -> shapes.Bands:
    """The posterior at the slider's steps and around the instants that claims speak of."""
    moments = {valid_at, *steps}
    if steps:
        first, last = steps[0], max(steps[-1], valid_at) + AFTER
        moments.add(last)
        told = [datetime.fromtimestamp(0, UTC) + timedelta(days=float(day))
                for day in past.solved.instants[:MOST_POINTS]]
        moments.update(t for at in told for t in (at - EDGE, at) if first <= t <= last)
    times = sorted(moments)
    chances = past.posterior(times)
    return shapes.Bands(
        states=list(past.states), names=[names.state(s) for s in past.states],
        times=[instant_text(t) or "" for t in times],
        chances=[[round(float(p), 4) for p in row] for row in chances])
