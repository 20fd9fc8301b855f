"""The parts of a bundle: a table's rows as JSON Lines, or as Parquet for those who analyse them."""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

import sqlalchemy as sa

from whoholds.core import UsageError, canonical_json

Row = dict[str, Any]
GROUP = 10_000        # rows of Parquet written together
BATCH = 1000          # rows read at once
BLOCK = 1 << 20       # bytes copied at once
WHOLE = (sa.Integer, sa.BigInteger)


class Hashing(io.RawIOBase):
    """A file to write to that knows the hash of all that was written."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file, self._digest, self._at = file, hashlib.sha256(), 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        block = bytes(data)
        self._digest.update(block)
        self._file.write(block)
        self._at += len(block)
        return len(block)

    def tell(self) -> int:
        return self._at

    @property
    def hash(self) -> str:
        """SHA-256, hexadecimal."""
        return self._digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Lines:
    """A part as JSON Lines."""

    format = "whoholds bundle 1"
    ending = ".jsonl"

    def write(self, table: sa.Table, rows: Iterable[Row], out: Hashing) -> int:
        """Writes the rows; gives how many."""
        count = 0
        for row in rows:
            out.write((canonical_json(row) + "\n").encode())
            count += 1
        return count

    def read(self, table: sa.Table, part: IO[bytes]) -> Iterator[Row]:
        """The rows; ValueError where they are none of this table's."""
        names = {c.name for c in columns(table)}
        for line in io.TextIOWrapper(part, encoding="utf8", newline="\n"):
            row = json.loads(line)
            if set(row) != names:
                raise ValueError(f"columns of {table.name}")
            yield row


@dataclass(frozen=True, slots=True)
class Parquet:
    """A part as Parquet; needs pyarrow, of the extra *formats*. Ids are hexadecimal text."""

    format = "whoholds bundle 1, Parquet"
    ending = ".parquet"

    def write(self, table: sa.Table, rows: Iterable[Row], out: Hashing) -> int:
        """Writes the rows; gives how many."""
        pa, parquet = _arrow()
        wanted = pa.schema([(c.name, _type(pa, c)) for c in columns(table)])
        count, group = 0, list[Row]()
        with parquet.ParquetWriter(out, wanted, compression="zstd") as writer:
            for row in rows:
                group.append(row)
                if len(group) == GROUP:
                    writer.write_table(pa.Table.from_pylist(group, schema=wanted))
                    count, group = count + len(group), []
            if group:
                writer.write_table(pa.Table.from_pylist(group, schema=wanted))
        return count + len(group)

    def read(self, table: sa.Table, part: IO[bytes]) -> Iterator[Row]:
        """The rows; ValueError where they are none of this table's."""
        pa, parquet = _arrow()
        names = [c.name for c in columns(table)]
        with tempfile.TemporaryFile() as copy:      # Parquet is read from its end
            while block := part.read(BLOCK):
                copy.write(block)
            copy.seek(0)
            try:
                file = parquet.ParquetFile(copy)
                if file.schema_arrow.names != names:
                    raise ValueError(f"columns of {table.name}")
                for batch in file.iter_batches(BATCH):
                    yield from batch.to_pylist()
            except (pa.ArrowException, OSError) as error:
                raise ValueError(f"{table.name}: {error}") from error


Form = Lines | Parquet
FORMS: Mapping[str, Form] = {"jsonl": Lines(), "parquet": Parquet()}
INTERNAL = frozenset({"number"})  # keys that a store gives to rows; they differ between stores


def columns(table: sa.Table) -> list[sa.Column[Any]]:
    """The columns that a bundle has of a table."""
    return [c for c in table.columns if c.name not in INTERNAL]


def _type(pa: Any, column: sa.Column[Any]) -> Any:
    if isinstance(column.type, sa.Boolean):
        return pa.bool_()
    if isinstance(column.type, sa.Float):
        return pa.float64()
    return pa.int64() if isinstance(column.type, WHOLE) else pa.string()


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise UsageError("a Parquet bundle needs pyarrow: pip install 'whoholds[formats]'"
                         ) from error
    return pa, parquet
