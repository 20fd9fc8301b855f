"""Finds the best dependency tree among scored arcs: maximum spanning tree with one root.

Chu and Liu (1965), Edmonds (1967); the single root by trying the promising roots in turn.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


def heads_of(scores: Scores) -> list[int]:
    """The heads of the best tree with exactly one root.

    ``scores[i, j]`` is the score of word ``j`` (1-based; column 0 is the root) as head of word
    ``i`` (0-based). Gives, for each word, its head's 1-based position, 0 for the root word.
    """
    n = scores.shape[0]
    if n == 0:
        return []
    if n == 1:
        return [0]
    grid = scores.astype(np.float64)
    grid[np.arange(n), np.arange(1, n + 1)] = -np.inf
    greedy = grid.argmax(1)
    if (greedy == 0).sum() == 1 and not _cycle(greedy):
        found: list[int] = greedy.tolist()
        return found
    best: list[int] = []
    best_score = -np.inf
    inner = grid.copy()
    inner[:, 0] = -np.inf
    # a root's tree scores at most its root arc plus everyone else's best inner arc
    tops = inner.max(1)
    bounds = grid[:, 0] + tops.sum() - tops
    for root in np.argsort(-bounds, kind="stable"):
        if bounds[root] <= best_score:
            break
        one = inner.copy()
        one[root] = -np.inf
        one[root, 0] = grid[root, 0]
        heads = _arborescence(one)
        total = float(one[np.arange(n), heads].sum())
        if total > best_score:
            best, best_score = [int(h) for h in heads], total
    return best


def _cycle(heads: NDArray[np.intp]) -> list[int]:
    """Some cycle among ``heads`` (0-based words; head 0 is the root), or an empty list."""
    above: list[int] = (heads - 1).tolist()
    seen = [0] * len(above)
    for start in range(len(above)):
        path: list[int] = []
        at = start
        while at >= 0 and seen[at] == 0:
            seen[at] = start + 1
            path.append(at)
            at = above[at]
        if at >= 0 and seen[at] == start + 1:
            return path[path.index(at):]
    return []


def _arborescence(grid: NDArray[np.float64]) -> NDArray[np.intp]:
    """Best heads without cycles, by contracting cycles (recursive Chu-Liu-Edmonds)."""
    heads: NDArray[np.intp] = grid.argmax(1)
    cycle = _cycle(heads)
    if not cycle:
        return heads
    n = grid.shape[0]
    inside = np.zeros(n, dtype=bool)
    inside[cycle] = True
    outer = np.flatnonzero(~inside)
    columns = np.concatenate([[0], outer + 1])
    ring = np.array(cycle)
    gain = grid[ring][:, columns] - grid[ring, heads[ring]][:, None]
    enter = gain.argmax(0)                       # which word of the ring each outsider would govern
    m = len(outer) + 1
    smaller = np.full((m, m + 1), -np.inf)
    smaller[: m - 1, : m] = grid[outer][:, columns]
    from_ring = grid[outer][:, ring + 1]
    leave = from_ring.argmax(1)                  # which word of the ring would govern each outsider
    smaller[: m - 1, m] = from_ring.max(1)
    smaller[m - 1, : m] = gain.max(0)
    solved = _arborescence(smaller)
    result = heads.copy()
    for i, word in enumerate(outer):
        h = int(solved[i])
        result[word] = ring[leave[i]] + 1 if h == m else columns[h]
    h = int(solved[m - 1])
    result[ring[enter[h]]] = columns[h]
    return result
