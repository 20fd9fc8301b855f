"""Builds the index of places from entries, in memory that does not grow with their number."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path

import numpy as np

from whoholds.core import DataError
from whoholds.resolve.arrays import Column, write_arrays
from whoholds.resolve.entries import TYPES, Entry, Progress
from whoholds.resolve.names import loose_key, normalise
from whoholds.resolve.spool import Row, Spool
from whoholds.resolve.world import world_entries, world_version

RULES = 3              # of normal forms and keys: an index made by other rules is no use
NAMES_KEPT = 24        # other spellings stored per place, as shown to people; all are searched
PRIMARY = 0x80000000   # bit of a posting: the key is the place's main name, not another spelling
NAME_RUN = 1_500_000   # names sorted at once: 250 MB
MOST_PLACES = PRIMARY - 1
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
    with tempfile.TemporaryDirectory(prefix=f"{path.name}.", suffix=".part",
                                     dir=path.parent) as work:
        _Builder(Path(work), tell).build(path, entries, version or "custom")
    tell("done", 1.0)


class _Builder:
    """One index being built, in a folder of its own."""

    def __init__(self, folder: Path, tell: Progress) -> None:
        self.folder, self.tell = folder, tell
        self.arrays: dict[str, Column] = {}

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
        write_arrays(path, {**self.arrays, "by_number": by_number}, {
            "version": version, "places": places, "types": list(TYPES), "sources": sources,
            "rules": RULES})

    def _column(self, name: str, dtype: str) -> Column:
        return self.arrays.setdefault(name, Column(self.folder, dtype))

    def _columns(self, rows: Spool, names: Spool) -> list[str]:
        """Columns of the entries in order; their names, to be sorted; the sources."""
        number, kind = self._column("number", "<i8"), self._column("type", "|u1")
        latitude, longitude = self._column("latitude", "<f4"), self._column("longitude", "<f4")
        people, shown = self._column("population", "<u4"), self._strings("shown")
        coded = {name: (self._column(name, "<u4"), dict[str, int]())
                 for name in ("source", "country", "feature", "adm1", "adm2")}
        kinds = {t: i for i, t in enumerate(TYPES)}
        for row, packed in enumerate(rows.sorted()):
            entry = Entry.unpack(packed[-1])
            number.append(entry.number)
            kind.append(kinds[entry.type])
            latitude.append(float("nan") if entry.latitude is None else entry.latitude)
            longitude.append(float("nan") if entry.longitude is None else entry.longitude)
            people.append(min(entry.population, 2**32 - 1))
            for name, value in (
                    ("source", entry.source), ("country", entry.country or ""),
                    ("feature", f"{entry.feature_class}.{entry.feature_code}"),
                    ("adm1", entry.adm1), ("adm2", entry.adm2)):
                column, known = coded[name]
                column.append(known.setdefault(value, len(known)))
            others = [n for n in entry.names if n != entry.name][:NAMES_KEPT]
            shown("\t".join([entry.name, *others]).encode())
            main = normalise(entry.name)
            if main:
                names.add((main.encode(), row, PRIMARY))
            for key in {normalise(n) for n in entry.names} - {main, ""}:
                names.add((key.encode(), row, 0))
            if row % _TELL == 0:
                self.tell("indexing names", 0.3 + 0.4 * row / rows.count)
        for name, (_, known) in coded.items():
            add = self._strings(name)
            for value in known:
                add(value.encode())
        return sorted(coded["source"][1])

    def _strings(self, name: str) -> Callable[[bytes], None]:
        """Two arrays that hold strings; what adds one."""
        blob, offsets = self._column(f"{name}_blob", "|u1"), self._column(f"{name}_offsets", "<u4")
        offsets.append(0)

        def add(value: bytes) -> None:
            blob.extend(value)
            offsets.append(blob.count)

        return add

    def _name_tables(self, names: Spool) -> None:
        """Sorted normal forms with the rows they name, and loose keys with the normal forms."""
        loose = Spool(self.folder, NAME_RUN)
        total = names.count

        def keys() -> Iterator[tuple[bytes, list[int]]]:
            done = 0
            for at, (key, group) in enumerate(groupby(names.sorted(), key=_first)):
                postings = [row | flag for _, row, flag in group]
                skeleton = loose_key(key.decode())
                if len(skeleton) > 1:
                    loose.add((skeleton.encode(), at))
                done += len(postings)
                if at % _TELL == 0:
                    self.tell("indexing names", 0.7 + 0.2 * done / total)
                yield key, postings

        self._postings("key", keys())
        self._postings("loose", ((key, [at for _, at in group])
                                 for key, group in groupby(loose.sorted(), key=_first)))

    def _postings(self, table: str, lists: Iterable[tuple[bytes, list[int]]]) -> None:
        add = self._strings(table)
        starts = self._column(f"{table}_starts", "<u4")
        postings = self._column(f"{table}_postings", "<u4")
        starts.append(0)
        for key, values in lists:
            add(key)
            for value in values:
                postings.append(value)
            starts.append(postings.count)


def _first(row: Row) -> bytes:
    key: bytes = row[0]
    return key
