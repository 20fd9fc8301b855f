"""Where what is told happened, by how the sentence names it: lists, pairs, garrisons."""

from __future__ import annotations

from whoholds.claims.frames import Match
from whoholds.claims.mentions import MentionReader, PlaceReading
from whoholds.claims.trees import Tree

# forces that are called by where they are
GARRISONS = frozenset({"garrison", "defender", "occupant"})

# forces that are in a country, not in a town of it
ABROAD = frozenset({"foreign", "international", "coalition", "allied", "multinational",
                    "multi-national"})


def foreign(tree: Tree, match: Match) -> bool:
    """Whether those who leave are a country's foreign troops, or *they* are in a sentence that
    speaks of such: they leave the country."""
    actor = match.filled("actor")
    for head in actor.heads if actor is not None else ():
        before = range(head) if tree.word(head).upos == "PRON" else (head,)
        if any(tree.lemma(k) in ABROAD for w in before for k in tree.kids(w, "amod", "compound")):
            return True
    return False


def garrisoned(tree: Tree, match: Match) -> bool:
    """Whether those told of are called by where they are: *the garrison*."""
    return any(tree.lemma(h) in GARRISONS for _, filled in match.fillers for h in filled.heads)


def listed(tree: Tree, reader: MentionReader, near: PlaceReading | None) -> list[PlaceReading]:
    """The other names of the list that a place around begins: *attacks in A and B*, *in the towns
    of A and B*."""
    if near is None or near.mention.form != "name":
        return []
    return [r for k in tree.conjuncts(near.head) if k >= near.head
            for r in reader.places(k) if r.mention.form == "name"
            and r.mention.span.start > near.mention.span.start]


def paired(tree: Tree, reading: PlaceReading) -> bool:
    """Whether a phrase goes back to two places told before: *both towns*, *the two villages*."""
    mention = reading.mention
    return mention.plural and mention.container is None and (mention.quantifier == "both" or (
        any(tree.lemma(k) == "two" for k in tree.kids(reading.head, "nummod"))
        and any(tree.lemma(k) == "the" for k in tree.kids(reading.head, "det"))))


def beside_the_matter(tree: Tree, index: int, head: int) -> bool:
    """Whether a phrase below ``head`` only describes something else: in brackets, or in an
    apposition (*Norwick, the largest city in the region*)."""
    above = tree.word(index).head
    if above >= 0 and above != head and tree.rel(above) == "appos":
        return True
    opened = 0
    for word in tree.words[min(head, index):max(head, index)]:
        opened += (word.form == "(") - (word.form == ")")
    return opened > 0 if index > head else opened < 0


def modified(tree: Tree, head: int) -> bool:
    """Whether a phrase has words of its own besides a possessive pronoun: *the centre*, not
    *its centre*."""
    return any(tree.rel(k) != "nmod:poss" or tree.word(k).upos != "PRON"
               for k in tree.kids(head, "det", "amod", "nummod", "nmod", "compound"))


__all__ = ["beside_the_matter", "foreign", "garrisoned", "listed", "modified", "paired"]
