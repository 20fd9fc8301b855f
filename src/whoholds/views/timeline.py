"""What happened, in order: changes of hands and what else is told, with who says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from whoholds.core import Json, Place, instant_text
from whoholds.views.explain import cited_data
from whoholds.views.models import Cited, Names
from whoholds.views.terminal import Terminal, render
from whoholds.views.words import chain, day, likelihood, percent, period, place_kind, safe

CHANGE = "change"
MOST_CHAINS = 4  # source chains under one event: more are counted, and stand in the JSON


@dataclass(frozen=True, slots=True)
class EventView:
    """Something that happened to a place inside ``earliest`` to ``latest`` (None: open).

    ``kind`` is *change* (``actor_side`` came to hold it after ``counterpart_side``) or the kind of
    the claims. ``median`` is a change's: it came as likely before as after; None for others.
    ``cited`` tells of it, from ``origins`` independent origins; ``probability_p`` is how likely it
    is.
    """

    place: Place
    kind: str
    actor_side: str | None
    counterpart_side: str | None
    earliest: datetime | None
    latest: datetime | None
    median: datetime | None
    probability_p: float
    origins: int
    cited: tuple[Cited, ...]


def timeline_data(events: Sequence[EventView], names: Names) -> list[dict[str, Json]]:
    """The events as JSON."""
    def called(side: str | None) -> str | None:
        return None if side is None else names.state(side)
    return [{
        "place": e.place.name, "place_id": e.place.id, "country": names.country(e.place.country),
        "geonameid": e.place.geonameid, "kind": e.kind, "actor": called(e.actor_side),
        "actor_id": e.actor_side, "counterpart": called(e.counterpart_side),
        "counterpart_id": e.counterpart_side, "earliest": instant_text(e.earliest),
        "latest": instant_text(e.latest), "median": instant_text(e.median),
        "probability": round(e.probability_p, 4), "likelihood": likelihood(e.probability_p),
        "origins": e.origins, "claims": [cited_data(c) for c in e.cited]} for e in events]


def timeline_text(events: Sequence[EventView], names: Names,
                  terminal: Terminal | None = None) -> str:
    """The events as text."""
    return render(timeline_lines(events, names), terminal or Terminal())


def timeline_lines(events: Sequence[EventView], names: Names) -> RenderableType:
    """The events as a rich renderable."""
    if not events:
        return Text("Nothing that can be dated is known to have happened.")
    parts: list[RenderableType] = [_heading(events)]
    for event in events:
        parts += [Text(), _event(event, names), Padding(_sources(event), (0, 0, 0, 4))]
    return Group(*parts, Text(), Text(
        "About: the change came as likely before as after. Chances in the words of ICD 203.",
        style="dim"))


def _heading(events: Sequence[EventView]) -> Text:
    changes = sum(e.kind == CHANGE for e in events)
    told = len(events) - changes
    parts = [f"{changes} {'change' if changes == 1 else 'changes'} of hands"] if changes else []
    parts += [f"{told} other {'event' if told == 1 else 'events'}"] if told else []
    places = len({e.place.id for e in events})
    return Text(f"{' and '.join(parts)} at {places} {'place' if places == 1 else 'places'}",
                style="bold")


def when(event: EventView) -> str:
    """The interval; of a change, the day of its median too where that is not the last."""
    text = period(event.earliest, event.latest)
    if event.median is None or (event.latest and event.median.date() == event.latest.date()):
        return text
    return f"{text}, about {day(event.median, year=False)}"


def _event(event: EventView, names: Names) -> Text:
    line = Text.assemble((safe(event.place.name), "bold"), f" ({place_kind(event.place)}): ")
    line.append(happened(event, names), style="bold")
    line.append(f"; {when(event)}; {likelihood(event.probability_p)}, "
                f"{percent(event.probability_p)}")
    return line


def happened(event: EventView, names: Names) -> str:
    """What happened, in words."""
    actor = None if event.actor_side is None else safe(names.state(event.actor_side))
    other = None if event.counterpart_side is None else safe(names.state(event.counterpart_side))
    if event.kind == CHANGE:
        return f"{other} → {actor}" if other else f"to {actor}"
    text = f"{event.kind} by {actor}" if actor else event.kind
    return f"{text}, {other} on the other side" if other else text


def _sources(event: EventView) -> Text:
    if not event.cited:
        return Text("follows from what was told before and after; no claim says so", style="dim")
    chains = list(dict.fromkeys(chain(c.claim.sources) for c in event.cited))
    text = Text("; ".join(chains[:MOST_CHAINS]), style="cyan")
    if len(chains) > MOST_CHAINS:
        text.append(f"; and {len(chains) - MOST_CHAINS} more")
    many = f"{len(event.cited)} {'claim' if len(event.cited) == 1 else 'claims'}"
    if event.origins != len(event.cited):
        many += f", {event.origins} {'origin' if event.origins == 1 else 'origins'}"
    return text.append(f" ({many})", style="dim")
