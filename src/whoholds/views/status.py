"""The status table: who holds each place, how surely, since when, from how many origins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from whoholds.core import OTHER, Belief, Json, Place, instant_text
from whoholds.views.models import Names, StatusRow
from whoholds.views.sides import CONTESTED_SYMBOL, UNKNOWN_SYMBOL, Look, looks
from whoholds.views.terminal import Terminal, render
from whoholds.views.words import (
    chain,
    day,
    likelihood,
    moment,
    percent,
    place_kind,
    safe,
    since,
)

# Columns of text at which the table grows no wider, has all its columns, becomes a list; chosen so
# that no cell wraps on the samples.
WIDEST, WIDE, MIDDLE = 180, 136, 96
NARROW_COLUMNS = 5    # where there is no room for counts and sources
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
    seen = looks((row.belief for row in rows), names.sides)
    parts: list[RenderableType] = [_heading(rows), _balance(rows, names, seen)]
    for number, (holder, section) in enumerate(_sections(rows)):
        parts.append(Text())
        if width < MIDDLE:
            parts.append(_section_title(holder, section, names, seen))
            parts += [_narrow(row, names) for row in section]
        else:
            columns = _columns(rows, names, width)
            parts.append(_wide(section, names, seen, columns, header=number == 0))
    parts += [Text(), _legend(width)]
    return Group(*parts)


def _heading(rows: Sequence[StatusRow]) -> Text:
    belief = rows[0].belief
    text = f"Who holds what at {moment(belief.valid_at)}"
    if belief.known_at is not None:
        text += f", as known at {moment(belief.known_at)}"
    return Text(text, style="bold")


def _balance(rows: Sequence[StatusRow], names: Names, seen: Mapping[str, Look]) -> Text:
    """How many places each side holds, in one line."""
    line = Text()
    for holder, section in _sections(rows):
        line.append("   " if line else "")
        line.append_text(_section_title(holder, section, names, seen))
    contested = sum(row.belief.contested for row in rows)
    return line.append(f"   {CONTESTED_SYMBOL} contested {contested}") if contested else line


def _legend(width: int) -> Text:
    text = f"{CONTESTED_SYMBOL} contested: the chance that it is being fought over is above 30%."
    if width >= WIDE:
        text += "  Claims: how many / from how many independent origins."
    return Text(f"{text}  Chances in the words of ICD 203.", style="dim")


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
    if holder is None:
        return Text(f"{UNKNOWN_SYMBOL} {UNKNOWN} {len(section)}")
    look = seen[holder]
    return Text.assemble((f"{look.symbol} {safe(names.state(holder))}", look.colour),
                         f" {len(section)}")


def _holder(belief: Belief, names: Names, seen: Mapping[str, Look]) -> Text:
    if belief.holder is None:
        text = Text(f"{UNKNOWN_SYMBOL} {UNKNOWN}")
    else:
        look = seen[belief.holder]
        text = Text(f"{look.symbol} {safe(names.state(belief.holder))}", style=look.colour)
    return text.append(f" {CONTESTED_SYMBOL}", style="bold") if belief.contested else text


def _chance(belief: Belief, names: Names) -> str:
    """The holder's chance in number and word; of an unknown holder, the likeliest that is told."""
    if belief.holder is not None:
        return f"{percent(belief.probability_p):>4} {likelihood(belief.probability_p)}"
    state, chance = belief.states[0] if belief.states else (OTHER, 1.0)
    if state == OTHER:
        return "no side is likely"
    return f"{percent(chance):>4} {safe(names.state(state))}"


def _latest(row: StatusRow) -> str:
    if row.latest is None:
        return ""
    when = row.latest.published
    on = f"{day(when.latest, year=False)}, " if when and when.latest else ""
    return on + chain(row.latest.claim.sources)


def _columns(rows: Sequence[StatusRow], names: Names, width: int) -> tuple[int, ...]:
    """Widths of the columns: as wide as what they hold, within limits, the last takes the rest."""
    def widest(cells: Iterable[str], least: int, most: int) -> int:
        return max(least, min(most, max(cell_len(cell) for cell in cells)))
    full = width >= WIDE
    place = widest((safe(r.belief.place.name) for r in rows), 5, 24)
    kind = widest((_kind(r.belief.place, full) for r in rows), 4, 24)
    holder = widest((safe(names.state(r.belief.holder or UNKNOWN)) + "    " for r in rows), 11, 26)
    chance = widest((_chance(r.belief, names) for r in rows), 6, 24)
    start = widest((since(r.belief) for r in rows), 5, 24)
    rest = min(width, WIDEST) - (place + holder + chance + start) - 2 * (7 if full else 5)
    if not full:
        return place, max(min(kind, rest), 9), holder, chance, start
    return place, kind, holder, chance, start, 6, max(rest - kind - 6, 12)


def _kind(place: Place, full: bool) -> str:
    """The kind of place; with its area where there is room for it."""
    return place_kind(place if full else replace(place, adm1=None))


def _wide(section: Sequence[StatusRow], names: Names, seen: Mapping[str, Look],
          columns: Sequence[int], *, header: bool) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim",
                  show_header=header)
    full = len(columns) > NARROW_COLUMNS
    titles = ("Place", "Kind, area" if full else "Kind", "Holder", "Chance", "Since", "Claims",
              "Latest source")
    for title, wide in zip(titles, columns, strict=False):
        table.add_column(title, width=wide, overflow="ellipsis" if title == titles[-1] else "fold",
                         no_wrap=title == titles[-1])
    for row in section:
        belief = row.belief
        cells = [Text(safe(belief.place.name), style="bold"), Text(_kind(belief.place, full)),
                 _holder(belief, names, seen), Text(_chance(belief, names)), Text(since(belief)),
                 Text(f"{row.claims:>3}/{row.origins}"), Text(_latest(row))]
        table.add_row(*cells[:len(columns)])
    return table


def _narrow(row: StatusRow, names: Names) -> Text:
    belief = row.belief
    line = Text.assemble("  ", (safe(belief.place.name), "bold"), f" ({place_kind(belief.place)})")
    if belief.contested:
        line.append(f" {CONTESTED_SYMBOL}", style="bold")
    line.append(f": {_chance(belief, names).strip()}")
    if since(belief):
        line.append(f", {since(belief)}")
    return line
