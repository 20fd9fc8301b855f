"""Finds the cues of a sentence: the word that reports, who speaks, and the words that are
reported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from whoholds.claims.asides import Cue, is_verb
from whoholds.claims.clauses import Tree, base
from whoholds.claims.contents import reported_words
from whoholds.claims.idioms import Idioms
from whoholds.claims.sources import (
    UNNAMED,
    Phrase,
    can_speak,
    extent,
    media_class,
    phrase,
    words,
)
from whoholds.claims.speakers import next_nominal, speaker_of
from whoholds.core import Commitment, Report, Word

CITING = frozenset({"cite", "quote"})
SAYING = frozenset({"saying", "claiming", "telling", "stating", "adding", "confirming", "denying",
                    "warning", "reporting", "announcing", "alleging", "insisting"})
MEDIUM_NAMES = {"tweet": "Twitter", "retweet": "Twitter", "television": "TV", "tv": "TV",
                "telephone": "phone", "e-mail": "email"}
TOLD_REACH = 8               # words behind a verb in which *to Reuters* may follow
ISSUING = frozenset({"issue", "release", "publish", "post", "make", "give", "deliver", "send",
                     "put", "hold", "share", "circulate", "write", "sign", "read", "record",
                     "upload"})
# verbs that report nothing with a particle (*carried out*, *ran out*, *called off*)
CARRYING = frozenset({"carry", "run", "call", "show"})
# what *this* stands for when it was made known
KNOWN = frozenset({"information", "news", "data", "detail"})
# verbs that only speakers are the subjects of, known ones or not
OPEN_TO_ALL = frozenset({"say", "tell", "announce", "claim", "add", "tweet", "write"})
# nouns of one news medium that may be told something, with or without a name
MEDIA_HEADS = frozenset({"television", "tv", "radio", "broadcaster", "newspaper", "agency",
                         "station", "channel", "daily", "weekly", "magazine"})
# who is told on behalf of nobody named (*told reporters in the capital*)
REPORTERS = frozenset({"reporter", "journalist", "correspondent", "newsman", "columnist", "editor"})
# what an outlet says of itself: what it has heard, what it vouches for
HEARING = frozenset({"hear", "learn", "read"})
VOUCHING = frozenset({"confirm", "report"})
TOLD = frozenset({"tell", "inform", "assure"})
MEDIUM_MARKS = frozenset({"in", "on", "via", "over", "through", "by", "to", "during", "at"})


def cues(tree: Tree, report: Report, finder: Finder | None = None) -> tuple[Cue, ...]:
    """All cues of a sentence, in the order of their words; ``finder`` is its, if it is wanted."""
    finder = finder or Finder(tree, report)
    found = [*finder.citations(), *finder.verbs(), *finder.counts(), *finder.according(),
             *finder.adverbs(), *finder.hearsay(), *finder.said_by_rumour(), *finder.per(),
             *finder.told_in(), *finder.tail(), *finder.bracketed()]
    known = {c.word for c in found}
    he_says = {c.word for c in found if c.who.pronoun}
    idioms = [c for c in finder.idioms() if (c.aside or c.word not in known)
              and c.content.isdisjoint(he_says)]
    found = [c for c in found if c.word not in {i.word for i in idioms}] + idioms
    if not found:
        found.extend(finder.layout())
    return tuple(sorted(found, key=lambda c: (c.word, c.rank)))


def _a_name(tree: Tree, at: int) -> bool:
    """*Port Said*: a word of a name, whatever the parser made of it."""
    if not 0 < at < len(tree.words) or not tree.words[at].form[:1].isupper() \
            or tree.words[at].form.isupper():
        return False
    before = tree.words[at - 1]
    return before.upos == "PROPN" and before.form[:1].isupper() and any(
        w.form[:1].islower() for w in tree.words)


def issuers(tree: Tree) -> Iterator[tuple[int, str]]:
    """Who *issued a statement* or *posted a video*: head of the phrase, and the medium."""
    for word in tree.words:
        if tree.lemmas[word.index] in ISSUING and word.upos == "VERB":
            issued = tree.child(word.index, "obj")
            subject = tree.child(word.index, "nsubj")
            if issued is not None and subject is not None and subject.deprel == "nsubj" \
                    and subject.upos != "PRON" and issued.lemma.lower() in words()["utterances"]:
                lemma = issued.lemma.lower()
                yield subject.index, MEDIUM_NAMES.get(lemma, lemma)


class Finder(Idioms):
    """Finds all cues of one sentence."""

    def __init__(self, tree: Tree, report: Report) -> None:
        super().__init__(tree, report)
        self.used: set[int] = set()

    # reporting verbs

    def verbs(self) -> Iterator[Cue]:
        for word in self.tree.words:
            lemma = self.tree.lemmas[word.index]
            if lemma not in self.table.verbs or word.index in self.used or _a_name(
                    self.tree, word.index) or not (
                    word.upos in ("VERB", "AUX") or is_verb(self.tree, word)) \
                    or (lemma in CARRYING and self.tree.child(word.index, "compound:prt")):
                continue
            cue = self._verb(word, lemma)
            if cue is not None:
                yield cue
                yield from self._heard_from(cue)

    def _heard_from(self, cue: Cue) -> Iterator[Cue]:
        """*Heard from a slave that*: whoever told it stands behind the one that heard it."""
        tree = self.tree
        if cue.lemma not in ("hear", "learn"):
            return
        for c in tree.all_children(cue.word, "obl"):
            if "from" in tree.marks(c.index) and can_speak(tree, c.index):
                who = phrase(tree, self.report, c.index)
                yield replace(cue, who=who, rank=2, commitment="said",
                              content=cue.content - tree.below(c.index))

    def _verb(self, word: Word, lemma: str) -> Cue | None:
        at = word.index
        if self._not_asserted(at) or (lemma == "ask" and (
                self.tree.is_passive(at) or self.tree.child(at, "obl:agent") is not None)):
            return None
        if (said_to := self._said_to(at, lemma)) is not None:
            return said_to
        impersonal = self._impersonal(at, lemma)
        if impersonal is not None:
            return impersonal
        spoke = speaker_of(self.tree, at)
        if spoke is None or (self.tree.low[spoke] in ("it", "there")
                             and self.tree.is_passive(at)):
            return None
        if lemma not in OPEN_TO_ALL and not can_speak(self.tree, spoke) \
                and not self._acronym(spoke):
            return None                      # a war that threatens to spread
        outside = self._outside(at, spoke)
        ours = self.tree.low[spoke] == "we" and not self._in_quotes(at)
        if ours and lemma in VOUCHING:
            return None                      # the outlet itself
        hearsay = (ours or self.tree.low[spoke] == "one") and lemma in HEARING
        written = self.tree.lemmas[spoke] in self.table["utterances"]
        author = self._author(spoke) if written else None      # a statement from the command says
        who = UNNAMED if hearsay else phrase(self.tree, self.report,
                                             spoke if author is None else author)
        reported = reported_words(self.tree, at, who, outside)
        speaks = lemma not in self.table["clause_only"] and not self.tree.is_passive(at)
        backward = not reported and self._this(at)
        if not reported and not speaks and not backward:
            return None
        if self._another_is_said(at, spoke) or self._says_the_same(at, reported):
            return None
        return Cue(at, lemma, self.table.verbs[lemma], who, reported - outside, outside,
                   self.tree.lemmas[spoke] if author is not None else self._medium(at, who),
                   self._through(at), 1,
                   (self.tree.low[at],) if lemma in self.table["hedging_cues"] else (), speaks,
                   backward, aside=bool(reported) and not reported & self.tree.below(at))

    def _says_the_same(self, at: int, reported: frozenset[int]) -> bool:
        """*Radio announced, and an officer confirmed, the capture*: another voice for what the
        first cue reports, which does not stand behind it."""
        tree = self.tree
        if tree.bases[at] not in ("conj", "parataxis") or tree.words[at].head < 0:
            return False
        first, subject = tree.words[at].head, tree.subject(at)
        if tree.lemmas[first] not in self.table.verbs or subject is None or first > at \
                or tree.subject(first) is None or not any(
                    tree.low[c.index] == "and" for c in tree.children[at]):
            return False
        own = {i for c in tree.all_children(at, "ccomp", "obj", "xcomp", "csubj")
               for i in tree.below(c.index)}
        return tree.words[max(tree.below(at) - own, default=at)].index < len(tree.words) - 1 \
            and bool(reported) and min(tree.below(at)) > first \
            and tree.words[first + 1].form == ","

    def _said_to(self, at: int, lemma: str) -> Cue | None:
        """*Marines said to number two thousand*: somebody says that, and not they."""
        tree = self.tree
        told = tree.child(at, "xcomp")
        if lemma not in self.table["impersonal"] or tree.bases[at] != "acl" or told is None \
                or not tree.is_infinitive(told.index) or tree.is_gerund(at) \
                or tree.child(at, "nsubj", "obl:agent") is not None:
            return None
        return Cue(at, lemma, "hearsay", UNNAMED, tree.below(told.index), frozenset({at}),
                   hedges=(f"{tree.low[at]} to",))

    def _acronym(self, spoke: int) -> bool:
        """*WFP fears that*: a body known by its initials."""
        word = self.tree.words[spoke]
        return word.upos == "PROPN" and word.form.isupper() and 2 < len(word.form) < 8

    def _in_quotes(self, at: int) -> bool:
        return any(w.form in ("“", '"', "«", "``", "‘") for w in self.tree.words[:at])

    def counts(self) -> Iterator[Cue]:
        """*Officials put the number of dead at 45*."""
        tree = self.tree
        if "put" not in tree.lemmas:
            return
        for word in tree.words:
            if tree.lemmas[word.index] != "put":
                continue
            counted = tree.child(word.index, "obj")
            speaker = tree.child(word.index, "nsubj")
            if counted and speaker and any(
                    "at" in tree.marks(c.index) and (c.upos == "NUM" or tree.child(
                        c.index, "nummod")) for c in tree.all_children(word.index, "obl")):
                outside = self._outside(word.index, speaker.index)
                yield Cue(word.index, "put", "said", phrase(tree, self.report, speaker.index),
                          tree.below(word.index) - outside, outside)

    def _this(self, at: int) -> bool:
        """*Announced this*, *this was announced by*, *told about it*."""
        tree = self.tree
        known = tree.child(at, "nsubj:pass")
        if known is not None and known.lemma.lower() in KNOWN and any(
                tree.low[c.index] in ("the", "this") for c in tree.children[known.index]):
            return True
        return any(tree.low[c.index] in ("this", "it", "that")
                   and c.upos in ("PRON", "DET") and (
                       tree.low[c.index] == "this" or set(tree.marks(c.index)) & {"about", "of"})
                   for c in tree.all_children(at, "obj", "nsubj:pass", "obl", "nsubj")
                   if c.deprel != "nsubj" or tree.is_passive(at))

    def _another_is_said(self, at: int, speaker: int) -> bool:
        """A numeral or a thing that cannot speak (*the move said to*)."""
        return self.tree.words[speaker].upos in ("NUM", "SYM") or speaker == at

    def _not_asserted(self, at: int) -> bool:
        """*Did not say*, *could not verify*, *if he says*: no source stands behind the content."""
        tree = self.tree
        above = tree.words[at].head
        if above >= 0 and tree.low[above] == "whatever":
            return True                      # whatever the radio may say
        chain = [at]
        if base(tree.words[at].deprel) == "xcomp" and tree.words[at].head >= 0:
            chain.append(tree.words[at].head)
            if tree.words[chain[1]].lemma in ("refuse", "decline", "fail", "unable"):
                return True
        for index in chain:
            for child in tree.children[index]:
                low = tree.low[child.index]
                if low in ("not", "n't", "never", "neither", "cannot") and base(child.deprel) in (
                        "advmod", "aux", "det") and tree.lemmas[at] not in self.table["held_views"]:
                    return True
                if low in ("if", "unless", "whether") and base(child.deprel) == "mark":
                    return True
        return False

    def _impersonal(self, at: int, lemma: str) -> Cue | None:
        """*Is said to be*, *it is believed that*: somebody without a name."""
        tree = self.tree
        subject = tree.child(at, "nsubj", "expl", "csubj")
        told = lemma in TOLD and subject is not None and not self._in_quotes(at) \
            and tree.low[subject.index] in ("we", "one")     # we are told that
        if lemma not in self.table["impersonal"] and not told:
            return None
        passive = any(c.deprel in ("nsubj:pass", "aux:pass", "expl:pass")
                      for c in tree.children[at])
        complement = tree.child(at, "xcomp", "ccomp", "csubj", "advcl")
        if not passive or complement is None or tree.child(at, "obl:agent") is not None or \
                any("by" in tree.marks(c.index) for c in tree.all_children(at, "obl")):
            return None
        if base(complement.deprel) in ("xcomp", "advcl") \
                and "to" not in tree.marks(complement.index) \
                and not tree.is_infinitive(complement.index):
            return None
        content = set(tree.below(complement.index))
        raised = base(complement.deprel) != "ccomp" and subject is not None
        if raised and subject is not None:
            content |= tree.below(subject.index)
        to_be = any(tree.low[a.index] == "be" for a in tree.auxiliaries(complement.index))
        hedge = tree.low[at] + (" to be" if raised and to_be else " to" if raised else "")
        commitment: Commitment = self.table.verbs.get(lemma, "hearsay")
        if commitment == "said":
            commitment = "hearsay"
        return Cue(at, lemma, commitment, UNNAMED, frozenset(content - {at}), frozenset({at}), None,
                   None, 1, (hedge,))

    def _outside(self, at: int, spoke: int) -> frozenset[int]:
        """The words of cue and source: never content."""
        tree = self.tree
        inside = at in tree.below(spoke)
        clauses = {i for c in tree.children[spoke]
                   if base(c.deprel) in ("ccomp", "parataxis")
                   or (base(c.deprel) == "acl" and (inside or at in tree.below(c.index)
                                                    or c.index > at))
                   for i in tree.below(c.index)}
        source = tree.below(spoke) - clauses if not inside else {
            *extent(tree, spoke), *(i for c in tree.all_children(spoke, "acl")
                                    if at not in tree.below(c.index) for i in tree.below(c.index))}
        named = {i for c in tree.all_children(at, "nsubj")       # the outlet Dalinform reported
                 if c.index == max(source, default=at) + 1 for i in tree.below(c.index)}
        return frozenset({at, *(c.index for c in tree.auxiliaries(at)), *source, *named})

    # media

    def _medium(self, at: int, who: Phrase) -> str | None:
        tree, table = self.tree, self.table
        lemma = tree.words[at].lemma.lower()
        if lemma in ("tweet", "retweet"):
            return "Twitter"
        if who.head in table["utterances"] and who.mention is not None \
                and who.mention.form == "description":
            return MEDIUM_NAMES.get(who.head, who.head)
        for index in (at, *self._governors(at)):
            for child in tree.children[index]:
                rel = base(child.deprel)
                low = tree.low[child.index]
                if rel == "obl" and not MEDIUM_MARKS & set(tree.marks(child.index)):
                    continue
                if rel not in ("obl", "obj", "nmod"):
                    continue
                if child.form in table["platforms"]:
                    return child.form
                if (rel == "obl" or index != at) and child.lemma.lower() in table["mediums"]:
                    platform = next((c.form for c in tree.children[child.index]
                                     if c.form in table["platforms"]), None)
                    return platform or MEDIUM_NAMES.get(child.lemma.lower(), low)
        return None

    def _governors(self, at: int) -> list[int]:
        word = self.tree.words[at]
        return [word.head] if base(word.deprel) in ("xcomp", "advcl") and word.head >= 0 else []

    def _through(self, at: int) -> Phrase | None:
        """The news organisation that the speaker told: *told Reuters*, *in an interview with
        CNN*."""
        tree = self.tree
        if tree.words[at].lemma in ("tell", "inform"):
            run = at + 1
            while run < len(tree.words) and (tree.words[run].upos == "PROPN" or (
                    run == at + 1 and tree.words[run].upos == "DET")):
                run += 1
            told = tree.words[run - 1] if run > at + 1 else None
            if told is not None and told.upos == "PROPN":
                who = phrase(tree, self.report, told.index)
                if media_class(self.report.text[tree.words[at + 1].span.start:told.span.end]):
                    return who
                if tree.words[at + 1].form == "The":             # told The Irrawaddy
                    return replace(who, source_class="media")
        for i in range(at + 1, min(at + TOLD_REACH, len(tree.words))):
            if tree.words[i].form in (",", "“", '"', ":") or tree.low[i] == "that":
                break
            head = tree.words[i].head
            if tree.low[i] == "to" and base(tree.words[i].deprel) == "case" and head > i and (
                    found := self._media_phrase(head)) is not None:
                return found
        for child in tree.children[at]:
            rel = base(child.deprel)
            marks = set(tree.marks(child.index))
            is_told = rel in ("obj", "iobj") or (
                rel == "obl" and bool(marks & {"to", "with", "on", "by"}))
            bare = rel in ("obj", "iobj") and tree.words[at].lemma in ("tell", "inform")
            if is_told and (found := self._media_phrase(child.index, bare)) is not None:
                return found
            noun = child.lemma.lower()
            if rel == "advcl" or (
                    rel == "obl" and (noun == "talk" or noun in self.table["mediums"])):
                for grand in tree.children[child.index]:
                    if {"to", "with", "by", "on"} & set(tree.marks(grand.index)) and (
                            found := self._media_phrase(grand.index)) is not None:
                        return found
        return None

    def _media_phrase(self, head: int, told: bool = False) -> Phrase | None:
        """The news organisation that a phrase names; one without a name, too, where it was
        ``told``."""
        tree = self.tree
        if tree.words[head].upos == "PRON" or tree.words[head].form in self.table["platforms"]:
            return None
        who = phrase(tree, self.report, head)
        named = tree.words[head].upos == "PROPN" or tree.sentence.name_at(head) is not None or any(
            c.upos == "PROPN" for c in tree.children[head])
        lemma = tree.words[head].lemma.lower()
        is_media = bool(media_class(who.name)) or (
            named and lemma not in REPORTERS
            and self.table.nouns.get(lemma) in ("media", "agency"))
        if not is_media and tree.low[head] == "agency" and any(
                c.upos == "PROPN" for c in tree.all_children(head, "compound")):
            return replace(who, source_class="agency")      # told the Miran agency
        head_noun = tree.words[head].lemma.lower()
        own = any(tree.low[c.index] in ("this", "our") for c in tree.children[head])
        if told and not own and head_noun in MEDIA_HEADS \
                and tree.words[head].feat("Number") != "Plur":
            is_media = head_noun != "agency" or self._same_agency(head)      # state television
        if not is_media:
            return None
        if who.source_class in ("agency", "media"):
            return who
        return replace(who, source_class="media")

    def _same_agency(self, head: int) -> bool:
        """*The same agency*, *the news agency*, *the agency*: of news, told something."""
        kept = {self.tree.low[c.index] for c in self.tree.children[head]}
        return bool(kept & {"same", "news", "press"}) or (
            len(self.tree.children[head]) == 1 and "the" in kept)

    # citations

    def citations(self) -> Iterator[Cue]:
        """*AP cited officials as saying*, *citing officials, the Times reported*, *quoted as
        saying*."""
        for word in self.tree.words:
            lemma = self.tree.lemmas[word.index]
            cites = lemma in CITING or (
                lemma in ("report", "hear") and self._as_saying(word.index) is not None)
            if cites and word.upos == "VERB":
                yield from self._citation(word)

    def _as_saying(self, at: int) -> int | None:
        tree = self.tree
        return next((i for i in range(at + 2, len(tree.words)) if tree.low[i - 1] == "as" and (
            tree.low[i] in SAYING or (tree.low[i].endswith("ing")
                                      and tree.lemmas[i] in self.table.verbs))), None)

    def _citation(self, word: Word) -> Iterator[Cue]:
        tree, at = self.tree, word.index
        passive = tree.is_passive(at)
        cited = tree.child(at, "nsubj:pass") if passive else tree.child(at, "obj", "iobj")
        saying = self._as_saying(at)
        if cited is None and not passive:    # the parser missed the object
            cited = next_nominal(tree, at, saying if saying is not None else len(tree.words))
        if cited is None:
            return
        who = phrase(tree, self.report, cited.index)
        outside = self._outside(at, cited.index)
        if saying is not None:
            self.used |= {at, saying}
            content = self._said_after(saying)
            lemma = tree.words[saying].lemma.lower()
            yield Cue(saying, lemma, self.table.verbs.get(lemma, "said"), who, content - outside,
                      outside | {saying}, None,
                      self._through(saying) if lemma == "tell" else None, 2,
                      (tree.low[saying],) if lemma in self.table["hedging_cues"] else (), True)
            outer = speaker_of(self.tree, at)
            if outer is not None and outer != cited.index:
                yield Cue(at, "cite", "reported", phrase(tree, self.report, outer),
                          content - outside, outside, None, None, 0)
            return
        governor = next((i for i in tree.ancestors(at)
                         if tree.words[i].upos in ("VERB", "AUX")), -1)
        if governor >= 0 and tree.low[at].endswith("ing"):
            self.used.add(at)
            reported = self._cited_content(at, governor) - outside
            for i in range(at - 1, -1, -1):      # ..., the paper wrote, citing a colonel
                if tree.lemmas[i] in self.table.verbs and tree.words[i].upos == "VERB" \
                        and i not in self.used and i in reported \
                        and (above := self._verb(tree.words[i], tree.lemmas[i])) is not None:
                    reported = above.content - tree.below(at) - outside
                    break
            yield Cue(at, word.lemma.lower(), "said", who, reported, outside, None, None, 2)

    def _said_after(self, saying: int) -> frozenset[int]:
        tree = self.tree
        complement = tree.child(saying, "ccomp", "parataxis", "xcomp") or (
            None if tree.words[saying].lemma == "tell" else tree.child(saying, "obj"))
        told = tree.child(saying, "iobj", "obj") if tree.words[saying].lemma == "tell" else None
        if complement is not None:
            return tree.below(complement.index)
        behind = frozenset(i for i in range(saying + 1, len(tree.words))
                           if tree.words[i].upos != "PUNCT"
                           and (told is None or i not in tree.below(told.index)))
        if behind:
            return behind
        citing = tree.words[saying].head         # Kabul fell, TASS quoted him as saying
        return reported_words(tree, citing, UNNAMED, tree.below(citing)) if citing >= 0 else behind

    def _cited_content(self, at: int, governor: int) -> frozenset[int]:
        """What the governor reports, if it reports; else the governor's own clause."""
        tree = self.tree
        lemma = tree.words[governor].lemma.lower()
        below = tree.below(at)
        if lemma in self.table.verbs:
            spoke = speaker_of(tree, governor)
            outside = frozenset({governor, at}) | (
                self._outside(governor, spoke) if spoke is not None else frozenset())
            content = reported_words(tree, governor, UNNAMED, outside)
            if content:
                return content - below
        return tree.below(governor) - below
