"""Builds the index of places from entries, in memory that does not grow with their number."""

from __future__ import annotations

import gc
import math
import tempfile
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import accumulate, groupby, islice
from operator import itemgetter
from pathlib import Path
from zlib import crc32

import numpy as np

from whoholds.core import DataError
from whoholds.resolve.arrays import Array, Column, slots_of, write_arrays
from whoholds.resolve.entries import TYPES, Entry, Progress
from whoholds.resolve.names import loose_key, normalise
from whoholds.resolve.spool import Spool
from whoholds.resolve.world import world_entries, world_version

RULES = 4              # of normal forms and keys: an index made by other rules is no use
NAMES_KEPT = 24        # other spellings stored per place, as shown to people; all are searched
PRIMARY = 1            # a posting is twice the row, plus this where the key is its main name
NAME_RUN = 1_500_000   # names sorted at once: 250 MB
MOST_PLACES = 2**31 - 1
_TELL = 20_000         # rows between two words of progress


def build_index(path: Path, progress: Progress | None = None,
                entries: Iterable[Entry] | None = None, version: str | None = None) -> None:
    """Write the index of ``entries`` (default: the world's that ship) to ``path``, whole or not
    at all. ``progress`` is told the step and the share done, 0 to 1."""
    tell = progress or (lambda _step, _done: None)
    if entries is None:
        tell("loading place names", 0.0)
        entries, version = world_entries(), version or world_version()
    path.parent.mkdir(parents=True, exist_ok=True)
    with _no_collection(), tempfile.TemporaryDirectory(prefix=f"{path.name}.", suffix=".part",
                                     dir=path.parent) as work:
        _Builder(Path(work), tell).build(path, entries, version or "custom")
    tell("done", 1.0)


