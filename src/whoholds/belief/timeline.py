"""What happened, in order; and what is different from the last brief."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from whoholds.belief.model import Change, beliefs, history
from whoholds.belief.priors import Priors
from whoholds.belief.testimony import days, instant, known, right_p
from whoholds.belief.words import band
from whoholds.core import Belief, Evidence, Place

CONTROL_KINDS = frozenset({"gain", "loss", "hold"})


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a place, inside ``earliest`` to ``latest`` (None: open).

    A ``change`` of hands is the model's (``actor_side`` came to hold it after
    ``counterpart_side``), all other kinds are the claims' own. ``claim_ids`` tell of it,
    ``origins`` say so, ``probability_p`` how likely it is that it happened.
    """

    place: Place
    kind: str
    actor_side: str | None
    counterpart_side: str | None
    earliest: datetime | None
    latest: datetime | None
    median: datetime | None
    probability_p: float
    claim_ids: tuple[str, ...]
    origins: tuple[str, ...]


def timeline(evidence: Iterable[Evidence], places: Iterable[Place],
             known_at: datetime | None = None, priors: Priors | None = None,
             valid: tuple[datetime | None, datetime | None] = (None, None)) -> tuple[Event, ...]:
    """What happened at ``places`` inside ``valid`` (open ends: always), by known time ``known_at``,
    earliest first. Events whose interval is open at both ends have no place in an order and are
    left out."""
    priors = priors or Priors()
    by_place: dict[str, list[Evidence]] = defaultdict(list)
    for item in known(evidence, known_at):
        by_place[item.place_id].append(item)
    out: list[Event] = []
    for place in places:
        about = by_place.get(place.id, [])
        out += _changes_of_hands(about, place, priors)
        out += _told(about, place, priors)
    start, end = valid
    kept = [e for e in out if (e.earliest or e.latest) is not None
            and (start is None or e.latest is None or e.latest >= start)
            and (end is None or e.earliest is None or e.earliest <= end)]
    return tuple(sorted(kept, key=_when))


def _when(event: Event) -> tuple[float, float, str, str, str]:
    late = event.latest or event.earliest
    middle = event.median or late
    assert late is not None
    assert middle is not None
    return (days(middle), days(late), event.place.id, event.kind, event.actor_side or "")


def _changes_of_hands(about: Sequence[Evidence], place: Place, priors: Priors) -> list[Event]:
    out = []
    for change in history(about, place.id, None, priors).changes():
        if change.median is None:
            continue
        telling = [e for e in about if e.claim.kind in CONTROL_KINDS and _speaks_for(e, change)]
        out.append(Event(place, "change", change.to_side, change.from_side, change.earliest,
                         change.latest, change.median, change.probability_p,
                         tuple(sorted({e.claim.id for e in telling})),
                         tuple(sorted({e.origin for e in telling}))))
    return out


def _speaks_for(item: Evidence, change: Change) -> bool:
    claim = item.claim
    if claim.modality != "actual" or claim.polarity != "affirmed" or claim.part is not None:
        return False
    side = item.counterpart_side if claim.kind == "loss" else item.actor_side
    return side == change.to_side


def _told(about: Sequence[Evidence], place: Place, priors: Priors) -> list[Event]:
    """Events of the other kinds: tellings of one kind by one side that overlap are one event."""
    groups: dict[tuple[str, str | None], list[Evidence]] = defaultdict(list)
    for item in about:
        claim = item.claim
        if claim.kind not in CONTROL_KINDS and claim.modality == "actual" and (
                claim.polarity == "affirmed") and claim.valid is not None:
            groups[(claim.kind, item.actor_side)].append(item)
    out = []
    for (kind, side), members in sorted(groups.items(), key=lambda g: (g[0][0], g[0][1] or "")):
        out += [_event(place, kind, side, cluster, priors) for cluster in _overlapping(members)]
    return out


def _bounds(item: Evidence) -> tuple[float, float]:
    assert item.claim.valid is not None
    valid = item.claim.valid
    return (days(valid.earliest) if valid.earliest else float("-inf"),
            days(valid.latest) if valid.latest else float("inf"))


def _overlapping(members: Sequence[Evidence]) -> list[list[Evidence]]:
    """Groups whose intervals all share an instant, greedily by their ends."""
    clusters: list[tuple[float, float, list[Evidence]]] = []
    for item in sorted(members, key=lambda e: (_bounds(e)[1], _bounds(e)[0], e.claim.id)):
        low, high = _bounds(item)
        if clusters and low <= clusters[-1][1] and clusters[-1][0] <= high:
            was_low, was_high, group = clusters[-1]
            clusters[-1] = (max(low, was_low), min(high, was_high), [*group, item])
        else:
            clusters.append((low, high, [item]))
    return [group for _, _, group in clusters]


def _event(place: Place, kind: str, side: str | None, members: Sequence[Evidence],
           priors: Priors) -> Event:
    low = max(_bounds(e)[0] for e in members)
    high = min(_bounds(e)[1] for e in members)
    doubt: dict[str, float] = {}
    for e in members:
        doubt[e.origin] = min(doubt.get(e.origin, 1.0), 1 - right_p(e, priors))
    unlikely = 1.0
    for origin in sorted(doubt):
        unlikely *= doubt[origin]
    others = sorted({e.counterpart_side for e in members if e.counterpart_side})
    return Event(place, kind, side, others[0] if others else None,
                 None if low == float("-inf") else instant(low),
                 None if high == float("inf") else instant(high), None, 1 - unlikely,
                 tuple(sorted({e.claim.id for e in members})), tuple(sorted(doubt)))


@dataclass(frozen=True, slots=True)
class Difference:
    """A place that is not as it was in the last brief: another ``holder``, fighting begun or over
    (``contested``), or only a probability in another band of ICD 203 (``probability``).
    ``claim_ids`` are the claims that were new."""

    place: Place
    what: Literal["holder", "contested", "probability"]
    before: Belief
    after: Belief
    claim_ids: tuple[str, ...]


Moment = tuple[datetime, datetime | None]
"""A valid time and a known time."""


def changes(evidence: Iterable[Evidence], places: Sequence[Place], since: Moment, until: Moment,
            priors: Priors | None = None) -> tuple[Difference, ...]:
    """What differs between the beliefs at two moments: changes of holder first, then fighting."""
    items = list(evidence)
    before = beliefs(items, places, since[0], since[1], priors)
    after = beliefs(items, places, until[0], until[1], priors)
    order = {"holder": 0, "contested": 1, "probability": 2}
    out = []
    for old, new in zip(before, after, strict=True):
        what = _difference(old, new)
        if what is not None:
            fresh = tuple(sorted(set(new.evidence) - set(old.evidence)))
            out.append(Difference(new.place, what, old, new, fresh))
    return tuple(sorted(out, key=lambda d: (order[d.what], -d.after.probability_p, d.place.id)))


def _difference(old: Belief, new: Belief) -> Literal["holder", "contested", "probability"] | None:
    if old.holder != new.holder:
        return "holder"
    if old.contested != new.contested:
        return "contested"
    if new.holder is not None and band(old.probability_p) != band(new.probability_p):
        return "probability"
    return None
