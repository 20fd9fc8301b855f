"""What a person gives for a moment."""

from __future__ import annotations

from datetime import UTC, datetime

from whoholds.core import Interval, UsageError, parse_moment


def moment(text: str | Interval | datetime | None) -> Interval | None:
    """What a person gives for a moment, as an interval; UsageError where it means none."""
    if text is None or isinstance(text, Interval):
        return text
    if isinstance(text, datetime):
        if text.tzinfo is None:
            raise UsageError(f"a time without a zone: {text}")
        at = text.astimezone(UTC).replace(microsecond=0)
        return Interval(at, at, "second")
    try:
        return parse_moment(text)
    except ValueError as error:
        raise UsageError(str(error)) from error
    except OverflowError as error:
        raise UsageError(f"no calendar goes as far: {text!r}") from error
