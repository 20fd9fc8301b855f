"""Pictures that need no browser: the map at one moment, the bands of a place, what happened when.

All are SVG 1.1, text from outside escaped; :func:`png` turns one into a bitmap.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from whoholds.core import CONTESTED, OTHER, Belief, UsageError
from whoholds.views.map import AREAS, LARGE_CITY
from whoholds.views.models import Names, Outline
from whoholds.views.projection import path, sheet_for
from whoholds.views.sides import COLOURS, Look, looks
from whoholds.views.timeline import CHANGE, EventView
from whoholds.views.words import day, moment, percent, safe

WIDTH, HEIGHT = 1200, 800              # pixels of the map
CHART, TOP, LEFT, RIGHT = 360, 64, 56, 24
ROW = 26                               # pixels of a line of the timeline
UNKNOWN, DISPUTED = "#6f6f6f", "#333333"
HATCH = (f'<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" '
         f'patternTransform="rotate(45)"><rect width="1.8" height="5" fill="{DISPUTED}"/></pattern>'
         '</defs>')
FADE = ('<defs><linearGradient id="mist"><stop offset="0" stop-color="#ffffff"/>'
        '<stop offset="1" stop-color="#ffffff" stop-opacity="0"/></linearGradient></defs>')
FONT = "'Source Sans Pro', 'Source Sans 3', system-ui, sans-serif"
LABELS = 80                            # names on the map at most
MARKS = (5.5, 6.5, 8.5, 10.5)          # half the size of a marker by rank, pixels
DATES = 8                              # dates under a chart at most


def _page(width: float, height: float, title: str, parts: Iterable[str]) -> str:
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
            f'viewBox="0 0 {width:g} {height:g}" font-family="{FONT}" role="img">\n'
            f"<title>{html.escape(safe(title))}</title>\n"
            f'<rect width="100%" height="100%" fill="#ffffff"/>\n' + "\n".join(parts)
            + "\n</svg>\n")


def _words(x: float, y: float, text: str, size: float = 14, *, anchor: str = "start",
           colour: str = "#222222", bold: bool = False, halo: bool = False) -> str:
    around = ' stroke="#ffffff" stroke-width="3" paint-order="stroke"' if halo else ""
    weight = ' font-weight="600"' if bold else ""
    return (f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}" '
            f'fill="{colour}"{weight}{around}>{html.escape(safe(text))}</text>')


# -- the map -----------------------------------------------------------------------------------

def map_svg(title: str, beliefs: Sequence[Belief], names: Names,
            outlines: Iterable[Outline] = ()) -> str:
    """Who holds each located place, as one picture. Colour and shape tell the side, opacity how
    sure it is; hatched places are fought over. Raises UsageError where no place is located."""
    drawn = [b for b in beliefs if b.place.latitude is not None and b.place.longitude is not None
             and b.place.type not in ("country", "set")]
    if not drawn:
        raise UsageError("no place here has coordinates: there is nothing to draw")
    sheet = sheet_for(b.place for b in drawn)
    scale = min((WIDTH - 40) / sheet.width, (HEIGHT - 150) / sheet.height)
    dx, dy = (WIDTH - sheet.width * scale) / 2, TOP + (HEIGHT - 150 - sheet.height * scale) / 2
    shapes = []
    for outline in outlines:
        pieces = [piece for ring in outline.rings for piece in sheet.ring(ring)]
        if pieces:
            shapes.append(f'<path d="{path(pieces)}" fill="#f4f2ec" stroke="#b9b4a6" '
                          f'stroke-width="{1 / scale:.2f}"/>')
    ground = [f'<clipPath id="frame"><rect x="0" y="{TOP}" width="{WIDTH}" '
              f'height="{HEIGHT - 150}"/></clipPath>',
              f'<g clip-path="url(#frame)"><rect y="{TOP}" width="{WIDTH}" height="{HEIGHT - 150}" '
              f'fill="#e8eef2"/><g transform="translate({dx:.1f} {dy:.1f}) scale({scale:.4f})">',
              *shapes, "</g>"]
    seen = looks(beliefs, names.sides)
    spots = [_Spot(belief, dx + at[0] * scale, dy + at[1] * scale) for belief in sorted(
        drawn, key=_weight) if (at := sheet.spot(belief.place)) is not None]
    marks = [_mark(one, seen.get(one.belief.holder or "")) for one in spots]
    when = beliefs[0].valid_at if beliefs else datetime(1970, 1, 1, tzinfo=UTC)
    known = beliefs[0].known_at
    told = f"{moment(when)}" + (f", as known at {moment(known)}" if known else "")
    return _page(WIDTH, HEIGHT, title, [
        _words(20, 30, title, 22, bold=True), _words(20, 52, told, 14, colour="#555555"),
        HATCH, *ground, *marks, *_labels(spots), "</g>", *_legend(seen, names, drawn)])


@dataclass(frozen=True, slots=True)
class _Spot:
    """A belief and where its place is drawn."""

    belief: Belief
    x: float
    y: float

    @property
    def rank(self) -> int:
        """As markers of the map's page: 3 for capitals and large cities, 0 for areas."""
        place = self.belief.place
        if place.type in AREAS:
            return 0
        if place.feature_code == "PPLC" or (place.population or 0) >= LARGE_CITY:
            return 3
        return 2 if place.type == "city" else 1

    @property
    def radius(self) -> float:
        return MARKS[self.rank]


