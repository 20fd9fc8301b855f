"""The commands that tell what happened, what was counted and predicted, and who said it."""

from __future__ import annotations

from collections.abc import Sequence
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


@main.command()
@click.argument("places", nargs=-1)
@LEDGER
@click.option("--since", metavar="MOMENT", help="Leave out what was over by then.")
@click.option("--until", metavar="MOMENT", help="Leave out what came after.")
@click.option("--all", "everything", is_flag=True,
              help="Everything that is told, not only changes of hands: fights, withdrawals ...")
@click.option("--chart", metavar="FILE", help="Draw it into this file instead: .svg or .png.")
@KNOWN_AT
@ACCORDING_TO
@AS_RECORDED
@AS_JSON
@click.pass_context
def timeline(ctx: click.Context, places: Sequence[str], ledger: str, since: str | None,
             until: str | None, everything: bool, chart: str | None, known_at: str | None,
             according_to: str | None, as_recorded: str | None, as_json: bool) -> None:
    """What changed hands, in order: between when and when, and who says so."""
    from whoholds.cli.findings import print_timeline
    from whoholds.cli.picturing import write_timeline
    with workbench(ctx.obj, ledger) as desk:
        known = desk.snapshot(known_at, according_to, as_recorded, () if chart else places)
        found = desk.timeline(known, places, since=since, until=until)
        if chart is not None:
            write_timeline(known, found, everything, Path(chart), as_json)
            return
        print_timeline(known, found, everything, as_json)


@main.command()
@click.argument("country")
@LEDGER
@AT
@KNOWN_AT
@ACCORDING_TO
@AS_RECORDED
@AS_JSON
@click.pass_context
def exits(ctx: click.Context, country: str, ledger: str, at: str | None, known_at: str | None,
          according_to: str | None, as_recorded: str | None, as_json: bool) -> None:
    """The ways out of a country: held by whom, open or closed, and which is the last.

    COUNTRY is a name or an ISO 3166 code of two letters.
    """
    from whoholds.cli.findings import print_exits
    with workbench(ctx.obj, ledger) as desk:
        known = desk.snapshot(known_at, according_to, as_recorded=as_recorded)
        print_exits(known, country, desk.exits(known, country, at=at), as_json)


@main.command()
@LEDGER
@KNOWN_AT
@AS_RECORDED
@AS_JSON
@click.pass_context
def sources(ctx: click.Context, ledger: str, known_at: str | None, as_recorded: str | None,
            as_json: bool) -> None:
    """Each source: what it said, how often it was borne out or contradicted, whom it repeats."""
    from whoholds.cli.findings import print_sources
    with workbench(ctx.obj, ledger) as desk:
        print_sources(desk, desk.snapshot(known_at, as_recorded=as_recorded), as_json)


@main.command()
@LEDGER
@KNOWN_AT
@AS_RECORDED
@AS_JSON
@click.pass_context
def tally(ctx: click.Context, ledger: str, known_at: str | None, as_recorded: str | None,
          as_json: bool) -> None:
    """Numbers as bounds, checked against each other and against what the ledger itself counts."""
    from whoholds.cli.findings import print_tally
    with workbench(ctx.obj, ledger) as desk:
        print_tally(desk, desk.snapshot(known_at, as_recorded=as_recorded), as_json)


@main.command()
@click.argument("places", nargs=-1)
@LEDGER
@AT
@KNOWN_AT
@AS_RECORDED
@AS_JSON
@click.pass_context
def forecasts(ctx: click.Context, places: Sequence[str], ledger: str, at: str | None,
              known_at: str | None, as_recorded: str | None, as_json: bool) -> None:
    """Who predicted what by when; what became of it; how good the forecasters are."""
    from whoholds.cli.findings import print_forecasts
    with workbench(ctx.obj, ledger) as desk:
        known = desk.snapshot(known_at, as_recorded=as_recorded)
        print_forecasts(known, desk.forecasts(known, places, at=at), as_json)


@main.command()
@click.argument("places", nargs=-1)
@click.option("--since", metavar="MOMENT", required=True,
              help="The last brief: what was known then is compared with what is known now.")
@LEDGER
@KNOWN_AT
@AS_RECORDED
@AS_JSON
@click.pass_context
def changes(ctx: click.Context, places: Sequence[str], since: str, ledger: str,
            known_at: str | None, as_recorded: str | None, as_json: bool) -> None:
    """What is different from the last brief, and the new claims that make it so."""
    from whoholds.cli.findings import print_changes
    with workbench(ctx.obj, ledger) as desk:
        known = desk.snapshot(known_at, as_recorded=as_recorded, places=places)
        print_changes(desk, known, since, places, as_json)
