"""Matches propositions against the codebook's frames."""

from __future__ import annotations

from typing import NamedTuple

from whoholds.claims.arguments import Argument, Proposition
from whoholds.claims.codebook import Codebook, Filler, Frame, Slot
from whoholds.claims.nouns import MAYBE, SURE, Nouns
from whoholds.claims.trees import Tree


class Filled(NamedTuple):
    """What fills a slot: the argument, those of its conjuncts that fit, and how surely they do."""

    argument: Argument
    heads: tuple[int, ...]
    strength: int


class Match(NamedTuple):
    """A frame that fits a proposition, with what fills its slots."""

    frame: Frame
    proposition: Proposition
    fillers: tuple[tuple[Filler, Filled], ...]

    def filled(self, filler: Filler) -> Filled | None:
        for name, value in self.fillers:
            if name == filler:
                return value
        return None

    @property
    def score(self) -> tuple[int, int, int, int, int, int, int]:
        """More words of predicate, then a frame that other phrases may stand in, then more slots
        surely filled."""
        strengths = [value.strength for _, value in self.fillers]
        sure = all(s == SURE for s, slot in zip(strengths, self.frame.slots, strict=False))
        after = all(value.argument.head > self.proposition.head for name, value in self.fillers
                    if name == "place")     # a fronted *In N* is seldom what the verb asks for
        aimed = all(value.argument.roles[0] not in SETTING for name, value in self.fillers
                    if name == "place")     # *advance on N in the M region*: on N
        return (len(self.proposition.name), int(not self.frame.alone), sum(strengths),
                int(self.frame.present), int(sure), int(after), int(aimed))

    @property
    def sure(self) -> bool:
        return all(value.strength == SURE for _, value in self.fillers)


SETTING = frozenset({"in", "across", "throughout"})


