"""How firmly a matched frame is said: by its verb, the noun it leans on, the frame itself, and what
the reader learned of facts and what is none."""

from __future__ import annotations

from dataclasses import replace

from whoholds.claims.arguments import verb_lemma
from whoholds.claims.commitment import Walk
from whoholds.claims.frames import Match
from whoholds.claims.kinds import TALKS
from whoholds.claims.stances import Commitment3
from whoholds.claims.trees import Tree
from whoholds.core import Polarity

# verbs that say of an event that it went on until then
ENDING = frozenset({"stop", "cease", "end", "halt"})
# verbs that say how an attack was met
BEATEN = frozenset({
    "repel", "repulse", "rebuff", "withstand", "survive", "beat off", "beat back", "fight off",
    "fend off", "drive off", "drive back", "throw back", "push back", "hold off", "ward off"})
# what can be perceived is so
PERCEIVED = frozenset({"hear", "see", "feel", "smell", "observe", "watch", "spot"})
# From this probability on, by the reader, that an event is told otherwise than as a fact, one is
# not taken for a fact, though no word says why.
DOUBT_P = 0.6
MARKED_P = 0.3    # from this probability on a word is taken to tell of an event


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
        stance = replace(stance, polarity=other, settled=other == "affirmed")
    if (stance.polarity, stance.modality) == ("affirmed", "actual") and not stance.settled \
            and not _beaten(tree, head if inner is None else inner) and _doubted(tree, walk, match):
        stance = replace(stance, modality="possible")
    return stance


def _beaten(tree: Tree, head: int) -> bool:
    """*The attack was repelled*, *beat back two assaults*: what was met so took place, though it
    came to nothing."""
    above = tree.word(head).head
    if above < 0 or tree.word(head).upos != "NOUN":
        return False
    objects = tree.kids(above, "nsubj:pass") if tree.kids(above, "aux:pass") \
        else tree.kids(above, "obj")
    verb = verb_lemma(tree, above)
    beside = tree.particle(above) or tree.kids(above, "advmod")
    return head in objects and (verb in BEATEN or any(
        f"{verb} {tree.lemma(k)}" in BEATEN for k in beside if k > above))


def _doubted(tree: Tree, walk: Walk, match: Match) -> bool:
    """Whether the reader doubts the word that it, too, takes to tell of such an event; else the
    head. Of an infinitive the word that governs it says how firm it is (*the third town to fall*,
    *claim to have taken it*), and who asks for something has asked, whatever comes of it."""
    sentence = tree.sentence
    if walk.tree.is_infinitive(match.proposition.head):
        return False
    if tree.lemma(match.proposition.head) in PERCEIVED:
        return False                                     # could be heard: it was
    told = {match.proposition.head, *match.proposition.words}
    marked = [e.word for e in sentence.events if e.word in told and e.probability >= MARKED_P
              and (match.frame.kind not in TALKS or e.kind == match.frame.kind)]
    return bool(sentence.doubts) and all(
        sentence.doubts[w] >= DOUBT_P for w in marked or [match.proposition.head])


def _of_noun(verb: str, stance: Commitment3, noun: Commitment3) -> Commitment3:
    if stance.modality == "actual" and noun.polarity == stance.polarity:
        return replace(stance, modality=noun.modality)
    if (stance.modality, noun.modality) == ("forecast", "possible"):
        return replace(stance, modality="possible")      # any attack will be met
    if verb in ENDING and noun.modality == "actual":
        return noun                                      # only if the bombing stops
    return stance
