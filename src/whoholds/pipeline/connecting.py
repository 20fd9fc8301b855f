"""One request to one address on the web, at a network address that was checked before.

A page may link, redirect or resolve to anything: also to the machine that reads it, its neighbours,
and the service that hands out its keys. Names are resolved once, every address found is checked,
and the connection goes to the very address that was checked, so that a name that changes its
meaning in between (DNS rebinding) gains nothing. Proxies in the environment are not used: they
would resolve the name again.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPException
from typing import Any, TypeAlias
from urllib.parse import quote, urlsplit

from whoholds.core import InputError

Address: TypeAlias = "ipaddress.IPv4Address | ipaddress.IPv6Address"
Network: TypeAlias = "ipaddress.IPv4Network | ipaddress.IPv6Network"
Resolve: TypeAlias = Callable[[str, int], Sequence[str]]

SERVICES = (  # of clouds, for the machine that asks; some Python versions count them as public
    ipaddress.ip_network("168.63.129.16/32"), ipaddress.ip_network("192.0.0.0/24"))
EMBEDDING = ipaddress.ip_network("64:ff9b::/96")  # IPv4 inside IPv6, for NAT64 (RFC 6052)
PORTS = {"http": 80, "https": 443}
LOWEST_PORT = 1024    # below, only the two above: the others are of mail, shells and the like
LONGEST = 2000        # characters of an address; browsers and servers agree on about as much
TRIED = 3             # network addresses of one name
CONNECT_S = 10.0      # seconds for a connection, and for each answer within it
CHUNK = 65536         # bytes read at once
GZIP, GZIP_MEMBER = 31, b"\x1f\x8b"  # for zlib; how each part of such a file begins
SAFE = "/%:=&?~#+!$,;'@()*[]|"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one answer may cost: bytes (unpacked), and seconds for all of it."""

    largest: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Reach:
    """How to reach hosts. ``allowed``: networks that are reached though they are not public (a
    test's own server). ``resolve`` gives the network addresses of a name; ``context`` is that of
    TLS, None for the system's."""

    allowed: tuple[Network, ...] = ()
    resolve: Resolve | None = None
    context: ssl.SSLContext | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """An address on the web, taken apart: ``host`` in ASCII, ``path`` with its query."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        named = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{named}" + (
            "" if self.port == PORTS[self.scheme] else f":{self.port}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said: status, headers by lower-case name, bytes (unpacked)."""

    status: int
    headers: Mapping[str, str]
    data: bytes = field(repr=False)


def target_of(url: str) -> Target:
    """``url`` taken apart; InputError where it is no address that is fetched."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme.lower(), parts.hostname or "", parts.port
    except ValueError:
        raise InputError(url[:200], "not an address on the web") from None
    if scheme not in PORTS or not host:
        raise InputError(url[:200], "not an address on the web (http:// or https://)")
    if len(url) > LONGEST or any(c.isspace() or not c.isprintable() for c in url):
        raise InputError(url[:200], "not an address on the web (too long, or with blanks)")
    if parts.username is not None or parts.password is not None:
        raise InputError(url.replace(parts.netloc, host, 1)[:200], "an address with a password in "
                         "it")
    try:
        host = host if ":" in host else host.encode("idna").decode("ascii").rstrip(".")
    except UnicodeError:
        raise InputError(url[:200], "no host can be called that") from None
    port = PORTS[scheme] if port is None else port
    if port < LOWEST_PORT and port not in PORTS.values():
        raise InputError(url[:200], f"port {port} is not one of the web")
    path = quote(parts.path or "/", safe=SAFE) + (
        "?" + quote(parts.query, safe=SAFE) if parts.query else "")
    return Target(url, scheme, host, port, path)


def is_public(address: Address) -> bool:
    """Whether anybody on the Internet would reach the same machine there; addresses that wrap an
    IPv4 one (mapped, 6to4, Teredo, NAT64) are judged by what they wrap."""
    if isinstance(address, ipaddress.IPv6Address):
        wrapped = address.ipv4_mapped or address.sixtofour or (
            address.teredo[1] if address.teredo else None) or (
            ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in EMBEDDING else None)
        if wrapped is not None:
            return is_public(wrapped)
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified
        or any(address.version == n.version and address in n for n in SERVICES))


def addresses_of(target: Target, reach: Reach) -> list[str]:
    """The network addresses of a target's host, all of them checked; InputError where one is not
    public and not allowed, or where there is none."""
    try:
        found = [str(ipaddress.ip_address(target.host))]
    except ValueError:
        found = list(dict.fromkeys((reach.resolve or resolved)(target.host, target.port)))
    if not found:
        raise InputError(target.url, f"no host is called {target.host}")
    for text in found:
        address = ipaddress.ip_address(text.split("%")[0])
        if not is_public(address) and not any(
                address.version == n.version and address in n for n in reach.allowed):
            raise InputError(target.url, f"leads to {address}, which is not on the public web")
    return found[:TRIED]


def resolved(host: str, port: int) -> Sequence[str]:
    """What the system's resolver says, within CONNECT_S seconds; nothing where it knows none."""
    found: list[str] = []

    def ask() -> None:
        with suppress(OSError, UnicodeError):
            found.extend(str(row[4][0]) for row in socket.getaddrinfo(
                host, port, type=socket.SOCK_STREAM))

    asking = threading.Thread(target=ask, daemon=True)  # it has no time limit of its own
    asking.start()
    asking.join(CONNECT_S)
    return tuple(found)


