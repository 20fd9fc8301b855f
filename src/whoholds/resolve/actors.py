"""Finds the actors that a mention may mean: names, nationality and role, descriptions, capitals.

Scores are estimates of how often each kind of evidence is right, not learned; the order of the
rules is the order of trust.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from whoholds.core import Actor
from whoholds.resolve import roles
from whoholds.resolve.atlas import Token, tokens
from whoholds.resolve.cast import HEADS_OF_STATE, NAMED_GROUPS, TITLES, Cast, coin, noun
from whoholds.resolve.learned import BACKED
from whoholds.resolve.names import normalise, phrase
from whoholds.resolve.packs import state_id
from whoholds.resolve.words import (
    AGAINST_STATE,
    DIRECTIONS,
    FORCES,
    GENERIC,
    GROUPS,
    NOBODY,
    PARTIES,
    RANKS,
    SPEAKERS,
    STATE_SERVANTS,
    vocabulary,
)

Found = tuple[Actor, float, str]

# Probabilities that the rule's actor is meant.
NAME_P = 0.97            # the whole mention is the actor's name
AMBIGUOUS_P = 0.80       # the same, the name being that of several actors
IN_NAME_P = 0.93         # the mention holds the name, with a role: Taliban fighters
DEMONYM_P = 0.92         # nationality and a force or body of state: Afghan forces, US officials
COUNTRY_P = 0.93         # a country as an actor
CAPITAL_P = 0.85         # a capital as a government: Kyiv said
DESCRIBED_P = 0.85       # a description that the pack in focus gives to an actor
LATEST_P = 0.70          # a description that fits the actor named last
STATE_P = 0.80           # government forces, the army: of the country in focus
SERVANTS_P = 0.65        # the same of soldiers, police, the garrison
COINED_P = 0.60          # nobody's name: an actor made of the words themselves
NO_STATE_P = 0.60        # government forces where the report does not tell of which country
SPEAKS_P = 0.90          # times: a person whose office the report tells speaks for that body

UNNAMED = "an armed group without a name"
_BEFORE = vocabulary("pro anti ex non")
_BACKED = re.compile(rf"[-\s](?:{'|'.join(sorted(BACKED))})\b")
_NOT_ITSELF = re.compile(r"(?:\banti|\bpro|\bex|\bnon)[-\s]$", re.IGNORECASE)
_OF_WHOM = re.compile(r"\s+(?:for|of|from|with|in)\s+((?:[\w’'.-]+\s?){1,5})")


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A mention's words: without determiners, with those that are names told apart."""

    text: str
    at: int
    words: tuple[Token, ...]
    proper: frozenset[int]       # positions in ``words``
    source: bool
    normal: str                  # the words
    nouns: frozenset[str]        # in the singular


def find_actors(text: str, at: int, cast: Cast, source: bool = False) -> list[Found]:
    """Actors that the words ``text`` at ``at`` may mean, most probable first; empty: nobody.

    ``source`` says that the words name who speaks.
    """
    words = _strip(tokens(text))
    if not words or words[0].word in ("both", "neither", "either"):
        return []
    proper = frozenset(i for i, w in enumerate(words) if cast.is_name(w, i == 0, at)
                       and not _backing(words, i))
    if all(noun(words[i].word) in roles.NO_NAMES for i in proper) \
            and not any(words[i].capitals for i in proper):
        proper = frozenset()
    said = _Phrase(text, at, tuple(words), proper, source, " ".join([w.word for w in words]),
                   frozenset([noun(w.word) for w in words]))
    for rule in _RULES:
        found = rule(said, cast)
        if found is not None:
            return found
    return []


def agrees(text: str, actor: Actor) -> bool:
    """Whether a description may speak of ``actor``: rebels are no state, an army is no group."""
    nouns = {noun(w.word) for w in tokens(text)}
    if nouns & AGAINST_STATE or nouns & GROUPS:
        return actor.type not in ("state", "government", "force")
    if nouns & roles.BODIES_ONLY:
        return actor.type != "armed group"
    return True


