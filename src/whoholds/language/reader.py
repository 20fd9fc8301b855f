"""The reader: reports to parses."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from whoholds.core import Parse, Report, Sentence, Span, Word
from whoholds.language.agreement import Agreement, Scores
from whoholds.language.encoder import Analysis, Encoder
from whoholds.language.files import SHIPPED, ModelFiles, read_model
from whoholds.language.lemmas import Lemmatiser
from whoholds.language.name_kinds import refine
from whoholds.language.names import NameDecoder, tidy
from whoholds.language.sentences import Piece, split

CODE = "7"    # raise it when rules for words, sentences or decoding change what is read
Feats = tuple[tuple[str, str], ...]


class Reader:
    """Reads English text with the model that ships in the package.

    ``version`` names the model and the rules: parses of equal text by equal versions are equal.
    """

    def __init__(self, files: ModelFiles, threads: int = 1) -> None:
        labels = files.labels
        self.version = hashlib.sha256(f"{CODE} {files.digest}".encode()).hexdigest()[:16]
        self.encoder = Encoder(files)
        self.deprels = labels.deprels
        self._upos = labels.upos
        self._feats = tuple(_feats(text) for text in labels.feats)
        self._names = NameDecoder(labels.names)
        self._agreement = Agreement(labels.names)
        self._lemmas = Lemmatiser(files.lexicon, labels.scripts, self.encoder.cutter.has_whole)
        self._pool = ThreadPoolExecutor(threads) if threads > 1 else None

    @classmethod
    def load(cls, folder: Path | None = None, threads: int = 1) -> Reader:
        """Loads the shipped model, or another from ``folder``; ``threads`` sentences are read at a
        time. Raises DataError where the files are missing, damaged, or do not fit each other."""
        return cls(read_model(folder or SHIPPED), threads)

    def is_word(self, text: str) -> bool:
        """Whether the lexicon has this word, in lower case, for anything but a name."""
        return self._lemmas.has(text)

    def parse(self, report: Report) -> Parse:
        """The sentences of a report with their words, trees and names."""
        text = report.text
        return Parse(report.id, tuple(self.read(text, split(text))), self.version)

    def read(self, text: str, pieces: Iterable[Piece]) -> Iterator[Sentence]:
        """Parses the given sentences of a report's text, in order."""
        pieces = list(pieces)
        forms = [[text[a:b] for a, b in piece.words] for piece in pieces]
        run = self._pool.map if self._pool else map
        found = list(run(self.encoder.analyse, forms))
        words = [self._words(*column) for column in zip(pieces, forms, found, strict=True)]
        names = self._agreement.agreed(
            [[w.form if w.upos == "PROPN" else None for w in sentence] for sentence in words],
            [analysis.names for analysis in found])
        return map(self._sentence, pieces, words, found, names)

    def _words(self, piece: Piece, forms: Sequence[str], found: Analysis) -> tuple[Word, ...]:
        upos, feats, deprels, heads = self._upos, self._feats, self.deprels, found.heads
        lemma, scripts = self._lemmas.lemma, found.scripts
        return tuple(
            Word(i, Span(*piece.words[i]), form, lemma(form, upos[found.upos[i]], scripts[i]),
                 upos[found.upos[i]], feats[found.feats[i]], heads[i], deprels[found.deprels[i]])
            for i, form in enumerate(forms))

    def _sentence(self, piece: Piece, words: tuple[Word, ...], found: Analysis,
                  names: Scores) -> Sentence:
        return Sentence(Span(piece.words[0][0], piece.words[-1][1]), words,
                        refine(tidy(self._names.names(names), words), words),
                        piece.paragraph, found.events, tuple(found.doubts))


def _feats(text: str) -> Feats:
    """``"Number=Sing|Person=3"`` as sorted pairs; ``"_"`` as none."""
    if text == "_":
        return ()
    return tuple(sorted((name, value) for name, _, value in
                        (pair.partition("=") for pair in text.split("|"))))
