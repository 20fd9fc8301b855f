"""Verdicts: what is said of an event or a report, on hand-made trees."""

from __future__ import annotations

import pytest

from tests.claims.trees import sentence
from whoholds.claims.clauses import Tree
from whoholds.claims.operators import operators
from whoholds.claims.verdicts import named_by, verdict, verdict_on_report


def test_a_matter_of_time_is_a_forecast() -> None:
    tree = Tree(sentence("""
        1 Its its PRON _ 2 nmod:poss
        2 fall fall NOUN _ 5 nsubj
        3 is be AUX VerbForm=Fin 5 cop
        4 a a DET _ 5 det
        5 matter matter NOUN _ 0 root
        6 of of ADP _ 7 case
        7 days day NOUN _ 5 nmod"""))
    assert verdict(tree, operators(), 4, 1) == "forecast"


@pytest.mark.parametrize(("form", "upos", "kind"), [
    ("inevitable", "ADJ", "forecast"), ("propaganda", "NOUN", "denial"),
    ("possibility", "NOUN", "possible"), ("threat", "NOUN", None), ("bloody", "ADJ", None)])
def test_linking_verbs_hand_on_what_is_said(form: str, upos: str, kind: str | None) -> None:
    tree = Tree(sentence(f"""
        1 Its its PRON _ 2 nmod:poss
        2 fall fall NOUN _ 3 nsubj
        3 seemed seem VERB Tense=Past|VerbForm=Fin 0 root
        4 {form} {form} {upos} _ 3 xcomp"""))
    assert verdict(tree, operators(), 2, 1) == kind


def test_a_predicate_hung_on_the_report_is_said_of_it() -> None:
    tree = Tree(sentence("""
        1 Claims claim NOUN _ 0 root
        2 that that SCONJ _ 6 mark
        3 Mira Mira PROPN _ 4 nsubj
        4 fell fall VERB Tense=Past|VerbForm=Fin 1 acl
        5 are be AUX VerbForm=Fin 6 cop
        6 false false ADJ _ 1 ccomp"""))
    assert verdict_on_report(tree, operators(), 0, 3) == "denial"
    assert verdict_on_report(tree, operators(), 0, 5) is None


def test_an_event_is_what_its_subject_names() -> None:
    tree = Tree(sentence("""
        1 The the DET _ 2 det
        2 goal goal NOUN _ 5 nsubj
        3 is be AUX VerbForm=Fin 5 cop
        4 its its PRON _ 5 nmod:poss
        5 capture capture NOUN _ 0 root"""))
    assert named_by(tree, operators(), 4) == "intention"
    assert named_by(tree, operators(), 1) is None
