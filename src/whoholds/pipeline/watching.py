"""Watching: sources are looked at again and again; what is new is read, what falls silent is told.

A source that fails is left alone for longer and longer, and the others go on. What was learned of
each is kept in a file, so that a watch that ends begins again where it stopped.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from platformdirs import user_state_path

from whoholds.core import InputError, Interval, UsageError, instant_text
from whoholds.pipeline.fetching import AskedToWait, Fetcher
from whoholds.pipeline.watchlist import KEPT_LINKS, Watched, load, save, wait_of
from whoholds.pipeline.workbench import Intake, Workbench
from whoholds.reading import (
    Fetched,
    Given,
    Options,
    Refusal,
    compose,
    listed,
    read_fetched,
)
from whoholds.reading.web import WEB, ending_of

Kind = Literal["read", "refused", "failed", "back", "silent", "heard", "place", "list"]
SETTLED_NS = 2_000_000_000   # of a file's age: a younger one may still be being written
LONGEST_SLEEP_S = 600.0      # between two looks at the clock: it may be set, or the machine asleep
STATE = ".watch.json"        # what is added to the ledger's name


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that a watch has to tell: of which source, at which moment, in one line.

    ``read``: a report that is new. ``refused``: something in a source that could not be read.
    ``failed``: the source itself, and until when it is left alone; ``back``: it works again.
    ``silent``: nothing new for much longer than is its way; ``heard``: it speaks again.
    ``place``: who holds a chosen place, the first time and when it changes. ``list``: feeds found
    in a list.
    """

    kind: Kind
    source: str
    at: datetime
    what: str
    intake: Intake | None = None
    until: datetime | None = None

    def to_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "source": self.source, "at": instant_text(self.at),
                "what": self.what, "until": instant_text(self.until),
                "report": asdict(self.intake) if self.intake else None}


@dataclass(frozen=True, slots=True)
class Plan:
    """How to watch: seconds between polls and the longest wait after failures; whether the pages
    that feeds link to are read; the places whose changes are told."""

    every_s: float
    longest_s: float
    follow: bool = False
    places: tuple[str, ...] = ()


def state_path(ledger: str) -> Path:
    """Where the state of a ledger's watch is kept: beside its file, or in the user's folder."""
    if "://" not in ledger:
        return Path(ledger + STATE)
    name = hashlib.sha256(ledger.encode()).hexdigest()[:16]
    return user_state_path("whoholds", ensure_exists=True) / f"{name}{STATE}"


