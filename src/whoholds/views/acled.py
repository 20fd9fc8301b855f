"""Events in ACLED's 31 columns (Codebook of the Armed Conflict Location and Event Data)."""

from __future__ import annotations

from collections.abc import Iterable

from whoholds.core import Actor, Json, Place
from whoholds.views.events import EventRow, called, role_of
from whoholds.views.tables import csv_text

ACLED_COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type",
    "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2",
    "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3",
    "location", "latitude", "longitude", "geo_precision", "source", "source_scale", "notes",
    "fatalities", "tags", "timestamp")
STRATEGIC = "Strategic developments"
INTER = {"state": 1, "rebels": 2, "militia": 3, "civilians": 7, "organisation": 8}
"""ACLED's inter codes, by the sort of an actor; a foreign state's is 8 as well."""
ABROAD = 8
NOWHERE = "XXX"     # a code that ISO 3166 leaves to its users: an event of no country known
_POINTS = frozenset({"city", "crossing", "airport", "airbase", "base", "university", "building",
                     "bridge", "dam", "prison", "port", "road"})
_AREAS = frozenset({"district", "area", "other"})


def acled_csv(rows: Iterable[EventRow]) -> str:
    """The events as ACLED's table. What ACLED has no column for (probability, who says it, whether
    others deny it) is left out, but for the number of outlets and the reader's own probability,
    which stand under ``tags``."""
    return csv_text(ACLED_COLUMNS, (_row(row) for row in rows))


def _row(row: EventRow) -> dict[str, Json]:
    place, country = row.place, row.country
    event_type, sub_type = _types(row)
    first, second = _inter(row.first.actor, place), _inter(row.first.counterpart, place)
    deaths = row.deaths
    published = row.first.cited.published
    code = country.alpha3 if country else NOWHERE
    return {
        "event_id_cnty": f"{code}{int(row.id[:12], 16)}", "event_date": row.day.isoformat(),
        "year": row.day.year, "time_precision": _time_precision(row.days),
        "disorder_type": STRATEGIC if event_type == STRATEGIC else "Political violence",
        "event_type": event_type, "sub_event_type": sub_type,
        "actor1": called(row.first.actor), "assoc_actor_1": "", "inter1": first,
        "actor2": called(row.first.counterpart), "assoc_actor_2": "", "inter2": second,
        "interaction": _interaction(first, second),
        "civilian_targeting": "Civilian targeting" if row.civilians else "",
        "iso": country.numeric if country else None, "region": country.region if country else "",
        "country": country.name if country else "", "admin1": place.adm1 if place else None,
        "admin2": place.adm2 if place else None, "admin3": "",
        "location": place.name if place else "", "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None, "geo_precision": _geo_precision(place),
        "source": "; ".join(row.outlets), "source_scale": "",
        "notes": " ".join(row.first.cited.sentence.split()),
        "fatalities": deaths[1] if deaths else 0,
        "tags": f"kind={row.kind}; outlets={len(row.outlets)}; "
                f"p={row.claim.confidence_p:.2f}"
                + (f"; part={row.claim.part}" if row.claim.part else ""),
        "timestamp": int(published.latest.timestamp()) if published and published.latest else None}


def _types(row: EventRow) -> tuple[str, str]:
    """ACLED tells gains by a state's forces from those by anybody else."""
    if row.coding.acled[1] == "Non-state actor overtakes territory" \
            and role_of(row.first.actor) == "state":
        return "Battles", "Government regains territory"
    return row.coding.acled


def _inter(actor: Actor | None, place: Place | None) -> int | None:
    if actor is None:
        return None
    role = role_of(actor)
    if role == "state" and actor.country and place and place.country not in (None, actor.country):
        return ABROAD
    return INTER[role]


def _interaction(first: int | None, second: int | None) -> int | None:
    codes = sorted(code for code in (first, second) if code is not None)
    if not codes:
        return None
    return codes[0] * 10 + (codes[1] if len(codes) > 1 else 0)


def _time_precision(days: int | None) -> int:
    """1 the day is known, 2 the week, 3 the month or less."""
    return 3 if days is None or days > 7 else 1 if days <= 2 else 2


def _geo_precision(place: Place | None) -> int:
    """1 a place, 2 its surroundings or district, 3 a province or larger."""
    if place is None or place.type not in _POINTS | _AREAS:
        return 3
    return 1 if place.type in _POINTS and place.latitude is not None else 2
