"""Who holds each place at many moments at once: what the two time sliders move over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from whoholds.belief import Priors, history
from whoholds.core import CONTESTED, Belief, Evidence, Place
from whoholds.pipeline.knowing import Told
from whoholds.pipeline.snapshot import BEARING, Snapshot
from whoholds.pipeline.workbench import Workbench

UNKNOWN = -1
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Run:
    """From step ``step`` on: the holder (an index into the place's states, ``UNKNOWN`` for none),
    the probability of the likeliest state in per cent, and whether the place is contested."""

    step: int
    holder: int
    percent: int
    contested: bool


@dataclass(frozen=True, slots=True)
class Course:
    """What is believed of one place over all steps. ``states`` are side ids, then contested, then
    other; ``runs`` begin at step 0 and each differs from the one before."""

    place: Place
    states: tuple[str, ...]
    runs: tuple[Run, ...]
    about: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Unfolded:
    """The courses of one place as known at several moments: from the moment with each index on;
    None where no claim known then bears on it."""

    place: Place
    versions: tuple[tuple[int, Course | None], ...]


def steps_between(first: datetime, last: datetime, step: timedelta, most: int) -> list[datetime]:
    """Moments from ``first`` to ``last``, ``step`` apart, coarser where that would be more than
    ``most``; ``last`` is always there."""
    while (last - first) / step > most:
        step *= 2
    return [first + step * i for i in range(int((last - first) / step) + 1)
            if first + step * i < last] + [last]


def courses(desk: Workbench, known: Snapshot, moments: Sequence[datetime]) -> tuple[Course, ...]:
    """The course of every place with evidence at ``moments``, by country, name and id."""
    by_place: dict[str, list[Evidence]] = {}
    for item in known.evidence:
        by_place.setdefault(item.place_id, []).append(item)
    priors, days = desk.priors, days_of(moments)
    return tuple(course(priors, place, by_place[place.id], days)
                 for place in known.places_with_evidence())


def unfolded(desk: Workbench, known: Snapshot, told: dict[str, list[Told]],
             moments: Sequence[datetime]) -> tuple[Unfolded, ...]:
    """The courses of every place at ``moments`` as known at several times; ``told`` is the
    evidence known then, see :meth:`whoholds.pipeline.knowing.Knowing.unfolding`."""
    priors, days = desk.priors, days_of(moments)
    places = sorted((known.known.places[i] for i in told if i in known.known.places),
                    key=lambda p: (p.country or "", p.name, p.id))
    out = []
    for place in places:
        versions = [(index, course(priors, place, about, days) if bearing(about) else None)
                    for index, about in told[place.id]]
        if any(one for _, one in versions):
            out.append(Unfolded(place, tuple(versions)))
    return tuple(out)


def bearing(about: Sequence[Evidence]) -> bool:
    """Whether any of the evidence bears on who holds its place."""
    return any(e.claim.kind in BEARING for e in about)


def days_of(moments: Sequence[datetime]) -> NDArray[np.float64]:
    """Days since 1970-01-01 UTC."""
    return np.array([(at - EPOCH) / timedelta(days=1) for at in moments], dtype=np.float64)


def course(priors: Priors, place: Place, about: Sequence[Evidence],
           days: NDArray[np.float64]) -> Course:
    """The course of one place; ``about`` is the evidence on it alone."""
    past = history(about, place.id, None, priors)
    chances = past.solved.posterior(days)
    sides, rows = len(past.states) - 2, np.arange(len(days))
    if sides:
        best = np.argmax(chances[:, :sides], axis=1)
        holder = np.where(chances[rows, best] >= priors.holder_p, best, UNKNOWN)
    else:
        holder = np.full(len(days), UNKNOWN)
    shown = np.where(holder == UNKNOWN, np.argmax(chances, axis=1), holder)
    percent = np.rint(100 * chances[rows, shown]).astype(int)
    contested = chances[:, past.states.index(CONTESTED)] > priors.contested_p
    table = np.stack([holder, percent, contested.astype(int)], axis=1)
    starts = [0, *(np.flatnonzero(np.any(table[1:] != table[:-1], axis=1)) + 1).tolist()]
    runs = tuple(Run(i, int(holder[i]), int(percent[i]), bool(contested[i])) for i in starts)
    return Course(place, past.states, runs, tuple(about))


def quick_belief(found: Course, valid_at: datetime) -> Belief:
    """The belief at the last step without *since*, which is what takes the time."""
    last = found.runs[-1]
    holder = None if last.holder == UNKNOWN else found.states[last.holder]
    return Belief(found.place, valid_at, None, tuple((s, 0.0) for s in found.states), holder,
                  last.percent / 100, last.contested, None, None, ())
