"""Numbers over time as bounds, checked against each other, their parts, and the ledger's count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil, floor, inf
from typing import Literal

from whoholds.belief.model import beliefs
from whoholds.belief.priors import Priors
from whoholds.belief.testimony import known
from whoholds.core import CONTESTED, OTHER, Evidence, Place, Quantity

VAGUE: Mapping[str, tuple[float, float]] = {
    "dozens": (24, 99), "hundreds": (200, 999), "thousands": (2_000, 9_999), "several": (3, 9),
    "many": (3, inf)}
"""What a number word that names no number bounds: two of its unit at least, less than the next."""

ABOUT = 0.2
"""*About n* lies within this share of n: half a step of the roundest numbers (1, 2, 5, 10)."""


@dataclass(frozen=True, slots=True)
class Bounded:
    """One quantity told: between ``low`` and ``high`` (infinite: no bound) of ``unit``.

    ``of`` is the whole where the text gives one; ``earliest`` and ``latest`` its valid time.
    """

    claim_id: str
    kind: str
    actor_side: str | None
    place_id: str
    unit: str
    low: float
    high: float
    of: float | None
    earliest: datetime | None
    latest: datetime | None
    origin: str


@dataclass(frozen=True, slots=True)
class Check:
    """Whether numbers fit. ``rule``: *parts* (of one claim), *share* (part against whole),
    *sources* (two claims of one thing at one time), *ledger* (against believed members of a
    place set: ``low`` to ``high`` is the interval believed; of ``untold`` members nobody says who
    holds them, so that ``high`` counts them in). ``fits`` is the verdict."""

    rule: Literal["parts", "share", "sources", "ledger"]
    claim_ids: tuple[str, ...]
    fits: bool
    low: float
    high: float
    untold: int = 0


@dataclass(frozen=True, slots=True)
class Series:
    """All quantities of one thing (kind, side, place, unit), by valid time, with their checks."""

    kind: str
    actor_side: str | None
    place_id: str
    unit: str
    points: tuple[Bounded, ...]
    checks: tuple[Check, ...]


def bounds(quantity: Quantity, whole: float | None = None) -> tuple[float, float]:
    """The least and greatest count that a quantity allows; ``whole`` turns shares into counts.

    Counts are whole numbers: *more than 20* is 21 or more. A share of an unknown whole stays a
    share between 0 and 1.
    """
    share = quantity.unit.startswith("share of")
    total = quantity.of if quantity.of is not None else whole
    if share and total is None:
        return _around(quantity, 1.0, step=0.0)
    if share:
        low, high = _around(quantity, 1.0, step=0.0)
        assert total is not None
        strict_low = quantity.bound in ("more than", "most")
        first = floor(low * total) + 1 if strict_low else ceil(low * total)
        return float(max(first, 0)), float(min(floor(high * total), total))
    return _around(quantity, inf if total is None else total, step=1.0)


def _around(quantity: Quantity, top: float, step: float) -> tuple[float, float]:
    bound, value = quantity.bound, quantity.value
    if bound == "all":
        return top, top
    if bound == "most":
        return (top / 2 + step / 2 if top < inf else 0.0), top
    if value is None:
        low, high = VAGUE.get(bound, (0.0, inf))
        return low, min(high, top)
    high = quantity.high if quantity.high is not None else value
    return {
        "exactly": (value, high), "between": (value, high), "at least": (value, top),
        "more than": (value + step, top), "at most": (0.0, value),
        "less than": (0.0, value - step), "about": (value * (1 - ABOUT), high * (1 + ABOUT)),
    }.get(bound, (value, top))


def singular(unit: str) -> str:
    """A counted thing in the singular, by its last word's ending: shares name theirs in the plural.
    """
    if unit.endswith("ies"):
        return unit[:-3] + "y"
    return unit[:-1] if unit.endswith("s") and not unit.endswith(("ss", "us", "is")) else unit


def counts_members(unit: str, place_set: Place) -> bool:
    """Whether what is counted are the set's own places, not something found in them."""
    words = " ".join((place_set.name, *place_set.names)).casefold().split()
    return singular(unit.casefold()).split()[-1:] in [[singular(w)] for w in words]


def tally(evidence: Iterable[Evidence], places: Sequence[Place], known_at: datetime | None = None,
          priors: Priors | None = None) -> tuple[Series, ...]:
    """Every series of numbers in what is known, checked; it moves no belief.

    ``places`` must hold the place sets that the numbers speak of, and their members.
    """
    priors = priors or Priors()
    items = known(evidence, known_at)
    sets = {p.id: p for p in places if p.members}
    groups: dict[tuple[str, str, str, str], list[tuple[Bounded, Evidence]]] = defaultdict(list)
    for item in {(e.claim.id, e.place_id): e for e in items}.values():
        point = _bounded(item, sets)
        if point is not None:
            groups[(point.kind, point.actor_side or "", point.place_id, point.unit)].append(
                (point, item))
    out = []
    for key in sorted(groups):
        told = sorted(groups[key], key=lambda pair: (_moment(pair[0]), pair[0].claim_id))
        points = tuple(point for point, _ in told)
        checks = [c for _, item in told for c in _own_checks(item)]
        checks += _between_sources(points)
        if key[2] in sets and counts_members(key[3], sets[key[2]]):
            checks += _against_ledger(points, sets[key[2]], places, items, priors)
        out.append(Series(points[0].kind, points[0].actor_side, points[0].place_id,
                          points[0].unit, points, tuple(checks)))
    return tuple(out)


