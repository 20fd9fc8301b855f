"""Slips in phrases: what a preposition marks hangs where it belongs."""

from __future__ import annotations

import pytest

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


def test_what_is_struck_belongs_to_the_strike() -> None:
    found = relations("""
1 Two two NUM _ 2 nsubj:pass
2 died die VERB VerbForm=Fin 0 root
3 in in ADP _ 5 case
4 a a DET _ 5 det
5 strike strike NOUN _ 2 obl
6 on on ADP _ 7 case
7 Norwick Norwick PROPN _ 2 obl
""")
    assert found["Norwick"] == ("strike", "nmod")


def test_round_is_a_preposition() -> None:
    found = relations("""
1 They they PRON _ 2 nsubj
2 closed close VERB VerbForm=Fin 0 root
3 the the DET _ 4 det
4 ring ring NOUN _ 2 obj
5 round round ADV _ 2 advmod
6 Norwick Norwick PROPN _ 2 obj
""")
    assert found["Norwick"] == ("closed", "obl")
    assert found["round"] == ("Norwick", "case")


def test_close_to_is_a_preposition() -> None:
    found = relations("""
1 Shells shell NOUN _ 2 nsubj
2 fell fall VERB VerbForm=Fin 0 root
3 close close ADV _ 2 advmod
4 to to ADP _ 5 case
5 Norwick Norwick PROPN _ 3 obl
""")
    assert found["Norwick"] == ("fell", "obl")
    assert found["close"] == ("Norwick", "case")


def test_no_more_than_counts() -> None:
    found = relations("""
1 No no DET _ 2 advmod
2 more more ADJ _ 6 obj
3 than than ADP _ 5 case
4 two two NUM _ 5 nummod
5 battalions battalion NOUN Number=Plur 2 obl
6 fled flee VERB VerbForm=Fin 0 root
""")
    assert found["battalions"] == ("fled", "nsubj")
    assert found["more"] == ("battalions", "advmod")


def test_three_names_side_by_side_are_a_list() -> None:
    found = relations("""
1 Rebels rebel NOUN _ 2 nsubj
2 took take VERB VerbForm=Fin 0 root
3 Norwick Norwick PROPN _ 2 obj
4 , , PUNCT _ 5 punct
5 Dunholt Dunholt PROPN _ 3 appos
6 and and CCONJ _ 7 cc
7 Kelby Kelby PROPN _ 5 conj
""")
    assert found["Dunholt"] == ("Norwick", "conj")


def test_a_name_and_what_explains_it_are_no_list() -> None:
    found = relations("""
1 Rebels rebel NOUN _ 2 nsubj
2 took take VERB VerbForm=Fin 0 root
3 Norwick Norwick PROPN _ 2 obj
4 , , PUNCT _ 6 punct
5 the the DET _ 6 det
6 capital capital NOUN _ 3 appos
7 , , PUNCT _ 9 punct
8 and and CCONJ _ 9 cc
9 Kelby Kelby PROPN _ 6 conj
""")
    assert found["capital"] == ("Norwick", "appos")


def test_what_and_stands_before_is_no_part_of_the_name() -> None:
    found = relations("""
1 Rebels rebel NOUN _ 2 nsubj
2 took take VERB VerbForm=Fin 0 root
3 Norwick Norwick PROPN _ 2 obj
4 and and CCONJ _ 5 cc
5 Kelby Kelby PROPN _ 3 flat
""")
    assert found["Kelby"] == ("Norwick", "conj")


def test_a_name_beside_a_pronoun_is_taken_with_it() -> None:
    found = relations("""
1 Rebels rebel NOUN _ 2 nsubj
2 took take VERB VerbForm=Fin 0 root
3 it it PRON _ 2 obj
4 and and CCONJ _ 5 cc
5 Kelby Kelby PROPN _ 2 conj
""")
    assert found["Kelby"] == ("it", "conj")


LISTED = """
1 Rebels rebel NOUN _ 2 nsubj
2 took take VERB VerbForm=Fin 0 root
3 control control NOUN _ 2 obj
4 of of ADP _ {of} case
5 Norwick Norwick PROPN Number=Sing {first}
6 , , PUNCT _ 7 punct
7 Dunholt Dunholt PROPN Number=Sing 5 conj
8 and and CCONJ _ 9 cc
9 Tarra Tarra PROPN Number=Sing 10 compound
10 provinces province NOUN Number=Plur {unit}
"""


@pytest.mark.parametrize(("of", "first", "unit"), [
    ("10", "3 nmod", "5 nmod"),            # the plural hung on the first name
    ("10", "3 nmod", "3 nmod"),            # or beside it
])
def test_names_before_a_plural_say_which(of: str, first: str, unit: str) -> None:
    found = relations(LISTED.format(of=of, first=first, unit=unit))
    assert found["provinces"] == ("control", "nmod")
    assert found["of"] == ("provinces", "case")
    assert found["Norwick"] == ("provinces", "compound")
    assert found["Dunholt"] == ("Norwick", "conj")
    assert found["Tarra"] == ("Norwick", "conj")


def test_a_fronted_place_is_no_name_of_the_list() -> None:
    found = relations("""
1 In in ADP _ 2 case
2 Norwick Norwick PROPN Number=Sing 8 obl
3 , , PUNCT _ 2 punct
4 Dunholt Dunholt PROPN Number=Sing 7 compound
5 and and CCONJ _ 6 cc
6 Tarra Tarra PROPN Number=Sing 4 conj
7 districts district NOUN Number=Plur 8 nsubj
8 fell fall VERB VerbForm=Fin 0 root
""")
    assert found["Norwick"] == ("fell", "obl")
    assert found["Dunholt"] == ("districts", "compound")
