"""Answers of the pipeline for pages: what is costly is computed once for each state of the ledger.

A *version* names the state of the ledger. Whatever was computed for one version is forgotten when
the ledger has another.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Lock, RLock
from typing import Any, TypeVar, cast

from whoholds.pipeline import Workbench
from whoholds.pipeline.frames import Course, courses, steps_between
from whoholds.pipeline.snapshot import Snapshot
from whoholds.pipeline.viewing import names_for
from whoholds.views import Names

T = TypeVar("T")
KEPT = 48          # answers kept: snapshots and frames; a month of known days fits
STEP = timedelta(hours=6)
MOST_STEPS = 400   # a slider finer than this cannot be moved by hand


class Answers:
    """An open ledger and what was answered from its present state. Safe to share by threads."""

    def __init__(self, desk: Workbench) -> None:
        self.desk = desk
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._under_way: dict[Hashable, Event] = {}
        self._lock = Lock()
        self._computing = RLock()
        self._version = ""

    def version(self) -> str:
        """The state of the ledger: changes with every write, by whatever program."""
        found = state_of(self.desk)
        with self._lock:
            if found != self._version:
                self._kept.clear()
                self._version = found
        return found

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` gives, computed once for each state of the ledger.

        Who asks for what another thread is computing waits for it.
        """
        version = self.version()
        whole = (version, key)
        while True:
            with self._lock:
                if whole in self._kept:
                    self._kept.move_to_end(whole)
                    return cast(T, self._kept[whole])
                busy = self._under_way.get(whole)
                if busy is None:
                    self._under_way[whole] = Event()
                    break
            busy.wait()
        try:
            made = make()
            with self._lock:
                if self._version == version:
                    self._kept[whole] = made
                    while len(self._kept) > KEPT:
                        self._kept.popitem(last=False)
            return made
        finally:
            with self._lock:
                self._under_way.pop(whole).set()

    def snapshot(self, known_at: str | None = None, according_to: str | None = None) -> Snapshot:
        """What is known at ``known_at``, perhaps by one source or side only."""
        return self.kept(("snapshot", known_at, according_to),
                         lambda: self.desk.snapshot(known_at, according_to))

    def names(self) -> Names:
        """What ids are called, sides in the order of everything known: a side looks the same in
        every answer."""
        return self.kept("names", lambda: names_for(self.snapshot()))

    def steps(self) -> tuple[datetime, ...]:
        """The moments of the time slider: from the day before the first publication to the last
        moment known; none where no report has a date."""
        return self.kept("steps", self._steps)

    def _steps(self) -> tuple[datetime, ...]:
        known = self.snapshot()
        last = known.last_moment
        if last is None:
            return ()
        told = [r.published.earliest for r in known.reports.values()
                if r.published and r.published.earliest]
        first = min(min(told, default=last), last) - timedelta(days=1)
        return tuple(steps_between(first.replace(hour=0, minute=0, second=0), last, STEP,
                                   MOST_STEPS))

    def courses(self, known_at: str | None, according_to: str | None) -> tuple[Course, ...]:
        """The course of each place over the steps."""
        known = self.snapshot(known_at, according_to)
        steps = self.steps()
        return courses(self.desk, known, steps) if steps else ()


def state_of(desk: Workbench) -> str:
    """A text that changes whenever the ledger is written to, by whatever program: of a file, its
    sizes and times and those of its journal."""
    name = desk.ledger.name
    digest = hashlib.sha256()
    if "://" in name:
        digest.update(str(len(desk.ledger.entries())).encode())
        digest.update(str(len(desk.ledger.fingerprints())).encode())
    for ending in ("", "-wal"):
        try:
            found = Path(name + ending).stat()
            digest.update(f"{ending} {found.st_size} {found.st_mtime_ns}".encode())
        except OSError:
            digest.update(b"none")
    return digest.hexdigest()[:16]
