from __future__ import annotations

from typing import Any

import pytest

from whoholds.core import DataError
from whoholds.views import outlines_from_geojson, shipped_outlines
from whoholds.views.projection import inside

RING = [[0, 0], [1, 0], [1, 1], [0, 0]]


def collection(**geometry: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection",
            "features": [{"type": "Feature", "properties": {"NAME": "A"}, "geometry": geometry}]}


def test_polygons_and_multipolygons_are_read() -> None:
    one = outlines_from_geojson(collection(type="Polygon", coordinates=[RING]), "x")
    two = outlines_from_geojson(collection(type="MultiPolygon", coordinates=[[RING], [RING]]), "x")
    assert one[0].name == "A"
    assert len(one[0].rings) == 1
    assert len(two[0].rings) == 2


def test_points_are_left_out() -> None:
    assert outlines_from_geojson(collection(type="Point", coordinates=[0, 0]), "x") == []


@pytest.mark.parametrize("broken", [
    {}, {"features": 3}, {"features": [{}]}, {"features": [{"geometry": 3}]},
    collection(type="Polygon", coordinates=[[["a", "b"], [1, 2], [3, 4]]])])
def test_what_is_no_geojson_is_refused_in_one_line(broken: Any) -> None:
    with pytest.raises(DataError, match=r"^borders\.json: not a GeoJSON") as caught:
        outlines_from_geojson(broken, "borders.json")
    assert "\n" not in str(caught.value)


def test_the_shipped_outlines_hold_the_capitals() -> None:
    found = {o.name: o for o in shipped_outlines()}
    assert len(found) > 150
    for country, capital in (("Afghanistan", (69.17, 34.53)), ("Ukraine", (30.52, 50.45))):
        assert inside(capital, found[country].rings)
