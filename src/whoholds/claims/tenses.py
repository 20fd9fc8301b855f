"""Tells when a clause looks at its event, from tense, aspect, modals and the clauses above it."""

from __future__ import annotations

from typing import Literal

from whoholds.claims.clauses import Tree, base, is_ing, modal_lemma
from whoholds.core import Word

Tense = Literal["past", "perfect", "present", "progressive", "future", "modal", "participle",
                "gerund", "perfect participle", "infinitive", "none"]
"""``modal``: may, could, would …; ``participle``: a past participle without auxiliary; ``none``: a
noun, or a word that says nothing."""

_HAVE = {"have", "has", "had", "having", "'ve", "'d", "ve"}
_BE_PRESENT = {"is", "are", "am", "'s", "'re", "'m", "ai"}
_BE_PAST = {"was", "were"}


def tense_of(tree: Tree, index: int) -> Tense:
    """The tense of the word's own clause: its form and its auxiliaries.

    A headline's *to take* is an infinitive; *takes* and *take* are present.
    """
    word = tree.words[index]
    helpers = tree.auxiliaries(index)
    if helpers:
        tense = _by_auxiliaries(tree, word, helpers)
        if tense != "none":
            return tense
    if word.upos not in ("VERB", "AUX"):
        return "none"
    return _by_form(tree, word)


def _by_auxiliaries(tree: Tree, word: Word, helpers: list[Word]) -> Tense:
    forms = [tree.low[h.index] for h in helpers]
    modals = [m for m in map(modal_lemma, helpers) if m and m != "'d"]
    have = next((f for f in forms if f in _HAVE), None)
    if modals:
        if modals[0] in ("will", "shall"):
            return "future"
        return "modal" if not have else "past"
    if have == "having":
        return "perfect participle"
    if have in ("had", "'d"):
        return "past"
    if have:
        return "past" if tree.is_infinitive(word.index) else "perfect"
    if any(f in _BE_PAST or f == "did" for f in forms):
        return "past"
    if any(f in _BE_PRESENT for f in forms):
        return "progressive" if _is_ing(tree, word) or "being" in forms else "present"
    if any(f in ("do", "does") for f in forms):
        return "present"
    return "gerund" if "being" in forms else _by_form(tree, word) if "be" not in forms else \
        "infinitive"


def _is_ing(tree: Tree, word: Word) -> bool:
    return word.upos == "VERB" and is_ing(tree.low[word.index])


def _by_form(tree: Tree, word: Word) -> Tense:
    if tree.is_infinitive(word.index):
        return "infinitive"
    if _is_ing(tree, word):
        return "gerund"
    form, tense = word.feat("VerbForm"), word.feat("Tense")
    low = tree.low[word.index]
    if form == "Fin":
        return "past" if tense == "Past" else "present"
    if form == "Part":
        return "past" if tree.subject(word.index) and not tree.is_passive(word.index) \
            and base(word.deprel) in ("root", "ccomp") else "participle"
    if form == "Inf":
        return "present" if tree.subject(word.index) or _beside_finite(tree, word) \
            else "infinitive"
    if form is None and low.endswith("ed"):
        return "past"
    return "present" if low in (word.lemma, word.lemma + "s", word.lemma + "es") else "past"


def _beside_finite(tree: Tree, word: Word) -> bool:
    """*Have not reached it and hold none of its suburbs*: no infinitive, beside a finite verb."""
    above = word.head
    return base(word.deprel) == "conj" and above >= 0 and tree.is_finite(above) \
        and not tree.modals(above) and all(
            a.lemma != "do" for a in tree.auxiliaries(above))


def has_going_to(tree: Tree, index: int) -> bool:
    """*Is going to take*, *is about to fall*: a future that hangs on another word."""
    word = tree.words[index]
    if base(word.deprel) not in ("xcomp", "advcl", "ccomp") or not tree.is_infinitive(index):
        return False
    return 0 <= word.head < len(tree.words) and tree.low[word.head] in (
        "going", "about", "set", "due", "poised", "scheduled", "bound", "expected", "likely")
