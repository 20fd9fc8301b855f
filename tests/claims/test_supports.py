"""Light verbs and the nouns they lean on, on hand-made trees."""

from __future__ import annotations

import pytest

from tests.claims.trees import sentence
from whoholds.claims.clauses import Tree
from whoholds.claims.operators import operators
from whoholds.claims.supports import (
    paired,
    pictured,
    refused,
    short_of,
    supported,
    term_given,
)


def tree(rows: str) -> Tree:
    return Tree(sentence(rows))


@pytest.mark.parametrize(("noun", "verb", "kind"), [
    ("orders", "gave", "order"), ("plans", "made", "intention"), ("food", "gave", None),
])
def test_the_object_of_a_light_verb_decides(noun: str, verb: str, kind: str | None) -> None:
    lemma = {"gave": "give", "made": "make"}[verb]
    read = tree(f"""
        1 They they PRON _ 2 nsubj
        2 {verb} {lemma} VERB Tense=Past|VerbForm=Fin 0 root
        3 {noun} {noun.removesuffix("s")} NOUN _ 2 obj
        4 to to PART _ 5 mark
        5 leave leave VERB VerbForm=Inf 2 advcl""")
    assert supported(read, operators(), 1, 4) == kind


def test_a_verb_and_its_object_as_a_pair() -> None:
    read = tree("""
        1 set set VERB _ 0 root
        2 date date NOUN _ 1 obj
        3 for for ADP _ 4 case
        4 assault assault NOUN _ 2 nmod""")
    assert paired(read, operators(), 1) == "intention"
    assert paired(read, operators(), 3) is None


def test_a_term_that_is_given() -> None:
    read = tree("""
        1 have have VERB _ 0 root
        2 days day NOUN _ 1 obj
        3 to to PART _ 4 mark
        4 leave leave VERB VerbForm=Inf 2 acl""")
    assert term_given(read, operators(), 1)


@pytest.mark.parametrize(("verb", "kind"), [("came", "negative"), ("are", "near")])
def test_so_near_and_not_so(verb: str, kind: str) -> None:
    lemma = {"came": "come", "are": "be"}[verb]
    read = tree(f"""
        1 {verb} {lemma} VERB Tense={"Past" if verb == "came" else "Pres"} 0 root
        2 within within ADP _ 3 case
        3 inches inch NOUN _ 1 obl
        4 of of SCONJ _ 5 mark
        5 winning win VERB VerbForm=Ger 3 acl""")
    assert short_of(read, operators(), 2, 4) == kind


def test_a_refused_invitation() -> None:
    read = tree("""
        1 refused refuse VERB _ 0 root
        2 invitation invitation NOUN _ 1 obj""")
    assert refused(read, 1)
    assert not refused(read, 0)


def test_what_is_pictured() -> None:
    read = tree("""
        1 envisages envisage VERB _ 0 root
        2 them they PRON _ 1 obj
        3 winning win VERB VerbForm=Ger 2 acl""")
    assert pictured(read, operators(), 1, 2)
