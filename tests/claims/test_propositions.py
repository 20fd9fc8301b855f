"""Propositions from hand-made trees: each construction undone to predicate and roles."""

from __future__ import annotations

from tests.claims.trees import sentence
from whoholds.claims.propositions import Proposition, propositions
from whoholds.claims.trees import Tree


def read(conllu: str) -> tuple[Tree, tuple[Proposition, ...]]:
    tree = Tree(sentence(conllu))
    return tree, propositions(tree)


def roles(conllu: str, *name: str, shape: str | None = None) -> dict[str, str]:
    """First role of each argument of the proposition called so, and the argument's form."""
    tree, found = read(conllu)
    one = next(p for p in found if p.name == name and shape in (None, p.shape))
    result: dict[str, str] = {}
    for argument in one.arguments:
        result.setdefault(argument.roles[0], tree.word(argument.head).form)
    return result


PASSIVE = """
1 Norwick Norwick PROPN Number=Sing 3 nsubj:pass
2 was be AUX _ 3 aux:pass
3 captured capture VERB Tense=Past|VerbForm=Part 0 root
4 by by ADP _ 6 case
5 the the DET _ 6 det
6 rebels rebel NOUN Number=Plur 3 obl:agent
7 on on ADP _ 8 case
8 Monday Monday PROPN _ 3 obl
"""


def test_passive_is_turned() -> None:
    assert roles(PASSIVE, "capture") == {"patient": "Norwick", "agent": "rebels", "on": "Monday"}


def test_headline_without_auxiliary() -> None:
    found = roles("""
1 Norwick Norwick PROPN _ 2 nsubj
2 captured capture VERB Tense=Past|VerbForm=Part 0 root
3 by by ADP _ 4 case
4 rebels rebel NOUN Number=Plur 2 obl
""", "capture")
    assert found == {"patient": "Norwick", "agent": "rebels"}


def test_relative_clause_is_filled() -> None:
    found = roles("""
1 The the DET _ 2 det
2 town town NOUN Number=Sing 10 nsubj
3 , , PUNCT _ 7 punct
4 which which PRON PronType=Rel 7 obj
5 the the DET _ 6 det
6 rebels rebel NOUN Number=Plur 7 nsubj
7 captured capture VERB Tense=Past|VerbForm=Fin 2 acl:relcl
8 , , PUNCT _ 2 punct
9 is be AUX _ 10 cop
10 quiet quiet ADJ _ 0 root
""", "capture")
    assert found == {"agent": "rebels", "patient": "town"}


def test_relative_clause_without_pronoun() -> None:
    found = roles("""
1 The the DET _ 2 det
2 town town NOUN Number=Sing 0 root
3 rebels rebel NOUN Number=Plur 4 nsubj
4 hold hold VERB Tense=Pres|VerbForm=Fin 2 acl:relcl
""", "hold")
    assert found == {"agent": "rebels", "patient": "town"}


def test_participle_shares_the_subject() -> None:
    conllu = """
1 The the DET _ 2 det
2 rebels rebel NOUN Number=Plur 3 nsubj
3 moved move VERB Tense=Past|VerbForm=Fin 0 root
4 in in ADV _ 3 compound:prt
5 , , PUNCT _ 6 punct
6 capturing capture VERB Tense=Pres|VerbForm=Part 3 advcl
7 Norwick Norwick PROPN _ 6 obj
"""
    assert roles(conllu, "capture") == {"agent": "rebels", "patient": "Norwick"}
    assert roles(conllu, "move in")["agent"] == "rebels"


def test_control_gives_the_subject_on() -> None:
    found = roles("""
1 Rebels rebel NOUN Number=Plur 2 nsubj
2 failed fail VERB Tense=Past|VerbForm=Fin 0 root
3 to to PART _ 4 mark
4 take take VERB VerbForm=Inf 2 xcomp
5 Norwick Norwick PROPN _ 4 obj
""", "take")
    assert found == {"agent": "Rebels", "patient": "Norwick"}


def test_object_control() -> None:
    found = roles("""
1 He he PRON _ 2 nsubj
2 ordered order VERB Tense=Past|VerbForm=Fin 0 root
3 troops troops NOUN Number=Plur 2 obj
4 to to PART _ 5 mark
5 take take VERB VerbForm=Inf 2 xcomp
6 Norwick Norwick PROPN _ 5 obj
""", "take")
    assert found == {"agent": "troops", "patient": "Norwick"}


def test_plans_belong_to_those_who_have_them() -> None:
    found = roles("""
1 They they PRON Number=Plur 2 nsubj
2 have have VERB Tense=Pres|VerbForm=Fin 0 root
3 plans plan NOUN Number=Plur 2 obj
4 to to PART _ 5 mark
5 take take VERB VerbForm=Inf 3 acl
6 Norwick Norwick PROPN _ 5 obj
""", "take")
    assert found["agent"] == "They"


