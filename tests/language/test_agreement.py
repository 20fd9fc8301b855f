"""The sentences of a report agree on what a name names."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.core import Report
from whoholds.language import Reader
from whoholds.language.agreement import Agreement, Scores

TAGS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")
AGREEMENT = Agreement(TAGS)


def scored(*tags: str, sure: float = 4.0) -> Scores:
    """Scores of a sentence, its words told as ``tags``; ``?PER`` leans to a person, a little."""
    rows = np.zeros((len(tags), len(TAGS)), np.float32)
    for row, tag in zip(rows, tags, strict=True):
        row[TAGS.index(tag.replace("?", "B-"))] = 0.5 if tag.startswith("?") else sure
    return rows


def told(scores: Scores) -> list[str]:
    return [TAGS[n] for n in scores.argmax(1)]


def test_a_word_left_open_is_told_by_the_others() -> None:
    words = [["Velm", None], [None, "Velm"], ["Velm"]]
    found = AGREEMENT.agreed(words, [scored("B-LOC", "O"), scored("O", "?PER"), scored("B-LOC")])
    assert [told(s) for s in found] == [["B-LOC", "O"], ["O", "B-LOC"], ["B-LOC"]]


def test_types_agree_and_each_keeps_its_place_in_the_name() -> None:
    """*Ann Roe*, then *Roe* alone: inside a name there, at its beginning here."""
    found = AGREEMENT.agreed([["Ann", "Roe"], ["Roe"]],
                             [scored("B-PER", "I-PER"), scored("?LOC")])
    assert [told(s) for s in found] == [["B-PER", "I-PER"], ["B-PER"]]


def test_capitals_do_not_keep_a_word_from_its_like() -> None:
    found = AGREEMENT.agreed([["VELM"], ["Velm"]], [scored("?PER"), scored("B-LOC")])
    assert told(found[0]) == ["B-LOC"]


def test_what_is_no_proper_noun_hears_nothing() -> None:
    before = scored("?PER")
    found = AGREEMENT.agreed([[None], ["Velm"]], [before, scored("B-LOC")])
    assert found[0] is before


def test_a_word_that_is_sure_stays_against_one_that_is_not() -> None:
    found = AGREEMENT.agreed([["Jordan"], ["Jordan"]], [scored("B-PER", sure=9), scored("?LOC")])
    assert told(found[0]) == ["B-PER"]


@given(st.lists(st.lists(st.sampled_from([None, "Velm", "Roe", "Tarn"]), min_size=1, max_size=5),
                max_size=5))
def test_the_order_of_the_sentences_and_single_words_change_nothing(
        words: list[list[str | None]]) -> None:
    drawn = np.random.default_rng(len(words))
    scores = [drawn.normal(size=(len(w), len(TAGS))).astype(np.float32) for w in words]
    kept = [s.copy() for s in scores]
    found = AGREEMENT.agreed(words, scores)
    back = AGREEMENT.agreed(words[::-1], scores[::-1])[::-1]
    counts = [form for sentence in words for form in sentence if form]
    for sentence, before, after, other in zip(words, kept, found, back, strict=True):
        assert after == pytest.approx(other, abs=1e-4)
        for form, row, changed in zip(sentence, before, after, strict=True):
            assert counts.count(form or "") > 1 or (row == changed).all()
    assert all((a == b).all() for a, b in zip(kept, scores, strict=True))


def test_a_report_is_read_as_one() -> None:
    """Twice in sentences that say what it is, once in a line that does not."""
    lines = ("Rebels took the town of Narvel on Sunday.\n\nNarvel\n\nThousands have fled from "
             "Narvel, a city in the north, to the capital.")
    sentences = Reader.load().parse(Report(lines, "x")).sentences
    assert [n.type for s in sentences for n in s.names
            if s.words[n.start].form == "Narvel"] == ["LOC"] * 3