def _weight(belief: Belief) -> tuple[int, int, str]:
    """The order in which markers are drawn: the most important last, on top."""
    return _Spot(belief, 0, 0).rank, belief.place.population or 0, belief.place.name


def _labels(spots: Sequence[_Spot]) -> list[str]:
    """Names from the most important place down, where they cover neither names nor markers."""
    taken = [(s.x - s.radius, s.y - s.radius, s.x + s.radius, s.y + s.radius) for s in spots]
    found = list[str]()
    for spot in reversed(spots):
        rank, name = spot.rank, safe(spot.belief.place.name)
        text = name.upper() if rank == 0 else name
        size = (10, 12, 13, 16)[rank]
        wide, away = size * (0.62 if rank == 0 else 0.54) * len(text), spot.radius + 4
        places = ((spot.x + away, spot.y + 4), (spot.x - away - wide, spot.y + 4),
                  (spot.x - wide / 2, spot.y + away + size * 0.8),
                  (spot.x - wide / 2, spot.y - away - 2))
        for left, base in places:
            box = (left - 2, base - size * 0.8, left + wide + 2, base + 3)
            inside = left > 4 and left + wide < WIDTH - 4
            if inside and len(found) < LABELS and not any(_meet(box, one) for one in taken):
                taken.append(box)
                found.append(_words(left, base, text, size, halo=True, bold=rank >= 2,
                                    colour="#222222" if rank >= 2 else "#555555"))
                break
    return found


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _mark(spot: _Spot, look: Look | None) -> str:
    belief, x, y, r = spot.belief, spot.x, spot.y, spot.radius
    sure = 0.25 + 0.75 * max(0.0, min(1.0, (belief.probability_p - 0.5) / 0.45))
    who = f"<title>{html.escape(safe(belief.place.name))} {percent(belief.probability_p)}</title>"
    ground = _shape(x, y, r, look, "#ffffff", 1, "none")
    filled = _shape(x, y, r, look, look.colour, sure, look.colour) if look else \
        _shape(x, y, r, None, "#ffffff", 0.4, UNKNOWN, dashed=True)
    hatched = _shape(x, y, r, look, "url(#hatch)", 1, "none") if belief.contested else ""
    return f"<g>{who}{ground}{filled}{hatched}</g>"


def _shape(x: float, y: float, r: float, look: Look | None, fill: str, sure: float, line: str,
           *, dashed: bool = False) -> str:
    style = f'fill="{fill}" fill-opacity="{sure:.2f}" stroke="{line}" stroke-width="1.5"' \
            + (' stroke-dasharray="3 2.2"' if dashed else "")
    kind = look.shape if look else "circle"
    if kind == "square":
        return (f'<rect x="{x - r * .85:.1f}" y="{y - r * .85:.1f}" width="{r * 1.7:.1f}" '
                f'height="{r * 1.7:.1f}" {style}/>')
    if kind == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" {style}/>'
    corners = {"triangle": ((0, -1), (1, .8), (-1, .8)), "wedge": ((0, 1), (1, -.8), (-1, -.8)),
               "diamond": ((0, -1.1), (1.1, 0), (0, 1.1), (-1.1, 0))}[kind]
    return '<polygon points="' + " ".join(
        f"{x + r * a:.1f},{y + r * b:.1f}" for a, b in corners) + f'" {style}/>'


