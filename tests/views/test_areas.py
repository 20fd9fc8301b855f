from __future__ import annotations

from math import cos, pi, sin

from whoholds.views.areas import drawn_areas

CIRCLE = [[70 + cos(2 * pi * n / 2000), 34 + sin(2 * pi * n / 2000)] for n in range(2000)]
ROUND = {"type": "Polygon", "coordinates": [[*CIRCLE, CIRCLE[0]]]}
SQUARE = [[0.0, 0.0], [0.5, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]]


def test_a_line_loses_what_nobody_sees_and_nothing_else() -> None:
    found = drawn_areas({"a": ROUND}, 10_000)["a"]
    [[ring]] = found
    assert ring[0] == ring[-1]
    assert 20 < len(ring) < 200
    assert all(abs(((x - 70) ** 2 + (y - 34) ** 2) ** 0.5 - 1) < 0.002 for x, y in ring)


def test_points_on_a_straight_line_go_and_holes_stay() -> None:
    hole = [[0.2, 0.2], [0.8, 0.2], [0.8, 0.8], [0.2, 0.2]]
    speck = [[[5.0, 5.0], [5.0001, 5.0], [5.0, 5.0001], [5.0, 5.0]]]
    found = drawn_areas({"a": {"type": "MultiPolygon", "coordinates": [[SQUARE, hole], speck]}},
                        100)["a"]
    assert found == [[[(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)],
                      [(0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.2)]]]


def test_many_areas_are_drawn_coarser() -> None:
    many = {str(n): ROUND for n in range(20)}
    found = drawn_areas(many, 400)
    assert sum(len(ring) for p in found.values() for polygon in p for ring in polygon) <= 400
    assert len(found) == 20
