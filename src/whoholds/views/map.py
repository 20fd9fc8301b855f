"""The map: one HTML file that opens offline, with a time slider and the sentences behind it."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from importlib import resources

from whoholds.core import CONTESTED, OTHER, Belief, Evidence, Json, Place, Report, instant_text
from whoholds.views.models import (
    Cited,
    MapView,
    Names,
    Outline,
    by_sentence,
    cite,
    marked_pieces,
)
from whoholds.views.projection import Point, Sheet, inside, name_spot, path, sheet_for
from whoholds.views.sides import Look, looks
from whoholds.views.words import (
    chain,
    claim_says,
    moment,
    period,
    place_kind,
    published,
    safe,
    why_unmoved,
)

SCRIPTS = ("stage.js", "markers.js", "panel.js", "main.js")
AREAS = frozenset({"province", "district", "region", "country", "area", "set"})
UNDRAWN = frozenset({"country", "set"})   # too large for a point to say anything
LARGE_CITY = 1_000_000                    # inhabitants


def map_view(title: str, frames: Iterable[tuple[datetime, Sequence[Belief]]],
             evidence: Iterable[Evidence], reports: Mapping[str, Report], names: Names, *,
             known_at: datetime | None = None, outlines: Iterable[Outline] = ()) -> MapView:
    """Gathers what the map shows. ``frames`` are beliefs at each step of the slider."""
    steps = tuple((at, tuple(beliefs)) for at, beliefs in sorted(frames, key=lambda f: f[0]))
    shown = {b.place.id for _, beliefs in steps for b in beliefs}
    return MapView(title, steps, cite((e for e in evidence if e.place_id in shown), reports), names,
                   known_at, tuple(outlines))


def map_html(view: MapView) -> str:
    """The map as one HTML document that needs nothing from outside."""
    style = _asset("map.css")
    script = '"use strict";\n(() => {\n' + "\n".join(_asset(name) for name in SCRIPTS) + "\n})();\n"
    policy = "; ".join((
        "default-src 'none'", f"script-src 'sha256-{_digest(script)}'",
        f"style-src 'sha256-{_digest(style)}'", "base-uri 'none'", "form-action 'none'"))
    parts = {"title": html.escape(safe(view.title)), "policy": html.escape(policy),
             "style": style, "script": script, "data": embedded(map_data(view))}
    page = _asset("map.html")
    before, *rest = page.split("{{")
    out = [before]
    for piece in rest:  # one pass, so that what is put in is never looked at again
        name, after = piece.split("}}", 1)
        out += [parts[name], after]
    return "".join(out)


def embedded(data: Json) -> str:
    """JSON that is safe inside a ``script`` element: no ``<``, ``>``, ``&``, ASCII only."""
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _asset(name: str) -> str:
    return resources.files("whoholds.views").joinpath("assets", name).read_text("utf8")


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf8")).digest()).decode("ascii")


def map_data(view: MapView) -> dict[str, Json]:
    """What the map's script is given. Each place has its distinct ``rows`` of
    ``[holder, contested, per mille of each of its states …]`` and, for each step, which applies;
    holders and states are indices into ``sides``, -1 for unknown."""
    all_beliefs = [b for _, beliefs in view.frames for b in beliefs]
    sheet = sheet_for(b.place for b in all_beliefs if b.place.type not in UNDRAWN)
    seen = looks(all_beliefs, view.names.sides)
    order = [*seen, CONTESTED, OTHER]
    index = {state: i for i, state in enumerate(order)}
    places = _places(view)
    steps = [{b.place.id: b for b in beliefs} for _, beliefs in view.frames]
    spots = {place.id: i for i, place in enumerate(places)}
    about: list[list[Cited]] = [[] for _ in places]
    for cited in reversed(view.cited):
        if cited.evidence and cited.evidence.place_id in spots:
            about[spots[cited.evidence.place_id]].append(cited)
    return {
        "title": safe(view.title),
        "known": None if view.known_at is None else moment(view.known_at),
        "size": [round(sheet.width, 1), round(sheet.height, 1)],
        "box": [round(edge, 1) for edge in sheet.box], "km": sheet.km_per_unit,
        "steps": [instant_text(at) for at, _ in view.frames],
        "sides": [_side(state, seen.get(state), view.names) for state in order],
        "grid": sheet.graticule(), "base": _base(view.outlines, sheet, places),
        "places": [{**_place(place, steps, view.names.country(place.country),
                             _spot(place, sheet), index), "claims": _claims(about[i])}
                   for i, place in enumerate(places)]}


def _places(view: MapView) -> list[Place]:
    found: dict[str, Place] = {}
    for _, beliefs in view.frames:
        for belief in beliefs:
            found.setdefault(belief.place.id, belief.place)
    return sorted(found.values(), key=lambda p: (*(-int(r) for r in _rank(p)), p.name, p.id))


def _size(place: Place) -> int:
    """How large a marker is: 3 for capitals and cities of a million, 2 for cities, 1 for other
    spots, 0 for areas, whose one point stands for no spot."""
    if place.type in AREAS:
        return 0
    if place.feature_code == "PPLC" or (place.population or 0) >= LARGE_CITY:
        return 3
    return 2 if place.type == "city" else 1


def _rank(place: Place) -> tuple[int, bool, int]:
    """Which places' names matter most."""
    return _size(place), place.feature_code == "PPLA", place.population or 0