def _legend(seen: dict[str, Look], names: Names, drawn: Sequence[Belief]) -> list[str]:
    held = {b.holder for b in drawn}
    x, y, parts = 24.0, HEIGHT - 50.0, []
    for side, look in seen.items():
        if side in held:
            name = names.state(side)
            parts += [_shape(x, y, 7, look, look.colour, 1, look.colour),
                      _words(x + 14, y + 5, name)]
            x += 40 + 7.4 * len(name)
    if None in held:
        parts += [_shape(x, y, 7, None, "#ffffff", .4, UNKNOWN, dashed=True),
                  _words(x + 14, y + 5, "unknown")]
        x += 90
    if any(b.contested for b in drawn):
        parts += [_shape(x, y, 7, None, "url(#hatch)", 1, DISPUTED),
                  _words(x + 14, y + 5, "fought over")]
    note = "The paler, the less sure. Small capitals: an area."
    return [*parts, _words(24, HEIGHT - 18, note, 12, colour="#555555")]


# -- charts ------------------------------------------------------------------------------------

def bands_svg(title: str, times: Sequence[datetime], states: Sequence[str],
              rows: Sequence[Sequence[float]], names: Names) -> str:
    """Who held a place over time, as stacked bands of probability. ``rows`` has a probability for
    each of ``states`` at each of ``times``, rising; UsageError where there are fewer than two."""
    if len(times) < 2:
        raise UsageError("a chart wants two moments at least")
    width, start, end = float(WIDTH), times[0], times[-1]
    x = _scale(start, end, LEFT, width - RIGHT)
    floor, high = TOP + CHART, float(CHART)
    seen = {state: (colour, "url(#hatch)") if state == CONTESTED else (colour,)
            for state, colour in _looks_of(states, names).items()}
    parts = [HATCH, _words(20, 30, title, 22, bold=True), *_grid(start, end, x, floor)]
    below = [0.0] * len(times)
    for index, state in enumerate(states):
        above = [b + float(row[index]) for b, row in zip(below, rows, strict=True)]
        if max(a - b for a, b in zip(above, below, strict=True)) >= 0.005:
            edge = [f"{x(t):.1f},{floor - a * high:.1f}" for t, a in zip(times, above, strict=True)]
            foot = [f"{x(t):.1f},{floor - b * high:.1f}" for t, b in zip(times, below, strict=True)]
            parts += [f'<polygon points="{" ".join([*edge, *reversed(foot)])}" fill="{fill}"/>'
                      for fill in seen[state]]
        below = above
    for share in (0, 0.5, 1):
        parts.append(_words(LEFT - 8, floor - share * high + 5, f"{share:.0%}", 12,
                            anchor="end", colour="#555555"))
    at = float(LEFT)
    for state in states:
        if max(float(row[states.index(state)]) for row in rows) >= 0.005:
            name = "nobody told of" if state == OTHER else names.state(state)
            parts += [*(f'<rect x="{at:.1f}" y="{floor + 40}" width="14" height="14" '
                        f'fill="{fill}"/>' for fill in seen[state]),
                      _words(at + 20, floor + 52, name)]
            at += 46 + 7.4 * len(name)
    return _page(width, floor + 76, title, parts)


def _looks_of(states: Sequence[str], names: Names) -> dict[str, str]:
    """The colour of each state: its side's look, greys for the rest."""
    sides = [s for s in states if s not in (CONTESTED, OTHER)]
    order = [*(s for s in names.sides if s in sides), *sorted(set(sides) - set(names.sides))]
    full = [*names.sides, *(s for s in order if s not in names.sides)]
    found = {s: COLOURS[full.index(s) % len(COLOURS)] for s in order}
    return {**found, CONTESTED: "#e9ebed", OTHER: "#dfe1e4"}


