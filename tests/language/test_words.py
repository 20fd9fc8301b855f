"""Words are cut as the treebanks cut them, and no character is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.language.words import LONGEST_CHUNK, cut_chunk


def parts(chunk: str) -> list[str]:
    ends = cut_chunk(chunk)
    return [chunk[a:b] for a, b in zip((0, *ends), ends, strict=False)]


@pytest.mark.parametrize("spaced", [
    "do n't", "do n’t", "ca n't", "would n't 've", "can not", "gon na", "group ’s", "U.S. 's",
    "Mazar - i - Sharif", "pro-government", "co-workers", "mid-1990s", "rebel - held",
    "Russian - held", "U.S. - led", "al - Shabab", "two - thirds", "and / or", "he / she",
    "$ 5", "US$ 4.5", "€ 3,000", "50 %", "3,000", "3.5", "5:30", "6 pm", "7:30 PM", "40 km", "20th",
    "1990s", "'90s", "9/11", "11/28/2000", "2 / 3", "5 - 10", "2021-08-15", "713-853-3989", "AK47s",
    "MI6", "O'Connell", "Shi'ite", "Sana'a", "parents '", "' bad", "“ by", "force ” .", "( AFP )",
    "http://a.org/b?c=d ,", "www.who.int .", "someone@example.org", "@reporter", "#Kabul",
    "Mr.", "Gen.", "U.N.", "p.m.", "J.", "Ph.D.", "go ...", "what ?!", "yes !!!", "city — even",
    "said . The", "it . In", "AT&T", "R&D", "<3", "etc.", "end ."])
def test_cut_as_in_the_treebanks(spaced: str) -> None:
    assert parts(spaced.replace(" ", "")) == spaced.split()


CHUNKS = st.text(st.characters(exclude_categories=("Zs", "Zl", "Zp", "Cc", "Cs")), min_size=1) \
    | st.text("aZ9.,-'’/&@#$%…!?_()\"“”:", min_size=1)


@given(CHUNKS.filter(lambda c: not any(x.isspace() for x in c)))
def test_words_spell_the_chunk(chunk: str) -> None:
    ends = cut_chunk(chunk)
    assert ends[-1] == len(chunk)
    assert all(a < b for a, b in zip((0, *ends), ends, strict=False))


@pytest.mark.parametrize("unit", ["a", ".", "a.", "-", "@", "a-", "'", "1,", "/", "a@", "(", "x&"])
def test_long_chunks_are_cut_too(unit: str) -> None:
    for size in (LONGEST_CHUNK - len(unit), 50_000):
        chunk = unit * (size // len(unit))
        assert "".join(parts(chunk)) == chunk
