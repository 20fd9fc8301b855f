"""What the noun that a verb leans on adds to how firmly the verb is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.claims.trees import sentence
from whoholds.claims.clauses import Tree as Clauses
from whoholds.claims.codebook import load_codebook
from whoholds.claims.commitment import Walk
from whoholds.claims.frames import Match, Matcher, chosen
from whoholds.claims.propositions import propositions
from whoholds.claims.stances import Commitment3
from whoholds.claims.standing import DOUBT_P, _of_noun, standing
from whoholds.claims.trees import Tree
from whoholds.core import Event


@pytest.mark.parametrize(("verb", "stance", "noun", "want"), [
    ("prepare", ("affirmed", "actual"), ("affirmed", "planned"), ("affirmed", "planned")),
    ("make", ("denied", "actual"), ("affirmed", "possible"), ("denied", "actual")),
    ("meet", ("affirmed", "forecast"), ("affirmed", "possible"), ("affirmed", "possible")),
    ("stop", ("affirmed", "possible"), ("affirmed", "actual"), ("affirmed", "actual")),
])
def test_noun_and_verb(verb: str, stance: tuple[str, str], noun: tuple[str, str],
                       want: tuple[str, str]) -> None:
    found = _of_noun(verb, Commitment3(*stance), Commitment3(*noun))  # type: ignore[arg-type]
    assert (found.polarity, found.modality) == want


TOOK = """
# name = 5 LOC
1 Rebels rebel NOUN Number=Plur 2 nsubj
2 took take VERB Tense=Past|VerbForm=Fin 0 root
3 the the DET _ 5 det
4 old old ADJ _ 5 amod
5 Norwick Norwick PROPN Number=Sing 2 obj
"""
BOOK = load_codebook()


def firm(doubts: tuple[float, ...], *events: Event) -> tuple[str, str]:
    read = replace(sentence(TOOK), doubts=doubts, events=events)
    tree = Tree(read)
    matcher = Matcher(tree, BOOK)
    match: Match = chosen([m for p in propositions(tree) for m in matcher.matches(p)])[0]
    found = standing(tree, Walk(Clauses(read)), match)
    return found.polarity, found.modality


def test_what_the_reader_doubts_is_no_fact() -> None:
    low, high = DOUBT_P - 0.1, DOUBT_P + 0.05
    assert firm(()) == ("affirmed", "actual")
    assert firm((high, low, high, high, high)) == ("affirmed", "actual")
    assert firm((low, high, low, low, low)) == ("affirmed", "possible")


ASKED = """
1 Rebels rebel NOUN Number=Plur 2 nsubj
2 insisted insist VERB Tense=Past|VerbForm=Fin 0 root
3 that that SCONJ _ 6 mark
4 it it PRON _ 6 nsubj
5 should should AUX VerbForm=Fin 6 aux
6 withdraw withdraw VERB VerbForm=Inf 2 ccomp
"""


def test_who_asks_for_what_may_not_come_has_asked() -> None:
    read = replace(sentence(ASKED), doubts=(0.0, 0.0, 0.0, 0.0, 0.0, 1.0),
                   events=(Event(5, "withdraw", 0.9),))
    tree = Tree(read)
    found = [m for p in propositions(tree) for m in Matcher(tree, BOOK).matches(p)
             if m.frame.kind == "demand"]
    assert found
    assert standing(tree, Walk(Clauses(read)), found[0]).modality == "actual"


@pytest.mark.parametrize(("negator", "want"), [
    ("not", ("affirmed", "actual")),         # the words say that they did
    ("then", ("denied", "actual"))])
def test_what_was_not_prevented_is_not_doubted(negator: str, want: tuple[str, str]) -> None:
    read = replace(sentence(f"""