class Matcher:
    """Matches the propositions of one sentence; remembers the types of its words."""

    def __init__(self, tree: Tree, codebook: Codebook) -> None:
        self.tree, self.codebook = tree, codebook
        self._types: dict[int, dict[str, int]] = {}
        self._listed: dict[int, bool] = {}

    @property
    def nouns(self) -> Nouns:
        return self.codebook.nouns

    def types(self, index: int) -> dict[str, int]:
        found = self._types.get(index)
        if found is None:
            found = self._types[index] = self.nouns.typed(self.tree, index)
        return found

    def _with_places(self, index: int) -> bool:
        """Whether something that is surely a place stands in the list that ``index`` heads."""
        known = self._listed.get(index)
        if known is None:
            known = self._listed[index] = any(self.types(h).get("place", 0) == SURE
                                              for h in self.tree.conjuncts(index))
        return known

    def matches(self, proposition: Proposition) -> list[Match]:
        """The frames that fit, in the order of the codebook."""
        frames = self.codebook.frames_for(proposition.name)
        if not frames or self.asks(proposition):
            return []
        found = []
        roles = {role for argument in proposition.arguments for role in argument.roles}
        for frame in frames:
            if proposition.shape in frame.shapes and not any(
                    need.isdisjoint(roles) for need in frame.needs) and not (
                    frame.speaker == "always" and _owned(proposition)):
                match = self._match(frame, proposition)
                if match is not None:
                    found.append(match)
        return found

    def _match(self, frame: Frame, proposition: Proposition) -> Match | None:
        if (frame.alone and not self._alone(frame, proposition)) or (
                frame.present and not self._present(proposition.head)) or (
                frame.agentless and any(a.roles[0] == "agent" for a in proposition.arguments)):
            return None
        used: set[int] = set()
        filled: dict[int, tuple[Filler, Filled]] = {}
        for n in frame.order:
            slot = frame.slots[n]
            best = self._best(slot, proposition, used)
            if best is None:
                if slot.required or (slot.filler == "actor" and self._done_by(proposition)):
                    return None
                best = self._anybody(proposition, used) if slot.filler == "actor" \
                    and "agent" in slot.roles else None
                if best is None:
                    continue
            used.update(best.heads)
            used.add(best.argument.head)
            filled[n] = (slot.filler, best)
        return Match(frame, proposition, tuple(filled[n] for n in sorted(filled)))

    def asks(self, proposition: Proposition) -> bool:
        """*Who holds the bridge?*: a question tells nothing."""
        return any(a.roles[0] == "agent" and self.tree.lemma(a.head) == "who"
                   and not self.tree.is_relative(a.head) for a in proposition.arguments)

    def _anybody(self, proposition: Proposition, used: set[int]) -> Filled | None:
        """Whoever the words say did it, though it is no armed side: *merchants hold the port*."""
        for argument in proposition.arguments:
            if argument.roles == ("agent",) and not argument.inferred \
                    and argument.head not in used | set(proposition.words):
                types = self.types(argument.head)
                if max((types.get(t, 0) for t in ("people", "person", "title")),
                       default=0) == SURE and not types.keys() & {"place", "abstract"}:
                    return Filled(argument, (argument.head,), MAYBE)
        return None

    def _done_by(self, proposition: Proposition) -> bool:
        """Whether the words say what did it, and it is no actor: *surrounded by hills*."""
        for argument in proposition.arguments:
            if argument.roles == ("agent",) and not argument.inferred:
                types = self.types(argument.head)
                if "terrain" in types or ("abstract" in types
                                          and self.tree.lemma(argument.head) not in EVENTS):
                    return True
        return False

    def _present(self, head: int) -> bool:
        """Whether the verb tells of now: a simple present that is no headline's."""
        helpers = [self.tree.word(k) for k in self.tree.kids(head, "aux")]
        word = helpers[0] if len(helpers) == 1 and helpers[0].deprel == "aux:pass" \
            else self.tree.word(head)
        return word.feat("Tense") == "Pres" and word.feat("VerbForm") == "Fin" \
            and (not helpers or word is helpers[0]) \
            and self.tree.words[-1].form in (".", ";", "”", '"')

    def _alone(self, frame: Frame, proposition: Proposition) -> bool:
        """Whether the predicate has no phrases but those of the slots and of time."""
        roles = {r for slot in frame.slots for r in slot.roles}
        tree, head = self.tree, proposition.head
        dated = {i for n in tree.sentence.names if n.type == "DATE" for i in range(n.start, n.end)}
        others = [a.head for a in proposition.arguments if not roles & set(a.roles)
                  and not TIMELY & set(a.roles)]
        others += tree.kids(head, "obj", "xcomp", "obl:unmarked", "compound:prt")
        return all(h in dated or h in proposition.words or "time" in self.types(h)
                   for h in others)

    def _best(self, slot: Slot, proposition: Proposition, used: set[int]) -> Filled | None:
        if slot.roles == ("self",):                # the noun of the predicate itself
            inner = proposition.inner
            return None if inner is None else self._fitting(slot, Argument(("self",), inner), used)
        best: tuple[tuple[int, int, int, int, int], Filled] | None = None
        for position, argument in enumerate(proposition.arguments):
            if argument.head in used or argument.head in proposition.words:
                continue
            roles = argument.roles
            asked = [n for n, r in enumerate(slot.roles) if r in roles]
            if not asked:
                continue
            fitting = self._fitting(slot, argument, used)
            if fitting is None:
                continue
            rank = min([roles.index(slot.roles[n]) for n in asked])
            if rank > 0 and slot.filler == "place" and fitting.strength < SURE:
                continue
            key = (rank, -fitting.strength, asked[0], int(argument.inferred), position)
            if best is None or key < best[0]:
                best = (key, fitting)
        return best[1] if best else None

    def _fitting(self, slot: Slot, argument: Argument, used: set[int]) -> Filled | None:
        heads, strength = [], 0
        listed = self.tree.conjuncts(argument.head)
        places = slot.filler == "place" and self._with_places(argument.head)
        for head in listed:
            if head in used:
                continue
            types = self.types(head)
            if slot.filler == "actor" and "mod" in argument.roles and (
                    "materiel" in types or self.tree.lemma(head) in GUNNERS):
                continue         # *tank fire*, *sniper fire*: with what, and nobody's
            one = max((types.get(t, 0) for t in slot.types), default=SURE)
            if places and (self.tree.word(head).upos == "PROPN" or self.tree.lemma(head) == "it"):
                one = SURE      # in a list of places every name is a place
            if one >= (SURE if slot.sure else MAYBE):
                heads.append(head)
                strength = max(strength, one)
        if not heads:
            return None
        return Filled(argument, tuple(heads), strength)


