"""The commands of packs: what is there, whether one is sound, a draft for a country."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from whoholds.cli.main import AS_JSON, READ_ALL, READ_NONE, main
from whoholds.core import DataError, UsageError

if TYPE_CHECKING:
    from whoholds.cli.output import Bar
    from whoholds.resolve import Gazetteer, Pack
    from whoholds.settings import Settings


@main.group()
def pack() -> None:
    """Packs: what whoholds knows of a theatre's places and actors (docs/packs.md)."""


@pack.command("list")
@AS_JSON
@click.pass_context
def list_packs(ctx: click.Context, as_json: bool) -> None:
    """The packs in force: those that ship, or those of the setting resolve.packs."""
    from whoholds.cli.output import show, show_json
    rows = [_summary(p) for p in _in_force(ctx.obj)]
    if as_json:
        show_json(rows)
        return
    for row in rows:
        where = ", ".join(row["countries"]) or "everywhere"
        show(f"{row['pack']}: {row['name']} ({where}), {row['places']} places, {row['sets']} sets, "
             f"{row['actors']} actors")


@pack.command("show")
@click.argument("name", metavar="PACK")
@AS_JSON
def show_pack(name: str, as_json: bool) -> None:
    """The place sets and the sides of PACK, by its name or its file."""
    from whoholds.cli.output import show, show_json
    from whoholds.resolve import load_packs
    one = load_packs([name])[-1]
    names = {a.id: a.name for a in one.actors}
    sides: dict[str, list[str]] = {}
    for actor in one.actors:
        if actor.side is not None and actor.type not in ("person", "agency", "outlet"):
            sides.setdefault(actor.side, []).append(actor.name)
    sets = [{"name": s.place.name, "members": len(s.place.members), "complete": s.place.complete}
            for s in one.sets]
    if as_json:
        show_json({**_summary(one), "place_sets": sets,
                   "sides": {names.get(i, i): members for i, members in sides.items()}})
        return
    row = _summary(one)
    show(f"{one.name}: {row['places']} places, {row['actors']} actors")
    for item in sets:
        show(f"  set {item['name']}: {item['members']}"
             + (", all of them" if item["complete"] else ", not all"))
    for side, members in sides.items():
        others = [m for m in members if m != names.get(side)]
        show(f"  side {names.get(side, side)}" + (": " + ", ".join(others) if others else ""))


@pack.command("check")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@AS_JSON
@click.pass_context
def check_packs(ctx: click.Context, files: tuple[str, ...], as_json: bool) -> None:
    """Whether each FILE is a sound pack, and where the gazetteer says otherwise.

    Ends with status 0 when all are sound, 1 when one is not. What the gazetteer doubts (an id of
    another country, a place far from where its id lies) is told, and is no error.
    """
    from whoholds.cli.output import bar, complain, show, show_json
    from whoholds.resolve import load_packs
    from whoholds.resolve.drafting import doubts
    told: list[dict[str, Any]] = []
    with bar() as shown:
        gazetteer = _gazetteer(ctx.obj, shown)
    for file in files:
        try:
            one = load_packs([file])[-1]
        except DataError as error:
            told.append({"file": file, "error": error.what, "doubts": []})
            continue
        told.append({**_summary(one), "file": file, "error": None,
                     "doubts": [f"{d.place.name} {d.what}" for d in doubts(one, gazetteer)]})
    if as_json:
        show_json(told)
    else:
        for row in told:
            if row["error"] is not None:
                complain(f"{row['file']}: {row['error']}")
                continue
            show(f"{row['file']}: sound, {row['places']} places, {row['sets']} sets, "
                 f"{row['actors']} actors")
            for doubt in row["doubts"]:
                show(f"  {doubt}")
    ctx.exit(READ_NONE if any(row["error"] is not None for row in told) else READ_ALL)


@pack.command("new")
@click.argument("country")
@click.option("--out", metavar="FILE", help="Where to write it. Default: standard output.")
@click.pass_context
def new_pack(ctx: click.Context, country: str, out: str | None) -> None:
    """Draft a pack for COUNTRY (its name or ISO code) from the gazetteer.

    It has the first-order units, their capitals, airports and crossings as far as the gazetteer
    has them. Sets, actors and spellings are for you to complete.
    """
    from whoholds.cli.output import bar, show
    from whoholds.pipeline.snapshot import country_named
    from whoholds.resolve.drafting import draft_pack
    with bar() as shown:
        text = draft_pack(country_named(country), _gazetteer(ctx.obj, shown))
    if out is None:
        show(text)
        return
    path = Path(out)
    if path.exists():
        raise UsageError(f"{out}: there already; a draft never overwrites")
    path.write_text(text, "utf8")
    show(f"{out}: written; `whoholds --set resolve.packs=all,{out} read ...` uses it")


def _in_force(settings: Settings) -> tuple[Pack, ...]:
    from whoholds.resolve import load_packs
    return load_packs(n.strip() for n in str(settings["resolve.packs"]).split(",") if n.strip())


def _summary(one: Pack) -> dict[str, Any]:
    return {"pack": one.key, "name": one.name, "countries": list(one.countries),
            "places": len(one.places), "sets": len(one.sets), "actors": len(one.actors),
            "version": one.version}


def _gazetteer(settings: Settings, shown: Bar) -> Gazetteer:
    from whoholds.pipeline.stages import Stages

    def building(step: str, done: float) -> None:
        shown.share(done, f"index of places, once: {step}")

    return Stages(settings, building).gazetteer
