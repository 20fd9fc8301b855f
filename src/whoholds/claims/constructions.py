"""Constructions in which words together say whether an event happened, or who is to bring it about.
"""

from __future__ import annotations

from dataclasses import replace

from whoholds.claims.clauses import EMERGING, Tree, base, is_ing
from whoholds.claims.operators import AHEAD, Operators, names_of
from whoholds.claims.scopes import negated
from whoholds.claims.stances import State
from whoholds.claims.supports import made, short_of, supported
from whoholds.claims.verdicts import myth, nth, verdict_of, verdict_on_report

NEG_RAISING = frozenset({"believe", "think", "suppose", "reckon"})
PURPOSE = frozenset({"in order", "in order to", "so as", "so as to"})
DARING = frozenset({"dare", "dares", "dared", "daring"})
DISPUTING = frozenset({"doubt", "dispute", "question", "query", "contest", "challenge", "impugn"})
VOWING = frozenset({"swear", "vow", "pledge"})
# verbs whose *that* they leave asks for it
MANDATIVE = frozenset({"insist", "stipulate", "suggest", "specify", "direct", "rule", "decree",
                       "agree", "decide", "state", "write", "move", "vote", "determine"})
# classes of verbs that take clauses with *that*, whatever the parser made of them
TOLD = frozenset({"say", "assess", "denial", "doubt", "demand", "promise", "forecast", "possible",
                  "factive"})
TIMES = frozenset({"when", "after", "before", "while", "since", "until"})
# what makes others do a thing without asking them (*losses have pushed them to pull back*)
PRESSING = frozenset({"pressure", "shelling", "bombardment", "fighting", "fire", "loss", "defeat",
                      "failure", "shortage", "hunger", "strike", "airstrike", "war", "bombing",
                      "violence", "clash", "battle", "blockade", "famine", "raid", "crisis",
                      "cold", "explosion", "blast", "unrest"})


def governing(tree: Tree, table: Operators, at: int, below: int, state: State) -> str | None:
    """The class (see commitment.yaml) of word ``at`` as governor of its clause ``below``, where its
    own state is ``state``; *disbelief* where it denies what the clause says, None where it says
    nothing of it."""
    form = _form(tree, below)
    if PURPOSE & set(tree.marks(below)):
        return "intention"                   # told the house, in order to reopen it
    helper = tree.words[at].upos == "AUX" and form != "infinitive" and not tree.is_finite(below)
    if tree.is_label(at) or helper:
        return "implicative"                 # ALERT: two missiles hit it; nor have they shelled it
    if base(tree.words[below].deprel) == "csubj" and form == "gerund" and tree.modals(at):
        return "implicative"                 # taking it would have cost a thousand men
    if any(nth(tree, c.index) for c in tree.all_children(at, "xcomp") if c.index < below):
        return "implicative"                 # became the first town to fall
    if base(tree.words[below].deprel) == "csubj" and form == "gerund" and not tree.is_past(at) \
            and not (kind := verdict_of(tree, table, tree.words[at])):
        return "possible"                    # taking it is one thing, holding it another
    subject = tree.subject(at)
    if tree.words[at].lemma == "be" and subject is not None and subject.upos == "NOUN" \
            and (kind := table.kind(tree, subject.index)) in AHEAD:
        return kind                          # the fear is that they take it
    kind = table.kind(tree, at, below, form)
    if form in ("infinitive", "participle", "gerund"):
        kind = of_deed(tree, table, at, below, form, state, kind)
    elif form == "finite":
        kind = _of_clause(tree, at, below, state, kind)
    if kind in ("say", "assess") and set(time_words(tree, below)) & TIMES:
        return "factive"                     # a clause of time that was taken for a complement
    if kind == "denial" and speaks_up(tree, at, below):
        return "say"                         # denied it: "The port is ours."
    if kind == "doubt" and any(tree.low[c.index] in ("why", "how")
                               for c in tree.all_children(below, "advmod")):
        return "factive"                     # is investigating why it fell
    if kind == "say" and tree.subject(at) is None and (
            judged := verdict_on_report(tree, table, at, below)) is not None:
        return judged                        # a noun that was taken for a verb
    if kind == "forecast" and subject is not None and any(
            tree.low[c.index] == "few" for c in (
                subject, *tree.all_children(subject.index, "amod", "det"))) \
            and "a few" not in " ".join(tree.low):
        return "unlikely"                    # few expect them to hold it
    kind = kind or of_subject(tree, table, at, below) or myth(tree, table, at)
    return kind or _unknown(tree, table, at, below, form)


