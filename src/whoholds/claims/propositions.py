"""Propositions: predicates with their arguments in normal form.

Undone are passives, relative and participial clauses, coordination, control and raising, light
verbs and support nouns, nominalisations, copulas and locatives. After PredPatt (White et al. 2016,
*Universal Decompositional Semantics on Universal Dependencies*), written anew for the roles that
the codebook's frames speak of.

Roles: ``agent`` (logical subject), ``patient`` (logical object), ``owner`` (possessor or modifier
of a noun), ``where`` (any place that the predicate is at), else the case marker itself (``to``,
``from``, ``over`` ...). An argument lists all roles it may play, the likeliest first: in *Kabul's
fall* and *Russia's attack* the grammar is one and the roles are two; the types that a frame asks
for decide.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

from whoholds.claims.complements import asked, complements, marked, reflexive
from whoholds.claims.trees import Tree, base
from whoholds.claims.verbs import PRETERITES, verb_lemma_of

Shape = Literal["verb", "noun", "attribute", "copula", "modifier"]
Wanted: TypeAlias = Callable[[tuple[str, ...]], object]  # true of names that something speaks of

LOCATIVE = frozenset({"in", "at", "on", "near", "inside", "outside", "around", "across", "within",
                      "throughout", "along", "close to", "north", "south", "east", "west",
                      "off", "inside of", "outside of", "beyond", "over", "between", "from", "by"})
COMPASS = frozenset({f"{d} of" for d in (
    "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest",
    "north-east", "north-west", "south-east", "south-west", "short")})
WHERE = (LOCATIVE | COMPASS) - {"over", "between", "from", "by", "beyond"}
# verbs whose object is who did what follows *of*
ACCUSING = frozenset({"accuse", "suspect", "convict", "acquit"})
# verbs that say of their subject what the participle behind them says
LINKING = frozenset({"remain", "stay", "lie", "stand", "become", "get", "seem", "appear", "feel",
                     "look", "be", "keep", "lay"})
SUBJECT_CONTROL = frozenset({"promise", "threaten", "vow", "pledge", "swear", "agree"})


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: the word that heads it and the roles that it may play.

    ``inferred`` arguments were not written on the predicate itself: shared, controlled, or
    inherited from a governing clause.
    """

    roles: tuple[str, ...]
    head: int
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Proposition:
    """A predicate in normal form.

    ``name`` holds its lemmas (*capture*; *take over*; *take control*; *be under control*);
    ``head`` is the word whose commitment and time count; ``words`` are all words of the predicate;
    ``inner`` is the noun of a support construction, which is then no predicate of its own.
    """

    name: tuple[str, ...]
    shape: Shape
    head: int
    words: tuple[int, ...]
    arguments: tuple[Argument, ...]
    inner: int | None = None


def _every(name: tuple[str, ...]) -> bool:
    return True


class _Clause:
    """A verb's clause: its arguments are looked for once, and only if some predicate is wanted."""

    def __init__(self, tree: Tree, index: int, wanted: Wanted) -> None:
        self.tree, self.index, self.wanted = tree, index, wanted

    @cached_property
    def arguments(self) -> list[Argument]:
        return _clause_arguments(self.tree, self.index)


def propositions(tree: Tree, wanted: Wanted = _every) -> tuple[Proposition, ...]:
    """The propositions of a sentence, in the order of their heads; only those whose name is
    ``wanted``: what no frame of a codebook speaks of need not be read."""
    found: list[Proposition] = []
    for word in tree.words:
        i = word.index
        if word.upos == "VERB" or _verb_like(tree, i):
            if base(word.deprel) == "amod":
                found.extend(_attribute(tree, i, wanted))
            else:
                found.extend(_verbal(_Clause(tree, i, wanted)))
        elif word.upos == "ADJ" and base(word.deprel) == "amod":
            found.extend(_attribute(tree, i, wanted))
        if tree.kids(i, "cop"):
            found.extend(_copular(tree, i, wanted))
        if word.upos in ("NOUN", "PROPN", "ADJ"):
            found.extend(_nominal(tree, i, wanted))
    return tuple(found)


