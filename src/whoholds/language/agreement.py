"""Lets the sentences of a report agree on what a name names.

A word that one sentence leaves open, a person or a place, is told by the others in which it
stands: most words name one kind of thing throughout a report (Krishnan and Manning 2006 give a
second tagger what the first one said elsewhere in the document; here the first one's scores add
up). Each occurrence of a proper noun hears what the others say of its type, together a little
louder than its own score where they are many.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

UNHEARD = 1e-3      # no occurrence makes a type less likely than this to another
LOUDNESS = 1.5      # of all others together, against a word's own score
Scores = NDArray[np.float32]


class Agreement:
    """Brings the scores of a report's sentences together, for a list of BIO tags."""

    def __init__(self, tags: Sequence[str]) -> None:
        types = [tag[2:] for tag in tags]      # "" for O
        kinds = sorted(set(types))
        self._type_of = np.array([kinds.index(t) for t in types])
        self._tags_of = np.zeros((len(tags), len(kinds)), np.float32)
        self._tags_of[np.arange(len(tags)), self._type_of] = 1

    def agreed(self, words: Sequence[Sequence[str | None]],
               scores: Sequence[Scores]) -> tuple[Scores, ...]:
        """The scores [words, tags] of each sentence, where a word has others like it, with theirs.

        ``words``: of each sentence the proper nouns' forms, None for other words.
        """
        places: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for n, sentence in enumerate(words):
            for i, form in enumerate(sentence):
                if form is not None:
                    places[form.lower()].append((n, i))
        found = list(scores)
        for at in places.values():
            if len(at) > 1:
                own = np.log(self._types(np.stack([scores[n][i] for n, i in at])) + UNHEARD)
                heard = LOUDNESS * (own.sum(0) - own) / len(at)
                for (n, i), change in zip(at, heard[:, self._type_of], strict=True):
                    if found[n] is scores[n]:
                        found[n] = scores[n].copy()
                    found[n][i] += change
        return tuple(found)

    def _types(self, scores: Scores) -> Scores:
        """The probabilities [words, types] of scores [words, tags]."""
        odds = np.exp(scores - scores.max(1, keepdims=True))
        return np.asarray(odds @ self._tags_of / odds.sum(1, keepdims=True), np.float32)
