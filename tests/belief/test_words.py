from __future__ import annotations

import pytest

from whoholds.belief.words import band, icd203, meant_p


@pytest.mark.parametrize(("p", "words"), [
    (0.0, "almost no chance"), (0.05, "almost no chance"), (0.1, "very unlikely"),
    (0.3, "unlikely"), (0.5, "roughly even chance"), (0.7, "likely"), (0.8, "likely"),
    (0.81, "very likely"), (0.96, "almost certain"), (1.0, "almost certain")])
def test_bands_of_the_directive(p: float, words: str) -> None:
    assert icd203(p) == words


def test_bands_rise() -> None:
    assert [band(p / 100) for p in range(101)] == sorted(band(p / 100) for p in range(101))


def test_no_probability_no_words() -> None:
    with pytest.raises(ValueError, match=r"1\.2"):
        icd203(1.2)


def test_forecast_words_mean_numbers() -> None:
    assert meant_p(()) == 0.7
    assert meant_p(("could",)) < meant_p(("likely",)) < meant_p(("very likely",)) == 0.85
    assert meant_p(("highly unlikely",)) == 0.1
    assert meant_p(("likely", "could")) == meant_p(("could",))
    assert meant_p(("claimed",)) == 0.7
