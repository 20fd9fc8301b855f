"""Other senses of words that tell of war: *took them by surprise* takes no place.

Which words beside which make another thing of them is data (senses.yaml). Multiword expressions are
told by their parts and the relations between them, whatever stands between (Sag et al. 2002,
"Multiword expressions: a pain in the neck for NLP": *syntactically flexible* expressions).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from whoholds.claims.frames import Match
from whoholds.claims.lexicons import lexicon
from whoholds.claims.trees import Tree, base
from whoholds.claims.verbs import verb_lemma_of
from whoholds.core import DataError

FILE = "senses.yaml"
# words for what a report is set in: *since the war began* tells of no fighting
BACKDROPS = frozenset({"war", "conflict", "hostility"})
SETTING = frozenset({"since", "before", "after", "when", "until", "till"})
BEGINNING = frozenset({"begin", "start", "break", "erupt", "end"})
_NAMING = ("compound", "amod")


@dataclass(frozen=True, slots=True)
class Sense:
    """A word and what all must stand beside it: relation or prepositions, and the lemmas."""

    heads: frozenset[str]
    beside: tuple[tuple[tuple[str, ...], frozenset[str]], ...]


@cache
def senses() -> dict[str, tuple[Sense, ...]]:
    """The constructions of senses.yaml by kind of claim. Raises DataError."""
    return {kind: tuple(_read(line, f"{FILE}: {kind}") for line in lines)
            for kind, lines in lexicon(FILE).items()}


def _read(line: object, where: str) -> Sense:
    """*take|catch by:surprise*, as a Sense. Raises DataError."""
    head, *rest = line.split() if isinstance(line, str) else ("",)
    if not head or ":" in head or not rest:
        raise DataError(where, f"{line!r} is not: words, then what stands beside them")
    beside = []
    for part in rest:
        relation, colon, lemmas = part.partition(":")
        if not relation or (not lemmas and part != "alone") or (colon and not lemmas):
            raise DataError(where, f"{part!r} in {line!r} is not relation:words")
        beside.append((tuple(r.replace("_", " ") for r in relation.split("|")),
                       frozenset(lemmas.split("|"))))
    return Sense(frozenset(head.split("|")), tuple(beside))


def other_sense(tree: Tree, match: Match) -> bool:
    """Whether one of the words of a predicate that seems to tell of an event of the match's kind
    has another sense here."""
    kind = match.frame.kind
    words = {match.proposition.head, *match.proposition.words}
    if kind == "clash" and any(_backdrop(tree, i) for i in words):
        return True
    found = senses().get(kind)
    return found is not None and any(
        not names.isdisjoint(sense.heads) and all(_stands(tree, i, *b) for b in sense.beside)
        for i in words for names in [_names(tree, i)] for sense in found)


def _names(tree: Tree, i: int) -> set[str]:
    word = tree.word(i)
    lemma = verb_lemma_of(word.form, tree.lemma(i)) if word.upos == "VERB" else tree.lemma(i)
    particles = [k for k in (*tree.particle(i), *tree.kids(i, "advmod")) if k == i + 1]
    return {lemma, *(f"{lemma}_{tree.lemma(k)}" for k in particles)}


def _stands(tree: Tree, i: int, relations: tuple[str, ...], lemmas: frozenset[str]) -> bool:
    """Whether a word of those lemmas stands in one of the relations to word ``i``."""
    first = relations[0]
    if first == "alone":
        return not any(tree.rel(k) == "nmod:poss" or (
            tree.rel(k) in _NAMING and tree.word(k).upos == "PROPN") for k in tree.below[i])
    if first == "form":
        return tree.word(i).form.lower() in lemmas
    if first == "head":
        return tree.word(i).head >= 0 and tree.lemma(tree.word(i).head) in lemmas
    if first == "comp":
        return any(tree.lemma(k) in lemmas for k in tree.kids(i, "compound", "amod", "nmod")
                   if k < i)
    if first in ("obj", "bare"):
        return any(_of(tree, k, lemmas) and (first == "obj" or not tree.kids(
            k, "det", "nmod:poss")) for k in tree.kids(i, "obj", "nsubj:pass"))
    if first == "subj":
        doers = (*tree.kids(i, "nsubj", "obl:agent"), *_described(tree, i))
        return any(_of(tree, k, lemmas) for k in doers if tree.rel(k) != "nsubj:pass")
    return any(tree.case(k) in relations and _of(tree, k, lemmas)
               for j in (i, *tree.kids(i, "obj")) for k in tree.kids(j, "obl", "nmod"))


def _described(tree: Tree, i: int) -> list[int]:
    """The noun that a participle tells of (*the storm pounding the coast*)."""
    above = tree.word(i).head
    return [above] if tree.rel(i) == "acl" and tree.word(i).form.lower().endswith("ing") else []


def _of(tree: Tree, k: int, lemmas: frozenset[str]) -> bool:
    """A noun of those lemmas, or a name with one in it (*Hurricane Nora*)."""
    if "*" in lemmas:
        return True
    if "@place" in lemmas:
        name = tree.name_at(k)
        if name is not None and name.type == "LOC":
            return True
    return any(tree.lemma(n) in lemmas or tree.word(n).form.lower() in lemmas
               for c in tree.conjuncts(k)
               for n in (c, *(tree.below[c] if tree.word(c).upos == "PROPN" else ())))


def _backdrop(tree: Tree, i: int) -> bool:
    """*Since the war began*, *before the conflict*: when, and nothing that happened."""
    if tree.lemma(i) not in BACKDROPS:
        return False
    if tree.case(i) in SETTING | {"during", "throughout"}:
        return True
    above = tree.word(i).head
    return base(tree.rel(i)) == "nsubj" and above >= 0 and tree.lemma(above) in BEGINNING \
        and base(tree.rel(above)) == "advcl" and any(
            tree.lemma(m) in SETTING for m in tree.kids(above, "mark", "advmod"))


__all__ = ["Sense", "other_sense", "senses"]
