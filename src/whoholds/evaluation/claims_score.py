"""Scores predicted claims against gold ones: who was found, what was missed, what was made up."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from whoholds.core import Json, Span
from whoholds.evaluation.agreement import (
    Predicted,
    SamePlace,
    SideOf,
    differences,
    same_quantity,
    same_sources,
    same_time,
)
from whoholds.evaluation.gold import Gold
from whoholds.evaluation.matching import best_matching

SentenceAt = Callable[[str, Span], str]
_CORE, _OTHER = 1_000_000, 1_000
"""Weights of matches: first as many core claims as can be, then as many others, then the best."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Hits, misses and false alarms, and what follows from them; 0 where nothing can be divided."""

    hits: int = 0
    misses: int = 0
    false_alarms: int = 0

    @property
    def precision(self) -> float:
        return _ratio(self.hits, self.hits + self.false_alarms)

    @property
    def recall(self) -> float:
        return _ratio(self.hits, self.hits + self.misses)

    @property
    def f1(self) -> float:
        return _ratio(2 * self.hits, 2 * self.hits + self.misses + self.false_alarms)

    def to_json(self) -> dict[str, Json]:
        """``n`` is the number of core gold claims."""
        return {"precision": self.precision, "recall": self.recall, "f1": self.f1,
                "n": self.hits + self.misses, "hits": self.hits, "misses": self.misses,
                "false_alarms": self.false_alarms}


@dataclass(frozen=True, slots=True)
class Share:
    """How many of ``n`` matched claims have a field right."""

    correct: int = 0
    n: int = 0

    def to_json(self) -> dict[str, Json]:
        return {"accuracy": _ratio(self.correct, self.n), "correct": self.correct, "n": self.n}


@dataclass(frozen=True, slots=True)
class Hit:
    """A matched pair; ``wrong`` names the scored fields (sources, time, quantity) that differ."""

    gold: Gold
    predicted: Predicted
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Miss:
    """A core gold claim that nothing matched; ``nearest`` overlaps it and differs in ``differs``.

    ``sentence`` is the sentence it stands in, the evidence alone where no text was given.
    """

    gold: Gold
    nearest: Predicted | None
    differs: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class FalseAlarm:
    """A prediction that matched nothing; ``false_fact``: it states as fact what is none."""

    predicted: Predicted
    nearest: Gold | None
    differs: tuple[str, ...]
    false_fact: bool


@dataclass(frozen=True, slots=True)
class ClaimsScore:
    """The score of a set of predictions, with every error."""

    overall: Counts
    kinds: Mapping[str, Counts]
    sources: Share
    time: Share
    quantity: Share
    false_facts: int
    not_facts: int
    hits: tuple[Hit, ...] = field(default=(), repr=False)
    misses: tuple[Miss, ...] = field(default=(), repr=False)
    false_alarms: tuple[FalseAlarm, ...] = field(default=(), repr=False)

    def to_json(self) -> dict[str, Json]:
        return {
            "overall": self.overall.to_json(),
            "kinds": {kind: counts.to_json() for kind, counts in self.kinds.items()},
            "sources": self.sources.to_json(), "time": self.time.to_json(),
            "quantity": self.quantity.to_json(),
            "false_facts": {"count": self.false_facts, "n": self.not_facts},
            "inexact": [_hit_json(h) for h in self.hits if h.wrong],
            "misses": [_miss_json(m) for m in self.misses],
            "false_alarms": [_alarm_json(a) for a in self.false_alarms]}


def score_claims(golds: Sequence[Gold], predictions: Iterable[Predicted], same_place: SamePlace,
                 side_of: SideOf, *, kinds: Collection[str] | None = None,
               sentence_at: SentenceAt | None = None) -> ClaimsScore:
    """Matches predictions with gold claims one to one and counts.

    Predictions of reports that the gold does not cover are left out. With ``kinds``, gold claims of
    other kinds count as not core and left-over predictions of other kinds as no error. A claim
    matches any of its alternative readings. ``same_place`` says whether the predicted place is the
    one that a gold name means, ``side_of`` which side a gold actor belongs to, ``sentence_at``
    gives the sentence of a report around a span.
    """
    covered = {gold.report for gold in golds}
    ordered = sorted((p for p in predictions if p.report in covered),
                     key=lambda p: (p.report, p.claim.span, p.claim.kind, p.claim.id))
    readings = _agreeing(golds, ordered, same_place, side_of)
    edges = {(g, p): (_CORE if _counts(golds[g], kinds) else _OTHER) + max(map(_quality, found))
             for (g, p), found in readings.items()}
    matched = best_matching(edges)
    hits = [Hit(golds[g], ordered[p], min((hit[1] for hit in readings[g, p]),
                                          key=lambda wrong: (len(wrong), wrong)))
            for g, p in sorted(matched.items()) if _counts(golds[g], kinds)]
    misses = [_miss(gold, ordered, same_place, side_of, sentence_at)
              for g, gold in enumerate(golds) if g not in matched and _counts(gold, kinds)]
    left = [p for i, p in enumerate(ordered) if i not in set(matched.values())
            and (kinds is None or p.claim.kind in kinds)]
    alarms = [_alarm(p, golds, same_place, side_of) for p in left]
    return ClaimsScore(
        overall=Counts(len(hits), len(misses), len(alarms)),
        kinds=_by_kind(hits, misses, alarms), sources=_share(hits, "sources"),
        time=_share(hits, "time"),
        quantity=_share([h for h in hits if h.gold.quantity or h.predicted.claim.quantity],
                        "quantity"),
        false_facts=sum(a.false_fact for a in alarms),
        not_facts=sum(not g.is_fact and (kinds is None or g.kind in kinds) for g in golds),
        hits=tuple(hits), misses=tuple(misses), false_alarms=tuple(alarms))


