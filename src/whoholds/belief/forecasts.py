"""Who predicted what by when; what became of it; how good the forecasters are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import numpy as np

from whoholds.belief.model import History, history
from whoholds.belief.priors import Priors
from whoholds.belief.testimony import COMBAT, days, instant, known, right_p
from whoholds.belief.words import meant_p
from whoholds.core import CONTESTED, OTHER, Evidence, Place

GRID_DAYS = 0.25
"""Step at which a horizon is searched: a quarter of a day, finer than any forecast."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """A prediction: ``side`` (None: anyone else) will come to hold the place (``gain``), lose it
    (``loss``), or it will be fought over, inside ``earliest`` to ``latest``.

    ``said_p`` is what its words mean as a probability. ``outcome_p`` is the probability that it
    came true by the horizon's end, or by ``as_of`` if that is earlier. ``state``: *came true* (at
    least ``resolved_p``), *failed* (the horizon is over and at most 1 - ``resolved_p``), *open*
    (the horizon is not over), *unclear*. ``brier`` (0 to 1, 0 best) is that of ``said_p`` against
    ``outcome_p``, None while open. ``days_early`` is how long before the horizon's end it happened.
    """

    place: Place
    kind: str
    side: str | None
    claim_ids: tuple[str, ...]
    origin: str
    made: datetime | None
    earliest: datetime | None
    latest: datetime | None
    said_p: float
    outcome_p: float
    state: Literal["came true", "failed", "open", "unclear"]
    brier: float | None
    days_early: float | None


@dataclass(frozen=True, slots=True)
class Forecaster:
    """How an origin's resolved forecasts fared: their number, mean Brier score, and mean days by
    which those that came true came before the end of their horizon."""

    origin: str
    resolved: int
    brier: float
    days_early: float | None


def forecasts(evidence: Iterable[Evidence], places: Iterable[Place], as_of: datetime,
              known_at: datetime | None = None, priors: Priors | None = None,
              words: Mapping[str, Sequence[str]] | None = None) -> tuple[Forecast, ...]:
    """The forecasts about ``places`` that are known, each resolved by belief as of valid time
    ``as_of``; one for each origin, place, kind, side and horizon; earliest made first.

    ``words`` by claim id are those it is told in: with its hedges, they say how likely it is meant.
    """
    priors = priors or Priors()
    by_place: dict[str, list[Evidence]] = defaultdict(list)
    for item in known(evidence, known_at):
        by_place[item.place_id].append(item)
    out = []
    for place in places:
        about = by_place.get(place.id, [])
        predicted = [e for e in about if e.claim.modality == "forecast"
                     and e.claim.polarity == "affirmed" and e.claim.valid is not None]
        if predicted:
            past = history(about, place.id, None, priors)
            groups: dict[tuple[object, ...], list[Evidence]] = defaultdict(list)
            for e in predicted:
                assert e.claim.valid is not None
                groups[(e.origin, e.claim.kind, e.actor_side, e.claim.valid.latest)].append(e)
            case = _Case(place, about, past, as_of, priors, words or {})
            out += [_forecast(members, case) for members in groups.values()]
    return tuple(sorted(out, key=lambda f: (
        days(f.made) if f.made else 0.0, f.place.id, f.kind, f.origin, f.claim_ids)))


@dataclass(frozen=True, slots=True)
class _Case:
    """What is known about one place, as of a valid time."""

    place: Place
    about: list[Evidence]
    past: History
    as_of: datetime
    priors: Priors
    words: Mapping[str, Sequence[str]]


def _forecast(members: Sequence[Evidence], case: _Case) -> Forecast:
    as_of, priors = case.as_of, case.priors
    first = min(members, key=lambda e: (days(e.known_at) if e.known_at else 0.0, e.claim.id))
    valid = first.claim.valid
    assert valid is not None
    start = valid.earliest or first.known_at or as_of
    end = as_of if valid.latest is None else min(valid.latest, as_of)
    outcome_p, happened = 0.0, None
    if end > start:
        outcome_p, happened = _outcome(first, case, start, end)
    over = valid.latest is not None and as_of >= valid.latest
    state: Literal["came true", "failed", "open", "unclear"]
    if outcome_p >= priors.resolved_p:
        state = "came true"
    elif not over:
        state = "open"
    else:
        state = "failed" if outcome_p <= 1 - priors.resolved_p else "unclear"
    said_p = meant_p((*first.claim.hedges, *case.words.get(first.claim.id, ())))
    early = None
    if state == "came true" and valid.latest is not None and happened is not None:
        early = (valid.latest - happened) / timedelta(days=1)
    ids = tuple(sorted({e.claim.id for e in members}))
    return Forecast(
        case.place, first.claim.kind, first.actor_side, ids, first.origin,
        first.known_at, valid.earliest, valid.latest, said_p, outcome_p, state,
        None if state in ("open", "unclear") else (said_p - outcome_p) ** 2, early)


def _outcome(item: Evidence, case: _Case, start: datetime,
             end: datetime) -> tuple[float, datetime | None]:
    """The probability that it was so at some time from start to end, taken as the greatest at any
    one time (a lower bound), and the first time when it is more likely than not."""
    kind, past = item.claim.kind, case.past
    if kind in COMBAT:
        return _fought(item, case, start, end)
    grid = np.append(np.arange(days(start), days(end), GRID_DAYS), days(end))
    rows = past.solved.posterior(grid)
    sides = [s for s in past.states if s not in (CONTESTED, OTHER)]
    before = past.holder(rows[0])
    if kind == "gain" and item.actor_side is not None:
        wanted = [item.actor_side]
    else:
        loser = item.actor_side if kind == "loss" else before
        wanted = [s for s in (*sides, OTHER) if s != loser] if loser is not None else []
    columns = [past.states.index(s) for s in wanted if s in past.states]
    if not columns:
        return 0.0, None
    so = rows[:, columns].sum(axis=1)
    best = float(so.max())
    reached = np.nonzero(so >= 0.5)[0]
    return best, instant(float(grid[reached[0]])) if len(reached) else None


def _fought(item: Evidence, case: _Case, start: datetime,
            end: datetime) -> tuple[float, datetime | None]:
    """Combat is resolved by claims of the same kind inside the horizon by other origins."""
    unlikely, first = 1.0, None
    seen: set[str] = set()
    for e in sorted(case.about, key=lambda e: (e.origin, e.claim.id)):
        valid = e.claim.valid
        if (e.claim.kind != item.claim.kind or e.claim.modality != "actual"
                or e.claim.polarity != "affirmed" or valid is None or valid.latest is None
                or not start <= valid.latest <= end or e.origin in seen):
            continue
        seen.add(e.origin)
        unlikely *= 1 - right_p(e, case.priors)
        first = valid.latest if first is None else min(first, valid.latest)
    return 1 - unlikely, first


def forecasters(made: Iterable[Forecast]) -> tuple[Forecaster, ...]:
    """The record of each origin that has resolved forecasts, best Brier score first."""
    by_origin: dict[str, list[Forecast]] = defaultdict(list)
    for forecast in made:
        if forecast.brier is not None:
            by_origin[forecast.origin].append(forecast)
    out = []
    for origin, mine in by_origin.items():
        early = [f.days_early for f in mine if f.days_early is not None]
        out.append(Forecaster(origin, len(mine), sum(f.brier or 0.0 for f in mine) / len(mine),
                              sum(early) / len(early) if early else None))
    return tuple(sorted(out, key=lambda f: (f.brier, f.origin)))
