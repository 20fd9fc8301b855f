"""What coordinated clauses share, on hand-made trees."""

from __future__ import annotations

from tests.claims.trees import sentence
from whoholds.claims.clauses import Tree
from whoholds.claims.sharing import left_out, set_off, shares, wished


def test_a_bare_infinitive_shares_the_modal() -> None:
    read = Tree(sentence("""
        1 They they PRON _ 3 nsubj
        2 will will AUX VerbForm=Fin 3 aux
        3 enter enter VERB VerbForm=Inf 0 root
        4 and and CCONJ _ 5 cc
        5 burn burn VERB VerbForm=Inf 3 conj"""))
    assert shares(read, 2, 4)


def test_auxiliaries_that_are_not_said_again() -> None:
    read = Tree(sentence("""
        1 Curfew curfew NOUN _ 4 nsubj:pass
        2 will will AUX VerbForm=Fin 4 aux
        3 be be AUX _ 4 aux:pass
        4 lifted lift VERB VerbForm=Part 0 root
        5 and and CCONJ _ 7 cc
        6 harbour harbour NOUN _ 7 nsubj
        7 opened open VERB _ 4 conj"""))
    assert left_out(read, 3, 6)
    assert shares(read, 3, 6)


def test_only_the_first_is_demanded() -> None:
    read = Tree(sentence("""
        1 they they PRON _ 2 nsubj
        2 leave leave VERB _ 0 root
        3 it it PRON _ 5 nsubj
        4 will will AUX VerbForm=Fin 5 aux
        5 wait wait VERB _ 2 conj"""))
    assert wished(read, 1, 4)


def test_a_clause_behind_a_comma_is_no_part_of_what_is_not_clear() -> None:
    """*It is not clear who runs it(,) and it cannot say.*"""
    for comma, own in ((",", True), ("then", False)):
        read = Tree(sentence(f"""
            1 It it PRON _ 3 expl
            2 is be AUX VerbForm=Fin 3 cop
            3 clear clear ADJ _ 0 root
            4 who who PRON _ 5 nsubj
            5 runs run VERB VerbForm=Fin 3 csubj
            6 it it PRON _ 5 obj
            7 {comma} {comma} {"PUNCT _ 11 punct" if own else "ADV _ 5 advmod"}
            8 and and CCONJ _ 11 cc
            9 it it PRON _ 11 nsubj
            10 can can AUX VerbForm=Fin 11 aux
            11 say say VERB VerbForm=Inf 5 conj"""))
        assert set_off(read, 4, 10) is own
