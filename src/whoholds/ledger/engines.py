"""Opens the database: SQLite in a file, or PostgreSQL by its address. The only home of dialects.

The contract above it is the same; what differs between the two is in this file alone: how a
transaction that writes begins, how a ledger is told from another database, what errors mean.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa

from whoholds.core import LedgerError
from whoholds.ledger import schema
from whoholds.ledger.months import KEY, UNDATED, make_months
from whoholds.ledger.schema import Hash

APPLICATION_ID = 0x77686F6C       # "whol": marks the file as ours, in SQLite's header
VERSION_TABLE = "whoholds_schema"  # holds the revision; marks a PostgreSQL database as ours
REVISIONS = ("0001", "0002", "0003")  # oldest first; the last is the one this program writes
SQLITE_MAGIC = b"SQLite format 3\x00"
CACHE_KB = 128_000                # of SQLite's pages: keys are hashes, each row has its own page
CHECKPOINT = 16_000               # pages in the log before they go into the file (64 MB): pages
                                  # that many rows touch are then written there once
COPIED_FROM = 500                 # rows from which on PostgreSQL's COPY pays
FEW = 500                         # reports whose months are looked up before their claims
WRITE_LOCK = 0x77686F6C           # PostgreSQL's advisory lock: one writer at a time, as in SQLite

# What the databases say -> what a person needs to know.
BUSY = "another program is writing to it and did not finish in time; try again"
SAYINGS = (
    ("database is locked", BUSY),
    ("locking protocol", BUSY),
    ("lock timeout", BUSY),
    ("disk is full", "the disk is full; nothing of this was written"),
    ("out of shared memory", "its server has too few locks for so many months of claims: raise its "
     "max_locks_per_transaction"),
    ("no space left", "the disk is full; nothing of this was written"),
    ("disk i/o error", "the disk fails to read or write; nothing of this was written"),
    ("readonly database", "it is read-only"),
    ("read-only transaction", "it is read-only"),
    ("unable to open database file", "it cannot be opened (missing folder or no permission)"),
    ("not a database", "not a whoholds ledger"),
    ("malformed", "it is damaged; restore a copy, or read the reports into a new ledger"),
    ("interrupted", "the request was interrupted"),
)


_moment: sa.ColumnElement[int] = sa.literal_column(
    KEY.replace("reported", "claims.reported"), sa.BigInteger)


@dataclass(frozen=True, slots=True)
class Opened:
    """An open database: its engine, its name for people, whether it takes writes."""

    engine: sa.Engine
    name: str
    read_only: bool

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """One consistent snapshot to read from."""
        with explained(self.name), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One transaction that writes: all of it is kept, or none. Writers wait for each other."""
        if self.read_only:
            raise LedgerError(f"{self.name}: it is read-only")
        with (explained(self.name), self.engine.connect() as plain,
              plain.execution_options(writes=True) as connection, connection.begin()):
            yield connection


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Turns what a database says into a LedgerError of one line."""
    try:
        yield
    except (sa.exc.DBAPIError, sqlite3.Error) as error:
        said = str(error.orig if isinstance(error, sa.exc.DBAPIError) else error)
        line = next((text for sign, text in SAYINGS if sign in said.lower()),
                    " ".join(said.split()) or type(error).__name__)
        raise LedgerError(f"{name}: {line}") from error


def add_new(connection: sa.Connection, table: sa.Table, values: list[dict[str, Any]],
            unknown: bool = False) -> None:
    """Adds the rows whose keys are new; those that are known stay as they are. All rows have the
    same columns. ``unknown``: as for :func:`add_rows`."""
    if not values:
        return
    names = list(values[0])
    columns = []
    for name in names:
        cells = [row[name] for row in values]
        if isinstance(table.c[name].type, Hash):
            cells = [None if cell is None else bytes.fromhex(cell) for cell in cells]
        columns.append(cells)
    add_rows(connection, table.name, names, list(zip(*columns, strict=True)), unknown)


def add_rows(connection: sa.Connection, table: str, names: list[str],
             rows: list[tuple[Any, ...]], unknown: bool = False) -> None:
    """As :func:`add_new`, of cells as the database has them. They go in by the driver's own way,
    which costs a third of SQLAlchemy's; hundreds of them, on PostgreSQL, by COPY. ``unknown``: the
    caller knows that no row has a key that is there, or that another has, which spares a copy."""
    listed, on_sqlite = ", ".join(names), connection.dialect.name == "sqlite"
    if table == "claims" and not on_sqlite:
        at = names.index("reported_latest")
        make_months(connection, {row[at] for row in rows})
    if on_sqlite or len(rows) < COPIED_FROM:
        slots = ", ".join(["?" if on_sqlite else "%s"] * len(names))
        if rows:
            connection.exec_driver_sql(f"INSERT INTO {table} ({listed}) VALUES ({slots}) "
                                       "ON CONFLICT DO NOTHING", rows)
    else:
        _copy(connection, table, listed, rows, unknown)


def _copy(connection: sa.Connection, table: str, listed: str,
          rows: list[tuple[Any, ...]], unknown: bool) -> None:
    """COPY knows no conflicts: rows that may be known go through a table of this session's own."""
    staging = table if unknown else f"new_{table}"
    statement = f"COPY {staging} ({listed}) FROM STDIN"
    if not unknown:
        connection.exec_driver_sql(f"CREATE TEMPORARY TABLE IF NOT EXISTS {staging} ON COMMIT "
                                   f"DELETE ROWS AS SELECT {listed} FROM {table} LIMIT 0")
    raw: Any = connection.connection.driver_connection
    try:
        with raw.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except raw.Error as error:
        raise sa.exc.DBAPIError(statement, None, error) from error
    if not unknown:
        connection.exec_driver_sql(f"INSERT INTO {table} ({listed}) SELECT {listed} FROM {staging} "
                                   "ON CONFLICT DO NOTHING")
        connection.exec_driver_sql(f"TRUNCATE {staging}")


