"""On theatres whose truth is known, belief finds it, and better than simpler rules do."""

from __future__ import annotations

import pytest

from benchmarks.belief import DAYS, brier, coverage, place_days, reliability
from benchmarks.rivals import labels, latest, truthfinder, whoholds
from benchmarks.simulator import SCENARIOS, SIDES, simulate
from whoholds.core import CONTESTED


def test_a_seed_is_a_theatre() -> None:
    one, again = (simulate(SCENARIOS["copying"], 3, 20, seed=7) for _ in range(2))
    other = simulate(SCENARIOS["copying"], 3, 20, seed=8)
    assert one == again
    assert one.truth != other.truth


def test_the_truth_is_a_history_of_two_sides() -> None:
    theatre = simulate(SCENARIOS["clean"], 20, DAYS, seed=3)
    for place in theatre.places:
        days = [day for day, _ in theatre.truth[place.id]]
        assert days == sorted(days)
        assert {s for _, s in theatre.truth[place.id]} <= {*SIDES, CONTESTED}


@pytest.mark.parametrize("scenario", sorted(SCENARIOS))
def test_belief_is_nearer_the_truth_than_simpler_rules(scenario: str) -> None:
    theatre = simulate(SCENARIOS[scenario], 10, DAYS, seed=5)
    tasks = place_days(theatre)
    said = labels(theatre, tasks)
    ours = whoholds(theatre, tasks)
    score = brier(theatre, tasks, ours.__getitem__)
    for found in (latest(theatre, tasks), truthfinder(said)):
        rival = brier(theatre, tasks, lambda t, f=found: (f.get(t, 0.5), 1 - f.get(t, 0.5)))  # type: ignore[misc]
        assert score < rival / 2


def test_since_holds_the_moment_nine_times_in_ten_or_more() -> None:
    share, count, length = coverage("clean", seeds=(5,), places=25)
    assert count >= 20
    assert share >= 0.85
    assert length < 12


def test_what_is_called_certain_is_so() -> None:
    rows = reliability("clean", seeds=(5,), places=12)
    low, high = rows[0], rows[-1]
    assert low[1] < 0.02
    assert high[1] > 0.98
