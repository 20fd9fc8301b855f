"""What a report is about: the countries in focus, the packs that apply, and who and what it names."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from whoholds.core import Parse, Report
from whoholds.resolve.atlas import Atlas, Sighting
from whoholds.resolve.names import normalise

# Votes that one mention gives to its country. A place or an armed group tells where a report
# plays; a demonym or a foreign capital may only tell who speaks. Hand-set; only ratios matter.
_VOTES = {"country": 1.5, "demonym": 1.0, "place": 1.5, "actor": 1.5}
_PLAIN_NAME = 0.5       # votes: a name that only the gazetteer knows, spread over its countries
PACK_SHARE = 0.15       # share of votes: below, a pack's entries do not count for the report


@dataclass
class Scene:
    """A report's evidence on where it plays. ``shares`` add up to 1 over countries."""

    shares: dict[str, float]
    packs: frozenset[str]
    sightings: list[Sighting]
    text: str
    actors_seen: list[tuple[int, str]] = field(default_factory=list)

    @property
    def focus(self) -> str | None:
        """The country that most of the report's names point to."""
        return max(self.shares, key=lambda c: (self.shares[c], c), default=None)

    def share(self, country: str | None) -> float:
        return self.shares.get(country or "", 0.0)


def set_scene(atlas: Atlas, report: Report, parse: Parse, names: Iterable[str]) -> Scene:
    """Weigh the names of a report. ``names`` are those of its claims' places."""
    text = report.text
    sightings = atlas.scan(text)
    title = atlas.scan(report.title) if report.title else []
    votes: dict[str, float] = defaultdict(float)
    for sighting in _outermost([*sightings]) + _outermost(title):
        for country, weight in _countries(atlas, sighting):
            votes[country] += weight
    starts = sorted((s.start, s.end) for s in sightings)
    for name in [*_located_names(text, parse, starts), *names]:
        for country, weight in _spread(atlas, name):
            votes[country] += weight
    total = sum(votes.values())
    shares = {c: v / total for c, v in sorted(votes.items())} if total else {}
    packs = frozenset(
        pack.key for pack in atlas.packs
        if not pack.countries or sum(shares.get(c, 0.0) for c in pack.countries) >= PACK_SHARE)
    return Scene(shares, packs, sightings, text)


def _outermost(sightings: list[Sighting]) -> list[Sighting]:
    """One sighting for each stretch of text: the longest, first kind first."""
    out: list[Sighting] = []
    for s in sorted(sightings, key=lambda s: (s.start, -s.end)):
        if not out or s.start >= out[-1].end:
            out.append(s)
    return out


def _countries(atlas: Atlas, sighting: Sighting) -> list[tuple[str, float]]:
    weight = _VOTES[sighting.thing]
    if sighting.thing == "country":
        return [(sighting.key, weight)]
    if sighting.thing == "demonym":
        isos = atlas.isos_of_demonym(sighting.key)
        return [(iso, weight / len(isos)) for iso in isos]
    if sighting.thing == "place":
        country = atlas.places[sighting.key].country
    else:
        actor = atlas.actors[sighting.key]
        country = actor.country if actor.type not in ("outlet", "agency") else None
    return [(country, weight)] if country else []


def _located_names(text: str, parse: Parse, known: list[tuple[int, int]]) -> list[str]:
    """Names of places by the reader that the lexicon does not know."""
    out = []
    for sentence in parse.sentences:
        for name in sentence.names:
            if name.type != "LOC" or not sentence.words[name.start:name.end]:
                continue
            start = sentence.words[name.start].span.start
            end = sentence.words[name.end - 1].span.end
            at = bisect_left(known, (start, 0))
            if at < len(known) and known[at][0] < end:
                continue
            out.append(text[start:end])
    return out


def _spread(atlas: Atlas, name: str) -> list[tuple[str, float]]:
    """A gazetteer name's vote, over its countries by population."""
    if normalise(name) in atlas.country_names:
        return []
    people: dict[str, float] = defaultdict(float)
    for named in atlas.named(name):
        if named.place.country and named.match != "spelling":
            people[named.place.country] += 100.0 + (named.place.population or 0)
    total = sum(people.values())
    return [(c, _PLAIN_NAME * p / total) for c, p in sorted(people.items())] if total else []
