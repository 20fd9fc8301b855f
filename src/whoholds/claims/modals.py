"""What modal verbs make of an event: a plan, a promise, a demand, a forecast, a possibility."""

from __future__ import annotations

from dataclasses import replace

from whoholds.claims.clauses import Tree
from whoholds.claims.operators import Operators
from whoholds.claims.scopes import Local
from whoholds.claims.stances import State
from whoholds.core import Modality


def under_modal(tree: Tree, table: Operators, modal: str, own: Local, at: int,
                state: State) -> State:
    """``state`` with what ``modal``, an auxiliary of word ``at``, says."""
    if modal in ("will", "shall", "future") or (modal == "would" and state.cue is not None
                                                and not own.perfect):
        return state.as_(future(tree, table, at, own, state))
    if modal == "can" and not own.negated and table.is_say(tree, at):
        return state                     # *can confirm that*
    if modal in ("can", "could") and tree.is_passive(at) \
            and tree.words[at].lemma in table.perceptions:
        return replace(state, settled=True)      # could still be heard
    if modal in ("can", "could") and own.negated and not own.perfect:
        return state if modal == "could" or own.past else state.as_("possible")
    if modal in ("demanded", "ordered"):
        return state.as_("ordered" if modal == "ordered" else "demanded")
    if modal in ("should", "must", "ought") and own.perfect:
        return state.as_("possible")         # must have fallen by now
    if modal in ("should", "must", "ought"):
        if state.assessed and modal == "must" and not _voluntary(tree, table, at):
            return state.as_("forecast")     # it must fall, every letter predicts
        return state.as_("demanded")
    if own.conditioned and not own.horizon and modal != "would":
        return state.as_("possible")     # could be cut off if the bridge goes
    foretold = own.horizon or (state.assessed and modal != "can")
    return state.as_("forecast" if foretold else "possible")


def future(tree: Tree, table: Operators, at: int, own: Local, state: State) -> Modality:
    """*Will* of an assessor or of what nobody decides is a forecast, as is what *probably* will be;
    what hangs on *if*, and somebody would do, is possible; any other is an announced plan (design
    §4, rules 6 and 8), and *we will not* a promise."""
    if own.unless and own.conditioned and _voluntary(tree, table, at) and not own.negated:
        return "planned"                 # will send troops unless he resigns
    if state.assessed or not _voluntary(tree, table, at) or own.maybe:
        return "forecast"
    if own.conditioned and not own.first_person:
        if tree.is_passive(at) and (own.negated or own.horizon):
            return "forecast"
        return "planned" if own.negated else "possible"
    return "promised" if own.negated and own.first_person else "planned"


def _voluntary(tree: Tree, table: Operators, at: int) -> bool:
    word = tree.words[at]
    return word.upos in ("VERB", "NOUN") and word.lemma not in table.involuntary


def dependent(tree: Tree, table: Operators, own: Local, at: int) -> bool:
    """*If they cross the river, the town is theirs*, *they attack if the bridge falls*: as little a
    fact as its condition."""
    acts = tree.words[at].upos == "VERB" and tree.words[at].lemma not in table.involuntary
    return not own.modals and not tree.is_past(at) and (
        tree.is_finite(at) or tree.child(at, "cop") is not None) and any(
        tree.marks(c.index)[:1] == ("if",) and (c.index < at or acts)
        and not any(tree.low[d.index] == "even" for d in tree.children[c.index])
        for c in tree.all_children(at, "advcl"))
