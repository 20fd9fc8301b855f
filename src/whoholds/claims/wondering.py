"""Clauses that ask who does a thing, or speak of whoever does: nobody is said to do it."""

from __future__ import annotations

from whoholds.claims.frames import Match
from whoholds.claims.trees import Tree, base

ASKING = frozenset({"who", "which", "what"})
WHOEVER = frozenset({"whoever", "whichever", "whosoever"})
CLOSING = frozenset({"”", '"', "’", "''", ")", "'"})


def wondered(tree: Tree, match: Match) -> bool:
    """*Who holds the bridge?*, *nobody knows who holds it*, *whoever holds it holds the valley*;
    but not *the men who hold it*. Of what happened, unlike a state, *who took it?* says that
    somebody did."""
    head = match.proposition.head
    above, rel = tree.word(head).head, tree.rel(head)
    if rel == "acl:relcl":
        return above >= 0 and tree.lemma(above) in WHOEVER
    subjects = tree.kids(head, "nsubj", "nsubj:pass")
    if not subjects or subjects[0] > head:
        return False
    who = subjects[0]
    asked = {tree.lemma(k) for k in (who, *tree.kids(who, "det"))}
    if asked & WHOEVER:
        return True
    if asked.isdisjoint(ASKING) or tree.is_relative(who):
        return False
    if base(rel) in ("ccomp", "csubj", "xcomp", "acl", "nsubj"):
        return True
    last = next((w for w in reversed(tree.words) if w.form not in CLOSING), None)
    return last is not None and last.form.startswith("?")


__all__ = ["wondered"]
