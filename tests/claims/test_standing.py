"""What the noun that a verb leans on adds to how firmly the verb is said."""

from __future__ import annotations

import pytest

from whoholds.claims.stances import Commitment3
from whoholds.claims.standing import _of_noun


@pytest.mark.parametrize(("verb", "stance", "noun", "want"), [
    ("prepare", ("affirmed", "actual"), ("affirmed", "planned"), ("affirmed", "planned")),
    ("make", ("denied", "actual"), ("affirmed", "possible"), ("denied", "actual")),
    ("meet", ("affirmed", "forecast"), ("affirmed", "possible"), ("affirmed", "possible")),
    ("stop", ("affirmed", "possible"), ("affirmed", "actual"), ("affirmed", "actual")),
])
def test_noun_and_verb(verb: str, stance: tuple[str, str], noun: tuple[str, str],
                       want: tuple[str, str]) -> None:
    found = _of_noun(verb, Commitment3(*stance), Commitment3(*noun))  # type: ignore[arg-type]
    assert (found.polarity, found.modality) == want
