"""Takes readings in: some reports in one transaction, each table written once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from whoholds.core import (
    Actor,
    Claim,
    Json,
    Place,
    Report,
    Resolved,
    canonical_json,
    content_id,
    id_of_json,
)
from whoholds.ledger import rows, schema
from whoholds.ledger.engines import add_new, add_rows
from whoholds.ledger.overlay import chunks
from whoholds.ledger.times import reported_ends


@dataclass(frozen=True, slots=True)
class Appended:
    """What an append changed. ``new_reading`` is False where this report had been read by this
    version before: then nothing was written. ``claims`` counts what was read, ``new_claims`` what
    no version had read before."""

    report_id: str
    new_report: bool
    new_reading: bool
    claims: int
    new_claims: int


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of one report, as :meth:`Ledger.append` takes it in."""

    report: Report
    claims: tuple[Claim, ...]
    resolved: Resolved
    reader: str
    data: str | None = None
    fingerprint: bytes | None = None
    settings: Mapping[str, Json] | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """A reading whose parts belong together, with its ids, which take time to compute."""

    reading: Reading
    id: str                        # the report's
    claims: Mapping[str, Claim]    # by id, in its order
    payloads: Mapping[str, str]    # the JSON of their identities, by id
    version: tuple[str, str]       # of reader and data


def checked(reading: Reading) -> Checked:
    """ValueError where claims, resolutions and report do not belong together."""
    report, resolved = reading.report, reading.resolved
    report_id, claims, payloads = report.id, dict[str, Claim](), dict[str, str]()
    for claim in reading.claims:
        payload = canonical_json(claim.identity())
        claim_id = id_of_json("claim", payload)
        if claim.report_id != report_id:
            raise ValueError(f"claim {claim_id} is of report {claim.report_id}, not {report_id}")
        if claim.sentence.end > len(report.text) or claim.span.end > len(report.text):
            raise ValueError(f"claim {claim_id} reaches past the end of its report")
        claims[claim_id], payloads[claim_id] = claim, payload
    for resolution in resolved.resolutions:
        if resolution.claim_id not in claims:
            raise ValueError(f"a resolution of a claim that is not there: {resolution.claim_id}")
    data = reading.data
    if data is None:
        data = resolved.resolutions[0].data if resolved.resolutions else ""
    return Checked(reading, report_id, dict(sorted(claims.items())), payloads,
                   (reading.reader, data))


def take_in(connection: sa.Connection, readings: Sequence[Checked],
            at: int | None) -> tuple[Appended, ...]:
    """Adds the readings, inside the caller's transaction. ``at``: recorded time, seconds."""
    ids = {one.id for one in readings}
    versions = {key: _version_number(connection, *key, at)
                for key in dict.fromkeys(one.version for one in readings)}
    before, known = _readings(connection, ids), known_ids(connection, schema.reports, ids)
    new = {one.id: one.reading for one in reversed(readings) if one.id not in known}
    add_reports(connection, [{"id": i, **rows.report_row(one.report, one.fingerprint, at)}
                             for i, one in reversed(new.items())])
    unknown = not known and len(ids) == len(readings)      # so nothing of them can be there
    fresh: list[tuple[Checked, int]] = []
    sequences, told = list[int](), list[Appended]()
    counts = _new_claims(connection, readings)
    for one, new_claims in zip(readings, counts, strict=True):
        had, version = before.setdefault(one.id, {}), versions[one.version]
        if version in had:
            told.append(Appended(one.id, False, False, had[version][1], 0))
            continue
        sequences.append(1 + max((sequence for sequence, _ in had.values()), default=0))
        had[version] = sequences[-1], len(one.claims)
        fresh.append((one, version))
        told.append(Appended(one.id, one.id not in known, True, len(one.claims), new_claims))
        known.add(one.id)
    _add(connection, fresh, sequences, at, unknown)
    return tuple(told)


