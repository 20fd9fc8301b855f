"""What people decided about places and actors, applied to what the rules resolved.

A decision never enters the rules: it is laid over their result, so the same decisions give the
same answer whether they are applied while a report is read or later, to what a ledger holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from whoholds.core import (
    Actor,
    Candidate,
    EntityKind,
    Json,
    Place,
    Resolution,
    Resolved,
    content_id,
)
from whoholds.resolve.locate import ACCEPT_P

DECIDED = "decided in review"
Entity = Place | Actor


@dataclass(frozen=True, slots=True)
class Decisions:
    """Places located, places and actors merged, mentions split off. Frozen: every verb returns
    another value; the last word about one thing counts.

    ``located``: place id -> degrees (WGS 84). ``merged``: entity id -> the id that it is one with.
    ``split``: claim id and role -> the entity that this mention means, whatever the rules say.
    ``entities`` are those that merges and splits lead to, by id.
    """

    located: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)
    splits: Mapping[tuple[str, str], str] = field(default_factory=dict)
    entities: Mapping[str, Entity] = field(default_factory=dict)

    def locate(self, place_id: str, latitude: float, longitude: float) -> Decisions:
        """A place lies there. ValueError for degrees that are none."""
        if not (abs(latitude) <= 90 and abs(longitude) <= 180):
            raise ValueError(f"no place on Earth: {latitude}, {longitude}")
        return replace(self, located={**self.located, place_id: (latitude, longitude)})

    def merge(self, from_id: str, into: Entity) -> Decisions:
        """What was taken for ``from_id`` is ``into``: a provisional place located at one that a
        gazetteer knows, two spellings of one place or actor.

        ValueError where ``into`` is itself merged into ``from_id``.
        """
        merged = {**self.merged, from_id: into.id}
        if _last(into.id, merged) is None:
            raise ValueError(f"{into.id} is already merged into {from_id}")
        return replace(self, merged=merged, entities={**self.entities, into.id: into})

    def split(self, mentions: Iterable[tuple[str, str]], into: Entity) -> Decisions:
        """These mentions (claim id and role) mean ``into``, not what the rules took them for."""
        told = dict.fromkeys(mentions, into.id)
        return replace(self, splits={**self.splits, **told},
                       entities={**self.entities, into.id: into})

    def means(self, entity_id: str) -> str:
        """The id that an entity goes by after all merges."""
        return _last(entity_id, self.merged) or entity_id

    @property
    def version(self) -> str:
        """A hash of everything decided; empty where nothing is."""
        return content_id("decisions", self.to_json())[:8] if self else ""

    def __bool__(self) -> bool:
        return bool(self.located or self.merged or self.splits)

    def apply(self, resolved: Resolved) -> Resolved:
        """``resolved`` as people decided. Entities that nothing names any more are left out."""
        if not self:
            return resolved
        resolutions = tuple(self.resolution(r) for r in resolved.resolutions)
        gone = set(self.merged)
        places = {p.id: self.place(p) for p in resolved.places if p.id not in gone}
        actors = {a.id: self.actor(a) for a in resolved.actors if a.id not in gone}
        wanted = {c.entity_id for r in resolutions for c in r.candidates}
        wanted |= {a.side for a in actors.values() if a.side}
        for entity_id in sorted(wanted & self.entities.keys()):
            entity = self.entities[entity_id]
            if isinstance(entity, Place):
                places.setdefault(entity_id, self.place(entity))
            else:
                actors.setdefault(entity_id, self.actor(entity))
        return Resolved(resolutions, tuple(places[i] for i in sorted(places)),
                        tuple(actors[i] for i in sorted(actors)))

    def resolution(self, one: Resolution) -> Resolution:
        """One mention's resolution as people decided; the rules' other candidates stay visible."""
        said = self.splits.get((one.claim_id, one.role))
        if said is not None and _kind(self.entities[said]) == one.entity_kind:
            chosen = self.means(said)
            rest = [c for c in self._candidates(one) if c.entity_id != chosen]
            decided = (Candidate(chosen, 1.0, (DECIDED,)),
                       *(replace(c, score_p=0.0) for c in rest))
            return replace(one, entity_id=chosen, candidates=decided)
        if not any(c.entity_id in self.merged for c in one.candidates):
            return one
        candidates = tuple(self._candidates(one))
        best = candidates[0]
        return replace(one, entity_id=best.entity_id if best.score_p >= ACCEPT_P else None,
                       candidates=candidates)

    def _candidates(self, one: Resolution) -> list[Candidate]:
        """Candidates after merges: those that are one now share a place and add up."""
        out: dict[str, Candidate] = {}
        for c in one.candidates:
            meant = self.means(c.entity_id)
            why = c.reasons if meant == c.entity_id else (*c.reasons, DECIDED)
            old = out.get(meant)
            out[meant] = Candidate(meant, c.score_p, why) if old is None else Candidate(
                meant, round(min(1.0, old.score_p + c.score_p), 4),
                tuple(dict.fromkeys((*old.reasons, *why))))
        return sorted(out.values(), key=lambda c: -c.score_p)

    def place(self, place: Place) -> Place:
        """A place with its decided coordinates, a set with the members that they are now."""
        at = self.located.get(place.id)
        if at is not None:
            place = replace(place, latitude=at[0], longitude=at[1])
        if any(m in self.merged for m in place.members):
            place = replace(place, members=tuple(dict.fromkeys(map(self.means, place.members))))
        return place

    def actor(self, actor: Actor) -> Actor:
        """An actor whose side and parents are what they are after merges."""
        side, parents = actor.side, tuple(dict.fromkeys(map(self.means, actor.parents)))
        if side is not None and side in self.merged:
            led = self.entities[self.means(side)]
            side = self.means(led.side) if isinstance(led, Actor) and led.side else led.id
        return actor if (side, parents) == (actor.side, actor.parents) else replace(
            actor, side=side, parents=parents)

    def to_json(self) -> dict[str, Json]:
        return {"located": {i: list(at) for i, at in sorted(self.located.items())},
                "merged": dict(sorted(self.merged.items())),
                "splits": [[claim, role, to] for (claim, role), to in sorted(self.splits.items())],
                "places": [e.to_json() for _, e in sorted(self.entities.items())
                           if isinstance(e, Place)],
                "actors": [e.to_json() for _, e in sorted(self.entities.items())
                           if isinstance(e, Actor)]}

    @classmethod
    def from_json(cls, v: dict) -> Decisions:  # type: ignore[type-arg]
        entities: list[Entity] = [Place.from_json(p) for p in v["places"]]
        entities += [Actor.from_json(a) for a in v["actors"]]
        return cls({i: (at[0], at[1]) for i, at in v["located"].items()}, dict(v["merged"]),
                   {(claim, role): to for claim, role, to in v["splits"]},
                   {e.id: e for e in entities})


def _last(entity_id: str, merged: Mapping[str, str]) -> str | None:
    """Where merges lead from an entity; None where they go in a circle."""
    seen = {entity_id}
    while entity_id in merged:
        entity_id = merged[entity_id]
        if entity_id in seen:
            return None
        seen.add(entity_id)
    return entity_id


def _kind(entity: Entity) -> EntityKind:
    return "place" if isinstance(entity, Place) else "actor"
