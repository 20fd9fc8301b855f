"""What somebody chose to watch, kept up to date: news touch some places, only these are asked
about again (:mod:`whoholds.pipeline.touched`).

The posterior of each place is kept over all time. As the latest publication moves on, it is read
at the new moment, so that what is said of untouched places is what an answer from the whole ledger
would say. Numbers are kept by report.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isinf

from whoholds.belief import History, history, tally
from whoholds.core import CONTESTED, Evidence, Place
from whoholds.ledger import Extent
from whoholds.pipeline.evidence import set_evidence
from whoholds.pipeline.snapshot import BEARING, Snapshot
from whoholds.pipeline.touched import touched
from whoholds.pipeline.workbench import Workbench
from whoholds.resolve import normalise
from whoholds.views import Names


@dataclass(frozen=True, slots=True)
class Holding:
    """Who holds a place at the latest publication: a side's id, or None."""

    place: Place
    holder: str | None
    contested: bool


@dataclass(frozen=True, slots=True)
class _Past:
    """A place with its posterior; ``bears``: some claim of holding or fighting is about it."""

    place: Place
    history: History
    bears: bool

    def at(self, moment: datetime) -> Holding:
        row, known = self.history.posterior([moment])[0], self.history
        return Holding(self.place, known.holder(row), bool(
            row[known.states.index(CONTESTED)] > known.priors.contested_p))


class Kept:
    """Who holds the chosen ``places`` (by name); where ``sides``, what any side holds; where
    ``numbers``, what was counted. ``asked``: ids of the places that the last :meth:`refresh` asked
    about."""

    def __init__(self, desk: Workbench, places: Sequence[str] = (), sides: bool = False,
                 numbers: bool = False) -> None:
        self._desk, self._chosen, self._sides = desk, tuple(places), sides
        self._called = {name: normalise(name) for name in places}
        self._numbers = numbers
        self._extent: Extent | None = None
        self._moment: datetime | None = None
        self._pasts: dict[str, _Past] = {}
        self._told: dict[str, tuple[Evidence, ...]] = {}      # numbers, by report
        self._places: Mapping[str, Place] = {}                # of the numbers
        self._names = Names()
        self.asked: frozenset[str] = frozenset()

    def refresh(self) -> None:
        """Takes up what came to the ledger since the last time."""
        self.asked = frozenset()
        if not (self._chosen or self._sides or self._numbers):
            return
        with self._desk.ledger.as_of() as view:
            extent = view.extent()
            if extent == self._extent:
                return
            self._moment = view.last_moment()
            news = touched(view, self._extent) if self._extent is not None else None
        if news is None:
            self._all()
        else:
            self._some(news.reports, news.places)
        self._extent = extent

    def holders(self, name: str) -> tuple[Holding, ...]:
        """Who holds the places of this name; none while nothing dated is said of them."""
        wanted = self._called[name]
        return tuple(self._holding(past) for _, past in sorted(self._pasts.items())
                     if wanted in _names(past.place)) if self._moment else ()

    def held_by(self, side: str) -> dict[str, str] | None:
        """The names of the places that a side (its name or id) holds, by id; None while nothing
        dated is known."""
        if self._moment is None:
            return None
        wanted, found = side.casefold(), dict[str, str]()
        for key, past in self._pasts.items():
            holder = self._holding(past).holder if past.bears else None
            if holder is not None and wanted in (holder.casefold(), self.called(holder).casefold()):
                found[key] = past.place.name
        return found

    def numbers_of(self, word: str) -> dict[str, str] | None:
        """The latest number of each series whose unit, kind or place has the word, as a line; None
        while nothing dated is known."""
        if self._moment is None:
            return None
        rows = [row for rows in self._told.values() for row in rows]
        sets = [p for p in self._places.values() if p.members]
        wanted, found = word.casefold(), dict[str, str]()
        for series in tally(rows, sets, None, self._desk.priors):
            place = self._places.get(series.place_id)
            told = [series.kind, series.unit, place.name if place else ""]
            if not any(wanted in text.casefold() for text in told) or not series.points:
                continue
            last = series.points[-1]
            value = f"{last.low:g}" if last.low == last.high else (
                f"at least {last.low:g}" if isinf(last.high) else f"{last.low:g} to {last.high:g}")
            whose = f", {self.called(series.actor_side)}" if series.actor_side else ""
            where = f", {place.name}" if place else ""
            key = "|".join((series.kind, series.actor_side or "", series.place_id or "",
                            series.unit))
            found[key] = f"{series.kind}: {value} {series.unit}{where}{whose}"
        return found

    @property
    def held(self) -> frozenset[str]:
        """Ids of the places of which it knows."""
        return frozenset(self._pasts)

    def called(self, holder: str) -> str:
        """The name of a holder."""
        return self._names.state(holder)

    def _holding(self, past: _Past) -> Holding:
        assert self._moment is not None
        return past.at(self._moment)

    def _all(self) -> None:
        whole = self._sides or self._numbers
        known = self._desk.snapshot(places=() if whole else self._chosen, or_all=False)
        self._pasts.clear()
        self._solve(known, {e.place_id for e in known.evidence})
        if self._numbers:
            self._told.clear()
            self._count(known)

    def _some(self, reports: Collection[str], places: Mapping[str, Place]) -> None:
        ids = {key for key, place in places.items() if self._wants(place)}
        if ids:
            self._solve(self._desk.snapshot(places=sorted(ids), or_all=False), ids)
        if self._numbers and reports:
            for report in reports:
                self._told.pop(report, None)
            self._count(self._desk.snapshot(reports=reports))

    def _wants(self, place: Place) -> bool:
        return self._sides or not _names(place).isdisjoint(self._called.values())

    def _solve(self, known: Snapshot, ids: Iterable[str]) -> None:
        """Learns anew who held these places when."""
        about: dict[str, list[Evidence]] = {}
        for row in known.evidence:
            about.setdefault(row.place_id, []).append(row)
        asked = set()
        for key in ids:
            place = known.known.places.get(key)
            rows = about.get(key, [])
            self._pasts.pop(key, None)
            if place is not None and rows and self._wants(place):
                asked.add(key)
                self._pasts[key] = _Past(place, history(rows, key, None, self._desk.priors),
                                         any(row.claim.kind in BEARING for row in rows))
        self.asked = frozenset(asked)
        self._names = Names({i: actor.name for i, actor in known.actors.items()})

    def _count(self, known: Snapshot) -> None:
        """Takes up the numbers in some reports."""
        told: dict[str, list[Evidence]] = {}
        for row in (*known.evidence, *set_evidence(known.known)):
            if row.claim.quantity is not None:
                told.setdefault(row.claim.report_id, []).append(row)
        self._told.update((report, tuple(rows)) for report, rows in told.items())
        self._places = known.known.places
        self._names = Names({i: actor.name for i, actor in known.actors.items()})


def _names(place: Place) -> frozenset[str]:
    return frozenset(map(normalise, (place.name, *place.names, place.id)))
