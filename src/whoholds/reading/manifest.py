"""A manifest: a CSV table that says when and where each file was published."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

from whoholds.core import InputError
from whoholds.reading.dates import read_date
from whoholds.reading.decoding import decode
from whoholds.reading.results import Facts, Refusal

NEEDED = ("file", "published", "outlet")
KNOWN = (*NEEDED, "url", "title", "language", "note")
LARGEST = 100_000_000  # bytes: a million rows


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the file, what it says of it, and where (``manifest.csv:3``)."""

    path: Path
    facts: Facts
    where: str


def read_manifest(path: Path, zone: tzinfo | None = None) -> Iterator[Row | Refusal]:
    """The rows of a manifest, and a refusal with file and line for each broken one.

    Columns ``file``, ``published``, ``outlet``, and if wanted ``url``, ``title``, ``language``,
    ``note``. Files are named relative to the manifest. Raises InputError where it is no manifest.
    """
    seen: dict[Path, int] = {}
    reader = _table(path)
    for cells in reader:
        line = reader.line_num
        where = f"{path}:{line}"
        if not any((cell or "").strip() for cell in cells.values() if not isinstance(cell, list)):
            continue
        found = _row(path, cells, where, zone)
        if isinstance(found, Refusal):
            yield found
        elif found.path in seen:
            yield Refusal(where, f"{cells['file']} stands already on line {seen[found.path]}")
        else:
            seen[found.path] = line
            yield found


def _table(path: Path) -> csv.DictReader[str]:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        said = error.strerror or str(error)
        raise InputError(str(path), said[:1].lower() + said[1:]) from None
    if len(data) > LARGEST:
        raise InputError(str(path), f"larger than {LARGEST:,} bytes")
    text, _ = decode(data, str(path))
    reader = csv.DictReader(io.StringIO(text), strict=True)
    try:
        header = [name.strip().lower() for name in reader.fieldnames or ()]
    except csv.Error as error:
        raise InputError(f"{path}:1", f"not a table: {error}") from None
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise InputError(f"{path}:1", f"no column {' or '.join(map(repr, missing))} "
                         f"(a manifest has {', '.join(NEEDED)})")
    unknown = [name for name in header if name not in KNOWN]
    if unknown or len(set(header)) < len(header):
        what = f"unknown column {unknown[0]!r}" if unknown else "a column stands twice"
        raise InputError(f"{path}:1", f"{what} (a manifest may have {', '.join(KNOWN)})")
    reader.fieldnames = header
    return _Lines(reader, path)  # type: ignore[return-value]


class _Lines:
    """The reader's rows; a row that is not CSV ends the table with its line."""

    def __init__(self, reader: csv.DictReader[str], path: Path) -> None:
        self._reader, self._path = reader, path

    @property
    def line_num(self) -> int:
        return self._reader.line_num

    def __iter__(self) -> Iterator[dict[str, str]]:
        while True:
            try:
                yield next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                line = self.line_num + 1  # the reader counts a line once it has taken it apart
                raise InputError(f"{self._path}:{line}", f"not a table row: {error}") from None


def _row(manifest: Path, cells: dict[str, str], where: str, zone: tzinfo | None) -> Row | Refusal:
    if None in cells:
        return Refusal(where, "more cells than columns (a comma that needs quotes?)")
    if None in cells.values():
        return Refusal(where, "fewer cells than columns")
    values = {name: cell.strip() for name, cell in cells.items()}
    if not values["file"]:
        return Refusal(where, "no file named")
    if values["published"] and read_date(values["published"], zone) is None:
        return Refusal(where, f"published is not a date or time: {values['published']!r} "
                       "(write 2021-08-15 or 2021-08-15T18:00Z)")
    path = manifest.parent / values["file"]
    if not path.is_file():
        return Refusal(where, f"no such file: {values['file']}")
    facts = Facts("manifest", **{name: values.get(name) or None for name in
                                 ("published", "outlet", "url", "title", "language")})
    return Row(path, facts, where)
