from __future__ import annotations

import pytest

from tests.belief.helpers import T0, evidence, place
from tests.belief.test_model import DAY, at, day
from whoholds.belief import forecasters, forecasts
from whoholds.core import Evidence, Interval

HELD = [evidence("hold", "b", at(n), origin=f"h{n}", report=f"h{n}") for n in range(3)]
FALLEN = [evidence("gain", "a", day(9), origin=f"g{n}", report=f"g{n}") for n in range(4)]


def _forecast(days: int, side: str | None = "a", kind: str = "gain",
              hedges: tuple[str, ...] = ("could",), origin: str = "seer") -> Evidence:
    return evidence(kind, side, Interval(T0 + 3 * DAY, T0 + (3 + days) * DAY), modality="forecast",
                    hedges=hedges, origin=origin, known_at=T0 + 3 * DAY, report=f"{origin}{days}")


@pytest.mark.parametrize("side", ["a", None])
def test_what_happened_in_time_came_true(side: str | None) -> None:
    found = forecasts([*HELD, *FALLEN, _forecast(30, side)], [place()], T0 + 40 * DAY)[0]
    assert found.state == "came true"
    assert found.days_early == pytest.approx(23.5, abs=1)
    assert found.brier == pytest.approx(0.36, abs=0.05)


def test_what_came_too_late_failed() -> None:
    found = forecasts([*HELD, *FALLEN, _forecast(4)], [place()], T0 + 40 * DAY)[0]
    assert found.state == "failed"
    assert found.days_early is None


def test_a_horizon_that_is_not_over_is_open() -> None:
    found = forecasts([*HELD, _forecast(30)], [place()], T0 + 6 * DAY)[0]
    assert found.state == "open"
    assert found.brier is None


def test_combat_is_resolved_by_claims_of_combat() -> None:
    ring = [evidence("encircle", "a", day(8), origin=f"e{n}", report=f"e{n}") for n in range(3)]
    said = _forecast(10, kind="encircle")
    assert forecasts([*ring, said], [place()], T0 + 20 * DAY)[0].state == "came true"
    assert forecasts([said], [place()], T0 + 20 * DAY)[0].state == "failed"


def test_forecasters_are_ranked_by_brier() -> None:
    made = forecasts([*HELD, *FALLEN, _forecast(30, hedges=("likely",), origin="good"),
                      _forecast(4, hedges=("likely",), origin="bad")], [place()], T0 + 40 * DAY)
    ranked = forecasters(made)
    assert [f.origin for f in ranked] == ["good", "bad"]
    assert ranked[0].brier < 0.15 < ranked[1].brier


def test_the_words_it_is_told_in_say_how_likely_it_is_meant() -> None:
    told = _forecast(30, hedges=())
    def said(*words: str) -> float:
        return forecasts([*HELD, told], [place()], T0 + 6 * DAY,
                         words={told.claim.id: words})[0].said_p
    assert (said("might", "fall"), said("will", "fall"), said("fall")) == (0.4, 0.9, 0.7)
