"""An open ledger as Python users have it: questions in, tables out."""

from __future__ import annotations

import html
import importlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from whoholds import views
from whoholds.core import Interval, Json
from whoholds.pipeline.briefing import brief_of
from whoholds.pipeline.exporting import Exporter, needed
from whoholds.pipeline.snapshot import Snapshot
from whoholds.pipeline.viewing import (
    difference_views,
    dispute_views,
    event_views,
    exit_views,
    forecast_views,
    names_for,
    series_views,
    source_rows,
)
from whoholds.pipeline.workbench import Outcome, Workbench
from whoholds.views.papers import brief_html, brief_markdown
from whoholds.views.pictures import map_svg
from whoholds.views.words import percent, safe

if TYPE_CHECKING:
    import pyarrow

Moment = str | Interval | datetime | None
SHOWN = 12          # columns of a notebook's table


class Answer(Sequence[Mapping[str, Json]]):
    """An answer: a sequence of plain dictionaries, one for each row.

    Printed it reads as on the command line; in a notebook it is a table; ``to_arrow``,
    ``to_pandas`` and ``to_polars`` make data frames of its flat columns.
    """

    def __init__(self, rows: Sequence[Mapping[str, Json]], text: str) -> None:
        self.rows, self.text = tuple(rows), text

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: Any) -> Any:
        return self.rows[index]

    def __iter__(self) -> Iterator[Mapping[str, Json]]:
        return iter(self.rows)

    def __repr__(self) -> str:
        return self.text.rstrip("\n")

    def _repr_html_(self) -> str:
        """A table for notebooks; all text from reports is escaped."""
        if not self.rows:
            return f"<p>{html.escape(self.text)}</p>"
        columns = [k for k, v in self.rows[0].items() if not isinstance(v, (list, dict))][:SHOWN]
        head = "".join(f"<th>{html.escape(c)}</th>" for c in columns)
        body = "".join("<tr>" + "".join(f"<td>{_cell(c, row.get(c))}</td>" for c in columns)
                       + "</tr>" for row in self.rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def to_arrow(self) -> pyarrow.Table:
        """The flat columns as an Arrow table; UsageError without the extra *formats*."""
        pa = needed("pyarrow")
        flat = [{k: v for k, v in row.items() if not isinstance(v, (list, dict))}
                for row in self.rows]
        return pa.Table.from_pylist(flat)

    def to_pandas(self) -> Any:
        """A pandas data frame; needs pandas and the extra *formats*."""
        return self.to_arrow().to_pandas()

    def to_polars(self) -> Any:
        """A polars data frame; needs polars and the extra *formats*."""
        return importlib.import_module("polars").from_arrow(self.to_arrow())


def _cell(column: str, value: Json) -> str:
    if isinstance(value, float) and column.endswith("probability"):
        return percent(value)
    return "" if value is None else html.escape(safe(str(value)))


class Document:
    """A text of several forms: Markdown printed, HTML in a notebook."""

    def __init__(self, markdown: str, page: str) -> None:
        self.markdown, self.html = markdown, page

    def __repr__(self) -> str:
        return self.markdown

    def _repr_html_(self) -> str:
        return self.html


class Picture:
    """An SVG that a notebook shows."""

    def __init__(self, svg: str) -> None:
        self.svg = svg

    def _repr_svg_(self) -> str:
        return self.svg

    def save(self, path: str | Path) -> None:
        """Writes it: as PNG where the name ends so, else as SVG."""
        from whoholds.views.pictures import png
        out = Path(path)
        out.write_bytes(png(self.svg) if out.suffix.lower() == ".png"
                        else self.svg.encode("utf8"))


class Book:
    """An open ledger; a context manager. Every question may be asked *as known at* a moment."""

    def __init__(self, desk: Workbench) -> None:
        self.desk = desk

    def __enter__(self) -> Book:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Closes the ledger."""
        self.desk.ledger.close()

    def read(self, *paths: str | Path, manifest: str | Path | None = None,
             outlet: str | None = None, published: str | None = None) -> Outcome:
        """Reads reports into the ledger; see :meth:`Workbench.read`."""
        return self.desk.read(paths, manifest=manifest, outlet=outlet, published=published)

    def known(self, known_at: Moment = None, according_to: str | None = None) -> Snapshot:
        """All that is known at a moment, for questions that the others do not answer."""
        return self.desk.snapshot(known_at, according_to)

    def status(self, *places: str, at: Moment = None, known_at: Moment = None,
               according_to: str | None = None) -> Answer:
        """Who holds each place, how surely, since when."""
        known = self.desk.snapshot(known_at, according_to, places=places)
        rows = views.status_rows(self.desk.status_in(known, places, at=at), known.evidence,
                                 known.reports)
        names = names_for(known)
        return Answer(views.status_data(rows, names), views.status_text(rows, names))

    def explain(self, place: str, at: Moment = None, known_at: Moment = None) -> Answer:
        """Why: the claims that moved the answer, strongest first, with their sentences."""
        known = self.desk.snapshot(known_at, places=[place])
        names = names_for(known)
        told = [views.explanation(b, self.desk.contributions(known, b.place, b.valid_at),
                                  known.evidence, known.reports)
                for b in self.desk.status_in(known, [place], at=at)]
        return Answer([views.explain_data(t, names) for t in told],
                      "\n\n".join(views.explain_text(t, names) for t in told))

    def timeline(self, *places: str, since: Moment = None, until: Moment = None,
                 known_at: Moment = None) -> Answer:
        """What happened, in order."""
        known = self.desk.snapshot(known_at, places=places)
        shown = event_views(self.desk.timeline(known, places, since=since, until=until), known)
        names = names_for(known)
        return Answer(views.timeline_data(shown, names), views.timeline_text(shown, names))

    def changes(self, since: str, *places: str, known_at: Moment = None) -> Answer:
        """What is different from ``since``, as known then."""
        known = self.desk.snapshot(known_at, places=places)
        shown, names = difference_views(self.desk.changes(known, since, places), known), \
            names_for(known)
        return Answer(views.changes_data(shown, names), views.changes_text(
            shown, self.desk.valid_at(known, since), self.desk.valid_at(known), names))

    def disputes(self, *places: str, known_at: Moment = None) -> Answer:
        """Where sources contradict each other."""
        known = self.desk.snapshot(known_at, places=places)
        shown, names = dispute_views(self.desk.disputes(known, places), known), names_for(known)
        return Answer(views.disputes_data(shown, names), views.disputes_text(shown, names))

    def tally(self, known_at: Moment = None) -> Answer:
        """Numbers over time, checked against each other."""
        known = self.known(known_at)
        shown, names = series_views(self.desk.tally(known), known), names_for(known)
        return Answer(views.tally_data(shown, names), views.tally_text(shown, names))

    def forecasts(self, *places: str, known_at: Moment = None) -> Answer:
        """Who predicted what, and what became of it."""
        known = self.known(known_at)
        shown, names = forecast_views(self.desk.forecasts(known, places), known), names_for(known)
        data: Any = views.forecasts_data(shown, (), names)["forecasts"]
        return Answer(data, views.forecasts_text(shown, (), names))

    def exits(self, country: str, at: Moment = None, known_at: Moment = None) -> Answer:
        """The ways out of a country: held by whom, open or closed."""
        known = self.known(known_at)
        shown = exit_views(self.desk.exits(known, country, at=at), known)
        names = names_for(known)
        return Answer(views.exits_data(shown, names), views.exits_text(country, shown, names))

    def sources(self, known_at: Moment = None) -> Answer:
        """Each source: what it said, how often it was borne out."""
        known = self.known(known_at)
        rows, names = source_rows(self.desk.sources(known), known), names_for(known)
        data: Any = views.sources_data(rows, (), names)
        listed = data["sources"] if isinstance(data, dict) else data
        return Answer(listed, views.sources_text(rows, (), names))

    def claims(self, known_at: Moment = None) -> pyarrow.Table:
        """Every claim as a row of an Arrow table; UsageError without the extra *formats*."""
        return Exporter(self.desk, self.known(known_at)).table()

    def brief(self, since: str | None = None, country: str | None = None,
              known_at: Moment = None) -> Document:
        """A situation report; every sentence cites."""
        known = self.desk.snapshot(known_at, country=country) if country else self.known(known_at)
        made = brief_of(self.desk, known, since, country)
        return Document(brief_markdown(made), brief_html(made))

    def map(self, at: Moment = None, known_at: Moment = None,
            title: str = "Who holds what") -> Picture:
        """The map at one moment."""
        known = self.known(known_at)
        return Picture(map_svg(title, self.desk.status_in(known, at=at), names_for(known),
                               views.shipped_outlines()))

    def export(self, form: str, path: str | Path, at: str | None = None,
               known_at: Moment = None) -> Path:
        """Writes another program's file; see :mod:`whoholds.pipeline.exporting`."""
        out = Path(path)
        Exporter(self.desk, self.known(known_at), at).write(form, out)
        return out
