"""From publication to belief, live: ``python -m benchmarks.live --json FILE``.

Fifty feeds (``--feeds``), each with a host name of its own, are served on this machine and watched
with the tools of ``whoholds watch``, by the real clock. Each feed has an old report; then, at a
moment drawn by chance within POLLS polls, it publishes one more: a lede about one of the watched
towns, then a sample dispatch. A server answers after LATENCY_S, as those of newsrooms do. Measured
for each new report, until the belief about all watched towns is up to date with it:

- ``delay_s``: from the publication; most of it is the wait for the next poll;
- ``work_s``: from the feed's answer: what the program itself takes.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks.figures import tell
from whoholds.pipeline import Workbench, open_ledger
from whoholds.pipeline.connecting import Limits, Reach
from whoholds.pipeline.fetching import Fetcher, networks
from whoholds.pipeline.kept import Kept
from whoholds.pipeline.watching import Plan, Watch
from whoholds.settings import settings_from

FEEDS = 50
EVERY_S = 30.0        # between two polls of a feed: the least that is polite is some minutes
POLLS = 2.0           # within which every feed publishes
LATENCY_S = 0.2
SEED = 4
TOWNS = ("Herat", "Kunduz", "Ghazni", "Farah", "Zaranj", "Taloqan", "Aybak", "Gardez", "Asadabad",
         "Kandahar", "Jalalabad", "Bamyan", "Faizabad", "Maymana", "Nili", "Qalat")


@dataclass
class Newsroom:
    """A feed: an old report, and a new one with the moment of its publication, None until that is
    set. ``served``: when it was first asked for after that."""

    old: str
    new: str
    founded: datetime
    at: datetime | None = None
    served: datetime | None = None

    def page(self) -> bytes:
        """The feed as it stands now."""
        now = datetime.now(UTC)
        items = [(self.old, self.founded)]
        if self.at is not None and self.at <= now:
            items.append((self.new, self.at))
            self.served = self.served or now
        rows = "".join(
            f"<item><title>{escape(text.split('.')[0])}</title><guid>{number}</guid>"
            f"<description>{escape(text)}</description>"
            f"<pubDate>{format_datetime(at, usegmt=True)}</pubDate></item>"
            for number, (text, at) in enumerate(items))
        return (f"<rss version='2.0'><channel><title>{escape(self.old[:9])}</title><link>x</link>"
                f"{rows}</channel></rss>").encode()


class Over(Exception):
    """All that was published is believed."""


class Timed(Kept):
    """What is kept of the towns, and when it was up to date with how many reports."""

    def __init__(self, desk: Workbench, places: Sequence[str]) -> None:
        super().__init__(desk, places)
        self.done: list[tuple[int, datetime]] = []

    def refresh(self) -> None:
        super().refresh()
        if self._extent is not None:
            self.done.append((self._extent.last, datetime.now(UTC)))


@dataclass
class Run:
    """A watch over the newsrooms, by the real clock, until all they have is believed."""

    rooms: list[Newsroom]
    kept: Timed
    every_s: float
    reported: dict[int, int] = field(default_factory=dict)     # newsroom -> number of its report
    worked: float = 0.0         # seconds on a processor since the publications were set

    def follow(self, watch: Watch, names: Sequence[str]) -> None:
        """Watches until all is believed; RuntimeError where a feed fails."""
        seen, read = set[str](), 0
        with suppress(Over):
            for event in watch.run():
                if event.kind == "read":
                    read += 1
                    if event.source in seen:
                        self.reported[names.index(event.source)] = read
                    seen.add(event.source)
                elif event.kind in ("failed", "refused"):
                    raise RuntimeError(f"{event.source}: {event.what}")
        self.worked += time.process_time()

    def sleep(self, seconds: float) -> None:
        """As the watch rests: the first time, the publications are set; the last, it ends."""
        if self.rooms[0].at is None:
            self.worked = -time.process_time()
            chance, now = random.Random(SEED), datetime.now(UTC)
            for room in self.rooms:
                room.at = now + timedelta(seconds=chance.uniform(1, POLLS * self.every_s))
        elif all(room.served for room in self.rooms):
            raise Over
        time.sleep(seconds)


def measure(feeds: int = FEEDS, every_s: float = EVERY_S) -> dict[str, float]:
    """The delays of one run, in seconds."""
    rooms = newsrooms(feeds)
    with tempfile.TemporaryDirectory(prefix="whoholds-") as folder, serving(rooms) as port, \
            open_ledger(Path(folder) / "l.db", settings=settings_from({}, {})) as desk:
        run = Run(rooms, Timed(desk, TOWNS), every_s)
        fetcher = Fetcher(Limits(1_000_000, 10.0), 0.0, Reach(
            networks("127.0.0.1"), lambda host, port: ["127.0.0.1"]))
        names = [f"http://feed{n}.example:{port}/" for n in range(feeds)]
        watch = Watch(desk, names, Plan(every_s, 10 * every_s, places=TOWNS),
                      Path(folder) / "state.json", fetcher, sleep=run.sleep, kept=run.kept)
        run.follow(watch, names)
    return figures(run)


def figures(run: Run) -> dict[str, float]:
    """What the run came to."""
    delays, works = [], []
    for room, number in run.reported.items():
        believed = next(at for last, at in run.kept.done if last >= number)
        one = run.rooms[room]
        assert one.at is not None
        assert one.served is not None
        delays.append((believed - one.at).total_seconds())
        works.append((believed - one.served).total_seconds())
    words = [len(room.new.split()) for room in run.rooms]
    return {
        "live.feeds": len(run.rooms), "live.every_s": run.every_s,
        "live.reports": len(delays), "live.words_per_report": round(statistics.mean(words)),
        **{f"live.{what}_s{name}": round(value, 2) for what, found in (
            ("delay", delays), ("work", works)) for name, value in (
                ("", statistics.median(found)), ("_max", max(found)),
                ("_p95", statistics.quantiles(found, n=20, method="inclusive")[-1]))},
        "live.cpu_s_per_report": round(run.worked / len(delays), 3),
        "live.load_average": round(os.getloadavg()[0], 1)}


def newsrooms(count: int) -> list[Newsroom]:
    """Feeds, each with an old report and a new one, no two alike."""
    folder = files("whoholds") / "samples"
    samples = [entry.read_text("utf8") for entry in sorted(folder.iterdir(), key=lambda e: e.name)
               if entry.name.endswith(".txt")]
    rooms, yesterday = [], datetime.now(UTC) - timedelta(days=1)
    for n in range(count):
        town, body = TOWNS[n % len(TOWNS)], samples[n % len(samples)]
        side = "The Taliban" if n % 3 else "Government forces"
        rooms.append(Newsroom(
            f"Feed{n}: {side} hold {town}, resident number {n} said.",
            f"{side} captured {town} after fighting, witness number {n} said.\n\n{body}",
            yesterday))
    return rooms


@contextmanager
def serving(rooms: Sequence[Newsroom]) -> Iterator[int]:
    """Serves the feeds on a port of this machine, each by its host's name."""
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            time.sleep(LATENCY_S)
            host = (self.headers["Host"] or "").partition(".")[0].removeprefix("feed")
            found = rooms[int(host)].page() if self.path == "/" else b""
            self.send_response(200 if self.path == "/" else 404)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(found)))
            self.end_headers()
            self.wfile.write(found)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.live", description=__doc__)
    parser.add_argument("--feeds", type=int, default=FEEDS)
    parser.add_argument("--every", type=float, default=EVERY_S, help="seconds between polls")
    parser.add_argument("--json", type=Path, help="add the figures to this file")
    given = parser.parse_args()
    tell(measure(given.feeds, given.every), given.json)


if __name__ == "__main__":
    main()
