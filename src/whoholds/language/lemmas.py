"""Lemmas: a lexicon for the words of the treebanks, and edit scripts for all others.

A script says what to cut from a form and what to add, so that a head of the network can choose one.

A script is written ``case:cut:add``: case ``l`` (lower-case the form first) or ``k`` (keep it), how
many characters to cut from the end, and what to append. *took* to *take* is ``l:3:ake``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from whoholds.language.pieces import plain

TRIES = 6    # scripts tried, best first, until one makes a word that is known


def script_of(form: str, lemma: str) -> str:
    """The script that turns ``form`` into ``lemma``."""
    lowered = lemma == lemma.lower() and form != lemma
    start = form.lower() if lowered else form
    shared = 0
    while shared < min(len(start), len(lemma)) and start[shared] == lemma[shared]:
        shared += 1
    return f"{'l' if lowered else 'k'}:{len(start) - shared}:{lemma[shared:]}"


def apply_script(form: str, script: str) -> str:
    """The lemma that ``script`` makes of ``form``; the form itself where it cuts too much."""
    case, cut, add = script.split(":", 2)
    start = form.lower() if case == "l" else form
    if int(cut) > len(start):
        return form
    return (start[: len(start) - int(cut)] + add) or form


class Lemmatiser:
    """Finds the lemma of a form with its part of speech.

    ``lexicon`` has, for each part of speech, lemmas by lower-case form. For other words the best
    script whose result ``known`` accepts is taken, or the best of all where none is known.
    """

    def __init__(self, lexicon: Mapping[str, Mapping[str, str]], scripts: Sequence[str],
                 known: Callable[[str], bool]) -> None:
        self._lexicon, self._scripts, self._known = lexicon, scripts, known
        self._nothing: Mapping[str, str] = {}

    def lemma(self, form: str, upos: str, scores: NDArray[np.float32]) -> str:
        """The lemma; ``scores`` are those of the scripts."""
        found = self._lexicon.get(upos, self._nothing).get(plain(form.lower()))
        return found if found is not None else self._scripted(form, upos, scores)

    def has(self, form: str) -> bool:
        """Whether the lexicon has a form, written in lower case."""
        return any(form in lemmas for lemmas in self._lexicon.values())

    def _scripted(self, form: str, upos: str, scores: NDArray[np.float32]) -> str:
        best = apply_script(form, self._scripts[int(scores.argmax())])
        if upos not in ("VERB", "AUX", "NOUN", "ADJ", "ADV") or self._known(best):
            return best
        for at in np.argsort(-scores, kind="stable")[1:TRIES]:
            other = apply_script(form, self._scripts[int(at)])
            if self._known(other):
                return other
        return best
