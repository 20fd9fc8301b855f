"""The commands of those who review: confirm, correct, merge, protect, take back; and the queue."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from whoholds.cli.main import AS_JSON, LEDGER, main, workbench
from whoholds.core import UsageError

if TYPE_CHECKING:
    from whoholds.ledger import Entry
    from whoholds.pipeline.review import Review

REASON = click.option("--reason", default="", metavar="TEXT", help="Why; it is kept.")


@main.group(invoke_without_command=True)
@click.option("--next", "next_", is_flag=True,
              help="The open questions, those first whose answer could move most.")
@click.option("--most", default=20, show_default=True, metavar="N", type=click.IntRange(1, 1000),
              help="So many questions at most.")
@click.option("--place", "places", multiple=True, metavar="PLACE",
              help="Only questions about this place; may be given again.")
@LEDGER
@AS_JSON
@click.pass_context
def review(ctx: click.Context, next_: bool, most: int, places: Sequence[str], ledger: str,
           as_json: bool) -> None:
    """Confirm, correct, merge, split, locate, retract, protect, undo: dated, signed entries.

    Sign with the token that `whoholds reviewer add` gave you, in the environment variable
    WHOHOLDS_TOKEN. Claims, reports and entries are named by the first digits of their id.
    """
    if ctx.invoked_subcommand is not None:
        return
    if not next_:
        raise UsageError("what is to be reviewed? `whoholds review --next` asks, `whoholds review "
                         "--help` tells the rest")
    from whoholds.cli.reviews import print_questions
    with workbench(ctx.obj, ledger) as desk:
        known = desk.snapshot()
        print_questions(known, desk.questions(known, places, most), as_json)


@contextmanager
def entering(ctx: click.Context, ledger: str,
             as_json: bool) -> Iterator[Callable[[Callable[[Review], Entry]], None]]:
    """Makes an entry and tells of it."""
    from whoholds.cli.reviews import print_entry
    with workbench(ctx.obj, ledger) as desk:
        def enter(verb: Callable[[Review], Entry]) -> None:
            print_entry(verb(desk.review), as_json)
        yield enter


@review.command(name="list")
@click.argument("places", nargs=-1)
@LEDGER
@AS_JSON
@click.pass_context
def list_claims(ctx: click.Context, places: Sequence[str], ledger: str, as_json: bool) -> None:
    """The claims about places (those named, or all), each with its id and sentence."""
    from whoholds.cli.reviews import print_claims
    with workbench(ctx.obj, ledger) as desk:
        print_claims(desk.snapshot(), places, as_json)


@review.command()
@click.argument("target", required=False)
@LEDGER
@AS_JSON
@click.pass_context
def log(ctx: click.Context, target: str | None, ledger: str, as_json: bool) -> None:
    """What was entered, by whom, when and why; with TARGET, about that thing only."""
    from whoholds.cli.reviews import print_log
    with workbench(ctx.obj, ledger) as desk:
        print_log(desk.entries(target), as_json)


@review.command()
@click.argument("claim")
@REASON
@LEDGER
@AS_JSON
@click.pass_context
def confirm(ctx: click.Context, claim: str, reason: str, ledger: str, as_json: bool) -> None:
    """The claim is read aright: it counts in full."""
    with entering(ctx, ledger, as_json) as enter:
        enter(lambda review: review.confirm(claim, reason))


@review.command()
@click.argument("claim")
@REASON
@LEDGER
@AS_JSON
@click.pass_context
def dismiss(ctx: click.Context, claim: str, reason: str, ledger: str, as_json: bool) -> None:
    """The claim is a misreading: nobody says so."""
    with entering(ctx, ledger, as_json) as enter:
        enter(lambda review: review.dismiss(claim, reason))


@review.command()
@click.argument("claim")
@click.argument("changes", nargs=-1, required=True, metavar="FIELD=VALUE...")
@REASON
@LEDGER
@AS_JSON
@click.pass_context
def correct(ctx: click.Context, claim: str, changes: Sequence[str], reason: str, ledger: str,
            as_json: bool) -> None:
    """The claim reads otherwise: the corrected edition supersedes it; the old one stays.

    \b
    Fields: kind, polarity, modality, part, hedges (separated by commas),
      actor, counterpart, place    words that stand in the report; nothing takes it away
      actor_is, counterpart_is, place_is    the id or name of what the words mean
      valid      2021-08-13, 2021-08-12..2021-08-14, ..2021-08-14 or 2021-08-12..
      source     the chain: "Outlet > Agency (agency) > officials (anonymous)"
      quantity   "at least 2 helicopters", "18 of 34 capitals"
    """
    pairs: dict[str, str | None] = {}
    for change in changes:
        name, equals, value = change.partition("=")
        if not equals:
            raise UsageError(f"write FIELD=VALUE, not {change!r}")
        pairs[name.strip()] = value
    with entering(ctx, ledger, as_json) as enter:
        enter(lambda review: review.correct(claim, pairs, reason))


@review.command()
@click.argument("report")
@click.option("--since", metavar="MOMENT",
              help="When the outlet withdrew it. Default: now.")
@REASON
@LEDGER
@AS_JSON
@click.pass_context
def retract(ctx: click.Context, report: str, since: str | None, reason: str, ledger: str,
            as_json: bool) -> None:
    """The outlet withdrew the report (its id or address): it stops counting from then on."""
    with entering(ctx, ledger, as_json) as enter:
        enter(lambda review: review.retract(report, since, reason))


WHAT = click.argument("what", type=click.Choice(["place", "actor", "source"]))


@review.command()
@WHAT
@click.argument("one")
@click.argument("into")
@REASON
@LEDGER
@AS_JSON
@click.pass_context
def merge(ctx: click.Context, what: Any, one: str, into: str, reason: str, ledger: str,
          as_json: bool) -> None:
    """Two places, actors or sources are one: what was taken for ONE is INTO (id or name)."""
    with entering(ctx, ledger, as_json) as enter:
        enter(lambda review: review.merge(what, one, into, reason))


@review.command()
@click.argument("what", type=click.Choice(["place", "actor"]))
@click.argument("of")
@click.argument("into")
@click.argument("claims", nargs=-1, required=True)
@REASON
@LEDGER
@AS_JSON
@click.pass_context
def split(ctx: click.Context, what: Any, of: str, into: str, claims: Sequence[str], reason: str,
          ledger: str, as_json: bool) -> None:
    """In these CLAIMS the place or actor OF is another one: INTO, an id, a name or a new name."""
    with entering(ctx, ledger, as_json) as enter:
        enter(lambda review: review.split(what, of, claims, into, reason))


@review.command()
@click.argument("place")
@click.option("--at", "degrees", metavar="LATITUDE LONGITUDE", nargs=2, type=float,
              help="In degrees (WGS 84): 34.0 71.2")
@click.option("--is", "is_", metavar="PLACE", help="It is this place of the gazetteer or a pack.")
@REASON
@LEDGER
@AS_JSON
@click.pass_context
def locate(ctx: click.Context, place: str, degrees: tuple[float, float] | None, is_: str | None,
           reason: str, ledger: str, as_json: bool) -> None:
    """Where a place lies that no gazetteer has, or which one it is."""
    latitude, longitude = degrees or (None, None)
    with entering(ctx, ledger, as_json) as enter:
        enter(lambda review: review.locate(place, latitude, longitude, is_, reason))


@review.command()
@click.argument("entry")
@click.option("--since", metavar="MOMENT", help="Of a retraction: when the outlet took it back. "
              "Default: it never counted.")
@REASON
@LEDGER
@AS_JSON
@click.pass_context
def undo(ctx: click.Context, entry: str, since: str | None, reason: str, ledger: str,
         as_json: bool) -> None:
    """Take back an entry; an undo can be undone."""
    with entering(ctx, ledger, as_json) as enter:
        enter(lambda review: review.undo(entry, since, reason))


@review.command()
@click.argument("name")
@click.option("--also", multiple=True, metavar="NAME",
              help="Another way to write the name; may be given again.")
@REASON
@LEDGER
@AS_JSON
@click.pass_context
def protect(ctx: click.Context, name: str, also: Sequence[str], reason: str, ledger: str,
            as_json: bool) -> None:
    """Show a source's name to nobody but reviewers who may see it, in any answer or export."""
    from whoholds.cli.reviews import print_protected
    with workbench(ctx.obj, ledger) as desk:
        print_protected(desk.review.protect(name, also, reason), as_json)


