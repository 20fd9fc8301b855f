"""What is different from the last brief: other holders, fighting begun or over, other odds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from whoholds.core import Belief, Json, Place, instant_text
from whoholds.views.explain import cited_data, quotations
from whoholds.views.models import Cited, Names
from whoholds.views.terminal import Terminal, render
from whoholds.views.words import likelihood, moment, percent, place_kind, safe, since

MOST_CITED = 3  # new claims under one difference: more are counted, and stand in the JSON
TITLES = {"holder": "Other holders", "contested": "Fighting begun or over",
          "probability": "Surer or less sure"}


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """A place that is not as it was: ``what`` is *holder*, *contested* or *probability*; ``cited``
    are the claims that were new, the latest last."""

    place: Place
    what: str
    before: Belief
    after: Belief
    cited: tuple[Cited, ...]


def changes_data(found: Sequence[DifferenceView], names: Names) -> list[dict[str, Json]]:
    """The differences as JSON."""
    def shown(belief: Belief) -> dict[str, Json]:
        return {"holder": None if belief.holder is None else names.state(belief.holder),
                "holder_id": belief.holder, "probability": round(belief.probability_p, 4),
                "contested": belief.contested, "valid_at": instant_text(belief.valid_at),
                "since_earliest": instant_text(belief.since_earliest),
                "since_latest": instant_text(belief.since_latest)}
    return [{
        "place": d.place.name, "place_id": d.place.id, "country": names.country(d.place.country),
        "geonameid": d.place.geonameid, "what": d.what, "before": shown(d.before),
        "after": shown(d.after), "claims": [cited_data(c) for c in d.cited]} for d in found]


def changes_text(found: Sequence[DifferenceView], start: datetime, end: datetime, names: Names,
                 terminal: Terminal | None = None) -> str:
    """The differences between what was known at ``start`` and at ``end``, as text."""
    return render(changes_lines(found, start, end, names), terminal or Terminal())


def changes_lines(found: Sequence[DifferenceView], start: datetime, end: datetime,
                  names: Names) -> RenderableType:
    """The differences as a rich renderable: other holders first."""
    period = f"from {moment(start)}, as then known, to {moment(end)}"
    if not found:
        return Text(f"Nothing is different {period}.")
    many = "place is" if len(found) == 1 else "places are"
    parts: list[RenderableType] = [Text(f"{len(found)} {many} not as before, {period}",
                                        style="bold")]
    for what, title in TITLES.items():
        mine = [d for d in found if d.what == what]
        if mine:
            parts += [Text(), Text(f"{title}: {len(mine)}", style="bold")]
        for group in _alike(mine, names):
            parts += [Text(), _line(group, names), *_news(group[0])]
    return Group(*parts)


def _alike(found: Sequence[DifferenceView], names: Names) -> list[list[DifferenceView]]:
    """Places of which the same new claims say the same, together: members of a set."""
    groups: dict[tuple[object, ...], list[DifferenceView]] = {}
    for d in found:
        key = (tuple(c.claim.id for c in d.cited) or d.place.id, d.place.type,
               _state(d.before, names), _state(d.after, names), _since(d.after))
        groups.setdefault(key, []).append(d)
    return list(groups.values())


def _line(group: Sequence[DifferenceView], names: Names) -> RenderableType:
    difference = group[0]
    before, after = difference.before, difference.after
    text = Text()
    for number, one in enumerate(group):
        text.append(", " if number else "").append(safe(one.place.name), style="bold")
    text.append(f" ({place_kind(difference.place)}): " if len(group) == 1 else
                f" ({difference.place.type}, {len(group)} places): ")
    if difference.what == "contested":
        fight = "fought over now" if after.contested else "no longer fought over"
        text.append(fight, style="bold").append(f"; {_state(after, names)}")
    elif difference.what == "probability":
        text.append(_state(before, names)).append(" → ").append(
            f"{likelihood(after.probability_p)}, {percent(after.probability_p)}", style="bold")
    else:
        text.append(f"{_state(before, names)} → ").append(_state(after, names), style="bold")
        text.append(_since(after))
    return Padding(text, (0, 0, 0, 2), expand=False)


def _since(belief: Belief) -> str:
    return f", {since(belief)}" if belief.since_earliest or belief.since_latest else ""


def _state(belief: Belief, names: Names) -> str:
    if belief.holder is None:
        return "contested" if belief.contested else "unknown"
    return (f"{safe(names.state(belief.holder))}, {likelihood(belief.probability_p)}, "
            f"{percent(belief.probability_p)}")


def _news(difference: DifferenceView) -> list[RenderableType]:
    """The latest of the new claims; why it is different where there are none."""
    cited = difference.cited
    if not cited:
        return [Text("    no new claim: only time has passed", style="dim")]
    lines = quotations(cited[-MOST_CITED:], 4)
    if len(cited) > MOST_CITED:
        lines.append(Text(f"    and {len(cited) - MOST_CITED} earlier", style="dim"))
    return lines
