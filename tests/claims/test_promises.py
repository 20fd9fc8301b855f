"""Who is to keep a promise, on hand-made trees."""

from __future__ import annotations

import pytest

from tests.claims.trees import sentence
from whoholds.claims.promises import promiser
from whoholds.claims.trees import Tree

SOUGHT = """
1 Karsia Karsia PROPN _ 2 nsubj
2 seeks seek VERB VerbForm=Fin 0 root
3 {noun} NOUN Number=Plur 2 obj
4 from {mark} ADP _ 5 case
5 Moldonia Moldonia PROPN _ {giver}
6 that that SCONJ _ 8 mark
7 it it PRON _ 8 nsubj
8 waits wait VERB VerbForm=Fin 3 acl
9 if if SCONJ _ 11 mark
10 {inner} PRON _ 11 nsubj
11 comes come VERB VerbForm=Fin 8 advcl
"""


@pytest.mark.parametrize("giver", ["3 nmod", "2 obl"])
@pytest.mark.parametrize("pronoun", [6, 9])
def test_it_is_who_gives_the_word(giver: str, pronoun: int) -> None:
    tree = Tree(sentence(SOUGHT.format(noun="assurances assurance", giver=giver, mark="from",
                                       inner="it it")))
    assert promiser(tree, pronoun) == 4


@pytest.mark.parametrize(("changed", "pronoun"), [
    ({"noun": "reports report"}, 6), ({"mark": "for"}, 6), ({"inner": "he he"}, 9)])
def test_other_pronouns_are_left_to_nearness(changed: dict[str, str], pronoun: int) -> None:
    filled = {"noun": "assurances assurance", "giver": "3 nmod", "mark": "from",
              "inner": "it it"} | changed
    assert promiser(Tree(sentence(SOUGHT.format(**filled))), pronoun) is None
