"""Inputs cut into pieces that machines can read apart from each other: files, and parts of large
ones that hold many reports.

A cut depends on the file alone. What a piece gives, with its addresses, is what reading the whole
file gives there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np

from whoholds.core import InputError, Interval, Json
from whoholds.reading.archives import read_warc, warc_positions
from whoholds.reading.composing import compose
from whoholds.reading.formats import LINES
from whoholds.reading.paths import files_below, given_from, read_paths
from whoholds.reading.records import read_lines
from whoholds.reading.results import Draft, Options, ReadResult, Refusal, Source, suffix_of
from whoholds.reading.tables import open_table, read_table

BLOCK, NEWLINE = 1 << 20, 10
SMALL = 5_000_000      # bytes: files of one piece, all together
PARQUET = ".parquet"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some files, or a part of one: from ``start`` to ``end`` (bytes, or a table's row groups;
    None: to its end), behind ``first`` reports of the file."""

    files: tuple[str, ...]
    start: int | None = None
    end: int | None = None
    first: int = 0

    def to_json(self) -> Json:
        return {"files": list(self.files), "start": self.start, "end": self.end,
                "first": self.first}


@dataclass(frozen=True, slots=True)
class Intake:
    """How everything is to be read; as the arguments of :func:`read_paths`."""

    manifest: str | None = None
    outlet: str | None = None
    published: str | Interval | None = None
    zone: str = ""
    largest: int = 5_000_000
    fields: Mapping[str, str] = field(default_factory=dict)


def pieces_of(paths: Iterable[str | Path], reports: int,
              leave_out: Iterable[Path] = ()) -> Iterator[Piece]:
    """The pieces of files and of folders with all below them, in the order of reading; of about
    ``reports`` reports each. Paths that are not there give a piece that says so when read."""
    batch, size = list[str](), 0
    for file in files_below(paths, leave_out):
        cuts = list(_cuts(file, reports))
        if cuts:
            if batch:
                yield Piece(tuple(batch))
                batch, size = [], 0
            yield from cuts
            continue
        batch.append(file)
        size += _size(file)
        if len(batch) >= reports or size >= SMALL:
            yield Piece(tuple(batch))
            batch, size = [], 0
    if batch:
        yield Piece(tuple(batch))


def _size(file: str) -> int:
    try:
        return Path(file).stat().st_size
    except OSError:
        return 0


def _cuts(file: str, reports: int) -> Iterator[Piece]:
    """The pieces of a file that holds many reports; none for others, and for broken ones."""
    low = file.lower()
    try:
        with Path(file).open("rb") as stream:
            if suffix_of(file) in LINES:
                starts = _lines(stream, reports)
            elif low.endswith((".warc", ".warc.gz")):
                starts = warc_positions(stream, reports)
            elif suffix_of(file) == PARQUET:
                starts = _groups(open_table(stream, file), reports)
            else:
                return
    except (InputError, OSError):
        return
    ends: list[int | None] = [start for start, _ in starts[1:]]
    for (start, first), end in zip(starts, [*ends, None], strict=True):
        yield Piece((file,), start, end, first)


def _lines(stream: BinaryIO, reports: int) -> list[tuple[int, int]]:
    """Where every so manieth line begins, and how many come before."""
    starts, lines, at = [(0, 0)], 0, 0
    while block := stream.read(BLOCK):
        ends = np.flatnonzero(np.frombuffer(block, np.uint8) == NEWLINE) + 1 + at
        for n in range(reports - lines % reports - 1, len(ends), reports):
            starts.append((int(ends[n]), lines + n + 1))
        lines, at = lines + len(ends), at + len(block)
    return [s for s in starts if s[0] < at] or starts[:1]


def _groups(table: object, reports: int) -> list[tuple[int, int]]:
    """Row groups at which a piece begins, and how many rows come before."""
    meta = table.metadata  # type: ignore[attr-defined]
    starts, rows, since = [(0, 0)], 0, 0
    for group in range(meta.num_row_groups):
        if since >= reports:
            starts.append((group, rows))
            since = 0
        count = meta.row_group(group).num_rows
        rows, since = rows + count, since + count
    return starts


def read_piece(piece: Piece, intake: Intake) -> Iterator[ReadResult]:
    """The reports of a piece and what is refused in it, as :func:`read_paths` gives them."""
    from zoneinfo import ZoneInfo
    zone = ZoneInfo(intake.zone) if intake.zone else None
    if piece.start is None:
        yield from read_paths(piece.files, manifest=intake.manifest, outlet=intake.outlet,
                              published=intake.published, zone=zone, largest=intake.largest,
                              fields=intake.fields)
        return
    given, options = given_from(intake.outlet, intake.published, zone), Options(
        intake.largest, intake.fields)
    for draft in _drafts(piece, options):
        yield (ReadResult(draft.where, refusal=draft) if isinstance(draft, Refusal)
               else compose(draft, given))


def _drafts(piece: Piece, options: Options) -> Iterator[Draft | Refusal]:
    file = piece.files[0]
    try:
        with Path(file).open("rb") as stream:
            source = Source(file, file, stream)
            if suffix_of(file) == PARQUET:
                end = piece.end if piece.end is not None else \
                    open_table(stream, file).num_row_groups
                yield from read_table(source, options, range(piece.start or 0, end), piece.first)
                return
            stream.seek(piece.start or 0)
            if suffix_of(file) in LINES:
                part = cast(BinaryIO, _Part(stream, piece.start or 0, piece.end))
                yield from read_lines(Source(file, file, part), options, piece.first)
                return
            for found in read_warc(source, options, piece.first, piece.end):
                if isinstance(found, Draft | Refusal):
                    yield found
    except InputError as error:
        yield Refusal(error.where, error.what)
    except OSError as error:
        yield Refusal(file, f"cannot be read: {error.strerror or error}")


class _Part:
    """The lines of a stream up to a byte."""

    def __init__(self, stream: BinaryIO, start: int, end: int | None) -> None:
        self._stream, self._left = stream, end - start if end is not None else None

    def readline(self, size: int = -1) -> bytes:
        if self._left is not None and self._left <= 0:
            return b""
        line = self._stream.readline(size)
        if self._left is not None:
            self._left -= len(line)
        return line


__all__ = ["Intake", "Piece", "pieces_of", "read_piece"]
