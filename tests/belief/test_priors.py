"""Each number of belief is explained, where it is defined and in the documentation, as it is."""

from __future__ import annotations

import re
from dataclasses import fields
from fractions import Fraction
from pathlib import Path

import pytest

from whoholds.belief import Priors

PAGE = Path(__file__).resolve().parents[2] / "docs" / "belief.md"
ROWS = dict(re.findall(r"^\| `(\w+)` \| ([^|]+?) *\|", PAGE.read_text("utf8"), re.MULTILINE))


@pytest.mark.parametrize("name", [f.name for f in fields(Priors)])
def test_documented_as_it_is(name: str) -> None:
    assert f"``{name}``" in (Priors.__doc__ or "")
    value = getattr(Priors(), name)
    if isinstance(value, float):
        assert float(Fraction(ROWS[name])) == pytest.approx(value)
    else:
        assert name in ROWS


def test_no_number_is_documented_that_is_gone() -> None:
    assert set(ROWS) == {f.name for f in fields(Priors)}


def test_every_word_and_class_is_a_probability_or_a_weight() -> None:
    priors = Priors()
    assert all(0 < p <= 1 for p in (*priors.commitment_p.values(), *priors.hedge_p.values()))
    assert all(0 < w < 6 for w in priors.class_logodds.values())
    assert all("_" not in name for name in (*priors.hedge_p, *priors.class_logodds))
