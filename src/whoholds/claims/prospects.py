"""What a clause in the present, or a line without a verb, is set in: days to come, plans,
conditions, tales."""

from __future__ import annotations

from whoholds.claims.clauses import Tree, base
from whoholds.claims.operators import AHEAD, Operators
from whoholds.core import Modality, Word

SHORT = frozenset({"day", "hour", "minute"})      # *the next day* is told of the past
COMING = frozenset({"next", "coming", "following", "forthcoming"})
DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
                  "january", "february", "march", "april", "may", "june", "july", "august",
                  "september", "october", "november", "december", "spring", "summer", "autumn",
                  "winter", "christmas", "easter", "dawn", "noon", "nightfall", "midnight",
                  "tomorrow", "tonight"})
# before an event that has happened, whatever comes of it
PRESUPPOSED = frozenset({"since", "despite", "in spite of", "because of", "due to", "thanks to",
                         "owing to"})
AWAITING = frozenset({"after", "when", "once", "until", "till", "as soon as", "whenever"})
AFTERWARDS = frozenset({"once", "until", "till", "as soon as"})
# *on paper*, *in theory*: nowhere else
NOWHERE = frozenset({("on", "paper"), ("in", "theory"), ("in", "principle"), ("in", "imagination"),
                     ("in", "mind"), ("in", "dream"), ("in", "legend"), ("in", "version")})
TALES = frozenset({"in", "during", "under"})
EXTREME = frozenset({"worst", "best", "extreme", "hypothetical"})       # in the worst case
CHANGES = frozenset({"fall", "collapse", "surrender", "capitulate", "succumb", "take", "capture",
                     "seize", "lose", "win", "conquer", "invade", "land", "break", "retreat"})
SET_IN = frozenset({"under", "according to", "in", "by", "per", "as per", "in line with",
                    "in accordance with"})
NO_EVENT = AHEAD | {"say", "assess"}
AWAITED = frozenset({"once", "as soon as", "the moment", "unless"})


def lies_ahead(tree: Tree, table: Operators, at: int) -> bool:
    """*They leave tomorrow*, *assault next week*, *under the plan they withdraw*: a present that
    stands for what is to come."""
    if _present(tree, at):
        if table.kind(tree, at, None, "gerund") in NO_EVENT:
            return False                     # is expected within days
        return _day_to_come(tree, table, at) or _by_plan(tree, table, at) \
            or _plan_told(tree, table, at)
    return tree.words[at].upos == "NOUN" and tree.child(at, "cop") is None \
        and _day_to_come(tree, table, at)


def better(tree: Tree, at: int) -> bool:
    """*They had better leave*."""
    if tree.words[at].upos != "VERB":
        return False
    above = tree.words[at].head
    had = {tree.low[c.index] for c in tree.auxiliaries(at)} | (
        {tree.low[above]} if above >= 0 and tree.bases[at] == "xcomp" else set())
    return bool(had & {"had", "'d"}) and any(
        tree.low[c.index] in ("better", "best") and c.index < at
        for c in tree.all_children(at, "advmod"))


def awaiting(tree: Tree, table: Operators, at: int) -> bool:
    """*They attack once the snow melts*, *unless the bridge holds*, in the present."""
    return tree.words[at].upos == "VERB" and _present(tree, at) and not tree.modals(at) \
        and tree.words[at].lemma not in table.involuntary and any(
            AWAITED & set(tree.marks(c.index)) and not tree.is_past(c.index)
            and tree.words[c.index].upos in ("VERB", "AUX")
            for c in tree.all_children(at, "advcl"))


def imagined(tree: Tree, table: Operators, at: int) -> bool:
    """*In the film, the rebels take the town*: a clause set in what nobody says has happened."""
    subject = tree.subject(at)
    above = tree.words[at].head
    if tree.bases[at] == "conj" and subject is None and 0 <= above < at:
        return imagined(tree, table, above)
    if tree.bases[at] in ("parataxis", "ccomp") and above >= 0 and at > above and (
            played := tree.subject(above)) is not None and ":" in tree.low[above:at] \
            and played.lemma.lower() in table.plays:
        return True                          # the war game ended badly: the island falls
    if tree.bases[at] in ("xcomp", "ccomp") and above >= 0 \
            and tree.words[above].lemma in ("have", "see") and tree.is_gerund(at) \
            and (played := tree.subject(above)) is not None \
            and played.lemma.lower() in table.plays:
        return True                          # the war game had the island falling on day nine
    return subject is not None and any(
        c.index < subject.index and (_tale(tree, table, c) or _of_many(tree, at, c))
        for c in tree.all_children(at, "obl"))


