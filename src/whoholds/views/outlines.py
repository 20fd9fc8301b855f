"""Country outlines for the map's base, from a package that ships them or from GeoJSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources
from typing import Any

from whoholds.core import DataError
from whoholds.views.models import Outline


def outlines_from_geojson(data: Mapping[str, Any], where: str, name: str = "") -> list[Outline]:
    """The polygons of a GeoJSON FeatureCollection (RFC 7946); other geometries are left out.

    Each outline is called by its feature's ``name`` (any case), else ``name``. DataError names
    ``where`` and what is wrong.
    """
    found = []
    try:
        for feature in data["features"]:
            geometry: Mapping[str, Any] = feature["geometry"] or {"coordinates": ()}
            kind, at = geometry.get("type"), geometry["coordinates"]
            if kind not in ("Polygon", "MultiPolygon"):
                continue
            polygons = at if kind == "MultiPolygon" else [at]
            rings = tuple(tuple((float(p[0]), float(p[1])) for p in ring)
                          for polygon in polygons for ring in polygon if len(ring) >= 3)
            properties = {k.lower(): v for k, v in (feature.get("properties") or {}).items()}
            if rings:
                found.append(Outline(name or str(properties.get("name", "")), rings))
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise DataError(where, f"not a GeoJSON FeatureCollection ({error!r})") from error
    return found


def shipped_outlines() -> tuple[Outline, ...]:
    """The world's countries from the package *countryinfo* (about 1:110 million, MIT); none where
    it is not installed, for the map does without."""
    try:
        folder = resources.files("countryinfo").joinpath("data")
    except ModuleNotFoundError:
        return ()
    found: list[Outline] = []
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".json"):
            country = json.loads(entry.read_text("utf8"))
            shape = country.get("geoJSON")
            if shape and shape.get("features"):
                found += outlines_from_geojson(shape, entry.name, str(country.get("name", "")))
    return tuple(found)
