"""Propositions: predicates with their arguments in normal form.

Undone are passives, relative and participial clauses, coordination, control and raising, light
verbs and support nouns, nominalisations, copulas and locatives. After PredPatt (White et al. 2016,
*Universal Decompositional Semantics on Universal Dependencies*), written anew for the roles that
the codebook's frames speak of.
The roles of their arguments are told in arguments.py.
"""

from __future__ import annotations

from whoholds.claims.arguments import (
    PARTICLES,
    Argument,
    Proposition,
    Wanted,
    bare_object,
    clause_arguments,
    noun_arguments,
    passive,
    subject,
    verb_lemma,
)
from whoholds.claims.complements import complements
from whoholds.claims.nominals import POSSESSIVES, attribute, copular, nominal, owner_like
from whoholds.claims.trees import Tree, base

# adjectives that say how it was done or what state it is in, not what it was made
DEPICTIVE = frozenset({"proper", "intact", "unopposed", "alone", "whole", "entire", "unhindered",
                       "unmolested", "unharmed", "unscathed", "undamaged", "unaided", "bloodless",
                       "single-handed", "wounded", "unhurt", "empty-handed", "undefended", "first",
                       "last", "own", "next", "again", "unarmed", "armed", "complete", "entirely"})
STAYING = frozenset({"remain", "stay", "become", "stand"})
# words that are no predicates by themselves
FUNCTION_WORDS = frozenset({"PUNCT", "DET", "ADP", "PRON", "CCONJ", "SCONJ", "PART", "NUM", "ADV",
                            "SYM", "INTJ"})
UNITS = frozenset({"mile", "kilometre", "kilometer", "km", "metre", "meter", "yard", "league",
                   "verst", "block", "street", "march", "hour", "minute", "day", "m"})


def _every(name: tuple[str, ...]) -> bool:
    return True


class _Clause:
    """A verb's clause: its arguments are looked for once, and only if some predicate is wanted."""

    def __init__(self, tree: Tree, index: int, wanted: Wanted) -> None:
        self.tree, self.index, self.wanted = tree, index, wanted
        self._known_arguments: list[Argument] | None = None

    @property
    def arguments(self) -> list[Argument]:
        if self._known_arguments is None:
            self._known_arguments = self._find_arguments()
        return self._known_arguments

    def _find_arguments(self) -> list[Argument]:
        return clause_arguments(self.tree, self.index)


def propositions(tree: Tree, wanted: Wanted = _every) -> tuple[Proposition, ...]:
    """The propositions of a sentence, in the order of their heads; only those whose name is
    ``wanted``: what no frame of a codebook speaks of need not be read."""
    found: list[Proposition] = []
    for word in tree.words:
        i = word.index
        if word.upos in FUNCTION_WORDS and not tree.below[i]:
            continue
        if word.upos == "VERB" or _verb_like(tree, i):
            if base(word.deprel) == "amod":
                found.extend(attribute(tree, i, wanted))
            else:
                found.extend(_verbal(_Clause(tree, i, wanted)))
        elif word.upos == "ADJ" and base(word.deprel) == "amod":
            found.extend(attribute(tree, i, wanted))
        if tree.kids(i, "cop"):
            found.extend(copular(tree, i, wanted))
        if word.upos in ("NOUN", "PROPN", "ADJ"):
            found.extend(nominal(tree, i, wanted))
    return tuple(found)


def _verb_like(tree: Tree, i: int) -> bool:
    """Existential and main *be*, and any word that takes a verb's dependents."""
    word = tree.words[i]
    if word.upos == "AUX":
        return base(word.deprel) not in ("aux", "cop")
    return word.upos not in ("NOUN", "PROPN", "PRON", "ADJ") and bool(
        tree.kids(i, "obj", "nsubj:pass"))


