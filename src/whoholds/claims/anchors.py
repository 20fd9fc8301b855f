"""Finds out whose time a predicate shares: its own expressions, clauses around it, other events.

Rules read the dependency tree in both spellings of Universal Dependencies (``obl:tmod`` and
``obl:unmarked``) and expect some arcs to be wrong: what is only near counts where it is certain.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from whoholds.claims.clauses import Tree, base
from whoholds.claims.offsets import offset_before
from whoholds.claims.tenses import Tense, tense_of
from whoholds.claims.timevalues import Distance
from whoholds.claims.timex import Expression, expressions
from whoholds.core import Word

REPORTING = frozenset({
    "say", "tell", "announce", "report", "claim", "add", "state", "declare", "confirm", "deny",
    "warn", "assess", "estimate", "predict", "believe", "think", "write", "tweet", "post", "note",
    "insist", "acknowledge", "admit", "allege", "assert", "suggest", "indicate", "show", "reveal",
    "quote", "cite", "inform", "explain", "argue", "expect", "fear", "forecast", "project", "reply",
    "describe", "mention", "stress", "emphasize", "emphasise", "hear", "learn", "release", "issue",
    "publish", "broadcast", "vow", "threaten", "promise", "pledge", "urge", "order", "demand",
    "call", "ask", "instruct", "agree", "plan", "want", "hope", "intend", "decide", "condemn"})
"""Verbs whose day is that of saying or wanting, not of what is said or wanted."""

SUPPORT = frozenset({
    "take", "make", "launch", "begin", "start", "carry", "conduct", "stage", "mount", "come", "be",
    "occur", "happen", "continue", "resume", "suffer", "lose", "gain", "win", "seize", "have",
    "hold", "keep", "erupt", "break", "rage", "lay", "put", "bring", "complete", "finish", "end",
    "wage", "open", "face", "see", "witness", "do", "give", "establish", "maintain", "go", "get",
    "exercise", "fall", "regain", "retake", "assume", "intensify", "remain", "stay", "enter",
    "undertake", "execute", "perform", "enjoy", "exert", "consolidate", "ensue", "persist", "last"})
"""Verbs whose time is that of the event their noun names (*launched an offensive on Friday*)."""

ONGOING = frozenset({"continue", "remain", "keep", "stay", "rage", "persist", "go", "last", "be",
                     "maintain", "hold", "have"})
"""Verbs whose simple present speaks of this moment (*clashes continue*)."""

EFFECT = frozenset({"kill", "wound", "injure", "hurt", "hit", "strike", "target", "destroy",
                    "damage", "wreck", "shatter", "level", "claim", "maim", "die", "burn"})
"""Verbs of what a blow does, at the time of the blow (*Sunday's attack killed two*)."""

CONTROL = frozenset({"fail", "manage", "try", "attempt", "begin", "start", "continue", "refuse",
                     "decline", "struggle", "cease", "strive", "proceed", "dare", "help"})
"""Verbs whose time is that of their infinitive (*failed on Tuesday to retake it*)."""

TIME_NOUNS = frozenset({"hour", "dawn", "dusk", "morning", "evening", "afternoon", "night", "noon",
                        "midnight", "sunrise", "sunset", "day", "week", "month", "start", "end",
                        "beginning", "weekend", "time", "late", "early", "earlier", "later"})
BEFORE_OR_AFTER = ("after", "before", "since", "until", "till", "following", "prior to", "once")
CLOCK_TIME = re.compile(r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?:am|pm)?")

TOGETHER = ("when", "while", "as", "whilst", "whereupon", "as soon as", "once")


@dataclass(frozen=True, slots=True)
class Link:
    """Another event that this one is told by: *after* or *before* it, *since*, *until* it."""

    mark: str
    other: int
    offset: Distance | None
    reverse: bool             # the mark stands on this event: the other is after (before) it


@dataclass(slots=True)
class Frame:
    """What the syntax around a predicate says of its time."""

    tense: Tense
    governing: Tense = "none"                 # tense of the clause above a noun or a participle
    holders: list[tuple[int, bool]] = field(default_factory=list)   # word; only what precedes it?
    bound: int | None = None                  # a verb whose event comes no earlier
    speech: int | None = None                 # the verb of saying above
    ongoing: bool = False
    attribute: bool = False
    under_way: bool = False                   # was being moved out, were patrolling
    copular: bool = False                     # says what is so, whatever the kind of claim


class Scene:
    """A sentence with its tree, its expressions of time and the words they belong to."""

    def __init__(self, tree: Tree, reporting: frozenset[str]) -> None:
        self.tree, self.reporting = tree, reporting
        self._stems: dict[int, set[str]] = {}
        self.every = expressions(tree.sentence)
        self.found = tuple(e for e in self.every if not in_dateline(tree, e))
        self.dated = frozenset(i for e in self.found for i in range(e.start, e.end))
        self.governors = tuple(self._governor(e) for e in self.found)

    def lemma(self, index: int) -> str:
        return self.tree.words[index].lemma.lower()

    def is_one_of(self, index: int, lemmas: frozenset[str]) -> bool:
        """Whether the word is one of these verbs, if need be by its form: lemmas can be wrong."""
        return not lemmas.isdisjoint(self._stems_of(index))

    def _stems_of(self, index: int) -> set[str]:
        stems = self._stems.get(index)
        if stems is not None:
            return stems
        low = self.tree.low[index]
        stems = {self.lemma(index), low}
        for ending in ("ed", "d", "ing", "s", "es"):
            if low.endswith(ending):
                stem = low[:-len(ending)]
                stems |= {stem, stem + "e", stem[:-1] if stem[-2:-1] == stem[-1:] else stem}
        self._stems[index] = stems
        return stems

    def speaks(self, index: int) -> bool:
        """Whether the word is a verb of saying, wanting or ordering."""
        return self.tree.words[index].upos == "VERB" and self.is_one_of(index, self.reporting)

    def _governor(self, one: Expression) -> int:
        """The predicate that an expression belongs to.

        A verb right before it takes it whatever the arcs say: *announced on Sunday*; so does the
        clause behind a date that heads a line: *24 February: Troops enter N*.
        """
        words = self.tree.words
        if (headed := stamped(self.tree, one)) is not None:
            return headed
        if one.start > 0 and words[one.start - 1].upos == "VERB":
            return one.start - 1
        inside = range(one.start, one.end)
        heads = [words[i].head for i in inside if words[i].head not in inside
                 and base(words[i].deprel) not in ("case", "punct", "det", "cc")]
        at = heads[-1] if heads else -1
        seen: set[int] = set()
        while 0 <= at < len(words) and at not in seen and words[at].head >= 0 and (
                at in self.dated or words[at].upos in ("ADV", "ADP", "PUNCT")
                or (self.lemma(at) in TIME_NOUNS and not tense_word(self.tree, at))):
            seen.add(at)
            at = words[at].head
        return at

    def of(self, index: int, only_before: bool = False) -> list[Expression]:
        """The expressions that belong to the word or to nominals under it."""
        noun = self.tree.words[index].upos == "NOUN"
        return [e for e, g in zip(self.found, self.governors, strict=True)
                if not (e.relation == "since" and g >= 0 and compared(self.tree, g))
                and (g == index or self._misses(e, g, index)
                    or (noun and index in (e.start - 1, e.end)))
                and not (only_before and e.start > index)]

    def share_date(self, frame: Frame, at: int, above: int) -> None:
        """*In May, when troops left*: the clause has the date that it hangs on."""
        for one, governor in zip(self.found, self.governors, strict=True):
            if one.start <= above < one.end and "when" in (m for _, m in _marks(self.tree, at)):
                frame.holders.append((governor, False))

    def is_now(self, index: int) -> bool:
        """*Now hold the base*: said to be so at this moment."""
        return self.tree.low[max(index - 1, 0)] == "now" or any(
            self.tree.low[c.index] == "now" for c in self.tree.children[index])

    def clocked(self) -> bool:
        """*14:05 – Police have sealed off the bridge*: an entry of a live report."""
        first = self.tree.words[0].form if self.tree.words else ""
        return CLOCK_TIME.fullmatch(first) is not None and len(self.tree.words) > 3

    def _misses(self, one: Expression, governor: int, index: int) -> bool:
        """Whether the arc may have missed ``index``: *took control of the city of X on Sunday*.

        Dates before their noun (*last year's attack*, *the 2020 agreement*) and those of what comes
        before the predicate stay where they are, but for one that opens the sentence.
        """
        opens = one.start == 0 and self.tree.words[0].upos in ("ADP", "ADV", "SCONJ")
        return (opens or one.start > governor > index) and self._nominal_path(governor, index)

    def _nominal_path(self, low: int, high: int) -> bool:
        """Whether ``low`` hangs under ``high`` without a clause between them."""
        words = self.tree.words
        at, steps = low, 0
        while 0 <= at < len(words) and steps < len(words):
            if at == high:
                return True
            if words[at].upos in ("VERB", "AUX") or base(words[at].deprel) in (
                    "ccomp", "advcl", "acl", "parataxis", "csubj", "root"):
                return False
            at, steps = words[at].head, steps + 1
        return False


def in_dateline(tree: Tree, one: Expression) -> bool:
    """*ALEPPO, Aug 15 (Agency) -*: the day of writing at the head of a report dates no event."""
    def is_name(index: int) -> bool:
        return tree.words[index].upos in ("PROPN", "PUNCT", "X", "SYM")
    if all(tree.words[i].upos in ("PUNCT", "SYM") for i in range(one.start)):
        return False                         # a list item's own date
    if one.end > 12 or not all(map(is_name, range(one.start))):
        return False
    after = range(one.end, min(one.end + 6, len(tree.words)))
    dash = next((i for i in after if tree.low[i] in ("-", "–", "—", "--")), None)
    return dash is not None and one.start > 0 and all(map(is_name, range(one.end, dash)))


def stamped(tree: Tree, one: Expression) -> int | None:
    """The head of the clause whose date stands before it and a colon or a dash (*• 5 March – N
    falls*); None where the expression is no such heading."""
    words = tree.words
    if one.end + 1 >= len(words) or words[one.end].form not in (":", "-", "–", "—", "--") \
            or words[one.end].span.end == words[one.end + 1].span.start \
            or any(w.upos not in ("PUNCT", "SYM") for w in words[:one.start]):
        return None
    rest = words[one.end + 1:]
    return next((w.index for w in rest if w.head <= one.end and tense_word(tree, w.index)), None)


def tense_word(tree: Tree, index: int) -> bool:
    """Whether the word has a clause of its own: a verb, or a predicate with a copula."""
    return tree.words[index].upos == "VERB" or bool(tree.auxiliaries(index))


# -- clauses ----------------------------------------------------------------------------------


def frame_of(scene: Scene, predicate: int) -> Frame:
    """Climbs from the predicate to the root and notes whose expressions and tense count."""
    tree = scene.tree
    frame = Frame(tense_of(tree, predicate), copular=tree.child(predicate, "cop") is not None)
    if not tense_word(tree, predicate):      # an agreement signed in 2020, the attack staged in May
        frame.holders += [(c.index, False) for c in tree.all_children(predicate, "acl")
                          if _tells_of(scene, c)]
    if scene.is_one_of(predicate, EFFECT):   # Sunday's attack killed two, died in Sunday's attack
        frame.holders += [(c.index, False) for c in tree.all_children(predicate, "nsubj", "obl")
                          if c.upos == "NOUN" and c.index not in scene.dated
                          and (base(c.deprel) == "nsubj" or tree.marks(c.index) == ("in",))]
    if not scene.speaks(predicate):          # failed to take the town on Friday
        frame.holders += [(c.index, False) for c in tree.all_children(predicate, "xcomp")]
    if tree.auxiliaries(predicate):          # seven were killed and nineteen wounded on Sunday
        frame.holders += [(c.index, False) for c in tree.all_children(predicate, "conj")
                          if c.upos == "VERB" and not tree.auxiliaries(c.index)
                          and c.feat("VerbForm") == "Part"]
    frame.under_way = any(tree.low[a.index] in ("was", "were") for a in tree.auxiliaries(predicate)
                          ) and (tree.low[predicate].endswith("ing") or any(
                              tree.low[a.index] == "being" for a in tree.auxiliaries(predicate)))
    ongoing = any(c.lemma.lower() in ("ongoing", "underway") for c in tree.children[predicate]) \
        and frame.tense == "none"            # clashes ongoing on the road
    frame.ongoing = ongoing or (frame.tense == "present" and scene.is_one_of(predicate, ONGOING))
    at, locked, steps = predicate, False, 0
    while 0 <= tree.words[at].head < len(tree.words) and steps < len(tree.words):
        above = tree.words[at].head
        locked = _climb(scene, frame, at, above, locked)
        if frame.speech is not None:
            break
        at, steps = above, steps + 1
    if frame.speech is None:
        frame.speech = _aside(scene, predicate)
    return frame


def _tells_of(scene: Scene, clause: Word) -> bool:
    """Whether a clause dates its noun: *a raid staged in May*, *the siege, which began in May*."""
    if clause.deprel == "acl:relcl":
        subject = scene.tree.subject(clause.index)
        return subject is not None and scene.tree.low[subject.index] in ("which", "that") \
            and scene.is_one_of(clause.index, SUPPORT)
    return tense_of(scene.tree, clause.index) in ("participle", "past") \
        and not scene.tree.auxiliaries(clause.index)


def _aside(scene: Scene, predicate: int) -> int | None:
    """A verb of saying that hangs on the clause: *the city fell, officials said on Friday*.

    Parsers take *officials warned the city could fall* for officials who are warned; the finite
    verb between two subjects gives them away.
    """
    at, steps = predicate, 0
    while 0 <= at < len(scene.tree.words) and steps < len(scene.tree.words):
        told = [c.index for c in scene.tree.all_children(at, "parataxis")]
        if (mistaken := scene.tree.taken_for_told(at)) is not None:
            told.append(mistaken.index)
        for index in told:
            if scene.speaks(index):
                return index
        at, steps = scene.tree.words[at].head, steps + 1
    return None


def _climb(scene: Scene, frame: Frame, at: int, above: int, locked: bool) -> bool:
    """One step up. Gives whether a clause boundary lies behind: then only saying still counts."""
    tree = scene.tree
    relation = base(tree.words[at].deprel)
    if scene.speaks(above) and (
            relation in ("ccomp", "parataxis", "csubj", "obj", "xcomp")
            or (relation == "advcl" and tree.is_infinitive(at))):
        frame.speech = above
        return True
    if relation == "acl" and not locked:
        scene.share_date(frame, at, above)
    if locked or relation in ("ccomp", "csubj", "parataxis", "acl"):
        return True
    if relation == "conj":
        if frame.tense in ("none", "participle", "infinitive", "gerund", "past") \
                and not tree.auxiliaries(at) and tree.auxiliaries(above) \
                and tense_word(tree, at):
            frame.tense = tense_of(tree, above)
        gapped = not tree.auxiliaries(at) and bool(tree.auxiliaries(above)) \
            and tree.words[at].feat("VerbForm") == "Part"
        frame.holders.append((above, not (gapped or _same_breath(scene, at, above))))
        return False
    if relation == "xcomp" or (relation == "advcl" and tree.is_infinitive(at)
                               and scene.is_one_of(above, CONTROL)):
        _share(scene, frame, above)
        return False
    if relation == "advcl":
        return _climb_adverbial(scene, frame, at, above)
    return _climb_nominal(scene, frame, at, above, relation)


def _same_breath(scene: Scene, at: int, above: int) -> bool:
    """*Raided it on Saturday and carried off a hundred men*: one subject, one tense, one day."""
    tree = scene.tree
    return tree.subject(at) is None and not scene.speaks(above) and not scene.speaks(at) \
        and tense_of(tree, at) in ("past", "participle") and tense_of(tree, above) == "past"


def _share(scene: Scene, frame: Frame, above: int) -> None:
    """The clause above speaks of the same time: its expressions and its tense count."""
    frame.holders.append((above, False))
    tense = tense_of(scene.tree, above)
    if frame.tense in ("none", "infinitive", "gerund", "participle", "present"):
        frame.tense = tense if tense != "none" else frame.tense
    frame.ongoing = frame.ongoing or (tense == "present" and scene.is_one_of(above, ONGOING))


def _climb_adverbial(scene: Scene, frame: Frame, at: int, above: int) -> bool:
    tree = scene.tree
    marks = [mark for _, mark in _marks(tree, at)]
    if any(mark in BEFORE_OR_AFTER for mark in marks):
        return True
    if any(mark in TOGETHER for mark in marks):
        frame.holders.append((above, False))
        return True
    if frame.tense == "perfect participle":
        frame.bound = above
        return True
    if frame.tense in ("gerund", "participle"):
        frame.holders.append((above, False))
        frame.governing = tense_of(tree, above)
        return False
    return True


def _climb_nominal(scene: Scene, frame: Frame, at: int, above: int, relation: str) -> bool:
    """A noun's or an adjective's step: to the noun above, or to the verb it is an argument of."""
    tree = scene.tree
    if relation == "amod":
        frame.attribute = True
    if not tense_word(tree, above) and tree.words[above].upos not in ("AUX",):
        return False
    if frame.governing == "none":
        frame.governing = tense_of(tree, above)
    told = tree.child(above, "cop") is not None and relation == "nsubj"     # fighting was fierce
    if scene.is_one_of(above, SUPPORT) or frame.attribute or told or (
            scene.is_one_of(above, EFFECT) and relation in ("nsubj", "obl")):
        frame.holders.append((above, False))
        frame.ongoing = frame.ongoing or (frame.governing == "present"
                                          and scene.is_one_of(above, ONGOING))
        frame.ongoing = frame.ongoing or frame.governing == "progressive"
        if frame.tense == "none" and not frame.attribute and not frame.ongoing \
                and frame.governing in ("present", "future"):
            frame.tense = frame.governing
    elif frame.bound is None:
        frame.bound = above
    return True


def compared(tree: Tree, index: int) -> bool:
    """*The biggest loss since May*, *the first attack since the truce*: of all that there have been
    since; when this one was is not said."""
    return any(c.feat("Degree") == "Sup" or c.feat("NumType") == "Ord"
               or c.lemma.lower() in ("first", "only", "most")
               for c in (tree.words[index], *tree.all_children(index, "amod", "advmod")))


# -- other events -----------------------------------------------------------------------------


def links_of(scene: Scene, holder: int) -> list[Link]:
    """The events that the holder's time is told by, those under it first."""
    tree = scene.tree
    links = []
    for child in tree.all_children(holder, "advcl", "obl", "nmod"):
        for word, mark in _marks(tree, child.index):
            if mark == "since" and compared(tree, holder):
                continue
            if child.index in scene.dated and base(child.deprel) != "advcl":
                continue
            if mark in BEFORE_OR_AFTER:
                links.append(Link(mark, child.index, offset_before(tree.sentence, word), False))
            elif mark in TOGETHER and base(child.deprel) == "advcl":
                links.append(Link("when", child.index, None, False))
    word_above = tree.words[holder]
    if base(word_above.deprel) in ("advcl", "obl") and 0 <= word_above.head < len(tree.words):
        links += [Link(mark, word_above.head, offset_before(tree.sentence, word), True)
                  for word, mark in _marks(tree, holder)
                  if mark in BEFORE_OR_AFTER and holder not in scene.dated]
    return links


def _marks(tree: Tree, index: int) -> list[tuple[int, str]]:
    """Position and text of the subordinators and prepositions of a clause or phrase."""
    return [(c.index, tree.low[c.index]) for c in tree.children[index]
            if base(c.deprel) in ("mark", "case", "advmod") and c.index < index]