def find_speaker(text: str, at: int, cast: Cast) -> list[Found]:
    """Whom a speaker speaks for: *a spokesperson* by the words after it, *for the group*."""
    found = find_actors(text, at, cast, source=True)
    if found or not {noun(w.word) for w in tokens(text)} & SPEAKERS:
        return found
    after = _OF_WHOM.match(cast.scene.text, at + len(text))
    if after is None or not cast.scene.text.startswith(text, at):
        return []
    words = after.group(1).split()
    for length in range(len(words), 0, -1):
        found = find_actors(" ".join(words[:length]), after.start(1), cast)
        if found and not found[0][0].provisional:
            return [(a, p, f"{why}; {text!r} speaks for it") for a, p, why in found]
    return []


def _strip(words: Sequence[Token]) -> Sequence[Token]:
    """Without articles and *the country's*."""
    while words and (words[0].word in roles.DETERMINERS or (
            words[0].possessive and words[0].word in ("country", "nation", "group", "movement"))):
        words = words[1:]
    return words


def _whole_name(said: _Phrase, cast: Cast) -> list[Found] | None:
    atlas, name = cast.atlas, said.normal
    if name in cast.acronyms and cast.acronyms[name] != said.text:
        return find_actors(cast.acronyms[name], said.at, cast, said.source)
    if not any(w.upper for w in said.words):
        return None
    text = said.text[said.words[0].start:said.words[-1].end]
    known = [i for i in atlas.actor_names.get(name, ()) if cast.counts(i, text)]
    ids = sorted(known, key=lambda i: (
        atlas.pack_of.get(i) not in cast.scene.packs, atlas.pack_of.get(i) == "world", i))
    if not ids:
        return None
    first = NAME_P if len(ids) == 1 else AMBIGUOUS_P
    rest = (NAME_P - first) / max(1, len(ids) - 1)
    return [(atlas.actors[i], first if n == 0 else rest, "its name") for n, i in enumerate(ids)]


def _exactly_described(said: _Phrase, cast: Cast) -> list[Found] | None:
    wanted = phrase(said.normal)
    fitting = [d.actor for d in cast.theatre if wanted in d.phrases]
    return _latest_first(fitting, said.at, cast) if fitting else None


def _backing(words: Sequence[Token], i: int) -> bool:
    """Whether a word only tells whom others support: *Rwanda-backed*, *pro-Russian*."""
    after = words[i + 1].word if i + 1 < len(words) else ""
    return after in BACKED or (i > 0 and words[i - 1].word in _BEFORE)


def _of_people(said: _Phrase, cast: Cast) -> list[Found] | None:
    """*Kurdish officials*: by what a pack calls an actor's people."""
    if not said.nouns & roles.ANYONE:
        return None
    actor = cast.of_people(said.normal)
    return [(actor, DESCRIBED_P, "by what its pack calls its people")] if actor else None


def _half_of_people(said: _Phrase, cast: Cast) -> list[Found] | None:
    """*North Vietnamese troops*, where no table has such a people: an actor of its own."""
    for i, word in enumerate(said.words[1:], 1):
        before = said.words[i - 1]
        if word.word in cast.atlas.demonyms and before.upper and word.upper \
                and before.word in DIRECTIONS \
                and f"{before.word} {word.word}" not in cast.atlas.demonyms:
            name = said.text[before.start:word.end]
            return [(coin(name, "force", None), COINED_P, "a people that no table has")]
    return None


def _party(said: _Phrase, cast: Cast) -> list[Found] | None:
    """*Communist troops*: a side of its own by what it stands for; no *Republican Guard*."""
    parties = said.nouns & PARTIES
    if not parties or "guard" in said.nouns or not said.nouns & roles.FIGHTING \
            or any(said.words[i].word not in PARTIES for i in said.proper):
        return None
    name = min(parties).capitalize()
    return [(coin(name, "armed group", None), COINED_P, f"those who are {name.lower()}")]


