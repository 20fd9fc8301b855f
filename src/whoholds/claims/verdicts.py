"""What a predicate says of the event or report that is its subject (*its fall is a certainty*)."""

from __future__ import annotations

from collections.abc import Iterator

from whoholds.claims.clauses import Tree, base, is_ing
from whoholds.claims.operators import AHEAD, Operators, names_of, spellings
from whoholds.claims.prospects import DAYS
from whoholds.core import Word

# verbs that only join a subject to what is said of it
LINKING = frozenset({"be", "appear", "seem", "look", "remain", "become", "prove", "stay", "grow",
                     "sound", "feel", "draw", "come", "get"})
# verbs whose object is called something (*described the reports as baseless*)
NAMING = frozenset({"call", "describe", "brand", "label", "term", "characterise", "characterize",
                    "portray", "denounce", "dismiss", "reject", "declare", "paint", "condemn",
                    "see", "view", "regard", "consider", "deem", "judge", "think", "reckon",
                    "rate", "believe", "treat", "perceive", "find"})
# what an event depends on
HINGING = frozenset({"hinge", "depend", "hang", "pivot", "turn", "rest"})
ORDINALS = frozenset({"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth",
                      "ninth", "tenth", "last", "latest", "only", "sole", "next-to-last"})
# what may lead to an event, however good it is
MEANS = frozenset({"way", "means", "route", "road", "path", "method", "time", "moment", "place",
                   "option", "thing", "reason", "key", "tool"})
# classes of nouns of which nothing follows
UNREAL = frozenset({"intention", "possible", "forecast", "near", "doubt", "demand", "promise",
                    "negative"})
HEADLINES = {"forecast": "forecast", "planned": "intention", "possible": "possible",
             "demanded": "demand", "ordered": "order", "promised": "promise",
             "denied": "preventing"}
CONTRARY = "contrary to"         # its object is denied
MEASURES = frozenset({"matter", "question"})


def verdict(tree: Tree, table: Operators, at: int, below: int) -> str | None:
    """The class (see commitment.yaml) of what is said of ``below``, an argument of word ``at``;
    None where nothing is said that decides whether it happened."""
    word, argument = tree.words[at], tree.words[below]
    rel = base(argument.deprel)
    if rel == "nsubj":
        behind = tree.low[at + 1:at + 2]
        pairs = {f"{word.lemma} {b}" for b in behind}
        if word.upos == "VERB" and tree.child(at, "obj") is None and (
                ({word.lemma, tree.low[at].removesuffix("s")} | pairs) & table.looming):
            return "forecast"
        if word.upos == "VERB" and pairs & table.undoing:
            return "preventing"              # fell through
        if word.upos == "VERB" and {"on", "upon"} & set(behind) and HINGING & set(
                names_of(tree.low[at], word.lemma, False, False)):
            return "possible"
        if (told := _undone(tree, table, at)) is not None:
            return told
        if any(table.verbs.get(pair) == "near" for pair in pairs) and any(
                tree.is_gerund(c.index) for i in (at, at + 1) for c in tree.children[i]):
            return "negative" if tree.is_past(at) else "near"    # came close to breaking out
        if argument.lemma.lower() in table.lasting and _over(tree, at):
            return "negative"                # the siege is at an end
        if _dated(tree, at):
            return "intention"               # the assault is on Friday
        if tree.low[at] == "what":           # the assault is what they fear
            return next((k for c in tree.all_children(at, "acl") if (
                k := table.kind(tree, c.index, at, "gerund")) in AHEAD), None)
        if word.upos == "VERB" and tree.child(at, "obj", "aux", "xcomp", "ccomp") is None \
                and table.verbs.get(word.lemma) != "negative" and (
                found := table.adjectives.get(tree.low[at])):
            return HEADLINES.get(found)      # Assault on the port averted
        said = [] if word.upos == "VERB" else [word]
        if word.lemma in LINKING:
            said += [c for c in tree.all_children(at, "xcomp", "obj", "ccomp") if c.index > at
                     and (c.upos != "VERB" or not tree.is_infinitive(c.index))]
            said += [c for w in tree.children[at] if tree.low[w.index] == "all"
                     for c in tree.all_children(w.index, "conj")]    # all but certain
        elif word.upos == "VERB" and tree.is_passive(at):      # is believed to be imminent
            said += [c for c in tree.all_children(at, "xcomp", "obl") if c.index > at
                     and c.upos in ("ADJ", "NOUN") and (base(c.deprel) == "xcomp"
                                                        or "as" in tree.marks(c.index))]
    elif rel == "obj" and word.lemma in NAMING:
        said = list(_named(tree, at, below))
    elif rel == "nmod" and below < at and "with" in tree.marks(below):
        said = [word]                        # with its fall a matter of hours
    elif rel == "obl" and _with(tree, below):
        said = list(_absolute(tree, below))
    else:
        return None
    return next((found for one in said if (found := verdict_of(tree, table, one))), None)


