"""Nouns that say what a light verb's complement is: *gave orders to leave*."""

from __future__ import annotations

from whoholds.claims.clauses import EMERGING, Tree, base
from whoholds.claims.operators import AHEAD, Operators, names_of

# verbs that add little to their noun
LIGHT = EMERGING | frozenset({
    "make", "take", "give", "issue", "draw", "lay", "hold", "have", "set", "put", "raise", "pave",
    "clear", "open", "prepare", "hatch", "launch", "mount", "begin", "start", "form", "send",
    "receive", "win", "get", "seek", "submit", "file", "table", "cast", "pour", "throw", "heap",
    "express", "voice", "harbour", "harbor", "entertain", "nurse", "cherish", "keep", "leave",
    "sign", "go", "be", "arrive", "continue", "resume", "run", "stand", "face", "see", "reach",
    "announce", "reveal", "unveil", "outline", "present", "publish", "repeat", "renew", "reiterate",
    "post", "carry", "bear", "drop", "offer", "find", "show", "feel", "sound", "smooth", "build",
    "call", "propose", "demand", "discuss", "need", "lose", "create", "provide", "afford", "devise",
    "work", "finalise", "finalize", "complete", "step", "redouble", "stage"})
LINKS = frozenset({"to", "for", "of", "on", "upon", "against", "over", "about", "towards", "toward",
                   "that", "in"})
# what is made by agreeing on it
PACTS = frozenset({"truce", "ceasefire", "cease-fire", "armistice", "deal", "accord", "pact",
                   "treaty", "agreement", "settlement", "compromise", "peace"})
DEFINITE = frozenset({"the", "this", "these", "that", "those"})
PICTURING = frozenset({"envisage", "envision", "imagine", "picture", "foresee", "visualise",
                       "visualize"})
REFUSING = frozenset({"refuse", "reject", "decline", "spurn", "rebuff"})
SHORT_OF = frozenset({"ace", "mile", "inch", "whisker", "hair", "yard", "metre", "meter", "moment",
                      "second", "breath", "heartbeat", "step", "stride", "reach", "sight", "range",
                      "kilometre", "kilometer", "distance", "minute", "stone", "hairbreadth"})


def supported(tree: Tree, table: Operators, at: int, below: int) -> str | None:
    """The class of the noun that a light verb leans on: *an attempt was made to storm it*, *paved
    the way for an assault*, *poured scorn on reports*. None where there is none."""
    word = tree.words[at]
    verb = word.lemma.lower()
    if word.upos != "VERB" or below < at or not (
            tree.is_infinitive(below) or set(tree.marks(below)) & LINKS):
        return None
    noun = tree.child(at, "obj")
    if noun is None and (tree.is_passive(at) or tree.child(at, "xcomp", "ccomp") in (
            None, tree.words[below])):
        noun = tree.subject(at)
    if noun is None or noun.index in tree.ancestors(below) or noun.index >= below \
            or noun.upos not in ("NOUN", "PROPN"):
        return None
    if found := _pair(tree, table, at, noun.index):
        return found
    if verb not in LIGHT:
        return None
    kind = table.kind(tree, noun.index, below, "nominal")
    return kind if kind in AHEAD else None


def paired(tree: Tree, table: Operators, noun: int) -> str | None:
    """*Set a date for the assault*: the class of a noun with the verb whose object it is."""
    above = tree.words[noun].head
    if (base(tree.words[noun].deprel) != "obj" and tree.words[noun].deprel != "nsubj:pass") \
            or above < 0 or tree.words[above].upos != "VERB":
        return None
    return _pair(tree, table, above, noun)


def _pair(tree: Tree, table: Operators, verb: int, noun: int) -> str | None:
    verbs = names_of(tree.low[verb], tree.words[verb].lemma.lower(), False, False)
    nouns = (tree.words[noun].lemma.lower(), tree.low[noun])
    return next((found for v in verbs for n in nouns if (found := table.nouns.get(f"{v} {n}"))),
                None)


def refused(tree: Tree, noun: int) -> bool:
    """*Rejected an ultimatum*, *refused two invitations*: the noun is its object."""
    above = tree.words[noun].head
    return base(tree.words[noun].deprel) in ("obj", "nsubj") and above >= 0 \
        and tree.words[above].lemma in REFUSING


def term_given(tree: Tree, table: Operators, at: int) -> bool:
    """*Have three days to leave*, *gave them an hour to leave*: the infinitive hangs on the time.
    """
    above = tree.words[at].head
    return tree.words[at].lemma.lower() in table.horizon_units and above >= 0 \
        and base(tree.words[at].deprel) in ("obj", "iobj", "obl", "nsubj") \
        and tree.words[above].lemma in ("have", "give", "get", "allow", "grant", "allot", "leave",
                                        "set")


def short_of(tree: Tree, table: Operators, at: int, below: int) -> str | None:
    """*Came within an ace of taking it*, *were hours from taking it*: so near, and not so."""
    word = tree.words[at]
    lemma = word.lemma.lower()
    measured = tree.low[at] == "away" and tree.bases[at] == "advmod" and word.head >= 0 \
        and tree.words[word.head].upos == "NOUN"             # one hill away from taking it
    if not tree.is_gerund(below) or not (
            measured or lemma in SHORT_OF or lemma in table.horizon_units):
        return None
    marks = set(tree.marks(below))
    within = {"within", "inside"} & set(tree.marks(at)) and "of" in marks
    away = "from" in marks or "away from" in marks
    if not (within or away):
        return None
    above = word.head
    came = above >= 0 and base(word.deprel) == "obl" and tree.words[above].lemma in (
        "come", "get", "go", "draw", "bring") and tree.is_past(above)
    return "negative" if came else "near"


def pictured(tree: Tree, table: Operators, at: int, below: int) -> bool:
    """*Envisages the rebels taking it*, *stopped them entering*: of the verb, where the parser hung
    the participle on its object."""
    head = tree.words[at].head
    if not tree.is_gerund(below) or base(tree.words[at].deprel) != "obj" or head < 0:
        return False
    return tree.words[head].lemma in PICTURING or table.kind(
        tree, head, at, "gerund") in ("preventing", "possible")


def concluded(tree: Tree, at: int, below: int) -> bool:
    """*Agreed a truce*: to agree on it is to make it."""
    return tree.words[at].lemma == "agree" and tree.lemmas[below] in PACTS \
        and base(tree.words[below].deprel) == "obj"


def definite(tree: Tree, at: int) -> bool:
    """*The siege*, *their siege*: one that is known."""
    return tree.child(at, "nmod:poss") is not None or any(
        tree.low[c.index] in DEFINITE for c in tree.all_children(at, "det"))


def made(tree: Tree, at: int) -> bool:
    """*Made progress in a push to take it*, *made a dash to seize it*: nobody is made to do it."""
    return tree.words[at].lemma == "make" and not tree.is_passive(at) \
        and tree.child(at, "obj") is not None
