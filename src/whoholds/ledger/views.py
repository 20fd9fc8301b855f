"""One consistent view of the ledger, as of a known time."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

import sqlalchemy as sa

from whoholds.core import Actor, Claim, Interval, Place, Report, Resolution
from whoholds.ledger import rows, schema
from whoholds.ledger.engines import matching
from whoholds.ledger.entries import Entry
from whoholds.ledger.times import seconds

BATCH = 1000  # rows fetched at once: memory stays flat however many there are


def row_of_reading(connection: sa.Connection, report_id: str, version: int) -> int | None:
    """How many claims this version found in the report, None where it did not read it."""
    t = schema.readings
    return connection.execute(sa.select(t.c.claims).where(
        t.c.report_id == report_id, t.c.version == version)).scalar()


class View:
    """What the ledger says as of a known time; made by :meth:`Ledger.as_of`, valid inside it."""

    def __init__(self, connection: sa.Connection, limit: int | None, by_day: bool) -> None:
        self._connection, self._limit, self._by_day = connection, limit, by_day

    def has_read(self, report_id: str, reader: str, data: str) -> bool:
        """Whether the report was read, wholly, by this version."""
        v = schema.versions
        number = self._connection.execute(sa.select(v.c.number).where(
            v.c.reader == reader, v.c.data == data)).scalar()
        return number is not None and row_of_reading(
            self._connection, report_id, number) is not None

    def report(self, report_id: str) -> Report | None:
        """The report with this id, or None."""
        t = schema.reports
        row = rows.is_id(report_id) and self._connection.execute(
            sa.select(t).where(t.c.id == report_id)).first()
        return rows.report_of(row) if row else None

    def reports(self) -> Iterator[Report]:
        """All reports, by publication and id; undated ones last, and only where all counts."""
        t = schema.reports
        yield from map(rows.report_of, self._stream(
            sa.select(t).where(*self._known(t)).order_by(*_by_time(t))))

    def search(self, words: str) -> Iterator[Report]:
        """The reports in which all the words stand, by publication and id; "in quotes": a phrase.

        Words are compared as written, case aside; nothing is found where there is no word.
        """
        t = schema.reports
        if any(map(str.isalnum, words)):
            yield from map(rows.report_of, self._stream(
                sa.select(t).where(matching(words, self._connection), *self._known(t)).order_by(
                    *_by_time(t))))

    def claims(self, *, place_ids: Collection[str] | None = None,
               kinds: Collection[str] | None = None, report_ids: Collection[str] | None = None,
               valid: Interval | None = None) -> Iterator[Claim]:
        """The claims that count, by publication and id.

        ``place_ids`` keeps those whose place was resolved to one of these; ``kinds`` and
        ``report_ids`` speak for themselves; ``valid`` keeps those whose valid interval overlaps it
        (claims without one are left out).
        """
        c, f, v = schema.claims, schema.findings, schema.versions
        query = self._counting(place_ids).with_only_columns(
            c.c.payload, f.c.frame, f.c.confidence_p, v.c.reader)
        if kinds is not None:
            query = query.where(c.c.kind.in_(sorted(kinds)))
        if report_ids is not None:
            query = query.where(c.c.report_id.in_(sorted(report_ids)))
        if valid is not None:
            query = query.where(_overlaps(valid))
        yield from map(rows.claim_of, self._stream(query.order_by(*_by_time(c))))

    def resolutions(self, *, place_ids: Collection[str] | None = None) -> Iterator[Resolution]:
        """The resolutions of the claims that count, by claim id and role. ``place_ids`` keeps the
        claims whose place was resolved to one of these (all roles of those claims)."""
        c, s = schema.claims, schema.resolutions.alias("said")
        r, v = schema.readings, schema.versions
        query = self._counting(place_ids).join(
            s, sa.and_(s.c.claim_id == c.c.id, s.c.version == r.c.version)).with_only_columns(
            s.c.claim_id, s.c.role, s.c.entity_kind, s.c.entity_id, s.c.payload, v.c.data)
        yield from map(rows.resolution_of, self._stream(query.order_by(s.c.claim_id, s.c.role)))

    def places(self) -> dict[str, Place]:
        """All places, by id, as the newest data has them."""
        return {key: Place.from_json(value) for key, value in self._entities(schema.places)}

    def actors(self) -> dict[str, Actor]:
        """All actors, by id, as the newest data has them."""
        return {key: Actor.from_json(value) for key, value in self._entities(schema.actors)}

    def entries(self) -> Iterator[Entry]:
        """The entries, by the moment they are known from, and id."""
        t = schema.entries
        yield from map(rows.entry_of, self._stream(
            sa.select(t).where(*self._known(t)).order_by(*_by_time(t))))

    def withdrawn(self) -> frozenset[str]:
        """Ids of the reports that their outlets have withdrawn."""
        known = {entry.id: entry for entry in self.entries()}
        undoing: dict[str, list[str]] = {}
        for key, entry in known.items():
            if entry.kind == "undo":
                undoing.setdefault(entry.target, []).append(key)

        def stands(key: str) -> bool:  # ends: an undo's target is older than its own id
            return not any(map(stands, undoing.get(key, ())))

        return frozenset(entry.target for key, entry in known.items()
                         if entry.kind == "retraction" and stands(key))

    def fingerprints(self) -> dict[str, tuple[Interval | None, bytes]]:
        """Publication and fingerprint of each report that has one, by report id."""
        t = schema.reports
        query = sa.select(t.c.id, t.c.published, t.c.fingerprint).where(
            t.c.fingerprint.is_not(None), *self._known(t)).order_by(*_by_time(t))
        return {row.id: (rows.interval_of(row.published), bytes(row.fingerprint))
                for row in self._stream(query)}

    def _known(self, table: Any) -> list[sa.ColumnElement[bool]]:
        """What must hold for a row of ``table`` to be known."""
        if self._limit is None:
            return []
        column = table.c.reported_day if self._by_day else table.c.reported_latest
        return [column <= self._limit]

    def _counting(self, place_ids: Collection[str] | None) -> sa.Select[Any]:
        """Claims joined with the reading that counts: its report's last one, not retracted."""
        c, f, r, v = schema.claims, schema.findings, schema.readings, schema.versions
        later = r.alias("later")
        query = (
            sa.select(c.c.id).select_from(c)
            .join(r, r.c.report_id == c.c.report_id)
            .join(f, sa.and_(f.c.claim_id == c.c.id, f.c.version == r.c.version))
            .join(v, v.c.number == r.c.version)
            .where(~sa.exists().where(later.c.report_id == r.c.report_id,
                                      later.c.sequence > r.c.sequence),
                   *self._known(c)))
        withdrawn = self.withdrawn()
        if withdrawn:
            query = query.where(c.c.report_id.not_in(sorted(withdrawn)))
        if place_ids is not None:
            p = schema.resolutions.alias("at")
            query = query.join(p, sa.and_(
                p.c.claim_id == c.c.id, p.c.version == r.c.version, p.c.role == "place")).where(
                p.c.entity_id.in_(sorted(place_ids)))
        return query

    def _entities(self, table: sa.Table) -> Iterator[tuple[str, Any]]:
        newer = table.alias("newer")
        query = sa.select(table.c.id, table.c.payload).where(
            ~sa.exists().where(newer.c.id == table.c.id, newer.c.version > table.c.version))
        for row in self._stream(query.order_by(table.c.id)):
            yield row.id, json.loads(row.payload)

    def _stream(self, query: sa.Select[Any]) -> Iterator[Any]:
        yield from self._connection.execution_options(yield_per=BATCH).execute(query)


def _by_time(table: Any) -> tuple[Any, ...]:
    return table.c.reported_latest.is_(None), table.c.reported_latest, table.c.id


def _overlaps(valid: Interval) -> sa.ColumnElement[bool]:
    c = schema.claims.c
    earliest, latest = seconds(valid.earliest), seconds(valid.latest)
    tests: list[sa.ColumnElement[bool]] = [
        sa.or_(c.valid_earliest.is_not(None), c.valid_latest.is_not(None))]
    if earliest is not None:
        tests.append(sa.or_(c.valid_latest.is_(None), c.valid_latest >= earliest))
    if latest is not None:
        tests.append(sa.or_(c.valid_earliest.is_(None), c.valid_earliest <= latest))
    return sa.and_(*tests)
