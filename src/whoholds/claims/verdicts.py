"""What a predicate says of the event or report that is its subject (*its fall is a certainty*)."""

from __future__ import annotations

from collections.abc import Iterator

from whoholds.claims.clauses import Tree, base
from whoholds.claims.operators import Operators
from whoholds.core import Word

# verbs that only join a subject to what is said of it
LINKING = frozenset({"be", "appear", "seem", "look", "remain", "become", "prove", "stay", "grow",
                     "sound", "feel", "draw", "come", "get"})
# verbs whose object is called something (*described the reports as baseless*)
NAMING = frozenset({"call", "describe", "brand", "label", "term", "characterise", "characterize",
                    "portray", "denounce", "dismiss", "reject", "declare", "paint", "condemn"})
CONTRARY = "contrary to"         # its object is denied
MEASURES = frozenset({"matter", "question"})


def verdict(tree: Tree, table: Operators, at: int, below: int) -> str | None:
    """The class (see commitment.yaml) of what is said of ``below``, an argument of word ``at``;
    None where nothing is said that decides whether it happened."""
    word, argument = tree.words[at], tree.words[below]
    rel = base(argument.deprel)
    if rel == "nsubj":
        if word.upos == "VERB" and tree.child(at, "obj") is None and (
                {word.lemma, tree.low[at].removesuffix("s")} & table.looming):
            return "forecast"
        said = [] if word.upos == "VERB" else [word]
        if word.lemma in LINKING:
            said += [c for c in tree.all_children(at, "xcomp", "obj") if c.index > at
                     and not tree.is_infinitive(c.index)]
            said += [c for w in tree.children[at] if tree.low[w.index] == "all"
                     for c in tree.all_children(w.index, "conj")]    # all but certain
    elif rel == "obj" and word.lemma in NAMING:
        said = list(_named(tree, at, below))
    elif rel == "obl" and _with(tree, below):
        said = list(_absolute(tree, below))
    else:
        return None
    return next((found for one in said if (found := _of(tree, table, one))), None)


def verdict_on_report(tree: Tree, table: Operators, noun: int, clause: int) -> str | None:
    """The class of what a second clause says of a reporting noun, where the parser hung it on the
    noun or beside it (*claims that the town fell are false*)."""
    end = max(tree.below(clause))
    for word in tree.words[end + 1:]:
        if tree.child(word.index, "cop") is None or word.head < 0 \
                or word.head not in (noun, tree.words[noun].head):
            continue
        subject = tree.subject(word.index)
        if (subject is None or subject.index <= end) and (found := _of(tree, table, word)):
            return found
    return None


def judged(tree: Tree, table: Operators, noun: int) -> bool:
    """Whether somebody denies what a reporting noun reports."""
    head = tree.words[noun].head
    if CONTRARY in tree.marks(noun) or (head >= 0 and (
            verdict(tree, table, head, noun) == "denial"
            or table.nouns.get(tree.words[head].lemma) == "truth")):
        return True
    return any(
        verdict_on_report(tree, table, noun, c.index) == "denial"
        for c in tree.all_children(noun, "acl", "ccomp"))


def named_by(tree: Tree, table: Operators, at: int) -> str | None:
    """The class of the noun that an event is said to be (*the goal is the capture of the town*)."""
    subject = tree.child(at, "nsubj")
    if tree.words[at].upos != "NOUN" or tree.child(at, "cop") is None or subject is None:
        return None
    keys = [*(f"{tree.low[c.index]} {subject.lemma}" for c in
              tree.all_children(subject.index, "amod")), subject.lemma]
    return next((found for key in keys if (found := table.predicates.get(key))), None)


def raised(tree: Tree, table: Operators, at: int, below: int) -> int | None:
    """The infinitive that says whether its subject, an event, happens (*has yet to take place*)."""
    if base(tree.words[below].deprel) != "nsubj" or below > at:
        return None
    return next((c.index for c in tree.all_children(at, "xcomp", "advcl") if c.index > at
                 and tree.is_infinitive(c.index) and c.lemma in table.happening), None)


def of_time(tree: Tree, table: Operators, at: int) -> bool:
    """*A matter of time*, *a question of days*, *hours away*: it is to come."""
    if tree.words[at].lemma in MEASURES:
        return any("of" in tree.marks(c.index) and (c.lemma in ("time", "when")
                                                    or c.lemma in table.horizon_units)
                   for c in tree.all_children(at, "nmod", "obl"))
    return tree.low[at] in ("away", "off") and any(
        c.lemma in table.horizon_units for c in tree.all_children(at, "obl", "advmod", "nsubj"))


def _of(tree: Tree, table: Operators, said: Word) -> str | None:
    at = said.index
    if of_time(tree, table, at):
        return "forecast"
    if said.upos == "ADJ":
        return table.verbs.get(said.lemma) or table.verbs.get(tree.low[at])
    before = [tree.low[c.index] for c in tree.all_children(at, "amod", "compound")]
    if any(table.adjectives.get(low) == "denied" for low in before) \
            or table.verbs.get(tree.low[at]) == "denial":
        return "denial"                      # fake news; an adjective that was taken for a noun
    keys = [*(f"{low} {said.lemma}" for low in before), said.lemma, tree.low[at]]
    cases = [c.index for c in tree.all_children(at, "case") if c.index < at]
    if cases:                                # out of the question, on the cards
        keys = [" ".join(tree.low[min(cases):at + 1])]
    return next((found for key in keys if (found := table.predicates.get(key))), None)


def _named(tree: Tree, at: int, below: int) -> Iterator[Word]:
    """*As baseless* or *false*, behind the object."""
    for child in tree.children[at]:
        if child.index <= below:
            continue
        if (base(child.deprel) in ("obl", "advcl", "xcomp") and "as" in tree.marks(child.index)) \
                or (base(child.deprel) == "xcomp" and child.upos in ("ADJ", "NOUN")):
            yield child


def _with(tree: Tree, below: int) -> bool:
    start = min(tree.below(below))
    return "with" in tree.marks(below) or (start > 0 and tree.low[start - 1] == "with")


def _absolute(tree: Tree, below: int) -> Iterator[Word]:
    """*With the fall of the port imminent,*: what stands before the comma behind the noun phrase,
    wherever it was hung."""
    end = next((w.index for w in tree.words[below + 1:] if w.form == ","), len(tree.words))
    for word in tree.words[below + 1:end]:
        inner = word.head in tree.below(below) and word.head != below
        if word.upos in ("ADJ", "NOUN", "ADV") and not inner and not (
                base(word.deprel) == "nmod" and tree.marks(word.index)):
            yield word
