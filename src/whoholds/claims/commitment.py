"""How firmly a sentence commits whoever speaks in it to one of its predicates.

The path from the root down to the predicate is walked with a state (polarity, modality): each word
on it adds what its own negators, modals and marks say, and each arc what its governor says of its
complements. A clause under a reporting verb starts afresh, as its speaker's own assertion. Relative
clauses, clauses of time and cause, and definite nouns are presupposed and start afresh, too.

Walking the state from the top is the algorithm of Nairn, Condoravdi and Karttunen (2006),
"Computing relative polarity for textual inference", with design §4's modalities for their
"unknown".
"""

from __future__ import annotations

from dataclasses import replace

from whoholds.claims.clauses import Tree, base
from whoholds.claims.constructions import (
    PURPOSE,
    TOLD,
    clause_before,
    content_path,
    goal,
    going_on,
    governing,
    lull,
    of_deed,
    of_subject,
    purpose,
    raising_hedge,
    time_words,
    undone,
)
from whoholds.claims.modals import dependent, future, under_modal
from whoholds.claims.operators import (
    AHEAD,
    COMPLEMENT_MARKS,
    EVENT_MARKS,
    UNDOING,
    UNDOING_MARKS,
    Operators,
    operators,
)
from whoholds.claims.prospects import PRESUPPOSED, awaited, awaiting, day_awaited
from whoholds.claims.scopes import Local
from whoholds.claims.sharing import resumes, set_off, shares
from whoholds.claims.stances import Commitment3, State
from whoholds.claims.supports import (
    concluded,
    definite,
    paired,
    pictured,
    refused,
    short_of,
    supported,
    term_given,
)
from whoholds.claims.verdicts import (
    CONTRARY,
    adjoining,
    branded,
    entertained,
    if_at_all,
    myth,
    named_by,
    nth,
    of_content,
    of_time,
    outlook,
    raised,
    verdict,
    verdict_on_report,
)
from whoholds.core import Modality, Sentence

FUNCTION = frozenset({"case", "mark", "cop", "aux", "fixed", "flat", "goeswith"})
PRESUPPOSING = frozenset({"after", "since", "because", "as", "although", "though"})
UNTIL = frozenset({"until", "till"})
FLIPPED: dict[str, Modality] = {"forbidden": "demanded", "renounced": "planned",
                                "prohibited": "ordered", "improbable": "forecast",
                                "unable": "possible"}


def commitment(sentence: Sentence, predicate: int) -> Commitment3:
    """Polarity, modality and hedges of the predicate at position ``predicate``.

    The predicate may be a verb, noun, adjective, or a function word of one (a copula, a
    preposition). Raises IndexError where there is no such word.
    """
    return Walk(Tree(sentence), operators()).commitment(predicate)


