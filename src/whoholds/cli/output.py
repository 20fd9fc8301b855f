"""Where the command line prints: terminals, pipes, JSON, progress."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from whoholds.views import Terminal, safe

WIDEST = 140    # columns: longer lines are hard to follow, on any screen
PIPED = 100     # columns of what is written to a file or a pipe
NARROWEST = 30  # columns: below, nothing fits anyway


def terminal() -> Terminal:
    """What standard output can show: plain in a pipe or under NO_COLOR.

    The width is COLUMNS where it is a number, else the terminal's.
    """
    out = sys.stdout
    on_screen = out is not None and out.isatty()
    encoding = (getattr(out, "encoding", None) or "ascii").lower().replace("-", "")
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal() and int(given):
        width = int(given)
    else:
        width = shutil.get_terminal_size((PIPED, 24)).columns if on_screen else PIPED
    return Terminal(width=max(NARROWEST, min(width, WIDEST)),
                    colour=on_screen and not os.environ.get("NO_COLOR"),
                    unicode=encoding.startswith("utf"))


def show(text: str) -> None:
    """Prints text as it is."""
    click.echo(text.rstrip("\n"))


def show_json(value: Any) -> None:
    """Prints data as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def complain(line: str) -> None:
    """Prints one line on standard error, whatever it holds made harmless for a terminal."""
    click.echo(safe(line.replace("\n", " ")), err=True)


class Bar:
    """A progress bar on standard error; nothing where that is no terminal.

    It is there only while something is told: what is printed later stands on a clean terminal.
    """

    def __init__(self) -> None:
        self._progress: Progress | None = None
        self._tasks: dict[str, Any] = {}

    def share(self, done: float, what: str) -> None:
        """Shows a share, 0 to 1, of ``what``."""
        self._tell("share", what, done, 1.0)
        if done >= 1:
            self._end("share")

    def count(self, done: int, what: str) -> None:
        """Shows how many are done, of nobody knows how many, and ``what`` is being done."""
        self._tell("count", f"{done} {what}", done, None)

    def clear(self) -> None:
        """Takes the bar away."""
        for name in tuple(self._tasks):
            self._end(name)

    def _tell(self, name: str, what: str, done: float, total: float | None) -> None:
        if not sys.stderr or not sys.stderr.isatty():
            return
        if self._progress is None:
            console = Console(stderr=True, no_color=bool(os.environ.get("NO_COLOR")))
            self._progress = Progress(
                TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn(),
                TimeRemainingColumn(), console=console, transient=True,
                redirect_stdout=False, redirect_stderr=False)
            self._progress.start()
        if name not in self._tasks:
            self._tasks[name] = self._progress.add_task(what, total=total)
        self._progress.update(self._tasks[name], completed=done, description=what)

    def _end(self, name: str) -> None:
        if self._progress is None or name not in self._tasks:
            return
        self._progress.remove_task(self._tasks.pop(name))
        if not self._tasks:
            self._progress.stop()
            self._progress = None


@contextmanager
def bar() -> Iterator[Bar]:
    """A bar that is gone when the block ends, however it ends."""
    shown = Bar()
    try:
        yield shown
    finally:
        shown.clear()
