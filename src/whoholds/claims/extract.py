"""Claims of a report: propositions matched against the codebook, with source, time and quantity."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from whoholds.claims import kinds
from whoholds.claims.amounts import amount
from whoholds.claims.antecedents import Discourse
from whoholds.claims.arguments import subject
from whoholds.claims.attribution import Attributor
from whoholds.claims.clauses import Tree as Clauses
from whoholds.claims.codebook import Codebook
from whoholds.claims.commitment import Walk
from whoholds.claims.echoes import with_denials
from whoholds.claims.frames import Match, Matcher, chosen
from whoholds.claims.hunches import HUNCH_P, hunches
from whoholds.claims.mentions import MentionReader, PlaceReading
from whoholds.claims.nouns import SURE
from whoholds.claims.phrases import BLOWS
from whoholds.claims.propositions import propositions
from whoholds.claims.quantities import Counted
from whoholds.claims.repairs import mended
from whoholds.claims.sources import phrase
from whoholds.claims.standing import standing
from whoholds.claims.times import Clock
from whoholds.claims.trees import Tree, base
from whoholds.claims.undertakings import undertaker
from whoholds.claims.whereabouts import garrisoned, listed, modified, paired
from whoholds.core import Claim, Mention, Parse, Report, Source, Span


@dataclass(frozen=True, slots=True)
class _Place:
    reading: PlaceReading | None
    quantity_head: int | None


def extract(report: Report, parse: Parse, codebook: Codebook,
            is_place: Callable[[str], bool] | None = None,
            hunch_p: float = HUNCH_P) -> tuple[Claim, ...]:
    """The claims of a report, in reading order; one for each place of each matched frame.

    ``is_place`` says whether a gazetteer has exactly this name; it is only asked to choose between
    person and place where the parser leaves a capitalised name open. ``hunch_p`` is how probable
    the reader must be that a word tells of an event, where no frame speaks of it.
    """
    found = _Extractor(report, parse, codebook, is_place, hunch_p)
    return tuple(with_denials(tuple(found.claims()), found.trees, found.firm, found.denied_by))


class _Extractor:
    def __init__(self, report: Report, parse: Parse, codebook: Codebook,
                 is_place: Callable[[str], bool] | None = None,
                 hunch_p: float = HUNCH_P) -> None:
        self.hunch_p = hunch_p
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
        self.scenes: list[tuple[int, int, PlaceReading]] = []

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
        told = chosen([m for p in found for m in matcher.matches(p)])
        if not tree.sentence.events:
            return told
        return [*told, *hunches(matcher, self.codebook, told, self.hunch_p)]

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
            chain = (*chain, *(s for s in self.attributor.speaks(number, head) if s not in chain))
        if kinds.EARLIER_VERSION.search(chain[-1].name):     # the outlet takes back what it wrote
            chain, stance = chain[:-1] or chain, replace(stance, polarity="denied")
        valid = self.clock.valid(number, head, match.frame.state, stance.polarity, stance.modality)
        hedges = tuple(dict.fromkeys((*stance.hedges, *self.attributor.hedges(number, head))))
        actor, counterpart = self._actors(number, match, chain)
        self._remember(number, match, actor)
        sure = match.frame.confidence_p * (1.0 if match.sure else kinds.UNSURE_FACTOR)
        for place in self._places(number, match):
            reading = place.reading
            if reading is None and match.frame.kind in kinds.SETTLED_WAYS \
                    and match.frame.near is not None:
                continue
            if reading is not None and place.quantity_head is not None:
                self.scenes.append((number, head, reading))
            claim = Claim(
                report_id=self.report.id, kind=match.frame.kind,
                span=self._span(number, match, reading), sentence=sentence.span, sources=chain,
                polarity=stance.polarity, modality=stance.modality, actor=actor,
                counterpart=counterpart, place=reading.mention if reading else None,
                part=reading.part if reading else None, valid=valid, hedges=hedges,
                quantity=amount(self.trees[number], self.counted[number], self.codebook.nouns,
                                match, place.reading, place.quantity_head), frame=match.frame.text,
                reader=self.parse.reader, confidence_p=round(sure, 3))
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
        if counterpart is None and len(mentions) > 1 and filled is not None \
                and "between" in filled.argument.roles:
            counterpart = mentions[1]
        return actor, counterpart

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
                return _linked(mention, self.readers[number].actor(whose).span)
            owner = self.readers[number].actor(owners[0])
            return _linked(mention, self.discourse.actor(
                owner, number, owners[0], speaker.span if speaker else None, fights))
        span = self.discourse.actor(mention, number, head, speaker.span if speaker else None,
                                    fights)
        return _linked(mention, span)

    def _places(self, number: int, match: Match) -> list[_Place]:
        """The places of a match: those of its slot, else by the frame's rule, else one unsaid."""
        tree, reader = self.trees[number], self.readers[number]
        filled = match.filled("place")
        if filled is None:
            near = self._near(number, match)
            return [_Place(near, None), *(_Place(r, None) for r in listed(tree, reader, near))]
        found: list[_Place] = []
        for head in filled.heads:
            if not tree.kids(head, "cop") and any(
                    tree.lemma(k) == "not" for k in tree.kids(head, "advmod", "det", "cc")):
                continue         # *the lower bridge, not the upper one*
            for reading in reader.places(head):
                part = reading.part
                if part is None and tree.case(filled.argument.head) in kinds.BESIDE \
                        and match.frame.kind in kinds.HELD:
                    part = tree.case(filled.argument.head)
                mention = reading.mention
                if match.frame.kind in kinds.ROUTES:
                    part = None if part == mention.text else part
                elif self._bare_part(number, reading):
                    whole = list(self._part_of_here(number, match, reading, head))
                    found.extend(whole or [_Place(reading, head)])
                    continue
                inside = self._part_of_scene(number, match, reading)
                if inside is not None:
                    found.append(_Place(inside, head))
                    continue
                if self._nowhere(number, reading) or mention.head in ("which", "that", "who") \
                        or tree.word(reading.head).upos == "NUM":     # wounding nine
                    continue
                if (mention.head in kinds.SEVERAL or paired(tree, reading)) and (
                        spans := self.discourse.several(number, reading.head)):
                    found += [_Place(replace(reading, mention=replace(
                        mention, form="pronoun", antecedent=s)), head) for s in spans]
                    continue
                if mention.form != "name":
                    span = self.discourse.place(mention, number, reading.head)
                    if mention.form == "pronoun" and span is None:
                        continue
                    mention = _linked(mention, span)
                mention = self._contained(number, match, mention)
                found.append(_Place(PlaceReading(mention, part, reading.head, reading.words), head))
        return found

    def _part_of_scene(self, number: int, match: Match,
                       reading: PlaceReading) -> PlaceReading | None:
        """*In Norwick, they took key areas*: a part of the place that the clause is set in."""
        mention = reading.mention
        types = self.codebook.nouns.of_lemma(mention.head)
        bare = mention.form != "description" or reading.part is not None \
            or mention.container is not None or not modified(self.trees[number], reading.head)
        if bare or not (mention.head in kinds.VAGUE or (types and types <= kinds.PARTS)):
            return None
        around = self._around(number, match.proposition.head)
        if around is None or around.mention.span.overlaps(mention.span) or around.part:
            return None
        return PlaceReading(around.mention, mention.text, reading.head, reading.words)

    def _nowhere(self, number: int, reading: PlaceReading) -> bool:
        """*territory*, *an area*, *took office*: no place that anybody could find."""
        mention, tree = reading.mention, self.trees[number]
        if mention.form == "description" and mention.head in kinds.IDIOMS \
                and not modified(tree, reading.head):
            return True
        return mention.form == "description" and mention.head in kinds.VAGUE \
            and mention.container is None and not any(
                tree.lemma(k) in ("the", "this", "that") for k in tree.kids(reading.head, "det"))

    def _contained(self, number: int, match: Match, mention: Mention) -> Mention:
        """A facility without a name of its own, with the place that its clause is set in."""
        types = self.codebook.nouns.of_lemma((mention.type_word or "").split(" ")[-1])
        if mention.form != "description" or mention.container is not None \
                or mention.antecedent is not None or "facility" not in types:
            return mention
        around = self._around(number, match.proposition.head)
        if around is not None and around.mention.form == "name" \
                and not around.mention.span.overlaps(mention.span):
            return replace(mention, container=around.mention.text)
        if mention.plural and mention.head not in kinds.INVARIANT:
            return mention
        city = self.discourse.city(number, match.proposition.head)
        return mention if city is None else replace(mention, container=city.text)

    def _bare_part(self, number: int, reading: PlaceReading) -> bool:
        """*the centre*, *the outskirts*: a part whose whole the text leaves to the context."""
        mention = reading.mention
        types = self.codebook.nouns.of_lemma(mention.head)
        definite = any(self.trees[number].lemma(k) in ("the", "its", "their")
                       for k in self.trees[number].kids(reading.head, "det", "nmod:poss"))
        return mention.form == "description" and definite and (
            "part" in types or (bool(types) and types <= kinds.PARTS - {"route"})) \
            and mention.container in (None, "its", "Its") and reading.part is None

    def _part_of_here(self, number: int, match: Match, reading: PlaceReading,
                      head: int) -> Iterator[_Place]:
        here = self.discourse.here(number, reading.head, False, whole=True)
        if here is not None and reading.mention.head in self.codebook.nouns.directions and (
                here.sentence != number or here.aside) and self.trees[number].case(head) != "from":
            return               # *lost the north*: of the country
        if here is not None:
            span = reading.mention.span
            whole = Mention(span, reading.mention.text, "implied", here.text, here.type_word,
                            antecedent=here.span)
            part = None if self.readers[number].scattered(reading.head) else reading.mention.text
            yield _Place(PlaceReading(whole, part, reading.head, reading.words), head)

    def _near(self, number: int, match: Match) -> PlaceReading | None:
        """The place of the clause around, or the one that the report speaks of."""
        open_slot = any(slot.filler == "place" for slot in match.frame.slots)
        around = self._around(number, match.proposition.head, match.frame.kind in kinds.LEAVING) \
            if open_slot or match.frame.near is not None else None
        if around is not None and match.frame.near != "country":
            beside = around.part in kinds.BESIDE and match.frame.kind not in kinds.HELD
            return replace(around, part=None) if beside else around
        there = open_slot and self._there(number, match.proposition.head)
        if there and (told := self._told_place(number, match, kinds.SCENE_REACH)) is not None:
            return told
        if match.frame.near is None and not there:
            return None
        if match.frame.near == "place":
            told = self._told_place(number, match, 0)
            if told is not None:
                return told
        here = self.discourse.here(number, match.proposition.head, match.frame.near == "country")
        unsaid = match.frame.kind in kinds.UNPLACED and not garrisoned(self.trees[number], match)
        if here is None:
            return None if unsaid else self._told_place(number, match, kinds.SCENE_REACH)
        if unsaid and here.sentence != number:
            return None
        reader = self.readers[number]
        first, last = min(match.proposition.words), max(match.proposition.words)
        span = reader.span(first, last)
        mention = Mention(span, span.of(self.report.text), "implied", here.text,
                          "country" if here.country else here.type_word, antecedent=here.span)
        return PlaceReading(mention, None, match.proposition.head, ())

    def _there(self, number: int, head: int) -> bool:
        """*Arrived there*, *the garrison there*: the place told before."""
        tree = self.trees[number]
        return any(tree.lemma(k) == "there" and tree.rel(k).startswith("advmod")
                   for k in tree.subtree(head))

    def _told_place(self, number: int, match: Match, reach: int) -> PlaceReading | None:
        """The place of what the report told just before, in the same paragraph: *they stormed the
        post and took eleven prisoners*."""
        paragraph = self.parse.sentences[number].paragraph
        near = [r for n, _, r in self.scenes if number - n <= reach
                and self.parse.sentences[n].paragraph == paragraph and r.mention.form != "pronoun"]
        if not near:
            return None
        mention = near[-1].mention
        if mention.form == "description" and mention.container is not None and \
                "facility" in self.codebook.nouns.of_lemma(mention.head):
            mention = replace(mention, text=mention.container, container=None, type_word=None)
        first, last = min(match.proposition.words), max(match.proposition.words)
        span = self.readers[number].span(first, last)
        implied = Mention(span, span.of(self.report.text), "implied", mention.text,
                          mention.type_word, mention.container,
                          antecedent=mention.antecedent or mention.span)
        return PlaceReading(implied, None, match.proposition.head, ())

    def _around(self, number: int, head: int, leaving: bool = False) -> PlaceReading | None:
        """A place that a clause above the predicate, or a phrase on its arguments, is set in; where
        somebody is ``leaving``, the one that they come from (*people with visas from there*)."""
        tree, reader, matcher = self.trees[number], self.readers[number], self.matchers[number]
        below = [k for k in tree.subtree(head) if base(tree.rel(k)) in ("obl", "nmod")]
        above: list[int] = []
        aim = base(tree.rel(head)) in ("advcl", "xcomp")
        for a in tree.ancestors(head):
            above += sorted(tree.kids(a, "obl", "nmod"), key=lambda k: abs(k - head))
            aim = aim or base(tree.rel(a)) in ("advcl", "xcomp")
        for k in [*below, *above]:
            towards = aim and k in above and tree.case(k) in ("to", "into") and k < head
            struck = tree.case(k) in ("on", "against", "upon") \
                and tree.lemma(tree.word(k).head) in BLOWS     # *killed in a strike on it*
            left = leaving and k in below and tree.case(k) in ("from", "out of")
            if (towards or struck or left or tree.case(k) in kinds.AT) \
                    and matcher.types(k).get("settled", 0) == SURE:
                readings = reader.places(k)
                if readings and readings[0].mention.form != "pronoun":
                    reading = readings[0]
                    mention = reading.mention
                    if mention.form == "description":
                        mention = _linked(mention, self.discourse.place(mention, number, k))
                    beside = tree.case(k) if tree.case(k) in kinds.BESIDE else None
                    part = reading.part or beside if k in below else None
                    return PlaceReading(mention, part, k, ())
        return None

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


def _linked(mention: Mention, antecedent: Span | None) -> Mention:
    if antecedent is None or antecedent == mention.span:
        return mention
    return replace(mention, antecedent=antecedent)


__all__ = ["extract"]
