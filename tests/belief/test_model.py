"""What beliefs must do whatever the evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.belief.helpers import T0, evidence, place
from tests.belief.strategies import some
from whoholds.belief import Priors, beliefs, contributions, disputes, history
from whoholds.core import CONTESTED, Belief, Evidence, Interval

AT = T0 + timedelta(days=12)
DAY = timedelta(days=1)


def day(n: int) -> Interval:
    return Interval(T0 + n * DAY, T0 + (n + 1) * DAY - timedelta(seconds=1))


def at(n: float) -> Interval:
    return Interval(T0 + n * DAY, T0 + n * DAY, "second")


def until(n: float) -> Interval:
    return Interval(None, T0 + n * DAY)


def _belief(items: list[Evidence], when: datetime = AT, known_at: datetime | None = None) -> Belief:
    return beliefs(items, [place()], when, known_at)[0]


def _p(items: list[Evidence], side: str, when: datetime = AT) -> float:
    return dict(_belief(items, when).states).get(side, 0.0)


def _bare(found: Belief) -> Belief:
    return replace(found, evidence=())


@settings(max_examples=60, deadline=None)
@given(some(), st.randoms(use_true_random=False))
def test_order_is_irrelevant(items: list[Evidence], random: object) -> None:
    shuffled = list(items)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert _belief(items) == _belief(shuffled)
    assert contributions(items, "p", AT) == contributions(shuffled, "p", AT)
    assert disputes(items, [place()]) == disputes(shuffled, [place()])


@settings(max_examples=60, deadline=None)
@given(some(), st.integers(0, 25), st.integers(0, 25))
def test_what_is_known_later_moves_nothing(items: list[Evidence], known: int, when: int) -> None:
    cut = T0 + known * DAY
    then = [e for e in items if e.known_at is not None and e.known_at <= cut]
    moment = T0 + when * DAY
    assert _belief(items, moment, cut) == _belief(then, moment, cut)
    assert contributions(items, "p", moment, cut) == contributions(then, "p", moment, cut)
    assert disputes(items, [place()], cut) == disputes(then, [place()], cut)


def test_evidence_of_unknown_date_is_known_only_when_no_date_is_asked() -> None:
    undated = replace(evidence("hold", "a", at(1)), known_at=None)
    assert _belief([undated]).holder == "a"
    assert _belief([undated], known_at=AT).holder is None


@settings(max_examples=60, deadline=None)
@given(some(1), st.integers(1, 50), st.integers(0, 100))
def test_verbatim_copies_change_nothing_at_all(items: list[Evidence], count: int,
                                               later: int) -> None:
    report = items[0].claim.report_id
    copies = [replace(e, claim=replace(e.claim, report_id=f"copy{n}"), copy_of=report,
                      origin=f"{e.origin}{n}" if e.origin_class == "outlet" else e.origin,
                      known_at=e.known_at + timedelta(hours=later) if e.known_at else None)
              for n in range(count) for e in items if e.claim.report_id == report]
    assert _bare(_belief(items + copies)) == _bare(_belief(items))


def test_of_copies_alone_the_earliest_speaks() -> None:
    first = evidence("gain", "a", day(1), report="c1", copy_of="lost")
    second = evidence("gain", "a", day(2), report="c2", copy_of="lost", origin="p")
    assert _bare(_belief([first, second])) == _bare(_belief([first]))


def test_copies_of_copies_lead_to_the_original() -> None:
    original = evidence("gain", "a", day(1), report="r1")
    copy = evidence("gain", "a", day(1), report="r2", copy_of="r1", origin="p")
    again = evidence("gain", "a", day(1), report="r3", copy_of="r2", origin="q")
    assert _bare(_belief([original, copy, again])) == _bare(_belief([original]))


@settings(max_examples=60, deadline=None)
@given(some(), some(1, 6), st.sampled_from(
    ["possible", "planned", "ordered", "demanded", "promised", "forecast"]))
def test_other_modalities_move_nothing(items: list[Evidence], more: list[Evidence],
                                       modality: str) -> None:
    never = [replace(e, actor_side="c", claim=replace(e.claim, modality=modality,  # type: ignore[arg-type]
                                                      report_id="m" + e.claim.report_id))
             for e in more]
    assert _bare(_belief(items + never)) == _bare(_belief(items))


@settings(max_examples=40, deadline=None)
@given(some(), some(place_id="q"))
def test_a_place_depends_on_its_own_evidence_alone(here: list[Evidence],
                                                   there: list[Evidence]) -> None:
    together = beliefs([*there, *here], [place("q"), place("p")], AT)
    assert together == (beliefs(there, [place("q")], AT)[0], beliefs(here, [place("p")], AT)[0])


@settings(max_examples=40, deadline=None)
@given(some())
def test_probabilities_are_probabilities(items: list[Evidence]) -> None:
    found = _belief(items)
    assert sum(p for _, p in found.states) == pytest.approx(1)
    assert all(0 <= p <= 1 for _, p in found.states)
    assert [p for _, p in found.states] == sorted((p for _, p in found.states), reverse=True)
    if found.since_earliest and found.since_latest:
        assert found.since_earliest <= found.since_latest <= AT


def test_a_gain_is_a_change_inside_its_day() -> None:
    items = [evidence("hold", "b", at(0)), evidence("gain", "a", day(3), origin="o2")]
    assert _belief(items, T0 + 2 * DAY).holder == "b"
    assert _belief(items, T0 + 5 * DAY).holder == "a"
    change = history(items, "p", None, Priors()).changes()[-1]
    assert (change.from_side, change.to_side) == ("b", "a")
    assert change.median is not None
    assert T0 + 3 * DAY <= change.median < T0 + 4 * DAY


def test_a_gain_without_a_day_is_recent_news() -> None:
    items = [evidence("gain", "a", until(10))]
    median = history(items, "p", None, Priors()).change_median("a")
    assert median is not None
    assert T0 + 7 * DAY <= median <= T0 + 10 * DAY


def test_a_gain_told_again_as_background_is_no_second_gain() -> None:
    first = [evidence("hold", "b", at(0)), evidence("gain", "a", day(3), origin="o2")]
    again = [evidence("gain", "a", until(20 + n), origin=f"later{n}") for n in range(10)]
    past = history(first + again, "p", None, Priors())
    assert [c.to_side for c in past.changes()] == ["b", "a"] or len(past.changes()) == 1
    assert past.changes()[-1].median is not None
    assert past.changes()[-1].median < T0 + 4 * DAY


def test_recapture_is_a_second_change() -> None:
    items = [evidence("hold", "b", at(0)), evidence("gain", "a", day(3), origin="o2"),
             evidence("gain", "b", until(9), origin="o3"),
             evidence("gain", "a", until(15), origin="o4")]
    past = history(items, "p", None, Priors())
    assert [(c.from_side, c.to_side) for c in past.changes()][-3:] == [
        ("b", "a"), ("a", "b"), ("b", "a")]


def test_loss_names_who_holds_it_no_more() -> None:
    items = [evidence("hold", "b", at(0)), evidence("loss", "b", day(3), origin="o2")]
    assert _p(items, "b", T0 + 2 * DAY) > 0.7
    assert _p(items, "b", T0 + 5 * DAY) < 0.35


def test_the_loser_held_it_before() -> None:
    items = [evidence("gain", "a", day(3), counterpart="b")]
    assert _p(items, "b", T0 + 2 * DAY) > _p(items, "a", T0 + 2 * DAY)
    assert _p(items, "a", T0 + 4 * DAY) > 0.7


def test_a_denial_counts_against() -> None:
    claim = evidence("gain", "a", day(3), origin_class="social media")
    denial = evidence("gain", "a", day(3), origin="o2", polarity="denied")
    assert _p([claim, denial], "a") < _p([claim], "a")


def test_fighting_speaks_of_contest_and_not_of_a_holder() -> None:
    items = [evidence("hold", "b", at(0)), evidence("clash", "a", at(3), origin="o2"),
             evidence("enter", "a", at(3), origin="o3")]
    when = T0 + 3.1 * DAY
    assert _p(items, CONTESTED, when) > 2 * _p(items[:1], CONTESTED, when)
    assert _p(items, "a", when) < 0.15


def test_a_part_never_speaks_for_the_whole() -> None:
    held = [evidence("hold", "b", at(0)), evidence("hold", "b", at(4), origin="o3")]
    part = evidence("gain", "a", day(3), origin="o2", part="northern outskirts")
    assert _belief([*held, part], T0 + 4 * DAY).holder == "b"
    assert _p([*held, part], "a", T0 + 4 * DAY) < 0.1


def test_own_gains_count_less_and_admissions_more() -> None:
    def said_by(side: str | None) -> float:
        other = evidence("hold", "b", at(0))
        gain = evidence("gain", "a", day(3), origin="o2", origin_class="official", origin_side=side)
        return _p([other, gain], "a")
    assert said_by("a") < said_by(None) < said_by("b")


def test_hedges_and_doubts_of_the_reader_cost_weight() -> None:
    sure = _p([evidence("gain", "a", day(3))], "a")
    assert _p([evidence("gain", "a", day(3), hedges=("unconfirmed",))], "a") < sure
    assert _p([evidence("gain", "a", day(3), hedges=("in a manner of speaking",))], "a") < sure
    assert _p([evidence("gain", "a", day(3), confidence_p=0.6)], "a") < sure
    assert _p([evidence("gain", "a", day(3), resolution_p=0.6)], "a") < sure
    assert _p([evidence("gain", "a", day(3), commitment="hearsay")], "a") < sure


def test_what_has_no_date_moves_nothing() -> None:
    assert _belief([evidence("gain", "a", None)]).holder is None
    assert _belief([evidence("gain", "a", Interval(None, None, "open"))]).holder is None


def test_repeating_oneself_at_once_adds_nothing() -> None:
    once = [evidence("hold", "a", at(3), origin="x")]
    often = [evidence("hold", "a", at(3), origin="x", report=f"r{n}") for n in range(9)]
    assert _p(once + often, "a") == _p(once, "a")
    weeks = [*once, evidence("hold", "a", at(11), origin="x", report="r9")]
    assert _p(weeks, "a") > _p(once, "a")


def test_own_voices_of_a_day_are_one_bloc() -> None:
    def voices(count: int, origin_class: str) -> float:
        return _p([evidence("hold", "a", at(3), origin=f"x{n}", origin_class=origin_class,
                            report=f"r{n}") for n in range(count)], "a", T0 + 3 * DAY)
    assert voices(20, "agency") > 0.999
    assert voices(50, "outlet") == pytest.approx(voices(3, "outlet"), abs=0.01)
    assert voices(50, "outlet") < 0.95


@pytest.mark.parametrize("hours", [0, 20])
def test_fifty_rewritten_stories_move_next_to_nothing(hours: int) -> None:
    items = [evidence("hold", "b", at(0)), evidence("gain", "a", until(3.9), origin="first",
                                                    origin_class="outlet")]
    rewritten = [evidence("gain", "a", until(3.9 + n * hours / 1200), origin=f"x{n}",
                          origin_class="outlet", report=f"x{n}") for n in range(50)]
    assert _p(items + rewritten, "a") == pytest.approx(_p(items, "a"), abs=0.01)


@pytest.mark.parametrize("hours", [1, 20])
def test_outlets_that_print_what_an_agency_sent_add_nothing(hours: int) -> None:
    sent = [evidence("hold", "b", at(0)), evidence("gain", "a", until(3.9), origin="wire")]
    printed = [evidence("gain", "a", until(3.9 + hours / 24), origin=f"x{n}",
                        origin_class="outlet", report=f"x{n}") for n in range(50)]
    assert _p(sent + printed, "a") == pytest.approx(_p(sent, "a"), abs=0.01)
    later = [evidence("hold", "a", at(9), origin="y", origin_class="outlet", report="y")]
    assert _p(sent + later, "a", T0 + 9 * DAY) > _p(sent, "a", T0 + 9 * DAY)


def test_two_witnesses_outweigh_five_copies_of_one_story() -> None:
    wire = [evidence("hold", "a", at(3), origin="wire", report=f"r{n}", outlet=f"x{n}")
            for n in range(5)]
    witnesses = [evidence("hold", "b", at(3), origin=f"w{n}", report=f"w{n}") for n in range(2)]
    assert _p(wire + witnesses, "b") > _p(wire + witnesses, "a")


def test_a_stubborn_denial_does_not_outweigh_the_fall() -> None:
    stubborn = [evidence("hold", "b", at(n), origin="ministry", origin_class="official",
                         origin_side="b", report=f"m{n}") for n in range(12)]
    fall = [evidence("gain", "a", day(6), origin=f"w{n}", report=f"w{n}") for n in range(3)]
    assert _belief(stubborn + fall, T0 + 11 * DAY).holder == "a"


def test_contributions_tell_alone_and_left_out() -> None:
    items = [evidence("hold", "b", at(0)),
             *(evidence("gain", "a", day(3), origin=f"w{n}", report=f"w{n}") for n in range(5)),
             evidence("gain", "a", day(3), origin="w0", report="w9")]
    moved = contributions(items, "p", AT)
    assert {c.holder for c in moved} == {"a"}
    assert sum(len(c.claim_ids) for c in moved) == 7
    supporting = [c for c in moved if c.weight_logodds > 1]
    assert len(supporting) == 5
    assert all(c.without_p > 0.95 for c in supporting)
    assert abs(moved[0].weight_logodds) >= abs(moved[-1].weight_logodds)


def test_silence_slowly_loses_what_was_known() -> None:
    items = [evidence("hold", "a", at(0), origin=f"o{n}") for n in range(5)]
    month, years = (_p(items, "a", T0 + n * DAY) for n in (30, 2000))
    assert month > 0.88
    assert years < 0.6


def test_who_held_it_still_held_it_before_the_change_of_the_same_sentence() -> None:
    span = Interval(T0 + 3 * DAY, T0 + 5 * DAY - timedelta(seconds=1))
    items = [evidence("gain", "a", span, start=20), evidence("hold", "b", span, start=1)]
    same = [replace(e, claim=replace(e.claim, sentence=items[0].claim.sentence)) for e in items]
    assert _belief(same).holder == "a"
    assert _p(same, "b", T0 + 3 * DAY) > _p(same, "a", T0 + 3 * DAY)


def test_what_is_told_has_happened_by_the_time_of_speaking() -> None:
    today = [evidence("gain", "a", day(3))]
    late = [evidence("gain", "a", day(3), known_at=T0 + 6 * DAY)]
    afternoon = T0 + 3.6 * DAY
    assert _p(today, "a", afternoon) > _p(late, "a", afternoon)
    assert _p(late, "a", T0 + 4 * DAY) > 0.75


def test_a_set_completed_does_not_date_the_change_of_each_member() -> None:
    whole = [evidence("gain", "a", day(9), by_set="set:all")]
    assert _belief(whole).holder == "a"
    assert history(whole, "p", None, Priors()).changes() == ()
    assert len(history([evidence("gain", "a", day(9))], "p", None, Priors()).changes()) == 1


def test_a_report_may_take_sentences_from_two_others() -> None:
    wire = evidence("gain", "a", day(1), report="w1", origin="w")
    other = evidence("hold", "a", day(2), report="w2", origin="v")
    taken = evidence("gain", "a", day(3), report="h", origin="p", copy_of="w1")
    also = evidence("hold", "a", day(3), report="h", origin="q", start=20, copy_of="w2")
    assert _bare(_belief([wire, other, taken, also])) == _bare(_belief([wire, other]))


def test_forces_that_leave_hold_the_place_less_surely() -> None:
    held = [evidence("hold", "a", at(0)), evidence("hold", "b", at(0), origin="y", start=20)]
    left = [evidence("withdraw", "a", until(3.9), origin="x", report="x")]
    assert _p(held + left, "a") < _p(held, "a")
    unnamed = [evidence("withdraw", "a", until(3.9), origin="x", report="x", part="north")]
    assert _p(held + unnamed, "a") == _p(held, "a")
