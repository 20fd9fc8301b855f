"""A situation report: what changed, who holds what, what is disputed; every sentence cites."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from whoholds.core import CONTESTED, Belief, Place
from whoholds.views.changes import DifferenceView
from whoholds.views.exits import ExitView
from whoholds.views.forecasts import ForecastView
from whoholds.views.models import (
    Brief,
    Cited,
    DisputeView,
    Names,
    Position,
    Section,
    StatusRow,
    Told,
    published_key,
)
from whoholds.views.prose import (
    NOUNS,
    bounds,
    capital,
    chance,
    listed,
    speaker,
    state,
    surely,
    types_of,
    units,
)
from whoholds.views.tally import Number, SeriesView
from whoholds.views.words import day, likelihood, percent, period, place_kind, safe, since

MOST_NUMBERS = 12   # series told: those told of most often
MOST_NAMED = 6      # places named in one breath
MOST_SPEAKERS = 4   # of one position
MOST_CITED = 3      # references after a sentence that rests on many claims
AHEAD = ("planned", "ordered", "promised", "demanded", "forecast")
AHEAD_WORDS = {"planned": "plan", "ordered": "order", "promised": "promise",
               "demanded": "demand", "forecast": "forecast"}
STATES = {"open": "Still open.", "came true": "It came true.", "failed": "It did not come true.",
          "unclear": "Whether it came true is unclear."}
FIRST = ("city", "province", "district", "crossing", "airport", "airbase", "base")


@dataclass(frozen=True, slots=True)
class BriefView:
    """What a brief is made of. ``start`` to ``end`` is the period; ``held`` all places at its end,
    ``ahead`` the claims published in it of what is to come, ``reports`` how many reports of how
    many ``outlets`` appeared in it; ``articled`` the names of sides that take an article."""

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
    articled: frozenset[str] = frozenset()


def brief(view: BriefView) -> Brief:
    """The brief in words; sections that have nothing to say are left out."""
    writer = _Writer(view)
    made = [Section("In short", tuple(writer.in_short())),
            Section("What changed", tuple(writer.changed(g) for g in _alike(view.changed))),
            Section("Who holds what", tuple(writer.held())),
            Section("Disputed", tuple(writer.dispute(d) for d in view.disputed)),
            Section("Numbers", tuple(writer.numbers())),
            Section("Ways out", tuple(writer.exits())),
            Section("Forecasts", tuple(writer.forecast(f) for f in view.forecasts)),
            Section("Outlook", tuple(writer.ahead(c) for c in view.ahead))]
    count = f"{view.reports} {'report' if view.reports == 1 else 'reports'} of {view.outlets} " \
            f"{'outlet' if view.outlets == 1 else 'outlets'}"
    return Brief(f"{safe(view.theatre)}: who holds what", f"{period(view.start, view.end)}; from "
                 f"{count} of that time, and what was known before",
                 tuple(s for s in made if s.told))


def _alike(found: Sequence[DifferenceView]) -> list[list[DifferenceView]]:
    """Places of which the same claims say the same, together: members of a set."""
    groups: dict[tuple[object, ...], list[DifferenceView]] = {}
    for d in found:
        if d.what != "probability":
            key = (d.what, tuple(c.claim.id for c in d.cited) or d.place.id, d.place.type,
                   d.before.holder, d.after.holder, percent(d.after.probability_p), since(d.after))
            groups.setdefault(key, []).append(d)
    return list(groups.values())


def _by_weight(place: Place) -> tuple[int, int, str]:
    """Cities before crossings before bases, the larger first."""
    rank = FIRST.index(place.type) if place.type in FIRST else len(FIRST)
    return rank, -(place.population or 0), place.name


def _when(belief: Belief) -> str:
    when = since(belief)
    if not when or when == "not told":
        return ""
    return f" {when}" if when.startswith(("by ", "from ")) else (
        f" between {when.replace(' – ', ' and ')}" if " – " in when else f" on {when}")


class _Writer:
    """Writes the sentences of one brief."""

    def __init__(self, view: BriefView) -> None:
        self.view = view
        called = Counter(row.belief.place.name for row in view.held)
        self.shared = {name for name, count in called.items() if count > 1}

    def side(self, side: str) -> str:
        """A side's name as it stands in a sentence."""
        name = self.view.names.state(side)
        return f"the {safe(name)}" if name in self.view.articled else safe(name)

    def name(self, place: Place) -> str:
        """A place's name, with its type where another has the same."""
        typed = place.name in self.shared and not place.provisional
        return f"{safe(place.name)} {place.type}" if typed else safe(place.name)

    def in_short(self) -> Iterable[Told]:
        view = self.view
        taken: dict[str, list[DifferenceView]] = {}
        for d in view.changed:
            if d.what == "holder" and d.after.holder is not None:
                taken.setdefault(d.after.holder, []).append(d)
        for side, found in sorted(taken.items(), key=lambda kv: (-len(kv[1]), kv[0])):
            cited = tuple(c for d in found for c in d.cited[-1:])
            yield Told(f"On the evidence now known, {self.side(side)} came to hold "
                       f"{self.places(found)} in this period.", cited)
        fights = [d for d in view.changed if d.what == "contested" and d.after.contested]
        if fights:
            yield Told(f"Fighting began for {self.places(fights)}.",
                       tuple(c for d in fights for c in d.cited[-1:]))
        if not taken and not fights:
            yield Told("No place is known to have changed hands in this period.")
        yield from self.balance()
        for country, ways in view.exits:
            only = [w for w in ways if w.last or (w.only_p or 0) >= 0.5]
            for way in only[:1]:
                yield Told(f"{self.name(way.belief.place)} is the last way out of {safe(country)} "
                           "not in the hands of the side that holds the others.",
                           way.cited[-MOST_CITED:])

    def places(self, found: Sequence[DifferenceView]) -> str:
        """*Kabul and Herat*; of many, how many and the weightiest."""
        names = [self.name(p) for p in sorted((d.place for d in found), key=_by_weight)]
        if len(names) <= MOST_NAMED:
            return listed(names)
        return f"{len(names)} places, among them {listed(names[:MOST_NAMED - 1])},"

    def balance(self) -> Iterable[Told]:
        """How many places each side holds."""
        held = self.view.held
        count = Counter(r.belief.holder for r in held if r.belief.holder is not None)
        order = sorted(count.items(), key=lambda kv: (-kv[1], kv[0]))
        if not order:
            return
        (first, most), rest = order[0], order[1:]
        parts = [f"{self.side(first)} held {most} at the end of the period",
                 *(f"{self.side(side)} {number}" for side, number in rest)]
        unknown = len(held) - sum(count.values())
        left = f"; who held the other {unknown} is not known" if unknown else ""
        are = "the one place" if len(held) == 1 else f"the {len(held)} places"
        yield Told(f"Of {are} that reports speak of, {listed(parts)}{left}.")

    def changed(self, group: Sequence[DifferenceView]) -> Told:
        difference = group[0]
        before, after = difference.before, difference.after
        if len(group) == 1:
            where = f"{capital(difference.place.name)} ({place_kind(difference.place)})"
        else:
            names = listed(sorted(self.name(d.place) for d in group))
            where = f"{len(group)} {types_of(difference.place.type)} ({names})"
        each = " each" if len(group) > 1 else ""
        if difference.what == "contested":
            are = "is" if len(group) == 1 else "are"
            held = f"; {self.state(after)}" if after.holder is not None else ""
            text = f"{where} {are} {'' if after.contested else 'no longer '}fought over{held}."
        elif after.holder is None:
            was = f"; before, it was {self.state(before)}" if before.holder is not None else ""
            text = f"{where}: it is no longer clear who holds it{was}."
        else:
            how = "came into the hands of" if before.holder is None else \
                f"passed from {self.side(before.holder)} to"
            text = f"{where} {how} {self.side(after.holder)}{_when(after)}; this is " \
                   f"{chance(after.probability_p)[:-1]}{each})."
        return Told(text, difference.cited)

    def state(self, belief: Belief) -> str:
        assert belief.holder is not None
        return state(belief, self.side(belief.holder))

    def held(self) -> Iterable[Told]:
        """A sentence for each side, degree of certainty and type of place, the surest first."""
        groups: dict[tuple[str, str], list[StatusRow]] = {}
        for row in self.view.held:
            if row.belief.holder is not None:
                key = (row.belief.holder, likelihood(row.belief.probability_p))
                groups.setdefault(key, []).append(row)
        order = {side: i for i, side in enumerate(self.view.names.sides)}
        for (side, _), rows in sorted(groups.items(), key=lambda kv: (
                order.get(kv[0][0], len(order)), -max(r.belief.probability_p for r in kv[1]),
                kv[0])):
            how = f"{surely(rows[0].belief.probability_p)} held by {self.side(side)}"
            for many in self.by_type(rows):
                yield Told(f"{capital(how)}: {self.chances(many)}.", _latest(many))
        fought = [row for row in self.view.held if row.belief.contested]
        if fought:
            yield Told(f"Fought over: {listed([self.name(r.belief.place) for r in fought])}.",
                       _latest(fought))
        unknown = [r for r in self.view.held if r.belief.holder is None and not r.belief.contested]
        if unknown:
            yield Told("It is not known who holds "
                       f"{listed([self.name(r.belief.place) for r in unknown])}.",
                       _latest(unknown))

    @staticmethod
    def by_type(rows: Sequence[StatusRow]) -> list[list[StatusRow]]:
        """All together where they are few, else cities, crossings and so on by themselves."""
        ordered = sorted(rows, key=lambda r: (-r.belief.probability_p, r.belief.place.name))
        if len(ordered) <= MOST_NAMED:
            return [ordered]
        kinds = Counter(r.belief.place.type for r in ordered)
        own = [kind for kind in FIRST if kinds[kind] > 2]  # type: ignore[index]
        groups = [[r for r in ordered if r.belief.place.type == kind] for kind in own]
        return [*groups, *([rest] if (rest := [
            r for r in ordered if r.belief.place.type not in own]) else [])]

    def chances(self, rows: Sequence[StatusRow]) -> str:
        """*Lashkar Gah (98%) and Kandahar (97%)*; *the crossings A, B and C (77% each)*."""
        places = [row.belief.place for row in rows]
        one = len(rows) > 2 and len({p.type for p in places}) == 1
        parts: list[str] = []
        for odds, some in groupby(rows, lambda r: percent(r.belief.probability_p)):
            names = [self.name(row.belief.place) for row in some]
            parts += [f"{', '.join(names)} ({odds} each)"] if len(names) > 2 else [
                f"{name} ({odds})" for name in names]
        before = f"the {types_of(places[0].type)} " if one and places[0].type != "other" else ""
        return before + listed(parts)

    def dispute(self, dispute: DisputeView) -> Told:
        said = "; ".join(self.position(p) for p in dispute.positions)
        when = "" if dispute.valid_to is None else f", {day(dispute.valid_to)}"
        settled = "" if dispute.settled is None else f". Settled since {day(dispute.settled)}"
        return Told(f"{capital(dispute.place.name)} ({place_kind(dispute.place)}){when}: "
                    f"{said}{settled}.", tuple(p.cited[-1] for p in dispute.positions if p.cited))

    def position(self, found: Position) -> str:
        """What one party says: *held by the Taliban, according to Wire (52%)*."""
        if found.holder == CONTESTED:
            what = "fought over"
        else:
            what = f"held by {'another side' if found.holder is None else self.side(found.holder)}"
        who = sorted({speaker(c.claim.sources[-1]) for c in found.cited} - {""})[:MOST_SPEAKERS]
        odds = "" if found.credence_p is None else f" ({percent(found.credence_p)})"
        return f"{'not ' if found.denies else ''}{what}" \
               f"{f', according to {listed(who)}' if who else ''}{odds}"

    def numbers(self) -> Iterable[Told]:
        often = sorted(self.view.numbers,
                       key=lambda s: (-len(s.numbers), s.kind, s.unit))[:MOST_NUMBERS]
        for series in often:
            number = max(series.numbers, key=lambda n: published_key(n.cited))
            where = f", {safe(series.place.name)}" if series.place else ""
            who = f" by {self.side(series.side)}" if series.side else ""
            wrong = [f for f in number.fits if not f.fits]
            check = ""
            if wrong:
                check = " This does not fit: others, or the ledger's own count, say " \
                        f"{bounds(wrong[0].low, wrong[0].high)}."
            what = NOUNS.get(series.kind, (series.kind, ""))[0]
            yield Told(f"{capital(what)}{who}{where}: {_counted(series.unit, number)}.{check}",
                       (number.cited,))

    def exits(self) -> Iterable[Told]:
        for country, ways in self.view.exits:
            for way in ways:
                route = {"open": "is open", "closed": "is closed"}.get(
                    way.route, "may be open or closed")
                place = way.belief.place
                held = "; who holds it is not known" if way.belief.holder is None else \
                    f" and {self.state(way.belief)}"
                yield Told(f"{capital(self.name(place))} ({safe(country)}) {route}{held}.",
                           way.cited or self.view.claims_of.get(place.id, ())[-1:])

    def forecast(self, forecast: ForecastView) -> Told:
        noun, to = NOUNS.get(forecast.kind, (forecast.kind, "of"))
        who = "" if forecast.side is None else f" by {self.side(forecast.side)}"
        when = period(forecast.earliest, forecast.latest)
        return Told(f"{capital(forecast.source)}: {noun} {to} {self.name(forecast.place)}{who}, "
                    f"{when}; in the words used, {chance(forecast.said_p)}. "
                    f"{STATES.get(forecast.state, capital(forecast.state) + '.')}", forecast.cited)

    def ahead(self, cited: Cited) -> Told:
        claim = cited.claim
        words = safe(claim.span.of(cited.report.text))
        where = ""
        if claim.place is not None and claim.place.form == "name" and (
                claim.place.text not in words):
            where = f" ({safe(claim.place.text)})"
        last, what = claim.sources[-1], AHEAD_WORDS[claim.modality]
        who = f"the {safe(last.name)}" if last.name in self.view.articled else speaker(last)
        article = "An" if what[0] in "aeiou" else "A"
        how = f"{article} {what} that is denied" if claim.polarity == "denied" else \
            f"{article} {what}"
        return Told(f"{how}, according to {who}: “{words}”{where}.", (cited,))


def _latest(rows: Sequence[StatusRow]) -> tuple[Cited, ...]:
    return tuple(row.latest for row in rows if row.latest is not None)


def _counted(unit: str, number: Number) -> str:
    whole = "" if number.of is None else f" of {number.of:g}"
    single = number.low == number.high == 1 and not number.of
    return f"{bounds(number.low, number.high)}{whole} {units(unit, single)}"
