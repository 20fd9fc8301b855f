from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.core import Place
from whoholds.views.projection import (
    area_centroid,
    central_meridian,
    clip,
    inside,
    name_spot,
    sheet_for,
)

LONGITUDES = st.floats(-180, 180)
LATITUDES = st.floats(-70, 70)
SQUARE = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]


def spot(longitude: float, latitude: float) -> Place:
    return Place(f"{longitude} {latitude}", "X", "city", longitude=longitude, latitude=latitude)


@given(st.lists(st.tuples(LONGITUDES, LATITUDES), min_size=1, max_size=8))
def test_every_place_lies_on_the_sheet(spots: list[tuple[float, float]]) -> None:
    sheet = sheet_for(spot(*s) for s in spots)
    for at in spots:
        x, y = sheet.point(*at)
        assert -1e-6 <= x <= sheet.width + 1e-6
        assert -1e-6 <= y <= sheet.height + 1e-6


def test_north_is_up_and_east_is_right() -> None:
    sheet = sheet_for([spot(61, 30), spot(70, 37)])
    (west, south), (east, north) = sheet.point(61, 30), sheet.point(70, 37)
    assert west < east
    assert north < south


def test_the_sheet_opens_where_nothing_is() -> None:
    sheet = sheet_for([spot(178, 0), spot(-178, 0)])
    assert abs(sheet.point(178, 0)[0] - sheet.point(-178, 0)[0]) < 1000
    assert abs(central_meridian([178, -178])) == pytest.approx(180)


def test_a_ring_over_the_seam_stays_in_one_piece() -> None:
    sheet = sheet_for([spot(178, 0), spot(-178, 0)])
    pieces = sheet.ring([(177.0, -1.0), (-177.0, -1.0), (-177.0, 1.0), (177.0, 1.0)])
    assert len(pieces) == 1
    xs = [x for x, _ in pieces[0]]
    assert max(xs) - min(xs) == pytest.approx(6 * sheet.scale)


@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=3, max_size=12))
def test_what_is_clipped_lies_in_the_box(ring: list[tuple[float, float]]) -> None:
    for x, y in clip(ring, (0, 0, 10, 10)):
        assert -1e-9 <= x <= 10 + 1e-9
        assert -1e-9 <= y <= 10 + 1e-9


def test_clipping_keeps_what_is_inside_and_drops_what_is_outside() -> None:
    assert set(clip(SQUARE, (-1, -1, 11, 11))) == set(SQUARE)
    assert clip(SQUARE, (20, 20, 30, 30)) == []
    assert area_centroid(clip(SQUARE, (5, 0, 20, 20))) == pytest.approx((50, 7.5, 5))


def test_inside_follows_holes() -> None:
    hole = [(4.0, 4.0), (6.0, 4.0), (6.0, 6.0), (4.0, 6.0)]
    assert inside((1, 1), [SQUARE, hole])
    assert not inside((5, 5), [SQUARE, hole])
    assert not inside((11, 5), [SQUARE])


def test_small_countries_get_no_name() -> None:
    assert name_spot([SQUARE]) is None
    assert name_spot([[(x * 30, y * 30) for x, y in SQUARE]]) == pytest.approx((150, 150))


def test_a_kilometre_is_a_kilometre() -> None:
    sheet = sheet_for([spot(0, -1), spot(0, 1), spot(1, 0)])
    apart = sheet.point(1, 0)[0] - sheet.point(0, 0)[0]
    assert apart * sheet.km_per_unit == pytest.approx(111.3, rel=0.01)
