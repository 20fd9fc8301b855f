"""Reads gazetteers that people bring: GeoNames dumps, Who's On First cuts, areas as GeoJSON.

Formats: the GeoNames readme (https://download.geonames.org/export/dump/readme.txt); one JSON object
a line with ``id name pt lat lon country region county pop gn fcode names`` for Who's On First.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from whoholds.core import DataError, PlaceType
from whoholds.resolve.areas import is_areas, read_areas
from whoholds.resolve.entries import Entry, short_names, spellings
from whoholds.resolve.files import head, lines
from whoholds.resolve.names import is_latin
from whoholds.resolve.world import iso_of_geonameid, read_units

Kind = Literal["geonames", "names", "units", "wof", "areas"]
Line = tuple[int, Entry | tuple[int, str]]   # its number; a place, or a GeoNames id and a name

COLUMNS: dict[int, Kind] = {19: "geonames", 10: "names", 8: "names", 4: "units"}
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NO_NAMES = frozenset({"link", "post", "iata", "icao", "faac", "wkdt", "unlc", "phon", "tcid"})

# Kinds of place by GeoNames' feature codes; else by class.
_CODES_OF: dict[PlaceType, str] = {
    "province": "ADM1", "district": "ADM2 ADM3 ADM4 ADM5 ADMD PPLX",
    "country": "PCL PCLD PCLF PCLI PCLIX PCLS TERR", "region": "CONT RGN RGNE RGNL",
    "airport": "AIRP AIRF AIRH", "airbase": "AIRB", "base": "MILB INSM CMP FT",
    "crossing": "PSTB CSTM PSTC", "university": "UNIV SCHC SCHM SCHT", "bridge": "BDG BDGG",
    "dam": "DAM DAMQ", "prison": "PRN", "port": "PRT HBR ANCH", "area": "AREA PRK"}
_BY_CODE = {code: kind for kind, codes in _CODES_OF.items() for code in codes.split()}
_BY_CLASS: dict[str, PlaceType] = {
    "P": "city", "A": "district", "S": "building", "R": "road", "L": "area", "H": "area",
    "T": "area", "V": "area", "U": "area"}
_BY_PLACETYPE: dict[str, PlaceType] = {
    "country": "country", "macroregion": "region", "region": "province", "county": "district",
    "localadmin": "district", "locality": "city", "neighbourhood": "district",
    "campus": "airport"}
_WOF_CODES = {"country": ("A", "PCLI"), "region": ("A", "ADM1"), "county": ("A", "ADM2"),
              "localadmin": ("A", "ADM3"), "locality": ("P", "PPL"), "neighbourhood": ("P", "PPLX"),
              "campus": ("S", "AIRP"), "macroregion": ("L", "RGN")}


@dataclass(slots=True)
class Codes:
    """Names of administrative units by code: the shipped ones, and those a person adds."""

    names: dict[str, str] = field(default_factory=dict)

    @classmethod
    def shipped(cls) -> Codes:
        return cls({u.code: u.name for table in ("adm1.tsv", "adm2.tsv")
                    for u in read_units(table)})

    def read(self, path: Path) -> int:
        """Add a file of codes (admin1CodesASCII.txt, admin2Codes.txt); how many it has."""
        count = 0
        for number, line in lines(path):
            columns = line.split("\t")
            if len(columns) != 4:
                raise DataError(str(path), f"line {number}: {len(columns)} columns, 4 expected")
            self.names[columns[0]] = columns[1]
            count += 1
        return count


@cache
def _adm1_by_number() -> dict[int, str]:
    return {u.number: u.name for u in read_units("adm1.tsv")}


def kind_of(path: Path) -> Kind:
    """What kind of file this is, by how it begins; DataError where it is none of them."""
    if is_areas(head(path)):
        return "areas"
    for _, line in lines(path):
        if line.startswith("{"):
            return "wof"
        columns = line.split("\t")
        kind = COLUMNS.get(len(columns))
        if kind == "units" and "." not in columns[0]:
            kind = None
        if kind is None:
            raise DataError(str(path), f"line 1: {len(columns)} columns: neither a GeoNames dump "
                            "(19), its alternate names (8 or 10) or codes (4), nor JSON lines, nor "
                            "GeoJSON")
        return kind
    raise DataError(str(path), "is empty")


def read(path: Path, kind: Kind, codes: Codes) -> Iterator[Line]:
    """The places or names of a file, with the number of their line.

    Names in other scripts than Latin are left out. DataError with the line for what is wrong.
    """
    if kind in ("wof", "areas"):
        yield from _read_wof(path) if kind == "wof" else read_areas(path)
        return
    for number, line in lines(path):
        columns = line.split("\t")
        if COLUMNS.get(len(columns)) != kind:
            raise DataError(str(path), f"line {number}: {len(columns)} columns where the first "
                            "line has others; is the file cut off?")
        try:
            made: Entry | tuple[int, str] | None = (
                _place(columns, codes.names) if kind == "geonames" else _name(columns))
        except ValueError as error:
            raise DataError(str(path), f"line {number}: {error}") from error
        if made is not None:
            yield number, made


def _place(row: list[str], codes: Mapping[str, str]) -> Entry | None:
    number, latitude, longitude = int(row[0]), float(row[4]), float(row[5])
    if row[18] and not _DATE.fullmatch(row[18]):
        raise ValueError(f"no such date: {row[18]!r}; is the file cut off?")
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError(f"no such point: {row[4]}, {row[5]}")
    if row[6] not in _BY_CLASS:
        if row[6]:
            raise ValueError(f"no such feature class: {row[6]!r}")
        return None
    code = row[7]
    if code.endswith("H") and code not in ("AIRH", "BCH"):       # historical
        return None
    kind = _BY_CODE.get(code) or _BY_CLASS[row[6]]
    main = row[1] if is_latin(row[1]) else row[2]
    if not is_latin(main):
        return None
    names = spellings(n for n in (row[2], *row[3].split(",")) if n and n != main)
    adm1 = codes.get(f"{row[8]}.{row[10]}", "")
    adm2 = codes.get(f"{row[8]}.{row[10]}.{row[11]}", "")
    if row[6] == "A":
        names += short_names(main)
    return Entry("geonames", number, main, tuple(dict.fromkeys(names)), kind, row[8] or None,
                 latitude, longitude, int(row[14] or 0), row[6], code,
                 main if code == "ADM1" else adm1, main if code == "ADM2" else adm2)


def _name(row: list[str]) -> tuple[int, str] | None:
    historic = len(row) > 7 and row[7] == "1"
    if row[2] in _NO_NAMES or historic or not is_latin(row[3]) or row[3].lower() == row[3]:
        return None
    return int(row[1]), row[3]


def _read_wof(path: Path) -> Iterator[Line]:
    """Places of a Who's On First cut: a first pass learns the units' names."""
    units: dict[int, str] = {}
    country: dict[int, str | None] = {}
    for _, row in _objects(path):
        if row.get("pt") in ("region", "county"):
            known = _adm1_by_number().get(row.get("gn") or 0) if row["pt"] == "region" else None
            units[row["id"]] = known or row["name"]
        elif row.get("pt") == "country":
            country[row["id"]] = iso_of_geonameid(row.get("gn") or 0)
    for number, row in _objects(path):
        kind = _BY_PLACETYPE.get(row["pt"])
        if kind is None:
            continue
        names = [n for given in row.get("names", {}).values() for n in given]
        if kind == "airport" and any("air base" in n.lower() for n in names):
            kind = "airbase"
        kept = [n for n in spellings(names) if len(n) > 3 or not n.isupper()]
        main = row["name"] if is_latin(row["name"]) else next(iter(kept), "")
        if main:
            source, key = ("geonames", row["gn"]) if row.get("gn") else ("wof", row["id"])
            feature = _WOF_CODES[row["pt"]]
            yield number, Entry(
                source, int(key), main, tuple(n for n in dict.fromkeys(kept) if n != main), kind,
                country.get(row.get("country", 0)), row.get("lat"), row.get("lon"),
                max(0, int(row.get("pop") or 0)), feature[0], row.get("fcode") or feature[1],
                units.get(row.get("region", 0), ""), units.get(row.get("county", 0), ""))


def _objects(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in lines(path):
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise DataError(str(path), f"line {number}: not JSON: {error.msg}") from error
        if not isinstance(row, dict) or not isinstance(row.get("id"), int) \
                or not isinstance(row.get("name"), str) or not isinstance(row.get("pt"), str):
            raise DataError(str(path), f"line {number}: no id, name or pt")
        yield number, row
