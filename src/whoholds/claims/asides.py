"""Cues that are no reporting verbs: *according to*, adverbs, reporting nouns, layout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from whoholds.claims.clauses import EMERGING, Tree, base
from whoholds.claims.headlines import headline
from whoholds.claims.operators import operators
from whoholds.claims.sources import (
    UNNAMED,
    Phrase,
    can_speak,
    extent,
    label_of,
    media_class,
    phrase,
    words,
)
from whoholds.claims.verdicts import judged
from whoholds.core import Commitment, Report, Word

# nouns that report, with what they commit to; those below only with their owner
HEARSAY: dict[str, Commitment] = {"report": "reported", "rumour": "hearsay", "rumor": "hearsay",
                                  "claim": "claimed", "allegation": "claimed"}
OWNED: dict[str, Commitment] = {"announcement": "said", "statement": "said", "declaration": "said",
                                "assertion": "claimed", "warning": "said", "prediction": "assessed",
                                "assessment": "assessed", "admission": "confirmed",
                                "confirmation": "confirmed", "denial": "denied",
                                "belief": "assessed", "boast": "claimed", "account": "said",
                                "story": "said", "version": "said", "testimony": "said",
                                "insistence": "claimed", "contention": "claimed",
                                "assurance": "said", "promise": "said", "accusation": "claimed"}
# what has it that something is so
WORD_OF_MOUTH = frozenset({"rumour", "rumor", "word", "legend", "gossip", "hearsay"})
# in a headline: *his brother reported killed*
BELIEVED = frozenset({"reported", "rumoured", "rumored", "believed", "feared"})
# what is said of a report by somebody who then speaks for its content
JUDGING = frozenset({"deny", "reject", "dismiss", "confirm", "refute", "verify", "rebut", "dispute",
                     "false", "true", "untrue", "wrong", "fake", "baseless", "unfounded",
                     "incorrect", "exaggerated", "contradict", "corroborate", "debunk"})


def is_verb(tree: Tree, word: Word) -> bool:
    """*Reports* taken for a noun: it has a subject before it and a clause behind it."""
    subject, told = tree.child(word.index, "nsubj"), tree.child(word.index, "ccomp")
    return word.lemma.lower() == "report" and subject is not None and told is not None \
        and subject.index < word.index < told.index


@dataclass(frozen=True, slots=True)
class Cue:
    """One attribution inside a sentence.

    ``content`` are the positions of the reported words, ``outside`` those of cue and source.
    ``through`` is the news organisation that was told. ``rank`` orders links with equal content,
    outer ones low. ``speaks``: a quotation without syntax may be its content. ``backward``: it
    reports what stands before its sentence (*the governor announced this*).
    ``aside``: it stands beside what it reports, not over it (*according to the Post*).
    """

    word: int
    lemma: str
    commitment: Commitment
    who: Phrase
    content: frozenset[int]
    outside: frozenset[int]
    medium: str | None = None
    through: Phrase | None = None
    rank: int = 1
    hedges: tuple[str, ...] = ()
    speaks: bool = False
    backward: bool = False
    aside: bool = False


BRACKETED = 5                # words between a bracket and its other, at most
# what a page calls a part of itself
LABELS = frozenset({"update", "news", "takeaway", "highlight", "headline", "development",
                    "photo", "photograph", "image", "picture", "summary", "recap", "roundup",
                    "map", "timeline", "explainer", "gallery", "brief"})
# verbs whose object is still to be had
# verbs that end a sentence behind their speaker and look like nouns
TAILS = frozenset({"report", "reports", "telegraph", "telegraphs", "estimate", "estimates", "state",
                   "states", "claim", "claims"})
ASKING = frozenset({"seek", "ask", "demand", "request", "want", "need", "await", "expect",
                    "require", "urge", "lack"})


class Asides:
    """Finds such cues in one sentence."""

    def __init__(self, tree: Tree, report: Report) -> None:
        self.tree, self.report, self.table = tree, report, words()
        # whose reports somebody denies: who, the noun, the words reported
        self.refuted: list[tuple[Phrase, str, frozenset[int]]] = []

    def according(self) -> Iterator[Cue]:
        tree = self.tree
        if "according" not in tree.said:
            return
        for word in tree.words[:-1]:
            if tree.low[word.index] != "according" or tree.low[word.index + 1] != "to":
                continue
            head = word.head if word.head > word.index else next(
                (c.index for c in tree.all_children(word.index, "obl", "nmod")), None)
            if head is None:
                head = next((w.index for w in tree.words[word.index + 2:]
                             if w.upos in ("NOUN", "PROPN", "PRON")), None)
            if head is None:
                continue
            own = frozenset({*extent(tree, head), word.index, word.index + 1})
            who = phrase(tree, self.report, head)
            printed = who.source_class in ("media", "agency", "social media", "document")
            yield Cue(word.index, "according", "reported" if printed else "said", who,
                      self._clause_around(word.index, head, own), own, aside=True)

    def _clause_around(self, at: int, head: int, own: frozenset[int]) -> frozenset[int]:
        """At the front, the whole sentence; behind a comma, all before it and what belongs to it;
        else the clause around it."""
        tree = self.tree
        everything = frozenset(range(len(tree.words))) - own
        if at <= 2:
            return everything
        before = frozenset(range(at))
        joined = tree.words[at - 1].form == "," and tree.words[at - 2].upos == "CCONJ"
        if joined:                           # took the camp and, according to him, killed ten
            governor = next((i for i in range(head + 1, len(tree.words)) if tree.is_finite(i)), -1)
            return tree.below(governor) - own if governor >= 0 else everything - before
        if tree.words[at - 1].form == "," and any(tree.is_finite(i) for i in before):
            roots = [i for i in before if tree.words[i].head not in before and tree.is_finite(i)]
            behind = {j for i in roots for j in tree.below(i) if j > at}
            return (before | behind) - own
        start = head if tree.words[head].head != at else at
        governor = next((i for i in tree.ancestors(start) if tree.words[i].upos in ("VERB", "AUX")
                         or tree.auxiliaries(i) or tree.words[i].head < 0), -1)
        if governor < 0 or governor in own:
            return everything
        return tree.below(governor) - own

    def adverbs(self) -> Iterator[Cue]:
        """*Reportedly*, *allegedly*: hearsay of the clause or phrase that they modify."""
        tree = self.tree
        if self.table.adverbs.keys().isdisjoint(tree.said):
            return
        for word in tree.words:
            commitment = self.table.adverbs.get(tree.low[word.index])
            if commitment is not None and word.head >= 0:
                own = frozenset({word.index})
                yield Cue(word.index, tree.low[word.index], commitment, UNNAMED,
                          tree.below(word.head) - own, own, None, None, 3, (tree.low[word.index],))

    def hearsay(self) -> Iterator[Cue]:
        """*Reports that Herat has fallen*, *rumours of*, *Russia's claim that*: reporting nouns."""
        tree = self.tree
        for word in tree.words:
            lemma = tree.lemmas[word.index]
            if word.upos != "NOUN" or not (lemma in HEARSAY or lemma in OWNED):
                continue
            owner = self._owner(word)
            if not (lemma in HEARSAY or owner is not None) or is_verb(tree, word):
                continue
            found = self._reported_by_noun(word)
            spoken_of = word.head >= 0 and base(word.deprel) != "conj" \
                and tree.words[word.head].lemma.lower() in JUDGING
            if not found or self._asked_for(word):
                continue
            if spoken_of or judged(tree, operators(), word.index):
                if owner is not None and base(word.deprel) != "compound":
                    self.refuted.append((phrase(tree, self.report, owner.index), lemma,
                                         found - tree.below(owner.index)))
                continue
            if base(word.deprel) == "compound" and word.index:      # Taliban claim capture of Herat
                owner = tree.words[word.index - 1]
            who = phrase(tree, self.report, owner.index) if owner is not None else UNNAMED
            outside = frozenset({word.index, *([owner.index] if owner is not None else [])})
            commitment = HEARSAY.get(lemma) or OWNED[lemma]
            yield Cue(word.index, lemma, commitment, who, found - outside, outside, None, None, 1,
                      (tree.low[word.index],) if lemma in HEARSAY else ())

    def _asked_for(self, word: Word) -> bool:
        """*Seeks assurances from the rebels that*: nobody has given them."""
        head = self.tree.words[word.head] if word.head >= 0 else None
        return head is not None and base(word.deprel) in ("obj", "obl") \
            and head.lemma.lower() in ASKING

    def _owner(self, word: Word) -> Word | None:
        """*The army's boast*, *an assurance from the rebels*."""
        tree = self.tree
        return tree.child(word.index, "nmod:poss") or next(
            (c for c in tree.all_children(word.index, "nmod")
             if {"from", "by", "on"} & set(tree.marks(c.index))
             and can_speak(tree, c.index)), None)

    def _reported_by_noun(self, word: Word) -> frozenset[int]:
        """The clause or *of*-phrase that a reporting noun governs, itself or over its verb
        (*rumours spread that*); in a headline, the noun that it stands before."""
        tree = self.tree
        if base(word.deprel) == "compound":
            headline_verb = word.index > 0 and tree.words[word.index - 1].upos == "PROPN" and \
                word.feat("Number") != "Plur" and word.lemma.lower() == "claim"
            return tree.below(word.head) if headline_verb else frozenset()
        heads = [word.index]
        if base(word.deprel) == "nsubj" and tree.words[word.head].lemma in EMERGING:
            heads.append(word.head)
        return frozenset(i for head in heads for c in tree.children[head]
                         if self._of_a_report(c, head == word.index) for i in tree.below(c.index))

    def _of_a_report(self, child: Word, own: bool) -> bool:
        tree = self.tree
        rel = base(child.deprel)
        if rel == "acl":
            return child.deprel != "acl:relcl" or tree.is_content_clause(child.index)
        if rel == "ccomp":
            return own or "that" in tree.marks(child.index)
        return rel == ("nmod" if own else "obl") and "of" in tree.marks(child.index)

    def layout(self) -> Iterator[Cue]:
        """*Taliban take Herat: officials*."""
        found = headline(self.tree)
        if found is None:
            return
        head, own, content = found
        if _verb_behind_name(self.tree, head):   # Roe telegraphs: "..."
            head -= 1
        who = phrase(self.tree, self.report, head)
        if _may_head(who, self.tree, head):
            yield Cue(head, "headline", "said", who, content, own)

    def said_by_rumour(self) -> Iterator[Cue]:
        """*Rumour has it that*; *his brother reported killed* in a headline."""
        tree = self.tree
        for word in tree.words:
            lemma, low = tree.lemmas[word.index], tree.low[word.index]
            if lemma != "have" and low not in BELIEVED:
                continue
            told = tree.child(word.index, "ccomp")
            subject = tree.child(word.index, "nsubj")
            if lemma == "have" and told is not None and subject is not None \
                    and subject.lemma.lower() in WORD_OF_MOUTH:
                own = frozenset({word.index, *tree.below(subject.index)})
                yield Cue(word.index, subject.lemma.lower(), "hearsay", UNNAMED,
                          tree.below(told.index) - own, own)
            done = tree.child(word.index, "xcomp")
            if low in BELIEVED and done is not None and subject is not None \
                    and done.index == word.index + 1 and done.feat("VerbForm") == "Part" \
                    and not tree.auxiliaries(word.index):
                yield Cue(word.index, lemma, "hearsay", UNNAMED,
                          frozenset({*tree.below(done.index), *tree.below(subject.index)}),
                          frozenset({word.index}), hedges=(low,))

    def told_in(self) -> Iterator[Cue]:
        """*This is stated in the evening update of the General Staff*."""
        tree = self.tree
        for word in tree.words:
            if tree.lemmas[word.index] not in self.table.verbs:
                continue
            subject = tree.child(word.index, "nsubj:pass")
            if subject is None or tree.low[subject.index] not in ("this", "it", "that"):
                continue
            for told in tree.all_children(word.index, "obl"):
                owner = self._author(told.index) if "in" in tree.marks(told.index) and told.lemma \
                    .lower() in self.table["utterances"] | self.table["mediums"] else None
                if owner is not None:
                    own = frozenset(range(len(tree.words)))
                    yield Cue(word.index, word.lemma.lower(), "said",
                              phrase(tree, self.report, owner), frozenset(), own,
                              told.lemma.lower(), backward=True)

    def _author(self, utterance: int) -> int | None:
        """*The update of the staff*, *a statement by the ministry*, *the mayor's speech*."""
        tree = self.tree
        return next((c.index for c in tree.all_children(utterance, "nmod") if (
            c.deprel == "nmod:poss" or (c.upos in ("NOUN", "PROPN") and {
                "of", "by", "from"} & set(tree.marks(c.index))))
            and can_speak(tree, c.index)), None)

    def tail(self) -> Iterator[Cue]:
        """*The town has fallen, the Miran agency reports* with *reports* taken for a noun."""
        tree = self.tree
        last = next((w for w in reversed(tree.words) if w.upos != "PUNCT"), None)
        if last is None or tree.low[last.index] not in TAILS or last.upos not in ("NOUN", "ADJ"):
            return
        comma = next((i for i in range(last.index - 1, 0, -1) if tree.words[i].form == ","), 0)
        speaker = next((w.index for w in tree.words[comma + 1:last.index]
                        if w.upos in ("NOUN", "PROPN")), None)
        if comma and speaker is not None and any(tree.is_finite(i) for i in range(comma)) \
                and label_of(tree.words[speaker]) not in (None, "media", "agency"):
            yield Cue(last.index, "report", "said", phrase(tree, self.report, speaker),
                      frozenset(range(comma)), frozenset(range(comma, len(tree.words))))
            return                           # travellers reaching the border report
        if tree.low[last.index] != "reports":
            return
        named = [i for i in range(comma + 1, last.index) if tree.words[i].upos in ("NOUN", "PROPN")]
        if not comma or not named or not any(tree.is_finite(i) for i in range(comma)) or any(
                tree.words[i].upos in ("VERB", "AUX", "ADP") for i in range(comma, last.index)):
            return
        head = named[-1]
        own = frozenset(range(comma, len(tree.words)))
        who = phrase(tree, self.report, head)
        if who.source_class in ("media", "agency"):
            yield Cue(last.index, "report", "reported", who, frozenset(range(comma)), own,
                      rank=0, aside=True)

    def bracketed(self) -> Iterator[Cue]:
        """*The town has fallen (Miran Press)*: a medium in brackets where a line ends or opens."""
        tree = self.tree
        if ")" not in tree.said and "]" not in tree.said:
            return
        last = next((w.index for w in reversed(tree.words) if w.form != "."), 0)
        pairs = [(next((i for i in range(last, 0, -1) if tree.words[i].form in "(["), -1), last),
                 (0, next((w.index for w in tree.words if w.form in ")]"), -1))]
        for start, end in pairs:
            if start < 0 or tree.words[start].form + tree.words[end].form not in ("()", "[]") \
                    or not 1 < end - start <= BRACKETED:
                continue
            named = [i for i in range(start + 1, end) if tree.words[i].upos in ("NOUN", "PROPN")]
            name = self.report.text[tree.words[start + 1].span.start:tree.words[end - 1].span.end]
            if named and media_class(name) is not None:
                own = frozenset(range(start, end + 1))
                alone = all(w.index in own or w.upos == "PUNCT" for w in tree.words)
                yield Cue(named[-1], "bracket", "reported",
                          replace(phrase(tree, self.report, named[-1]), name=name,
                                  source_class=media_class(name) or "media"),
                          frozenset(range(len(tree.words))) - own, own, rank=0, aside=True,
                          backward=alone and start == 0)
                return

    def per(self) -> Iterator[Cue]:
        """*The army has lost the hill, per the monitors*, *via local journalist A. K.*"""
        tree = self.tree
        if "per" not in tree.said and "via" not in tree.said:
            return
        for word in tree.words[1:-1]:
            before = tree.words[word.index - 1].form
            if tree.low[word.index] not in ("per", "via") or before not in ",-–—(":
                continue
            head = word.head if word.head > word.index else word.index + 1
            if not can_speak(tree, head):
                continue
            own = frozenset({word.index, *extent(tree, head)})
            yield Cue(word.index, tree.low[word.index], "reported", phrase(tree, self.report, head),
                      frozenset(range(word.index)) - own, own, aside=True)


def _verb_behind_name(tree: Tree, head: int) -> bool:
    """Whether a verb that reports was taken for a noun behind a name."""
    low = tree.low[head]
    return head > 0 and low.endswith("s") and low.removesuffix("s") in words().verbs \
        and tree.words[head - 1].upos == "PROPN" and label_of(tree.words[head]) is None


def _may_head(who: Phrase, tree: Tree, head: int) -> bool:
    """Whether a headline's part names who speaks: no *live updates*, no thing unknown."""
    if who.head in LABELS and tree.child(head, "nmod:poss") is None:
        return False
    found = tree.sentence.name_at(head)
    return who.source_class != "person" or (
        who.mention is not None and who.mention.form == "name") or (
        found is not None and found.type == "ORG")