def _verb_like(tree: Tree, i: int) -> bool:
    """Existential and main *be*, and any word that takes a verb's dependents."""
    word = tree.words[i]
    if word.upos == "AUX":
        return base(word.deprel) not in ("aux", "cop")
    return word.upos not in ("NOUN", "PROPN", "PRON", "ADJ") and bool(
        tree.kids(i, "obj", "nsubj:pass"))


# -- verbs -------------------------------------------------------------------------------------

def passive(tree: Tree, i: int) -> bool:
    """Whether the verb's surface subject is its logical object."""
    word = tree.words[i]
    if not tree.kids(i, "aux:pass") and (tree.kids(i, "obj") or any(
            asked(tree, k) is not None for k in tree.kids(i, "advcl", "xcomp"))):
        return False
    if any(tree.rel(k) in ("nsubj:pass", "aux:pass", "obl:agent", "csubj:pass")
           for k in tree.below[i]):
        return True
    if base(word.deprel) == "xcomp" and word.feat("VerbForm") == "Part" \
            and word.feat("Tense") == "Past" and tree.lemma(word.head) in LINKING:
        return True                                # *remains cut off*
    participle = word.feat("VerbForm") in ("Part", None) and not word.form.lower().endswith("ing") \
        and word.feat("Tense") in ("Past", None)
    if not participle or (word.form.lower() == tree.lemma(i) and word.feat("VerbForm") is None):
        return False
    relation = base(word.deprel)
    if tree.kids(i, "aux") or tree.kids(i, "obj"):
        return False
    if relation in ("acl", "advcl") and word.deprel != "acl:relcl":
        return not tree.kids(i, "nsubj") and not marked(tree, i, "to")
    if relation == "conj" and not tree.kids(i, "nsubj"):
        return word.feat("VerbForm") == "Part" and passive(tree, word.head)
    return word.feat("VerbForm") == "Part" and any(
        tree.case(k) == "by" for k in tree.kids(i, "obl"))


def subject(tree: Tree, i: int, seen: frozenset[int] = frozenset()) -> int | None:
    """The word that heads the surface subject of clause ``i``, own or shared; None where unsaid."""
    if i in seen:
        return None
    seen |= {i}
    own = [k for k in tree.kids(i, "nsubj") if tree.rel(k) != "nsubj:outer"]
    own = own or [n for k in tree.kids(i, "xcomp") for n in tree.kids(k, "nsubj") if n < i < k]
    if own:
        before = [k for k in own if k < i]
        return tree.antecedent(before[-1] if before else own[0])
    word, relation = tree.words[i], base(tree.words[i].deprel)
    if word.head < 0:
        return None
    above = word.head
    if relation == "conj":
        return subject(tree, above, seen)
    told = asked(tree, i)
    if told is not None:
        return tree.antecedent(told)
    if relation == "xcomp":
        objects = tree.kids(above, "obj", "iobj")
        if objects and tree.lemma(above) not in SUBJECT_CONTROL:
            return tree.antecedent(objects[0])
        return subject(tree, above, seen)
    if relation in ("advcl", "ccomp", "parataxis") and word.deprel != "advcl:relcl":
        kept = tree.kids(above, "obj") if marked(tree, i, "from") or (
            marked(tree, i, "of") and tree.lemma(above) in ACCUSING) else []
        if kept:                                   # *kept the rebels from taking it*
            return tree.antecedent(kept[0])
        if relation == "parataxis" and word.feat("VerbForm") == "Fin" \
                and word.feat("Mood") == "Imp":
            return None
        return subject(tree, above, seen)
    if relation == "acl":
        return _of_noun_clause(tree, i, above, seen)
    return None