def _spot(place: Place, sheet: Sheet) -> Point | None:
    return None if place.type in UNDRAWN else sheet.spot(place)


def _side(state: str, look: Look | None, names: Names) -> Json:
    name = safe(names.state(state))
    if look is None:
        return {"name": name, "colours": None, "shape": None}
    return {"name": name, "colours": [look.colour, look.on_dark], "shape": look.shape}


def _base(outlines: Iterable[Outline], sheet: Sheet, places: Iterable[Place]) -> list[Json]:
    """The outlines in sight; those that places lie in are in focus."""
    spots = [spot for place in places if (spot := _spot(place, sheet)) is not None]
    drawn: list[Json] = []
    for outline in outlines:
        pieces = [piece for ring in outline.rings for piece in sheet.ring(ring)]
        if pieces:
            at = name_spot(pieces)
            drawn.append({
                "name": safe(outline.name), "d": path(pieces),
                "at": None if at is None else [round(at[0], 1), round(at[1], 1)],
                "focus": sum(inside(spot, pieces) for spot in spots) * 10 > len(spots)})
    return drawn


def _place(place: Place, steps: Sequence[Mapping[str, Belief]], country: str | None,
           spot: Point | None, index: Mapping[str, int]) -> dict[str, Json]:
    by_step = [beliefs.get(place.id) for beliefs in steps]
    states = sorted({s for b in by_step if b for s, _ in b.states}, key=lambda s: index[s])
    rows: list[list[int]] = []
    at: list[int] = []
    for belief in by_step:
        row = _row(belief, states, index)
        if row not in rows:
            rows.append(row)
        at.append(rows.index(row))
    return {"id": place.id, "name": safe(place.name), "kind": place_kind(place),
            "country": safe(country) if country else None,
            "at": [round(spot[0], 2), round(spot[1], 2)] if spot else None,
            "size": _size(place),
            "states": [index[s] for s in states], "rows": rows, "row": at}


def _row(belief: Belief | None, states: Sequence[str], index: Mapping[str, int]) -> list[int]:
    if belief is None:
        return [-1, 0, *(0 for _ in states)]
    chance = dict(belief.states)
    holder = -1 if belief.holder is None else index[belief.holder]
    return [holder, int(belief.contested), *(round(1000 * chance.get(s, 0.0)) for s in states)]


def _claims(about: Iterable[Cited]) -> list[Json]:
    """What is said of a place: an entry for each sentence of each report."""
    by_report: dict[str, list[Cited]] = {}
    for cited in about:
        by_report.setdefault(cited.claim.report_id, []).append(cited)
    return [_claim(group) for found in by_report.values() for group in by_sentence(found)]


def _claim(group: Sequence[Cited]) -> Json:
    """Claims that one report makes in one sentence."""
    first = group[0]
    url = first.report.url
    copied = any(c.evidence and c.evidence.copy_of for c in group)
    return {"pieces": [[text, int(marked)] for text, marked in marked_pieces(group)],
            "chains": sorted({chain(c.claim.sources) for c in group}),
            "published": published(first.published), "says": [_says(c) for c in group],
            "copy": copied,
            "time": instant_text(first.published.latest) if first.published else None,
            "url": url if url and url.startswith(("https://", "http://")) else None}


def _says(cited: Cited) -> str:
    claim = cited.claim
    when = period(claim.valid.earliest, claim.valid.latest) if claim.valid else "undated"
    parts = [f"{claim_says(claim)}; {when}"]
    if claim.hedges:
        parts.append(f"hedged: {safe(', '.join(claim.hedges))}")
    if claim.modality != "actual":
        parts.append(why_unmoved(claim))
    return " · ".join(parts)
