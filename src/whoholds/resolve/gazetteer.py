"""Reads the index of places: opens in milliseconds, finds a name in microseconds."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast

import numpy as np
from rapidfuzz import fuzz, process

from whoholds.core import DataError, Place, PlaceType
from whoholds.resolve.arrays import ArrayFile, Keys, Strings
from whoholds.resolve.build import PRIMARY, RULES
from whoholds.resolve.names import loose_key, normalise, similarity
from whoholds.resolve.shapes import unpack_shape
from whoholds.resolve.twins import REACH_KM, kilometres

Match = Literal["name", "alternate", "spelling", "fuzzy", "short", "people"]

SPELLING_FLOOR = 0.75   # similarity of normal forms with one loose key: Kunduz/Kondoz is 0.67 of
                        # letters but 0.83 here; Kyiv/Kova is 0.5. Lower lets strangers in.
FUZZY_FLOOR = 0.85      # similarity: one slip in seven letters or more
_BUCKET = 300           # normal forms: loose keys shared by more say nothing (one or two letters)


class Hit(NamedTuple):
    """A row of the index that a name may mean, and how its spelling matched (1 is equal)."""

    row: int
    match: Match
    similarity: float = 1.0


class Gazetteer:
    """The places of the world. Made by :meth:`open`; safe to share between threads."""

    def __init__(self, file: ArrayFile) -> None:
        self._file = file
        self.version: str = f"{file.about['version']} {file.sha256[:8]}"
        self._types: list[str] = file.about["types"]
        self._keys = Keys(file["key_blob"], file["key_offsets"], file["key_slots"])
        self._key_starts = memoryview(file["key_starts"].data)
        self._key_postings = memoryview(file["key_postings"].data)
        self._loose = Keys(file["loose_blob"], file["loose_offsets"], file["loose_slots"])
        self._loose_starts, self._loose_postings = file["loose_starts"], file["loose_postings"]
        self._shape_rows = file["shape_row"]
        self._shapes = Strings(file["shape_blob"], file["shape_offsets"])
        self._shown = Strings(file["shown_blob"], file["shown_offsets"])
        self._number, self._by_number = file["number"], file["by_number"]
        self._number_at = memoryview(self._number.data).__getitem__
        self.latitude, self.longitude = file["latitude"], file["longitude"]
        self.population = file["population"]
        self._type, self._country = file["type"], file["country"]
        self._coded = {column: (file[column], Strings(file[f"{column}_blob"],
                                                      file[f"{column}_offsets"]))
                       for column in ("source", "country", "feature", "adm1", "adm2")}
        codes = self._coded["country"][1]
        self._iso = [codes[i].decode() for i in range(len(codes))]
        self._iso_at = {iso: i for i, iso in enumerate(self._iso)}
        self.place = lru_cache(maxsize=8192)(self._place)
        self._names_of = lru_cache(maxsize=32)(self._country_names)
        self.fuzzy = lru_cache(maxsize=8192)(self._fuzzy)

    @classmethod
    def open(cls, path: Path, verify: bool = False) -> Gazetteer:
        """Open an index; DataError where it is damaged or of another layout.

        The head and the size are always checked; ``verify`` reads and hashes everything.
        """
        file = ArrayFile(Path(path))
        if file.about.get("rules") != RULES:
            file.close()
            raise DataError(str(path), "made by another version of whoholds")
        if verify:
            file.verify()
        return cls(file)

    def __len__(self) -> int:
        return len(self._number)

    def exact(self, name: str) -> tuple[Hit, ...]:
        """Places that have ``name`` for a name, in its normal form."""
        return self._hits(self._keys.find(normalise(name).encode()), None)

    def spelled(self, name: str) -> tuple[Hit, ...]:
        """Places with a name that transliterates alike, best first; exact ones left out."""
        normal = normalise(name)
        at = self._loose.find(loose_key(normal).encode())
        if at < 0:
            return ()
        keys = self._loose_postings[self._loose_starts[at]:self._loose_starts[at + 1]]
        if len(keys) > _BUCKET:
            return ()
        best: dict[int, Hit] = {}
        for key in keys.tolist():
            other = self._keys[key].decode()
            alike = similarity(normal, other)
            if other != normal and alike >= SPELLING_FLOOR:
                for hit in self._hits(key, alike):
                    if hit.row not in best or alike > best[hit.row].similarity:
                        best[hit.row] = hit
        return tuple(sorted(best.values(), key=lambda h: (-h.similarity, h.row)))

    def _fuzzy(self, name: str, country: str, limit: int = 5) -> tuple[Hit, ...]:
        """Places of one country (ISO alpha-2) with a name that nearly reads so, best first."""
        normal = normalise(name)
        if len(normal) < 5 or country not in self._iso_at:
            return ()
        rows, names = self._names_of(country)
        found = process.extract(normal, names, scorer=fuzz.ratio, limit=4 * limit,
                                score_cutoff=100 * FUZZY_FLOOR)
        best: dict[int, float] = {}
        for _, score, at in found:
            best[rows[at]] = max(best.get(rows[at], 0.0), score / 100)
        ranked = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))
        return tuple(Hit(row, "fuzzy", alike) for row, alike in ranked[:limit])

    def lookup(self, name: str) -> tuple[Hit, ...]:
        """Exact hits, else places spelled alike."""
        return self.exact(name) or self.spelled(name)

    def by_id(self, place_id: str) -> int | None:
        """The row of a place by its id: source and number."""
        source, _, number = place_id.partition(":")
        if not number.isdigit():
            return None
        order, wanted = self._by_number, int(number)
        at = bisect_left(order, wanted, key=self._number_at)     # NumPy would copy the whole order
        while at < len(order) and int(self._number[order[at]]) == wanted:
            if self.code(int(order[at]), "source") == source:
                return int(order[at])
            at += 1
        return None

    def geometry(self, place: str | Place) -> dict[str, Any] | None:
        """The area of a place, or of an id (``Place.id``), as a GeoJSON Polygon or MultiPolygon
        (RFC 7946: longitude, latitude in degrees, rings closed); None where no added gazetteer
        gives one. Points are as good as that gazetteer's, rounded to a metre.

        A place that is no entry here (a pack's, without GeoNames' id) has the area of the nearest
        of its kind, country and name."""
        if not self.areas:
            return None
        row = self.by_id(place if isinstance(place, str) else place.id)
        if row is None and isinstance(place, Place):
            row = self._twin(place)
        return None if row is None else self._area(row)

    def _twin(self, place: Place) -> int | None:
        """The row with an area that is a place of another source."""
        near: list[tuple[float, int]] = []
        for name in dict.fromkeys((place.name, *place.names)):
            for row, _, _ in self.lookup(name):
                if self.type_of(row) == place.type and self.country(row) == (place.country or "") \
                        and self._area_at(row) is not None:
                    gap = kilometres(place, self.place(row))
                    if gap is not None and gap <= REACH_KM.get(place.type, 0.0):
                        near.append((gap, row))
        return min(near)[1] if near else None

    def _area_at(self, row: int) -> int | None:
        at = int(np.searchsorted(self._shape_rows, self._shape_rows.dtype.type(row)))
        return at if at < self.areas and int(self._shape_rows[at]) == row else None

    def _area(self, row: int) -> dict[str, Any] | None:
        at = self._area_at(row)
        return None if at is None else unpack_shape(self._shapes[at])

    @property
    def areas(self) -> int:
        """How many places have a :meth:`geometry`."""
        return len(self._shape_rows)

    def by_geonameid(self, number: int) -> int | None:
        """The row of a GeoNames id."""
        return self.by_id(f"geonames:{number}")

    def country(self, row: int) -> str:
        """ISO alpha-2 code of a row's country, or an empty string."""
        return self._iso[int(self._country[row])]

    def countries(self) -> tuple[str, ...]:
        """The ISO codes of all countries that have places here."""
        return tuple(iso for iso in self._iso if iso)

    def type_of(self, row: int) -> PlaceType:
        """A row's kind of place."""
        return cast(PlaceType, self._types[self._type[row]])

    def code(self, row: int, column: str) -> str:
        """A row's ``source``, ``feature`` (class.code), ``adm1`` or ``adm2``."""
        numbers, strings = self._coded[column]
        return strings[int(numbers[row])].decode()

    def rows_of(self, country: str, kind: PlaceType | None = None) -> range | tuple[int, ...]:
        """The rows of a country (most populous first), of one type where asked."""
        at = self._iso_at.get(country)
        if at is None:
            return ()
        code = self._country.dtype.type(at)     # as any other, the whole array would be copied
        low = int(np.searchsorted(self._country, code, side="left"))
        high = int(np.searchsorted(self._country, code, side="right"))
        if kind is None:
            return range(low, high)
        wanted = self._types.index(kind)
        return tuple(int(i) + low for i in np.nonzero(self._type[low:high] == wanted)[0])

    def _hits(self, key: int, alike: float | None) -> tuple[Hit, ...]:
        if key < 0:
            return ()
        postings = self._key_postings[self._key_starts[key]:self._key_starts[key + 1]].tolist()
        if alike is not None:
            return tuple([Hit(p >> 1, "spelling", alike) for p in postings])
        return tuple([Hit(p >> 1, "name" if p & PRIMARY else "alternate")
                      for p in postings])

    def _country_names(self, country: str) -> tuple[list[int], list[str]]:
        rows: list[int] = []
        names: list[str] = []
        for row in self.rows_of(country):
            for name in {normalise(n) for n in self._shown[row].decode().split("\t")}:
                rows.append(row)
                names.append(name)
        return rows, names

    def _place(self, row: int) -> Place:
        name, *others = self._shown[row].decode().split("\t")
        feature_class, feature_code = self.code(row, "feature").split(".")
        latitude, longitude = float(self.latitude[row]), float(self.longitude[row])
        located = not np.isnan(latitude)
        source, number = self.code(row, "source"), int(self._number[row])
        return Place(
            id=f"{source}:{number}", name=name, type=self.type_of(row),
            country=self.country(row) or None,
            geonameid=number if source == "geonames" else None,
            latitude=round(latitude, 5) if located else None,
            longitude=round(longitude, 5) if located else None,
            feature_class=feature_class or None, feature_code=feature_code or None,
            adm1=self.code(row, "adm1") or None, adm2=self.code(row, "adm2") or None,
            population=int(self.population[row]) or None, names=tuple(others))
