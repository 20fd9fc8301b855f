"""Readings as Parquet tables: reports, claims, mentions, entities; written and read back.

Columns are for whoever analyses a bulk run; ``payload`` holds the whole of a row as JSON, from
which a ledger is loaded. Equal readings give equal bytes on one machine with one pyarrow.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from whoholds.core import (
    Actor,
    Claim,
    DataError,
    Interval,
    Mention,
    Place,
    Report,
    Resolution,
    Resolved,
    canonical_json,
    instant_text,
)
from whoholds.ledger import Reading

REPORTS = ("id", "where", "outlet", "url", "title", "language", "published", "published_earliest",
           "published_latest", "published_from", "zone_known", "reader", "data", "claims", "notes",
           "fingerprint", "text")
CLAIMS = ("id", "report_id", "kind", "polarity", "modality", "start", "end", "words", "actor",
          "counterpart", "place", "part", "origin", "origin_class", "valid_earliest",
          "valid_latest", "quantity", "frame", "confidence_p", "payload")
MENTIONS = ("claim_id", "report_id", "role", "text", "form", "entity_kind", "entity_id", "score_p",
            "payload")
ENTITIES = ("report_id", "kind", "id", "name", "country", "payload")
TABLES: Mapping[str, tuple[str, ...]] = {
    "reports": REPORTS, "claims": CLAIMS, "mentions": MENTIONS, "entities": ENTITIES}
BINARY, NUMBERS = frozenset({"fingerprint"}), frozenset({"confidence_p", "score_p"})
WHOLE, TRUTHS = frozenset({"claims", "start", "end"}), frozenset({"zone_known"})
ROLES = ("actor", "counterpart", "place")
Rows = dict[str, list[dict[str, Any]]]


def rows_of(reading: Reading, where: str, notes: Sequence[str]) -> Rows:
    """The rows of one reading, by table."""
    report, resolved = reading.report, reading.resolved
    published = report.published
    claims = {claim.id: claim for claim in reading.claims}
    return {
        "reports": [{
            "id": report.id, "where": where, "outlet": report.outlet, "url": report.url,
            "title": report.title, "language": report.language,
            "published": canonical_json(published.to_json()) if published else None,
            "published_earliest": instant_text(published.earliest) if published else None,
            "published_latest": instant_text(published.latest) if published else None,
            "published_from": report.published_from, "zone_known": report.zone_known,
            "reader": reading.reader, "data": reading.data, "claims": len(claims),
            "notes": "\n".join(notes) or None, "fingerprint": reading.fingerprint,
            "text": report.text}],
        "claims": [_claim_row(key, claim, report) for key, claim in claims.items()],
        "mentions": [_mention_row(r, claims[r.claim_id]) for r in resolved.resolutions],
        "entities": [{"report_id": report.id, "kind": kind, "id": e.id, "name": e.name,
                      "country": e.country, "payload": canonical_json(e.to_json())}
                     for kind, found in (("place", resolved.places), ("actor", resolved.actors))
                     for e in found]}


def _claim_row(key: str, claim: Claim, report: Report) -> dict[str, Any]:
    def text(mention: Mention | None) -> str | None:
        return mention.text if mention else None

    valid, quantity = claim.valid, claim.quantity
    return {"id": key, "report_id": claim.report_id, "kind": claim.kind,
            "polarity": claim.polarity, "modality": claim.modality, "start": claim.span.start,
            "end": claim.span.end, "words": claim.span.of(report.text),
            **{role: text(claim.mention(role)) for role in ROLES},  # type: ignore[arg-type]
            "part": claim.part, "origin": claim.sources[-1].name,
            "origin_class": claim.sources[-1].source_class,
            "valid_earliest": instant_text(valid.earliest) if valid else None,
            "valid_latest": instant_text(valid.latest) if valid else None,
            "quantity": canonical_json(quantity.to_json()) if quantity else None,
            "frame": claim.frame, "confidence_p": claim.confidence_p,
            "payload": canonical_json(claim.to_json())}


def _mention_row(resolution: Resolution, claim: Claim) -> dict[str, Any]:
    kind, _, link = resolution.role.partition(":")
    mention = claim.sources[int(link)].mention if kind == "source" else claim.mention(
        kind)  # type: ignore[arg-type]
    best = next((c.score_p for c in resolution.candidates
                 if c.entity_id == resolution.entity_id), None)
    return {"claim_id": resolution.claim_id, "report_id": claim.report_id,
            "role": resolution.role, "text": mention.text if mention else None,
            "form": mention.form if mention else None, "entity_kind": resolution.entity_kind,
            "entity_id": resolution.entity_id, "score_p": best,
            "payload": canonical_json(resolution.to_json())}


def write_table(path: Path, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Writes the rows of one table."""
    import pyarrow as pa
    from pyarrow import parquet
    fields = [pa.field(column, pa.binary() if column in BINARY else
                       pa.float64() if column in NUMBERS else pa.int64() if column in WHOLE else
                       pa.bool_() if column in TRUTHS else pa.string())
              for column in TABLES[name]]
    columns = [pa.array([row[f.name] for row in rows], f.type) for f in fields]
    parquet.write_table(pa.table(columns, schema=pa.schema(fields)), path, compression="zstd")


def read_part(files: Mapping[str, Path]) -> Iterator[Reading]:
    """The readings of one part, in its order; DataError where a file is damaged."""
    from pyarrow import parquet
    found: dict[str, list[dict[str, Any]]] = {}
    for name, path in files.items():
        try:
            found[name] = parquet.read_table(path, memory_map=False).to_pylist()
        except Exception as error:
            raise DataError(str(path), f"damaged: {str(error)[:160]}") from error
    try:
        yield from _readings(found)
    except (KeyError, ValueError, TypeError) as error:
        raise DataError(str(files["reports"]), f"rows that do not fit together: {error}"
                        ) from error


def _readings(found: Mapping[str, Iterable[dict[str, Any]]]) -> Iterator[Reading]:
    by_report = {name: defaultdict[str, list[dict[str, Any]]](list) for name in found}
    for name in ("claims", "mentions", "entities"):
        for row in found[name]:
            by_report[name][row["report_id"]].append(row)
    for row in found["reports"]:
        key = row["id"]
        published = json.loads(row["published"]) if row["published"] else None
        report = Report(
            row["text"], row["outlet"], Interval.from_json(published) if published else None,
            row["published_from"], row["zone_known"], row["url"], row["title"], row["language"])
        if report.id != key:
            raise ValueError(f"report {key} does not have its hash")
        entities = [(r["kind"], json.loads(r["payload"])) for r in by_report["entities"][key]]
        yield Reading(
            report,
            tuple(Claim.from_json(json.loads(r["payload"])) for r in by_report["claims"][key]),
            Resolved(tuple(Resolution.from_json(json.loads(r["payload"]))
                           for r in by_report["mentions"][key]),
                     tuple(Place.from_json(v) for kind, v in entities if kind == "place"),
                     tuple(Actor.from_json(v) for kind, v in entities if kind == "actor")),
            row["reader"], row["data"], row["fingerprint"])
