"""Arguments of verbs: who is to do it, and who is there."""

from __future__ import annotations

import pytest

from tests.claims.test_propositions import roles


@pytest.mark.parametrize(("subject", "agent"), [("buses", "buses"), ("plan", None)])
def test_who_is_to_do_it(subject: str, agent: str | None) -> None:
    found = roles(f"""
1 The the DET _ 2 det
2 {subject} {subject.removesuffix('es')} NOUN _ 5 nsubj:outer
3 is be AUX VerbForm=Fin 5 cop
4 to to PART _ 5 mark
5 take take VERB VerbForm=Inf 0 root
6 Norwick Norwick PROPN _ 5 obj
""", "take")
    assert found.get("agent") == agent


def test_where_somebody_is_not() -> None:
    found = roles("""
1 There there PRON _ 2 expl
2 are be VERB VerbForm=Fin 0 root
3 no no DET _ 4 det
4 rebels rebel NOUN Number=Plur 2 nsubj
5 in in ADP _ 6 case
6 Norwick Norwick PROPN _ 4 nmod
""", "be")
    assert found == {"agent": "rebels", "in": "Norwick"}