def timeline_svg(title: str, events: Sequence[EventView], names: Names) -> str:
    """What happened, a line for each event, drawn over the time in which it may have happened;
    a dot stands at the likeliest moment. UsageError where nothing has a time."""
    timed = [e for e in events if e.earliest or e.latest]
    if not timed:
        raise UsageError("nothing here has a time: there is nothing to draw")
    ends = [t for e in timed for t in (e.earliest, e.median, e.latest) if t]
    start, end = min(ends), max(ends)
    if end - start < timedelta(days=1):
        start, end = start - timedelta(hours=12), end + timedelta(hours=12)
    left = 330
    x = _scale(start, end, left, WIDTH - RIGHT)
    height = TOP + ROW * len(timed) + 60
    seen = _looks_of(sorted({e.actor_side for e in timed if e.actor_side}), names)
    parts = [FADE, _words(20, 30, title, 22, bold=True),
             *_grid(start, end, x, TOP + ROW * len(timed))]
    for number, event in enumerate(timed):
        y = TOP + ROW * number + ROW / 2
        colour = seen.get(event.actor_side or "", UNKNOWN)
        low, high = x(event.earliest or start), x(event.latest or end)
        who = names.state(event.actor_side) if event.actor_side else "somebody"
        what = f"{event.place.name} → {who}" if event.kind == CHANGE else \
            f"{event.place.name}: {event.kind}, {who}"
        parts += [_words(left - 12, y + 4, what if len(what) < 48 else what[:47] + "…", 13,
                         anchor="end"),
                  f'<rect x="{low:.1f}" y="{y - 5:.1f}" width="{max(high - low, 3):.1f}" '
                  f'height="10" rx="3" fill="{colour}" '
                  f'fill-opacity="{0.25 + 0.6 * event.probability_p:.2f}"/>']
        if event.earliest is None:      # since nobody knows when: it comes out of the mist
            parts.append(f'<rect x="{low - 1:.1f}" y="{y - 6:.1f}" height="12" fill="url(#mist)" '
                         f'width="{(high - low) / 2:.1f}"/>')
        if event.median is not None:
            parts.append(f'<circle cx="{x(event.median):.1f}" cy="{y:.1f}" r="5" fill="{colour}"/>')
    return _page(WIDTH, height, title, parts)


class _scale:
    """Maps moments to pixels."""

    def __init__(self, start: datetime, end: datetime, left: float, right: float) -> None:
        self.start, self.left = start, left
        self.per_second = (right - left) / max((end - start).total_seconds(), 1.0)

    def __call__(self, when: datetime) -> float:
        return self.left + (when - self.start).total_seconds() * self.per_second


def _grid(start: datetime, end: datetime, x: _scale, floor: float) -> list[str]:
    """Lines at the starts of days, weeks or months, with their dates under them."""
    days = max((end - start).days, 1)
    step = next(s for s in (1, 2, 7, 14, 30, 90, 365, 3650) if days / s <= DATES or s == 3650)
    at = start.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    parts = []
    while at <= end:
        parts += [f'<line x1="{x(at):.1f}" x2="{x(at):.1f}" y1="{TOP - 8}" y2="{floor:.1f}" '
                  'stroke="#dddddd"/>',
                  _words(x(at), floor + 20, day(at, at.year != end.year or step > 90), 12,
                         anchor="middle", colour="#555555")]
        at += timedelta(days=step)
    return parts


def png(svg: str, zoom: float = 2.0) -> bytes:
    """The picture as PNG, ``zoom`` times as large. UsageError where the extra *formats* is not
    installed."""
    try:
        import font_source_sans_pro as fonts
        import resvg_py
    except ImportError as error:
        raise UsageError("a PNG needs resvg-py: pip install 'whoholds[formats]'") from error
    return bytes(resvg_py.svg_to_bytes(
        svg_string=svg, zoom=int(zoom), skip_system_fonts=True, font_family="Source Sans Pro",
        font_files=[str(fonts.SourceSansPro), str(fonts.SourceSansProSemibold)]))
