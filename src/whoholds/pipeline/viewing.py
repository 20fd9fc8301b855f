"""Brings answers into the shapes that the views show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from whoholds.belief import (
    Copying,
    Difference,
    Dispute,
    Event,
    Exit,
    Forecast,
    Forecaster,
    Series,
    SourceRecord,
    beliefs,
    only_exit_p,
)
from whoholds.core import CONTESTED, Belief, Evidence
from whoholds.pipeline.evidence import MEDIA, set_evidence, speaker_of, voice
from whoholds.pipeline.snapshot import Snapshot
from whoholds.pipeline.workbench import Workbench
from whoholds.resolve import country_names
from whoholds.views import (
    Cited,
    DifferenceView,
    DisputeView,
    EventView,
    ExitView,
    Fit,
    ForecasterView,
    ForecastView,
    Names,
    Number,
    Position,
    Repeats,
    SeriesView,
    SourceRow,
    cite,
)


def names_for(known: Snapshot) -> Names:
    """What the ids in a snapshot are called."""
    told = Counter(e.actor_side for e in known.evidence if e.actor_side is not None)
    return Names({i: actor.name for i, actor in known.actors.items()}, country_names(),
                 tuple(sorted(told, key=lambda side: (-told[side], side))))


class Citing:
    """Finds the claims that an answer rests on, with their reports."""

    def __init__(self, evidence: Iterable[Evidence], known: Snapshot) -> None:
        self._reports = known.reports
        self._by_claim: dict[tuple[str, str], list[Evidence]] = {}
        for row in evidence:
            self._by_claim.setdefault((row.claim.id, row.place_id), []).append(row)

    def __call__(self, claim_ids: Iterable[str], place_id: str) -> tuple[Cited, ...]:
        """Those claims about that place, in order of publication."""
        return cite([r for i in claim_ids for r in self._by_claim.get((i, place_id), [])],
                    self._reports)


def event_views(found: Sequence[Event], known: Snapshot) -> tuple[EventView, ...]:
    """Events with their claims cited."""
    citing = Citing(known.evidence, known)
    return tuple(EventView(e.place, e.kind, e.actor_side, e.counterpart_side, e.earliest, e.latest,
                           e.median, e.probability_p, len(e.origins),
                           citing(e.claim_ids, e.place.id)) for e in found)


def dispute_views(found: Sequence[Dispute], known: Snapshot) -> tuple[DisputeView, ...]:
    """Disputes with their claims cited."""
    citing = Citing(known.evidence, known)
    shown = []
    for dispute in found:
        positions = []
        for stance in dispute.stances:
            positions.append(Position(
                holder=stance.state if stance.state != CONTESTED else CONTESTED,
                cited=citing(stance.claim_ids, dispute.place.id), origins=stance.independent,
                denies=not stance.affirms, credence_p=stance.credence_p))
        shown.append(DisputeView(dispute.place, dispute.about, dispute.about, tuple(positions),
                                 dispute.resolved))
    return tuple(shown)


def exit_views(found: Sequence[Exit], known: Snapshot) -> tuple[ExitView, ...]:
    """Ways out with their claims cited; for those that may be the last, how likely that is."""
    citing = Citing(known.evidence, known)
    held = Counter(x.belief.holder for x in found if x.belief.holder is not None)
    most = min(held, key=lambda side: (-held[side], side)) if held else None
    usable = [x.place.id for x in found if x.route == "open"]
    shown = []
    for x in found:
        asked = most is not None and x.belief.holder != most and (
            x.last or usable == [x.place.id])
        shown.append(ExitView(
            x.belief, x.open_p, x.route, x.since, x.last,
            only_exit_p(found, x.place.id, most) if asked and most is not None else None,
            citing(x.claim_ids, x.place.id)))
    return tuple(shown)


UNNAMED = {"anonymous": "anonymous sources", "document": "documents", "media": "other media",
           "official": "officials", "outlet": "outlets", "person": "people",
           "resident": "residents", "spokesperson": "spokespeople", "unnamed": "unnamed sources"}
"""What sources of a class are called where none is named."""


def origin_names(known: Snapshot) -> dict[str, str]:
    """What the origins in a snapshot are called, by their keys: *Interior Ministry*, *officials, in
    The Times*."""
    found: dict[str, str] = {}
    for row in known.evidence:
        if row.origin not in found:
            found[row.origin] = _origin_name(row, known)
    return found


def _origin_name(row: Evidence, known: Snapshot) -> str:
    kind, _, rest = row.origin.partition(":")
    at = speaker_of(row.claim)
    chain = row.claim.sources
    if kind == "actor" and rest in known.actors:
        return known.actors[rest].name
    if kind in ("outlet", "name", "actor"):
        return chain[at].name
    if kind == "baseline":
        return f"{chain[at].name} (baseline)"
    side = known.actors.get(row.origin_side or "")
    whose = f" of {side.name}" if side else ""
    called = UNNAMED.get(row.origin_class, row.origin_class)
    if not at:
        return f"{called}{whose}"
    citing = chain[at - 1]
    cited = "in" if citing.source_class in MEDIA else "cited by"
    return f"{called}{whose}, {cited} {citing.name}"


def source_rows(found: Sequence[SourceRecord], known: Snapshot) -> tuple[SourceRow, ...]:
    """The records of sources, with their names."""
    called = origin_names(known)
    return tuple(SourceRow(r.origin, called.get(r.origin, r.origin), r.origin_class, r.origin_side,
                           r.statements, r.borne_out, r.contradicted, r.alone, r.late_days,
                           r.reliability_p, r.silences) for r in found)


def repeats(found: Sequence[Copying], known: Snapshot) -> tuple[Repeats, ...]:
    """Who repeats whom, by name: one line where an outlet both copies and cites another."""
    called = origin_names(known)
    most: dict[tuple[str, str], Repeats] = {}
    for pair in found:
        line = Repeats(pair.outlet, called.get(pair.copied, pair.copied), pair.copies, pair.reports)
        key = (voice(line.outlet), voice(line.copied))
        if key[0] != key[1] and (key not in most or most[key].copies < line.copies):
            most[key] = line
    return tuple(sorted(most.values(), key=lambda r: (-r.copies, r.outlet, r.copied)))


def series_views(found: Sequence[Series], known: Snapshot) -> tuple[SeriesView, ...]:
    """Numbers with their claims cited and each check at the numbers that it is about."""
    citing = Citing((*known.evidence, *set_evidence(known.known)), known)
    shown = []
    for one in found:
        cited = {p.claim_id: citing([p.claim_id], one.place_id)[0] for p in one.points}
        numbers = tuple(Number(
            p.low, p.high, p.of, cited[p.claim_id].claim.valid, cited[p.claim_id],
            tuple(Fit(c.rule, c.fits, c.low, c.high, c.untold,
                      tuple(cited[i] for i in c.claim_ids if i != p.claim_id))
                  for c in one.checks if p.claim_id in c.claim_ids)) for p in one.points)
        shown.append(SeriesView(one.kind, one.actor_side, known.known.places.get(one.place_id),
                                one.unit, numbers))
    return tuple(shown)


def forecast_views(found: Sequence[Forecast], known: Snapshot) -> tuple[ForecastView, ...]:
    """Forecasts with their claims cited."""
    citing, called = Citing(known.evidence, known), origin_names(known)
    return tuple(ForecastView(
        f.place, f.kind, f.side, called.get(f.origin, f.origin), f.made, f.earliest, f.latest,
        f.said_p, f.outcome_p, f.state, f.brier, f.days_early, citing(f.claim_ids, f.place.id))
        for f in found)


def forecaster_views(found: Sequence[Forecaster], known: Snapshot) -> tuple[ForecasterView, ...]:
    """The scores of forecasters, with their names."""
    called = origin_names(known)
    return tuple(ForecasterView(called.get(f.origin, f.origin), f.resolved, f.brier, f.days_early)
                 for f in found)


def difference_views(found: Sequence[Difference], known: Snapshot) -> tuple[DifferenceView, ...]:
    """Differences with the claims cited that are new."""
    citing = Citing(known.evidence, known)
    return tuple(DifferenceView(d.place, d.what, d.before, d.after,
                                citing(d.claim_ids, d.place.id)) for d in found)


def map_frames(desk: Workbench, known: Snapshot, step: timedelta,
               most: int) -> list[tuple[datetime, tuple[Belief, ...]]]:
    """Beliefs at each step of the map's slider: from the day before the first publication to the
    last moment known, ``step`` apart, coarser where that would be more than ``most``."""
    last = desk.valid_at(known)
    told = [r.published.earliest for r in known.reports.values()
            if r.published and r.published.earliest]
    first = min(min(told, default=last), last) - timedelta(days=1)
    first = first.replace(hour=0, minute=0, second=0)
    while (last - first) / step > most:
        step *= 2
    places = known.places_with_evidence()
    moments = [first + step * i for i in range(int((last - first) / step) + 1)] + [last]
    return [(at, beliefs(known.evidence, places, at, None, desk.priors)) for at in moments]
