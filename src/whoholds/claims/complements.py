"""What verbs take clauses for: who is asked to do something, and what is wished, said, threatened.
"""

from __future__ import annotations

from whoholds.claims.trees import Tree, base
from whoholds.claims.verbs import verb_lemma_of

# verbs whose object, or *on/to* phrase, is to do what the infinitive says
ASKING = frozenset({"call", "appeal", "press", "push", "plead", "urge", "ask", "beg", "beseech",
                    "implore", "exhort", "entreat", "order", "command", "tell", "instruct", "want",
                    "warn", "invite", "request", "pressure", "lobby", "petition", "challenge",
                    "summon", "oblige", "force", "compel", "allow", "permit", "give"})
ADDRESSED = frozenset({"on", "upon", "to", "with"})
CLAUSES = ("xcomp", "ccomp", "advcl", "acl")


def marked(tree: Tree, i: int, lemma: str) -> bool:
    """Whether clause ``i`` begins with the subordinator or *to*."""
    return any(tree.lemma(k) == lemma for k in tree.kids(i, "mark"))


def reflexive(tree: Tree, k: int) -> bool:
    """*Itself*, *themselves*: the subject again."""
    return tree.word(k).form.lower().endswith(("self", "selves"))


def asked(tree: Tree, clause: int) -> int | None:
    """Who is to do what somebody asks for: *called on the army to leave*, *pressed it to leave*,
    *gave it until noon to leave*. None where nobody is asked."""
    verb = tree.word(clause).head
    if base(tree.rel(clause)) not in CLAUSES or verb < 0 or not marked(tree, clause, "to"):
        return None
    if tree.word(verb).upos in ("NOUN", "PROPN") and base(tree.rel(verb)) in ("obl", "obj"):
        verb = tree.word(verb).head      # the infinitive hung on the noun before it
    if verb < 0 or verb_lemma_of(tree.word(verb).form, tree.lemma(verb)) not in ASKING:
        return None
    objects = tree.kids(verb, "iobj") or tree.kids(verb, "obj") or [
        k for k in tree.kids(verb, "obl") if tree.case(k) in ADDRESSED and verb < k < clause
        and not ((name := tree.name_at(k)) and name.type == "DATE")]
    return objects[0] if objects else None


def complements(tree: Tree, i: int) -> list[tuple[int, str]]:
    """The clauses that verb ``i`` takes: each with *to*, *that*, or *should* where it is wished
    (*demanded that they leave*)."""
    found = []
    for host in [i, *tree.kids(i, "obj", "obl", "iobj")]:
        for k in tree.kids(host, *CLAUSES):
            if k < i or tree.rel(k) in ("acl:relcl", "advcl:relcl"):
                continue
            if marked(tree, k, "to") or any(
                    tree.lemma(m) == "to" for m in tree.kids(k, "aux", "case")):
                found.append((k, "to"))
            elif tree.rel(k) == "ccomp" and not marked(tree, k, "whether") \
                    and not marked(tree, k, "if"):
                found.append((k, "should" if _wished(tree, k) else "that"))
    return found


def _wished(tree: Tree, k: int) -> bool:
    """A clause that says what should be: *that they leave*, *that it should be left*."""
    helpers = {tree.lemma(h) for h in tree.kids(k, "aux", "aux:pass", "cop")}
    word = tree.word(k)
    return bool(helpers & {"should", "must"}) or (
        word.form.lower() == word.lemma.lower() and not helpers and bool(tree.kids(k, "nsubj")))
