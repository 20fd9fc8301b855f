"""The ledger: opened by its path or address; appends and reads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Literal

import sqlalchemy as sa

from whoholds.core import (
    Actor,
    Claim,
    Interval,
    Json,
    LedgerError,
    Place,
    Report,
    Resolution,
    Resolved,
)
from whoholds.ledger import rows, schema
from whoholds.ledger.appending import Appended, Reading, checked, take_in
from whoholds.ledger.bundle import read_bundle, write_bundle
from whoholds.ledger.checking import Flaw, check, lacks
from whoholds.ledger.engines import Opened, add_new, open_database
from whoholds.ledger.entries import Entry
from whoholds.ledger.times import Moment, known_limit, seconds
from whoholds.ledger.views import View

WAIT_S = 30.0  # seconds to wait for another writer; one report's transaction takes milliseconds


class Ledger:
    """An open ledger. Safe to share between threads; many may read while one writes.

    Every row is written once and never changed. Reads are as of a known time (``known_at``): an
    instant, an interval (its end counts; a date against a date compares calendar days), or None for
    everything. Reports without a date count only where ``known_at`` is None. Of several readings of
    a report the last one counts, at every known time. The order of what is read back depends on
    what was said and when, never on the order of writing.
    """

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    @classmethod
    def open(cls, where: str | Path, create: bool = True, wait_s: float = WAIT_S) -> Ledger:
        """The ledger in file ``where`` (or at a ``postgresql://`` address), made where missing.

        ``wait_s``: seconds to wait for other writers. Raises LedgerError, in one line, for a file
        that is no ledger, is damaged, is missing (``create=False``) or comes from a newer whoholds.
        """
        return cls(open_database(where, create, wait_s))

    def close(self) -> None:
        """Lets go of the file."""
        self._opened.engine.dispose()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()

    @property
    def name(self) -> str:
        """The path or address, fit to be shown."""
        return self._opened.name

    @property
    def read_only(self) -> bool:
        return self._opened.read_only

    def append(self, report: Report, claims: Sequence[Claim], resolved: Resolved, reader: str,
               recorded_at: datetime, *, data: str | None = None,
               fingerprint: bytes | None = None,
               settings: Mapping[str, Json] | None = None) -> Appended:
        """Takes in one reading of one report, wholly or not at all.

        ``reader`` is the version of parser and codebook, ``data`` that of gazetteer and packs (by
        default the resolutions' own); a newer of either supersedes the report's earlier readings.
        ``fingerprint`` is what near-copies are found by. Reading a report again with the same
        versions writes nothing. Raises ValueError where claims and report do not belong together.
        """
        reading = Reading(report, tuple(claims), resolved, reader, data, fingerprint, settings)
        return self.append_all([reading], recorded_at)[0]

    def append_all(self, readings: Iterable[Reading],
                   recorded_at: datetime) -> tuple[Appended, ...]:
        """Takes in several readings in one transaction, all or none: faster by the batch."""
        whole = [checked(reading) for reading in readings]
        at = seconds(recorded_at)
        with self._opened.writing() as connection:
            return take_in(connection, whole, at)

    def enter(self, entry: Entry, recorded_at: datetime) -> bool:
        """Takes in an entry; False where it was known. LedgerError where its target is not."""
        with self._opened.writing() as connection:
            lacking = lacks(connection, entry)
            if lacking is not None:
                raise LedgerError(f"{self.name}: no {lacking} has the id {entry.target}")
            known = connection.execute(sa.select(schema.entries.c.id).where(
                schema.entries.c.id == entry.id)).first()
            add_new(connection, schema.entries, [rows.entry_row(entry, seconds(recorded_at))])
            return known is None

    @contextmanager
    def as_of(self, known_at: Moment = None,
              recorded_by: datetime | None = None) -> Iterator[View]:
        """One consistent view of the ledger as of ``known_at``, whatever others write meanwhile.

        ``recorded_by``: what the ledger would have said then, by what it had taken in: reports,
        readings, reviews.
        """
        limit, by_day = known_limit(known_at)
        with self._opened.reading() as connection:
            yield View(connection, limit, by_day, seconds(recorded_by))

    def has_read(self, report_id: str, reader: str, data: str) -> bool:
        """Whether the report was read, wholly, by this version."""
        with self.as_of() as view:
            return view.has_read(report_id, reader, data)

    def report(self, report_id: str) -> Report | None:
        """The report with this id."""
        with self.as_of() as view:
            return view.report(report_id)

    def reports(self, known_at: Moment = None) -> tuple[Report, ...]:
        """All reports, by publication and id; undated ones last."""
        with self.as_of(known_at) as view:
            return tuple(view.reports())

    def search(self, words: str, known_at: Moment = None) -> tuple[Report, ...]:
        """The reports in which all the words stand; see :meth:`View.search`."""
        with self.as_of(known_at) as view:
            return tuple(view.search(words))

    def claims(self, known_at: Moment = None, *, place_ids: Collection[str] | None = None,
               kinds: Collection[str] | None = None, report_ids: Collection[str] | None = None,
               valid: Interval | None = None) -> tuple[Claim, ...]:
        """The claims that count, by publication and id; see :meth:`View.claims`."""
        with self.as_of(known_at) as view:
            return tuple(view.claims(place_ids=place_ids, kinds=kinds, report_ids=report_ids,
                                     valid=valid))

    def resolutions(self, known_at: Moment = None, *,
                    place_ids: Collection[str] | None = None) -> tuple[Resolution, ...]:
        """The resolutions of the claims that count, by claim id and role."""
        with self.as_of(known_at) as view:
            return tuple(view.resolutions(place_ids=place_ids))

    def places(self) -> dict[str, Place]:
        """All places, by id, as the newest data has them."""
        with self.as_of() as view:
            return view.places()

    def actors(self) -> dict[str, Actor]:
        """All actors, by id, as the newest data has them."""
        with self.as_of() as view:
            return view.actors()

    def entries(self, known_at: Moment = None) -> tuple[Entry, ...]:
        """The entries, by the moment they are known from, and id."""
        with self.as_of(known_at) as view:
            return tuple(view.entries())

    def fingerprints(self, known_at: Moment = None) -> dict[str, tuple[Interval | None, bytes]]:
        """Publication and fingerprint of each report that has one, by report id."""
        with self.as_of(known_at) as view:
            return view.fingerprints()

    def export(self, path: str | Path, form: Literal["jsonl", "parquet"] = "jsonl",
               ) -> dict[str, int]:
        """Writes everything into one bundle at ``path``; gives the rows of each table.

        Equal ledgers give equal bundles, byte for byte, whatever the store (Parquet: with one
        pyarrow). LedgerError where the file exists or cannot be written; UsageError for Parquet
        where pyarrow is not installed.
        """
        with self._opened.reading() as connection:
            return write_bundle(connection, Path(path), form)

    def import_(self, path: str | Path) -> dict[str, int]:
        """Takes in a bundle, wholly or not at all; gives the rows of each table that were new.

        Into an empty ledger it restores the one that was exported; into another it merges. Readings
        new to a report count after those it had. LedgerError where the bundle is damaged.
        """
        with self._opened.writing() as connection:
            return read_bundle(connection, Path(path))

    def check(self) -> tuple[Flaw, ...]:
        """What is wrong with the ledger: hashes, references, orphans, pages. Empty when sound."""
        with self._opened.reading() as connection:
            return tuple(check(connection))
