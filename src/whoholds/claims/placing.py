"""Where the events of a report happened: the places of each matched frame, told or left unsaid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from whoholds.claims import kinds
from whoholds.claims.antecedents import Discourse
from whoholds.claims.frames import Match, Matcher
from whoholds.claims.mentions import MentionReader, PlaceReading
from whoholds.claims.nouns import SURE, Nouns
from whoholds.claims.phrases import BLOWS
from whoholds.claims.salience import PRONOUN_REACH
from whoholds.claims.trees import Tree, base
from whoholds.claims.whereabouts import (
    beside_the_matter,
    foreign,
    garrisoned,
    listed,
    modified,
    paired,
)
from whoholds.core import Mention, Span

# verbs by which what an event did is told: where it did it, it was
LEAVING_BEHIND = frozenset({"leave", "kill", "wound", "injure", "claim", "cost", "displace",
                            "destroy", "damage"})


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a match, and the word of its slot where it has one; no reading: no place known."""

    reading: PlaceReading | None
    quantity_head: int | None


class Placer:
    """The places of one report's matches; remembers, in reading order, where events were told."""

    def __init__(self, text: str, trees: Sequence[Tree], readers: Sequence[MentionReader],
                 matchers: Sequence[Matcher], discourse: Discourse, nouns: Nouns) -> None:
        self.text, self.trees, self.readers, self.matchers = text, trees, readers, matchers
        self.discourse, self.nouns = discourse, nouns
        self.scenes: list[tuple[int, PlaceReading]] = []

    def told(self, number: int, reading: PlaceReading) -> None:
        """Notes where an event of a sentence was told to have happened."""
        self.scenes.append((number, reading))

    def places(self, number: int, match: Match) -> list[Place]:
        """The places of a match: those of its slot, else by the frame's rule, else one unsaid."""
        tree, reader = self.trees[number], self.readers[number]
        filled = match.filled("place")
        if filled is None:
            near = self._near(number, match)
            return [Place(near, None), *(Place(r, None) for r in listed(tree, reader, near))]
        found: list[Place] = []
        for head in filled.heads:
            if not tree.kids(head, "cop") and any(
                    tree.lemma(k) == "not" for k in tree.kids(head, "advmod", "det", "cc")):
                continue         # *the lower bridge, not the upper one*
            for reading in reader.places(head):
                part = reading.part
                own = tree.word(match.proposition.head).head != filled.argument.head \
                    or tree.rel(match.proposition.head) not in ("acl", "amod")
                if part is None and tree.case(filled.argument.head) in kinds.BESIDE \
                        and match.frame.kind in kinds.HELD and own:    # near a post taken since
                    part = tree.case(filled.argument.head)
                mention = reading.mention
                if match.frame.kind in kinds.ROUTES:
                    part = None if part == mention.text else part
                elif self._bare_part(number, reading):
                    whole = list(self._part_of_here(number, match, reading, head))
                    found.extend(whole or [Place(reading, head)])
                    continue
                inside = self._part_of_scene(number, match, reading)
                if inside is not None:
                    found.append(Place(inside, head))
                    continue
                if self._nowhere(number, reading) or mention.head in ("which", "that", "who") \
                        or tree.word(reading.head).upos == "NUM":     # wounding nine
                    continue
                pair = paired(tree, reading)
                if (pair or mention.head in kinds.SEVERAL) and (spans := self.discourse.several(
                        number, reading.head, PRONOUN_REACH if pair else 1)):
                    found += [Place(replace(reading, mention=replace(
                        mention, form="pronoun", antecedent=s)), head) for s in spans]
                    continue
                if mention.form != "name":
                    span = self.discourse.place(mention, number, reading.head)
                    if mention.form == "pronoun" and span is None:
                        continue
                    mention = linked(mention, span)
                    if span is not None and mention.container is not None and span != mention.span \
                            and "settlement" in self.nouns.of_lemma(mention.head):
                        mention = replace(mention, form="pronoun")    # Norwick ... the city in it
                mention = self._contained(number, match, mention)
                found.append(Place(PlaceReading(mention, part, reading.head, reading.words), head))
        return found

    def _part_of_scene(self, number: int, match: Match,
                       reading: PlaceReading) -> PlaceReading | None:
        """*In Norwick, they took key areas*: a part of the place that the clause is set in."""
        mention = reading.mention
        types = self.nouns.of_lemma(mention.head)
        bare = mention.form != "description" or reading.part is not None \
            or mention.container is not None or not modified(self.trees[number], reading.head)
        if bare or not (mention.head in kinds.VAGUE or (types and types <= kinds.PARTS)):
            return None
        around = self._around(number, match.proposition.head)
        if around is None or around.mention.span.overlaps(mention.span) or around.part:
            return None
        return PlaceReading(around.mention, mention.text, reading.head, reading.words)

    def _nowhere(self, number: int, reading: PlaceReading) -> bool:
        """*territory*, *an area*, *took office*, *all is lost*: no place that anybody could
        find."""
        mention, tree = reading.mention, self.trees[number]
        if tree.word(reading.head).upos in ("DET", "PRON") and mention.head in kinds.EVERYTHING \
                and mention.container is None:
            return True
        if mention.form == "description" and mention.head in kinds.IDIOMS \
                and not modified(tree, reading.head):
            return True
        return mention.form == "description" and mention.head in kinds.VAGUE \
            and mention.container is None and not any(
                tree.lemma(k) in ("the", "this", "that") for k in tree.kids(reading.head, "det"))

    def _contained(self, number: int, match: Match, mention: Mention) -> Mention:
        """A facility without a name of its own, with the place that its clause is set in."""
        types = self.nouns.of_lemma((mention.type_word or "").split(" ")[-1])
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
        types = self.nouns.of_lemma(mention.head)
        definite = any(self.trees[number].lemma(k) in ("the", "its", "their")
                       for k in self.trees[number].kids(reading.head, "det", "nmod:poss"))
        return mention.form == "description" and definite and (
            "part" in types or (bool(types) and types <= kinds.PARTS - {"route"})) \
            and mention.container in (None, "its", "Its") and reading.part is None

    def _part_of_here(self, number: int, match: Match, reading: PlaceReading,
                      head: int) -> Iterator[Place]:
        here = self.discourse.here(number, reading.head, False, whole=True)
        if here is not None and reading.mention.head in self.nouns.directions and (
                here.sentence != number or here.aside) and self.trees[number].case(head) != "from":
            return               # *lost the north*: of the country
        if here is not None:
            span = reading.mention.span
            whole = Mention(span, reading.mention.text, "implied", here.text, here.type_word,
                            antecedent=here.span)
            part = None if self.readers[number].scattered(reading.head) else reading.mention.text
            yield Place(PlaceReading(whole, part, reading.head, reading.words), head)

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
        abroad = match.frame.kind == "withdraw" and foreign(self.trees[number], match)
        if match.frame.near == "place":
            told = self._told_place(number, match, 0)
            if told is not None and not abroad:
                return told
        here = self.discourse.here(number, match.proposition.head,
                                   abroad or match.frame.near == "country")
        if here is None and abroad:
            return None
        unsaid = match.frame.kind in kinds.UNPLACED and not garrisoned(self.trees[number], match)
        if here is None:
            return None if unsaid else self._told_place(number, match, kinds.SCENE_REACH)
        if unsaid and (here.sentence != number or here.dateline):
            return None
        reader = self.readers[number]
        first, last = min(match.proposition.words), max(match.proposition.words)
        span = reader.span(first, last)
        mention = Mention(span, span.of(self.text), "implied", here.text,
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
        paragraph = self.trees[number].sentence.paragraph
        near = [r for n, r in self.scenes if number - n <= reach
                and self.trees[n].sentence.paragraph == paragraph and r.mention.form != "pronoun"]
        if not near:
            return None
        mention = near[-1].mention
        if mention.form == "description" and mention.container is not None and \
                "facility" in self.nouns.of_lemma(mention.head):
            mention = replace(mention, text=mention.container, container=None, type_word=None)
        first, last = min(match.proposition.words), max(match.proposition.words)
        span = self.readers[number].span(first, last)
        implied = Mention(span, span.of(self.text), "implied", mention.text,
                          mention.type_word, mention.container,
                          antecedent=mention.antecedent or mention.span)
        return PlaceReading(implied, None, match.proposition.head, ())

    def _around(self, number: int, head: int, leaving: bool = False) -> PlaceReading | None:
        """A place that a clause above the predicate, or a phrase on its arguments, is set in; where
        somebody is ``leaving``, the one that they come from (*people with visas from there*)."""
        tree, reader, matcher = self.trees[number], self.readers[number], self.matchers[number]
        below = [k for k in tree.subtree(head) if base(tree.rel(k)) in ("obl", "nmod")
                 and not beside_the_matter(tree, k, head)]
        above: list[int] = []
        aim = base(tree.rel(head)) in ("advcl", "xcomp")
        for a in tree.ancestors(head):
            above += sorted(tree.kids(a, "obl", "nmod"), key=lambda k: abs(k - head))
            if tree.lemma(a) in LEAVING_BEHIND and base(tree.rel(head)) == "nsubj":
                above += [k for c in tree.kids(a, "obj", "xcomp") for d in tree.subtree(c)
                          for k in tree.kids(d, "obl", "nmod")]    # left nine people dead in it
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
                        mention = linked(mention, self.discourse.place(mention, number, k))
                    beside = tree.case(k) if tree.case(k) in kinds.BESIDE else None
                    part = reading.part or beside if k in below else None
                    return PlaceReading(mention, part, k, ())
        return None


def linked(mention: Mention, antecedent: Span | None) -> Mention:
    if antecedent is None or antecedent == mention.span:
        return mention
    return replace(mention, antecedent=antecedent)


__all__ = ["Place", "Placer", "linked"]
