"""Predicates that the parser lost: they are found again, and right trees stay as they are."""

from __future__ import annotations

import pytest

from tests.claims.trees import sentence
from whoholds.claims.slips import mended_words


def relations(conllu: str) -> dict[str, tuple[str, str]]:
    words = mended_words(sentence(conllu).words)
    return {w.form: (words[w.head].form if w.head >= 0 else "", w.deprel) for w in words}


LOOMS = """
1 The the DET _ 2 det
2 loss loss NOUN Number=Sing 0 root
3 of of ADP _ 5 case
4 port port NOUN Number=Sing 5 compound
5 {last} {last} NOUN Number=Plur 2 nmod
6 . . PUNCT _ 2 punct
"""


def test_a_sentence_without_a_verb_finds_it_behind_a_compound() -> None:
    found = relations(LOOMS.format(last="looms"))
    assert (found["looms"], found["loss"]) == (("", "root"), ("looms", "nsubj"))
    assert found["port"] == ("loss", "nmod")
    assert found["of"] == ("port", "case")
    assert relations(LOOMS.format(last="gates"))["loss"] == ("", "root")


def test_a_sentence_with_a_verb_keeps_its_nouns() -> None:
    found = relations("""
1 Weavers weaver NOUN Number=Plur 2 nsubj
2 lost lose VERB Tense=Past|VerbForm=Fin 0 root
3 sales sale NOUN Number=Plur 2 obj
4 of of ADP _ 6 case
5 power power NOUN Number=Sing 6 compound
6 looms loom NOUN Number=Plur 3 nmod
""")
    assert found["looms"] == ("sales", "nmod")


AFTER = """
1 Fires fire NOUN Number=Plur 2 nsubj
2 raged rage VERB Tense=Past|VerbForm=Fin 0 root
3 {mark} {mark} SCONJ _ 4 mark
4 shelling shell NOUN Number=Sing 2 advcl
5 by by ADP _ 6 case
6 rebels rebel NOUN Number=Plur 4 {what}
"""


def test_a_noun_that_has_nothing_of_a_clause_is_none() -> None:
    words = mended_words(sentence(AFTER.format(mark="after", what="obl")).words)
    assert (words[3].deprel, words[3].lemma) == ("obl", "shelling")
    assert (words[2].deprel, words[2].upos) == ("case", "ADP")
    assert words[5].deprel == "nmod"
    assert relations(AFTER.format(mark="because", what="obl"))["shelling"] == ("raged", "advcl")
    assert relations(AFTER.format(mark="after", what="nsubj"))["shelling"] == ("raged", "advcl")


CALLED = """
1 Elders elder NOUN Number=Plur 2 nsubj
2 called call VERB Tense=Past|VerbForm=Fin 0 root
3 reports report NOUN Number=Plur 2 obj
4 that that SCONJ _ 7 mark
5 Norwick Norwick PROPN _ 7 nsubj:pass
6 was be AUX VerbForm=Fin 7 aux:pass
7 {verb} VERB Tense=Past|VerbForm=Part 3 acl
8 lies lie NOUN Number=Plur 7 obj
"""


@pytest.mark.parametrize(("verb", "above"), [("taken take", "called"), ("given give", "given")])
def test_what_a_passive_cannot_have_is_what_it_was_called(verb: str, above: str) -> None:
    assert relations(CALLED.format(verb=verb))["lies"][0] == above


WITH = """
1 With with SCONJ _ 4 mark
2 victory victory NOUN Number=Sing 8 {what}
3 a a DET _ 4 det
4 certainty certainty NOUN Number=Sing 8 advcl
5 , , PUNCT _ 4 punct
6 the the DET _ 7 det
7 men man NOUN Number=Plur 8 nsubj
8 cheered cheer VERB Tense=Past|VerbForm=Fin 0 root
"""


@pytest.mark.parametrize("what", ["nsubj", "obl"])
def test_what_stands_behind_with_is_what_it_is_said_of(what: str) -> None:
    assert relations(WITH.format(what=what))["victory"] == ("certainty", "nsubj")


