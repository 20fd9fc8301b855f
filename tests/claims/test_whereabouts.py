"""Where it happened: lists, pairs, garrisons, and what a sentence leaves open."""

from __future__ import annotations

from functools import lru_cache

import pytest

from whoholds.claims import extract
from whoholds.claims.codebook import load_codebook
from whoholds.core import Claim, Report
from whoholds.language import Reader


@lru_cache
def reader() -> Reader:
    return Reader.load()


def claims(text: str, kind: str) -> list[Claim]:
    report = Report(text, "test")
    return [c for c in extract(report, reader().parse(report), load_codebook()) if c.kind == kind]


def places(text: str, kind: str) -> list[str | None]:
    return [None if c.place is None else
            c.place.antecedent.of(text) if c.place.antecedent else c.place.text
            for c in claims(text, kind)]


def test_both_towns_are_the_two_told_before() -> None:
    text = "Rebels attacked Norwick and Dunholt on Monday. Troops were sent to both towns."
    assert sorted(p or "" for p in places(text, "deploy")) == ["Dunholt", "Norwick"]


def test_who_died_is_not_told_of_the_town_in_the_sentence_before() -> None:
    text = "Rebels attacked Norwick on Monday. At least nine people have been killed."
    assert places(text, "casualty") == [None]
    assert places("Rebels attacked Norwick on Monday, killing nine people.", "casualty") \
        == ["Norwick"]


def test_a_garrison_is_where_it_is() -> None:
    text = "Rebels surrounded Norwick on Monday. The garrison surrendered on Friday."
    assert "Norwick" in places(text, "surrender") + places(text, "gain")


@pytest.mark.parametrize(("text", "kind", "part"), [
    # combat near a town is as near as news says; a hold near it is none of it
    ("Gunmen ambushed a convoy near Norwick on Monday.", "attack", None),
    # what lies on a side of a place is a part of it
    ("Rebels hold the outer forts of Norwick.", "hold", "outer forts"),
    # every street is the whole
    ("The army vowed to fight for every street of Norwick.", "contest", None),
])
def test_parts(text: str, kind: str, part: str | None) -> None:
    assert [(c.place and c.place.text, c.part) for c in claims(text, kind)] == [("Norwick", part)]


def test_positions_on_a_hill_are_the_hill() -> None:
    assert places("Guns shelled rebel positions on Norwick Hill on Monday.", "strike") \
        == ["Norwick Hill"]


@pytest.mark.parametrize("text", [
    "At least nine people were killed in the towns of Norwick and Dunholt.",
    "At least nine people were killed in Norwick and Dunholt.",
])
def test_people_die_in_each_town_of_a_list(text: str) -> None:
    assert places(text, "casualty") == ["Norwick", "Dunholt"]


def test_what_only_describes_is_not_where_it_happened() -> None:
    assert places("The garrison surrendered as Norwick, the largest town in Ruritania, fell.",
                  "surrender") != ["Ruritania"]
    text = "Concern grew about attacks by the rebels (banned in Ruritania as a terrorist group)."
    assert "Ruritania" not in places(text, "attack")


def test_a_dateline_is_not_where_somebody_surrendered() -> None:
    text = "Norwick: Former commander Adan Mel has surrendered to the rebels as Dunholt, the " \
        "third-largest city in the country, fell to them on Friday."
    assert "Norwick" not in places(text, "surrender") + places(text, "gain")
    assert places(text, "gain") == ["Dunholt"]


@pytest.mark.parametrize(("text", "found"), [
    ("Rebels seized nearly all of Ruritania in a week.", [("Ruritania", "nearly all")]),
    ("Rebels seized all of Ruritania in a week.", [("Ruritania", None)]),
    # what stands near a post that was taken says nothing of the taking
    ("Soldiers patrol the hills near a checkpoint recaptured from the rebels.",
     [("checkpoint", None)]),
])
def test_how_much_was_taken(text: str, found: list[tuple[str, str | None]]) -> None:
    assert [(c.place and c.place.text, c.part) for c in claims(text, "gain")] == found


def test_districts_in_a_province_are_places_of_their_own() -> None:
    text = "Clashes were reported in Norwick and Dunholt districts in Tarra province on Monday."
    assert [(c.place and c.place.text, c.part) for c in claims(text, "clash")] \
        == [("Norwick", None), ("Dunholt", None)]


def test_both_towns_may_be_two_sentences_back() -> None:
    text = "Rebels attacked Norwick and Dunholt on Monday. Nobody was hurt. Troops were sent to " \
        "both towns."
    assert sorted(p or "" for p in places(text, "deploy")) == ["Dunholt", "Norwick"]
