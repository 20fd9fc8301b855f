"""The verb said once for two: who holds what in the pairs behind it."""

from __future__ import annotations

import pytest

from tests.claims.test_whereabouts import claims
from tests.claims.trees import sentence
from whoholds.claims.gapping import gapped_clauses

HELD = """
1 Rebels rebel NOUN Number=Plur 2 nsubj
2 hold hold VERB VerbForm=Fin 0 root
3 the the DET _ 4 det
4 port port NOUN Number=Sing 2 obj
5 , , PUNCT _ 7 punct
6 the the DET _ 7 det
7 army army NOUN Number=Sing 4 conj
8 the the DET _ 9 det
9 {form} {form} NOUN Number=Sing 7 appos
{more}"""


@pytest.mark.parametrize(("form", "more", "gap"), [
    ("airfield", "", True),
    ("airfield", "10 says say VERB VerbForm=Fin 2 conj\n", False),     # a clause of its own
    ("day", "", False)])                                               # when, not what
def test_pairs_hang_on_the_verb(form: str, more: str, gap: bool) -> None:
    words = list(sentence(HELD.format(form=form, more=more)).words)
    gapped_clauses(words)
    assert (words[6].head, words[6].deprel) == ((1, "conj") if gap else (3, "conj"))
    assert (words[8].head, words[8].deprel) == ((6, "orphan") if gap else (6, "appos"))


@pytest.mark.parametrize(("text", "want"), [
    ("Zarn fighters hold the north of Norwick, the National Guard the south, and the UN the "
     "airport.", {("Zarn fighters", "Norwick"), ("National Guard", "Norwick"), ("UN", "airport")}),
    ("Government troops appeared to hold the mill and the rebels the airstrip.",
     {("Government troops", "mill"), ("rebels", "airstrip")}),
    ("The army holds the port, the airfield and the mill.",
     {("army", "port"), ("army", "airfield"), ("army", "mill")})])
def test_who_holds_what_in_each_pair(text: str, want: set[tuple[str, str]]) -> None:
    found = {(c.actor.text if c.actor else "", "" if c.place is None else
              c.place.antecedent.of(text) if c.place.antecedent else c.place.text)
             for c in claims(text, "hold")}
    assert found == want
