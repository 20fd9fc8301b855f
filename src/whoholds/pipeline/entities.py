"""Finds the place or actor that a person means by an id or a name."""

from __future__ import annotations

from collections.abc import Iterable
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
        found = self._named(entities, text)
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
        found = self._named(self._all(kind), text)
        if not found and kind == "place":
            near = {p.country for p in self._known.known.places.values()}
            every = resolver.find_places(text)
            found = [p for p in every if p.country in near] or list(every)
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

    def _all(self, kind: Entity) -> tuple[Into, ...]:
        known = self._known.known
        return tuple(known.places.values()) if kind == "place" else tuple(known.actors.values())

    def _named(self, entities: Iterable[Into], text: str) -> list[Into]:
        wanted = normalise(text)
        exact = [e for e in entities if normalise(e.name) == wanted]
        return exact or [e for e in entities if wanted in map(normalise, e.names)]


def _only(found: list[Into], kind: Entity, text: str) -> Into:
    if len(found) == 1:
        return found[0]
    told = ", ".join(f"{e.id} ({e.type}{', ' + e.country if e.country else ''})"
                     for e in found[:MOST])
    raise UsageError(f"several {kind}s are called {text!r}, give an id: {told}"
                     + (" ..." if len(found) > MOST else ""))


