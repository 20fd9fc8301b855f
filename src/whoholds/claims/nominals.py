"""Propositions of nouns, of words before nouns, and of copulas."""

from __future__ import annotations

from whoholds.claims.arguments import (
    Argument,
    Proposition,
    Wanted,
    case_roles,
    noun_arguments,
    obliques,
    subject,
)
from whoholds.claims.trees import Tree, base
from whoholds.claims.verbs import verb_lemma_of

POSSESSIVES = frozenset({"ours", "theirs", "mine", "his", "hers", "yours"})


def nominal(tree: Tree, i: int, wanted: Wanted) -> list[Proposition]:
    """A noun as predicate, and *N under control* as a proposition about N."""
    found: list[Proposition] = []
    word = tree.words[i]
    if word.upos != "ADJ" and wanted((tree.lemma(i),)):
        arguments = noun_arguments(tree, i, False)
        if base(word.deprel) == "conj" and tree.words[word.head].upos == "NOUN" \
                and not tree.kids(i, "det", "nmod:poss"):
            arguments += [Argument(a.roles, a.head, True)
                          for a in noun_arguments(tree, word.head, False)
                          if a.head not in {b.head for b in arguments}]
        arguments += _inherited(tree, i)
        found.append(Proposition((tree.lemma(i),), "noun", i, (i,), tuple(arguments)))
    for k in tree.kids(i, "nmod", "acl", "obl"):
        case = tree.case(k)
        if case and tree.words[k].upos in ("NOUN", "PROPN") and not tree.kids(k, "cop"):
            name = ("be", case, tree.lemma(k))
            if not wanted(name):
                continue
            words = (*tree.kids(k, "case"), k)
            topic = subject(tree, i) if tree.kids(i, "cop") else None
            about = [Argument(("agent", "patient"), i if topic is None else topic)]
            found.append(Proposition(name, "modifier", k, words,
                                     tuple(about + noun_arguments(tree, k, True)), k))
    return found


def _inherited(tree: Tree, i: int) -> list[Argument]:
    """Places of the clause that a noun is subject or object of."""
    word = tree.words[i]
    if base(word.deprel) not in ("nsubj", "obj") or word.head < 0:
        return []
    return [Argument(("where",), a.head, True) for a in obliques(tree, word.head, False)
            if "where" in a.roles]


def attribute(tree: Tree, i: int, wanted: Wanted) -> list[Proposition]:
    """*the encircled capital*, *rebel-held towns*: a participle before its noun."""
    form = tree.word(i).form.rsplit("-", 1)[-1]
    name = (verb_lemma_of(form, tree.lemma(i).rsplit("-", 1)[-1]),)
    if not wanted(name):
        return []
    noun = tree.words[i].head
    arguments = [Argument(("agent", "patient"), noun)]
    if tree.words[i].upos == "VERB" and tree.words[i].form.lower().endswith("ing"):
        arguments = [Argument(("agent",), noun)]
    elif tree.words[i].upos == "VERB" or "-" in tree.words[i].form:
        arguments = [Argument(("patient",), noun)]
    for k in tree.kids(i, "compound", "obl", "nsubj", "nmod", "amod", "obj", "advmod"):
        if tree.words[k].upos in ("NOUN", "PROPN", "ADJ") and k < i:
            arguments.append(Argument(("agent",), k))
    return [Proposition(name, "attribute", i, (i,), tuple(arguments))]


def owner_like(tree: Tree, i: int) -> bool:
    """*is Ukrainian*, *is the King's*: a people's adjective or a possessor, said of something."""
    word = tree.words[i]
    if word.upos == "ADJ":
        return word.form[:1].isupper() and not tree.kids(i, "det")
    return word.upos in ("PROPN", "NOUN") and any(
        tree.words[k].form in ("'s", "’s", "'", "’") and k > i for k in tree.kids(i, "case"))


def copular(tree: Tree, i: int, wanted: Wanted) -> list[Proposition]:
    """*X is safe*, *X is in Y*, *X is in Y's hands*, *X is at the gates of Y*."""
    return [p for p in _copulas(tree, i) if wanted(p.name)]


def _copulas(tree: Tree, i: int) -> list[Proposition]:
    surface = subject(tree, i)
    about = [] if surface is None else [Argument(("agent", "patient"), surface)]
    copulas = tree.kids(i, "cop")
    case = tree.case(i)
    rest = obliques(tree, i, False)
    found: list[Proposition] = []
    if tree.words[i].upos == "VERB":
        return []
    if case:
        for k in tree.conjuncts(i):
            place = Argument(case_roles(tree.case(k) or case), k)
            if k == i:
                found.append(Proposition(("be",), "copula", i, tuple(copulas),
                                         (*about, place, *rest)))
            if tree.words[k].upos in ("NOUN", "PROPN"):
                name = ("be", tree.case(k) or case, tree.lemma(k))
                words = (*copulas, *tree.kids(k, "case"), k)
                found.append(Proposition(name, "copula", i, words,
                                         tuple(about + noun_arguments(tree, k, True) + rest), k))
    elif any(tree.lemma(k) == "there" for k in tree.kids(i, "expl", "nsubj", "advmod")):
        found.append(Proposition((tree.lemma(i), "be"), "noun", i, (*copulas, i),
                                 (*noun_arguments(tree, i, False), *rest), i))
    elif owner_like(tree, i):
        about.append(Argument(("owner",), i))
        found.append(Proposition(("be", "whose"), "copula", i, (*copulas,), (*about, *rest)))
    elif tree.words[i].upos == "ADJ":
        found.append(Proposition((tree.lemma(i),), "copula", i, (*copulas, i),
                                 (*about, *rest)))
        if surface is not None and tree.words[surface].upos == "NOUN":
            found.append(Proposition((tree.lemma(surface), tree.lemma(i)), "noun", i,
                                     (surface, *copulas, i),
                                     tuple(noun_arguments(tree, surface, False) + rest), surface))
    elif tree.words[i].form.lower() in POSSESSIVES:            # *the bridge is ours*
        about.append(Argument(("owner",), i))
        found.append(Proposition(("be", tree.words[i].form.lower()), "copula", i, (*copulas,),
                                 (*about, *rest)))
    elif tree.words[i].upos == "NOUN":
        found.append(Proposition(("be", tree.lemma(i)), "copula", i, (*copulas, i),
                                 tuple(about + noun_arguments(tree, i, True) + rest), i))
    return found
