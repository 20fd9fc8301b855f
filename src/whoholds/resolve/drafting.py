"""Drafts a pack for a country from the gazetteer, and checks one against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from whoholds.core import Place, UsageError
from whoholds.resolve.gazetteer import Gazetteer
from whoholds.resolve.names import normalise
from whoholds.resolve.packs import Pack
from whoholds.resolve.places import kilometres, same_unit

APART_KM = {"city": 25.0, "province": 400.0, "country": 1500.0}
"""Kilometres that a pack may put a place from where the gazetteer has it: a city's width; for units
the middle is a matter of taste."""
OTHER_KM = 40.0      # the same of other kinds
_SEATS = {"PPLC": 0, "PPLA": 1}      # feature codes of seats of first-order units, best first


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place of a pack that the gazetteer does not bear out, and why."""

    place: Place
    what: str


def doubts(pack: Pack, gazetteer: Gazetteer) -> tuple[Doubt, ...]:
    """Where a pack's places differ from the gazetteer: an id of another country or far away, a name
    that none of the entry's names resembles, a place without coordinates."""
    return tuple(d for spot in pack.places for d in _doubts(spot.place, gazetteer))


def _doubts(place: Place, gazetteer: Gazetteer) -> Iterator[Doubt]:
    row = None if place.geonameid is None else gazetteer.by_geonameid(place.geonameid)
    if row is None:
        if place.latitude is None or place.longitude is None:
            yield Doubt(place, "has neither an id that the gazetteer knows nor coordinates")
        return
    known = gazetteer.place(row)
    if known.country and place.country and known.country != place.country:
        yield Doubt(place, f"is in {known.country} by its id {place.geonameid}")
    gap = kilometres(place, known)
    most = APART_KM.get(place.type, OTHER_KM)
    if gap is not None and gap > most:
        yield Doubt(place, f"lies {gap:.0f} km from {known.name}, the entry of its id "
                           f"{place.geonameid}")
    ours = (place.name, *place.names)
    theirs = (known.name, *known.names)
    if not any(same_unit(a, b) for a in ours for b in theirs):
        yield Doubt(place, f"is called {known.name} by its id {place.geonameid}")


def draft_pack(country: str, gazetteer: Gazetteer) -> str:
    """The YAML of a pack for the country of an ISO code, to be completed by hand: its first-order
    units, their seats, airports and crossings as far as the gazetteer has them, and a state.

    UsageError for a code that the gazetteer has no country of.
    """
    row = next(iter(gazetteer.rows_of(country, "country")), None)
    if row is None:
        raise UsageError(f"the gazetteer has no country {country!r}")
    whole = gazetteer.place(row)
    units = [gazetteer.place(r) for r in gazetteer.rows_of(country, "province")]
    units.sort(key=lambda p: (normalise(p.name), p.id))
    keys: set[str] = set()
    lines = _head(whole)
    lines += _table("country", "country", ("geonameid", "latitude", "longitude"), [
        (_key(whole.name, "", keys), whole, ())])
    unit_keys = {u.id: _key(u.name, "-unit", keys) for u in units}
    lines += _table("units", "province", ("geonameid", "latitude", "longitude", "names"),
                    [(unit_keys[u.id], u, ()) for u in units])
    seats = list(_seats(country, units, gazetteer))
    lines += _table("capitals", "city",
                    ("geonameid", "latitude", "longitude", "adm1", "capital_of", "names"),
                    [(_key(seat.name, "", keys), seat, (unit_keys[u.id],)) for u, seat, _ in seats],
                    {seat.id: "by its name or its people: check" for _, seat, sure in seats
                     if not sure})
    for kind in ("crossing", "airport", "airbase"):
        found = [gazetteer.place(r) for r in gazetteer.rows_of(country, kind)]
        lines += _table(f"{kind}s", kind, ("geonameid", "latitude", "longitude", "adm1", "names"),
                        [(_key(p.name, f"-{kind}", keys), p, ()) for p in found])
    return "\n".join([*lines, *_tail(whole, bool(seats))]) + "\n"


