"""Look-ups in the index of places."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.resolve.conftest import ENTRIES
from whoholds.core import DataError, Place
from whoholds.resolve import Entry, Gazetteer, build_index
from whoholds.resolve.shapes import pack_shape


def names(gazetteer: Gazetteer, hits: tuple) -> list[str]:  # type: ignore[type-arg]
    return [gazetteer.place(h.row).name for h in hits]


@pytest.mark.parametrize(("asked", "number"), [
    ("Kyiv", 703448), ("Kiev", 703448), ("Mazar-i-Sharif", 1133616), ("Mazare Sharif", 1133616),
    ("Mazār-e Sharīf", 1133616), ("Lashkargah", 1134720), ("Lashkar Gah", 1134720),
    ("Halab", 170063), ("Konduz", 1135689)])
def test_a_name_is_found_in_any_usual_spelling(gazetteer: Gazetteer, asked: str,
                                               number: int) -> None:
    found = [gazetteer.place(h.row).geonameid for h in gazetteer.lookup(asked)]
    assert number in found


def test_main_names_and_others_are_told_apart(gazetteer: Gazetteer) -> None:
    matches = {gazetteer.country(h.row): h.match for h in gazetteer.exact("Kabul")}
    assert matches == {"AF": "name", "US": "alternate"}


def test_unknown_names_find_nothing(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Xyzzyville") == ()
    assert gazetteer.exact("") == ()
    assert gazetteer.fuzzy("Kharkiiv", "XX") == ()


def test_a_slip_of_the_pen_is_found_in_its_country_only(gazetteer: Gazetteer) -> None:
    assert names(gazetteer, gazetteer.fuzzy("Jalalabbad", "AF")) == ["Jalālābād"]
    assert gazetteer.fuzzy("Jalalabbad", "UA") == ()


def test_places_keep_their_facts(gazetteer: Gazetteer) -> None:
    row = gazetteer.by_geonameid(1138958)
    assert row is not None
    kabul = gazetteer.place(row)
    assert (kabul.id, kabul.type, kabul.country, kabul.population, kabul.adm1) == (
        "geonames:1138958", "city", "AF", 4_434_550, "Kabul")
    assert kabul.latitude == pytest.approx(34.52813, abs=1e-4)
    assert "Cabool" in kabul.names
    assert gazetteer.by_geonameid(1) is None


def test_rows_of_a_country_by_population(gazetteer: Gazetteer) -> None:
    cities = [gazetteer.place(r).name for r in gazetteer.rows_of("UA", "city")]
    assert cities == ["Kyiv", "Kharkiv", "Dnipro", "Lyman", "Kreminna", "Lyman"]
    assert len(gazetteer.rows_of("UA")) == 8
    assert gazetteer.rows_of("ZZ") == ()


def test_the_same_entries_give_the_same_file(tmp_path: Path, index: Path) -> None:
    again = tmp_path / "again.index"
    build_index(again, entries=tuple(reversed(ENTRIES)), version="small")
    assert again.read_bytes() == index.read_bytes()


def test_progress_is_told_and_ends_at_one(tmp_path: Path) -> None:
    told: list[float] = []
    build_index(tmp_path / "p.index", lambda _step, done: told.append(done), ENTRIES, "small")
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_nothing_to_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no places"):
        build_index(tmp_path / "e.index", entries=[])
    assert list(tmp_path.iterdir()) == []


def test_a_failed_build_leaves_the_old_index(tmp_path: Path) -> None:
    path = tmp_path / "old.index"
    build_index(path, entries=ENTRIES, version="small")
    before = path.read_bytes()

    def broken() -> object:
        yield ENTRIES[0]
        raise DataError("dump.zip", "line 2: cut")

    with pytest.raises(DataError, match="line 2"):
        build_index(path, entries=broken())  # type: ignore[arg-type]
    assert path.read_bytes() == before


@pytest.mark.parametrize(("shipped", "asked"), [
    ("Mazār-e Sharīf", "Mazar-i-Sharif"), ("Mazār-e Sharīf", "Mazar-e Sharif"),
    ("Mazār-e Sharīf", "Mazare Sharif"), ("Lashkar Gāh", "Lashkargah"),
    ("Lashkargah", "Lashkar Gah"), ("Donets’k", "Donetsk"), ("Donetsk", "Donets'k"),
    ("Saint George's", "St. George's"), ("Mount Hermon", "Mt Hermon")])
def test_one_spelling_is_enough(tmp_path: Path, shipped: str, asked: str) -> None:
    path = tmp_path / "one.index"
    build_index(path, entries=[Entry("geonames", 1, shipped, (), "city", "AF", 1.0, 1.0)])
    assert [h.row for h in Gazetteer.open(path).lookup(asked)] == [0]


def test_ids_of_other_sources_are_found(tmp_path: Path) -> None:
    path = tmp_path / "two.index"
    build_index(path, entries=[Entry(s, 7, s, (), "city", "AF", 1.0, 1.0)
                               for s in ("geonames", "wof")])
    gazetteer = Gazetteer.open(path)
    rows = {s: gazetteer.by_id(f"{s}:7") for s in ("geonames", "wof", "other")}
    assert {s: r if r is None else gazetteer.place(r).name for s, r in rows.items()} == {
        "geonames": "geonames", "wof": "wof", "other": None}
    assert gazetteer.by_id("wof:x") is None


def test_areas_are_kept_and_given_by_id(tmp_path: Path) -> None:
    square = {"type": "Polygon", "coordinates": [
        [[60.0, 30.0], [62.0, 30.0], [62.0, 32.0], [60.0, 32.0], [60.0, 30.0]]]}
    path = tmp_path / "areas.index"
    build_index(path, entries=[
        Entry("geonames", 1, "Herat", (), "province", "AF", 34.4, 61.9, shape=pack_shape(square)),
        Entry("geonames", 2, "Farah", (), "province", "AF", 32.4, 62.1),
        Entry("wof", 3, "Kabul", (), "province", "AF", 34.5, 69.2, shape=pack_shape(square))])
    gazetteer = Gazetteer.open(path)
    assert gazetteer.areas == 2
    assert gazetteer.geometry("geonames:1") == gazetteer.geometry("wof:3") == square
    assert gazetteer.geometry("geonames:2") is None
    pack = Place("pack:x/herat", "Hirat", "province", country="AF", latitude=34.3, longitude=62.2)
    assert gazetteer.geometry(pack) == square
    assert gazetteer.geometry(replace(pack, type="district")) is None
    assert gazetteer.geometry(replace(pack, country="IR")) is None
    assert gazetteer.geometry(replace(pack, latitude=None)) is None
    assert gazetteer.geometry("provisional:1") is None
