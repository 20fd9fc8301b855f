"""A whole ledger as one file: for backup, for moving between stores, for handing on.

A bundle is a zip file with ``manifest.json`` (format, rows and SHA-256 of each part) and a part
``TABLE.jsonl`` or ``TABLE.parquet`` for each table, rows in the order of their keys. Ids are
hexadecimal; a version is its position among *versions*. Nothing in it depends on the store or the
moment of writing.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import sqlalchemy as sa

from whoholds.core import LedgerError, canonical_json
from whoholds.ledger import schema
from whoholds.ledger.appending import add_reports, known_ids
from whoholds.ledger.checking import check
from whoholds.ledger.engines import add_new
from whoholds.ledger.parts import FORMS, Form, Hashing, columns

MANIFEST = "manifest.json"
TABLES = (schema.versions, schema.settings, schema.reports, schema.readings, schema.claims,
          schema.findings, schema.resolutions, schema.places, schema.actors, schema.entries)
BATCH = 1000
MOMENT = (1980, 1, 1, 0, 0, 0)    # of every part: equal contents make equal files
LARGEST_MANIFEST = 1_000_000      # bytes


def write_bundle(connection: sa.Connection, path: Path, form: str = "jsonl") -> dict[str, int]:
    """Writes every row into a new bundle, whole or not at all; gives how many of each table.
    ``form``: of its parts, *jsonl* or *parquet*."""
    exists = LedgerError(f"{path}: exists already; a bundle overwrites nothing")
    if path.exists():
        raise exists
    try:
        handle, written = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                counts = _write(connection, file, FORMS[form])
                file.flush()
                os.fsync(file.fileno())
            _publish(Path(written), path)
        finally:
            Path(written).unlink(missing_ok=True)
    except FileExistsError:
        raise exists from None
    except OSError as error:
        raise LedgerError(f"{path}: {error.strerror or error}") from error
    return counts


def _publish(written: Path, path: Path) -> None:
    """Gives a whole file its name; FileExistsError where another has it."""
    umask = os.umask(0)
    os.umask(umask)
    written.chmod(0o666 & ~umask)
    try:
        os.link(written, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if path.exists():
            raise FileExistsError from None
        written.rename(path)


def _write(connection: sa.Connection, file: IO[bytes], form: Form) -> dict[str, int]:
    positions = _positions(connection)
    counts: dict[str, int] = {}
    hashes: dict[str, str] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in TABLES:
            with archive.open(zipfile.ZipInfo(table.name + form.ending, MOMENT), "w",
                              force_zip64=True) as part:
                out = Hashing(part)
                counts[table.name] = form.write(table, _rows(connection, table, positions), out)
            hashes[table.name] = out.hash
        archive.writestr(zipfile.ZipInfo(MANIFEST, MOMENT), canonical_json(
            {"format": form.format, "tables": {name: {"rows": count, "sha256": hashes[name]}
                                          for name, count in counts.items()}}))
    return counts


def read_bundle(connection: sa.Connection, path: Path) -> dict[str, int]:
    """Adds a bundle's rows, those that are new; gives how many. The caller's transaction."""
    try:
        with zipfile.ZipFile(path) as archive:
            form = _verified(archive, path)
            before = _counts(connection)
            numbers = _add_versions(connection, archive, form)
            for table in TABLES[1:]:
                for batch in _batches(archive, form, table, numbers):
                    if table is schema.reports:
                        known = known_ids(connection, table, {row["id"] for row in batch})
                        add_reports(connection, [row for row in batch if row["id"] not in known])
                    else:
                        add_new(connection, table, _after(connection, batch)
                                if table is schema.readings else batch)
    except (zipfile.BadZipFile, OSError, EOFError) as error:
        raise LedgerError(f"{path}: not a bundle: {error}") from error
    except (KeyError, ValueError, TypeError, IndexError, sa.exc.IntegrityError) as error:
        raise LedgerError(f"{path}: a bundle whose rows do not fit together") from error
    flaw = next(check(connection), None)
    if flaw is not None:
        raise LedgerError(f"{path}: would leave the ledger unsound: {flaw}")
    return {name: count - before[name] for name, count in _counts(connection).items()}


def _verified(archive: zipfile.ZipFile, path: Path) -> Form:
    """The form of its parts; LedgerError unless every part is there with its hash."""
    try:
        with archive.open(MANIFEST) as part:
            manifest = json.loads(part.read(LARGEST_MANIFEST))
        written = manifest["format"]
        parts = {name: value["sha256"] for name, value in manifest["tables"].items()}
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise LedgerError(f"{path}: not a bundle: no manifest") from error
    form = next((f for f in FORMS.values() if f.format == written), None)
    if form is None or set(parts) != {table.name for table in TABLES}:
        raise LedgerError(f"{path}: a bundle of another make ({written}); upgrade whoholds")
    for name, expected in parts.items():
        digest = hashlib.sha256()
        with archive.open(name + form.ending) as part:
            while block := part.read(1 << 20):
                digest.update(block)
        if digest.hexdigest() != expected:
            raise LedgerError(f"{path}: damaged: {name}{form.ending} does not have its hash")
    return form


def _positions(connection: sa.Connection) -> dict[int, int]:
    """The position of each version's number among all numbers."""
    t = schema.versions
    numbers = connection.execute(sa.select(t.c.number).order_by(t.c.number)).scalars()
    return {number: position for position, number in enumerate(numbers)}


