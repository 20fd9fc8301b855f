"""What propositions are made of, and the arguments that verbs and nouns take.

Roles: ``agent`` (logical subject), ``patient`` (logical object), ``owner`` (possessor or modifier
of a noun), ``where`` (any place that the predicate is at), else the case marker itself (``to``,
``from``, ``over`` ...). An argument lists all roles it may play, the likeliest first: in *Kabul's
fall* and *Russia's attack* the grammar is one and the roles are two; the types that a frame asks
for decide.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple, TypeAlias

from whoholds.claims.complements import asked, marked, reflexive
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
# adverbs that parsers give where the treebank has particles, and the other way round
PARTICLES = frozenset({"in", "out", "over", "up", "down", "back", "away", "off", "on", "through",
                       "forward", "behind", "closer", "together", "apart", "aside", "ashore",
                       "inside", "across", "home", "past", "ahead", "aboard", "alight", "ablaze",
                       "north", "south", "east", "west", "forth", "alive"})


class Argument(NamedTuple):
    """One argument: the word that heads it and the roles that it may play.

    ``inferred`` arguments were not written on the predicate itself: shared, controlled, or
    inherited from a governing clause.
    """

    roles: tuple[str, ...]
    head: int
    inferred: bool = False


class Proposition(NamedTuple):
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


def passive(tree: Tree, i: int) -> bool:
    """Whether the verb's surface subject is its logical object."""
    known = tree.passives.get(i)
    if known is None:
        known = tree.passives[i] = _find_passive(tree, i)
    return known


def _find_passive(tree: Tree, i: int) -> bool:
    word = tree.words[i]
    if word.form.lower().endswith("ing") and not tree.kids(i, "aux:pass"):
        return False
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


def subject(tree: Tree, i: int) -> int | None:
    """The word that heads the surface subject of clause ``i``, own or shared; None where unsaid."""
    if i not in tree.subjects:
        tree.subjects[i] = _subject(tree, i, frozenset())
    return tree.subjects[i]


def _subject(tree: Tree, i: int, seen: frozenset[int]) -> int | None:
    if i in seen:
        return None
    seen |= {i}
    own = [k for k in tree.kids(i, "nsubj") if tree.rel(k) != "nsubj:outer" or _due(tree, i, k)]
    own = own or [n for k in tree.kids(i, "xcomp") for n in tree.kids(k, "nsubj") if n < i < k]
    if own:
        before = [k for k in own if k < i]
        return tree.antecedent(before[-1] if before else own[0])
    aims = [k for k in tree.kids(i, "nsubj") if tree.lemma(k) in AIMS and marked(tree, i, "to")]
    if aims:                                       # *the rebels' goal is to take it*
        owners = tree.kids(aims[0], "nmod:poss") or [
            k for k in tree.kids(aims[0], "nmod") if tree.case(k) == "of"]
        return tree.antecedent(owners[0]) if owners else None
    word, relation = tree.words[i], base(tree.words[i].deprel)
    if word.head < 0:
        return None
    above = word.head
    if relation == "conj":
        return _subject(tree, above, seen)
    told = asked(tree, i)
    if told is not None:
        return tree.antecedent(told)
    if relation == "xcomp":
        objects = tree.kids(above, "obj", "iobj")
        if objects and tree.lemma(above) not in SUBJECT_CONTROL:
            return tree.antecedent(objects[0])
        return _subject(tree, above, seen)
    if relation in ("advcl", "ccomp", "parataxis") and word.deprel != "advcl:relcl":
        kept = tree.kids(above, "obj") if marked(tree, i, "from") or (
            marked(tree, i, "of") and tree.lemma(above) in ACCUSING) else []
        if kept:                                   # *kept the rebels from taking it*
            return tree.antecedent(kept[0])
        if relation == "parataxis" and word.feat("VerbForm") == "Fin" \
                and word.feat("Mood") == "Imp":
            return None
        return _subject(tree, above, seen)
    if relation == "acl":
        return _of_noun_clause(tree, i, above, seen)
    return None


# what a plan, aim or order consists in is no one's deed: *the aim is to take it*
AIMS = frozenset({"plan", "aim", "goal", "task", "idea", "mission", "intention", "purpose", "order",
                  "objective", "strategy", "hope", "wish", "decision", "job", "duty", "question",
                  "problem", "option", "answer", "thing", "way", "challenge", "priority", "step",
                  "move", "point", "demand", "condition", "proposal", "alternative", "choice",
                  "role", "ambition", "dream", "tactic", "intent", "design", "what", "all",
                  "object", "effort", "attempt", "solution", "remedy", "key", "trick"})


# these likewise, of whoever makes them
BIDS = frozenset({"bid", "offer", "threat", "vow", "pledge", "promise", "push", "drive", "campaign",
                  "operation", "struggle", "scheme", "readiness", "willingness", "refusal"})


def _due(tree: Tree, i: int, k: int) -> bool:
    """*Buses are to take them*: whoever is to do it is its subject."""
    return tree.words[i].upos == "VERB" and marked(tree, i, "to") and bool(tree.kids(i, "cop")) \
        and tree.lemma(k) not in AIMS


