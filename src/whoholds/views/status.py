"""The status table: who holds each place, how surely, since when, from how many origins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from whoholds.core import Belief, Json, instant_text
from whoholds.views.models import Names, StatusRow
from whoholds.views.sides import CONTESTED_SYMBOL, UNKNOWN_SYMBOL, Look, looks
from whoholds.views.terminal import Terminal, render
from whoholds.views.words import (
    chain,
    likelihood,
    moment,
    percent,
    place_kind,
    published,
    safe,
    since,
)

# Columns of text at which the table gains a column; chosen so that no cell wraps on the samples.
WIDE, MIDDLE = 118, 84
UNKNOWN = "unknown"


def status_data(rows: Sequence[StatusRow], names: Names) -> list[dict[str, Json]]:
    """The rows as JSON: ``place, country, geonameid, holder, probability, since_earliest,
    since_latest, contested`` and more. ``probability`` is the holder's; where the holder is unknown
    (null), that of the likeliest state, which ``states`` names."""
    return [_row_data(row, names) for row in rows]


def _row_data(row: StatusRow, names: Names) -> dict[str, Json]:
    belief, place = row.belief, row.belief.place
    latest = row.latest
    return {
        "place": place.name, "country": names.country(place.country),
        "country_code": place.country, "geonameid": place.geonameid,
        "holder": None if belief.holder is None else names.state(belief.holder),
        "probability": round(belief.probability_p, 4),
        "since_earliest": instant_text(belief.since_earliest),
        "since_latest": instant_text(belief.since_latest), "contested": belief.contested,
        "likelihood": likelihood(belief.probability_p), "place_id": place.id, "type": place.type,
        "adm1": place.adm1, "latitude": place.latitude, "longitude": place.longitude,
        "located": place.latitude is not None, "holder_id": belief.holder,
        "states": {names.state(state): round(p, 4) for state, p in belief.states},
        "claims": row.claims, "origins": row.origins,
        "latest": None if latest is None else {
            "outlet": latest.report.outlet, "url": latest.report.url,
            "sources": [s.name for s in latest.claim.sources],
            "published": latest.published.to_json() if latest.published else None},
        "valid_at": instant_text(belief.valid_at), "known_at": instant_text(belief.known_at)}


def status_text(rows: Sequence[StatusRow], names: Names, terminal: Terminal | None = None) -> str:
    """The table as text; for a narrow terminal two lines a place."""
    terminal = terminal or Terminal()
    return render(status_table(rows, names, terminal.width), terminal)


def status_table(rows: Sequence[StatusRow], names: Names, width: int = 100) -> RenderableType:
    """The table as a rich renderable: a section for each side, then what is unknown."""
    if not rows:
        return Text("No claim about who holds any place is known.")
    seen = looks(row.belief for row in rows)
    parts: list[RenderableType] = [_heading(rows)]
    for holder, section in _sections(rows):
        parts += [Text(), _section_title(holder, section, names, seen)]
        if width < MIDDLE:
            parts += [_narrow(row, names, seen) for row in section]
        else:
            parts.append(_wide(section, names, seen, width))
    parts += [Text(), _legend()]
    return Group(*parts)


def _heading(rows: Sequence[StatusRow]) -> Text:
    belief = rows[0].belief
    text = f"Who holds what at {moment(belief.valid_at)}"
    if belief.known_at is not None:
        text += f", as known at {moment(belief.known_at)}"
    return Text(text, style="bold")


def _legend() -> Text:
    return Text(f"{CONTESTED_SYMBOL} contested: more than 3 chances in 10 that it is being fought "
                "over.  Claims/origins: how many claims, from how many independent origins.  "
                "Likelihoods in the words of ICD 203.", style="dim")


def _sections(rows: Sequence[StatusRow]) -> list[tuple[str | None, list[StatusRow]]]:
    """Rows by holder: sides that hold most first, unknown last; within, by area and name."""
    by_holder: dict[str | None, list[StatusRow]] = {}
    for row in rows:
        by_holder.setdefault(row.belief.holder, []).append(row)
    for section in by_holder.values():
        section.sort(key=lambda r: (r.belief.place.country or "", r.belief.place.name,
                                    r.belief.place.id))
    return sorted(by_holder.items(),
                  key=lambda kv: (kv[0] is None, -len(kv[1]), kv[0] or ""))


def _section_title(holder: str | None, section: Sequence[StatusRow], names: Names,
                   seen: Mapping[str, Look]) -> Text:
    count = f" ({len(section)})"
    if holder is None:
        return Text(f"{UNKNOWN_SYMBOL} {UNKNOWN.capitalize()}{count}: no side reaches one half",
                    style="bold")
    look = seen[holder]
    return Text.assemble((f"{look.symbol} {safe(names.state(holder))}", f"bold {look.colour}"),
                         (count, "bold"))


def _holder(belief: Belief, names: Names, seen: Mapping[str, Look]) -> Text:
    if belief.holder is not None:
        look = seen[belief.holder]
        text = Text(f"{look.symbol} {safe(names.state(belief.holder))}", style=look.colour)
    else:
        leading = f" (likeliest: {safe(names.state(belief.states[0][0]))})" if belief.states else ""
        text = Text(f"{UNKNOWN_SYMBOL} {UNKNOWN}{leading}")
    if belief.contested:
        text.append(f" {CONTESTED_SYMBOL}", style="bold")
    return text


def _chance(belief: Belief) -> Text:
    return Text(f"{percent(belief.probability_p):>4} {likelihood(belief.probability_p)}")


def _latest(row: StatusRow) -> Text:
    if row.latest is None:
        return Text("")
    return Text(f"{chain(row.latest.claim.sources)}, {published(row.latest.published)}")


def _wide(section: Sequence[StatusRow], names: Names, seen: Mapping[str, Look],
          width: int) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim",
                  width=width if width < 160 else 160)
    table.add_column("Place", ratio=4, overflow="fold")
    table.add_column("Kind, area", ratio=4, overflow="fold")
    table.add_column("Holder", ratio=5, overflow="fold")
    table.add_column("Chance", width=24, no_wrap=True)
    table.add_column("Since", ratio=4, overflow="fold")
    if width >= WIDE:
        table.add_column("Claims/origins", justify="right", width=14)
        table.add_column("Latest source", ratio=7, overflow="fold")
    for row in section:
        belief = row.belief
        cells = [Text(safe(belief.place.name), style="bold"), Text(place_kind(belief.place)),
                 _holder(belief, names, seen), _chance(belief), Text(since(belief))]
        if width >= WIDE:
            cells += [Text(f"{row.claims}/{row.origins}"), _latest(row)]
        table.add_row(*cells)
    return table


def _narrow(row: StatusRow, names: Names, seen: Mapping[str, Look]) -> Group:
    belief = row.belief
    first = Text.assemble((safe(belief.place.name), "bold"), f" · {place_kind(belief.place)}")
    second = Text("  ").append_text(_holder(belief, names, seen))
    second.append(f" · {_chance(belief).plain.strip()}")
    if since(belief):
        second.append(f" · since {since(belief)}")
    second.append(f" · {row.claims} claims, {row.origins} origins")
    return Group(first, second)


