"""Ledgers to serve, a client without a network, and a server for browsers."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import pytest
import uvicorn
from fastapi.testclient import TestClient

from whoholds.pipeline import Workbench, open_ledger
from whoholds.web.app import make_app
from whoholds.web.guarding import LOOPBACK
from whoholds.web.options import Options
from whoholds.web.pages import built_pages
from whoholds.web.serving import Serving, bound

HOME = "http://127.0.0.1"
NAME = "Ana Reviewer"


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A ledger with the sample dispatches, and a reviewer's token. Not to be written to."""
    path = tmp_path_factory.mktemp("web") / "samples.db"
    with open_ledger(path) as desk:
        desk.read([], manifest=str(files("whoholds").joinpath("samples", "manifest.csv")))
        token = desk.add_reviewer(NAME)
        desk.ledger.check()
    return path, token


@dataclass(frozen=True, slots=True)
class Site:
    """A client of an application on a ledger of its own."""

    client: TestClient
    desk: Workbench
    token: str

    @property
    def signed(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


def options(**changes: object) -> Options:
    return Options(**{"title": "samples", "hosts": LOOPBACK, "watch_s": 0.1, **changes})  # type: ignore[arg-type]


@pytest.fixture
def site(samples: tuple[Path, str], tmp_path: Path) -> Iterator[Site]:
    """A site that may be written to."""
    path = Path(shutil.copy(samples[0], tmp_path / "samples.db"))
    with open_ledger(path) as desk, TestClient(
            make_app(desk, options()), HOME, raise_server_exceptions=False) as client:
        yield Site(client, desk, samples[1])


@pytest.fixture(scope="session")
def read_only_site(samples: tuple[Path, str]) -> Iterator[Site]:
    """A site whose answers are computed once for all tests that only ask."""
    with open_ledger(samples[0]) as desk, TestClient(
            make_app(desk, options()), HOME, raise_server_exceptions=False) as client:
        yield Site(client, desk, samples[1])


@contextmanager
def served(desk: Workbench, **changes: object) -> Iterator[str]:
    """The application with its pages on a free port of this machine; gives its address."""
    listening = bound(Serving(port=0))
    server = uvicorn.Server(uvicorn.Config(
        make_app(desk, options(**changes), built_pages()), log_level="error",
        timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"{HOME}:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listening.close()


def until(true: Callable[[], bool], within_s: float = 20.0) -> None:
    """Waits until something is so; fails where it never is."""
    end = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < end, "it never came to be so"
        time.sleep(0.02)