SAYING = """
1 A a DET _ 2 det
2 letter letter NOUN Number=Sing 0 root
3 {said} 2 acl
4 {subject} 6 nsubj
5 had have AUX VerbForm=Fin 6 aux
6 fled flee VERB Tense=Past|VerbForm=Part 2 acl:relcl
7 Norwick Norwick PROPN _ 6 obj
"""


def test_what_a_letter_says_stands_right_behind_it() -> None:
    rebels, who = "rebels rebel NOUN Number=Plur", "who who PRON PronType=Rel"
    saying, dated = "saying say VERB VerbForm=Ger", "dated date VERB VerbForm=Part"
    assert relations(SAYING.format(said=saying, subject=rebels))["fled"] == ("saying", "ccomp")
    assert relations(SAYING.format(said=saying, subject=who))["fled"] == ("letter", "acl:relcl")
    assert relations(SAYING.format(said=dated, subject=rebels))["fled"] == ("letter", "acl:relcl")


ASKED = """
1 It it PRON _ 3 expl
2 is be AUX VerbForm=Fin 3 cop
3 unclear unclear ADJ _ 0 root
4 {first} 5 nsubj
5 holds hold VERB Tense=Pres|VerbForm=Fin 3 csubj
6 Norwick Norwick PROPN _ 5 obj
7 , , PUNCT _ 11 punct
8 {joint} {joint} CCONJ _ 11 cc
9 rebels rebel NOUN Number=Plur 11 nsubj
10 have have AUX VerbForm=Fin 11 aux
11 fled flee VERB Tense=Past|VerbForm=Part 5 conj
"""


def test_what_asks_nothing_is_no_part_of_a_question() -> None:
    who, men = "who who PRON PronType=Int", "men man NOUN Number=Plur"
    assert relations(ASKED.format(first=who, joint="but"))["fled"] == ("unclear", "conj")
    assert relations(ASKED.format(first=who, joint="or"))["fled"] == ("holds", "conj")
    assert relations(ASKED.format(first=men, joint="but"))["fled"] == ("holds", "conj")


MIGHT = """
1 Closures closure NOUN Number=Plur 3 obj
2 might might AUX VerbForm=Fin 3 aux
3 follow follow VERB VerbForm=Inf 0 root
4 {last} 3 {what}
"""


def test_what_stands_before_a_verb_without_a_subject_is_its_subject() -> None:
    soon, they = "soon soon ADV _", "they they PRON _"
    assert relations(MIGHT.format(last=soon, what="advmod"))["Closures"] == ("follow", "nsubj")
    assert relations(MIGHT.format(last=they, what="nsubj"))["Closures"] == ("follow", "obj")


THERE = """
1 Officials official NOUN Number=Plur 2 nsubj
2 said say VERB Tense=Past|VerbForm=Fin 0 root
3 there there PRON _ 5 expl
4 had have AUX _ 5 aux
5 been be VERB VerbForm=Part 2 ccomp
6 no no DET _ 7 det
7 fighting {lemma} {upos} _ {head} {rel}
"""


@pytest.mark.parametrize(("lemma", "upos"), [("fighting", "NOUN"), ("fight", "VERB")])
def test_what_there_was_is_no_clause_beside_the_verb(lemma: str, upos: str) -> None:
    read = relations(THERE.format(lemma=lemma, upos=upos, head=2, rel="ccomp"))
    assert read["fighting"] == ("been", "nsubj")
    right = relations(THERE.format(lemma="fighting", upos="NOUN", head=5, rel="nsubj"))
    assert right["fighting"] == ("been", "nsubj")


PACT = """
1 A a DET _ 2 det
2 pact pact NOUN _ 0 root
3 between between ADP _ 4 case
4 rebels rebel NOUN _ 2 nmod
5 and and CCONJ _ 6 cc
6 Norland Norland PROPN _ 4 conj
7 {comma} , PUNCT _ 8 punct
8 signed sign VERB VerbForm=Part {head} acl
"""


@pytest.mark.parametrize(("comma", "head"), [(",", 4), (",", 6), (",", 2)])
def test_what_is_signed_is_the_pact_and_no_party(comma: str, head: int) -> None:
    assert relations(PACT.format(comma=comma, head=head))["signed"] == ("pact", "acl")


def test_without_a_comma_it_may_be_the_party() -> None:
    assert relations(PACT.format(comma="units", head=6))["signed"] == ("Norland", "acl")
