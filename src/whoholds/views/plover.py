"""Events as PLOVER JSON Lines, and in POLECAT's 40 columns.

PLOVER has no code for taking or holding territory: a gain is an ASSAULT, a state of control has no
code at all and is left out of both files.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from whoholds.core import Actor, Json, Place
from whoholds.views.events import EventRow, role_of
from whoholds.views.tables import tsv_text

POLECAT_COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors",
    "Actor Title", "Actor Name Raw", "Wikipedia Actor ID", "Recipient Name", "Recipient Country",
    "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title",
    "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City", "District", "Province",
    "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source",
    "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version")
QUADS = {"AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2,
         "RETREAT": 2, "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3, "PROTEST": 4,
         "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4}
"""Verbal and material cooperation (1, 2), verbal and material conflict (3, 4)."""
SECTORS = {"state": "GOV", "rebels": "REB", "militia": "PRM", "civilians": "CVL",
           "organisation": "ORG", "": ""}
FORCES = frozenset({"force", "army", "police"})


def plover_jsonl(rows: Iterable[EventRow]) -> str:
    """One JSON object a line, for each event that PLOVER has a code for."""
    return "".join(json.dumps(_plover(row), ensure_ascii=False, allow_nan=False) + "\n"
                   for row in rows if row.coding.plover[0])


def _plover(row: EventRow) -> dict[str, Json]:
    code, mode = row.coding.plover
    assert code is not None
    claim, report = row.claim, row.first.cited.report
    found: dict[str, Json] = {
        "id": row.id, "date": row.day.isoformat(), "actor": _entities(row.first.actor),
        "event": [code], "recipient": _entities(row.first.counterpart), "quad_code": QUADS[code],
        "mode": [mode] if mode else [], "context": ["military"],
        "text": " ".join(row.first.cited.sentence.split()),
        "event_text": " ".join(claim.span.of(report.text).split()),
        "link": report.url, "cite_info": report.outlet, "coder": f"whoholds {claim.reader}"}
    if row.earliest is not None and row.earliest != row.day:
        found |= {"date": row.earliest.isoformat(), "enddate": row.day.isoformat()}
    if row.place is not None:
        found["event_loc"] = _location(row.place, row)
    deaths = row.deaths
    if deaths is not None:
        found["size"] = {"dead": deaths[1]}
    return {key: value for key, value in found.items() if value is not None}


def _entities(actor: Actor | None) -> list[Json]:
    if actor is None:
        return []
    return [{"code": actor.country or "", "sector": _sector(actor), "entity_text": actor.name,
             "identifier_id": actor.id}]


def _sector(actor: Actor | None) -> str:
    return "MIL" if actor and actor.type.lower() in FORCES else SECTORS[role_of(actor)]


def _location(place: Place, row: EventRow) -> dict[str, Json]:
    mention = row.claim.place
    return {"extracted_place": mention.text if mention else "", "resolved_place": place.name,
            "geonameid": place.geonameid, "lat": place.latitude, "lon": place.longitude,
            "district": place.adm2, "province": place.adm1,
            "country": row.country.name if row.country else None,
            "country_code": place.country, "feature_class": place.feature_class,
            "feature_code": place.feature_code}


def polecat_tsv(rows: Iterable[EventRow]) -> str:
    """POLECAT's table, for each event that PLOVER has a code for. Columns that we do not know
    (intensity, COW and Wikipedia ids, titles) are empty."""
    return tsv_text(POLECAT_COLUMNS, (_polecat(row) for row in rows if row.coding.plover[0]))


def _polecat(row: EventRow) -> dict[str, Json]:
    code, mode = row.coding.plover
    assert code is not None
    place, claim, report = row.place, row.claim, row.first.cited.report
    published = row.first.cited.published
    found: dict[str, Json] = {
        "Event ID": row.id, "Event Date": row.day.isoformat(), "Event Type": code,
        "Event Mode": mode, "Quad Code": QUADS[code], "Contexts": "military",
        "Source": report.outlet, "Language": report.language, "Version": claim.reader,
        "Publication Date": published.latest.date().isoformat()
        if published and published.latest else None}
    for who, actor, mention in (("Actor", row.first.actor, claim.actor),
                                ("Recipient", row.first.counterpart, claim.counterpart)):
        if actor is not None:
            found |= {f"{who} Name": actor.name, f"{who} Country": actor.country,
                      f"Primary {who} Sector": _sector(actor), f"{who} Sectors": _sector(actor),
                      f"{who} Name Raw": mention.text if mention else None}
    if place is not None:
        found |= {"Placename": place.name, "City": place.name if place.type == "city" else None,
                  "District": place.adm2, "Province": place.adm1,
                  "Country": row.country.name if row.country else None,
                  "Latitude": place.latitude, "Longitude": place.longitude,
                  "GeoNames ID": place.geonameid, "Feature Type": place.feature_code,
                  "Raw Placename": claim.place.text if claim.place else None}
    return found
