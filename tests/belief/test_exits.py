from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.belief.helpers import T0, evidence, place
from tests.belief.test_model import DAY, at, day, until
from whoholds.belief import exits, only_exit_p

WAYS = [place("north", place_type="crossing"), place("south", place_type="crossing"),
        place("field", place_type="airport"), place("town")]
AT = T0 + 5 * DAY


def _hold(place_id: str, side: str) -> list:  # type: ignore[type-arg]
    return [evidence("hold", side, at(4), place_id=place_id, origin=f"o{n}",
                     report=f"{place_id}{n}") for n in range(2)]


def test_the_last_way_out_is_marked() -> None:
    items = [*_hold("north", "a"), *_hold("south", "a"), *_hold("field", "b"), *_hold("town", "b")]
    found = exits(items, WAYS, AT)
    assert {x.place.id: x.last for x in found} == {"north": False, "south": False, "field": True}
    assert only_exit_p(found, "field", "a") == pytest.approx(
        found[1].belief.probability_p * found[2].belief.probability_p)


def test_exits_in_one_claim_stand_or_fall_together() -> None:
    whole = evidence("hold", "a", at(4), place_id="north")
    both = [replace(whole, place_id=i, by_set="set:all") for i in ("north", "south")]
    found = exits([*both, *_hold("field", "b")], WAYS, AT)
    north = next(x for x in found if x.place.id == "north")
    assert only_exit_p(found, "field", "a") == pytest.approx(north.belief.probability_p)


def test_open_and_closed_are_told_apart_and_dated() -> None:
    items = [evidence("open", None, at(1), place_id="north"),
             evidence("close", None, day(3), place_id="north", origin="o2", report="r2"),
             evidence("open", None, until(4), place_id="field", origin="o3", report="r3"),
             evidence("open", None, at(4), place_id="south", origin="o3", polarity="denied")]
    found = {x.place.id: x for x in exits(items, WAYS, AT)}
    assert {k: x.route for k, x in found.items()} == {
        "north": "closed", "field": "open", "south": "closed"}
    since = found["north"].since
    assert since is not None
    assert T0 + 1 * DAY < since <= T0 + 4 * DAY
    early = {x.place.id: x for x in exits(items, WAYS, T0 + 2 * DAY, T0 + 2 * DAY)}
    assert early["north"].route == "open"
    assert early["field"].route == "unknown"
    assert early["field"].open_p is None


def test_copies_do_not_open_a_border() -> None:
    said = evidence("open", None, at(4), place_id="north")
    denied = [evidence("close", None, at(4), place_id="north", origin=f"d{n}", report=f"d{n}")
              for n in range(2)]
    copies = [evidence("open", None, at(4), place_id="north", origin=f"c{n}", report=f"c{n}",
                       copy_of="r", known_at=T0 + 4 * DAY + timedelta(hours=n)) for n in range(9)]
    assert exits([said, *denied, *copies], WAYS, AT)[-1].route == "closed"
    assert exits([said, *denied, *copies], WAYS, AT)[-1].open_p == exits(
        [said, *denied], WAYS, AT)[-1].open_p