def _verbal(clause: _Clause) -> list[Proposition]:
    tree, i, wanted = clause.tree, clause.index, clause.wanted
    particles = tree.particle(i)
    adverbs = [k for k in tree.kids(i, "advmod") if tree.lemma(k) in PARTICLES and k > i]
    lemma = verb_lemma(tree, i)
    completed = [k for k in tree.kids(i, "xcomp") if tree.words[k].upos in ("ADJ", "NOUN")
                 and tree.lemma(k) not in DEPICTIVE]
    turned = any(tree.lemma(k) in ("back", "away", "aside", "behind") for k in adverbs)
    found = []
    if not (particles or completed or turned) and wanted((lemma,)):
        found.append(Proposition((lemma,), "verb", i, (i,), tuple(clause.arguments)))
    for k in particles or adverbs:
        name = (f"{lemma} {tree.lemma(k)}",)
        if wanted(name):
            found.append(Proposition(name, "verb", i, (i, k), tuple(clause.arguments)))
    found.extend(_supported(clause))
    found.extend(_complements(clause))
    found.extend(_still_owned(clause))
    return found


def _still_owned(clause: _Clause) -> list[Proposition]:
    """*Remains Ukrainian*, *remain ours*: as of the copula."""
    tree, i = clause.tree, clause.index
    if tree.lemma(i) not in STAYING:
        return []
    found = []
    for k in tree.kids(i, "xcomp", "obj", "advmod", "obl"):
        form = tree.words[k].form.lower()
        name = form if form in POSSESSIVES else "whose" if owner_like(tree, k) else None
        if name and not tree.case(k) and clause.wanted(("be", name)):
            rest = tuple(a for a in clause.arguments if a.head != k)
            found.append(Proposition(("be", name), "copula", i, (i,),
                                     (*rest, Argument(("owner",), k))))
    return found


def _complements(clause: _Clause) -> list[Proposition]:
    """*Threatened to burn it*, *demanded that they leave*: the verb with what it is about, which
    stays a predicate of its own. ``whom`` is the subject of the complement, if it has its own."""
    tree, i = clause.tree, clause.index
    lemma = verb_lemma(tree, i)
    verbs = sorted({lemma, *(f"{lemma} {tree.lemma(k)}" for k in tree.particle(i))})
    found: list[Proposition] = []
    for k, mark in complements(tree, i):
        own = [Argument(("whom",), tree.antecedent(s)) for s in tree.kids(k, "nsubj")[:1]]
        aim = verb_lemma(tree, k) if tree.words[k].upos == "VERB" else "be"
        found.extend(Proposition((verb, mark, aim), "verb", i, (i, k), (*clause.arguments, *own))
                     for verb in verbs if clause.wanted((verb, mark, aim)))
    return found


def _supported(clause: _Clause) -> list[Proposition]:
    """*take control of*, *come under attack*, *clashes erupted*: the verb with each noun it leans
    on; the arguments of both."""
    tree, i, wanted = clause.tree, clause.index, clause.wanted
    found: list[Proposition] = []
    lemma = verb_lemma(tree, i)
    verbs = [f"{lemma} {tree.lemma(k)}" for k in tree.particle(i)] or [lemma]
    for k in tree.kids(i, "obj", "xcomp") or bare_object(tree, i):
        if tree.words[k].upos not in ("NOUN", "PROPN", "ADJ"):
            continue
        for noun in tree.conjuncts(k):
            names = [(verb, name) for verb in verbs for name in _noun_names(tree, noun)
                     if wanted((verb, name))]
            if names:
                both = (*(a for a in clause.arguments if a.head != k),
                        *noun_arguments(tree, noun, True))
                found.extend(Proposition(n, "verb", i, (i, noun), both, noun) for n in names)
        found.extend(_with_phrases(clause, k))
    found.extend(_with_phrases(clause, i))
    found.extend(_by_things(clause))
    found.extend(_distances(clause, lemma))
    surface = subject(tree, i)
    if surface is not None and tree.words[surface].upos == "NOUN":
        found.extend(_of_subject(clause, surface, lemma, verbs))
    return found


