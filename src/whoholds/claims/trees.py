"""A sentence's tree with its branches at hand."""

from __future__ import annotations

from functools import lru_cache

from whoholds.core import Name, Sentence, Word

RELATIVE_CLAUSES = frozenset({"acl:relcl", "advcl:relcl"})
RELATIVES = frozenset({"who", "whom", "which", "that", "whose", "where"})


@lru_cache(maxsize=1024)
def base(deprel: str) -> str:
    """A relation without its subtype: *nsubj* of *nsubj:pass*."""
    return deprel.partition(":")[0]


class Tree:
    """Dependency tree of one sentence; positions are word indices of that sentence."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.words = sentence.words
        self.lemmas = [w.lemma.lower() for w in self.words]
        self.rels = [w.deprel for w in self.words]
        self.bases = [base(r) for r in self.rels]
        self._relations = frozenset(self.rels)
        # what is found out about clauses (whoholds.claims.arguments), remembered
        self._conjuncts: dict[int, list[int]] = {}
        self._cases: dict[int, str] = {}
        self._subtrees: dict[int, list[int]] = {}
        self._ancestors: dict[int, list[int]] = {}
        self._names = {i: name for name in reversed(sentence.names)
                       for i in range(name.start, name.end)}
        self.passives: dict[int, bool] = {}
        self.subjects: dict[int, int | None] = {}
        self.below: list[list[int]] = [[] for _ in self.words]
        for word in self.words:
            if word.head >= 0:
                self.below[word.head].append(word.index)

    def lemma(self, index: int) -> str:
        return self.lemmas[index]

    def name_at(self, index: int) -> Name | None:
        """The name that word ``index`` is part of, or None."""
        return self._names.get(index)

    def rel(self, index: int) -> str:
        return self.rels[index]

    def kids(self, index: int, *deprels: str) -> list[int]:
        """Children of ``index`` whose relation, with or without subtype, is one of ``deprels``."""
        below = self.below[index]
        if not below:
            return []
        bases, rels = self.bases, self.rels
        return [k for k in below if bases[k] in deprels or rels[k] in deprels]

    def subtree(self, index: int) -> list[int]:
        """Positions of ``index`` and all below it, in order."""
        known = self._subtrees.get(index)
        if known is None:
            known = self._subtrees[index] = self._find_subtree(index)
        return known

    def _find_subtree(self, index: int) -> list[int]:
        found, todo = [], [index]
        while todo:
            at = todo.pop()
            found.append(at)
            todo.extend(self.below[at])
        return sorted(found)

    def ancestors(self, index: int) -> list[int]:
        """Positions above ``index``, nearest first; a parser's cycle ends the walk."""
        known = self._ancestors.get(index)
        if known is None:
            known = self._ancestors[index] = self._find_ancestors(index)
        return known

    def _find_ancestors(self, index: int) -> list[int]:
        path: list[int] = []
        at = self.words[index].head
        while at >= 0 and at not in path:
            path.append(at)
            at = self.words[at].head
        return path

    def case(self, index: int) -> str:
        """The case marker of a nominal, fixed parts joined: *of*, *out of*, *because of*; or ''."""
        known = self._cases.get(index)
        if known is None:
            known = self._cases[index] = self._find_case(index)
        return known

    def _find_case(self, index: int) -> str:
        marks = []
        for k in self.below[index]:
            if self.bases[k] != "case" or k > index \
                    or self.words[k].form in ("'s", "’s", "'", "’"):
                continue
            marks.append(self.lemma(k))
            marks.extend(self.lemma(f) for f in self.kids(k, "fixed"))
        return " ".join(marks)

    def particle(self, index: int) -> list[int]:
        if "compound:prt" not in self._relations:
            return []
        return self.kids(index, "compound:prt")

    def conjuncts(self, index: int) -> list[int]:
        """``index`` and the nominals coordinated with it, in order."""
        known = self._conjuncts.get(index)
        if known is None:
            known = self._conjuncts[index] = self._find_conjuncts(index)
        return known

    def _find_conjuncts(self, index: int) -> list[int]:
        found, todo = [], [index]
        while todo:
            at = todo.pop(0)
            found.append(at)
            todo.extend(k for k in self.kids(at, "conj") if k not in found)
        return sorted(found)

    def is_relative(self, index: int) -> bool:
        if self.lemmas[index] not in RELATIVES:
            return False
        word = self.words[index]
        return (word.upos in ("PRON", "ADV")
                and word.feat("PronType") in ("Rel", "Int", None)
                and any(self.rel(a) in RELATIVE_CLAUSES for a in [index, *self.ancestors(index)]))

    def antecedent(self, index: int) -> int:
        """The noun that a relative pronoun stands for; other words stand for themselves."""
        if not self.is_relative(index):
            return index
        for above in self.ancestors(index):
            if self.rel(above) == "acl:relcl":
                return self.words[above].head
            if self.rel(above) == "advcl:relcl":
                near = [w.index for w in self.words[max(0, index - 4):index]
                        if w.upos in ("NOUN", "PROPN")]
                return near[-1] if near else index
        return index

    def predicative(self, index: int) -> bool:
        """Whether the word heads a clause: a verb, or a nominal or adjective with copula."""
        return self.words[index].upos == "VERB" or bool(self.kids(index, "cop")) or (
            self.words[index].upos == "AUX" and base(self.rel(index)) not in ("aux", "cop"))

    def word(self, index: int) -> Word:
        return self.words[index]
