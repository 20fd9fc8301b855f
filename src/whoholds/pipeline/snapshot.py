"""What a ledger says as of one known time, as evidence about places."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from whoholds.core import Actor, Claim, Evidence, Interval, Place, Report, UsageError
from whoholds.ledger import Entry, Ledger, View, standing
from whoholds.pipeline.corrections import of_one_story, superseded, without_superseded
from whoholds.pipeline.decided import Decided, decided, with_decisions, with_one_voice
from whoholds.pipeline.evidence import Known, gather, resolutions_by_role
from whoholds.pipeline.redaction import redacted, redactor
from whoholds.reading import Families, copies_among
from whoholds.resolve import country_names, normalise
from whoholds.resolve.world import read_countries

# kinds that say who holds a place, or that it is fought over; the others say other things of it
BEARING = frozenset({"gain", "loss", "hold", "contest", "attack", "clash", "strike", "encircle",
                     "enter", "approach", "surrender", "withdraw"})
MOST_REPORTS = 100_000  # of which claims are asked for one by one; for more, all are read
BY_INDEX = 2_000        # reports whose near-copies are looked up one by one: a millisecond each;
FEW = 0.1               # for more, if they are more than this share of all (a quarter of a
                        # millisecond each), all fingerprints are compared
ASKED = 10_000          # ids in one question: SQLite takes 32,766, PostgreSQL 65,535


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything known at one time. ``evidence`` is in order of publication.

    Where sources are protected from whoever asks, all of it is redacted; ``originals`` then leads
    from the ids of redacted claims and reports to the ledger's, and is not to be shown. A snapshot
    for some places has the reports about them and those that bear on these, no others; ``latest``
    is the end of the latest publication of all.
    """

    known: Known
    evidence: tuple[Evidence, ...]
    known_at: Interval | None
    originals: Mapping[str, str] = field(default_factory=dict)
    latest: datetime | None = None

    @property
    def reports(self) -> Mapping[str, Report]:
        return self.known.reports

    @property
    def actors(self) -> Mapping[str, Actor]:
        return self.known.actors

    @property
    def claims(self) -> Sequence[Claim]:
        return self.known.claims

    @property
    def last_moment(self) -> datetime | None:
        """The known time where there is one, else the end of the latest publication."""
        if self.known_at is not None:
            return self.known_at.latest
        return self.latest or max((r.published.latest for r in self.reports.values()
                    if r.published and r.published.latest), default=None)

    def places_with_evidence(self) -> tuple[Place, ...]:
        """The places that some claim of holding or fighting bears on, by name."""
        ids = {e.place_id for e in self.evidence if e.claim.kind in BEARING}
        found = [self.known.places[i] for i in ids if i in self.known.places]
        return tuple(sorted(found, key=lambda p: (p.country or "", p.name, p.id)))

    def has_places(self, names: Sequence[str]) -> bool:
        """Whether each name is that of a place with evidence."""
        try:
            self.places_named(names)
        except UsageError:
            return False
        return True

    def places_named(self, names: Sequence[str]) -> tuple[Place, ...]:
        """The places with these names, of those that any evidence is about.

        A name may mean several places: all are given. UsageError names one that is not there.
        """
        about = {e.place_id for e in self.evidence}
        by_name: dict[str, dict[str, Place]] = {}
        for place in self.known.places.values():
            if place.id in about:
                for name in (place.name, *place.names, place.id):
                    by_name.setdefault(normalise(name), {})[place.id] = place
        found: dict[str, Place] = {}
        for name in names:
            match = by_name.get(normalise(name))
            if match is None:
                near = difflib.get_close_matches(normalise(name), by_name, n=1)
                like = next(iter(by_name[near[0]].values())).name if near else ""
                hint = f"; did you mean {like}?" if like else ""
                raise UsageError(f"no claim here is about a place called {name!r}{hint}")
            found.update(sorted(match.items()))
        return tuple(found.values())


