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
        self._upos = {w.span.start: w.upos for s in (parse.sentences if parse else ())
                      for w in s.words}
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
        upos = self._upos.get(at + word.start)
        if upos is not None and self.scene.text.startswith(word.word[0].upper(), at + word.start) \
                and upos in ("ADJ", "ADV", "VERB", "NOUN", "NUM", "DET", "PRON", "ADP"):
            return False
        return singular(word.word) not in VOCABULARY and not re.search(
            rf"\b{re.escape(word.word)}\b", self.scene.text)


def _acronyms(text: str) -> dict[str, str]:
    """Acronyms that the text explains, *Rapid Support Forces (RSF)*: normal form to full name."""
    out: dict[str, str] = {}
    for match in _ACRONYM.finditer(text):
        words = match.group(1).strip(" -").split()
        for drop in range(len(words)):
            name = " ".join(words[drop:])
            initials = "".join(w[0] for w in re.split(r"[\s-]+", name) if w[:1].isupper())
            if initials.upper() == match.group(2).upper():
                out[normalise(match.group(2))] = name
                break
    return out
