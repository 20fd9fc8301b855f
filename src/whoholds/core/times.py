"""Intervals of time that certainly contain an event, and instants written as text.

All instants are aware and in UTC. An open end is None. Both ends belong to the interval.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Literal

Granularity = Literal["second", "minute", "hour", "day", "week", "month", "year", "open"]

TICK = timedelta(seconds=1)  # the finest step: an interval's end is the last second inside it


@dataclass(frozen=True, slots=True)
class Interval:
    """From ``earliest`` to ``latest``, both inside; None is open.

    ``granularity`` says how finely the text spoke: "on Sunday" is a day, "at 6 pm" an hour.
    """

    earliest: datetime | None
    latest: datetime | None
    granularity: Granularity = "day"

    def __post_init__(self) -> None:
        for end in (self.earliest, self.latest):
            if end is not None and end.utcoffset() != timedelta(0):
                raise ValueError(f"not in UTC: {end!r}")
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError(f"ends before it begins: {self.earliest} > {self.latest}")

    @classmethod
    def of_days(cls, first: date, last: date | None = None, zone: tzinfo = UTC,
                granularity: Granularity = "day") -> Interval:
        """The whole days ``first`` to ``last`` in ``zone``."""
        start = datetime(first.year, first.month, first.day, tzinfo=zone).astimezone(UTC)
        after = (last or first) + timedelta(days=1)
        end = datetime(after.year, after.month, after.day, tzinfo=zone).astimezone(UTC) - TICK
        return cls(start, end, granularity)

    def to_json(self) -> list[str | None]:
        """``[earliest, latest, granularity]``, instants as in :func:`instant_text`."""
        return [instant_text(self.earliest), instant_text(self.latest), self.granularity]

    @classmethod
    def from_json(cls, value: list[str | None]) -> Interval:
        earliest, latest, granularity = value
        return cls(parse_instant(earliest) if earliest else None,
                   parse_instant(latest) if latest else None,
                   granularity or "day")  # type: ignore[arg-type]


def instant_text(instant: datetime | None) -> str | None:
    """``2021-08-15T18:00:00Z``, or None."""
    if instant is None:
        return None
    return instant.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def parse_instant(text: str) -> datetime:
    """An ISO 8601 instant with a zone (or ``Z``) as UTC; ValueError where it has none."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(f"no time zone: {text}")
    return instant.astimezone(UTC)


def parse_moment(text: str, zone: tzinfo = UTC) -> Interval:
    """What a person types for a moment: a date (the whole day) or an instant (that second).

    An instant without a zone is taken in ``zone``. Raises ValueError with the text in it.
    """
    text = text.strip()
    try:
        if len(text) <= 10:
            return Interval.of_days(date.fromisoformat(text), zone=zone)
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"not a date or time: {text!r} (write 2021-08-15 or "
                         "2021-08-15T18:00Z)") from error
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=zone)
    instant = instant.astimezone(UTC).replace(microsecond=0)
    return Interval(instant, instant, "second")
