"""Slips in phrases: what a preposition marks hangs where it belongs."""

from __future__ import annotations

from tests.claims.test_slips import relations


def test_as_far_as_is_one_preposition() -> None:
    found = relations("""
1 Rebels rebel NOUN _ 2 nsubj
2 got get VERB VerbForm=Fin 0 root
3 as as ADV _ 4 advmod
4 far far ADV _ 2 advmod
5 as as ADP _ 6 case
6 Norwick Norwick PROPN _ 4 obl
""")
    assert found["Norwick"] == ("got", "obl")
    assert found["as"][1] == "fixed"
    assert found["far"] == ("as", "fixed")


def test_close_to_counts() -> None:
    found = relations("""
1 Rebels rebel NOUN _ 2 nsubj
2 hold hold VERB VerbForm=Fin 0 root
3 close close ADJ _ 2 xcomp
4 to to ADP _ 6 case
5 forty forty NUM _ 6 nummod
6 villages village NOUN Number=Plur 2 obl
""")
    assert found["villages"] == ("hold", "obj")
    assert found["close"] == ("villages", "advmod")


def test_by_behind_a_verb_in_the_active_belongs_to_the_noun() -> None:
    found = relations("""
1 Officers officer NOUN _ 2 nsubj
2 described describe VERB VerbForm=Fin 0 root
3 the the DET _ 4 det
4 siege siege NOUN _ 2 obj
5 of of ADP _ 6 case
6 Norwick Norwick PROPN _ 4 nmod
7 by by ADP _ 8 case
8 rebels rebel NOUN _ 2 obl
""")
    assert found["rebels"] == ("siege", "nmod")


def test_by_behind_a_passive_stays() -> None:
    found = relations("""
1 The the DET _ 2 det
2 town town NOUN _ 6 nsubj:pass
3 of of ADP _ 4 case
4 Norwick Norwick PROPN _ 2 nmod
5 was be AUX _ 6 aux:pass
6 taken take VERB VerbForm=Part 0 root
7 by by ADP _ 8 case
8 rebels rebel NOUN _ 6 obl
""")
    assert found["rebels"] == ("taken", "obl")