def _of_head_of_state(said: _Phrase, cast: Cast) -> list[Found] | None:
    """*President Orrego's guards*: the state's, where the report plays."""
    heads = [i for i, w in enumerate(said.words[:-1]) if w.word in HEADS_OF_STATE]
    owner = next((i for i, w in enumerate(said.words[:-1]) if w.possessive), -1)
    if not heads or heads[0] > owner or not said.nouns & (FORCES | STATE_SERVANTS) \
            or said.nouns & AGAINST_STATE or _country_inside(said, cast):
        return None
    state = cast.home
    if state is None:
        return [(coin("government", "government", None), NO_STATE_P,
                 "of the head of a state that the report does not name")]
    return [(state, STATE_P, f"of the head of {state.name}, where the report plays")]


def _country(said: _Phrase, cast: Cast) -> list[Found] | None:
    iso = cast.atlas.country_names.get(said.normal)
    if iso is None or not said.words[0].upper:
        return None
    return [(cast.atlas.actors[state_id(iso)], COUNTRY_P, "the country as an actor")]


def _capital(said: _Phrase, cast: Cast) -> list[Found] | None:
    iso = cast.atlas.capital_names.get(said.normal)
    if iso is None or not said.words[0].upper:
        return None
    return [(cast.atlas.actors[state_id(iso)], CAPITAL_P, "a capital stands for its government")]


def _inner_name(said: _Phrase, cast: Cast) -> list[Found] | None:
    """An actor's name among other words: a Taliban spokesman, Pentagon spokesman John Kirby."""
    atlas = cast.atlas
    inside = [s for s in atlas.scan(said.text) if s.thing == "actor"]
    inside = [s for s in inside if cast.counts(s.key, said.text[s.start:s.end])
              and (said.source or atlas.actors[s.key].type not in ("outlet", "agency"))
              and not _NOT_ITSELF.search(said.text[:s.start])
              and not _BACKED.match(said.text, s.end) and not any(
        o.start <= s.start and s.end <= o.end and o.end - o.start > s.end - s.start
        for o in inside)]
    if not inside:
        return None
    persons = [s for s in inside if atlas.actors[s.key].type == "person"]
    best = persons[-1] if persons else min(inside, key=lambda s: (
        atlas.pack_of.get(s.key) not in cast.scene.packs, atlas.pack_of.get(s.key) == "world",
        s.start - s.end, s.start, s.key))
    actor = atlas.actors[best.key]
    return [(actor, IN_NAME_P, f"names {actor.name}")]


def _nationality(said: _Phrase, cast: Cast) -> list[Found] | None:
    """A nationality, a country or a capital with a force or a body of state."""
    found = _country_inside(said, cast)
    if found is None:
        return None
    iso, end = found
    state = cast.atlas.actors[state_id(iso)]
    run = end
    while run in said.proper:
        run += 1
    if run > end and noun(said.words[run - 1].word) in NAMED_GROUPS \
            and any(noun(w.word) not in GENERIC | roles.GRAND for w in said.words[end:run]):
        return None          # Syrian Democratic Forces: a name that begins with a nationality
    if said.nouns & AGAINST_STATE and "government" not in said.nouns:
        return _against_state(said, cast, iso, end)
    if said.nouns & roles.ARMED_STATE:
        own = _pack_body(said, cast, iso)
        if own is not None:
            return [(own, DEMONYM_P, f"of {state.name}, as its pack describes it")]
        return [(state, DEMONYM_P, f"a force or body of {state.name}")]
    if said.nouns & NOBODY:
        return []
    if any(i >= end for i in said.proper):
        return None
    if end == len(said.words) or said.nouns & (SPEAKERS | RANKS):
        return [(state, CAPITAL_P, f"by the nationality: {state.name}")]
    return None


