"""Each source: what it said, how often it was borne out, whom it copies, when it fell silent; and
how reliable that makes it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from math import exp, log
from statistics import median
from types import MappingProxyType

import numpy as np

from whoholds.belief.model import solve_statements
from whoholds.belief.priors import Priors
from whoholds.belief.testimony import (
    Statement,
    days,
    known,
    reliability_logodds,
    sides_named,
    statements,
)
from whoholds.core import CONTESTED, OTHER, Evidence

BORNE_OUT_P = 0.8
"""A statement is borne out where the others make it this likely, contradicted at 1 - this: the
lower ends of ICD 203's *very likely* and the upper of *very unlikely*."""

SILENCE_FACTOR = 6.0
"""A gap this many times a source's median gap is a silence: under 2 % of the gaps of a source that
reports at random times are as long."""


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """What an origin said and what became of it.

    ``statements`` count control and combat claims, copies put together; of those with another
    origin on the same place, ``borne_out`` and ``contradicted`` count how the others' evidence
    alone judges them, ``alone`` those that nobody else speaks to within three days. ``late_days``
    is the median time by which it follows the first to say the same, where it was not first.
    ``reliability_p`` is the mean credence that the others give its statements, None where none
    could be judged. ``silences`` are its gaps in publication longer than its own rhythm explains.
    """

    origin: str
    origin_class: str
    origin_side: str | None
    statements: int
    borne_out: int
    contradicted: int
    alone: int
    late_days: float | None
    reliability_p: float | None
    silences: tuple[tuple[datetime, datetime], ...]


@dataclass(frozen=True, slots=True)
class Copying:
    """``outlet`` repeats ``copied`` (an outlet or an origin): ``copies`` of its ``reports`` are
    near-copies of or rest on it."""

    outlet: str
    copied: str
    copies: int
    reports: int


@dataclass(frozen=True, slots=True)
class _Judged:
    statement: Statement
    credence_p: float | None
    late: float | None


def sources(evidence: Iterable[Evidence], known_at: datetime | None = None,
            priors: Priors | None = None) -> tuple[SourceRecord, ...]:
    """The record of every origin in what is known, those with most statements first."""
    priors = priors or Priors()
    items = known(evidence, known_at)
    by_place: dict[str, list[Evidence]] = defaultdict(list)
    for item in items:
        by_place[item.place_id].append(item)
    judged: dict[str, list[_Judged]] = defaultdict(list)
    for place_id in sorted(by_place):
        for verdict in _judge(by_place[place_id], priors):
            judged[verdict.statement.item.origin].append(verdict)
    dates: dict[str, set[datetime]] = defaultdict(set)
    for item in items:
        if item.known_at is not None:
            dates[item.origin].add(item.known_at)
    out = [_record(origin, mine, sorted(dates[origin])) for origin, mine in judged.items()]
    return tuple(sorted(out, key=lambda r: (-r.statements, r.origin)))


def _judge(about: Sequence[Evidence], priors: Priors) -> list[_Judged]:
    """Each statement about one place against the posterior of all other origins."""
    said = statements(about, priors)
    states = (*sides_named(about), CONTESTED, OTHER)
    by_origin: dict[str, list[Statement]] = defaultdict(list)
    for statement in said:
        by_origin[statement.item.origin].append(statement)
    out = []
    for origin, mine in by_origin.items():
        others = [s for s in said if s.item.origin != origin]
        solved = solve_statements(others, states, priors)
        other_days = np.array(sorted(s.observations[0].day for s in others))
        for statement in mine:
            first = statement.observations[0]
            near = len(other_days) and np.abs(other_days - first.day).min() <= priors.repeat_days
            credence = None
            if near:
                p = float(solved.posterior(np.array([first.day]))[0][states.index(first.state)])
                credence = p if first.affirms else 1 - p
            out.append(_Judged(statement, credence, _lateness(statement, others)))
    return out


def _lateness(statement: Statement, others: Sequence[Statement]) -> float | None:
    """Days by which the first of the others to say the same came before; None where none did."""
    mine, said = statement.item.known_at, statement.observations[0]
    if mine is None:
        return None
    earlier = [o.item.known_at for o in others
               if o.item.known_at is not None and o.item.known_at < mine
               and (o.observations[0].state, o.observations[0].affirms)
               == (said.state, said.affirms)]
    return days(mine) - days(min(earlier)) if earlier else None