def _rows(connection: sa.Connection, table: sa.Table,
          positions: dict[int, int]) -> Iterator[dict[str, Any]]:
    keys = [table.c.id] if "id" in table.c and "version" not in table.c else list(
        table.primary_key.columns)
    query = sa.select(*columns(table)).order_by(*keys)
    for row in connection.execution_options(yield_per=BATCH).execute(query):
        values = dict(row._mapping)
        if "version" in values:
            values["version"] = positions[values["version"]]
        if values.get("fingerprint") is not None:
            values["fingerprint"] = bytes(values["fingerprint"]).hex()
        yield values


def _part(archive: zipfile.ZipFile, form: Form, table: sa.Table) -> Iterator[dict[str, Any]]:
    with archive.open(table.name + form.ending) as part:
        yield from form.read(table, part)


def _batches(archive: zipfile.ZipFile, form: Form, table: sa.Table,
             numbers: list[int]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in _part(archive, form, table):
        if "version" in row:
            row["version"] = numbers[row["version"]]
        if row.get("fingerprint") is not None:
            row["fingerprint"] = bytes.fromhex(row["fingerprint"])
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


def _add_versions(connection: sa.Connection, archive: zipfile.ZipFile, form: Form) -> list[int]:
    """Numbers of the bundle's versions, by their position in it."""
    t, numbers = schema.versions, []
    for row in _part(archive, form, t):
        add_new(connection, t, [row])
        numbers.append(connection.execute(sa.select(t.c.number).where(
            t.c.reader == row["reader"], t.c.data == row["data"])).scalar_one())
    return numbers


def _after(connection: sa.Connection, batch: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The readings of ``batch`` that are new, numbered after those that each report has."""
    t = schema.readings
    ids = sorted({row["report_id"] for row in batch})
    known, last = set[tuple[str, int]](), defaultdict[str, int](int)
    for start in range(0, len(ids), 500):
        for row in connection.execute(sa.select(t.c.report_id, t.c.version, t.c.sequence).where(
                t.c.report_id.in_(ids[start:start + 500]))):
            known.add((row.report_id, row.version))
            last[row.report_id] = max(last[row.report_id], row.sequence)
    fresh = []
    for values in sorted(batch, key=lambda v: (v["report_id"], v["sequence"])):
        if (values["report_id"], values["version"]) not in known:
            last[values["report_id"]] += 1
            fresh.append({**values, "sequence": last[values["report_id"]]})
    return fresh


def _counts(connection: sa.Connection) -> dict[str, int]:
    """How many rows each table has."""
    return {table.name: connection.execute(
        sa.select(sa.func.count()).select_from(table)).scalar_one() for table in TABLES}