def _country_inside(said: _Phrase, cast: Cast) -> tuple[str, int] | None:
    """The first country told by a demonym, a name or a capital; and the position after it."""
    atlas, words = cast.atlas, said.words
    for i, word in enumerate(words):
        if not word.upper or _backing(words, i):
            continue
        for length in (3, 2, 1):
            piece = " ".join(w.word for w in words[i:i + length])
            end = i + length
            if end > len(words):
                continue
            isos = list(atlas.demonyms.get(piece) or atlas.demonyms.get(noun(piece)) or ())
            if not isos and piece in atlas.country_names:
                isos = [atlas.country_names[piece]]
            if not isos and piece in atlas.capital_names and (
                    end < len(words) or _of_state_in(words[:i])):
                isos = [atlas.capital_names[piece]]
            if isos:
                return max(isos, key=lambda c: (cast.scene.share(c), c)), end
    return None


def _of_state_in(words: Sequence[Token]) -> bool:
    """*Defence spokesman in* Abuja: a body of state and nothing else, in its capital."""
    before = [noun(w.word) for w in words[:-1]]
    return len(before) > 0 and words[-1].word == "in" and all(
        w in roles.BODIES_ONLY or w in SPEAKERS or w in GENERIC for w in before) \
        and not set(before) & (NOBODY | AGAINST_STATE) and bool(set(before) & roles.OF_STATE)


def _against_state(said: _Phrase, cast: Cast, iso: str, end: int) -> list[Found]:
    """*Syrian rebels*: the pack's group that is so described, else a group of their own."""
    fitting = _descriptions(phrase(" ".join(w.word for w in said.words[end:])))
    described = [d.actor for d in cast.theatre if d.actor.country == iso
                 and not fitting.isdisjoint(d.phrases)]
    if described:
        return _latest_first(described, said.at, cast)
    return [(_nameless(said, cast, iso), COINED_P, "an armed group by nationality")]


# How a group without a name goes by: those of one line are one, whatever word a report takes.
_KINDS = (("rebels", "rebel insurgent guerrilla guerilla resistance opposition partisan "
           "rebellious renegade breakaway dissident"), ("mutineers", "mutineer mutinous"),
          ("militants", "militant jihadist jihadi extremist terrorist islamist"),
          ("separatists", "separatist secessionist"), ("mercenaries", "mercenary"),
          ("militias", "militia militiaman paramilitary"), ("gunmen", "gunman"))


def _nameless(said: _Phrase, cast: Cast, iso: str | None) -> Actor:
    """Those who fight a state and are told by no name: one actor for each country and kind."""
    kind = next((name for name, words in _KINDS if said.nouns & vocabulary(words)), "fighters")
    if iso is not None:
        return coin(f"{cast.atlas.demonym_of[iso]} {kind}", "armed group", iso)
    home = cast.home
    return coin(f"{kind} in {home.name}" if home else kind, "armed group", None)


def _pack_body(said: _Phrase, cast: Cast, iso: str) -> Actor | None:
    """The pack's own entry for a country's body: its interior ministry, its army."""
    wanted = phrase(" ".join(
        w.word for w in said.words if w.word not in cast.atlas.demonyms
        and w.word not in cast.atlas.country_names and w.word not in ("of", "the")))
    return next((d.actor for d in cast.theatre if d.actor.country == iso
                 and d.actor.side == state_id(iso) and wanted in d.phrases), None)


def _described(said: _Phrase, cast: Cast) -> list[Found] | None:
    """A description without a name: by the packs in focus, by who was named last, by the state."""
    if not said.proper and said.words[0].word == "state" and said.nouns & roles.STATE_MEDIA:
        return _of_the_state(said, cast)
    if said.proper or said.nouns & NOBODY:
        return None
    wanted, nouns = _descriptions(phrase(said.normal)), said.nouns
    fitting = [d.actor for d in cast.theatre if not wanted.isdisjoint(d.phrases)]
    if not fitting:
        fitting = [a for a in cast.seen_actors()
                   if not wanted.isdisjoint(map(phrase, a.descriptions))]
    if fitting:
        return _latest_first(fitting, said.at, cast)
    before = cast.described(said.at, noun(said.words[-1].word))
    if before is not None and (before.type == "armed group" or not nouns & AGAINST_STATE):
        return [(before, LATEST_P, f"called {said.words[-1].word!r} before")]
    if nouns & (GROUPS | AGAINST_STATE | {"fighter"}) and "government" not in nouns:
        return _armed(said, cast)
    return _of_the_state(said, cast)


