"""Tables of reports in Parquet files: a report for each row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from whoholds.core import InputError
from whoholds.reading.guards import guarded
from whoholds.reading.records import record
from whoholds.reading.results import Drafts, Options, Refusal, Source

BATCH = 50          # rows decoded at once: articles of 5 kB are nothing, of 5 MB they are 250 MB


def open_table(stream: Any, where: str) -> Any:
    """The Parquet file in a stream; InputError where it is none, or nothing here reads it."""
    try:
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise InputError(where, "reading Parquet wants pip install 'whoholds[formats]'") from None
    with guarded(where, "Parquet file"):
        return ParquetFile(stream)


def read_table(source: Source, options: Options, groups: range | None = None,
               first: int = 0) -> Drafts:
    """A report for each row, its columns found as the keys of JSON records are.

    ``groups``: the row groups to read, by default all; ``first``: how many rows come before them.
    """
    table = open_table(source.stream, source.where)
    wanted = range(table.num_row_groups) if groups is None else groups
    for number, row in enumerate(_rows(table, wanted, source.where), first + 1):
        where = f"{source.where}!{number}"
        try:
            yield record(row, where, options)
        except InputError as error:
            yield Refusal(error.where, error.what)


def _rows(table: Any, groups: range, where: str) -> Iterator[dict[str, Any]]:
    batches = table.iter_batches(batch_size=BATCH, row_groups=list(groups))
    while True:
        with guarded(where, "Parquet file"):
            batch = next(batches, None)
            rows = batch.to_pylist() if batch is not None else None
        if rows is None:
            return
        for row in rows:
            yield {str(key): _plain(value) for key, value in row.items()}


def _plain(value: Any) -> Any:
    """Moments and days as JSON would hold them; a moment without a zone is taken for UTC's, as
    Parquet's usual writers mean it."""
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
    return value.isoformat() if isinstance(value, date) else value
