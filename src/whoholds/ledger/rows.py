"""Things as rows, and rows as things."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from whoholds.core import Actor, Claim, Interval, Place, Report, Resolution, canonical_json
from whoholds.core.fingerprints import marks
from whoholds.ledger import schema
from whoholds.ledger.entries import Entry
from whoholds.ledger.times import reported_ends, seconds

ID = re.compile(r"[0-9a-f]{64}")


def is_id(text: str) -> bool:
    """Whether ``text`` is an id as :func:`whoholds.core.content_id` makes them."""
    return ID.fullmatch(text) is not None


def report_row(report: Report, fingerprint: bytes | None, at: int | None) -> dict[str, Any]:
    """All but its id, which takes time to compute and is known to whoever asks."""
    latest, day = reported_ends(report.published)
    return {
        "outlet": report.outlet, "url": report.url, "title": report.title,
        "language": report.language, "published_from": report.published_from,
        "published": canonical_json(report.published.to_json()) if report.published else None,
        "zone_known": report.zone_known, "reported_latest": latest, "reported_day": day,
        "text": report.text, "fingerprint": fingerprint, "recorded_at": at}


def report_of(row: Any) -> Report:
    return Report(
        text=row.text, outlet=row.outlet, published=interval_of(row.published),
        published_from=row.published_from, zone_known=bool(row.zone_known), url=row.url,
        title=row.title, language=row.language)


def interval_of(text: str | None) -> Interval | None:
    return Interval.from_json(json.loads(text)) if text else None


def claim_row(claim: Claim, reported: tuple[int | None, int | None], payload: str,
              at: int | None) -> dict[str, Any]:
    """All but its id. ``reported``: the ends of its report's publication; ``payload``: the JSON of
    its identity."""
    latest, day = reported
    return {
        "report_id": claim.report_id, "kind": claim.kind,
        "polarity": claim.polarity, "modality": claim.modality,
        "valid_earliest": seconds(claim.valid.earliest) if claim.valid else None,
        "valid_latest": seconds(claim.valid.latest) if claim.valid else None,
        "reported_latest": latest, "reported_day": day, "payload": payload,
        "recorded_at": at}


def finding_row(claim: Claim, version: int) -> dict[str, Any]:
    """All but the claim's id."""
    return {"version": version, "frame": claim.frame, "confidence_p": claim.confidence_p}


def claim_of(row: Any) -> Claim:
    return Claim.from_json({**json.loads(row.payload), "frame": row.frame, "reader": row.reader,
                            "confidence_p": row.confidence_p}, row.id)


def resolution_row(resolution: Resolution, version: int, at: int | None) -> dict[str, Any]:
    return {
        "claim_id": resolution.claim_id, "role": resolution.role, "version": version,
        "entity_kind": resolution.entity_kind, "entity_id": resolution.entity_id,
        "payload": canonical_json([c.to_json() for c in resolution.candidates]),
        "recorded_at": at}


def resolution_of(row: Any) -> Resolution:
    return Resolution.from_json({
        "claim_id": row.claim_id, "role": row.role, "entity_kind": row.entity_kind,
        "entity_id": row.entity_id, "candidates": json.loads(row.payload), "data": row.data})


def mark_rows(report: Mapping[str, Any], number: int) -> list[tuple[int, int, int]]:
    """Value, moment and report of what a report's row is found by, it having that number."""
    latest = report["reported_latest"]
    moment = schema.FAR if latest is None else latest
    return [(value, moment, number)
            for value in marks(report["fingerprint"], report["url"], report["title"])]


def entity_row(entity: Place | Actor, version: int, at: int | None) -> dict[str, Any]:
    return {"id": entity.id, "version": version, "payload": canonical_json(entity.to_json()),
            "recorded_at": at}


def entry_row(entry: Entry, at: int | None) -> dict[str, Any]:
    latest, day = reported_ends(entry.reported)
    return {"id": entry.id, "kind": entry.kind, "target": entry.target, "author": entry.author,
            "reported_latest": latest, "reported_day": day,
            "payload": canonical_json(entry.to_json()), "recorded_at": at}


def entry_of(row: Any) -> Entry:
    return Entry.from_json(json.loads(row.payload))
