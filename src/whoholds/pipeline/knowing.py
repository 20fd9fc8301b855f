"""What was known when: the evidence at many known times from one reading of the ledger.

A report is known from its publication on, and nothing that was read of it changes afterwards. So
what was known at an earlier moment is what is known now without the reports published since, but
for some reports that count *otherwise* for a while: those that their outlet withdraws or corrects
later, and near-copies that a later report first shows to be of one family. For the places that
these speak of, and where all depends on people's decisions, the ledger is asked directly.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from whoholds.core import Evidence, Report, UsageError
from whoholds.ledger import Entry, standing
from whoholds.ledger.times import FINE, instant, seconds
from whoholds.pipeline.corrections import superseded
from whoholds.pipeline.decided import Decided, decided
from whoholds.pipeline.moments import moment
from whoholds.pipeline.snapshot import Snapshot, speaks
from whoholds.pipeline.workbench import Workbench
from whoholds.reading import copies_among

Told = tuple[int, tuple[Evidence, ...]]
"""Index of the known time from which on this is the evidence."""


@dataclass(frozen=True, slots=True)
class Otherwise:
    """Reports that count otherwise than now at known times from ``since`` to before ``until``
    (seconds since 1970)."""

    reports: frozenset[str]
    since: int
    until: int

    def at(self, known_s: int) -> bool:
        """Whether they do so at a known time."""
        return self.since <= known_s < self.until


class Knowing:
    """What was known when. ``known`` is the snapshot of everything; see the module."""

    def __init__(self, desk: Workbench, known: Snapshot) -> None:
        self._desk, self._known = desk, known
        with desk.ledger.as_of() as view:
            prints = view.fingerprints()
        entries = desk.ledger.entries()
        families = {i: copy.of for i, copy in copies_among(prints).items()} if prints else {}
        self._told: Decided = decided(standing(entries))
        self._otherwise = (*_withdrawn(entries, known.reports),
                           *_corrected(known.reports, families),
                           *_bridged(known.reports, families))
        self._directly = bool(known.originals or self._told.voices or (
            self._otherwise and self._told.entities))

    def snapshot(self, known_at: str, according_to: str | None = None) -> Snapshot:
        """What is known at a moment, as :meth:`Workbench.snapshot` has it; its resolutions may be
        those of later claims too."""
        given = moment(known_at)
        limit = seconds(given.latest) if given else None
        if given is None or limit is None or given.granularity not in FINE or self._directly or (
                any(one.at(limit) for one in self._otherwise)):
            return self._desk.snapshot(known_at, according_to)
        reports = {i: r for i, r in self._known.reports.items() if _known_s(r, limit)}
        known = replace(
            self._known.known, reports=reports,
            claims=tuple(c for c in self._known.claims if c.report_id in reports),
            copies={i: of for i, of in self._known.known.copies.items() if i in reports})
        evidence = tuple(e for e in self._known.evidence if e.claim.report_id in reports)
        made = Snapshot(known, evidence, given)
        return made if according_to is None else self.told_by(made, according_to)

    def told_by(self, known: Snapshot, who: str) -> Snapshot:
        """The same as one source, outlet or side tells it; UsageError where it is nobody's."""
        kept = self.speaking(known.evidence, who)
        if known.evidence and not kept:
            raise UsageError(f"nobody called {who!r} says anything here")
        return replace(known, evidence=kept)

    def unfolding(self, moments: Sequence[datetime],
                  according_to: str | None = None) -> dict[str, list[Told]]:
        """The evidence about each place at each of ``moments`` (rising known times), by place id:
        only where it differs from that of the moment before; at first there is none."""
        limits = [seconds(at) or 0 for at in moments]
        whole: dict[int, Mapping[str, tuple[Evidence, ...]]] = {}
        parts: dict[int, Mapping[str, tuple[Evidence, ...]]] = {}
        for index, limit in enumerate(limits):
            if self._directly:
                whole[index] = _by_place(self._desk.snapshot(moments[index]).evidence)
            elif touched := self._touched(limit):
                known = self._desk.snapshot(moments[index], places=sorted(touched))
                found = _by_place(known.evidence)
                parts[index] = {i: found.get(i, ()) for i in touched}
        about = _by_place(self._known.evidence)
        ids = {*about, *(i for found in (*whole.values(), *parts.values()) for i in found)}
        return {i: self._versions(i, about.get(i, ()), limits, whole, parts, according_to)
                for i in sorted(ids)}

    def _versions(self, place_id: str, about: tuple[Evidence, ...], limits: Sequence[int],
                  whole: Mapping[int, Mapping[str, tuple[Evidence, ...]]],
                  parts: Mapping[int, Mapping[str, tuple[Evidence, ...]]],
                  who: str | None) -> list[Told]:
        dated = [s for e in about if (s := seconds(e.known_at)) is not None]  # the others are last
        out: list[Told] = []
        last: tuple[Evidence, ...] = ()
        for index, limit in enumerate(limits):
            if index in whole:
                now = whole[index].get(place_id, ())
            elif place_id in (found := parts.get(index, {})):
                now = found[place_id]
            else:
                now = about[:bisect_right(dated, limit)]
            now = now if who is None else self.speaking(now, who)
            if now != last:
                out.append((index, now))
                last = now
        return out

    def speaking(self, evidence: Iterable[Evidence], who: str) -> tuple[Evidence, ...]:
        """The evidence in whose chain one source, outlet or side stands."""
        wanted = self._told.means(who)
        return tuple(e for e in evidence if speaks(e.claim, e, self._known.actors, wanted))

    def _touched(self, limit: int) -> frozenset[str]:
        """The places that the reports speak of which count otherwise at a known time."""
        ids = frozenset(i for one in self._otherwise if one.at(limit) for i in one.reports)
        if not ids:
            return frozenset()
        at = moment(instant(limit))
        with self._desk.ledger.as_of(at) as view:
            named = {r.entity_id for r in view.resolutions(report_ids=ids)
                     if r.role == "place" and r.entity_id is not None}
        named.update(e.place_id for e in self._known.evidence if e.claim.report_id in ids)
        places = self._known.known.places
        return frozenset({member for i in named if i in places
                          for member in (i, *places[i].members) if member in places})


