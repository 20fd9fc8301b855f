"""Added gazetteers: kept, resumed, merged, taken away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.resolve.test_dumps import dump, dump_line
from whoholds.core import DataError, UsageError
from whoholds.resolve import Gazetteer, Shelf, build_index, shelf
from whoholds.resolve.entries import Entry
from whoholds.resolve.shapes import unpack_shape


@pytest.fixture(autouse=True)
def small_world(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two places ship, and a run has three rows."""
    monkeypatch.setattr(shelf, "RUN", 3)
    monkeypatch.setattr(shelf, "world_entries", lambda: iter((
        Entry("geonames", 1138958, "Kabul", ("Cabool",), "city", "AF", 34.5, 69.2, 4_000_000),
        Entry("geonames", 7, "Elsewhere", (), "city", "UA", 49.0, 32.0, 10))))


def quiet(_step: str, _done: float) -> None:
    """Nobody wants to know."""


def villages(path: Path, count: int = 10) -> Path:
    return dump(path, *(dump_line(number=str(n), name=f"Village {n}") for n in range(1, count + 1)))


def test_added_places_join_those_that_ship(tmp_path: Path) -> None:
    mine = Shelf(tmp_path / "shelf")
    row = "1\t1138958\tde\tKabul-Stadt\t\t\t\t\t\t"
    found = mine.add([dump(tmp_path / "AF.txt", dump_line(), dump_line(number="9", name="Torkham")),
                      dump(tmp_path / "alternateNamesV2.txt", row)], quiet)
    assert [(a.name, a.kind, a.rows) for a in found] == [
        ("AF.txt", "geonames", 2), ("alternateNamesV2.txt", "names", 1)]
    index = tmp_path / "some.index"
    build_index(index, entries=mine.entries(), version=mine.world_version())
    gazetteer = Gazetteer.open(index)
    assert len(gazetteer) == 3
    assert gazetteer.version.startswith(mine.world_version())
    row_of = gazetteer.by_geonameid(1138958)
    assert row_of is not None
    kabul = gazetteer.place(row_of)
    assert (kabul.feature_code, kabul.population) == ("PPLC", 4_434_550)
    assert {"Cabool", "Kaboul", "Kabul-Stadt"} <= set(kabul.names)
    assert gazetteer.exact("Torkham")


def test_every_state_has_another_version(tmp_path: Path) -> None:
    mine = Shelf(tmp_path / "shelf")
    assert mine.version == ""
    mine.add([villages(tmp_path / "AF.txt")], quiet)
    one = mine.version
    mine.add([villages(tmp_path / "UA.txt")], quiet)
    assert len({"", one, mine.version}) == 3
    mine.remove("UA.txt")
    assert mine.version == one
    assert [a.name for a in mine.added()] == ["AF.txt"]
    with pytest.raises(UsageError, match=r"UA\.txt"):
        mine.remove("UA.txt")


def test_reading_goes_on_where_it_was_killed(tmp_path: Path,
                                             monkeypatch: pytest.MonkeyPatch) -> None:
    path = villages(tmp_path / "AF.txt")
    calm, hasty = Shelf(tmp_path / "calm"), Shelf(tmp_path / "hasty")
    calm.add([path], quiet)

    def killed(step: str, _done: float) -> None:
        if "6 rows" in step:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        hasty.add([path], killed)
    assert hasty.added() == ()
    kept: list[int] = []
    monkeypatch.setattr(shelf, "_keep", lambda folder, state, batch, real=shelf._keep: (
        kept.append(len(batch)), real(folder, state, batch))[1])
    hasty.add([path], quiet)
    assert kept == [3, 1]
    assert hasty.added() == calm.added()
    assert list(hasty.entries()) == list(calm.entries())


def test_a_broken_file_leaves_the_old_one(tmp_path: Path) -> None:
    mine = Shelf(tmp_path / "shelf")
    path = villages(tmp_path / "AF.txt")
    mine.add([path], quiet)
    before = mine.version
    path.write_text(path.read_text("utf8")[:-40], "utf8")
    with pytest.raises(DataError, match="line 10"):
        mine.add([path], quiet)
    assert mine.version == before
    assert sorted(p.name for p in mine.folder.iterdir()) == ["AF.txt"]
    assert mine.add([villages(path, 4)], quiet)[0].rows == 4


def test_areas_join_the_places_they_are_of(tmp_path: Path) -> None:
    mine = Shelf(tmp_path / "shelf")
    square = {"type": "Polygon", "coordinates": [[[69, 34], [70, 34], [70, 35], [69, 34]]]}
    area = {"type": "Feature", "geometry": square, "properties": {
        "name": "Kābul", "type": "city", "country": "AF", "geonameid": 1138958}}
    valley = {"type": "Feature", "geometry": square, "properties": {"name": "Valley", "wof:id": 8}}
    path = tmp_path / "af.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [area, valley]}), "utf8")
    row = {"id": 8, "name": "Valley", "pt": "locality", "lat": 34.2, "lon": 69.3}
    lines = tmp_path / "af.jsonl"
    lines.write_text(json.dumps(row) + "\n", "utf8")
    found = mine.add([path, lines], quiet)
    assert [(a.kind, a.rows) for a in found] == [("areas", 2), ("wof", 1)]
    places = {e.name: e for e in mine.entries()}
    assert sorted(places) == ["Elsewhere", "Kabul", "Valley"]
    assert unpack_shape(places["Kabul"].shape)["coordinates"][0][0] == [69, 34]
    assert (places["Valley"].type, places["Valley"].latitude) == ("city", 34.2)


def test_codes_alone_are_no_gazetteer(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="codes alone"):
        Shelf(tmp_path).add([dump(tmp_path / "admin1CodesASCII.txt", "AF.1\tA\tA\t5")], quiet)


def test_damage_on_the_shelf_is_told(tmp_path: Path) -> None:
    mine = Shelf(tmp_path / "shelf")
    mine.add([villages(tmp_path / "AF.txt")], quiet)
    run = next(iter((mine.folder / "AF.txt").glob("*.rows")))
    run.write_bytes(run.read_bytes()[:-5])
    with pytest.raises(DataError, match=r"\.rows: is damaged"):
        list(mine.entries())
    run.unlink()
    with pytest.raises(DataError, match=r"add AF\.txt again"):
        list(mine.entries())