def _of_subject(clause: _Clause, surface: int, lemma: str, verbs: list[str]) -> list[Proposition]:
    """*An offensive was launched*, *clashes erupted*: the noun of the subject with its verb."""
    tree, i, wanted = clause.tree, clause.index, clause.wanted
    found: list[Proposition] = []
    if passive(tree, i):
        names = [(verb, name) for verb in verbs for name in _noun_names(tree, surface)
                 if wanted((verb, name))]
        if names:
            within = (*(a for a in clause.arguments if a.head != surface),
                      *noun_arguments(tree, surface, True))
            found.extend(Proposition(n, "verb", i, (surface, i), within, surface) for n in names)
    particles = tree.particle(i) or [k for k in tree.kids(i, "advmod")
                                     if tree.lemma(k) in PARTICLES and k == i + 1]
    alone = () if tree.particle(i) else ((i,),)
    for words in (*alone, *((i, k) for k in particles)):
        name = (tree.lemma(surface), " ".join([lemma, *(tree.lemma(k) for k in words[1:])]))
        if wanted(name):
            both = (*noun_arguments(tree, surface, False),
                    *(a for a in clause.arguments if a.head != surface))
            found.append(Proposition(name, "noun", i, (surface, *words), both, surface))
    return found


def _by_things(clause: _Clause) -> list[Proposition]:
    """*was hit by a Russian missile* as *a Russian missile hit*: the noun of the logical subject
    with its verb."""
    tree, i = clause.tree, clause.index
    if not passive(tree, i):
        return []
    found = []
    for noun in (a.head for a in clause.arguments if a.roles == ("agent",)):
        name = (tree.lemma(noun), verb_lemma(tree, i))
        if tree.words[noun].upos == "NOUN" and clause.wanted(name):
            rest = [a for a in clause.arguments if a.head != noun]
            found.append(Proposition(name, "noun", i, (noun, i),
                                     tuple(noun_arguments(tree, noun, False) + rest), noun))
    return found


def _distances(clause: _Clause, verb: str) -> list[Proposition]:
    """*stood five miles from the city*: the verb with a measure that no preposition marks."""
    tree, i = clause.tree, clause.index
    found = []
    for k in tree.kids(i, "obl", "obj", "nmod", "advmod", "dep"):
        name = (verb, tree.lemma(k))
        if k <= i or name[1] not in UNITS or tree.case(k) or not clause.wanted(name):
            continue
        rest = [a for a in clause.arguments if a.head != k]
        found.append(Proposition(name, "verb", i, (i, k),
                                 tuple(rest + noun_arguments(tree, k, True)), k))
    return found


def _noun_names(tree: Tree, noun: int) -> list[str]:
    """A noun, and with the adjective before it: *flag*, *white flag*."""
    lemma = tree.lemma(noun)
    return [lemma, *(f"{tree.lemma(k)} {lemma}" for k in tree.kids(noun, "amod", "compound")
                     if k < noun)]


def _with_phrases(clause: _Clause, host: int) -> list[Proposition]:
    """*fell into their hands*, *have the town under control*: verb, case and noun."""
    tree, i = clause.tree, clause.index
    found: list[Proposition] = []
    for k in tree.kids(host, "obl", "nmod", "advmod", "xcomp"):
        case = tree.case(k)
        if not case or tree.rel(k) == "nmod:poss" or tree.words[k].upos not in ("NOUN", "PROPN"):
            continue
        for noun in tree.conjuncts(k):
            name = (verb_lemma(tree, i), case, tree.lemma(noun))
            if not clause.wanted(name):
                continue
            rest = [a for a in clause.arguments if a.head != k]
            words = (i, *tree.kids(k, "case"), noun)
            found.append(Proposition(name, "verb", i, words,
                                     tuple(rest + noun_arguments(tree, noun, True)), noun))
    return found


__all__ = ["Argument", "Proposition", "propositions"]
