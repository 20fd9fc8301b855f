"""Matching: against brute force."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from whoholds.evaluation.matching import best_matching


def greatest(edges: dict[tuple[int, int], int]) -> int:
    """The greatest weight of a matching, by trying all."""
    lefts = sorted({left for left, _ in edges})
    rights: list[int | None] = sorted({right for _, right in edges})  # type: ignore[assignment]
    rights += [None] * len(lefts)
    return max((sum(edges.get((left, right), 0) for left, right in
                    zip(lefts, order, strict=False) if right is not None)
                for order in set(permutations(rights, len(lefts)))), default=0)


@given(st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 3)), st.integers(1, 50),
                       max_size=10))
def test_no_matching_weighs_more(edges: dict[tuple[int, int], int]) -> None:
    matched = best_matching(edges)
    assert all(pair in edges for pair in matched.items())
    assert len(set(matched.values())) == len(matched)
    assert sum(edges[pair] for pair in matched.items()) == greatest(edges)


def test_a_chain_is_matched_whole() -> None:
    edges = {(i, j): 10 for i in range(60) for j in (i, i + 1)}
    assert len(best_matching(edges)) == 60