def _counts(gold: Gold, kinds: Collection[str] | None) -> bool:
    return gold.core and (kinds is None or gold.kind in kinds)


_Agreement = tuple[Gold, tuple[str, ...]]


def _agreeing(golds: Sequence[Gold], predictions: Sequence[Predicted], same_place: SamePlace,
              side_of: SideOf) -> dict[tuple[int, int], list[_Agreement]]:
    """For each pair that may match: the readings that agree, with the scored fields they miss."""
    by_report: dict[str, list[int]] = {}
    for p, predicted in enumerate(predictions):
        by_report.setdefault(predicted.report, []).append(p)
    found: dict[tuple[int, int], list[_Agreement]] = {}
    for g, gold in enumerate(golds):
        for p in by_report.get(gold.report, ()):
            if not predictions[p].claim.span.overlaps(gold.span):
                continue
            agreeing = [(reading, _scored_wrong(predictions[p], reading))
                        for reading in gold.readings
                        if not differences(predictions[p], reading, same_place, side_of)]
            if agreeing:
                found[g, p] = agreeing
    return found


def _scored_wrong(predicted: Predicted, gold: Gold) -> tuple[str, ...]:
    right = {"sources": same_sources(predicted, gold),
             "time": same_time(predicted.claim.valid, gold),
             "quantity": same_quantity(predicted.claim.quantity, gold.quantity)}
    return tuple(name for name, good in right.items() if not good)


def _quality(agreement: _Agreement) -> int:
    return 4 - len(agreement[1])


def _nearness(differs: tuple[str, ...]) -> tuple[int, bool]:
    return len(differs), "kind" in differs


def _miss(gold: Gold, predictions: Sequence[Predicted], same_place: SamePlace, side_of: SideOf,
          sentence_at: SentenceAt | None) -> Miss:
    sentence = sentence_at(gold.report, gold.span) if sentence_at else gold.evidence
    near = [(min((differences(p, reading, same_place, side_of) for reading in gold.readings),
                 key=_nearness), p)
            for p in predictions if p.report == gold.report and p.claim.span.overlaps(gold.span)]
    if not near:
        return Miss(gold, None, (), sentence)
    differs, nearest = min(near, key=lambda pair: _nearness(pair[0]))
    return Miss(gold, nearest, differs, sentence)


def _alarm(predicted: Predicted, golds: Sequence[Gold], same_place: SamePlace,
           side_of: SideOf) -> FalseAlarm:
    near = [(min((differences(predicted, reading, same_place, side_of)
                  for reading in gold.readings), key=_nearness), gold)
            for gold in golds
            if gold.report == predicted.report and gold.span.overlaps(predicted.claim.span)]
    claim = predicted.claim
    stated = claim.polarity == "affirmed" and claim.modality == "actual"
    false_fact = stated and any(
        not any(reading.is_fact for reading in gold.readings)
        and not {"kind", "place"} & set(differs) for differs, gold in near)
    if not near:
        return FalseAlarm(predicted, None, (), False)
    differs, nearest = min(near, key=lambda pair: _nearness(pair[0]))
    return FalseAlarm(predicted, nearest, differs, false_fact)


def _by_kind(hits: Sequence[Hit], misses: Sequence[Miss],
             alarms: Sequence[FalseAlarm]) -> dict[str, Counts]:
    """Hits and misses by the gold's kind, false alarms by their own."""
    found = [h.gold.kind for h in hits]
    missed = [m.gold.kind for m in misses]
    invented: list[str] = [a.predicted.claim.kind for a in alarms]
    return {kind: Counts(found.count(kind), missed.count(kind), invented.count(kind))
            for kind in sorted({*found, *missed, *invented})}


def _share(hits: Sequence[Hit], name: str) -> Share:
    return Share(sum(name not in hit.wrong for hit in hits), len(hits))


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _hit_json(hit: Hit) -> Json:
    """A match whose sources, time or quantity differ, both sides of them."""
    claim, gold = hit.predicted.claim, hit.gold
    return {"report": gold.report, "span": [gold.span.start, gold.span.end], "kind": gold.kind,
            "evidence": gold.evidence, "wrong": list(hit.wrong),
            "sources": [list(gold.sources), [s.name for s in claim.sources]],
            "time": [gold.interval().to_json()[:2],
                     claim.valid.to_json()[:2] if claim.valid else None],
            "quantity": [gold.quantity.to_json() if gold.quantity else None,
                         claim.quantity.to_json() if claim.quantity else None]}


def _miss_json(miss: Miss) -> Json:
    gold = miss.gold
    return {"report": gold.report, "span": [gold.span.start, gold.span.end], "kind": gold.kind,
            "actor": gold.actor, "place": list(gold.place) if gold.place else None,
            "polarity": gold.polarity, "modality": gold.modality, "evidence": gold.evidence,
            "sentence": miss.sentence,
            "differs": list(miss.differs)}


def _alarm_json(alarm: FalseAlarm) -> Json:
    claim = alarm.predicted.claim
    return {"report": alarm.predicted.report, "span": [claim.span.start, claim.span.end],
            "kind": claim.kind, "actor": claim.actor.text if claim.actor else None,
            "place": claim.place.text if claim.place else None, "polarity": claim.polarity,
            "modality": claim.modality, "sentence": alarm.predicted.sentence,
            "differs": list(alarm.differs), "false_fact": alarm.false_fact}
