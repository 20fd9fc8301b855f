"""Each source: what it said, how it was borne out, whom it repeats, where it fell silent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from whoholds.core import Json, instant_text
from whoholds.views.models import Names
from whoholds.views.terminal import Terminal, render
from whoholds.views.words import moment, percent, safe

NARROW = 84  # columns below which the table becomes a list


@dataclass(frozen=True, slots=True)
class SourceRow:
    """What an origin said and what became of it.

    ``name`` reads as a person would write it. Of its ``statements`` about places, the others'
    evidence alone bears out or contradicts some; to those ``alone`` nobody else speaks. It says
    what others said first ``late_days`` (median) after them. ``credence_p`` is the mean credence
    that the others give it, None where nothing could be judged. ``silences`` are its gaps.
    """

    origin: str
    name: str
    source_class: str
    side: str | None
    statements: int
    borne_out: int
    contradicted: int
    alone: int
    late_days: float | None
    credence_p: float | None
    silences: tuple[tuple[datetime, datetime], ...]

    @property
    def undecided(self) -> int:
        """Statements that others speak to without deciding them."""
        return self.statements - self.borne_out - self.contradicted - self.alone


@dataclass(frozen=True, slots=True)
class Repeats:
    """``outlet`` repeats ``copied`` in ``copies`` of its ``reports`` that say anything."""

    outlet: str
    copied: str
    copies: int
    reports: int


def sources_data(rows: Sequence[SourceRow], repeats: Sequence[Repeats],
                 names: Names) -> dict[str, Json]:
    """The sources and who repeats whom, as JSON."""
    return {
        "sources": [{
            "source": r.name, "origin": r.origin, "class": r.source_class,
            "side": None if r.side is None else names.state(r.side), "side_id": r.side,
            "statements": r.statements, "borne_out": r.borne_out, "contradicted": r.contradicted,
            "undecided": r.undecided, "alone": r.alone,
            "late_days": None if r.late_days is None else round(r.late_days, 2),
            "credence": None if r.credence_p is None else round(r.credence_p, 4),
            "silences": [[instant_text(a), instant_text(b)] for a, b in r.silences]}
            for r in rows],
        "repeats": [{"outlet": r.outlet, "copied": r.copied, "copies": r.copies,
                     "reports": r.reports} for r in repeats]}


def sources_text(rows: Sequence[SourceRow], repeats: Sequence[Repeats], names: Names,
                 terminal: Terminal | None = None) -> str:
    """The sources as text."""
    terminal = terminal or Terminal()
    return render(sources_lines(rows, repeats, names, terminal.width), terminal)


def sources_lines(rows: Sequence[SourceRow], repeats: Sequence[Repeats], names: Names,
                  width: int = 100) -> RenderableType:
    """The sources as a rich renderable."""
    if not rows:
        return Text("Nobody says anything about who holds a place.")
    many = "source" if len(rows) == 1 else "sources"
    parts: list[RenderableType] = [
        Text(f"{len(rows)} {many}, by what they say of places held or fought over", style="bold"),
        Text()]
    parts += [_table(rows, names)] if width >= NARROW else [_line(r, names) for r in rows]
    parts += [Text(), Text("Judged by what all others say: borne out where they make it at least "
                           "80% likely, contradicted at 20% or less, alone where nobody else "
                           "speaks to it. Credence: the mean chance that they give it.",
                           style="dim")]
    if repeats:
        parts += [Text(), Text("Who repeats whom", style="bold")]
        parts += [Text(f"  {safe(r.outlet)} repeats {safe(r.copied)} in {r.copies} of {r.reports} "
                       f"{'report' if r.reports == 1 else 'reports'}") for r in repeats]
    silent = [r for r in rows if r.silences]
    if silent:
        parts += [Text(), Text("Silent for longer than usual", style="bold")]
        parts += [Text(f"  {safe(r.name)}: {moment(a)} to {moment(b)}")
                  for r in silent for a, b in r.silences]
    return Group(*parts)


def _late(row: SourceRow) -> str:
    if row.late_days is None:
        return ""
    return f"{row.late_days:.0f} d" if row.late_days >= 1 else f"{row.late_days * 24:.0f} h"


def _credence(row: SourceRow) -> str:
    return "" if row.credence_p is None else percent(row.credence_p)


def _table(rows: Sequence[SourceRow], names: Names) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("Source", overflow="fold")
    for title in ("Said", "Borne out", "Contradicted", "Undecided", "Alone", "Late", "Credence"):
        table.add_column(title, justify="right", no_wrap=True)
    for row in rows:
        counts = (row.borne_out, row.contradicted, row.undecided, row.alone)
        table.add_row(_name(row, names), str(row.statements),
                      *(str(n) if n else "" for n in counts), _late(row), _credence(row))
    return table


def _name(row: SourceRow, names: Names) -> Text:
    text = Text(safe(row.name), style="bold")
    if row.side is not None:
        side = safe(names.state(row.side))
        text.append("" if side in text.plain else f" ({side})", style="not bold dim")
    return text


def _line(row: SourceRow, names: Names) -> Text:
    text = _name(row, names)
    told = [f"{row.statements} said"]
    for count, word in ((row.borne_out, "borne out"), (row.contradicted, "contradicted"),
                        (row.undecided, "undecided"), (row.alone, "alone")):
        told += [f"{count} {word}"] if count else []
    told += [f"late by {_late(row)}"] if row.late_days is not None else []
    told += [f"credence {_credence(row)}"] if row.credence_p is not None else []
    return text.append(": " + ", ".join(told))
