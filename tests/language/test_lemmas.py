"""Scripts turn forms into lemmas; the lexicon goes first."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.language.lemmas import Lemmatiser, apply_script, script_of

WORDS = st.text(st.characters(categories=("Ll", "Lu"), max_codepoint=0x17F), min_size=1)


@pytest.mark.parametrize(("form", "lemma", "script"), [
    ("took", "take", "l:3:ake"), ("Cities", "city", "l:3:y"), ("Kabul", "Kabul", "k:0:"),
    ("held", "hold", "l:3:old")])
def test_scripts(form: str, lemma: str, script: str) -> None:
    assert script_of(form, lemma) == script
    assert apply_script(form, script) == lemma


@given(WORDS, WORDS)
def test_a_script_undoes_what_it_was_made_from(form: str, lemma: str) -> None:
    if len(form.lower()) == len(form):
        assert apply_script(form, script_of(form, lemma)) == lemma


def test_a_script_that_cuts_too_much_changes_nothing() -> None:
    assert apply_script("a", "k:5:b") == "a"


def test_lexicon_then_known_words_then_the_best_script() -> None:
    finder = Lemmatiser({"VERB": {"fell": "fall"}}, ("k:0:", "l:3:", "l:3:e"),
                        {"seize", "walk"}.__contains__)
    scores = np.array([0.0, 2.0, 1.0], np.float32)
    assert finder.lemma("fell", "VERB", scores) == "fall"
    assert finder.lemma("seizing", "VERB", scores) == "seize"
    assert finder.lemma("walking", "VERB", scores) == "walk"
    assert finder.lemma("shelling", "VERB", scores) == "shell"
    assert finder.lemma("Fell", "PROPN", np.array([1.0, 0.0, 0.0], np.float32)) == "Fell"
