"""The command that writes the files that other programs read."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from whoholds.cli.main import (
    ACCORDING_TO,
    AS_JSON,
    AS_RECORDED,
    AT,
    KNOWN_AT,
    LEDGER,
    main,
    workbench,
)
from whoholds.core import UsageError


@main.command()
@click.argument("form", metavar="FORMAT", required=False)
@LEDGER
@click.option("--out", "out", metavar="FILE", type=click.Path(dir_okay=False),
              help="The file to write. Default: standard output, for formats of text.")
@AT
@KNOWN_AT
@ACCORDING_TO
@AS_RECORDED
@AS_JSON
@click.pass_context
def export(ctx: click.Context, form: str | None, ledger: str, out: str | None, at: str | None,
           known_at: str | None, according_to: str | None, as_recorded: str | None,
           as_json: bool) -> None:
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
        made = Exporter(desk, desk.snapshot(known_at, according_to, as_recorded=as_recorded), at)
        if out is None:
            sys.stdout.write(made.text(form))
            return
        made.write(form, Path(out))
    if as_json:
        show_json({"format": form, "file": out, "bytes": Path(out).stat().st_size})
    else:
        show(f"wrote {out}, {Path(out).stat().st_size:,} bytes")


@main.command()
@LEDGER
@click.option("--since", metavar="MOMENT", help="Where the period begins. Default: a week before "
              "the last moment known.")
@KNOWN_AT
@AS_RECORDED
@click.option("--country", metavar="COUNTRY", help="Only this country (its name or ISO code).")
@click.option("--title", metavar="TEXT", help="What the theatre is called. Default: the country.")
@click.option("--format", "form", type=click.Choice(["md", "html", "pdf", "json"]),
              help="Default: what --out ends in, else Markdown.")
@click.option("--out", metavar="FILE", type=click.Path(dir_okay=False),
              help="The file to write. Default: standard output, but for PDF.")
@click.pass_context
def brief(ctx: click.Context, ledger: str, since: str | None, known_at: str | None,
          as_recorded: str | None, country: str | None, title: str | None, form: str | None,
          out: str | None) -> None:
    """A situation report: what changed, who holds what, what is disputed, numbers, ways out,
    forecasts and what is to come. Every sentence cites."""
    from whoholds.cli.answers import write_whole
    from whoholds.cli.output import show, show_json
    from whoholds.pipeline.briefing import brief_of
    from whoholds.views.papers import brief_html, brief_lines, brief_markdown
    ending = Path(out).suffix.lstrip(".").lower() if out else ""
    form = form or {"htm": "html", "markdown": "md"}.get(ending, ending or "md")
    if form not in ("md", "html", "pdf", "json"):
        raise UsageError(f"{out}: say --format md, html, pdf or json")
    if form == "pdf" and out is None:
        raise UsageError("a PDF wants --out FILE")
    with workbench(ctx.obj, ledger) as desk:
        known = desk.snapshot(known_at, as_recorded=as_recorded, country=country)
        made, when = brief_of(desk, known, since, country, title), desk.valid_at(known)
    if form == "pdf":
        from whoholds.views.pdf import brief_pdf
        assert out is not None
        Path(out).write_bytes(brief_pdf(made, when))
    elif form == "json":
        lines = [{"style": style, "text": text} for style, text in brief_lines(made)]
        show_json(lines) if out is None else write_whole(Path(out), json.dumps(lines, indent=1))
    else:
        text = brief_html(made) if form == "html" else brief_markdown(made)
        if out is None:
            sys.stdout.write(text)
            return
        write_whole(Path(out), text)
    if out is not None:
        show(f"wrote {out}")
