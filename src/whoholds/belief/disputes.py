"""Where sources contradict each other about a place, and what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from whoholds.belief.model import History, history
from whoholds.belief.priors import Priors
from whoholds.belief.testimony import Statement, instant, known, moves_belief, statements
from whoholds.core import CONTESTED, Evidence, Place

FOUGHT_INSIDE = frozenset({"contest", "clash", "enter"})

Topic = Literal["holder", "fighting"]


@dataclass(frozen=True, slots=True)
class Stance:
    """What one camp of a dispute says: ``state`` is so (``affirms``) or is not.

    ``origins`` are the keys of those who say it, ``origin_sides`` the sides they belong to;
    ``independent`` counts voices: own-voice outlets of a day are one, officials of a side one.
    ``weight_logodds`` is the weight of the strongest voice of each origin, added up;
    ``first_known`` when it was first said; ``credence_p`` what the model makes of it.
    """

    state: str
    affirms: bool
    claim_ids: tuple[str, ...]
    origins: tuple[str, ...]
    origin_sides: tuple[str, ...]
    independent: int
    weight_logodds: float
    first_known: datetime | None
    credence_p: float


@dataclass(frozen=True, slots=True)
class Dispute:
    """Testimonies about one place that cannot all be true, by stance, likeliest first.

    ``about`` is the instant in dispute, ``opened`` when its second side was known. Where the model
    has made up its mind (credence at least ``resolved_p``), ``resolved`` is since when it has known
    and ``resolved_by`` the claims that were new then.
    """

    place: Place
    topic: Topic
    stances: tuple[Stance, ...]
    about: datetime
    opened: datetime | None
    resolved: datetime | None
    resolved_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Case:
    """What is known about one place."""

    place: Place
    about: list[Evidence]
    past: History
    priors: Priors


@dataclass(frozen=True, slots=True)
class _Telling:
    statement: Statement
    day: float
    state: str
    affirms: bool
    change: bool
    fought_inside: bool

    @property
    def topic(self) -> Topic:
        return "fighting" if self.state == CONTESTED else "holder"


def _tellings(said: Sequence[Statement]) -> list[_Telling]:
    out = []
    for statement in said:
        first = statement.observations[0]
        claim = statement.item.claim
        if first.state == CONTESTED and claim.kind not in FOUGHT_INSIDE:
            continue
        if claim.kind == "hold" and claim.valid is not None and claim.valid.earliest is None:
            continue  # what was so at some time past is overtaken by what follows it
        out.append(_Telling(statement, first.day, first.state, first.affirms,
                            bool(statement.windows) and first.state != CONTESTED,
                            first.state == CONTESTED and claim.part is None))
    return sorted(out, key=lambda t: (t.day, t.state, t.affirms, t.statement.claim_ids))


def _contradict(early: _Telling, late: _Telling, gains: dict[str, list[float]],
                priors: Priors) -> bool:
    """Whether two tellings, the first not later than the second, cannot both be true."""
    if early.statement.item.origin == late.statement.item.origin:
        return False
    if early.state == late.state:
        exclusive = early.affirms != late.affirms
    else:
        exclusive = early.affirms and late.affirms
    if not exclusive:
        return False
    apart = late.day - early.day
    if CONTESTED in (early.state, late.state):
        if not _same_part(early, late):
            return False
        return apart <= priors.dispute_days and not (early.change or late.change) and (
            early.state == late.state or early.fought_inside or late.fought_inside)
    if late.change and late.affirms:
        return apart < priors.dispute_days
    if late.affirms and any(early.day < g <= late.day for g in gains.get(late.state, ())):
        return False
    return apart <= priors.dispute_reach_days


def _same_part(one: _Telling, other: _Telling) -> bool:
    """Whether quiet in one place would be disproved by fighting in the other: fighting in a part is
    fighting in the whole, but quiet in a part says nothing of the rest."""
    quiet, loud = (one, other) if other.state == CONTESTED and other.affirms else (other, one)
    part = quiet.statement.item.claim.part
    return part is None or part == loud.statement.item.claim.part


def _camps(tellings: Sequence[_Telling], priors: Priors) -> list[list[_Telling]]:
    """Groups of tellings joined by contradictions."""
    gains: dict[str, list[float]] = defaultdict(list)
    for t in tellings:
        if t.change and t.affirms:
            gains[t.state].append(t.day)
    leader = list(range(len(tellings)))

    def find(i: int) -> int:
        while leader[i] != i:
            leader[i] = leader[leader[i]]
            i = leader[i]
        return i
    involved = set()
    for late in range(len(tellings)):
        for early in range(late - 1, -1, -1):
            if tellings[late].day - tellings[early].day > priors.dispute_reach_days:
                break
            if _contradict(tellings[early], tellings[late], gains, priors):
                involved |= {early, late}
                leader[find(late)] = find(early)
    groups: dict[int, list[_Telling]] = defaultdict(list)
    for i in sorted(involved):
        groups[find(i)].append(tellings[i])
    return list(groups.values())


def _stance(members: Sequence[_Telling], state: str, affirms: bool, credence_p: float) -> Stance:
    items = [t.statement.item for t in members]
    best: dict[str, float] = {}
    voices = set()
    for t in members:
        first = t.statement.observations[0]
        origin = t.statement.item.origin
        best[origin] = max(best.get(origin, 0.0), first.logodds)
        voices.add(f"{first.bloc} {int(first.day)}" if first.bloc else origin)
    dates = [i.known_at for i in items if i.known_at is not None]
    return Stance(
        state, affirms, tuple(sorted({c for t in members for c in t.statement.claim_ids})),
        tuple(sorted(best)), tuple(sorted({i.origin_side for i in items if i.origin_side})),
        len(voices), sum(best[o] for o in sorted(best)), min(dates, default=None), credence_p)


def _credence(past: History, state: str, affirms: bool, about: datetime) -> float:
    p = float(past.posterior([about])[0][past.states.index(state)]) if state in past.states else 0.0
    return p if affirms else 1 - p


def _resolution(case: _Case, best: Stance, when: datetime,
                opened: datetime | None) -> tuple[datetime | None, tuple[str, ...]]:
    """Since when the winning stance has had ``resolved_p``, and the claims that were new then."""
    priors = case.priors
    if best.credence_p < priors.resolved_p:
        return None, ()
    dates = sorted({e.known_at for e in case.about if e.known_at is not None
                    and (opened is None or e.known_at >= opened)})
    resolved = None
    for date in reversed(dates):
        past = history(case.about, case.place.id, date, priors)
        if _credence(past, best.state, best.affirms, when) < priors.resolved_p:
            break
        resolved = date
    new = {e.claim.id for e in case.about if e.known_at == resolved and moves_belief(e)}
    return resolved, tuple(sorted(new)) if resolved is not None else ()


def disputes(evidence: Iterable[Evidence], places: Iterable[Place],
             known_at: datetime | None = None,
             priors: Priors | None = None) -> tuple[Dispute, ...]:
    """The contradictions about each of ``places`` in what is known at ``known_at``: open ones
    first, then the strongest (by the weight of the second camp)."""
    priors = priors or Priors()
    by_place: dict[str, list[Evidence]] = defaultdict(list)
    for item in known(evidence, known_at):
        by_place[item.place_id].append(item)
    out: list[Dispute] = []
    for place in places:
        about = by_place.get(place.id, [])
        groups = _camps(_tellings(statements(about, priors)), priors) if about else []
        if groups:
            case = _Case(place, about, history(about, place.id, None, priors), priors)
            out.extend(_dispute(group, case) for group in groups)
    return tuple(sorted(out, key=lambda d: (d.resolved is not None, -_strength(d), d.place.id,
                                            d.about)))


def _strength(dispute: Dispute) -> float:
    return sorted(s.weight_logodds for s in dispute.stances)[-2]


def _dispute(group: Sequence[_Telling], case: _Case) -> Dispute:
    camps: dict[tuple[str, bool], list[_Telling]] = defaultdict(list)
    for telling in group:
        camps[(telling.state, telling.affirms)].append(telling)
    when = instant(max(t.day for t in group))
    stances = sorted((_stance(members, *key, _credence(case.past, *key, when))
                      for key, members in camps.items()),
                     key=lambda s: (-s.credence_p, -s.weight_logodds, s.state, s.affirms))
    dates = sorted(s.first_known for s in stances if s.first_known is not None)
    opened = dates[1] if len(dates) > 1 else None
    resolved, new = _resolution(case, stances[0], when, opened)
    topic: Topic = "fighting" if all(t.topic == "fighting" for t in group) else "holder"
    return Dispute(case.place, topic, tuple(stances), when, opened, resolved, new)
