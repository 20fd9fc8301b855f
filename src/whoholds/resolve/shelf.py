"""The gazetteers that a person has added: read once, kept in a folder, merged into every index."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from whoholds.core import DataError, UsageError
from whoholds.resolve.dumps import Codes, Kind, kind_of, read
from whoholds.resolve.entries import Entry, Progress, merged
from whoholds.resolve.spool import Row, Spool, read_blocks, write_blocks
from whoholds.resolve.twins import FOREIGN, Twins
from whoholds.resolve.world import world_entries, world_version

RUN = 50_000           # rows kept in memory, and read again at most after a kill
RUN_BYTES = 64 << 20   # bytes of areas, likewise
_STATE = "about.json"
_SHIPPED = 1           # rank of the places that ship: GeoNames' own dumps know better, others less
_RANK: dict[Kind, int] = {"geonames": 0, "wof": 2, "names": 3, "areas": 4}


@dataclass(frozen=True, slots=True)
class Added:
    """A gazetteer on the shelf. ``rows`` are its places (or names); ``sha256`` is of all rows."""

    name: str
    kind: Kind
    rows: int
    sha256: str
    size: int            # bytes of the file, with `changed` to know it by when reading goes on
    changed: int
    line: int            # the last line that is kept
    runs: int


class Shelf:
    """A folder of added gazetteers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def added(self) -> tuple[Added, ...]:
        """What is there, whole, by name."""
        return tuple(_state(path.parent) for path in sorted(self.folder.glob(f"*/{_STATE}"))
                     if not path.parent.name.startswith("."))

    @property
    def version(self) -> str:
        """What tells one state of the shelf from another; empty where nothing was added."""
        added = self.added()
        text = json.dumps([(a.name, a.sha256) for a in added])
        return hashlib.sha256(text.encode()).hexdigest()[:8] if added else ""

    def add(self, paths: Sequence[Path], tell: Progress) -> tuple[Added, ...]:
        """Read files onto the shelf; go on where an earlier try was killed.

        Files of codes (admin1CodesASCII.txt, admin2Codes.txt) name the units of the dumps given
        with them. DataError with file and line: that file leaves nothing behind.
        """
        kinds = {path: kind_of(path) for path in paths}
        codes = Codes.shipped()
        for path, kind in kinds.items():
            if kind == "units":
                codes.read(path)
        dumps = {p: k for p, k in kinds.items() if k != "units"}
        if not dumps:
            raise UsageError("codes alone name no places: give them with a dump")
        self.folder.mkdir(parents=True, exist_ok=True)
        return tuple(self._read(path, kind, codes, tell) for path, kind in dumps.items())

    def remove(self, name: str) -> None:
        """Take a gazetteer away; UsageError where there is none of that name."""
        if name not in {a.name for a in self.added()}:
            raise UsageError(f"no gazetteer called {name!r} was added; `whoholds gazetteer list` "
                             "shows what is there")
        shutil.rmtree(self.folder / name)

    def entries(self) -> Iterator[Entry]:
        """All places, those that ship among them: one entry for each, those that two sources
        list under ids of their own among them."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self.folder, prefix=".merge-") as work:
            rows = Spool(Path(work))
            for at, entry in enumerate(world_entries()):
                rows.add((entry.source, entry.number, _SHIPPED << 48 | at, entry.pack()))
            for place, added in enumerate(self.added()):
                for source, number, at, told in self._rows(added):
                    rows.add((source, number,
                              _RANK[added.kind] << 48 | place << 34 | at, told))
            yield from Twins(self._foreign()).united(merged(rows.sorted()))

    def _foreign(self) -> Iterator[Entry]:
        """The places that were added without an id of GeoNames."""
        for added in self.added():
            if added.kind in ("wof", "areas"):
                yield from (Entry.unpack(told) for source, _, _, told in self._rows(added)
                            if source in FOREIGN)

    def world_version(self) -> str:
        """What the index of all these places is made of."""
        return " + ".join([world_version(), *(a.name for a in self.added())])

    def _rows(self, added: Added) -> Iterator[Row]:
        for run in range(added.runs):
            path = self.folder / added.name / f"{run:05}.rows"
            try:
                with path.open("rb") as file:
                    yield from read_blocks(file, str(path))
            except OSError as error:
                raise DataError(str(path), f"{error.strerror}; add {added.name} again") from error

    def _read(self, path: Path, kind: Kind, codes: Codes, tell: Progress) -> Added:
        """One file: run by run into a folder beside, each whole on disk before the next begins."""
        folder, stat = self.folder / path.name, path.stat()
        part = self.folder / f".{path.name}.part"
        new = Added(path.name, kind, 0, "", stat.st_size, stat.st_mtime_ns, 0, 0)
        if folder.exists() and _same(_state(folder), new):
            return _state(folder)
        state = _state(part) if (part / _STATE).exists() else new
        if not _same(state, new):
            shutil.rmtree(part)
            state = new
        part.mkdir(exist_ok=True)
        try:
            for batch in _batches(path, kind, codes, state.line):
                state = _keep(part, state, batch)
                tell(f"reading {path.name}: {state.rows:,} rows", 0.5)
            if not state.rows:
                raise DataError(str(path), "names no place")
        except DataError:
            shutil.rmtree(part)
            raise
        if folder.exists():
            shutil.rmtree(folder)
        part.rename(folder)
        return state


def _state(folder: Path) -> Added:
    path = folder / _STATE
    try:
        return Added(**json.loads(path.read_text("utf8")))
    except (OSError, ValueError, TypeError) as error:
        raise DataError(str(path), "is damaged; remove its folder and add it again") from error


def _same(one: Added, other: Added) -> bool:
    """Whether two states are of one file, unchanged."""
    return (one.kind, one.size, one.changed) == (other.kind, other.size, other.changed)


def _keep(folder: Path, state: Added, batch: list[Row]) -> Added:
    """Another run, on disk before the state says so."""
    path = folder / f"{state.runs:05}.rows"
    with path.open("wb") as file:
        write_blocks(file, batch)
        file.flush()
        os.fsync(file.fileno())
    digest = hashlib.sha256(state.sha256.encode() + path.read_bytes()).hexdigest()
    state = replace(state, rows=state.rows + len(batch), sha256=digest, line=batch[-1][2],
                    runs=state.runs + 1)
    part = folder / f"{_STATE}.part"
    part.write_text(json.dumps(asdict(state), indent=1), "utf8")
    os.replace(part, folder / _STATE)
    return state


def _batches(path: Path, kind: Kind, codes: Codes, after: int) -> Iterator[list[Row]]:
    """Rows after a line, as many as a run holds."""
    batch: list[Row] = []
    size = 0
    for line, made in read(path, kind, codes):
        if line > after:
            batch.append((made.source, made.number, line, made.pack()) if isinstance(made, Entry)
                         else ("geonames", made[0], line, made[1]))
            size += len(made.shape) if isinstance(made, Entry) else 0
            if len(batch) == RUN or size > RUN_BYTES:
                yield batch
                batch, size = [], 0
    if batch:
        yield batch
