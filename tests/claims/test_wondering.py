"""Clauses that ask who does a thing: nobody is said to do it."""

from __future__ import annotations

import pytest

from tests.claims.trees import sentence
from whoholds.claims.codebook import load_codebook
from whoholds.claims.frames import Match
from whoholds.claims.propositions import propositions
from whoholds.claims.trees import Tree
from whoholds.claims.wondering import wondered

HOLD = next(f for f in load_codebook().frames_for(("hold",)) if f.kind == "hold")


@pytest.mark.parametrize(("tree", "asks"), [
    # who holds Norwick? who holds Norwick.
    ("1 Who who PRON PronType=Int 2 nsubj\n2 holds hold VERB VerbForm=Fin 0 root\n"
     "3 Norwick Norwick PROPN _ 2 obj\n4 ? ? PUNCT _ 2 punct", True),
    ("1 Who who PRON PronType=Int 2 nsubj\n2 holds hold VERB VerbForm=Fin 0 root\n"
     "3 Norwick Norwick PROPN _ 2 obj\n4 . . PUNCT _ 2 punct", False),
    # they forget which side holds Norwick
    ("1 They they PRON _ 2 nsubj\n2 forget forget VERB VerbForm=Fin 0 root\n"
     "3 which which DET PronType=Int 4 det\n4 side side NOUN _ 5 nsubj\n"
     "5 holds hold VERB VerbForm=Fin 2 ccomp\n6 Norwick Norwick PROPN _ 5 obj", True),
    # whoever, the rebels who hold Norwick
    ("1 Whoever whoever PRON _ 4 nsubj\n2 holds hold VERB VerbForm=Fin 1 acl:relcl\n"
     "3 Norwick Norwick PROPN _ 2 obj\n4 wins win VERB VerbForm=Fin 0 root", True),
    ("1 Rebels rebel NOUN _ 0 root\n2 who who PRON PronType=Rel 3 nsubj\n"
     "3 hold hold VERB VerbForm=Fin 1 acl:relcl\n4 Norwick Norwick PROPN _ 3 obj", False),
    # Norwick, which they say holds; a relative pronoun of a clause further down
    ("1 Rebels rebel NOUN _ 0 root\n2 who who PRON PronType=Rel 5 nsubj\n"
     "3 they they PRON _ 4 nsubj\n4 say say VERB VerbForm=Fin 1 acl:relcl\n"
     "5 hold hold VERB VerbForm=Fin 4 ccomp\n6 Norwick Norwick PROPN _ 5 obj", False),
])
def test_who_holds_it_is_what_is_asked(tree: str, asks: bool) -> None:
    read = Tree(sentence(tree))
    told = next(p for p in propositions(read) if p.name == ("hold",))
    assert wondered(read, Match(HOLD, told, ())) is asks
