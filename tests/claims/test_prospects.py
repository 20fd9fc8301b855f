"""Clauses in the present that plans, days to come and tales make no facts, on hand-made trees."""

from __future__ import annotations

import pytest

from tests.claims.trees import sentence
from whoholds.claims.clauses import Tree
from whoholds.claims.operators import operators
from whoholds.claims.prospects import awaiting, better, day_awaited, imagined, lies_ahead


def tree(rows: str) -> Tree:
    return Tree(sentence(rows))


@pytest.mark.parametrize(("verb", "tense", "day", "ahead"), [
    ("leave", "Pres", "tomorrow", True), ("left", "Past", "tomorrow", False),
    ("leave", "Pres", "today", False),
])
def test_a_present_with_a_day_to_come_lies_ahead(verb: str, tense: str, day: str,
                                                 ahead: bool) -> None:
    read = tree(f"""
        1 Rebels rebel NOUN _ 2 nsubj
        2 {verb} leave VERB Tense={tense}|VerbForm=Fin 0 root
        3 {day} {day} NOUN _ 2 obl:unmarked""")
    assert lies_ahead(read, operators(), 1) == ahead


def test_the_next_day_is_told_of_the_past() -> None:
    read = tree("""
        1 its its PRON _ 2 nmod:poss
        2 surrender surrender NOUN _ 0 root
        3 next next ADJ _ 4 amod
        4 day day NOUN _ 2 nmod:unmarked""")
    assert not lies_ahead(read, operators(), 1)


def test_what_a_plan_says_lies_ahead() -> None:
    read = tree("""
        1 Under under ADP _ 2 case
        2 plan plan NOUN _ 4 obl
        3 rebels rebel NOUN _ 4 nsubj
        4 leave leave VERB Tense=Pres|VerbForm=Fin 0 root""")
    assert lies_ahead(read, operators(), 3)


def test_had_better() -> None:
    read = tree("""
        1 They they PRON _ 2 nsubj
        2 had have AUX _ 0 root
        3 better well ADV _ 4 advmod
        4 leave leave VERB VerbForm=Inf 2 xcomp""")
    assert better(read, 3)
    assert not better(read, 1)


def test_what_waits_for_something() -> None:
    read = tree("""
        1 They they PRON _ 2 nsubj
        2 attack attack VERB Tense=Pres|VerbForm=Fin 0 root
        3 once once SCONJ _ 5 mark
        4 snow snow NOUN _ 5 nsubj
        5 melts melt VERB Tense=Pres|VerbForm=Fin 2 advcl""")
    assert awaiting(read, operators(), 1)
    assert not awaiting(read, operators(), 4)


def test_the_worst_of_the_scenarios_is_imagined() -> None:
    read = tree("""
        1 In in ADP _ 2 case
        2 worst bad ADJ _ 6 obl
        3 of of ADP _ 4 case
        4 scenarios scenario NOUN _ 2 nmod
        5 rebels rebel NOUN _ 6 nsubj
        6 win win VERB Tense=Pres|VerbForm=Fin 0 root""")
    assert imagined(read, operators(), 5)


def test_the_day_they_enter() -> None:
    read = tree("""
        1 dreads dread VERB _ 0 root
        2 the the DET _ 3 det
        3 day day NOUN _ 1 obj
        4 they they PRON _ 5 nsubj
        5 enter enter VERB Tense=Pres|VerbForm=Fin 3 acl:relcl""")
    assert day_awaited(read, 2, 4) == "forecast"
