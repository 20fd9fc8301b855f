"""A situation report: what changed, who holds what, what is disputed; every sentence cites."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import inf

from whoholds.core import CONTESTED, Belief, Place
from whoholds.views.changes import DifferenceView
from whoholds.views.exits import ExitView
from whoholds.views.forecasts import ForecastView
from whoholds.views.models import Cited, DisputeView, Names, StatusRow, published_key
from whoholds.views.tally import Number, SeriesView
from whoholds.views.words import (
    chain,
    day,
    likelihood,
    percent,
    period,
    place_kind,
    published,
    safe,
    since,
)

MOST_CITED = 3      # references after one sentence: the latest; the others stand in `explain`
MOST_NUMBERS = 12   # series told: those told of most often
AHEAD = ("planned", "ordered", "promised", "demanded", "forecast")
AHEAD_WORDS = {"planned": "a plan", "ordered": "an order", "promised": "a promise",
               "demanded": "a demand", "forecast": "a forecast"}


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of the brief and the claims that it rests on."""

    text: str
    cited: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its sentences."""

    title: str
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class BriefView:
    """What a brief is made of. ``start`` to ``end`` is the period; ``held`` all places at its end,
    ``ahead`` the claims published in it of what is to come, ``reports`` how many reports of how
    many ``outlets`` appeared in it."""

    theatre: str
    start: datetime
    end: datetime
    changed: tuple[DifferenceView, ...]
    held: tuple[StatusRow, ...]
    disputed: tuple[DisputeView, ...]
    numbers: tuple[SeriesView, ...]
    forecasts: tuple[ForecastView, ...]
    exits: tuple[tuple[str, tuple[ExitView, ...]], ...]
    ahead: tuple[Cited, ...]
    names: Names
    reports: int = 0
    outlets: int = 0
    claims_of: dict[str, tuple[Cited, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Brief:
    """A finished brief."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]


def brief(view: BriefView) -> Brief:
    """The brief in words; sections that have nothing to say are left out."""
    made = [Section("In short", tuple(_in_short(view))),
            Section("What changed", tuple(_changed(g, view.names) for g in _alike(view.changed))),
            Section("Who holds what", tuple(_held(view))),
            Section("Disputed", tuple(_dispute(d, view.names) for d in view.disputed)),
            Section("Numbers", tuple(_numbers(view))),
            Section("Ways out", tuple(_exits(view))),
            Section("Forecasts", tuple(_forecast(f, view.names) for f in view.forecasts)),
            Section("Outlook", tuple(_ahead(c) for c in view.ahead))]
    span = period(view.start, view.end)
    count = f"{view.reports} {'report' if view.reports == 1 else 'reports'} of {view.outlets} " \
            f"{'outlet' if view.outlets == 1 else 'outlets'}"
    return Brief(f"{safe(view.theatre)}: who holds what", f"{span}; from {count} of that time, and "
                 "what was known before", tuple(s for s in made if s.told))


# -- sentences ---------------------------------------------------------------------------------

def _in_short(view: BriefView) -> Iterable[Told]:
    taken: dict[str, list[DifferenceView]] = {}
    for d in view.changed:
        if d.what == "holder" and d.after.holder is not None:
            taken.setdefault(d.after.holder, []).append(d)
    for side, found in sorted(taken.items(), key=lambda kv: (-len(kv[1]), kv[0])):
        cited = tuple(c for d in found for c in d.cited[-1:])
        yield Told(f"{_capital(view.names.state(side))} came to hold {_places(found)} in this "
                   f"period, on the evidence now known.", cited)
    fights = [d for d in view.changed if d.what == "contested" and d.after.contested]
    if fights:
        yield Told(f"Fighting for {_places(fights)} began.",
                   tuple(c for d in fights for c in d.cited[-1:]))
    if not taken and not fights:
        yield Told("No place is known to have changed hands in this period.")
    count: dict[str, int] = {}
    for row in view.held:
        if row.belief.holder is not None:
            count[row.belief.holder] = count.get(row.belief.holder, 0) + 1
    unknown = sum(row.belief.holder is None for row in view.held)
    parts = [f"{safe(view.names.state(side))} {number}" for side, number in
             sorted(count.items(), key=lambda kv: (-kv[1], kv[0]))]
    if parts:
        rest = f"; of {unknown} nobody can say" if unknown else ""
        yield Told(f"Of the {len(view.held)} places that reports speak of, at the end of the "
                   f"period: {', '.join(parts)}{rest}.")
    for country, ways in view.exits:
        only = [w for w in ways if w.last or (w.only_p or 0) >= 0.5]
        for way in only[:1]:
            yield Told(f"{_name(way.belief.place)} is the last way out of {safe(country)} not in "
                       "the hands of the side that holds the others.", way.cited[-MOST_CITED:])