def _of_noun_clause(tree: Tree, i: int, noun: int, seen: frozenset[int]) -> int | None:
    if tree.rel(i) == "acl:relcl":
        relatives = [k for k in tree.subtree(i) if tree.is_relative(k)]
        return None if relatives else noun
    aimed = tree.words[i].form.lower().endswith("ing") and any(
        marked(tree, i, m) for m in ("of", "from", "at", "in", "for"))
    if not marked(tree, i, "to") and not aimed:
        return noun
    holder = tree.kids(noun, "nmod:poss")
    if holder:
        return tree.antecedent(holder[0])
    modifiers = [k for k in tree.kids(noun, "nmod") if tree.case(k) in ("by", "of", "for")]
    if modifiers:
        return tree.antecedent(modifiers[0])
    relation, above = base(tree.rel(noun)), tree.words[noun].head
    if aimed and tree.kids(noun, "cop"):           # *is on the verge of falling*
        own = tree.kids(noun, "nsubj")
        return tree.antecedent(own[0]) if own else None
    if relation in ("obj", "obl", "xcomp") and above >= 0:
        return subject(tree, above, seen)
    own = tree.kids(noun, "nsubj") if tree.kids(noun, "cop") else []
    return tree.antecedent(own[0]) if own else noun


def _clause_arguments(tree: Tree, i: int) -> list[Argument]:
    """Arguments of a verb or copular clause, subject first."""
    turned = passive(tree, i)
    arguments: list[Argument] = []
    surface = subject(tree, i)
    own = tree.kids(i, "nsubj")
    objects = tree.kids(i, "obj") or _bare_object(tree, i)
    if surface is not None:
        bare = not objects and not tree.kids(i, "ccomp", "xcomp", "aux", "compound:prt") \
            and tree.words[i].feat("Tense") != "Pres" and not tree.words[i].form.endswith("ing") \
            and tree.words[i].form.lower() not in PRETERITES
        if turned:
            roles: tuple[str, ...] = ("patient",)
        elif bare and tree.words[i].upos == "VERB":    # a headline's *Norwick captured*
            roles = ("agent", "patient")
        else:
            roles = ("agent",)
        arguments.append(Argument(roles, surface, inferred=not own))
        noun = tree.words[i].head
        if not own and base(tree.rel(i)) == "acl" and noun not in (-1, surface):
            arguments.append(Argument(roles, noun, inferred=True))    # *the next town to fall*
    if not objects and not turned and tree.rel(i) == "acl:relcl" and own \
            and not any(tree.is_relative(k) for k in tree.subtree(i)):
        arguments.append(Argument(("patient",), tree.words[i].head, inferred=True))
    if not objects and not turned and tree.words[i].upos == "VERB":
        shared = _shared_object(tree, i)
        if shared is not None:
            arguments.append(Argument(("patient",), shared, inferred=True))
    arguments.extend(Argument(("reflexive",) if reflexive(tree, k) else ("patient",),
                              tree.antecedent(k)) for k in objects)
    if i > 1 and tree.words[i - 1].form in ("-", "–") and tree.words[i - 2].head == i:
        arguments.append(Argument(("agent",), i - 2))              # *is rebel-held*
    arguments.extend(Argument(("reflexive",) if reflexive(tree, k) else ("to", "recipient"),
                              tree.antecedent(k)) for k in tree.kids(i, "iobj"))
    arguments.extend(_obliques(tree, i, turned))
    arguments.extend(_within(tree, objects))
    return arguments


def _bare_object(tree: Tree, i: int) -> list[int]:
    """A first oblique without a case marker (*took over N*, *control more than half of N*) is the
    object, unless it is a time."""
    if tree.words[i].upos != "VERB" or tree.kids(i, "ccomp", "xcomp", "aux:pass"):
        return []
    found = [k for k in tree.kids(i, "obl") if k > i][:1]
    return [k for k in found if tree.rel(k) == "obl" and not tree.case(k)
            and tree.words[k].upos in ("NOUN", "PROPN")
            and not ((name := tree.sentence.name_at(k)) and name.type == "DATE")]


