"""Where what is told happened, by how the sentence names it: lists, pairs, garrisons."""

from __future__ import annotations

from whoholds.claims.frames import Match
from whoholds.claims.mentions import MentionReader, PlaceReading
from whoholds.claims.trees import Tree

# forces that are called by where they are
GARRISONS = frozenset({"garrison", "defender", "occupant"})


def garrisoned(tree: Tree, match: Match) -> bool:
    """Whether those told of are called by where they are: *the garrison*."""
    return any(tree.lemma(h) in GARRISONS for _, filled in match.fillers for h in filled.heads)


def listed(tree: Tree, reader: MentionReader, near: PlaceReading | None) -> list[PlaceReading]:
    """The other names of the list that a place around begins: *attacks in A and B*."""
    if near is None or near.mention.form != "name":
        return []
    return [r for k in tree.conjuncts(near.head) if k > near.head
            for r in reader.places(k) if r.mention.form == "name"]


def paired(tree: Tree, reading: PlaceReading) -> bool:
    """Whether a phrase goes back to two places told before: *both towns*, *the two villages*."""
    mention = reading.mention
    return mention.plural and mention.container is None and (mention.quantifier == "both" or (
        any(tree.lemma(k) == "two" for k in tree.kids(reading.head, "nummod"))
        and any(tree.lemma(k) == "the" for k in tree.kids(reading.head, "det"))))


def modified(tree: Tree, head: int) -> bool:
    """Whether a phrase has words of its own besides a possessive pronoun: *the centre*, not
    *its centre*."""
    return any(tree.rel(k) != "nmod:poss" or tree.word(k).upos != "PRON"
               for k in tree.kids(head, "det", "amod", "nummod", "nmod", "compound"))


__all__ = ["garrisoned", "listed", "modified", "paired"]
