"""Finds the actors that a mention may mean: names, nationality and role, descriptions, capitals.

Scores are estimates of how often each kind of evidence is right, not learned; the order of the
rules is the order of trust.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from whoholds.core import Actor, content_id
from whoholds.resolve.atlas import Atlas, Token, tokens
from whoholds.resolve.names import normalise, phrase, singular
from whoholds.resolve.packs import state_id
from whoholds.resolve.scene import Scene
from whoholds.resolve.words import AGAINST_STATE, FORCES, GROUPS, NOBODY, SPEAKERS, STATE_BODIES

Found = tuple[Actor, float, str]

# Probabilities that the rule's actor is meant.
NAME_P = 0.97            # the whole mention is the actor's name
IN_NAME_P = 0.93         # the mention holds the name, with a role: Taliban fighters
DEMONYM_P = 0.92         # nationality and a force or body of state: Afghan forces, US officials
COUNTRY_P = 0.93         # a country as an actor
CAPITAL_P = 0.85         # a capital as a government: Kyiv said
DESCRIBED_P = 0.85       # a description that the pack in focus gives to one actor
LATEST_P = 0.70          # a description that fits the actor named last
STATE_P = 0.80           # government forces, the army: of the country in focus
COINED_P = 0.60          # nobody's name: an actor made of the words themselves
_ACRONYM = re.compile(r"((?:[A-Z][\w’'-]+[ -](?:(?:of|for|and|the|de|du) ){0,2}){1,7})"
                      r"\((?:the )?([A-Z][A-Za-z0-9-]{1,9})\)")


@dataclass
class Cast:
    """The actors of one report as it is read, in order: who was named where."""

    atlas: Atlas
    scene: Scene
    seen: list[tuple[int, Actor]] = field(default_factory=list)
    acronyms: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for s in self.scene.sightings:
            if s.thing == "actor":
                self.see(s.start, self.atlas.actors[s.key])
        for match in _ACRONYM.finditer(self.scene.text):
            name = match.group(1).strip(" -")
            initials = "".join(w[0] for w in re.split(r"[\s-]+", name) if w and w[0].isupper())
            words = name.split()
            for drop in range(len(words)):
                short = "".join(w[0] for w in re.split(r"[\s-]+", " ".join(words[drop:]))
                                if w and w[0].isupper())
                if short.upper() == match.group(2).upper():
                    self.acronyms[normalise(match.group(2))] = " ".join(words[drop:])
            del initials

    def see(self, at: int, actor: Actor) -> None:
        """Note that ``actor`` is named at a position."""
        self.seen.append((at, actor))
        self.seen.sort(key=lambda pair: (pair[0], pair[1].id))

    def latest(self, at: int, types: Sequence[str]) -> Actor | None:
        """The actor of one of ``types`` named last before ``at``, else first after it."""
        before = [a for p, a in self.seen if p < at and a.type in types]
        if before:
            return before[-1]
        return next((a for _, a in self.seen if a.type in types), None)

    def pack_actors(self) -> list[Actor]:
        """Actors of the theatre packs that apply to the report."""
        return [a for i, a in sorted(self.atlas.actors.items())
                if self.atlas.pack_of.get(i) in self.scene.packs]


def find_actors(text: str, at: int, cast: Cast, source: bool = False) -> list[Found]:
    """Actors that the words ``text`` at ``at`` may mean, most probable first; empty: nobody."""
    words = tokens(text)
    while words and words[0].word in ("the", "a", "an", "its", "their", "his", "other"):
        words = words[1:]
    if not words:
        return []
    for rule in (_whole_name, _country, _capital, _inner_name, _demonym, _described, _coined):
        found = rule(text, words, at, cast, source)
        if found is not None:
            return found
    return []


def _normal(words: Sequence[Token]) -> str:
    return " ".join(w.word for w in words)


def _whole_name(text: str, words: list[Token], at: int, cast: Cast,
                source: bool) -> list[Found] | None:
    name = _normal(words)
    ids = cast.atlas.actor_names.get(name, [])
    if not ids and name in cast.acronyms:
        return find_actors(cast.acronyms[name], at, cast, source)
    if not ids or not any(w.upper for w in words):
        return None
    ids = sorted(ids, key=lambda i: (cast.atlas.pack_of.get(i) not in cast.scene.packs,
                                     cast.atlas.pack_of.get(i) == "world", i))
    share = NAME_P if len(ids) == 1 else 0.8
    rest = (NAME_P - share) / max(1, len(ids) - 1)
    return [(cast.atlas.actors[i], share if n == 0 else rest, "its name")
            for n, i in enumerate(ids)]


def _country(text: str, words: list[Token], at: int, cast: Cast,
             source: bool) -> list[Found] | None:
    iso = cast.atlas.country_names.get(_normal(words))
    if iso is None or not words[0].upper:
        return None
    return [(cast.atlas.actors[state_id(iso)], COUNTRY_P, "the country as an actor")]


def _capital(text: str, words: list[Token], at: int, cast: Cast,
             source: bool) -> list[Found] | None:
    iso = cast.atlas.capital_names.get(_normal(words))
    if iso is None or not words[0].upper:
        return None
    return [(cast.atlas.actors[state_id(iso)], CAPITAL_P, "a capital stands for its government")]


def _inner_name(text: str, words: list[Token], at: int, cast: Cast,
                source: bool) -> list[Found] | None:
    """An actor's name among other words: a Taliban spokesman, the Office of President Ghani."""
    inside = [s for s in cast.atlas.scan(text) if s.thing == "actor"]
    inside = [s for s in inside if not any(
        o is not s and o.start <= s.start and s.end <= o.end and o.end - o.start > s.end - s.start
        for o in inside)]
    if not inside:
        return None
    after_anti = re.compile(r"(?:anti|pro|ex)[-\s]$", re.IGNORECASE)
    inside = [s for s in inside if not after_anti.search(text[:s.start])]
    if not inside:
        return None
    persons = [s for s in inside if cast.atlas.actors[s.key].type == "person"]
    best = persons[-1] if persons else min(inside, key=lambda s: (
        cast.atlas.pack_of.get(s.key) == "world", -(s.end - s.start), s.start, s.key))
    actor = cast.atlas.actors[best.key]
    return [(actor, IN_NAME_P, f"names {actor.name}")]