def _seats(country: str, units: Sequence[Place],
           gazetteer: Gazetteer) -> Iterator[tuple[Place, Place, bool]]:
    """For each unit its seat, and whether that is known: by a feature code, else guessed as the
    unit's namesake or its largest place."""
    cities = [gazetteer.place(r) for r in gazetteer.rows_of(country, "city")]
    taken: set[str] = set()
    for unit in units:
        own = [c for c in cities if c.id not in taken and same_unit(unit.name, c.adm1)]
        if not own:
            continue
        coded = [c for c in own if c.feature_code in _SEATS]
        named = [c for c in own if normalise(c.name) == normalise(unit.name)]
        pool = coded or named or own
        seat = min(pool, key=lambda c: (_SEATS.get(c.feature_code or "", 2),
                                        -(c.population or 0), c.id))
        taken.add(seat.id)
        yield unit, seat, bool(coded)


def _key(name: str, ending: str, keys: set[str]) -> str:
    base = normalise(name).replace(" ", "-")
    base += "" if base.endswith(ending) else ending
    key, n = base, 1
    while key in keys:
        n += 1
        key = f"{base}-{n}"
    keys.add(key)
    return key


def _quoted(text: str) -> str:
    plain = text and text[0].isalnum() and not set(text) & set(":#,[]{}&*!|>'\"%@`") \
        and text.lower() not in ("yes", "no", "on", "off", "true", "false", "null", "y", "n") \
        and not text[0].isdigit()
    return text if plain and text == text.strip() else '"' + text.replace('"', r"\"") + '"'


def _cell(column: str, place: Place, rest: tuple[str, ...]) -> str:
    if column == "capital_of":
        return rest[0]
    if column == "names":
        return "[]"
    value = getattr(place, column)
    if isinstance(value, float):
        return f"{value:.4f}"
    return "null" if value is None else _quoted(value) if isinstance(value, str) else str(value)


def _table(name: str, kind: str, columns: tuple[str, ...],
           rows: Sequence[tuple[str, Place, tuple[str, ...]]],
           notes: dict[str, str] | None = None) -> list[str]:
    if not rows:
        return []
    lines = [f"  - table: {name}", f"    type: {kind}", "    source: [gazetteer]",
             f"    columns: [key, name, {', '.join(columns)}]", "    rows:"]
    for key, place, rest in rows:
        cells = ", ".join([_quoted(key), _quoted(place.name),
                           *(_cell(c, place, rest) for c in columns)])
        note = (notes or {}).get(place.id)
        lines.append(f"      - [{cells}]" + (f"  # {note}" if note else ""))
    return [*lines, ""]


def _head(whole: Place) -> list[str]:
    return [f"# {whole.name}: drafted from the gazetteer. Complete it by hand; docs/packs.md tells",
            "# what each field means, and `whoholds pack check FILE` whether the file is sound.",
            f"pack: {normalise(whole.name).replace(' ', '-')}", f"name: {_quoted(whole.name)}",
            f"countries: [{whole.country}]", "sources:",
            '  gazetteer: "the gazetteer that the draft was made from"',
            '  own: "say where your facts come from"', "places:"]


def _tail(whole: Place, capitals: bool) -> list[str]:
    sets = ["sets:", "  - key: provincial-capitals",
            f"    name: provincial capitals of {whole.name}", "    type: city",
            "    phrases: [provincial capital, regional capital, state capital]",
            "    members: {table: capitals}", "    complete: false  # true when none is missing",
            ""] if capitals else []
    return [*sets, "actors:", "  - key: government", f"    state: {whole.country}",
            f"    name: Government of {whole.name}", "    type: government",
            "    descriptions: [government, authorities]",
            "  - key: army", f"    name: Army of {whole.name}", "    type: force",
            "    parents: [government]",
            "    descriptions: [army, military, government forces, government troops]"]
