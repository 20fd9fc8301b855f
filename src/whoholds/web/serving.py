"""Runs the application on an address."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Thread

import uvicorn

from whoholds.core import UsageError
from whoholds.pipeline import Workbench
from whoholds.web.app import make_app
from whoholds.web.guarding import LOOPBACK
from whoholds.web.options import Options
from whoholds.web.pages import built_pages

GRACE_S = 2  # seconds that open connections (live updates never end by themselves) are waited for


@dataclass(frozen=True, slots=True)
class Serving:
    """Where to serve. ``port`` 0: any that is free. ``allow``: further host names to answer to."""

    host: str = "127.0.0.1"
    port: int = 8765
    allow: tuple[str, ...] = ()
    tiles: str | None = None
    title: str = "whoholds"


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach what is bound to ``host``."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def bound(where: Serving) -> socket.socket:
    """A listening socket; UsageError in one line where that cannot be."""
    try:
        family, kind, proto, _, address = socket.getaddrinfo(
            where.host.strip("[]"), where.port, type=socket.SOCK_STREAM)[0]
        found = socket.socket(family, kind, proto)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(address)
        found.listen(128)
    except OSError as error:
        raise UsageError(f"cannot serve on {where.host} port {where.port}: "
                         f"{error.strerror or error}") from error
    return found


class LettingGo(uvicorn.Server):
    """A server that, when it stops, first lets those go who listen to news: they never end by
    themselves."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.config.app.state.house.news.end()  # type: ignore[union-attr]
        await super().shutdown(sockets)


def told(record: logging.LogRecord) -> bool:
    """Whether the server's log tells of something: not of requests that are cut off because it
    stops."""
    kind = record.exc_info[0] if record.exc_info else None
    return not (kind is not None and issubclass(kind, asyncio.CancelledError)) \
        and not record.getMessage().startswith("Cancel ")


def serve(desk: Workbench, where: Serving, tell: Callable[[str], None]) -> None:
    """Serves until it is interrupted; ``tell`` is given the address once requests are taken in.

    Bound to anything but loopback, reading needs a token as well.
    """
    home = is_loopback(where.host)
    listening = bound(where)
    with listening:
        hosts = (*LOOPBACK, where.host.strip("[]"), *where.allow)
        options = Options(where.title, hosts, reads_are_open=home, tiles=where.tiles)
        app = make_app(desk, options, built_pages())
        Thread(target=app.state.house.warm, name="warm", daemon=True).start()
        port = listening.getsockname()[1]
        shown = f"[{where.host}]" if ":" in where.host else where.host
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False,
                                timeout_graceful_shutdown=GRACE_S, date_header=False)
        tell(f"http://{shown}:{port}/")
        logging.getLogger("uvicorn.error").addFilter(told)
        with suppress(KeyboardInterrupt):  # Ctrl+C is how it is meant to end
            LettingGo(config).run(sockets=[listening])
