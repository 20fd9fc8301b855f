"""A second implementation of the model: every path of states, one by one."""

from __future__ import annotations

from itertools import pairwise, product
from math import exp, log

import numpy as np

from whoholds.belief.hearing import Heard
from whoholds.belief.priors import Priors
from whoholds.core import CONTESTED, OTHER


def rates(states: tuple[str, ...], priors: Priors) -> list[list[float]]:
    """The generator, written out pair by pair."""
    sides = [s for s in states if s not in (CONTESTED, OTHER)]
    few = len(sides) < 2

    def rate(a: str, b: str) -> float:
        weight = {CONTESTED: priors.contested_weight, OTHER: 1.0 if few else priors.other_weight}
        to = weight.get(b, 1.0)
        if OTHER in (a, b) and not few:
            return to * priors.to_other / priors.other_weight
        if CONTESTED in (a, b):
            return to * priors.to_contested / priors.contested_weight
        if few:
            return 1 - priors.to_contested
        return (1 - priors.to_contested - priors.to_other) / (len(sides) - 1)
    matrix = [[rate(a, b) if a != b else 0.0 for b in states] for a in states]
    for i, row in enumerate(matrix):
        row[i] = -sum(row)
    return matrix


def exponential(matrix: np.ndarray, span: float) -> np.ndarray:  # type: ignore[type-arg]
    """exp(matrix * span) by scaling, Taylor, squaring."""
    squarings = max(0, int(np.ceil(np.log2(max(1e-9, np.abs(matrix).sum() * span)))) + 6)
    small = matrix * (span / 2 ** squarings)
    out = term = np.eye(len(matrix))
    for k in range(1, 20):
        term = term @ small / k
        out = out + term
    for _ in range(squarings):
        out = out @ out
    return out


def turnovers(a: float, b: float, heard: Heard, priors: Priors) -> float:
    """The chain's clock from day ``a`` to day ``b``: the rate integrated piece by piece."""
    cuts = sorted({a, b, *(x for w in heard.windows for x in (w.start, w.end) if a < x < b)})
    total = 0.0
    for low, high in pairwise(cuts):
        middle = (low + high) / 2
        extra = max((w.turnovers * (2 / (1 + exp(-w.logodds)) - 1)
                     / (w.end - w.start) for w in heard.windows if w.start < middle < w.end),
                    default=0.0)
        total += (high - low) * (priors.quiet_turnovers_per_day + extra)
    return total


def likelihood(state: str, observation: object, weight: float, priors: Priors) -> float:
    right = 1 / (1 + exp(-weight))
    told: str = observation.state  # type: ignore[attr-defined]
    if not observation.affirms:  # type: ignore[attr-defined]
        return 1 - right if state == told else right
    if state == told:
        return right
    if state == CONTESTED and told != CONTESTED:
        return priors.contested_confusion * right + (1 - priors.contested_confusion) * (1 - right)
    return 1 - right


def stationary(states: tuple[str, ...], priors: Priors) -> list[float]:
    few = len(states) < 4
    weight = {CONTESTED: priors.contested_weight, OTHER: 1.0 if few else priors.other_weight}
    total = sum(weight.get(s, 1.0) for s in states)
    return [weight.get(s, 1.0) / total for s in states]


def posterior(heard: Heard, states: tuple[str, ...], at: float, priors: Priors) -> list[float]:
    """P(state at day ``at`` | all that was heard), by summing over all paths."""
    points = sorted({at, *(o.day for o in heard.observations)})
    q = np.array(rates(states, priors))
    moves = [exponential(q, turnovers(a, b, heard, priors))
             for a, b in pairwise(points)]
    start = stationary(states, priors)
    out = [0.0] * len(states)
    for path in product(range(len(states)), repeat=len(points)):
        p = start[path[0]]
        for t in range(1, len(points)):
            p *= moves[t - 1][path[t - 1]][path[t]]
        for o, weight in zip(heard.observations, heard.weights, strict=True):
            p *= likelihood(states[path[points.index(o.day)]], o, weight, priors)
        out[path[points.index(at)]] += p
    total = sum(out)
    return [p / total for p in out]


def entered_by(heard: Heard, states: tuple[str, ...], side: str,
               span: tuple[float, float], priors: Priors) -> float:
    """P(``side`` held the place without a break all through ``span`` | it does at its end).

    By a chain with one state more: the side "since before day", which nothing enters after day.
    """
    day, at = span
    points = sorted({at, day, *(o.day for o in heard.observations if o.day <= at)})
    k, n = states.index(side), len(states)
    q = np.array(rates(states, priors))
    extended = np.zeros((n + 1, n + 1))
    extended[:n, :n] = q
    extended[n, :n] = q[k]
    extended[n, k] = 0.0
    extended[n, n] = q[k][k]
    names = (*states, side)
    row = np.array([*stationary(states, priors), 0.0])
    for t, point in enumerate(points):
        if t:
            row = row @ exponential(extended, turnovers(points[t - 1], point, heard, priors))
        if point == day:
            row[n], row[k] = row[k], 0.0
        for o, weight in zip(heard.observations, heard.weights, strict=True):
            if o.day == point:
                row = row * [likelihood(s, o, weight, priors) for s in names]
    return float(row[n] / (row[n] + row[k]))


def logit(p: float) -> float:
    return log(p / (1 - p))