def _places(found: Sequence[DifferenceView]) -> str:
    names = [safe(d.place.name) for d in found]
    shown = names if len(names) <= 6 else [*names[:5], f"{len(names) - 5} other places"]
    return _listed(shown)


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _alike(found: Sequence[DifferenceView]) -> list[list[DifferenceView]]:
    """Places of which the same claims say the same, together: members of a set."""
    groups: dict[tuple[object, ...], list[DifferenceView]] = {}
    for d in found:
        if d.what != "probability":
            key = (d.what, tuple(c.claim.id for c in d.cited) or d.place.id, d.place.type,
                   d.before.holder, d.after.holder, percent(d.after.probability_p), since(d.after))
            groups.setdefault(key, []).append(d)
    return list(groups.values())


def _changed(group: Sequence[DifferenceView], names: Names) -> Told:
    difference = group[0]
    before, after = difference.before, difference.after
    where = f"{_name(difference.place)} ({place_kind(difference.place)})" if len(group) == 1 else \
        f"{_listed(sorted(_name(d.place) for d in group))} ({len(group)} places: " \
        f"{difference.place.type})"
    are = "is" if len(group) == 1 else "are"
    if difference.what == "contested":
        text = f"{where} {are} {'fought over' if after.contested else 'no longer fought over'}; " \
               f"{_state(after, names)}."
    elif after.holder is None:
        text = f"{where}: it is no longer clear who holds it (before: {_state(before, names)})."
    else:
        how = "came into the hands of" if before.holder is None else "passed from " \
            f"{safe(names.state(before.holder))} to"
        when = since(after)
        entered = f", {when}" if when and when != "not told" else ""
        text = f"{where} {how} {safe(names.state(after.holder))}{entered}; this is " \
               f"{likelihood(after.probability_p)} ({percent(after.probability_p)})."
    return Told(text, difference.cited)


def _state(belief: Belief, names: Names) -> str:
    if belief.holder is None:
        return "contested" if belief.contested else "holder unknown"
    return f"{safe(names.state(belief.holder))} {likelihood(belief.probability_p)} holds it " \
           f"({percent(belief.probability_p)})"


def _held(view: BriefView) -> Iterable[Told]:
    """A sentence for each side and degree of certainty, the surest first."""
    groups: dict[tuple[str, str], list[StatusRow]] = {}
    for row in sorted(view.held, key=lambda r: (-r.belief.probability_p, r.belief.place.name)):
        if row.belief.holder is not None:
            key = (row.belief.holder, likelihood(row.belief.probability_p))
            groups.setdefault(key, []).append(row)
    order = {side: i for i, side in enumerate(view.names.sides)}
    for (side, word), rows in sorted(groups.items(), key=lambda kv: (
            order.get(kv[0][0], len(order)), -kv[1][0].belief.probability_p, kv[0])):
        names = [f"{safe(r.belief.place.name)} ({percent(r.belief.probability_p)})" for r in rows]
        cited = tuple(r.latest for r in rows if r.latest is not None)
        verb = {"almost certain": "is almost certain to hold",
                "roughly even chance": "has a roughly even chance of holding"}.get(
                    word, f"{word} holds")
        yield Told(f"{_capital(view.names.state(side))} {verb} {_listed(names)}.", cited)
    fought = [row for row in view.held if row.belief.contested]
    if fought:
        yield Told(f"Fought over: {_listed([safe(r.belief.place.name) for r in fought])}.",
                   tuple(r.latest for r in fought if r.latest is not None))
    unknown = [row for row in view.held if row.belief.holder is None and not row.belief.contested]
    if unknown:
        yield Told("Who holds it is not known: "
                   f"{_listed([safe(r.belief.place.name) for r in unknown])}.",
                   tuple(r.latest for r in unknown if r.latest is not None))


