"""Propositions of copulas: whose a place is."""

from __future__ import annotations

import pytest

from tests.claims.test_propositions import roles


@pytest.mark.parametrize("owner", [
    "3 Ruritanian Ruritanian ADJ _ 0 root",
    "3 Rudolf Rudolf PROPN _ 0 root\n4 's 's PART _ 3 case"])
def test_a_place_is_somebodys(owner: str) -> None:
    tree = f"""
1 Norwick Norwick PROPN _ 3 nsubj
2 is be AUX VerbForm=Fin 3 cop
{owner}
"""
    assert roles(tree, "be", "whose")["agent"] == "Norwick"


def test_it_remains_somebodys() -> None:
    tree = """
1 Norwick Norwick PROPN _ 2 nsubj
2 remains remain VERB VerbForm=Fin 0 root
3 Ruritanian Ruritanian ADJ _ 2 xcomp
"""
    assert roles(tree, "be", "whose") == {"agent": "Norwick", "owner": "Ruritanian"}
