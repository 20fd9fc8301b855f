"""What the parts of a coordination have in common: auxiliaries, negators, governors."""

from __future__ import annotations

from whoholds.claims.clauses import Tree


def shares(tree: Tree, first: int, second: int) -> bool:
    """Whether a conjunct stands under the auxiliaries and negators of the one before it."""
    if any(tree.words[i].feat("Mood") == "Imp" for i in (first, second)):
        return tree.subject(second) is None
    if tree.is_infinitive(first) and tree.is_bare(second) and tree.subject(second) is None:
        return True                      # were to enter the town and burn it
    if tree.is_bare(first) and tree.is_bare(second) and tree.subject(second) is None \
            and tree.bases[first] == "conj" and tree.is_infinitive(tree.words[first].head):
        return True                      # were to enter the town, free the captives and burn it
    if left_out(tree, first, second):
        return True
    if tree.subject(second) is not None or any(
            c.upos == "CCONJ" and c.lemma in ("but", "instead", "rather", "yet")
            for c in tree.children[second]):
        return False
    if tree.words[second].upos not in ("VERB", "AUX"):
        return tree.words[first].upos == tree.words[second].upos
    if tree.auxiliaries(second) or tree.is_infinitive(second) != tree.is_infinitive(first):
        return False
    if tree.is_finite(second):
        return False
    form = tree.words[second].feat("VerbForm")
    return form == tree.words[first].feat("VerbForm") or (
        form == "Inf" and bool(tree.modals(first)))


def resumes(tree: Tree, at: int, below: int) -> bool:
    """*Vowed to take it, and has*: a finite conjunct belongs to the finite clause above."""
    return tree.is_finite(below) and (tree.is_infinitive(at) or tree.is_gerund(at)
                                      or wished(tree, at, below))


def wished(tree: Tree, at: int, below: int) -> bool:
    """*Demanded that they leave, and it will not wait*: only the first is demanded."""
    return tree.is_bare(at) and tree.subject(at) is not None \
        and tree.subject(below) is not None and bool(tree.modals(below))


def set_off(tree: Tree, at: int, below: int) -> bool:
    """*It is not clear who runs it, and his word could not be verified*: a clause of its own, which
    the parser joined to the subject of the first."""
    comma = next((c for c in tree.all_children(below, "punct") if c.index < below), None)
    return tree.bases[at] == "csubj" and 0 <= tree.words[at].head < at and comma is not None \
        and tree.is_finite(below) and tree.subject(below) is not None \
        and not {"that", "whether", "if"} & set(tree.marks(below))


def left_out(tree: Tree, first: int, second: int) -> bool:
    """*The curfew will be lifted, and the harbour opened*: the auxiliaries are not said again."""
    return tree.is_passive(first) and bool(tree.modals(first)) and not tree.auxiliaries(second) \
        and tree.subject(second) is not None and tree.words[second].upos == "VERB" \
        and tree.low[second].endswith(("ed", "en")) \
        and tree.child(second, "obj", "xcomp", "ccomp") is None
