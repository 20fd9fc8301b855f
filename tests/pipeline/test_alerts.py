"""Alerts: each change told once, to a web server and a mail server of this machine."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from tests.pipeline.crash import Harness
from tests.pipeline.server import Site, serving
from whoholds.core import UsageError
from whoholds.pipeline import Workbench, open_ledger
from whoholds.pipeline.alerts import Alert, Letter, Receivers, receivers_from
from whoholds.pipeline.kept import Kept
from whoholds.pipeline.watching import Event, Plan, Watch
from whoholds.pipeline.watchlist import load
from whoholds.settings import Settings, settings_from

NOW = datetime(2022, 3, 2, 12, tzinfo=UTC)
ALERT = Alert("place", "Herat", "Herat: Taliban", "Herat: Afghan government", NOW, 90.0)


def told(**given: str) -> Settings:
    return settings_from({name.replace("__", "."): value for name, value in given.items()}, {})


@dataclass
class Hooks:
    """What a webhook of a test was sent; ``status`` is what it answers."""

    got: list[tuple[dict[str, str], dict[str, Any]]] = field(default_factory=list)
    status: int = 204

    def __call__(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers["Content-Length"]))
        self.got.append(({k.lower(): v for k, v in request.headers.items()}, json.loads(body)))
        request.send_response_only(self.status)
        request.send_header("Content-Length", "0")
        request.end_headers()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


@pytest.fixture
def hooks(site: Site) -> Hooks:
    site.posts["/hook"] = found = Hooks()
    return found


class TestWebhook:
    """POSTs of JSON."""

    def test_an_alert_is_posted_with_an_id_that_stays_the_same(
            self, site: Site, hooks: Hooks) -> None:
        url = site.url("/hook", "127.0.0.1")
        receivers = receivers_from([url], told(alert__allow="127.0.0.1"))
        letter, = receivers.letters(ALERT)
        receivers.send(letter)
        receivers.send(Letter.from_json(json.loads(json.dumps(letter.to_json()))))
        (headers, body), (again, _) = hooks.got
        assert headers["content-type"] == "application/json"
        assert headers["idempotency-key"] == again["idempotency-key"] == body["id"] == ALERT.id
        assert (body["text"], body["before"]) == (ALERT.text, ALERT.before)
        assert body["delay_s"] == 90.0
        assert replace(ALERT, text="Herat: other").id != ALERT.id

    def test_a_private_address_is_refused_unless_it_is_allowed(
            self, site: Site, hooks: Hooks) -> None:
        url = site.url("/hook", "127.0.0.1")
        for settings in (told(), told(fetch__allow="127.0.0.1")):
            receivers = receivers_from([url], settings)
            with pytest.raises(Exception, match="not on the public web"):
                receivers.send(receivers.letters(ALERT)[0])
        assert hooks.got == []

    @pytest.mark.parametrize("target", [
        "ftp://a.example/", "herald", "https://user:pw@a.example/", "mailto:nobody"])
    def test_what_is_no_address_is_refused_at_once(self, target: str) -> None:
        with pytest.raises(UsageError, match="--alert-to"):
            receivers_from([target], told(alert__smtp="localhost:25"))

    def test_the_path_of_a_webhook_is_not_shown(self) -> None:
        receivers = receivers_from(["https://hooks.example/secret"], told())
        assert receivers.name(receivers.letters(ALERT)[0]) == "https://hooks.example"


@contextmanager
def mail_server(answer: str = "250 taken") -> Iterator[tuple[int, list[str]]]:
    """A mail server that takes one mail after the other; their texts."""
    got: list[str] = []
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb", 0) as file:
                file.write(b"220 test\r\n")
                body: list[str] | None = None
                while line := file.readline().decode():      # smtplib writes its commands small
                    if body is not None:
                        if line == ".\r\n":
                            got.append("".join(body))
                            body = None
                            file.write(f"{answer}\r\n".encode())
                        else:
                            body.append(line)
                    elif line.lower().startswith("data"):
                        body = []
                        file.write(b"354 go on\r\n")
                    else:
                        file.write(b"221 bye\r\n" if line.lower().startswith("quit")
                                   else b"250 ok\r\n")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1], got
    finally:
        listening.close()


class TestMail:
    """Mails."""

    def test_an_alert_is_mailed(self) -> None:
        with mail_server() as (port, got):
            receivers = receivers_from(["mailto:desk@herald.example"], told(
                alert__smtp=f"127.0.0.1:{port}", alert__smtp_security="none",
                alert__from="watch@herald.example"))
            receivers.send(receivers.letters(replace(ALERT, text="Herat: A\nBcc: x@y"))[0])
        assert "Subject: whoholds: Herat: A Bcc: x@y\r\n" in got[0]
        assert "\r\nBcc:" not in got[0].split("\r\n\r\n")[0]
        assert "From: watch@herald.example" in got[0]
        assert "@whoholds>" in got[0]
        assert "Before: Herat: Afghan government" in got[0]

    def test_a_server_that_refuses_is_told_of(self) -> None:
        with mail_server("554 no") as (port, _):
            receivers = receivers_from(["mailto:desk@herald.example"], told(
                alert__smtp=f"127.0.0.1:{port}", alert__smtp_security="none"))
            with pytest.raises(Exception, match=r"127\.0\.0\.1: did not take the mail"):
                receivers.send(receivers.letters(ALERT)[0])

    @pytest.mark.parametrize(("settings", "why"), [
        ({}, "want a server"), ({"alert__smtp": "a:b"}, "want a server"),
        ({"alert__smtp": "a", "alert__smtp_security": "ssl"}, "none of starttls")])
    def test_mail_wants_a_server(self, settings: dict[str, str], why: str) -> None:
        with pytest.raises(UsageError, match=why):
            receivers_from(["mailto:desk@herald.example"], told(**settings))


class Room:
    """A watch whose desk says what a test wants, with a receiver that can be broken."""

    def __init__(self, folder: Path) -> None:
        self.holder, self.now, self.path = "a", NOW, folder / "x.watch.json"
        self.sent: list[str] = []
        self.broken = False
        self.folder = folder / "in"
        self.folder.mkdir()

    def send(self, alert: Alert) -> None:
        if self.broken:
            from whoholds.core import InputError
            raise InputError("hook", "answered 500")
        self.sent.append(alert.text)

    def watch(self) -> Watch:
        place = SimpleNamespace(id="p", name="Herat")
        desk = SimpleNamespace(
            fetcher=None, settings={}, zone=None, told=iter,
            read_each=lambda paths: iter(()))
        kept = SimpleNamespace(
            refresh=lambda: None, called=str, holders=lambda name: [
                SimpleNamespace(place=place, holder=self.holder, contested=False)])
        return Watch(cast(Workbench, desk), [str(self.folder)], Plan(60, 600, places=("Herat",)),
                     self.path, clock=lambda: self.now, receivers=Receivers(
                         {"mailto:desk@herald.example": self.send}), kept=cast(Kept, kept))

    def once(self) -> list[str]:
        return [e.kind for e in self.watch().run(once=True)]


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def test_what_is_so_at_first_is_no_change(room: Room) -> None:
    assert room.once() == ["place"]
    assert room.sent == []


def test_a_change_is_told_once_whatever_is_restarted(room: Room) -> None:
    room.once()
    room.holder = "b"
    assert room.once() == ["place", "alert"]
    assert room.once() == []
    assert room.sent == ["Herat: b"]


def test_what_cannot_be_delivered_is_tried_again_later_and_longer(room: Room) -> None:
    room.once()
    room.holder, room.broken = "b", True
    assert room.once() == ["place", "unsent"]
    assert room.once() == []                     # not yet
    waits = []
    for _ in range(4):
        letter = Letter.from_json(load(room.path).outbox[0])
        assert letter.next_at is not None
        waits.append((letter.next_at - room.now).total_seconds())
        room.now = letter.next_at
        assert room.once() == ["unsent"]
    assert all(b > 1.5 * a for a, b in pairwise(waits))
    room.broken, room.now = False, room.now + timedelta(days=1)
    assert room.once() == ["alert"]
    assert room.sent == ["Herat: b"]
    assert list(load(room.path).outbox) == []


def test_one_that_is_killed_before_it_delivers_delivers_when_it_begins_again(room: Room) -> None:
    room.once()
    room.holder = "b"
    running = room.watch().run(once=True)
    assert next(running).kind == "place"         # told and kept; killed before the mail went out
    running.close()
    assert room.sent == []
    assert room.once() == ["alert"]
    assert room.sent == ["Herat: b"]


def test_a_receiver_who_is_asked_for_no_longer_gets_nothing(room: Room) -> None:
    room.once()
    room.holder, room.broken = "b", True
    room.once()
    watch = room.watch()
    watch._receivers = Receivers({})
    room.now += timedelta(days=1)
    assert list(watch.run(once=True)) == []
    assert list(load(room.path).outbox) == []


def test_places_sides_and_numbers_of_a_real_ledger(
        tmp_path: Path, harness: Harness, site: Site, hooks: Hooks) -> None:
    """From reports in a folder to the webhook, with the delay since their publication."""
    folder = tmp_path / "in"
    folder.mkdir()
    target = site.url("/hook", "127.0.0.1")
    moment = datetime(2021, 8, 12, 8, tzinfo=UTC)

    def look(desk: Workbench, day: int) -> list[Event]:
        plan = Plan(60, 600, places=("Herat",), sides=("Taliban",), numbers=("soldier",))
        return list(Watch(desk, [str(folder)], plan, tmp_path / "l.watch.json",
                          clock=lambda: moment + timedelta(days=day), receivers=receivers_from(
                              [target], told(alert__allow="127.0.0.1"))).run(once=True))

    def write(name: str, text: str, published: str) -> None:
        import os
        (folder / name).write_text(f"---\noutlet: Herald\npublished: {published}\n---\n{text}\n")
        os.utime(folder / name, (1_000_000, 1_000_000))

    with open_ledger(tmp_path / "l.db") as desk:
        desk.stages = harness.stages
        write("a.md", "Government forces hold Herat. The Taliban captured Kunduz on Wednesday and "
              "killed 20 soldiers there, officials said.", "2021-08-12T07:00Z")
        first = look(desk, 0)
        assert [e.kind for e in first] == ["read", "place"]
        assert hooks.got == []
        write("b.md", "The Taliban captured Herat on Friday and killed 40 soldiers in Kunduz, "
              "officials said.", "2021-08-13T07:30Z")
        second = look(desk, 1)
        assert [e.kind for e in second] == ["read", "place", "side", "number", *["alert"] * 3]
        assert {e.delay_s for e in second if e.kind in ("place", "side", "number")} == {1800.0}
        assert look(desk, 2) == []
    sent = {body["what"]: body for _, body in hooks.got}
    assert len(hooks.got) == 3
    assert sent["side"]["text"] == "Taliban: now holds Herat"
    assert sent["place"]["text"].startswith("Herat: ")
    assert "40 soldier" in sent["number"]["text"]
