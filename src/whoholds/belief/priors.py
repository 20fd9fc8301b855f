"""Every number that belief rests on, in one frozen table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


def _table(**values: float) -> Mapping[str, float]:
    return MappingProxyType({name.replace("_", " "): value for name, value in values.items()})


def _class_logodds() -> Mapping[str, float]:
    return _table(baseline=4.6, agency=2.8, document=2.6, outlet=2.5, official=2.4, resident=2.1,
                  person=1.9, spokesperson=1.8, anonymous=1.6, media=1.3, unnamed=1.0,
                  social_media=0.8)


def _commitment_p() -> Mapping[str, float]:
    return _table(confirmed=1.0, said=0.97, denied=0.97, reported=0.85, claimed=0.8, assessed=0.8,
                  hearsay=0.6)


def _hedge_p() -> Mapping[str, float]:
    return _table(unconfirmed=0.6, unverified=0.6, rumoured=0.5, rumored=0.5, rumour=0.5,
                  rumor=0.5, purported=0.6, purportedly=0.6, supposedly=0.6, alleged=0.65,
                  allegedly=0.65, possibly=0.5, perhaps=0.5, said_to=0.65, said_to_be=0.65,
                  reportedly=0.75, apparently=0.7, reported=0.85, claimed=0.8, claiming=0.8,
                  claim=0.8, believed=0.7, likely=0.7, probably=0.7)


def _combat_contested() -> Mapping[str, float]:
    return _table(contest=0.8, clash=0.6, enter=0.5, attack=0.4, encircle=0.3, strike=0.15,
                  approach=0.1)


def _combat_not_attacker() -> Mapping[str, float]:
    return _table(contest=0.0, clash=0.0, enter=0.15, attack=0.25, encircle=0.35, strike=0.25,
                  approach=0.4)


@dataclass(frozen=True, slots=True)
class Priors:
    """What belief supposes before it has read anything. Each number: unit; what chose it. Where no
    measurement is named, judgement did.

    The chain of one place (time in days; *turnovers* are the chain's own clock, in which a side
    leaves at rate 1):

    - ``quiet_turnovers_per_day``: changes of hands a side suffers per day while no report tells of
      one: low enough that a month of silence leaves 0.92 of a certainty standing. On the
      simulator, whose places change hands every 40 days, 1/365 is better than 1/180, 1/120 and
      1/60 in all scenarios: the windows of the changes told do the work.
    - ``turnovers_per_change``: expected turnovers spent over the interval in which a report puts a
      change. One change told is one change.
    - ``turnovers_per_fight``, ``fight_days``: the same over so many days after a fight is told,
      times the kind's weight in ``combat_contested``: a place fought over is the one that falls,
      though nobody tells the hour. On the simulator the Brier score of the adversarial scenario
      falls from 0.127 without to 0.114, of the copying one from 0.228 to 0.219; 1 is no better.
    - ``shortest_window_days``: a change told to the second is spread over this long (an hour:
      places do not fall in a second).
    - ``to_contested`` and ``to_other``: shares of a side's departures that lead to a fight without
      a holder, and to a side nobody named; the rest goes to the other named sides alike.
    - ``contested_weight``, ``other_weight``: long-run share of *contested* and *other* against one
      named side (1). With ``to_contested`` a contested place stays so a tenth to an eighth as
      long as a held one.

    Reading testimony (log-odds of being right about one statement; factors without unit):

    - ``class_logodds``: by class of the origin: 2.5 is right 12 times in 13. Meant to be
      replaced by learned rates.
    - ``origin_logodds``: learned, by origin, in place of its class's (``sources.fit``).
    - ``commitment_p``, ``hedge_p``, ``other_hedge_p``: probability that the statement is one at
      all, by the weakest reporting word in its chain and by its hedges. *Unconfirmed* is meant to
      cost most of the weight, *said* next to none. Each hedge is looked up in lower case.
    - ``set_member_p``: the same for one member of a set of which all is said ("all crossings"):
      such sums are drawn up in haste.
    - ``own_gain_factor``, ``admission_factor``: what a side says to its own advantage, and to its
      own cost, times this. An own claim is worth half; an admission half as much again. On the
      simulator's biased scenario the Brier score is 0.041 so, 0.055 with a quarter and 0.100 with
      neither.
    - ``contested_confusion``: share of "X holds it" that is said of places still fought over.
    - ``before_factor``: weight of *not X before* against that of *X after* in a dated gain. Below
      one, so that of two dates told for one change both stay open.
    - ``undated_lag_days``, ``undated_recent_days``, ``undated_before_factor``: a change told
      without a date, as news, lies at most the first so many days back, most likely within the
      second, with that weight against *X before* it; only the first telling is news. Chosen for
      the coverage of *since* on the simulator.
    - ``past_state_days``: "was held by" without a date, and fights without one, lie so far back.
    - ``counterpart_factor``: weight of "the one that lost it held it before".
    - ``combat_contested``, ``combat_not_attacker``: by kind, weight of *contested* and of *the
      attacker does not hold it* against that of a statement of holding.
    - ``withdraw_factor``: weight of "its side does not hold it" where forces withdrew from a place:
      some leave, others stay.
    - ``partial_factor``: weight of *contested* in a claim about a part of the place.

    Independence:

    - ``repeat_days``: an origin that repeats itself after d days adds 1 - exp(-d / this) of a
      testimony; at once, nothing. On the simulator longer is better against liars (Brier score 0.18
      at 1, 0.14 at 3, 0.11 at 10) and worse with partisans (0.040, 0.041, 0.047).
    - ``bloc_cap``: all own-voice outlets of one day, or all officials of one side, together weigh
      at most this many times their strongest. On the simulator's copying scenario the Brier score
      is 0.22 at 1, 0.24 at 2 and 0.25 without a cap.

    Answers:

    - ``holder_p``: a side with this probability is the holder; ``contested_p``: above it a place
      is shown as contested; ``since_mass_p``: the share that the interval of *since* covers.
    - ``dispute_days``: two statements so close in time, one of a change, contradict each other;
      further apart the change explains both (reports date by the day). ``dispute_reach_days``: a
      statement of holding contradicts another side's up to so much earlier, if no change is told in
      between. ``resolved_p``: a dispute or a forecast is resolved where one answer has this
      probability.
    - ``route_turnovers_per_day``: how often a way out opens or closes while nothing is told of it:
      crossings close and open again within days or weeks.
    """

    quiet_turnovers_per_day: float = 1 / 365
    turnovers_per_change: float = 1.0
    turnovers_per_fight: float = 0.5
    fight_days: float = 3.0
    shortest_window_days: float = 1 / 24
    to_contested: float = 0.35
    to_other: float = 0.05
    contested_weight: float = 0.1
    other_weight: float = 0.1
    class_logodds: Mapping[str, float] = field(default_factory=_class_logodds)
    origin_logodds: Mapping[str, float] = field(default_factory=_table)
    commitment_p: Mapping[str, float] = field(default_factory=_commitment_p)
    hedge_p: Mapping[str, float] = field(default_factory=_hedge_p)
    other_hedge_p: float = 0.75
    set_member_p: float = 0.85
    own_gain_factor: float = 0.5
    admission_factor: float = 1.5
    contested_confusion: float = 0.15
    before_factor: float = 0.7
    undated_lag_days: float = 3.0
    undated_recent_days: float = 0.75
    undated_before_factor: float = 0.5
    past_state_days: float = 1.0
    counterpart_factor: float = 0.7
    combat_contested: Mapping[str, float] = field(default_factory=_combat_contested)
    combat_not_attacker: Mapping[str, float] = field(default_factory=_combat_not_attacker)
    withdraw_factor: float = 0.5
    partial_factor: float = 0.4
    repeat_days: float = 5.0
    bloc_cap: float = 1.0
    holder_p: float = 0.5
    contested_p: float = 0.3
    since_mass_p: float = 0.9
    dispute_days: float = 1.0
    dispute_reach_days: float = 7.0
    resolved_p: float = 0.9
    route_turnovers_per_day: float = 1 / 10
