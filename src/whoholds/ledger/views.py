"""One consistent view of the ledger, as of a known time and, where asked, as of a recorded one."""

from __future__ import annotations

import heapq
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, cast

import sqlalchemy as sa

from whoholds.core import Actor, Claim, Interval, Place, Report, Resolution
from whoholds.ledger import rows, schema
from whoholds.ledger.engines import matching, published_at, published_by
from whoholds.ledger.entries import Entry, standing
from whoholds.ledger.likeness import Likeness
from whoholds.ledger.overlay import Overlay, by_time, chunks, overlay, stored
from whoholds.ledger.reviews import confirmed_claim, confirmed_resolution, edition_of
from whoholds.ledger.times import reported_ends, seconds

DAY = 86_400  # seconds: a day that is known by its date is known by its end at the latest then
BATCH = 1000  # rows fetched at once: memory stays flat however many there are


@dataclass(frozen=True, slots=True)
class Version:
    """A reader (parser, codebook) with its data (gazetteer, packs), and how many reports it read;
    ``last_of`` counts those of which its reading is the last."""

    number: int
    reader: str
    data: str
    reports: int
    last_of: int


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a ledger has come: every write changes it.

    ``last``: the number of the newest report; reports get theirs in the order in which they are
    taken in. ``again``: readings of reports that had been read before; ``renewed``: places and
    actors described anew by other data; ``entries``: what people and outlets said.
    """

    last: int
    again: int
    renewed: int
    entries: int


def row_of_reading(connection: sa.Connection, report_id: str, version: int) -> int | None:
    """How many claims this version found in the report, None where it did not read it."""
    t = schema.readings
    return connection.execute(sa.select(t.c.claims).where(
        t.c.report_id == report_id, t.c.version == version)).scalar()


class View:
    """What the ledger says as of a known time; made by :meth:`Ledger.as_of`, valid inside it.

    ``recorded``: only what the ledger had taken in by that second; None: everything.
    """

    def __init__(self, connection: sa.Connection, limit: int | None, by_day: bool,
                 recorded: int | None = None) -> None:
        self._connection, self._limit, self._by_day = connection, limit, by_day
        self._recorded = recorded

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
        yield from (report for _, report in self.reports_with_ids())

    def reports_with_ids(self) -> Iterator[tuple[str, Report]]:
        """As :meth:`reports`, each with its id."""
        t = schema.reports
        query = sa.select(t).where(*self._known(t), *self._had(t)).order_by(*_by_time(t))
        yield from ((row.id, rows.report_of(row)) for row in self._stream(query))

    def some_reports(self, report_ids: Iterable[str]) -> dict[str, Report]:
        """Those of the reports that are known, by id."""
        t = schema.reports
        return {row.id: rows.report_of(row) for part in chunks(report_ids)
                for row in self._connection.execute(sa.select(t).where(
                    t.c.id.in_(part), *self._known(t), *self._had(t)))}

    def search(self, words: str) -> Iterator[Report]:
        """The reports in which all the words stand, by publication and id; "in quotes": a phrase.

        Words are compared as written, case aside; nothing is found where there is no word.
        """
        t = schema.reports
        if any(map(str.isalnum, words)):
            yield from map(rows.report_of, self._stream(
                sa.select(t).where(matching(words, self._connection), *self._known(t),
                                   *self._had(t)).order_by(*_by_time(t))))

    def claims(self, *, place_ids: Collection[str] | None = None,
               kinds: Collection[str] | None = None, report_ids: Collection[str] | None = None,
               valid: Interval | None = None) -> Iterator[Claim]:
        """The claims that count, by publication and id: each report's last reading, as reviewed.

        ``place_ids`` keeps those whose place was resolved to one of these; ``kinds`` and
        ``report_ids`` speak for themselves; ``valid`` keeps those whose valid interval overlaps it
        (claims without one are left out).
        """
        said, c = self._reviewed, schema.claims
        query = self._read(place_ids, kinds, report_ids, valid).order_by(*_by_time(c))
        read = ((by_time(row.reported_latest, row.id), confirmed_claim(rows.claim_of(row))
                 if row.id in said.confirmed else rows.claim_of(row))
                for row in self._stream(query) if row.id not in said.dropped)
        besides = ((by_time(e.reported_latest, e.claim_id), e.claim) for e in said.extra
                   if e.wanted(place_ids, kinds, report_ids, valid))
        yield from (claim for _, claim in heapq.merge(read, besides, key=lambda pair: pair[0]))

    def resolutions(self, *, place_ids: Collection[str] | None = None,
                    report_ids: Collection[str] | None = None) -> Iterator[Resolution]:
        """The resolutions of the claims that count, by claim id and role. ``place_ids`` keeps the
        claims whose place was resolved to one of these (all roles of those claims), ``report_ids``
        the claims in these reports."""
        c, s = schema.claims, schema.resolutions.alias("said")
        r, v = schema.readings, schema.versions
        said = self._reviewed
        query = self._counting(place_ids).join(
            s, sa.and_(s.c.claim_id == c.c.id, s.c.version == r.c.version)).with_only_columns(
            s.c.claim_id, s.c.role, s.c.entity_kind, s.c.entity_id, s.c.payload, v.c.data)
        if report_ids is not None:
            query = query.where(*self._in_reports(report_ids))
        read = (confirmed_resolution(rows.resolution_of(row)) if row.claim_id in said.confirmed
                else rows.resolution_of(row)
                for row in self._stream(query.order_by(s.c.claim_id, s.c.role))
                if row.claim_id not in said.dropped)
        besides = sorted((one for e in said.extra if e.wanted(place_ids, None, report_ids, None)
                          for one in e.resolutions), key=lambda one: (one.claim_id, one.role))
        yield from heapq.merge(read, besides, key=lambda one: (one.claim_id, one.role))

    def claims_of(self, version: int) -> Iterator[Claim]:
        """The claims that one version found, reviewed or not, by report and id."""
        c, f, v = schema.claims, schema.findings, schema.versions
        yield from map(rows.claim_of, self._stream(
            sa.select(c.c.id, c.c.payload, f.c.frame, f.c.confidence_p, v.c.reader).select_from(c)
            .join(f, f.c.claim_id == c.c.id).join(v, v.c.number == f.c.version)
            .where(f.c.version == version).order_by(c.c.report_id, c.c.id)))

    def resolutions_of(self, version: int) -> Iterator[Resolution]:
        """What the mentions mean to one version, by claim id and role."""
        s, v = schema.resolutions, schema.versions
        yield from map(rows.resolution_of, self._stream(
            sa.select(s.c.claim_id, s.c.role, s.c.entity_kind, s.c.entity_id, s.c.payload, v.c.data)
            .join(v, v.c.number == s.c.version).where(s.c.version == version)
            .order_by(s.c.claim_id, s.c.role)))

    def read_by(self, version: int) -> frozenset[str]:
        """Ids of the reports that one version read."""
        r = schema.readings
        return frozenset(self._connection.execute(
            sa.select(r.c.report_id).where(r.c.version == version)).scalars())

    def versions(self) -> tuple[Version, ...]:
        """The versions that read reports here, in the order in which they came."""
        v, r = schema.versions, schema.readings
        later = r.alias("later")
        last = sa.case((sa.exists().where(later.c.report_id == r.c.report_id,
                                          later.c.sequence > r.c.sequence), 0), else_=1)
        counted = sa.select(r.c.version, sa.func.count().label("n"),
                            sa.func.sum(last).label("last")).group_by(r.c.version).subquery()
        query = sa.select(v.c.number, v.c.reader, v.c.data, counted.c.n, counted.c.last).join(
            counted, counted.c.version == v.c.number, isouter=True).order_by(v.c.number)
        return tuple(Version(row.number, row.reader, row.data, row.n or 0, int(row.last or 0))
                     for row in self._connection.execute(query))

    def last_readings(self) -> dict[str, int]:
        """The version whose reading counts, by report id."""
        r, later = schema.readings, schema.readings.alias("later")
        query = sa.select(r.c.report_id, r.c.version).where(~sa.exists().where(
            later.c.report_id == r.c.report_id, later.c.sequence > r.c.sequence))
        return {row.report_id: row.version for row in self._stream(query)}

    def claim(self, claim_id: str) -> Claim | None:
        """The claim with this id, as its last reader or its editor left it, counting or not."""
        if not rows.is_id(claim_id):
            return None
        found = next(stored(self._connection, [claim_id]), None)
        if found is not None:
            return found[1]
        return next((made for made in map(edition_of, self.entries())
                     if made is not None and made.id == claim_id), None)

    def claims_with_id(self, beginning: str) -> tuple[str, ...]:
        """Ids of claims that begin so, editions too, at most ten of each."""
        made = {edition.id for edition in map(edition_of, self.entries()) if edition is not None}
        return tuple(sorted({*self._beginning(schema.claims, beginning),
                             *(i for i in made if i.startswith(beginning))}))

    def reports_with_id(self, beginning: str) -> tuple[str, ...]:
        """Ids of reports that begin so, at most ten."""
        return self._beginning(schema.reports, beginning)

    def places(self) -> dict[str, Place]:
        """All places, by id, as the newest data has them, and those that reviews brought in."""
        read = dict(self._entities(schema.places))
        return {key: Place.from_json(value)
                for key, value in sorted({**self._brought("places"), **read}.items())}

    def actors(self) -> dict[str, Actor]:
        """All actors, by id, as the newest data has them, and those that reviews brought in."""
        read = dict(self._entities(schema.actors))
        return {key: Actor.from_json(value)
                for key, value in sorted({**self._brought("actors"), **read}.items())}

    def entries(self) -> Iterator[Entry]:
        """The entries, by the moment they are made for, and id.

        Those of the outlets (retractions, and what undoes them) count from their own moment on;
        what people say of the reading counts at every known time.
        """
        t = schema.entries
        found = [rows.entry_of(row) for row in self._stream(
            sa.select(t).where(*self._had(t)).order_by(*_by_time(t)))]
        by_id = {entry.id: entry for entry in found}

        def of_outlet(entry: Entry) -> bool:
            while entry.kind == "undo" and entry.target in by_id:
                entry = by_id[entry.target]
            return entry.kind in ("retraction", "undo")

        yield from (e for e in found if not of_outlet(e) or self._knows(e.reported))

    def withdrawn(self) -> frozenset[str]:
        """Ids of the reports that their outlets have withdrawn."""
        return frozenset(e.target for e in self._standing if e.kind == "retraction")

    def fingerprints(self) -> dict[str, tuple[Interval | None, bytes]]:
        """Publication and fingerprint of each report that has one, by report id."""
        t = schema.reports
        query = sa.select(t.c.id, t.c.published, t.c.fingerprint).where(
            t.c.fingerprint.is_not(None), *self._known(t), *self._had(t)).order_by(*_by_time(t))
        return {row.id: (rows.interval_of(row.published), bytes(row.fingerprint))
                for row in self._stream(query)}

    def last_moment(self) -> datetime | None:
        """The end of the latest publication."""
        t = schema.reports
        known = [t.c.reported_latest.is_not(None), *self._known(t), *self._had(t)]
        if self._limit is not None:        # bounds the search for days, too: by its own index
            known.append(t.c.reported_latest <= self._limit + DAY * self._by_day)
        last = self._connection.execute(sa.select(t.c.reported_latest).where(*known).order_by(
            t.c.reported_latest.desc()).limit(1)).scalar()
        ends = (rows.interval_of(text) for text in self._connection.execute(
            sa.select(t.c.published).where(t.c.reported_latest == last, *known)).scalars())
        return max((end.latest for end in ends if end and end.latest), default=None)

    def reports_about(self, place_ids: Collection[str]) -> frozenset[str]:
        """Ids of the reports in which some claim that counts is about one of these places; of
        those that people reviewed perhaps more."""
        c = schema.claims
        read = self._counting(place_ids).with_only_columns(c.c.report_id).distinct()
        return frozenset([*self._connection.execute(read).scalars(), *(
            e.claim.report_id for e in self._reviewed.extra if e.place_id in place_ids)])

    def last_number(self) -> int:
        """The number of the newest report: about how many there are."""
        return self._count(sa.func.max(schema.reports.c.number))

    def _count(self, what: Any, *where: Any) -> int:
        return int(self._connection.execute(sa.select(what).where(*where)).scalar() or 0)

    def extent(self) -> Extent:
        """How far the ledger has come, whatever is known at the view's time."""
        every, r, count = sa.func.count(), schema.readings, self._count
        renewed = sum(count(every - sa.func.count(sa.distinct(t.c.id)))
                      for t in (schema.places, schema.actors))
        return Extent(self.last_number(), count(every, r.c.sequence > 1), renewed,
                      count(sa.func.count(schema.entries.c.id)))

    def reports_after(self, number: int) -> frozenset[str]:
        """Ids of the reports taken in after the one with that number (see :meth:`extent`)."""
        t = schema.reports
        return frozenset(self._connection.execute(sa.select(t.c.id).where(
            t.c.number > number, *self._known(t), *self._had(t))).scalars())

    def some_places(self, ids: Collection[str]) -> dict[str, Place]:
        """Those of :meth:`places` that have one of these ids."""
        read = {key: value for part in chunks(ids)
                for key, value in self._entities(schema.places, part)}
        brought = {key: v for key, v in self._brought("places").items() if key in ids}
        return {key: Place.from_json(v) for key, v in sorted({**brought, **read}.items())}

    @cached_property
    def likeness(self) -> Likeness:
        """What finds reports that are like others."""
        t = schema.reports
        by_day = self._known(t) if self._by_day else []
        bound = None if self._limit is None else self._limit + DAY * self._by_day
        return Likeness(self._connection, bound, [*by_day, *self._had(t)])

    @cached_property
    def _standing(self) -> tuple[Entry, ...]:
        return standing(self.entries())

    @cached_property
    def _reviewed(self) -> Overlay:
        return overlay(self._connection, self._standing, self._counted_reports,
                       lambda ids: self._stream(self._read(None, None, ids, None)))

    def _counted_reports(self, ids: Iterable[str]) -> dict[str, int | None]:
        """Of these reports those that count, with the seconds from which they are known."""
        t, withdrawn = schema.reports, self.withdrawn()
        return {row.id: row.reported_latest for part in chunks(ids)
                for row in self._connection.execute(
                    sa.select(t.c.id, t.c.reported_latest).where(
                        t.c.id.in_(part), *self._known(t), *self._had(t)))
                if row.id not in withdrawn}

    def _knows(self, reported: Interval) -> bool:
        latest, day = reported_ends(reported)
        at = day if self._by_day else latest
        return self._limit is None or (at is not None and at <= self._limit)

    def _known(self, table: Any) -> list[sa.ColumnElement[bool]]:
        """What must hold for a row of ``table`` to be known."""
        if self._limit is None:
            return []
        column = table.c.reported_day if self._by_day else table.c.reported_latest
        return [column <= self._limit]

    def _in_reports(self, report_ids: Collection[str]) -> list[sa.ColumnElement[bool]]:
        """What must hold for a claim to be in one of these reports."""
        return [schema.claims.c.report_id.in_(sorted(report_ids)),
                *published_at(self._connection, report_ids)]

    def _recent(self) -> list[sa.ColumnElement[bool]]:
        """What follows from being known for a claim, and spares the store to look further."""
        if self._limit is None:
            return []
        return published_by(self._connection, self._limit + DAY * self._by_day)

    def _had(self, table: Any) -> list[sa.ColumnElement[bool]]:
        """What must hold for a row of ``table`` to be recorded by then."""
        return [] if self._recorded is None else [table.c.recorded_at <= self._recorded]

    def _read(self, place_ids: Collection[str] | None, kinds: Collection[str] | None,
              report_ids: Collection[str] | None, valid: Interval | None) -> sa.Select[Any]:
        """The rows of the claims in the readings that count."""
        c, f, v = schema.claims, schema.findings, schema.versions
        query = self._counting(place_ids).with_only_columns(
            c.c.id, c.c.reported_latest, c.c.payload, f.c.frame, f.c.confidence_p, v.c.reader)
        if kinds is not None:
            query = query.where(c.c.kind.in_(sorted(kinds)))
        if report_ids is not None:
            query = query.where(*self._in_reports(report_ids))
        if valid is not None:
            query = query.where(_overlaps(valid))
        return query

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
                                      later.c.sequence > r.c.sequence, *self._had(later)),
                   *self._known(c), *self._recent(), *self._had(r)))
        withdrawn = self.withdrawn()
        if withdrawn:
            query = query.where(c.c.report_id.not_in(sorted(withdrawn)))
        if place_ids is not None:
            p = schema.resolutions.alias("at")
            query = query.join(p, sa.and_(
                p.c.claim_id == c.c.id, p.c.version == r.c.version, p.c.role == "place")).where(
                p.c.entity_id.in_(sorted(place_ids)))
        return query

    def _entities(self, table: sa.Table,
                  ids: Collection[str] | None = None) -> Iterator[tuple[str, Any]]:
        newer = table.alias("newer")
        query = sa.select(table.c.id, table.c.payload).where(*self._had(table), ~sa.exists().where(
            newer.c.id == table.c.id, newer.c.version > table.c.version, *self._had(newer)))
        if ids is not None:
            query = query.where(table.c.id.in_(ids))
        for row in self._stream(query.order_by(table.c.id)):
            yield row.id, json.loads(row.payload)

    def _brought(self, what: str) -> dict[str, Any]:
        """The entities that standing reviews name, by id; the last word counts."""
        found: dict[str, Any] = {}
        for entry in self._standing:
            for value in cast(list[dict[str, Any]], entry.body.get(what, [])):
                found[value["id"]] = value
        return found

    def _beginning(self, table: sa.Table, beginning: str) -> tuple[str, ...]:
        """Ids of ``table`` between the lowest and the highest that begin so."""
        low, high = beginning.ljust(64, "0"), beginning.ljust(64, "f")
        if not rows.is_id(low):
            return ()
        return tuple(self._connection.execute(sa.select(table.c.id).where(
            table.c.id >= low, table.c.id <= high).order_by(table.c.id).limit(10)).scalars())

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
