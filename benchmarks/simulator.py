"""Theatres of war that never were: places whose history is known, and what sources say of them.

Every draw comes from one seeded generator, so a scenario and a seed are the same theatre anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np

from whoholds.core import CONTESTED, Claim, Evidence, Interval, Mention, Place, Source, Span

START = datetime(2040, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
SIDES = ("blue", "red")


@dataclass(frozen=True, slots=True)
class Teller:
    """A source. ``right_p``: probability that one statement is right; ``event_p``: that it tells a
    given change; ``holds_per_day``: statements of who holds a place, per place; ``delay_days``:
    mean delay; ``dated_p``: probability that a change is told with its day; ``biased_p``: of naming
    its own side whatever is so. ``copies``: the teller that it copies instead of seeing for itself.
    ``marked_p`` and ``cited_p``: probability that a copy is found as a near-copy, or says whose
    word it is; what remains looks like its own."""

    name: str
    origin_class: str = "agency"
    side: str | None = None
    right_p: float = 0.9
    event_p: float = 0.6
    holds_per_day: float = 0.04
    delay_days: float = 0.5
    dated_p: float = 0.5
    biased_p: float = 0.0
    copies: str | None = None
    marked_p: float = 0.5
    cited_p: float = 0.3


@dataclass(frozen=True, slots=True)
class Theatre:
    """The truth (per place, rising (day, state) pairs in days since ``START``; the last marks the
    end) and what was told."""

    places: tuple[Place, ...]
    truth: Mapping[str, tuple[tuple[float, str], ...]]
    evidence: tuple[Evidence, ...]
    days: int

    def state(self, place_id: str, day: float) -> str:
        """Who held a place, or *contested*."""
        return next(s for t, s in reversed(self.truth[place_id]) if t <= day)

    def entered(self, place_id: str, day: float) -> float:
        """When the state at ``day`` began."""
        return next(t for t, _ in reversed(self.truth[place_id]) if t <= day)


@dataclass(frozen=True, slots=True)
class Scenario:
    """Who tells, and how long a place stays with one side (mean, days)."""

    tellers: tuple[Teller, ...]
    dwell_days: float = 40.0
    fight_p: float = 0.35
    fight_days: float = 2.0


def _independent(count: int, right_p: float = 0.9) -> tuple[Teller, ...]:
    return tuple(Teller(f"agency{n}", right_p=right_p) for n in range(count))


SCENARIOS: Mapping[str, Scenario] = {
    "clean": Scenario(_independent(5)),
    "biased": Scenario((
        *_independent(2),
        Teller("blue ministry", "official", "blue", 0.85, 0.6, 0.15, 0.3, 0.5, 0.6),
        Teller("blue spokesman", "spokesperson", "blue", 0.85, 0.6, 0.15, 0.3, 0.5, 0.6),
        Teller("red spokesman", "spokesperson", "red", 0.85, 0.8, 0.1, 0.3, 0.5, 0.5))),
    "copying": Scenario((
        *_independent(3), Teller("wire", right_p=0.6, holds_per_day=0.08),
        *(Teller(f"outlet{n}", "outlet", copies="wire") for n in range(8)))),
    "adversarial": Scenario((
        *_independent(3), Teller("decent", "outlet", right_p=0.85),
        *(Teller(f"troll{n}", "social media", right_p=0.25, holds_per_day=0.08)
          for n in range(4)))),
}


@dataclass(frozen=True, slots=True)
class _Said:
    place_id: str
    kind: str
    side: str
    valid: Interval
    known: datetime


@dataclass
class _Pen:
    """Writes evidence down, numbering reports."""

    written: list[Evidence] = field(default_factory=list)

    def write(self, teller: Teller, said: _Said, copy_of: str | None = None,
              origin: Teller | None = None) -> None:
        at = len(self.written)
        said_by = origin or teller
        span = Span(0, 9)
        claim = Claim(
            f"report{at}", said.kind, span, span,  # type: ignore[arg-type]
            (Source(teller.name, "outlet"),), actor=Mention(span, said.side, "name", said.side),
            place=Mention(span, said.place_id, "name", said.place_id), valid=said.valid)
        self.written.append(Evidence(
            claim, said.place_id, said.side, None, said_by.name, said_by.origin_class,
            said_by.side, said.known, teller.name, copy_of=copy_of))


def simulate(scenario: Scenario, places: int = 34, days: int = 60, seed: int = 1) -> Theatre:
    """A theatre of ``places`` over ``days`` as ``scenario``'s tellers tell it."""
    chance = np.random.default_rng(seed)
    names = [f"place{n:02d}" for n in range(places)]
    truth = {name: _history(scenario, days, chance) for name in names}
    pen = _Pen()
    by_name = {t.name: t for t in scenario.tellers}
    for teller in scenario.tellers:
        if teller.copies is None:
            for name in names:
                _tell(pen, teller, name, truth[name], chance)
    originals = list(pen.written)
    for teller in scenario.tellers:
        if teller.copies is not None:
            for item in originals:
                if item.outlet == teller.copies and chance.random() < teller.event_p:
                    _copy(pen, teller, by_name[teller.copies], item, chance)
    return Theatre(tuple(Place(n, n, "city") for n in names), truth, tuple(pen.written), days)


