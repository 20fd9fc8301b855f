"""Events told in passing: *seized it after a ten-day offensive*, *fell after a siege of six weeks*.

A bare event noun in a phrase of time or circumstance happened where its clause did, and whoever
took the place had attacked it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from whoholds.claims.arguments import Proposition, noun_arguments
from whoholds.claims.codebook import Codebook, Filler, Frame, Slot
from whoholds.claims.frames import Filled, Match, Matcher
from whoholds.claims.supports import DEFINITE
from whoholds.claims.trees import Tree
from whoholds.core import Kind

# prepositions of what came before a deed or went on with it
WITH = frozenset({"after", "following", "despite", "amid", "during", "in spite of", "under",
                  "thanks to", "in the face of", "through"})
# kinds of a clause that such an event led to, and of the event
LED_TO = frozenset({"gain", "loss", "enter", "surrender"})
EVENTS: tuple[Kind, ...] = ("attack", "strike", "encircle", "clash")
DONE_BY = frozenset({"attack", "strike", "clash"})      # by whoever takes the place
# As of a frame that matches loosely; no measure of its own.
P = 0.6
_SLOTS = (Slot(("where",), "place", ("place",), False),
          Slot(("agent",), "actor", ("actor",), False))


def circumstances(matcher: Matcher, codebook: Codebook, told: Sequence[Match]) -> Iterator[Match]:
    """The events of bare nouns beside the verbs of matches, where no match tells them."""
    tree = matcher.tree
    heads = {m.proposition.head for m in told}
    taken = {(m.frame.kind, w) for m in told for w in m.proposition.words}
    for match in told:
        place = match.filled("place")
        if match.frame.kind not in LED_TO or place is None or match.proposition.shape != "verb":
            continue
        for k in tree.kids(match.proposition.head, "obl"):
            if tree.case(k) not in WITH:
                continue
            noun = matcher.nouns.counted(tree, _measured(tree, k))
            kind = _kind(codebook, tree.lemma(noun))
            if kind is None or noun in heads or (kind, noun) in taken or not _bare(tree, noun):
                continue
            heads.add(noun)
            yield _match(matcher, codebook, match, kind, noun)


def _measured(tree: Tree, noun: int) -> int:
    """*ten days of shelling*: the shelling."""
    inner = [k for k in tree.kids(noun, "nmod") if tree.case(k) == "of"]
    timed = tree.lemma(noun) in ("day", "week", "month", "hour", "night", "year", "wave")
    return inner[0] if timed and inner else noun


def _bare(tree: Tree, noun: int) -> bool:
    """Whether a noun names an event that was not told before and has no place of its own."""
    if any(tree.lemma(k) in DEFINITE for k in tree.kids(noun, "det")) \
            or tree.kids(noun, "nmod:poss"):
        return False
    return all(tree.case(k) == "of" and tree.lemma(k) in ("day", "week", "month", "hour", "night")
               for k in tree.kids(noun, "nmod")) and not tree.kids(noun, "acl")


def _kind(codebook: Codebook, lemma: str) -> Kind | None:
    """The kind of event that a noun tells by itself."""
    kinds = {f.kind for f in codebook.frames_for((lemma,)) if "noun" in f.shapes}
    return next((kind for kind in EVENTS if kind in kinds), None)


def _match(matcher: Matcher, codebook: Codebook, match: Match, kind: Kind, noun: int) -> Match:
    tree = matcher.tree
    lemma = tree.lemma(noun)
    fillers: list[tuple[Filler, Filled]] = []
    names: tuple[Filler, ...] = ("place", "actor")
    for name in names:
        filled = match.filled(name)
        if filled is not None and (name == "place" or (
                kind in DONE_BY and match.frame.kind in ("gain", "enter"))):
            fillers.append((name, filled))
    frame = Frame(kind, f"{lemma} (in passing)", (frozenset({lemma}),), frozenset({"noun"}), _SLOTS,
                  codebook.kinds[kind].state, None, None, P)
    proposition = Proposition((lemma,), "noun", noun, (noun,),
                              tuple(noun_arguments(tree, noun, False)))
    return Match(frame, proposition, tuple(fillers))


__all__ = ["circumstances"]