def _add(connection: sa.Connection, fresh: Sequence[tuple[Checked, int]],
         sequences: Sequence[int], at: int | None, unknown: bool) -> None:
    """The rows of readings that are new, with their versions and their places in the order.
    ``unknown``: all are of different reports that nobody has read before."""
    add_new(connection, schema.claims, [
        {"id": key, **rows.claim_row(claim, reported, one.payloads[key], at)}
        for one, _ in fresh for reported in (reported_ends(one.reading.report.published),)
        for key, claim in one.claims.items()], unknown)
    add_new(connection, schema.findings, [
        {"claim_id": key, **rows.finding_row(claim, version)}
        for one, version in fresh for key, claim in one.claims.items()], unknown)
    meant = {(r.claim_id, r.role, version): r for one, version in fresh
             for r in reversed(one.reading.resolved.resolutions)}
    add_new(connection, schema.resolutions, [
        rows.resolution_row(r, version, at) for (_, _, version), r in meant.items()], unknown)
    places, actors = dict[tuple[str, int], Place](), dict[tuple[str, int], Actor]()
    for one, version in fresh:
        for place in one.reading.resolved.places:
            places.setdefault((place.id, version), place)
        for actor in one.reading.resolved.actors:
            actors.setdefault((actor.id, version), actor)
    add_new(connection, schema.places, [
        rows.entity_row(place, version, at) for (_, version), place in places.items()])
    add_new(connection, schema.actors, [
        rows.entity_row(actor, version, at) for (_, version), actor in actors.items()])
    add_new(connection, schema.readings, [{
        "report_id": one.id, "version": version, "sequence": sequence,
        "claims": len(one.claims), "recorded_at": at,
        "settings_id": _settings_id(connection, one.reading.settings, at)}
        for (one, version), sequence in zip(fresh, sequences, strict=True)])


def add_reports(connection: sa.Connection, new: list[dict[str, Any]]) -> None:
    """Adds reports that are not there yet, and what they are found by; of rows with one id the
    first."""
    new = list({row["id"]: row for row in reversed(new)}.values())[::-1]
    add_new(connection, schema.reports, new, unknown=True)
    t = schema.reports
    numbers = {row.id: row.number for part in chunks(row["id"] for row in new)
               for row in connection.execute(sa.select(t.c.id, t.c.number).where(t.c.id.in_(part)))}
    found = [mark for row in new for mark in rows.mark_rows(row, numbers[row["id"]])]
    add_rows(connection, "marks", ["value", "moment", "report"], sorted(found), unknown=True)


def _version_number(connection: sa.Connection, reader: str, data: str, at: int | None) -> int:
    t = schema.versions
    query = sa.select(t.c.number).where(t.c.reader == reader, t.c.data == data)
    number = connection.execute(query).scalar()
    if number is None:
        connection.execute(sa.insert(t), [{"reader": reader, "data": data, "recorded_at": at}])
        number = connection.execute(query).scalar_one()
    return int(number)


def _readings(connection: sa.Connection,
              report_ids: Iterable[str]) -> dict[str, dict[int, tuple[int, int]]]:
    """Report id -> the versions that read it, each with its sequence and how many claims it
    found."""
    t, found = schema.readings, dict[str, dict[int, tuple[int, int]]]()
    for part in chunks(report_ids):
        for row in connection.execute(sa.select(
                t.c.report_id, t.c.version, t.c.sequence, t.c.claims).where(
                t.c.report_id.in_(part))):
            found.setdefault(row.report_id, {})[row.version] = row.sequence, row.claims
    return found


def known_ids(connection: sa.Connection, table: sa.Table, ids: Iterable[str]) -> set[str]:
    """Those of the ids that the table has."""
    return {i for part in chunks(ids) for i in connection.execute(
        sa.select(table.c.id).where(table.c.id.in_(part))).scalars()}


def _new_claims(connection: sa.Connection, readings: Sequence[Checked]) -> list[int]:
    """How many claims of each reading neither the ledger nor a reading before it has."""
    known = known_ids(connection, schema.claims, {i for one in readings for i in one.claims})
    counts = []
    for one in readings:
        counts.append(len(one.claims.keys() - known))
        known |= one.claims.keys()
    return counts


def _settings_id(connection: sa.Connection, settings: Mapping[str, Json] | None,
                 at: int | None) -> str | None:
    if settings is None:
        return None
    identity = content_id("settings", dict(settings))
    add_new(connection, schema.settings, [
        {"id": identity, "payload": canonical_json(dict(settings)), "recorded_at": at}])
    return identity
