"""Cues in set phrases: *is confident that*, *let it be known that*, *by the account of*, *word came
that*, *it was claimed*."""

from __future__ import annotations

from collections.abc import Iterator

from whoholds.claims.asides import Asides, Cue
from whoholds.claims.clauses import base
from whoholds.claims.contents import reported_words
from whoholds.claims.sources import UNNAMED, can_speak, extent, label_of, phrase
from whoholds.core import Word

# what somebody says or has written, by whose word something is so: *by the account of a captain*
ACCOUNTS = frozenset({"account", "word", "testimony", "authority", "view", "opinion", "judgment",
                      "judgement", "telling", "version", "estimate", "reckoning", "admission",
                      "count"})
ACCOUNTED = frozenset({"by", "in", "on", "from"})
# what comes from nobody in particular
NEWS = frozenset({"word", "news", "intelligence", "tidings", "rumour", "rumor", "gossip",
                  "information"})
ARRIVING = frozenset({"reach", "come", "arrive", "spread", "go", "get", "run", "fly", "circulate",
                      "filter", "leak", "travel"})
# *let it be known that*, *make it clear that*, *have it that*, *find it likely that*
WITH_IT = frozenset({"let", "make", "have", "judge", "consider", "deem", "think", "find", "believe",
                     "hold", "call", "put", "give"})
HEADQUARTERS = frozenset({"at", "from", "in"})
OFFICES = frozenset({"office", "ministry", "palace", "headquarters", "hq", "embassy", "department",
                     "chancellery", "admiralty", "command", "consulate", "legation", "staff"})


