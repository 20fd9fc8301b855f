"""The actors of one report: who is named where, what it calls them, which words are names."""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Collection, Mapping
from dataclasses import replace

from whoholds.core import Actor, Parse, content_id
from whoholds.resolve.atlas import Atlas, Described, Token, tokens
from whoholds.resolve.learned import Told, acronyms, groups, people, states, stem
from whoholds.resolve.names import normalise, phrase, singular
from whoholds.resolve.packs import WORLD, Pack, state_id
from whoholds.resolve.scene import Scene
from whoholds.resolve.words import (
    AGAINST_STATE,
    DIRECTIONS,
    FORCES,
    GENERIC,
    GROUPS,
    NOBODY,
    PLAIN_ADJECTIVES,
    RANKS,
    SPEAKERS,
    STATE_BODIES,
    vocabulary,
)

# Words that a capital at a sentence's start does not make a name.
VOCABULARY = (FORCES | STATE_BODIES | GROUPS | AGAINST_STATE | SPEAKERS | NOBODY | RANKS
              | PLAIN_ADJECTIVES)
# Words that are no part of a name though they are capitalised: Spokesman, Reporter, General.
TITLES = (NOBODY | SPEAKERS | RANKS) - FORCES - GROUPS
# Whose guards and armies are the state's: President Orrego's guards.
HEADS_OF_STATE = vocabulary("president premier junta")
# What groups call themselves besides; only in names.
NAMED_GROUPS = GROUPS | FORCES | vocabulary(
    "alliance coalition union league command council vanguard wing cartel gang clan resistance "
    "federation brotherhood")
_COMMON = GENERIC | GROUPS | NAMED_GROUPS | frozenset(DIRECTIONS) | vocabulary(
    "free new first second third fourth fifth united democratic revolutionary people liberation")

_NO_STATE = VOCABULARY | GENERIC | frozenset(DIRECTIONS)
_NOT_OPENING = TITLES | PLAIN_ADJECTIVES

HOME_SHARE = 0.5     # of the share of the country most named: below, a pack does not describe
TOWN = 20_000        # people: two places this large tell a country that nothing else names
CITY = 100_000       # people: one does; smaller ones share their names with places everywhere
NAMED_SHARE = 0.5    # share of the report's names that such places give their country