def _moment(point: Bounded) -> str:
    moment = point.latest or point.earliest
    return moment.isoformat() if moment else ""


def _bounded(item: Evidence, sets: Mapping[str, Place]) -> Bounded | None:
    claim = item.claim
    if claim.quantity is None or claim.modality != "actual" or claim.polarity != "affirmed":
        return None
    unit = singular(claim.quantity.unit.removeprefix("share of ").strip())
    in_set = sets.get(item.place_id)
    whole = float(len(in_set.members)) if (
        in_set and in_set.complete and counts_members(unit, in_set)) else None
    low, high = bounds(claim.quantity, whole)
    counted = unit if whole or claim.quantity.of else singular(claim.quantity.unit)
    valid = claim.valid
    return Bounded(claim.id, claim.kind, item.actor_side, item.place_id, counted, low, high,
                   claim.quantity.of if claim.quantity.of is not None else whole,
                   valid.earliest if valid else None, valid.latest if valid else None, item.origin)


def _own_checks(item: Evidence) -> list[Check]:
    quantity = item.claim.quantity
    assert quantity is not None
    out = []
    low, high = bounds(quantity)
    if quantity.parts:
        total = float(sum(quantity.parts))
        out.append(Check("parts", (item.claim.id,), total <= high, total, total))
    if quantity.of is not None and not quantity.unit.startswith("share of"):
        out.append(Check("share", (item.claim.id,), low <= quantity.of, 0.0, quantity.of))
    return out


def _between_sources(points: Sequence[Bounded]) -> list[Check]:
    """Each pair of neighbours in time by different origins that speak of the same day."""
    out = []
    for index, one in enumerate(points):
        for other in points[index + 1:]:
            if one.latest is None or other.latest is None or (
                    abs((other.latest - one.latest).total_seconds()) >= 86400):
                break
            if one.origin != other.origin:
                low, high = max(one.low, other.low), min(one.high, other.high)
                out.append(Check("sources", (one.claim_id, other.claim_id), low <= high, low, high))
    return out


def _against_ledger(points: Sequence[Bounded], place_set: Place, places: Sequence[Place],
                    items: Sequence[Evidence], priors: Priors) -> list[Check]:
    by_id = {p.id: p for p in places}
    members = [by_id[m] for m in place_set.members if m in by_id]
    mine = [e for e in items if e.place_id in set(place_set.members)]
    out = []
    for point in points:
        if point.latest is None or point.actor_side is None or point.kind not in ("gain", "hold"):
            continue
        now = beliefs(mine, members, point.latest, None, priors)
        told = [b for b in now if any(s not in (CONTESTED, OTHER) for s, _ in b.states)]
        held = {b.place.id: dict(b.states).get(point.actor_side, 0.0) for b in told}
        if point.kind == "gain" and point.earliest is not None:
            # Taken within a period: held at its end and not yet at its beginning.
            for b in beliefs(mine, members, point.earliest, None, priors):
                if b.place.id in held:
                    held[b.place.id] = max(
                        0.0, held[b.place.id] - dict(b.states).get(point.actor_side, 0.0))
        untold = len(place_set.members) - len(told)
        low, high = count_interval([held[i] for i in sorted(held)], priors.since_mass_p)
        fits = low <= point.high and (point.low <= high + untold or not place_set.complete)
        out.append(Check("ledger", (point.claim_id,), fits, float(low), float(high + untold),
                         untold))
    return out


def count_interval(probabilities: Sequence[float], mass_p: float) -> tuple[int, int]:
    """The central interval, of mass at least ``mass_p``, of how many independent things are so
    (the Poisson binomial distribution, exactly)."""
    counts = [1.0]
    for p in probabilities:
        counts = [(counts[k] if k < len(counts) else 0.0) * (1 - p)
                  + (counts[k - 1] * p if k else 0.0) for k in range(len(counts) + 1)]
    tail = (1 - mass_p) / 2
    below, low = 0.0, 0
    while low < len(counts) - 1 and below + counts[low] < tail:
        below += counts[low]
        low += 1
    above, high = 0.0, len(counts) - 1
    while high > low and above + counts[high] < tail:
        above += counts[high]
        high -= 1
    return low, high
