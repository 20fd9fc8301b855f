"""Known times as the store compares them: whole seconds since 1970-01-01T00:00:00Z.

Integers sort and compare alike in every database; text and native types do not.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from whoholds.core import Interval

Moment: TypeAlias = "Interval | datetime | None"

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)
FINE = frozenset({"second", "minute", "hour"})  # granularities that name a time of day


def seconds(instant: datetime | None) -> int | None:
    """Whole seconds since the epoch, rounded down; None for an open end."""
    return None if instant is None else (instant - EPOCH) // SECOND


def instant(value: int | None) -> datetime | None:
    """The instant of :func:`seconds`."""
    return None if value is None else EPOCH + value * SECOND


def reported_ends(published: Interval | None) -> tuple[int | None, int | None]:
    """When a report is known: (against an instant, against a date), seconds.

    Against an instant a report is known from the end of its interval. Against a date, calendar days
    are compared: a report dated by the day alone counts with its own day wherever its zone lies,
    so the middle of the day stands for it (in UTC the same date for all zones from -11 h to +12 h).
    """
    if published is None or published.latest is None:
        return None, None
    latest = seconds(published.latest)
    assert latest is not None
    earliest = seconds(published.earliest)
    if published.granularity == "day" and earliest is not None:
        return latest, (earliest + latest + 1) // 2
    return latest, latest


def known_limit(known_at: Moment) -> tuple[int | None, bool]:
    """(the last second that counts, whether ``known_at`` is a date); None: everything counts."""
    if known_at is None:
        return None, False
    if isinstance(known_at, datetime):
        return seconds(known_at), False
    return seconds(known_at.latest), known_at.granularity not in FINE
