"""Place sets that no pack lists: members by the gazetteer, complete or not."""

from __future__ import annotations

import pytest

from tests.resolve.conftest import Case
from whoholds.core import Place
from whoholds.resolve import Entry, Gazetteer, Resolver, build_index, load_packs
from whoholds.resolve.places import unlisted_set
from whoholds.resolve.sets import listed


def _entry(number: int, name: str, kind: str, code: str, adm1: str = "",
           country: str = "ML") -> Entry:
    return Entry("geonames", number, name, (), kind, country, 15.0,  # type: ignore[arg-type]
                 -5.0 + number % 7, 50_000, code[0], code[1:], adm1)


ENTRIES = (
    _entry(1, "Mali", "country", "APCLI"), _entry(2, "Gao", "province", "AADM1", "Gao"),
    _entry(3, "Kidal", "province", "AADM1", "Kidal"), _entry(4, "Gao", "city", "PPPLA", "Gao"),
    _entry(5, "Kidal", "city", "PPPLA", "Kidal"), _entry(6, "Ansongo", "city", "PPPL", "Gao"),
    _entry(7, "Labbezanga", "crossing", "SSTNB", "Gao"),
    _entry(8, "Chad", "country", "APCLI", country="TD"),
    _entry(9, "Lac", "province", "AADM1", "Lac", "TD"),
    _entry(10, "Kanem", "province", "AADM1", "Kanem", "TD"),
    _entry(11, "Bol", "city", "PPPLA", "Lac", "TD"))


@pytest.fixture(scope="module")
def mali(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    path = tmp_path_factory.mktemp("sets") / "mali.index"
    build_index(path, entries=ENTRIES, version="mali")
    return Gazetteer.open(path)


@pytest.mark.parametrize(("text", "words", "members", "complete"), [
    ("They took all provincial capitals of Mali.", "all provincial capitals of Mali",
     {"Gao", "Kidal"}, True),
    ("They took all provincial capitals of Chad.", "all provincial capitals of Chad", {"Bol"},
     False),
    ("They hold all border crossings of Mali.", "all border crossings of Mali", {"Labbezanga"},
     False),
    ("They hold all provinces of Mali.", "all provinces of Mali", {"Gao", "Kidal"}, True),
    ("They hold several towns in Mali.", "several towns in Mali", set(), False)])
def test_members_are_the_gazetteer_s(mali: Gazetteer, text: str, words: str,
                                     members: set[str], complete: bool) -> None:
    case = Case(Resolver(mali, load_packs([])), text)
    wanted = case.ask("place", words, plural=True).entity_id
    places = {p.id: p for p in case.resolved().places}
    found = places[str(wanted)]
    assert found.type == "set"
    assert found.complete is complete
    assert {places[m].name for m in found.members} == members


def test_a_province_s_crossings_are_its_own(mali: Gazetteer) -> None:
    for name, members in (("Gao", 1), ("Kidal", 0)):
        owner = Place(f"x:{name}", name, "province", "ML")
        made = unlisted_set("border crossing", "crossing", owner, "ML")
        assert len(listed(made, "crossing", False, owner, mali).members) == members


BORDERS = "In Afghanistan, Afghan officials said so of Kabul. They hold {} now."


@pytest.mark.parametrize(("words", "members", "complete"), [
    ("all border crossings", 16, True), ("all border crossings of Afghanistan", 16, True),
    ("all border crossings with Pakistan", 5, True), ("all provincial capitals", 34, True),
    ("all provincial capitals in the north", 0, False),
    ("all northern provincial capitals", 0, False)])
def test_part_of_a_set_is_not_the_set(resolver: Resolver, words: str, members: int,
                                      complete: bool) -> None:
    case = Case(resolver, BORDERS.format(words))
    wanted = case.ask("place", words, plural=True, quantifier="all").entity_id
    found = next((p for p in case.resolved().places if p.id == wanted), None)
    assert found is None or found.type in ("set", "region")
    assert (len(found.members), found.complete) == (members, complete) if found else not members
