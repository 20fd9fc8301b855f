"""Constructions that decide whether an event happened, on hand-made trees."""

from __future__ import annotations

from tests.claims.trees import sentence
from whoholds.claims.clauses import Tree
from whoholds.claims.constructions import came_to_nothing, governing, term
from whoholds.claims.operators import operators
from whoholds.claims.stances import State

TRIED = """
    1 Rebels rebel NOUN _ 2 nsubj
    2 tried try VERB Tense=Past|VerbForm=Fin 0 root
    3 to to PART _ 4 mark
    4 enter enter VERB VerbForm=Inf 2 xcomp
    5 Mira Mira PROPN _ 4 obj
    6 and and CCONJ _ 7 cc
    7 failed fail VERB Tense=Past|VerbForm=Fin 2 conj"""


def test_an_attempt_whose_second_verb_fails_came_to_nothing() -> None:
    tree = Tree(sentence(TRIED))
    assert came_to_nothing(tree, operators(), 1, 3)
    assert governing(tree, operators(), 1, 3, State()) == "negative"


def test_failed_to_do_something_else_undoes_nothing() -> None:
    tree = Tree(sentence(TRIED + """
    8 leave leave VERB VerbForm=Inf 7 xcomp"""))
    assert not came_to_nothing(tree, operators(), 1, 3)


def test_time_given_for_a_deed_is_a_demand() -> None:
    tree = Tree(sentence("""
        1 He he PRON _ 2 nsubj
        2 gave give VERB Tense=Past|VerbForm=Fin 0 root
        3 them they PRON _ 2 iobj
        4 days day NOUN _ 2 obj
        5 to to PART _ 6 mark
        6 leave leave VERB VerbForm=Inf 2 xcomp"""))
    assert term(tree, operators(), 1, 5)
    assert governing(tree, operators(), 1, 5, State()) == "demand"


SPOKE = """
    1 He he PRON _ 2 nsubj
    2 took take VERB Tense=Past|VerbForm=Fin 0 root
    {radio}
    6 to to PART _ 7 mark
    7 {deed} VERB VerbForm=Inf 2 xcomp
    8 it it PRON _ 7 obj"""
RADIO = """3 to to ADP _ 5 case
    4 the the DET _ 5 det
    5 radio radio NOUN _ 2 obl"""
SOON = """3 a a DET _ 5 advmod
    4 little little ADV _ 5 advmod
    5 longer long ADV _ 2 advmod"""


def test_who_takes_to_the_radio_to_say_it_said_it() -> None:
    def kind(radio: str, deed: str) -> str | None:
        return governing(Tree(sentence(SPOKE.format(radio=radio, deed=deed))), operators(), 1, 6,
                         State())
    assert kind(RADIO, "announce announce") == "implicative"
    assert kind(RADIO, "storm storm") == "intention"
    assert kind(SOON, "announce announce") == "intention"