def _of_noun_clause(tree: Tree, i: int, noun: int, seen: frozenset[int]) -> int | None:
    if tree.rel(i) == "acl:relcl":
        relatives = [k for k in tree.subtree(i) if tree.is_relative(k)]
        return None if relatives else noun
    gerund = tree.words[i].form.lower().endswith("ing") or any(
        tree.words[k].form.lower() == "having" for k in tree.kids(i, "aux"))
    aimed = gerund and any(
        marked(tree, i, m) for m in ("of", "from", "at", "in", "for"))
    if not marked(tree, i, "to") and not aimed:
        return noun
    above = tree.words[noun].head
    if marked(tree, i, "of") and above >= 0 and tree.lemma(above) in ACCUSING \
            and base(tree.rel(noun)) == "obj":
        return noun                                # *accused the army of shelling it*
    holder = tree.kids(noun, "nmod:poss")
    if holder:
        return tree.antecedent(holder[0])
    if tree.lemma(noun) in AIMS | BIDS:            # *Norlander moves to open it*
        holder = [k for k in tree.kids(noun, "amod", "compound")
                  if (name := tree.name_at(k)) is not None and name.type != "DATE"]
        if holder:
            return holder[0]
    modifiers = [k for k in tree.kids(noun, "nmod") if tree.case(k) in ("by", "of", "for")]
    if modifiers:
        return tree.antecedent(modifiers[0])
    relation, above = base(tree.rel(noun)), tree.words[noun].head
    if aimed and tree.kids(noun, "cop"):           # *is on the verge of falling*
        own = tree.kids(noun, "nsubj")
        return tree.antecedent(own[0]) if own else None
    if relation in ("obj", "obl", "xcomp") and above >= 0:
        return _subject(tree, above, seen)
    own = tree.kids(noun, "nsubj") if tree.kids(noun, "cop") else []
    return tree.antecedent(own[0]) if own else noun


def clause_arguments(tree: Tree, i: int) -> list[Argument]:
    """Arguments of a verb or copular clause, subject first."""
    turned = passive(tree, i)
    arguments: list[Argument] = []
    surface = subject(tree, i)
    own = tree.kids(i, "nsubj")
    there = own[0] if tree.kids(i, "expl") and own and own[0] > i else None
    objects = tree.kids(i, "obj") or bare_object(tree, i)
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
    arguments.extend(obliques(tree, i, turned))
    arguments.extend(_within(tree, objects))
    if there is not None:                          # *there are no soldiers in the town*
        arguments.extend(Argument(case_roles(tree.case(k)), tree.antecedent(k))
                         for k in tree.kids(there, "nmod") if tree.case(k))
    return arguments


def bare_object(tree: Tree, i: int) -> list[int]:
    """A first oblique without a case marker (*took over N*, *control more than half of N*) is the
    object, unless it is a time."""
    if tree.words[i].upos != "VERB" or tree.kids(i, "ccomp", "xcomp", "aux:pass"):
        return []
    found = [k for k in tree.kids(i, "obl") if k > i][:1]
    return [k for k in found if tree.rel(k) == "obl" and not tree.case(k)
            and tree.words[k].upos in ("NOUN", "PROPN")
            and not ((name := tree.name_at(k)) and name.type == "DATE")]


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
        aside = {b for j in (i, *later) for o in tree.kids(j, "obl", "obl:unmarked")
                 for b in tree.subtree(o)}
        joined = all(w.upos in ("CCONJ", "ADV", "PUNCT") or w.index in aside
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


def obliques(tree: Tree, i: int, turned: bool) -> list[Argument]:
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
        elif case == "by" and _bare_gerund(tree, i):
            found.append(Argument(("agent", "by"), tree.antecedent(k)))
        elif case:
            found.append(Argument(case_roles(case), tree.antecedent(k)))
    if turned and not any(a.roles == ("agent",) for a in found):
        found.extend(Argument(("agent",), tree.antecedent(by), inferred=True)
                     for k in tree.kids(i, "obl") for by in tree.kids(k, "nmod")
                     if tree.case(by) == "by")     # *closed to traffic by the army*
    for k in tree.kids(i, "advmod"):
        if tree.is_relative(k) and tree.lemma(k) == "where":
            found.append(Argument(("where", "in"), tree.antecedent(k)))
    return found


def _bare_gerund(tree: Tree, i: int) -> bool:
    """*After shelling by the rebels*: a deed named by its verb alone, as a noun names it."""
    return tree.words[i].upos == "VERB" and tree.words[i].form.lower().endswith("ing") \
        and bool(tree.kids(i, "mark")) and not tree.kids(i, "nsubj", "obj", "aux")


def case_roles(case: str) -> tuple[str, ...]:
    """The roles of a phrase by its case marker."""
    return (case, "where") if case in WHERE else (case,)


def noun_arguments(tree: Tree, noun: int, inner: bool) -> list[Argument]:
    """Arguments that hang on a noun. ``inner``: the noun of a support construction, whose agent
    and patient the verb gives, so that its own possessor is only its ``owner``."""
    found: list[Argument] = []
    done_by = any(tree.case(k) == "by" for k in tree.kids(noun, "nmod"))
    for k in tree.below[noun]:
        relation = tree.rel(k)
        head = tree.antecedent(k)
        if relation == "nmod:poss":
            roles: tuple[str, ...] = ("owner",) if inner else (
                ("patient", "owner") if done_by else ("agent", "patient", "owner"))
        elif base(relation) == "compound" or relation == "nmod:desc":
            roles = ("owner", "mod") if inner else ("agent", "patient", "owner", "mod")
        elif relation == "amod" and tree.words[k].upos in ("ADJ", "PROPN", "NOUN"):
            if tree.words[k].form == "military":   # a military offensive: of whose military?
                continue
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


def verb_lemma(tree: Tree, i: int) -> str:
    """The lemma of a verb or participle, irregular forms by table."""
    return verb_lemma_of(tree.word(i).form, tree.lemma(i))
