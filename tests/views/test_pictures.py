"""Pictures: well-formed, harmless, and saying what they should."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.views.world import BELIEFS, JALALABAD, KABUL, NAMES, NOWHERE, T0, belief
from whoholds.core import UsageError
from whoholds.views.models import Outline
from whoholds.views.pictures import bands_svg, map_svg, png, timeline_svg
from whoholds.views.timeline import EventView

SQUARE = Outline("Square", (((60.0, 29.0), (75.0, 29.0), (75.0, 39.0), (60.0, 39.0)),))
STATES = ("actor:taliban", "actor:government", "contested", "other")
TIMES = [T0 - timedelta(days=2), T0 - timedelta(days=1), T0]
ROWS = [(0.0, 1.0, 0.0, 0.0), (0.4, 0.5, 0.1, 0.0), (0.95, 0.0, 0.05, 0.0)]
FELL = EventView(JALALABAD, "change", "actor:taliban", None, T0 - timedelta(days=1), T0,
                 T0 - timedelta(hours=3), 0.9, 2, ())


def texts(svg: str) -> list[str]:
    root = ElementTree.fromstring(svg)
    return [e.text or "" for e in root.iter() if e.tag.endswith("}text")]


def test_the_map_names_places_and_the_sides_that_hold_any() -> None:
    svg = map_svg("A war", BELIEFS, NAMES, [SQUARE])
    told = texts(svg)
    assert {"A war", "Kabul", "Jalālābād", "Taliban", "unknown", "fought over"} <= set(told)
    assert "Afghan government" in told                  # Torkham's holder
    assert NOWHERE.name not in told
    with pytest.raises(UsageError, match="coordinates"):
        map_svg("A war", [belief(NOWHERE, 0.9)], NAMES)


def test_bands_fill_the_chart() -> None:
    svg = bands_svg("Who held it", TIMES, STATES, ROWS, NAMES)
    root = ElementTree.fromstring(svg)
    bands = [e for e in root.iter() if e.tag.endswith("}polygon")]
    assert len(bands) == 4                              # *contested* hatched; *other* never seen
    assert {"Taliban", "Afghan government", "contested"} <= set(texts(svg))
    assert "somebody else" not in texts(svg)
    with pytest.raises(UsageError, match="two moments"):
        bands_svg("x", TIMES[:1], STATES, ROWS[:1], NAMES)


def test_the_timeline_has_a_line_for_each_event_that_has_a_time() -> None:
    undated = replace(FELL, place=KABUL, earliest=None, latest=None, median=None)
    clash = replace(FELL, place=KABUL, kind="clash", actor_side=None, median=None)
    told = texts(timeline_svg("When", [FELL, undated, clash], NAMES))
    assert "Jalālābād → Taliban" in told
    assert "Kabul: clash, somebody" in told
    with pytest.raises(UsageError, match="time"):
        timeline_svg("When", [undated], NAMES)


def test_a_bitmap_is_twice_as_large_and_the_same_every_time() -> None:
    svg = map_svg("A war", BELIEFS, NAMES)
    bitmap = png(svg)
    assert bitmap.startswith(b"\x89PNG")
    assert int.from_bytes(bitmap[16:20], "big") == 2400
    assert png(svg) == bitmap


@settings(max_examples=25, deadline=None)
@given(st.text())
def test_names_from_outside_break_no_picture(name: str) -> None:
    hostile = replace(BELIEFS[1], place=replace(JALALABAD, name=f"<script>&\"'{name}"))
    for svg in (map_svg(name, [hostile], NAMES), timeline_svg(name, [replace(
            FELL, place=hostile.place)], NAMES), bands_svg(name, TIMES, STATES, ROWS, NAMES)):
        ElementTree.fromstring(svg)
        assert "<script" not in svg
