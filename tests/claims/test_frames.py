"""Frames: the type of an argument decides the kind; support constructions swallow their noun."""

from __future__ import annotations

import pytest

from tests.claims.trees import sentence
from whoholds.claims.codebook import load_codebook
from whoholds.claims.frames import Match, Matcher, chosen, once
from whoholds.claims.propositions import propositions
from whoholds.claims.trees import Tree

BOOK = load_codebook()


def matched(conllu: str) -> list[Match]:
    tree = Tree(sentence(conllu))
    matcher = Matcher(tree, BOOK)
    return chosen([m for p in propositions(tree) for m in matcher.matches(p)])


def taking(what: str, lemma: str) -> str:
    return f"""
1 Rebels rebel NOUN Number=Plur 2 nsubj
2 captured capture VERB Tense=Past|VerbForm=Fin 0 root
3 the the DET _ 4 det
4 {what} {lemma} NOUN Number=Plur 2 obj
"""


@pytest.mark.parametrize(("what", "lemma", "kind"), [
    ("towns", "town", "gain"), ("helicopters", "helicopter", "seize"),
    ("soldiers", "soldier", "detain"), ("airbase", "airbase", "gain")])
def test_the_object_decides(what: str, lemma: str, kind: str) -> None:
    assert [m.frame.kind for m in matched(taking(what, lemma))] == [kind]


@pytest.mark.parametrize("what", ["imagination", "mood", "share"])
def test_other_objects_say_nothing(what: str) -> None:
    assert matched(taking(what, what)) == []


def test_mixed_objects_give_both_kinds() -> None:
    found = matched("""
1 Rebels rebel NOUN Number=Plur 2 nsubj
2 captured capture VERB Tense=Past|VerbForm=Fin 0 root
3 the the DET _ 4 det
4 town town NOUN Number=Sing 2 obj
5 and and CCONJ _ 7 cc
6 two two NUM _ 7 nummod
7 tanks tank NOUN Number=Plur 4 conj
""")
    assert {m.frame.kind for m in found} == {"gain", "seize"}


def test_the_noun_of_a_support_verb_does_not_stand_alone() -> None:
    found = matched("""
# name = 5 LOC
1 Rebels rebel NOUN Number=Plur 2 nsubj
2 took take VERB Tense=Past|VerbForm=Fin 0 root
3 control control NOUN _ 2 obj
4 of of ADP _ 5 case
5 Norwick Norwick PROPN _ 3 nmod
""")
    assert [m.frame.kind for m in found] == ["gain"]


def test_possessor_may_be_place_or_actor() -> None:
    fall = """
# name = 1 LOC
1 Norwick Norwick PROPN _ 3 nmod:poss
2 ’s 's PART _ 1 case
3 fall fall NOUN _ 0 root
4 to to ADP _ 5 case
5 rebels rebel NOUN Number=Plur 3 nmod
"""
    (one,) = matched(fall)
    place, actor = one.filled("place"), one.filled("actor")
    assert place is not None
    assert actor is not None
    assert (place.heads, actor.heads) == ((0,), (4,))


@pytest.mark.parametrize(("by", "kinds"), [("", ["enter"]), (
    "5 by by ADP _ 6 case\n6 tourists tourist NOUN Number=Plur 4 obl:agent\n", [])])
def test_frames_for_what_nobody_is_said_to_do(by: str, kinds: list[str]) -> None:
    found = matched(f"""
# name = 1 LOC
1 Norwick Norwick PROPN _ 4 nsubj:pass
2 has have AUX VerbForm=Fin 4 aux
3 been be AUX _ 4 aux:pass
4 entered enter VERB VerbForm=Part 0 root
{by}""")
    assert [m.frame.kind for m in found] == kinds


@pytest.mark.parametrize(("to", "again"), [
    ("them they PRON", False), ("rebels rebel NOUN", False), ("raiders raider NOUN", True)])
def test_the_third_town_to_fall_to_them_is_told_once(to: str, again: bool) -> None:
    tree = Tree(sentence(f"""
# name = 3 LOC
1 Rebels rebel NOUN Number=Plur 2 nsubj
2 took take VERB Tense=Past|VerbForm=Fin 0 root
3 Norwick Norwick PROPN Number=Sing 2 obj
4 , , PUNCT _ 7 punct
5 the the DET _ 7 det
6 third third ADJ NumType=Ord 7 amod
7 town town NOUN Number=Sing 3 appos
8 to to PART _ 9 mark
9 fall fall VERB VerbForm=Inf 7 acl
10 to to ADP _ 11 case
11 {to} Number=Plur 9 obl
"""))
    matcher = Matcher(tree, BOOK)
    found = chosen([m for p in propositions(tree) for m in matcher.matches(p)])
    assert [m.proposition.head for m in found] == [1, 8]
    assert [m.proposition.head for m in once(tree, found)] == ([1, 8] if again else [1])
