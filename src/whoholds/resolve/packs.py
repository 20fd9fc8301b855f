"""Packs: a theatre's places, place sets and actors as YAML, checked with exact messages.

docs/packs.md describes the file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

import yaml

from whoholds.core import Actor, DataError, Place, PlaceType
from whoholds.resolve.names import normalise, phrase

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

PLACE_TYPES: tuple[str, ...] = get_args(PlaceType)
ACTOR_TYPES = ("state", "government", "force", "armed group", "organisation", "person", "agency",
               "outlet")
_TOP = {"pack", "name", "countries", "sources", "places", "sets", "actors", "outlets", "people"}
_PLACE_COLUMNS = {"key", "name", "geonameid", "latitude", "longitude", "adm1", "adm2",
                  "capital_of", "borders", "city", "names"}
_SET_FIELDS = {"key", "name", "type", "phrases", "members", "complete"}
_ACTOR_FIELDS = {"key", "name", "type", "state", "same_as", "side", "parents", "names",
                 "predecessors", "descriptions", "demonyms"}
WORLD = "world"           # the pack that is always there; others may say more of its actors


@dataclass(frozen=True, slots=True)
class PackPlace:
    """A pack's place, with what only packs know of it.

    ``capital_of`` is the id of the unit that it is the seat of, ``city`` the name of the city that
    a facility serves, ``borders`` the country on the other side of a crossing.
    """

    place: Place
    capital_of: str | None = None
    city: str | None = None
    borders: str | None = None


@dataclass(frozen=True, slots=True)
class PackSet:
    """A set of places, and the phrases (singular, in normal form) that English names it by."""

    place: Place
    phrases: tuple[str, ...]
    members_type: PlaceType


@dataclass(frozen=True, slots=True)
class Pack:
    """One theatre. ``version`` is a hash of the file.

    ``demonyms`` are, for actor ids, the adjectives that English calls their people by (*Kurdish*,
    *Rwanda-backed*): with a force or a body they name the actor.
    """

    key: str
    name: str
    countries: tuple[str, ...]
    places: tuple[PackPlace, ...]
    sets: tuple[PackSet, ...]
    actors: tuple[Actor, ...]
    version: str
    demonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def state_id(country: str) -> str:
    """The id of a country's government as an actor."""
    return f"state:{country}"


def shipped_packs() -> tuple[str, ...]:
    """The names of the packs that come with whoholds."""
    folder = files("whoholds.resolve").joinpath("packs")
    return tuple(sorted(f.name[:-5] for f in folder.iterdir() if f.name.endswith(".yaml")))


def load_packs(names: Iterable[str | Path] | None = None) -> tuple[Pack, ...]:
    """The packs of ``names``: shipped ones by name (*all*: every one), others by path (``.yaml``).

    None: all shipped. A file whose pack has the key of a shipped one stands in its place. The pack
    *world* (states' institutions, agencies) always comes first. Raises DataError with file, line,
    place in the file, and what is wrong.
    """
    wanted = [WORLD]
    for name in map(str, names if names is not None else ("all",)):
        wanted += shipped_packs() if name == "all" else [name]
    shipped: dict[str, Pack] = {}
    own: dict[str, Pack] = {}
    for name in dict.fromkeys(wanted):
        if name.endswith((".yaml", ".yml")):
            pack = _from_file(Path(name))
            if pack.key in own:
                raise DataError(name, f"another file has a pack with the key {pack.key!r}")
            own[pack.key] = pack
        elif name in shipped_packs():
            shipped[name] = world_pack() if name == WORLD else parse_pack(_shipped(name), name)
        else:
            raise DataError(name, f"no such pack; shipped are {', '.join(shipped_packs())}; one of "
                                  "your own is named by its path, which ends in .yaml")
    return tuple({**shipped, **own}.values())


def _from_file(path: Path) -> Pack:
    try:
        return parse_pack(path.read_text("utf8"), str(path))
    except OSError as error:
        raise DataError(str(path), f"cannot read the pack: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DataError(str(path), f"cannot read the pack: not UTF-8 at byte {error.start}"
                        ) from error


@cache
def world_pack() -> Pack:
    """The pack whose actors others may say more of."""
    return parse_pack(_shipped(WORLD), WORLD)


def _shipped(name: str) -> str:
    return files("whoholds.resolve").joinpath("packs", f"{name}.yaml").read_text("utf8")


