"""Letter case and typographic characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.language.files import SHIPPED, VOCABULARY
from whoholds.language.pieces import LONGEST_WORD, SHAPE_NAMES, PieceCutter, plain, shape_of

CUTTER = PieceCutter(SHIPPED / VOCABULARY)


@pytest.mark.parametrize(("word", "shape"), [
    ("city", "lower"), ("Kabul", "title"), ("NATO", "upper"), ("A", "initial"), ("iPhone", "mixed"),
    ("3,000", "digits"), ("MI6", "alphanumeric"), ("—", "other"), ("’s", "lower")])
def test_shapes(word: str, shape: str) -> None:
    assert SHAPE_NAMES[shape_of(word)] == shape


@given(st.text())
def test_plain_keeps_the_length(word: str) -> None:
    assert len(plain(word)) == len(word)


@given(st.lists(st.text(min_size=1, max_size=2 * LONGEST_WORD), min_size=1, max_size=5))
def test_every_word_has_pieces(words: list[str]) -> None:
    cut = CUTTER.cut(words)
    assert len(cut.ids) == len(cut.shapes) == cut.last[-1] + 2
    assert len(cut.first) == len(cut.last) == len(words)
    assert cut.first[0] == 1
    assert all(a <= b for a, b in zip(cut.first, cut.last, strict=True))
    assert all(b + 1 == a for b, a in zip(cut.last, cut.first[1:], strict=False))



def test_curly_quotes_read_like_straight_ones() -> None:
    assert CUTTER.ids_of("don’t") == CUTTER.ids_of("don't")
