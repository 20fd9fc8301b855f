"""What stands before every request: host names, sizes, headers, errors without traces."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from whoholds.core import InputError, LedgerError, UsageError, WhoholdsError

_log = logging.getLogger(__name__)

LOOPBACK = ("localhost", "127.0.0.1", "::1")
WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def policy(tiles: str | None) -> str:
    """The content security policy; of other hosts, only the one that serves the map's tiles."""
    extra = ""
    if tiles:
        parts = urlsplit(tiles)
        extra = f" {parts.scheme}://{parts.netloc}"
    return "; ".join((
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "font-src 'self'",
        f"img-src 'self' data: blob:{extra}", f"connect-src 'self'{extra}", "worker-src 'self'",
        "manifest-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"))


def host_of(value: str) -> str:
    """The host in a Host or Origin header, without port and brackets; empty where there is none."""
    try:
        return (urlsplit(value if "://" in value else f"//{value}").hostname or "").rstrip(".")
    except ValueError:
        return ""


class Guard:
    """Refuses requests for other hosts (DNS rebinding), from other sites' pages, and too large
    ones; puts the safety headers on every answer.

    ``hosts``: names that this server is called by; None: any (a server bound to all addresses,
    where every read needs a token). ``largest``: bytes that a request's body may have.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str] | None, tiles: str | None,
                 largest: int) -> None:
        self.app = app
        self.hosts = None if hosts is None else frozenset(h.lower() for h in hosts)
        self.policy = policy(tiles)
        self.largest = largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal = self.refusal(scope["method"], Headers(scope=scope))
        guarded = self.with_headers(send, scope["path"])
        if refusal is not None:
            await refusal(scope, receive, guarded)
            return
        await self.app(scope, self.bounded(receive), guarded)

    def refusal(self, method: str, headers: Headers) -> Response | None:
        """Why this request is not let in, None where it is."""
        hosts = headers.getlist("host")
        host = host_of(hosts[0]) if len(hosts) == 1 else ""
        if not host or (self.hosts is not None and host not in self.hosts):
            return problem(421, "this server is not called by that name; "
                                "`whoholds serve --allow-host NAME` lets it be")
        origin = headers.get("origin")
        if method in WRITING and origin is not None and (
                urlsplit_netloc(origin) != hosts[0].lower()):
            return problem(403, "a page of another site may not write here")
        length = headers.get("content-length", "0")
        if not length.isdecimal():
            return problem(400, "Content-Length is not a number")
        if int(length) > self.largest:
            return problem(413, f"more than {self.largest} bytes")
        return None

    def bounded(self, receive: Receive) -> Receive:
        """The body, cut off where it is longer than allowed, whatever its length was said to be."""
        got = 0

        async def next_part() -> Message:
            nonlocal got
            message = await receive()
            got += len(message.get("body", b""))
            if got > self.largest:
                raise HTTPException(413, f"more than {self.largest} bytes")
            return message
        return next_part

    def with_headers(self, send: Send, path: str) -> Send:
        """Sends with the safety headers."""
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["content-security-policy"] = self.policy
                headers["x-content-type-options"] = "nosniff"
                headers["referrer-policy"] = "no-referrer"
                headers["cross-origin-opener-policy"] = "same-origin"
                headers["cross-origin-resource-policy"] = "same-origin"
                headers["permissions-policy"] = "geolocation=(), camera=(), microphone=()"
                if path.startswith("/api/") or "cache-control" not in headers:
                    headers["cache-control"] = "no-store" if path.startswith("/api/") \
                        else "no-cache"
            await send(message)
        return guarded


def urlsplit_netloc(origin: str) -> str:
    """Host and port of an Origin header; empty where it is none (``null``)."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


def problem(status: int, detail: str) -> JSONResponse:
    """A refusal in one line."""
    return JSONResponse({"detail": " ".join(detail.split())[:500]}, status)


STATUS: tuple[tuple[type[WhoholdsError], int], ...] = (
    (UsageError, 400), (InputError, 400), (LedgerError, 503), (WhoholdsError, 500))

Handler = Callable[[Request, Exception], Awaitable[Response]]


async def on_known(request: Request, error: Exception) -> Response:
    """Our own errors: their text is fit to be shown."""
    status = next(code for kind, code in STATUS if isinstance(error, kind))
    return problem(status, str(error))


async def on_http(request: Request, error: Exception) -> Response:
    """A refusal of the framework."""
    assert isinstance(error, HTTPException)
    answer = problem(error.status_code, str(error.detail))
    answer.headers.update(error.headers or {})
    return answer


async def on_invalid(request: Request, error: Exception) -> Response:
    """A request that is not as /openapi.json says."""
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    return problem(422, f"{where}: {first['msg']}")


async def on_bug(request: Request, error: Exception) -> Response:
    """Anything else is a bug of ours: told to the log, not to the client."""
    _log.error("%s %s", request.method, request.url.path, exc_info=error)
    return problem(500, "a bug in whoholds; the server's log has the details")


def guard(app: FastAPI, hosts: Iterable[str] | None, tiles: str | None, largest: int) -> None:
    """Puts everything of this module before ``app``."""
    app.add_exception_handler(WhoholdsError, on_known)
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(RequestValidationError, on_invalid)
    app.add_exception_handler(Exception, on_bug)
    app.add_middleware(Guard, hosts=hosts, tiles=tiles, largest=largest)
