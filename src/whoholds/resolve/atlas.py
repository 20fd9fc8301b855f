"""Everything that has a name: packs, countries and the gazetteer behind one look-up."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, NamedTuple

from whoholds.core import Actor, Place, PlaceType
from whoholds.resolve.gazetteer import Gazetteer, Hit, Match
from whoholds.resolve.names import loose_key, normalise, phrase, similarity, singular
from whoholds.resolve.packs import Pack, PackPlace, PackSet, state_id
from whoholds.resolve.words import CLOSED, find_type
from whoholds.resolve.world import CountryNames, read_capitals, read_countries, read_units

Thing = Literal["country", "demonym", "place", "actor"]

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+")
_ACRONYM = 4    # letters: names no longer than this, all capitals, must be capitals in the text
SPELLING_FLOOR = 0.75   # similarity: as in the gazetteer


@dataclass(frozen=True, slots=True)
class Named:
    """A place that a name may mean: how the name matched, and the pack that knows it, if any.

    ``asked`` is the name's normal form; ``capital`` whether the place is a country's.
    """

    place: Place
    asked: str
    match: Match
    similarity: float = 1.0
    pack: str | None = None
    spot: PackPlace | None = None
    capital: bool = False


class Described(NamedTuple):
    """An actor and its descriptions as :func:`whoholds.resolve.names.phrase` gives them."""

    actor: Actor
    phrases: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sighting:
    """A name of the lexicon found in text: characters, kind of thing, and what it may be."""

    start: int
    end: int
    thing: Thing
    key: str                      # ISO code, place id or actor id
    pack: str | None


class Token(NamedTuple):
    """A word of text as the lexicon sees it: one normal form and its characters."""

    word: str
    start: int
    end: int
    upper: bool                   # begins with a capital or digit
    capitals: bool                # all capitals
    possessive: bool              # followed by 's or a bare apostrophe


def tokens(text: str) -> tuple[Token, ...]:
    """The words of ``text``; possessive endings and punctuation left out."""
    return _short(text) if len(text) <= _SHORT else _words(text)


def _words(text: str) -> tuple[Token, ...]:
    out: list[Token] = []
    for match in _WORD.finditer(text):
        surface = match.group()
        start, end = match.span()
        word = surface.lower() if surface.isascii() and surface.isalnum() else normalise(surface)
        if not word or (word == "s" and start and text[start - 1] in "'’"):
            continue
        possessive = text[end:end + 1] in _APOSTROPHES and (
            word[-1] == "s" or text[end + 1:end + 2] == "s")
        out.append(Token(word, start, end, not surface[0].islower(), surface.upper() == surface,
                         possessive))
    return tuple(out)


_SHORT = 80     # characters: a mention or a name, which is looked at many times over
_short = lru_cache(maxsize=8192)(_words)


_APOSTROPHES = ("'", "’")


class Atlas:
    """Names to places and actors, over a gazetteer and packs."""

    def __init__(self, gazetteer: Gazetteer, packs: Sequence[Pack]) -> None:
        self.gazetteer, self.packs = gazetteer, tuple(packs)
        self._theatres: dict[str, tuple[Described, ...]] = {}
        self._capitals: dict[str, Place | None] = {}
        self._known_shortened: dict[str, list[Place]] | None = None
        self._known_seats: frozenset[int] | None = None
        self._known_capital_names: dict[str, str] | None = None
        self._known_lexicon: dict[str, list[_Entry]] | None = None
        self.named = lru_cache(maxsize=4096)(self._named)
        self.spelled = lru_cache(maxsize=4096)(self._spelled)
        self.stemmed = lru_cache(maxsize=4096)(self._stemmed)
        self.places: dict[str, Place] = {}
        self.spots: dict[str, PackPlace] = {}
        self.pack_of: dict[str, str] = {}
        self._by_name: dict[str, list[tuple[str, bool]]] = defaultdict(list)
        self._by_stem: dict[str, list[str]] = defaultdict(list)
        self._by_loose: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for pack in packs:
            for spot in pack.places:
                self._add_place(pack, spot)
        self.actors: dict[str, Actor] = {}
        self.actor_names: dict[str, list[str]] = defaultdict(list)
        self._add_countries(read_countries())
        for pack in packs:
            for actor in pack.actors:
                self._add_actor(actor, pack.key)

    def _add_place(self, pack: Pack, spot: PackPlace) -> None:
        place = spot.place
        if place.geonameid is not None:
            row = self.gazetteer.by_geonameid(place.geonameid)
            if row is not None:
                known = self.gazetteer.place(row)
                place = replace(place, feature_class=known.feature_class,
                                feature_code=known.feature_code, population=known.population)
        self.places[place.id] = place
        self.spots[place.id] = replace(spot, place=place)
        self.pack_of[place.id] = pack.key
        for name in dict.fromkeys((place.name, *place.names)):
            normal = normalise(name)
            self._by_name[normal].append((place.id, name == place.name))
            self._by_loose[loose_key(normal)].append((normal, place.id))
            words = normal.split()
            found = find_type(words)
            if found and 0 < found[1] - found[0] < len(words):
                stem = " ".join(w for w in words[:found[0]] + words[found[1]:]
                                if w not in ("of", "the", "in"))
                self._by_stem[stem].append(place.id)
        if spot.city:
            self._by_stem[normalise(spot.city)].append(place.id)

    def theatre(self, pack: Pack) -> tuple[Described, ...]:
        """The actors of a pack with the descriptions that it gives them."""
        known = self._theatres.get(pack.key)
        if known is None:
            known = self._theatres[pack.key] = tuple(
                Described(replace(self.actors[a.id], descriptions=a.descriptions),
                          frozenset(map(phrase, a.descriptions))) for a in pack.actors)
        return known

    def _add_countries(self, countries: Iterable[CountryNames]) -> None:
        self.country_place: dict[str, Place] = {}
        self.country_names: dict[str, str] = {}
        self.demonyms: dict[str, list[str]] = defaultdict(list)
        self.demonym_of: dict[str, str] = {}
        known = {c.iso: c for c in countries}
        gazetteer = self.gazetteer
        for iso in gazetteer.countries():
            row = next(iter(gazetteer.rows_of(iso, "country")), None)
            if row is None:
                continue
            middle = gazetteer.place(row)     # a pack may put its country's name on another point
            place = replace(self.places.get(middle.id, middle), latitude=middle.latitude,
                            longitude=middle.longitude)
            self.country_place[iso] = place
            table = known.get(iso)
            for name in (place.name, *(table.names if table else ())):
                self.country_names.setdefault(normalise(name).removeprefix("the "), iso)
            for demonym in table.demonyms if table else ():
                self.demonyms[normalise(demonym)].append(iso)
            self.demonym_of[iso] = table.demonyms[0] if table and table.demonyms else place.name
            self.actors[state_id(iso)] = Actor(
                id=state_id(iso), name=place.name, type="state", side=state_id(iso), country=iso,
                names=tuple(table.names) if table else ())

    def _add_actor(self, actor: Actor, pack: str) -> None:
        old = self.actors.get(actor.id)
        if old is not None:
            actor = replace(actor, names=tuple(dict.fromkeys(
                (*old.names, old.name, *actor.names))))
        self.actors[actor.id] = actor
        self.pack_of[actor.id] = pack
        for name in dict.fromkeys((actor.name, *actor.names)):
            normal = normalise(name)
            if normal not in self.country_names and actor.id not in self.actor_names[normal]:
                self.actor_names[normal].append(actor.id)

    def _named(self, name: str) -> tuple[Named, ...]:
        """Places called ``name`` exactly, by normal form: packs first; each place once."""
        normal = normalise(name)
        out: dict[str, Named] = {}
        iso = self.country_names.get(normal.removeprefix("the "))
        if iso:
            country = self.country_place[iso]
            out[country.id] = Named(country, normal, "name", 1.0, self.pack_of.get(country.id))
        for place_id, main in self._by_name.get(normal, ()):
            match: Match = "name" if main else "alternate"
            out.setdefault(place_id, self._known(place_id, normal, match, 1.0))
        self._add_hits(out, normal, self.gazetteer.exact(name))
        for people in self.isos_of_demonym(normal):
            if people in self.country_place:
                place = self.country_place[people]
                out.setdefault(place.id, Named(place, normal, "people", 1.0,
                                               self.pack_of.get(place.id)))
        for unit in self._shortened.get(_letters(name), ()):
            out.setdefault(unit.id, Named(unit, normal, "short"))
        return tuple(out.values())

    @property
    def _shortened(self) -> dict[str, list[Place]]:
        """Units by their abbreviations: *Ky.*, *KY*, *N.S.W.*"""
        if self._known_shortened is None:
            self._known_shortened = self._find_shortened()
        return self._known_shortened

    def _find_shortened(self) -> dict[str, list[Place]]:
        out: dict[str, list[Place]] = defaultdict(list)
        for unit in read_units("adm1.tsv"):
            row = self.gazetteer.by_geonameid(unit.number) if unit.abbreviations else None
            for short in sorted({_letters(s) for s in unit.abbreviations} - {""}):
                if row is not None:
                    out[short].append(self.gazetteer.place(row))
        return out

    def _spelled(self, name: str) -> tuple[Named, ...]:
        """Places whose name transliterates alike but is not the same in normal form."""
        normal = normalise(name)
        out: dict[str, Named] = {}
        for other, place_id in self._by_loose.get(loose_key(normal), ()):
            alike = similarity(normal, other)
            if other != normal and alike >= SPELLING_FLOOR:
                old = out.get(place_id)
                if old is None or old.similarity < alike:
                    out[place_id] = self._known(place_id, normal, "spelling", alike)
        self._add_hits(out, normal, self.gazetteer.spelled(name))
        return tuple(out.values())

    def _add_hits(self, out: dict[str, Named], normal: str, hits: Iterable[Hit]) -> None:
        for hit in hits:
            place = self.gazetteer.place(hit.row)
            if place.id not in out:
                out[place.id] = (self._known(place.id, normal, hit.match, hit.similarity)
                                 if place.id in self.places
                                 else Named(place, normal, hit.match, hit.similarity,
                                            capital=hit.row in self._seats))

    @property
    def _seats(self) -> frozenset[int]:
        """Rows of the countries' capitals."""
        if self._known_seats is None:
            self._known_seats = self._find_seats()
        return self._known_seats

    def _find_seats(self) -> frozenset[int]:
        out = set()
        for iso, name in read_capitals().items():
            rows = [h.row for h in self.gazetteer.exact(name)
                    if self.gazetteer.country(h.row) == iso
                    and self.gazetteer.type_of(h.row) == "city"]
            if rows:
                out.add(max(rows, key=lambda r: (int(self.gazetteer.population[r]), r)))
        return frozenset(out)

    def isos_of_demonym(self, demonym: str) -> tuple[str, ...]:
        """The countries that an adjective or name of a people may mean."""
        return tuple(self.demonyms.get(demonym) or self.demonyms.get(singular(demonym)) or ())

    def _stemmed(self, name: str) -> tuple[Named, ...]:
        """Facilities whose name is ``name`` and a word of their kind: *Kabul* for Kabul Airport."""
        normal = normalise(name)
        return tuple(self._known(i, normal, "name", 1.0)
                     for i in dict.fromkeys(self._by_stem.get(normal, ())))

    def fuzzy(self, name: str, country: str) -> list[Named]:
        """Places of one country with nearly that name."""
        normal = normalise(name)
        return [Named(self.places.get(p.id, p), normal, h.match, h.similarity,
                      self.pack_of.get(p.id)) for h in self.gazetteer.fuzzy(name, country)
                for p in (self.gazetteer.place(h.row),)]

    def _known(self, place_id: str, normal: str, match: Match, alike: float) -> Named:
        place = self.places[place_id]
        row = None if place.geonameid is None else self.gazetteer.by_geonameid(place.geonameid)
        return Named(place, normal, match, alike, self.pack_of.get(place_id),
                     self.spots.get(place_id), row in self._seats)

    def capital(self, iso: str) -> Place | None:
        """A country's capital."""
        if iso not in self._capitals:
            self._capitals[iso] = self._find_capital(iso)
        return self._capitals[iso]

    @property
    def capital_names(self) -> dict[str, str]:
        """Normal names of capitals, to their countries (metonyms for governments)."""
        if self._known_capital_names is None:
            self._known_capital_names = self._find_capital_names()
        return self._known_capital_names

    def _find_capital_names(self) -> dict[str, str]:
        out: dict[str, str] = {}
        for iso, name in read_capitals().items():
            place = self.capital(iso)
            for spelling in (name, place.name if place else name):
                out.setdefault(normalise(spelling), iso)
        for spelling, iso in _CAPITAL_SPELLINGS.items():
            out.setdefault(spelling, iso)
        return {name: iso for name, iso in out.items() if state_id(iso) in self.actors}

    def _find_capital(self, iso: str) -> Place | None:
        country = self.country_place.get(iso)
        told = country and next((s.place for s in self.spots.values()
                                 if s.capital_of == country.id), None)
        if told:                             # a pack says so
            return told
        name = read_capitals().get(iso, "")
        cities = [n.place for n in self.named(name)
                  if n.place.country == iso and n.place.type == "city"] if name else []
        return max(cities, key=lambda p: (p.population or 0, p.id), default=None)

    def seat(self, unit: Place) -> Place | None:
        """The seat of a province, where a pack knows it."""
        return next((s.place for s in self.spots.values() if s.capital_of == unit.id), None)

    def sets(self, countries: Iterable[str]) -> Iterator[tuple[Pack, PackSet]]:
        """The place sets of the packs about any of ``countries``."""
        wanted = set(countries)
        for pack in self.packs:
            if wanted & set(pack.countries):
                for one in pack.sets:
                    yield pack, one

    def in_lexicon(self, name: str) -> bool:
        """Whether :meth:`scan` knows ``name`` as a whole."""
        words = tuple(normalise(name).split())
        return any(e.words == words for e in self._lexicon.get(words[0] if words else "", ()))

    def scan(self, text: str) -> list[Sighting]:
        """All names of countries, packs' places and actors in ``text``, nested ones too."""
        out: list[Sighting] = []
        words = tokens(text)
        for i, token in enumerate(words):
            if not token.upper:
                continue
            for entry in self._lexicon.get(token.word, ()):
                end = i + len(entry.words)
                piece = words[i:end]
                if tuple(t.word for t in piece) != entry.words:
                    continue
                if entry.capitals and not all(t.capitals for t in piece):
                    continue
                if not all(t.upper for t, must in zip(piece, entry.upper, strict=True) if must):
                    continue
                out.append(Sighting(token.start, piece[-1].end, entry.thing, entry.key, entry.pack))
        return out

    @property
    def _lexicon(self) -> dict[str, list[_Entry]]:
        if self._known_lexicon is None:
            self._known_lexicon = self._find_lexicon()
        return self._known_lexicon

    def _find_lexicon(self) -> dict[str, list[_Entry]]:
        out: dict[str, list[_Entry]] = defaultdict(list)

        def add(name: str, thing: Thing, key: str) -> None:
            pieces = tokens(name)
            words = tuple(t.word for t in pieces)
            letters = re.sub(r"[^A-Za-z]", "", name)
            if words and len(letters) > 1 and pieces[0].upper \
                    and (letters.isupper() or not CLOSED.issuperset(words)):
                entry = _Entry(words, tuple(t.upper for t in pieces), thing, key,
                               self.pack_of.get(key),
                               len(letters) <= _ACRONYM and letters.isupper())
                if entry not in out[words[0]]:
                    out[words[0]].append(entry)

        tables = {c.iso: c for c in read_countries()}
        for iso, place in self.country_place.items():
            table = tables.get(iso)
            for name in (place.name, *(table.names if table else ())):
                add(name, "country", iso)
            for name in table.demonyms if table else ():
                for form in (name, name + "s"):
                    add(form, "demonym", normalise(name))
        for place_id, place in self.places.items():
            if place.type != "country":
                for name in (place.name, *place.names):
                    add(name, "place", place_id)
        for actor_id, actor in self.actors.items():
            if actor_id in self.pack_of:
                for name in (actor.name, *actor.names):
                    if normalise(name) not in self.country_names:
                        add(name, "actor", actor_id)
        return dict(out)


def _letters(name: str) -> str:
    """What tells an abbreviation: its letters as they are written. Empty for plain words."""
    letters = "".join(c for c in name if c.isalpha())
    return letters if "." in name or letters.isupper() else ""


@dataclass(frozen=True, slots=True)
class _Entry:
    words: tuple[str, ...]
    upper: tuple[bool, ...]      # words that must have a capital in the text
    thing: Thing
    key: str
    pack: str | None
    capitals: bool


# English usage that the table of countries' capitals lacks.
_CAPITAL_SPELLINGS = {"washington": "US", "washington dc": "US", "kiev": "UA", "peking": "CN",
                      "rangoon": "MM", "tel aviv": "IL", "the hague": "NL"}

__all__ = ["Atlas", "Named", "PlaceType", "Sighting", "Token", "tokens"]
