"""What saves time changes nothing: propositions nobody wants, repairs and patterns that cannot
apply, and trees that several predicates share, on the samples that ship."""

from __future__ import annotations

from importlib.resources import as_file, files

import pytest

from whoholds.claims import slips, timex
from whoholds.claims.clauses import Tree as Clauses
from whoholds.claims.codebook import load_codebook
from whoholds.claims.commitment import Walk, commitment
from whoholds.claims.propositions import propositions
from whoholds.claims.quantities import Counted, quantity_of
from whoholds.claims.slips import mended_words
from whoholds.claims.timex import expressions
from whoholds.claims.trees import Tree
from whoholds.core import Report, Sentence
from whoholds.language import Reader

REPORTS = 8


@pytest.fixture(scope="module")
def sentences() -> list[Sentence]:
    reader = Reader.load()
    with as_file(files("whoholds").joinpath("samples")) as folder:
        texts = [p.read_text("utf8") for p in sorted(folder.glob("*.txt"))[:REPORTS]]
    return [s for text in texts for s in reader.parse(Report(text, "sample")).sentences]


def test_propositions_that_no_frame_speaks_of_are_left_out_and_no_others(
        sentences: list[Sentence]) -> None:
    frames = load_codebook().frames_for
    kept = 0
    for sentence in sentences:
        every = propositions(Tree(sentence))
        wanted = tuple(p for p in every if frames(p.name))
        assert propositions(Tree(sentence), frames) == wanted
        kept += len(wanted)
        assert len(wanted) <= len(every)
    assert kept > len(sentences) / 2


def test_repairs_without_their_words_would_mend_nothing(
        sentences: list[Sentence], monkeypatch: pytest.MonkeyPatch) -> None:
    mended = [mended_words(s.words) for s in sentences]
    monkeypatch.setattr(slips, "_REPAIRS", tuple((None, mend) for _, mend in slips._REPAIRS))
    assert mended == [mended_words(s.words) for s in sentences]
    assert any(words != s.words for words, s in zip(mended, sentences, strict=True))


def test_patterns_without_their_words_would_find_nothing(
        sentences: list[Sentence], monkeypatch: pytest.MonkeyPatch) -> None:
    found = [expressions(s) for s in sentences]
    monkeypatch.setattr(timex, "_PATTERNS", tuple(
        (("",), pattern, build) for _, pattern, build in timex._PATTERNS))
    monkeypatch.setattr(timex, "_may_tell", lambda form: True)
    assert found == [expressions(s) for s in sentences]
    assert sum(map(len, found)) > len(sentences) / 4


def test_predicates_of_one_tree_are_read_alike_in_any_order(sentences: list[Sentence]) -> None:
    for sentence in sentences:
        tree = Clauses(sentence)
        walk, counted = Walk(tree), Counted(tree)
        for word in reversed(sentence.words):
            assert walk.commitment(word.index) == commitment(sentence, word.index)
            assert counted.of(word.index) == quantity_of(sentence, word.index)
