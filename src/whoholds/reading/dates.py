"""Moments of publication as they are written in manifests, metadata, addresses and datelines.

Only what is written counts: nothing here knows what day it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, tzinfo
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from whoholds.core import Interval, parse_moment

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
          "october", "november", "december")
WEEKDAY = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,?\s+)?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
MONTH = r"(?P<month>[a-z]{3,9})\.?"
YEAR = r"(?P<year>\d{4})(?!\d)"
CLOCK = r"(?:,?\s+(?:at\s+)?(?P<clock>\d{1,2}:\d\d(?::\d\d)?)(?:\s*(?P<zone>Z|UTC|GMT)\b)?)?"
WRITTEN = tuple(re.compile(WEEKDAY + order + CLOCK, re.IGNORECASE) for order in (
    rf"{DAY}\s+{MONTH},?\s+{YEAR}", rf"{MONTH}\s+{DAY},?\s+{YEAR}"))
ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:?\d\d(?::?\d\d(?:[.,]\d+)?)?"
                 r"(?:Z|[+-]\d\d(?::?\d\d)?)?)?")
COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
SLASHED = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
SPACED_ZONE = re.compile(r"(?<=\d)\s+(?=[+-]\d\d:?\d\d$)|\s*(?:UTC|GMT)$")

URL_DATES = (
    re.compile(r"(?<!\d)(?P<year>(?:19|20|21)\d\d)[/-](?P<month>\d{1,2}|[a-z]{3,9})[/-]"
               r"(?P<day>\d{1,2})(?!\d)", re.IGNORECASE),
    re.compile(r"(?<!\d)(?P<year>(?:19|20|21)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)"))

LABEL = re.compile(r"(?:date|dated|published|posted|issued|first published)(?: on| at)?\s*:?\s+",
                   re.IGNORECASE)
PLACE_LINE = re.compile(  # what stands before the date in "KABUL, Afghanistan, August 15, 2021 —"
    r"[A-Z][A-Z.'’\- ]+(?:[,/] ?[A-Z][\w.'’ -]*)*\s*(?:\([\w ]+\)\s*)?[,—–-]+\s*")
BY_ITSELF = re.compile(r"\s*(?:\||$)")
AFTER_PLACE = re.compile(r"\s*(?:[(—–:|-]|$)")
LONGEST = 100            # characters: a date with weekday, month, clock and zone has under 50
YEARS = range(1600, 2200)  # newspapers begin in 1605; beyond, a typing error is likelier
UNREAL = datetime.min
DATELINE_LINES = 4       # non-empty lines from the top in which a dateline may stand
DATELINE_LENGTH = 200    # characters of a line that are looked at


class Dated(NamedTuple):
    """When something was published, and whether its time zone was known."""

    interval: Interval
    zone_known: bool


def read_date(text: str, zone: tzinfo | None = None) -> Dated | None:
    """The moment that ``text`` writes, None where it writes none.

    Understands ISO 8601 (also compact, slashed, with a blank before the zone), mail and feed dates
    (RFC 5322), and *15 August 2021*, *Aug. 15, 2021 18:05 GMT*. Day-first and month-first numbers
    (*08/09/2021*) are ambiguous and refused. What has no zone of its own is taken in ``zone``, or
    in UTC and marked.
    """
    if len(text) > LONGEST:
        return None
    text = " ".join(text.split())
    given = zone is not None
    for reading in (_iso, _mail, _written):
        found = reading(text, zone or UTC)
        if found is not None and (found[0].latest or UNREAL).year in YEARS:
            return Dated(found[0], found[1] or given)
    return None


def _iso(text: str, zone: tzinfo) -> tuple[Interval, bool] | None:
    text = SPACED_ZONE.sub(lambda m: "Z" if m.group().strip() else "", text)
    for pattern in (COMPACT, SLASHED):
        match = pattern.match(text)
        if match and not text[match.end():match.end() + 1].isdigit():
            year, month, day = match.groups()
            text = f"{year}-{int(month):02}-{int(day):02}{text[match.end():]}"
    if not ISO.fullmatch(text):
        return None
    try:
        interval = parse_moment(text, zone)
        own = len(text) > 10 and datetime.fromisoformat(text).tzinfo is not None
    except (ValueError, OverflowError):
        return None
    return interval, own


def _mail(text: str, zone: tzinfo) -> tuple[Interval, bool] | None:
    if text.count(":") == 0:
        return None
    try:
        moment = parsedate_to_datetime(text)
        own = moment.tzinfo is not None  # "-0000" means: no zone known
        return _instant(moment if own else moment.replace(tzinfo=zone)), own
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def _written(text: str, zone: tzinfo) -> tuple[Interval, bool] | None:
    match = next(filter(None, (pattern.fullmatch(text) for pattern in WRITTEN)), None)
    return _of_match(match, zone) if match else None


def _of_match(match: re.Match[str], zone: tzinfo) -> tuple[Interval, bool] | None:
    day = _day(match["year"], match["month"], match["day"])
    if day is None:
        return None
    if match["clock"] is None:
        return _whole_day(day, zone)
    try:
        clock = time.fromisoformat(match["clock"].zfill(5 if match["clock"].count(":") == 1 else 8))
        moment = datetime.combine(day, clock, UTC if match["zone"] else zone)
        return _instant(moment), match["zone"] is not None
    except (ValueError, OverflowError):
        return None


def _instant(moment: datetime) -> Interval:
    moment = moment.astimezone(UTC).replace(microsecond=0)
    return Interval(moment, moment, "second")


def _whole_day(day: date, zone: tzinfo) -> tuple[Interval, bool] | None:
    try:
        return Interval.of_days(day, zone=zone), False
    except OverflowError:
        return None


def _day(year: str, month: str, day: str) -> date | None:
    """A calendar day; months as numbers, names or their first three letters."""
    if month.isdigit():
        number = int(month)
    else:
        word = "sep" if month.lower() == "sept" else month.lower()
        number = next((i for i, name in enumerate(MONTHS, 1)
                       if word == name or word == name[:3]), 0)
    try:
        return date(int(year), number, int(day)) if int(year) in YEARS else None
    except ValueError:
        return None


def url_date(url: str) -> date | None:
    """The day that an address carries (``/2021/08/15/``, ``2021-08-15``, ``20210815``), or None.

    Two different days in one address are no date.
    """
    found = {day for pattern in URL_DATES for m in pattern.finditer(url)
             if (day := _day(m["year"], m["month"], m["day"]))}
    return found.pop() if len(found) == 1 else None


def dateline(text: str, zone: tzinfo | None = None) -> Dated | None:
    """The date of a dateline or a date line at the top of ``text``, None where there is none.

    It must have a year: *KABUL, Aug 15 (Agency)* could be of any.
    """
    for line in _top_lines(text):
        label = LABEL.match(line)
        iso = ISO.match(line, label.end()) if label else None
        if iso and (found := read_date(iso.group(), zone)):
            return found
        for match in (m for pattern in WRITTEN for m in pattern.finditer(line)):
            before = line[:match.start()]
            labelled = not before or LABEL.fullmatch(before)
            end = BY_ITSELF if labelled else AFTER_PLACE
            if (labelled or PLACE_LINE.fullmatch(before)) and end.match(line, match.end()):
                written = _of_match(match, zone or UTC)
                if written:
                    return Dated(written[0], written[1] or zone is not None)
    return None


def _top_lines(text: str) -> Iterator[str]:
    count = 0
    for line in text[:DATELINE_LINES * 2000].split("\n"):
        if line.strip():
            yield " ".join(line[:DATELINE_LENGTH].split())
            count += 1
        if count == DATELINE_LINES:
            return
