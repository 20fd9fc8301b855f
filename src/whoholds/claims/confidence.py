"""How probable it is that a claim is right: what its frame, its parts and the reader say for it.

What speaks for and against a claim is a short list of features, each a name with a value; their
weights stand in ``confidence.yaml``, which ``training/confidence.py`` makes. The probability is
that of a logistic regression: right is a claim whose kind, polarity, modality, place, part and
actor are those of a careful coder. Time, quantity and sources are not asked for: what belief makes
of a source is its own affair.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, log
from typing import TypeAlias

from whoholds.claims.frames import Match
from whoholds.claims.lexicons import lexicon
from whoholds.claims.nouns import SURE
from whoholds.claims.trees import Tree
from whoholds.core import Claim, DataError, Event, Mention, Sentence

FILE = "confidence.yaml"
SILENT = "the reader tells of no events"
UNSURE_TYPE = " of an unsure type"      # after the name of what fills the slot
Features: TypeAlias = list[tuple[str, float]]
Weigh: TypeAlias = Callable[[Claim, Features], float]  # a claim's probability of being right
LEAST, MOST = 0.02, 0.98        # probabilities beyond these count as these
# Claims less probable to be right are left out where nothing else is asked for: the F1 of what is
# left is highest where the least probable claim is right about half as often as the F1 says.
CLAIM_P = 0.3


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic regression: an intercept and the weights of features by name, in log-odds."""

    intercept: float
    by_feature: Mapping[str, float]

    def probability(self, found: Iterable[tuple[str, float]]) -> float:
        """Of being right; features without a weight say nothing."""
        weights, total = self.by_feature, self.intercept
        for name, value in found:
            total += weights.get(name, 0.0) * value
        return 1 / (1 + exp(-total))

    def __call__(self, claim: Claim, found: Features) -> float:
        return self.probability(found)


@cache
def shipped() -> Weights:
    """The weights that ship. Raises DataError naming what is wrong with the file."""
    data = lexicon(FILE)
    weights = data.get("weights")
    if not isinstance(weights, dict) or not all(
            isinstance(w, float | int) for w in (data.get("intercept"), *weights.values())):
        raise DataError(FILE, "not an intercept and a mapping of weights")
    return Weights(float(data["intercept"]), {str(k): float(v) for k, v in weights.items()})


def features(tree: Tree, match: Match, claim: Claim, told: bool) -> Features:
    """What speaks for a claim that a match in a sentence gave, and what against it.

    ``told`` says that the place stands in a slot of the frame. Values are 1 for what is so, else
    log-odds or logarithms.
    """
    found: Features = [("frame", logodds(match.frame.confidence_p))]
    if match.frame.learned:
        found.append(("hunch", 1.0))
    for filler, filled in match.fillers:
        if filled.strength < SURE:
            found.append((filler + UNSURE_TYPE, 1.0))
    depth = len(tree.ancestors(match.proposition.head))
    if depth:
        found.append(("predicate deep", log(1 + depth)))
    _stance(found, claim)
    event = _reader(found, tree.sentence, match, claim)
    _place(found, tree.sentence, match, claim, told, event)
    _actor(found, tree.sentence, match, claim, event)
    return found


def logodds(p: float) -> float:
    """Of a probability, kept within ``LEAST`` and ``MOST``."""
    p = min(max(p, LEAST), MOST)
    return log(p / (1 - p))


def _stance(found: Features, claim: Claim) -> None:
    """How firmly it is said, and by whom."""
    if claim.polarity == "denied":
        found.append(("denied", 1.0))
    if claim.modality != "actual":
        found.append((f"modality {claim.modality}", 1.0))
    if len(claim.sources) > 1:
        found.append(("sources beyond the outlet", float(len(claim.sources) - 1)))
    if claim.part is not None:
        found.append(("part of the place", 1.0))


def _reader(found: Features, sentence: Sentence, match: Match, claim: Claim) -> Event | None:
    """What the reader learned of the words: whether they tell of this kind, and as a fact. The
    event of this kind among them, if it sees one."""
    if not sentence.doubts:
        found.append((SILENT, 1.0))
        return None
    words = {match.proposition.head, *match.proposition.words}
    own = [e for e in sentence.events if e.word in words]
    same = max((e for e in own if e.kind == claim.kind), key=_probability, default=None)
    other = max((e.probability for e in own if e.kind != claim.kind), default=0.0)
    if same is not None:
        found.append(("mark", logodds(same.probability)))
    else:
        found.append(("mark missing", 1.0))
    found.append(("mark of another kind", other))
    best = max(own, key=_probability, default=None)
    doubt = logodds(sentence.doubts[best.word if best is not None else match.proposition.head])
    if claim.polarity == "affirmed" and claim.modality == "actual":
        found.append(("fact, doubted", doubt))
    else:
        found.append(("no fact, not doubted", -doubt))
    return same


def _probability(event: Event) -> float:
    return event.probability


def _place(found: Features, sentence: Sentence, match: Match, claim: Claim, told: bool,
           event: Event | None) -> None:
    if claim.place is None:
        found.append(("place none", 1.0))
    elif not told:
        found.append(("place unsaid", 1.0))
    _mention(found, "place", sentence, claim.place)
    filled = match.filled("place")
    if filled is not None and filled.argument.inferred:
        found.append(("place of another clause", 1.0))
    if event is not None:
        _marked(found, "place", sentence, claim.place, event.places)


def _actor(found: Features, sentence: Sentence, match: Match, claim: Claim,
           event: Event | None) -> None:
    if claim.actor is None:
        found.append(("actor none", 1.0))
    _mention(found, "actor", sentence, claim.actor)
    filled = match.filled("actor")
    if filled is not None and filled.argument.inferred:
        found.append(("actor of another clause", 1.0))
    elif filled is None and claim.actor is not None:
        found.append(("actor unsaid", 1.0))
    if event is not None:
        _marked(found, "actor", sentence, claim.actor, event.actors)


def _mention(found: Features, role: str, sentence: Sentence, mention: Mention | None) -> None:
    """The form of a mention, whether it goes back to another, whether a place's name is one."""
    if mention is None:
        return
    if mention.form != "name":
        found.append((f"{role} {mention.form}", 1.0))
    elif role == "place" and not any(
            n.type == "LOC" and sentence.words[n.start].span.start < mention.span.end
            and mention.span.start < sentence.words[n.end - 1].span.end for n in sentence.names):
        found.append(("place name of another type", 1.0))
    if mention.antecedent is not None:
        found.append((f"{role} linked", 1.0))


def _marked(found: Features, role: str, sentence: Sentence, mention: Mention | None,
            marks: Sequence[int]) -> None:
    """Whether the reader, too, takes the mention's words to fill the role."""
    if mention is None:
        if marks:
            found.append((f"{role} marked but none", 1.0))
    elif not marks:
        found.append((f"{role} unmarked", 1.0))
    elif not any(sentence.words[w].span.overlaps(mention.span) for w in marks):
        found.append((f"{role} marked elsewhere", 1.0))


__all__ = ["FILE", "SILENT", "UNSURE_TYPE", "Features", "Weigh", "Weights", "features", "logodds",
           "shipped"]
