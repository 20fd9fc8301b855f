"""Numbers told, as bounds, and whether they fit each other and what the ledger itself counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from whoholds.core import Interval, Json, Place
from whoholds.views.explain import cited_data, quotations
from whoholds.views.models import Cited, Names
from whoholds.views.terminal import Terminal, render
from whoholds.views.words import chain, period, place_kind, safe


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a number fits. ``rule``: *parts* and *share* (of its own claim), *sources* (another
    claim of the same day), *ledger* (members of the place set believed to be so, ``low`` to
    ``high``; of ``untold`` of them nobody says who holds them, ``high`` counts them in)."""

    rule: str
    fits: bool
    low: float
    high: float
    untold: int = 0
    others: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True)
class Number:
    """A number told: between ``low`` and ``high`` (infinite: no bound), ``of`` a whole, and how it
    fits."""

    low: float
    high: float
    of: float | None
    valid: Interval | None
    cited: Cited
    fits: tuple[Fit, ...]


@dataclass(frozen=True, slots=True)
class SeriesView:
    """All numbers of one thing: ``unit`` of ``kind`` by ``side`` at ``place`` (None: unsaid)."""

    kind: str
    side: str | None
    place: Place | None
    unit: str
    numbers: tuple[Number, ...]


def tally_data(series: Sequence[SeriesView], names: Names) -> list[dict[str, Json]]:
    """The series as JSON; a missing bound is null."""
    def end(value: float) -> float | None:
        return None if value == inf else value
    return [{
        "unit": s.unit, "kind": s.kind, "side": None if s.side is None else names.state(s.side),
        "side_id": s.side, "place": s.place.name if s.place else None,
        "place_id": s.place.id if s.place else None, "numbers": [{
            "low": n.low, "high": end(n.high), "of": n.of,
            "valid": n.valid.to_json() if n.valid else None, "claim": cited_data(n.cited),
            "checks": [{"rule": f.rule, "fits": f.fits, "low": f.low, "high": end(f.high),
                        "untold": f.untold, "against": [c.claim.id for c in f.others]}
                       for f in n.fits]} for n in s.numbers]} for s in series]


def tally_text(series: Sequence[SeriesView], names: Names, terminal: Terminal | None = None) -> str:
    """The series as text."""
    return render(tally_lines(series, names), terminal or Terminal())


def tally_lines(series: Sequence[SeriesView], names: Names) -> RenderableType:
    """The series as a rich renderable."""
    if not series:
        return Text("No number is told as a fact.")
    count = sum(len(s.numbers) for s in series)
    wrong = sum(any(not f.fits for f in n.fits) for s in series for n in s.numbers)
    head = f"{count} {'number' if count == 1 else 'numbers'} of {len(series)} " \
           f"{'thing' if len(series) == 1 else 'things'}"
    parts: list[RenderableType] = [
        Text(f"{head}; {wrong} {'does' if wrong == 1 else 'do'} not fit" if wrong
             else f"{head}; none contradicts what else is known", style="bold")]
    for one in series:
        parts += [Text(), series_title(one, names)]
        for number in one.numbers:
            shown = (f for f in number.fits if f.rule != "share" or not f.fits)
            parts += [_number(number), *(_fit(f) for f in shown),
                      *quotations([number.cited], 6)]
    return Group(*parts)


def series_title(series: SeriesView, names: Names) -> Text:
    """What is counted: *provincial capitals: gain by the Taliban*."""
    text = Text(safe(series.unit), style="bold").append(f": {series.kind}")
    if series.side is not None:
        text.append(f" by {safe(names.state(series.side))}")
    place = series.place
    if place is None:
        return text
    if place.type != "set":
        return text.append(f", {safe(place.name)} ({place_kind(place)})")
    if all(n.of is None for n in series.numbers):  # things in places, not the places themselves
        words = {safe(c.text) for n in series.numbers if (c := n.cited.claim.place)}
        return text.append(f", {'; '.join(sorted(words))}")
    return text.append(f", {safe(place.name)}")


def bounds_words(low: float, high: float, of: float | None = None) -> str:
    """``18 of 34``, ``at least 2``, ``200–999``; shares of an unknown whole in per cent."""
    if of is None and high <= 1 and low != high:
        return f"{low:.0%}–{high:.0%}"
    whole = f" of {of:,.0f}" if of is not None else ""
    if low == high:
        return f"{low:,.0f}{whole}"
    if high == inf or (of is not None and high == of):
        return f"at least {low:,.0f}{whole}"
    if low == 0:
        return f"at most {high:,.0f}{whole}"
    return f"{low:,.0f}–{high:,.0f}{whole}"


def _number(number: Number) -> Text:
    valid = number.valid
    when = period(valid.earliest, valid.latest) if valid else "undated"
    return Text.assemble("  ", (bounds_words(number.low, number.high, number.of), "bold"),
                         f"; {when}")


def _fit(fit: Fit) -> RenderableType:
    """A check in words; a misfit stands out."""
    return Padding(Text(f"{'=' if fit.fits else '≠'} {fit_words(fit)}",
                        style="" if fit.fits else "bold"), (0, 0, 0, 4), expand=False)


def fit_words(fit: Fit) -> str:
    """What a check found, in words."""
    if fit.rule == "parts":
        return f"its parts make {fit.low:,.0f}" + ("" if fit.fits else ": more than the whole")
    if fit.rule == "share":
        return "a part no greater than its whole" if fit.fits else "a part greater than its whole"
    if fit.rule == "sources":
        who = "; ".join(sorted({chain(c.claim.sources) for c in fit.others}))
        return f"{'agrees with' if fit.fits else 'cannot be so together with'} {who}"
    low, high = int(fit.low), int(fit.high) - fit.untold
    count = f"{low}" if low == high else f"{low} to {high}"
    text = f"{'fits' if fit.fits else 'does not fit'} the ledger's own count: {count}"
    if fit.untold:
        text += f", and {fit.untold} of which nobody says who holds them"
    return text
