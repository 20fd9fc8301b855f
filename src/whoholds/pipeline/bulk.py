"""Bulk reading: pieces of input, each read by itself into Parquet tables of its own.

The folder of a run holds ``bulk.json`` (what is read, and by which versions), the tables
``reports/``, ``claims/``, ``mentions/`` and ``entities/`` with a part for each piece, ``refused/``
with what could not be read and why, and ``done/`` with a file for each part that is whole: counts,
and the hashes of its tables. A piece without one is read again; so a run goes on where it was
killed. ``at/`` tells which report each piece is at: one that kills its reader DEATHS times is set
aside.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from whoholds.core import InputError, Report, Resolved, UsageError, WhoholdsError, canonical_json
from whoholds.ledger import Reading
from whoholds.pipeline.parquet import TABLES, Rows, read_part, rows_of, write_table
from whoholds.pipeline.stages import Stages
from whoholds.reading import fingerprint
from whoholds.reading.slices import Intake, Piece, pieces_of, read_piece
from whoholds.settings import Settings, settings_from

FORMAT = "whoholds bulk 1"
HEAD = "bulk.json"
DEATHS = 3           # at one report: once or twice may be an operator, or another's memory
GIVEN_UP = 2 * DEATHS    # at one report that kills even those who pass it over
UNREAD = "unread"
SHAPING = ("read.about", "read.claim_p", "read.hunch_p", "read.zone", "read.largest_text",
           "resolve.packs", "resolve.gazetteer", "resolve.added")   # what the answer depends on


@dataclass(frozen=True, slots=True)
class Job:
    """A run: where it writes, what it reads, and how. ``reader`` and ``data`` are versions."""

    out: str
    reader: str
    data: str
    intake: Intake
    pieces: tuple[Piece, ...]
    settings: Mapping[str, Any]

    def to_json(self) -> dict[str, Any]:
        return {"format": FORMAT, "reader": self.reader, "data": self.data,
                "intake": asdict(self.intake), "settings": dict(self.settings),
                "pieces": [piece.to_json() for piece in self.pieces]}


@dataclass(frozen=True, slots=True)
class Part:
    """What became of a piece. ``unparsed`` reports are stored only: in another language, or not
    about what is read about. ``hashes``: SHA-256 of its tables."""

    number: int
    reports: int = 0
    unparsed: int = 0
    claims: int = 0
    refused: int = 0
    hashes: Mapping[str, str] = field(default_factory=dict)


def plan(out: Path, paths: Sequence[str], intake: Intake, settings: Settings,
         reports: int) -> Job:
    """The run that ``out`` holds, or a new one for ``paths``.

    UsageError where the folder holds something else, or a run of other input, versions or settings.
    """
    stages = Stages(settings)
    _ = stages.scope          # a theatre that is none is told of now
    pieces = tuple(pieces_of(paths, reports, [out, *([Path(intake.manifest)]
                                                     if intake.manifest else [])]))
    job = Job(str(out), stages.reading_version, stages.data_version, intake, pieces,
              {name: settings[name] for name in SHAPING})
    head = out / HEAD
    if head.exists():
        if _head(head) != json.loads(canonical_json(job.to_json())):
            raise UsageError(f"{out}: holds a run of other input, versions or settings; give "
                             "another folder")
        for draft in out.glob("*/.part-*"):      # what a killed run had begun to write
            draft.unlink(missing_ok=True)
        return job
    if out.exists() and any(out.iterdir()):
        raise UsageError(f"{out}: not empty, and no bulk run; give another folder")
    for name in (*TABLES, "refused", "done", "at"):
        (out / name).mkdir(parents=True, exist_ok=True)
    _write(head, canonical_json(job.to_json()))
    return job


def load_job(out: Path) -> Job:
    """The run in a folder; UsageError where there is none."""
    v = _head(out / HEAD)
    try:
        return Job(str(out), v["reader"], v["data"], Intake(**v["intake"]), tuple(
            Piece(tuple(p["files"]), p["start"], p["end"], p["first"]) for p in v["pieces"]),
            v["settings"])
    except (KeyError, TypeError) as error:
        raise UsageError(f"{out}: no bulk run of this version of whoholds") from error


def _head(path: Path) -> Any:
    try:
        value = json.loads(path.read_text("utf8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path.parent}: no bulk run") from error
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise UsageError(f"{path.parent}: no bulk run of this version of whoholds")
    return value


def job_settings(job: Job) -> Settings:
    """The settings of a run, wherever it goes on."""
    return settings_from({name: str(value) for name, value in job.settings.items()}, {})


def done(job: Job, number: int) -> Part | None:
    """What became of a piece, None where it is not read yet."""
    try:
        return Part(**json.loads(_file(job, "done", number).read_text("utf8")))
    except (OSError, ValueError, TypeError):
        return None


def left(job: Job) -> list[int]:
    """The numbers of the pieces that are not read yet."""
    return [n for n in range(len(job.pieces)) if done(job, n) is None]


def begun(job: Job, number: int) -> bool:
    """Whether somebody is reading a piece, or died over it."""
    return _file(job, "at", number).exists()


def refused(job: Job) -> Iterator[tuple[str, str]]:
    """What was refused so far, and why."""
    for number in range(len(job.pieces)):
        with suppress(OSError), _file(job, "refused", number).open(encoding="utf8") as lines:
            for line in lines:
                row = json.loads(line)
                yield row["where"], row["what"]


def readings(job: Job, number: int) -> Iterator[Reading]:
    """The readings of a part that is done."""
    return read_part({name: _file(job, name, number) for name in TABLES})


def read_part_of(job: Job, number: int, stages: Stages) -> Part:
    """Reads a piece into its part, unless that is done; safe to be killed, and to be done twice.
    UsageError where this machine's versions are not those of the run."""
    known = done(job, number)
    if known is not None:
        return known
    if (stages.reading_version, stages.data_version) != (job.reader, job.data):
        raise UsageError(f"{job.out}: this machine reads otherwise than the run began: another "
                         "version of whoholds, of its packs or of the gazetteer")
    rows: Rows = {name: [] for name in TABLES}
    bad: list[tuple[str, str]] = []
    with _At(_file(job, "at", number)) as at:
        seen, unparsed = set[str](), 0
        for result in at.passing(read_piece(job.pieces[number], job.intake), bad):
            if result.refusal is not None:
                bad.append((result.refusal.where, result.refusal.what))
            elif result.report is not None and result.report.id not in seen:
                try:
                    reading = _reading(result.report, stages)
                except Exception as error:  # one report that trips a bug must not cost the others
                    what = str(error) if isinstance(error, WhoholdsError) else \
                        f"a bug in whoholds: {type(error).__name__}: {error}"
                    bad.append((result.where, " ".join(what.split())))
                    continue
                seen.add(result.report.id)
                unparsed += reading.reader == UNREAD
                for name, more in rows_of(reading, result.where, result.notes).items():
                    rows[name] += more
        return _store(job, number, rows, bad, unparsed)


