"""Finds the places that two gazetteers list under ids of their own, and makes them one."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from whoholds.core import Place
from whoholds.resolve.entries import Entry, filled, short_names
from whoholds.resolve.names import loose_key, normalise, similarity

# Sources that list again what GeoNames lists, where they do not tell its id.
FOREIGN = frozenset({"wof", "area"})
# Kilometres between two points of one place: a unit's may be its seat, its middle, a label's.
REACH_KM: dict[str, float] = {"city": 10.0, "district": 60.0, "province": 200.0,
                              "country": 3000.0}
ALIKE = 0.75      # similarity of normal forms with one loose key, as in looking up
_Key = tuple[str, str]


class Twins:
    """Places of other sources that may be GeoNames' own. Memory grows with these alone."""

    def __init__(self, foreign: Iterable[Entry]) -> None:
        """``foreign``: entries of :data:`FOREIGN`; several may be of one place."""
        self._keys: dict[_Key, set[tuple[str, int]]] = defaultdict(set)
        for entry in foreign:
            if entry.source in FOREIGN and entry.type in REACH_KM:
                for key, _ in _names(entry):
                    self._keys[key].add((entry.source, entry.number))

    def united(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """All ``entries``, a foreign one in its twin: GeoNames' place with the other's names,
        its area and what else it lacked. In any order."""
        wanted = {one for ones in self._keys.values() for one in ones}
        own: dict[_Key, list[Entry]] = defaultdict(list)
        foreign: list[Entry] = []
        for entry in entries:
            if (entry.source, entry.number) in wanted:
                foreign.append(entry)
                continue
            keys = [key for key, _ in _names(entry) if key in self._keys] \
                if entry.source == "geonames" and entry.type in REACH_KM else []
            for key in keys:
                own[key].append(entry)
            if not keys:
                yield entry
        kept = {e.number: e for found in own.values() for e in found}
        for entry in foreign:
            twin = _twin(entry, own)
            if twin is None:
                yield entry
            else:
                kept[twin] = _joined(kept[twin], entry)
        yield from kept.values()


def _names(entry: Entry) -> list[tuple[_Key, str]]:
    """A place's names without the words of its kind: keys that spellings share, normal forms."""
    names = dict.fromkeys(short or name for name in (entry.name, *entry.names)
                          for short in (short_names(name) or ("",))[:1])
    normals = dict.fromkeys(normalise(n) for n in names)
    return [((entry.type, loose_key(n)), n) for n in normals if n and len(loose_key(n)) > 1]


def _twin(entry: Entry, own: dict[_Key, list[Entry]]) -> int | None:
    """GeoNames' id of the place that ``entry`` is: of those called so the nearest, or the only
    one where nothing tells how near they are."""
    near: dict[int, float] = {}
    unplaced: set[int] = set()
    for key, name in _names(entry):
        for other in own.get(key, ()):
            if entry.country and other.country and entry.country != other.country:
                continue
            if not any(k == key and similarity(name, n) >= ALIKE for k, n in _names(other)):
                continue
            gap = kilometres(entry, other)
            if gap is not None and gap <= REACH_KM[entry.type]:
                near[other.number] = gap
            elif gap is None and entry.country and _one_unit(entry.adm1, other.adm1):
                unplaced.add(other.number)
    if near:
        return min(near, key=lambda n: (near[n], n))
    return unplaced.pop() if len(unplaced) == 1 else None


def _one_unit(one: str, other: str) -> bool:
    """Whether two names of a first-order unit may mean one; where one is unknown, they may."""
    return not one or not other or loose_key(normalise(one)) == loose_key(normalise(other))


def _joined(entry: Entry, foreign: Entry) -> Entry:
    names = dict.fromkeys((*entry.names, foreign.name, *foreign.names))
    names.pop(entry.name, None)
    return replace(filled(entry, foreign), names=tuple(names))


def kilometres(one: Entry | Place, other: Entry | Place) -> float | None:
    """Great-circle distance, None where either is unlocated."""
    if one.latitude is None or one.longitude is None or other.latitude is None \
            or other.longitude is None:
        return None
    lat1, lat2 = math.radians(one.latitude), math.radians(other.latitude)
    half_lat, half_lon = (lat2 - lat1) / 2, math.radians(other.longitude - one.longitude) / 2
    h = math.sin(half_lat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lon) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))
