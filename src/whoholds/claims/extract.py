"""Claims of a report: propositions matched against the codebook, with source, time and quantity."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from whoholds.claims import kinds
from whoholds.claims.amounts import amount
from whoholds.claims.antecedents import Discourse
from whoholds.claims.arguments import subject
from whoholds.claims.attribution import Attributor
from whoholds.claims.circumstances import circumstances
from whoholds.claims.clauses import Tree as Clauses
from whoholds.claims.codebook import Codebook
from whoholds.claims.commitment import Walk
from whoholds.claims.confidence import CLAIM_P, Weigh, features, shipped
from whoholds.claims.echoes import with_denials
from whoholds.claims.frames import Match, Matcher, chosen, once
from whoholds.claims.gapping import shared_verbs
from whoholds.claims.hunches import HUNCH_P, heard, hunches
from whoholds.claims.mentions import MentionReader, PlaceReading
from whoholds.claims.nouns import SURE
from whoholds.claims.placing import Placer, linked
from whoholds.claims.propositions import propositions
from whoholds.claims.quantities import Counted
from whoholds.claims.repairs import mended
from whoholds.claims.senses import other_sense
from whoholds.claims.sources import phrase
from whoholds.claims.standing import standing
from whoholds.claims.times import Clock
from whoholds.claims.trees import Tree
from whoholds.claims.undertakings import undertaker
from whoholds.claims.wondering import wondered
from whoholds.core import Claim, Mention, Parse, Report, Source, Span


def extract(report: Report, parse: Parse, codebook: Codebook,
            is_place: Callable[[str], bool] | None = None,
            hunch_p: float = HUNCH_P, weigh: Weigh | None = None,
            claim_p: float = CLAIM_P) -> tuple[Claim, ...]:
    """The claims of a report, in reading order; one for each place of each matched frame.

    ``is_place`` says whether a gazetteer has exactly this name; it is only asked to choose between
    person and place where the parser leaves a capitalised name open. ``hunch_p`` is how probable
    the reader must be that a word tells of an event, where no frame speaks of it. ``weigh`` gives
    each claim its probability of being right, by default by the weights that ship; claims that are
    less probable than ``claim_p`` are left out.
    """
    found = _Extractor(report, parse, codebook, is_place, hunch_p, weigh)
    kept = tuple(c for c in found.claims() if c.confidence_p >= claim_p)
    return tuple(with_denials(kept, found.trees, found.firm, found.denied_by))


class _Extractor:
    def __init__(self, report: Report, parse: Parse, codebook: Codebook,
                 is_place: Callable[[str], bool] | None = None,
                 hunch_p: float = HUNCH_P, weigh: Weigh | None = None) -> None:
        self.hunch_p, self.weigh = hunch_p, weigh or shipped()
        self.forces = frozenset(s.words[n.start].form for s in parse.sentences for n in s.names
                                if n.subtype == "FORCE" and n.end == n.start + 1)
        parse = mended(parse, is_place, codebook.nouns.titles, codebook.nouns.fighters)
        self.report, self.parse, self.codebook = report, parse, codebook
        self.trees = [Tree(s) for s in parse.sentences]
        self.readers = [MentionReader(report.text, t, codebook.nouns) for t in self.trees]
        self.matchers = [Matcher(t, codebook) for t in self.trees]
        clauses = [Clauses(s) for s in parse.sentences]
        self.walks = [Walk(c) for c in clauses]
        self.attributor = Attributor(report, parse, clauses)
        self.clock = Clock(report, parse, trees=clauses)
        self.counted: list[Counted] = []
        for n, c in enumerate(clauses):
            same = n and parse.sentences[n - 1].paragraph == parse.sentences[n].paragraph
            self.counted.append(Counted(c, partial(self.clock.expressions, n),
                                        self.counted[-1] if same else None))
        self.discourse = Discourse(report.text, self.trees, codebook.nouns)
        self.told: list[tuple[int, str, str, Mention]] = []
        self.placer = Placer(report.text, self.trees, self.readers, self.matchers,
                             self.discourse, codebook.nouns)

    def claims(self) -> Iterator[Claim]:
        found = [(number, match) for number, tree in enumerate(self.trees)
                 for match in self._matches(number, tree)]
        self.discourse.note_fighters(self._acting(found))
        self.discourse.note_places(self._held(found))
        self.discourse.add_places(self._unread(found))
        self.discourse.add_actors(self._unread_actors(found))
        found = [(n, m) for n, m in found if not self._actor_as_place(n, m)]
        seen: set[tuple[object, ...]] = set()
        for number, match in found:
            for claim in self._of_match(number, match):
                key = (claim.kind, claim.polarity, claim.modality, claim.part,
                       claim.place and (claim.place.span, claim.place.antecedent),
                       claim.actor and claim.actor.span, claim.span)
                if key not in seen:
                    seen.add(key)
                    yield claim

    def firm(self, number: int, head: int) -> bool:
        """Whether a word is affirmed as fact."""
        stance = self.walks[number].commitment(head)
        return stance.polarity == "affirmed" and stance.modality == "actual"

    def denied_by(self, number: int, head: int, what: int) -> tuple[Source, ...]:
        """The chain of sources behind what the subject of a denial says."""
        chain = self.attributor.chain(number, what)
        who = subject(self.trees[number], head)
        if len(chain) > len(self.attributor.base) or who is None:
            return chain
        named = phrase(self.attributor.trees[number], self.report, who)
        return (*chain, named.source("denied", self.trees[number].lemma(head), None))

    def _matches(self, number: int, tree: Tree) -> list[Match]:
        matcher = self.matchers[number]
        found = propositions(tree, self.codebook.frames_for)
        told = heard(matcher, once(tree, chosen([m for p in found for m in matcher.matches(p)
                                                 if not other_sense(tree, m)])),
                     forces=self.forces)
        told = [*told, *shared_verbs(matcher, told)]
        told = [*told, *circumstances(matcher, self.codebook, told)]
        if tree.sentence.events:
            told = [*told, *(m for m in hunches(matcher, self.codebook, told, self.hunch_p)
                             if not other_sense(tree, m))]
        return [m for m in told if m.frame.kind != "hold" or not wondered(tree, m)]

    def _acting(self, found: list[tuple[int, Match]]) -> Iterator[str]:
        """Names that act as fighters in a matched frame."""
        for number, match in found:
            actor = match.filled("actor")
            if actor is None or match.frame.kind not in kinds.SETTLED_WAYS:
                continue
            name = self.trees[number].sentence.name_at(actor.heads[0])
            if name and name.type in ("ORG", "NORP"):
                yield self.readers[number].actor(actor.heads[0]).text

    def _held(self, found: list[tuple[int, Match]]) -> Iterator[str]:
        """Names in the place of a matched frame that nothing but the frame says are places."""
        for number, match in found:
            place = match.filled("place")
            if place is None or match.frame.kind not in kinds.SETTLED_WAYS:
                continue
            for head in place.heads:
                name = self.trees[number].sentence.name_at(head)
                if name and name.type in ("PER", "MISC"):
                    yield self.readers[number].actor(head).text

    def _unread(self, found: list[tuple[int, Match]]) -> Iterator[tuple[int, int, Mention]]:
        """Places of matched frames that the reader gave no name: sentence, word, mention."""
        for number, match in found:
            place = match.filled("place")
            for head in place.heads if place is not None else ():
                for reading in self.readers[number].places(head):
                    types = self.codebook.nouns.of_lemma(reading.mention.head)
                    if not reading.mention.plural and (reading.mention.form == "name" or (
                            reading.mention.form == "description" and "facility" in types)):
                        yield number, reading.head, reading.mention

    def _unread_actors(self, found: list[tuple[int, Match]]) -> Iterator[tuple[int, int, Mention]]:
        """Actors of matched frames whose proper names the reader did not see."""
        for number, match in found:
            actor = match.filled("actor")
            for head in actor.heads if actor is not None else ():
                mention = self.readers[number].actor(head)
                if mention.form == "name" and self.trees[number].word(head).upos == "PROPN":
                    yield number, head, mention

    def _actor_as_place(self, number: int, match: Match) -> bool:
        """Whether the only place of a match is a name that fights elsewhere in the report."""
        place = match.filled("place")
        if place is None or len(place.heads) > 1 or place.strength == SURE:
            return False
        name = self.trees[number].sentence.name_at(place.heads[0])
        return name is not None and name.type in ("ORG", "NORP") and self.discourse.fights(
            self.readers[number].actor(place.heads[0]).text)

    # -- one match ------------------------------------------------------------------------------

    def _of_match(self, number: int, match: Match) -> Iterator[Claim]:
        sentence = self.parse.sentences[number]
        head = match.proposition.head
        stance = standing(self.trees[number], self.walks[number], match)
        chain = self.attributor.chain(number, head)
        if match.frame.kind not in kinds.TALKS and self.trees[number].lemma(head) in kinds.OWNING:
            known = {s.name.casefold() for s in chain}
            chain = (*chain, *(s for s in self.attributor.speaks(number, head)
                               if s.name.casefold() not in known))
        if kinds.EARLIER_VERSION.search(chain[-1].name):     # the outlet takes back what it wrote
            chain, stance = chain[:-1] or chain, replace(stance, polarity="denied")
        valid = self.clock.valid(number, head, match.frame.state, stance.polarity, stance.modality)
        hedges = tuple(dict.fromkeys((*stance.hedges, *self.attributor.hedges(number, head))))
        actor, counterpart = self._actors(number, match, chain)
        self._remember(number, match, actor)
        for place in self.placer.places(number, match):
            reading = place.reading
            if reading is None and match.frame.kind in kinds.SETTLED_WAYS \
                    and match.frame.near is not None:
                continue
            if reading is not None and place.quantity_head is not None:
                self.placer.told(number, reading)
            claim = Claim(
                report_id=self.report.id, kind=match.frame.kind,
                span=self._span(number, match, reading), sentence=sentence.span, sources=chain,
                polarity=stance.polarity, modality=stance.modality, actor=actor,
                counterpart=counterpart, place=reading.mention if reading else None,
                part=reading.part if reading else None, valid=valid, hedges=hedges,
                quantity=amount(self.trees[number], self.counted[number], self.codebook.nouns,
                                match, place.reading, place.quantity_head), frame=match.frame.text,
                reader=self.parse.reader)
            claim = replace(claim, confidence_p=round(self.weigh(claim, features(
                self.trees[number], match, claim, place.quantity_head is not None)), 3))
            yield claim
            said = self.attributor.refuted(number, head)
            if said is not None and (stance.polarity, stance.modality) == ("denied", "actual"):
                yield replace(claim, polarity="affirmed", sources=said, hedges=())
            for other in self._nor(number, match, chain):
                yield replace(claim, actor=other)

    def _nor(self, number: int, match: Match, chain: tuple[Source, ...]) -> Iterator[Mention]:
        """The others of *neither the army nor the militia holds it*: each of them does not."""
        tree, filled = self.trees[number], match.filled("actor")
        if filled is None:
            return
        fights = match.frame.kind in kinds.SETTLED_WAYS
        for k in tree.conjuncts(filled.heads[0])[1:]:
            if any(tree.lemma(c) == "nor" for c in tree.kids(k, "cc")):
                yield self._actor(number, k, chain[-1].mention, fights)

    def _actors(self, number: int, match: Match,
                chain: tuple[Source, ...]) -> tuple[Mention | None, Mention | None]:
        speaker = chain[-1].mention
        official = chain[-1].source_class in ("official", "spokesperson")
        if match.frame.speaker == "always" or (
                match.frame.speaker == "unsaid" and official and match.filled("actor") is None):
            return speaker, None
        heads: list[int] = []
        filled = match.filled("actor")
        other = match.filled("counterpart")
        if filled is not None:
            heads = list(filled.heads)
        fights = match.frame.kind in kinds.SETTLED_WAYS
        mentions = [self._actor(number, h, speaker, fights) for h in heads]
        actor = mentions[0] if mentions else None
        counterpart = self._actor(number, other.heads[0], speaker, fights) if other else None
        if actor is None:
            actor = self._same_event(number, match) or self._sent(number, match)
        if actor is None and match.filled("actor") is None and (
                doer := undertaker(self.trees[number], self.codebook.nouns, match)) is not None:
            actor = self._actor(number, doer, speaker, fights)
        if actor is None and match.filled("actor") is None and (
                own := self._by_pronoun(number, match)) is not None:
            actor = self._actor(number, own, speaker, fights)
        if counterpart is None and len(mentions) > 1 and filled is not None \
                and "between" in filled.argument.roles:
            counterpart = mentions[1]
        return actor, counterpart

    def _by_pronoun(self, number: int, match: Match) -> int | None:
        """*It does not intend to abandon the town*: who does it, where a pronoun says so that is
        of no type."""
        if not any(slot.filler == "actor" and "agent" in slot.roles for slot in match.frame.slots):
            return None
        tree = self.trees[number]
        return next((a.head for a in match.proposition.arguments if a.roles == ("agent",)
                     and tree.lemma(a.head) in kinds.PERSONAL), None)

    def _same_event(self, number: int, match: Match) -> Mention | None:
        """Who did it, where a participle or noun takes up an event told just before: *the seized
        tanks* after *rebels seized two tanks*."""
        counted = match.filled("object")
        if match.proposition.shape not in ("attribute", "noun") or counted is None:
            return None
        lemma = self.trees[number].lemma(counted.heads[0])
        return next((actor for n, kind, what, actor in reversed(self.told)
                     if kind == match.frame.kind and what == lemma
                     and number - n <= kinds.EVENT_REACH
                     ), None)

    def _sent(self, number: int, match: Match) -> Mention | None:
        """*Chechen units were sent there*, *the dispatch of Chechen units*: the units, where nobody
        is said to have sent them."""
        counted, tree = match.filled("object"), self.trees[number]
        if match.frame.kind != "deploy" or counted is None:
            return None
        unit = counted.heads[0]
        passive = tree.word(unit).head == match.proposition.head and (
            tree.rel(unit) == "nsubj:pass" or tree.case(unit) == "of")
        forces = passive and "forces" in self.codebook.nouns.typed(tree, unit)
        return self._actor(number, unit, None, True) if forces else None

    def _remember(self, number: int, match: Match, actor: Mention | None) -> None:
        counted = match.filled("object")
        if counted is not None and actor is not None:
            self.told.append((number, match.frame.kind, self.trees[number].lemma(counted.heads[0]),
                              actor))

    def _whose(self, number: int, head: int, owner: int) -> int | None:
        """The noun that a *whose* takes up: *Colonel Hale, whose brigade retook the town*."""
        tree = self.trees[number]
        clause = tree.word(head).head
        if tree.word(owner).form.lower() != "whose" or clause < 0 \
                or tree.rel(clause) != "acl:relcl":
            return None
        return tree.word(clause).head

    def _actor(self, number: int, head: int, speaker: Mention | None, fights: bool) -> Mention:
        mention = self.readers[number].actor(head)
        owners = self.trees[number].kids(head, "nmod:poss")
        if mention.form == "description" and owners and \
                self.trees[number].word(owners[0]).upos == "PRON":
            if (whose := self._whose(number, head, owners[0])) is not None:
                return linked(mention, self.readers[number].actor(whose).span)
            owner = self.readers[number].actor(owners[0])
            return linked(mention, self.discourse.actor(
                owner, number, owners[0], speaker.span if speaker else None, fights))
        span = self.discourse.actor(mention, number, head, speaker.span if speaker else None,
                                    fights)
        return linked(mention, span)

    def _span(self, number: int, match: Match, reading: PlaceReading | None) -> Span:
        """Predicate, negator and named place."""
        tree = self.trees[number]
        words = set(match.proposition.words) | {match.proposition.head}
        counted = match.filled("object")
        if counted is not None:
            words.update(h for h in counted.heads[:1] if h > match.proposition.head)
        for w in tuple(words):
            words.update(k for k in tree.below[w] if tree.lemma(k) in kinds.NEGATORS)
        if reading is not None:
            words.update(reading.words)
        return self.readers[number].span(min(words), max(words))


__all__ = ["extract"]
