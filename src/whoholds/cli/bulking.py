"""The command that reads much."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from whoholds.cli.main import AS_JSON, MANIFEST, READ_ALL, READ_NONE, READ_SOME, main
from whoholds.core import UsageError


@main.command()
@click.argument("inputs", nargs=-1, metavar="INPUT...")
@click.option("--out", required=True, metavar="DIR", type=click.Path(file_okay=False),
              help="Folder for the tables; one that holds this run already goes on.")
@click.option("--runner", type=click.Choice(["local", "ray"]), default="local", show_default=True,
              help="Processes on this machine, or a Ray cluster.")
@click.option("--workers", metavar="N", type=click.IntRange(1), help="How many pieces are read at "
              "a time. Default: one for each processor of this machine.")
@click.option("--address", metavar="ADDRESS", help="Of the Ray cluster: auto, or ray://HOST:10001. "
              "Default: one is started on this machine.")
@click.option("--reports", "per_piece", metavar="N", type=click.IntRange(1), default=200,
              show_default=True, help="Reports in a piece: what is lost when a worker is killed.")
@MANIFEST
@click.option("--outlet", metavar="NAME", help="The outlet of everything read here.")
@click.option("--published", metavar="MOMENT", help="When everything read here was published.")
@click.option("--field", "fields", metavar="NAME=KEY", multiple=True,
              help="Which key or column holds the text, published, outlet, url, title or language; "
              "as for `read`.")
@AS_JSON
@click.pass_context
def bulk(ctx: click.Context, inputs: Sequence[str], out: str, runner: str, workers: int | None,
         address: str | None, per_piece: int, manifest: str | None, outlet: str | None,
         published: str | None, fields: Sequence[str], as_json: bool) -> None:
    """Read INPUTs (WARC, Parquet, JSON Lines, files, folders) into Parquet tables, many at a time.

    `whoholds ledger load DIR` takes the tables into a ledger. Every runner, and any number of
    workers, writes the same bytes. The same command goes on where a run was killed; a report that
    kills its reader again and again is set aside, with its reason, in DIR/refused.
    `--set read.about=afghanistan,UA` parses only what names something of a theatre.

    Ends with status 0 when all was read, 3 when some was, 1 when nothing was.
    """
    from whoholds.cli.output import bar, complain, show, show_json
    from whoholds.cli.reading import field_map
    from whoholds.pipeline import bulk as bulks
    from whoholds.pipeline import runners
    if not inputs and manifest is None:
        raise UsageError("nothing to read: give files, folders or --manifest")
    if address is not None and runner != "ray":
        raise UsageError("--address is of a Ray cluster: give --runner ray as well")
    intake = bulks.Intake(manifest, outlet, published, str(ctx.obj["read.zone"]),
                          int(ctx.obj["read.largest_text"]), field_map(fields))
    workers = workers or os.cpu_count() or 1
    with bar() as shown:
        shown.share(0.0, "looking at the input")
        job = bulks.plan(Path(out), list(inputs), intake, ctx.obj, per_piece)
        found = [part for n in range(len(job.pieces)) if (part := bulks.done(job, n)) is not None]
        before = len(found)
        for part in runners.run_ray(job, workers, address) if runner == "ray" \
                else runners.run_local(job, workers):
            found.append(part)
            shown.share(len(found) / len(job.pieces), f"{sum(p.reports for p in found)} reports")
    counts = {name: sum(getattr(p, name) for p in found)
              for name in ("reports", "unparsed", "claims", "refused")}
    if as_json:
        show_json({"out": out, "pieces": len(job.pieces), "read before": before, **counts,
                   "refusals": [{"where": w, "what": why} for w, why in bulks.refused(job)]})
    else:
        for where, why in bulks.refused(job):
            complain(f"{where}: {why}")
        show(f"{counts['reports']} reports ({counts['unparsed']} stored, not parsed), "
             f"{counts['claims']} claims in {out}; {counts['refused']} refused; "
             f"`whoholds ledger load {out}` takes them in")
    ctx.exit(READ_ALL if not counts["refused"] else READ_SOME if counts["reports"] else READ_NONE)
