"""Places that a phrase lists or names beside its noun."""

from __future__ import annotations

import pytest

from tests.claims.test_whereabouts import claims


def taken(text: str) -> list[tuple[str, str | None]]:
    return [(c.place.text, c.place.type_word) for c in claims(text, "gain") if c.place]


@pytest.mark.parametrize("text", [
    "Rebels overran the capitals of Norwick and Dunholt on Tuesday.",
    "Rebels captured the capitals of northern Norwick and Dunholt provinces on Tuesday.",
])
def test_each_province_has_its_own_capital(text: str) -> None:
    assert taken(text) == [("Norwick", "capital"), ("Dunholt", "capital")]


def test_a_town_is_what_it_is_called() -> None:
    assert [t for t, _ in taken("Rebels captured a border town called Tarra on Monday.")] \
        == ["Tarra"]


def test_a_prize_is_the_province_beside_it() -> None:
    assert [t for t, _ in taken("Their biggest prize, Norwick province, was conquered.")] \
        == ["Norwick province"]


def test_another_town_is_none_told_before() -> None:
    text = "Rebels took Norwick on Monday. They have captured another town."
    assert [c.place.antecedent for c in claims(text, "gain") if c.place][-1] is None