def _armed(said: _Phrase, cast: Cast) -> list[Found]:
    """Rebels, a group, fighters: those named last, else nameless ones of the report's country."""
    last = cast.latest(said.at, ("armed group",))
    home = cast.home
    own = _nameless(said, cast, home.country if home else None)
    if last is not None and (last.id == own.id or last.id not in cast.unnamed):
        return [(last, LATEST_P, "the armed group named last")]
    if not said.nouns & AGAINST_STATE:
        return []
    cast.unnamed.add(own.id)
    return [(own, COINED_P, UNNAMED)]


def _of_the_state(said: _Phrase, cast: Cast) -> list[Found]:
    """Government, army, police: of the state where the report plays, known or not."""
    bodies = bool(said.nouns & roles.OFFICES) or any(
        said.nouns >= {kind, "force"} for kind in ("air", "armed", "special"))
    if not bodies and not said.nouns & STATE_SERVANTS:
        return []
    state = cast.home
    if state is None:
        return [(coin("government", "government", None), NO_STATE_P,
                 "of the state where the report plays; it does not say which")]
    if bodies:
        return [(state, STATE_P, f"of {state.name}, where the report plays")]
    return [(state, SERVANTS_P, f"who serve {state.name}, where the report plays")]


def _descriptions(said: str) -> frozenset[str]:
    """The descriptions that a mention's words fit: they are one, end in it (*the insurgent group*),
    or begin with it before a word for people (*rebel commander*)."""
    words = said.split()
    found = {said, *(" ".join(words[i:]) for i in range(1, len(words)))}
    if words and noun(words[-1]) in roles.PEOPLE:
        found.update(" ".join(words[:i]) for i in range(1, len(words)))
    return frozenset(found)


def _latest_first(fitting: Sequence[Actor], at: int, cast: Cast) -> list[Found]:
    """Several actors with one description: the one named last before leads."""
    ranked = sorted(fitting, key=lambda a: (-cast.last_seen(a.id, at), -cast.count(a.id), a.id))
    why = "described so in its pack"
    if len(ranked) > 1:
        first, second = ranked[0].id, ranked[1].id
        if cast.last_seen(first, at) == cast.last_seen(second, at) \
                and cast.count(first) == cast.count(second):
            return [(a, 1 / len(ranked), why) for a in ranked]
        why += ", and named last before"
    rest = (1 - DESCRIBED_P) / max(1, len(ranked) - 1)
    return [(a, DESCRIBED_P if n == 0 else rest, why) for n, a in enumerate(ranked)]


def _by_office(said: _Phrase, cast: Cast) -> list[Found] | None:
    """A person by the office that the words or an apposition tell: *rebel commander Ilan Koray*,
    *Koray, the interior minister,*; and an office of a place, *the mayor of Varn*."""
    if not said.proper or max(said.proper) != len(said.words) - 1 \
            or noun(said.words[-1].word) in NAMED_GROUPS:
        return None
    name, rest = _named_person(said)
    if rest and set(map(noun, rest)) & roles.HOLDERS:
        place = rest[-1] in ("of", "in", "at", "for")
        found = find_actors(" ".join(rest[:-1] if place else rest), said.at, cast, True)
        if found and found[0][0].type != "person":
            return [(a, p * SPEAKS_P, f"{why}; {'an office of ' if place else ''}{name}"
                     f"{'' if place else ' speaks for it'}") for a, p, why in found]
    told = cast.people.get(normalise(cast.whole(name)))
    if told is None or normalise(told.words) == said.normal:
        return None
    found = [f for f in find_speaker(told.words, told.words_at, cast) if f[0].type in _BODIES]
    return [(a, p * SPEAKS_P, f"{why}; {name} is {told.words!r}") for a, p, why in found] or None


