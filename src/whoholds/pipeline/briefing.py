"""Gathers what a situation report tells of a period and a theatre."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from whoholds.core import Place, UsageError, instant_text
from whoholds.pipeline.moments import moment
from whoholds.pipeline.snapshot import Snapshot, about_country, country_named
from whoholds.pipeline.viewing import (
    difference_views,
    dispute_views,
    exit_views,
    forecast_views,
    names_for,
    series_views,
)
from whoholds.pipeline.workbench import Workbench
from whoholds.views import cite, status_rows
from whoholds.views.brief import AHEAD, BriefView, brief
from whoholds.views.exits import ExitView
from whoholds.views.models import Brief, Cited, Names, published_key
from whoholds.views.prose import articled

DAYS = 7            # a period, where none is given
MOSTLY = 0.9        # of the places in one country: the brief is about that country
MOST_AHEAD = 20     # claims of what is to come, the latest


def brief_of(desk: Workbench, known: Snapshot, since: str | None = None,
             country: str | None = None, title: str | None = None) -> Brief:
    """The brief of a snapshot from ``since`` (a week before its last moment where that is None), of
    one ``country`` (name or ISO code) or of all. UsageError where no report has a date.

    Of a country, whatever is told stands in reports that say something of its places: a snapshot
    made for that country (:meth:`Workbench.snapshot`) gives the same brief as one of everything.
    """
    return brief(brief_view(desk, known, since, country, title))


def brief_view(desk: Workbench, known: Snapshot, since: str | None, country: str | None,
               title: str | None) -> BriefView:
    """What the brief is made of."""
    end = desk.valid_at(known)
    given = moment(since)
    start = given.latest if given and given.latest else end - timedelta(days=DAYS)
    if start >= end:
        raise UsageError(f"--since {instant_text(start)} is not before the last moment known, "
                         f"{instant_text(end)}")
    code = country_named(country) if country else None
    if code is not None:
        known = about_country(known, code)
    names = names_for(known)

    def here(place: Place | None) -> bool:
        return code is None or (place is not None and place.country == code)

    wanted = [p for p in known.places_with_evidence() if here(p)]
    ids = [p.id for p in wanted]
    beliefs = desk.status_in(known, ids) if ids else ()
    found = desk.changes(known, instant_text(start) or "", ids) if ids else ()
    about: dict[str, list[Cited]] = {i: [] for i in ids}
    for row in cite((e for e in known.evidence if e.place_id in about), known.reports):
        if row.evidence is not None:
            about[row.evidence.place_id].append(row)
    recent = [r for r in known.reports.values() if r.published and r.published.latest
              and start < r.published.latest <= end]
    return BriefView(
        theatre=title or (names.country(code) if code else None) or theatre(wanted, names),
        start=start, end=end, changed=difference_views(found, known),
        held=status_rows(beliefs, known.evidence, known.reports),
        disputed=tuple(d for d in dispute_views(desk.disputes(known), known)
                       if here(d.place) and (d.valid_to is None or d.valid_to > start)),
        numbers=tuple(s for s in series_views(desk.tally(known), known)
                      if (s.place is None or here(s.place)) and _recent(
                          (n.cited for n in s.numbers), start)),
        forecasts=tuple(f for f in forecast_views(desk.forecasts(known), known) if here(f.place)),
        exits=tuple(_exits(desk, known, code, wanted)),
        ahead=_ahead(known, here, start), names=names, reports=len(recent),
        outlets=len({r.outlet for r in recent}),
        claims_of={i: tuple(rows) for i, rows in about.items() if rows},
        articled=articled((names.state(s) for s in names.sides),
                          (r.text for r in known.reports.values())))


def theatre(places: Sequence[Place], names: Names) -> str:
    """The country that nearly all places lie in; *All places* where there is none."""
    told = Counter(p.country for p in places if p.country)
    for country, count in told.most_common(1):
        if count >= MOSTLY * sum(told.values()):
            return names.country(country) or country
    return "All places"


def _recent(cited: Iterable[Cited], start: datetime) -> bool:
    return any(c.published and c.published.latest and c.published.latest > start for c in cited)


def _exits(desk: Workbench, known: Snapshot, code: str | None,
           places: Sequence[Place]) -> Iterable[tuple[str, tuple[ExitView, ...]]]:
    names = names_for(known)
    codes = [code] if code else sorted({p.country for p in places if p.country})
    for one in codes:
        ways = tuple(w for w in exit_views(desk.exits(known, one), known) if w.cited)
        if ways:
            yield names.country(one) or one, ways


def _ahead(known: Snapshot, here: object, start: datetime) -> tuple[Cited, ...]:
    """The latest claims of the period that speak of what is to come, each sentence once."""
    assert callable(here)
    seen: set[tuple[str, int, str]] = set()
    found = []
    for claim in known.claims:
        cited = Cited(claim, known.reports[claim.report_id])
        if claim.modality not in AHEAD or not _recent([cited], start):
            continue
        resolved = known.known.resolutions.get((claim.id, "place"))
        place = known.known.places.get(resolved.entity_id or "") if resolved else None
        key = (claim.report_id, claim.sentence.start, claim.modality)
        if here(place) and key not in seen:
            seen.add(key)
            found.append(cited)
    return tuple(sorted(found, key=published_key)[-MOST_AHEAD:])
