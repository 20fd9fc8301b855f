"""Fetches addresses on the web, politely and with care.

Every hop of a redirect is checked as the first address was; sites are asked what robots may read,
and at most once in a while; answers have limits of size and time.
"""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime
from urllib.parse import urldefrag, urljoin

from whoholds import __version__
from whoholds.core import InputError, UsageError
from whoholds.pipeline.connecting import Answer, Limits, Network, Reach, Target, request, target_of
from whoholds.pipeline.robots import LARGEST as LARGEST_RULES
from whoholds.pipeline.robots import Robots
from whoholds.reading import Fetched
from whoholds.settings import Settings

MOVED = frozenset({301, 302, 303, 307, 308})
MOST_HOPS = 10          # redirects; browsers give up after 20, honest sites need three
MOST_RULE_HOPS = 5      # of robots.txt (RFC 9309, 2.3.1.2)
LONGEST_WAIT_S = 86_400.0
ACCEPTED = ("text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, "
            "application/feed+json, application/xml;q=0.9, text/plain;q=0.9, "
            "application/pdf;q=0.8, */*;q=0.1")


@dataclass(frozen=True, slots=True)
class Tag:
    """What a server gave to ask it with whether something has changed since."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Got:
    """An answer to use: what was fetched, None where it is unchanged; the tag for the next time."""

    fetched: Fetched | None
    tag: Tag


class AskedToWait(InputError):
    """The server wants to be left alone for ``seconds``."""

    def __init__(self, where: str, seconds: float) -> None:
        super().__init__(where, f"its server asks to wait {seconds:.0f} s")
        self.seconds = seconds


class Fetcher:
    """Fetches from the web. ``pause_s``: the least seconds between two requests to one host.

    ``clock`` (monotonic seconds) and ``sleep`` are the system's unless a test gives others.
    """

    def __init__(self, limits: Limits, pause_s: float, reach: Reach | None = None,
                 clock: Callable[[], float] = time.monotonic,
                 sleep: Callable[[float], None] = time.sleep) -> None:
        self._limits, self._pause_s, self._reach = limits, pause_s, reach or Reach()
        self._clock, self._sleep = clock, sleep
        self._free_at: dict[str, float] = {}
        self._robots = Robots(self._rules, clock)

    def fetch(self, url: str) -> Fetched:
        """What is at ``url``; InputError says in one line why it is not had."""
        found = self.get(url).fetched
        if found is None:
            raise InputError(url, "unchanged, though nobody asked")
        return found

    def get(self, url: str, tag: Tag | None = None) -> Got:
        """What is at ``url``, unless it is unchanged since ``tag`` was given; AskedToWait where
        the server is busy, InputError for whatever else is in the way."""
        asked = {"If-None-Match": tag.etag if tag else None,
                 "If-Modified-Since": tag.modified if tag else None}
        headers = {k: v for k, v in asked.items() if v}
        target, seen = target_of(urldefrag(url)[0]), set[str]()
        for _ in range(MOST_HOPS + 1):
            delay = self._robots.check(target)
            answer = self._paced(target, headers, self._limits, delay)
            if answer.status not in MOVED:
                return _got(answer, target, url, tag)
            seen.add(target.url)
            target = _moved(answer, target, url)
            if target.url in seen:
                raise InputError(url, "redirects in a circle")
        raise InputError(url, f"redirects more than {MOST_HOPS} times")

    def _rules(self, target: Target) -> Answer:
        """A site's robots.txt, through its redirects."""
        first = target.url
        limits = Limits(LARGEST_RULES * 4, self._limits.seconds)
        for _ in range(MOST_RULE_HOPS + 1):
            answer = self._paced(target, {}, limits, 0.0)
            if answer.status not in MOVED:
                return answer
            target = _moved(answer, target, first)
        return Answer(404, {}, b"")  # RFC 9309: after five redirects it may count as missing

    def _paced(self, target: Target, headers: Mapping[str, str], limits: Limits,
               delay: float) -> Answer:
        """One request, not before the host's turn has come."""
        wait = self._free_at.get(target.host, 0.0) - self._clock()
        if wait > 0:
            self._sleep(wait)
        sent = {"User-Agent": f"whoholds/{__version__}", "Accept": ACCEPTED,
                "Accept-Language": "en", "Accept-Encoding": "gzip", "Connection": "close",
                **headers}
        try:
            return request(target, sent, limits, self._reach)
        finally:
            self._free_at[target.host] = self._clock() + max(self._pause_s, delay)


def _got(answer: Answer, target: Target, url: str, tag: Tag | None) -> Got:
    status, headers = answer.status, answer.headers
    if status == 304 and tag is not None:
        return Got(None, Tag(headers.get("etag", tag.etag),
                             headers.get("last-modified", tag.modified)))
    if status in (429, 503):
        raise AskedToWait(url, _wait_s(headers))
    if status in (404, 410):
        raise InputError(url, f"no such page ({status})")
    if status in (401, 402, 403, 407, 451):
        raise InputError(url, f"its server refuses it ({status})")
    if not 200 <= status < 300:
        raise InputError(url, f"its server failed ({status})" if status >= 500 else
                         f"its server answered {status}")
    if not answer.data.strip():
        raise InputError(url, "empty")
    kind, charset = _kind(headers.get("content-type", ""))
    return Got(Fetched(target.url, answer.data, kind, charset),
               Tag(headers.get("etag"), headers.get("last-modified")))


def _moved(answer: Answer, target: Target, first: str) -> Target:
    """Where a redirect leads to; InputError where that is nowhere, or out of the safe."""
    place = answer.headers.get("location", "")
    try:
        found = target_of(urldefrag(urljoin(target.url, place))[0]) if place else None
    except (InputError, ValueError) as error:
        what = error.what if isinstance(error, InputError) else "not an address"
        raise InputError(first, f"redirects to {place[:100]!r}: {what}") from None
    if found is None:
        raise InputError(first, f"its server answered {answer.status} and does not say where to")
    if target.scheme == "https" and found.scheme == "http":
        raise InputError(first, f"redirects to {found.origin}, which is not encrypted")
    return found


def _kind(content_type: str) -> tuple[str, str | None]:
    """A content type and its charset."""
    header = Message()
    header["Content-Type"] = content_type.replace("\n", " ")[:300]
    charset = header.get_param("charset")
    return (header.get_content_type() if content_type.strip() else "",
            charset if isinstance(charset, str) else None)


def _wait_s(headers: Mapping[str, str]) -> float:
    """Seconds that a server asks to wait: as a number, or as a moment after its own; 0: unsaid."""
    text = headers.get("retry-after", "").strip()
    if text.isdecimal():
        return min(float(text), LONGEST_WAIT_S)
    try:
        wait = (parsedate_to_datetime(text)
                - parsedate_to_datetime(headers.get("date", ""))).total_seconds()
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0
    return max(0.0, min(wait, LONGEST_WAIT_S))


def networks(text: str, setting: str = "fetch.allow") -> tuple[Network, ...]:
    """The networks that a setting names; UsageError where it names none."""
    try:
        return tuple(ipaddress.ip_network(part.strip(), strict=False)
                     for part in text.split(",") if part.strip())
    except ValueError as error:
        raise UsageError(f"setting {setting}: {error}") from error


def fetcher_from(settings: Settings) -> Fetcher:
    """A fetcher as the settings want it."""
    return Fetcher(Limits(int(settings["fetch.largest"]), float(settings["fetch.seconds"])),
                   float(settings["fetch.pause"]),
                   Reach(allowed=networks(str(settings["fetch.allow"]))))