def published_by(connection: sa.Connection, second: int) -> list[sa.ColumnElement[bool]]:
    """What is true of every claim that is known by ``second``: with it PostgreSQL leaves out the
    months after it. SQLite has no months."""
    return [] if connection.dialect.name == "sqlite" else [_moment <= second]


def published_at(connection: sa.Connection,
                 reports: Collection[str]) -> list[sa.ColumnElement[bool]]:
    """What is true of every claim in these reports: with it PostgreSQL looks for them in their
    months alone, and knows how few there are. Of many reports every month has some."""
    if connection.dialect.name == "sqlite" or len(reports) > FEW:
        return []
    t = schema.reports
    moments = connection.execute(sa.select(t.c.reported_latest).where(
        t.c.id.in_(sorted(reports))).distinct()).scalars()
    return [_moment.in_(sorted(UNDATED if at is None else at for at in moments))]


def matching(words: str, connection: sa.Connection) -> sa.TextClause:
    """The condition on ``reports`` that all of ``words`` stand in text or title."""
    parts = [part for part in re.findall(r'"[^"]*"|\S+', words) if any(map(str.isalnum, part))]
    if connection.dialect.name == "sqlite":
        query = " ".join('"' + part.replace('"', "") + '"' for part in parts) or '""'
        return sa.text("reports.number IN (SELECT rowid FROM reports_words WHERE reports_words "
                       "MATCH :words)").bindparams(words=query)
    query = " ".join(part if part[0] == '"' else f'"{part}"' for part in parts)
    return sa.text("to_tsvector('simple', coalesce(reports.title, '') || ' ' || "
                   "left(reports.text, 200000)) @@ websearch_to_tsquery('simple', :words)"
                   ).bindparams(words=query)


def open_database(where: str | Path, create: bool, wait_s: float) -> Opened:
    """The database at ``where``, with the newest schema; LedgerError says why not."""
    text = str(where)
    if text.startswith(("postgresql:", "postgres:", "postgresql+")):
        opened = _open_postgresql(text, wait_s)
    else:
        opened = _open_sqlite(Path(where), create, wait_s)
    try:
        _prepare(opened, create)
    except BaseException:
        opened.engine.dispose()
        raise
    return opened


