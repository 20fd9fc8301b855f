"""Is the ledger sound? Hashes, references, orphans, lost claims, damaged pages."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from whoholds.core import Claim, content_id
from whoholds.core.fingerprints import marks
from whoholds.ledger import rows, schema
from whoholds.ledger.entries import OF_CLAIMS, Entry
from whoholds.ledger.reviews import edition_of

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong: the table, the row's key, and what."""

    table: str
    key: str
    what: str

    def __str__(self) -> str:
        return f"{self.table} {self.key}: {self.what}"


def check(connection: sa.Connection) -> Iterator[Flaw]:
    """Everything that is wrong, table by table; nothing where the ledger is sound."""
    yield from _pages(connection)
    yield from _hashes(connection)
    yield from _orphans(connection)
    yield from _lost(connection)
    yield from _marks(connection)
    yield from _entries(connection)


def lacks(connection: sa.Connection, entry: Entry,
          made: Collection[str] | None = None) -> str | None:
    """What the target of ``entry`` should be and is not there; None where it is.

    ``made``: ids of all editions, where somebody has them already.
    """
    if entry.kind in OF_CLAIMS:
        if _has(connection, schema.claims, entry.target):
            return None
        editions = made if made is not None else {m.id for m in _editions(connection)}
        return None if entry.target in editions else "claim"
    table = {"undo": schema.entries, "retraction": schema.reports}.get(entry.kind)
    if table is None or _has(connection, table, entry.target):
        return None
    return "entry" if table is schema.entries else "report"


def _has(connection: sa.Connection, table: sa.Table, key: str) -> bool:
    return rows.is_id(key) and connection.execute(
        sa.select(table.c.id).where(table.c.id == key)).first() is not None


def _editions(connection: sa.Connection) -> Iterator[Claim]:
    """The claims that corrections put in the place of others, undone or not."""
    t = schema.entries
    for row in connection.execute(sa.select(t).where(t.c.kind == "correct")):
        made = edition_of(rows.entry_of(row))
        if made is not None:
            yield made


def _entries(connection: sa.Connection) -> Iterator[Flaw]:
    """Entries about what is not there; editions that reach past the end of their report."""
    every = connection.execute(sa.select(schema.entries).order_by(schema.entries.c.id)).all()
    broken = {row.id for row in every if not _whole(row)}
    for key in sorted(broken):
        yield Flaw("entries", key, "it does not hold what an entry of its kind needs")
    if broken:
        return
    editions = {m.id for m in _editions(connection)}
    for row in every:
        entry = rows.entry_of(row)
        lacking = lacks(connection, entry, editions)
        if lacking is not None:
            yield Flaw("entries", row.id, f"no such {lacking}: {entry.target}")
        made = edition_of(entry)
        if made is not None:
            text = connection.execute(sa.select(schema.reports.c.text).where(
                schema.reports.c.id == made.report_id)).scalar()
            if text is None or made.sentence.end > len(text):
                yield Flaw("entries", row.id, "its edition is of no report here")


def _whole(row: sa.Row[tuple[object, ...]]) -> bool:
    """Whether an entry can be read at all: a bundle may come from anybody."""
    try:
        entry = rows.entry_of(row)
        if entry.is_whole:
            edition_of(entry)
            return True
    except (KeyError, ValueError, TypeError, AttributeError, IndexError):
        pass
    return False


def _pages(connection: sa.Connection) -> Iterator[Flaw]:
    if connection.dialect.name == "sqlite":
        for said, in connection.exec_driver_sql("PRAGMA integrity_check"):
            if said != "ok":
                yield Flaw("pages", "-", str(said))


def _hashes(connection: sa.Connection) -> Iterator[Flaw]:
    stream = connection.execution_options(yield_per=BATCH)
    for row in stream.execute(sa.select(schema.reports)):
        if rows.report_of(row).id != row.id:
            yield Flaw("reports", row.id, "its content does not have this hash")
    for table, kind in ((schema.claims, "claim"), (schema.entries, "entry"),
                        (schema.settings, "settings")):
        for row in stream.execute(sa.select(table.c.id, table.c.payload)):
            if content_id(kind, json.loads(row.payload)) != row.id:
                yield Flaw(table.name, row.id, "its content does not have this hash")


