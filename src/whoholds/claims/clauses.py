"""Reads clauses off a dependency tree: marks, auxiliaries, negators, subjects, kinds of clause.

Everything here tolerates wrong arcs: it asks for the words that a construction has, and only then
for the labels that a perfect parse would give them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from whoholds.claims.verbs import PRETERITES
from whoholds.core import Sentence, Span, Word

# of two words, whichever of them the parser hung on the phrase behind
TWO_WORDS = frozenset({"ahead of", "instead of", "short of", "rather than", "anything but"})
_FIRST_OF_TWO = frozenset(pair.split()[0] for pair in TWO_WORDS)
# verbs behind which the subject's own complement may stand
EMERGING = frozenset({"grow", "mount", "spread", "emerge", "rise", "circulate", "surface",
                      "increase", "remain", "come", "persist", "swirl", "exist", "abound", "loom",
                      "arise"})
FINITE_MODALS = frozenset({"will", "would", "shall", "should", "can", "could", "may", "might",
                           "must", "ought"})


@lru_cache(maxsize=1024)
def base(deprel: str) -> str:
    """A deprel without its subtype."""
    return deprel.partition(":")[0]

# nouns behind which *that* tells what they say, whatever the parser makes of it
NEWS = frozenset({"word", "news", "rumour", "rumor", "tidings", "hearsay"})


class Tree:
    """A sentence with its children by head, for walking.

    Positions are those of :class:`whoholds.core.Sentence`. Broken trees (cycles, several roots) are
    walked as far as they go.
    """

    __slots__ = ("_auxiliaries", "_below", "_gerunds", "_infinitives", "_marks", "bases",
                 "children", "lemmas", "low", "said", "sentence", "words")

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.words = sentence.words
        self.low = tuple([w.form.lower().replace("’", "'") for w in self.words])
        self.said = frozenset(self.low)
        self.lemmas = [w.lemma.lower() for w in self.words]
        self.bases = [base(w.deprel) for w in self.words]
        self.children: tuple[list[Word], ...] = tuple([[] for _ in self.words])
        for word in self.words:
            if 0 <= word.head < len(self.words) and word.head != word.index:
                self.children[word.head].append(word)
        self._below: dict[int, frozenset[int]] = {}
        self._marks: dict[int, tuple[str, ...]] = {}
        self._auxiliaries: dict[int, list[Word]] = {}
        self._infinitives: dict[int, bool] = {}
        self._gerunds: dict[int, bool] = {}

    def below(self, index: int) -> frozenset[int]:
        """Word ``index`` and everything under it."""
        found = self._below.get(index)
        if found is None:
            seen, todo = {index}, [index]
            while todo:
                for child in self.children[todo.pop()]:
                    if child.index not in seen:
                        seen.add(child.index)
                        todo.append(child.index)
            found = self._below[index] = frozenset(seen)
        return found

    def path(self, index: int) -> list[int]:
        """The words from the root down to ``index``, both included."""
        up, seen = [index], {index}
        at = self.words[index].head
        while 0 <= at < len(self.words) and at not in seen:
            up.append(at)
            seen.add(at)
            at = self.words[at].head
        return up[::-1]

    def child(self, index: int, *deprels: str) -> Word | None:
        """The first child of ``index`` with one of the deprels (subtypes count)."""
        bases = self.bases
        for c in self.children[index]:
            if bases[c.index] in deprels or c.deprel in deprels:
                return c
        return None

    def all_children(self, index: int, *deprels: str) -> list[Word]:
        """The children of ``index`` with one of the deprels (subtypes count)."""
        bases = self.bases
        return [c for c in self.children[index]
                if bases[c.index] in deprels or c.deprel in deprels]

    def subject(self, index: int) -> Word | None:
        """The word's own subject."""
        return self.child(index, "nsubj", "csubj")

    def marks(self, index: int) -> tuple[str, ...]:
        """Lower-cased subordinators, prepositions and *to* before the clause or phrase, fixed
        expressions joined (*in case*, *ahead of*)."""
        known = self._marks.get(index)
        if known is None:
            known = self._marks[index] = self._find_marks(index)
        return known

    def _find_marks(self, index: int) -> tuple[str, ...]:
        found: list[tuple[int, str]] = []
        for child in self.children[index]:
            relation = self.bases[child.index]
            rather = relation == "cc" and self.low[child.index] in ("rather", "instead")
            if relation in ("mark", "case") or rather or (
                    relation in ("advmod", "dep") and child.index < index
                    and child.upos in ("SCONJ", "PART", "ADP")):
                tail = [c for c in self.children[child.index] if self.bases[c.index] == "fixed"]
                words = [self.low[child.index], *(self.low[c.index] for c in tail)]
                found.append((child.index, " ".join(words)))
        texts = [text for _, text in found]
        if self.bases[index] not in ("xcomp", "ccomp"):
            if "than" in texts and any(self.low[c.index] in ("rather", "sooner") for c in
                                       self.children[max(self.words[index].head, 0)]):
                texts.append("rather than")  # would rather starve than surrender
            if not _FIRST_OF_TWO.isdisjoint(self.said):
                pairs = [f"{self.low[i - 1]} {text}" for i, text in found if i]
                start = min(self.below(index))
                pairs.append(" ".join(self.low[max(0, start - 2):start]))
                texts += [pair for pair in pairs if pair in TWO_WORDS and pair not in texts]
        texts += [f"{a} {b}" for (i, a), (j, b) in pairwise(found) if j == i + 1]
        return tuple(texts)

    def auxiliaries(self, index: int) -> list[Word]:
        """Auxiliaries and copulas of a predicate."""
        known = self._auxiliaries.get(index)
        if known is None:
            known = self._auxiliaries[index] = self.all_children(index, "aux", "cop")
        return known

    def modals(self, index: int) -> list[Word]:
        """Modal auxiliaries of a predicate."""
        return [a for a in self.auxiliaries(index) if modal_lemma(a)]

    def is_passive(self, index: int) -> bool:
        """Has a passive subject or auxiliary."""
        return any(c.deprel in ("nsubj:pass", "aux:pass", "csubj:pass")
                   for c in self.children[index])

    def is_infinitive(self, index: int) -> bool:
        """A clause with *to* and no auxiliary that makes it finite."""
        known = self._infinitives.get(index)
        if known is None:
            known = self._infinitives[index] = self._find_infinitive(index)
        return known

    def _find_infinitive(self, index: int) -> bool:
        has_to = any(self.low[c.index] == "to" and c.upos in ("PART", "ADP", "SCONJ")
                     and self.bases[c.index] in ("mark", "aux", "case", "advmod")
                     for c in self.children[index] if c.index < index)
        return has_to and self.words[index].feat("VerbForm") != "Ger" \
            and not (is_ing(self.low[index]) and self.words[index].upos == "VERB")

    def is_gerund(self, index: int) -> bool:
        """A present participle or gerund without a finite auxiliary."""
        known = self._gerunds.get(index)
        if known is None:
            known = self._gerunds[index] = self._find_gerund(index)
        return known

    def _find_gerund(self, index: int) -> bool:
        word = self.words[index]
        return (word.upos in ("VERB", "AUX") and is_ing(self.low[index])
                and not any(a.feat("VerbForm") == "Fin" or modal_lemma(a)
                            for a in self.auxiliaries(index))) or any(
            self.low[a.index] in ("having", "being") for a in self.auxiliaries(index))

    def is_finite(self, index: int) -> bool:
        """A finite clause: the verb or one of its auxiliaries is."""
        word = self.words[index]
        if self.is_infinitive(index) or self.is_gerund(index):
            return False
        auxiliaries = self.auxiliaries(index)
        if auxiliaries:
            return any(a.feat("VerbForm") == "Fin" or modal_lemma(a) for a in auxiliaries)
        return word.upos in ("VERB", "AUX") and word.feat("VerbForm") == "Fin"

    def is_bare(self, index: int) -> bool:
        """A verb's base form without auxiliaries: an infinitive or a present, after *and*."""
        word = self.words[index]
        return word.upos == "VERB" and self.low[index] == word.lemma \
            and not self.auxiliaries(index)

    def is_label(self, index: int) -> bool:
        """*ALERT*, *BREAKING*: a word in capitals before what it only announces."""
        return index == 0 and len(self.words) > 2 and self.words[0].form.isupper() \
            and len(self.words[0].form) > 3 and not self.words[1].form.isupper()

    def is_content_clause(self, index: int) -> bool:
        """A whole clause behind *that* that a noun governs (*reports that Kabul has fallen*),
        though the parser may call it relative."""
        subject = self.subject(index)
        news = self.words[index].head >= 0 and self.lemmas[self.words[index].head] in NEWS
        return subject is not None and self.low[subject.index] != "that" and any(
            self.low[c.index] == "that" and (base(c.deprel) == "mark" or news)
            for c in self.children[index])

    def is_past(self, index: int) -> bool:
        """Past tense or perfect, by the verb or its auxiliaries."""
        auxiliaries = self.auxiliaries(index)
        if auxiliaries:
            return any(a.lemma == "have" or a.feat("Tense") == "Past" for a in auxiliaries)
        base_form = self.low[index] == self.words[index].lemma and self.low[index][-1] not in "td"
        return (self.words[index].feat("Tense") == "Past" and not base_form) \
            or self.low[index] in PRETERITES

    def taken_for_told(self, index: int) -> Word | None:
        """The finite verb of a clause that the parser hung on its own subject (*officials warned
        the city could fall* read as officials who are warned): the verb between the two subjects of
        predicate ``index``."""
        subjects = self.all_children(index, "nsubj")
        if len(subjects) < 2:
            return None
        return next((c for c in self.all_children(subjects[0].index, "acl")
                     if c.deprel == "acl" and c.feat("VerbForm") == "Fin"), None)

    def ancestors(self, index: int) -> Iterator[int]:
        """The heads above ``index``, nearest first."""
        yield from reversed(self.path(index)[:-1])

    def root(self) -> int:
        """The root's position (the first word where no root is marked)."""
        return next((w.index for w in self.words if w.head < 0), 0)


@lru_cache(maxsize=4096)
def is_ing(form: str) -> bool:
    """Whether a form ends in the suffix; *bring* and *spring* do not.

    >>> is_ing("bringing"), is_ing("bring")
    (True, False)
    """
    return form.endswith("ing") and any(c in "aeiouy" for c in form[:-3])


_CONTRACTED = {"wo": "will", "'ll": "will", "ca": "can", "sha": "shall", "cannot": "can"}


def modal_lemma(word: Word) -> str | None:
    """The modal that an auxiliary is, contractions undone; None for *be, have, do*."""
    low = word.form.lower().replace("’", "'")
    if low == "'d":
        return "would" if word.lemma in ("would", "'d") else None
    low = _CONTRACTED.get(low, low)
    return low if low in FINITE_MODALS else None


def cover(words: tuple[Word, ...], positions: list[int] | frozenset[int]) -> Span:
    """The span from the first to the last of ``positions``."""
    return Span(min(words[i].span.start for i in positions),
                max(words[i].span.end for i in positions))