def _open_sqlite(path: Path, create: bool, wait_s: float) -> Opened:
    name = str(path)
    if path.is_dir():
        raise LedgerError(f"{name}: a folder, not a ledger file")
    if not path.exists():
        if not create:
            raise LedgerError(f"{name}: no such ledger; `whoholds read` makes one")
        if not path.parent.is_dir():
            raise LedgerError(f"{name}: its folder {path.parent} does not exist")
    elif path.stat().st_size and not _is_sqlite(path, name):
        raise LedgerError(f"{name}: not a whoholds ledger")
    read_only = path.exists() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
    address = "file:" + quote(str(path.absolute()).replace(os.sep, "/"))
    if read_only:  # without a log to replay the file can be read as it lies, even on a CD
        logged = path.with_name(path.name + "-wal").exists()
        address += "?mode=ro" + ("" if logged else "&immutable=1")

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(address, uri=True, timeout=wait_s, isolation_level=None,
                                     check_same_thread=False)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
        connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT}")
        connection.execute("PRAGMA synchronous = FULL")  # what is acknowledged survives a power cut
        return connection

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=sa.QueuePool)

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return Opened(engine, name, read_only)


def _is_sqlite(path: Path, name: str) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(SQLITE_MAGIC)) == SQLITE_MAGIC
    except OSError as error:
        raise LedgerError(f"{name}: {error.strerror or error}") from error


def _open_postgresql(address: str, wait_s: float) -> Opened:
    url = sa.make_url(address).set(drivername="postgresql+psycopg")
    name = url.render_as_string(hide_password=True)
    # Answers are fetched by a cursor and to their end: the server's own plan for a cursor, for the
    # first tenth of its rows, may take the square of the time.
    options = f"-c lock_timeout={int(wait_s * 1000)} -c cursor_tuple_fraction=1"
    try:
        engine = sa.create_engine(url, isolation_level="REPEATABLE READ",
                                  connect_args={"options": options})
    except ImportError as error:
        raise LedgerError(f"{name}: PostgreSQL needs the package psycopg: "
                          "pip install 'whoholds[postgresql]'") from error

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        if connection.get_execution_options().get("writes"):
            # READ COMMITTED: what the lock waited for is seen once the lock is held.
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITE_LOCK})")

    return Opened(engine, name, read_only=False)


def _prepare(opened: Opened, create: bool) -> None:
    """Makes or upgrades the tables where needed; refuses what is not a ledger."""
    with opened.reading() as connection:
        revision = _revision(connection, opened.name)
    if revision == REVISIONS[-1]:
        return
    if revision is None and not create:
        raise LedgerError(f"{opened.name}: an empty database, no ledger; `whoholds read` fills it")
    if opened.read_only:
        raise LedgerError(f"{opened.name}: it is read-only and needs an upgrade; copy it first")
    if revision is None and opened.engine.dialect.name == "sqlite":
        with explained(opened.name), opened.engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            raw.execute("PRAGMA journal_mode = WAL")  # must stand outside any transaction
    with opened.writing() as connection:
        if _revision(connection, opened.name) != REVISIONS[-1]:  # another may have been faster
            _migrate(connection)


def _revision(connection: sa.Connection, name: str) -> str | None:
    """The schema's revision, None for an empty database; LedgerError for one of other make."""
    tables = set(sa.inspect(connection).get_table_names())
    ours = VERSION_TABLE in tables
    if connection.dialect.name == "sqlite":
        mark = connection.exec_driver_sql("PRAGMA application_id").scalar()
        if not tables and mark in (0, APPLICATION_ID):
            return None
        ours = ours and mark == APPLICATION_ID
    elif not ours and "reports" not in tables:
        return None
    if not ours:
        raise LedgerError(f"{name}: a database of another program, not a whoholds ledger")
    revision = connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar()
    if revision not in REVISIONS:
        raise LedgerError(f"{name}: written by a newer whoholds (schema {revision}, this program "
                          f"knows up to {REVISIONS[-1]}); upgrade whoholds")
    return str(revision)


def _migrate(connection: sa.Connection) -> None:
    """Runs the migrations that are missing, inside the caller's transaction."""
    from alembic import command  # slow to import, and needed once in a ledger's life
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location",
                           str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
