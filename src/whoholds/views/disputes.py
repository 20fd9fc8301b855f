"""Where sources contradict each other: who says what, from how many independent origins."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from whoholds.core import Json, instant_text
from whoholds.views.explain import cited_data, quotations
from whoholds.views.models import DisputeView, Names, Position
from whoholds.views.terminal import Terminal, render
from whoholds.views.words import likelihood, moment, percent, period, place_kind, safe


def disputes_data(disputes: Sequence[DisputeView], names: Names) -> list[dict[str, Json]]:
    """The disputes as JSON."""
    return [{
        "place": d.place.name, "place_id": d.place.id, "country": names.country(d.place.country),
        "geonameid": d.place.geonameid, "valid_from": instant_text(d.valid_from),
        "valid_to": instant_text(d.valid_to), "settled": instant_text(d.settled),
        "positions": [{
            "holder": None if p.holder is None else names.state(p.holder), "denies": p.denies,
            "origins": p.origins, "credence": p.credence_p,
            "claims": [cited_data(c) for c in p.cited]}
            for p in d.positions]} for d in disputes]


def disputes_text(disputes: Sequence[DisputeView], names: Names,
                  terminal: Terminal | None = None) -> str:
    """The disputes as text."""
    return render(disputes_lines(disputes, names), terminal or Terminal())


def disputes_lines(disputes: Sequence[DisputeView], names: Names) -> RenderableType:
    """The disputes as a rich renderable."""
    if not disputes:
        return Text("No two sources contradict each other about who holds a place.")
    many = "place" if len(disputes) == 1 else "places"
    parts: list[RenderableType] = [
        Text(f"Sources contradict each other about {len(disputes)} {many}", style="bold")]
    for dispute in disputes:
        title = Text.assemble((safe(dispute.place.name), "bold"), f" ({place_kind(dispute.place)})")
        title.append(f", {period(dispute.valid_from, dispute.valid_to)}")
        if dispute.settled is not None:
            title.append(f"; settled since {moment(dispute.settled)}")
        parts += [Text(), title, *(_position(p, names) for p in dispute.positions)]
    return Group(*parts)


def stance(position: Position, names: Names) -> str:
    """What a position says of the holder, in words."""
    who = "another side" if position.holder is None else safe(names.state(position.holder))
    if position.holder == "contested":
        return "it is not contested" if position.denies else "it is contested"
    return f"{who} does not hold it" if position.denies else f"{who} holds it"


def _position(position: Position, names: Names) -> RenderableType:
    many = "origin" if position.origins == 1 else "independent origins"
    head = Text.assemble("  ", (stance(position, names), "bold"), f": {position.origins} {many}")
    if position.credence_p is not None:
        head.append(f"; {likelihood(position.credence_p)}, {percent(position.credence_p)}")
    return Group(head, *quotations(position.cited, 4))