class Cast:
    """Who is named in a report, in the text's order. Grows as mentions are understood."""

    def __init__(self, atlas: Atlas, scene: Scene, parse: Parse | None = None) -> None:
        self.atlas, self.scene = atlas, scene
        self._home: Actor | None = None
        self._home_found = False
        self._known_home_packs: tuple[Pack, ...] | None = None
        self._known_packs: tuple[Pack, ...] | None = None
        self._known_applying: frozenset[str] | None = None
        self._known_theatre: tuple[Described, ...] | None = None
        self._seen: list[tuple[int, str]] = []
        self._nouns: list[tuple[int, str, str]] = []
        self._actors: dict[str, Actor] = {}
        self.unnamed: set[str] = set()
        for s in scene.sightings:
            if s.thing == "actor" and self.counts(s.key, scene.text[s.start:s.end]):
                self.see(s.start, atlas.actors[s.key])
        self.acronyms = acronyms(scene.text)
        self.people = people(scene.text)
        sentences = parse.sentences if parse else ()
        self._opening = {s.words[0].span.start: s.words[0].upos for s in sentences if s.words}
        self._parsed = bool(sentences)
        self._persons = {
            normalise(scene.text[s.words[n.start].span.start:s.words[n.end - 1].span.end])
            for s in sentences for n in s.names if n.type == "PER"}
        self._learn_groups()

    # Packs

    @property
    def home_packs(self) -> tuple[Pack, ...]:
        """The theatre packs whose descriptions hold here: those of the countries that the report
        is about, not of others that it names."""
        if self._known_home_packs is None:
            self._known_home_packs = self._find_home_packs()
        return self._known_home_packs

    def _find_home_packs(self) -> tuple[Pack, ...]:
        most = max(self.scene.shares.values(), default=0.0)
        return tuple(p for p in self._packs if p.countries
                     and sum(self.scene.share(c) for c in p.countries) >= HOME_SHARE * most)

    @property
    def _packs(self) -> tuple[Pack, ...]:
        """The packs that apply, by more than names that any war may have."""
        if self._known_packs is None:
            self._known_packs = self._find_packs()
        return self._known_packs

    def _find_packs(self) -> tuple[Pack, ...]:
        named = {self._country_of(s.thing, s.key) for s in self.scene.sightings
                 if s.thing != "actor" or not self._common(self.scene.text[s.start:s.end])}
        return tuple(p for p in self.atlas.packs if p.key in self.scene.packs and (
            not self.scene.shares or any(c in named or self._has_town(c) for c in p.countries)))

    @property
    def _applying(self) -> frozenset[str]:
        if self._known_applying is None:
            self._known_applying = self._find_applying()
        return self._known_applying

    def _find_applying(self) -> frozenset[str]:
        return frozenset(a.id for p in self._packs for a in p.actors)

    def _common(self, name: str) -> bool:
        """Whether any war may have this name: *National Army*, an acronym."""
        letters = re.sub(r"[^A-Za-z]", "", name)
        return (len(letters) <= 4 and letters.isupper()) or all(
            singular(w) in _COMMON or w in self.atlas.demonyms or w in ("of", "the", "and")
            for w in normalise(name).split())

    def counts(self, actor_id: str, name: str) -> bool:
        """Whether ``name`` means a pack's actor here: what any war may have only where the pack
        applies."""
        return actor_id in self._applying or actor_id.startswith(("state:", f"pack:{WORLD}/")) \
            or not self._common(name)

    @property
    def theatre(self) -> tuple[Described, ...]:
        """Actors of the packs of the report's countries, with the descriptions that these give."""
        if self._known_theatre is None:
            self._known_theatre = self._find_theatre()
        return self._known_theatre

    def _find_theatre(self) -> tuple[Described, ...]:
        return tuple(d for p in self.home_packs for d in self.atlas.theatre(p))

    def of_people(self, words: str) -> Actor | None:
        """The actor whose people a pack in force calls by one of ``words`` (in normal form)."""
        padded = f" {words} "
        found = [(len(d), i) for p in self.home_packs for i, demonyms in p.demonyms.items()
                 for d in demonyms if f" {d} " in padded]
        return self.atlas.actors[max(found)[1]] if found else None

    # The report's own state

    @property
    def home(self) -> Actor | None:
        """The state whose government, army and police are meant where none is named: that of the
        country in focus, where the report names it or a town of it; else one that only the report
        knows."""
        if not self._home_found:
            self._home, self._home_found = self._find_home(), True
        return self._home

    def _find_home(self) -> Actor | None:
        focus, own = self.scene.focus, self._own_state()
        named = sum(self._country_of(s.thing, s.key) == focus for s in self.scene.sightings)
        if own is not None and own[1] >= named:
            return own[0]
        if focus is None or not (named or self._has_town(focus)):
            return None
        return self.atlas.actors[state_id(focus)]

    def _country_of(self, thing: str, key: str) -> str | None:
        if thing == "country":
            return key
        if thing == "demonym":
            isos = self.atlas.isos_of_demonym(key)
            return isos[0] if len(isos) == 1 else None
        found = self.atlas.places.get(key) or self.atlas.actors.get(key)
        return found.country if found else None

    def _has_town(self, focus: str) -> bool:
        people = [max((n.place.population or 0 for n in self.atlas.named(name)
                       if n.place.country == focus and (
                           n.match == "name" or normalise(n.place.name) == f"{name} city")),
                      default=0)
                  for name in self.scene.unit_votes_of]
        return self.scene.share(focus) >= NAMED_SHARE and (
            max(people, default=0) >= CITY or sum(p >= TOWN for p in people) > 1)

    def _own_state(self) -> tuple[Actor, int] | None:
        """A state that no table has, and how often the report names it or its people."""
        found: dict[str, list[str]] = {}
        for told in states(self.scene.text):
            if self._may_be_state(told):
                found.setdefault(stem(told.name), []).append(told.name)
        if not found:
            return None
        words = [t.word for t in tokens(self.scene.text) if t.upper]
        counts = {key: sum(stem(w) == key for w in words) + len(names)
                  for key, names in found.items()}
        best = max(found, key=lambda k: (counts[k], k))
        name = min(found[best], key=lambda n: (len(n), n))
        return coin_state(name), counts[best]

    def _may_be_state(self, told: Told) -> bool:
        words = [t.word for t in tokens(told.name)]
        if all(singular(w) in _NO_STATE or w in _DAYS for w in words):
            return False
        normal = " ".join(words)
        before = self.scene.text[max(0, told.at - 30):told.at].split()
        if before and noun(normalise(before[-1])) in TITLES | HEADS_OF_STATE:
            return False         # General Sherman's army
        if self._known(normal) or normal in self.learned or normal in self._persons \
                or normal in self.acronyms or self._is_persons(normal):
            return False
        if told.at in self._opening and not re.search(
                rf"(?<=[a-z,] ){re.escape(told.name)}\b|\bof (?:the )?{re.escape(told.name)}\b"
                rf"|{re.escape(told.name)}['’]s", self.scene.text):
            return False
        return not any((n.place.population or 0) >= TOWN or n.place.type in ("country", "province")
                       for n in self.atlas.named(told.name))

    def _known(self, normal: str) -> bool:
        atlas = self.atlas
        return normal in atlas.demonyms or singular(normal) in atlas.demonyms \
            or normal in atlas.country_names or normal in atlas.actor_names \
            or normal in atlas.capital_names

    def state_of(self, word: str) -> Actor | None:
        """The report's own state, where ``word`` is its name or its people's."""
        home = self.home
        own = home is not None and home.provisional and stem(word) == stem(home.name)
        return home if own else None

    # What the report tells of its groups

    def _learn_groups(self) -> None:
        self.learned: dict[str, Actor] = {}
        for told in groups(self.scene.text):
            name = self.acronyms.get(normalise(told.name), told.name)
            normal = normalise(name)
            words = normal.split()
            ids = [i for i in self.atlas.actor_names.get(normal, ()) if self.counts(i, told.name)]
            if ids:
                actor = self.atlas.actors[min(ids, key=lambda i: (i not in self._applying, i))]
                if actor.type in ("armed group", "force"):
                    self.describe(told.words_at, actor, told.words)
                continue
            titled = singular(words[-1]) in NAMED_GROUPS and len(words) > 1
            if self._known(normal) or words[0] in _DAYS or singular(words[0]) in TITLES \
                    or all(singular(w) in VOCABULARY or w in self.atlas.demonyms for w in words) \
                    or (not titled and (words[0] in self.atlas.demonyms
                                        or self.atlas.named(name) or len(name) < 2)):
                continue
            actor = self.coined(name, "armed group")
            self.learned[normal] = actor
            self.see(told.at, actor)
            self.describe(told.words_at, actor, told.words)

    def coined(self, name: str, kind: str) -> Actor:
        """An actor that only the report knows, with its acronyms there."""
        short = tuple(sorted(a.upper() for a, full in self.acronyms.items()
                             if normalise(full) == normalise(name) and a != normalise(name)))
        return replace(coin(name, kind, None), names=short)

    def whole(self, name: str) -> str:
        """A name as the report gives it in full: *Haftar*, *the Column*."""
        normal = normalise(name)
        if normal in self.acronyms:
            return self.acronyms[normal]
        if " " in normal or not normal:
            return name
        known = [a.name for a in self._actors.values() if a.provisional
                 and normalise(a.name).endswith(" " + normal)
                 and (singular(normal) in NAMED_GROUPS or normalise(a.name) in self.learned)]
        if known:
            return min(known)
        longer = [p for p in self._persons if p.endswith(" " + normal)]
        if not longer:
            return name
        match = re.search(rf"\b{_SAME_CASE}{re.escape(name)}\b", self.scene.text)
        return match.group() if match and normalise(match.group()) in longer else name

    # Who is where

    def see(self, at: int, actor: Actor) -> None:
        """Note that ``actor`` is named at a position."""
        self._actors[actor.id] = actor
        if (at, actor.id) not in self._seen:
            insort(self._seen, (at, actor.id))

    def describe(self, at: int, actor: Actor, text: str) -> None:
        """Note that the words ``text`` at a position speak of ``actor``."""
        self.see(at, actor)
        for word in normalise(text).split():
            if noun(word) in VOCABULARY and (at, noun(word), actor.id) not in self._nouns:
                insort(self._nouns, (at, noun(word), actor.id))

    def described(self, at: int, word: str) -> Actor | None:
        """The actor that was last spoken of with a noun before ``at``."""
        before = [i for p, n, i in self._nouns if p < at and n == word]
        return self._actors[before[-1]] if before else None

    def seen_actors(self) -> list[Actor]:
        """All actors named so far."""
        return [self._actors[i] for i in sorted(self._actors)]

    def latest(self, at: int, types: Collection[str]) -> Actor | None:
        """The actor of one of ``types`` named last before ``at``, else first after it."""
        fitting = [(p, self._actors[i]) for p, i in self._seen if self._actors[i].type in types]
        before = [a for p, a in fitting if p < at]
        return before[-1] if before else (fitting[0][1] if fitting else None)

    def last_seen(self, actor_id: str, at: int) -> int:
        """Where an actor is named last before ``at``; -1: nowhere."""
        return max((p for p, i in self._seen if i == actor_id and p < at), default=-1)

    def count(self, actor_id: str) -> int:
        """How often an actor is named."""
        return sum(i == actor_id for _, i in self._seen)

    def _is_persons(self, name: str) -> bool:
        """Whether a normal form is a person's name, a piece of one, or one with a title."""
        words = name.split()
        return any(noun(w) in TITLES | HEADS_OF_STATE for w in words[:-1]) or any(
            p == name or p.endswith(f" {name}") or name.endswith(f" {p}") for p in self._persons)

    def is_person(self, name: str) -> bool:
        """Whether the reader takes a name of the report for a person's."""
        return normalise(name) in self._persons

    def is_name(self, word: Token, first: bool, at: int) -> bool:
        """Whether a word of a mention at ``at`` is a proper name by its capital.

        A capital at the start of a sentence says little: there, ordinary words do not count.
        """
        if not word.upper or word.word in self.atlas.demonyms:
            return False
        if word.capitals and len(word.word) > 1:
            return True
        if not first:
            return singular(word.word) not in TITLES
        start = at + word.start
        if self._parsed and self.scene.text.startswith(word.word[0].upper(), start):
            surface = self.scene.text[start:at + word.end]
            if start not in self._opening or _amid(self.scene.text, surface):
                return singular(word.word) not in _NOT_OPENING
            follows = self.scene.text[at + word.end:at + word.end + 2].strip()
            if self._opening[start] not in ("PROPN", "NOUN", "ADJ") or (
                    self._opening[start] != "PROPN" and not follows.isupper()):
                return False
        return noun(word.word) not in VOCABULARY and not _written(self.scene.text, word.word)


