"""The command that writes the files that other programs read."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from whoholds.cli.main import ACCORDING_TO, AS_JSON, AT, KNOWN_AT, LEDGER, main, workbench
from whoholds.core import UsageError


@main.command()
@click.argument("form", metavar="FORMAT", required=False)
@LEDGER
@click.option("--out", "out", metavar="FILE", type=click.Path(dir_okay=False),
              help="The file to write. Default: standard output, for formats of text.")
@AT
@KNOWN_AT
@ACCORDING_TO
@AS_JSON
@click.pass_context
def export(ctx: click.Context, form: str | None, ledger: str, out: str | None, at: str | None,
           known_at: str | None, according_to: str | None, as_json: bool) -> None:
    """Write the ledger in another program's format; without FORMAT, list them.

    Events are claims of fact: plans, orders, forecasts and denials are left out. The names of
    protected sources are replaced for whoever may not see them.
    """
    from whoholds.cli.output import show, show_json
    from whoholds.pipeline.exporting import BINARY, FORMATS, Exporter
    if form is None:
        if as_json:
            show_json(dict(FORMATS))
        else:
            show("\n".join(f"{name:9} {what}" for name, what in FORMATS.items()))
        return
    if form not in FORMATS:
        raise UsageError(f"{form!r} is no format; there are {', '.join(FORMATS)}")
    if out is None and (form in BINARY or as_json):
        raise UsageError(f"{form} wants --out FILE")
    with workbench(ctx.obj, ledger) as desk:
        made = Exporter(desk, desk.snapshot(known_at, according_to), at)
        if out is None:
            sys.stdout.write(made.text(form))
            return
        made.write(form, Path(out))
    if as_json:
        show_json({"format": form, "file": out, "bytes": Path(out).stat().st_size})
    else:
        show(f"wrote {out}, {Path(out).stat().st_size:,} bytes")
