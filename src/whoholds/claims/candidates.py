"""Names and actor descriptions that later words may go back to, as their sentence shows them."""

from __future__ import annotations

import re

from whoholds.claims.arguments import passive
from whoholds.claims.nouns import PLACES, Nouns
from whoholds.claims.salience import Candidate
from whoholds.claims.trees import Tree, base
from whoholds.core import Span

SETTINGS = frozenset({"in", "of", "from", "across", "into", "to", "out of", "inside", "throughout"})
BESIDE = frozenset({"near", "outside", "around", "close to", "outside of", "beyond"})
SPEECH = frozenset({"say", "tell", "announce", "report", "write", "add", "warn", "claim", "deny",
                    "confirm", "speak", "insist", "concede", "admit", "vow", "pledge", "threaten",
                    "order", "demand", "accuse"})
WHOLES = PLACES - {"part"}
ACTING = frozenset({"forces", "group", "rebel", "state"})
# who speaks for a state or from afar: where they sit is not what is spoken of
ENVOYS = frozenset({"spokesman", "spokeswoman", "spokesperson", "minister", "president", "premier",
                    "ministry", "government", "envoy", "ambassador", "diplomat", "analyst",
                    "correspondent", "embassy", "headquarters", "official"})
# where a report was written: a place in capitals, or before an agency in brackets or a colon
DATELINE = re.compile(
    r"[A-Z][A-Z’'. -]+(?:, [^\n.:;()]{1,40})?\s*(?:\(|[-–—:]\s)"
    r"|[A-Z][\w’'. -]{1,30}(?:, [^\n.:;()]{1,40})?\s*\([^()\n]{2,60}\)\s*[-–—:]"
    r"|[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?(?:, [A-Z]\w+)?\s?: ")


