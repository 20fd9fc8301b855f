"""Sorts more rows than memory holds: runs on disk, merged while they are read."""

from __future__ import annotations

import heapq
import marshal
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from whoholds.core import DataError

RUN = 400_000        # rows sorted at once: places take about 1 kB each
_BLOCK = 1000        # rows read at once from a run
Row = tuple[Any, ...]


class Spool:
    """Rows of plain values, given back in order. ``folder`` holds the runs that overflow."""

    def __init__(self, folder: Path, run: int = RUN) -> None:
        self._folder, self._run = folder, run
        self._rows: list[Row] = []
        self._files: list[IO[bytes]] = []
        self.count = 0

    def add(self, row: Row) -> None:
        self._rows.append(row)
        self.count += 1
        if len(self._rows) >= self._run:
            file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115  (closed when read)
            self._rows.sort()
            write_blocks(file, self._rows)
            self._files.append(file)
            self._rows = []

    def sorted(self) -> Iterator[Row]:
        """All rows in order, once."""
        self._rows.sort()
        if not self._files:
            yield from self._rows
        else:
            runs = []
            for file in self._files:
                file.seek(0)
                runs.append(read_blocks(file, "a temporary file"))
            yield from heapq.merge(*runs, self._rows)
        for file in self._files:
            file.close()
        self._files, self._rows = [], []


def write_blocks(file: IO[bytes], rows: list[Row]) -> None:
    """Write rows, block by block."""
    for start in range(0, len(rows), _BLOCK):
        marshal.dump(rows[start:start + _BLOCK], file)


def read_blocks(file: IO[bytes], where: str) -> Iterator[Row]:
    """Rows that :func:`write_blocks` wrote; DataError where they are cut off."""
    while file.read(1):
        file.seek(-1, os.SEEK_CUR)
        try:
            block: Iterable[Row] = marshal.load(file)
        except (EOFError, ValueError, TypeError) as error:
            raise DataError(where, "is damaged") from error
        yield from block
