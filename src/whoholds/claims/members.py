"""Places that a phrase lists or names beside its noun: members, appositions, owners."""

from __future__ import annotations

from typing import Protocol

from whoholds.claims.nouns import Nouns
from whoholds.claims.trees import Tree

# kinds of place that another place beside them does not name: *the port, Norwick district*
OF_THEIR_OWN = frozenset({"settlement", "admin", "facility", "crossing", "route"})
CALLED = frozenset({"call", "name", "dub"})
# of which there is one to each place: *the capitals of A and B* are two
ONE_EACH = frozenset({"capital"})


class Names(Protocol):
    """What is asked of the reader of a sentence's mentions."""

    tree: Tree
    nouns: Nouns

    def named(self, index: int) -> bool: ...

    def facility_name(self, head: int) -> bool: ...

    def each_named(self, head: int) -> list[int]: ...


def members(reader: Names, head: int) -> list[int]:
    """Names listed in apposition to a plural, or after *including*."""
    tree = reader.tree
    if tree.word(head).feat("Number") != "Plur":
        return []
    found: list[int] = []
    nearby = [*tree.kids(head, "nmod", "appos", "acl", "advcl", "obl", "dep", "parataxis")]
    for above in tree.ancestors(head):
        nearby += [k for k in tree.kids(above, "obl", "advcl", "nmod") if k > head]
        if tree.word(above).upos == "VERB":
            break
    for k in nearby:
        lists = tree.lemma(k) in ("include", "including")
        if tree.rel(k) == "appos" or tree.case(k) in ("including", "include", "such as", "like",
                                                      "namely", "among"):
            found.extend(_listed(reader, k))
        elif lists:
            for inner in tree.kids(k, "obj", "obl", "nmod"):
                found.extend(_listed(reader, inner))
    return sorted(set(found))


def apposed(reader: Names, head: int) -> list[int]:
    """Names beside a noun, in apposition or simply after it (*the birthplace N*, *the last nest, N
    province*)."""
    tree = reader.tree
    beside = [k for k in tree.kids(head, "appos", "flat", "nmod", "nmod:desc")
              if k > head and not tree.case(k)]
    names = [k for k in beside if reader.named(k)]
    if names or OF_THEIR_OWN & reader.nouns.of_lemma(tree.lemma(head)):
        return names
    return [k for k in beside if tree.rel(k) == "appos" and reader.facility_name(k)]


def called(reader: Names, head: int) -> list[int]:
    """The name that a participle gives a noun: *a town called N*."""
    tree = reader.tree
    return [n for k in tree.kids(head, "acl") if tree.lemma(k) in CALLED
            for n in tree.kids(k, "xcomp", "obj", "obl") if reader.named(n) and not tree.case(n)]


def owners(reader: Names, head: int) -> list[int]:
    """The places of a list of which each has its own: *the capitals of A and B provinces*."""
    tree = reader.tree
    if tree.lemma(head) not in ONE_EACH:
        return []
    for k in tree.kids(head, "nmod"):
        if k > head and tree.case(k) == "of":
            named = reader.each_named(k)
            if not named and tree.word(k).upos == "NOUN":
                named = [n for i in tree.kids(k, "nmod") if tree.case(i) == "of"
                         for n in tree.conjuncts(i) if reader.named(n)]
            return named or [n for n in tree.conjuncts(k) if reader.named(n)]
    return []


def _listed(reader: Names, first: int) -> list[int]:
    tree = reader.tree
    found = []
    for k in tree.conjuncts(first):
        beside = [n for n in apposed(reader, k) if reader.named(n)]
        if reader.named(k):
            found.append(k)
        elif beside:
            found.append(beside[0])
        elif tree.kids(k, "compound"):
            named = [a for a in tree.kids(k, "compound") if reader.named(a)]
            found.extend(named[:1])
    return found


__all__ = ["apposed", "called", "members", "owners"]
