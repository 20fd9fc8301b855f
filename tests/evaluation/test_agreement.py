"""Agreement of single fields."""

from __future__ import annotations

from datetime import date

import pytest

from whoholds.core import Claim, Interval, Mention, Quantity, Source, Span
from whoholds.evaluation.agreement import (
    Predicted,
    content_words,
    differences,
    overlap,
    same_quantity,
    same_time,
)
from whoholds.evaluation.gold import Amount, Gold


def gold(earliest: date | None, latest: date | None) -> Gold:
    return Gold("r", Span(0, 1), "", "gain", None, None, None, None, earliest, latest, "affirmed",
                "actual", ("O",), None, True)


AUG = [None, *(date(2021, 8, day) for day in range(1, 20))]


def days(first: int | None, last: int | None) -> Interval:
    return Interval(Interval.of_days(AUG[first]).earliest if first else None,  # type: ignore[arg-type]
                    Interval.of_days(AUG[last]).latest if last else None)  # type: ignore[arg-type]


@pytest.mark.parametrize(("wanted", "predicted", "right"), [
    ((None, 15), (None, 15), True),
    ((None, 15), (None, 14), True),      # a day off
    ((None, 15), (None, 12), True),      # narrower, inside
    ((None, 15), (None, 17), False),
    ((None, 15), (15, 15), True),
    ((15, 15), (None, 15), False),
    ((15, 15), (14, 15), True),
    ((15, 15), (13, 15), False),
    ((15, None), (15, None), True),
    ((15, None), (16, 18), True),
    ((1, 15), (5, 9), True),
    ((1, 15), (5, 18), False),
    ((None, None), (3, 4), True),
])
def test_time(wanted: tuple[int | None, int | None], predicted: tuple[int | None, int | None],
              right: bool) -> None:
    one = gold(AUG[wanted[0]] if wanted[0] else None, AUG[wanted[1]] if wanted[1] else None)
    assert same_time(days(*predicted), one) is right


def test_no_time_is_right_only_where_the_gold_is_open() -> None:
    assert same_time(None, gold(None, None))
    assert not same_time(None, gold(None, AUG[3]))


@pytest.mark.parametrize(("one", "other", "same"), [
    ("Interior Ministry of Afghanistan", "the Interior Ministry", True),
    ("Interior Ministry", "Defence Ministry", False),
    ("officials (anonymous)", "officials", True),
    ("Taliban spokesman", "a Taliban spokesperson", True),
    ("U.S. intelligence", "US intelligence", True),
    ("local sources", "a source", True),
    ("Reuters", "Associated Press", False),
    ("the", "a", False),
])
def test_sources_are_compared_by_content_words(one: str, other: str, same: bool) -> None:
    assert overlap(content_words(one), content_words(other)) is same


@pytest.mark.parametrize(("predicted", "wanted", "same"), [
    (Quantity(18, "exactly", "provincial capital", of=34),
     Amount(18, "exactly", "provincial capital", of=34), True),
    (Quantity(18, "exactly", "capital"), Amount(18, "exactly", "provincial capital", of=34), False),
    (Quantity(2, "exactly", "helicopter"), Amount(2, "at least", "helicopter"), False),
    (Quantity(2, "at least", "helicopters"), Amount(2, "at least", "helicopter"), True),
    (Quantity(2, "at least", "plane"), Amount(2, "at least", "helicopter"), False),
    (Quantity(0.5, "more than", "share of capitals"),
     Amount(0.5, "more than", "share of provincial capitals"), True),
    (Quantity(0.5, "more than", "capital"),
     Amount(0.5, "more than", "share of provincial capitals"), False),
    (Quantity(None, "hundreds", "soldier"), Amount(None, "hundreds", "soldier"), True),
    (Quantity(4, "exactly", "helicopter", parts=(1, 3)),
     Amount(4, "exactly", "helicopter", parts=(2, 2)), False),
    (None, Amount(2, "exactly", "helicopter"), False),
    (None, None, True),
])
def test_quantity(predicted: Quantity | None, wanted: Amount | None, same: bool) -> None:
    assert same_quantity(predicted, wanted) is same


def actor_agrees(text: str, wanted: str, side: str | None = None,
                 names: frozenset[str] = frozenset()) -> bool:
    span = Span(0, 1)
    claim = Claim("r", "gain", span, span, (Source("O", "outlet"),),
                  actor=Mention(span, text, "description", text))
    one = Gold("r", span, "", "gain", wanted, None, None, None, None, None, "affirmed", "actual",
               ("O",), None, True)
    sides = {"the army": "side:north", "Northern army": "side:north"}
    found = differences(Predicted("r", claim, side, actor_names=names), one,
                        lambda _, __: True, sides.get)
    return "actor" not in found


def test_actors_agree_by_side_by_words_or_by_what_a_pronoun_stands_for() -> None:
    assert actor_agrees("soldiers", "Northern army", side="side:north")
    assert not actor_agrees("soldiers", "Northern army", side="side:south")
    assert actor_agrees("the army", "the army", side="side:south")   # of the report's own country
    assert actor_agrees("they", "Hill Men", names=frozenset({"Hill Men"}))
    assert not actor_agrees("they", "Hill Men", names=frozenset({"Lowlanders"}))