def _history(scenario: Scenario, days: int,
             chance: np.random.Generator) -> tuple[tuple[float, str], ...]:
    side = int(chance.integers(2))
    out, now = [(-1000.0, SIDES[side])], float(chance.exponential(scenario.dwell_days))
    while now < days:
        side = 1 - side
        if chance.random() < scenario.fight_p:
            out.append((now, CONTESTED))
            now += float(chance.exponential(scenario.fight_days))
        out.append((now, SIDES[side]))
        now += float(chance.exponential(scenario.dwell_days))
    kept = [(t, s) for t, s in out if t < days]
    return (*kept, (float(days), kept[-1][1]))


def _tell(pen: _Pen, teller: Teller, place_id: str, truth: tuple[tuple[float, str], ...],
          chance: np.random.Generator) -> None:
    """What a teller says of one place: changes it learns of, and now and then who holds it."""
    days = truth[-1][0]
    for (_, before), (day, state) in pairwise(truth[:-1]):
        if chance.random() >= teller.event_p:
            continue
        told = day + float(chance.exponential(teller.delay_days))
        if told < days:
            pen.write(teller, _event(teller, place_id, (before, state), (day, told), chance))
    for day in np.sort(chance.uniform(0, days, chance.poisson(teller.holds_per_day * days))):
        state = next(s for t, s in reversed(truth) if t <= day)
        if state != CONTESTED:
            known = START + float(day) * DAY
            pen.write(teller, _Said(place_id, "hold", _said(teller, state, chance),
                                    Interval(known, known), known))


def _event(teller: Teller, place_id: str, states: tuple[str, str], days: tuple[float, float],
           chance: np.random.Generator) -> _Said:
    """How a teller tells, on the second of ``days``, of a change between ``states`` on the
    first."""
    known = START + days[1] * DAY
    now = Interval(known, known)
    if states[1] == CONTESTED:
        return _Said(place_id, "clash", SIDES[1 - SIDES.index(states[0])], now, known)
    side = _said(teller, states[1], chance)
    if side != states[1]:
        return _Said(place_id, "hold", side, now, known)
    if chance.random() < teller.dated_p:
        first = START + int(days[0]) * DAY
        last = min(first + DAY - timedelta(seconds=1), known)
        return _Said(place_id, "gain", side, Interval(first, last), known)
    return _Said(place_id, "gain", side, Interval(None, known), known)


def _said(teller: Teller, state: str, chance: np.random.Generator) -> str:
    if teller.side is not None and chance.random() < teller.biased_p:
        return teller.side
    return state if chance.random() < teller.right_p else SIDES[1 - SIDES.index(state)]


def _copy(pen: _Pen, teller: Teller, copied: Teller, item: Evidence,
          chance: np.random.Generator) -> None:
    assert item.known_at is not None
    assert item.actor_side is not None
    assert item.claim.valid is not None
    known = item.known_at + timedelta(hours=float(chance.exponential(4.0)))
    drawn = chance.random()
    marked = drawn < teller.marked_p
    cited = not marked and drawn < teller.marked_p + teller.cited_p
    said = _Said(item.place_id, item.claim.kind, item.actor_side, item.claim.valid, known)
    pen.write(teller, said, item.claim.report_id if marked else None, copied if cited else None)
