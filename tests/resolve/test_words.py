"""English words that tell kinds of places."""

from __future__ import annotations

import pytest

from whoholds.resolve.words import find_type, plural


@pytest.mark.parametrize(("words", "kind"), [
    ("garrison town of gao", "city"), ("the border crossing", "crossing"),
    ("district hospital", "building"), ("the city north of it", "city"),
    ("provincial capital", "capital"), ("district capital", "district"),
    ("air base", "airbase"), ("state house", "building"), ("state", "province")])
def test_the_last_of_two_kinds_is_the_head(words: str, kind: str) -> None:
    found = find_type(words.split())
    assert found is not None
    assert found[2] == kind


def test_words_without_a_kind() -> None:
    assert find_type(["positions"]) is None
    assert find_type([]) is None


def test_plurals() -> None:
    assert [plural(w) for w in ("city", "border crossing", "church", "highway", "pass")] == [
        "cities", "border crossings", "churches", "highways", "passes"]
