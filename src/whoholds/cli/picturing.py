"""Pictures, and what one place has been through."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whoholds.cli.main import ACCORDING_TO, AS_JSON, AS_RECORDED, KNOWN_AT, LEDGER, main, workbench
from whoholds.core import UsageError

if TYPE_CHECKING:
    from whoholds.belief import Event
    from whoholds.pipeline import Workbench
    from whoholds.pipeline.snapshot import Snapshot

PICTURES = frozenset({".svg", ".png", ".geojson"})
STEPS = 240         # moments of a chart
BEFORE = timedelta(days=1)


def write_picture(out: Path, svg: str, as_json: bool) -> None:
    """Writes an SVG, or a PNG made from it; UsageError for any other ending."""
    from whoholds.cli.answers import write_whole
    from whoholds.cli.output import show, show_json
    from whoholds.views.pictures import png
    ending = out.suffix.lower()
    if ending == ".png":
        out.write_bytes(png(svg))
    elif ending == ".svg":
        write_whole(out, svg)
    else:
        raise UsageError(f"{out}: a picture ends in .svg or .png")
    if as_json:
        show_json({"file": str(out), "bytes": out.stat().st_size})
    else:
        show(f"wrote {out}, {out.stat().st_size:,} bytes")


def write_map_picture(desk: Workbench, known: Snapshot, out: Path, at: str | None, title: str,
                      as_json: bool) -> None:
    """The map at one moment, as a picture or as GeoJSON."""
    from whoholds import views
    from whoholds.cli.answers import write_whole
    from whoholds.cli.output import show, show_json
    from whoholds.pipeline.viewing import names_for
    from whoholds.views.pictures import map_svg
    beliefs = desk.status_in(known, at=at)
    if out.suffix.lower() == ".geojson":
        rows = views.status_rows(beliefs, known.evidence, known.reports)
        write_whole(out, views.status_geojson(rows, names_for(known)))
        show_json({"file": str(out)}) if as_json else show(f"wrote {out}")
        return
    write_picture(out, map_svg(title, beliefs, names_for(known), views.shipped_outlines()), as_json)


def write_timeline(known: Snapshot, found: Sequence[Event], everything: bool, out: Path,
                   as_json: bool) -> None:
    """The timeline as a picture."""
    from whoholds import views
    from whoholds.pipeline.viewing import event_views, names_for
    from whoholds.views.pictures import timeline_svg
    shown = event_views([e for e in found if everything or e.kind == views.CHANGE], known)
    write_picture(out, timeline_svg("What changed hands", shown, names_for(known)), as_json)


@main.command()
@click.argument("name", metavar="PLACE")
@LEDGER
@click.option("--chart", metavar="FILE", help="Draw the bands of probability: .svg or .png.")
@KNOWN_AT
@ACCORDING_TO
@AS_RECORDED
@AS_JSON
@click.pass_context
def place(ctx: click.Context, name: str, ledger: str, chart: str | None, known_at: str | None,
          according_to: str | None, as_recorded: str | None, as_json: bool) -> None:
    """Who held a place, day by day, with the probability of each side.

    --chart draws it. `explain` tells the sentences behind it.
    """
    from whoholds.cli.output import show, show_json
    from whoholds.pipeline.viewing import names_for
    from whoholds.views.pictures import bands_svg
    from whoholds.views.words import percent
    with workbench(ctx.obj, ledger) as desk:
        known = desk.snapshot(known_at, according_to, as_recorded=as_recorded)
        [first, *others] = known.places_named([name])
        if others:
            told = ", ".join(p.id for p in (first, *others))
            raise UsageError(f"{name!r} is the name of several places: ask for one of {told}")
        history, names = desk.history(known, first), names_for(known)
        end = desk.valid_at(known)
        told_at = [e.claim.valid.earliest or e.claim.valid.latest for e in known.evidence
                   if e.place_id == first.id and e.claim.valid is not None]
        start = min([t for t in told_at if t is not None], default=end) - BEFORE
        start = min(start, end - BEFORE)
        moments = [start + (end - start) * i / STEPS for i in range(STEPS + 1)]
        rows = history.posterior(moments)
    if chart is not None:
        title = f"Who held {first.name}"
        write_picture(Path(chart), bands_svg(title, moments, history.states, rows, names), as_json)
        return
    days = {m.date(): row for m, row in zip(moments, rows, strict=True)}
    if as_json:
        show_json([{"day": day.isoformat(), **{names.state(s): round(float(p), 4) for s, p in
                                               zip(history.states, row, strict=True)}}
                   for day, row in days.items()])
        return
    show("\n".join([f"{first.name}: who held it, at the end of each day", *(
        f"{day}  " + ", ".join(f"{names.state(s)} {percent(float(p))}" for s, p in sorted(
            zip(history.states, row, strict=True), key=lambda sp: -sp[1]) if p >= 0.01)
        for day, row in days.items())]))
