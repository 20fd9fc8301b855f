"""Moments of publication as they are written."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.core import Interval
from whoholds.reading.dates import dateline, read_date, url_date

DAY = ["2021-08-15T00:00:00Z", "2021-08-15T23:59:59Z", "day"]
SIX = ["2021-08-15T18:05:00Z", "2021-08-15T18:05:00Z", "second"]


@pytest.mark.parametrize("text", [
    "2021-08-15", " 2021-08-15 ", "20210815", "2021/08/15", "2021/8/15", "2021.08.15",
    "15 August 2021", "15 Aug 2021", "15th August, 2021", "August 15, 2021", "Aug. 15, 2021",
    "AUGUST 15 2021", "Sunday, 15 August 2021", "Sunday, August 15, 2021", "Sun Aug 15 2021",
])
def test_a_day(text: str) -> None:
    found = read_date(text)
    assert found is not None
    assert found.interval.to_json() == DAY
    assert not found.zone_known


@pytest.mark.parametrize(("text", "zone_known"), [
    ("2021-08-15T18:05:00Z", True), ("2021-08-15T18:05Z", True), ("2021-08-15 18:05:00 UTC", True),
    ("2021-08-15T22:35:00+04:30", True), ("2021-08-15 14:05:00 -0400", True),
    ("2021-08-15T18:05:00.123456Z", True), ("2021-08-15T18:05", False),
    ("20210815T180500Z", True), ("Sun, 15 Aug 2021 18:05:00 GMT", True),
    ("Sun, 15 Aug 2021 14:05:00 -0400", True), ("15 Aug 2021 18:05:00 EDT", True),
    ("Sun, 15 Aug 2021 18:05:00 -0000", False),
    ("August 15, 2021 18:05", False), ("August 15, 2021 at 18:05 GMT", True),
    ("15 August 2021, 18:05 UTC", True),
])
def test_an_instant(text: str, zone_known: bool) -> None:
    found = read_date(text)
    assert found is not None
    expected = "2021-08-15T22:05:00Z" if "EDT" in text else "2021-08-15T18:05:00Z"
    assert found.interval.to_json()[:2] == [expected, expected]
    assert found.zone_known is zone_known


@pytest.mark.parametrize("text", [
    "", "yesterday", "08/09/2021", "15.08.2021", "2021-02-30", "2021-13-01", "August 2021", "2021",
    "32 August 2021", "15 Brumaire 2021", "0021-08-15", "9999-12-31T23:59:59-12:00", "15 Aug 21",
    "0001-01-01", "20210230", "August 15, 2021 25:00", "1629050700", "Aug 15",
])
def test_no_date(text: str) -> None:
    assert read_date(text) is None


def test_a_zone_that_is_given_is_used_where_none_is_written() -> None:
    kabul = ZoneInfo("Asia/Kabul")
    day, instant, own = (read_date(t, kabul) for t in (
        "2021-08-15", "2021-08-15T22:35", "2021-08-15T18:05Z"))
    assert day
    assert instant
    assert own
    assert day.interval.to_json() == ["2021-08-14T19:30:00Z", "2021-08-15T19:29:59Z", "day"]
    assert instant.interval.to_json() == own.interval.to_json() == SIX
    assert day.zone_known
    assert instant.zone_known


@given(st.dates(date(1700, 1, 1), date(2199, 12, 30)))
def test_days_written_in_words_and_numbers_agree(day: date) -> None:
    expected = Interval.of_days(day)
    months = ["January", "February", "March", "April", "May", "June", "July", "August", "September",
              "October", "November", "December"]
    for text in (day.isoformat(), day.isoformat().replace("-", ""),
                 f"{day.day} {months[day.month - 1]} {day.year}",
                 f"{months[day.month - 1][:3]}. {day.day}, {day.year}"):
        found = read_date(text)
        assert found is not None, text
        assert found.interval == expected


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_none(text: str) -> None:
    found = read_date(text)
    assert found is None or found.interval.latest is not None
    assert dateline(text) is None or any(c.isdigit() for c in text)


@pytest.mark.parametrize(("url", "day"), [
    ("https://x.example/2021/08/15/town-falls", date(2021, 8, 15)),
    ("https://x.example/2021/aug/7/town", date(2021, 8, 7)),
    ("https://x.example/news/2021-08-15-town", date(2021, 8, 15)),
    ("https://x.example/a/20210815/town.html", date(2021, 8, 15)),
    ("https://x.example/world/town-58210815123", None),
    ("https://x.example/2021/08/town", None),
    ("https://x.example/2021/13/40/town", None),
    ("https://x.example/2021/08/15/what-happened-on-2021-08-12", None),
])
def test_the_date_in_an_address(url: str, day: date | None) -> None:
    assert url_date(url) == day


@pytest.mark.parametrize(("text", "expected"), [
    ("KABUL, August 15, 2021 (Agency) - The town fell.", DAY),
    ("KABUL, Afghanistan, Aug. 15, 2021 — The town fell.", DAY),
    ("Town falls\n\nBy A. Writer\n15 August 2021\n\nThe town fell.", DAY),
    ("Town falls\nPublished: 2021-08-15T18:05Z\nThe town fell.", SIX),
    ("Posted on Sunday, August 15, 2021 at 18:05 GMT", SIX),
    ("KABUL, Aug 15 (Agency) - The town fell.", None),
    ("August 15, 2021 was the day on which the town fell.", None),
    ("The town fell on 15 August 2021.\n", None),
    ("a\nb\nc\nd\n15 August 2021\n", None),
    ("Updated: 15 August 2021", None),
])
def test_datelines(text: str, expected: list[str] | None) -> None:
    found = dateline(text)
    assert (found.interval.to_json() if found else None) == expected
