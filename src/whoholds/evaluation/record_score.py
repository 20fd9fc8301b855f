"""Scores beliefs against a record of changes: found, missed, invented, days off, Brier score.

A change is found when a believed change of the same place into the same side lies within three days
of the recorded day (days are counted on the place's own calendar, each believed change is used
once, nearest pairs first). A recorded change that is not found is missed. A believed change of a
place of the record that finds no row is *invented*; only changes between the record's first and
last day, three days either side, are looked at, since the record says nothing of other times.

Brier (1950) score, 0 to 2, of each day's noon between a place's first and last row, three days
either side, days of change left out: the sum over holders of (probability - outcome) squared. What
a belief leaves unassigned, all of it where a place is unknown, counts as spread evenly over the
sides that the record names there, *contested* and *other*: ignorance, not error. What it gives to
*other* (a side that no report named) counts for the record's sides that it does not name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from statistics import median

from whoholds.core import CONTESTED, OTHER, Interval, Json
from whoholds.evaluation.record import Change

TOLERANCE_DAYS = 3
"""How far a believed change may lie from the recorded day: days are themselves disputed by one or
two, and an outlet prints a day or two late."""

Belief = Callable[[str, str, str, datetime, "datetime | None"], Mapping[str, float]]
"""(place, kind, country, valid_at, known_at) -> probability by side; empty for an unknown place.
``known_at`` None is hindsight. ``contested`` and ``other`` are keys like sides."""
Changes = Callable[[str, str, str], "Iterable[Believed]"]
"""(place, kind, country) -> the changes of holder that are believed, with hindsight: entries of a
side whose moment the claims bound. That somebody held a place from the start is no change."""
SideOf = Callable[[str, str], "str | None"]
"""(holder as the record writes it, country) -> the id of its side, None where nobody knows it."""
ZoneOf = Callable[[str, str, str], tzinfo]
"""(place, kind, country) -> the time zone of its calendar."""


@dataclass(frozen=True, slots=True)
class Believed:
    """A believed change: into whose hands, and the posterior median of its moment (UTC)."""

    side: str
    median_at: datetime


@dataclass(frozen=True, slots=True)
class RowScore:
    """A record row with the believed change into its side, and how many days that is off."""

    change: Change
    side: str | None
    believed: Believed | None
    days_off: int | None
    found: bool


@dataclass(frozen=True, slots=True)
class RecordScore:
    """The score of beliefs; ``brier`` with hindsight, ``brier_as_known`` as known each day."""

    found: int
    missed: int
    invented: int
    days_off_median: float | None
    days_off_p90: float | None
    brier: float | None
    brier_as_known: float | None
    place_days: int
    rows: tuple[RowScore, ...] = field(default=(), repr=False)
    inventions: tuple[tuple[str, Believed], ...] = field(default=(), repr=False)

    def to_json(self) -> dict[str, Json]:
        return {
            "found": self.found, "missed": self.missed, "invented": self.invented,
            "days_off_median": self.days_off_median, "days_off_p90": self.days_off_p90,
            "brier": self.brier, "brier_as_known": self.brier_as_known,
            "place_days": self.place_days,
            "rows": [_row_json(row) for row in self.rows],
            "inventions": [
                {"place": place, "side": one.side, "median_at": one.median_at.isoformat()}
                for place, one in self.inventions]}


def solar_zone(longitude: float) -> timezone:
    """The time zone that the sun gives a longitude (degrees east), to the hour."""
    return timezone(timedelta(hours=round(longitude / 15)))


def score_record(record: Sequence[Change], belief: Belief, changes: Changes, side_of: SideOf,
                 zone_of: ZoneOf = lambda *_: UTC) -> RecordScore:
    """Compares beliefs with a record of changes, as the module describes."""
    by_place: dict[tuple[str, str, str], list[Change]] = {}
    for change in sorted(record, key=lambda c: (c.where, c.day, c.holder_after)):
        by_place.setdefault(change.where, []).append(change)
    rows: list[RowScore] = []
    inventions: list[tuple[str, Believed]] = []
    for where, own in by_place.items():
        zone = zone_of(*where)
        believed = sorted(changes(*where), key=lambda b: (b.median_at, b.side))
        matched = _matched(own, believed, side_of, zone)
        rows += matched
        inventions += [(where[0], one) for one in _left_over(believed, matched)
                       if _within(_local_day(one.median_at, zone), record)]
    hindsight, as_known = _brier(by_place, belief, side_of, zone_of)
    off = [row.days_off for row in rows if row.found and row.days_off is not None]
    found = sum(row.found for row in rows)
    return RecordScore(
        found=found, missed=len(rows) - found, invented=len(inventions),
        days_off_median=float(median(off)) if off else None, days_off_p90=_percentile(off, 0.9),
        brier=_mean(hindsight), brier_as_known=_mean(as_known), place_days=len(hindsight),
        rows=tuple(rows), inventions=tuple(inventions))


# -- changes ----------------------------------------------------------------------------------


def _local_day(moment: datetime, zone: tzinfo) -> date:
    return moment.astimezone(zone).date()


def _matched(own: Sequence[Change], believed: Sequence[Believed], side_of: SideOf,
             zone: tzinfo) -> list[RowScore]:
    """Each row with its believed change: nearest pairs first, each believed change once."""
    sides = [side_of(change.holder_after, change.country) for change in own]
    pairs = sorted(
        (abs((_local_day(one.median_at, zone) - change.day).days), r, b)
        for r, change in enumerate(own) for b, one in enumerate(believed) if one.side == sides[r])
    taken: dict[int, tuple[int, int]] = {}
    used: set[int] = set()
    for off, r, b in pairs:
        if r not in taken and b not in used:
            taken[r] = (b, off)
            used.add(b)
    return [RowScore(change, sides[r], believed[taken[r][0]], taken[r][1],
                     taken[r][1] <= TOLERANCE_DAYS) if r in taken
            else RowScore(change, sides[r], None, None, False)
            for r, change in enumerate(own)]


def _left_over(believed: Sequence[Believed], matched: Sequence[RowScore]) -> list[Believed]:
    left = list(believed)
    for row in matched:
        if row.found and row.believed is not None:
            left.remove(row.believed)
    return left


def _within(day: date, record: Sequence[Change]) -> bool:
    """Whether the record covers the day."""
    slack = timedelta(days=TOLERANCE_DAYS)
    return min(c.day for c in record) - slack <= day <= max(c.day for c in record) + slack


# -- Brier ------------------------------------------------------------------------------------


def _brier(by_place: Mapping[tuple[str, str, str], Sequence[Change]], belief: Belief,
           side_of: SideOf, zone_of: ZoneOf) -> tuple[list[float], list[float]]:
    """The score of every place and day: with hindsight, and as known on that day."""
    hindsight: list[float] = []
    as_known: list[float] = []
    for where, own in by_place.items():
        zone = zone_of(*where)
        sides = {_side(name, change, side_of) for change in own
                 for name in (change.holder_before, change.holder_after)}
        for day in _days(own):
            holder = _holder(own, day, side_of)
            noon = datetime.combine(day, time(12), zone).astimezone(UTC)
            for known_at, scores in ((None, hindsight),
                                     (Interval.of_days(day).latest, as_known)):
                scores.append(brier(belief(*where, noon, known_at), holder, sides))
    return hindsight, as_known


def _side(name: str, change: Change, side_of: SideOf) -> str:
    """The side's id; a holder whom nobody knows stays a side of its own."""
    return side_of(name, change.country) or f"record:{name}"


