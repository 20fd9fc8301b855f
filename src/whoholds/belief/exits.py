"""The ways out of a country: held by whom, open or closed, since when; which is the last."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import prod
from typing import Literal

from whoholds.belief.model import beliefs, history
from whoholds.belief.priors import Priors
from whoholds.belief.testimony import known
from whoholds.core import OTHER, Belief, Evidence, Kind, Place

EXIT_TYPES = frozenset({"crossing", "airport", "port"})
ROUTE_KINDS = frozenset({"open", "close"})
OPEN, CLOSED = "open", "closed"


@dataclass(frozen=True, slots=True)
class Exit:
    """One way out. ``open_p`` is the probability that it can be used, None where nobody said;
    ``route`` says so in a word (*unknown* where nobody said, or both are as likely); ``since`` is
    the median of the moment since when. ``last`` marks the only exit that its holder has left,
    where others hold all the rest whose holder is known."""

    place: Place
    belief: Belief
    open_p: float | None
    route: Literal["open", "closed", "unknown"]
    since: datetime | None
    last: bool
    claim_ids: tuple[str, ...]


def exits(evidence: Iterable[Evidence], places: Iterable[Place], valid_at: datetime,
          known_at: datetime | None = None, priors: Priors | None = None) -> tuple[Exit, ...]:
    """The crossings, airports and ports among ``places``, usable ones first."""
    priors = priors or Priors()
    ways = [p for p in places if p.type in EXIT_TYPES]
    by_place: dict[str, list[Evidence]] = defaultdict(list)
    for item in known(evidence, known_at):
        by_place[item.place_id].append(item)
    held = beliefs([e for p in ways for e in by_place.get(p.id, [])], ways, valid_at, known_at,
                   priors)
    count = Counter(b.holder for b in held if b.holder is not None)
    out = []
    for belief in held:
        told = _route_evidence(by_place.get(belief.place.id, []))
        open_p, since = _route(told, valid_at, priors)
        route: Literal["open", "closed", "unknown"] = "unknown"
        if open_p is not None and open_p != 0.5:
            route = "open" if open_p > 0.5 else "closed"
        last = belief.holder is not None and count[belief.holder] == 1 and len(count) > 1
        out.append(Exit(belief.place, belief, open_p, route, since, last,
                        tuple(sorted({e.claim.id for e in told}))))
    order = {"open": 0, "unknown": 1, "closed": 2}
    return tuple(sorted(out, key=lambda x: (order[x.route], not x.last, x.place.name, x.place.id)))


def only_exit_p(ways: Sequence[Exit], place_id: str, barred_side: str) -> float:
    """Probability that a claim such as *the only way out* is right of ``place_id``: that every
    other exit is closed or held by ``barred_side``.

    Exits that the very same claims bear on (*all border crossings*) stand or fall together; others
    are taken as independent.
    """
    together: dict[tuple[tuple[str, ...], tuple[str, ...]], float] = {}
    for way in ways:
        if way.place.id != place_id:
            held = dict(way.belief.states).get(barred_side, 0.0)
            closed = 0.0 if way.open_p is None else 1 - way.open_p
            told = (way.belief.evidence, way.claim_ids)
            together[told] = min(together.get(told, 1.0), 1 - (1 - held) * (1 - closed))
    return prod(together[told] for told in sorted(together))


def _route_evidence(about: Sequence[Evidence]) -> list[Evidence]:
    return [e for e in about if e.claim.kind in ROUTE_KINDS and e.claim.modality == "actual"
            and e.claim.valid is not None and e.claim.part is None
            and (e.claim.valid.latest or e.claim.valid.earliest) is not None]


def _as_control(item: Evidence) -> Evidence:
    """A route's opening or closing, told as if *open* and *closed* were two sides: undated, as a
    change; dated, as the state of that day (*closed on Sunday* may be either)."""
    claim = item.claim
    assert claim.valid is not None
    kind: Kind = "gain" if claim.valid.earliest is None and claim.polarity == "affirmed" else "hold"
    is_open = (claim.kind == "open") == (claim.polarity == "affirmed")
    return replace(item, claim=replace(claim, kind=kind, polarity="affirmed"),
                   actor_side=OPEN if is_open else CLOSED, counterpart_side=None)


def _route(told: Sequence[Evidence], valid_at: datetime,
           priors: Priors) -> tuple[float | None, datetime | None]:
    """P(open) at ``valid_at`` against closed, and the median of the moment since when."""
    if not told:
        return None, None
    routes = replace(priors, quiet_turnovers_per_day=priors.route_turnovers_per_day)
    past = history([_as_control(e) for e in told], told[0].place_id, None, routes)
    row = dict(zip(past.states, past.posterior([valid_at])[0].tolist(), strict=True))
    # Where only one of the two was ever said, the model's *other* is the one that was not.
    unsaid = row[OTHER] if len(past.states) == 3 else 0.0
    so, not_so = row.get(OPEN, unsaid), row.get(CLOSED, unsaid)
    open_p = so / (so + not_so)
    return open_p, past.entry(OPEN if open_p > 0.5 else CLOSED, valid_at, 0.5)
