"""Slips in clauses: the words go where they belong, and right trees stay as they are."""

from __future__ import annotations

from tests.claims.trees import sentence
from whoholds.claims.slips import mended_words


def relations(conllu: str) -> dict[str, tuple[str, str]]:
    words = mended_words(sentence(conllu).words)
    return {w.form: (words[w.head].form if w.head >= 0 else "", w.deprel) for w in words}


def test_what_goes_on_behind_a_report_is_what_is_reported() -> None:
    found = relations("""
1 Norwick Norwick PROPN _ 2 nsubj
2 fell fall VERB VerbForm=Fin 5 ccomp
3 , , PUNCT _ 2 punct
4 officers officer NOUN _ 5 nsubj
5 predict predict VERB VerbForm=Fin 0 root
6 , , PUNCT _ 9 punct
7 and and CCONJ _ 9 cc
8 could could AUX VerbForm=Fin 9 aux
9 burn burn VERB VerbForm=Inf 5 conj
""")
    assert found["burn"] == ("fell", "conj")


def test_what_the_sayer_adds_stays_the_sayers() -> None:
    found = relations("""
1 Norwick Norwick PROPN _ 2 nsubj
2 fell fall VERB VerbForm=Fin 5 ccomp
3 , , PUNCT _ 2 punct
4 officers officer NOUN _ 5 nsubj
5 said say VERB VerbForm=Fin 0 root
6 , , PUNCT _ 8 punct
7 and and CCONJ _ 8 cc
8 added add VERB VerbForm=Fin 5 conj
""")
    assert found["added"] == ("said", "conj")


def test_an_infinitive_goes_on_from_the_verb_above() -> None:
    found = relations("""
1 They they PRON _ 2 nsubj
2 plan plan VERB VerbForm=Fin 0 root
3 to to PART _ 4 mark
4 cross cross VERB VerbForm=Inf 2 xcomp
5 the the DET _ 6 det
6 river river NOUN _ 4 obj
7 and and CCONJ _ 8 cc
8 march march VERB VerbForm=Inf 6 conj
9 on on ADP _ 10 case
10 Norwick Norwick PROPN _ 8 nmod
""")
    assert found["march"] == ("cross", "conj")
    assert found["Norwick"] == ("march", "obl")


def test_who_has_a_place_surrounded() -> None:
    found = relations("""
1 The the DET _ 2 det
2 army army NOUN _ 5 nsubj
3 has have AUX VerbForm=Fin 5 aux
4 Norwick Norwick PROPN _ 5 nsubj
5 surrounded surround VERB Tense=Past|VerbForm=Part 0 root
""")
    assert found["Norwick"] == ("surrounded", "obj")
    assert found["army"] == ("surrounded", "nsubj")
