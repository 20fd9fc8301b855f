from __future__ import annotations

import csv
import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pyogrio.raw
from hypothesis import given
from hypothesis import strategies as st

from tests.views.validators import library
from tests.views.world import BELIEFS, EVIDENCE, NAMES, REPORTS, belief
from whoholds.core import Place
from whoholds.views import StatusRow, status_csv, status_geojson, status_rows
from whoholds.views.exports import COLUMNS

ROWS = status_rows(BELIEFS, EVIDENCE, REPORTS)


def table(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text, newline="")))


def test_geojson_has_longitude_first_and_null_for_the_unlocated() -> None:
    data = json.loads(status_geojson(ROWS, NAMES))
    spots = {f["properties"]["place"]: f["geometry"] for f in data["features"]}
    assert spots["Kabul"] == {"type": "Point", "coordinates": [69.17233, 34.52813]}
    assert spots["Deh Sabzak"] is None
    assert data["type"] == "FeatureCollection"


def test_csv_has_a_header_a_row_of_hashtags_and_a_row_for_each_place() -> None:
    header, tags, *rows = table(status_csv(ROWS, NAMES))
    assert header == [c for c, _ in COLUMNS]
    assert all(tag.startswith("#") for tag in tags)
    jalalabad = dict(zip(header, next(r for r in rows if "Jalālābād" in r), strict=True))
    assert (jalalabad["holder"], jalalabad["contested"]) == ("Taliban", "no")
    assert jalalabad["since_latest"] == "2021-08-15T18:00:00Z"
    assert len(table(status_csv(ROWS, NAMES, hxl=False))) == len(rows) + 1


def test_hxl_s_own_library_reads_the_table_and_finds_no_error(tmp_path: Path) -> None:
    hxl = library("hxl")
    path = tmp_path / "status.csv"
    path.write_text(status_csv(ROWS, NAMES), "utf8", newline="")

    def read() -> Any:
        return hxl.data(str(path), hxl.InputOptions(allow_local=True))
    assert read().display_tags == [tag for _, tag in COLUMNS]
    assert [row.get("#loc+name") for row in read()] == [r.belief.place.name for r in ROWS]
    wrong: list[str] = []
    hxl.schema(None, lambda error: wrong.append(error.message)).validate(read())
    assert [w for w in wrong if "outlier" not in w] == []  # a number may well be far from others


def test_gdal_reads_the_geojson(tmp_path: Path) -> None:
    path = tmp_path / "status.geojson"
    path.write_text(status_geojson(ROWS, NAMES), "utf8")
    meta, _, shapes, fields = pyogrio.raw.read(path)
    assert (meta["crs"], meta["geometry_type"]) == ("EPSG:4326", "Point")
    names = list(fields[list(meta["fields"]).index("place")])
    assert names == [r.belief.place.name for r in ROWS]
    assert [shape is None for shape in shapes] == [r.belief.place.latitude is None for r in ROWS]


@given(st.text() | st.sampled_from(["=1+1", "@SUM(A1)", "-0", 'a"b', "a,b", "a\nb", "-x"]))
def test_hostile_names_neither_break_rows_nor_run(name: str) -> None:
    place = Place("provisional:x", name, "area", "AF", provisional=True)
    rows = table(status_csv([StatusRow(belief(place, 0.9), 0, 0, None)], NAMES))
    assert len(rows) == 3
    cell = rows[2][[c for c, _ in COLUMNS].index("place")]
    number = re.fullmatch(r"[+-]?\d+(?:\.\d+)?", cell)          # which runs nothing
    assert number or not cell.startswith(("=", "+", "-", "@"))
    assert cell.removeprefix("'").replace("\r\n", "\n") in (
        name.removeprefix("'"), name.replace("\r\n", "\n").removeprefix("'"))
