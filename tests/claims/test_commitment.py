"""Commitment: operators on hand-made trees, a table of sentences, broken trees."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.trees import sentence
from whoholds.claims.commitment import Commitment3, commitment
from whoholds.claims.repairs import mended
from whoholds.core import Report, Sentence, Span, Word
from whoholds.language import Reader

TABLE = Path(__file__).with_name("commitment_sentences.txt")
# Shares of the table that the shipped reader must keep: 0.98 right when the floor was set, and one
# sentence in 398 misread as a fact (a wrong parse); that error has its own bound.
RIGHT_FLOOR = 0.95
FALSE_FACTS = 0.01


def of(conllu: str, form: str) -> Commitment3:
    read = sentence(conllu)
    at = next(w.index for w in read.words if w.form == form)
    return commitment(read, at)


def test_plain_clause_is_actual() -> None:
    found = of("""
        1 Rebels rebel NOUN _ 2 nsubj
        2 took take VERB Tense=Past|VerbForm=Fin 0 root
        3 Mira Mira PROPN _ 2 obj""", "took")
    assert found == Commitment3("affirmed", "actual", (), None)


@pytest.mark.parametrize(("verb", "lemma", "polarity", "modality"), [
    ("failed", "fail", "denied", "actual"),
    ("managed", "manage", "affirmed", "actual"),
    ("refused", "refuse", "denied", "actual"),
    ("planned", "plan", "affirmed", "planned"),
    ("vowed", "vow", "affirmed", "promised"),
    ("tried", "try", "affirmed", "possible"),
    ("threatened", "threaten", "affirmed", "planned"),
    ("hoped", "hope", "affirmed", "planned"),
])
def test_governor_of_an_infinitive_decides(verb: str, lemma: str, polarity: str,
                                           modality: str) -> None:
    found = of(f"""
        1 Rebels rebel NOUN _ 2 nsubj
        2 {verb} {lemma} VERB Tense=Past|VerbForm=Fin 0 root
        3 to to PART _ 4 mark
        4 take take VERB VerbForm=Inf 2 xcomp
        5 Mira Mira PROPN _ 4 obj""", "take")
    assert (found.polarity, found.modality) == (polarity, modality)


@pytest.mark.parametrize(("verb", "lemma", "polarity", "modality"), [
    ("fail", "fail", "affirmed", "actual"),
    ("manage", "manage", "denied", "actual"),
    ("plan", "plan", "denied", "planned"),
    ("try", "try", "denied", "actual"),
    ("refuse", "refuse", "affirmed", "possible"),
])
def test_denied_governor_turns_two_way_implicatives_round(verb: str, lemma: str, polarity: str,
                                                          modality: str) -> None:
    found = of(f"""
        1 Rebels rebel NOUN _ 4 nsubj
        2 did do AUX Tense=Past|VerbForm=Fin 4 aux
        3 not not PART _ 4 advmod
        4 {verb} {lemma} VERB VerbForm=Inf 0 root
        5 to to PART _ 6 mark
        6 take take VERB VerbForm=Inf 4 xcomp
        7 Mira Mira PROPN _ 6 obj""", "take")
    assert (found.polarity, found.modality) == (polarity, modality)


def test_speech_starts_afresh_and_names_its_cue() -> None:
    found = of("""
        1 He he PRON _ 3 nsubj
        2 may may AUX VerbForm=Fin 3 aux
        3 leave leave VERB VerbForm=Inf 0 root
        4 , , PUNCT _ 5 punct
        5 saying say VERB VerbForm=Part 3 advcl
        6 Mira Mira PROPN _ 7 nsubj
        7 fell fall VERB Tense=Past|VerbForm=Fin 5 ccomp""", "fell")
    assert found.embedded_under == 4
    assert found.polarity == "affirmed"


def test_shared_modal_reaches_the_bare_conjunct_only() -> None:
    conllu = """
        1 Mira Mira PROPN _ 4 nsubj:pass
        2 could could AUX VerbForm=Fin 4 aux
        3 be be AUX VerbForm=Inf 4 aux:pass
        4 isolated isolate VERB Tense=Past|VerbForm=Part 0 root
        5 and and CCONJ _ 6 cc
        6 {form} fall VERB {feats} 4 conj"""
    shared = of(conllu.format(form="fall", feats="VerbForm=Inf"), "fall")
    own = of(conllu.format(form="fell", feats="Tense=Past|VerbForm=Fin"), "fell")
    assert (shared.modality, own.modality) == ("possible", "actual")


def test_function_word_stands_for_its_predicate() -> None:
    conllu = """
        1 They they PRON _ 5 nsubj
        2 are be AUX VerbForm=Fin 5 cop
        3 not not PART _ 5 advmod
        4 in in ADP _ 5 case
        5 Mira Mira PROPN _ 0 root"""
    assert of(conllu, "in") == of(conllu, "Mira") == of(conllu, "are")
    assert of(conllu, "in").polarity == "denied"


def test_a_headline_that_asks_tells_nothing_as_a_fact() -> None:
    conllu = """
        1 Norwick Norwick PROPN _ 2 compound
        2 bridge bridge NOUN _ 0 root
        3 blown blow VERB VerbForm=Part 2 acl
        4 {mark} {mark} PUNCT _ 2 punct"""
    assert of(conllu.format(mark="?"), "blown").modality == "possible"
    assert of(conllu.format(mark="."), "blown").modality == "actual"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def test_table_of_sentences(reader: Reader) -> None:
    rows = [[cell.strip() for cell in line.split("|", 2)]
            for line in TABLE.read_text("utf8").splitlines() if not line.startswith("#")]
    wrong, facts = [], 0
    for form, want, text in rows:
        read = mended(reader.parse(Report(text=text, outlet="Outlet"))).sentences
        found = next(commitment(s, w.index) for s in read for w in s.words if w.form == form)
        got = f"{found.polarity} {found.modality}"
        if got != want:
            wrong.append(f"{got}, not {want}: {form} in {text}")
            facts += got == "affirmed actual"
    report = "\n".join(wrong)
    assert len(wrong) <= (1 - RIGHT_FLOOR) * len(rows), report
    assert facts <= FALSE_FACTS * len(rows), report


DEPRELS = ["root", "nsubj", "obj", "obl", "xcomp", "ccomp", "advcl", "acl", "acl:relcl", "conj",
           "mark", "case", "aux", "cop", "advmod", "amod", "nmod", "compound", "parataxis", "punct",
           "det"]
FORMS = ["not", "to", "said", "according", "citing", "officials", ",", "plan", "fall", "if",
         "could", "rebels", "without", "risk", "in", "yet"]


@st.composite
def broken_trees(draw: st.DrawFn) -> Sentence:
    """Any heads at all: cycles, several roots, none."""
    n = draw(st.integers(1, 9))
    words = tuple(Word(i, Span(8 * i, 8 * i + 6), form, form,
                       draw(st.sampled_from(["VERB", "NOUN", "AUX", "ADP", "ADJ", "PART"])), (),
                       draw(st.integers(-1, n - 1)), draw(st.sampled_from(DEPRELS)))
                  for i, form in enumerate(draw(st.lists(st.sampled_from(FORMS), min_size=n,
                                                         max_size=n))))
    return Sentence(Span(0, 8 * n), words, (), 0)


@given(broken_trees())
def test_broken_trees_still_have_an_answer(read: Sentence) -> None:
    for word in read.words:
        found = commitment(read, word.index)
        assert found == commitment(read, word.index)
        assert found.embedded_under is None or 0 <= found.embedded_under < len(read.words)
