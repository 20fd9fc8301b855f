from __future__ import annotations

from datetime import timedelta

from tests.belief.helpers import T0, evidence, place
from tests.belief.test_model import DAY, at, day, until
from whoholds.belief import changes, timeline

TOLD = [
    evidence("hold", "b", at(0)),
    evidence("attack", "a", day(2), origin="o2", report="r2"),
    evidence("attack", "a", until(2.5), origin="o3", report="r3"),
    evidence("attack", "a", day(9), origin="o3", report="r9"),
    evidence("gain", "a", day(3), origin="o2", report="r4"),
    evidence("evacuate", "c", day(1), origin="o4", report="r5"),
    evidence("evacuate", "c", day(1), origin="o5", report="r6", modality="planned")]


def test_events_come_in_order_and_tellings_of_one_are_one() -> None:
    found = timeline(TOLD, [place()])
    assert [(e.kind, e.actor_side) for e in found] == [
        ("evacuate", "c"), ("attack", "a"), ("change", "a"), ("attack", "a")]
    attack = found[1]
    assert attack.earliest == T0 + 2 * DAY
    assert attack.latest == T0 + 2.5 * DAY
    assert attack.origins == ("o2", "o3")
    assert attack.probability_p > found[0].probability_p
    change = found[2]
    assert change.counterpart_side == "b"
    assert change.median is not None
    assert T0 + 3 * DAY <= change.median <= T0 + 4 * DAY
    assert change.claim_ids == (TOLD[4].claim.id,)


def test_a_period_keeps_what_may_lie_in_it() -> None:
    found = timeline(TOLD, [place()], valid=(T0 + 8 * DAY, T0 + 12 * DAY))
    assert [e.kind for e in found] == ["attack"]


def test_what_is_not_known_yet_is_not_told() -> None:
    found = timeline(TOLD, [place()], known_at=T0 + 2 * DAY)
    assert [e.kind for e in found] == ["evacuate"]


def test_changes_since_the_last_brief() -> None:
    first, second = T0 + 2.9 * DAY, T0 + 5 * DAY
    found = changes(TOLD, [place(), place("quiet")], (first, first), (second, second))
    assert [(d.place.id, d.what, d.before.holder, d.after.holder) for d in found] == [
        ("p", "holder", "b", "a")]
    assert set(found[0].claim_ids) == {TOLD[1].claim.id, TOLD[4].claim.id}
    assert changes(TOLD, [place()], (second, second),
                   (second + timedelta(minutes=1), second)) == ()