def _undone(tree: Tree, table: Operators, at: int) -> str | None:
    """*Assault on the port postponed*, *rumour of an armistice denied*: a headline's participle."""
    if tree.words[at].upos != "VERB" or not tree.low[at].endswith(("ed", "en")) \
            or tree.child(at, "obj", "aux", "xcomp", "ccomp") is not None:
        return None
    kind = table.kind(tree, at, None, "gerund")
    return kind if kind in AHEAD and kind != "attempt" else None


def _over(tree: Tree, at: int) -> bool:
    """*Is over*, *is at an end*: what was going on is no more."""
    return tree.child(at, "cop") is not None and (
        tree.low[at] == "over" or (tree.low[at] == "end" and "at" in tree.marks(at)))


def _dated(tree: Tree, at: int) -> bool:
    """*Is on Friday*, *is due next week*: said in the present of an event, a day."""
    copulas = tree.all_children(at, "cop")
    if not any(tree.low[c.index] in ("is", "are", "'s", "'re") for c in copulas):
        return False
    marks = set(tree.marks(at))
    dated = tree.low[at] == "tomorrow" or bool(marks & {"on", "in", "at", "for", "set"})
    return "due" in marks or (tree.low[at] in DAYS and dated)


def verdict_on_report(tree: Tree, table: Operators, noun: int, clause: int) -> str | None:
    """The class of what a second clause says of a reporting noun, where the parser hung it on the
    noun or beside it (*claims that the town fell are false*)."""
    end = max(tree.below(clause))
    for word in tree.words[end + 1:]:
        told = word.upos == "VERB" and tree.is_passive(word.index)
        if (tree.child(word.index, "cop") is None and not told) or word.head < 0 \
                or word.head not in (noun, tree.words[noun].head):
            continue
        subject = tree.subject(word.index)
        if subject is not None and subject.index > end:
            continue
        if told and table.kind(tree, word.index) == "say" and any(
                tree.low[c.index] in table.negators for c in tree.children[word.index]):
            return "doubt"                   # claims that it fell could not be verified
        if found := verdict_of(tree, table, word):
            return found
    return None


def branded(tree: Tree, table: Operators, at: int, below: int) -> bool:
    """*False: the town has fallen*, *Fake: ...*: a word before a colon that denies what follows."""
    return tree.words[at].upos in ("ADJ", "NOUN") and ":" in tree.low[at:below] \
        and tree.subject(at) is None and "denial" in (
            table.verbs.get(tree.low[at]), table.predicates.get(tree.low[at]))


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
    if any((s := tree.subject(c.index)) is not None and tree.low[s.index] == "which"
           and verdict_of(tree, table, c) == "denial"
           for c in tree.all_children(at, "advcl", "acl", "parataxis")):
        return "denial"                      # that it had fallen, which was a lie
    outer = tree.child(at, "nsubj:outer")
    if outer is not None and "that" in tree.marks(at) and tree.child(at, "cop") is not None:
        kind = table.kind(tree, outer.index)
        return kind if kind in AHEAD else None       # the fear is that they take the town
    subject = tree.child(at, "nsubj")
    doing = tree.words[at].upos == "VERB" and is_ing(tree.low[at]) and any(
        a.lemma == "be" for a in tree.auxiliaries(at))           # the aim is taking the town
    if subject is None or not (doing or (
            tree.words[at].upos == "NOUN" and tree.child(at, "cop") is not None)):
        return None
    keys = [*(f"{tree.low[c.index]} {subject.lemma}" for c in
              tree.all_children(subject.index, "amod")), subject.lemma]
    return next((found for key in keys if (found := table.predicates.get(key))), None)


def myth(tree: Tree, table: Operators, at: int) -> str | None:
    """*It is a myth that it fell*: what a noun with a copula says of the clause it governs."""
    word = tree.words[at]
    if word.upos != "NOUN" or tree.child(at, "cop") is None:
        return None
    return verdict_of(tree, table, word)


def adjoining(tree: Tree, at: int, below: int) -> bool:
    """*Ruled out reopening*: nothing but the verb's particle stands between them."""
    return at < below and all(w.head == at and w.deprel == "compound:prt"
                              for w in tree.words[at + 1:min(tree.below(below))])


