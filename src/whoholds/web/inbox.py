"""Reports that people hand in: read one after the other, with news of each."""

from __future__ import annotations

import queue
import re
import secrets
import tempfile
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock, Thread
from typing import Literal

from whoholds.core import WhoholdsError
from whoholds.pipeline import Intake, Workbench
from whoholds.web.news import News

MOST_KEPT = 100        # readings that are remembered
MOST_TAKEN = 500       # reports of one upload that are listed; an archive may hold more
LONGEST_NAME = 120     # characters of a file's name

State = Literal["waiting", "reading", "done", "failed"]


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing handed in, and what has become of it so far. ``taken`` lists at most MOST_TAKEN,
    ``read`` and ``refused`` count all."""

    id: str
    name: str
    by: str
    state: State = "waiting"
    problem: str | None = None
    taken: tuple[Intake, ...] = ()
    read: int = 0
    refused: int = 0
    claims: int = 0


@dataclass(frozen=True, slots=True)
class Handed:
    """A thing to read: its bytes and what is known of it."""

    body: bytes
    desk: Workbench
    outlet: str | None
    published: str | None


def plain_name(name: str) -> str:
    """A file's name as people may see it: no folders, nothing that acts."""
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join(c for c in last if c.isprintable()).strip(" .")
    return kept[-LONGEST_NAME:] or "report.txt"


def ending(name: str) -> str:
    """The ending that says which format a file is in: at most two parts of letters and digits."""
    found = re.search(r"(?:\.[A-Za-z0-9]{1,8}){1,2}$", name)
    return found[0].lower() if found else ".txt"


class Inbox:
    """Reads what is handed in, in the order in which it came, in a thread of its own."""

    def __init__(self, news: News, most_waiting: int) -> None:
        self._news = news
        self._waiting: queue.Queue[tuple[str, Handed] | None] = queue.Queue(most_waiting)
        self._readings: OrderedDict[str, Reading] = OrderedDict()
        self._lock = Lock()
        self._reader: Thread | None = None

    def hand_in(self, name: str, by: str, what: Handed) -> Reading | None:
        """Takes in something to read; None where too much is waiting already."""
        reading = Reading(secrets.token_hex(8), plain_name(name), by)
        with self._lock:
            try:
                self._waiting.put_nowait((reading.id, what))
            except queue.Full:
                return None
            self._readings[reading.id] = reading
            while len(self._readings) > MOST_KEPT:
                self._readings.popitem(last=False)
            if self._reader is None:
                self._reader = Thread(target=self._read, name="inbox", daemon=True)
                self._reader.start()
        self._news.tell("reading", reading.id)
        return reading

    def readings(self) -> list[Reading]:
        """All that is remembered, newest first."""
        with self._lock:
            return list(reversed(self._readings.values()))

    def reading(self, key: str) -> Reading | None:
        """One of them."""
        with self._lock:
            return self._readings.get(key)

    def close(self) -> None:
        """Lets the reader end after what it is reading."""
        if self._reader is not None:
            while True:
                try:
                    self._waiting.get_nowait()
                except queue.Empty:
                    break
            self._waiting.put(None)
            self._reader.join(timeout=10)

    def _read(self) -> None:
        while (item := self._waiting.get()) is not None:
            key, what = item
            self._change(key, state="reading")
            try:
                for intake in self._intakes(key, what):
                    self._add(key, intake)
                self._change(key, state="done")
            except WhoholdsError as error:
                self._change(key, state="failed", problem=str(error))
            except Exception:  # a bug costs this reading, not the inbox
                self._change(key, state="failed", problem="a bug in whoholds")

    def _intakes(self, key: str, what: Handed) -> Iterator[Intake]:
        """Reads from a file of our own name in a folder of its own; tells the name it came with."""
        reading = self.reading(key)
        shown = reading.name if reading else "report"
        with tempfile.TemporaryDirectory(prefix="whoholds-") as folder:
            path = Path(folder) / f"report{ending(shown)}"
            path.write_bytes(what.body)
            for intake in what.desk.read_each([path], outlet=what.outlet,
                                              published=what.published):
                where = intake.where.replace(str(path), shown).replace(folder, "")
                problem = intake.problem and intake.problem.replace(str(path), shown)
                yield replace(intake, where=where, problem=problem)

    def _add(self, key: str, intake: Intake) -> None:
        with self._lock:
            old = self._readings.get(key)
            if old is not None:
                bad = intake.problem is not None
                self._readings[key] = replace(
                    old, taken=(*old.taken, intake)[:MOST_TAKEN], read=old.read + (not bad),
                    refused=old.refused + bad, claims=old.claims + intake.claims)
        self._news.tell("reading", key)

    def _change(self, key: str, state: State, problem: str | None = None) -> None:
        with self._lock:
            old = self._readings.get(key)
            if old is not None:
                self._readings[key] = replace(old, state=state, problem=problem)
        self._news.tell("reading", key)