def _within(tree: Tree, objects: list[int]) -> list[Argument]:
    """Phrases inside the objects that may belong to the verb: *fly staff with visas from N*."""
    found: list[Argument] = []
    todo = list(objects)
    while todo:
        at = todo.pop(0)
        for k in tree.kids(at, "nmod", "conj"):
            todo.append(k)
            case = tree.case(k)
            if tree.rel(k) == "nmod" and case and (case != "of" or at in objects):
                found.append(Argument(case_roles(case), tree.antecedent(k), inferred=True))
    return found


def _shared_object(tree: Tree, i: int) -> int | None:
    """*X surrounded and captured Y*: parsers hang the object on the first verb or on the last."""
    if tree.kids(i, "obl", "ccomp", "xcomp"):
        return None
    head = tree.words[i].head
    later = tree.kids(i, "conj")
    if base(tree.rel(i)) == "conj" and head >= 0 and tree.words[head].upos == "VERB":
        later += [k for k in tree.kids(head, "conj") if k > i]
    for k in later:
        between = [w for w in tree.words[i + 1:k] if w.index not in later]
        joined = all(w.upos in ("CCONJ", "ADV", "PUNCT")
                     or base(w.deprel) in ("case", "obl", "mark") for w in between)
        if tree.words[k].upos == "VERB" and joined and not tree.kids(k, "nsubj"):
            shared = tree.kids(k, "obj")
            if shared:
                return tree.antecedent(shared[0])
    if base(tree.rel(i)) != "conj" or head < 0 or tree.words[head].upos != "VERB" \
            or tree.kids(i, "nsubj"):
        return None
    objects = tree.kids(head, "obj")
    return tree.antecedent(objects[0]) if objects and objects[0] > i else None


def _obliques(tree: Tree, i: int, turned: bool) -> list[Argument]:
    found: list[Argument] = []
    astray = [k for a in tree.kids(i, "advmod", "compound:prt") if a > i
              and tree.lemma(a) in PARTICLES for k in tree.kids(a, "obl", "nmod")]
    for k in [*tree.kids(i, "obl", "nmod"), *astray]:      # falling back from it
        if tree.rel(k) in ("nmod:poss", "nmod:unmarked", "obl:unmarked", "obl:tmod", "nmod:desc"):
            if tree.rel(k) == "nmod:poss":
                found.append(Argument(("agent", "patient", "owner"), tree.antecedent(k)))
            continue
        case = tree.case(k)
        if turned and (case == "by" or tree.rel(k) == "obl:agent"):
            found.append(Argument(("agent",), tree.antecedent(k)))
        elif case:
            found.append(Argument(case_roles(case), tree.antecedent(k)))
    for k in tree.kids(i, "advmod"):
        if tree.is_relative(k) and tree.lemma(k) == "where":
            found.append(Argument(("where", "in"), tree.antecedent(k)))
    return found


def case_roles(case: str) -> tuple[str, ...]:
    """The roles of a phrase by its case marker."""
    return (case, "where") if case in WHERE else (case,)


def _verbal(clause: _Clause) -> list[Proposition]:
    tree, i, wanted = clause.tree, clause.index, clause.wanted
    particles = tree.particle(i)
    adverbs = [k for k in tree.kids(i, "advmod") if tree.lemma(k) in PARTICLES and k > i]
    lemma = verb_lemma(tree, i)
    completed = [k for k in tree.kids(i, "xcomp") if tree.words[k].upos in ("ADJ", "NOUN")]
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


# adverbs that parsers give where the treebank has particles, and the other way round
PARTICLES = frozenset({"in", "out", "over", "up", "down", "back", "away", "off", "on", "through",
                       "forward", "behind", "closer", "together", "apart", "aside"})


