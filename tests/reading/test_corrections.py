"""Corrections and withdrawals: found by their set phrases, told from other words."""

from __future__ import annotations

import pytest

from whoholds.reading import notice

BODY = "Rebels took the town of Marn on Friday, residents said.\n\nThe army denied it."


@pytest.mark.parametrize("words", [
    "An earlier version of this article misstated the day on which Marn fell.",
    "An earlier version of this story said that Kesh had fallen. It has not.",
    "The previous headline on this report referred to Kesh as the capital.",
    "A previous version of the story gave the wrong name for the governor.",
    "Correction: the town that fell is Marn, not Kesh.",
    "CORRECTION (14 August): Marn fell on Friday.",
    "Correction, Aug. 14, 2021: Marn fell on Friday.",
    "**Correction** — Marn fell on Friday.",
    "Clarification: the army still holds the airport of Marn.",
    "Editor's note: An error in the second paragraph has been corrected.",
    "This article has been corrected to say that Marn fell on Friday.",
    "This story was updated to correct the name of the town.",
    "This article was amended on 15 August 2021 because an earlier version named Kesh.",
    "We originally reported that Kesh had fallen; that was incorrect.",
    "We regret the error.", "This story was amended on Friday.",
    "The previous version of our story erred.", "An earlier version of this story said otherwise.",
    "CORRECTION (March 3): a name was wrong.",
    "The headline of an earlier report wrongly said that Kesh had fallen.",
])
def test_corrections(words: str) -> None:
    for body in (f"{BODY}\n\n{words}", f"{words}\n\n{BODY}"):
        found = notice(body)
        assert found is not None, body
        assert found.kind == "correction"
        assert found.span.of(body) == words


@pytest.mark.parametrize("words", [
    "This story has been withdrawn.",
    "This report, published on Friday, has been retracted.",
    "We have withdrawn this article after the ministry's denial could not be cleared up.",
    "We are retracting this story.",
    "RETRACTION: the story below is wrong.",
])
def test_withdrawals(words: str) -> None:
    found = notice(f"{words}\n\n{BODY}")
    assert found is not None
    assert found.kind == "withdrawal"


def test_a_corrected_headline_is_a_notice() -> None:
    found = notice("CORRECTED-Rebels take Marn, not Kesh\n\n" + BODY)
    assert found is not None
    assert found.span.start == 0


@pytest.mark.parametrize("words", [
    "An earlier report said that Kesh had fallen.",
    "The original version of the report was leaked.",
    "A course correction: troops turned west.", "He corrected the report of the ministry.",
    "This article was written in Kyiv.", "An earlier version of the plan was rejected.",
    "The market faces a correction, analysts said.",
    "Troops of the Department of Corrections: guards were flown in.",
    "An earlier version of the deal said that the army would stay.",
    "The battalion has been withdrawn from Marn.",
    "This convoy has been withdrawn.",
    "The officer said that the report was wrong.",
    "Editor's note: our reporter stayed with the rebels for a week.",
    "The minister retracted his statement on Friday.",
    "Editors corrected the map for the new border.",
    "This was updated at noon.",
    "The rebels regret the error of attacking the hospital.",
])
def test_no_notice(words: str) -> None:
    assert notice(f"{BODY}\n\n{words}") is None


def test_only_the_ends_are_looked_at() -> None:
    far = "x y z. " * 600
    words = "Correction: the town is Marn."
    assert notice(f"{far}\n{words}\n{far}") is None
    assert notice(f"{far}\n{far}\n{words}") is not None
