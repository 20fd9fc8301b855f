"""Who predicted what by when, what became of it, and how good the forecasters are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.console import Group, RenderableType
from rich.text import Text

from whoholds.core import Json, Place, instant_text
from whoholds.views.explain import cited_data, quotations
from whoholds.views.models import Cited, Names
from whoholds.views.terminal import Terminal, render
from whoholds.views.words import day, percent, place_kind, safe


@dataclass(frozen=True, slots=True)
class ForecastView:
    """A prediction by ``source`` that ``side`` (None: anyone) will do ``kind`` at ``place`` inside
    ``earliest`` to ``latest``; ``said_p`` is what its words mean as a probability, ``outcome_p``
    what the ledger makes of it so far. ``state``: *came true*, *failed*, *open* or *unclear*.
    ``brier`` (0 to 1, 0 best) is None while it is not resolved; ``days_early`` is how long before
    the horizon's end it came true."""

    place: Place
    kind: str
    side: str | None
    source: str
    made: datetime | None
    earliest: datetime | None
    latest: datetime | None
    said_p: float
    outcome_p: float
    state: str
    brier: float | None
    days_early: float | None
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class ForecasterView:
    """How a source's ``resolved`` forecasts fared: mean Brier score, mean days early."""

    source: str
    resolved: int
    brier: float
    days_early: float | None


def forecasts_data(made: Sequence[ForecastView], scores: Sequence[ForecasterView],
                   names: Names) -> dict[str, Json]:
    """The forecasts and the forecasters' scores as JSON."""
    return {
        "forecasts": [{
            "place": f.place.name, "place_id": f.place.id,
            "country": names.country(f.place.country), "kind": f.kind,
            "side": None if f.side is None else names.state(f.side), "side_id": f.side,
            "source": f.source, "made": instant_text(f.made), "earliest": instant_text(f.earliest),
            "latest": instant_text(f.latest), "said_probability": round(f.said_p, 4),
            "outcome_probability": round(f.outcome_p, 4), "state": f.state,
            "brier": None if f.brier is None else round(f.brier, 4),
            "days_early": None if f.days_early is None else round(f.days_early, 2),
            "claims": [cited_data(c) for c in f.cited]} for f in made],
        "forecasters": [{
            "source": s.source, "resolved": s.resolved, "brier": round(s.brier, 4),
            "days_early": None if s.days_early is None else round(s.days_early, 2)}
            for s in scores]}


def forecasts_text(made: Sequence[ForecastView], scores: Sequence[ForecasterView], names: Names,
                   terminal: Terminal | None = None) -> str:
    """The forecasts as text."""
    return render(forecasts_lines(made, scores, names), terminal or Terminal())


def forecasts_lines(made: Sequence[ForecastView], scores: Sequence[ForecasterView],
                    names: Names) -> RenderableType:
    """The forecasts as a rich renderable, then the scores."""
    if not made:
        return Text("Nobody predicts anything about a place.")
    states = Counter(f.state for f in made)
    told = ", ".join(f"{states[s]} {s}" for s in ("came true", "failed", "unclear", "open")
                     if states[s])
    parts: list[RenderableType] = [Text(
        f"{len(made)} {'forecast' if len(made) == 1 else 'forecasts'}: {told}", style="bold")]
    for forecast in made:
        parts += [Text(), _head(forecast, names), _outcome(forecast),
                  *quotations(forecast.cited, 4)]
    if scores:
        parts += [Text(), Text("How the forecasters fared", style="bold")]
        parts += [_score(s) for s in scores]
        parts += [Text(), Text("Brier score: 0 is a sure and right forecast, 1 a sure and wrong "
                               "one, 0.25 a coin.", style="dim")]
    return Group(*parts)


def predicted(forecast: ForecastView, names: Names) -> str:
    """What is to happen, in words: *gain by the Taliban*; a fall to nobody named is a *fall*."""
    if forecast.side is not None:
        return f"{forecast.kind} by {safe(names.state(forecast.side))}"
    return "it falls" if forecast.kind == "gain" else forecast.kind


def _head(forecast: ForecastView, names: Names) -> Text:
    text = Text.assemble((safe(forecast.place.name), "bold"), f" ({place_kind(forecast.place)}): ")
    text.append(predicted(forecast, names), style="bold")
    if forecast.latest is not None:
        text.append(f" by {day(forecast.latest)}")
    made = f", {day(forecast.made)}" if forecast.made else ""
    text.append(f", says {safe(forecast.source)}{made}")
    return text.append(f"; its words mean about {percent(forecast.said_p)}")


def _outcome(forecast: ForecastView) -> Text:
    so_far = f"so far {percent(forecast.outcome_p)} likely to have come true"
    if forecast.state == "open":
        until = "no end to its horizon" if forecast.latest is None else "not yet over"
        return Text(f"  open ({until}): {so_far}")
    text = Text(f"  {forecast.state}", style="bold")
    text.append(f" ({percent(forecast.outcome_p)})", style="not bold")
    if forecast.days_early is not None:
        text.append(f", {_days(forecast.days_early)} before the end of its horizon",
                    style="not bold")
    if forecast.brier is not None:
        text.append(f"; Brier score {forecast.brier:.2f}", style="not bold")
    return text


def _days(count: float) -> str:
    return "1 day" if round(count) == 1 else f"{count:.0f} days"


def _score(score: ForecasterView) -> Text:
    early = "" if score.days_early is None else f", {_days(score.days_early)} early on average"
    many = "forecast" if score.resolved == 1 else "forecasts"
    return Text(f"  {safe(score.source)}: {score.brier:.2f} in {score.resolved} resolved "
                f"{many}{early}")