def _days(own: Sequence[Change]) -> list[date]:
    """The days scored: first to last row, three days either side, days of change left out."""
    slack = timedelta(days=TOLERANCE_DAYS)
    changed = {change.day for change in own}
    first, last = min(changed) - slack, max(changed) + slack
    return [day for n in range((last - first).days + 1)
            if (day := first + timedelta(days=n)) not in changed]


def _holder(own: Sequence[Change], day: date, side_of: SideOf) -> str:
    """Who held the place on a day that is no day of change."""
    before = [change for change in own if change.day < day]
    return _side(before[-1].holder_after, before[-1], side_of) if before \
        else _side(own[0].holder_before, own[0], side_of)


def brier(probabilities: Mapping[str, float], holder: str, sides: Iterable[str]) -> float:
    """The Brier score (0 to 2) of probabilities by holder when ``holder`` is the true one.

    What they leave unassigned is spread evenly over ``sides``, *contested* and *other*; what they
    give to *other*, over those of ``sides`` that they do not name.
    """
    states = {*sides, CONTESTED, OTHER, holder}
    unnamed = sorted({*sides, holder} - set(probabilities))
    if unnamed and probabilities.get(OTHER):
        shared = probabilities[OTHER] / len(unnamed)
        probabilities = {**probabilities, OTHER: 0.0, **dict.fromkeys(unnamed, shared)}
    left = max(0.0, 1.0 - sum(probabilities.values())) / len(states)
    return sum((probabilities.get(state, 0.0) + (left if state in states else 0.0)
                - (state == holder)) ** 2 for state in sorted(states | set(probabilities)))


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _percentile(values: Sequence[int], share: float) -> float | None:
    """The percentile with linear interpolation (type 7 of Hyndman and Fan 1996)."""
    if not values:
        return None
    ordered = sorted(values)
    at = share * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (at - low)


def _row_json(row: RowScore) -> Json:
    change = row.change
    return {"place": change.place, "kind": change.kind, "country": change.country,
            "holder_after": change.holder_after, "date": change.day.isoformat(),
            "found": row.found, "days_off": row.days_off,
            "median_at": row.believed.median_at.isoformat() if row.believed else None}
