"""A hidden Markov chain in continuous time, with noisy observations at instants, solved exactly.

The chain's own clock (*turnovers*) may run faster or slower than the calendar; between instants it
moves by one reversible generator, so every transition matrix comes from one symmetric
eigendecomposition: P(u) = I + V (exp(Lu) - 1) V^-1 (Norris, Markov Chains, 1997, §2-3).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from whoholds.belief.priors import Priors

Array: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Generator:
    """Rates per turnover between states, with what is needed for their exponential.

    ``rates`` has shape (n, n) with rows that sum to 0; ``start`` (n,) is the stationary
    distribution, from which every chain starts.
    """

    rates: Array
    start: Array
    eigenvalues: Array
    left: Array
    right: Array

    def moves(self, turnovers: Array) -> Array:
        """Transition matrices, shape (m, n, n), for m spans of turnovers (0 or more)."""
        change = np.expm1(turnovers[:, None] * self.eigenvalues[None, :])
        matrices = (self.left[None, :, :] * change[:, None, :]) @ self.right
        matrices += np.eye(len(self.start))
        return np.maximum(matrices, 0.0)


def generator(sides: int, priors: Priors) -> Generator:
    """The generator over ``sides`` named sides, then contested, then other: n = sides + 2 states.

    Where fewer than two sides are named, *other* stands for the unnamed opponent and behaves as a
    side does.
    """
    n = sides + 2
    contested, other = sides, sides + 1
    other_like_a_side = sides < 2
    weights = np.ones(n)
    weights[contested] = priors.contested_weight
    weights[other] = 1.0 if other_like_a_side else priors.other_weight
    flow = np.zeros((n, n))
    rivals = sides - 1 if sides >= 2 else 1
    outright = 1.0 - priors.to_contested - (0.0 if other_like_a_side else priors.to_other)
    to_other = outright if other_like_a_side else priors.to_other / priors.other_weight
    to_contested = priors.to_contested / priors.contested_weight
    flow[:sides, :sides] = outright / rivals
    flow[:sides, other] = flow[other, :sides] = to_other
    flow[:sides, contested] = flow[contested, :sides] = to_contested
    flow[contested, other] = flow[other, contested] = (
        to_contested if other_like_a_side else to_other)
    rates = flow * weights[None, :]
    np.fill_diagonal(rates, 0.0)
    np.fill_diagonal(rates, -rates.sum(axis=1))
    start = weights / weights.sum()
    root = np.sqrt(start)
    symmetric = rates * (root[:, None] / root[None, :])
    eigenvalues, vectors = np.linalg.eigh((symmetric + symmetric.T) / 2)
    return Generator(rates, start, np.minimum(eigenvalues, 0.0), vectors / root[:, None],
                     vectors.T * root[None, :])


@dataclass(frozen=True, eq=False)
class Solved:
    """The chain after forward and backward pass.

    ``instants`` (T,) in days, rising; ``clock`` (T,) turnovers at each; ``likelihood`` (T, n) log
    likelihoods, the greatest of each row 0; ``filtered`` (T, n) given what is up to each instant,
    that included, with logarithm of its scale in ``scale`` (T,); ``future`` (T, n) likelihoods of
    what comes after each.
    """

    generator: Generator
    quiet: float
    instants: Array
    clock: Array
    likelihood: Array
    filtered: Array
    scale: Array
    future: Array

    def clock_at(self, days: Array) -> Array:
        """Turnovers at each of ``days``."""
        if not len(self.instants):
            return days * self.quiet
        inside = np.interp(days, self.instants, self.clock)
        before = np.minimum(days - self.instants[0], 0.0) * self.quiet
        after = np.maximum(days - self.instants[-1], 0.0) * self.quiet
        return np.asarray(inside + before + after, dtype=np.float64)

    def predicted(self, days: Array) -> Array:
        """Forward probabilities (m, n) at ``days`` given the instants up to each."""
        last = np.searchsorted(self.instants, days, side="right") - 1
        out = np.tile(self.generator.start, (len(days), 1))
        known = last >= 0
        if known.any():
            spans = self.clock_at(days[known]) - self.clock[last[known]]
            moves = self.generator.moves(np.maximum(spans, 0.0))
            out[known] = (self.filtered[last[known]][:, None, :] @ moves)[:, 0, :]
        return out

    def posterior(self, days: Array) -> Array:
        """Probabilities (m, n) of the states at ``days`` given everything."""
        forward = self.predicted(days)
        upcoming = np.searchsorted(self.instants, days, side="right")
        open_ended = upcoming < len(self.instants)
        if open_ended.any():
            at = upcoming[open_ended]
            spans = self.clock[at] - self.clock_at(days[open_ended])
            moves = self.generator.moves(np.maximum(spans, 0.0))
            ahead = np.exp(self.likelihood[at]) * self.future[at]
            forward[open_ended] *= (moves @ ahead[:, :, None])[:, :, 0]
        return np.asarray(forward / forward.sum(axis=1, keepdims=True))

    def entered_by(self, state: int, at: float, days: Array) -> Array:
        """P(the last entry into ``state`` before ``at`` lay before each of ``days`` | in it at
        ``at``); ``days`` not after ``at``."""
        edges = np.append(days, at)
        last = np.searchsorted(self.instants, edges, side="right") - 1
        scale = np.where(last >= 0, self.scale[last], 0.0) if len(self.scale) else np.zeros(
            len(edges))
        with np.errstate(divide="ignore"):
            weight = np.log(self.predicted(edges)[:, state]) + scale
        told = np.concatenate([[0.0], np.cumsum(self.likelihood[:, state])])[last + 1]
        stay = self.generator.rates[state, state] * self.clock_at(edges)
        level = weight - told - stay
        return np.asarray(np.minimum(np.exp(level[:-1] - level[-1]), 1.0))

    def entry_quantile(self, state: int, at: float, mass: float) -> float | None:
        """The day by which the last entry before ``at`` has happened with probability ``mass``;
        None where that lies before the first instant: nothing bounds it."""
        edges = self.instants[self.instants < at]
        if not len(edges):
            return None
        reached = np.maximum.accumulate(self.entered_by(state, at, edges))
        index = int(np.searchsorted(reached, mass, side="left"))
        if index == 0:
            return None
        low = float(edges[index - 1])
        high = float(edges[index]) if index < len(edges) else at
        while high - low > 0.5 / 86400:
            middle = (low + high) / 2
            if self.entered_by(state, at, np.array([middle]))[0] < mass:
                low = middle
            else:
                high = middle
        return high


def solve(made: Generator, quiet: float, instants: Array, clock: Array,
          likelihood: Array) -> Solved:
    """Forward and backward pass over (T,) instants with (T, n) log likelihoods.

    Each step is rescaled to sum to one and its scale kept in logarithms, so nothing underflows.
    """
    count = len(instants)
    shift = likelihood.max(axis=1, keepdims=True) if count else np.zeros((0, 1))
    likelihood = likelihood - shift
    told = np.exp(likelihood)
    filtered = np.empty_like(likelihood)
    scale = np.zeros(count)
    future = np.ones_like(likelihood)
    if count:
        moves = made.moves(np.diff(clock))
        at, total = made.start * told[0], 0.0
        for t in range(count):
            if t:
                at = (at @ moves[t - 1]) * told[t]
            size = at.sum()
            at = at / size
            total += float(np.log(size))
            filtered[t], scale[t] = at, total
        ahead = future[count - 1]
        for t in range(count - 1, 0, -1):
            ahead = moves[t - 1] @ (told[t] * ahead)
            ahead = ahead / ahead.max()
            future[t - 1] = ahead
    return Solved(made, quiet, instants, clock, likelihood, filtered, scale, future)
