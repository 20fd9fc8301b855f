"""What a report is about: countries in focus, packs that apply, names in the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from whoholds.core import Place, Report, Span
from whoholds.resolve.atlas import Atlas, Sighting
from whoholds.resolve.names import normalise, singular
from whoholds.resolve.words import CLOSED, GENERIC, TYPE_PHRASES

_normal = lru_cache(maxsize=8192)(normalise)   # names of units come again and again

# Votes that one mention gives to its country. A place or an armed group tells where a report
# plays; a demonym or a foreign capital may only tell who speaks. Hand-set; only ratios matter.
_VOTES = {"country": 1.5, "demonym": 1.0, "place": 1.5, "actor": 1.5}
_PLAIN_NAME = 0.5       # votes: a name that only the gazetteer knows, spread over its countries
_CITY_NAME = 1.5        # votes: the same, where it is all but surely one great city's
SURELY = 0.9            # share of a name's people: they live in one country
# People: a unit without a count counts as a city of that size when names vote.
UNIT_PEOPLE = {"province": 300_000, "district": 30_000, "region": 1_000_000}
SMALL = 100_000         # people: another name of a smaller place tells nothing of its country
GREAT_UNIT = 1_000_000  # people: a unit called like a country shares in its votes
_COMMON = GENERIC | CLOSED | {word for phrase in TYPE_PHRASES for word in phrase}
PACK_SHARE = 0.15       # share of votes: below, a pack's entries do not count for the report


@dataclass(frozen=True, slots=True)
class Scene:
    """A report's evidence on where it plays. ``shares`` add up to 1 over countries.

    ``votes`` is how many votes there were, ``own_votes`` those of each name, by country.
    ``units`` are votes for first-order units, ``unit_votes_of`` those of each name (adding up to
    1), ``unit_total`` how many names voted.
    """

    shares: dict[str, float]
    packs: frozenset[str]
    sightings: list[Sighting]
    text: str
    units: Mapping[str, float] = field(default_factory=dict)
    unit_votes_of: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    unit_total: float = 0.0
    votes: float = 0.0
    own_votes: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    @property
    def focus(self) -> str | None:
        """The country that most of the report's names point to."""
        return max(self.shares, key=lambda c: (self.shares[c], c), default=None)

    def around(self, span: Span) -> Span | None:
        """The longest name of the lexicon that covers ``span`` and more, where the span is one
        that no name of the lexicon covers exactly."""
        over = [Span(s.start, s.end) for s in self.sightings
                if s.start <= span.start and span.end <= s.end]
        if not over or span in over:
            return None
        return max(over, key=lambda o: (o.end - o.start, -o.start))

    def share(self, country: str | None) -> float:
        return self.shares.get(country or "", 0.0)

    def others_share(self, name: str, country: str | None) -> float:
        """The share of a country in the votes of all names but ``name`` (a normal form); 1 where
        there are none."""
        own = self.own_votes.get(name, {})
        total = self.votes - sum(own.values())
        if total < 1e-6:
            return 1.0
        return (self.share(country) * self.votes - own.get(country or "", 0.0)) / total

    def unit_share(self, name: str, place: Place) -> float:
        """The share of the report's other names that point to a place's first-order unit.

        ``name`` is the normal form that ``place`` is a candidate for: its own vote is left out.
        """
        own = self.unit_votes_of.get(name, {})
        total = self.unit_total - (1.0 if own else 0.0)
        unit = unit_key(place)
        return (self.units.get(unit, 0.0) - own.get(unit, 0.0)) / total if total > 1e-6 else 0.0


def unit_key(place: Place) -> str:
    """A first-order unit's key: country and name."""
    return f"{place.country}/{_normal(place.adm1 or place.name)}"


def set_scene(atlas: Atlas, report: Report, names: Collection[str]) -> Scene:
    """Weigh the names of a report. ``names`` are its places' by the reader and the claims."""
    text = report.text
    sightings = atlas.scan(text)
    title = atlas.scan(report.title) if report.title else []
    votes: dict[str, float] = defaultdict(float)
    own_votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for source, found in ((text, sightings), (report.title or "", title)):
        for sighting in _outermost([*found]):
            name = normalise(source[sighting.start:sighting.end])
            for country, weight in _countries(atlas, sighting, source):
                votes[country] += weight
                own_votes[name][country] += weight
    for name in names:
        for country, weight in _spread(atlas, name):
            votes[country] += weight
            own_votes[normalise(name)][country] += weight
    total = sum(votes.values())
    shares = {c: v / total for c, v in sorted(votes.items())} if total else {}
    packs = frozenset(
        pack.key for pack in atlas.packs
        if not pack.countries or sum(shares.get(c, 0.0) for c in pack.countries) >= PACK_SHARE)
    places = {text[s.start:s.end] for s in sightings if s.thing == "place"} | set(names)
    votes_of = {normalise(n): _unit_votes(atlas, n, shares) for n in sorted(places)}
    units: dict[str, float] = defaultdict(float)
    for own in votes_of.values():
        for unit, vote in own.items():
            units[unit] += vote
    return Scene(shares, packs, sightings, text, dict(units), votes_of,
                 float(sum(bool(v) for v in votes_of.values())), total,
                 {name: dict(of) for name, of in own_votes.items()})


