"""The members of place sets that no pack lists, as far as the gazetteer has them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from whoholds.core import Place, PlaceType
from whoholds.resolve.gazetteer import Gazetteer
from whoholds.resolve.packs import Pack, PackPlace, PackSet
from whoholds.resolve.places import same_unit
from whoholds.resolve.world import country_names

SEATS = frozenset({"PPLA", "PPLC"})     # feature codes of the seats of first-order units
LARGEST = 200      # members: a larger set is no list that a report speaks of one by one
LISTED: frozenset[PlaceType] = frozenset({"province", "district", "crossing", "airport", "airbase",
                                          "port"})


def listed(made: Place, kind: PlaceType, capitals: bool, owner: Place,
           gazetteer: Gazetteer) -> Place:
    """The set ``made`` of places of a kind in ``owner``, with its members.

    It is complete where all first-order units of a country are meant, or the seat of each is known
    by its feature code; other lists of a gazetteer never claim to be. Without members it comes back
    as it is: towns and villages are too many, and a gazetteer without codes knows no seats.
    """
    country = owner.country
    if country is None or not (capitals or kind in LISTED) or owner.type not in (
            "country", "province"):
        return made
    found = [gazetteer.place(row) for row in gazetteer.rows_of(country, kind)]
    units = len(gazetteer.rows_of(country, "province"))
    if capitals:
        found = [p for p in found if p.feature_code in SEATS]
    if owner.type == "province":
        found = [p for p in found if same_unit(owner.name, p.adm1) and p.id != owner.id]
    if not found or len(found) > LARGEST:
        return made
    whole = owner.type == "country" and (
        kind == "province" or (capitals and len(_units(found)) == units > 0))
    return replace(made, members=tuple(sorted(p.id for p in found)), complete=whole)


def crossings_with(spots: Iterable[PackPlace], sets: Iterable[tuple[Pack, PackSet]], country: str,
                   beyond: Collection[str]) -> Place | None:
    """The crossings of ``country`` into the countries ``beyond`` (ISO codes) that packs know.

    Complete where a pack's set of all the country's crossings is.
    """
    found = sorted(s.place.id for s in spots if s.place.country == country
                   and s.place.type == "crossing" and s.borders in beyond)
    whole = next((one.place for _, one in sorted(sets, key=lambda s: -len(s[1].place.members))
                  if one.members_type == "crossing"), None)
    if not found or whole is None:
        return None
    others = "-".join(sorted(beyond)).lower()
    names = country_names()
    return replace(whole, id=f"{whole.id}-{others}", members=tuple(found),
                   name=f"{whole.name} with {' and '.join(names[c] for c in sorted(beyond))}",
                   complete=whole.complete and set(found) <= set(whole.members))


def _units(places: Iterable[Place]) -> set[str]:
    return {p.adm1 for p in places if p.adm1}
