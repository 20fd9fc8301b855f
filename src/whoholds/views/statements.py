"""Events, places and reports as FollowTheMoney statements (the CSV of ``ftm statements``).

A statement is one value of one property of one entity. Its id is FollowTheMoney's: the SHA-1 of
dataset, entity, property and value, joined with dots.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from whoholds.core import Actor, Json, Place, Report
from whoholds.views.events import EventRow, role_of
from whoholds.views.tables import cell, csv_text

STATEMENT_COLUMNS = ("canonical_id", "entity_id", "prop", "prop_type", "schema", "value",
                     "dataset", "origin", "lang", "original_value", "external", "first_seen",
                     "last_seen", "id")
TYPES = {"name": "name", "country": "country", "date": "date", "startDate": "date",
         "endDate": "date", "summary": "text", "description": "text", "location": "address",
         "addressEntity": "entity", "involved": "entity", "proof": "entity", "full": "address",
         "city": "string", "region": "string", "state": "string", "latitude": "number",
         "longitude": "number", "title": "string", "publisher": "string", "sourceUrl": "url",
         "publishedAt": "date", "language": "language", "bodyText": "text", "keywords": "string",
         "classification": "string", "alias": "name"}
"""The type of each property that we use, as in FollowTheMoney's model."""
LANGUAGES = {"en": "eng"}  # ISO 639-3, which it asks for; claims are read in English alone


def statements_csv(rows: Iterable[EventRow], dataset: str = "whoholds") -> str:
    """Statements about events, their places (Address), reports (Article) and actors, each entity
    once. ``original_value`` has the words of the text where a value was resolved from them."""
    return csv_text(STATEMENT_COLUMNS, _all(rows, dataset))


def _all(rows: Iterable[EventRow], dataset: str) -> Iterator[dict[str, Json]]:
    seen: set[str] = set()
    for row in rows:
        published = row.first.cited.published
        when = published.latest.isoformat() if published and published.latest else ""
        for entity, schema, values in _entities(row):
            if entity in seen:
                continue
            seen.add(entity)
            told = [_statement(dataset, entity, schema, prop, TYPES[prop], cell(value), original,
                               when) for prop, value, original in values if value]
            yield _statement(dataset, entity, schema, "id", "id", _checksum(schema, told), "", when)
            yield from told


def _checksum(schema: str, told: Iterable[dict[str, Json]]) -> str:
    """FollowTheMoney's checksum of an entity: of its schema and its statements' ids."""
    digest = hashlib.sha1(schema.encode("utf8"))
    for key in sorted({str(one["id"]) for one in told}):
        digest.update(key.encode("utf8"))
    return digest.hexdigest()


_Values = list[tuple[str, str, str]]


def _entities(row: EventRow) -> Iterator[tuple[str, str, _Values]]:
    claim, place = row.claim, row.place
    values: _Values = [
        ("name", _title(row), ""), ("summary", " ".join(row.first.cited.sentence.split()), ""),
        ("startDate", row.earliest.isoformat() if row.earliest else "", ""),
        ("endDate", row.day.isoformat(), ""), ("keywords", row.kind, "")]
    if place is not None:
        words = claim.place.text if claim.place else ""
        values += [("location", place.name, words), ("country", (place.country or "").lower(), ""),
                   ("addressEntity", _place_id(place), "")]
        yield _place_id(place), "Address", _address(place)
    for actor, mention in ((row.first.actor, claim.actor),
                           (row.first.counterpart, claim.counterpart)):
        if actor is not None:
            values.append(("involved", _actor_id(actor), mention.text if mention else ""))
            yield _actor_id(actor), _schema(actor), _party(actor)
    for told in row.told:
        report = told.cited.report
        values.append(("proof", f"report-{report.id[:40]}", ""))
        yield f"report-{report.id[:40]}", "Article", _article(report)
    yield f"event-{row.id[:40]}", "Event", values


def _title(row: EventRow) -> str:
    parts = [row.first.actor.name if row.first.actor else "", row.kind,
             row.place.name if row.place else ""]
    return " ".join(p for p in parts if p)


def _place_id(place: Place) -> str:
    return "place-" + place.id.replace(":", "-").replace("/", "-")


def _actor_id(actor: Actor) -> str:
    return "actor-" + actor.id.replace(":", "-").replace("/", "-")


def _schema(actor: Actor) -> str:
    return "PublicBody" if role_of(actor) == "state" else "Organization"


def _address(place: Place) -> _Values:
    def number(value: float | None) -> str:
        return "" if value is None else str(value)
    parts = [place.name, place.adm2, place.adm1]
    return [("full", ", ".join(p for p in parts if p), ""), ("state", place.adm1 or "", ""),
            ("city", place.name if place.type == "city" else "", ""),
            ("country", (place.country or "").lower(), ""),
            ("latitude", number(place.latitude), ""), ("longitude", number(place.longitude), "")]


def _party(actor: Actor) -> _Values:
    return [("name", actor.name, ""), *(("alias", n, "") for n in actor.names if n != actor.name),
            ("country", (actor.country or "").lower(), ""), ("classification", actor.type, "")]


def _article(report: Report) -> _Values:
    published = report.published
    return [("title", report.title or report.text.strip().split("\n", 1)[0][:120], ""),
            ("publisher", report.outlet, ""), ("sourceUrl", report.url or "", ""),
            ("language", LANGUAGES.get(report.language, ""), ""),
            ("publishedAt", published.latest.date().isoformat()
             if published and published.latest else "", "")]


def _statement(dataset: str, entity: str, schema: str, prop: str, prop_type: str, value: str,
               original: str, when: str) -> dict[str, Json]:
    key = f"{dataset}.{entity}.{prop}.{value}"
    return {"canonical_id": entity, "entity_id": entity, "prop": prop, "prop_type": prop_type,
            "schema": schema, "value": value, "dataset": dataset, "origin": "whoholds", "lang": "",
            "original_value": original, "external": "f", "first_seen": when, "last_seen": when,
            "id": hashlib.sha1(key.encode("utf8")).hexdigest()}