class Walk:
    """Walks from the root of one tree down to its predicates; remembers what words say."""

    def __init__(self, tree: Tree, table: Operators | None = None) -> None:
        self.tree, self.table = tree, table or operators()
        self._known: dict[int, Commitment3] = {}
        self._local: dict[tuple[int, int | None], Local] = {}

    def commitment(self, predicate: int) -> Commitment3:
        """As :func:`commitment` gives it."""
        known = self._known.get(predicate)
        if known is None:
            known = self._known[predicate] = self._find(predicate)
        return known

    def _find(self, predicate: int) -> Commitment3:
        tree = self.tree
        at = tree.words[predicate].index
        for above in [at, *tree.ancestors(at)]:
            at = above
            if base(tree.words[at].deprel) not in FUNCTION:
                break
        state = self.state(content_path(tree, self.table, at))
        return Commitment3("denied" if state.denied else "affirmed", state.modality, state.hedges,
                           state.cue, state.settled)

    def local(self, at: int, below: int | None, inherited: Local | None = None) -> Local:
        """What the word's own dependents say."""
        if inherited is not None:
            return Local(self.tree, self.table, at, below, inherited)
        known = self._local.get((at, below))
        if known is None:
            known = self._local[at, below] = Local(self.tree, self.table, at, below)
        return known

    def state(self, path: list[int]) -> State:
        """The state of the last word of ``path``."""
        incoming = self._root(path[0])
        inherited: Local | None = None
        outer = finite = gerund = incoming   # the state of the last such clause passed
        for at, below in zip(path, [*path[1:], None], strict=True):
            if self.tree.is_finite(at):
                finite = gerund = incoming
            elif self.tree.is_gerund(at):
                gerund = incoming
            own = self.local(at, below, inherited)
            inside = self._apply(own, at, incoming)
            if below is None:
                return inside
            if base(self.tree.words[below].deprel) == "conj":
                inherited = own if shares(self.tree, at, below) else None
                if resumes(self.tree, at, below):
                    incoming = finite        # a finite conjunct belongs to a finite clause
                elif set_off(self.tree, at, below):
                    incoming = outer         # it is not clear who runs it, and he could not say
                elif self.tree.is_gerund(below) and self.tree.is_infinitive(at):
                    incoming = gerund        # after failing to take it and pulling out
                elif base(self.tree.words[at].deprel) == "parataxis" and incoming.cue is None \
                        and self.table.is_say(self.tree, at):
                    incoming = self._say(at, incoming)       # ..., he said, and his men would
                incoming = replace(incoming, hedges=inside.hedges if inherited else incoming.hedges)
                continue
            inherited, outer = None, incoming
            incoming = self._step(at, below, incoming, inside)
        raise AssertionError("a path is never empty")

    def _root(self, root: int) -> State:
        """The state of the whole sentence: whose cue stands beside it (*..., officials said*)."""
        for child in self.tree.children[root]:
            if base(child.deprel) == "parataxis" and self.table.is_say(self.tree, child.index):
                return State(assessed=self.table.assesses(self.tree, child.index), cue=child.index)
        return State()

    def _apply(self, own: Local, at: int, state: State) -> State:
        """``state`` with what the word's own operators say; the outermost first."""
        counterfactual = own.counterfactual
        if own.conditional and not counterfactual:           # whatever it is a condition of
            state = replace(state, modality="possible")
        if own.question or own.taken_side or (
                own.conditioned and dependent(self.tree, self.table, own, at)):
            state = state.as_("possible")
        if not own.modals and awaiting(self.tree, self.table, at):
            state = state.as_("planned")
        if own.contrary:
            state = state.flipped()
        if counterfactual:                   # had they come, it would have fallen
            state = state.flipped()
        for modal in () if counterfactual else own.modals:
            state = under_modal(self.tree, self.table, modal, own, at, state)
        if own.near or own.maybe:
            state = state.as_("possible")
        if own.missed:
            state = state.flipped()
        if own.adjective == "denied":
            if not state.refuted:            # what denies *false claims* denies the claims
                state = replace(state.flipped(), refuted=self.table.is_say(self.tree, at))
        elif own.adjective:
            state = state.as_(own.adjective)  # type: ignore[arg-type]
        if (kind := named_by(self.tree, self.table, at)) is not None:
            state = self._effect(kind, at, at, state)
        if own.negated:
            state = state.flipped()
        if own.never:
            state = replace(state, denied=True)
        return state.hedged(*own.hedges)

    def _step(self, at: int, below: int, incoming: State, inside: State) -> State:
        """The state that the arc from ``at`` to ``below`` hands down."""
        word = self.tree.words[below]
        rel = base(word.deprel)
        if rel in ("xcomp", "ccomp", "csubj"):
            return self._complement(at, below, inside)
        if rel == "parataxis":
            return self._parataxis(at, below, incoming, inside)
        if rel == "advcl":
            return self._adverbial(at, below, incoming, inside)
        if rel == "acl":
            return self._adnominal(at, below, inside)
        if goal(self.tree, at, below):
            return inside.as_("possible")
        if rel in ("nmod", "compound"):
            if PRESUPPOSED & set(self.tree.marks(below)):
                return incoming.afresh()     # the biggest blow since its loss
            if self.tree.words[at].upos not in ("NOUN", "PROPN", "ADJ"):
                return inside
            kind = verdict(self.tree, self.table, at, below) or paired(
                self.tree, self.table, at) or outlook(
                self.tree, self.table, at, inside.denied) or self.table.kind(
                self.tree, at, below, "nominal")
            return self._effect(kind, at, below, inside)
        if rel in ("obj", "nsubj", "obl", "iobj"):
            return self._argument(at, below, incoming, inside)
        if rel == "appos" and below > at and ":" in self.tree.low[at:below]:
            return self._listed(at, below, inside)
        if rel in ("amod", "appos", "det", "nummod"):
            return inside.afresh()
        soon = self.tree.low[below] == "soon"             # as soon as it falls
        return incoming if rel in ("advmod", "cc") and not soon else inside

    def _listed(self, at: int, below: int, inside: State) -> State:
        """*They want more: a withdrawal*, *the objective: take the town*."""
        if self.tree.subject(below) is not None:
            return inside.afresh()
        kind = self.table.kind(self.tree, at, below)
        return self._effect(kind, at, below, inside) if kind in AHEAD else inside

    def _parataxis(self, at: int, below: int, incoming: State, inside: State) -> State:
        tree, table = self.tree, self.table
        if branded(tree, table, at, below):
            return State(denied=True, refuted=True)          # False: the town has fallen
        subject = tree.subject(at)
        told = subject is not None and subject.upos != "PRON" and tree.is_passive(at)
        if table.is_say(tree, at) and not table.is_say(tree, below) and not told:
            return self._say(at, inside)
        if tree.is_infinitive(below) and tree.subject(below) is None:
            return incoming.as_("planned")   # ...; Ruritania to fly out its nationals
        return State(hedges=()) if incoming.cue == below else replace(incoming, denied=False,
                                                                     modality="actual")

    def _complement(self, at: int, below: int, inside: State) -> State:
        kind = governing(self.tree, self.table, at, below, inside)
        if kind == "disbelief":
            return replace(self._say(at, inside), denied=True)
        return self._effect(kind, at, below, inside)

    def _effect(self, kind: str | None, at: int, below: int, state: State) -> State:
        """What a governor of ``kind`` makes of its complement."""
        if kind is None:
            return state
        effect = self.table.effect(kind, state.denied)
        if effect == "same":
            return state.hedged(*raising_hedge(self.tree, self.table, at, below))
        if effect == "opposite":
            return replace(state.flipped(), cue=at, refuted=True) if kind == "denial" \
                else state.flipped()
        if effect == "actual":
            return replace(state.afresh(), settled=True)
        if effect == "open":
            if state.refuted:                # denied reports that: the report's content is denied
                return state
            return replace(state, denied=False, modality="possible")
        if effect in ("say", "assess"):
            return self._say(at, state).hedged(*raising_hedge(self.tree, self.table, at, below))
        if effect == "future":
            own = self.local(below, None)
            return state.as_(future(self.tree, self.table, below, own, state))
        if effect == "refuted":
            return replace(state, refuted=True)
        if effect in FLIPPED:
            return state.flipped().as_(FLIPPED[effect])
        after = state.as_(effect)  # type: ignore[arg-type]
        return replace(after, assessed=True) if effect == "forecast" else after

    def _say(self, at: int, state: State) -> State:
        """The clause under a reporting word: its speaker's own assertion, unless nobody asserts
        it."""
        modality: Modality = "possible" if state.modality != "actual" else "actual"
        wrongly = any(self.tree.low[c.index] in self.table.misreporting_adverbs
                      for c in self.tree.children[at])
        return State(denied=wrongly, assessed=self.table.assesses(self.tree, at), cue=at,
                     modality=modality, hedges=state.hedges)

    def _adverbial(self, at: int, below: int, incoming: State, inside: State) -> State:
        tree, table = self.tree, self.table
        marks = tree.marks(below)
        outer = replace(inside, denied=incoming.denied)
        if tree.low[at] == "far" and "from" in marks:
            return inside.flipped()          # far from encircled
        if tree.low[at:at + 2] == ("far", "from") and "that" in marks:
            return inside.as_("possible")    # far from clear that it fell
        if of_time(tree, table, at) and below > at and not set(marks) & PRESUPPOSING:
            return inside.as_("forecast")    # a matter of time before it falls
        if marks == ("that",) and tree.words[at].upos == "VERB" and below > at \
                and table.kind(tree, at, below, "finite") in TOLD:
            return self._complement(at, below, inside)       # denied too that any remained
        if tree.is_infinitive(below) or PURPOSE & set(marks):
            if nth(tree, at):
                return replace(inside, denied=False)
            kind = of_deed(tree, table, at, below, "infinitive", inside,
                           table.kind(tree, at, below, "infinitive"))
            if not PURPOSE & set(marks) and kind and (kind not in ("say", "assess", "factive")
                         or tree.words[at].lemma in table.by_form["infinitive"]):
                return self._effect(kind, at, below, inside)
            return purpose(tree, table, below, outer)
        if tree.is_gerund(below):
            if not marks and below > at and table.is_say(tree, below):
                return incoming.afresh()     # denied that it fell, saying only the jetty was lost
            if below < at and any(tree.low[a.index] == "having" for a in tree.auxiliaries(below)):
                return outer.afresh()        # having entered it, will they go on?
            kind = of_deed(tree, table, at, below, "gerund", inside,
                           table.kind(tree, at, below, "gerund"))
            if kind and kind not in ("say", "assess", "factive") \
                    and (set(marks) <= COMPLEMENT_MARKS or f"{tree.words[at].lemma} {marks[0]}"
                         in table.verbs) and (marks or adjoining(tree, at, below)):
                return self._effect(kind, at, below, inside)
            if set(marks) & table.contrary_marks:
                return outer
            past = set(marks) & {"after", "since", "following"} or any(
                tree.low[a.index] == "having" for a in tree.auxiliaries(below))
            return outer.afresh() if past else outer
        if set(marks) & table.conditional_marks:
            return incoming
        if set(marks) & {"so that", "in order that", "so"} and tree.modals(below):
            return outer.as_("planned")
        if marks or time_words(tree, below):
            return self._temporal(at, below, incoming, outer, inside)
        return incoming

    def _temporal(self, at: int, below: int, incoming: State, outer: State, inside: State) -> State:
        """A clause of time or cause is presupposed, save one in the present that goes with what is
        to come (*when we enter, we will ...*)."""
        tree = self.tree
        words = set(time_words(tree, below))
        if "before" in words and any(tree.low[a.index] in ("has", "have", "'ve")
                                     for a in tree.auxiliaries(below)):
            return replace(incoming.afresh(), denied=True)   # before he has made his peace
        aside = tree.is_infinitive(at) and base(tree.words[at].deprel) in ("advcl", "acl") \
            and words & {"as", "while"}
        if inside.modality != "actual" and awaited(tree, below, words):
            return replace(outer, denied=False)      # after they have taken it, talks can begin
        if words & UNTIL and not tree.is_past(below) and not tree.is_gerund(below) \
                and inside.modality == "actual":
            return replace(outer, denied=False).as_("possible")      # closed until the road opens
        if inside.modality != "actual" and not tree.is_past(below) and not aside \
                and words & self.table.temporal_marks and not going_on(tree, below, words, inside):
            return replace(outer, denied=False)
        return incoming.afresh()

    def _adnominal(self, at: int, below: int, inside: State) -> State:
        tree, table = self.tree, self.table
        word = tree.words[below]
        if of_time(tree, table, at) and below > at and not set(tree.marks(below)) & PRESUPPOSING \
                and tree.marks(below):
            return inside.as_("forecast")    # a matter of time before it falls
        if below > at + 1 and tree.low[at + 1] == "that" and (kind := myth(tree, table, at)):
            return self._effect(kind, at, below, inside)
        if below < at and table.predicates.get(tree.words[at].lemma) == "denial":
            return self._effect("denial", at, below, inside)  # that it fell is a lie
        if (before := clause_before(tree, at, below)) is not None:
            own = self.local(before, below)
            return self._apply(own, before, self._adnominal(at, before, inside))
        if (word.deprel == "acl:relcl" or tree.is_finite(below)) and (
                day := day_awaited(tree, at, below)) is not None:
            return inside.as_(day)
        if word.deprel == "acl:relcl" and not tree.is_content_clause(below):
            if inside.denied and "would" in self._modals(below):
                return replace(inside.afresh(), cue=None)     # of what did not happen
            return inside.afresh()
        infinitive = tree.is_infinitive(below)
        if infinitive and term_given(tree, table, at):
            return inside.as_("demanded")
        if (kind := short_of(tree, table, at, below)) is not None:
            return replace(inside, denied=True) if inside.denied else self._effect(
                kind, at, below, inside)
        form = "infinitive" if infinitive else "nominal"
        participle = not infinitive and not tree.marks(below) and tree.subject(below) is None
        if participle and not of_content(tree, table, at, below):
            unreal = entertained(tree, table, at, below) or pictured(tree, table, at, below) \
                or (inside.refuted and table.is_say(tree, below))    # a fake claiming that
            return inside if unreal else inside.afresh()
        if not infinitive and tree.subject(below) is not None and any(
                tree.low[c.index] in ("when", "where") for c in tree.all_children(below, "advmod")):
            return inside.afresh()           # on Tuesday, when its last men gave up
        kind = table.kind(tree, at, below, form)
        if kind == "intention" and tree.marks(below) == ("in",):
            kind = "implicative"             # a wise decision in leaving: they left
        if kind in ("demand", "order", "intention") and infinitive and refused(tree, at) \
                and inside.denied:
            return inside                    # refused an invitation to surrender
        if kind == "say" and (judged := verdict_on_report(tree, table, at, below)) is not None:
            inside = self._effect(judged, at, below, inside)
        if kind is not None:
            return self._effect(kind, at, below, inside)
        if infinitive:
            if nth(tree, at):                # were not the first to fall; will not be the first to
                ahead = inside.denied and inside.modality != "actual"
                return replace(inside, modality="planned") if ahead else replace(
                    inside, denied=False)
            return replace(inside, denied=False).as_("planned")
        return inside

    def _argument(self, at: int, below: int, incoming: State, inside: State) -> State:
        """An event noun as subject, object or oblique of ``at``."""
        tree, table = self.tree, self.table
        rel = tree.words[below].deprel
        marks = set(tree.marks(below))
        if (kind := of_subject(tree, table, at, below)) is not None:
            return self._effect(kind, at, below, inside)
        if base(rel) != "nsubj" and base(rel) != "obj" and (
                kind := supported(tree, table, at, below)) is not None:
            return self._effect(kind, at, below, inside)
        if PRESUPPOSED & marks:
            return incoming.afresh()
        if (told := raised(tree, table, at, below)) is not None:
            after = self._complement(at, told, inside)
            return self._apply(self.local(told, None), told, after)
        if if_at_all(tree, at, below):
            return inside.as_("possible")
        if inside.modality != "actual" and marks & {"until", "till", "before"}:
            return replace(inside, denied=False)
        if CONTRARY in marks:
            return replace(incoming.afresh(), denied=True, refuted=True)
        if (kind := verdict(tree, table, at, below)) is not None:
            return self._effect(kind, at, below, replace(
                inside, denied=self.local(at, below).negated != incoming.denied))
        if undone(tree, table, at, below):
            return replace(inside.flipped(), modality=incoming.modality)
        if marks & table.expecting_marks and rel != "obj":
            kind = table.kind(tree, at, below, "nominal")
            if kind is None or marks - {"against"}:
                ahead = marks & table.ahead_marks
                return incoming.as_("forecast" if ahead else "possible")
        if marks & table.contrary_marks:
            return replace(inside, denied=incoming.denied)
        if tree.words[below].lemma == "way" and tree.words[at].upos == "VERB":
            return inside                    # fought its way in
        if (pause := lull(tree, table, at, below)) is not None:
            return self._effect(pause, at, below, inside)
        if (governed := self._governed(at, below, incoming, inside)) is not None:
            return governed
        if tree.words[at].lemma in table.occurrence and not (marks - COMPLEMENT_MARKS):
            return inside
        hypothetical, known = "would" in self._modals(at), definite(tree, below)
        if hypothetical and not known and base(rel) == "nsubj":
            return replace(inside, denied=incoming.denied, modality="possible")
        return incoming.afresh() if known and not hypothetical else replace(
            inside, denied=incoming.denied)

    def _governed(self, at: int, below: int, incoming: State, inside: State) -> State | None:
        """What the class of ``at`` makes of an event noun under it; None where it makes nothing."""
        tree, table = self.tree, self.table
        rel, marks = tree.words[below].deprel, set(tree.marks(below))
        is_object = base(rel) in ("obj", "obl", "iobj") or rel == "nsubj:pass"
        if not is_object and tree.words[at].upos in ("VERB", "NOUN", "PROPN"):
            return None
        kind = table.kind(tree, at, below, "gerund" if is_object else "nominal")
        if tree.words[at].lemma == "have" or concluded(tree, at, below):
            kind = None                  # a support verb, not a cause
        if tree.words[at].lemma in ("speak", "talk") and any(
                tree.low[c.index] == "the" for c in tree.all_children(below, "det")):
            kind = None                  # spoke of the encirclement
        if kind == "withstanding" and tree.words[below].lemma in table.efforts:
            return replace(inside, denied=incoming.denied)
        if kind == "denial" and "as" in marks and table.is_say(tree, below):
            return self._effect(kind, at, below, inside)      # dismissed as lies reports that
        complement = base(rel) != "obl" or not marks or bool(
            marks & (UNDOING_MARKS if kind in UNDOING else EVENT_MARKS)) or (
            kind == "denial" and bool(marks & {"at", "aside", "off"})) or any(
            f"{tree.words[at].lemma} {m}" in table.by_form["gerund"] for m in marks)  # hinted at
        if kind == "say" and complement and is_object:
            announced = tree.words[at].lemma == "announce" and \
                tree.words[below].lemma in table.announced_actions
            return inside.as_("planned") if announced else self._effect(kind, at, below, inside)
        if kind == "intention" and self.table.nouns.get(tree.words[below].lemma) == "promise":
            kind = "demand"              # seeks assurances that
        if kind == "factive" and "would" in self._modals(at):
            return inside.as_("possible")    # would welcome a withdrawal
        if kind and kind != "implicative" and complement:
            return self._effect(kind, at, below, inside)
        return None

    def _modals(self, at: int) -> list[str]:
        return [self.tree.low[m.index] for m in self.tree.modals(at)]
