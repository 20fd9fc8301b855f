"""Gapping: *the army holds the port, the rebels the airfield*, the verb said once for both.

A parser that was not taught gaps makes the second pair a list or an apposition. Here it becomes
what Universal Dependencies has it be: the subject a conjunct of the verb, the object its orphan.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from whoholds.claims.arcs import attach
from whoholds.claims.arguments import Argument
from whoholds.claims.frames import Filled, Match, Matcher
from whoholds.claims.nouns import SURE
from whoholds.core import Word

JOINTS: frozenset[str] = frozenset({",", ";", "and", "while", "whereas", "but", "or"})
# what the second phrase of a pair begins with, where the first has ended without a joint
OPENING = frozenset({"most", "all", "half", "part", "much", "some", "nearly", "almost", "both",
                     "everything", "several", "two-thirds", "one"})
TIMES = frozenset({"day", "week", "month", "year", "night", "morning", "evening", "afternoon",
                   "hour", "weekend", "time", "moment", "minute", "same", "next", "following"})
INSIDE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "ADP", "PART", "CCONJ"})
NOMINAL = frozenset({"NOUN", "PROPN"})


def gapped_clauses(words: list[Word]) -> None:
    """Hangs the pairs behind a verb and its object on the verb."""
    for what in [w for w in words if w.deprel == "obj" and w.upos in NOMINAL | {"NUM", "ADJ"}]:
        verb = words[what.head]
        if verb.upos != "VERB" or verb.index > what.index:
            continue
        at = what.index + 1
        while (pair := _next_pair(words, at)) is not None:
            joint, subject, thing, at = pair
            attach(words, subject, verb.index, "conj")
            attach(words, thing, subject, "orphan")
            for i in (joint, joint + 1):
                if words[i].upos in ("PUNCT", "CCONJ", "SCONJ"):
                    words[i] = replace(words[i], head=subject)


def _next_pair(words: list[Word], at: int) -> tuple[int, int, int, int] | None:
    """The joint, the heads of the two phrases behind it, and where they end; none past a verb."""
    for i in range(at, len(words)):
        if words[i].upos in ("VERB", "AUX", "PRON", "SCONJ") or words[i].form == ":":
            return None
        if words[i].lemma.lower() in JOINTS and (pair := _pair(words, i)) is not None:
            return i, *pair
    return None


def _pair(words: list[Word], joint: int) -> tuple[int, int, int] | None:
    """Two phrases right behind a joint with nothing between them, up to the end of the clause."""
    first = joint + 1
    if first < len(words) and words[joint].upos == "PUNCT" and words[first].lemma.lower() in JOINTS:
        first += 1
    second = _second(words, first)
    if second is None:
        return None
    end = second
    while end < len(words) and words[end].upos in INSIDE:
        if end > second and words[end].upos == "CCONJ" and _second(words, end + 1) is not None:
            break
        end += 1
    if end < len(words) and words[end].upos != "PUNCT" and words[end].upos != "CCONJ":
        return None
    thing = _headed(words, second, end)
    if thing is None or TIMES & {w.lemma.lower() for w in words[second:thing + 1]}:
        return None
    return second - 1, thing, end


def _second(words: list[Word], first: int) -> int | None:
    """Where a second phrase begins right behind a nominal one that begins at ``first``."""
    at = first
    while at < len(words):
        word = words[at]
        begins = word.upos == "DET" or word.lemma.lower() in OPENING or (
            word.upos == "NUM" and words[at - 1].upos in NOMINAL) or (
            word.upos == "PROPN" and words[at - 1].upos == "NOUN"
            and words[at - 1].feat("Number") == "Plur")
        if begins and at > first and words[at - 1].upos in NOMINAL:
            return at
        if not ((word.upos == "ADJ" or word.upos in NOMINAL) or (word.upos == "DET" and at == first)
                or (word.upos == "PRON" and at == first and word.deprel == "nmod:poss")
                or word.form in ("'s", "’s", "'", "’")):
            return None
        at += 1
    return None


def _headed(words: list[Word], start: int, end: int) -> int | None:
    """The word that heads a phrase: the last before what hangs on it."""
    stop = next((i for i in range(start, end) if words[i].upos in ("ADP", "CCONJ")), end)
    found = words[stop - 1]
    return found.index if stop > start and (
        found.upos in ("NOUN", "PROPN", "ADJ", "NUM") or found.lemma.lower() in OPENING) else None


def shared_verbs(matcher: Matcher, matches: Iterable[Match]) -> Iterator[Match]:
    """Each match of a verb again with the pairs that it is left out of."""
    tree = matcher.tree
    for match in matches:
        actor, place = match.filled("actor"), match.filled("place")
        head = match.proposition.head
        if actor is None or place is None or match.proposition.shape != "verb" \
                or not actor.argument.head < head < place.argument.head:
            continue
        for who in tree.kids(head, "conj"):
            if "actor" not in matcher.types(who):
                continue
            for what in tree.kids(who, "orphan"):
                heads = tuple(h for h in tree.conjuncts(what) if matcher.types(h).get("site"))
                if heads:
                    yield match._replace(fillers=(
                        ("actor", Filled(Argument(("agent",), who), (who,), SURE)),
                        ("place", Filled(Argument(("patient",), what), heads, SURE))))


__all__ = ["gapped_clauses", "shared_verbs"]