class CandidateReader:
    """Reads the candidates of a report's sentences."""

    def __init__(self, text: str, nouns: Nouns) -> None:
        self.text, self.nouns = text, nouns
        self._datelines: dict[int, int] = {}     # ends, by where the sentence begins

    def candidates(self, number: int, tree: Tree) -> list[Candidate]:
        """The names and actor descriptions of sentence ``number``."""
        found = []
        covered: set[int] = set()
        for word in tree.words:
            name = tree.name_at(word.index)
            if name is not None and name.type in ("LOC", "ORG", "NORP", "MISC", "PER"):
                if name.start in covered:
                    continue
                covered.update(range(name.start, name.end))
                head = self._head(tree, name.start, name.end)
                found.append(self.candidate(number, tree, head, name.start, name.end))
            elif word.upos == "NOUN" and (not ACTING.isdisjoint(
                    self.nouns.of_lemma(tree.lemma(word.index))) or (
                    tree.lemma(word.index) in self.nouns.martial
                    and not tree.kids(word.index, "nmod:poss")
                    and "forces" in self.nouns.typed(tree, word.index))):
                start = min([word.index, *(k for m in tree.kids(word.index, "compound", "amod",
                                                                "nmod:poss")
                                           for k in tree.subtree(m) if k < word.index)])
                while tree.word(start).upos == "DET" and start < word.index:
                    start += 1
                found.append(self.candidate(number, tree, word.index, start, word.index + 1))
        return found

    def _head(self, tree: Tree, start: int, end: int) -> int:
        inside = range(start, end)
        return next((i for i in inside if tree.word(i).head not in inside), end - 1)

    def candidate(self, number: int, tree: Tree, head: int, start: int, end: int) -> Candidate:
        """What words ``start`` to ``end``, headed by ``head``, say of the thing."""
        words = tree.words
        span = Span(words[start].span.start, words[end - 1].span.end)
        text = span.of(self.text)
        name = tree.name_at(head)
        kind = name.type if name else None
        word, above = words[head], words[head].head
        governor = self.nouns.of_lemma(tree.lemma(above)) if above >= 0 else frozenset()
        modifies = base(word.deprel) in ("compound", "amod") or (
            base(word.deprel) == "nmod" and tree.case(head) in ("", "of"))
        facility = self.nouns.of_lemma(words[end - 1].lemma.lower()) & PLACES
        noun = above if modifies and not ACTING.isdisjoint(governor) else head
        noun_types = self.nouns.of_lemma(tree.lemma(noun))
        of_people = base(word.deprel) in ("compound", "amod") and governor and not governor & PLACES
        country = text.lower().removeprefix("the ") in self.nouns.countries
        written = self._dateline(tree, start)
        return Candidate(
            number, head, span, text,
            place=bool((kind == "LOC" and word.upos != "ADJ") or (facility and kind))
            and not of_people,
            actor=kind in ("ORG", "NORP") or kind is None or (
                kind == "LOC" and modifies and bool(governor & {"forces", "state"})) or (
                kind in ("LOC", "MISC") and self._speaks(tree, head)),
            person=kind == "PER",
            country=country, type_word=self._type_word(tree, head, end),
            nested=self._nested(tree, head), subject=tree.bases[noun] == "nsubj",
            plural=words[noun].feat("Number") == "Plur",
            named=kind is not None and text[:1].isupper() and text.lower() not in self.nouns.types,
            rebel="rebel" in noun_types,
            state="state" in noun_types and "rebel" not in noun_types,
            setting=word.deprel == "nmod:poss" or tree.case(head) in SETTINGS,
            core=self._core(tree, head),
            aside=self._aside(tree, head),
            whence=written or self._whence(tree, head), home=self._home(tree, head),
            paragraph=tree.sentence.paragraph, dateline=written)

    def _dateline(self, tree: Tree, start: int) -> bool:
        """Whether a name stands in a dateline: *NORWICK (Agency) -*, *Norwick: Rebels took*."""
        first = tree.words[0].span.start
        if first not in self._datelines:
            found = DATELINE.match(self.text, first)
            self._datelines[first] = found.end() if found else first
        return tree.words[start].span.start < self._datelines[first]

    def _speaks(self, tree: Tree, head: int) -> bool:
        """Whether a place's name is that of its government: *Minsk insisted that*, *Ruritania was
        keeping them from leaving*."""
        above = tree.word(head).head
        if tree.bases[head] != "nsubj" or above < 0:
            return False
        acts = tree.words[head].form.lower() in self.nouns.countries \
            and tree.word(above).upos == "VERB" and not passive(tree, above)
        return acts or tree.lemma(above) in SPEECH or bool(tree.kids(above, "ccomp"))

    def _aside(self, tree: Tree, head: int) -> bool:
        """Whether a word stands in a clause of circumstance (*a day after N fell*)."""
        return any(tree.bases[i] in ("advcl", "acl") for i in [head, *tree.ancestors(head)])

    def _classified(self, tree: Tree, head: int) -> bool:
        """*The city of N* is N; *the M district of N* is not."""
        above = tree.word(head).head
        return above >= 0 and tree.case(head) == "of" \
            and tree.lemma(above) in self.nouns.classifiers \
            and not any(tree.word(k).upos == "PROPN" for k in tree.kids(above, "compound"))

    def _core(self, tree: Tree, head: int) -> bool:
        """Whether the text says something about a word: it is a subject or an object."""
        if self._classified(tree, head):
            head = tree.word(head).head
        chain = [head, *tree.ancestors(head)]
        while tree.bases[chain[0]] == "conj" and len(chain) > 1:
            chain.pop(0)
        return tree.bases[chain[0]] in ("nsubj", "obj")

    def _whence(self, tree: Tree, head: int) -> bool:
        """Whether a place only says whose somebody is or what something is near (*N's governor*, *a
        lawmaker from N*, *the government in N*)."""
        above = tree.word(head).head
        if tree.case(head) in BESIDE:
            return True
        if above >= 0 and tree.bases[head] == "obl" and tree.lemma(above) in SPEECH:
            return True          # In N, the ministry said
        if above >= 0 and tree.bases[above] == "obj" and tree.bases[head] == "nmod" \
                and tree.case(head) in ("in", "at", "inside") \
                and not {"title", "state"} & self.nouns.of_lemma(tree.lemma(above)):
            return False         # battled the rebels in N
        return above >= 0 and tree.bases[head] in ("nmod", "compound", "amod") and bool(
            self.nouns.of_lemma(tree.lemma(above)) & {"title", "state", "people", "forces"})

    def _home(self, tree: Tree, head: int) -> bool:
        """Whether a place says where somebody speaks from: *a lawmaker from N*."""
        above = tree.word(head).head
        if above >= 0 and tree.lemma(above) == "mayor":
            return True
        return above >= 0 and tree.case(head) in ("from", "in", "of") \
            and tree.lemma(above) not in ENVOYS and bool(
                self.nouns.of_lemma(tree.lemma(above)) & {"title", "people"})

    def _type_word(self, tree: Tree, head: int, end: int) -> str | None:
        """The kind of place that the words around a name say it is."""
        word, above = tree.word(head), tree.word(head).head
        last = tree.word(end - 1).lemma.lower()
        if self.nouns.of_lemma(last) & PLACES:
            return last
        governed = above >= 0 and bool(self.nouns.of_lemma(tree.lemma(above)) & PLACES)
        kind = tree.case(head) == "" or (
            tree.case(head) == "of" and tree.lemma(above) in self.nouns.classifiers)
        if governed and word.deprel != "nmod:poss" and kind \
                and base(word.deprel) in ("compound", "amod", "nmod"):
            return tree.lemma(above)
        for k in tree.kids(head, "compound", "appos", "nmod:desc"):
            regional = any(tree.lemma(a) in ("provincial", "regional")
                           for a in tree.kids(k, "amod"))
            if self.nouns.of_lemma(tree.lemma(k)) & PLACES and not (
                    regional or tree.kids(k, "nmod")):
                return tree.lemma(k)
        return tree.lemma(above) if governed and base(word.deprel) == "appos" else None

    def _nested(self, tree: Tree, head: int) -> bool:
        """Whether a name only locates another place (*the capital of N province*)."""
        relation, above = tree.bases[head], tree.word(head).head
        if relation not in ("amod", "nmod", "compound") or not self._whole(tree, above) \
                or self._classified(tree, head):
            return False
        return relation != "compound" or (
            tree.bases[above] == "nmod" and self._whole(tree, tree.word(above).head))

    def _whole(self, tree: Tree, index: int) -> bool:
        return index >= 0 and not WHOLES.isdisjoint(self.nouns.of_lemma(tree.lemma(index)))


__all__ = ["CandidateReader"]