def country_named(name: str) -> str:
    """The ISO 3166-1 alpha-2 code of the country with this name or code; UsageError for no
    country's."""
    codes = {normalise(called): iso for iso, called in country_names().items()}
    for country in read_countries():
        codes.update({normalise(n): country.iso for n in country.names})
    by_code = name.upper() if name.upper() in codes.values() else None
    found = codes.get(normalise(name), by_code)
    if found is None:
        near = difflib.get_close_matches(normalise(name), codes, n=1)
        hint = f"; did you mean {country_names()[codes[near[0]]]}?" if near else ""
        raise UsageError(f"no country is called {name!r}{hint}")
    return found


def speaks(claim: Claim, row: Evidence, actors: Mapping[str, Actor], who: str) -> bool:
    """Whether ``who`` (a source, an outlet or a side, by name) stands in the claim's chain."""
    wanted = normalise(who)
    names = {normalise(source.name) for source in claim.sources} | {normalise(row.outlet)}
    if row.origin_side is not None:
        side = actors.get(row.origin_side)
        names.update(normalise(n) for n in (side.name, *side.names) if side) if side else None
        names.add(normalise(row.origin_side))
    return wanted in names


def snapshot(ledger: Ledger, known_at: Interval | None, according_to: str | None, *,
             recorded_by: datetime | None = None, places: Sequence[str] = (),
             country: str | None = None, reports: Collection[str] | None = None,
             or_all: bool = True,
             may_see: Callable[[Sequence[Entry]], bool] = lambda entries: True) -> Snapshot:
    """Reads what is known at ``known_at``, in one consistent view, as people reviewed it.

    ``according_to`` keeps only evidence from one source, outlet or side; UsageError where it is
    nobody's. ``recorded_by``: what the ledger would have said then. ``places``: names of the only
    places that will be asked about: less is read, and the evidence about them is the same; where
    nothing is said of one, all is read to tell what was meant, unless ``or_all`` is False.
    ``country``: the code of the only country whose places will be asked about.
    ``reports``: ids of the only reports whose claims are wanted; which of them repeat a sentence
    of others is then not known.
    ``may_see`` is asked, with the entries that stand, only where some source is protected: False
    redacts the snapshot.
    """
    with ledger.as_of(known_at, recorded_by) as view:
        entries = standing(view.entries())
        told = decided(entries)
        named = bool(places or country) and according_to is None and not reaching(told)
        there = view.places()
        wanted = _called(there, places) if named else frozenset[str]()
        if named and country:
            wanted |= places_in(there, country)
        about = _reports_about(view, there, wanted) if named else (
            None if reports is None else frozenset(reports))
        known = _known(view, there, about)
        latest = view.last_moment() if about is not None else None
    known = with_decisions(known, told.entities)
    evidence = with_one_voice(gather(known), told)
    if about is not None and reports is None:
        evidence = tuple(e for e in evidence if e.place_id in wanted)
    originals: Mapping[str, str] = {}
    hide = redactor(entries, known.actors)
    if hide is not None and not may_see(entries):
        hidden = redacted(known, evidence, hide)
        known, evidence, originals = hidden.known, hidden.evidence, hidden.originals
    if according_to is not None:
        kept = tuple(e for e in evidence if speaks(
            e.claim, e, known.actors, told.means(according_to)))
        if evidence and not kept:
            raise UsageError(f"nobody called {according_to!r} says anything here")
        evidence = kept
    made = Snapshot(known, evidence, known_at, originals, latest)
    if about is not None and or_all and not made.has_places(places):
        # the whole knows what it may have been
        return snapshot(ledger, known_at, None, recorded_by=recorded_by, may_see=may_see)
    return made


