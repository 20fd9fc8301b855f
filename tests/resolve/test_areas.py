"""Areas that people bring as GeoJSON."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from whoholds.core import DataError
from whoholds.resolve import files
from whoholds.resolve.areas import is_areas, read_areas
from whoholds.resolve.dumps import kind_of
from whoholds.resolve.shapes import unpack_shape

SQUARE = {"type": "Polygon", "coordinates": [
    [[60.0, 30.0], [62.0, 30.0], [62.0, 32.0], [60.0, 32.0], [60.0, 30.0]]]}


def feature(properties: dict[str, Any], geometry: Any = SQUARE) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(path: Path, *features: dict[str, Any], indent: int | None = None) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "name": "areas",
                                "features": list(features)}, indent=indent), "utf8")
    return path


@pytest.mark.parametrize(("properties", "wanted"), [
    ({"wof:id": 7, "gn:id": 1140025, "name": "Herat", "placetype": "region", "iso": "AF-HER"},
     ("geonames", 1140025, "Herat", "province", "AF")),
    ({"wof:id": 7, "gn:id": None, "name": "Adraskan", "placetype": "county", "hasc": "AF.HR.AD"},
     ("wof", 7, "Adraskan", "district", "AF")),
    ({"name": "The Flats", "type": "region", "country": "AF", "geonameid": 5},
     ("geonames", 5, "The Flats", "region", "AF"))])
def test_an_area_is_a_place_by_its_id(tmp_path: Path, properties: dict[str, Any],
                                      wanted: tuple[object, ...]) -> None:
    path = collection(tmp_path / "a.geojson", feature(properties))
    assert kind_of(path) == "areas"
    [(number, place)] = read_areas(path)
    assert number == 1
    assert (place.source, place.number, place.name, place.type, place.country) == wanted
    assert (place.latitude, place.longitude) == (31.0, 61.0)
    assert unpack_shape(place.shape) == SQUARE


@pytest.mark.parametrize(("properties", "wanted"), [
    ({"shapeName": "Herat", "shapeType": "ADM1", "shapeGroup": "AFG"}, ("Herat", "province", "AF")),
    ({"ADM2_EN": "Adraskan", "ADM1_EN": "Herat", "ADM0_PCODE": "AF"},
     ("Adraskan", "district", "AF")),
    ({"name": "Back country"}, ("Back country", "area", None))])
def test_other_makers_areas_get_ids_of_their_own(tmp_path: Path, properties: dict[str, Any],
                                                 wanted: tuple[object, ...]) -> None:
    path = collection(tmp_path / "a.geojson", feature(properties))
    [(_, place)] = read_areas(path)
    assert (place.name, place.type, place.country) == wanted
    assert place.source == "area"
    assert [p for _, p in read_areas(path)] == [place]
    if "ADM1_EN" in properties:
        assert place.adm1 == "Herat"


def test_what_is_no_named_area_is_left_out(tmp_path: Path) -> None:
    path = collection(
        tmp_path / "a.geojson",
        feature({"name": "A well"}, {"type": "Point", "coordinates": [1, 2]}),
        feature({"name": None}), feature({"name": "Nowhere"}, None), feature({"name": "هرات"}),
        feature({"name": "Herat"}))
    assert [(n, p.name) for n, p in read_areas(path)] == [(5, "Herat")]


@pytest.mark.parametrize("piece", [70, 300, 1 << 20])
def test_any_layout_is_read_in_any_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                          piece: int) -> None:
    monkeypatch.setattr(files, "PIECE", piece)
    given = [feature({"name": f"Area {n} é"}) for n in range(5)]
    texts = {"one.geojson": json.dumps({"type": "FeatureCollection", "features": given},
                                       ensure_ascii=False),
             "many.geojson": json.dumps({"type": "FeatureCollection", "features": given}, indent=1),
             "lines.geojsonl": "\n".join(json.dumps(f) for f in given)}
    for name, text in texts.items():
        path = tmp_path / f"{name}.gz"
        path.write_bytes(gzip.compress(text.encode()))
        assert [p.name for _, p in read_areas(path)] == [f"Area {n} é" for n in range(5)]


def test_a_file_that_is_cut_off_is_refused_with_its_line(tmp_path: Path) -> None:
    path = collection(tmp_path / "a.geojson", *(feature({"name": f"Area {n}"}) for n in range(3)),
                      indent=1)
    text = path.read_text("utf8")
    second = text.index('"Area 1"')
    path.write_text(text[:second + 40], "utf8")
    line = text[:second].count("\n")
    with pytest.raises(DataError, match=r"line \d+: feature 2: .*cut off") as refused:
        list(read_areas(path))
    assert abs(int(str(refused.value).split("line ")[1].split(":")[0]) - line) < 5
    path.write_text(text.rstrip()[:-3], "utf8")       # the list is not closed
    with pytest.raises(DataError, match="feature 4"):
        list(read_areas(path))


@pytest.mark.parametrize(("text", "what"), [
    ('{"type": "FeatureCollection", "features": 5}', "no list of features"),
    ('{"type": "FeatureCollection", "features": [5]}', "feature 1: no GeoJSON feature"),
    ('{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "A"},'
     '"geometry": {"type": "Polygon", "coordinates": [[[1, 99], [2, 2], [3, 3]]]}}]}',
     "feature 1: no such point: 99"),
    ('{"type": "FeatureCollection", "features": [x', "feature 1: not JSON")])
def test_what_is_wrong_is_told(tmp_path: Path, text: str, what: str) -> None:
    path = tmp_path / "a.geojson"
    path.write_text(text, "utf8")
    with pytest.raises(DataError, match=what):
        list(read_areas(path))


def test_geojson_is_known_by_its_head() -> None:
    assert is_areas('{"type":"FeatureCollection","features":[]}')
    assert is_areas('\n {"geometry": null, "type" : "Feature"}')
    assert not is_areas('{"id":1,"name":"Kabul","pt":"locality"}')
    assert not is_areas("1138958\tKabul\t{")
