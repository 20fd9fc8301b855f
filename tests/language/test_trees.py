"""The tree found is the best of all trees with one root."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from whoholds.language.trees import heads_of


def is_tree(heads: tuple[int, ...]) -> bool:
    if heads.count(0) != 1:
        return False
    for start in range(len(heads)):
        at, steps = start + 1, 0
        while at and steps <= len(heads):
            at, steps = heads[at - 1], steps + 1
        if at:
            return False
    return True


def total(scores: np.ndarray, heads: tuple[int, ...]) -> float:
    return float(sum(scores[i, h] for i, h in enumerate(heads)))


@given(st.integers(1, 4).flatmap(lambda n: arrays(
    np.float32, (n, n + 1), elements=st.integers(-8, 8).map(float))))
def test_as_good_as_the_best_of_all(scores: np.ndarray) -> None:
    n = scores.shape[0]
    found = tuple(heads_of(scores))
    assert is_tree(found)
    everything = itertools.product(range(n + 1), repeat=n)
    assert total(scores, found) == max(total(scores, h) for h in everything if is_tree(h))


@given(st.integers(5, 40), st.integers(0, 2**32 - 1))
def test_long_sentences_give_trees(n: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(n, n + 1)).astype(np.float32)
    assert is_tree(tuple(heads_of(scores)))


def test_no_words() -> None:
    assert heads_of(np.zeros((0, 1), np.float32)) == []