def _dispute(dispute: DisputeView, names: Names) -> Told:
    said = []
    for position in dispute.positions:
        holder = "another side" if position.holder is None else safe(names.state(position.holder))
        if position.holder == CONTESTED:
            what = "it is not fought over" if position.denies else "it is fought over"
        else:
            what = f"{holder} {'does not hold' if position.denies else 'holds'} it"
        who = _listed(sorted({safe(c.claim.sources[-1].name) for c in position.cited})[:4] or ["?"])
        odds = "" if position.credence_p is None else f" ({percent(position.credence_p)})"
        said.append(f"{who}: {what}{odds}")
    when = "" if dispute.valid_to is None else f", {day(dispute.valid_to)}"
    settled = "" if dispute.settled is None else f" Settled since {day(dispute.settled)}."
    return Told(f"{_name(dispute.place)}{when}. {'; '.join(said)}.{settled}",
                tuple(p.cited[-1] for p in dispute.positions if p.cited))


def _numbers(view: BriefView) -> Iterable[Told]:
    often = sorted(view.numbers, key=lambda s: (-len(s.numbers), s.kind, s.unit))[:MOST_NUMBERS]
    for series in often:
        number = max(series.numbers, key=lambda n: published_key(n.cited))
        where = _name(series.place) if series.place else "No place named"
        who = f" by {safe(view.names.state(series.side))}" if series.side else ""
        wrong = [f for f in number.fits if not f.fits]
        check = ""
        if wrong:
            check = " It does not fit what others say or what the ledger counts: " \
                    f"{_bounds(wrong[0].low, wrong[0].high)}."
        yield Told(f"{where}: {_bounds(number.low, number.high)}{_of(number)} "
                   f"{_units(series.unit, number)} ({series.kind}{who}).{check}", (number.cited,))


_PLURALS = {"person": "people", "people": "people", "child": "children", "man": "men",
            "woman": "women", "police": "police", "personnel": "personnel", "aircraft": "aircraft",
            "wounded": "wounded", "dead": "dead", "troops": "troops"}


def _units(unit: str, number: Number) -> str:
    """What is counted, as many as there are: *27 children*, *1 helicopter*."""
    words = safe(unit).split()
    if not words or words[0] == "share" or (number.low == number.high == 1 and not number.of):
        return " ".join(words)
    last = words[-1]
    plural = _PLURALS.get(last) or next(
        (last[:-len(old)] + new for old, new in (("fman", "fmen"), ("sman", "smen"),
                                                 ("woman", "women"), ("eman", "emen"))
         if last.endswith(old)), None)
    if plural is None:
        plural = last if last.endswith("s") else (
            last[:-1] + "ies" if re.search("[^aeiou]y$", last) else
            last + ("es" if re.search("(?:[sxz]|[cs]h)$", last) else "s"))
    return " ".join([*words[:-1], plural])


def _of(number: Number) -> str:
    return "" if number.of is None else f" of {number.of:g}"


def _bounds(low: float, high: float) -> str:
    if high == inf:
        return f"at least {low:g}"
    if low == high:
        return f"{low:g}"
    return f"up to {high:g}" if low <= 0 else f"{low:g} to {high:g}"


def _exits(view: BriefView) -> Iterable[Told]:
    for country, ways in view.exits:
        for way in ways:
            route = {"open": "is open", "closed": "is closed"}.get(
                way.route, "may be open or closed: nobody says")
            yield Told(f"{safe(country)}: {_name(way.belief.place)} {route}; "
                       f"{_state(way.belief, view.names)}.",
                       way.cited or view.claims_of.get(way.belief.place.id, ())[-1:])


def _forecast(forecast: ForecastView, names: Names) -> Told:
    who = "" if forecast.side is None else f" by {safe(names.state(forecast.side))}"
    when = period(forecast.earliest, forecast.latest)
    said = f"{likelihood(forecast.said_p)}, {percent(forecast.said_p)}"
    return Told(f"{_capital(forecast.source)}: {forecast.kind} of {_name(forecast.place)}{who}, "
                f"{when} ({said}). So far: {forecast.state}.", forecast.cited)


def _ahead(cited: Cited) -> Told:
    claim = cited.claim
    words = safe(claim.span.of(cited.report.text))
    where = ""
    if claim.place is not None and claim.place.form == "name" and claim.place.text not in words:
        where = f", {safe(claim.place.text)}"
    no = "no " if claim.polarity == "denied" else ""
    return Told(f"{_capital(claim.sources[-1].name)}: “{words}”{where} "
                f"({no}{claim.kind}, {AHEAD_WORDS[claim.modality]}).", (cited,))


def _name(place: Place) -> str:
    return safe(place.name)


def _capital(text: str) -> str:
    clean = safe(text)
    return clean[:1].upper() + clean[1:]


# -- pages -------------------------------------------------------------------------------------

