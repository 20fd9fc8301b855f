"""Who is in a report: which packs describe it, whose army is meant, what the words were before."""

from __future__ import annotations

import re

import pytest

from whoholds.core import Report
from whoholds.resolve import Resolver
from whoholds.resolve.cast import Cast, _amid, _written, coin, coin_state, noun, settled
from whoholds.resolve.scene import set_scene


def _cast(resolver: Resolver, text: str, *places: str) -> Cast:
    return Cast(resolver.atlas, set_scene(resolver.atlas, Report(text, "Herald"), places))


@pytest.mark.parametrize(("text", "home"), [
    ("Fighting went on in Afghanistan, in Kunduz and Kabul. Syria was calm.", {"afghanistan"}),
    ("Fighting went on in Pakistan.", set()), ("The AA and the SAF met in Pakistan.", set())])
def test_packs_describe_the_countries_that_a_report_is_about(resolver: Resolver, text: str,
                                                             home: set[str]) -> None:
    assert {p.key for p in _cast(resolver, text).home_packs} == home


@pytest.mark.parametrize(("text", "places", "home"), [
    ("The army left Khartoum, in Sudan.", (), "state:SD"),
    ("The army left Aleppo.", ("Aleppo",), "state:SY"),       # a city of two million
    ("The army left Cabool.", ("Cabool",), None),             # a village proves nothing
    ("The army left Qarrum.", (), None)])
def test_a_country_is_home_where_the_report_shows_it(packless: Resolver, text: str,
                                                     places: tuple[str, ...],
                                                     home: str | None) -> None:
    found = _cast(packless, text, *places).home
    assert (found.id if found else None) == home


def test_a_state_that_no_table_has_is_home_in_its_own_war(packless: Resolver) -> None:
    text = ("The government of Miravalle said so. Miravallean troops left. An American envoy came.")
    assert _cast(packless, text).home == coin_state("Miravalle")


def test_the_latest_is_the_one_named_last_before(packless: Resolver) -> None:
    cast = _cast(packless, "x" * 100)
    one, other = (coin(n, "armed group", None) for n in ("Red Hand", "Blue Hand"))
    cast.describe(10, one, "the rebels")
    cast.see(50, other)
    assert cast.latest(40, ("armed group",)) == one
    assert cast.latest(60, ("armed group",)) == other
    assert cast.latest(5, ("armed group",)) == one
    assert cast.described(60, "rebel") == one
    assert cast.whole("Hand") == "Hand"


def test_nouns_and_what_is_stored() -> None:
    assert [noun(w) for w in ("gunmen", "men", "armies", "rebels")] == [
        "gunman", "men", "army", "rebel"]
    group = coin("Red Hand", "armed group", None)
    assert settled(group).type == "group"
    assert settled(coin("Red Hand", "organisation", None)) == settled(group)
    state = coin_state("Miravalle")
    assert settled(state) is state


@pytest.mark.parametrize("word", ["Forces", "forces", "U.S.", "so", "été", "K_9", "9", "Idle"])
def test_words_are_looked_for_as_a_pattern_would(word: str) -> None:
    text = ("Forces left; Forces, U.S. forces and U.S.-led Forces. So reinforces a K_9, un été. "
            "He saw 19 Forcesmen, so Idle, Été")
    assert _written(text, word) == bool(re.search(rf"\b{re.escape(word)}\b", text))
    assert _amid(text, word) == bool(re.search(rf"(?<=[a-z,;] ){re.escape(word)}\b", text))
