"""Random evidence about one place."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st

from tests.belief.helpers import T0, evidence
from whoholds.core import Evidence, Interval

KINDS = ["gain", "loss", "hold", "hold", "gain", "clash", "attack", "encircle", "enter", "contest",
         "strike", "approach"]
CLASSES = {"o1": ("agency", None), "o2": ("official", "a"), "o3": ("spokesperson", "b"),
           "o4": ("outlet", None), "o5": ("outlet", None), "o6": ("official", "a")}


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    end = T0 + timedelta(hours=draw(st.integers(0, 40)) * 12)
    length = draw(st.sampled_from([None, 0, 6, 24, 24, 72, 400]))
    return Interval(None if length is None else end - timedelta(hours=length), end)


@st.composite
def one(draw: st.DrawFn, place_id: str = "p") -> Evidence:
    origin = draw(st.sampled_from(sorted(CLASSES)))
    origin_class, side = CLASSES[origin]
    serial = draw(st.integers(0, 10**6))
    valid = draw(intervals())
    assert valid.latest is not None
    return evidence(
        draw(st.sampled_from(KINDS)), draw(st.sampled_from(["a", "b", None])), valid,
        place_id=place_id, counterpart=draw(st.sampled_from(["a", "b", None, None, None])),
        polarity=draw(st.sampled_from(["affirmed", "affirmed", "denied"])),
        part=draw(st.sampled_from([None, None, None, "outskirts"])), origin=origin,
        origin_class=origin_class, origin_side=side, outlet="x",
        known_at=valid.latest + timedelta(hours=draw(st.integers(0, 72))),
        hedges=draw(st.sampled_from([(), (), ("unconfirmed",)])), report=f"r{serial}",
        start=serial)


def some(low: int = 0, high: int = 12, place_id: str = "p") -> st.SearchStrategy[list[Evidence]]:
    return st.lists(one(place_id), min_size=low, max_size=high)