def _orphans(connection: sa.Connection) -> Iterator[Flaw]:
    """Rows that refer to what is not there; entities that no row describes."""
    for table in schema.metadata.sorted_tables:
        for constraint in table.foreign_keys:
            target = constraint.column
            query = sa.select(*table.primary_key.columns).where(
                constraint.parent.is_not(None),
                ~sa.exists().where(target == constraint.parent))
            for row in connection.execute(query):
                yield Flaw(table.name, _key(row), f"no {target.table.name} row for its "
                              f"{constraint.parent.name}")
    r = schema.resolutions
    for kind, table in (("place", schema.places), ("actor", schema.actors)):
        query = sa.select(r.c.claim_id, r.c.role, r.c.entity_id).where(
            r.c.entity_kind == kind, r.c.entity_id.is_not(None),
            ~sa.exists().where(table.c.id == r.c.entity_id))
        for claim_id, role, entity_id in connection.execute(query):
            yield Flaw("resolutions", f"{claim_id} {role}", f"no such {kind}: {entity_id}")


def _lost(connection: sa.Connection) -> Iterator[Flaw]:
    """Readings whose number of claims is not what was written; claims of no reading, or of another
    date than their report's."""
    c, f, r, t = schema.claims, schema.findings, schema.readings, schema.reports
    counted = sa.select(c.c.report_id, f.c.version, sa.func.count().label("n")).join(
        c, c.c.id == f.c.claim_id).group_by(c.c.report_id, f.c.version).subquery()
    query = sa.select(r.c.report_id, r.c.version, r.c.claims, counted.c.n).join(
        counted, sa.and_(counted.c.report_id == r.c.report_id, counted.c.version == r.c.version),
        isouter=True).where(sa.func.coalesce(counted.c.n, 0) != r.c.claims)
    for short in connection.execute(query):
        yield Flaw("readings", f"{short.report_id} version {short.version}",
                   f"{short.claims} claims were read, {short.n or 0} are there")
    for stray in connection.execute(sa.select(f.c.claim_id, f.c.version).join(
            c, c.c.id == f.c.claim_id).where(~sa.exists().where(
                r.c.report_id == c.c.report_id, r.c.version == f.c.version))):
        yield Flaw("findings", f"{stray.claim_id} version {stray.version}", "of no reading")
    for key in connection.execute(sa.select(c.c.id).where(
            ~sa.exists().where(f.c.claim_id == c.c.id))).scalars():
        yield Flaw("claims", key, "found by no reader")
    for key in connection.execute(sa.select(c.c.id).join(t, t.c.id == c.c.report_id).where(
            sa.or_(c.c.reported_latest.is_distinct_from(t.c.reported_latest),
                   c.c.reported_day.is_distinct_from(t.c.reported_day)))).scalars():
        yield Flaw("claims", key, "not dated as its report is")
    for key in connection.execute(sa.select(t.c.id).where(
            ~sa.exists().where(r.c.report_id == t.c.id))).scalars():
        yield Flaw("reports", key, "read by no reader")


def _marks(connection: sa.Connection) -> Iterator[Flaw]:
    """Reports that the index of what is like what does not have, or has otherwise."""
    m, t = schema.marks, schema.reports
    held = {row.report: row.n for row in connection.execute(
        sa.select(m.c.report, sa.func.count().label("n")).group_by(m.c.report))}
    for row in connection.execution_options(yield_per=BATCH).execute(
            sa.select(t.c.number, t.c.id, t.c.url, t.c.title, t.c.fingerprint)):
        mark = None if row.fingerprint is None else bytes(row.fingerprint)
        if held.pop(row.number, 0) != len(marks(mark, row.url, row.title)):
            yield Flaw("marks", row.id, "the index of like reports does not have it as it is")
    for number in held:
        yield Flaw("marks", str(number), "of no report")


def _key(row: sa.Row[tuple[object, ...]]) -> str:
    return " ".join(str(value) for value in row)
