"""Parses are sound, and depend on their sentence alone."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whoholds.core import Parse, Report, Sentence, Word
from whoholds.language import Reader
from whoholds.language.encoder import MOST_PIECES, MOST_WORDS

TEXT = """\
Rebels seize port town

HARBOUR CITY (Agency) — Rebel fighters have taken control of the port town of Norhaven, two \
officials told the agency on Sunday. The army denied it.

“We haven’t left,” Gen. Ann Roe said. She didn't say how many of the 3,000 soldiers were still \
in the pro-government district, which the rebels' spokesman said had surrendered at 6 p.m.
Residents said gunfire could be heard near the airport, and that the road to the border was closed.
"""


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def parse(reader: Reader, text: str) -> Parse:
    return reader.parse(Report(text, "Test"))


def content(sentence: Sentence) -> tuple[object, object]:
    """A sentence without its place in the report."""
    return (tuple((w.form, w.lemma, w.upos, w.feats, w.head, w.deprel) for w in sentence.words),
            sentence.names)


def sound(sentence: Sentence, text: str) -> None:
    words = sentence.words
    assert sentence.span.start == words[0].span.start
    assert sentence.span.end == words[-1].span.end
    for i, word in enumerate(words):
        assert word.index == i
        assert word.span.of(text) == word.form
        assert word.lemma
        assert list(word.feats) == sorted(word.feats)
    roots = [w for w in words if w.head < 0]
    assert len(roots) == 1
    assert [w.index for w in words if w.deprel == "root"] == [roots[0].index]
    assert sentence.subtree(roots[0].index) == tuple(range(len(words)))
    assert all(0 <= n.start < n.end <= len(words) for n in sentence.names)
    assert all(a.end <= b.start for a, b in zip(sentence.names, sentence.names[1:], strict=False))


def test_the_tree_of_a_plain_sentence(reader: Reader) -> None:
    sentence = parse(reader, "The rebels captured Norhaven on Sunday.").sentences[0]
    words = {w.form: w for w in sentence.words}

    def governor(form: str) -> Word:
        return sentence.words[words[form].head]
    assert words["captured"].head == -1
    assert (words["captured"].lemma, words["captured"].feat("Tense")) == ("capture", "Past")
    assert (words["rebels"].deprel, governor("rebels").form) == ("nsubj", "captured")
    assert (words["Norhaven"].deprel, governor("Norhaven").form) == ("obj", "captured")
    assert (words["rebels"].lemma, words["rebels"].feat("Number")) == ("rebel", "Plur")
    assert ("Norhaven", "LOC") in [(sentence.words[n.start].form, n.type) for n in sentence.names]


def test_reports_are_read_whole(reader: Reader) -> None:
    found = parse(reader, TEXT)
    assert found.reader == reader.version
    assert found.report_id == Report(TEXT, "Test").id
    for sentence in found.sentences:
        sound(sentence, TEXT)
    kept = "".join(w.form for s in found.sentences for w in s.words)
    assert kept == "".join(TEXT.split())
    assert [s.paragraph for s in found.sentences] == [0, 1, 1, 1, 2, 2, 3]


def test_neighbours_and_their_number_change_nothing(reader: Reader) -> None:
    whole = parse(reader, TEXT).sentences
    alone = [parse(reader, s.span.of(TEXT)).sentences[0] for s in whole]
    assert list(map(content, whole)) == list(map(content, alone))
    backwards = parse(reader, "\n".join(s.span.of(TEXT) for s in reversed(whole))).sentences
    assert list(map(content, whole)) == list(map(content, reversed(backwards)))
    many = parse(reader, "\n".join([TEXT] * 5)).sentences
    assert list(map(content, many)) == 5 * list(map(content, whole))


def test_threads_change_nothing(reader: Reader) -> None:
    text = "\n".join([TEXT] * 4)
    assert parse(Reader.load(threads=2), text) == parse(reader, text)


@pytest.mark.parametrize("text", ["", "\n \n", "."])
def test_nothing_to_read(reader: Reader, text: str) -> None:
    assert "".join(s.span.of(text) for s in parse(reader, text).sentences) == text.strip()


@pytest.mark.parametrize("text", [
    "The army took " + ", ".join(f"Town {i}" for i in range(MOST_WORDS)) + ".",
    "The army held the hill; " * 100,
    "x" * 5_000,
    " ".join(["qzxjv" * 20] * (MOST_PIECES // 20)),
    "word " * (MOST_WORDS + 1)])
def test_sentences_beyond_the_network_are_read_in_parts(reader: Reader, text: str) -> None:
    found = parse(reader, text).sentences
    for sentence in found:
        sound(sentence, text)
    assert "".join(w.form for s in found for w in s.words) == "".join(text.split())


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=120))
def test_any_text(text: str) -> None:
    found = parse(SHARED_READER, text).sentences
    for sentence in found:
        sound(sentence, text)
    spans = [(w.span.start, w.span.end) for s in found for w in s.words]
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


def test_real_text_alone_and_in_company(reader: Reader, shared: Path) -> None:
    """Trees do not hang on the sentences beside; names may, where both name the same."""
    for path in sorted((shared / "seeds").glob("*.txt")):
        text = path.read_text(encoding="utf8")
        whole = parse(reader, text).sentences
        proper = [{w.form.lower() for w in s.words if w.upos == "PROPN"} for s in whole]
        for n, sentence in enumerate(whole):
            alone = parse(reader, sentence.span.of(text)).sentences[0]
            words, names = content(sentence)
            assert words == content(alone)[0]
            if not proper[n] & set[str]().union(*proper[:n], *proper[n + 1:]):
                assert names == alone.names


SHARED_READER = Reader.load()
