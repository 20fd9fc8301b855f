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
    MofNCompleteColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from whoholds.views import Terminal, safe


def terminal() -> Terminal:
    """What standard output can show: plain in a pipe or under NO_COLOR."""
    on_screen = sys.stdout.isatty()
    encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "")
    width = shutil.get_terminal_size((100, 24)).columns
    return Terminal(width=min(width, 140) if on_screen else int(os.environ.get("COLUMNS", "100")),
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
    """A progress bar on standard error; nothing where that is no terminal."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._task: Any = None

    def share(self, done: float, what: str) -> None:
        """Shows a share, 0 to 1, of ``what``."""
        if self._progress:
            if self._task is None:
                self._task = self._progress.add_task(what, total=1.0)
            self._progress.update(self._task, completed=done, description=what)
            if done >= 1:
                self._progress.remove_task(self._task)
                self._task = None

    def count(self, done: int, total: int, what: str) -> None:
        """Shows a count of ``what``."""
        if self._progress:
            if self._task is None:
                self._task = self._progress.add_task(what, total=total)
            self._progress.update(self._task, completed=done, total=total, description=what)


@contextmanager
def bar() -> Iterator[Bar]:
    """A bar while the block runs."""
    if not sys.stderr.isatty():
        yield Bar(None)
        return
    console = Console(stderr=True, no_color=bool(os.environ.get("NO_COLOR")))
    with Progress(TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(),
                  MofNCompleteColumn(), TimeRemainingColumn(), console=console,
                  transient=True) as progress:
        yield Bar(progress)
