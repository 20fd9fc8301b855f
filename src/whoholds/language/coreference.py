"""Who is who: which words of a report speak of one thing.

Every mention, from left to right, is joined to the earlier mention that scores best, or to none
(mention ranking, Denis and Baldridge 2008). The score is a sum of learned weights of features of
the two; ``training.coreference`` learns them on GUM, whose kinds of mention these are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from whoholds.core import DataError, Parse
from whoholds.language.mentions import FIRST_OR_SECOND, MentionSpan, Nouns, Seen, mentions

SHIPPED = Path(__file__).parent / "coreference.json"
NEAR = 3                # sentences back that every earlier mention is looked at
NEAREST = 40            # of those, at most so many
PERSONAL_REACH = 15     # sentences back that *I* or *you* finds its like
# taken from the score of "goes back to nothing", log-odds: likelihood alone joins too little.
# Of 0, 0.7, 1, 1.4 and 2 the best CoNLL F1 on GUM dev (49.2, 51.6, 51.5, 51.2, 49)
READINESS = 0.7
# Of 0.7, 1.2, 1.8, 2.5 and 4: 52.1, 52.2, 52.4, 52.3, 52.3
READINESS_OF_POSSESSORS = 1.8
# kinds of thing that a pronoun never goes back to; GUM leaves hardly a pronoun alone, so that
# what is learned would rather say this of a day than nothing
_THINGS = frozenset(("place", "time", "organization", "abstract", "event", "object", "substance",
                     "plant"))
NEVER = {**dict.fromkeys(("he", "she", "i", "you"), _THINGS),
         **dict.fromkeys(("they", "we", "it"), frozenset(("time",)))}
_NO_ONE = "none"

Weights = Mapping[str, float]


def chains(parse: Parse) -> tuple[tuple[MentionSpan, ...], ...]:
    """The mentions that speak of one thing, for every thing mentioned twice or more: each chain
    in reading order, chains by their first mention."""
    model = shipped()
    seen = mentions(parse, model.nouns)
    return Linker(seen, model.weights).chains()


class Model:
    """What was learned: weights of features, and what common nouns mostly speak of."""

    def __init__(self, weights: Weights, nouns: Nouns) -> None:
        self.weights, self.nouns = weights, nouns

    @classmethod
    def read(cls, path: Path) -> Model:
        """Reads a model's JSON file; raises DataError where it is none."""
        try:
            found = json.loads(path.read_text(encoding="utf8"))
            return cls(found["weights"], found["nouns"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DataError(str(path), "not a model of who is who") from error


@cache
def shipped() -> Model:
    """The model in this package."""
    return Model.read(SHIPPED)


class Chain:
    """What is known so far of one thing."""

    def __init__(self, first: Seen) -> None:
        self.members: list[Seen] = []
        self.pronouns: set[str] = set()
        self.named = False
        self.lemmas: set[str] = set()
        self.add(first)

    def add(self, one: Seen) -> None:
        self.members.append(one)
        self.named = self.named or one.kind == "name"
        if one.kind == "pronoun":
            self.pronouns.add(one.group)
        else:
            self.lemmas.add(one.head)


class Linker:
    """Joins the mentions of one report."""

    def __init__(self, seen: Sequence[Seen], weights: Weights) -> None:
        self.seen, self._weights = seen, weights
        self.chain_of: list[Chain] = []

    def chains(self) -> tuple[tuple[MentionSpan, ...], ...]:
        """The chains by the learned weights."""
        index = Index()
        for at, one in enumerate(self.seen):
            best, best_score = -1, self._score(alone(one)) - ready(one)
            for candidate in index.candidates(one):
                score = self._score(pair(self.seen[candidate], one, self.chain_of[candidate]))
                if score > best_score:
                    best, best_score = candidate, score
            self.join(at, best)
            index.add(at, one)
        found: dict[int, Chain] = {id(c): c for c in self.chain_of if len(c.members) > 1}
        return tuple(tuple(m.span for m in chain.members) for chain in found.values())

    def join(self, at: int, to: int) -> None:
        """Puts mention ``at`` into the chain of mention ``to``, or into a new one where -1."""
        if to < 0:
            self.chain_of.append(Chain(self.seen[at]))
        else:
            self.chain_of[to].add(self.seen[at])
            self.chain_of.append(self.chain_of[to])

    def _score(self, features: Iterator[str]) -> float:
        weights = self._weights
        return sum(weights.get(feature, 0.0) for feature in features)


def ready(one: Seen) -> float:
    """How much is taken from the score of going back to nothing: more for *its* and *their*, which
    never stand for nothing as *it* does in *it rains*."""
    return READINESS_OF_POSSESSORS if one.kind == "pronoun" and one.role == "possessor" \
        else READINESS


class Index:
    """Finds the earlier mentions worth looking at."""

    def __init__(self) -> None:
        self._by_word: dict[str, list[int]] = {}
        self._earlier: list[tuple[int, Seen]] = []

    def add(self, at: int, one: Seen) -> None:
        self._earlier.append((at, one))
        for key in one.keys:
            self._by_word.setdefault(key, []).append(at)

    def candidates(self, one: Seen) -> list[int]:
        """Positions, nearest first: the near ones, and the last with a word in common."""
        found: list[int] = []
        reach = PERSONAL_REACH if one.group in FIRST_OR_SECOND else NEAR
        for at, other in reversed(self._earlier):
            if one.sentence - other.sentence > reach or len(found) == NEAREST:
                break
            if not _within(one, other) and other.type not in NEVER.get(one.group, ()):
                found.append(at)
        alike = {at for key in one.keys for at in self._by_word.get(key, [])[-3:]}
        return found + sorted(alike.difference(found), reverse=True)


def _within(one: Seen, other: Seen) -> bool:
    """Whether one of two mentions lies in the other; such a pair is never joined."""
    return one.sentence == other.sentence and (
        other.start <= one.start < other.end or one.start <= other.start < one.end)


def alone(one: Seen) -> Iterator[str]:
    """The features of a mention that goes back to nothing."""
    kind = one.label
    yield f"{_NO_ONE}|{kind}"
    yield f"{_NO_ONE}|{kind}|{one.role}"
    yield f"{_NO_ONE}|{kind}|{one.type}"
    yield f"{_NO_ONE}|{kind}|modified {one.modified}"
    yield f"{_NO_ONE}|{kind}|first {min(one.sentence, 2)}"
    yield f"{_NO_ONE}|{kind}|often {one.often}"
    if one.kind == "noun":
        yield f"{_NO_ONE}|{one.article}|{one.head}"
    if one.kind == "pronoun":
        yield f"{_NO_ONE}|{one.head}|{one.role}"


def pair(old: Seen, new: Seen, chain: Chain) -> Iterator[str]:
    """The features of a mention and an earlier one, whose chain is ``chain``."""
    kinds = f"{old.kind}>{new.label}"
    gap = new.sentence - old.sentence
    distance = f"{min(gap, 4) if gap < 6 else 6 if gap < 15 else 15}"
    yield kinds
    yield f"{new.label}|gap {distance}"
    yield f"{kinds}|nearby {min(new.order - old.order, 12) if gap < 2 else 13}"
    yield f"{kinds}|types {old.type} {new.type}"
    yield f"{kinds}|number {old.number} {new.number}"
    yield f"{new.label}|roles {old.role} {new.role} {gap if gap < 2 else 2}"
    yield f"{new.kind}|long {min(len(chain.members), 5)} {chain.named}"
    yield f"{new.label}|article {old.article}"
    yield f"{new.label}|modified {old.modified} {new.modified}"
    if new.kind == "pronoun":
        yield from _to_pronoun(old, new, chain, gap)
    else:
        yield from _to_words(old, new, chain, kinds, distance)
    if old.sentence == new.sentence:
        yield f"{new.label}|same clause {old.governor == new.governor}"
        if old.appositive == new.word or new.appositive == old.word:
            yield "apposition"
        if new.predicate_of == old.word:
            yield "predicate"


def _to_pronoun(old: Seen, new: Seen, chain: Chain, gap: int) -> Iterator[str]:
    yield f"{new.group}|type {old.type}"
    yield f"{new.group}|{old.kind}|number {old.number}|{old.type}"
    yield f"{new.group}|old {old.group}"
    yield f"{new.group}|quoted {old.quoted}{new.quoted}|{old.group}"
    yield f"{new.group}|gap {min(gap, 4)}"
    yield f"{new.group}|role {old.role}|{min(gap, 2)}"
    if old.kind == "pronoun":
        yield f"same pronoun {old.group == new.group}|{new.group}"
    elif old.kind == "noun":
        yield f"{new.group}|noun {old.head}"
    for group in ("he", "she", "it", "they"):
        if group in chain.pronouns:
            yield f"{new.group}|chain {group}"


def _to_words(old: Seen, new: Seen, chain: Chain, kinds: str, distance: str) -> Iterator[str]:
    same = old.head == new.head
    yield f"{kinds}|head {same}|{new.article}"
    yield f"{kinds}|chain head {new.head in chain.lemmas}"
    if old.kind == "pronoun":
        yield f"{new.label}|from {old.group}|{new.type}"
        return
    if same:
        yield f"{kinds}|head|gap {distance}"
        yield f"{kinds}|head|number {old.number == new.number}"
        yield f"{kinds}|head|{new.type}"
        yield f"{kinds}|head|{new.article} {old.article}|modified {new.modified} {old.modified}"
        yield f"{kinds}|head|often {new.often}"
        yield f"{kinds}|head|plain {not new.qualifiers} {not old.qualifiers}"
        clash = "same" if old.qualifiers == new.qualifiers else \
            "fewer" if new.qualifiers < old.qualifiers else \
            "more" if new.qualifiers > old.qualifiers else "other"
        yield f"{kinds}|head|qualifiers {clash}"
        yield f"{kinds}|head|qualifiers {clash}|{new.article}"
    else:
        yield f"{new.label}|heads {old.head} {new.head}"
    shared = old.names & new.names
    if old.names and new.names:
        inside = "equal" if old.names == new.names else \
            "part" if shared in (old.names, new.names) else "some" if shared else "none"
        yield f"{kinds}|names {inside}"
        yield f"{kinds}|names {inside}|head {same}|{old.type} {new.type}"
    if old.text == new.text:
        yield f"{kinds}|text"
        yield f"{kinds}|text|{new.article}"
    if (old.initials and old.initials == new.text) or (
            new.initials and new.initials == old.text):
        yield "initials"
