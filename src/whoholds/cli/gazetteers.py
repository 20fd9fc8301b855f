"""The commands about gazetteers: add one, list them, take one away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict

import click

from whoholds.cli.main import AS_JSON, main

KINDS = {"geonames": "places of GeoNames", "wof": "places of Who's On First",
         "names": "names of GeoNames places", "areas": "areas"}
REREAD = "`whoholds reread` gives what a ledger already holds the new places."


@main.group()
def gazetteer() -> None:
    """Add gazetteers to the places that ship; see what is there."""


def _telling(shown: object) -> Callable[[str, float], None]:
    from whoholds.cli.output import Bar

    def tell(step: str, done: float) -> None:
        if isinstance(shown, Bar):
            shown.share(min(done, 0.999), step)
    return tell


@gazetteer.command(name="add")
@click.argument("files", nargs=-1, required=True, type=click.Path(dir_okay=False))
@AS_JSON
@click.pass_context
def add_gazetteer(ctx: click.Context, files: Sequence[str], as_json: bool) -> None:
    """Read gazetteer FILES and build the index of places with them.

    GeoNames country dumps (AF.zip, allCountries.zip or their .txt), its alternate names
    (alternateNamesV2.zip) and its codes of units (admin1CodesASCII.txt, admin2Codes.txt; given with
    a dump), JSON lines of Who's On First (.jsonl, .jsonl.gz), or boundaries as GeoJSON (.geojson,
    .geojson.gz, .zip; of Who's On First, geoBoundaries, OCHA or your own). A broken file is refused
    with its line, and the places stay as they were; what was killed goes on where it was.
    """
    from whoholds.cli.output import bar, show, show_json
    from whoholds.pipeline import gazetteers
    with bar() as shown:
        found = gazetteers.add(ctx.obj, files, _telling(shown))
        now = gazetteers.standing(ctx.obj)
    if as_json:
        show_json({"added": [asdict(a) for a in found], "places": now.places,
                   "version": now.version})
        return
    for one in found:
        show(f"{one.name}: {one.rows:,} {KINDS[one.kind]}")
    show(f"{now.places:,} places in the index. {REREAD}")


@gazetteer.command(name="list")
@AS_JSON
@click.pass_context
def list_gazetteers(ctx: click.Context, as_json: bool) -> None:
    """List the gazetteers that were added."""
    from whoholds.cli.output import show, show_json
    from whoholds.pipeline import gazetteers
    found = gazetteers.added(ctx.obj)
    if as_json:
        show_json([asdict(a) for a in found])
        return
    for one in found:
        show(f"{one.name}: {one.rows:,} {KINDS[one.kind]}")
    if not found:
        show("No gazetteer was added to the places that ship.")


@gazetteer.command(name="remove")
@click.argument("name")
@AS_JSON
@click.pass_context
def remove_gazetteer(ctx: click.Context, name: str, as_json: bool) -> None:
    """Take an added gazetteer away, by its name in the list."""
    from whoholds.cli.output import bar, show, show_json
    from whoholds.pipeline import gazetteers
    with bar() as shown:
        gazetteers.remove(ctx.obj, name, _telling(shown))
    if as_json:
        show_json({"removed": name})
    else:
        show(f"{name}: taken away. {REREAD}")


@gazetteer.command(name="status")
@AS_JSON
@click.pass_context
def gazetteer_status(ctx: click.Context, as_json: bool) -> None:
    """Where the index of places is and what it holds; built first where it is missing."""
    from whoholds.cli.output import bar, show, show_json
    from whoholds.pipeline import gazetteers
    with bar() as shown:
        now = gazetteers.standing(ctx.obj, _telling(shown))
    if as_json:
        show_json({"path": str(now.path), "version": now.version, "places": now.places,
                   "bytes": now.bytes, "added": [a.name for a in now.added]})
        return
    show(f"{now.path}")
    show(f"{now.places:,} places, {now.bytes / 1e6:.0f} MB, {now.version}")