def nth(tree: Tree, at: int) -> bool:
    """*The first to fall*, *the largest town to fall*, *the fifth of nine towns to fall*."""
    word = tree.words[at]
    if word.lemma.lower() in MEANS:
        return False                         # the best way to take it
    near = [word, *tree.children[at]]
    if base(word.deprel) == "nmod" and word.head >= 0 and "of" in tree.marks(at):
        near.append(tree.words[word.head])
    return any(w.lemma.lower() in ORDINALS or w.feat("Degree") == "Sup"
               or w.feat("NumType") == "Ord" for w in near)


def entertained(tree: Tree, table: Operators, at: int, below: int) -> bool:
    """*The idea of troops taking it*, *reports that troops captured it are false* where the parser
    made the verb a participle: the noun only seems to be what the participle describes."""
    start = min(tree.below(at))
    if start and tree.low[start - 1] == "that" and tree.words[start - 1].upos == "SCONJ":
        return True
    owner = tree.words[at].head if "of" in tree.marks(at) else at
    whose = owner != at or any("of" in tree.marks(c.index) and c.index < below
                               for c in tree.all_children(at, "nmod", "nsubj"))
    return whose and owner >= 0 and tree.is_gerund(below) and table.nouns.get(
        tree.words[owner].lemma.lower()) in UNREAL


def of_content(tree: Tree, table: Operators, at: int, below: int) -> bool:
    """*Reports of a town being taken*, *the chances of troops taking it*: what a noun with *of* is
    about, where the parser hung the participle on the noun itself."""
    return tree.is_gerund(below) and (
        table.is_say(tree, at) or table.nouns.get(tree.lemmas[at]) in UNREAL) and any(
        "of" in tree.marks(c.index) and c.index < below for c in tree.all_children(at, "nmod"))


def if_at_all(tree: Tree, at: int, below: int) -> bool:
    """*The assault, if it comes, will be bloody*."""
    return base(tree.words[below].deprel) == "nsubj" and any(
        below < c.index < at and "if" in tree.marks(c.index)
        and (s := tree.subject(c.index)) is not None and tree.low[s.index] in ("it", "they")
        for c in tree.all_children(at, "advcl"))


def outlook(tree: Tree, table: Operators, at: int, denied: bool) -> str | None:
    """*Little hope of a truce*, *no prospect of a truce*, *the chances of a truce are slim*: the
    class of a noun for what may come, as it is measured; None of other nouns."""
    if tree.words[at].lemma.lower() not in table.prospects:
        return None
    above = tree.words[at].head
    measures = [c.index for c in tree.all_children(at, "amod", "det", "advmod")]
    if above >= 0 and base(tree.words[at].deprel) == "nsubj":
        measures.append(above)
    if any(tree.low[i] in table.scant for i in measures):
        return "unlikely"
    return "forecast" if denied else None


def raised(tree: Tree, table: Operators, at: int, below: int) -> int | None:
    """The infinitive that says whether its subject, an event, happens (*has yet to take place*)."""
    if base(tree.words[below].deprel) != "nsubj" or below > at:
        return None
    return next((c.index for c in tree.all_children(at, "xcomp", "advcl") if c.index > at
                 and tree.is_infinitive(c.index) and c.lemma in table.happening), None)


def of_time(tree: Tree, table: Operators, at: int) -> bool:
    """*A matter of time*, *a question of days*, *hours away*: it is to come."""
    if tree.words[at].lemma == "time" and base(tree.words[at].deprel) == "nmod":
        at = tree.words[at].head             # hung on the time, not on the matter
    if tree.words[at].lemma in MEASURES:
        return tree.low[at + 1:at + 3] == ("of", "when") or any(
            "of" in tree.marks(c.index) and (c.lemma in ("time", "when")
                                             or c.lemma in table.horizon_units)
            for c in tree.all_children(at, "nmod", "obl"))
    return tree.low[at] in ("away", "off") and any(
        c.lemma in table.horizon_units for c in tree.all_children(at, "obl", "advmod", "nsubj"))


def verdict_of(tree: Tree, table: Operators, said: Word) -> str | None:
    """The class of a predicate that says something of an event or a report."""
    at = said.index
    if of_time(tree, table, at):
        return "forecast"
    if said.upos == "VERB":                  # have been debunked
        return next((k for s in (said.lemma, *spellings(said.lemma))
                     if (k := table.verbs.get(s)) == "denial"), None)
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
        behind = word.upos == "ADJ" and word.index + 1 == end       # hung on the last noun
        if word.upos in ("ADJ", "NOUN", "ADV") and (behind or not inner) and not (
                base(word.deprel) == "nmod" and tree.marks(word.index)):
            yield word