def _tale(tree: Tree, table: Operators, told: Word) -> bool:
    """*In the film*, *in the worst of three scenarios*, *on paper*."""
    marks = set(tree.marks(told.index))
    lemma = told.lemma.lower()
    if any((mark, lemma) in NOWHERE for mark in marks):
        return True
    described = {tree.low[c.index] for c in tree.children[told.index]}
    return bool(TALES & marks) and (
        lemma in table.fictions or (lemma == "case" and bool(described & EXTREME)) or any(
            c.lemma.lower() in table.fictions and "of" in tree.marks(c.index)
            for c in tree.all_children(told.index, "nmod", "obl")))


def _of_many(tree: Tree, at: int, told: Word) -> bool:
    """*In most of them the town falls within a month*: a change told in the present of one of many
    outcomes, and of no place among places (*in two of them the army holds the bridge*)."""
    if tree.words[at].lemma not in CHANGES or not _present(tree, at) \
            or tree.auxiliaries(at) or "in" not in tree.marks(told.index):
        return False
    return any(tree.low[c.index] in ("them", "these", "those") and "of" in tree.marks(c.index)
               for c in tree.all_children(told.index, "nmod"))


def _present(tree: Tree, at: int) -> bool:
    return tree.words[at].upos in ("VERB", "AUX") and not tree.is_past(at) \
        and not tree.is_infinitive(at) and not tree.is_gerund(at) \
        and (bool(tree.auxiliaries(at)) or tree.words[at].feat("VerbForm") != "Part")


def _day_to_come(tree: Tree, table: Operators, at: int) -> bool:
    """*Tomorrow*, *next week*, *in the coming days*, *within hours*; of a noun, *by Friday*."""
    noun = tree.words[at].upos == "NOUN"
    for child in tree.all_children(at, "obl", "advmod", "nmod"):
        low, marks = tree.low[child.index], set(tree.marks(child.index))
        if low == "tomorrow" and marks <= {"by", "on", "from", "until", "for"}:
            return True
        unit = child.lemma.lower() in table.horizon_units or low in DAYS
        describing = {tree.low[c.index] for c in tree.children[child.index]}
        if unit and describing & COMING and (
                marks & {"in", "over", "within", "by", "during"}
                or ("next" in describing and "the" not in describing and not marks
                    and child.lemma.lower() not in SHORT)):
            return True
        if unit and "within" in marks and low not in DAYS:
            return True
        if noun and tree.words[at].deprel == "root" and (
                low == "soon" or (low in DAYS and "by" in marks)):
            return True
    return False


def _by_plan(tree: Tree, table: Operators, at: int) -> bool:
    """*Under the accord both armies withdraw*: what a plan says in the present."""
    subject = tree.subject(at)
    return subject is not None and any(
        c.index < subject.index and SET_IN & set(tree.marks(c.index))
        and table.nouns.get(c.lemma.lower()) in ("intention", "order", "demand", "promise")
        for c in tree.all_children(at, "obl"))


def _plan_told(tree: Tree, table: Operators, at: int) -> bool:
    """*The plan is simple: they take the town*."""
    above = tree.words[at].head
    if base(tree.words[at].deprel) not in ("parataxis", "ccomp") or not 0 <= above < at \
            or ":" not in tree.low[above:at]:
        return False
    subject = tree.subject(above)
    return subject is not None and subject.upos == "NOUN" \
        and table.kind(tree, subject.index) in AHEAD


def day_awaited(tree: Tree, at: int, below: int) -> Modality | None:
    """*By the time they enter*, *dreads the day they enter*, *it is high time they left*: what a
    relative clause of a time says."""
    if tree.low[at] not in ("time", "day", "moment", "hour", "minute", "instant"):
        return None
    described = {tree.low[c.index] for c in tree.children[at]}
    if tree.low[at] == "time" and described & {"high", "about"}:
        return "demanded"
    present = tree.is_finite(below) and not tree.is_past(below) and not tree.modals(below)
    return "forecast" if present and described & {"the", "that"} else None


def awaited(tree: Tree, below: int, words: set[str]) -> bool:
    """*After they have taken it*, *once it had been secured*: in the perfect, of what is to come
    first."""
    helpers = {tree.low[a.index] for a in tree.auxiliaries(below)}
    return bool((words & AWAITING and helpers & {"have", "has", "'ve"})
                or (words & AFTERWARDS and "had" in helpers))
