"""One-to-one matching of greatest weight between two lists, by the Hungarian method.

Kuhn (1955), Munkres (1957), in the form with potentials (O(n^3)); each connected component is
solved by itself, so that large inputs whose components are small stay cheap.
"""

from __future__ import annotations

from collections.abc import Mapping

Edges = Mapping[tuple[int, int], int]


def best_matching(edges: Edges) -> dict[int, int]:
    """The matching of greatest total weight: left -> right.

    ``edges`` maps (left, right) to a weight above 0; pairs without an edge never match. The same
    edges always give the same matching.
    """
    matched: dict[int, int] = {}
    for component in _components(edges):
        lefts = sorted({left for left, _ in component})
        rights = sorted({right for _, right in component})
        matched.update(_solve(edges, lefts, rights))
    return matched


def _components(edges: Edges) -> list[list[tuple[int, int]]]:
    """Edges by connected component, in the order of their least left."""
    by_left: dict[int, list[int]] = {}
    by_right: dict[int, list[int]] = {}
    for left, right in sorted(edges):
        by_left.setdefault(left, []).append(right)
        by_right.setdefault(right, []).append(left)
    seen: set[int] = set()
    found = []
    for start in by_left:
        if start in seen:
            continue
        seen.add(start)
        todo, component = [start], []
        while todo:
            left = todo.pop()
            for right in by_left[left]:
                component.append((left, right))
                for other in by_right[right]:
                    if other not in seen:
                        seen.add(other)
                        todo.append(other)
        found.append(component)
    return found


def _solve(edges: Edges, lefts: list[int], rights: list[int]) -> dict[int, int]:
    """The least-cost assignment of a square matrix in which absent edges cost nothing."""
    size = max(len(lefts), len(rights))
    cost = [[0] * (size + 1) for _ in range(size + 1)]
    for i, left in enumerate(lefts, 1):
        for j, right in enumerate(rights, 1):
            cost[i][j] = -edges.get((left, right), 0)
    row_of = _assign(cost, size)
    return {lefts[row_of[j] - 1]: right for j, right in enumerate(rights, 1)
            if row_of[j] <= len(lefts) and (lefts[row_of[j] - 1], right) in edges}


def _assign(cost: list[list[int]], size: int) -> list[int]:
    """For each column (1-based) the row that it is assigned to."""
    row_potential, column_potential = [0] * (size + 1), [0] * (size + 1)
    row_of = [0] * (size + 1)
    for row in range(1, size + 1):
        row_of[0] = row
        way, least = [0] * (size + 1), [10**18] * (size + 1)
        used = [False] * (size + 1)
        column = 0
        while row_of[column] != 0:
            used[column] = True
            here, delta, following = row_of[column], 10**18, 0
            for j in range(1, size + 1):
                if used[j]:
                    continue
                reduced = cost[here][j] - row_potential[here] - column_potential[j]
                if reduced < least[j]:
                    least[j], way[j] = reduced, column
                if least[j] < delta:
                    delta, following = least[j], j
            for j in range(size + 1):
                if used[j]:
                    row_potential[row_of[j]] += delta
                    column_potential[j] -= delta
                else:
                    least[j] -= delta
            column = following
        while column:
            row_of[column] = row_of[way[column]]
            column = way[column]
    return row_of