def _demonym(text: str, words: list[Token], at: int, cast: Cast,
             source: bool) -> list[Found] | None:
    """A nationality, a country's possessive or a capital with a force or a body of state."""
    isos: list[str] = []
    end = 0
    for i in range(len(words)):
        for length in (3, 2, 1):
            piece = _normal(words[i:i + length])
            if not words[i].upper or len(words[i:i + length]) < length:
                continue
            if piece in cast.atlas.demonyms:
                isos = sorted(cast.atlas.demonyms[piece], key=lambda c: -cast.scene.share(c))
            elif piece in cast.atlas.country_names:
                isos = [cast.atlas.country_names[piece]]
            elif piece in cast.atlas.capital_names and i + length < len(words):
                isos = [cast.atlas.capital_names[piece]]
            if isos:
                end = i + length
                break
        if isos:
            break
    if not isos:
        return None
    rest = {singular(w.word) for w in words if w.word}
    state = cast.atlas.actors[state_id(isos[0])]
    if rest & AGAINST_STATE and not rest & {"government"}:
        return _against(text, words, at, cast, isos[0])
    if rest & (FORCES | STATE_BODIES):
        own = _pack_force(words, cast, isos[0])
        if own is not None:
            return [(own, DEMONYM_P, f"of {state.name}, by its pack's names")]
        return [(state, DEMONYM_P, f"a force or body of {state.name}")]
    if rest & NOBODY:
        return []
    if any(w.upper for w in words[end:]):
        return None
    if end == len(words) or rest & SPEAKERS:
        return [(state, CAPITAL_P, f"nationality of {state.name}")]
    return None


def _pack_force(words: Sequence[Token], cast: Cast, iso: str) -> Actor | None:
    """The pack's own entry for a country's body: its interior ministry, its army."""
    wanted = phrase(_normal([w for w in words if w.word not in cast.atlas.demonyms
                             and w.word not in cast.atlas.country_names]))
    wanted = re.sub(r"^(?:of|the) |(?: of| the)+$", "", wanted)
    return next((a for a in cast.pack_actors() if a.country == iso and a.side == state_id(iso)
                 and wanted in [phrase(d) for d in a.descriptions]), None)


def _against(text: str, words: Sequence[Token], at: int, cast: Cast, iso: str) -> list[Found]:
    described = _described(text, list(words), at, cast, False)
    named = [f for f in described or [] if f[0].country in (iso, None) and not f[0].provisional]
    if named:
        return named
    return [(coin(" ".join(w.word.capitalize() if w.upper else w.word for w in words),
                  "armed group", iso), COINED_P, "an armed group by nationality")]


