"""Who is asked to do what, and which clauses a verb takes."""

from __future__ import annotations

from tests.claims.trees import sentence
from whoholds.claims.complements import asked, complements, reflexive
from whoholds.claims.trees import Tree

CALLED = """
1 Rebels rebel NOUN _ 2 nsubj
2 called call VERB _ 0 root
3 on on ADP _ 5 case
4 the the DET _ 5 det
5 army army NOUN _ 2 obl
6 to to PART _ 7 mark
7 leave leave VERB _ 2 advcl
"""
DEMANDED = """
1 Rebels rebel NOUN _ 2 nsubj
2 demanded demand VERB _ 0 root
3 that that SCONJ _ 6 mark
4 the the DET _ 5 det
5 army army NOUN _ 6 nsubj
6 {form} leave VERB _ 2 ccomp
"""
GAVE_UP = """
1 They they PRON _ 2 nsubj
2 gave give VERB _ 0 root
3 themselves they PRON _ 2 obj
4 up up ADP _ 2 compound:prt
"""


def test_who_is_called_on_is_to_do_it() -> None:
    assert asked(Tree(sentence(CALLED)), 6) == 4


def test_who_only_leaves_is_asked_nothing() -> None:
    assert asked(Tree(sentence(CALLED.replace("call VERB", "come VERB").replace(
        "called", "came"))), 6) is None


def test_wished_and_told_clauses_differ() -> None:
    assert complements(Tree(sentence(DEMANDED.format(form="leave"))), 1) == [(5, "should")]
    assert complements(Tree(sentence(DEMANDED.format(form="left"))), 1) == [(5, "that")]


def test_infinitives() -> None:
    assert complements(Tree(sentence(CALLED)), 1) == [(6, "to")]


def test_reflexives() -> None:
    tree = Tree(sentence(GAVE_UP))
    assert reflexive(tree, 2)
    assert not reflexive(tree, 0)
