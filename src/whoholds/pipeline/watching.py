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
from whoholds.pipeline.alerts import (
    MOST_WAITING,
    Alert,
    Letter,
    Receivers,
    What,
    number_changes,
    side_changes,
)
from whoholds.pipeline.fetching import AskedToWait, Fetcher
from whoholds.pipeline.kept import Kept
from whoholds.pipeline.watchlist import KEPT_LINKS, State, Watched, load, save, wait_of
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

Kind = Literal["read", "refused", "failed", "back", "silent", "heard", "place", "side", "number",
               "alert", "unsent", "list"]
FINE = ("second", "minute", "hour")   # moments of publication that a delay can be told from
SETTLED_NS = 2_000_000_000   # of a file's age: a younger one may still be being written
LONGEST_SLEEP_S = 600.0      # between two looks at the clock: it may be set, or the machine asleep
STATE = ".watch.json"        # what is added to the ledger's name


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that a watch has to tell: of which source, at which moment, in one line.

    ``read``: a report that is new. ``refused``: something in a source that could not be read.
    ``failed``: the source itself, and until when it is left alone; ``back``: it works again.
    ``silent``: nothing new for much longer than is its way; ``heard``: it speaks again.
    ``place``: who holds a chosen place, the first time and when it changes. ``side``: a chosen
    side came to hold a place or ceased to; ``number``: a chosen number changed. ``delay_s``:
    seconds of these since the publication of what changed them. ``alert``: a change was told to a
    receiver; ``unsent``: it was not, why, and until when it waits. ``list``: feeds found in a list.
    """

    kind: Kind
    source: str
    at: datetime
    what: str
    intake: Intake | None = None
    until: datetime | None = None
    delay_s: float | None = None

    def to_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "source": self.source, "at": instant_text(self.at),
                "what": self.what, "until": instant_text(self.until), "delay_s": self.delay_s,
                "report": asdict(self.intake) if self.intake else None}


@dataclass(frozen=True, slots=True)
class Plan:
    """How to watch: seconds between polls and the longest wait after failures; whether the pages
    that feeds link to are read; the places, sides and numbers whose changes are told."""

    every_s: float
    longest_s: float
    follow: bool = False
    places: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


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
                 sleep: Callable[[float], None] = time.sleep,
                 receivers: Receivers | None = None, kept: Kept | None = None) -> None:
        self._desk, self._plan, self._path = desk, plan, path
        self._fetcher = fetcher or desk.fetcher
        self._clock, self._sleep = clock, sleep
        self._names = list(dict.fromkeys(sources))
        self._state = load(path)
        self._receivers = receivers or Receivers({})
        self._kept = kept or Kept(desk, plan.places, bool(plan.sides), bool(plan.numbers))
        self._published: datetime | None = None  # of the latest news since changes were looked for
        self._lists: set[str] = set()  # feeds that came from lists
        self.polled = self.failed = 0

    def run(self, once: bool = False) -> Iterator[Event]:
        """What happens, as it happens; without end, or one round with ``once``.

        A round passes over sources that failed and whose wait is not over. What was told of is
        kept before the next source is looked at. LedgerError ends the watch.
        """
        if not self._names:
            raise UsageError("nothing to watch: give feeds, pages, lists of feeds or folders")
        yield from self._changes()
        while True:
            yield from self._deliver()
            yield from self._round(once)
            yield from self._deliver()
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
                news = False
                for event in self._poll(name):
                    news |= event.kind == "read"
                    yield event
                if news:
                    yield from self._changes()

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
            if published and published.granularity in FINE and latest <= now:
                self._published = max(latest, self._published or latest)
            yield min(latest, now)

    def _changes(self) -> Iterator[Event]:
        """What changed of what was chosen."""
        self._kept.refresh()
        yield from self._places()
        yield from self._chosen()
        self._published = None

    def _chosen(self) -> Iterator[Event]:
        """What changed of the sides and numbers; the first time they are only remembered."""
        chosen: list[tuple[What, str]] = [*(("side", s) for s in self._plan.sides),
                                          *(("number", n) for n in self._plan.numbers)]
        for what, name in chosen:
            key = f"{what}:{name}"
            now = (self._kept.held_by if what == "side" else self._kept.numbers_of)(name)
            before = self._state.chosen.get(key)
            if now is None or before == now:
                continue
            told = [] if before is None else side_changes(name, before, now) if what == "side" \
                else number_changes(before, now)
            alerts = [self._alert(what, name, text, was) for text, was in told]
            self._post(replace(self._state, chosen={**self._state.chosen, key: now}), alerts)
            for alert in alerts:
                yield Event(what, name, alert.at, alert.text + (
                    f" (before: {alert.before})" if alert.before and what == "number" else ""),
                    delay_s=alert.delay_s)

    def _alert(self, what: What, subject: str, text: str, before: str | None) -> Alert:
        now = self._clock()
        delay = (now - self._published).total_seconds() if self._published else None
        return Alert(what, subject, text, before, now, delay)

    def _post(self, state: State, alerts: Sequence[Alert]) -> None:
        """Keeps what is told now, and with it the letters that tell it."""
        fresh = [letter.to_json() for a in alerts for letter in self._receivers.letters(a)]
        self._state = replace(state, outbox=(*state.outbox, *fresh)[-MOST_WAITING:])
        save(self._path, self._state)

    def _deliver(self) -> Iterator[Event]:
        """Sends what is in the outbox and due; each letter is taken out once it is delivered."""
        for letter in map(Letter.from_json, list(self._state.outbox)):
            now = self._clock()
            if letter.next_at is not None and letter.next_at > now:
                continue
            rest = [v for v in self._state.outbox if v != letter.to_json()]
            if not self._receivers.knows(letter):      # nobody is to be told there any more
                self._state = replace(self._state, outbox=rest)
                continue
            name = self._receivers.name(letter)
            try:
                self._receivers.send(letter)
                event = Event("alert", name, self._clock(), letter.alert.text)
            except InputError as error:
                late = letter.later(now)
                rest.append(late.to_json())
                event = Event("unsent", name, now, error.what, until=late.next_at)
            self._state = replace(self._state, outbox=rest)
            save(self._path, self._state)
            yield event

    def _places(self) -> Iterator[Event]:
        """Who holds each chosen place, where that is not what was told last."""
        for name in self._plan.places:
            for found in self._kept.holders(name):
                holder = self._kept.called(found.holder) if found.holder else "unknown"
                line = f"{found.place.name}: {holder}" + (
                    ", contested" if found.contested else "")
                before = self._state.places.get(found.place.id)
                if before != line:
                    alert = self._alert("place", name, line, before)
                    self._post(replace(self._state, places={
                        **self._state.places, found.place.id: line}), [alert] if before else [])
                    yield Event("place", name, alert.at, line + (
                        f" (before: {before.removeprefix(found.place.name + ': ')})"
                        if before else ""), delay_s=alert.delay_s)


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
