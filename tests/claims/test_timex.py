"""Expressions of time and what they mean, read off plain words without a parse."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.trees import sentence
from whoholds.claims.calendars import Direction, resolve
from whoholds.claims.offsets import offset_before
from whoholds.claims.timevalues import CalendarDate, Distance
from whoholds.claims.timex import expressions
from whoholds.core import Interval, Sentence

SUNDAY = date(2021, 8, 15)


def flat(text: str) -> Sentence:
    """A sentence whose tree says nothing: every word hangs on the first."""
    rows = []
    for at, form in enumerate(text.split()):
        upos = "AUX" if form == "may" else "PROPN" if form[0].isupper() else "NOUN"
        head, deprel = ("0", "root") if at == 0 else ("1", "dep")
        rows.append(f"{at + 1} {form} {form.lower()} {upos} _ {head} {deprel}")
    return sentence("\n".join(rows))


def meaning(text: str, direction: Direction = "past", today: date = SUNDAY) -> tuple[str, str]:
    """First and last day of the one expression of ``text``."""
    one, = expressions(flat(text))
    found = resolve(one.value, Interval.of_days(today), direction)
    assert found is not None
    return tuple(str(end.date()) if end else ".."  # type: ignore[return-value]
                 for end in (found.earliest, found.latest))


@pytest.mark.parametrize(("text", "first", "last"), [
    ("fell on Sunday", "2021-08-15", "2021-08-15"),
    ("fell on Friday", "2021-08-13", "2021-08-13"),
    ("fell last Sunday", "2021-08-08", "2021-08-08"),
    ("fell last Friday", "2021-08-13", "2021-08-13"),
    ("fell on Friday last week", "2021-08-06", "2021-08-06"),
    ("fell this Monday", "2021-08-09", "2021-08-09"),
    ("fell on Saturday night", "2021-08-14", "2021-08-15"),
    ("fell at dawn on Friday", "2021-08-13", "2021-08-13"),
    ("fell before dawn on Friday", "2021-08-13", "2021-08-13"),
    ("fell in the early hours of Friday", "2021-08-13", "2021-08-13"),
    ("fell early on Friday", "2021-08-13", "2021-08-13"),
    ("fell late Friday", "2021-08-13", "2021-08-13"),
    ("fell Fri. morning", "2021-08-13", "2021-08-13"),
    ("fell today", "2021-08-15", "2021-08-15"),
    ("fell yesterday", "2021-08-14", "2021-08-14"),
    ("fell overnight", "2021-08-14", "2021-08-15"),
    ("fell last night", "2021-08-14", "2021-08-15"),
    ("fell the day before yesterday", "2021-08-13", "2021-08-13"),
    ("fell earlier this week", "2021-08-09", "2021-08-14"),
    ("fell this week", "2021-08-09", "2021-08-15"),
    ("fell last week", "2021-08-02", "2021-08-08"),
    ("fell over the weekend", "2021-08-14", "2021-08-15"),
    ("fell last weekend", "2021-08-07", "2021-08-08"),
    ("fell this month", "2021-08-01", "2021-08-31"),
    ("fell last month", "2021-07-01", "2021-07-31"),
    ("fell late last month", "2021-07-16", "2021-07-31"),
    ("fell at the end of the month", "2021-08-16", "2021-08-31"),
    ("fell last year", "2020-01-01", "2020-12-31"),
    ("fell on August 12", "2021-08-12", "2021-08-12"),
    ("fell on August 20", "2020-08-20", "2020-08-20"),
    ("fell on Aug. 12 , 2021 ,", "2021-08-12", "2021-08-12"),
    ("fell on Thursday , 12 August", "2021-08-12", "2021-08-12"),
    ("fell on the 12th of August 2019", "2019-08-12", "2019-08-12"),
    ("fell on the night of August 12", "2021-08-12", "2021-08-13"),
    ("fell on 29 February", "2020-02-29", "2020-02-29"),
    ("fell August 6 to 8", "2021-08-06", "2021-08-08"),
    ("fell 2021-08-12", "2021-08-12", "2021-08-12"),
    ("fell in August", "2021-08-01", "2021-08-31"),
    ("fell back in May", "2021-05-01", "2021-05-31"),
    ("fell in September", "2020-09-01", "2020-09-30"),
    ("fell in early July", "2021-07-01", "2021-07-16"),
    ("fell in mid-July", "2021-07-08", "2021-07-24"),
    ("fell in July last year", "2020-07-01", "2020-07-31"),
    ("fell in July 2015", "2015-07-01", "2015-07-31"),
    ("fell in 2015", "2015-01-01", "2015-12-31"),
    ("fell in late 2015", "2015-07-02", "2015-12-31"),
    ("fell two days ago", "2021-08-13", "2021-08-13"),
    ("fell less than an hour ago", "2021-08-14", "2021-08-15"),
    ("fell hours ago", "2021-08-14", "2021-08-15"),
    ("fell less than two weeks ago", "2021-08-01", "2021-08-15"),
    ("fell more than a week ago", "..", "2021-08-08"),
    ("fell in the past week", "2021-08-08", "2021-08-15"),
    ("fell in the last 24 hours", "2021-08-14", "2021-08-15"),
    ("fell in recent days", "2021-08-01", "2021-08-15"),
    ("fell over the past three days", "2021-08-12", "2021-08-15"),
])
def test_the_past(text: str, first: str, last: str) -> None:
    assert meaning(text) == (first, last)


@pytest.mark.parametrize(("text", "first", "last"), [
    ("talks on Sunday", "2021-08-15", "2021-08-15"),
    ("talks on Friday", "2021-08-20", "2021-08-20"),
    ("talks next Friday", "2021-08-20", "2021-08-20"),
    ("talks tomorrow", "2021-08-16", "2021-08-16"),
    ("talks next week", "2021-08-16", "2021-08-22"),
    ("talks later this month", "2021-08-15", "2021-08-31"),
    ("talks in May", "2022-05-01", "2022-05-31"),
    ("talks by September 11", "2021-09-11", "2021-09-11"),
    ("talks within 30 days", "2021-08-15", "2021-09-14"),
    ("talks within 30 to 90 days", "2021-08-15", "2021-11-13"),
    ("talks in two weeks", "2021-08-15", "2021-08-29"),
    ("talks in the coming days", "2021-08-15", "2021-08-29"),
    ("talks in the next 48 hours", "2021-08-15", "2021-08-17"),
    ("talks within hours", "2021-08-15", "2021-08-16"),
])
def test_the_future(text: str, first: str, last: str) -> None:
    assert meaning(text, "future") == (first, last)


def test_next_friday_of_a_monday_may_be_this_or_the_next_weeks() -> None:
    assert meaning("talks next Friday", "future", date(2021, 8, 9)) == ("2021-08-13", "2021-08-20")


@pytest.mark.parametrize("text", [
    "killed 2000 soldiers", "he may come", "they march on", "an august body", "the sun sat",
    "Mondays", "Kabul", "13:45", "a second", "the hour", "in two villages"])
def test_what_is_no_time(text: str) -> None:
    assert expressions(flat(text)) == ()


@pytest.mark.parametrize(("text", "years"), [
    ("taken between 2014 and 2016", [2014, 2016]), ("taken from 2009 to 2011", [2009, 2011])])
def test_both_ends_of_a_stretch_of_years(text: str, years: list[int]) -> None:
    assert [e.value.year for e in expressions(flat(text))                # type: ignore[union-attr]
            ] == years


def test_a_year_before_a_name_dates_it_and_one_behind_a_name_does_not() -> None:
    rows = "1 the the DET _ 4 det\n2 2015 2015 NUM _ 4 nummod\n3 Minsk Minsk PROPN _ 4 compound\n" \
           "4 Protocol protocol PROPN _ 0 root"
    one, = expressions(sentence(rows))
    assert one.value == CalendarDate(2015)
    assert expressions(sentence("1 Resolution resolution PROPN _ 0 root\n"
                                "2 1973 1973 NUM _ 1 nummod")) == ()


def test_a_day_that_no_month_has_is_not_read() -> None:
    assert meaning("on August 45") == ("2021-08-01", "2021-08-31")
    one, = expressions(flat("on February 30 , 2021"))
    assert resolve(one.value, Interval.of_days(SUNDAY), "past") is None


@pytest.mark.parametrize(("text", "relation"), [
    ("held since Monday", "since"), ("held until Friday", "until"), ("fell by Friday", "by"),
    ("fell before Friday", "before"), ("fell after August 12", "after"), ("fell on Friday", "in"),
    ("held for weeks", "for"), ("held from Monday", "since")])
def test_prepositions(text: str, relation: str) -> None:
    one, = expressions(flat(text))
    assert one.relation == relation
    assert one.start == 1


@pytest.mark.parametrize(("text", "unit", "high"), [
    ("just hours after", "hour", 24), ("two days before", "day", 2), ("shortly before", "day", 1),
    ("a week after", "week", 1.5), ("less than a day after", "day", 1)])
def test_offsets(text: str, unit: str, high: float) -> None:
    found = offset_before(flat(text), len(text.split()) - 1)
    assert isinstance(found, Distance)
    assert (found.unit, found.high) == (unit, high)
    assert offset_before(flat("fled after"), 1) is None


def test_without_publication_only_whole_dates_mean_anything() -> None:
    for text, known in (("on August 12 , 2021", True), ("in 2020", True), ("on Friday", False),
                        ("on August 12", False), ("two days ago", False)):
        one, = expressions(flat(text))
        assert (resolve(one.value, None, "past") is not None) is known


DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))
WEEKDAYS = st.sampled_from(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
                            "Sunday"])


@given(DAYS, WEEKDAYS)
def test_a_weekday_lies_within_the_week_on_its_side(today: date, weekday: str) -> None:
    past, _ = meaning(f"on {weekday}", "past", today)
    future, _ = meaning(f"on {weekday}", "future", today)
    past_day, future_day = date.fromisoformat(past), date.fromisoformat(future)
    assert today - timedelta(days=6) <= past_day <= today <= future_day
    assert past_day.strftime("%A") == future_day.strftime("%A") == weekday
    assert (future_day - past_day).days in (0, 7)


@given(DAYS, DAYS)
def test_a_written_date_contains_its_day(today: date, then: date) -> None:
    for text in (f"on {then:%B} {then.day} , {then.year}", f"on {then.day} {then:%B} {then.year}",
                 f"on {then.isoformat()}"):
        assert meaning(text, "past", today) == (str(then), str(then))
    month = meaning(f"in {then:%B} {then.year}", "past", today)
    assert month[0] <= str(then) <= month[1]
    year = meaning(f"in {then.year}", "past", today)
    assert year[0] <= str(then) <= year[1]


@given(DAYS, st.integers(0, 364))
def test_an_undated_day_is_found_again(today: date, back: int) -> None:
    then = today - timedelta(days=back)
    assert meaning(f"on {then:%B} {then.day}", "past", today) == (str(then), str(then))


@given(DAYS, st.integers(1, 60), st.sampled_from(["day", "week", "month", "year", "hour"]))
def test_ago_lies_in_the_past_and_ahead_in_the_future(today: date, many: int, unit: str) -> None:
    _, last = meaning(f"{many} {unit}s ago", "past", today)
    assert last <= str(today)
    first, horizon = meaning(f"within {many} {unit}s", "future", today)
    assert first == str(today) <= horizon