_BODIES = ("state", "government", "force", "armed group")     # what a person may speak for


def _named_person(said: _Phrase) -> tuple[str, list[str]]:
    """A person's name among the words, and the words of the office in lower case."""
    name = [w for i, w in enumerate(said.words)
            if i in said.proper and noun(w.word) not in roles.TITLED]
    rest = [w.word for w in said.words if w not in name]
    return " ".join(said.text[w.start:w.end] for w in name), rest


def _office(said: _Phrase, cast: Cast) -> list[Found] | None:
    """A body of state of a place (*Kharkiv's mayor*) or of a state that only the report knows."""
    if not said.proper or said.nouns & AGAINST_STATE:
        return None
    own = next((s for i in sorted(said.proper) if (s := cast.state_of(said.words[i].word))), None)
    if own is not None and (said.nouns & roles.OF_STATE
                            or len(said.proper) == len(said.words)):
        return [(own, STATE_P, f"of {own.name}, a state that only the report knows")]
    focus, state = cast.scene.focus, cast.home
    if focus is None or state is None or not said.nouns & roles.BODIES_ONLY:
        return None
    name = said.text[said.words[min(said.proper)].start:said.words[max(said.proper)].end]
    if not any(n.place.country == focus for n in cast.atlas.named(name)):
        return None
    return [(state, STATE_P, f"of {name}, which lies in {state.name}")]


def _coined(said: _Phrase, cast: Cast) -> list[Found] | None:
    """A name that nothing knows becomes an actor of its own; a place's name does not."""
    if said.nouns & NOBODY or not said.proper:
        return []
    first, last = min(said.proper), max(said.proper)
    while first and said.words[first - 1].upper:
        first -= 1           # National Liberation Front begins before Liberation
    start = first
    while first < last and noun(said.words[first].word) in TITLES:
        first += 1           # Captain Idris Fal
    name = cast.whole(said.text[said.words[first].start:said.words[last].end])
    learned = cast.learned.get(said.normal) or cast.learned.get(normalise(name))
    if learned is not None:
        return [(learned, COINED_P, "a name that no pack knows; the report tells what it is")]
    forces = said.nouns & roles.FIGHTING
    person = not forces and (first > start or cast.is_person(name))
    if name.isdigit() or (not forces and first == start and not _with_article(said, cast)
                          and cast.atlas.named(name)):
        return []
    kind = "person" if person else "armed group" if forces else "organisation"
    actor = cast.coined(name, kind)
    if said.source and person:
        actor = replace(actor, side=None)
    return [(actor, COINED_P, "a name that no pack knows")]


def _with_article(said: _Phrase, cast: Cast) -> bool:
    """*The Union*: towns have no article. Not where one in the report's country is called so."""
    before = cast.scene.text[max(0, said.at - 4):said.at + said.words[0].start].lower()
    name = said.text[said.words[0].start:said.words[-1].end]
    return before.endswith("the ") and not any(
        n.place.country == cast.scene.focus and (n.pack or (n.place.population or 0) > 0)
        and cast.home is not None for n in cast.atlas.named(name))


def outlet(name: str, kind: str) -> Actor:
    """An outlet or agency by its name."""
    return Actor(id=f"outlet:{normalise(name).replace(' ', '-')}", name=name, type=kind,
                 provisional=True)


_RULES: tuple[Callable[[_Phrase, Cast], list[Found] | None], ...] = (
    _whole_name, _exactly_described, _country, _capital, _inner_name, _of_people, _party,
    _of_head_of_state, _half_of_people, _nationality, _described, _by_office, _office, _coined)

__all__ = ["NAME_P", "UNNAMED", "Found", "agrees", "coin", "find_actors", "find_speaker", "outlet"]
