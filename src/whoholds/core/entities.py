"""Places and actors, and the resolution of mentions to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from whoholds.core.claims import Role
from whoholds.core.ids import Json, content_id

PlaceType = Literal["city", "district", "province", "country", "region", "crossing", "airport",
                    "airbase", "base", "university", "building", "bridge", "dam", "prison", "road",
                    "port", "area", "set", "other"]
EntityKind = Literal["place", "actor"]


@dataclass(frozen=True, slots=True)
class Place:
    """A gazetteer entry, a pack's place, a place set, or a provisional place.

    ``id`` is ``geonames:1138958``, ``pack:afghanistan/torkham``, ``set:afghanistan/capitals`` or
    ``provisional:`` and a hash. Latitude and longitude in degrees (WGS 84), None where unlocated.
    ``feature_class`` and ``feature_code`` are GeoNames' (P/PPLA …). A set has ``members`` (place
    ids) and says whether the list is ``complete``.
    """

    id: str
    name: str
    type: PlaceType
    country: str | None = None            # ISO 3166-1 alpha-2
    geonameid: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    feature_class: str | None = None
    feature_code: str | None = None
    adm1: str | None = None               # name
    adm2: str | None = None               # name
    population: int | None = None
    names: tuple[str, ...] = ()           # other spellings
    provisional: bool = False
    members: tuple[str, ...] = ()
    complete: bool = False

    def to_json(self) -> dict[str, Json]:
        return {f: (list(v) if isinstance(v := getattr(self, f), tuple) else v)
                for f in self.__dataclass_fields__}

    @classmethod
    def from_json(cls, v: dict) -> Place:  # type: ignore[type-arg]
        return cls(**{**v, "names": tuple(v["names"]), "members": tuple(v["members"])})


@dataclass(frozen=True, slots=True)
class Actor:
    """A state, armed group, force or organisation. ``side`` is the id of the actor that leads its
    side (its own id where it leads it itself); None for those who take no side."""

    id: str
    name: str
    type: str                             # state, government, force, armed group, organisation …
    side: str | None = None
    country: str | None = None
    names: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()    # "the insurgents"
    parents: tuple[str, ...] = ()
    provisional: bool = False

    def to_json(self) -> dict[str, Json]:
        return {f: (list(v) if isinstance(v := getattr(self, f), tuple) else v)
                for f in self.__dataclass_fields__}

    @classmethod
    def from_json(cls, v: dict) -> Actor:  # type: ignore[type-arg]
        return cls(**{**v, **{f: tuple(v[f]) for f in ("names", "descriptions", "parents")}})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place or actor that a mention may mean, with its score (a probability) and reasons."""

    entity_id: str
    score_p: float
    reasons: tuple[str, ...] = ()

    def to_json(self) -> Json:
        return {"entity_id": self.entity_id, "score_p": self.score_p, "reasons": list(self.reasons)}


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which entity a claim's mention means. ``role`` is the claim's role, or ``source:N`` for link
    N of its source chain. ``entity_id`` is None where nothing was good enough; ``candidates`` come
    best first. ``data`` is the version of gazetteer and packs."""

    claim_id: str
    role: Role | str
    entity_kind: EntityKind
    entity_id: str | None
    candidates: tuple[Candidate, ...]
    data: str

    @property
    def id(self) -> str:
        return content_id("resolution", self.to_json())

    def to_json(self) -> dict[str, Json]:
        return {"claim_id": self.claim_id, "role": self.role, "entity_kind": self.entity_kind,
                "entity_id": self.entity_id, "data": self.data,
                "candidates": [c.to_json() for c in self.candidates]}

    @classmethod
    def from_json(cls, v: dict) -> Resolution:  # type: ignore[type-arg]
        return cls(v["claim_id"], v["role"], v["entity_kind"], v["entity_id"],
                   tuple(Candidate(c["entity_id"], c["score_p"], tuple(c["reasons"]))
                         for c in v["candidates"]), v["data"])


@dataclass(frozen=True, slots=True)
class Resolved:
    """What the resolve stage gives for one report: resolutions, and the entities they name."""

    resolutions: tuple[Resolution, ...]
    places: tuple[Place, ...]
    actors: tuple[Actor, ...]