@cache
def system_context() -> ssl.SSLContext:
    """Checks certificates by the system's authorities and those that browsers trust."""
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def request(target: Target, headers: Mapping[str, str], limits: Limits, reach: Reach,
            body: bytes | None = None) -> Answer:
    """The server's answer to a GET request, or to a POST of ``body``; InputError says in one line
    why there is none."""
    failure = InputError(target.url, "cannot be reached")
    for address in addresses_of(target, reach):
        try:
            return _ask(target, address, headers, limits, reach, body)
        except ConnectionFailed as error:
            failure = error
    raise failure


class ConnectionFailed(InputError):
    """No connection to this network address; the next may do better."""


def _ask(target: Target, address: str, headers: Mapping[str, str], limits: Limits,
         reach: Reach, body: bytes | None) -> Answer:
    from urllib3 import exceptions  # only where there is something to fetch

    connection = _connection(target, address, limits, reach)
    expired, sockets = threading.Event(), list[socket.socket]()

    def cut() -> None:  # a server that sends a byte now and then would hold us for ever
        expired.set()
        for held in sockets or filter(None, (connection.sock,)):
            with suppress(OSError):
                socket.socket.shutdown(held, socket.SHUT_RDWR)

    watch = threading.Timer(limits.seconds, cut)
    watch.daemon = True
    watch.start()
    try:
        connected = False
        try:
            connection.connect()
            connected = True
            sockets.append(connection.sock)  # an answer that ends with its connection takes it away
            connection.request("GET" if body is None else "POST", target.path, body,
                               headers={**headers, "Host": _host(target)},
                               preload_content=False, decode_content=False)
            response = connection.getresponse()
            named = {str(k).lower(): str(v) for k, v in response.headers.items()}
            data = _body(response, named, target, limits)
            if expired.is_set():  # what was cut off can look like an end
                raise InputError(target.url, f"took longer than {limits.seconds:g} s")
            return Answer(response.status, named, data)
        finally:
            watch.cancel()
            connection.close()
    except InputError:
        raise
    except (exceptions.HTTPError, HTTPException, OSError, zlib.error, ValueError) as error:
        if expired.is_set():
            what = f"took longer than {limits.seconds:g} s"
            raise InputError(target.url, what) from None
        kind = InputError if connected else ConnectionFailed
        raise kind(target.url, _why(error, connected)) from None


def _connection(target: Target, address: str, limits: Limits, reach: Reach) -> Any:
    from urllib3.connection import HTTPConnection, HTTPSConnection

    wait = min(CONNECT_S, limits.seconds)
    if target.scheme == "http":
        return HTTPConnection(address, target.port, timeout=wait)
    return HTTPSConnection(address, target.port, timeout=wait, server_hostname=target.host,
                           ssl_context=reach.context or system_context())


def _host(target: Target) -> str:
    return target.origin.split("://", 1)[1]


def _body(response: Any, headers: Mapping[str, str], target: Target, limits: Limits) -> bytes:
    """The answer's bytes, unpacked; never more than the limit is held, packed or unpacked."""
    stated = headers.get("content-length", "")
    if stated.isdecimal() and int(stated) > limits.largest:
        raise InputError(target.url, f"larger than {limits.largest:,} bytes")
    unpack = Unpacker(headers.get("content-encoding", ""), target.url, limits.largest)
    ends, pieces = time.monotonic() + limits.seconds, []
    for packed in response.stream(CHUNK, decode_content=False):
        pieces.append(unpack(packed))
        if time.monotonic() > ends:
            raise InputError(target.url, f"took longer than {limits.seconds:g} s")
    if pieces:
        unpack.end()
    return b"".join(pieces)


class Unpacker:
    """Undoes the packing of an answer piece by piece, up to a number of bytes."""

    def __init__(self, encoding: str, where: str, largest: int) -> None:
        self._where, self._left = where, largest
        self._largest = largest
        self._unzip: Any = None
        kind = encoding.strip().lower()
        if kind in ("gzip", "x-gzip"):
            self._unzip = zlib.decompressobj(GZIP)
        elif kind not in ("", "identity"):
            raise InputError(where, f"packed in a way that was not asked for ({kind[:30]})")

    def __call__(self, packed: bytes) -> bytes:
        data = packed if self._unzip is None else self._unzip.decompress(packed, self._left + 1)
        while (self._unzip is not None and len(data) <= self._left
               and self._unzip.unused_data.startswith(GZIP_MEMBER)):
            packed, self._unzip = self._unzip.unused_data, zlib.decompressobj(GZIP)
            data += self._unzip.decompress(packed, self._left + 1 - len(data))
        self._left -= len(data)
        if self._left < 0:
            raise InputError(self._where, f"larger than {self._largest:,} bytes"
                             + (" when unpacked" if self._unzip is not None else ""))
        return bytes(data)

    def end(self) -> None:
        """InputError where more should have come."""
        if self._unzip is not None and not self._unzip.eof:
            raise InputError(self._where, "broke off")


def _why(error: Exception, connected: bool) -> str:
    """What went wrong, in a few words of our own where they can be found."""
    said = str(error)
    if isinstance(error, ssl.SSLError) or "SSLError" in said or "CERTIFICATE" in said.upper():
        return "its certificate cannot be trusted, or it speaks no TLS"
    if "timed out" in said.lower() or isinstance(error, TimeoutError):
        return "did not answer in time"
    if isinstance(error, zlib.error):
        return "sent something broken (its packing)"
    if not connected:
        return "cannot be reached"
    return "broke off or sent something that is no answer"