def _written(text: str, word: str) -> bool:
    """Whether a text has a word, written just so."""
    at = text.find(word)
    while at >= 0:
        if _edge(text, at) and _edge(text, at + len(word)):
            return True
        at = text.find(word, at + 1)
    return False


def _amid(text: str, word: str) -> bool:
    """Whether a word stands behind a small letter or a comma: not at the start of a sentence."""
    at = text.find(word, 2)
    while at >= 0:
        before = text[at - 2]
        if text[at - 1] == " " and ("a" <= before <= "z" or before in ",;") \
                and _edge(text, at + len(word)):
            return True
        at = text.find(word, at + 1)
    return False


def _edge(text: str, at: int) -> bool:
    """Whether a word begins or ends at a position: what ``\\b`` is in a regular expression."""
    before, behind = text[max(0, at - 1):at], text[at:at + 1]
    return (before.isalnum() or before == "_") != (behind.isalnum() or behind == "_")


_SAME_CASE = r"(?:[A-Z][\w’'-]{1,40} ){1,3}"
_DAYS = vocabulary(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december today yesterday")


def noun(word: str) -> str:
    """A noun's singular, that of *gunmen* too."""
    return f"{word[:-3]}man" if word.endswith("men") and len(word) > 4 else singular(word)


def coin(name: str, kind: str, country: str | None) -> Actor:
    """A provisional actor on its own side: the same id wherever it is named so."""
    key = {"name": phrase(name), "country": country}
    return _provisional(f"provisional:{content_id('actor', key)[:20]}", name, kind, country)


def settled(actor: Actor) -> Actor:
    """A coined actor as every report that names it gives it: what one report tells besides (that
    it is armed, its acronym) would make the answer depend on which report is read first."""
    if not actor.provisional or actor.country is not None \
            or actor.type not in ("organisation", "armed group"):
        return actor
    return replace(actor, type="group", names=())


def coin_state(name: str) -> Actor:
    """The government of a state that no table has, by its name or its people's."""
    key: Mapping[str, str] = {"state": stem(name)}
    return _provisional(f"provisional:{content_id('actor', dict(key))[:20]}", name, "state", None)


def _provisional(actor_id: str, name: str, kind: str, country: str | None) -> Actor:
    return Actor(id=actor_id, name=name, type=kind, side=actor_id, country=country,
                 provisional=True)
