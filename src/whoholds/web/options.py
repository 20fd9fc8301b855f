"""How the web application is to be: everything a person may choose about it."""

from __future__ import annotations

from dataclasses import dataclass

LARGEST_BODY = 20_000_000  # bytes of one upload; read.largest_text bounds a report in it
MOST_WAITING = 100         # uploads that wait to be read


@dataclass(frozen=True, slots=True)
class Options:
    """``title`` names the ledger on the pages. ``hosts``: names that the server answers to, None:
    any. ``reads_are_open``: reading needs no token. ``tiles``: address of a raster tile server
    (``{z}/{x}/{y}``) that a person chose for the map's ground. ``watch_s``: seconds between looks
    at whether the ledger has changed. ``most_waiting``: uploads that may wait."""

    title: str
    hosts: tuple[str, ...] | None
    reads_are_open: bool = True
    tiles: str | None = None
    largest_body: int = LARGEST_BODY
    most_waiting: int = MOST_WAITING
    watch_s: float = 2.0