1 It it PRON _ 4 nsubj
2 did do AUX VerbForm=Fin 4 aux
3 {negator} {negator} ADV _ 4 advmod
4 stop stop VERB VerbForm=Inf 0 root
5 them they PRON _ 4 obj
6 from from SCONJ _ 7 mark
7 capturing capture VERB VerbForm=Ger 4 advcl
8 Norwick Norwick PROPN Number=Sing 7 obj
"""), doubts=(1.0,) * 8)
    tree = Tree(read)
    match = chosen([m for p in propositions(tree) for m in Matcher(tree, BOOK).matches(p)])[0]
    found = standing(tree, Walk(Clauses(read)), match)
    assert (found.polarity, found.modality) == want


@pytest.mark.parametrize(("met", "found"), [("repelled repel", "actual"),
                                            ("planned plan", "planned"),
                                            ("expected expect", "forecast")])
def test_an_attack_that_was_beaten_back_took_place(met: str, found: str) -> None:
    read = replace(sentence(f"""
# name = 4 LOC
1 Two two NUM _ 2 nummod
2 assaults assault NOUN Number=Plur 6 nsubj:pass
3 on on ADP _ 4 case
4 Norwick Norwick PROPN Number=Sing 2 nmod
5 were be AUX VerbForm=Fin 6 aux:pass
6 {met} VERB Tense=Past|VerbForm=Part 0 root
"""), doubts=(0.9,) * 6)
    tree = Tree(read)
    matcher = Matcher(tree, BOOK)
    match = chosen([m for p in propositions(tree) for m in matcher.matches(p)])[0]
    assert standing(tree, Walk(Clauses(read)), match).modality == found


def test_a_negation_that_the_frame_expects_is_no_reason_for_doubt() -> None:
    for adverb, found in (("never", ("affirmed", "actual")), ("finally", ("denied", "actual"))):
        read = replace(sentence(f"""
# name = 1 LOC
1 Norwick Norwick PROPN Number=Sing 3 nsubj
2 {adverb} {adverb} ADV _ 3 advmod
3 left leave VERB Tense=Past|VerbForm=Fin 0 root
4 government government NOUN _ 5 compound
5 hands hand NOUN Number=Plur 3 obj
"""), doubts=(0.9,) * 5)
        tree = Tree(read)
        matcher = Matcher(tree, BOOK)
        match = chosen([m for p in propositions(tree) for m in matcher.matches(p)])[0]
        stance = standing(tree, Walk(Clauses(read)), match)
        assert (stance.polarity, stance.modality) == found


def test_what_could_be_heard_was_so() -> None:
    read = replace(sentence("""
# name = 6 LOC
1 Shooting shooting NOUN Number=Sing 4 nsubj:pass
2 could could AUX VerbForm=Fin 4 aux
3 be be AUX VerbForm=Inf 4 aux:pass
4 heard hear VERB Tense=Past|VerbForm=Part 0 root
5 in in ADP _ 6 case
6 Norwick Norwick PROPN Number=Sing 4 obl
"""), doubts=(1.0,) * 6)
    tree = Tree(read)
    match = next(m for p in propositions(tree) for m in Matcher(tree, BOOK).matches(p)
                 if m.frame.kind == "clash" and m.proposition.head == 3)
    found = standing(tree, Walk(Clauses(read)), match)
    assert (found.polarity, found.modality) == ("affirmed", "actual")


def test_an_infinitive_is_as_firm_as_what_governs_it() -> None:
    """*The rebels claim to have taken Norwick*, whatever the reader doubts."""
    read = sentence("""
# name = 6 LOC
1 Rebels rebel NOUN Number=Plur 2 nsubj
2 claim claim VERB Tense=Pres|VerbForm=Fin 0 root
3 to to PART _ 5 mark
4 have have AUX VerbForm=Inf 5 aux
5 taken take VERB Tense=Past|VerbForm=Part 2 xcomp
6 Norwick Norwick PROPN Number=Sing 5 obj
""")
    tree = Tree(replace(read, doubts=(1.0,) * 6))
    matcher = Matcher(tree, BOOK)
    match = next(m for p in propositions(tree) for m in matcher.matches(p) if p.head == 4)
    found = standing(tree, Walk(Clauses(read)), match)
    assert (found.polarity, found.modality) == ("affirmed", "actual")