def _unit_votes(atlas: Atlas, name: str, shares: Mapping[str, float]) -> dict[str, float]:
    """One name's vote, over the units of the places called so, by country and people."""
    weights: dict[str, float] = defaultdict(float)
    for named in atlas.named(name):
        place = named.place
        if place.type != "country" and place.country:
            people = place.population or UNIT_PEOPLE.get(place.type, 0)
            weights[unit_key(place)] += (people + 100) * (shares.get(place.country or "", 0) + 0.01)
    total = sum(weights.values())
    return {unit: w / total for unit, w in weights.items()}


def _outermost(sightings: list[Sighting]) -> list[Sighting]:
    """One sighting for each stretch of text: the longest, first kind first."""
    out: list[Sighting] = []
    for s in sorted(sightings, key=lambda s: (s.start, -s.end)):
        if not out or s.start >= out[-1].end:
            out.append(s)
    return out


def _countries(atlas: Atlas, sighting: Sighting, text: str) -> list[tuple[str, float]]:
    weight = _VOTES[sighting.thing]
    if sighting.thing == "country":     # Georgia is a state as well
        named = atlas.named(text[sighting.start:sighting.end])
        units = dict.fromkeys([sighting.key, *(
            str(n.place.country) for n in named
            if n.place.type == "province" and n.match == "name"
            and (n.place.population or 0) >= GREAT_UNIT)])
        return [(iso, weight / len(units)) for iso in units]
    if sighting.thing == "demonym":
        isos = atlas.isos_of_demonym(sighting.key)
        return [(iso, weight / len(isos)) for iso in isos]
    if sighting.thing == "place":
        if _telling_nothing(text[sighting.start:sighting.end]):
            return []
        return _of_place(atlas, atlas.places[sighting.key],
                         text[sighting.start:sighting.end], weight)
    actor = atlas.actors[sighting.key]
    country = actor.country if actor.type not in ("outlet", "agency") else None
    return [(country, weight)] if country else []


def _of_place(atlas: Atlas, place: Place, name: str, weight: float) -> list[tuple[str, float]]:
    """The vote of a pack's place: where ``name`` is but another name of it, cities elsewhere that
    are called so share in it by their people (*Marawi* is Merowe, and a Philippine city)."""
    asked = normalise(name)
    people = {place.country: max(place.population or 0, SMALL)}
    if asked != normalise(place.name):
        for other in atlas.named(name):
            known = normalise(other.place.name)
            if (other.place.population or 0) >= SMALL and other.place.country \
                    and known in (asked, f"{asked} city"):
                people[other.place.country] = other.place.population or 0
    total = sum(people.values())
    return [(iso, weight * count / total) for iso, count in people.items() if iso]


def _telling_nothing(name: str) -> bool:
    """Whether a place's name is made of common words, as many countries have one: *Presidential
    Palace*. It means the pack's where the report plays there; it does not say where that is."""
    return all(word in _COMMON or singular(word) in _COMMON for word in normalise(name).split())


def _spread(atlas: Atlas, name: str) -> list[tuple[str, float]]:
    """A gazetteer name's vote, over its countries by population."""
    if atlas.in_lexicon(name):
        return []       # counted where it was sighted
    people: dict[str, float] = defaultdict(float)
    for named in atlas.named(name):
        place = named.place
        count = place.population or UNIT_PEOPLE.get(place.type, 0)
        if place.country and (count >= SMALL or named.match != "alternate" or named.capital):
            people[place.country] += 100.0 + count
    total = sum(people.values())
    sure = max(people.values(), default=0.0) >= max(SURELY * total, SMALL)
    vote = _CITY_NAME if sure and any(
        n.place.type == "city" and n.match == "name" for n in atlas.named(name)) else _PLAIN_NAME
    return [(c, vote * p / total) for c, p in sorted(people.items())] if total else []