def _owned(proposition: Proposition) -> bool:
    """Whether the noun of the predicate says whose it is (*under the control of the guild*)."""
    return proposition.inner is not None and any(
        "owner" in a.roles and not a.inferred for a in proposition.arguments)


# events that stand for those who carry them out: *the offensive retook two towns*
EVENTS = frozenset({"offensive", "attack", "assault", "operation", "campaign", "advance", "battle",
                    "war", "march", "push", "command", "authority", "revolt", "revolution",
                    "uprising", "coup", "rebellion", "mutiny", "power", "lead", "fight", "fire",
                    "part", "move"})
# those whose fire is a sort of fire
GUNNERS = frozenset({"sniper", "artillery", "bomber", "sharpshooter", "gunner", "suicide bomber"})
TIMELY = frozenset({"after", "before", "since", "within", "without", "despite", "during", "amid",
                    "according to", "accord to"})
TOPICS: tuple[Filler, ...] = ("place", "object")
Anchor = tuple[str, int]


def chosen(matches: list[Match]) -> list[Match]:
    """Of all matches in a sentence, those that stand: for each predicate word the best one, and
    further kinds that speak of its other conjuncts (*captured the town and two tanks*); nouns
    inside a matched construction do not stand by themselves."""
    ranked = sorted(enumerate(matches),
                    key=lambda pair: (tuple(-s for s in pair[1].score), pair[0]))
    taken: dict[Anchor, list[tuple[frozenset[int], int]]] = {}
    twice: dict[tuple[str, int], list[frozenset[int]]] = {}
    standing: list[tuple[int, Match]] = []
    for order, match in ranked:
        topics = [f for filler in TOPICS if (f := match.filled(filler))]
        topic = frozenset(h for f in topics for h in f.heads)
        source = topics[0].argument.head if topics else -1
        own, inner = _anchors(match.proposition)
        if any(not topic or not other or other & topic or source != theirs
               for other, theirs in taken.get(own, ())):
            continue
        told = (match.frame.kind, match.proposition.head)
        if not topic and match.frame.near and any(
                m.proposition.head == match.proposition.head for _, m in standing):
            continue             # *fighting raged for control of the port*: a contest already
        if topic and any(topic & other for other in twice.get(told, ())):
            continue             # *drones struck the port*, told by the verb and by its subject
        twice.setdefault(told, []).append(topic)
        for anchor in (own, *inner):
            taken.setdefault(anchor, []).append((topic, source))
        standing.append((order, match))
    return [match for _, match in sorted(standing, key=lambda pair: pair[0])]


def once(tree: Tree, matches: list[Match]) -> list[Match]:
    """The matches without those that tell an event again: *took Norwick, the third town to fall to
    them*. Others may have been the first to take it (*retook Norwick, the first town to fall to the
    rebels*)."""
    return [m for m in matches if not any(_again(tree, m, other) for other in matches)]


def _again(tree: Tree, match: Match, other: Match) -> bool:
    mine, theirs = match.filled("place"), other.filled("place")
    head = match.proposition.head
    if match is other or match.frame.kind != other.frame.kind or mine is None or theirs is None:
        return False
    named, clause = mine.heads[0], tree.word(head)
    if tree.rel(named) != "appos" or tree.word(named).head not in theirs.heads \
            or clause.head != named or ("VerbForm", "Inf") not in clause.feats:
        return False
    one, two = match.filled("actor"), other.filled("actor")
    return one is None or tree.word(one.heads[0]).upos == "PRON" or (
        two is not None and tree.lemma(one.heads[0]) == tree.lemma(two.heads[0]))


def _anchors(proposition: Proposition) -> tuple[Anchor, tuple[Anchor, ...]]:
    """What a match claims for itself, and the noun inside that it takes with it. A verb under an
    event noun (*clashes killed*) may tell more by itself."""
    inner = () if proposition.inner is None else (("noun", proposition.inner),)
    if proposition.shape == "modifier" and inner:
        return inner[0], ()
    if proposition.shape == "noun" and proposition.inner is not None \
            and proposition.inner > proposition.head:       # *hit by missiles*: by the verb itself
        return ("verb", proposition.head), inner
    if proposition.shape == "noun":
        return ("noun" if proposition.inner is None else "event", proposition.head), inner
    return ("verb", proposition.head), inner
