"""Examples whose scores were worked out by hand."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.coref_score import CorefScore, best_total


def scores(gold: list[str], found: list[str]) -> dict[str, float]:
    score = CorefScore()
    score.add(gold, found)
    return score.result()


def test_what_is_all_right_scores_full() -> None:
    assert set(scores(["abc", "de"], ["de", "cab"]).values()) == {100.0}


def test_the_example_of_the_reference_scorer() -> None:
    """Pradhan et al. (2014), figure 1: they give 0.40, 0.48 and 0.50, 0.65 and 0.43."""
    got = scores(["abc", "defg"], ["ab", "cd", "fghi"])
    muc = 2 * (2 / 5) * (2 / 5) / (2 / 5 + 2 / 5)
    recall = ((4 + 1) / 3 + (1 + 4) / 4) / 7
    precision = (4 / 2 + (1 + 1) / 2 + 4 / 4) / 8
    assert got["muc"] == pytest.approx(100 * muc, abs=0.01)
    assert got["b3"] == pytest.approx(100 * 2 * recall * precision / (recall + precision), abs=0.01)
    similarity = 4 / 5 + 4 / 8            # abc with ab, defg with fghi
    r, p = similarity / 2, similarity / 3
    assert got["ceafe"] == pytest.approx(100 * 2 * r * p / (r + p), abs=0.01)


def test_one_chain_for_everything() -> None:
    # MUC: 3 of 3 links found, of 4; B3: recall 1, precision (9 + 4)/25; CEAF-e: 6/8
    got = scores(["abc", "de"], ["abcde"])
    assert got["muc"] == pytest.approx(100 * 2 * 1 * 0.75 / 1.75, abs=0.01)
    assert got["b3"] == pytest.approx(100 * 2 * 0.52 / 1.52, abs=0.01)
    assert got["ceafe"] == pytest.approx(100 * 2 * 0.375 * 0.75 / 1.125, abs=0.01)
    assert got["conll_f1"] == pytest.approx((got["muc"] + got["b3"] + got["ceafe"]) / 3, abs=0.02)


def test_chains_of_one_count_neither_way() -> None:
    assert scores(["ab", "c"], ["ab", "d"])["conll_f1"] == 100.0


def test_nothing_found() -> None:
    assert scores(["ab"], [])["conll_f1"] == 0.0


@given(st.integers(1, 4).flatmap(lambda m: st.lists(
    st.lists(st.integers(0, 9), min_size=m, max_size=m), min_size=1, max_size=4)))
def test_the_best_matching_is_the_best_of_all(worth: list[list[int]]) -> None:
    rows, columns = len(worth), len(worth[0])
    if rows > columns:
        ways = itertools.permutations(range(rows), columns)
        best = max(sum(worth[i][j] for j, i in enumerate(way)) for way in ways)
    else:
        others = itertools.permutations(range(columns), rows)
        best = max(sum(worth[i][j] for i, j in enumerate(way)) for way in others)
    assert best_total(worth) == pytest.approx(best)
