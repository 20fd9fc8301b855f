"""Who holds a place: the posterior over its history, and what moved it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import exp, log

import numpy as np

from whoholds.belief.chain import Array, Solved, generator, solve
from whoholds.belief.hearing import heard
from whoholds.belief.priors import Priors
from whoholds.belief.testimony import (
    Observation,
    Statement,
    Window,
    days,
    instant,
    known,
    moves_belief,
    sides_named,
    statements,
)
from whoholds.core import CONTESTED, OTHER, Belief, Contribution, Evidence, Place


@dataclass(frozen=True, slots=True)
class Change:
    """A place's passing to ``to_side`` (from ``from_side``; None: nobody known), with the 5 %, 50 %
    and 95 % points of its moment (None: before anything that is told) and the probability that
    ``to_side`` held it afterwards."""

    from_side: str | None
    to_side: str
    earliest: datetime | None
    median: datetime | None
    latest: datetime | None
    probability_p: float


@dataclass(frozen=True, eq=False)
class History:
    """The posterior of one place over all time. ``states``: sides, then contested, then other."""

    place_id: str
    states: tuple[str, ...]
    solved: Solved
    priors: Priors

    @property
    def sides(self) -> tuple[str, ...]:
        """The sides among the states; none where no claim that moves belief names any."""
        return self.states[:-2]

    def posterior(self, times: Sequence[datetime]) -> Array:
        """Probabilities of the states, shape (len(times), len(states)); rows sum to 1."""
        return self.solved.posterior(np.array([days(t) for t in times], dtype=np.float64))

    def entry(self, side: str, at: datetime, mass: float) -> datetime | None:
        """The moment by which ``side``'s last entry before ``at`` lies with probability ``mass``,
        given that it holds the place at ``at``; None where nothing bounds it."""
        if side not in self.states:
            return None
        day = self.solved.entry_quantile(self.states.index(side), days(at), mass)
        return None if day is None else instant(day)

    def holder(self, probabilities: Array) -> str | None:
        """The side with at least ``holder_p`` in one row of a posterior, or None."""
        sides = len(self.states) - 2
        if not sides:
            return None
        best = int(np.argmax(probabilities[:sides]))
        return self.states[best] if probabilities[best] >= self.priors.holder_p else None

    def changes(self) -> tuple[Change, ...]:
        """The changes of hands that the posterior shows, in order: one for each run of instants
        with one holder that another holder, or none, precedes."""
        if not len(self.solved.instants):
            return ()
        rows = self.solved.posterior(self.solved.instants)
        runs: list[tuple[str, int]] = []   # holder, index of its most probable instant
        for index, row in enumerate(rows):
            who = self.holder(row)
            if who is None:
                continue
            side = self.states.index(who)
            if not runs or runs[-1][0] != who:
                runs.append((who, index))
            elif row[side] > rows[runs[-1][1]][side]:
                runs[-1] = (who, index)
        out = []
        tail = (1 - self.priors.since_mass_p) / 2
        for at, (who, index) in enumerate(runs):
            side, when = self.states.index(who), float(self.solved.instants[index])
            points = [self.solved.entry_quantile(side, when, mass)
                      for mass in (tail, 0.5, 1 - tail)]
            early, median, late = (None if p is None else instant(p) for p in points)
            if at == 0 and median is None:
                continue
            out.append(Change(runs[at - 1][0] if at else None, who, early, median, late,
                              float(rows[index][side])))
        return tuple(out)

    def change_median(self, to_side: str) -> datetime | None:
        """The posterior median of the moment at which ``to_side`` last came to hold the place;
        None where it never does or nothing bounds it."""
        return next((c.median for c in reversed(self.changes()) if c.to_side == to_side), None)


def log_likelihoods(observations: Sequence[Observation], weights: Sequence[float],
                    states: tuple[str, ...], priors: Priors) -> Array:
    """Log likelihood of each observation in each state, shape (observations, states).

    Right with probability q = 1 / (1 + exp(-weight)): a statement that a side holds the place is
    made with q where it does, 1 - q where another does, and in between where it is contested.
    """
    weight = np.asarray(weights, dtype=np.float64)
    right, wrong = -np.log1p(np.exp(-weight)), -np.log1p(np.exp(weight))
    affirms = np.array([o.affirms for o in observations], dtype=bool)
    column = {state: index for index, state in enumerate(states)}
    state = np.array([column[o.state] for o in observations], dtype=np.intp)
    rows = np.repeat(np.where(affirms, wrong, right)[:, None], len(states), axis=1)
    rows[np.arange(len(state)), state] = np.where(affirms, right, wrong)
    contested = column[CONTESTED]
    confused = affirms & (state != contested)
    share = priors.contested_confusion
    rows[confused, contested] = np.log(
        share * np.exp(right[confused]) + (1 - share) * np.exp(wrong[confused]))
    return rows


def _clock(instants: Array, windows: Iterable[Window], priors: Priors) -> Array:
    """Turnovers at each instant: the quiet rate, and inside windows of told changes as much more
    as the surest of them asks for."""
    gaps = np.diff(instants)
    rate = np.full(len(gaps), priors.quiet_turnovers_per_day)
    for window in windows:
        first, last = np.searchsorted(instants, (window.start, window.end))
        sure = 2 / (1 + exp(-window.logodds)) - 1
        told = window.turnovers * sure / (window.end - window.start)
        np.maximum(rate[first:last], priors.quiet_turnovers_per_day + told, out=rate[first:last])
    return np.concatenate([[0.0], np.cumsum(gaps * rate)])


def solve_statements(said: Sequence[Statement], states: tuple[str, ...],
                     priors: Priors) -> Solved:
    """The chain over ``states`` (sides, contested, other), given what is said of one place."""
    made = generator(len(states) - 2, priors)
    told = heard(said, priors)
    points = {o.day for o in told.observations}
    points.update(edge for w in told.windows for edge in (w.start, w.end))
    instants = np.array(sorted(points), dtype=np.float64)
    likelihood = np.zeros((len(instants), len(states)))
    if told.observations:
        rows = log_likelihoods(told.observations, told.weights, states, priors)
        np.add.at(likelihood, np.searchsorted(instants, [o.day for o in told.observations]), rows)
    clock = _clock(instants, told.windows, priors) if len(instants) else np.zeros(0)
    return solve(made, priors.quiet_turnovers_per_day, instants, clock, likelihood)


def history(evidence: Iterable[Evidence], place_id: str, known_at: datetime | None,
            priors: Priors) -> History:
    """The posterior of ``place_id`` over all time, from the evidence known by ``known_at``."""
    about = known((e for e in evidence if e.place_id == place_id), known_at)
    states = (*sides_named(about), CONTESTED, OTHER)
    solved = solve_statements(statements(about, priors), states, priors)
    return History(place_id, states, solved, priors)


def belief(evidence: Sequence[Evidence], place: Place, valid_at: datetime,
           known_at: datetime | None, priors: Priors) -> Belief:
    """Who holds ``place`` at ``valid_at``; ``evidence`` may speak of other places too."""
    about = [e for e in evidence if e.place_id == place.id]
    past = history(about, place.id, known_at, priors)
    row = past.posterior([valid_at])[0]
    order = sorted(range(len(row)), key=lambda i: (-row[i], past.states[i]))
    holder = past.holder(row)
    tail = (1 - priors.since_mass_p) / 2
    since = (None, None) if holder is None else (
        past.entry(holder, valid_at, tail), past.entry(holder, valid_at, 1 - tail))
    shown = holder if holder is not None else past.states[order[0]]
    return Belief(
        place=place, valid_at=valid_at, known_at=known_at,
        states=tuple((past.states[i], float(row[i])) for i in order), holder=holder,
        probability_p=float(row[past.states.index(shown)]),
        contested=bool(row[past.states.index(CONTESTED)] > priors.contested_p),
        since_earliest=since[0], since_latest=since[1],
        evidence=tuple(sorted({e.claim.id for e in known(about, known_at)})))


def beliefs(evidence: Iterable[Evidence], places: Iterable[Place], valid_at: datetime,
            known_at: datetime | None = None, priors: Priors | None = None) -> tuple[Belief, ...]:
    """Who holds each of ``places`` at ``valid_at``, as known at ``known_at`` (None: all that is
    known). Each belief depends on the evidence about its own place alone."""
    priors = priors or Priors()
    by_place: dict[str, list[Evidence]] = {}
    for item in evidence:
        by_place.setdefault(item.place_id, []).append(item)
    return tuple(belief(by_place.get(place.id, []), place, valid_at, known_at, priors)
                 for place in places)


def _logit(p: float) -> float:
    p = min(max(p, 1e-12), 1 - 1e-12)
    return log(p / (1 - p))


def contributions(evidence: Iterable[Evidence], place_id: str, valid_at: datetime,
                  known_at: datetime | None = None,
                  priors: Priors | None = None) -> tuple[Contribution, ...]:
    """How each testimony moves the belief in the likeliest holder of a place, strongest first.

    ``weight_logodds`` is the change of the holder's log-odds when the testimony stands alone;
    ``without_p`` the holder's probability when it alone is left out.
    """
    priors = priors or Priors()
    about = known((e for e in evidence if e.place_id == place_id and moves_belief(e)), known_at)
    states = (*sides_named(about), CONTESTED, OTHER)
    said = statements(about, priors)
    at = np.array([days(valid_at)])

    def row(subset: Sequence[Statement]) -> Array:
        return np.asarray(solve_statements(subset, states, priors).posterior(at)[0])

    full = row(said)
    best = int(np.argmax(full[:-2])) if len(states) > 2 else int(np.argmax(full))
    alone_from = _logit(float(row(())[best]))
    out = []
    for key in sorted({s.key for s in said}):
        mine = [s for s in said if s.key == key]
        rest = [s for s in said if s.key != key]
        out.append(Contribution(
            claim_ids=tuple(sorted({i for s in mine for i in s.claim_ids})), holder=states[best],
            weight_logodds=_logit(float(row(mine)[best])) - alone_from,
            without_p=float(row(rest)[best])))
    return tuple(sorted(out, key=lambda c: (-abs(c.weight_logodds), c.claim_ids)))