def _record(origin: str, mine: Sequence[_Judged], dates: Sequence[datetime]) -> SourceRecord:
    first = mine[0].statement.item
    credences = [j.credence_p for j in mine if j.credence_p is not None]
    late = [j.late for j in mine if j.late is not None]
    return SourceRecord(
        origin, first.origin_class, first.origin_side, len(mine),
        sum(p >= BORNE_OUT_P for p in credences), sum(p <= 1 - BORNE_OUT_P for p in credences),
        len(mine) - len(credences), median(late) if late else None,
        sum(credences) / len(credences) if credences else None, silences(dates))


def silences(dates: Sequence[datetime]) -> tuple[tuple[datetime, datetime], ...]:
    """The gaps between rising ``dates`` that are longer than their rhythm explains; none where
    there are fewer than five dates to tell a rhythm from."""
    gaps = [(b - a).total_seconds() for a, b in pairwise(dates)]
    if len(gaps) < 4:
        return ()
    usual = median(gaps)
    return tuple((dates[i], dates[i + 1]) for i, gap in enumerate(gaps)
                 if gap > SILENCE_FACTOR * usual)


def copying(evidence: Iterable[Evidence], known_at: datetime | None = None) -> tuple[Copying, ...]:
    """Who repeats whom: by near-copies of reports, and by claims that rest on another's word."""
    items = known(evidence, known_at)
    outlet_of = {e.claim.report_id: e.outlet for e in items}
    reports = Counter(outlet_of.values())
    seen: set[tuple[str, str, str]] = set()
    for e in items:
        if e.copy_of is not None and e.copy_of in outlet_of:
            seen.add((e.outlet, outlet_of[e.copy_of], e.claim.report_id))
        if e.origin_class == "agency" and e.origin != e.outlet:
            seen.add((e.outlet, e.origin, e.claim.report_id))
    count = Counter((outlet, copied) for outlet, copied, _ in seen if outlet != copied)
    return tuple(Copying(outlet, copied, n, reports[outlet])
                 for (outlet, copied), n in sorted(count.items(), key=lambda c: (-c[1], c[0])))


@dataclass(frozen=True, slots=True)
class Reliabilities:
    """Learned log-odds of being right about one statement, by origin, from what was known at
    ``known_at``: a versioned input of belief, never a side effect of it."""

    known_at: datetime | None
    origin_logodds: Mapping[str, float]

    def applied(self, priors: Priors) -> Priors:
        """``priors`` with these reliabilities in place of those of the class."""
        return replace(priors, origin_logodds=MappingProxyType(dict(self.origin_logodds)))


PRIOR_STATEMENTS = 10.0
"""How many judged statements the prior of the class is worth. An origin needs as many of its own to
count half."""


def fit(evidence: Iterable[Evidence], known_at: datetime | None = None,
        priors: Priors | None = None, rounds: int = 5) -> Reliabilities:
    """Reliabilities by expectation maximisation over what is known at ``known_at``.

    E: with r the origin's reliability so far and c the credence that all others give a statement,
    it is right with probability c r / (c r + (1 - c)(1 - r)). M: the mean of that, with the class
    as a Beta prior of ``PRIOR_STATEMENTS``. After Dawid and Skene, Applied Statistics 28 (1979)
    20-28, with one rate for each origin and the chain in place of their independent items.
    """
    base = priors or Priors()
    by_place: dict[str, list[Evidence]] = defaultdict(list)
    for item in known(evidence, known_at):
        by_place[item.place_id].append(item)
    learned: dict[str, float] = {}
    for _ in range(rounds):
        now = replace(base, origin_logodds=MappingProxyType(learned))
        rights: dict[str, list[float]] = defaultdict(list)
        prior: dict[str, float] = {}
        for place_id in sorted(by_place):
            for verdict in _judge(by_place[place_id], now):
                item = verdict.statement.item
                if verdict.credence_p is not None and (
                        verdict.statement.observations[0].state != CONTESTED):
                    right = _sigmoid(reliability_logodds(item, now))
                    so = verdict.credence_p * right
                    rights[item.origin].append(
                        so / (so + (1 - verdict.credence_p) * (1 - right)))
                    prior[item.origin] = _sigmoid(reliability_logodds(item, base))
        learned = {origin: _rate_logodds(rights[origin], prior[origin])
                   for origin in sorted(rights)}
    return Reliabilities(known_at, MappingProxyType(learned))


def _sigmoid(logodds: float) -> float:
    return 1 / (1 + exp(-logodds))


def _rate_logodds(rights: Sequence[float], prior_p: float) -> float:
    rate = (sum(rights) + PRIOR_STATEMENTS * prior_p) / (len(rights) + PRIOR_STATEMENTS)
    return log(rate / (1 - rate))
