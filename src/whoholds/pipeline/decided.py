"""What people decided about places, actors and sources, folded from the entries that stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from whoholds.core import Actor, Evidence, Place, Resolved
from whoholds.ledger import Entry
from whoholds.pipeline.evidence import Known, resolutions_by_role, speaker_of, voice
from whoholds.resolve import Decisions

Into = Place | Actor


@dataclass(frozen=True, slots=True)
class Decided:
    """``entities``: places and actors; ``voices``: the voice of a source -> the name of the source
    that it is one with."""

    entities: Decisions = field(default_factory=Decisions)
    voices: Mapping[str, str] = field(default_factory=dict)

    def means(self, name: str) -> str:
        """The name that a source goes by after all merges."""
        seen = {voice(name)}
        while (into := self.voices.get(voice(name))) is not None and voice(into) not in seen:
            name = into
            seen.add(voice(name))
        return name


def entity_of(value: Any) -> Into:
    """A place or an actor as an entry keeps it."""
    return Place.from_json(value) if "feature_code" in value else Actor.from_json(value)


def decided(entries: Iterable[Entry]) -> Decided:
    """What the standing ``entries``, oldest first, say of places, actors and sources."""
    found, voices = Decisions(), dict[str, str]()
    for entry in entries:
        body = cast(dict[str, Any], entry.body)
        if entry.kind == "merge" and body["what"] == "source":
            voices[voice(entry.target)] = body["into"]
        elif entry.kind == "locate" and "latitude" in body:
            found = found.locate(entry.target, body["latitude"], body["longitude"])
        elif entry.kind in ("merge", "locate"):
            found = _merged(found, entry.target, entity_of(body["into"]))
        elif entry.kind == "split":
            mentions = [(claim, role) for claim, role in body["mentions"]]
            found = found.split(mentions, entity_of(body["into"]))
    return Decided(found, voices)


def _merged(found: Decisions, from_id: str, into: Into) -> Decisions:
    """Two people may have merged a pair both ways, on two copies of a ledger: the first counts."""
    try:
        return found.merge(from_id, into)
    except ValueError:
        return found


def with_decisions(known: Known, decisions: Decisions) -> Known:
    """``known`` with its mentions, places and actors as people decided."""
    if not decisions:
        return known
    done = decisions.apply(Resolved(tuple(known.resolutions.values()),
                                    tuple(known.places.values()), tuple(known.actors.values())))
    return replace(known, resolutions=resolutions_by_role(done.resolutions),
                   places={p.id: p for p in done.places}, actors={a.id: a for a in done.actors})


def with_one_voice(evidence: Sequence[Evidence], told: Decided) -> tuple[Evidence, ...]:
    """Evidence in which sources that are one have one origin."""
    if not told.voices:
        return tuple(evidence)
    called: dict[str, str] = {}        # voice -> origin, of the sources that have a name
    for row in evidence:
        if row.origin.partition(":")[0] in ("outlet", "name", "actor"):
            called.setdefault(voice(_speaker(row)), row.origin)

    def origin(row: Evidence) -> str:
        kind, _, rest = row.origin.partition(":")
        if kind in ("outlet", "name", "actor"):
            into = told.means(_speaker(row))
            if into == _speaker(row):
                return row.origin
            return called.get(voice(into), f"{kind if kind != 'actor' else 'name'}:"
                              f"{into if kind == 'outlet' else voice(into)}")
        before, _, citing = rest.rpartition(":")
        return f"{kind}:{before}:{voice(told.means(citing))}" if citing else row.origin

    return tuple(replace(row, origin=origin(row), outlet=told.means(row.outlet))
                 for row in evidence)


def _speaker(row: Evidence) -> str:
    return row.claim.sources[speaker_of(row.claim)].name