@dataclass
class _References:
    """Numbers claims' sentences as they are first cited."""

    numbers: dict[tuple[str, int], int] = field(default_factory=dict)
    cited: list[Cited] = field(default_factory=list)

    def of(self, told: Told) -> list[int]:
        latest = sorted(told.cited, key=published_key)[-MOST_CITED:]
        found = []
        for one in latest:
            key = (one.report.id, one.claim.sentence.start)
            if key not in self.numbers:
                self.numbers[key] = len(self.numbers) + 1
                self.cited.append(one)
            if self.numbers[key] not in found:
                found.append(self.numbers[key])
        return sorted(found)


def brief_markdown(made: Brief) -> str:
    """The brief in Markdown (CommonMark), references as numbered list items."""
    refs = _References()
    lines = [f"# {_md(made.title)}", "", f"*{_md(made.subtitle)}*", ""]
    for section in made.sections:
        lines += [f"## {section.title}", ""]
        for told in section.told:
            marks = "".join(f"[{n}](#ref-{n})" for n in refs.of(told))
            lines.append(f"- {_md(told.text)}{' ' + marks if marks else ''}")
        lines.append("")
    lines += ["## Sources", ""]
    for number, one in enumerate(refs.cited, 1):
        lines.append(f'{number}. <a id="ref-{number}"></a>{_md(_reference(one))}')
    return "\n".join(lines) + "\n"


def brief_html(made: Brief) -> str:
    """The brief as one HTML page that needs nothing from outside."""
    refs = _References()
    parts = [_HEAD.format(title=html.escape(made.title)), f"<h1>{html.escape(made.title)}</h1>",
             f'<p class="sub">{html.escape(made.subtitle)}</p>']
    for section in made.sections:
        parts += [f"<h2>{html.escape(section.title)}</h2>", "<ul>"]
        for told in section.told:
            marks = " ".join(f'<a href="#ref-{n}">[{n}]</a>' for n in refs.of(told))
            parts.append(f"<li>{html.escape(told.text)} <sup>{marks}</sup></li>")
        parts.append("</ul>")
    parts += ["<h2>Sources</h2>", "<ol>"]
    parts += [f'<li id="ref-{n}">{html.escape(_reference(one))}</li>'
              for n, one in enumerate(refs.cited, 1)]
    return "\n".join([*parts, "</ol>", "</main></body></html>"]) + "\n"


def brief_lines(made: Brief, wrap: Callable[[str], str] = safe) -> list[tuple[str, str]]:
    """The brief as (style, text) pairs, for pages that are set line by line: *title*, *subtitle*,
    *heading*, *item*, *source*."""
    refs = _References()
    lines = [("title", wrap(made.title)), ("subtitle", wrap(made.subtitle))]
    for section in made.sections:
        lines.append(("heading", section.title))
        for told in section.told:
            marks = "".join(f" [{n}]" for n in refs.of(told))
            lines.append(("item", wrap(told.text) + marks))
    lines.append(("heading", "Sources"))
    lines += [("source", f"{n}. {wrap(_reference(one))}") for n, one in enumerate(refs.cited, 1)]
    return lines


def _reference(cited: Cited) -> str:
    sources = cited.claim.sources
    url = cited.report.url
    said = f" ({chain(sources)})" if len(sources) > 1 else ""
    link = f" {url}" if url and url.startswith(("https://", "http://")) else ""
    return f"{safe(cited.report.outlet)}, {published(cited.published)}{said}: " \
           f"“{safe(cited.sentence)}”{link}"


def _md(text: str) -> str:
    """Text that Markdown takes for text: no tag, link, emphasis or table in it."""
    return re.sub(r"([\\`*_\[\]#|<>&])", r"\\\1", text)


_HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 1rem/1.5 system-ui, sans-serif; margin: 0; }}
main {{ max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }}
h1 {{ font-size: 1.6rem; line-height: 1.2; margin: 0; }}
h2 {{ font-size: 1.15rem; margin: 2rem 0 .5rem; border-bottom: 1px solid #8886; }}
.sub {{ color: #666; margin: .25rem 0 0; }}
li {{ margin: .3rem 0; }} sup {{ line-height: 0; }} sup a {{ text-decoration: none; }}
ol {{ font-size: .9rem; }} ol li:target {{ background: #fe08; }}
@media (prefers-color-scheme: dark) {{ .sub {{ color: #aaa; }} a {{ color: #8ab4f8; }} }}
@media print {{ a {{ color: inherit; }} }}
</style></head><body><main>"""