def _form(tree: Tree, below: int) -> str:
    if tree.is_infinitive(below) or PURPOSE & set(tree.marks(below)):
        return "infinitive"
    if tree.is_gerund(below):
        return "gerund"
    return "finite" if tree.subject(below) is not None or tree.is_finite(below) else "participle"


def of_deed(tree: Tree, table: Operators, at: int, below: int, form: str, state: State,
             kind: str | None) -> str | None:
    """Of what somebody does: an infinitive, a gerund, a participle."""
    lemma, past = tree.words[at].lemma, tree.is_past(at)
    if (support := supported(tree, table, at, below)) is not None:
        kind = support
    elif form == "gerund" and (near := short_of(tree, table, at, below)) is not None:
        return near                          # were hours from taking it
    elif form == "participle" and lemma in ("have", "get") and tree.child(at, "obj") is not None:
        return "implicative"                 # to have it taken
    elif lemma == "make" and form == "infinitive" and made(tree, at):
        return None
    if kind == "implicative" and tree.low[at] in DARING and (
            tree.child(at, "obj") is not None or tree.is_passive(at)):
        return "demand"                      # dared them to come
    if kind in ("attempt", "near") and came_to_nothing(tree, table, at, below):
        return "negative"                    # tried twice and failed
    above = max(tree.words[at].head, 0)
    if kind == "near" and state.modality == "actual" and not state.denied and any(
            tree.words[i].lemma in ("come", "get", "go", "draw") and tree.is_past(i)
            for i in (at, above)):
        return "negative"                    # came close to taking it
    if lemma == "take" and tree.child(at, "expl") is not None:   # it took them three days to enter
        return "implicative" if past or tree.modals(at) else "possible"
    if form == "participle" and lemma in ("consider", "deem", "regard", "reckon", "judge", "view"):
        return "implicative"                 # could not be considered lost
    if form == "infinitive" and excess(tree, at):
        return "negative" if past else "unfit"       # were too weak to hold it
    if form != "infinitive":                 # a good choice in fleeing: they flee
        return "implicative" if kind == "intention" and tree.marks(below) == ("in",) else kind
    if kind == "cancelling":
        return "intention"                   # withdrew to avoid a siege, halted to refuel
    if lemma == "use" and past:
        return "implicative"                 # used rockets to hit the bridge
    if kind == "demand" and lemma in ("push", "press") and _pressed(tree, table, at):
        return "causing"
    if lemma == "have" and not state.denied:
        yet = any(tree.low[c.index] == "yet" for c in tree.children[at]) \
            or "yet" in tree.low[at + 1:below]
        return "implicative" if yet or past else "demand"        # has to leave
    if lemma == "need" and state.denied and past:
        return "implicative"                 # did not need to storm it
    if lemma == "oblige" and not past and not tree.is_passive(at):
        return "intention"                   # the accord obliges both to leave
    if lemma == "give" and term(tree, table, at, below):
        return "demand"                      # gave them until noon to leave
    if lemma == "set" and tree.words[at].head >= 0 \
            and tree.words[tree.words[at].head].lemma in ("look", "appear", "seem"):
        return "forecast"                    # look set to move on the town
    return "demand" if kind == "intention" and wants_of_another(tree, at, below) else kind


def excess(tree: Tree, at: int) -> bool:
    """*Too weak* to hold it, *too late* to save it; but *only too glad* to leave."""
    return tree.words[at].upos in ("ADJ", "ADV") and any(
        tree.low[c.index] == "too" and tree.low[c.index - 1] not in ("only", "all")
        for c in tree.all_children(at, "advmod") if c.index < at)


def came_upon(tree: Tree, below: int) -> bool:
    """*Arrived to find the town deserted*: what they found was so."""
    return tree.words[below].lemma in ("find", "discover", "see", "learn", "hear") \
        and tree.child(below, "ccomp", "xcomp") is not None


