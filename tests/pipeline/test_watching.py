"""Watching: news, failures, silence, restarts; with a desk that only takes notes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from tests.pipeline.server import Site, serving
from whoholds.core import Report, UsageError
from whoholds.pipeline.connecting import Limits, Reach
from whoholds.pipeline.fetching import Fetcher, networks
from whoholds.pipeline.kept import Kept
from whoholds.pipeline.watching import Event, Plan, Watch, state_path
from whoholds.pipeline.watchlist import Watched, load, save, wait_of
from whoholds.pipeline.workbench import Intake, Workbench
from whoholds.reading import read_paths

START = datetime(2021, 8, 13, 12, tzinfo=UTC)
XML = {"Content-Type": "application/rss+xml"}


def feed(*items: tuple[str, datetime | None]) -> bytes:
    rows = "".join(
        f"<item><title>{title}</title><link>/{title.split()[0]}</link><description>Rebels took "
        f"{title} on Friday, residents said.</description>"
        + (f"<pubDate>{at:%a, %d %b %Y %H:%M:%S} GMT</pubDate>" if at else "") + "</item>"
        for title, at in items)
    return (f"<rss version='2.0'><channel><title>Herald</title><link>x</link>{rows}</channel>"
            "</rss>").encode()


@dataclass
class Desk:
    """Takes reports in like a workbench; a report has one claim."""

    reports: dict[str, Report] = field(default_factory=dict)
    holder: str = "side:a"
    settings: Any = field(default_factory=lambda: {"read.largest_text": 1_000_000})
    zone: None = None

    @property
    def ledger(self) -> Any:
        return SimpleNamespace(report=self.reports.get, actors=dict)

    def told(self, intakes: list[Intake]) -> Iterator[Intake]:
        return iter(intakes)

    def take_in(self, where: str, report: Report, notes: tuple[str, ...] = ()) -> Intake:
        fresh = report.id not in self.reports
        self.reports[report.id] = report
        return Intake(where, report.id, report.outlet, new_report=fresh, claims=1,
                      new_claims=int(fresh))

    def read_each(self, paths: list[str]) -> Iterator[Intake]:
        for found in read_paths(paths):
            if found.report is not None:
                yield self.take_in(found.where, found.report)
            else:
                yield Intake(found.where, problem=str(found.refusal and found.refusal.what))

    def refresh(self) -> None:
        """As what is kept of the chosen places."""

    def holders(self, name: str) -> list[Any]:
        place = SimpleNamespace(id=name, name=name)
        return [SimpleNamespace(place=place, holder=self.holder, contested=False)
                ] if self.reports else []

    def called(self, holder: str) -> str:
        return holder


class World:
    """A watch with a clock that sleeping moves on; ends after ``until``."""

    def __init__(self, site: Site | None, folder: Path) -> None:
        self.desk, self.now, self.slept = Desk(), START, list[float]()
        self.site, self.path = site, folder / "x.watch.json"
        self.fetcher = Fetcher(Limits(100_000, 5), 0.0, Reach(
            networks("127.0.0.1"), lambda host, port: ["127.0.0.1"]))

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)

    def watch(self, *sources: str, **plan: Any) -> Watch:
        return Watch(cast(Workbench, self.desk), sources, Plan(600, 86_400, **plan), self.path,
                     self.fetcher, lambda: self.now, self.sleep, kept=cast(Kept, self.desk))

    def once(self, *sources: str, **plan: Any) -> list[Event]:
        return list(self.watch(*sources, **plan).run(once=True))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with serving() as site:
        yield World(site, tmp_path)


def kinds(events: list[Event]) -> list[str]:
    return [event.kind for event in events]


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def test_only_what_is_new_is_told(world: World) -> None:
    site = world.site
    assert site is not None
    site.pages["/feed"] = (200, {**XML, "ETag": "1"}, feed(("Marn", at(-2)), ("Kesh", at(-1))))
    first = world.once(site.url("/feed"))
    assert kinds(first) == ["read", "read"]
    assert first[0].to_json()["report"]["new_claims"] == 1
    assert world.once(site.url("/feed")) == []
    assert site.asked[-1][2]["if-none-match"] == "1"
    site.pages["/feed"] = (200, XML, feed(("Marn", at(-2)), ("Kesh", at(-1)), ("Ruda", at(0))))
    assert kinds(world.once(site.url("/feed"))) == ["read"]
    site.pages["/feed"] = (304, {"Content-Length": ""}, b"")
    assert world.once(site.url("/feed")) == []


def test_a_dead_feed_is_left_alone_for_longer_and_longer_and_costs_nobody_else(
        world: World) -> None:
    site = world.site
    assert site is not None
    site.pages |= {"/live": (200, XML, feed(("Marn", at(-1)))), "/dead": (500, {}, b"")}
    failed: list[Event] = []
    for event in world.watch(site.url("/dead"), site.url("/live")).run():
        if event.kind == "failed":
            failed.append(event)
            if len(failed) == 5:
                break
    waits = [(e.until - e.at).total_seconds() for e in failed if e.until]
    for number, wait in enumerate(waits, 1):
        assert 0.9 * 600 * 2 ** number <= wait <= 1.1 * 600 * 2 ** number
    assert site.paths.count("/live") > 10
    assert world.once(site.url("/dead")) == []  # its wait is not over, in a new watch as well
    world.now += timedelta(days=1)
    site.pages["/dead"] = (200, XML, feed(("Kesh", at(-1))))
    assert kinds(world.once(site.url("/dead"))) == ["read", "back"]


def test_waits_are_spread_but_always_the_same_and_bounded() -> None:
    waits = [wait_of(f"https://n{n}.example", 600, 0, 86_400, 1) for n in range(200)]
    assert min(waits) >= 540
    assert max(waits) <= 660
    assert max(waits) - min(waits) > 90
    assert waits[0] == wait_of("https://n0.example", 600, 0, 86_400, 1)
    assert wait_of("x", 600, 500, 86_400, 1) <= 1.1 * 86_400


def test_a_server_that_asks_to_wait_is_left_alone_as_long(world: World) -> None:
    site = world.site
    assert site is not None
    site.pages["/feed"] = (429, {"Retry-After": "50000"}, b"")
    (told,) = world.once(site.url("/feed"))
    assert told.until == START + timedelta(seconds=50_000)


def test_a_source_that_goes_silent_against_its_own_rhythm(world: World) -> None:
    site = world.site
    assert site is not None
    site.pages["/feed"] = (200, XML, feed(*((f"Town{n}", at(-n * 3)) for n in range(8))))
    site.pages["/slow"] = (200, XML, feed(*((f"Ville{n}", at(-n * 48)) for n in range(8))))
    site.pages["/few"] = (200, XML, feed(("Kesh", at(-1)), ("Ruda", at(-2))))
    names = [site.url(path) for path in ("/feed", "/slow", "/few")]
    assert set(kinds(world.once(*names))) == {"read"}
    world.now = at(5.9)
    assert world.once(*names) == []
    world.now = at(6.2)
    (told,) = world.once(*names)
    assert (told.kind, told.source) == ("silent", names[0])
    assert told.what == ("nothing new since 2021-08-13T12:00:00Z; it was never silent for longer "
                         "than 3 hours before")
    world.now = at(9)
    assert world.once(*names) == []  # told once
    site.pages["/feed"] = (200, XML, feed(("Nova", at(8.5))))
    assert kinds(world.once(*names)) == ["read", "heard"]
    site.pages["/feed"] = (500, {}, b"")
    world.now = at(80)
    assert kinds(world.once(names[0])) == ["failed", "silent"]


def test_lists_of_feeds(world: World, tmp_path: Path) -> None:
    site = world.site
    assert site is not None
    outlines = "".join(f'<outline xmlUrl="{site.url(p)}"/>' for p in ("/a", "/b", "/list"))
    text = f"<opml version='2.0'><body>{outlines}</body></opml>"
    site.pages |= {"/a": (200, XML, feed(("Marn", at(-1)))), "/b": (200, XML, feed(("Kesh", None))),
                   "/list": (200, {"Content-Type": "text/xml", "ETag": "1"}, text.encode())}
    assert kinds(world.once(site.url("/list"))) == ["list", "read", "read"]
    site.pages["/a"] = (200, XML, feed(("Ruda", at(0))))
    assert kinds(world.once(site.url("/list"))) == ["list", "read"]
    path = tmp_path / "feeds.opml"
    path.write_text(text)
    events = world.once(str(path))
    assert kinds(events) == ["list", "failed"]
    assert "list of feeds within" in events[1].what


def test_followed_pages_are_fetched_once(world: World) -> None:
    site = world.site
    assert site is not None
    said = b"".join(
        b"<p>Rebels took the town of Marn on Friday after a night of fighting, residents said by "
        b"phone; part %d of what they told.</p>" % n for n in range(8))
    page = b"<html><title>Marn falls</title><body><article>" + said + b"</article></body></html>"
    site.pages |= {"/feed": (200, XML, feed(("Marn", at(-1)))),
                   "/Marn": (200, {"Content-Type": "text/html"}, page)}
    (told,) = world.once(site.url("/feed"), follow=True)
    assert told.intake is not None
    assert told.intake.where == site.url("/Marn")
    site.pages["/feed"] = (200, XML, feed(("Marn", at(-1)), ("Kesh", at(0))))
    events = world.once(site.url("/feed"), follow=True)
    assert kinds(events) == ["read"]
    assert site.paths.count("/Marn") == 1
    assert site.paths.count("/Kesh") == 1


def test_folders(tmp_path: Path) -> None:
    world, folder = World(None, tmp_path), tmp_path / "in"
    assert kinds(world.once(str(folder))) == ["failed"]
    world.now += timedelta(hours=1)
    folder.mkdir()
    old = (1_600_000_000_000_000_000,) * 2

    def put(name: str, data: bytes, settled: bool = True) -> None:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
        if settled:
            os.utime(folder / name, ns=old)

    put("a.txt", b"Rebels took Marn.")
    put("deep/b.txt", b"Rebels took Kesh.")
    put(".hidden", b"Rebels took Ruda.")
    put("noise.bin", bytes(range(256)))
    put("growing.txt", b"Rebels too", settled=False)
    assert kinds(world.once(str(folder))) == ["read", "refused", "read", "back"]
    assert world.once(str(folder)) == []
    put("growing.txt", b"Rebels took all.")
    put("a.txt", b"Rebels took Marn and Kesh.")
    assert kinds(world.once(str(folder))) == ["read", "read"]
    (folder / "a.txt").unlink()
    assert world.once(str(folder)) == []
    assert len(load(world.path).sources[str(folder)].files) == 3


def test_chosen_places(world: World) -> None:
    site = world.site
    assert site is not None
    site.pages["/feed"] = (200, XML, feed(("Marn", at(-1))))
    assert kinds(world.once(site.url("/feed"), places=("Marn",))) == ["read", "place"]
    world.desk.holder = "side:b"
    site.pages["/feed"] = (200, XML, feed(("Kesh", at(-1))))
    told = world.once(site.url("/feed"), places=("Marn",))
    assert told[0].what == "Marn: side:b (before: side:a)"
    assert kinds(told) == ["place", "read"]


def test_what_is_refused_in_a_feed_is_told_once(world: World) -> None:
    site = world.site
    assert site is not None
    empty = b"<item><link>/x</link></item></channel>"
    broken = feed(("Marn", at(-1))).replace(b"</channel>", empty)
    site.pages["/feed"] = (200, XML, broken)
    assert kinds(world.once(site.url("/feed"))) == ["read", "refused"]
    site.pages["/feed"] = (200, XML, broken + b"<!-- changed -->")
    assert world.once(site.url("/feed")) == []


def test_a_watch_that_is_broken_off_misses_nothing(world: World) -> None:
    site = world.site
    assert site is not None
    site.pages["/feed"] = (200, {**XML, "ETag": "1"}, feed(("Marn", at(-1)), ("Kesh", at(-1))))
    for event in world.watch(site.url("/feed")).run():
        assert event.kind == "read"
        break  # as Ctrl-C would
    assert not world.path.exists()
    assert kinds(world.once(site.url("/feed"))) == ["read"]
    assert len(world.desk.reports) == 2


def test_the_state_survives_and_a_strange_file_is_refused(tmp_path: Path, world: World) -> None:
    from whoholds.pipeline.fetching import Tag
    from whoholds.pipeline.watchlist import State
    state = State({"x": Watched(Tag('"1"', "Fri"), "d", 2, 3, at(1), (at(0), at(1)), True,
                                ("https://h.example/1",), {"f": "1:2"}, frozenset({"k"}))},
                  {"p": "P: a"})
    save(tmp_path / "s.json", state)
    assert load(tmp_path / "s.json") == state
    assert load(tmp_path / "none") == State()
    for text in ("", "[]", "{}", '{"format": "x"}', json.dumps({
            "format": "whoholds watch 1", "sources": {"x": {}}, "places": {}}), "[" * 100_000):
        (tmp_path / "s.json").write_text(text)
        with pytest.raises(UsageError, match="not the state of a watch"):
            load(tmp_path / "s.json")
    with pytest.raises(UsageError, match="cannot be written"):
        save(tmp_path / "none" / "s.json", state)
    with pytest.raises(UsageError, match="nothing to watch"):
        world.once()


def test_where_the_state_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert state_path("a/b.db") == Path("a/b.db.watch.json")
    assert "secret" not in str(state_path("postgresql://me:secret@h/x"))
