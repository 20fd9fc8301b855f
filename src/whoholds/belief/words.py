"""Probabilities as words, and words as probabilities.

Source of the scale: Intelligence Community Directive 203 (2015), "Analytic Standards", D.6.e(2)(a).
Source of the numbers of single words: averages over twenty studies, rounded to 0.05, in Mosteller
and Youtz, "Quantifying Probabilistic Expressions", Statistical Science 5 (1990) 2-12; *possible*,
*could*, *may* and *might* mean different things to different people and stand just below even.
"""

from __future__ import annotations

from collections.abc import Iterable

SCALE: tuple[tuple[float, str], ...] = (
    (0.05, "almost no chance"), (0.20, "very unlikely"), (0.45, "unlikely"),
    (0.55, "roughly even chance"), (0.80, "likely"), (0.95, "very likely"),
    (1.0, "almost certain"))
"""Upper end of each band (the end belongs to the lower band), and its words."""

MEANT_P: dict[str, float] = {
    "certain": 0.98, "certainly": 0.98, "inevitable": 0.95, "imminent": 0.9, "will": 0.9,
    "likely": 0.7, "probable": 0.7, "probably": 0.7, "expected": 0.7, "expect": 0.7,
    "possible": 0.4, "possibly": 0.4, "could": 0.4, "may": 0.4, "might": 0.4, "can": 0.4,
    "risk": 0.4, "danger": 0.4, "fear": 0.4, "feared": 0.4, "uncertain": 0.4,
    "doubtful": 0.2, "unlikely": 0.2, "improbable": 0.15, "remote": 0.1, "impossible": 0.02}

UNSAID_P = 0.7
"""A forecast without any such word (*will fall within a week*) is made as more likely than not."""


def icd203(probability_p: float) -> str:
    """The words of ICD 203 for a probability in [0, 1]; ValueError outside."""
    if not 0 <= probability_p <= 1:
        raise ValueError(f"not a probability: {probability_p}")
    return next(words for upper, words in SCALE if probability_p <= upper)


def band(probability_p: float) -> int:
    """Which band of the scale a probability is in, from 0 (almost no chance) to 6."""
    return [words for _, words in SCALE].index(icd203(probability_p))


def meant_p(hedges: Iterable[str]) -> float:
    """The probability that a forecast's words mean: the most doubtful of those that are known.

    *very* and *highly* halve the distance to the nearer end (Mosteller and Youtz's rule).
    """
    found = []
    for hedge in hedges:
        words = hedge.lower().split()
        p = next((MEANT_P[w] for w in words if w in MEANT_P), None)
        if p is not None:
            if words[0] in ("very", "highly", "almost"):
                p = p / 2 if p < 0.5 else 1 - (1 - p) / 2
            found.append(p)
    return min(found, default=UNSAID_P)
