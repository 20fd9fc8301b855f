from __future__ import annotations

from datetime import timedelta

from tests.belief.helpers import T0, evidence, place
from tests.belief.test_model import DAY, at, day
from whoholds.belief import Dispute, disputes
from whoholds.core import Evidence


def _found(items: list[Evidence]) -> tuple[Dispute, ...]:
    return disputes(items, [place()])


CLAIM = evidence("gain", "a", day(3), origin="a's spokesman", origin_class="spokesperson",
                 origin_side="a")
DENIAL = evidence("gain", "a", day(3), origin="ministry", origin_class="spokesperson",
                  origin_side="b", polarity="denied", report="r2", known_at=T0 + 4.5 * DAY)


def test_claim_and_denial_are_a_dispute_with_two_camps() -> None:
    dispute = _found([CLAIM, DENIAL])[0]
    assert dispute.topic == "holder"
    assert dispute.opened == T0 + 4.5 * DAY
    assert dispute.resolved is None
    assert {(s.state, s.affirms, s.origin_sides) for s in dispute.stances} == {
        ("a", True, ("a",)), ("a", False, ("b",))}


def test_a_dispute_is_resolved_when_witnesses_settle_it() -> None:
    later = [evidence("hold", "a", at(6), origin=f"w{n}", report=f"w{n}") for n in range(3)]
    dispute = _found([CLAIM, DENIAL, *later])[0]
    assert dispute.stances[0].state == "a"
    assert dispute.stances[0].affirms
    assert dispute.resolved == T0 + 6 * DAY
    assert set(dispute.resolved_by) == {e.claim.id for e in later}


def test_succession_is_no_dispute() -> None:
    assert _found([evidence("hold", "b", at(0)), evidence("gain", "a", day(3), origin="o2")]) == ()
    recaptured = [evidence("gain", "a", day(3)), evidence("gain", "b", day(6), origin="o2"),
                  evidence("hold", "b", at(7), origin="o3")]
    assert _found(recaptured) == ()


def test_a_holding_claimed_after_anothers_gain_is_a_dispute() -> None:
    items = [evidence("gain", "a", day(3)), evidence("hold", "b", at(5), origin="o2")]
    assert len(_found(items)) == 1


def test_one_origin_does_not_dispute_with_itself() -> None:
    assert _found([evidence("gain", "a", day(3)), evidence("hold", "b", at(4))]) == ()


def test_quiet_in_the_centre_does_not_deny_fighting_in_the_outskirts() -> None:
    loud = evidence("clash", "a", at(3), part="outskirts")
    quiet = evidence("clash", None, at(3), origin="o2", polarity="denied")
    centre = evidence("clash", None, at(3), origin="o2", polarity="denied", part="centre")
    assert _found([loud, centre]) == ()
    assert [d.topic for d in _found([loud, quiet])] == ["fighting"]


def test_independence_is_counted_by_voices() -> None:
    ours = [evidence("hold", "b", at(3.2), origin=f"x{n}", origin_class="outlet", report=f"x{n}")
            for n in range(5)]
    theirs = [evidence("hold", "a", at(3.1), origin=f"w{n}", report=f"w{n}") for n in range(2)]
    stances = {s.state: s for s in _found(ours + theirs)[0].stances}
    assert stances["b"].independent == 1
    assert stances["a"].independent == 2
    assert len(stances["b"].origins) == 5


def test_two_quarrels_weeks_apart_are_two() -> None:
    second = [evidence("hold", "a", at(40), origin="o3"),
              evidence("hold", "b", at(40), origin="o4")]
    found = _found([CLAIM, DENIAL, *second])
    assert len(found) == 2
    assert abs(found[0].about - found[1].about) > timedelta(days=30)
