"""Finds the place or actor that a person means by an id or a name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Literal

from whoholds.core import Candidate, Claim, Mention, Place, Resolution, UsageError
from whoholds.pipeline.decided import Into
from whoholds.pipeline.snapshot import Snapshot
from whoholds.pipeline.stages import Stages
from whoholds.resolve import coin, normalise, provisional

Entity = Literal["place", "actor"]
SIGNED = "a reviewer says so"
MOST = 5  # of several that a name may mean, so many are listed


def naming(claim: Claim) -> dict[str, Mention | str]:
    """What a claim's roles and sources are called, by the role of their resolution."""
    found: dict[str, Mention | str] = {}
    for role in ("actor", "counterpart", "place"):
        mention = getattr(claim, role)
        if mention is not None:
            found[role] = mention
    for n, source in enumerate(claim.sources):
        found[f"source:{n}"] = source.mention or source.name
    return found


class Entities:
    """Looks in the ledger first, then in packs and gazetteer."""

    def __init__(self, known: Snapshot, stages: Stages) -> None:
        self._known, self._stages = known, stages

    def there(self, kind: Entity, text: str) -> Into:
        """A place or actor that the ledger speaks of; UsageError for none or several."""
        entities = self._all(kind)
        by_id = next((e for e in entities if e.id == text.strip()), None)
        if by_id is not None:
            return by_id
        found = self._of_type(text, lambda name: self._named(entities, name))
        if not found:
            raise UsageError(f"no {kind} here is called {text!r}")
        return _only(found, kind, text)

    def any(self, kind: Entity, text: str, new_like: Into | None = None) -> Into:
        """A place or actor that the ledger, a pack or the gazetteer knows; with ``new_like``, a new
        one of the same type where nobody does."""
        text = text.strip()
        resolver = self._stages.resolver
        by_id = next((e for e in self._all(kind) if e.id == text), None) or (
            resolver.place(text) if kind == "place" else resolver.actor(text))
        if by_id is not None:
            return by_id
        found = self._of_type(text, lambda name: self._named(self._all(kind), name))
        if not found and kind == "place":
            found = self._of_type(text, self._listed)
        elif not found:
            actor = resolver.find_actor(text)
            found = [actor] if actor is not None else []
        if found:
            return _only(found, kind, text)
        if new_like is None or not any(map(str.isalnum, text)) or ":" in text:
            raise UsageError(f"no {kind} is called {text!r}, here or in packs and gazetteer")
        if isinstance(new_like, Place):
            return provisional(text, new_like.type, None, new_like.country)
        return coin(text, new_like.type, new_like.country)

    def leaders(self, actor_id: str) -> dict[str, Into]:
        """The actor that leads a side, by id, where anybody knows it."""
        actor = self._known.actors.get(actor_id) or self._stages.resolver.actor(actor_id)
        return {actor.id: actor} if actor is not None else {}

    @staticmethod
    def decided(claim_id: str, role: str, entity: Into) -> Resolution:
        """The resolution that a person signs."""
        return Resolution(claim_id, role, "place" if isinstance(entity, Place) else "actor",
                          entity.id, (Candidate(entity.id, 1.0, (SIGNED,)),), "review")

    def _listed(self, name: str) -> list[Into]:
        """Places of the gazetteer and the packs, in the countries that the ledger speaks of."""
        near = {p.country for p in self._known.known.places.values()}
        every = self._stages.resolver.find_places(name)
        return [p for p in every if p.country in near] or list(every)

    @staticmethod
    def _of_type(text: str, find: Callable[[str], list[Into]]) -> list[Into]:
        """What is called ``text``; of *Kabul (city)* or *Kabul (AF)* what is that, too."""
        said = re.fullmatch(r"(.+?)\s*\(([^()]+)\)", text.strip())
        if said is not None:
            found = [e for e in find(said[1]) if said[2].lower() in (
                e.type.lower(), (e.country or "").lower())]
            if found:
                return found
        return find(text)

    def _all(self, kind: Entity) -> tuple[Into, ...]:
        known = self._known.known
        return tuple(known.places.values()) if kind == "place" else tuple(known.actors.values())

    def _named(self, entities: Iterable[Into], text: str) -> list[Into]:
        """Those of that name; where some claim speaks of one, not those that were only weighed."""
        wanted = normalise(text)
        named = [e for e in entities if normalise(e.name) == wanted] or [
            e for e in entities if wanted in map(normalise, e.names)]
        return [e for e in named if e.id in self._spoken_of] or named

    @cached_property
    def _spoken_of(self) -> frozenset[str]:
        """Ids of the entities that some claim is about, or that lead a side."""
        known = self._known.known
        ids = {r.entity_id for r in known.resolutions.values() if r.entity_id is not None}
        ids.update(e.place_id for e in self._known.evidence)
        ids.update(a.side for a in known.actors.values() if a.side and a.id in ids)
        return frozenset(ids)


def _only(found: list[Into], kind: Entity, text: str) -> Into:
    if len(found) == 1:
        return found[0]
    told = ", ".join(f"{e.id} ({', '.join(filter(None, (e.type, _area(e), e.country)))})"
                     for e in found[:MOST])
    raise UsageError(f"several {kind}s are called {text!r}, write 'name (type)' or give an id: "
                     + told
                     + (" ..." if len(found) > MOST else ""))




def _area(entity: Into) -> str | None:
    return entity.adm1 if isinstance(entity, Place) else None
