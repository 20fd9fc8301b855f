"""Whether a predicted claim says the same as a gold one: field by field."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from whoholds.core import Claim, Interval, Quantity, Source
from whoholds.evaluation.gold import Amount, Gold, within_a_day

UNORDERED = frozenset({"clash", "contest"})
"""Kinds whose two sides stand in no order."""
_FUNCTION_WORDS = frozenset({
    "the", "a", "an", "of", "in", "on", "for", "and", "to", "from", "by", "at", "with", "s", "its",
    "their", "his", "her", "some", "several", "who", "that", "anonymous"})
_SAME_NOUN = {"person": "people", "troop": "soldier", "man": "soldier", "men": "soldier"}
_SAME_WORD = {"spokesman": "spokesperson", "spokeswoman": "spokesperson", "tv": "television",
              "news": "news", "usa": "us", "american": "us", "u": "us"}


@dataclass(frozen=True, slots=True)
class Predicted:
    """A predicted claim with its mentions resolved.

    ``report`` is the name that the gold file gives the report; ``actor_side`` and
    ``counterpart_side`` are ids of sides, None where nobody is named or the name is unresolved;
    ``actor_names`` and ``counterpart_names`` are names of the actors that the mentions (*they*,
    *the group*) were resolved to; ``source_names`` are, for each link of the chain, further names
    of the source that it was resolved to; ``sentence`` is the sentence as written; ``key`` is for
    the caller (place ids …).
    """

    report: str
    claim: Claim
    actor_side: str | None = None
    counterpart_side: str | None = None
    actor_names: frozenset[str] = frozenset()
    counterpart_names: frozenset[str] = frozenset()
    source_names: tuple[frozenset[str], ...] = ()
    sentence: str = ""
    key: object = None


SamePlace = Callable[[Predicted, str], bool]
SideOf = Callable[[str], str | None]


def differences(predicted: Predicted, gold: Gold, same_place: SamePlace,
                side_of: SideOf) -> tuple[str, ...]:
    """The names of the fields that must agree and do not; empty for a match.

    ``same_place`` says whether the predicted place is the one that a gold name means, ``side_of``
    which side a gold actor belongs to.
    """
    claim = predicted.claim
    wrong = []
    if predicted.report != gold.report or not claim.span.overlaps(gold.span):
        wrong.append("span")
    for name in ("kind", "polarity", "modality"):
        if getattr(claim, name) != getattr(gold, name):
            wrong.append(name)
    if not _same_place(predicted, gold, same_place):
        wrong.append("place")
    if not _same_actor(predicted, gold, side_of):
        wrong.append("actor")
    if (claim.part is None) != (gold.part is None):
        wrong.append("part")
    return tuple(wrong)


def _same_place(predicted: Predicted, gold: Gold, same_place: SamePlace) -> bool:
    if gold.place is None or predicted.claim.place is None:
        return gold.place is None and predicted.claim.place is None
    return any(same_place(predicted, name) for name in gold.place)


def _same_actor(predicted: Predicted, gold: Gold, side_of: SideOf) -> bool:
    claim = predicted.claim
    if gold.kind in UNORDERED:
        wanted = [name for name in (gold.actor, gold.counterpart) if name is not None]
        given = [party for party, mention in (
            (_actor(predicted), claim.actor), (_counterpart(predicted), claim.counterpart))
            if mention is not None]
        if not wanted or not given:
            return not wanted and not given
        return any(_same_party(party, name, side_of) for party in given for name in wanted)
    if gold.actor is None or claim.actor is None:
        return gold.actor is None and claim.actor is None
    return _same_party(_actor(predicted), gold.actor, side_of)


_Party = tuple[str | None, frozenset[str]]
"""The side of a predicted actor, and what it is called."""


def _actor(predicted: Predicted) -> _Party:
    mention = predicted.claim.actor
    return predicted.actor_side, predicted.actor_names | ({mention.text} if mention else set())


def _counterpart(predicted: Predicted) -> _Party:
    mention = predicted.claim.counterpart
    return (predicted.counterpart_side,
            predicted.counterpart_names | ({mention.text} if mention else set()))


def _same_party(party: _Party, gold: str, side_of: SideOf) -> bool:
    """The same side, or the same words: outside its report *the army* is nobody's in particular."""
    side, names = party
    wanted = side_of(gold)
    if wanted is not None and side == wanted:
        return True
    words = content_words(gold)
    return any(overlap(content_words(name), words) for name in sorted(names))


