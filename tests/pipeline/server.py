"""A web server for tests, on this machine, with answers that a test writes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Page = "tuple[int, dict[str, str], bytes] | Callable[[BaseHTTPRequestHandler], None]"


@dataclass
class Site:
    """``pages``: path -> status, headers, body, or a function that writes the answer itself;
    ``asked``: what was asked for, as (host, path, headers). ``posts``: path -> what answers a
    POST."""

    port: int = 0
    pages: dict[str, Any] = field(default_factory=dict)
    posts: dict[str, Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str = "/", host: str = "news.example") -> str:
        return f"http://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [path for _, path, _ in self.asked if path != "/robots.txt"]


@contextmanager
def serving(wrap: Callable[[Any], Any] = lambda socket: socket) -> Iterator[Site]:
    """A site on a free port; ``wrap`` makes its socket speak TLS."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append((self.headers["Host"], self.path,
                               {k.lower(): v for k, v in self.headers.items()}))
            self.close_connection = True
            page = site.pages.get(self.path, (404, {}, b"none"))
            if callable(page):
                page(self)
                return
            status, headers, body = page
            self.send_response_only(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                if value:
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.close_connection = True
            site.posts[self.path](self)

        def log_message(self, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *args: object) -> None:
            pass  # clients break off on purpose

    server = Server(("127.0.0.1", 0), Handler)
    server.socket = wrap(server.socket)
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
