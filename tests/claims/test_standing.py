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
