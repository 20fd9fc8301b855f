"""Words that tell of events, with those that head their parties and places, from the scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from whoholds.core import DataError, Event, Kind

Reals = NDArray[np.float32]
LEAST = 0.02         # probability below which a word is not said to tell of an event


class EventDecoder:
    """Events by label: the first label of words and of roles means none."""

    def __init__(self, labels: Sequence[str], roles: Sequence[str]) -> None:
        if not set(labels[1:]) <= set(get_args(Kind)) or tuple(roles[1:]) != ("A", "C", "P"):
            raise DataError("labels.json", "events or roles that this whoholds does not know")
        self._kinds: list[Kind] = list(labels[1:])  # type: ignore[arg-type]

    def events(self, scores: Reals, pairs: Reals, fillers: Reals,
               by_filler: Reals) -> tuple[Event, ...]:
        """From scores [W, labels], pairs [W, roles, width], fillers [W, width] and [W, roles]."""
        best = scores[:, 1:].argmax(1)
        over = scores[np.arange(len(scores)), best + 1] - scores[:, 0]
        found = []
        for i in np.flatnonzero(over > np.log(LEAST / (1 - LEAST))).tolist():
            weights = np.exp(scores[i] - scores[i].max())
            p = float(weights[best[i] + 1] / weights.sum())
            if p >= LEAST:
                roles = (pairs[i] @ fillers.T + by_filler.T).argmax(0).tolist()
                roles[i] = 0
                actors, others, places = (
                    tuple(j for j, role in enumerate(roles) if role == r) for r in (1, 2, 3))
                found.append(Event(i, self._kinds[best[i]], round(p, 4), actors, others, places))
        return tuple(found)


def probabilities(log_odds: Reals) -> list[float]:
    """Of log odds [W, 1]."""
    found: list[float] = np.round(1 / (1 + np.exp(-log_odds[:, 0].astype(float))), 3).tolist()
    return found


def moved(event: Event, by: int) -> Event:
    """The event of a part of a sentence that begins at word ``by``."""
    def on(words: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(w + by for w in words)

    return replace(event, word=event.word + by, actors=on(event.actors),
                   counterparts=on(event.counterparts), places=on(event.places))