def parse_pack(text: str, where: str) -> Pack:
    """A pack from its YAML; ``where`` names it in errors, which tell the line as well."""
    try:
        loader = _Loader(text)
        try:
            root = loader.get_single_node()
            data = loader.construct_document(root) if root is not None else None
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}: " if mark else ""
        raise DataError(where, f"{line}not YAML: {getattr(error, 'problem', error)}") from error
    version = hashlib.sha256(text.encode()).hexdigest()[:12]
    return _Reader(where, root, data, version).pack()


_STEP = re.compile(r"\.?([^.\[\]]+)|\[(\d+)\]")


def line_of(root: yaml.Node | None, at: str) -> int:
    """The line (from 1) of the part of a YAML file that ``at`` names (*actors[2].type*), or of the
    closest part around it."""
    node = root
    for match in _STEP.finditer("" if at == "the file" else at.removeprefix("the file.")):
        name, number = match.groups()
        if isinstance(node, yaml.MappingNode):
            inner = next((v for k, v in node.value if k.value == name), None)
        elif isinstance(node, yaml.SequenceNode) and number and int(number) < len(node.value):
            inner = node.value[int(number)]
        else:
            inner = None
        if inner is None:
            break
        node = inner
    return node.start_mark.line + 1 if node is not None else 1


