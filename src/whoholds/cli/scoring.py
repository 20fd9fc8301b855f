"""Scores, printed."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from whoholds.cli.output import show, show_json
from whoholds.core import Kind, UsageError
from whoholds.evaluation import ClaimsScore, RecordScore
from whoholds.pipeline import Workbench
from whoholds.pipeline.scoring import score_history, score_reading
from whoholds.views import safe


def print_claim_scores(desk: Workbench, gold: Path, kinds: str | None, as_json: bool) -> None:
    """Figures by kind and overall, then every miss and false alarm with its sentence."""
    wanted = [k.strip() for k in kinds.split(",") if k.strip()] if kinds else None
    for kind in wanted or ():
        if kind not in get_args(Kind):
            raise UsageError(f"no kind of claim is called {kind!r}; there are "
                             f"{', '.join(get_args(Kind))}")
    score = score_reading(desk, gold, wanted)
    if as_json:
        show_json(score.to_json())
        return
    show(f"{'kind':<12}{'precision':>10}{'recall':>10}{'F1':>10}{'gold':>8}")
    for kind, counts in (*score.kinds.items(), ("all", score.overall)):
        show(f"{kind:<12}{counts.precision:>10.3f}{counts.recall:>10.3f}{counts.f1:>10.3f}"
             f"{counts.hits + counts.misses:>8}")
    show("\nOf the matched claims, right:  " + ";  ".join(
        f"{name} {part.correct} of {part.n}" for name, part in
        (("source chain", score.sources), ("time", score.time), ("quantity", score.quantity))))
    show(f"Stated as fact though the gold denies it or gives it as no fact: {score.false_facts} "
         f"of {score.not_facts}")
    _errors(score)


def _errors(score: ClaimsScore) -> None:
    for miss in score.misses:
        gold = miss.gold
        place = f" at {', '.join(gold.place)}" if gold.place else ""
        why = f"; the nearest differs in {', '.join(miss.differs)}" if miss.differs else ""
        show(f"\nmissed {gold.kind} ({gold.polarity}, {gold.modality}){safe(place)}: "
             f"“{safe(gold.evidence)}”{why}\n    {safe(miss.sentence)}")
    for alarm in score.false_alarms:
        claim = alarm.predicted.claim
        who = f" by {claim.actor.text}" if claim.actor else ""
        where = f" at {claim.place.text}" if claim.place else ""
        why = f"; the nearest differs in {', '.join(alarm.differs)}" if alarm.differs else ""
        fact = "; STATES AS FACT WHAT IS NONE" if alarm.false_fact else ""
        show(f"\nfalse alarm {claim.kind} ({claim.polarity}, {claim.modality}, {claim.frame})"
             f"{safe(who)}{safe(where)}{why}{fact}\n    {safe(alarm.predicted.sentence)}")


def print_record_scores(desk: Workbench, record: Path, as_json: bool) -> None:
    """Found, missed, invented changes, days off, Brier scores, then each row."""
    score = score_history(desk, record)
    if as_json:
        show_json(score.to_json())
        return
    show(f"{score.found} changes found, {score.missed} missed, {score.invented} invented")
    show(f"days off: median {_figure(score.days_off_median)}, 90th percentile "
         f"{_figure(score.days_off_p90)}")
    show(f"Brier score (0 is best, 2 worst) over {score.place_days} place-days: "
         f"{_figure(score.brier)} with hindsight, {_figure(score.brier_as_known)} as known "
         "that day")
    _rows(score)


def _figure(value: float | None) -> str:
    return "none" if value is None else f"{value:.3g}"


def _rows(score: RecordScore) -> None:
    show("")
    for row in score.rows:
        change = row.change
        verdict = "found" if row.found else "missed"
        off = "" if row.days_off is None else f", {row.days_off} days off"
        show(f"{verdict:<7} {change.day} {safe(change.place)} ({change.kind}): "
             f"{safe(change.holder_before)} → {safe(change.holder_after)}{off}")
    for place, one in score.inventions:
        show(f"invented {one.median_at:%Y-%m-%d} {safe(place)} → {safe(one.side)}")
