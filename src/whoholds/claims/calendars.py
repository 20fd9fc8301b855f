"""Turns the value of an expression of time into an interval, given the publication and the tense.

News style: in a report of a Friday, *Friday* is that day; *in May* is the latest May that is not in
the future, or for the future the next one. A week runs from Monday to Sunday (ISO 8601). Days are
whole days in the zone that the publication's day was taken in (UTC where unknown).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Literal

from whoholds.claims.timevalues import (
    CalendarDate,
    Distance,
    Period,
    Phase,
    Same,
    Unit,
    Value,
    Weekday,
)
from whoholds.core import Granularity, Interval

Direction = Literal["past", "future"]

_LENGTH = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1),
           "week": timedelta(weeks=1), "weekend": timedelta(weeks=1), "month": timedelta(days=31),
           "year": timedelta(days=366), "decade": timedelta(days=3653)}
"""The longest that one unit lasts: intervals must certainly contain the event."""
_DAY = timedelta(days=1)


def length(unit: Unit, count: float) -> timedelta:
    """The longest that ``count`` units last; decades and centuries beyond the calendar are cut."""
    return min(_LENGTH[unit] * count, timedelta(days=365_000))


def shifted(instant: datetime | None, by: timedelta) -> datetime | None:
    """``instant`` moved; None (open) stays open, and so does what leaves the calendar."""
    if instant is None:
        return None
    try:
        return instant + by
    except OverflowError:
        return None


def resolve(value: Value, published: Interval | None, direction: Direction,
            spoken_of: Interval | None = None) -> Interval | None:
    """The interval that ``value`` means in a report published in ``published``.

    ``spoken_of`` is the time that the text last spoke of (for *that day*, *two days later*). None
    where the meaning needs a publication, or a time spoken of, that is not known.
    """
    if isinstance(value, CalendarDate) and value.year is not None and value.shift is None:
        return _on_calendar(value, value.year)
    if isinstance(value, Same):
        return spoken_of
    if isinstance(value, Distance) and value.side in ("earlier", "later"):
        return _from_event(value, spoken_of)
    if published is None or published.earliest is None or published.latest is None:
        return None
    if isinstance(value, Distance):
        return _from_now(value, published.earliest, published.latest)
    first = _on_day(value, published.earliest.date(), direction)
    last = _on_day(value, published.latest.date(), direction)
    if first is None or last is None:
        return None
    return Interval(_least(first.earliest, last.earliest), _most(first.latest, last.latest),
                    first.granularity)


def _least(a: datetime | None, b: datetime | None) -> datetime | None:
    return None if a is None or b is None else min(a, b)


def _most(a: datetime | None, b: datetime | None) -> datetime | None:
    return None if a is None or b is None else max(a, b)


def _on_day(value: Value, today: date, direction: Direction) -> Interval | None:
    if isinstance(value, Weekday):
        return _weekday(value, today, direction)
    if isinstance(value, Period):
        return _period(value, today, direction)
    if isinstance(value, CalendarDate) and value.month is None and value.day is not None:
        return _of_month(value, today, direction)
    return _undated_year(value, today, direction) if isinstance(value, CalendarDate) else None


# -- calendar dates -------------------------------------------------------------------------------


def _on_calendar(value: CalendarDate, year: int) -> Interval | None:
    """The days of ``value`` in ``year``; None for a day that the month does not have."""
    if value.month is None:
        return _of_phase(date(year, 1, 1), date(year, 12, 31), value.phase, "year")
    if not 1 <= value.month <= 12:
        return None
    length_of_month = monthrange(year, value.month)[1]
    if value.day is None:
        return _of_phase(date(year, value.month, 1), date(year, value.month, length_of_month),
                         value.phase, "month")
    last = value.last_day or value.day
    if value.day > length_of_month or last > length_of_month or last < value.day:
        return None
    end = date(year, value.month, last)
    return Interval.of_days(date(year, value.month, value.day), end + _DAY * value.night)


def _of_phase(first: date, last: date, phase: Phase, unit: Granularity) -> Interval:
    """The early, middle or late part of a stretch of days: each half of it, generously."""
    days = (last - first).days
    if phase == "early":
        last = first + timedelta(days=days // 2)
    elif phase == "late":
        first = last - timedelta(days=days // 2)
    elif phase == "mid":
        first, last = first + timedelta(days=days // 4), last - timedelta(days=days // 4)
    return Interval.of_days(first, last, granularity=unit)


def _undated_year(value: CalendarDate, today: date, direction: Direction) -> Interval | None:
    """A date without a year: the nearest one on the side that the tense looks to."""
    if value.year_shift is not None:
        return _on_calendar(value, today.year + value.year_shift)
    if value.shift is not None:
        return _with_shift(value, today)
    years = range(today.year - 8, today.year + 9)    # 29 February comes back within eight years
    found = [i for year in years if (i := _on_calendar(value, year)) is not None]
    start, end = _bounds(today)
    if direction == "past":
        past = [i for i in found if i.earliest and i.earliest <= end]
        return past[-1] if past else None
    ahead = [i for i in found if i.latest and i.latest >= start]
    return ahead[0] if ahead else None


def _with_shift(value: CalendarDate, today: date) -> Interval | None:
    """*Last July*, *this August*, *August next year*; *last* and *next* months are the nearest."""
    shift = value.shift or 0
    if value.month is None or shift == 0:
        return _on_calendar(value, today.year)
    month = (today.year, today.month)
    named = (today.year, value.month)
    if shift < 0:
        return _on_calendar(value, today.year if named < month else today.year - 1)
    return _on_calendar(value, today.year if named > month else today.year + 1)


def _bounds(day: date) -> tuple[datetime, datetime]:
    whole = Interval.of_days(day)
    assert whole.earliest is not None
    assert whole.latest is not None
    return whole.earliest, whole.latest


# -- weekdays, days, weeks, months ----------------------------------------------------------------


def _weekday(value: Weekday, today: date, direction: Direction) -> Interval:
    monday = today - timedelta(days=today.weekday())
    if value.week is not None or value.shift == 0:
        day = monday + timedelta(days=value.day, weeks=value.week or 0)
    elif value.shift == -1:
        day = today - timedelta(days=(today.weekday() - value.day - 1) % 7 + 1)
    elif value.shift == 1:
        day = today + timedelta(days=(value.day - today.weekday() - 1) % 7 + 1)
        if day < monday + timedelta(weeks=1):   # next Friday, said on a Monday: this week's or not
            return Interval.of_days(day, day + timedelta(weeks=1))
    elif direction == "past":
        day = today - timedelta(days=(today.weekday() - value.day) % 7)
    else:
        day = today + timedelta(days=(value.day - today.weekday()) % 7)
    return Interval.of_days(day, day + _DAY * value.night)


def _of_month(value: CalendarDate, today: date, direction: Direction) -> Interval | None:
    """*On the 5th*: the nearest on the side that the tense looks to."""
    months = [today.year * 12 + today.month - 1 + step for step in (
        (0, -1, -2) if direction == "past" else (0, 1, 2))]
    for month in months:
        found = _on_calendar(replace(value, month=month % 12 + 1), month // 12)
        if found is None or found.earliest is None or found.latest is None:
            continue
        day = found.earliest.date()
        if (day <= today) if direction == "past" else (found.latest.date() >= today):
            return found
    return None


def _period(value: Period, today: date, direction: Direction = "past") -> Interval:
    if value.unit == "day":
        day = today + timedelta(days=value.offset)
        return Interval.of_days(day - _DAY * value.eve, day + _DAY * value.night)
    first, last, unit = _unit_days(value, today)
    if value.unit == "weekend" and direction == "future" and value.offset == 0 and last < today:
        first, last = first + 7 * _DAY, last + 7 * _DAY      # by the weekend
    if value.so_far:
        return Interval.of_days(min(first, today - _DAY), min(last, today - _DAY)
                                if value.offset == 0 else last, granularity=unit)
    if value.to_come:
        return Interval.of_days(max(first, today), max(last, today + _DAY), granularity=unit)
    return _of_phase(first, last, value.phase, unit)


def _unit_days(value: Period, today: date) -> tuple[date, date, Granularity]:
    """First and last day of the week, weekend, month, year or decade at the offset."""
    if value.unit == "week":
        monday = today + timedelta(weeks=value.offset) - timedelta(days=today.weekday())
        return monday, monday + timedelta(days=6), "week"
    if value.unit == "weekend":
        saturday = today - timedelta(days=(today.weekday() - 5) % 7) + timedelta(
            weeks=max(value.offset, 0))
        if value.offset < 0 and today.weekday() >= 5:
            saturday -= timedelta(weeks=1)
        return saturday, saturday + _DAY, "day"
    if value.unit == "month":
        months = today.year * 12 + today.month - 1 + value.offset
        year, month = months // 12, months % 12 + 1
        return date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month"
    span = 10 if value.unit == "decade" else 1
    year = today.year // span * span + value.offset * span
    return date(year, 1, 1), date(year + span - 1, 12, 31), "year"


# -- distances ------------------------------------------------------------------------------------


def _granularity(unit: Unit) -> Granularity:
    return {"weekend": "day", "decade": "year"}.get(unit, unit)  # type: ignore[return-value]


def _from_now(value: Distance, start: datetime, end: datetime) -> Interval:
    """*Two days ago*, *in the coming weeks*: whole days where the unit is a day or more."""
    low = _LENGTH[value.unit] * value.low if value.unit in ("minute", "hour", "day", "week") \
        else _shortest(value.unit, value.low)
    high = length(value.unit, value.high) if value.high is not None else None
    if value.unit not in ("minute", "hour"):      # whole days, outwards
        low, high = timedelta(days=low.days), -(-high // _DAY) * _DAY if high is not None else None
    if value.side == "ago":
        latest = shifted(end, -(timedelta(0) if value.counted else low))
        earliest = shifted(start, -high) if high is not None else None
    else:
        earliest = shifted(start, timedelta(0) if value.counted else low)
        latest = shifted(end, high) if high is not None else None
    return Interval(earliest, latest, _granularity(value.unit))


def _shortest(unit: Unit, count: float) -> timedelta:
    return min({"month": timedelta(days=28), "year": timedelta(days=365)}.get(
        unit, _LENGTH[unit]) * count, timedelta(days=365_000))


def _from_event(value: Distance, spoken_of: Interval | None) -> Interval | None:
    """*Two days later*: counted from the time last spoken of."""
    if spoken_of is None:
        return None
    low, high = around(value)
    if value.side == "later":
        return Interval(shifted(spoken_of.earliest, low),
                        shifted(spoken_of.latest, high) if high is not None else None,
                        _granularity(value.unit))
    return Interval(shifted(spoken_of.earliest, -high) if high is not None else None,
                    shifted(spoken_of.latest, -low), _granularity(value.unit))


def around(value: Distance) -> tuple[timedelta, timedelta | None]:
    """The least and the most time between two events that are ``value`` apart."""
    low = timedelta(0) if value.low < 1 else _shortest(value.unit, value.low)
    return low, length(value.unit, value.high) if value.high is not None else None
