"""Treebank files as raw text with gold words at their characters, for scores from raw text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from training.corpora import blocks
from whoholds.core import Sentence
from whoholds.language.reader import Reader
from whoholds.language.sentences import Piece

GUM = "ud_english_gum/en_gum-free-{part}.conllu"
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class GoldWord:
    """A syntactic word of a treebank; ``span`` in characters of the document, None where the
    parts of a fused word do not spell it. ``head`` is 1-based, 0 for the root."""

    form: str
    span: Range | None
    upos: str
    lemma: str
    feats: str
    head: int
    deprel: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document as raw text, with its gold sentences."""

    name: str
    text: str
    sentences: tuple[tuple[GoldWord, ...], ...]


def documents(path: Path) -> Iterator[Document]:
    """The documents of a CoNLL-U file. Paragraphs are parted by blank lines; sentences by a
    blank, unless the treebank says that none is there."""
    name, text = "", ""
    sentences: list[tuple[GoldWord, ...]] = []
    glued = True
    for block in blocks(path):
        for line in block:
            if line.startswith("# newdoc"):
                if sentences:
                    yield Document(name, text, tuple(sentences))
                name, text, sentences, glued = line.rpartition("= ")[2].strip(), "", [], True
            elif line.startswith("# newpar") and text and not text.endswith("\n\n"):
                text, glued = text + "\n\n", True
        own = next(line[len("# text = "):] for line in block if line.startswith("# text = "))
        if not glued:
            text += " "
        words, glued = _words(block, own, len(text))
        sentences.append(words)
        text += own
    if sentences:
        yield Document(name, text, tuple(sentences))


def _words(block: list[str], text: str, offset: int) -> tuple[tuple[GoldWord, ...], bool]:
    """The words of a sentence whose text begins at ``offset``, and whether no blank follows."""
    rows = [line.split("\t") for line in block if line[0].isdigit()]
    spans: dict[int, Range | None] = {}
    at = 0
    glued = False
    for row in rows:
        if "." in row[0]:
            continue
        first, _, last = row[0].partition("-")
        inside = [int(first)] if not last else list(range(int(first), int(last) + 1))
        if inside[0] in spans:
            continue
        start = text.find(row[1], at)
        if start < 0:
            raise ValueError(f"{row[1]!r} is not in {text!r} after {at}")
        at = start + len(row[1])
        glued = "SpaceAfter=No" in row[9]
        forms = [r[1] for r in rows if r[0].isdigit() and int(r[0]) in inside]
        if "".join(forms) != row[1]:
            spans.update(dict.fromkeys(inside))
            continue
        for number, form in zip(inside, forms, strict=True):
            spans[number] = (offset + start, offset + start + len(form))
            start += len(form)
    words = tuple(GoldWord(r[1], spans[int(r[0])], r[3], r[2], r[5], int(r[6]), r[7])
                  for r in rows if r[0].isdigit())
    return words, glued


def genre(document: str) -> str:
    """The genre in a GUM document's name: ``GUM_news_…`` is news."""
    match = re.match(r"GUM_([a-z]+)_", document)
    return match[1] if match else ""


def parsed(reader: Reader, sentences: Iterable[list[str]]) -> Iterator[Sentence]:
    """Parses the sentences of one report, whose words are given."""
    pieces: list[Piece] = []
    lines: list[str] = []
    at = 0
    for forms in sentences:
        ranges = []
        for form in forms:
            ranges.append((at, at + len(form)))
            at += len(form) + 1
        pieces.append(Piece(tuple(ranges), 0))
        lines.append(" ".join(forms))
    return reader.read("\n".join(lines), pieces)