def _by_place(evidence: Iterable[Evidence]) -> dict[str, tuple[Evidence, ...]]:
    found: dict[str, list[Evidence]] = {}
    for item in evidence:
        found.setdefault(item.place_id, []).append(item)
    return {i: tuple(items) for i, items in found.items()}


def _published_s(report: Report | None) -> int | None:
    """The second from which a report is known; None for one without a date."""
    return seconds(report.published.latest) if report and report.published else None


def _known_s(report: Report, limit: int) -> bool:
    at = _published_s(report)
    return at is not None and at <= limit


def _span(ids: Iterable[str], reports: Mapping[str, Report],
          ends: Iterable[int | None] = ()) -> Otherwise | None:
    """These reports, from the first publication to the last, or to the last of ``ends``."""
    members = frozenset(ids)
    known = [s for i in members if (s := _published_s(reports.get(i))) is not None]
    until = max([*known, *(s for s in ends if s is not None)], default=0)
    return Otherwise(members, min(known), until) if known and min(known) < until else None


def _withdrawn(entries: Sequence[Entry], reports: Mapping[str, Report]) -> list[Otherwise]:
    """Reports that outlets withdrew, to the last word on that, an undo's undo too."""
    by_id = {e.id: e for e in entries}
    ends: dict[str, list[int | None]] = {}
    for entry in entries:
        root = entry
        while root.kind == "undo" and root.target in by_id:
            root = by_id[root.target]
        if root.kind in ("retraction", "undo"):
            ends.setdefault(root.target, []).append(seconds(entry.reported.latest))
    return [one for i, moments in sorted(ends.items())
            if (one := _span([i], reports, moments)) is not None]


def _corrected(reports: Mapping[str, Report], families: Mapping[str, str]) -> list[Otherwise]:
    """Reports that a later one of their outlet corrects, with it, to that one's publication."""
    return [one for old, new in sorted(superseded(reports, families).items())
            if old != new and (one := _span([old, new], reports)) is not None]


def _bridged(reports: Mapping[str, Report], families: Mapping[str, str]) -> list[Otherwise]:
    """Families of three near-copies and more: the last may be what makes one of the others."""
    members: dict[str, list[str]] = {}
    for i, of in families.items():
        members.setdefault(of, [of]).append(i)
    return [one for of, ids in sorted(members.items()) if len(ids) > 2
            and (one := _span(ids, reports)) is not None]
