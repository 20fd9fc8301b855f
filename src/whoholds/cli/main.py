"""The commands."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import whoholds
from whoholds.core import UsageError, WhoholdsError
from whoholds.settings import SETTINGS, Settings, settings_from

if TYPE_CHECKING:
    from whoholds.cli.output import Bar

READ_ALL, READ_NONE, MISUSED, READ_SOME = 0, 1, 2, 3  # exit statuses

LEDGER = click.option("--ledger", "ledger", metavar="FILE", default="whoholds.db",
                      show_default=True, envvar="WHOHOLDS_LEDGER", help="The ledger.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
AT = click.option("--at", metavar="MOMENT", help="When it was so: 2021-08-15 (the end of that day) "
                  "or 2021-08-15T18:00Z. Default: --known-at, else the latest publication.")
KNOWN_AT = click.option("--known-at", metavar="MOMENT",
                        help="Only what was published by then. Default: everything.")
AS_RECORDED = click.option("--as-recorded", metavar="MOMENT",
                           help="What this ledger would have answered then: only what it had "
                           "taken in, read and reviewed by that moment.")
ACCORDING_TO = click.option("--according-to", metavar="WHO",
                            help="Only what this outlet, source or side says.")
MANIFEST = click.option("--manifest", metavar="CSV", type=click.Path(dir_okay=False),
                        help="Table with the columns file, published, outlet (and url, title).")


class Group(click.Group):
    """Turns our errors into one line and a status; a traceback is for bugs alone."""

    def invoke(self, ctx: click.Context) -> Any:
        from whoholds.cli.output import complain
        try:
            return super().invoke(ctx)
        except UsageError as error:
            complain(f"whoholds: {error}")
            ctx.exit(MISUSED)
        except WhoholdsError as error:
            complain(f"whoholds: {error}")
            ctx.exit(READ_NONE)
        except BrokenPipeError:
            sys.stdout = open(os.devnull, "w", encoding="utf8")  # noqa: SIM115
            ctx.exit(READ_NONE)
        except OSError as error:
            complain(f"whoholds: {error.filename or 'standard output'}: {error.strerror or error}")
            sys.stdout = open(os.devnull, "w", encoding="utf8")  # noqa: SIM115
            ctx.exit(READ_NONE)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(whoholds.__version__, prog_name="whoholds")
@click.option("--set", "overrides", metavar="NAME=VALUE", multiple=True,
              help="Change a setting for this run; `whoholds settings` lists them.")
@click.pass_context
def main(ctx: click.Context, overrides: Sequence[str]) -> None:
    """Who holds what, since when, and who says so."""
    pairs = {}
    for override in overrides:
        name, equals, value = override.partition("=")
        if not equals:
            raise UsageError(f"--set wants NAME=VALUE, not {override!r}")
        pairs[name.strip()] = value.strip()
    ctx.obj = settings_from(pairs, os.environ)


@contextmanager
def workbench(settings: Settings, ledger: str, shown: Bar | None = None,
              create: bool = False) -> Iterator[Any]:
    """The open ledger; without ``create`` one line where it is not there.

    ``shown`` tells how far the index of places is, where it has to be built.
    """
    from whoholds.pipeline import open_ledger
    if not create and "://" not in ledger and not Path(ledger).exists():
        raise UsageError(f"{ledger}: no such ledger; `whoholds read FILE... --ledger {ledger}` "
                         "makes one")

    def building(step: str, done: float) -> None:
        if shown:
            shown.share(done, f"index of places, once: {step}")

    with open_ledger(ledger, create=create, settings=settings, progress=building,
                     token=os.environ.get("WHOHOLDS_TOKEN") or None) as desk:
        yield desk


@main.command()
@click.argument("paths", nargs=-1)
@LEDGER
@MANIFEST
@click.option("--outlet", metavar="NAME", help="The outlet of everything read here.")
@click.option("--published", metavar="MOMENT", help="When everything read here was published.")
@click.option("--field", "fields", metavar="NAME=KEY", multiple=True,
              help="Which key of JSON records holds the text, published, outlet, url, title or "
              "language: text=body, outlet=source.name. Others are found by their usual names.")
@click.option("--follow", is_flag=True, help="Read the pages that a feed's entries link to.")
@AS_JSON
@click.pass_context
def read(ctx: click.Context, paths: Sequence[str], ledger: str, manifest: str | None,
         outlet: str | None, published: str | None, fields: Sequence[str], follow: bool,
         as_json: bool) -> None:
    """Read reports into the ledger: files, folders, addresses on the web (pages, feeds, lists of
    feeds), or - for standard input.

    Ends with status 0 when all was read, 3 when some was, 1 when nothing was.
    """
    if not paths and manifest is None:
        raise UsageError("nothing to read: give files, folders, addresses, - or --manifest")
    from whoholds.cli.output import bar, show_json
    from whoholds.cli.reading import field_map, read_all, summary
    named = field_map(fields)
    with bar() as shown, workbench(ctx.obj, ledger, shown, create=True) as desk:
        outcome = read_all(desk, shown, paths, manifest, outlet, published, named, follow)
    if as_json:
        show_json({"read": [asdict(i) for i in outcome.read],
                   "refused": [asdict(i) for i in outcome.refused]})
    else:
        summary(outcome, ledger)
    ctx.exit(READ_ALL if not outcome.refused else READ_SOME if outcome.read else READ_NONE)


@main.command()
@click.argument("places", nargs=-1)
@LEDGER
@AT
@KNOWN_AT
@ACCORDING_TO
@AS_RECORDED
@AS_JSON
@click.pass_context
def status(ctx: click.Context, places: Sequence[str], ledger: str, at: str | None,
           known_at: str | None, according_to: str | None, as_recorded: str | None,
           as_json: bool) -> None:
    """Who holds each place, how surely, since when."""
    from whoholds.cli.answers import print_status
    with workbench(ctx.obj, ledger) as desk:
        known = desk.snapshot(known_at, according_to, as_recorded, places)
        print_status(desk, known, places, at, as_json)


@main.command()
@click.argument("place")
@LEDGER
@AT
@KNOWN_AT
@ACCORDING_TO
@AS_RECORDED
@AS_JSON
@click.pass_context
def explain(ctx: click.Context, place: str, ledger: str, at: str | None, known_at: str | None,
            according_to: str | None, as_recorded: str | None, as_json: bool) -> None:
    """Why: the sentences that moved the answer about a place, strongest first."""
    from whoholds.cli.answers import print_explanation
    with workbench(ctx.obj, ledger) as desk:
        known = desk.snapshot(known_at, according_to, as_recorded, [place])
        print_explanation(desk, known, place, at, as_json)


@main.command()
@click.argument("places", nargs=-1)
@LEDGER
@KNOWN_AT
@AS_RECORDED
@AS_JSON
@click.pass_context
def disputes(ctx: click.Context, places: Sequence[str], ledger: str, known_at: str | None,
             as_recorded: str | None, as_json: bool) -> None:
    """Where sources contradict each other, and who is on which side."""
    from whoholds.cli.answers import print_disputes
    with workbench(ctx.obj, ledger) as desk:
        known = desk.snapshot(known_at, as_recorded=as_recorded, places=places)
        print_disputes(desk, known, places, as_json)


@main.command(name="map")
@LEDGER
@KNOWN_AT
@ACCORDING_TO
@AS_RECORDED
@click.option("--out", metavar="FILE", default="whoholds-map.html", show_default=True,
              help="The file to write: .html with a time slider, or .svg, .png or .geojson of one "
              "moment.")
@click.option("--at", metavar="MOMENT", help="The moment of a picture. Default: --known-at, else "
              "the latest publication.")
@click.option("--title", default="Who holds what", show_default=True)
@AS_JSON
@click.pass_context
def map_command(ctx: click.Context, ledger: str, known_at: str | None, according_to: str | None,
                as_recorded: str | None, out: str, at: str | None, title: str,
                as_json: bool) -> None:
    """Write the map with a time slider, one HTML file that opens offline; or a picture of it."""
    from whoholds.cli.answers import write_map
    from whoholds.cli.picturing import PICTURES, write_map_picture
    with workbench(ctx.obj, ledger) as desk:
        known = desk.snapshot(known_at, according_to, as_recorded=as_recorded)
        if Path(out).suffix.lower() in PICTURES:
            write_map_picture(desk, known, Path(out), at, title, as_json)
        else:
            write_map(desk, known, Path(out), title, as_json)


@main.group()
def evaluate() -> None:
    """Score the reading against gold claims, or the ledger against a historical record."""


@evaluate.command(name="claims")
@click.argument("gold", type=click.Path(dir_okay=False))
@click.argument("paths", nargs=-1)
@click.option("--ledger", metavar="FILE", help="Score a ledger. Default: read the given reports "
              "into a ledger of their own.")
@MANIFEST
@click.option("--kinds", metavar="KINDS", help="Only these kinds, separated by commas.")
@AS_JSON
@click.pass_context
def evaluate_claims(ctx: click.Context, gold: str, paths: Sequence[str], ledger: str | None,
                    manifest: str | None, kinds: str | None, as_json: bool) -> None:
    """Score claims against GOLD, a JSON-lines file of hand-coded claims."""
    from whoholds.cli.scoring import print_claim_scores
    with read_or_open(ctx.obj, ledger, paths, manifest) as desk:
        print_claim_scores(desk, Path(gold), kinds, as_json)


@evaluate.command(name="record")
@click.argument("record", type=click.Path(dir_okay=False))
@click.argument("paths", nargs=-1)
@click.option("--ledger", metavar="FILE", help="Score a ledger. Default: read the given reports "
              "into a ledger of their own.")
@MANIFEST
@AS_JSON
@click.pass_context
def evaluate_record(ctx: click.Context, record: str, paths: Sequence[str], ledger: str | None,
                    manifest: str | None, as_json: bool) -> None:
    """Score beliefs against RECORD, a CSV table of who took what on which day."""
    from whoholds.cli.scoring import print_record_scores
    with read_or_open(ctx.obj, ledger, paths, manifest) as desk:
        print_record_scores(desk, Path(record), as_json)


@contextmanager
def read_or_open(settings: Settings, ledger: str | None, paths: Sequence[str],
                 manifest: str | None) -> Iterator[Any]:
    """The ledger to score.

    Reports given are read first: into ``ledger``, or without one into a ledger that is thrown away.
    """
    import tempfile

    from whoholds.cli.output import bar, complain
    from whoholds.cli.reading import read_all
    if ledger is None and not paths and manifest is None:
        raise UsageError("nothing to score: give --ledger, or reports to read first")
    reads = bool(paths) or manifest is not None
    with tempfile.TemporaryDirectory(prefix="whoholds-") as folder, bar() as shown:
        where = ledger or str(Path(folder) / "ledger.db")
        with workbench(settings, where, shown, create=reads) as desk:
            if reads:
                for refused in read_all(desk, shown, paths, manifest, None, None).refused:
                    complain(f"{refused.where}: {refused.problem}")
            yield desk


@main.command()
@click.option("--ledger", metavar="FILE", help="Keep the ledger here. Default: a temporary one.")
@click.option("--out", metavar="FILE", default="whoholds-map.html", show_default=True,
              help="The map to write.")
@click.pass_context
def demo(ctx: click.Context, ledger: str | None, out: str) -> None:
    """Read the sample dispatches, show who holds what and what is disputed, write a map."""
    from whoholds.cli.demo import run_demo
    run_demo(ctx.obj, ledger, Path(out))


@main.command()
@AS_JSON
@click.pass_context
def settings(ctx: click.Context, as_json: bool) -> None:
    """List every setting: its value, unit and meaning."""
    from whoholds.cli.output import show, show_json
    rows = [{"name": s.name, "value": ctx.obj[s.name], "default": s.default, "unit": s.unit,
             "help": s.help} for s in SETTINGS]
    if as_json:
        show_json(rows)
        return
    for row in rows:
        unit = f" {row['unit']}" if row["unit"] else ""
        show(f"{row['name']} = {row['value']}{unit}\n    {row['help']}")
