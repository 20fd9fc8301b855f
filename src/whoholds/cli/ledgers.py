"""The commands about the ledger itself: backup, moving, checking, bulk loading."""

from __future__ import annotations

from collections.abc import Mapping

import click

from whoholds.cli.main import AS_JSON, LEDGER, READ_NONE, main, workbench


@main.group()
def ledger() -> None:
    """Back up, move, check and fill a ledger."""


@ledger.command(name="export")
@click.argument("bundle", metavar="FILE", type=click.Path(dir_okay=False))
@click.option("--format", "form", type=click.Choice(["jsonl", "parquet"]), default="jsonl",
              show_default=True, help="Of the tables in it. Parquet takes the extra formats.")
@LEDGER
@AS_JSON
@click.pass_context
def export_ledger(ctx: click.Context, bundle: str, form: str, ledger: str, as_json: bool) -> None:
    """Write everything into one bundle: a table for each kind of row, a manifest and hashes, in a
    zip file.

    Equal ledgers give equal bundles, byte for byte, whatever the store. Nothing is overwritten.
    """
    with workbench(ctx.obj, ledger) as desk:
        _counts(desk.export(bundle, form), f"{bundle}: written", as_json)


@ledger.command(name="import")
@click.argument("bundle", metavar="FILE", type=click.Path(dir_okay=False))
@LEDGER
@AS_JSON
@click.pass_context
def import_ledger(ctx: click.Context, bundle: str, ledger: str, as_json: bool) -> None:
    """Take in a bundle, of either format, wholly or not at all: into a new ledger, or merged
    into one."""
    with workbench(ctx.obj, ledger, create=True) as desk:
        _counts(desk.ledger.import_(bundle), f"{ledger}: new", as_json)


@ledger.command(name="check")
@LEDGER
@AS_JSON
@click.pass_context
def check_ledger(ctx: click.Context, ledger: str, as_json: bool) -> None:
    """Check hashes, references, orphans and pages. Status 1 where something is wrong."""
    from whoholds.cli.output import complain, show, show_json
    with workbench(ctx.obj, ledger) as desk:
        flaws = desk.ledger.check()
    if as_json:
        show_json([{"table": f.table, "key": f.key, "what": f.what} for f in flaws])
    else:
        for flaw in flaws:
            complain(str(flaw))
        show(f"{ledger}: {len(flaws)} flaws" if flaws else f"{ledger}: sound")
    ctx.exit(READ_NONE if flaws else 0)


@ledger.command(name="load")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path())
@LEDGER
@AS_JSON
@click.pass_context
def load_ledger(ctx: click.Context, files: tuple[str, ...], ledger: str, as_json: bool) -> None:
    """Take in readings that were made elsewhere: the folder of a bulk run, or JSON Lines (.jsonl,
    .jsonl.gz), a report each.

    Loading again adds nothing; a load that was cut short is finished by the next.
    """
    from whoholds.cli.output import bar
    with bar() as shown, workbench(ctx.obj, ledger, shown, create=True) as desk:
        done = desk.load(files, lambda n: shown.count(n, "reports loaded"))
    _counts(done, f"{ledger}: loaded", as_json)


def _counts(counts: Mapping[str, int], what: str, as_json: bool) -> None:
    from whoholds.cli.output import show, show_json
    if as_json:
        show_json(dict(counts))
    else:
        show(f"{what} " + ", ".join(f"{n} {name}" for name, n in counts.items() if n)
             if any(counts.values()) else f"{what} nothing")
