"""What counts of all that was said: background, repetition and blocs discounted."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp

from whoholds.belief.priors import Priors
from whoholds.belief.testimony import Observation, Statement, Window
from whoholds.core import CONTESTED


@dataclass(frozen=True, slots=True)
class Heard:
    """What counts of all that was said: observations with their ``weights`` (log-odds, above 0)
    after repetition and blocs, and the windows of the changes told."""

    observations: list[Observation]
    weights: list[float]
    windows: list[Window]


def heard(said: Sequence[Statement], priors: Priors) -> Heard:
    """The observations that count, weighed: background dropped, repetition and blocs discounted.

    The order is fixed by the statements' content alone.
    """
    observations: list[Observation] = []
    changes: list[Statement] = []
    news = _news(said, priors)
    for statement in said:
        observations.extend(statement.observations)
        if statement.windows and (not statement.undated or id(statement) in news):
            observations.extend(statement.before)
            changes.append(statement)
    observations.sort(key=lambda o: (o.day, o.state, o.affirms, o.key, o.logodds, o.bloc or ""))
    unrepeated = _unrepeated(observations, priors)
    weights = _capped(observations, unrepeated, priors)
    weight_of = {id(o): w if counts > 0 else 0.0
                 for o, w, counts in zip(observations, unrepeated, weights, strict=True)}
    windows = [replace(w, logodds=w.logodds * weight_of[id(first)] / first.logodds)
               for s in changes for first in s.observations[:1] for w in s.windows
               if first.logodds > 0]
    counts = [i for i, w in enumerate(weights) if w > 0]
    return Heard([observations[i] for i in counts], [weights[i] for i in counts],
                 [w for w in windows if w.logodds > 0])


def _news(said: Sequence[Statement], priors: Priors) -> set[int]:
    """Which undated changes are news: those before which nobody put the gainer there already.

    "X, which they captured" comes in reports long after the day; the first telling alone says that
    the change is fresh. Whatever says otherwise in between makes the next telling news again.
    """
    firsts = [s.observations[0] for s in said]
    undated = {s.observations[0].state for s in said if s.undated}
    by_state: dict[str, list[tuple[float, bool]]] = {state: [] for state in undated}
    for first in firsts:
        if first.state != CONTESTED:
            for state in (undated if first.affirms else undated & {first.state}):
                by_state[state].append((first.day, (state == first.state) == first.affirms))
    for tellings in by_state.values():
        tellings.sort()
    news = set()
    for statement in said:
        if statement.undated:
            first = statement.observations[0]
            tellings = by_state[first.state]
            index = bisect_left(tellings, (first.day - priors.undated_lag_days, False))
            if index == 0 or tellings[index - 1][1] != first.affirms:
                news.add(id(statement))
    return news


def _unrepeated(observations: Sequence[Observation], priors: Priors) -> list[float]:
    """Weights after repetition: an origin that says the same again adds the more, the longer ago
    it, or a stronger word of it, was."""
    by_key: dict[tuple[str, str, bool], list[int]] = defaultdict(list)
    for index, o in enumerate(observations):
        by_key[o.key].append(index)
    weights = [o.logodds for o in observations]
    for members in by_key.values():
        if len(members) == 1:
            continue
        for direction in (members, members[::-1]):
            stronger: list[int] = []
            for index in direction:
                here = observations[index]
                while stronger and not _outranks(observations, stronger[-1], index):
                    stronger.pop()
                if stronger:
                    apart = abs(here.day - observations[stronger[-1]].day)
                    new = here.logodds * (1 - exp(-apart / priors.repeat_days))
                    weights[index] = min(weights[index], new)
                stronger.append(index)
    return weights


def _outranks(observations: Sequence[Observation], one: int, other: int) -> bool:
    return (observations[one].logodds, -one) > (observations[other].logodds, -other)


def _capped(observations: Sequence[Observation], weights: list[float],
            priors: Priors) -> list[float]:
    """Weights after blocs: together at most ``bloc_cap`` times the bloc's strongest, spent on the
    strongest, the earliest first among equals. A bloc lasts a day from its first telling, whatever
    the calendar says. ``observations`` rise in time.

    Outlets print what the agencies send: what an agency says counts towards the cap of the outlets
    that say the same of the same day, or on the day after.
    """
    blocs: dict[tuple[str, str, bool], list[list[int]]] = defaultdict(list)
    feeding: dict[tuple[str, str, bool], list[int]] = defaultdict(list)
    for index, o in enumerate(observations):
        if o.feeds is not None:
            feeding[(o.feeds, o.state, o.affirms)].append(index)
        if o.bloc is not None and weights[index] > 0:
            days_of = blocs[(o.bloc, o.state, o.affirms)]
            if not days_of or o.day - observations[days_of[-1][0]].day >= 1:
                days_of.append([])
            days_of[-1].append(index)
    out = list(weights)
    for key, days_of in blocs.items():
        fed = feeding.get(key, [])
        fed_days = [observations[i].day for i in fed]
        for members in days_of:
            first, last = observations[members[0]].day, observations[members[-1]].day
            near = fed[bisect_left(fed_days, first - 1):bisect_right(fed_days, last)]
            sent = max((weights[i] for i in near), default=0.0)
            strongest = max(sent, *(weights[i] for i in members))
            left = max(0.0, priors.bloc_cap * strongest - sent)
            for i in sorted(members, key=lambda i: (-weights[i], i)):
                out[i] = min(weights[i], left)
                left -= out[i]
    return out
