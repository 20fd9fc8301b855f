"""Who is to do what is promised: *seeks assurances from N that it will not attack*; and who tells
of himself: *denied N's claim that its men had taken it*.

A pronoun that is the subject of what somebody is to give his word for is the giver, not whoever
asks for it: nouns of promise and verbs of demand control the subject of their content (Sag and
Pollard 1991, "An integrated theory of complement control": the *commitment* type).
"""

from __future__ import annotations

from whoholds.claims.trees import Tree, base

PROMISES = frozenset({"assurance", "guarantee", "promise", "pledge", "commitment", "undertaking",
                      "vow", "word", "oath"})
# nouns of saying: whose word it is tells of himself as *it* or *his*
TELLINGS = frozenset({"claim", "boast", "assertion", "insistence", "announcement", "statement",
                      "admission", "allegation", "denial", "declaration", "threat"})
DEMANDS = frozenset({"demand", "require", "extract", "exact"})
_GIVEN = frozenset({"from", "by", "of"})


def promiser(tree: Tree, pronoun: int) -> int | None:
    """The word for whoever gives the promise whose content has ``pronoun`` as its subject, or the
    subject of a clause inside it; None where there is none."""
    lemma, at = tree.lemma(pronoun), pronoun
    for above in tree.ancestors(pronoun):
        subjects = tree.kids(at, "nsubj")
        own = any(tree.lemma(s) == lemma for s in subjects)
        told = tree.lemma(above) in TELLINGS and tree.word(above).upos == "NOUN" and (
            own or any(pronoun in tree.kids(s, "nmod:poss") for s in subjects))
        if told and base(tree.rel(at)) in ("acl", "ccomp"):      # N's claim that its men took it
            return next(iter(tree.kids(above, "nmod:poss")), None)
        if subjects and not own:
            return None                      # somebody else's clause
        noun = tree.lemma(above) in PROMISES and tree.word(above).upos == "NOUN"
        verb = tree.lemma(above) in DEMANDS and tree.word(above).upos == "VERB"
        if own and base(tree.rel(at)) in ("acl", "ccomp") and (noun or verb):
            return _giver(tree, above)
        at = above
    return None


def _giver(tree: Tree, promise: int) -> int | None:
    """From whom a promise comes."""
    givers = [k for k in tree.kids(promise, "nmod", "obl")
              if tree.case(k) in _GIVEN or tree.rel(k) == "nmod:poss"]
    above = tree.word(promise).head
    if not givers and above >= 0 and base(tree.rel(promise)) == "obj":
        givers = [k for k in tree.kids(above, "obl") if tree.case(k) == "from"]
    return givers[0] if givers else None