class Idioms(Asides):
    """Finds such cues in one sentence."""

    def idioms(self) -> Iterator[Cue]:
        yield from self.stances()
        yield from self.ruled_out()
        yield from self.accounts()
        yield from self.as_known()
        yield from self.news_comes()
        yield from self.with_it()
        yield from self.impersonal_aside()

    def stances(self) -> Iterator[Cue]:
        """*An army spokesman was confident: the town would be retaken*, *is convinced that*."""
        tree = self.tree
        for word in tree.words:
            lemma = tree.lemmas[word.index]
            if self.table["stances"].isdisjoint((lemma, tree.low[word.index])) or tree.child(
                    word.index, "cop", "aux", "aux:pass") is None:
                continue
            subject = tree.child(word.index, "nsubj", "nsubj:pass")
            if subject is None or not can_speak(tree, subject.index) or self._negated(word.index):
                continue
            told = next((c for c in tree.all_children(word.index, "ccomp", "advcl", "parataxis")
                         if c.index > word.index and tree.is_finite(c.index)
                         and (":" in (tree.words[i].form for i in range(word.index, c.index))
                              or tree.is_content_clause(c.index)
                              or base(c.deprel) == "ccomp")), None)
            if told is not None:
                own = frozenset({word.index, *extent(tree, subject.index)})
                yield Cue(word.index, lemma, "assessed",
                          phrase(tree, self.report, subject.index), tree.below(told.index) - own,
                          own)

    def ruled_out(self) -> Iterator[Cue]:
        """*Analysts do not rule out an assault*, *the government has ruled out a ceasefire*."""
        tree = self.tree
        for word in tree.words[:-1]:
            if tree.lemmas[word.index] != "rule" or word.upos != "VERB" \
                    or tree.low[word.index + 1] != "out":
                continue
            subject = tree.subject(word.index)
            told = tree.child(word.index, "obj", "ccomp", "xcomp")
            if subject is not None and told is not None and can_speak(tree, subject.index):
                own = frozenset({word.index, *extent(tree, subject.index)})
                yield Cue(word.index, "rule out", "said",
                          phrase(tree, self.report, subject.index), tree.below(told.index) - own,
                          own)

    def _negated(self, at: int) -> bool:
        return any(self.tree.low[c.index] in ("not", "n't", "never")
                   for c in self.tree.children[at])

    def accounts(self) -> Iterator[Cue]:
        """*By the account of a captain, the port has fallen*; *in the words of one survivor*."""
        tree = self.tree
        for word in tree.words:
            if tree.lemmas[word.index] not in ACCOUNTS or word.upos != "NOUN" \
                    or not ACCOUNTED & set(tree.marks(word.index)):
                continue
            owner = self._author(word.index)
            start = min(i for i in tree.below(word.index) if tree.words[i].upos != "PUNCT")
            if owner is None or (start and tree.words[start - 1].form not in (",", "–", "—", ";")):
                continue
            own = tree.below(word.index)
            behind = max(i for i in own if tree.words[i].upos != "PUNCT") + 1
            if behind >= len(tree.words) or tree.words[behind].form not in (",", "“", '"', "."):
                continue
            reach = range(len(tree.words)) if start == 0 else range(start)
            around = reported_words(tree, tree.words[word.index].head, UNNAMED, own) \
                if tree.lemmas[tree.words[word.index].head] in self.table.verbs else None
            yield Cue(word.index, tree.lemmas[word.index], "said",
                      phrase(tree, self.report, owner),
                      frozenset(around if around else reach) - own, own, rank=2,
                      aside=not around)

    def as_known(self) -> Iterator[Cue]:
        """*As far as the ministry knows, the town is held*."""
        tree = self.tree
        for word in tree.words:
            if tree.low[word.index] != "far" or tree.low[max(word.index - 1, 0)] != "as":
                continue
            known = next((i for i in range(word.index + 2, min(word.index + 9, len(tree.words)))
                          if tree.lemmas[i] in ("know", "understand", "see", "tell")), None)
            subject = tree.subject(known) if known is not None else None
            if known is None or subject is None or not can_speak(tree, subject.index) \
                    or subject.upos == "PRON":
                continue
            own = frozenset(range(word.index - 1, known + 1))
            yield Cue(known, tree.lemmas[known], "assessed",
                      phrase(tree, self.report, subject.index),
                      frozenset(range(len(tree.words))) - own, own, aside=True)

    def news_comes(self) -> Iterator[Cue]:
        """*Word reached the capital that the castle had been stormed*."""
        tree = self.tree
        for word in tree.words:
            if tree.lemmas[word.index] not in NEWS or word.upos not in ("NOUN", "PROPN"):
                continue
            verb = word.head
            if verb < 0 or base(word.deprel) != "nsubj" or tree.lemmas[verb] not in ARRIVING:
                continue
            below = (verb, *(o.index for o in tree.all_children(verb, "obj", "obl")))
            told = next((c for k in below for c in tree.children[k] if c.index > verb
                         and "that" in tree.marks(c.index) and tree.is_finite(c.index)), None)
            if told is not None:
                yield Cue(word.index, tree.lemmas[word.index], "hearsay", UNNAMED,
                          tree.below(told.index), frozenset({word.index, verb}))

    def with_it(self) -> Iterator[Cue]:
        """*Let it be known that*, *judges it likely that*, *the bazaar has it that*."""
        tree = self.tree
        for word in tree.words:
            if tree.lemmas[word.index] not in WITH_IT \
                    or "it" not in tree.low[word.index + 1:word.index + 3]:
                continue
            subject = tree.child(word.index, "nsubj")
            clause = tree.child(word.index, "ccomp")
            told = self._that_behind(word) if clause is None or clause.index < word.index \
                else set(tree.below(clause.index))
            if subject is None or told is None or self._negated(word.index):
                continue
            lemma = tree.lemmas[word.index]
            named = can_speak(tree, subject.index) or label_of(subject) is not None
            if lemma != "have" and not named:
                continue
            hearsay = subject.lemma.lower() in NEWS
            own = frozenset({word.index, *extent(tree, subject.index)})
            yield Cue(word.index, lemma, "hearsay" if hearsay else "said",
                      UNNAMED if hearsay else phrase(tree, self.report, subject.index),
                      frozenset(told) - own, own)

    def _that_behind(self, word: Word) -> set[int] | None:
        """The clause behind the first *that* within a few words behind *it*."""
        tree = self.tree
        for i in range(word.index + 2, min(word.index + 7, len(tree.words) - 1)):
            if tree.low[i] == "that" and tree.words[i].upos in ("SCONJ", "PRON"):
                return set(range(i + 1, len(tree.words)))
            if tree.words[i].form in (",", ";", "."):
                return None
        return None

    def _around(self, start: int, end: int) -> frozenset[int]:
        """The words before an aside, and where it stands inside a clause that clause alone."""
        tree = self.tree
        inside = end + 2 < len(tree.words) and tree.words[end + 1].form == ","
        first = next((i + 1 for i in range(start - 2, 0, -1) if tree.words[i].form == ";" or (
            inside and tree.words[i].upos == "CCONJ" and any(
                tree.is_finite(j) or tree.words[j].upos == "AUX" for j in range(i, start)))), 0)
        return frozenset((*range(first, start - 1), *(range(end + 1, len(tree.words))
                                                      if inside else ())))

    def impersonal_aside(self) -> Iterator[Cue]:
        """*Rebels had entered the port, it was claimed on Thursday*; *denied at the War Office*."""
        tree = self.tree
        for word in tree.words:
            lemma = tree.lemmas[word.index]
            passive = tree.is_passive(word.index) or (
                word.feat("VerbForm") == "Part" and not tree.auxiliaries(word.index))
            if lemma not in self.table.verbs or not passive or tree.is_gerund(word.index) \
                    or tree.child(word.index, "obl:agent") is not None:
                continue
            office = next((c for c in tree.all_children(word.index, "obl")
                           if HEADQUARTERS & set(tree.marks(c.index))
                           and tree.lemmas[c.index] in OFFICES), None)
            subject = tree.child(word.index, "nsubj:pass", "nsubj", "expl")
            it = subject is not None and tree.low[subject.index] == "it"
            aside = it and subject is not None and subject.index > 1 \
                and tree.words[subject.index - 1].form == ","
            if office is None and not aside:
                continue
            own = frozenset({word.index, *(c.index for c in tree.auxiliaries(word.index)),
                             *(tree.below(office.index) if office is not None else ()),
                             *([subject.index] if it and subject is not None else [])})
            told = tree.child(word.index, "ccomp", "csubj")
            content = self._around(subject.index, max(own)) if aside and subject is not None else \
                tree.below(told.index) if told is not None else \
                tree.below(subject.index) if subject is not None and not it else frozenset()
            if content:
                who = UNNAMED if office is None else phrase(tree, self.report, office.index)
                yield Cue(word.index, lemma, self.table.verbs[lemma], who, content - own, own)