class Watch:
    """A watch over sources: addresses of feeds, pages and lists of feeds (OPML); files and folders.

    ``polled`` and ``failed`` count how often sources were looked at, and how often in vain.
    ``clock`` and ``sleep`` are the system's unless a test gives others.
    """

    def __init__(self, desk: Workbench, sources: Sequence[str], plan: Plan, path: Path,
                 fetcher: Fetcher | None = None,
                 clock: Callable[[], datetime] = lambda: datetime.now(UTC),
                 sleep: Callable[[float], None] = time.sleep) -> None:
        self._desk, self._plan, self._path = desk, plan, path
        self._fetcher = fetcher or desk.fetcher
        self._clock, self._sleep = clock, sleep
        self._names = list(dict.fromkeys(sources))
        self._state = load(path)
        self._lists: set[str] = set()  # feeds that came from lists
        self.polled = self.failed = 0

    def run(self, once: bool = False) -> Iterator[Event]:
        """What happens, as it happens; without end, or one round with ``once``.

        A round passes over sources that failed and whose wait is not over. What was told of is
        kept before the next source is looked at. LedgerError ends the watch.
        """
        if not self._names:
            raise UsageError("nothing to watch: give feeds, pages, lists of feeds or folders")
        yield from self._places()
        while True:
            yield from self._round(once)
            if once:
                return
            soonest = min(self._of(name).next_at or self._clock() for name in self._names)
            wait = (soonest - self._clock()).total_seconds()
            if wait > 0:
                self._sleep(min(wait, LONGEST_SLEEP_S))

    def _round(self, once: bool) -> Iterator[Event]:
        """Every source that is due, also those that a list adds meanwhile."""
        done: set[str] = set()
        while due := [n for n in self._names if n not in done and self._is_due(n, once)]:
            for name in due:
                done.add(name)
                claims = 0
                for event in self._poll(name):
                    claims += event.intake.new_claims if event.intake else 0
                    yield event
                if claims:
                    yield from self._places()

    def _is_due(self, name: str, once: bool) -> bool:
        watched = self._of(name)
        if watched.next_at is None or watched.next_at <= self._clock():
            return True
        return once and not watched.failures

    def _of(self, name: str) -> Watched:
        return self._state.sources.get(name, Watched())

    def _keep(self, name: str, watched: Watched) -> None:
        self._state = replace(self._state, sources={**self._state.sources, name: watched})
        save(self._path, self._state)

    def _poll(self, name: str) -> Iterator[Event]:
        """Looks at one source and keeps what was learned of it."""
        self.polled += 1
        before = self._of(name)
        watched = replace(before, polls=before.polls + 1)
        try:
            look = self._address if name.lower().startswith(WEB) else self._files
            events, news = list[Event](), set[datetime]()
            for told in look(name, watched):
                if isinstance(told, Watched):
                    watched = told
                elif isinstance(told, datetime):
                    news.add(told)
                else:
                    yield told
        except InputError as error:
            yield from self._failed(name, before, error)
            return
        now = self._clock()
        if before.failures:
            events.append(Event("back", name, now, f"works again after {before.failures} "
                                f"failure{'s' * (before.failures > 1)}"))
        watched = replace(watched.with_news(news), failures=0, next_at=now + timedelta(
            seconds=wait_of(name, self._plan.every_s, 0, self._plan.longest_s, watched.polls)))
        watched, rhythm = _rhythm(name, watched, now, bool(news))
        self._keep(name, watched)
        yield from (*events, *rhythm)

    def _failed(self, name: str, before: Watched, error: InputError) -> Iterator[Event]:
        self.failed += 1
        failures, now = before.failures + 1, self._clock()
        wait = wait_of(name, self._plan.every_s, failures, self._plan.longest_s, failures)
        if isinstance(error, AskedToWait):
            wait = max(wait, error.seconds)
        until = now + timedelta(seconds=wait)
        watched, rhythm = _rhythm(name, replace(
            before, failures=failures, polls=before.polls + 1, next_at=until), now, False)
        self._keep(name, watched)
        yield Event("failed", name, now, error.what, until=until)
        yield from rhythm

    def _address(self, name: str, watched: Watched) -> Iterator[Event | Watched | datetime]:
        """A page, a feed or a list of feeds on the web."""
        got = self._fetcher.get(name, watched.tag)
        digest = hashlib.sha256(got.fetched.data).hexdigest() if got.fetched else watched.digest
        if got.fetched is None or digest == watched.digest:
            yield replace(watched, tag=got.tag)
            return
        if ending_of(got.fetched) == ".opml":
            if name in self._lists:
                raise InputError(name, "a list of feeds within a list of feeds")
            yield from self._listed(name, got.fetched.data)
            yield watched  # without a tag: a watch that begins again needs the list again
            return
        followed = dict.fromkeys(watched.links)

        def linked(url: str) -> Fetched:
            found = self._fetcher.fetch(url)
            followed[url] = None
            return found

        told: set[str] = set()
        options = Options(int(self._desk.settings["read.largest_text"]))
        drafts = read_fetched(got.fetched, options, linked if self._plan.follow else None,
                              frozenset(watched.links) if self._plan.follow else ())
        for draft in drafts:
            if isinstance(draft, Refusal):
                intake = Intake(draft.where, problem=draft.what)
                yield from self._intake(name, intake, None, watched.told, told)
                continue
            result = compose(draft, Given(zone=self._desk.zone))
            if result.report is None:
                intake = Intake(result.where, problem=str(result.refusal and result.refusal.what))
                yield from self._intake(name, intake, None, watched.told, told)
            else:
                intake = self._desk.take_in(result.where, result.report, result.notes)
                yield from self._intake(name, intake, result.report.published, watched.told, told)
        yield replace(watched, tag=got.tag, digest=digest, links=tuple(followed)[-KEPT_LINKS:],
                      told=frozenset(told))

    def _files(self, name: str, watched: Watched) -> Iterator[Event | Watched | datetime]:
        """A file or folder: what is new in it, or was changed."""
        if not os.path.exists(name):
            raise InputError(name, "no such file or folder")
        if name.lower().endswith(".opml"):
            try:
                data = Path(name).read_bytes()
            except OSError as error:
                raise InputError(name, error.strerror or str(error)) from None
            yield from self._listed(name, data)
            yield watched
            return
        found, told = dict(watched.files), set[str]()
        present = {path: mark for path, mark, settled in _marks(name) if settled}
        for path, mark in present.items():
            if found.get(path) == mark:
                continue
            for intake in self._desk.read_each([path]):
                report = intake.report_id and intake.new_report and self._desk.ledger.report(
                    intake.report_id)
                yield from self._intake(name, intake, report.published if report else None,
                                        watched.told, told)
            found[path] = mark
        kept = {path: mark for path, mark in found.items() if os.path.lexists(path)}
        yield replace(watched, files=kept, told=frozenset(told))

    def _listed(self, name: str, data: bytes) -> Iterator[Event]:
        """Adds the feeds of a list that are not watched yet."""
        fresh = [feed.url for feed in listed(data, name) if feed.url not in self._names]
        self._names += fresh
        self._lists.update(fresh)
        if fresh:
            yield Event("list", name, self._clock(),
                        f"{len(fresh)} feed{'s' * (len(fresh) > 1)} in it")

    def _intake(self, name: str, intake: Intake, published: Interval | None,
                before: Iterable[str], told: set[str]) -> Iterator[Event | datetime]:
        """Tells of what is new: of reports the ledger did not have, of refusals not told before."""
        now = self._clock()
        intake = next(self._desk.told([intake]))
        if intake.problem is not None:
            key = hashlib.sha256(f"{intake.where}\0{intake.problem}".encode()).hexdigest()[:16]
            told.add(key)
            if key not in before:
                yield Event("refused", name, now, f"{intake.where}: {intake.problem}", intake)
        elif intake.new_report:
            claims = f"{intake.new_claims} claim{'s' * (intake.new_claims != 1)}"
            yield Event("read", name, now, f"{intake.where}: {claims}", intake)
            latest = published.latest if published and published.latest else now
            yield min(latest, now)

    def _places(self) -> Iterator[Event]:
        """Who holds each chosen place, where that is not what was told last."""
        for name in self._plan.places:
            try:
                found = self._desk.status([name])
            except UsageError:  # nothing is said of it yet
                continue
            for belief in found:
                holder = belief.holder or "unknown"
                line = f"{belief.place.name}: {holder}" + (
                    ", contested" if belief.contested else "")
                before = self._state.places.get(belief.place.id)
                if before != line:
                    self._state = replace(self._state, places={
                        **self._state.places, belief.place.id: line})
                    save(self._path, self._state)
                    yield Event("place", name, self._clock(), line + (
                        f" (before: {before.removeprefix(belief.place.name + ': ')})"
                        if before else ""))


