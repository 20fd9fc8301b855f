"""Scores of words, sentences, tags, trees and names against gold, in percent.

Trees are scored as in the CoNLL 2018 shared task (Zeman et al. 2018): words align where they cover
the same characters; relations count without their subtypes, and in full beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from training.treebanks import Document, GoldWord
from whoholds.core import Name, Sentence, Word


def universal(deprel: str) -> str:
    """The relation without its subtype."""
    return deprel.partition(":")[0]


def percent(right: float, total: float) -> float:
    return round(100 * right / total, 2) if total else 0.0


def f1(gold: set[tuple[int, ...]], found: set[tuple[int, ...]]) -> float:
    """The F1 of two sets, in percent."""
    return percent(2 * len(gold & found), len(gold) + len(found))


class TreeScore:
    """Counts right words; gold and found sentences have the same words."""

    def __init__(self) -> None:
        self._right: Counter[str] = Counter()

    def add(self, gold: Sequence[GoldWord], found: Sentence) -> None:
        for g, w in zip(gold, found.words, strict=True):
            self._right["words"] += 1
            feats = "|".join(f"{k}={v}" for k, v in w.feats) or "_"
            attached = w.head == g.head - 1
            self._right.update({
                "upos": w.upos == g.upos, "lemma": w.lemma == g.lemma, "uas": attached,
                "feats": sorted(feats.split("|")) == sorted(g.feats.split("|")),
                "las": attached and universal(w.deprel) == universal(g.deprel),
                "las_full": attached and w.deprel == g.deprel})

    def result(self) -> dict[str, float]:
        return {k: percent(self._right[k], self._right["words"])
                for k in ("upos", "feats", "lemma", "uas", "las", "las_full")}


class RawScore:
    """Counts right words of documents that were cut into words by the reader itself."""

    def __init__(self) -> None:
        self._n: Counter[str] = Counter()

    def add(self, document: Document, found: Iterable[Sentence]) -> None:
        gold = {w.span: (w, s) for s in document.sentences for w in s if w.span}
        sentences = {(s[0].span[0], s[-1].span[1]) for s in document.sentences
                     if s[0].span and s[-1].span}
        self._n["gold words"] += sum(len(s) for s in document.sentences)
        self._n["gold sentences"] += len(document.sentences)
        for sentence in found:
            self._n["found words"] += len(sentence.words)
            self._n["found sentences"] += 1
            self._n["sentences"] += (sentence.span.start, sentence.span.end) in sentences
            for word in sentence.words:
                match = gold.get((word.span.start, word.span.end))
                if match:
                    self._word(match[0], match[1], word, sentence)

    def _word(self, gold: GoldWord, whole: Sequence[GoldWord], word: Word,
              sentence: Sentence) -> None:
        here = sentence.words[word.head].span if word.head >= 0 else None
        there = whole[gold.head - 1].span if gold.head else None
        attached = (here and (here.start, here.end)) == there and (gold.head == 0) == (here is None)
        self._n.update({"words": 1, "upos": word.upos == gold.upos, "uas": attached,
                        "las": attached and universal(word.deprel) == universal(gold.deprel)})

    def result(self) -> dict[str, float]:
        words = self._n["gold words"] + self._n["found words"]
        return {"sentences": percent(2 * self._n["sentences"],
                                     self._n["gold sentences"] + self._n["found sentences"]),
                **{k: percent(2 * self._n[k], words) for k in ("words", "upos", "uas", "las")}}


class NameScore:
    """F1 of names of the given types: ends and type right."""

    def __init__(self, types: Iterable[str]) -> None:
        self._types = frozenset(types)
        self._n: Counter[str] = Counter()

    def add(self, gold: Iterable[tuple[int, int, str]], found: Iterable[Name]) -> None:
        g = {x for x in gold if x[2] in self._types}
        f = {(n.start, n.end, n.type) for n in found if n.type in self._types}
        self._n.update(gold=len(g), found=len(f), right=len(g & f))

    def result(self) -> dict[str, float]:
        return {"f1": percent(2 * self._n["right"], self._n["gold"] + self._n["found"]),
                "precision": percent(self._n["right"], self._n["found"]),
                "recall": percent(self._n["right"], self._n["gold"])}
