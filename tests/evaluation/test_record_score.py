"""Scoring of beliefs against a record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.core import InputError
from whoholds.evaluation import Believed, RecordScore, read_record, score_record, solar_zone
from whoholds.evaluation.record_score import brier

HEADER = "place,kind,country,holder_before,holder_after,date,note\n"
ONE = HEADER + 'Aleppo,city,Syria,government,rebels,2021-08-12,"a note, quoted"\n'
SIDES = {"government": "g", "rebels": "r"}
Key = tuple[str, str, str]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def scored(text: str, changes: Mapping[str, list[Believed]],
           holder: Mapping[str, float] | None = None, **options: object) -> RecordScore:
    def belief(place: str, kind: str, country: str, valid_at: datetime,
               known_at: datetime | None) -> Mapping[str, float]:
        return holder or {}
    return score_record(read_record(text, "record.csv"), belief,
                        lambda place, kind, country: changes.get(place, []),
                        lambda name, country: SIDES.get(name), **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(("day", "found", "off"), [
    ("2021-08-12T00:00", 1, 0), ("2021-08-15T23:00", 1, 3), ("2021-08-09T00:00", 1, 3),
    ("2021-08-16T00:00", 0, None), ("2021-08-08T23:00", 0, None)])
def test_a_change_is_found_within_three_days(day: str, found: int, off: int | None) -> None:
    result = scored(ONE, {"Aleppo": [Believed("r", moment(day))]})
    assert (result.found, result.missed) == (found, 1 - found)
    assert result.days_off_median == off


def test_days_are_those_of_the_place() -> None:
    late = Believed("r", moment("2021-08-11T21:00"))       # 01:30 on the 12th, 4 h 30 east
    zone = solar_zone(69.2)
    assert scored(ONE, {"Aleppo": [late]}).days_off_median == 1
    assert scored(ONE, {"Aleppo": [late]}, zone_of=lambda *_: zone).days_off_median == 0


def test_a_change_to_another_side_is_missed_and_invented() -> None:
    result = scored(ONE, {"Aleppo": [Believed("g", moment("2021-08-12T12:00"))]})
    assert (result.found, result.missed, result.invented) == (0, 1, 1)


def test_what_lies_outside_the_record_is_not_invented() -> None:
    early = [Believed("r", moment("1996-09-27T12:00")), Believed("r", moment("2021-08-12T12:00"))]
    assert scored(ONE, {"Aleppo": early}).invented == 0
    assert scored(ONE, {"Elsewhere": early}).missed == 1


def test_each_believed_change_is_used_once() -> None:
    twice = ONE + "Aleppo,city,Syria,rebels,government,2021-08-20,\n" \
                  "Aleppo,city,Syria,government,rebels,2021-08-22,\n"
    once = [Believed("r", moment("2021-08-13T12:00"))]
    result = scored(twice, {"Aleppo": once})
    assert (result.found, result.missed, result.invented) == (1, 2, 0)
    both = [*once, Believed("r", moment("2021-08-22T12:00"))]
    assert scored(twice, {"Aleppo": both}).found == 2


def test_brier_of_the_sure_the_wrong_and_the_ignorant() -> None:
    assert brier({"r": 1.0}, "r", {"r", "g"}) == 0
    assert brier({"g": 1.0}, "r", {"r", "g"}) == 2
    assert brier({}, "r", {"r", "g"}) == pytest.approx(0.75)      # r, g, contested, other


@given(st.dictionaries(st.sampled_from(["r", "g", "contested", "x"]),
                       st.floats(0, 1), min_size=1))
def test_brier_lies_between_nought_and_two(weights: dict[str, float]) -> None:
    total = sum(weights.values()) or 1.0
    value = brier({side: weight / total for side, weight in weights.items()}, "r", {"r", "g"})
    assert -1e-9 <= value <= 2 + 1e-9


def test_the_brier_days_leave_out_the_day_of_change() -> None:
    asked: list[tuple[datetime, datetime | None]] = []

    def belief(place: str, kind: str, country: str, valid_at: datetime,
               known_at: datetime | None) -> Mapping[str, float]:
        asked.append((valid_at, known_at))
        return {"r": 1.0} if valid_at > moment("2021-08-12T12:00") else {"g": 1.0}
    result = score_record(read_record(ONE, "r"), belief, lambda *_: [],
                          lambda name, country: SIDES.get(name))
    assert result.place_days == 6
    assert result.brier == result.brier_as_known == 0
    hindsight = [valid for valid, known in asked if known is None]
    assert hindsight == [moment("2021-08-12T12:00") + timedelta(days=n)
                         for n in (-3, -2, -1, 1, 2, 3)]
    assert all(known is None or known.date() == valid.date() for valid, known in asked)


def test_as_known_differs_from_hindsight() -> None:
    def belief(place: str, kind: str, country: str, valid_at: datetime,
               known_at: datetime | None) -> Mapping[str, float]:
        return {} if known_at else {"g" if valid_at.day < 12 else "r": 1.0}
    result = score_record(read_record(ONE, "r"), belief, lambda *_: [],
                          lambda name, country: SIDES.get(name))
    assert result.brier == 0
    assert result.brier_as_known == pytest.approx(0.75)


def test_the_json_has_the_promised_keys() -> None:
    found = scored(ONE, {}).to_json()
    assert set(found) >= {"found", "missed", "invented", "days_off_median", "days_off_p90", "brier",
                          "brier_as_known"}
    assert found["days_off_median"] is None


def test_the_ninetieth_percentile_is_interpolated() -> None:
    days = ["2021-08-12T12:00", "2021-08-13T12:00", "2021-08-15T12:00"]
    text = HEADER + "".join(f"P{n},city,,government,rebels,2021-08-12,\n" for n in range(3))
    result = scored(text, {f"P{n}": [Believed("r", moment(day))] for n, day in enumerate(days)})
    assert result.days_off_median == 1
    assert result.days_off_p90 == pytest.approx(2.6)


@pytest.mark.parametrize(("text", "what"), [
    ("place,kind\nA,city\n", "record.csv: lacks the column country"),
    (HEADER + "Aleppo,city,Syria,government,rebels,12 August,\n", "record.csv:2: date"),
    (HEADER + ",city,Syria,government,rebels,2021-08-12,\n", "record.csv:2: place is empty"),
])
def test_a_broken_record_is_named(text: str, what: str) -> None:
    with pytest.raises(InputError) as caught:
        read_record(text, "record.csv")
    assert str(caught.value).startswith(what)


def test_somebody_else_is_whom_the_belief_does_not_name() -> None:
    said = {"rebels": 0.1, "contested": 0.1, "other": 0.8}
    assert brier(said, "army", {"army", "rebels"}) == pytest.approx(0.1**2 + 0.1**2 + 0.2**2)
    assert brier({"army": 0.2, **said, "other": 0.6}, "army", {"army", "rebels"}) == pytest.approx(
        0.8**2 + 0.1**2 + 0.1**2 + 0.6**2)
