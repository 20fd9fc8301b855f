"""The actors of one report: who is named where, acronyms, and which words are names."""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Collection

from whoholds.core import Actor, Parse
from whoholds.resolve.atlas import Atlas, Token
from whoholds.resolve.names import normalise, singular
from whoholds.resolve.scene import Scene
from whoholds.resolve.words import (
    AGAINST_STATE,
    FORCES,
    GROUPS,
    NOBODY,
    PLAIN_ADJECTIVES,
    SPEAKERS,
    STATE_BODIES,
)

# Words that a capital at a sentence's start does not make a name.
VOCABULARY = (FORCES | STATE_BODIES | GROUPS | AGAINST_STATE | SPEAKERS | NOBODY
              | PLAIN_ADJECTIVES)
# Words that are no part of a name though they are capitalised: Spokesman, Reporter, General.
_TITLES = (NOBODY | SPEAKERS) - FORCES - GROUPS
_ACRONYM = re.compile(r"((?:[A-Z][\w’'-]+[ -](?:(?:of|for|and|the|de|du|des|la) ){0,2}){1,7})"
                      r"\((?:the )?([A-Z][A-Za-z0-9-]{1,9})\)")
_TITLED = re.compile(r"[A-Z][a-z]\w*(?:[ -](?:(?:of|for|and|the) ){0,2}[A-Z][a-z]\w*){2,6}")
_CAPITALS = re.compile(r"\b[A-Z]{3,6}\b")


class Cast:
    """Who is named in a report, in the text's order. Grows as mentions are understood."""

    def __init__(self, atlas: Atlas, scene: Scene, parse: Parse | None = None) -> None:
        self.atlas, self.scene = atlas, scene
        self._seen: list[tuple[int, str]] = []
        self._nouns: list[tuple[int, str, str]] = []
        self._actors: dict[str, Actor] = {}
        for s in scene.sightings:
            if s.thing == "actor":
                self.see(s.start, atlas.actors[s.key])
        self.acronyms = _acronyms(scene.text)
        self._opening = {s.words[0].span.start: s.words[0].upos
                         for s in (parse.sentences if parse else ()) if s.words}
        self._parsed = parse is not None and bool(parse.sentences)
        self._persons = {
            normalise(scene.text[s.words[n.start].span.start:s.words[n.end - 1].span.end])
            for s in (parse.sentences if parse else ()) for n in s.names if n.type == "PER"}

    def see(self, at: int, actor: Actor) -> None:
        """Note that ``actor`` is named at a position."""
        self._actors[actor.id] = actor
        if (at, actor.id) not in self._seen:
            insort(self._seen, (at, actor.id))

    def describe(self, at: int, actor: Actor, text: str) -> None:
        """Note that the words ``text`` at a position speak of ``actor``."""
        self.see(at, actor)
        for word in normalise(text).split():
            if singular(word) in VOCABULARY and (at, singular(word), actor.id) not in self._nouns:
                insort(self._nouns, (at, singular(word), actor.id))

    def described(self, at: int, noun: str) -> Actor | None:
        """The actor that was last spoken of with ``noun`` before ``at``."""
        before = [i for p, n, i in self._nouns if p < at and n == noun]
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

    def theatre_actors(self) -> list[Actor]:
        """Actors of the theatre packs that apply to the report."""
        applying = self.scene.packs - {"world"}
        return [a for i, a in sorted(self.atlas.actors.items())
                if self.atlas.pack_of.get(i) in applying]

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
            return singular(word.word) not in _TITLES
        start = at + word.start
        if self._parsed and self.scene.text.startswith(word.word[0].upper(), start):
            if start not in self._opening:
                return singular(word.word) not in _TITLES | PLAIN_ADJECTIVES
            follows = self.scene.text[at + word.end:at + word.end + 2].strip()
            if self._opening[start] not in ("PROPN", "NOUN", "ADJ") or (
                    self._opening[start] != "PROPN" and not follows.isupper()):
                return False
        return singular(word.word) not in VOCABULARY and not re.search(
            rf"\b{re.escape(word.word)}\b", self.scene.text)


def _acronyms(text: str) -> dict[str, str]:
    """Acronyms of names in the text, explained or not: normal form to the full name."""
    out: dict[str, str] = {}
    for match in _ACRONYM.finditer(text):
        words = match.group(1).strip(" -").split()
        for drop in range(len(words)):
            name = " ".join(words[drop:])
            initials = "".join(w[0] for w in re.split(r"[\s-]+", name) if w[:1].isupper())
            if initials.upper() == match.group(2).upper():
                out[normalise(match.group(2))] = name
                break
    runs = [re.split(r"[\s-]+", m.group()) for m in _TITLED.finditer(text)]
    for short in sorted({m.group() for m in _CAPITALS.finditer(text)}):
        for run in runs:
            names = [" ".join(run[i:i + n]) for i in range(len(run))
                     for n in range(len(short), len(run) - i + 1)
                     if "".join(w[0] for w in run[i:i + n] if w[0].isupper()) == short
                     and run[i][0].isupper()]
            if names:
                out.setdefault(normalise(short), names[0])
                break
    return out
