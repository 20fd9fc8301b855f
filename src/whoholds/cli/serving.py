"""The command that opens the ledger in a browser."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from whoholds.cli.main import AS_JSON, LEDGER, main, workbench


@main.command()
@LEDGER
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", show_default=True,
              help="Where to listen. Anything but this machine itself asks everybody for a token.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True,
              help="0: any that is free.")
@click.option("--allow-host", "allow", metavar="NAME", multiple=True,
              help="Answer to this host name too (behind a proxy, in a team).")
@click.option("--tiles", metavar="URL", help="Raster tiles for the map's ground, with {z}, {x} and "
              "{y} in it. Default: none, nothing comes from outside.")
@click.option("--title", metavar="TEXT", help="What the pages call this ledger. Default: its name.")
@AS_JSON
@click.pass_context
def serve(ctx: click.Context, ledger: str, host: str, port: int, allow: Sequence[str],
          tiles: str | None, title: str | None, as_json: bool) -> None:
    """Open the ledger in a browser: the map with two time sliders, and why it is so.

    Only this machine can reach it, unless --host says otherwise. Ctrl+C ends it.
    """
    from whoholds.cli.output import show, show_json
    from whoholds.web import Serving, serve

    def tell(address: str) -> None:
        if as_json:
            show_json({"address": address})
        else:
            show(f"{address}   (Ctrl+C ends it)")

    named = title or (Path(ledger).name if "://" not in ledger else "team ledger")
    with workbench(ctx.obj, ledger) as desk:
        serve(desk, Serving(host, port, tuple(allow), tiles, named), tell)
