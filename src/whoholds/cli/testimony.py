"""The commands of people's own testimony, of reading again and of searching."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from whoholds.cli.main import (
    AS_JSON,
    KNOWN_AT,
    LEDGER,
    READ_ALL,
    READ_NONE,
    READ_SOME,
    main,
    workbench,
)
from whoholds.core import InputError, UsageError


@main.command()
@click.argument("text")
@click.option("--author", metavar="NAME", help="Whose note it is. Default: the reviewer whose "
              "token is in WHOHOLDS_TOKEN.")
@click.option("--published", metavar="MOMENT", help="When it was said. Default: now.")
@LEDGER
@AS_JSON
@click.pass_context
def note(ctx: click.Context, text: str, author: str | None, published: str | None, ledger: str,
         as_json: bool) -> None:
    """Take in your own words (a call, a video seen) as a report; TEXT - reads standard input."""
    from dataclasses import asdict

    from whoholds.cli.output import bar, complain, show, show_json
    if text == "-":
        try:
            text = sys.stdin.buffer.read().decode("utf8")
        except UnicodeDecodeError as error:
            raise InputError("standard input", f"not UTF-8 at byte {error.start}") from error
    with bar() as shown, workbench(ctx.obj, ledger, shown, create=True) as desk:
        intake = desk.note(text, author, published)
    if as_json:
        show_json(asdict(intake))
    elif intake.problem is not None:
        complain(f"note: {intake.problem}")
    else:
        show(f"1 note taken into {ledger}, {intake.claims} claim{'' if intake.claims == 1 else 's'}"
             + ("" if intake.new_report else " (it was there already)"))
    ctx.exit(READ_ALL if intake.problem is None else READ_NONE)


@main.command()
@click.argument("table", metavar="FILE", type=click.Path(dir_okay=False))
@LEDGER
@AS_JSON
@click.pass_context
def baseline(ctx: click.Context, table: str, ledger: str, as_json: bool) -> None:
    """Take in who held what on day zero: a CSV table with place, holder, date, source.

    Columns that help where names are shared: country (ISO 3166, two letters) and type (city,
    district, province, crossing ...). The holder *contested* says that it was fought over.
    Ends with status 0 when all was taken in, 3 when some was, 1 when nothing was.
    """
    from whoholds.cli.output import bar
    from whoholds.cli.reviews import print_baseline
    with bar() as shown, workbench(ctx.obj, ledger, shown, create=True) as desk:
        outcome = desk.baseline(Path(table))
    print_baseline(outcome, ledger, as_json)
    ctx.exit(READ_ALL if not outcome.problems else READ_SOME if outcome.rows else READ_NONE)


@main.command()
@LEDGER
@AS_JSON
@click.pass_context
def reread(ctx: click.Context, ledger: str, as_json: bool) -> None:
    """Read stored reports again where an older reader, codebook, gazetteer or pack read them last.

    The new readings supersede; the old ones stay, and `whoholds diff` tells what changed.
    """
    from dataclasses import asdict

    from whoholds.cli.output import bar, complain, show, show_json
    with bar() as shown, workbench(ctx.obj, ledger, shown) as desk:
        intakes = []
        for intake in desk.reread_each():
            intakes.append(intake)
            shown.count(len(intakes), "read again")
    failed = [i for i in intakes if i.problem is not None]
    if as_json:
        show_json({"read": [asdict(i) for i in intakes if i.problem is None],
                   "refused": [asdict(i) for i in failed]})
    else:
        for intake in failed:
            complain(f"{intake.where}: {intake.problem}")
        done = len(intakes) - len(failed)
        show(f"{done} report{'' if done == 1 else 's'} read again, "
             f"{sum(i.new_claims for i in intakes)} new claims"
             + (f"; {len(failed)} failed" if failed else ""))
    ctx.exit(READ_ALL if not failed else READ_SOME if len(failed) < len(intakes) else READ_NONE)


@main.command()
@click.argument("before", metavar="READER_A", required=False)
@click.argument("after", metavar="READER_B", required=False)
@LEDGER
@AS_JSON
@click.pass_context
def diff(ctx: click.Context, before: str | None, after: str | None, ledger: str,
         as_json: bool) -> None:
    """What READER_B reads otherwise than READER_A; without them, which readers there are.

    A reader is named by its number or the beginning of its version.
    """
    from whoholds.cli.reviews import print_diff, print_versions
    if (before is None) != (after is None):
        raise UsageError("name two readers, or none to see which there are")
    with workbench(ctx.obj, ledger) as desk:
        if before is None:
            print_versions(desk.versions(), as_json)
        else:
            print_diff(desk.diff(before, after), as_json)


@main.command()
@click.argument("words", nargs=-1, required=True)
@LEDGER
@KNOWN_AT
@AS_JSON
@click.pass_context
def search(ctx: click.Context, words: tuple[str, ...], ledger: str, known_at: str | None,
           as_json: bool) -> None:
    """The reports in which all the words stand; "in quotes", a phrase."""
    from whoholds.cli.searching import print_found
    with workbench(ctx.obj, ledger) as desk:
        print_found(desk.search(" ".join(f'"{w}"' if " " in w else w for w in words), known_at),
                    words, as_json)