@main.group()
def reviewer() -> None:
    """Who reviews this ledger, each with a token of their own."""


@reviewer.command(name="add")
@click.argument("name")
@click.option("--sees", is_flag=True, help="May see the names of protected sources.")
@click.option("--manages", is_flag=True, help="May add reviewers and protect sources.")
@LEDGER
@AS_JSON
@click.pass_context
def add_reviewer(ctx: click.Context, name: str, sees: bool, manages: bool, ledger: str,
                 as_json: bool) -> None:
    """Add a reviewer and print the token, once. The first one may do everything."""
    from whoholds.cli.output import show, show_json
    with workbench(ctx.obj, ledger) as desk:
        token = desk.add_reviewer(name, sees, manages)
    if as_json:
        show_json({"name": name, "token": token})
    else:
        show(f"{token}\n\nKeep it: it is shown once. export WHOHOLDS_TOKEN=… to review.")


@reviewer.command(name="list")
@LEDGER
@AS_JSON
@click.pass_context
def list_reviewers(ctx: click.Context, ledger: str, as_json: bool) -> None:
    """Who reviews here and what each may do."""
    from whoholds.cli.reviews import print_reviewers
    with workbench(ctx.obj, ledger) as desk:
        print_reviewers(desk.reviewers(), as_json)
