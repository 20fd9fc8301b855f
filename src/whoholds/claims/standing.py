"""How firmly a matched frame is said: by its verb, the noun it leans on, and the frame itself."""

from __future__ import annotations

from dataclasses import replace

from whoholds.claims.commitment import Walk
from whoholds.claims.frames import Match
from whoholds.claims.stances import Commitment3
from whoholds.claims.trees import Tree
from whoholds.core import Polarity

# verbs that say of an event that it went on until then
ENDING = frozenset({"stop", "cease", "end", "halt"})


def standing(tree: Tree, walk: Walk, match: Match) -> Commitment3:
    """Commitment to the predicate; of a support construction the noun's modality where the verb
    only leads up to it (*prepare an assault*)."""
    head, inner = match.proposition.head, match.proposition.inner
    stance = walk.commitment(head)
    leans = inner is not None and len(match.proposition.name) == 2
    if leans and inner is not None and match.frame.kind != "contest" \
            and head in tree.ancestors(inner):
        stance = _of_noun(tree.lemma(head), stance, walk.commitment(inner))
    if match.frame.modality is not None and stance.modality == "actual":
        stance = replace(stance, modality=match.frame.modality)
    if match.frame.denied:
        other: Polarity = "affirmed" if stance.polarity == "denied" else "denied"
        stance = replace(stance, polarity=other)
    return stance


def _of_noun(verb: str, stance: Commitment3, noun: Commitment3) -> Commitment3:
    if stance.modality == "actual" and noun.polarity == stance.polarity:
        return replace(stance, modality=noun.modality)
    if (stance.modality, noun.modality) == ("forecast", "possible"):
        return replace(stance, modality="possible")      # any attack will be met
    if verb in ENDING and noun.modality == "actual":
        return noun                                      # only if the bombing stops
    return stance
