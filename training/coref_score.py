"""Scores of coreference chains: MUC, B-cubed, CEAF-e, and their mean, the CoNLL F1.

Mentions are any hashable keys; chains of one mention are left out on both sides, as in the CoNLL
2012 shared task (Pradhan et al. 2012; its reference scorer, Pradhan et al. 2014).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

Chain = frozenset[Hashable]


@dataclass(slots=True)
class Ratio:
    """Sums of what was right and of what could have been."""

    right: float = 0.0
    whole: float = 0.0

    def add(self, right: float, whole: float) -> None:
        self.right += right
        self.whole += whole

    def value(self) -> float:
        return self.right / self.whole if self.whole else 0.0


class CorefScore:
    """Adds up documents; recall and precision of each measure over all of them."""

    def __init__(self) -> None:
        self._recall = {name: Ratio() for name in ("muc", "b3", "ceafe")}
        self._precision = {name: Ratio() for name in ("muc", "b3", "ceafe")}

    def add(self, gold: Iterable[Iterable[Hashable]], found: Iterable[Iterable[Hashable]]) -> None:
        """Adds one document."""
        g, f = _chains(gold), _chains(found)
        for way, here, there in ((self._recall, g, f), (self._precision, f, g)):
            way["muc"].add(*_links(here, there))
            way["b3"].add(*_cubed(here, there))
        similarity = best_total([[2 * len(a & b) / (len(a) + len(b)) for b in f] for a in g])
        self._recall["ceafe"].add(similarity, len(g))
        self._precision["ceafe"].add(similarity, len(f))

    def result(self) -> dict[str, float]:
        """F1 of each measure and the mean of the three (``conll_f1``), in percent."""
        found = {}
        for name in self._recall:
            r, p = self._recall[name].value(), self._precision[name].value()
            found[name] = 100 * 2 * r * p / (r + p) if r + p else 0.0
        found["conll_f1"] = sum(found.values()) / 3
        return {name: round(value, 2) for name, value in found.items()}


def _chains(chains: Iterable[Iterable[Hashable]]) -> list[Chain]:
    return [c for c in map(frozenset, chains) if len(c) > 1]


def _owners(chains: Iterable[Chain]) -> Mapping[Hashable, Chain]:
    return {mention: chain for chain in chains for mention in chain}


def _links(here: Sequence[Chain], there: Sequence[Chain]) -> tuple[float, float]:
    """Links of ``here`` that ``there`` has too, and all of them (Vilain et al. 1995)."""
    owners = _owners(there)
    right = 0
    for chain in here:
        parts = {owners[m] for m in chain if m in owners}
        right += len(chain) - len(parts) - sum(m not in owners for m in chain)
    return right, sum(len(c) - 1 for c in here)


def _cubed(here: Sequence[Chain], there: Sequence[Chain]) -> tuple[float, float]:
    """For each mention the share of its chain that is right (Bagga and Baldwin 1998)."""
    owners = _owners(there)
    right = sum(len(chain & owners[m]) / len(chain) for chain in here for m in chain
                if m in owners)
    return right, sum(map(len, here))


def best_total(worth: Sequence[Sequence[float]]) -> float:
    """The greatest total worth of a one-to-one matching of rows and columns (the Hungarian
    method, Kuhn 1955, with potentials and shortest paths)."""
    if not worth or not worth[0]:
        return 0.0
    if len(worth) > len(worth[0]):
        worth = list(zip(*worth, strict=True))
    n, m = len(worth), len(worth[0])
    row_price, column_price = [0.0] * (n + 1), [0.0] * (m + 1)
    row_of = [0] * (m + 1)                       # 1-based; 0 is free
    for row in range(1, n + 1):
        _augment(worth, row, row_of, row_price, column_price)
    return sum(worth[row_of[j] - 1][j - 1] for j in range(1, m + 1) if row_of[j])


def _augment(worth: Sequence[Sequence[float]], row: int, row_of: list[int],
             row_price: list[float], column_price: list[float]) -> None:
    """Gives ``row`` a column along the cheapest path of changes."""
    m = len(column_price) - 1
    slack, came, done = [float("inf")] * (m + 1), [0] * (m + 1), [False] * (m + 1)
    row_of[0], at = row, 0
    while row_of[at]:
        done[at] = True
        here, step, following = row_of[at], float("inf"), 0
        for j in range(1, m + 1):
            if done[j]:
                continue
            cost = -worth[here - 1][j - 1] - row_price[here] - column_price[j]
            if cost < slack[j]:
                slack[j], came[j] = cost, at
            if slack[j] < step:
                step, following = slack[j], j
        for j in range(m + 1):
            if done[j]:
                row_price[row_of[j]] += step
                column_price[j] -= step
            else:
                slack[j] -= step
        at = following
    while at:
        row_of[at] = row_of[came[at]]
        at = came[at]