def purpose(tree: Tree, table: Operators, below: int, outer: State) -> State:
    """*To retake the city*: intended, whatever was done for it; *only to lose it*: it happened."""
    if any(tree.low[c.index] == "only" for c in tree.children[below]) \
            or table.is_say(tree, below) or came_upon(tree, below):
        return outer
    return replace(outer, denied=False).as_("planned")


def _pressed(tree: Tree, table: Operators, at: int) -> bool:
    """*The advance has pushed them to pull back*: no actor asks it of them."""
    subject = tree.subject(at)
    return subject is not None and subject.upos == "NOUN" and not (
        PRESSING | table.efforts).isdisjoint((subject.lemma.lower(), tree.low[subject.index]))


def goal(tree: Tree, at: int, below: int) -> bool:
    """*Moving towards the liberation of the town*, *progress toward its capture*: not there yet;
    nor is *know nothing of an assault*."""
    marks = set(tree.marks(below))
    if base(tree.words[below].deprel) == "nmod" and tree.low[at] == "nothing":
        return "of" in marks
    return bool({"towards", "toward"} & marks) and (
        tree.child(below, "nmod:poss") is not None
        or any("of" in tree.marks(c.index) for c in tree.all_children(below, "nmod")))


def going_on(tree: Tree, below: int, words: set[str], inside: State) -> bool:
    """*As they are entering*, *might attack as they bombard the town*: a clause of what goes on
    beside what is to come, and does not wait for it."""
    return is_ing(tree.low[below]) or (
        inside.modality == "possible" and bool(words & {"as", "while", "whilst"}))


def _of_clause(tree: Tree, at: int, below: int, state: State, kind: str | None) -> str | None:
    """Of a finite clause."""
    lemma = tree.words[at].lemma
    if kind == "promise" and not tree.modals(below):
        return "say"                         # assures that the city is safe
    if tree.modals(below) and VOWING & set(names_of(tree.low[at], lemma, False, False)):
        return "promise"
    subject = tree.subject(at)
    if kind in ("say", "assess") and subject is not None and tree.low[subject.index] == "few":
        return "doubt"                       # few think that they hold it
    if lemma in MANDATIVE and tree.is_bare(below) and tree.is_past(at):
        return "demand"                      # insisted that they leave
    if lemma == "ask" and "that" in tree.marks(below):
        return "demand"
    if state.denied and kind == "doubt" and lemma in DISPUTING:
        return "factive"                     # not even the governor disputes that
    if state.denied and lemma in NEG_RAISING and state.modality == "actual":
        return "disbelief"                   # it is not believed that they hold it
    if kind == "doubt" and tree.modals(below) and not state.denied \
            and not {"whether", "if"} & set(tree.marks(below)):
        return "unlikely"                    # doubt that they can take it
    return kind


def _unknown(tree: Tree, table: Operators, at: int, below: int, form: str) -> str | None:
    """Of a governor that the lexicon lacks."""
    verb = tree.words[at].upos == "VERB"
    if verb and form == "infinitive" and table.is_say(tree, below) and any(
            at < c.index < below for c in tree.all_children(at, "obl", "obj")):
        return "implicative"                 # took to the radio to say: and said it
    if form == "finite" and tree.words[below].deprel == "ccomp" and verb:
        return "say"
    if form != "infinitive":
        return None
    return "intention" if verb or tree.words[at].upos == "AUX" else "possible"


def time_words(tree: Tree, below: int) -> tuple[str, ...]:
    """The marks and adverbs of a clause."""
    found = (*tree.marks(below), *(tree.low[c.index] for c in tree.all_children(below, "advmod")))
    first = tree.low[min(tree.below(below))]         # hung on the subject, as its preposition
    return found or ((first,) if first in TIMES | {"once", "till"} else ())


def speaks_up(tree: Tree, at: int, below: int) -> bool:
    """Whether a denial has its own object, and what follows its colon is what is said."""
    between = tree.low[at + 1:below]
    return ":" in between and tree.child(at, "obj") is not None


def wants_of_another(tree: Tree, at: int, below: int) -> bool:
    """*Wants Russia to leave*: the wanter is not the doer, and the doer is named."""
    return tree.words[at].lemma in ("want", "need", "like", "wish") and (
        tree.child(at, "obj", "iobj") is not None
        or tree.subject(below) is not None) and not tree.is_passive(below)


