"""Deadly events in the 49 columns of the UCDP Georeferenced Event Dataset, and control of places as
VIINA has it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from whoholds.core import CONTESTED, Belief, Json, Place
from whoholds.views.events import EventRow, called, role_of
from whoholds.views.models import Names
from whoholds.views.tables import csv_text

GED_COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id",
    "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name",
    "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b",
    "number_of_sources", "source_article", "source_office", "source_date", "source_headline",
    "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b",
    "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob")
VIINA_COLUMNS = ("geonameid", "date", "status_wiki", "status_boost", "status_dsm", "status")
CELLS = 720                    # PRIO-GRID: cells of half a degree, counted from the south-west


def ged_csv(rows: Iterable[EventRow]) -> str:
    """The events with counted dead, one or more, as GED's table. UCDP's own ids are empty; its
    coding status is *Check*, for nobody at UCDP has seen it."""
    return csv_text(GED_COLUMNS, (_row(row) for row in rows if row.deaths and row.deaths[1] > 0))


def _row(row: EventRow) -> dict[str, Json]:
    assert row.deaths is not None
    low, best, high = row.deaths
    place, report = row.place, row.first.cited.report
    one, other = called(row.first.actor), called(row.first.counterpart)
    located = place is not None and place.latitude is not None and place.longitude is not None
    original = row.claim.sources[-1].name if len(row.claim.sources) > 1 else ""
    published = row.first.cited.published
    found: dict[str, Json] = {
        "id": int(row.id[:12], 16), "relid": row.id[:16], "year": row.day.year,
        "active_year": None, "code_status": "Check", "type_of_violence": _violence(row),
        "conflict_name": f"{one} - {other}" if one and other else "",
        "dyad_name": f"{one} - {other}" if one and other else "", "side_a": one, "side_b": other,
        "number_of_sources": len(row.outlets), "source_article": report.url or report.title,
        "source_office": report.outlet, "source_headline": report.title,
        "source_date": published.latest.date().isoformat()
        if published and published.latest else None, "source_original": original,
        "where_prec": _where(place), "event_clarity": 1, "date_prec": _when(row.days),
        "date_start": (row.earliest or row.day).isoformat(), "date_end": row.day.isoformat(),
        "deaths_civilians": best if row.civilians else 0,
        "deaths_unknown": 0 if row.civilians else best, "deaths_a": 0, "deaths_b": 0,
        "best": best, "high": high, "low": low,
        "country": row.country.name if row.country else "",
        "region": row.country.region if row.country else ""}
    if place is not None:
        found |= {"where_coordinates": place.name, "adm_1": place.adm1, "adm_2": place.adm2,
                  "where_description": row.claim.part, "latitude": place.latitude,
                  "longitude": place.longitude}
    if located:
        assert place is not None
        assert place.latitude is not None
        assert place.longitude is not None
        found |= {"geom_wkt": f"POINT ({place.longitude} {place.latitude})",
                  "priogrid_gid": priogrid(place.latitude, place.longitude)}
    return found


def priogrid(latitude: float, longitude: float) -> int:
    """The cell of PRIO-GRID (half degrees, from 1 in the south-west corner) that holds a point."""
    row, column = int((latitude + 90) * 2), int((longitude + 180) * 2)
    return min(row, CELLS // 2 - 1) * CELLS + min(column, CELLS - 1) + 1


def _violence(row: EventRow) -> int:
    """1 state-based, 2 between others, 3 against civilians."""
    if row.civilians:
        return 3
    roles = {role_of(row.first.actor), role_of(row.first.counterpart)}
    return 1 if "state" in roles else 2


def _where(place: Place | None) -> int:
    """GED's precision: 1 exact, 2 nearby, 3 second-order unit, 4 first-order, 6 country, 7 unknown
    water or air."""
    if place is None:
        return 6
    return {"district": 3, "province": 4, "country": 6, "region": 5, "area": 2,
            "other": 2}.get(place.type, 1)


def _when(days: int | None) -> int:
    """GED's precision: 1 the day, 2 two to six days, 3 the week, 4 the month, 5 longer."""
    if days is None:
        return 5
    return next(code for most, code in ((1, 1), (6, 2), (7, 3), (31, 4), (10**6, 5))
                if days <= most)


def viina_csv(beliefs: Sequence[Belief], names: Names) -> str:
    """Control of places that GeoNames knows, as VIINA's table: ``status`` is the holder's name,
    CONTESTED, or empty where nobody is held to hold it; the other sources' columns are empty."""
    rows: list[dict[str, Json]] = []
    for belief in beliefs:
        if belief.place.geonameid is None:
            continue
        status = "CONTESTED" if belief.contested or belief.holder == CONTESTED else (
            names.state(belief.holder) if belief.holder else "")
        rows.append({"geonameid": belief.place.geonameid,
                     "date": belief.valid_at.strftime("%Y%m%d"), "status": status})
    return csv_text(VIINA_COLUMNS, rows)
