"""Writes the trees with which the tagged sentences are trained on:
``python -m training.tagged_trees``, after sentences were added.

They are those of the reader that ships, whose network was trained without events. Some minutes.
"""

from __future__ import annotations

import json
import lzma

from training.events import TREES, files, read_line
from whoholds.core import Word
from whoholds.language import Reader
from whoholds.language.sentences import split


def row(words: tuple[Word, ...]) -> list[list[str] | list[int]]:
    """A sentence's columns: parts of speech, features, lemmas, heads (from 1, 0 for the root),
    relations."""
    feats = ["|".join(f"{name}={value}" for name, value in w.feats) or "_" for w in words]
    return [[w.upos for w in words], feats, [w.lemma for w in words], [w.head + 1 for w in words],
            [w.deprel for w in words]]


def main() -> None:
    reader = Reader.load()
    with lzma.open(TREES, "wt", encoding="utf8", preset=9) as out:
        for path in files():
            for line in path.read_text(encoding="utf8").splitlines():
                text, _ = read_line(line)
                for sentence in reader.read(text, split(text)):
                    out.write(json.dumps(row(sentence.words), ensure_ascii=False,
                                         separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