def _reading(report: Report, stages: Stages) -> Reading:
    mark = fingerprint(report.text)
    if not stages.concerned(report):
        return Reading(report, (), Resolved((), (), ()), UNREAD, "", mark)
    claims, resolved = stages.understand(report)
    return Reading(report, claims, resolved, stages.reading_version, stages.data_version, mark)


def _store(job: Job, number: int, rows: Rows, bad: list[tuple[str, str]], unparsed: int) -> Part:
    hashes = {}
    for name, found in rows.items():
        path = _file(job, name, number)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        write_table(draft, name, found)
        hashes[name] = hashlib.sha256(draft.read_bytes()).hexdigest()
        draft.replace(path)
    _write(_file(job, "refused", number), "".join(
        canonical_json({"where": where, "what": what}) + "\n" for where, what in bad))
    part = Part(number, len(rows["reports"]), unparsed, len(rows["claims"]), len(bad), hashes)
    _write(_file(job, "done", number), canonical_json(asdict(part)))
    return part


def _file(job: Job, name: str, number: int) -> Path:
    ending = {"done": ".json", "refused": ".jsonl", "at": ""}.get(name, ".parquet")
    return Path(job.out) / name / f"part-{number:06}{ending}"


def _write(path: Path, text: str) -> None:
    """Writes a file, the whole of it or nothing."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("w", encoding="utf8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror or error}") from error


class _At:
    """Keeps in a file at which report a piece is, by which process, and where others died."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None
        self.deaths: dict[str, int] = {}

    def __enter__(self) -> _At:
        with suppress(OSError, ValueError, KeyError, TypeError):
            last = json.loads(self._path.read_text("utf8"))
            self.deaths = {**last["deaths"], str(last["at"]): last["deaths"].get(
                str(last["at"]), 0) + 1}
        self._file = self._path.open("wb", buffering=0)     # kept open: opening costs most
        return self

    def __exit__(self, kind: object, value: object, trace: object) -> None:
        if self._file is not None:
            self._file.close()
        self._path.unlink(missing_ok=True)      # whatever went wrong was no death

    def passing(self, results: Iterator[Any], bad: list[tuple[str, str]]) -> Iterator[Any]:
        """The results, but for those at which too many died."""
        number = 0
        while True:
            died = self.deaths.get(str(number), 0)
            self._tell(number)
            if died >= GIVEN_UP:
                bad.append((f"report {number + 1} of the piece", "kills its reader: set aside, "
                            "with all behind it in the piece"))
                return
            try:
                result = next(results, None)
            except InputError as error:
                bad.append((error.where, error.what))
                return
            if result is None:
                return
            if died >= DEATHS:
                bad.append((result.where, f"killed its reader {died} times: set aside"))
            else:
                yield result
            number += 1

    def _tell(self, number: int) -> None:
        if self._file is not None:              # as long as before, or longer
            self._file.seek(0)
            self._file.write(json.dumps({"pid": os.getpid(), "deaths": self.deaths,
                                         "at": number}).encode())


__all__ = ["Intake", "Job", "Part", "begun", "done", "job_settings", "left", "load_job", "plan",
           "read_part_of", "readings", "refused"]
