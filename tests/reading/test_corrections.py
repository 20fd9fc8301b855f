"""Corrections and withdrawals: found by their set phrases, linked to what they correct."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from tests.reading.test_copies import text
from whoholds.core import Interval, Report
from whoholds.reading import notice, superseded

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
    "We regret the error.",
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


def at(hour: int | None) -> Interval | None:
    moment = datetime(2021, 8, 1, tzinfo=UTC) + timedelta(hours=hour or 0)
    return None if hour is None else Interval(moment, moment, "second")


def report(body: str, hour: int | None, outlet: str = "Herald", url: str | None = None) -> Report:
    return Report(body, outlet, at(hour), url=url)


CORRECTED = "\n\nCorrection: the town that fell is Marn."


def test_a_correction_supersedes_what_the_outlet_said_before() -> None:
    first = report(text(1), 1)
    second = report(text(1) + " " + text(7, 1), 2)
    later = report(text(1) + CORRECTED, 3)
    other = report(text(1), 1, outlet="Gazette")
    else_ = report(text(2), 1)
    after = report(text(1), 4)
    undated = report(text(1), None)
    reports = [later, first, after, other, else_, undated, second]
    found = {earlier: by for earlier, (by, _) in superseded(reports).items()}
    assert found == {first.id: later.id, second.id: later.id}


def test_the_same_address_is_the_same_article_however_rewritten() -> None:
    first = report(text(1), 1, url="https://h.example/1")
    later = report(text(2) + CORRECTED, 3, url="https://h.example/1")
    found = superseded([later, first])
    assert list(found) == [first.id]
    assert found[first.id][0] == later.id
    assert found[first.id][1].kind == "correction"


def test_of_several_corrections_the_next_one_counts_whatever_the_order() -> None:
    reports = [report(text(1), 1), report(text(1) + CORRECTED, 2),
               report(text(1) + CORRECTED + " Again.", 3)]
    expected = {reports[0].id: reports[1].id, reports[1].id: reports[2].id}
    for seed in range(5):
        random.Random(seed).shuffle(order := list(reports))
        assert {k: v[0] for k, v in superseded(order).items()} == expected


def test_at_the_same_moment_the_one_with_the_notice_is_the_later() -> None:
    first, later = report(text(1), 1), report(text(1) + CORRECTED, 1)
    assert {k: v[0] for k, v in superseded([later, first]).items()} == {first.id: later.id}
