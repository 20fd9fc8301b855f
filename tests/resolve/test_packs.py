"""Packs: what ships is whole; what is wrong is named exactly."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from whoholds.core import DataError
from whoholds.resolve import load_packs, parse_pack, shipped_packs
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
