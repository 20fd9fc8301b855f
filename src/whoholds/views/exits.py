"""The ways out of a country: held by whom, open or closed, since when; which is the last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from whoholds.core import CONTESTED, Belief, Json, instant_text
from whoholds.views.explain import cited_data, quotations
from whoholds.views.models import Cited, Names
from whoholds.views.sides import CONTESTED_SYMBOL, UNKNOWN_SYMBOL, Look, looks
from whoholds.views.terminal import Terminal, render
from whoholds.views.words import day, likelihood, moment, percent, place_kind, safe, since

UNSAID = "nobody says"
# Columns from which there is a table, and one with words: no cell of the samples wraps.
TABLE, WIDE = 94, 108


@dataclass(frozen=True, slots=True)
class ExitView:
    """A way out. ``open_p``: the probability that it can be used, None where nobody said; ``route``
    is that in a word. ``route_since`` is the median of the moment since when. ``last``: its holder
    has no other way out left. ``only_p``: the probability that every other way out is closed or in
    the hands of the side that holds most of them, None where that was not asked. ``cited`` are the
    claims that it is open or closed."""

    belief: Belief
    open_p: float | None
    route: str
    route_since: datetime | None
    last: bool
    only_p: float | None
    cited: tuple[Cited, ...]


def exits_data(ways: Sequence[ExitView], names: Names) -> list[dict[str, Json]]:
    """The ways out as JSON."""
    return [{
        "place": w.belief.place.name, "place_id": w.belief.place.id, "type": w.belief.place.type,
        "country": names.country(w.belief.place.country), "geonameid": w.belief.place.geonameid,
        "holder": None if w.belief.holder is None else names.state(w.belief.holder),
        "holder_id": w.belief.holder, "probability": round(w.belief.probability_p, 4),
        "contested": w.belief.contested, "since_earliest": instant_text(w.belief.since_earliest),
        "since_latest": instant_text(w.belief.since_latest), "route": w.route,
        "open_probability": None if w.open_p is None else round(w.open_p, 4),
        "route_since": instant_text(w.route_since), "last_of_holder": w.last,
        "only_way_out_probability": None if w.only_p is None else round(w.only_p, 4),
        "valid_at": instant_text(w.belief.valid_at),
        "claims": [cited_data(c) for c in w.cited]} for w in ways]


def exits_text(country: str, ways: Sequence[ExitView], names: Names,
               terminal: Terminal | None = None) -> str:
    """The ways out as text."""
    terminal = terminal or Terminal()
    return render(exits_lines(country, ways, names, terminal.width), terminal)


def exits_lines(country: str, ways: Sequence[ExitView], names: Names,
                width: int = 100) -> RenderableType:
    """The ways out as a rich renderable: what is left, the table, then who says open or closed."""
    if not ways:
        return Text(f"No claim is about a border crossing, airport or port of {safe(country)}.")
    seen = looks((w.belief for w in ways), names.sides)
    parts: list[RenderableType] = [
        Text(f"Ways out of {safe(country)} at {moment(ways[0].belief.valid_at)}", style="bold"),
        balance(ways, names), *(last_words(w, ways, names) for w in ways if w.last or w.only_p),
        Text()]
    parts += [_table(ways, names, seen, width >= WIDE)] if width >= TABLE else [
        _line(w, names, seen) for w in ways]
    told = [w for w in ways if w.cited]
    if told:
        parts += [Text(), Text("Open or closed: who says so", style="bold")]
    for way in told:
        parts += [Text(), Text(f"  {safe(way.belief.place.name)}: {_route(way)}"),
                  *quotations(way.cited, 4)]
    return Group(*parts)


def most_held(ways: Sequence[ExitView]) -> str | None:
    """The side that holds most ways out, None where nobody holds any."""
    held = Counter(w.belief.holder for w in ways if w.belief.holder is not None)
    return min(held, key=lambda side: (-held[side], side)) if held else None


def balance(ways: Sequence[ExitView], names: Names) -> Text:
    """Who holds how many, and how many are said to be open, in one line."""
    held = Counter(w.belief.holder for w in ways)
    sides = sorted(held.items(), key=lambda kv: (kv[0] is None, -kv[1], kv[0] or ""))
    parts = [f"{'nobody surely' if side is None else safe(names.state(side))} holds {n}"
             for side, n in sides]
    routes = Counter(w.route for w in ways)
    said = f"said open {routes['open']}, closed {routes['closed']}, neither {routes['unknown']}"
    return Text(f"{len(ways)} {'is' if len(ways) == 1 else 'are'} spoken of: {', '.join(parts)}; "
                f"{said}.")


def last_words(way: ExitView, ways: Sequence[ExitView], names: Names) -> Text:
    """What makes a way out the last one."""
    text = Text.assemble((safe(way.belief.place.name), "bold"))
    if way.last and way.belief.holder is not None:
        text.append(f" is the last one that {safe(names.state(way.belief.holder))} holds")
    else:
        text.append(" is the only one said to be open")
    top = most_held(ways)
    if way.only_p is not None and top is not None:
        text.append(f"; that all others are closed or held by {safe(names.state(top))}: "
                    f"{likelihood(way.only_p)}, {percent(way.only_p)}")
    return text.append(".")


def _route(way: ExitView) -> str:
    """Open or closed, how surely; since when, where that is before the last telling."""
    if way.open_p is None:
        return UNSAID
    told = _told(way)
    text = f"{_word(way)}, {percent(max(way.open_p, 1 - way.open_p))}"
    if way.route_since and told and way.route_since <= told:
        text += f", since {day(way.route_since)}"
    return text


def _word(way: ExitView) -> str:
    return way.route if way.route != "unknown" else "open or closed"


def _told(way: ExitView) -> datetime | None:
    last = way.cited[-1].published if way.cited else None
    return last.latest if last else None


def _cell(way: ExitView) -> str:
    """Open or closed, how surely, and when that was last told."""
    if way.open_p is None:
        return UNSAID
    told = _told(way)
    text = f"{_word(way)} {percent(max(way.open_p, 1 - way.open_p))}"
    return f"{text}, {day(told, year=False)}" if told else text


def _holder(belief: Belief, names: Names, seen: dict[str, Look]) -> Text:
    if belief.holder is None:
        text = Text(f"{UNKNOWN_SYMBOL} unknown")
    else:
        text = Text(f"{seen[belief.holder].symbol} {safe(names.state(belief.holder))}",
                    style=seen[belief.holder].colour)
    return text.append(f" {CONTESTED_SYMBOL}") if belief.contested else text


def _chance(belief: Belief, wide: bool) -> str:
    if belief.holder is not None:
        word = f" {likelihood(belief.probability_p)}" if wide else ""
        return f"{percent(belief.probability_p):>4}{word}"
    return "contested" if belief.states[:1] and belief.states[0][0] == CONTESTED else ""


def _table(ways: Sequence[ExitView], names: Names, seen: dict[str, Look],
           wide: bool) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for title in ("Way out", "Kind", "Holder", "Chance", "Held", "Open? Last told"):
        table.add_column(title, overflow="fold")
    for way in ways:
        belief = way.belief
        table.add_row(Text(safe(belief.place.name), style="bold"), Text(belief.place.type),
                      _holder(belief, names, seen), Text(_chance(belief, wide)),
                      Text(since(belief)),
                      Text(_cell(way), style="dim" if way.open_p is None else "bold"))
    return table


def _line(way: ExitView, names: Names, seen: dict[str, Look]) -> Text:
    belief = way.belief
    text = Text.assemble((safe(belief.place.name), "bold"), f" ({place_kind(belief.place)}): ")
    text.append_text(_holder(belief, names, seen))
    if belief.holder is not None:
        text.append(f" {percent(belief.probability_p)}, {since(belief)}")
    return text.append(f"; open or closed: {UNSAID}" if way.open_p is None else f"; {_route(way)}")