# -- what is scored on matches ------------------------------------------------------------------


def same_time(predicted: Interval | None, gold: Gold) -> bool:
    """Every finite gold end is met within a day, or the interval lies inside the gold one."""
    wanted = gold.interval()
    if predicted is None:
        return wanted.earliest is None and wanted.latest is None
    met = (wanted.earliest is None or within_a_day(wanted.earliest, predicted.earliest)) and (
        wanted.latest is None or within_a_day(wanted.latest, predicted.latest))
    inside = (wanted.earliest is None or (
        predicted.earliest is not None and predicted.earliest >= wanted.earliest)) and (
        wanted.latest is None or (
            predicted.latest is not None and predicted.latest <= wanted.latest))
    return met or inside


def same_sources(predicted: Predicted, gold: Gold) -> bool:
    """Chains of equal length, equal outlet, and each further link the same source."""
    chain = predicted.claim.sources
    if len(chain) != len(gold.sources):
        return False
    if chain[0].name.casefold().strip() != gold.sources[0].casefold().strip():
        return False
    names = predicted.source_names or (frozenset(),) * len(chain)
    return all(_same_source(source, also, wanted) for source, also, wanted
               in zip(chain[1:], names[1:], gold.sources[1:], strict=False))


def _same_source(source: Source, also: frozenset[str], gold: str) -> bool:
    """Content words decide; *unnamed* must agree, and so must *(anonymous)*.

    A gold description (*US officials*, *a spokesman*: its last word is no name) that is not marked
    anonymous still names nobody, and a prediction may mark it or not.
    """
    unnamed = gold.strip() == "unnamed"
    if unnamed or source.source_class == "unnamed":
        return unnamed and source.source_class == "unnamed"
    marked = "(anonymous)" in gold
    anonymous = source.anonymous or source.source_class == "anonymous"
    described = gold.rsplit(maxsplit=1)[-1][:1].islower()      # marked ones end in a bracket
    if marked != anonymous and (marked or not described):
        return False
    wanted = content_words(gold)
    return any(overlap(content_words(name), wanted) for name in (source.name, *sorted(also)))


def same_quantity(predicted: Quantity | None, gold: Amount | None) -> bool:
    """Value, bound and counted noun agree, and what else the gold gives (high, whole, parts)."""
    if predicted is None or gold is None:
        return predicted is None and gold is None
    value = predicted.value == gold.value or (
        predicted.value is not None and gold.value is not None
        and abs(predicted.value - gold.value) <= 0.005 * abs(gold.value))
    return (value and predicted.bound == gold.bound and _same_unit(predicted.unit, gold.unit)
            and (gold.high is None or predicted.high == gold.high)
            and (gold.of is None or predicted.of == gold.of)
            and (not gold.parts or sorted(predicted.parts) == sorted(gold.parts)))


def _same_unit(predicted: str, gold: str) -> bool:
    """The counted nouns are the same; both or neither is a share."""
    if predicted.startswith("share of") != gold.startswith("share of"):
        return False
    one, other = (re.findall(r"\w+", text.casefold()) for text in (predicted, gold))
    if not one or not other:
        return not one and not other
    noun, wanted = (_SAME_NOUN.get(word, word) for word in (_singular(one[-1]),
                                                            _singular(other[-1])))
    return noun == wanted


def content_words(text: str) -> frozenset[str]:
    """The words that matter, without case, possessives, dots and plural endings."""
    plain = re.sub(r"\([^)]*\)", " ", text.casefold()).replace("’", "'")
    plain = re.sub(r"'s?\b", " ", plain)
    plain = re.sub(r"\b(?:[a-z]\.){2,}", lambda m: m[0].replace(".", ""), plain)
    words = (_SAME_WORD.get(w, _singular(w)) for w in re.findall(r"\w+", plain))
    return frozenset(word for word in words if word not in _FUNCTION_WORDS)


def _singular(word: str) -> str:
    if len(word) <= 3 or word.endswith("ss") or not word.endswith("s"):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word[:-1]


def overlap(one: frozenset[str], other: frozenset[str]) -> bool:
    """One holds the other, or they share more than half of the smaller's words."""
    if not one or not other:
        return False
    return 2 * len(one & other) > min(len(one), len(other))
