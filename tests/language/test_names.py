"""Names come from the best valid sequence of tags."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from whoholds.core import Name, NameType, Span, Word
from whoholds.language.names import NameDecoder, tidy

TAGS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")
DECODER = NameDecoder(TAGS)


def names(tags: tuple[int, ...]) -> tuple[Name, ...] | None:
    """What a sequence of tags says, or None where it is no valid sequence."""
    found: list[Name] = []
    before = ""
    for i, tag in enumerate(TAGS[t] for t in tags):
        if tag.startswith("I-"):
            if before != tag[2:]:
                return None
            found[-1] = Name(found[-1].start, i + 1, found[-1].type)
        elif tag != "O":
            found.append(Name(i, i + 1, tag[2:]))  # type: ignore[arg-type]
        before = tag[2:]
    return tuple(found)


def test_valid_tags() -> None:
    scores = np.eye(5, dtype=np.float32)[[0, 1, 2, 0, 3, 3, 4]]
    assert DECODER.names(scores) == (Name(1, 3, "PER"), Name(4, 5, "LOC"), Name(5, 7, "LOC"))


@given(st.integers(1, 4).flatmap(lambda n: arrays(
    np.float32, (n, 5), elements=st.integers(-9, 9).map(float))))
def test_as_good_as_the_best_valid_sequence(scores: np.ndarray) -> None:
    def total(tags: tuple[int, ...]) -> float:
        return float(sum(scores[i, t] for i, t in enumerate(tags)))
    valid = [t for t in itertools.product(range(5), repeat=len(scores)) if names(t) is not None]
    best = max(total(t) for t in valid)
    assert DECODER.names(scores) in {names(t) for t in valid if total(t) == best}


def said(tagged: str) -> tuple[Word, ...]:
    """Words written as ``form/UPOS``; their trees say nothing."""
    pairs = [pair.split("/") for pair in tagged.split()]
    return tuple(Word(i, Span(i, i + 1), form, form, upos, (), i - 1, "dep")
                 for i, (form, upos) in enumerate(pairs))


def tidied(tagged: str, kind: NameType) -> str:
    words = said(tagged)
    return " | ".join(" ".join(w.form for w in words[n.start:n.end])
                      for n in tidy([Name(0, len(words), kind)], words))


def test_articles_and_common_words_at_the_ends_are_no_names() -> None:
    assert tidied("The/DET Free/PROPN Army/PROPN", "ORG") == "Free Army"
    assert tidied("gates/NOUN of/ADP Norhaven/PROPN", "LOC") == "Norhaven"
    assert tidied("Norhaven/PROPN province/NOUN", "LOC") == "Norhaven"
    assert tidied("Ministry/PROPN of/ADP Defence/PROPN", "ORG") == "Ministry of Defence"
    assert tidied("al/PROPN -/PUNCT Nahr/PROPN", "LOC") == "al - Nahr"
    assert tidied("Norish/ADJ", "NORP") == "Norish"


def test_descriptions_are_no_names() -> None:
    assert tidied("the/DET insurgents/NOUN", "ORG") == ""
    assert tidied("They/PRON", "ORG") == ""


def test_dates_need_no_capitals() -> None:
    assert tidied("two/NUM weeks/NOUN ago/ADV", "DATE") == "two weeks ago"
    assert tidied("May/PROPN when/SCONJ", "DATE") == "May"
    assert tidied("the/DET next/ADJ day/NOUN", "DATE") == "the next day"
