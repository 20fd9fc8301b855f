"""Who says it: the chain of sources behind each predicate of a report.

Cues (reporting verbs, *according to*, *citing*, headlines' colons, datelines, adverbs) are found in
each sentence with the words they govern; quotations carry a speaker over sentences. The sources whose
content holds a predicate, outermost first, are its chain. What no content holds is the outlet's own
voice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from whoholds.claims.clauses import Tree
from whoholds.claims.cues import Cue, cues
from whoholds.claims.headlines import dateline_agency
from whoholds.claims.quotations import Quotation, quotations
from whoholds.claims.sources import Phrase, media_class, words
from whoholds.core import Parse, Report, Source

# A quotation shorter than this many words and without a verb is a term (*by force*), not speech.
SPEECH_WORDS = 4
# How many sentences back a pronoun or *the ministry* may find its source; news rarely reaches further.
MEMORY = 12


@dataclass(frozen=True, slots=True)
class Link:
    """A source with the words that it stands behind. ``size`` orders nesting: more is outer."""

    source: Source
    content: frozenset[tuple[int, int]]      # (sentence, word)
    cue: tuple[int, int]
    rank: int
    hedges: tuple[str, ...]


class Attributor:
    """Reads all attributions of a report once; then answers for each predicate."""

    def __init__(self, report: Report, parse: Parse) -> None:
        self.report, self.parse = report, parse
        self.trees = tuple(Tree(s) for s in parse.sentences)
        self.base = self._base()
        self.links: list[Link] = []
        self._seen: list[tuple[int, Phrase, str | None]] = []      # sentence, phrase, medium
        quoted = quotations(report.text)
        self.speech = tuple(q for q in quoted if self._is_speech(q))
        self._by_quote: dict[int, list[tuple[Phrase, Cue]]] = {}
        for index in range(len(self.trees)):
            self._read(index)

    def chain(self, sentence_index: int, predicate: int) -> tuple[Source, ...]:
        """The sources of word ``predicate``, the outlet first, the origin last. Never empty."""
        return (*self.base, *(link.source for link in self._over(sentence_index, predicate)))

    def hedges(self, sentence_index: int, predicate: int) -> tuple[str, ...]:
        """The cues and adjectives that hedge what the chain says, as written, outermost first."""
        found = [h for link in self._over(sentence_index, predicate) for h in link.hedges]
        return tuple(dict.fromkeys(found))

    def _over(self, sentence: int, predicate: int) -> list[Link]:
        over = [x for x in self.links if (sentence, predicate) in x.content]
        over.sort(key=lambda x: (-len(x.content), x.rank, x.cue))
        kept: list[Link] = []
        for link in over:
            same = [k for k in kept if k.source.name == link.source.name]
            if not same and link.source.name.lower() != self.report.outlet.lower():
                kept.append(link)
        return kept

    def _base(self) -> tuple[Source, ...]:
        """The outlet, and the agency whose dateline the report carries."""
        outlet = Source(self.report.outlet, "outlet")
        agency = dateline_agency(self.report.text)
        if agency is None or _same(agency, self.report.outlet):
            return (outlet,)
        return (outlet, Source(agency, media_class(agency) or "agency", "reported", "dateline"))

    def _is_speech(self, quote: Quotation) -> bool:
        inside = [w for s in self.parse.sentences for w in s.words
                  if quote.span.start <= w.span.start and w.span.end <= quote.span.end]
        return not quote.closed or sum(w.upos != "PUNCT" for w in inside) >= SPEECH_WORDS or any(
            w.upos == "VERB" and w.feat("VerbForm") == "Fin" for w in inside)

    # reading, sentence by sentence

    def _read(self, index: int) -> None:
        tree = self.trees[index]
        found = cues(tree, self.report)
        quotes = [n for n, q in enumerate(self.speech) if q.span.overlaps(tree.sentence.span)]
        for cue in found:
            who = self._resolve(index, cue)
            if who is None:
                continue
            content = {(index, i) for i in cue.content}
            for n in quotes:
                if self._touches(n, index, cue, content, found):
                    content |= self._quoted(n) - {(index, i) for i in cue.outside}
                    self._by_quote.setdefault(n, []).append((who, cue))
            self._add(index, who, cue, frozenset(content))
        for n in quotes:
            if n not in self._by_quote:
                self._carry_on(index, n)

    def _touches(self, n: int, index: int, cue: Cue, content: set[tuple[int, int]],
                 found: tuple[Cue, ...]) -> bool:
        """Whether the quotation belongs to the cue: it holds some of the cue's content, or nobody
        else's in the sentence; and the cue itself stands outside."""
        inside = self._quoted(n)
        if (index, cue.word) in inside:
            return False
        if inside & content:
            return True
        return not any({(index, i) for i in other.content} & inside for other in found) \
            and cue.speaks and not content

    def _quoted(self, n: int) -> set[tuple[int, int]]:
        span = self.speech[n].span
        return {(s, w.index) for s, sentence in enumerate(self.parse.sentences)
                if sentence.span.overlaps(span)
                for w in sentence.words if span.start <= w.span.start < span.end}

    def _carry_on(self, index: int, n: int) -> None:
        """A quotation without a cue of its own: of the speaker of the quotation it resumes, or of the
        one before it in the paragraph, or of the sentence before that ends in a colon."""
        quote = self.speech[n]
        before = self._by_quote.get(n - 1) if n else None
        near = before is not None and (quote.resumes or self._same_paragraph(n - 1, n))
        if not near and index and self.report.text[:quote.span.start].rstrip(" \n“\"«‘").endswith(":"):
            last = [x for x in self.links if x.cue[0] in (index, index - 1)]
            if last:
                link = last[-1]
                self.links.append(replace(link, content=frozenset(self._quoted(n))))
                return
        if near and before is not None:
            for who, cue in before:
                self._add(index, who, cue, frozenset(self._quoted(n)))
            self._by_quote[n] = before
            return
        if self._seen and self._starts_sentence(index, n) and \
                index - self._seen[-1][0] <= 1 and self._by_quote:
            _, who, medium = self._seen[-1]
            self.links.append(Link(who.source("said", None, medium), frozenset(self._quoted(n)),
                                   (index, 0), 0, ()))

    def _starts_sentence(self, index: int, n: int) -> bool:
        return self.speech[n].span.start - self.trees[index].sentence.span.start <= 2

    def _same_paragraph(self, a: int, b: int) -> bool:
        return "\n" not in self.report.text[self.speech[a].span.end:self.speech[b].span.start]

    def _add(self, index: int, who: Phrase, cue: Cue, content: frozenset[tuple[int, int]]) -> None:
        at = (index, cue.word)
        if cue.through is not None:
            through = cue.through
            if not _same(through.name, self.report.outlet):
                self.links.append(Link(through.source("reported", cue.lemma, None), content, at, 0, ()))
        self.links.append(Link(who.source(cue.commitment, cue.lemma, cue.medium), content, at,
                               cue.rank, (*cue.hedges, *who.hedges)))

    def _resolve(self, index: int, cue: Cue) -> Phrase | None:
        """The cue's source; pronouns, *the ministry*, *the tweet* stand for an earlier one."""
        who = cue.who
        if not who.anonymous and _same(who.name, self.report.outlet):
            return None
        earlier = [(i, p, m) for i, p, m in self._seen if index - i <= MEMORY]
        if who.head in words()["utterances"] and who.definite:
            for _, known, medium in reversed(earlier):
                if not known.pronoun and (medium or known.head not in words()["utterances"]):
                    who = replace(known, mention=who.mention)
                    break
        elif who.pronoun:
            people = who.name.lower() in words()["person_pronouns"]
            for _, known, _medium in reversed(earlier):
                if people == (known.source_class in PERSONS) and not known.pronoun:
                    who = replace(known, mention=who.mention)
                    break
        elif who.definite and who.mention is not None and who.mention.form == "description":
            for _, known, _medium in reversed(earlier):
                if _last_word(known.name) == who.head or known.head == who.head:
                    who = replace(known, mention=who.mention)
                    break
        if who.source_class != "unnamed":
            self._seen.append((index, who, cue.medium))
        return who


PERSONS = frozenset({"official", "spokesperson", "resident", "person", "anonymous"})


def _last_word(name: str) -> str:
    return name.rsplit(maxsplit=1)[-1].lower() if name.split() else ""


def _same(a: str, b: str) -> bool:
    """One name, articles and case aside."""
    def plain(name: str) -> str:
        return name.lower().removeprefix("the ").strip()
    return plain(a) == plain(b)
