"""One row of any gazetteer, and how rows of one place become one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from itertools import groupby
from operator import attrgetter
from typing import Any, get_args

from whoholds.core import PlaceType
from whoholds.resolve.names import is_latin
from whoholds.resolve.words import vocabulary

Progress = Callable[[str, float], None]

TYPES: tuple[str, ...] = get_args(PlaceType)


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
    shape: bytes = b""           # its area, as :func:`whoholds.resolve.shapes.pack_shape` gives it

    def sort_key(self) -> tuple[Any, ...]:
        """Countries together, the most populous places first."""
        return (self.country or "", -self.population, self.source, self.number)

    def pack(self) -> tuple[Any, ...]:
        """All fields, as the standard library can write them."""
        return _FIELDS(self)

    @classmethod
    def unpack(cls, fields: tuple[Any, ...]) -> Entry:
        """What :meth:`pack` gave."""
        return cls(*fields)


_FIELDS: Callable[[Entry], tuple[Any, ...]] = attrgetter(*(f.name for f in fields(Entry)))


def merged(rows: Iterable[tuple[Any, ...]]) -> Iterator[Entry]:
    """One entry for each place, from rows sorted by source, number and rank.

    A row is source, number, rank, and either packed fields or further names. The first entry is the
    place; later ones (and names) add names and what it lacks. Names alone make no place.
    """
    for _, group in groupby(rows, key=lambda row: row[:2]):
        entry: Entry | None = None
        names: dict[str, None] = {}
        for _, _, _, told in group:
            if isinstance(told, str):
                names[told] = None
                continue
            other = Entry.unpack(told)
            names.update(dict.fromkeys((other.name, *other.names)))
            entry = other if entry is None else filled(entry, other)
        if entry is not None:
            names.pop(entry.name, None)
            yield replace(entry, names=tuple(names))


def filled(entry: Entry, other: Entry) -> Entry:
    """``entry`` with what only ``other`` tells. A place stays where and what it is: a city is
    not given the area of its district."""
    located = entry.latitude is not None
    return replace(
        entry, latitude=entry.latitude if located else other.latitude,
        longitude=entry.longitude if located else other.longitude,
        country=entry.country or other.country,
        population=entry.population or other.population,
        feature_class=entry.feature_class or other.feature_class,
        feature_code=entry.feature_code or other.feature_code,
        adm1=entry.adm1 or other.adm1, adm2=entry.adm2 or other.adm2,
        shape=entry.shape or (other.shape if other.type == entry.type else b""))


_UNIT_WORDS = vocabulary(
    "province oblast region governorate state department district prefecture county division "
    "territory krai kray republic municipality canton parish voivodeship wilaya muhafazah "
    "autonomous capital emirate raion rayon shi xian qu of the")


def short_names(name: str) -> tuple[str, ...]:
    """*Kherson Oblast* is *Kherson* too."""
    words = [w for w in name.split() if w.lower() not in _UNIT_WORDS]
    short = " ".join(words)
    return (short,) if short and short != name else ()


def spellings(names: Iterable[str]) -> tuple[str, ...]:
    """Names that English text may use: Latin letters, and a capital (the rest are machine-made)."""
    return tuple(n for n in names if (n.isascii() or is_latin(n)) and n.lower() != n)
