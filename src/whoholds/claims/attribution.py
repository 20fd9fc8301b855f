"""Who says it: the chain of sources behind each predicate of a report.

Cues (reporting verbs, *according to*, *citing*, headlines' colons, adverbs) are found in each
sentence
with the words they govern; quotations carry a speaker over sentences; a dateline's agency stands
behind the whole report. The sources whose content holds a predicate, outermost first, are its
chain. What no content holds is the outlet's own voice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from whoholds.claims.asides import Cue
from whoholds.claims.clauses import Tree
from whoholds.claims.cues import Finder, cues, issuers
from whoholds.claims.headlines import credited, dateline_agency
from whoholds.claims.idioms import ACCOUNTS
from whoholds.claims.quotations import Quotation, quotations
from whoholds.claims.sources import Phrase, media_class, phrase, words
from whoholds.core import Parse, Report, Source

# A closed quotation of fewer words without a finite verb is a term (*by force*), not speech.
SPEECH_WORDS = 4
# How many sentences back a pronoun or *the ministry* finds its source; news seldom reaches further.
MEMORY = 12
NEAR = 2                     # sentences back that somebody who has not spoken is *he*
PERSONS = frozenset({"official", "spokesperson", "resident", "person", "anonymous"})
NOBODY = frozenset({"what", "who", "whom", "which", "that", "this", "these", "those", "you",
                    "there", "one", "someone", "anyone", "everyone", "nobody", "none"})

HE_OR_SHE = frozenset({"he", "she", "his", "her"})
FRESH = frozenset({"latest", "new", "fresh", "further", "other", "another", "early", "initial"})

Position = tuple[int, int]                # sentence, word


@dataclass(slots=True)
class Link:
    """A source and the words that it stands behind. ``rank`` orders links over the same words."""

    source: Source
    cue: Position
    rank: int
    hedges: tuple[str, ...]
    content: set[Position] = field(default_factory=set)
    aside: bool = False


class Attributor:
    """Reads all attributions of a report once; then answers for each predicate.

    ``report`` is the report that ``parse`` is of, ``trees`` those of its sentences, where they are
    there already.
    """

    def __init__(self, report: Report, parse: Parse, trees: Sequence[Tree] | None = None) -> None:
        self.report, self.parse = report, parse
        self.trees = trees if trees is not None else [Tree(s) for s in parse.sentences]
        self.base = _base(report)
        self.links: list[Link] = []
        self._memory: list[tuple[int, Phrase, str | None]] = []     # sentence, source, medium
        self._refuted: list[tuple[Phrase, str, frozenset[Position]]] = []
        self._actors: list[tuple[int, Phrase]] = []                 # sentence, who may speak
        self._persons: list[tuple[int, Phrase]] = []                # likewise, by name
        self._speech = tuple(q for q in quotations(report.text) if self._is_speech(q))
        self._quoted = tuple(self._positions(q) for q in self._speech)
        self._speakers: dict[int, list[Link]] = {}                  # quotation -> links behind it
        self._known: dict[Position, list[Link]] = {}
        for index in range(len(self.trees)):
            self._read(index)

    def chain(self, sentence_index: int, predicate: int) -> tuple[Source, ...]:
        """The sources of word ``predicate``: the outlet first, the origin last. Never empty."""
        return (*self.base, *(
            link.source for link in _voiced(self._over(sentence_index, predicate))))

    def speaks(self, sentence_index: int, cue: int) -> tuple[Source, ...]:
        """Who speaks through word ``cue`` itself, as *the rebels* in *the rebels admitted the loss
        of eight men*; empty where nobody does."""
        return tuple(link.source for link in self.links if link.cue == (sentence_index, cue)
                     and (sentence_index, cue) not in link.content)

    def refuted(self, sentence_index: int, predicate: int) -> tuple[Source, ...] | None:
        """The chain of whoever said what somebody denies here (*dismissed the rebels' claim that
        they had taken it*); None where nobody is named."""
        return next(((*self.base, who.source("claimed", noun, None))
                     for who, noun, content in self._refuted
                     if (sentence_index, predicate) in content), None)

    def hedges(self, sentence_index: int, predicate: int) -> tuple[str, ...]:
        """The cues and adjectives that hedge what the chain says, as written, outermost first."""
        found = [h for link in self._over(sentence_index, predicate) for h in link.hedges]
        return tuple(dict.fromkeys(found))

    def _over(self, sentence: int, predicate: int) -> list[Link]:
        known = self._known.get((sentence, predicate))
        if known is None:
            known = self._known[sentence, predicate] = self._find(sentence, predicate)
        return known

    def _find(self, sentence: int, predicate: int) -> list[Link]:
        over = [x for x in self.links if (sentence, predicate) in x.content]
        # a medium that stands beside the report of another prints what that other reports
        over.sort(key=lambda x: (not (x.aside and x.source.source_class in ("media", "agency")),
                                 -len(x.content), x.rank, x.cue))
        denied = {at for x in over if x.source.commitment == "denied" for at in x.content}
        kept: list[Link] = []
        for link in over:
            if link.cue in denied and link.source.commitment == "reported":
                continue                     # the fall of the port, reported by radio, was denied
            if not any(_same(k.source.name, link.source.name) for k in kept):
                kept.append(link)
        return kept

    def _is_speech(self, quote: Quotation) -> bool:
        inside = [self.trees[s].words[w] for s, w in self._positions(quote)]
        return not quote.closed or sum(w.upos != "PUNCT" for w in inside) >= SPEECH_WORDS or any(
            w.upos == "VERB" and w.feat("VerbForm") == "Fin" for w in inside)

    def _positions(self, quote: Quotation) -> frozenset[Position]:
        return frozenset((s, w.index) for s, sentence in enumerate(self.parse.sentences)
                         if sentence.span.overlaps(quote.span)
                         for w in sentence.words
                         if quote.span.start <= w.span.start < quote.span.end)

    # reading, sentence by sentence

    def _read(self, index: int) -> None:
        tree = self.trees[index]
        finder = Finder(tree, self.report)
        found = cues(tree, self.report, finder)
        self._refuted += [((self._earlier(index, who) or (who, None))[0] if who.pronoun else who,
                           noun, frozenset((index, i) for i in content))
                          for who, noun, content in finder.refuted]
        quotes = [n for n, q in enumerate(self._speech) if q.span.overlaps(tree.sentence.span)]
        for cue in found:
            who = self._resolve(index, cue, quotes)
            if who is None or any(_same(who.name, s.name) for s in self.base):
                continue
            content = {(index, i) for i in cue.content}
            if any((index, cue.word) in self._quoted[n] for n in quotes):
                content &= {at for n in quotes for at in self._quoted[n]}
            if cue.backward:
                content |= self._before(index)
            own = [n for n in quotes if self._belongs(n, index, cue, found)]
            if cue.speaks and not content and not quotes:
                own = self._just_closed(index)
            for n in own:
                content |= self._quoted[n] - {(index, i) for i in cue.outside}
            links = self._add(index, who, cue, content)
            for n in own:
                self._speakers.setdefault(n, []).extend(links)
        for n in quotes:
            if n not in self._speakers and self._speech[n].span.end <= tree.sentence.span.end:
                self._carry_on(index, n)
        for word in tree.words:              # whoever acts may be *they* who say more
            if word.deprel == "nsubj" and word.head >= 0 \
                    and tree.bases[word.head] in ("root", "conj"):
                name = tree.sentence.name_at(word.index)
                if word.lemma.lower() in words()["people"] | words()["offices"]:
                    self._actors.append((index, phrase(tree, self.report, word.index)))
                elif name is not None and name.type == "PER":
                    self._persons.append((index, phrase(tree, self.report, word.index)))
        self._credit(index)
        for spoke, medium in issuers(tree):
            self._memory.append((index, phrase(tree, self.report, spoke), medium))

    def _credit(self, index: int) -> None:
        """A line such as *Source: A. K., adviser to the president* stands behind the paragraph
        before it."""
        head = credited(self.trees[index])
        sentences = self.parse.sentences
        above = sentences[index].paragraph - 1
        if head is None or index == 0 or sentences[index - 1].paragraph != above:
            return
        who = phrase(self.trees[index], self.report, head)
        if is_outlet(who.name, self.report.outlet) or (who.source_class == "person" and (
                who.mention is None or who.mention.form != "name")):
            return
        printed = who.source_class in ("media", "agency", "social media", "document")
        content = {(s, w.index) for s, sentence in enumerate(sentences)
                   if sentence.paragraph == above for w in sentence.words}
        self.links.append(Link(who.source("reported" if printed else "said", "source", None),
                               (index, 0), 0, (), content))
        self._memory.append((index, who, None))

    def _before(self, index: int) -> set[Position]:
        """What *this* in *the governor announced this* stands for: the sentence before, or the
        whole paragraph before where a paragraph starts with it."""
        sentences = self.parse.sentences
        if index == 0:
            return set()
        starts = sentences[index].paragraph != sentences[index - 1].paragraph
        return {(s, w.index) for s in range(index) for w in sentences[s].words
                if s == index - 1 or (starts and sentences[s].paragraph ==
                                      sentences[index - 1].paragraph)}

    def _belongs(self, n: int, index: int, cue: Cue, found: tuple[Cue, ...]) -> bool:
        """Whether a quotation is the cue's: the cue stands outside it and it holds some of the
        cue's content, or no other cue's in a sentence whose cue has none."""
        inside = self._quoted[n]
        if (index, cue.word) in inside:
            return False
        if any((index, i) in inside for i in cue.content):
            return True
        return cue.speaks and not cue.content and not any(
            (index, i) in inside for other in found for i in other.content)

    def _just_closed(self, index: int) -> list[int]:
        """The quotation that ends right before a sentence that only says whose it is (*"We went.
        It fell." Berg wrote.*); nobody else's then."""
        start = self.trees[index].sentence.span.start
        for n, quote in enumerate(self._speech):
            between = self.report.text[quote.span.end:start]
            if quote.span.end <= start and not between.strip(" \"”»’'") and "\n" not in between:
                for link in self._speakers.pop(n, []):
                    link.content -= self._quoted[n]
                return [n]
        return []

    def _carry_on(self, index: int, n: int) -> None:
        """A quotation without a cue of its own is of the speaker of the one that it resumes or that
        stands before it in the paragraph; of the cue before a colon; or, as a sentence of its own,
        of whoever spoke in the sentence before."""
        quote = self._speech[n]
        before = self._speakers.get(n - 1) if n else None
        if before and (quote.resumes or "\n" not in
                       self.report.text[self._speech[n - 1].span.end:quote.span.start]):
            links = before
        else:
            lead = self.report.text[:quote.span.start].rstrip(" \n“\"«‘'")
            near = [x for x in self.links if index - 1 <= x.cue[0] <= index
                    and x.cue not in self._quoted[n]]
            opens = quote.span.start - self.trees[index].sentence.span.start <= 2
            if not near or not (lead.endswith(":") or opens):
                return
            links = [x for x in near if x.cue == near[-1].cue]
        for link in links:
            link.content |= self._quoted[n]
        self._speakers[n] = links

    def _add(self, index: int, who: Phrase, cue: Cue, content: set[Position]) -> list[Link]:
        at = (index, cue.word)
        links = []
        through = cue.through
        if through is not None and through.definite and (
                earlier := self._earlier(index, _unsame(through))) is not None:
            through = replace(earlier[0], mention=through.mention)
        if through is not None and not is_outlet(through.name, self.report.outlet):
            links.append(Link(through.source("reported", cue.lemma, None), at, 0, (),
                              set(content)))
        links.append(Link(who.source(cue.commitment, cue.lemma, cue.medium), at, cue.rank,
                          (*cue.hedges, *who.hedges), set(content), cue.aside))
        self.links.extend(links)
        return links

    # who is meant

    def _resolve(self, index: int, cue: Cue, quotes: list[int]) -> Phrase | None:
        """The cue's source, an earlier one for pronouns, *the ministry*, *the tweet*; None where
        the outlet speaks of itself, a quoted speaker of himself, or nobody speaks."""
        who = cue.who
        if is_outlet(who.name, self.report.outlet, spoken=True):
            return None
        name = who.name.lower()
        if who.pronoun and (name in NOBODY or (name in ("i", "we") and any(
                (index, cue.word) in self._quoted[n] for n in quotes))):
            return None
        earlier = self._earlier(index, who, cue)
        medium = cue.medium
        if earlier is not None:
            known, known_medium = earlier
            who = replace(known, mention=who.mention)
            medium = known_medium or medium
        if who.source_class != "unnamed":
            self._memory.append((index, who, medium))
        return who

    def _earlier(self, index: int, who: Phrase,
                 cue: Cue | None = None) -> tuple[Phrase, str | None] | None:
        """The earlier source that a pronoun, a definite description or an utterance stands for."""
        utterance = not _fresh(who) and who.definite and who.head in words()["utterances"] \
            and who.mention is not None and who.mention.form == "description"
        people = who.head in words()["person_pronouns"]
        if (here := self._acts_here(index, who, cue)) is not None:
            return here, None
        for at, known, medium in reversed(self._memory):
            if index - at > MEMORY:
                return None
            if known.pronoun:
                continue
            if utterance:
                if medium or known.head not in words()["utterances"]:
                    return known, medium
            elif who.pronoun:
                if who.head in HE_OR_SHE and self._persons \
                        and self._persons[-1][0] == index - 1 > at:
                    return self._persons[-1][1], None        # whoever acted since
                if people == (known.source_class in PERSONS and not known.group) \
                        and not self._only_prints(at, known):
                    return known, None
            elif _surname(who, known) or _described(who, known):
                return known, None
        return self._group_before(index, who) or self._person_before(index, who, cue)

    def _acts_here(self, index: int, who: Phrase, cue: Cue | None,
                   told: bool = False) -> Phrase | None:
        """The person who does something in the sentence before *he* says what is not of that:
        *the governor was more careful: some, he told the paper, might be hiding*."""
        tree = self.trees[index]
        if cue is None or not who.pronoun or who.head not in HE_OR_SHE:
            return None
        here = [w.index for w in tree.words[:cue.word] if w.deprel.startswith("nsubj")
                and w.upos in ("NOUN", "PROPN") and w.feat("Number") != "Plur"
                and (told or w.index not in cue.content)]
        found = (phrase(tree, self.report, at) for at in reversed(here))
        return next((p for p in found if p.source_class in PERSONS and not p.group), None)

    def _person_before(self, index: int, who: Phrase,
                       cue: Cue | None) -> tuple[Phrase, str | None] | None:
        """*He* who has said nothing yet: the one who acted last, in this sentence (*the general
        failed to hold it, but it was no defeat, he told the senate*) or shortly before."""
        if not who.pronoun or who.head not in HE_OR_SHE:
            return None
        if (here := self._acts_here(index, who, cue, True)) is not None:
            return here, None
        near = [(at, known) for at, known in (*self._persons, *self._actors)
                if index - at <= NEAR and not known.group]
        return (max(near, key=lambda x: x[0])[1], None) if near else None

    def _only_prints(self, at: int, known: Phrase) -> bool:
        """Whether a medium is named for what another told it: *it* is that other."""
        return known.source_class in ("media", "agency") and any(
            a == at and k.source_class not in ("media", "agency") and k.group
            for a, k, _ in self._memory)

    def _group_before(self, index: int, who: Phrase) -> tuple[Phrase, str | None] | None:
        """The people who did something just before *they* say something."""
        if who.pronoun and who.head == "they":
            return next(((known, None) for at, known in reversed(self._actors)
                         if known.group and index - at <= 1), None)
        return None


def _voiced(links: list[Link]) -> list[Link]:
    """Without *reportedly*, *it is reported* where its sentence names who reports, or by whose
    word: they then say no more."""
    named = {x.cue[0] for x in links if x.source.source_class != "unnamed"}
    adverbs = words().adverbs
    owned = {x.cue[0] for x in links if x.source.cue in ACCOUNTS and x.source.name != "unnamed"}
    return [x for x in links if not (x.source.source_class == "unnamed" and (
        x.cue[0] in owned or (x.cue[0] in named and x.source.cue in adverbs)))]


def _fresh(who: Phrase) -> bool:
    """*The latest reports*, *another statement*: what was not spoken of before."""
    plural = who.mention is not None and who.mention.plural and who.head == "report"
    return plural or not FRESH.isdisjoint(who.name.lower().split())


def _unsame(who: Phrase) -> Phrase:
    """*The same agency* as *the agency*."""
    return replace(who, name=who.name.removeprefix("same "))


def _described(who: Phrase, known: Phrase) -> bool:
    """A definite description that tells nobody else apart: *the ministry* of *Interior Ministry*,
    *the governor of Mira* of *Anna Petrov, governor of the Mira region*."""
    if not who.definite or who.mention is None or who.mention.form != "description":
        return False
    own = set(who.name.split())
    if who.head in (known.head, known.name.split()[-1].lower()) and \
            {w.lower() for w in own} <= set(known.name.lower().split()):
        return True
    if who.source_class == "media" and known.source_class in ("media", "agency"):
        return own <= {who.head}             # the newspaper
    told = known.mention.text if known.mention is not None else ""
    return who.head in known.titles and all(w in told for w in own if w[:1].isupper())


def _surname(who: Phrase, known: Phrase) -> bool:
    """A single name that ends an earlier person's full name (*Rabani*, of *Ghulam Rabani*)."""
    name = who.mention.text if who.mention is not None else who.name
    return " " not in name and known.name != name and known.source_class in PERSONS \
        and not known.group and known.name.endswith(" " + name)


def _base(report: Report) -> tuple[Source, ...]:
    """The outlet, and the agency whose dateline the report carries."""
    outlet = Source(report.outlet, "outlet")
    agency = dateline_agency(report.text)
    if agency is None or is_outlet(agency, report.outlet):
        return (outlet,)
    return (outlet, Source(agency, media_class(agency) or "agency", "reported", "dateline"))


def _plain(name: str) -> str:
    return name.lower().removeprefix("the ").strip()


def _same(a: str, b: str) -> bool:
    """One name, articles and case aside."""
    return _plain(a) == _plain(b)


def is_outlet(name: str, outlet: str, spoken: bool = False) -> bool:
    """Whether an outlet named ``outlet`` speaks of itself as ``name``: by its name, the end of it
    (*the Herald*), its initials (*AP*), or its first words; those not where ``spoken`` tells that
    the name is a speaker's, as *Lenk said* in the *Lenk Post* is of the town."""
    own, parts = _plain(outlet).split(), _plain(name).split()
    if not parts:
        return False
    bare = name.removeprefix("the ").removeprefix("The ")
    initials = "".join(w[:1] for w in re.split(r"[\s-]", outlet) if w[:1].isupper()
                       and w != "The")
    whole = parts == own or (len(initials) > 1 and initials == bare.replace(".", ""))
    ending = bare[:1].isupper() and own[-len(parts):] == parts
    return whole or ending or (not spoken and own[:len(parts)] == parts)
