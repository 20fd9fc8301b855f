"""Answers of the pipeline for pages: what is costly is computed once for each state of the ledger.

A *version* names the state of the ledger. Whatever was computed for one version is forgotten when
the ledger has another.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Lock
from typing import Any, TypeVar, cast

from whoholds.core import Json, content_id
from whoholds.pipeline import Workbench
from whoholds.pipeline.evidence import set_evidence
from whoholds.pipeline.frames import Course, Unfolded, courses, steps_between, unfolded
from whoholds.pipeline.knowing import Knowing
from whoholds.pipeline.snapshot import Snapshot
from whoholds.pipeline.viewing import names_for
from whoholds.views import Names

T = TypeVar("T")
KEPT = 48          # answers kept: snapshots and frames; a month of known days fits
STEP = timedelta(hours=6)
MOST_STEPS = 400   # a slider finer than this cannot be moved by hand
MOST_VERSIONS = 60_000  # courses of places as known at some day: a minute or two to compute
SETTLED_NS = 2_000_000_000  # longer than any transaction takes from its first write to its end


class Answers:
    """An open ledger and what was answered from its present state. Safe to share by threads."""

    def __init__(self, desk: Workbench) -> None:
        self.desk = desk
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._under_way: dict[Hashable, Event] = {}
        self._lock = Lock()
        self._version = ""
        self._stamp: Stamp | None = None
        self._asked_ns = 0

    def version(self) -> str:
        """The state of the ledger: changes with every write, by whatever program.

        A file that was not written to for SETTLED_NS has the state that it had.
        """
        stamp = stamp_of(self.desk.ledger.name)
        with self._lock:
            if stamp is not None and stamp == self._stamp and (
                    self._asked_ns - newest(stamp) > SETTLED_NS):
                return self._version
        asked, found = time.time_ns(), state_of(self.desk)
        with self._lock:
            if found != self._version:
                self._kept.clear()
            self._version, self._stamp, self._asked_ns = found, stamp, asked
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
        """What is known at ``known_at``, perhaps by one source or side only. The ledger is read
        once: the rest follows from what is known now, where that is the same."""
        def made() -> Snapshot:
            if known_at is None and according_to is None:
                return self.desk.snapshot()
            if according_to is None:
                assert known_at is not None
                return self.knowing().snapshot(known_at)
            return self.knowing().told_by(self.snapshot(known_at), according_to)
        return self.kept(("snapshot", known_at, according_to), made)

    def sayings(self, known_at: str | None, who: str) -> frozenset[str]:
        """Ids of the claims that one source, outlet or side makes, numbers of sets too."""
        def made() -> frozenset[str]:
            known = self.snapshot(known_at)
            rows = (*known.evidence, *set_evidence(known.known))
            return frozenset(e.claim.id for e in self.knowing().speaking(rows, who))
        return self.kept(("sayings", known_at, who), made)

    def knowing(self) -> Knowing:
        """What was known when."""
        return self.kept("knowing", lambda: Knowing(self.desk, self.snapshot()))

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
        def made() -> tuple[Course, ...]:
            known, steps = self.snapshot(known_at, according_to), self.steps()
            return courses(self.desk, known, steps) if steps else ()
        return self.kept(("courses", known_at, according_to), made)

    def days(self) -> tuple[datetime, ...]:
        """The moments of the slider of known times: ends of days before the last moment known."""
        steps, day = self.steps(), timedelta(days=1)
        if not steps:
            return ()
        first = steps[0] + day - timedelta(seconds=1)
        return tuple(first + day * i for i in range(int((steps[-1] - steps[0]) / day) + 1)
                     if first + day * i < steps[-1])

    def unfolded(self, according_to: str | None) -> tuple[Unfolded, ...] | None:
        """The course of each place as known at each of the days; None where there would be more
        than MOST_VERSIONS."""
        def made() -> tuple[Unfolded, ...] | None:
            known = self.snapshot()
            told = self.knowing().unfolding(self.days(), according_to)
            if sum(map(len, told.values())) > MOST_VERSIONS:
                return None
            return unfolded(self.desk, known, told, self.steps())
        return self.kept(("unfolded", according_to), made)


Stamp = tuple[tuple[int, int], ...]
"""Size and time of change (nanoseconds) of each file of a ledger."""


def stamp_of(name: str) -> Stamp | None:
    """The stamp of the files that the ledger ``name`` is made of; None for one on a server."""
    if "://" in name:
        return None
    found = []
    for ending in ("", "-wal"):
        try:
            told = Path(name + ending).stat()
            found.append((told.st_size, told.st_mtime_ns))
        except OSError:
            found.append((0, 0))
    return tuple(found)


def newest(stamp: Stamp) -> int:
    """The last time of change in a stamp, nanoseconds."""
    return max(time_ns for _, time_ns in stamp)


def state_of(desk: Workbench) -> str:
    """A text that changes with every write, read from the ledger itself: what a file's times say
    may be ahead of what its readers see."""
    entries = desk.ledger.entries()
    read = [[v.number, v.reports] for v in desk.versions()]
    told: list[Json] = [len(entries), entries[-1].id if entries else "", read]
    return content_id("state", told)[:16]
