"""What a run is about, as names in a text."""

from __future__ import annotations

import pytest

from whoholds.core import DataError
from whoholds.resolve import Resolver, Scope

WORDS = frozenset({"march", "the", "in", "take"})


@pytest.fixture(scope="module")
def scope(resolver: Resolver) -> Scope:
    return resolver.scope(["afghanistan"], WORDS.__contains__)


@pytest.mark.parametrize("text", [
    "Fighters entered Kabul at dawn.", "The AFGHAN army left the hills.",
    "Taliban's spokesman spoke on Tuesday.", "They hold Mazar-i-Sharif and two villages.",
    "Clashes near Torkham, a border crossing.", "The men drove to Lashkargah on Friday.",
    "A pro-Kabul militia left Norwich."])
def test_a_name_of_the_theatre_is_seen(scope: Scope, text: str) -> None:
    assert scope.names_in(text)


@pytest.mark.parametrize("text", [
    "The council of Norwich met on Tuesday. A Mayor from Cooper County was there.",
    "In March the Ukrainian army took the town, President Petrov said in a speech on Monday.",
    "Keller said that the Tanner family had moved to Springfield before the War."])
def test_other_names_are_not(scope: Scope, text: str) -> None:
    assert not scope.names_in(text)


def test_in_a_text_without_capitals_names_have_none(scope: Scope) -> None:
    assert scope.names_in("they have taken the airport of kabul, a resident wrote, " * 5)
    assert not scope.names_in("they have taken the city and its airport, a resident wrote, " * 5)


def test_countries_by_code_and_by_name(resolver: Resolver) -> None:
    for about in ("AF", "Afghanistan"):
        found = resolver.scope([about], WORDS.__contains__)
        assert found.countries == {"AF"}
        assert found.packs == {"afghanistan"}
    assert resolver.scope(["PK"], WORDS.__contains__).packs == frozenset()


def test_what_belongs_to_the_theatre(scope: Scope, resolver: Resolver) -> None:
    def known(name: str, country: str) -> bool:
        return scope.concerns(resolver.find_places(name, country=country)[0])

    assert known("Kabul", "AF")
    assert not known("Norwich", "US")
    taliban, state = resolver.actor("pack:afghanistan/taliban"), resolver.actor("state:US")
    assert taliban is not None
    assert state is not None
    assert scope.concerns(taliban)
    assert not scope.concerns(state)


def test_what_is_neither_pack_nor_country_is_refused(resolver: Resolver) -> None:
    with pytest.raises(DataError, match="Ruritania: neither a pack nor a country"):
        resolver.scope(["Ruritania"], WORDS.__contains__)
