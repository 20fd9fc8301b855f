"""What an expression of time means, before anybody knows which days that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Unit = Literal["minute", "hour", "day", "week", "weekend", "month", "year", "decade"]
Phase = Literal["whole", "early", "mid", "late"]
Side = Literal["ago", "ahead", "earlier", "later"]


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """Month, day and year as far as given; ``shift``: *last* (-1), *this* (0), *next* (1).

    ``year_shift`` is the same of the year: *July last year*.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_day: int | None = None
    shift: int | None = None
    phase: Phase = "whole"
    night: bool = False
    year_shift: int | None = None


@dataclass(frozen=True, slots=True)
class Weekday:
    """A weekday, Monday 0; ``shift`` as above; ``week`` the week it is in, counted from now."""

    day: int
    shift: int | None = None
    week: int | None = None
    night: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """The day, week, month … that is ``offset`` from the present one.

    ``so_far`` is *earlier this week* (before today), ``to_come`` *later this week*.
    """

    unit: Unit
    offset: int
    phase: Phase = "whole"
    so_far: bool = False
    to_come: bool = False
    night: bool = False
    eve: bool = False         # the night into today: overnight, last night


@dataclass(frozen=True, slots=True)
class Distance:
    """``low`` to ``high`` units from the present (*ago*, *ahead*) or from another event.

    ``high`` is None where the text sets no limit (*more than a week ago*).
    """

    unit: Unit
    low: float
    high: float | None
    side: Side
    counted: bool = False     # a stretch up to now or from now on: the past two days, within a week


@dataclass(frozen=True, slots=True)
class Same:
    """*That day*, *at the time*: the time last spoken of."""


@dataclass(frozen=True, slots=True)
class Daytime(Same):
    """*At noon*, *in the night*: of the day last spoken of, else of the latest one."""


Value: TypeAlias = CalendarDate | Weekday | Period | Distance | Same