def verb_lemma(tree: Tree, i: int) -> str:
    """The lemma of a verb or participle, irregular forms by table."""
    return verb_lemma_of(tree.word(i).form, tree.lemma(i))


def _supported(clause: _Clause) -> list[Proposition]:
    """*take control of*, *come under attack*, *clashes erupted*: the verb with each noun it leans
    on; the arguments of both."""
    tree, i, wanted = clause.tree, clause.index, clause.wanted
    found: list[Proposition] = []
    lemma = verb_lemma(tree, i)
    verbs = [f"{lemma} {tree.lemma(k)}" for k in tree.particle(i)] or [lemma]
    for k in tree.kids(i, "obj", "xcomp") or _bare_object(tree, i):
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
    for words in ((i,), *((i, k) for k in particles)):
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


UNITS = frozenset({"mile", "kilometre", "kilometer", "km", "metre", "meter", "yard", "league",
                   "verst", "block", "street", "march", "hour", "minute", "day", "m"})


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
    for k in tree.kids(host, "obl", "nmod", "advmod"):
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


# -- nouns -------------------------------------------------------------------------------------

def noun_arguments(tree: Tree, noun: int, inner: bool) -> list[Argument]:
    """Arguments that hang on a noun. ``inner``: the noun of a support construction, whose agent
    and patient the verb gives, so that its own possessor is only its ``owner``."""
    found: list[Argument] = []
    for k in tree.below[noun]:
        relation = tree.rel(k)
        head = tree.antecedent(k)
        if relation == "nmod:poss":
            roles: tuple[str, ...] = ("owner",) if inner else ("agent", "patient", "owner")
        elif base(relation) == "compound" or relation == "nmod:desc":
            roles = ("owner", "mod") if inner else ("agent", "patient", "owner", "mod")
        elif relation == "amod" and tree.words[k].upos in ("ADJ", "PROPN", "NOUN"):
            roles = ("owner", "mod") if inner else ("agent", "owner", "mod")
        elif base(relation) in ("nmod", "obl"):
            case = tree.case(k)
            if not case:
                continue
            roles = _noun_case_roles(case, inner)
        else:
            continue
        found.append(Argument(roles, head))
    return found


def _noun_case_roles(case: str, inner: bool) -> tuple[str, ...]:
    if case == "of":
        return ("of", "owner") if inner else ("patient", "agent", "of", "owner")
    if case == "by":
        return ("owner", "by") if inner else ("agent", "by")
    return case_roles(case)


def _nominal(tree: Tree, i: int, wanted: Wanted) -> list[Proposition]:
    """A noun as predicate, and *N under control* as a proposition about N."""
    found: list[Proposition] = []
    word = tree.words[i]
    if word.upos != "ADJ" and wanted((tree.lemma(i),)):
        arguments = noun_arguments(tree, i, False)
        if base(word.deprel) == "conj" and tree.words[word.head].upos == "NOUN":
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
    return [Argument(("where",), a.head, True) for a in _obliques(tree, word.head, False)
            if "where" in a.roles]


def _attribute(tree: Tree, i: int, wanted: Wanted) -> list[Proposition]:
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


# -- copulas -----------------------------------------------------------------------------------

POSSESSIVES = frozenset({"ours", "theirs", "mine", "his", "hers", "yours"})


def _copular(tree: Tree, i: int, wanted: Wanted) -> list[Proposition]:
    """*X is safe*, *X is in Y*, *X is in Y's hands*, *X is at the gates of Y*."""
    return [p for p in _copulas(tree, i) if wanted(p.name)]


def _copulas(tree: Tree, i: int) -> list[Proposition]:
    surface = subject(tree, i)
    about = [] if surface is None else [Argument(("agent", "patient"), surface)]
    copulas = tree.kids(i, "cop")
    case = tree.case(i)
    rest = _obliques(tree, i, False)
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
