"""The chain is solved exactly: as a sum over every path finds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.belief import brute
from tests.belief.helpers import T0
from tests.belief.strategies import some
from whoholds.belief.chain import generator, solve
from whoholds.belief.hearing import heard
from whoholds.belief.model import history
from whoholds.belief.priors import Priors
from whoholds.belief.testimony import days, instant, statements
from whoholds.core import CONTESTED, OTHER

PRIORS = Priors()


@pytest.mark.parametrize("sides", [0, 1, 2, 3, 5])
def test_generator_is_the_one_written_out(sides: int) -> None:
    states = (*"abcde"[:sides], CONTESTED, OTHER)
    made = generator(sides, PRIORS)
    assert np.allclose(made.rates, brute.rates(states, PRIORS), atol=1e-14)
    assert np.allclose(made.start, brute.stationary(states, PRIORS), atol=1e-15)
    assert np.allclose(made.start @ made.rates, 0, atol=1e-14)


@pytest.mark.parametrize("sides", [1, 2, 4])
def test_transitions_are_matrix_exponentials(sides: int) -> None:
    made = generator(sides, PRIORS)
    spans = np.array([0.0, 1e-8, 1e-3, 0.3, 2.0, 50.0])
    for span, found in zip(spans, made.moves(spans), strict=True):
        assert np.allclose(found, brute.exponential(made.rates, float(span)), atol=1e-12)
    tiny = made.moves(np.array([1e-9]))[0]
    off = ~np.eye(sides + 2, dtype=bool)
    assert np.allclose(tiny[off], made.rates[off] * 1e-9, rtol=1e-6)


@settings(max_examples=60, deadline=None)
@given(some(1, 4), st.integers(-10, 50))
def test_posterior_is_the_sum_over_all_paths(evidence: list, half_days: int) -> None:  # type: ignore[type-arg]
    past = history(evidence, "p", None, PRIORS)
    told = heard(statements(evidence, PRIORS), PRIORS)
    if len({o.day for o in told.observations}) > 6:
        return
    at = days(T0) + half_days / 2 + 0.1
    expected = brute.posterior(told, past.states, at, PRIORS)
    assert past.solved.posterior(np.array([at]))[0] == pytest.approx(expected, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(some(1, 5), st.integers(0, 50), st.floats(0, 10))
def test_entry_is_that_of_a_chain_that_remembers(evidence: list, half_days: int,  # type: ignore[type-arg]
                                                 before: float) -> None:
    past = history(evidence, "p", None, PRIORS)
    if len(past.states) < 3:
        return
    told = heard(statements(evidence, PRIORS), PRIORS)
    at = days(T0) + half_days / 2 + 0.1
    day = at - before
    expected = brute.entered_by(told, past.states, past.states[0], (day, at), PRIORS)
    found = past.solved.entered_by(0, at, np.array([day]))[0]
    assert found == pytest.approx(expected, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(some(1, 8), st.sampled_from([0.05, 0.5, 0.95]))
def test_entry_quantile_has_its_mass(evidence: list, mass: float) -> None:  # type: ignore[type-arg]
    past = history(evidence, "p", None, PRIORS)
    if len(past.states) < 3:
        return
    at = days(T0) + 30
    found = past.solved.entry_quantile(0, at, mass)
    if found is not None:
        second = 1 / 86400
        below, above = past.solved.entered_by(0, at, np.array([found - second, found + second]))
        assert below - 1e-9 <= mass <= above + 1e-9


def test_contradictions_at_one_instant_do_not_underflow() -> None:
    made = generator(2, PRIORS)
    likelihood = np.array([[0.0, -900.0, -900.0, -900.0], [-900.0, 0.0, -900.0, -900.0]])
    solved = solve(made, 0.01, np.array([1.0, 1.0 + 1 / 86400]), np.array([0.0, 1e-7]), likelihood)
    assert np.isfinite(solved.posterior(np.array([0.0, 1.0, 2.0]))).all()
    assert solved.posterior(np.array([2.0]))[0][1] > 0.9


def test_nothing_heard_leaves_the_start() -> None:
    past = history([], "p", None, PRIORS)
    assert past.states == (CONTESTED, OTHER)
    assert past.posterior([T0])[0].sum() == pytest.approx(1)
    assert past.changes() == ()


def test_instants_are_kept_to_the_second() -> None:
    assert instant(days(T0)) == T0
