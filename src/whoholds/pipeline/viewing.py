"""Brings answers into the shapes that the views show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from whoholds.belief import Dispute, beliefs
from whoholds.core import CONTESTED, Belief
from whoholds.pipeline.snapshot import Snapshot
from whoholds.pipeline.workbench import Workbench
from whoholds.resolve import country_names
from whoholds.views import DisputeView, Names, Position, cite


def names_for(known: Snapshot) -> Names:
    """What the ids in a snapshot are called."""
    return Names({i: actor.name for i, actor in known.actors.items()}, country_names())


def dispute_views(found: Sequence[Dispute], known: Snapshot) -> tuple[DisputeView, ...]:
    """Disputes with their claims cited."""
    by_claim: dict[tuple[str, str], list] = {}  # type: ignore[type-arg]
    for row in known.evidence:
        by_claim.setdefault((row.claim.id, row.place_id), []).append(row)
    shown = []
    for dispute in found:
        positions = []
        for stance in dispute.stances:
            rows = [r for i in stance.claim_ids for r in by_claim.get((i, dispute.place.id), [])]
            positions.append(Position(
                holder=stance.state if stance.state != CONTESTED else CONTESTED,
                cited=cite(rows, known.reports), origins=stance.independent,
                denies=not stance.affirms, credence_p=stance.credence_p))
        shown.append(DisputeView(dispute.place, dispute.about, dispute.about, tuple(positions),
                                 dispute.resolved))
    return tuple(shown)


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
