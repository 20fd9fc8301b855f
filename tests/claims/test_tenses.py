"""Tense and aspect from auxiliaries and forms."""

from __future__ import annotations

import pytest

from tests.claims.trees import sentence
from whoholds.claims.clauses import Tree
from whoholds.claims.tenses import Tense, has_going_to, tense_of

AUX = {"have": "Fin", "has": "Fin", "had": "Fin", "is": "Fin", "are": "Fin", "were": "Fin",
       "was": "Fin", "will": "Fin", "may": "Fin", "would": "Fin", "did": "Fin", "does": "Fin",
       "having": "Ger", "being": "Ger", "be": "Inf", "been": "Part", "'ll": "Fin", "wo": "Fin"}


def clause(text: str, feats: str, deprel: str = "root") -> Tree:
    """*Rebels* and the words of ``text``; the last is the verb, the others its helpers."""
    words = ["Rebels", *text.split()]
    verb = len(words)
    rows = [f"1 Rebels rebel NOUN _ {verb} nsubj"]
    for at, form in enumerate(words[1:-1], 2):
        relation, upos = ("mark", "PART") if form == "to" else ("aux", "AUX")
        rows.append(f"{at} {form} {form} {upos} VerbForm={AUX.get(form, 'Fin')} {verb} {relation}")
    rows.append(f"{verb} {words[-1]} take VERB {feats} 0 {deprel}")
    return Tree(sentence("\n".join(rows)))


@pytest.mark.parametrize(("text", "feats", "tense"), [
    ("took", "Tense=Past|VerbForm=Fin", "past"),
    ("take", "Tense=Pres|VerbForm=Fin", "present"),
    ("take", "VerbForm=Inf", "present"),          # a headline; the tagger saw no tense
    ("have taken", "Tense=Past|VerbForm=Part", "perfect"),
    ("had taken", "Tense=Past|VerbForm=Part", "past"),
    ("having taken", "Tense=Past|VerbForm=Part", "perfect participle"),
    ("are taking", "Tense=Pres|VerbForm=Part", "progressive"),
    ("were taking", "Tense=Pres|VerbForm=Part", "past"),
    ("are being taken", "Tense=Past|VerbForm=Part", "progressive"),
    ("will take", "VerbForm=Inf", "future"),
    ("'ll take", "VerbForm=Inf", "future"),
    ("wo take", "VerbForm=Inf", "future"),
    ("may take", "VerbForm=Inf", "modal"),
    ("may have taken", "Tense=Past|VerbForm=Part", "past"),
    ("would take", "VerbForm=Inf", "modal"),
    ("did take", "VerbForm=Inf", "past"),
    ("does take", "VerbForm=Inf", "present"),
    ("to take", "VerbForm=Inf", "infinitive"),
    ("to have taken", "Tense=Past|VerbForm=Part", "past"),
    ("taking", "VerbForm=Ger", "gerund"),
])
def test_tense(text: str, feats: str, tense: Tense) -> None:
    tree = clause(text, feats)
    assert tense_of(tree, len(tree.words) - 1) == tense


def test_a_noun_has_no_tense() -> None:
    assert tense_of(clause("took", "Tense=Past|VerbForm=Fin"), 0) == "none"


@pytest.mark.parametrize(("word", "ahead"), [("going", True), ("about", True), ("able", False)])
def test_going_to(word: str, ahead: bool) -> None:
    tree = Tree(sentence(f"""
        1 They they PRON _ 2 nsubj
        2 {word} go VERB _ 0 root
        3 to to PART _ 4 mark
        4 take take VERB VerbForm=Inf 2 xcomp"""))
    assert has_going_to(tree, 3) is ahead