def _described(text: str, words: list[Token], at: int, cast: Cast,
               source: bool) -> list[Found] | None:
    """A description without a name: by the packs in focus, by who was named last, by the state."""
    wanted = phrase(_normal(words))
    head = wanted.split()[-1] if wanted else ""
    if _speaks_for_itself(words, cast):
        return None
    fits = [a for a in cast.pack_actors()
            if any(_fits(wanted, phrase(d)) for d in a.descriptions)]
    theatre = [a for a in fits if cast.atlas.pack_of[a.id] != "world"]
    fits = theatre or [a for a in fits if any(a.id == b.id for _, b in cast.seen)]
    if fits:
        return _latest_first(fits, at, cast)
    tokens_ = {singular(w.word) for w in words}
    focus = cast.scene.focus
    if head in GROUPS or tokens_ & AGAINST_STATE:
        last = cast.latest(at, ("armed group",))
        if last is not None:
            return [(last, LATEST_P, "the armed group named last")]
        if tokens_ & AGAINST_STATE:
            name = f"{wanted}s in {cast.atlas.country_place[focus].name}" if focus else f"{wanted}s"
            return [(coin(name, "armed group", focus), COINED_P, "an armed group without a name")]
        return []
    if tokens_ & {"ministry", "embassy", "office", "agency", "statement"}:
        named = [a for _, a in cast.seen if tokens_ & set(normalise(a.name).split())]
        if named:
            return [(named[-1], LATEST_P, "the one named before")]
    official = tokens_ & STATE_BODIES - SPEAKERS
    if (official or tokens_ & {"troop", "army", "military"}) and focus and not tokens_ & NOBODY:
        state = cast.atlas.actors[state_id(focus)]
        return [(state, STATE_P, f"of {state.name}, where the report plays")]
    return None


def _speaks_for_itself(words: Sequence[Token], cast: Cast) -> bool:
    """Whether a proper name is among the words, so that no description can stand for it."""
    return any(w.upper and w.word not in cast.atlas.demonyms and i > 0
               for i, w in enumerate(words)) or (
        bool(words) and words[0].upper and len(words) == 1
        and singular(words[0].word) not in FORCES | STATE_BODIES | GROUPS | AGAINST_STATE
        and words[0].word not in cast.atlas.demonyms)


def _fits(wanted: str, description: str) -> bool:
    """Whether a mention's words are a description, or end in it: *the insurgent group*."""
    return wanted == description or wanted.endswith(" " + description)


def _latest_first(fits: list[Actor], at: int, cast: Cast) -> list[Found]:
    """Several actors with one description: the one named last before leads."""
    when = {a.id: max((p for p, b in cast.seen if b.id == a.id and p < at), default=-1)
            for a in fits}
    count = {a.id: sum(b.id == a.id for _, b in cast.seen) for a in fits}
    ranked = sorted(fits, key=lambda a: (-when[a.id], -count[a.id], a.id))
    if len(ranked) == 1 or when[ranked[0].id] > when[ranked[1].id] or \
            count[ranked[0].id] > count[ranked[1].id]:
        rest = (1 - DESCRIBED_P) / max(1, len(ranked) - 1)
        return [(a, DESCRIBED_P if n == 0 else rest, "described so in its pack")
                for n, a in enumerate(ranked)]
    return [(a, 1 / len(ranked), "described so in its pack") for a in ranked]


def _coined(text: str, words: list[Token], at: int, cast: Cast,
            source: bool) -> list[Found] | None:
    """A name that nothing knows becomes an actor of its own."""
    if {singular(w.word) for w in words} & NOBODY:
        return []
    named = [w for w in words if w.upper and not w.word.isdigit()]
    if not named or (len(words) == 1 and singular(words[0].word) in FORCES | GROUPS | STATE_BODIES):
        return []
    forces = {singular(w.word) for w in words} & (FORCES | GROUPS)
    name = " ".join(text[w.start:w.end] for w in named)
    kind = "armed group" if forces else ("person" if source and len(named) > 1 else "organisation")
    return [(coin(name, kind, None), COINED_P, "a name that no pack knows")]


def coin(name: str, kind: str, country: str | None) -> Actor:
    """A provisional actor: the same id wherever it is named so; armed groups are their own side."""
    key = {"name": phrase(name), "country": country}
    actor = Actor(id=f"provisional:{content_id('actor', key)[:20]}", name=name, type=kind,
                  country=country, provisional=True)
    return replace(actor, side=actor.id) if kind in ("armed group", "organisation") else actor


def outlet(name: str, kind: str) -> Actor:
    """An outlet or agency by its name."""
    return Actor(id=f"outlet:{normalise(name).replace(' ', '-')}", name=name, type=kind,
                 provisional=True)
