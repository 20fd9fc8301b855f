"""The baseline: who held what on day zero, as testimony of its own.

A CSV table with the columns *place*, *holder*, *date* and *source* (and, where they help, *country*
and *type* of the place). Each row becomes a report of its source with one sentence and one claim,
so that a row means the same in whatever table and order it comes; the claim's source has the class
*baseline*. *contested* for a holder says that the place was fought over.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from whoholds.core import (
    CONTESTED,
    Actor,
    Candidate,
    Claim,
    InputError,
    Interval,
    Mention,
    Place,
    PlaceType,
    Report,
    Resolution,
    Resolved,
    Source,
    Span,
    parse_moment,
)
from whoholds.ledger import Reading
from whoholds.pipeline.stages import Stages
from whoholds.resolve import coin, provisional

if TYPE_CHECKING:
    from whoholds.pipeline.workbench import Workbench

TYPES: tuple[PlaceType, ...] = get_args(PlaceType)
READER = "baseline 1"            # counts up when the same row gives another claim
COLUMNS = ("place", "holder", "date", "source")
OPTIONAL = ("country", "type")
LARGEST = 100_000_000            # bytes: a row has some hundred, the largest gazetteers 12 million
LONGEST = 300                    # characters of a cell
BATCH = 500                      # rows in one transaction
SENTENCE = re.compile(r"(?P<place>.+?)(?: \((?P<about>[^()]*)\))?: (?:held by (?P<holder>.+)|"
                      r"(?P<contested>contested)) on (?P<date>\S+) \((?P<source>.+)\)")
GUESSED_P = 0.9                  # of the first of several places with that name (judgement: a
                                 # ranked guess, of which the outcome tells)
COINED_P = 1.0                   # a name that nobody lists means itself


@dataclass(frozen=True, slots=True)
class Row:
    """One row: who held what, when, says who. ``about`` is the country and type, where given."""

    place: str
    holder: str
    date: str
    source: str
    about: str = ""

    @property
    def sentence(self) -> str:
        about = f" ({self.about})" if self.about else ""
        held = CONTESTED if self.holder.casefold() == CONTESTED else f"held by {self.holder}"
        return f"{self.place}{about}: {held} on {self.date} ({self.source})"

    @property
    def country(self) -> str | None:
        return next((w for w in self.about.split(", ") if re.fullmatch(r"[A-Z]{2}", w)), None)

    @property
    def type(self) -> PlaceType | None:
        return next((kind for kind in TYPES if kind in self.about.split(", ")), None)


@dataclass(frozen=True, slots=True)
class BaselineOutcome:
    """How many rows were taken in, how many of them were new, what was refused (a line each), and
    what a person should know of the others."""

    rows: int
    new: int
    problems: tuple[str, ...]
    notes: tuple[str, ...]


def take_in(desk: Workbench, path: Path, at: datetime) -> BaselineOutcome:
    """Takes the table at ``path`` into the ledger; InputError where it is none."""
    problems: list[str] = []
    notes: list[str] = []
    rows = new = 0
    batch: list[Reading] = []

    def flush() -> int:
        done = desk.ledger.append_all(batch, at)
        batch.clear()
        return sum(d.new_report for d in done)

    for number, row in _rows(path):
        if isinstance(row, str):
            problems.append(f"{path}: line {number}: {row}")
            continue
        reading, note = read_row(report_of(row), row, desk.stages)
        if note:
            notes.append(f"{path}: line {number}: {note}")
        rows += 1
        batch.append(reading)
        if len(batch) == BATCH:
            new += flush()
    return BaselineOutcome(rows, new + flush(), tuple(problems), tuple(notes))


def _rows(path: Path) -> Iterator[tuple[int, Row | str]]:
    """The rows of a table with their lines, or what is wrong with them."""
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(str(path), f"larger than {LARGEST:,} bytes")
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(str(path), f"not UTF-8 at byte {error.start}") from error
    table = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        heads = [(h or "").strip().lower() for h in table.fieldnames or ()]
        lacking = [c for c in COLUMNS if c not in heads]
        if lacking:
            raise InputError(str(path), f"no column {', '.join(lacking)}; a baseline has "
                             f"{', '.join(COLUMNS)}")
        table.fieldnames = heads
        for cells in table:
            yield table.line_num, _row(cells)
    except csv.Error as error:
        raise InputError(str(path), f"line {table.line_num}: no table: {error}") from error


def _row(cells: Mapping[str, Any]) -> Row | str:
    """A row, or what is wrong with it."""
    values = {c: " ".join(str(cells.get(c) or "").split()) for c in (*COLUMNS, *OPTIONAL)}
    for name in COLUMNS:
        if not any(map(str.isalnum, values[name])):
            return f"no {name}"
    if any(len(v) > LONGEST for v in values.values()):
        return f"a cell has more than {LONGEST} characters"
    if values["country"] and not re.fullmatch(r"[A-Za-z]{2}", values["country"]):
        return f"country is an ISO 3166 code of two letters, not {values['country']!r}"
    if values["type"] and values["type"] not in TYPES:
        return f"type is one of {', '.join(TYPES)}, not {values['type']!r}"
    try:
        day = parse_moment(values["date"])
    except (ValueError, OverflowError) as error:
        return str(error)
    if day.granularity != "day":
        return f"date is a day (2021-05-01), not {values['date']!r}"
    about = ", ".join(filter(None, (values["country"].upper(), values["type"])))
    row = Row(values["place"], values["holder"], values["date"], values["source"], about)
    return row if parse(row.sentence) == row else "brackets or colons that cannot be told apart"


def parse(sentence: str) -> Row | None:
    """The row that a baseline's sentence was made of; None for any other text."""
    said = SENTENCE.fullmatch(sentence)
    if said is None:
        return None
    return Row(said["place"], said["holder"] or CONTESTED, said["date"], said["source"],
               said["about"] or "")


