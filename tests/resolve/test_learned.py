"""What a text tells of its actors, as words; no packs, no gazetteer."""

from __future__ import annotations

import time

import pytest

from whoholds.resolve.learned import acronyms, groups, people, states, stem


@pytest.mark.parametrize(("text", "found"), [
    ("The M23 (March 23 Movement), a rebel group backed by Rwanda, took Goma.",
     {("M23", "rebel group")}),
    ("A rebel militia called the Red Hand left.", {("Red Hand", "rebel militia")}),
    ("Fighters of the Red Hand left.", {("Red Hand", "Fighters")}),
    ("Then the M23 rebels came.", {("M23", "rebels")}),
    ("The paramilitary Rapid Support Forces left.", {("Rapid Support Forces", "paramilitary")}),
    ("Rwanda-backed rebels left with a new force.", set()),
    ("Ada Lovelace, an analyst, spoke of the war.", set())])
def test_groups_are_told_by_what_stands_beside_them(text: str,
                                                    found: set[tuple[str, str]]) -> None:
    assert {(t.name, t.words) for t in groups(text)} == found
    for told in groups(text):
        assert text.startswith(told.name, told.at)
        assert text.startswith(told.words, told.words_at)


@pytest.mark.parametrize(("text", "name", "words"), [
    ("Ilan Koray, the interior minister, spoke.", "ilan koray", "interior minister"),
    ("So said Osk Varen, a spokesman for the Red Hand.", "osk varen",
     "spokesman for the Red Hand")])
def test_people_have_the_office_of_their_apposition(text: str, name: str, words: str) -> None:
    assert people(text)[name].words == words


def test_a_name_without_an_office_is_nobody() -> None:
    assert not people("Mariam Oduya, a pharmacist, saw it.")


@pytest.mark.parametrize(("text", "name"), [
    ("the government of Miravalle said", "Miravalle"), ("Miravalle's army left", "Miravalle"),
    ("it met the Miravallean government", "Miravallean")])
def test_states_have_governments(text: str, name: str) -> None:
    assert [t.name for t in states(text)] == [name]


def test_a_people_and_its_country_share_a_stem() -> None:
    assert stem("Miravalle") == stem("Miravallean")
    assert stem("Toreh Coast") != stem("Toreh")


@pytest.mark.parametrize(("text", "found"), [
    ("the Rapid Support Forces (RSF)", {"rsf": "Rapid Support Forces"}),
    ("the NLF (National Land Front)", {"nlf": "National Land Front"}),
    ("The Rapid Support Forces left. The RSF denied it.", {"rsf": "Rapid Support Forces"}),
    ("the army (on Friday)", {}), ("Reuters (UK)", {})])
def test_acronyms_stand_for_names(text: str, found: dict[str, str]) -> None:
    assert acronyms(text) == found


@pytest.mark.parametrize("rubbish", ["A'" * 5000, "A-b-" * 2500, "Aaa Bbb (CC) " * 800])
def test_rubbish_takes_no_time(rubbish: str) -> None:
    started = time.process_time()
    assert list(groups(rubbish)) == list(states(rubbish)) == []
    people(rubbish), acronyms(rubbish)
    assert time.process_time() - started < 2.0     # seconds; without bounds 20 and more