def _known(view: View, places: Mapping[str, Place], about: frozenset[str] | None) -> Known:
    """What the view knows; ``about``: the reports whose claims are read, None for all."""
    asked: list[list[str] | None] = [None]
    if about is not None and (
            len(about) <= BY_INDEX or len(about) <= FEW * view.last_number()):
        reports, copies = _stories(view, about)
    else:
        reports = dict(view.reports_with_ids())
        copies = {i: copy.of for i, copy in copies_among(view.fingerprints()).items()}
    corrected, copied = superseded(reports, copies), copies
    if about is not None:
        copied = {i: copies[i] for i in about if i in copies}
        ordered = sorted(about)
        asked = [ordered[n:n + ASKED] for n in range(0, len(ordered), ASKED)]
    claims = [c for part in asked for c in view.claims(report_ids=part)
              if c.report_id not in corrected]
    if len(asked) > 1:
        claims.sort(key=lambda c: (*_published(reports[c.report_id]), c.id))
    return Known(
        reports=reports, claims=tuple(claims), places=places, actors=view.actors(),
        resolutions=resolutions_by_role(
            r for part in asked for r in view.resolutions(report_ids=part)),
        copies=without_superseded(copied, corrected))


def _stories(view: View, about: frozenset[str]) -> tuple[dict[str, Report], dict[str, str]]:
    """The reports that bear on how these count, and which of them copies which."""
    near = view.likeness
    families = Families(near)
    numbers = frozenset(near.numbers(about).values())
    families.add(numbers)
    earliest = families.earliest
    told = of_one_story(near, families, numbers.union(
        earliest[n] for n in numbers if n in earliest))
    earliest = families.earliest
    ids = {n: one.id for n, one in near.outlines(
        {*told, *(n for pair in earliest.items() for n in pair)}).items()}
    return (view.some_reports(ids[n] for n in told),
            {ids[n]: ids[first] for n, first in earliest.items()})


def _published(report: Report) -> tuple[bool, float]:
    """The order of publication, undated ones last; to the second, as the ledger has it."""
    latest = report.published.latest if report.published else None
    return latest is None, latest.timestamp() // 1 if latest else 0.0


def reaching(told: Decided) -> bool:
    """Whether people decided what may make claims about any place claims about another, or give
    sources names that others have: then all has to be read."""
    return bool(told.voices) or any(isinstance(e, Place) for e in told.entities.entities.values())


def _called(places: Mapping[str, Place], names: Sequence[str]) -> frozenset[str]:
    """Ids of the places with one of the names."""
    wanted = {normalise(name) for name in names}
    return frozenset(p.id for p in places.values()
                     if any(normalise(n) in wanted for n in (p.name, *p.names, p.id)))


def places_in(places: Mapping[str, Place], country: str) -> frozenset[str]:
    """Ids of the places in the country with this code, and of what the sets there hold."""
    return frozenset(i for p in places.values() if p.country == country
                     for i in (p.id, *p.members))


def about_country(known: Snapshot, country: str) -> Snapshot:
    """What a snapshot says of one country: the evidence about its places, and the reports that say
    something of these, with all their claims. A snapshot that was read for the country, and one of
    everything, come to the same."""
    there = known.known
    wanted = places_in(there.places, country)
    told = _with_sets(there.places, wanted)
    reports = {c.report_id for c in known.claims
               if (found := there.resolutions.get((c.id, "place"))) and found.entity_id in told}
    return replace(
        known, latest=known.last_moment,
        evidence=tuple(e for e in known.evidence if e.place_id in wanted),
        known=replace(there, reports={i: r for i, r in there.reports.items() if i in reports},
                      claims=tuple(c for c in known.claims if c.report_id in reports)))


def _with_sets(places: Mapping[str, Place], wanted: frozenset[str]) -> frozenset[str]:
    """These places and the sets that they are in."""
    return wanted | {p.id for p in places.values() if not wanted.isdisjoint(p.members)}


def _reports_about(view: View, places: Mapping[str, Place],
                   wanted: frozenset[str]) -> frozenset[str] | None:
    """Reports with claims about these places or sets that they are in; None for too many to be
    worth asking for one by one."""
    found = view.reports_about(_with_sets(places, wanted))
    return found if len(found) <= MOST_REPORTS else None
