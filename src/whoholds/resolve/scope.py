"""What a run is about, as names: a report in which none of them stands is about something else.

A theatre's names are those of its countries and their peoples, of the places and actors of its
packs, and of every place that the gazetteer has there, also spelled another way. A place that only
the gazetteer knows counts where its name, alone in a text, would be taken for it: *Paris* is not in
Ukraine, and *March* no village. Names are looked for before a report is parsed, which costs a
hundredth of a parse.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from whoholds.core import Actor, DataError, Place
from whoholds.resolve.atlas import Atlas
from whoholds.resolve.names import loose_key, normalise
from whoholds.resolve.packs import WORLD, state_id
from whoholds.resolve.world import country_names, read_countries

LONGEST = 7              # words of a name that are compared with the text; few names have more
KNOWN = 500_000          # runs of capitals that are remembered; newspapers' vocabulary levels off
CAPITALS = 0.005         # capitals per character: prose has 0.02 to 0.05; below, names may be small
ACRONYM = 4              # letters: a name no longer than this, in capitals, must be so in the text
SHORTEST = 3             # letters: shorter names of villages are words of many languages
SPELLED = 4              # letters: shorter names are spelled like anything
SHORT = 5                # letters: so short a name must be more alike (*Baij* and *Baiji*: 0.89)
ALIKE, ALIKE_SHORT = 0.8, 0.85   # similarity of two spellings of one name
PEOPLE = 10_000          # of a place that is looked for under other spellings than those known
SLIP = 0.9               # similarity: a slip of the pen, though somebody else is called just so
CALENDAR = frozenset("""
monday tuesday wednesday thursday friday saturday sunday january february march april may june july
august september october november december sept
""".split())  # noqa: SIM905
_BARE = re.compile(r"['’][sS]?$")
_WORD = r"(?:(?:[^\W\d_a-z]\.){2,}|[^\W\d_a-z][^\W_]*(?:['’][^\W_]+)*)"
# capitalised words, and what joins them: *Mazar-i-Sharif*, *Bab al-Hawa*, *Islamic State of Iraq*
_RUN = re.compile(rf"{_WORD}(?:(?:[ \u00a0-]|[ -]?(?:\w{{1,3}}|['’])[ -]){_WORD})*")


class Scope:
    """The names of some countries and packs. Remembers the words that it has met."""

    def __init__(self, atlas: Atlas, about: Collection[str],
                 places_called: Callable[[str], Sequence[Place]],
                 is_word: Callable[[str], bool]) -> None:
        """``about``: keys of packs, ISO codes of countries or their names. ``places_called`` gives
        the places that a name may mean, the likeliest first; ``is_word`` whether a word in lower
        case is one of the language's. DataError where ``about`` names what is not there."""
        self._atlas, self._places_called, self._is_word = atlas, places_called, is_word
        self.packs, self.countries = _meant(atlas, about)
        self._sure: set[str] = set()         # normal forms that mean nothing else
        self._acronyms: set[str] = set()
        for name in self._of_peoples():
            self._add(name)
        for name in self._of_packs():
            if not all(map(self._is_common, normalise(name).split())):
                self._add(name)
        self._rows = [range(rows[0], rows[-1] + 1) for iso in sorted(self.countries)
                      if (rows := atlas.gazetteer.rows_of(iso))]
        self._spelled = frozenset(map(loose_key, self._of_people()))
        self._known: dict[str, bool] = {}

    def names_in(self, text: str) -> bool:
        """Whether some name of the theatre stands in the text, with its capital; in a text that
        has next to no capitals, also without."""
        capitals = 0
        for run in _RUN.findall(text):
            capitals += 1
            known = self._known.get(run)
            if known is None:
                known = self._learn(run)
            if known:
                return True
        return capitals < CAPITALS * len(text) and any(
            word in self._sure and not self._is_common(word) for word in normalise(text).split())

    def concerns(self, entity: Place | Actor) -> bool:
        """Whether a place lies in the theatre's countries, or an actor is theirs or their packs'
        (no other state, and none that fights in many countries)."""
        if entity.country in self.countries:
            return True
        return any(entity.id.startswith((f"pack:{pack}/", f"set:{pack}/")) for pack in self.packs)

    def _learn(self, run: str) -> bool:
        if len(self._known) >= KNOWN:
            self._known.clear()
        found = self._known[run] = any(
            self._is_sure(text) or (not beside and self._is_place(text))
            for text, beside in self._parts(run)) or self._is_spelled(_BARE.sub("", run))
        return found

    def _parts(self, run: str) -> Iterator[tuple[str, bool]]:
        """The run's words, alone and with those that follow, without possessive endings; and
        whether words beside them in the run are names, too (*Matt* before *Bai*)."""
        words = [_BARE.sub("", word) for word in re.split(r"[\s-]+", run)]
        names = [not self._is_common(normalise(word)) for word in words]
        for start in range(len(words)):
            for end in range(start + 1, min(len(words), start + LONGEST) + 1):
                yield " ".join(words[start:end]), any(names[:start]) or any(names[end:])

    def _is_sure(self, text: str) -> bool:
        """Whether a name is one of the theatre's peoples, packs, actors."""
        normal = normalise(text)
        return text in self._acronyms or normal in self._sure \
            or normal.removesuffix("s") in self._sure

    def _is_place(self, text: str) -> bool:
        """Whether a name alone would be taken for a place of the theatre that only the gazetteer
        knows."""
        normal = normalise(text)
        if len(normal) < SHORTEST or self._is_common(normal) \
                or (len(text) <= ACRONYM and text.isupper()) \
                or not any(hit.row in rows for hit in self._atlas.gazetteer.exact(text)
                           for rows in self._rows):
            return False
        found = self._places_called(text)
        return bool(found) and found[0].country in self.countries

    def _is_spelled(self, text: str) -> bool:
        """Whether a name, none in the world as it stands, is that of a place of the theatre with
        some people, spelled another way; no other place is called more like it."""
        normal = normalise(text)
        if len(normal) < SPELLED or loose_key(normal) not in self._spelled \
                or any(map(self._is_common, normal.split())):
            return False
        least = SLIP if self._atlas.named(text) else ALIKE_SHORT if len(normal) <= SHORT else ALIKE
        found = self._atlas.spelled(text)
        best = max((n.similarity for n in found), default=0.0)
        return best >= least and any(
            n.place.country in self.countries and n.similarity == best
            and (n.place.population or 0) >= PEOPLE for n in found)

    def _is_common(self, normal: str) -> bool:
        """Whether a place's name is a word as well: with a capital it begins a sentence."""
        return normal in CALENDAR or self._is_word(normal)

    def _add(self, name: str) -> None:
        letters = "".join(c for c in name if c.isalpha())
        if len(letters) <= ACRONYM and letters.isupper():
            self._acronyms.add(name)
            return
        normal = normalise(name)
        if normal:
            self._sure.add(normal)
        if name[0].islower() and " " in normal:     # *al-Shabab*: a run begins with a capital
            self._sure.add(normal.split(" ", 1)[1])

    def _of_peoples(self) -> Iterator[str]:
        """The names of the theatre's countries, peoples and actors; of the states that its packs
        speak of as well."""
        atlas = self._atlas
        states = {iso for iso in atlas.country_place
                  if atlas.pack_of.get(state_id(iso)) in self.packs} | self.countries
        for table in read_countries():
            if table.iso in states:
                yield from (*table.names, *table.demonyms)
        yield from (atlas.country_place[iso].name for iso in states & atlas.country_place.keys())
        yield from (name for name, iso in atlas.capital_names.items() if iso in states)
        for actor in atlas.actors.values():
            if actor.country in states or atlas.pack_of.get(actor.id) in self.packs:
                yield from (actor.name, *actor.names)
        for pack in atlas.packs:
            if pack.key in self.packs:
                yield from (word for words in pack.demonyms.values() for word in words)

    def _of_packs(self) -> Iterator[str]:
        """The names of the places that packs know in the theatre; of buildings (*Presidential
        Palace*) those that have another of its names in them."""
        for spot in self._atlas.spots.values():
            if self.concerns(spot.place):
                for name in (spot.place.name, *spot.place.names):
                    if spot.place.type != "building" or any(
                            word in self._sure for word in normalise(name).split()):
                        yield name
                if spot.city:
                    yield spot.city


    def _of_people(self) -> Iterator[str]:
        """The normal forms of the theatre's places with some people."""
        gazetteer = self._atlas.gazetteer
        for rows in self._rows:
            for row in rows:
                if gazetteer.population[row] >= PEOPLE:
                    place = gazetteer.place(row)
                    yield from map(normalise, (place.name, *place.names))
        for spot in self._atlas.spots.values():
            if spot.place.country in self.countries:
                yield from map(normalise, (spot.place.name, *spot.place.names))


def _meant(atlas: Atlas, about: Collection[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The packs and the countries that the words name; the countries of the packs as well."""
    packs = {p.key: p for p in atlas.packs if p.key != WORLD}
    isos = {normalise(name): iso for name, iso in country_names().items()} | atlas.country_names
    keys, countries = set(), set[str]()
    for name in about:
        iso = name if name in atlas.country_place else isos.get(normalise(name))
        if name in packs:
            keys.add(name)
            countries.update(packs[name].countries)
        elif iso is not None:
            countries.add(iso)
            keys.update(p.key for p in packs.values() if iso in p.countries)
        else:
            raise DataError(name, "neither a pack nor a country; packs are "
                            + ", ".join(sorted(packs)))
    return frozenset(keys), frozenset(countries)
