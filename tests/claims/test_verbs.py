"""Irregular verbs."""

import pytest

from whoholds.claims.verbs import verb_lemma_of


@pytest.mark.parametrize(("form", "lemma"), [
    ("took", "take"), ("retaken", "retake"), ("overran", "overrun"), ("Fell", "fall"),
    ("overthrown", "overthrow"), ("withdrew", "withdraw")])
def test_irregular_forms(form: str, lemma: str) -> None:
    assert verb_lemma_of(form, "?") == lemma


def test_others_keep_their_lemma() -> None:
    assert verb_lemma_of("captured", "capture") == "capture"
    assert verb_lemma_of("reside", "reside") == "reside"
