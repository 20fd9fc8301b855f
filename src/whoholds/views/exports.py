"""Who holds what, as files that other programs read: GeoJSON, and CSV with HXL tags."""

from __future__ import annotations

import json
from collections.abc import Sequence

from whoholds.core import Json, instant_text
from whoholds.views.models import Names, StatusRow
from whoholds.views.status import status_data
from whoholds.views.tables import csv_text
from whoholds.views.words import likelihood

# Column, HXL 1.1 hashtag with attributes, "" where the dictionary has none.
COLUMNS = (
    ("date", "#date"), ("country", "#country+name"), ("country_code", "#country+code+v_iso2"),
    ("adm1", "#adm1+name"), ("place", "#loc+name"), ("place_id", "#loc+code"),
    ("geonameid", "#loc+code+v_geonames"), ("type", "#loc+type"), ("latitude", "#geo+lat"),
    ("longitude", "#geo+lon"), ("holder", "#org+name+holder"), ("probability", "#indicator+prob"),
    ("likelihood", "#indicator+text+prob"), ("contested", "#status+contested"),
    ("since_earliest", "#date+start+earliest"), ("since_latest", "#date+start+latest"),
    ("claims", "#indicator+num+claims"), ("origins", "#indicator+num+origins"),
    ("known_at", "#date+known"))


def status_geojson(rows: Sequence[StatusRow], names: Names) -> str:
    """A FeatureCollection (RFC 7946): a point for each place, null where it is unlocated; the
    properties are those of :func:`status_data`."""
    features: list[Json] = []
    for row, data in zip(rows, status_data(rows, names), strict=True):
        place = row.belief.place
        point: Json = None if place.longitude is None or place.latitude is None else {
            "type": "Point", "coordinates": [place.longitude, place.latitude]}
        features.append({"type": "Feature", "id": place.id, "geometry": point,
                         "properties": {k: v for k, v in data.items()
                                        if k not in ("latitude", "longitude")}})
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False,
                      allow_nan=False, indent=1) + "\n"


def status_csv(rows: Sequence[StatusRow], names: Names, *, hxl: bool = True) -> str:
    """A table in CSV (RFC 4180), UTF-8; with ``hxl`` the second row holds HXL hashtags.

    Text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    told = [{**data, "date": instant_text(row.belief.valid_at),
             "likelihood": likelihood(row.belief.probability_p)}
            for row, data in zip(rows, status_data(rows, names), strict=True)]
    columns = [column for column, _ in COLUMNS]
    return csv_text(columns, [{c: one[c] for c in columns} for one in told],
                    [tag for _, tag in COLUMNS] if hxl else ())