@contextmanager
def _no_collection() -> Iterator[None]:
    """No search for cycles meanwhile: millions of rows have none, and it takes a sixth of the
    time."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


class _Builder:
    """One index being built, in a folder of its own."""

    def __init__(self, folder: Path, tell: Progress) -> None:
        self.folder, self.tell = folder, tell
        self.arrays: dict[str, Column] = {}
        self.tables: dict[str, Array] = {}

    def build(self, path: Path, entries: Iterable[Entry], version: str) -> None:
        rows = Spool(self.folder)
        for entry in entries:
            rows.add((*entry.sort_key(), rows.count, entry.pack()))
            if rows.count % _TELL == 0:
                self.tell("loading place names", min(0.3, 0.3 * rows.count / (rows.count + 2e5)))
        if not rows.count:
            raise DataError(str(path), "no places to index")
        if rows.count > MOST_PLACES:
            raise DataError(str(path), f"{rows.count} places are more than an index holds")
        names = Spool(self.folder, NAME_RUN)
        sources = self._columns(rows, names)
        places = rows.count
        numbers = np.frombuffer(b"".join(self.arrays["number"].chunks()), dtype="<i8")
        by_number = np.argsort(numbers, kind="stable").astype("<u4")
        self._name_tables(names)
        self.tell("writing the index", 0.95)
        write_arrays(path, {**self.arrays, **self.tables, "by_number": by_number}, {
            "version": version, "places": places, "types": list(TYPES), "sources": sources,
            "rules": RULES})

    def _column(self, name: str, dtype: str) -> Column:
        return self.arrays.setdefault(name, Column(self.folder, dtype))

    def _columns(self, rows: Spool, names: Spool) -> list[str]:
        """Columns of the entries in order; their names, to be sorted; the sources."""
        coded: dict[str, dict[str, int]] = {
            name: {} for name in ("source", "country", "feature", "adm1", "adm2")}
        ordered, row, total = rows.sorted(), 0, rows.count
        self._strings("shown"), self._strings("shape"), self._column("shape_row", "<u4")
        while entries := [Entry.unpack(packed[-1]) for packed in islice(ordered, _TELL)]:
            self._facts(entries, coded)
            self._shapes(entries, row)
            self._names(entries, row, names)
            row += len(entries)
            self.tell("indexing names", 0.3 + 0.4 * row / total)
        for name, known in coded.items():
            self._strings(name)([value.encode() for value in known])
        return sorted(coded["source"])

    def _facts(self, entries: Sequence[Entry], coded: Mapping[str, dict[str, int]]) -> None:
        """The columns of some entries."""
        self._column("number", "<i8").extend(e.number for e in entries)
        self._column("type", "|u1").extend(bytes(_KINDS[e.type] for e in entries))
        self._column("population", "<u4").extend(min(e.population, 2**32 - 1) for e in entries)
        for name in ("latitude", "longitude"):
            values = [getattr(e, name) for e in entries]
            self._column(name, "<f4").extend(math.nan if v is None else v for v in values)
        for name, known in coded.items():
            if name == "feature":
                told = [f"{e.feature_class}.{e.feature_code}" for e in entries]
            else:
                told = [getattr(e, name) or "" for e in entries]
            self._column(name, "<u4").extend([known.setdefault(v, len(known)) for v in told])

    def _shapes(self, entries: Sequence[Entry], first: int) -> None:
        """The areas of those that have one, and whose they are."""
        found = [(row, e.shape) for row, e in enumerate(entries, first) if e.shape]
        self._strings("shape")([shape for _, shape in found])
        self._column("shape_row", "<u4").extend(row for row, _ in found)

    def _names(self, entries: Sequence[Entry], first: int, names: Spool) -> None:
        """The names of some entries as people read them, and their normal forms."""
        shown: list[bytes] = []
        for row, entry in enumerate(entries, first):
            others = [n for n in entry.names if n != entry.name][:NAMES_KEPT]
            shown.append("\t".join([entry.name, *others]).encode())
            main = normalise(entry.name)
            if main:
                names.add((main, 2 * row + PRIMARY))
            for key in {normalise(n) for n in entry.names} - {main, ""}:
                names.add((key, 2 * row))
        self._strings("shown")(shown)

    def _strings(self, name: str) -> Callable[[Sequence[bytes]], None]:
        """Two arrays that hold strings; what adds some."""
        blob, offsets = self._column(f"{name}_blob", "|u1"), self._column(f"{name}_offsets", "<u4")
        if not offsets.count:
            offsets.extend([0])

        def add(values: Sequence[bytes]) -> None:
            ends = accumulate(map(len, values), initial=blob.count)
            next(ends)
            offsets.extend(ends)
            blob.extend(b"".join(values))

        return add

    def _name_tables(self, names: Spool) -> None:
        """Normal forms with the rows they name, and loose keys with the normal forms."""
        loose = Spool(self.folder, NAME_RUN)
        total, keys, done = names.count, _Lists(self, "key"), 0
        for at, (key, group) in enumerate(groupby(names.sorted(), key=_FIRST)):
            keys.add(key, postings := [posting for _, posting in group])
            skeleton = loose_key(key)
            if len(skeleton) > 1:
                loose.add((skeleton, at))
            done += len(postings)
            if at % _TELL == 0:
                self.tell("indexing names", 0.7 + 0.2 * done / total)
        keys.end()
        skeletons = _Lists(self, "loose")
        for key, group in groupby(loose.sorted(), key=_FIRST):
            skeletons.add(key, [at for _, at in group])
        skeletons.end()


class _Lists:
    """Keys with the numbers that each stands for, on their way into arrays."""

    def __init__(self, builder: _Builder, table: str) -> None:
        self._builder, self._table = builder, table
        self._strings = builder._strings(table)
        self._starts = builder._column(f"{table}_starts", "<u4")
        self._postings = builder._column(f"{table}_postings", "<u4")
        self._keys: list[bytes] = []
        self._ends: list[int] = [0]
        self._values: list[int] = []
        self._total = 0
        self._hashes = array("I")

    def add(self, key: str, values: list[int]) -> None:
        self._keys.append(key.encode())
        self._values += values
        self._total += len(values)
        self._ends.append(self._total)
        if len(self._keys) >= _TELL:
            self._flush()

    def end(self) -> None:
        """What is left, and the table that finds a key."""
        self._flush()
        slots = slots_of(np.frombuffer(self._hashes, dtype=np.uint32))
        self._builder.tables[f"{self._table}_slots"] = slots

    def _flush(self) -> None:
        self._strings(self._keys)
        self._hashes.extend(map(crc32, self._keys))
        self._starts.extend(self._ends)
        self._postings.extend(self._values)
        self._keys, self._ends, self._values = [], [], []


_FIRST = itemgetter(0)
_KINDS = {kind: at for at, kind in enumerate(TYPES)}
