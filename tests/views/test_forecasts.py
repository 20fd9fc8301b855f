from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.views.world import EVIDENCE, KABUL, NAMES, REPORTS, T0
from whoholds.views import (
    ForecasterView,
    ForecastView,
    Terminal,
    cite,
    forecasts_data,
    forecasts_text,
)

OPEN = ForecastView(KABUL, "gain", "actor:taliban", "United States", T0, T0,
                    T0 + timedelta(days=90), 0.4, 0.2, "open", None, None,
                    cite(EVIDENCE[2:3], REPORTS))
TRUE = replace(OPEN, side=None, state="came true", outcome_p=0.9, brier=0.25, days_early=29.0)


def test_an_open_forecast_says_what_by_when_and_how_likely_so_far() -> None:
    text = forecasts_text([OPEN], [], NAMES, Terminal(160))
    assert text.startswith("1 forecast: 1 open\n")
    assert ("gain by Taliban by 13 Nov 2021, says United States, 15 Aug 2021; "
            "its words mean about 40%") in text
    assert "open (not yet over): so far 20% likely to have come true" in text
    assert "no end to its horizon" in forecasts_text([replace(OPEN, latest=None)], [], NAMES)


def test_a_resolved_forecast_is_scored() -> None:
    text = forecasts_text([TRUE], [ForecasterView("United States", 1, 0.25, 29.0)], NAMES,
                          Terminal(160))
    assert "Kabul (city, Kabul): it falls by 13 Nov 2021" in text
    assert "came true (90%), 29 days before the end of its horizon; Brier score 0.25" in text
    assert "United States: 0.25 in 1 resolved forecast, 29 days early on average" in text


def test_no_forecast_is_said() -> None:
    assert "Nobody predicts" in forecasts_text([], [], NAMES)


def test_json() -> None:
    data = forecasts_data([OPEN, TRUE], [], NAMES)
    assert [f["brier"] for f in data["forecasts"]] == [None, 0.25]  # type: ignore[union-attr, index, call-overload]
