"""Who holds each place at many moments at once: what a time slider moves over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from whoholds.belief import history
from whoholds.core import CONTESTED, Belief, Evidence, Place
from whoholds.pipeline.snapshot import Snapshot
from whoholds.pipeline.workbench import Workbench

UNKNOWN = -1


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
    return tuple(course(desk, place, by_place[place.id], moments)
                 for place in known.places_with_evidence())


def course(desk: Workbench, place: Place, about: Sequence[Evidence],
           moments: Sequence[datetime]) -> Course:
    """The course of one place; ``about`` is the evidence on it alone."""
    past = history(about, place.id, None, desk.priors)
    chances = past.posterior(moments)
    sides = len(past.states) - 2
    if sides:
        best = np.argmax(chances[:, :sides], axis=1)
        held = chances[np.arange(len(moments)), best] >= past.priors.holder_p
        holder = np.where(held, best, UNKNOWN)
    else:
        holder = np.full(len(moments), UNKNOWN)
    shown = np.where(holder == UNKNOWN, np.argmax(chances, axis=1), holder)
    percent = np.rint(100 * chances[np.arange(len(moments)), shown]).astype(int)
    contested = chances[:, past.states.index(CONTESTED)] > past.priors.contested_p
    rows = np.stack([holder, percent, contested.astype(int)], axis=1)
    starts = [0, *(np.flatnonzero(np.any(rows[1:] != rows[:-1], axis=1)) + 1).tolist()]
    runs = tuple(Run(i, int(holder[i]), int(percent[i]), bool(contested[i])) for i in starts)
    return Course(place, past.states, runs, tuple(about))


def quick_belief(found: Course, valid_at: datetime) -> Belief:
    """The belief at the last step without *since*, which is what takes the time."""
    last = found.runs[-1]
    holder = None if last.holder == UNKNOWN else found.states[last.holder]
    return Belief(found.place, valid_at, None, tuple((s, 0.0) for s in found.states), holder,
                  last.percent / 100, last.contested, None, None, ())