def test_support_verb_and_noun_are_one_predicate() -> None:
    conllu = """
1 Rebels rebel NOUN Number=Plur 2 nsubj
2 took take VERB Tense=Past|VerbForm=Fin 0 root
3 control control NOUN _ 2 obj
4 of of ADP _ 5 case
5 Norwick Norwick PROPN _ 3 nmod
"""
    assert roles(conllu, "take", "control") == {"agent": "Rebels", "of": "Norwick"}
    _, found = read(conllu)
    assert next(p for p in found if p.name == ("take", "control")).inner == 2


def test_verb_case_and_noun() -> None:
    found = roles("""
1 Norwick Norwick PROPN _ 2 nsubj
2 fell fall VERB Tense=Past|VerbForm=Fin 0 root
3 into into ADP _ 5 case
4 rebel rebel NOUN _ 5 compound
5 hands hand NOUN Number=Plur 2 obl
""", "fall", "into", "hand")
    assert found["owner"] == "rebel"
    assert found["agent"] == "Norwick"


def test_nominalisation() -> None:
    conllu = """
1 The the DET _ 2 det
2 rebels rebel NOUN Number=Plur 4 nmod:poss
3 ’ 's PART _ 2 case
4 capture capture NOUN _ 0 root
5 of of ADP _ 6 case
6 Norwick Norwick PROPN _ 4 nmod
"""
    assert roles(conllu, "capture", shape="noun") == {"agent": "rebels", "patient": "Norwick"}


def test_locative_copula() -> None:
    conllu = """
1 Norwick Norwick PROPN _ 5 nsubj
2 is be AUX _ 5 cop
3 in in ADP _ 5 case
4 rebel rebel NOUN _ 5 compound
5 hands hand NOUN Number=Plur 0 root
"""
    assert roles(conllu, "be", "in", "hand") == {"agent": "Norwick", "owner": "rebel"}
    assert roles(conllu, "be") == {"agent": "Norwick", "in": "hands"}


def test_phrase_after_a_noun() -> None:
    found = roles("""
1 towns town NOUN Number=Plur 0 root
2 under under ADP _ 4 case
3 rebel rebel NOUN _ 4 compound
4 control control NOUN _ 1 nmod
""", "be", "under", "control", shape="modifier")
    assert found == {"agent": "towns", "owner": "rebel"}


def test_participle_before_its_noun() -> None:
    conllu = """
1 Rebel rebel NOUN _ 3 compound
2 - - PUNCT _ 1 punct
3 held hold VERB Tense=Past|VerbForm=Part 4 amod
4 Norwick Norwick PROPN _ 0 root
"""
    assert roles(conllu, "hold", shape="attribute") == {"agent": "Rebel", "patient": "Norwick"}


def test_existential() -> None:
    found = roles("""
1 There there PRON _ 2 expl
2 was be VERB Tense=Past|VerbForm=Fin 0 root
3 fighting fighting NOUN _ 2 nsubj
4 in in ADP _ 5 case
5 Norwick Norwick PROPN _ 2 obl
""", "fighting", "be")
    assert found == {"in": "Norwick"}


def test_coordinated_verbs_share_subject_and_object() -> None:
    conllu = """
1 Rebels rebel NOUN Number=Plur 2 nsubj
2 surrounded surround VERB Tense=Past|VerbForm=Fin 0 root
3 and and CCONJ _ 4 cc
4 captured capture VERB Tense=Past|VerbForm=Fin 2 conj
5 Norwick Norwick PROPN _ 4 obj
"""
    assert roles(conllu, "surround") == {"agent": "Rebels", "patient": "Norwick"}
    assert roles(conllu, "capture") == {"agent": "Rebels", "patient": "Norwick"}


def test_passive_support_construction() -> None:
    found = roles("""
1 Control control NOUN _ 5 nsubj:pass
2 of of ADP _ 3 case
3 Norwick Norwick PROPN _ 1 nmod
4 was be AUX _ 5 aux:pass
5 seized seize VERB Tense=Past|VerbForm=Part 0 root
6 by by ADP _ 7 case
7 rebels rebel NOUN Number=Plur 5 obl:agent
""", "seize", "control")
    assert found == {"agent": "rebels", "of": "Norwick"}


def test_adjective_complement_changes_the_verb() -> None:
    _, found = read("""
1 The the DET _ 2 det
2 city city NOUN _ 3 nsubj
3 fell fall VERB Tense=Past|VerbForm=Fin 0 root
4 silent silent ADJ _ 3 xcomp
""")
    assert ("fall",) not in [p.name for p in found]
    assert ("fall", "silent") in [p.name for p in found]