def _rhythm(name: str, watched: Watched, now: datetime,
            news: bool) -> tuple[Watched, tuple[Event, ...]]:
    """Whether the source has gone silent against its own rhythm, or speaks again."""
    quiet = watched.quiet_after()
    is_silent = quiet is not None and now - watched.heard[-1] > quiet
    if is_silent and not watched.silent:
        last = instant_text(watched.heard[-1])
        usual = max(b - a for a, b in zip(watched.heard, watched.heard[1:], strict=False))
        return replace(watched, silent=True), (Event(
            "silent", name, now, f"nothing new since {last}; it was never silent for longer than "
            f"{_span(usual)} before"),)
    if watched.silent and not is_silent and news:
        return replace(watched, silent=False), (Event("heard", name, now, "speaks again"),)
    return watched, ()


def _span(span: timedelta) -> str:
    hours = span.total_seconds() / 3600
    if hours >= 48:
        return f"{hours / 24:.0f} days"
    return f"{hours:.0f} hours" if hours >= 2 else f"{max(1.0, hours * 60):.0f} minutes"


def _marks(name: str) -> Iterator[tuple[str, str, bool]]:
    """The files of a path in order: each with a mark that changes when it does, and whether it has
    been left alone for long enough to be whole."""
    paths = [name] if os.path.isfile(name) else (
        os.path.join(folder, file) for folder, folders, files in os.walk(name)
        if not _hides(folders) for file in sorted(files) if not file.startswith("."))
    for path in paths:
        try:
            found = os.stat(path)
        except OSError:  # gone meanwhile
            continue
        yield (path, f"{found.st_size}:{found.st_mtime_ns}",
               abs(time.time_ns() - found.st_mtime_ns) > SETTLED_NS)


def _hides(folders: list[str]) -> bool:
    """Takes hidden folders out of a walk, and puts the others in order."""
    folders[:] = sorted(f for f in folders if not f.startswith("."))
    return False
