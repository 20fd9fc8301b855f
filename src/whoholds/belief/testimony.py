"""From evidence to testimonies: what each statement says of which state at which instant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import exp, log

from whoholds.belief.priors import Priors
from whoholds.core import CONTESTED, Evidence, Interval
from whoholds.core.times import TICK

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CONTROL = frozenset({"gain", "loss", "hold"})
LEAVING = "withdraw"
COMBAT = frozenset({"contest", "clash", "attack", "encircle", "enter", "strike", "approach"})
OWN_VOICE = "outlet"
AGENCY = "agency"
OFFICIALS = frozenset({"official", "spokesperson"})
ON_SCENE_MEDIA = frozenset({"eyewitness", "correspondent", "footage", "photo", "video"})


def days(instant: datetime) -> float:
    """Days since 1970-01-01 UTC."""
    return (instant - EPOCH) / timedelta(days=1)


def instant(day: float) -> datetime:
    """The instant, to the second, that lies ``day`` days after 1970-01-01 UTC."""
    return EPOCH + timedelta(seconds=round(day * 86400))


@dataclass(frozen=True, slots=True)
class Observation:
    """One statement about one instant: ``state`` (a side or *contested*) is so, or is not.

    ``logodds`` is its weight: of being right, before independence is accounted for; ``dated`` is
    False where only the news, not the text, puts a change after this instant. ``key`` is its
    testimony: origin, state, and whether it affirms. ``bloc`` is the bloc that it speaks in,
    ``feeds`` the one that takes over what it says.
    """

    day: float
    state: str
    affirms: bool
    logodds: float
    key: tuple[str, str, bool]
    bloc: str | None
    feeds: str | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """An interval, in days, in which a change of hands is told or a fight makes one likely:
    ``turnovers`` are expected in it, if what is told, with ``logodds``, is right."""

    start: float
    end: float
    logodds: float
    turnovers: float


@dataclass(frozen=True, slots=True)
class Statement:
    """What one claim says: observations, and the windows in which it puts a change. ``items`` are
    its evidence and that of its copies.

    ``undated`` marks a change of which only the latest instant is told: as news, it has a
    ``before`` observation and a window; as background, neither counts.
    """

    items: tuple[Evidence, ...]
    observations: tuple[Observation, ...]
    windows: tuple[Window, ...] = ()
    before: tuple[Observation, ...] = ()
    undated: bool = False

    @property
    def item(self) -> Evidence:
        """The evidence that speaks for its copies too."""
        return self.items[0]

    @property
    def claim_ids(self) -> tuple[str, ...]:
        """The ids of the claim and of those that only repeat it, sorted."""
        return tuple(sorted({e.claim.id for e in self.items}))

    @property
    def key(self) -> tuple[str, str, bool]:
        """The testimony that the statement belongs to: that of its main observation."""
        return self.observations[0].key


def known(evidence: Iterable[Evidence], known_at: datetime | None) -> list[Evidence]:
    """The evidence known by ``known_at``; all of it where that is None. Evidence of unknown date
    is known only when no date is asked."""
    if known_at is None:
        return list(evidence)
    return [e for e in evidence if e.known_at is not None and e.known_at <= known_at]


def moves_belief(item: Evidence) -> bool:
    """Whether a claim can say anything of who holds its place: control or combat, as a fact, at a
    time that is known."""
    claim = item.claim
    if claim.modality != "actual" or claim.valid is None:
        return False
    if claim.valid.earliest is None and claim.valid.latest is None:
        return False
    if claim.kind in CONTROL:
        return item.actor_side is not None or item.counterpart_side is not None
    if claim.kind == LEAVING:            # from a place that is named, not the one talked of before
        return item.actor_side is not None and claim.part is None and (
            claim.place is not None and claim.place.form != "implied")
    return claim.kind in COMBAT


def without_copies(evidence: Sequence[Evidence]) -> list[tuple[Evidence, ...]]:
    """Each original evidence, followed by that which only repeats it, in a fixed order.

    A claim in a report that copies another says nothing where the report it copies says the same
    of the same place; where that one is not known, the earliest copy speaks for all.
    """
    copied = {e.claim.report_id: e.copy_of for e in evidence if e.copy_of is not None}

    def root(report: str) -> str:
        seen = {report}
        while (above := copied.get(report)) is not None and above not in seen:
            seen.add(above)
            report = above
        return report

    groups: dict[tuple[object, ...], list[Evidence]] = defaultdict(list)
    for item in evidence:
        claim = item.claim
        groups[(root(item.copy_of or claim.report_id), claim.kind, item.actor_side,
                item.counterpart_side, claim.polarity, claim.part, item.by_set)].append(item)
    out: list[tuple[Evidence, ...]] = []
    for members in groups.values():
        originals = [e for e in members if e.copy_of is None]
        if not originals:
            first = min(members, key=_order)
            originals = [e for e in members if e.claim.report_id == first.claim.report_id]
        kept = {id(e) for e in originals}
        originals.sort(key=_order)
        copies = sorted((e for e in members if id(e) not in kept), key=_order)
        out.append((originals[0], *copies))
        out.extend((e,) for e in originals[1:])
    return sorted(out, key=lambda group: _order(group[0]))


def _order(item: Evidence) -> tuple[float, str, int, int, str, str]:
    return (days(item.known_at) if item.known_at else float("inf"), item.claim.report_id,
            item.claim.span.start, item.claim.span.end, item.claim.kind, item.origin)


def statement_p(item: Evidence, priors: Priors) -> float:
    """Probability that the claim is a statement of fact at all, rightly understood: the weakest of
    its reporting words and hedges, times the reader's and the resolver's confidence."""
    words = [priors.commitment_p.get(s.commitment, priors.other_hedge_p)
             for s in item.claim.sources]
    words += [priors.hedge_p.get(h.lower(), priors.other_hedge_p) for h in item.claim.hedges]
    set_p = priors.set_member_p if item.by_set else 1.0
    return min(words) * item.claim.confidence_p * item.resolution_p * set_p


def right_p(item: Evidence, priors: Priors) -> float:
    """Probability that a single claim is right, by its words and the class of its origin alone."""
    return statement_p(item, priors) / (1 + exp(-reliability_logodds(item, priors)))


def reliability_logodds(item: Evidence, priors: Priors) -> float:
    """Log-odds of the origin's being right about one statement: learned, else its class's."""
    learned = priors.origin_logodds.get(item.origin)
    if learned is not None:
        return learned
    return priors.class_logodds.get(item.origin_class, priors.class_logodds["unnamed"])


def _mixed(logodds: float, informative_p: float) -> float:
    """Log-odds of being right, where only with ``informative_p`` the statement says anything."""
    right = 0.5 + informative_p * (1 / (1 + exp(-logodds)) - 0.5)
    return log(right / (1 - right))


class _Speaker:
    """Makes the observations of one evidence: knows its origin, bloc, interest and confidence."""

    def __init__(self, items: tuple[Evidence, ...], sides: frozenset[str],
                 priors: Priors) -> None:
        self.items, self.sides, self.priors = items, sides, priors
        self.item = item = items[0]
        self.p = statement_p(item, priors)
        self.base = reliability_logodds(item, priors)
        medium = item.claim.sources[-1].medium
        self.bloc: str | None = None
        if item.origin_class == OWN_VOICE and medium not in ON_SCENE_MEDIA:
            self.bloc = OWN_VOICE
        elif item.origin_class in OFFICIALS and item.origin_side is not None:
            self.bloc = f"officials of {item.origin_side}"
        self.feeds = OWN_VOICE if item.origin_class == AGENCY else None

    def says(self, day: float, state: str, affirms: bool, factor: float = 1.0) -> Observation:
        logodds = _mixed(self.base * self._interest(state, affirms), self.p) * factor
        return Observation(day, state, affirms, logodds, (self.item.origin, state, affirms),
                           self.bloc, self.feeds)

    def _interest(self, state: str, affirms: bool) -> float:
        speaker = self.item.origin_side
        if speaker is None or state == CONTESTED or speaker not in self.sides:
            return 1.0
        favours = (state == speaker) == affirms
        return self.priors.own_gain_factor if favours else self.priors.admission_factor


def sides_named(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """The sides that the evidence names as actor or counterpart of a claim that moves belief."""
    return tuple(sorted({side for e in evidence if moves_belief(e)
                         for side in (e.actor_side, e.counterpart_side) if side is not None}))


def statements(evidence: Sequence[Evidence], priors: Priors) -> list[Statement]:
    """What the evidence about one place says, copies put together; in a fixed order."""
    moving = [e for e in evidence if moves_belief(e)]
    sides = frozenset(sides_named(moving))
    out = []
    gains: dict[str, list[Evidence]] = defaultdict(list)
    for item in moving:
        if item.claim.kind == "gain" and item.claim.polarity == "affirmed":
            gains[item.claim.report_id].append(item)
    for items in without_copies(moving):
        speaker = _Speaker(items, sides, priors)
        statement = _statement(items[0], speaker, gains[items[0].claim.report_id], priors)
        if statement is not None:
            out.append(statement)
    return out


def _statement(item: Evidence, speaker: _Speaker, gains: Sequence[Evidence],
               priors: Priors) -> Statement | None:
    claim = item.claim
    assert claim.valid is not None
    if claim.kind == LEAVING:
        return _left(item, claim.valid, speaker, priors)
    if claim.kind in COMBAT or claim.part is not None:
        return _combat(item, claim.valid, speaker, priors)
    if claim.kind == "hold":
        return _hold(item, _held_until(item, gains), speaker, priors)
    gainer, loser = item.actor_side, item.counterpart_side
    if claim.kind == "loss":
        gainer, loser = loser, gainer
    if claim.polarity == "denied":
        return _denied_change(claim.kind, gainer, loser, claim.valid, speaker)
    return _change(gainer, loser, claim.valid, speaker, priors)


def _by(latest: datetime, known_at: datetime | None) -> float:
    """The day by which something told has happened: the end of its own interval, or, where that is
    no later, the moment of speaking.

    Of that, only the end of the publication's interval is known. The last second before a quarter
    of an hour ends a day in some zone (nobody publishes to the second then): the moment of speaking
    is taken as the middle of that day, as for a present state.
    """
    spoken = min(latest, known_at) if known_at is not None else latest
    after = spoken + TICK
    whole_day = after.second == 0 and after.minute % 15 == 0
    if known_at is not None and latest < known_at:
        whole_day = False
    return days(spoken) - (0.5 if whole_day else 0.0)


def _state_day(valid: Interval, known_at: datetime | None, priors: Priors) -> float:
    """The instant for which a state that was so inside ``valid`` is taken to be told: the middle of
    a day, the last half day of anything longer, a while before an interval open to the past."""
    if valid.latest is None:
        assert valid.earliest is not None
        return days(valid.earliest)
    if valid.earliest is None:
        return _by(valid.latest, known_at) - priors.past_state_days
    latest = days(valid.latest)
    return latest - min((latest - days(valid.earliest)) / 2, 0.5)


def _held_until(item: Evidence, gains: Iterable[Evidence]) -> Interval:
    """When a state was so: before the change that the same sentence tells of the same interval.

    "The last post still in their hands fell": both are told of one day; no speaker contradicts
    himself in one sentence, so who gained comes after who held.
    """
    claim = item.claim
    assert claim.valid is not None
    start = claim.valid.earliest
    changed = any(g.claim.sentence == claim.sentence and g.claim.valid == claim.valid
                  and g.actor_side not in (None, item.actor_side) and g.claim.part is None
                  for g in gains)
    if changed and start is not None and claim.polarity == "affirmed":
        return Interval(start, start, claim.valid.granularity)
    return claim.valid


def _hold(item: Evidence, valid: Interval, speaker: _Speaker, priors: Priors) -> Statement | None:
    if item.actor_side is None:
        return None
    day = _state_day(valid, item.known_at, priors)
    seen = speaker.says(day, item.actor_side, item.claim.polarity == "affirmed")
    return Statement(speaker.items, (seen,))


def _denied_change(kind: str, gainer: str | None, loser: str | None, valid: Interval,
                   speaker: _Speaker) -> Statement | None:
    moment = valid.latest or valid.earliest
    assert moment is not None
    end = _by(moment, speaker.item.known_at)
    if kind == "gain" and gainer is not None:
        return Statement(speaker.items, (speaker.says(end, gainer, False),))
    if kind == "loss" and loser is not None:
        return Statement(speaker.items, (speaker.says(end, loser, True),))
    return None


def _change(gainer: str | None, loser: str | None, valid: Interval, speaker: _Speaker,
            priors: Priors) -> Statement | None:
    """A place that changed hands inside ``valid``: who has it at the end, who had it before."""
    if valid.latest is None:
        assert valid.earliest is not None
        valid = Interval(valid.earliest, valid.earliest, valid.granularity)
    assert valid.latest is not None
    undated = valid.earliest is None
    end = _by(valid.latest, speaker.item.known_at)
    begin = end - priors.undated_lag_days if valid.earliest is None else min(
        days(valid.earliest), end - priors.shortest_window_days)
    factor = priors.undated_before_factor if undated else priors.before_factor
    after, before = [], []
    if gainer is not None:
        after.append(speaker.says(end, gainer, True))
        before.append(speaker.says(begin, gainer, False, factor))
    if loser is not None:
        if gainer is None:
            after.append(speaker.says(end, loser, False))
        before.append(speaker.says(begin, loser, True, factor * priors.counterpart_factor))
    if not after:
        return None
    if speaker.item.by_set is not None:  # the set was completed then; each member fell when it did
        return Statement(speaker.items, tuple(after))
    logodds, turnovers = after[0].logodds, priors.turnovers_per_change
    windows = [Window(begin, end, logodds, turnovers)]
    if undated:
        windows.append(Window(end - priors.undated_recent_days, end, logodds, turnovers))
    return Statement(speaker.items, tuple(after), tuple(windows), tuple(before), undated)


def _left(item: Evidence, valid: Interval, speaker: _Speaker, priors: Priors) -> Statement | None:
    """Forces that withdrew from a place: weakly, their side does not hold it then."""
    moment = valid.latest or valid.earliest
    assert moment is not None
    assert item.actor_side is not None
    gone = item.claim.polarity == "affirmed"
    return Statement(speaker.items, (speaker.says(
        _by(moment, item.known_at), item.actor_side, not gone, priors.withdraw_factor),))


def _combat(item: Evidence, valid: Interval, speaker: _Speaker, priors: Priors) -> Statement:
    """Fighting over a place, or control of a part of it: contested, and weakly whose it was."""
    claim = item.claim
    day = _state_day(valid, item.known_at, priors)
    if claim.kind in COMBAT:
        weight = priors.combat_contested[claim.kind]
        if claim.part is not None:
            weight *= priors.partial_factor
    else:
        weight = priors.partial_factor
    affirms = claim.polarity == "affirmed"
    seen = [speaker.says(day, CONTESTED, affirms, weight)]
    if affirms and claim.part is None and claim.kind in COMBAT:
        against = priors.combat_not_attacker[claim.kind]
        if item.actor_side is not None and against:
            seen.append(speaker.says(day, item.actor_side, False, against))
            if item.counterpart_side is not None:
                seen.append(speaker.says(day, item.counterpart_side, True,
                                         against * priors.counterpart_factor))
    fights = affirms and claim.kind in COMBAT
    window = Window(day, day + priors.fight_days, speaker.says(day, CONTESTED, True).logodds,
                    priors.turnovers_per_fight * priors.combat_contested.get(claim.kind, 0.0))
    return Statement(speaker.items, tuple(seen), (window,) if fights else ())
