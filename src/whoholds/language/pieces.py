"""Cuts words into the pieces that the encoder knows, with the letter case of each word.

The encoder's vocabulary is uncased; what case says about a word (a name, an acronym, a shouted
headline) travels beside the pieces as one of eight shapes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

SHAPE_NAMES = ("lower", "title", "upper", "initial", "mixed", "digits", "alphanumeric", "other")
LONGEST_WORD = 100  # characters; what follows is not shown to the encoder
MOST_KNOWN = 200_000  # words remembered: some 40 MB

# typographic characters that the treebanks write in ASCII; one character for one character
_PLAIN = str.maketrans({"‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"',
                        "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "\u00a0": " "})


def plain(word: str) -> str:
    """The word with typographic quotes and dashes as ASCII, as long as before."""
    return word if word.isascii() else word.translate(_PLAIN)


def shape_of(word: str) -> int:
    """The index in SHAPE_NAMES of the word's letter case."""
    if word.isascii() and word.isalpha():      # nine words of ten
        return 0 if word.islower() else (2 if len(word) > 1 else 3) if word.isupper() \
            else 1 if word.istitle() else 4
    letters = [c for c in word if c.isalpha()]
    digits = any(c.isdigit() for c in word)
    if not letters:
        return 5 if digits else 7
    if digits:
        return 6
    if all(c.islower() or not c.isupper() for c in letters):
        return 0
    if all(c.isupper() for c in letters):
        return 2 if len(letters) > 1 else 3
    if letters[0].isupper() and not any(c.isupper() for c in letters[1:]):
        return 1
    return 4


@dataclass(frozen=True, slots=True)
class Pieces:
    """One sentence for the encoder: piece ids and shapes, and each word's first and last piece."""

    ids: tuple[int, ...]
    shapes: tuple[int, ...]
    first: tuple[int, ...]
    last: tuple[int, ...]


class PieceCutter:
    """Cuts sentences, word by word, with a WordPiece vocabulary (a ``tokenizer.json``)."""

    def __init__(self, tokenizer_json: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(tokenizer_json))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._start = self._id("[CLS]")
        self._stop = self._id("[SEP]")
        self._unknown = self._id("[UNK]")
        self._known: dict[str, tuple[tuple[int, ...], int]] = {}

    def _id(self, token: str) -> int:
        found = self._tokenizer.token_to_id(token)
        if found is None:
            raise ValueError(f"the vocabulary lacks {token}")
        return int(found)

    def has_whole(self, word: str) -> bool:
        """Whether the vocabulary has the word in one piece."""
        return self._tokenizer.token_to_id(word) is not None

    def ids_of(self, word: str) -> tuple[int, ...]:
        """The piece ids of one word; never empty."""
        return (self._known.get(word) or self._read(word))[0]

    def _read(self, word: str) -> tuple[tuple[int, ...], int]:
        """The ids and the shape of a word, remembered."""
        text = plain(word)[:LONGEST_WORD]
        ids = self._tokenizer.encode(text, add_special_tokens=False).ids
        known = (tuple(ids) or (self._unknown,), shape_of(word))
        if len(self._known) < MOST_KNOWN:
            self._known[word] = known
        return known

    def cut(self, words: Sequence[str]) -> Pieces:
        """Cuts a sentence; the result begins with [CLS] and ends with [SEP]."""
        ids, shapes, first, last = [self._start], [7], [], []
        for word in words:
            pieces, shape = self._known.get(word) or self._read(word)
            first.append(len(ids))
            ids += pieces
            shapes += [shape] * len(pieces)
            last.append(len(ids) - 1)
        ids.append(self._stop)
        shapes.append(7)
        return Pieces(tuple(ids), tuple(shapes), tuple(first), tuple(last))