def report_of(row: Row) -> Report:
    """The report that a row is: known from the day that it speaks of."""
    return Report(row.sentence, row.source, parse_moment(row.date), "given")


def read_row(report: Report, row: Row, stages: Stages) -> tuple[Reading, str]:
    """The reading of a row: one claim, resolved; and a note where a name was guessed or new."""
    text, day = report.text, report.published
    assert day is not None
    whole = Span(0, len(text))
    place = Mention(Span(0, len(row.place)), row.place, "name", row.place)
    held = row.holder.casefold() != CONTESTED
    start = text.index("held by ", len(row.place)) + len("held by ") if held else 0
    actor = Mention(Span(start, start + len(row.holder)), row.holder, "name",
                    row.holder) if held else None
    claim = Claim(report.id, "hold" if held else "contest", whole, whole,
                  (Source(report.outlet, "baseline"),), actor=actor, place=place,
                  valid=Interval(day.earliest, day.latest, "day"), frame="baseline",
                  reader=READER)
    holder, holder_p = _holder(row, stages) if held else (None, 0.0)
    where, where_p, note = _place(row, holder, stages)
    data = stages.data_version
    resolutions = [Resolution(claim.id, "place", "place", where.id,
                              (Candidate(where.id, where_p, ("the baseline's name",)),), data)]
    actors: list[Actor] = []
    if holder is not None:
        resolutions.append(Resolution(claim.id, "actor", "actor", holder.id, (
            Candidate(holder.id, holder_p, ("the baseline's name",)),), data))
        leader = stages.resolver.actor(holder.side) if holder.side else None
        actors = [holder, *([leader] if leader and leader.id != holder.id else [])]
        if holder.provisional:
            note = "; ".join(filter(None, (note, f"no pack knows {row.holder}: taken as a side of "
                                           "its own")))
    return Reading(report, (claim,), Resolved(tuple(resolutions), _with_members(where, stages),
                                              tuple(actors)), READER, data), note


def _holder(row: Row, stages: Stages) -> tuple[Actor, float]:
    resolver = stages.resolver
    found = resolver.actor(row.holder) or resolver.find_actor(row.holder)
    return (found, 1.0) if found is not None else (
        coin(row.holder, "organisation", row.country), COINED_P)


def _place(row: Row, holder: Actor | None, stages: Stages) -> tuple[Place, float, str]:
    """The place that a row means, how surely, and a note where that is a guess."""
    resolver = stages.resolver
    by_id = resolver.place(row.place)
    if by_id is not None:
        return by_id, 1.0, ""
    found: Sequence[Place] = resolver.find_places(row.place, row.type, row.country)
    if row.country is None and holder is not None and holder.country:
        found = [p for p in found if p.country == holder.country] or found
    if not found:
        return (provisional(row.place, row.type or "other", None, row.country), COINED_P,
                f"no place is called {row.place!r}: taken as one that nobody lists")
    alike = [p for p in found[1:] if p.type == found[0].type]
    if not alike:
        return found[0], 1.0, ""
    return found[0], GUESSED_P, (f"{row.place!r} is taken as {found[0].id} ({found[0].type}, "
                                 f"{found[0].country}); {len(alike)} more are called so")


def _with_members(place: Place, stages: Stages) -> tuple[Place, ...]:
    members = (stages.resolver.place(member) for member in place.members)
    return (place, *(m for m in members if m is not None))
