"""Events from the network's scores."""

from __future__ import annotations

import numpy as np
import pytest

from whoholds.core import DataError, Event
from whoholds.language.events import EventDecoder, moved, probabilities

ROLES = ("none", "A", "C", "P")


def test_a_word_its_kind_and_its_parties() -> None:
    scores = np.array([[5, 0, 0], [0, 0, 4], [5, 0, 0]], np.float32)
    pairs = np.zeros((3, 4, 2), np.float32)
    pairs[1] = [[0.5, 0.5], [2, 0], [0, 0], [0, 2]]
    fillers = np.array([[1, 0], [1, 1], [0, 1]], np.float32)
    found = EventDecoder(("O", "gain", "hold"), ROLES).events(
        scores, pairs, fillers, np.zeros((3, 4), np.float32))
    p = round(float(np.exp(4) / (np.exp(4) + 2)), 4)
    assert found == (Event(1, "hold", pytest.approx(p, abs=1e-4), (0,), (), (2,)),)


def test_nothing_where_nothing_is_likely() -> None:
    scores = np.array([[8, 0, 0]], np.float32)
    nothing = np.zeros((1, 4, 2), np.float32), np.zeros((1, 2), np.float32), \
        np.zeros((1, 4), np.float32)
    assert EventDecoder(("O", "gain", "hold"), ROLES).events(scores, *nothing) == ()


def test_probabilities_of_log_odds() -> None:
    assert probabilities(np.array([[0], [2], [-40]], np.float32)) == [0.5, 0.881, 0.0]


def test_labels_of_another_model() -> None:
    with pytest.raises(DataError, match="does not know"):
        EventDecoder(("O", "birthday"), ROLES)


def test_parts_of_a_long_sentence_are_put_together() -> None:
    assert moved(Event(1, "gain", 0.9, (0,), (), (2, 3)), 10) == \
        Event(11, "gain", 0.9, (10,), (), (12, 13))
