"""The command that keeps reading."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from whoholds.cli.main import (
    AS_JSON,
    LEDGER,
    READ_ALL,
    READ_NONE,
    READ_SOME,
    main,
    workbench,
)
from whoholds.core import UsageError, instant_text

if TYPE_CHECKING:
    from whoholds.pipeline.watching import Event


@main.command()
@click.argument("sources", nargs=-1)
@LEDGER
@click.option("--every", metavar="TIME", help="How often each source is looked at: 90s, 15m, 2h. "
              "Default: the setting watch.every.")
@click.option("--once", is_flag=True, help="Look at each source once and end.")
@click.option("--follow", is_flag=True, help="Read the pages that a feed's entries link to.")
@click.option("--place", "places", metavar="NAME", multiple=True,
              help="Tell when another side holds this place.")
@click.option("--side", "sides", metavar="NAME", multiple=True,
              help="Tell when this side comes to hold a place, or ceases to.")
@click.option("--number", "numbers", metavar="WORD", multiple=True, help="Tell when a number "
              "changes whose unit, kind or place has this word (soldiers, casualty, Kabul).")
@click.option("--alert-to", "targets", metavar="ADDRESS", multiple=True, help="Send these changes "
              "there: https://… (a POST of JSON) or mailto:NAME@HOST.")
@AS_JSON
@click.pass_context
def watch(ctx: click.Context, sources: Sequence[str], ledger: str, every: str | None, once: bool,
          follow: bool, places: Sequence[str], sides: Sequence[str], numbers: Sequence[str],
          targets: Sequence[str], as_json: bool) -> None:
    """Keep reading SOURCES: feeds, pages, lists of feeds (OPML), files and folders.

    Only what is new is read. A source that fails is left alone for longer and longer; one that
    falls silent against its own rhythm is told of. What was learned is kept beside the ledger, and
    Ctrl-C ends the watch. --json prints one line for each thing that happens.

    A change is sent to each --alert-to once, also after a restart; what cannot be delivered is
    tried again. The password of the mail server is read from WHOHOLDS_SMTP_PASSWORD.

    With --once it ends with status 0 when all sources answered, 3 when some did, 1 when none did.
    """
    from whoholds.cli.output import bar
    from whoholds.pipeline.alerts import receivers_from
    from whoholds.pipeline.watching import Plan, Watch, state_path
    if targets and not (places or sides or numbers):
        raise UsageError("--alert-to wants something to tell of: --place, --side or --number")
    receivers = receivers_from(targets, ctx.obj, os.environ.get("WHOHOLDS_SMTP_PASSWORD"))
    every_s = seconds_of(every) if every else float(ctx.obj["watch.every"])
    plan = Plan(every_s, float(ctx.obj["watch.longest"]), follow, tuple(places),
                tuple(sides), tuple(numbers))
    seen: dict[str, int] = {}
    with ended_by_sigterm(), bar() as shown, workbench(ctx.obj, ledger, shown, create=True) as desk:
        watching = Watch(desk, sources, plan, state_path(ledger), receivers=receivers)
        try:
            for event in watching.run(once):
                shown.clear()
                seen[event.kind] = seen.get(event.kind, 0) + 1
                print_event(event, as_json)
        except KeyboardInterrupt:
            shown.clear()
        if once:
            ctx.exit(READ_ALL if not watching.failed else
                     READ_SOME if watching.failed < watching.polled else READ_NONE)
    if not as_json:
        from whoholds.cli.output import complain
        complain(f"ended; {seen.get('read', 0)} new reports read into {ledger}")


@contextmanager
def ended_by_sigterm() -> Iterator[None]:
    """Takes what service managers send for what a person's Ctrl-C sends."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}


def seconds_of(text: str) -> float:
    """The seconds that *90s*, *15m*, *2h*, *1d* or a bare number means; UsageError for others."""
    number, unit = (text[:-1], text[-1:].lower()) if text[-1:].lower() in UNITS else (text, "s")
    try:
        found = float(number) * UNITS[unit]
    except ValueError:
        found = 0.0
    if not 1 <= found <= 366 * UNITS["d"]:
        raise UsageError(f"--every wants a time such as 90s, 15m or 2h, not {text!r}")
    return found


OF_NO_SOURCE = ("read", "refused", "place", "side", "number")
MARKS = {"read": "new", "refused": "refused", "failed": "failed", "back": "back",
         "silent": "SILENT", "heard": "heard", "place": "PLACE", "side": "SIDE", "number": "NUMBER",
         "alert": "sent", "unsent": "unsent", "list": "list"}


def print_event(event: Event, as_json: bool) -> None:
    """One line for one thing that happened, at once."""
    from whoholds.views import safe
    if as_json:
        click.echo(json.dumps(event.to_json(), ensure_ascii=False))
        return
    until = f"; next try at {instant_text(event.until)}" if event.until else ""
    source = "" if event.kind in OF_NO_SOURCE else f"{event.source}: "
    click.echo(safe(f"{instant_text(event.at)}  {MARKS[event.kind]:<8}{source}{event.what}{until}"
                    .replace("\n", " ")))
