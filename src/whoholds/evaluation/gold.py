"""Gold claims: what careful coders read in a report, one JSON object a line."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import Any, get_args

from whoholds.core import InputError, Interval, Json, Kind, Modality, Polarity, Span

_NEEDED = ("report", "start", "end", "kind", "actor", "place", "time", "polarity", "modality",
           "sources", "core")
_MOST_ALTERNATIVES = 14   # readings grow as their power set; more would be no gold any more


@dataclass(frozen=True, slots=True)
class Amount:
    """A gold quantity; None where the coder gave nothing."""

    value: float | None
    bound: str
    unit: str
    high: float | None = None
    of: float | None = None
    parts: tuple[float, ...] = ()

    def to_json(self) -> dict[str, Json]:
        return {"value": self.value, "bound": self.bound, "unit": self.unit, "high": self.high,
                "of": self.of, "parts": list(self.parts)}


@dataclass(frozen=True, slots=True)
class Gold:
    """One gold claim. ``report`` is the file's name, ``span`` its characters (code points).

    ``place`` lists names that are equally good, None for no place; ``earliest`` and ``latest`` are
    days, None for open; ``sources`` run from the outlet to the origin; ``alternatives`` are other
    readings that are as good. A claim that is not ``core`` counts neither way.
    """

    report: str
    span: Span
    evidence: str
    kind: str
    actor: str | None
    counterpart: str | None
    place: tuple[str, ...] | None
    part: str | None
    earliest: date | None
    latest: date | None
    polarity: str
    modality: str
    sources: tuple[str, ...]
    quantity: Amount | None
    core: bool
    alternatives: tuple[Gold, ...] = ()

    @property
    def readings(self) -> tuple[Gold, ...]:
        """The claim itself, then its alternatives."""
        return (self, *self.alternatives)

    @property
    def is_fact(self) -> bool:
        """Affirmed as something that is or was so."""
        return self.polarity == "affirmed" and self.modality == "actual"

    def interval(self) -> Interval:
        """The valid time as an interval of instants."""
        first = Interval.of_days(self.earliest).earliest if self.earliest else None
        last = Interval.of_days(self.latest).latest if self.latest else None
        return Interval(first, last)


def read_gold(text: str, where: str) -> tuple[Gold, ...]:
    """The gold claims of a JSON Lines text; InputError names the line and what is wrong with it."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(f"{where}:{number}", f"not JSON ({error.msg})") from error
        if not isinstance(row, dict):
            raise InputError(f"{where}:{number}", "not an object")
        try:
            found.append(_with_alternatives(row))
        except _Wrong as error:
            raise InputError(f"{where}:{number}", str(error)) from error
    return tuple(found)


class _Wrong(ValueError):
    """What is wrong with a line."""


def _with_alternatives(row: dict[str, Any]) -> Gold:
    missing = [name for name in _NEEDED if name not in row]
    if missing:
        raise _Wrong(f"lacks {', '.join(missing)}")
    changes = row.get("alternatives") or []
    if not isinstance(changes, list) or len(changes) > _MOST_ALTERNATIVES or not all(
            isinstance(change, dict) for change in changes):
        raise _Wrong(f"alternatives: a list of at most {_MOST_ALTERNATIVES} objects is expected")
    readings = []
    for many in range(1, len(changes) + 1):
        for some in combinations(changes, many):
            fields = [name for change in some for name in change]
            if len(set(fields)) == len(fields):     # two alternatives for one field exclude another
                readings.append(_one({**row, **{k: v for change in some
                                                for k, v in change.items()}}))
    return replace(_one(row), alternatives=tuple(readings))


def _one(row: dict[str, Any]) -> Gold:
    kind = _choice(row, "kind", get_args(Kind))
    place = row["place"]
    if place is not None and not (isinstance(place, list) and place
                                  and all(isinstance(name, str) for name in place)):
        raise _Wrong("place: a list of names or null is expected")
    sources = row["sources"]
    if not (isinstance(sources, list) and sources and all(isinstance(s, str) for s in sources)):
        raise _Wrong("sources: a list of names is expected, the outlet first")
    try:
        span = Span(row["start"], row["end"])
    except (TypeError, ValueError) as error:
        raise _Wrong(f"start, end: {row['start']!r}, {row['end']!r} is no span") from error
    earliest, latest = _days(row["time"])
    return Gold(
        report=str(row["report"]), span=span, evidence=str(row.get("evidence") or ""), kind=kind,
        actor=_text(row, "actor"), counterpart=_text(row, "counterpart"),
        place=tuple(place) if place is not None else None, part=_text(row, "part"),
        earliest=earliest, latest=latest, polarity=_choice(row, "polarity", get_args(Polarity)),
        modality=_choice(row, "modality", get_args(Modality)), sources=tuple(sources),
        quantity=_amount(row.get("quantity")), core=bool(row["core"]))


def _choice(row: dict[str, Any], name: str, known: tuple[str, ...]) -> str:
    value = row[name]
    if value not in known:
        raise _Wrong(f"{name}: {value!r} is none of {', '.join(known)}")
    return str(value)


def _text(row: dict[str, Any], name: str) -> str | None:
    value = row.get(name)
    if value is not None and not isinstance(value, str):
        raise _Wrong(f"{name}: a text or null is expected, not {value!r}")
    return value or None


def _days(value: object) -> tuple[date | None, date | None]:
    if not (isinstance(value, list) and len(value) == 2):
        raise _Wrong("time: two days are expected, '..' for open")
    ends = []
    for end in value:
        try:
            ends.append(None if end in ("..", None) else date.fromisoformat(end))
        except (TypeError, ValueError) as error:
            raise _Wrong(f"time: {end!r} is no day (write 2021-08-15 or ..)") from error
    if ends[0] and ends[1] and ends[0] > ends[1]:
        raise _Wrong(f"time: ends before it begins ({value[0]} > {value[1]})")
    return ends[0], ends[1]


def _amount(value: object) -> Amount | None:
    if value is None:
        return None
    if not (isinstance(value, dict) and "value" in value and "bound" in value):
        raise _Wrong("quantity: value and bound are expected")
    return Amount(value["value"], str(value["bound"]), str(value.get("unit") or ""),
                  value.get("high"), value.get("of"), tuple(value.get("parts") or ()))


def within_a_day(gold: datetime, predicted: datetime | None) -> bool:
    """Whether an end is met: no more than 24 hours off."""
    return predicted is not None and abs(predicted - gold) <= timedelta(days=1)