def term(tree: Tree, table: Operators, at: int, below: int) -> bool:
    """*Gave them a month*, *until noon*: somebody has so long for what he is told to do."""
    terms = [w for w in tree.words[at + 1:min(tree.below(below), default=at)]
             if w.lemma in table.horizon_units or tree.low[w.index] in ("until", "till")]
    hung = below > at and bool(terms)
    return hung and bool(tree.all_children(at, "obj", "iobj"))


def came_to_nothing(tree: Tree, table: Operators, at: int, below: int) -> bool:
    """*Tried twice and twice failed*, *came close to taking it but were thrown back*."""
    for c in tree.all_children(at, "conj"):
        if c.index < below or tree.child(c.index, "xcomp", "obj") is not None:
            continue
        beaten = c.lemma in table.beating and tree.is_passive(c.index)
        if (c.lemma in ("fail", "falter") or beaten) and not negated(
                tree, table, c.index, tree.children[c.index]):
            return True
    return False


def lull(tree: Tree, table: Operators, at: int, below: int) -> str | None:
    """*There has been no lull in the shelling*, where the parser hung the event on the verb."""
    subject = tree.subject(at)
    if tree.words[at].lemma != "be" or tree.child(at, "expl") is None or subject is None \
            or below < subject.index or not {"in", "of", "to", "from"} & set(tree.marks(below)):
        return None
    return "negative" if table.nouns.get(subject.lemma) == "negative" else None


def undone(tree: Tree, table: Operators, at: int, below: int) -> bool:
    """*The attempt to take it failed*, *repelled an attempt*, *a bid that ended in failure*."""
    word = tree.words[below]
    if base(word.deprel) not in ("nsubj", "obj") or \
            table.nouns.get(word.lemma.lower()) not in ("attempt", "intention"):
        return False
    lemma = tree.words[at].lemma
    return lemma in table.undoing or (lemma == "end" and any(
        c.lemma in table.failures for c in tree.all_children(at, "obl")))


def raising_hedge(tree: Tree, table: Operators, at: int, below: int) -> tuple[str, ...]:
    """*Appears to*, *is said to be*, *is believed to*: the words of a raising verb."""
    word = tree.words[at]
    passive = tree.is_passive(at) or (tree.words[at].feat("Voice") == "Pass")
    if tree.is_infinitive(below) and word.lemma in table.hedge_verbs and (
            passive or word.lemma in ("appear", "seem")):
        to_be = any(tree.low[a.index] == "be" for a in tree.auxiliaries(below))
        return (f"{tree.low[at]} to be" if to_be else f"{tree.low[at]} to",)
    return ()


def content_path(tree: Tree, table: Operators, index: int) -> list[int]:
    """The words from the root down to ``index``, without a participle between a reporting noun and
    its clause (*a report, attributed to an envoy, that it had fallen*)."""
    path = tree.path(index)
    return [at for above, at, below in zip((-1, *path), path, (*path[1:], -1), strict=False)
            if not (above >= 0 and below >= 0 and tree.words[at].deprel == "acl"
                    and tree.words[at].upos == "VERB" and tree.marks(below) == ("that",)
                    and table.kind(tree, at, below, "finite") is None
                    and table.kind(tree, above) == "say")]


def clause_before(tree: Tree, at: int, below: int) -> int | None:
    """*Which would be the fourth town overrun*: the relative clause that a participle ends,
    where the parser hung both on one noun."""
    if tree.auxiliaries(below) or tree.subject(below) is not None or tree.marks(below):
        return None
    return next((c.index for c in tree.all_children(at, "acl") if c.index < below
                 and max(tree.below(c.index)) == below - 1
                 and tree.child(c.index, "cop") is not None), None)


def of_subject(tree: Tree, table: Operators, at: int, below: int) -> str | None:
    """*Fears grow of a takeover*, *rumours spread that it fell*: what the subject speaks of."""
    subject = tree.subject(at)
    if subject is None or subject.upos != "NOUN" or below < at \
            or tree.words[at].upos != "VERB" or tree.words[at].lemma not in EMERGING \
            or not set(tree.marks(below)) & {"of", "over", "about", "that"}:
        return None
    return table.nouns.get(subject.lemma.lower())
