"""Areas as bytes: nothing is lost but what is finer than a metre."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.resolve.shapes import middle, pack_shape, unpack_shape

SQUARE = [[60.0, 30.0], [62.0, 30.0], [62.0, 32.0], [60.0, 32.0], [60.0, 30.0]]
HOLE = [[60.5, 30.5], [60.5, 31.0], [61.0, 31.0], [60.5, 30.5]]
POINT = st.tuples(st.integers(-180_00000, 180_00000), st.integers(-90_00000, 90_00000)).map(
    lambda p: [p[0] / 100_000, p[1] / 100_000])
RING = st.lists(POINT, min_size=3, max_size=9).map(lambda r: [*r, r[0]])


@given(st.lists(st.lists(RING, min_size=1, max_size=3), min_size=1, max_size=4))
def test_what_is_packed_is_unpacked(polygons: list[list[list[list[float]]]]) -> None:
    given_ = {"type": "MultiPolygon", "coordinates": polygons}
    found = unpack_shape(pack_shape(given_))
    if len(polygons) == 1:
        assert found == {"type": "Polygon", "coordinates": polygons[0]}
    else:
        assert found == given_


def test_a_ring_is_closed_and_rounded() -> None:
    found = unpack_shape(pack_shape({"type": "Polygon", "coordinates": [
        [[60.000004, 30.0, 5.0], [62.0, 30.0, 5.0], [62.0, 32.0, 5.0]]]}))
    assert found["coordinates"] == [[[60.0, 30.0], [62.0, 30.0], [62.0, 32.0], [60.0, 30.0]]]


@pytest.mark.parametrize(("geometry", "what"), [
    ({"type": "Point", "coordinates": [1, 2]}, "Point is no area"),
    (None, "nothing is no area"),
    ({"type": "Polygon"}, "no coordinates"),
    ({"type": "Polygon", "coordinates": []}, "without a ring"),
    ({"type": "Polygon", "coordinates": [[[1, 2], [1, 2]]]}, "a ring of 2 points"),
    ({"type": "Polygon", "coordinates": [[[1, 2], [3, 95], [4, 4]]]}, "no such point: 95"),
    ({"type": "Polygon", "coordinates": [["ab", "cd", "ef"]]}, "could not convert")])
def test_what_is_no_area_is_refused(geometry: dict[str, object], what: str) -> None:
    with pytest.raises(ValueError, match=what):
        pack_shape(geometry)


def test_damage_is_told() -> None:
    packed = pack_shape({"type": "Polygon", "coordinates": [SQUARE]})
    with pytest.raises(ValueError, match="damaged area"):
        unpack_shape(packed[:-6])
    with pytest.raises(ValueError, match="damaged area"):
        unpack_shape(b"nothing")


def test_the_middle_is_that_of_the_largest_part() -> None:
    far = [[0.0, 0.0], [0.1, 0.0], [0.1, 0.1], [0.0, 0.0]]
    assert middle({"type": "MultiPolygon", "coordinates": [[far], [SQUARE, HOLE]]}) == (31.0, 61.0)
    flat = [[5.0, 6.0], [5.0, 7.0], [5.0, 8.0], [5.0, 6.0]]
    assert middle({"type": "Polygon", "coordinates": [flat]}) == (6.0, 5.0)
