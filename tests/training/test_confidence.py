"""The fit of claims' probabilities, on claims whose probabilities are known."""

from __future__ import annotations

import random
from math import exp, log
from pathlib import Path

import numpy as np
import pytest
import yaml

from benchmarks.confidence import auc, brier, figures, of_frame
from training.confidence import (
    Sample,
    held_out,
    loss,
    table,
    text_of,
    weights_of,
)
from whoholds.claims.confidence import SILENT, logodds

TRUE = {"good": 1.5, "bad": -2.0, "mark": 0.8}


def made(cases: int, seed: int = 3) -> list[Sample]:
    """Claims that are right as often as a logistic regression with ``TRUE`` and 0.5 says."""
    rng = random.Random(seed)
    found = []
    for n in range(cases):
        for _ in range(3):
            said = [(name, 1.0) for name in ("good", "bad") if rng.random() < 0.4]
            said += [("mark", rng.gauss(0, 1))]
            p = 1 / (1 + exp(-0.5 - sum(TRUE[name] * value for name, value in said)))
            found.append(Sample(f"case {n}", "gain", tuple(said), rng.random() < p))
    return found


def test_the_weights_come_out() -> None:
    weights = weights_of(made(1500))
    assert weights.intercept == pytest.approx(0.5, abs=0.2)
    for name, weight in TRUE.items():
        assert weights.by_feature[name] == pytest.approx(weight, abs=0.25)


def test_held_out_probabilities_are_borne_out() -> None:
    found = made(1000)
    of = table(found)
    p = held_out(of)
    for low, high in ((0, 0.3), (0.3, 0.6), (0.6, 0.8), (0.8, 1)):
        chosen = (p >= low) & (p < high)
        assert p[chosen].mean() == pytest.approx(of.right[chosen].mean(), abs=0.05)
    assert np.array_equal(p, held_out(table(found)))


def test_no_case_speaks_for_its_own_claims() -> None:
    """What only marks the case says all there is to know, and helps nobody."""
    rng = random.Random(5)
    fates = [rng.random() < 0.5 for _ in range(60)]
    found = [Sample(f"case {n}", "gain", ((f"of case {n}", 1.0),), right)
             for n, right in enumerate(fates) for _ in range(20)]
    of = table(found)
    assert len(of.names) == 60
    assert loss(held_out(of), of.right) > log(2) - 0.03


def test_what_is_rare_gets_no_weight() -> None:
    found = [*made(20), Sample("other", "gain", (("seldom", 1.0),), True)]
    assert table(found).names == ("bad", "good", "mark")


def test_where_the_reader_is_silent_its_mean_speaks() -> None:
    found = [Sample(s.case, s.kind, tuple((n, v + 2 if n == "mark" else v) for n, v in s.features),
                    s.right) for s in made(300)]
    weights = weights_of(found)
    mean = sum(dict(s.features)["mark"] for s in found) / len(found)
    assert weights.by_feature[SILENT] == pytest.approx(weights.by_feature["mark"] * mean)


def test_the_file_says_what_was_fitted(tmp_path: Path) -> None:
    weights = weights_of(made(100))
    data = yaml.safe_load(text_of(weights))
    assert data["intercept"] == pytest.approx(weights.intercept, abs=0.001)
    assert data["weights"].keys() == weights.by_feature.keys()
    assert text_of(weights).startswith("# What speaks")


def test_figures_worked_out_by_hand() -> None:
    told = [(0.9, True), (0.6, True), (0.6, False), (0.2, False)]
    assert brier(told) == pytest.approx((0.01 + 0.16 + 0.36 + 0.04) / 4)
    assert auc(told) == pytest.approx(3.5 / 4)
    by_name = figures("x", told, told[::-1])
    assert by_name["x.claims"] == 4
    assert by_name["x.right"] == 0.5
    assert by_name["x.auc"] == by_name["x.auc_of_frames"] == 0.875


def test_what_the_frame_alone_said() -> None:
    sure = [("frame", logodds(0.9)), ("place none", 1.0)]
    assert of_frame(sure) == pytest.approx(0.9)
    assert of_frame([*sure, ("actor of an unsure type", 1.0)]) == pytest.approx(0.675)
