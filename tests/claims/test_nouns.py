"""Types of words: what a name or a noun may be."""

from __future__ import annotations

import pytest

from tests.claims.trees import sentence
from whoholds.claims.codebook import FOLDER
from whoholds.claims.nouns import SURE, load_nouns
from whoholds.claims.trees import Tree

NOUNS = load_nouns(FOLDER / "nouns.yaml")


@pytest.mark.parametrize(("row", "types"), [
    ("1 Boers Boer PROPN Number=Plur 2 nsubj", {"actor", "armed"}),
    ("# name = 1 NORP\n1 Zambians Zambian PROPN Number=Plur 2 nsubj", {"actor", "people"}),
    ("1 nobody nobody PRON _ 2 nsubj", {"people"}),
    ("1 sub-prefect sub-prefect NOUN Number=Sing 2 nsubj", {"title", "person"}),
    ("1 dissidents dissident NOUN Number=Plur 2 nsubj", {"actor", "armed"}),
    ("# name = 1 LOC\n1 Norwick Norwick PROPN Number=Sing 2 nsubj", {"named", "place"})])
def test_sure_types(row: str, types: set[str]) -> None:
    tree = Tree(sentence(f"{row}\n2 left leave VERB VerbForm=Fin 0 root\n"))
    found = NOUNS.typed(tree, 0)
    assert types <= {t for t, strength in found.items() if strength == SURE}


def test_men_of_a_named_general_are_forces() -> None:
    tree = Tree(sentence("""
# name = 1 PER
1 Stuart Stuart PROPN _ 3 nmod:poss
2 's 's PART _ 1 case
3 men man NOUN Number=Plur 4 nsubj
4 left leave VERB VerbForm=Fin 0 root
"""))
    assert NOUNS.typed(tree, 2)["forces"] == SURE
