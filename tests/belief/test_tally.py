from __future__ import annotations

from itertools import product
from math import inf, prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.belief.helpers import evidence, place
from tests.belief.test_model import day
from whoholds.belief import tally
from whoholds.belief.tally import bounds, count_interval
from whoholds.core import Interval, Place, Quantity


@pytest.mark.parametrize(("quantity", "low", "high"), [
    (Quantity(18, "exactly", "city"), 18, 18),
    (Quantity(2, "at least", "helicopter"), 2, inf),
    (Quantity(20, "more than", "capital"), 21, inf),
    (Quantity(20, "more than", "capital", of=34), 21, 34),
    (Quantity(5, "less than", "day"), 0, 4),
    (Quantity(3000, "about", "soldier"), 2400, 3600),
    (Quantity(30, "between", "day", high=90), 30, 90),
    (Quantity(None, "hundreds", "soldier"), 200, 999),
    (Quantity(0.5, "more than", "share of capital", of=34), 18, 34),
    (Quantity(None, "all", "crossing", of=14), 14, 14),
    (Quantity(None, "most", "share of district", of=10), 6, 10)])
def test_bounds(quantity: Quantity, low: float, high: float) -> None:
    assert bounds(quantity) == (low, high)


def test_a_share_of_a_known_whole_is_a_count() -> None:
    half = Quantity(0.5, "more than", "share of capital")
    assert bounds(half) == (0.5, 1.0)
    assert bounds(half, whole=34) == (18, 34)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6), st.sampled_from([0.5, 0.9]))
def test_count_interval_by_enumeration(ps: list[float], mass: float) -> None:
    counts = [0.0] * (len(ps) + 1)
    for bits in product((0, 1), repeat=len(ps)):
        counts[sum(bits)] += prod(p if b else 1 - p for p, b in zip(ps, bits, strict=True))
    low, high = count_interval(ps, mass)
    assert sum(counts[low:high + 1]) >= mass - 1e-9
    assert sum(counts[:low]) <= (1 - mass) / 2 + 1e-9
    assert sum(counts[high + 1:]) <= (1 - mass) / 2 + 1e-9


CITIES = [place(f"c{n}") for n in range(4)]
SET = Place(id="set:cities", name="cities", type="set", members=tuple(p.id for p in CITIES),
            complete=True)
TAKEN = [evidence("gain", "a", day(1), place_id=p.id, origin=f"w{n}", report=f"{p.id}{n}")
         for p in CITIES[:2] for n in range(3)]
KEPT = [evidence("hold", "b", day(d), place_id=p.id, origin=f"w{n}", report=f"{p.id}{n}{d}")
        for p in CITIES[2:] for n in range(4) for d in (2, 6)]


def _told(value: float, n: int = 4, **more: object) -> object:
    return evidence("gain", "a", Interval(None, day(n).latest), place_id=SET.id,
                    quantity=Quantity(value, "exactly", "city"), **more)  # type: ignore[arg-type]


def test_numbers_are_checked_against_the_ledger_and_move_nothing() -> None:
    items = [*TAKEN, *KEPT, _told(2, origin="x"), _told(4, 6, origin="y", report="r2")]
    series = tally(items, [SET, *CITIES])[0]  # type: ignore[arg-type]
    checks = [c for c in series.checks if c.rule == "ledger"]
    assert [c.fits for c in checks] == [True, False]
    assert checks[0].low <= 2 <= checks[0].high
    assert [p.low for p in series.points] == [2, 4]


def test_numbers_are_checked_against_each_other() -> None:
    at_least = evidence("seize", "a", day(1), quantity=Quantity(2, "at least", "helicopter"))
    four = evidence("seize", "a", day(1), origin="x", report="r2",
                    quantity=Quantity(4, "exactly", "helicopter", parts=(2, 2)))
    one = evidence("seize", "a", day(1), origin="y", report="r3",
                   quantity=Quantity(1, "exactly", "helicopter", parts=(1, 1)))
    fit = tally([at_least, four], [place()])[0]
    assert {(c.rule, c.fits) for c in fit.checks} == {("parts", True), ("sources", True)}
    found = tally([four, one], [place()])[0]
    assert {(c.rule, c.fits) for c in found.checks} == {
        ("parts", True), ("parts", False), ("sources", False)}


def test_parts_of_a_whole_do_not_exceed_it() -> None:
    much = evidence("gain", "a", day(1), quantity=Quantity(36, "exactly", "city", of=34))
    assert [c.fits for c in tally([much], [place()])[0].checks] == [False]


def test_members_that_nobody_tells_of_may_be_either() -> None:
    (check,) = tally([*TAKEN, _told(3)], [SET, *CITIES])[0].checks  # type: ignore[list-item]
    assert (check.fits, check.high, check.untold) == (True, 4, 2)
    (check,) = tally([*TAKEN, *KEPT, _told(4)], [SET, *CITIES])[0].checks  # type: ignore[list-item]
    assert (check.fits, check.untold) == (False, 0)


def test_places_taken_in_a_period_are_not_those_held_before_it() -> None:
    one = Quantity(1, "exactly", "city")
    held = [evidence("hold", "a", day(n), place_id="c2", origin=f"w{n}", report=f"c2{n}")
            for n in range(6)]
    taken = [evidence("gain", "a", day(4), place_id="c0", origin=f"w{n}", report=f"c0{n}")
             for n in range(3)]
    before = [evidence("hold", "b", day(n), place_id="c0", origin=f"w{n}", report=f"c0{n}b")
              for n in range(4)]
    told = evidence("gain", "a", Interval(day(3).earliest, day(5).latest), place_id=SET.id,
                    quantity=one, origin="x", report="x")
    series = tally([*held, *taken, *before, told], [SET, *CITIES])[0]
    (check,) = series.checks
    assert (check.low, check.high - check.untold) == (1, 1)


def test_what_is_counted_in_places_is_not_counted_of_them() -> None:
    dead = evidence("casualty", None, day(1), place_id=SET.id,
                    quantity=Quantity(27, "at least", "child"))
    (series,) = tally([*TAKEN, dead], [SET, *CITIES])
    assert (series.points[0].high, series.points[0].of, series.checks) == (inf, None, ())


def test_shares_and_counts_of_one_thing_are_one_series() -> None:
    half = evidence("gain", "a", day(4), place_id=SET.id, report="r2", origin="x",
                    quantity=Quantity(0.5, "more than", "share of cities"))
    (series,) = tally([_told(2), half], [SET, *CITIES])  # type: ignore[list-item]
    assert {(p.low, p.high) for p in series.points} == {(2, 2), (3, 4)}
