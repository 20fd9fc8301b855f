"""Where it listens, and what reading from elsewhere takes."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient

from tests.web.conftest import Site, options
from whoholds.core import UsageError
from whoholds.web.app import make_app
from whoholds.web.serving import Serving, bound, is_loopback


@pytest.mark.parametrize(("host", "home"), [
    ("127.0.0.1", True), ("127.9.9.9", True), ("localhost", True), ("::1", True), ("[::1]", True),
    ("0.0.0.0", False), ("::", False), ("192.168.1.5", False), ("example.org", False)])
def test_only_loopback_is_this_machine_alone(host: str, home: bool) -> None:
    assert is_loopback(host) is home


def test_a_port_that_is_taken_is_one_line() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(UsageError, match=rf"cannot serve on 127.0.0.1 port {port}"):
            bound(Serving(port=port))


def test_from_elsewhere_reading_needs_a_token_too(read_only_site: Site) -> None:
    app = make_app(read_only_site.desk, options(reads_are_open=False))
    with TestClient(app, "http://127.0.0.1") as client:
        for path in ("/api/ledger", "/api/frames", "/api/events", "/api/reports"):
            assert client.get(path).status_code == 401, path
        assert client.get("/api/ledger", headers=read_only_site.signed).status_code == 200


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_it_ends_in_silence_while_somebody_listens(samples: tuple[Path, str]) -> None:
    command = [sys.executable, "-c", "from whoholds.cli import main; main()", "serve", "--ledger",
               str(samples[0]), "--port", "0", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as server:
        assert server.stdout is not None
        lines = []
        while not lines or not lines[-1].startswith(b"}"):
            lines.append(server.stdout.readline())
        address = urlsplit(json.loads(b"".join(lines))["address"])
        heard = HTTPConnection(str(address.hostname), address.port)
        heard.request("GET", "/api/events")
        news = heard.getresponse()
        assert news.readline().startswith(b"retry")
        server.send_signal(signal.SIGINT)
        _, complaints = server.communicate(timeout=120)
        assert b"end" in news.read()
    assert (complaints, server.returncode) == (b"", 0)