class _Reader:
    """Checks one file's data while turning it into a Pack."""

    def __init__(self, where: str, root: yaml.Node | None, data: Any, version: str) -> None:
        self.where, self.version, self.root = where, version, root
        self._no_doubles(root, "the file")
        self.data = self._mapping(data, "the file", _TOP)
        self.key = self._text(self.data, "pack", "the file")
        self.countries = tuple(self._texts(self.data, "countries", "the file"))
        for i, country in enumerate(self.countries):
            if not re.fullmatch("[A-Z]{2}", country):
                raise self.fail(f"countries[{i}]", f"{country!r} is no ISO code of two capitals")
        self.keys: set[str] = set()
        self.tables: dict[str, list[str]] = {}
        self.ids: dict[str, str] = {}
        self.demonyms: dict[str, tuple[str, ...]] = {}

    def pack(self) -> Pack:
        places = self._places()
        actors = self._actors() + self._outlets()
        actors += self._people({a.id: a for a in actors})
        return Pack(self.key, self._text(self.data, "name", "the file"), self.countries,
                    tuple(places), tuple(self._sets()), tuple(actors), self.version, self.demonyms)

    def fail(self, at: str, what: str) -> DataError:
        return DataError(self.where, f"line {line_of(self.root, at)}: {at}: {what}")

    def _no_doubles(self, node: yaml.Node | None, at: str) -> None:
        """Refuses a mapping that has one field twice: YAML would keep the last in silence."""
        if isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in node.value:
                if key.value in seen:
                    line = key.start_mark.line + 1
                    raise DataError(self.where, f"line {line}: {at}: {key.value!r} is there twice")
                seen.add(key.value)
                if key.value != "rows":
                    self._no_doubles(value, f"{at}.{key.value}")
        elif isinstance(node, yaml.SequenceNode):
            for i, value in enumerate(node.value):
                self._no_doubles(value, f"{at}[{i}]")

    def _mapping(self, value: Any, at: str, allowed: set[str]) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            raise self.fail(at, f"must be a mapping, is {type(value).__name__}")
        for key in value:
            if key not in allowed:
                raise self.fail(at, f"unknown field {key!r}; known: {', '.join(sorted(allowed))}")
        return value

    def _text(self, row: Mapping[str, Any], field: str, at: str) -> str:
        value = row.get(field)
        if not isinstance(value, str) or not value.strip():
            raise self.fail(f"{at}.{field}", f"must be a text, is {value!r}")
        return value

    def _texts(self, row: Mapping[str, Any], field: str, at: str) -> list[str]:
        value = row.get(field)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
            raise self.fail(f"{at}.{field}", f"must be a list of texts, is {value!r}")
        return value

    def _number(self, row: Mapping[str, Any], field: str, at: str, limit: float) -> float | None:
        value = row.get(field)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > limit:
            raise self.fail(f"{at}.{field}", f"must be a number within ±{limit:g}, is {value!r}")
        return float(value)

    def _rows(self, table: Any, at: str, allowed: set[str],
              extra: set[str]) -> list[tuple[str, dict[str, Any]]]:
        """A table's rows as mappings, each with where it stands."""
        table = self._mapping(table, at, {"columns", "rows", "source"} | extra)
        sources = self.data.get("sources") or {}
        named = self._texts(table, "source", at)
        if not named:
            raise self.fail(f"{at}.source", "must name where the rows are from, by keys of sources")
        for source in named:
            if source not in sources:
                raise self.fail(f"{at}.source", f"{source!r} is not under sources")
        columns, rows = self._texts(table, "columns", at), table.get("rows")
        for column in columns:
            if column not in allowed:
                raise self.fail(f"{at}.columns", f"unknown column {column!r}")
        if not isinstance(rows, list):
            raise self.fail(f"{at}.rows", "must be a list")
        out = []
        for i, row in enumerate(rows):
            if not isinstance(row, list) or len(row) != len(columns):
                raise self.fail(f"{at}.rows[{i}]", f"must have {len(columns)} cells, is {row!r}")
            out.append((f"{at}.rows[{i}]", dict(zip(columns, row, strict=True))))
        return out

    def _new_key(self, row: Mapping[str, Any], at: str) -> str:
        key = self._text(row, "key", at)
        if key in self.keys:
            raise self.fail(f"{at}.key", f"{key!r} is used twice")
        self.keys.add(key)
        return key

    def _choice(self, row: Mapping[str, Any], field: str, at: str,
                choices: tuple[str, ...]) -> Any:
        value = self._text(row, field, at)
        if value not in choices:
            raise self.fail(f"{at}.{field}", f"{value!r} is none of {', '.join(choices)}")
        return value

    def _places(self) -> list[PackPlace]:
        out: list[PackPlace] = []
        for t, table in enumerate(self.data.get("places") or []):
            at = f"places[{t}]"
            rows = self._rows(table, at, _PLACE_COLUMNS, {"table", "type", "country"})
            kind = self._choice(table, "type", at, PLACE_TYPES)
            country = table.get("country") or (self.countries[0] if self.countries else None)
            members = self.tables.setdefault(self._text(table, "table", at), [])
            for spot, row in rows:
                key = self._new_key(row, spot)
                number = self._number(row, "geonameid", spot, 1e9)
                place = Place(
                    id=f"geonames:{int(number)}" if number else f"pack:{self.key}/{key}",
                    name=self._text(row, "name", spot), type=kind, country=country,
                    geonameid=int(number) if number else None,
                    latitude=self._number(row, "latitude", spot, 90),
                    longitude=self._number(row, "longitude", spot, 180),
                    adm1=row.get("adm1"), adm2=row.get("adm2"),
                    names=tuple(self._texts(row, "names", spot)))
                if place.id in self.ids.values():
                    raise self.fail(f"{spot}.geonameid", f"{number:.0f} is used twice")
                self.ids[key] = place.id
                members.append(place.id)
                capital_of = row.get("capital_of")
                if capital_of is not None and capital_of not in self.ids:
                    raise self.fail(f"{spot}.capital_of", f"no place {capital_of!r} above it")
                out.append(PackPlace(place, self.ids.get(capital_of or ""), row.get("city"),
                                     row.get("borders")))
        return out

    def _sets(self) -> list[PackSet]:
        out = []
        for i, item in enumerate(self.data.get("sets") or []):
            at = f"sets[{i}]"
            row = self._mapping(item, at, _SET_FIELDS)
            key, members = self._new_key(row, at), row.get("members")
            if isinstance(members, dict) and members.get("table") in self.tables:
                ids = self.tables[members["table"]]
            elif isinstance(members, list) and all(m in self.ids for m in members):
                ids = [self.ids[m] for m in members]
            else:
                raise self.fail(f"{at}.members", f"neither keys nor a table of places: {members!r}")
            if not isinstance(row.get("complete"), bool):
                raise self.fail(f"{at}.complete", "must be true or false")
            place = Place(id=f"set:{self.key}/{key}", name=self._text(row, "name", at), type="set",
                          country=self.countries[0] if self.countries else None,
                          members=tuple(ids), complete=row["complete"])
            out.append(PackSet(place, tuple(phrase(p) for p in self._texts(row, "phrases", at)),
                               self._choice(row, "type", at, PLACE_TYPES)))
        return out

    def _actors(self) -> list[Actor]:
        rows = [(f"actors[{i}]", self._mapping(row, f"actors[{i}]", _ACTOR_FIELDS))
                for i, row in enumerate(self.data.get("actors") or [])]
        ids: dict[str, str] = {}
        worldwide: dict[str, Actor] = {}
        for at, row in rows:
            key = self._new_key(row, at)
            ids[key] = state_id(row["state"]) if row.get("state") else f"pack:{self.key}/{key}"
            if row.get("same_as") is not None:
                known = self._of_world(row, at)
                ids[key], worldwide[key] = known.id, known
        self.ids.update(ids)
        actors: dict[str, Actor] = {}
        for at, row in rows:
            given = [("parents", p) for p in self._texts(row, "parents", at)]
            given += [("side", row["side"])] if row.get("side") is not None else []
            for field_, other in given:
                if other not in ids:
                    raise self.fail(f"{at}.{field_}", f"no actor {other!r} in this pack")
            actor = worldwide.get(row["key"]) or self._actor(row, at, ids)
            names = self._texts(row, "names", at) + self._texts(row, "predecessors", at)
            actors[actor.id] = replace(
                actor, names=tuple(dict.fromkeys((*actor.names, *names))),
                descriptions=tuple(self._texts(row, "descriptions", at)))
            self.demonyms[actor.id] = tuple(
                normalise(d) for d in self._texts(row, "demonyms", at))
        return [replace(a, side=self._side(a, actors)) for a in actors.values()]

    def _actor(self, row: Mapping[str, Any], at: str, ids: Mapping[str, str]) -> Actor:
        return Actor(
            id=ids[row["key"]], name=self._text(row, "name", at),
            type=self._choice(row, "type", at, ACTOR_TYPES),
            side=ids[row["side"]] if row.get("side") else None,
            country=row.get("state") or (self.countries[0] if self.countries else None),
            parents=tuple(ids[p] for p in self._texts(row, "parents", at)))

    def _of_world(self, row: Mapping[str, Any], at: str) -> Actor:
        """The actor of the pack *world* that an entry says more of."""
        for other in ("name", "type", "state", "side", "parents"):
            if row.get(other) is not None:
                raise self.fail(f"{at}.{other}", "an actor that is same_as another has its own")
        pack, _, key = self._text(row, "same_as", at).partition("/")
        known = {} if self.key == WORLD else {a.id: a for a in world_pack().actors}
        actor = known.get(f"pack:{pack}/{key}")
        if pack != WORLD or actor is None:
            raise self.fail(f"{at}.same_as", f"no actor {row['same_as']!r}; only {WORLD}/… may be "
                                             "named")
        return actor

    def _side(self, actor: Actor, actors: Mapping[str, Actor]) -> str | None:
        """The side given, else that of the first parent, else its own; none for bystanders."""
        seen = {actor.id}
        while actor.side is None and actor.parents and actor.parents[0] not in seen:
            actor = actors[actor.parents[0]]
            seen.add(actor.id)
        if actor.side is None and actor.type == "organisation":
            return None
        return actor.side or actor.id

    def _outlets(self) -> list[Actor]:
        if "outlets" not in self.data:
            return []
        out = []
        for at, row in self._rows(self.data["outlets"], "outlets",
                                  {"key", "name", "type", "names"}, set()):
            out.append(Actor(id=f"pack:{self.key}/{self._new_key(row, at)}",
                             name=self._text(row, "name", at),
                             type=self._choice(row, "type", at, ("agency", "outlet")),
                             names=tuple(self._texts(row, "names", at))))
        return out

    def _people(self, actors: Mapping[str, Actor]) -> list[Actor]:
        if "people" not in self.data:
            return []
        out = []
        for at, row in self._rows(self.data["people"], "people",
                                  {"key", "name", "of", "names"}, set()):
            of = actors.get(self.ids.get(self._text(row, "of", at), ""))
            if of is None:
                raise self.fail(f"{at}.of", f"no actor {row['of']!r} in this pack")
            out.append(Actor(id=f"pack:{self.key}/{self._new_key(row, at)}",
                             name=self._text(row, "name", at), type="person", side=of.side,
                             country=of.country, names=tuple(self._texts(row, "names", at)),
                             parents=(of.id,)))
        return out
