"""The endpoints that only answer. Each takes the moments that the command line takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.exceptions import HTTPException
from starlette.responses import Response

from whoholds import __version__
from whoholds.belief import forecasters
from whoholds.core import Claim, Place, instant_text
from whoholds.pipeline.frames import quick_belief
from whoholds.pipeline.review import Reviewed
from whoholds.pipeline.snapshot import Snapshot, country_named
from whoholds.pipeline.viewing import (
    difference_views,
    dispute_views,
    event_views,
    exit_views,
    forecast_views,
    forecaster_views,
    repeats,
    series_views,
    source_rows,
)
from whoholds.views import Cited, explanation, status_rows
from whoholds.views.exits import balance, last_words
from whoholds.views.sides import looks
from whoholds.views.words import published
from whoholds.web import shapes, showing
from whoholds.web.access import Caller, Reader
from whoholds.web.bands import bands
from whoholds.web.framing import areas_json, frames_json, unfolding_json
from whoholds.web.refusals import REFUSALS

Text = Query(max_length=300)
At = Annotated[str | None, Query(max_length=40, description="When it was so: 2021-08-15 (the end "
                                 "of that day) or 2021-08-15T18:00Z. Default: the last moment.")]
KnownAt = Annotated[str | None, Query(max_length=40, description="Only what was published by then. "
                                      "Default: everything.")]
AccordingTo = Annotated[str | None, Query(max_length=300, description="Only what this outlet, "
                                          "source or side says.")]
Places = Annotated[list[str] | None, Query(max_length=100, description="Ids or names of places. "
                                           "Default: all.")]

routes = APIRouter(prefix="/api", responses=REFUSALS)


@routes.get("/ledger")
def ledger(caller: Reader) -> shapes.Overview:
    """What the ledger holds, and how everything is called and shown."""
    found = caller.answers.kept("overview", lambda: overview(caller))
    return found.model_copy(update={"who": caller.name, "may_write": caller.may_write})


def overview(caller: Caller) -> shapes.Overview:
    """What the ledger holds, for whoever asks."""
    answers = caller.answers
    known, names = answers.snapshot(), answers.names()
    about = Counter(e.place_id for e in known.evidence)
    places = [p for p in known.known.places.values() if p.id in about]
    steps = answers.steps()
    ways = Counter(p.country for p in places if p.country
                   and p.type in ("crossing", "airport", "port"))
    return shapes.Overview(
        name=caller.options.title, version=answers.version(), reports=len(known.reports),
        claims=len(known.claims), places=len(places),
        first=instant_text(steps[0]) if steps else None,
        last=instant_text(steps[-1]) if steps else None,
        undated=sum(r.published is None for r in known.reports.values()), sides=sides(caller),
        countries={p.country: names.country(p.country) or p.country
                   for p in sorted(places, key=lambda p: p.country or "") if p.country},
        adm1s=adm1s(places), kinds=sorted({c.kind for c in known.claims}),
        outlets=sorted({r.outlet for r in known.reports.values()}),
        exits=[code for code, _ in sorted(ways.items(), key=lambda kv: (-kv[1], kv[0]))],
        who=None, may_write=False, reads_are_open=caller.options.reads_are_open,
        tiles=caller.options.tiles, contested_above=answers.desk.priors.contested_p,
        program=__version__)


def adm1s(places: Iterable[Place]) -> dict[str, list[str]]:
    """The first-level areas that places lie in, by country."""
    found: dict[str, set[str]] = {}
    for place in places:
        if place.country and place.adm1:
            found.setdefault(place.country, set()).add(place.adm1)
    return {country: sorted(names) for country, names in sorted(found.items())}


def sides(caller: Caller) -> list[shapes.Side]:
    """Every side that any belief may name, and how it looks: the same in every answer."""
    answers = caller.answers
    names, steps = answers.names(), answers.steps()
    if not steps:
        return []
    found = looks((quick_belief(c, steps[-1]) for c in answers.courses(None, None)), names.sides)
    return [shapes.Side(id=side, name=names.state(side), colour=look.colour, on_dark=look.on_dark,
                        shape=look.shape, symbol=look.symbol) for side, look in found.items()]


@routes.get("/frames", response_model=shapes.Frames)
def frames(caller: Reader, known_at: KnownAt = None,
           according_to: AccordingTo = None) -> Response:
    """Who holds each place at each step of the time slider."""
    written = frames_json(caller.answers, known_at, according_to)
    return Response(written, media_type="application/json")


@routes.get("/unfolding", response_model=shapes.Unfolding)
def unfolding(caller: Reader, according_to: AccordingTo = None) -> Response:
    """The frames as known at each day, at once: what the slider of known times moves over. The
    first time it takes a while."""
    written = unfolding_json(caller.answers, according_to)
    return Response(written, media_type="application/json")


@routes.get("/areas", response_model=shapes.Areas)
def areas(caller: Reader) -> Response:
    """The areas of places, where a gazetteer that was added has them (none are shipped)."""
    return Response(areas_json(caller.answers), media_type="application/json")


@routes.get("/status")
def status(caller: Reader, place: Places = None, at: At = None, known_at: KnownAt = None,
           according_to: AccordingTo = None) -> list[shapes.StatusItem]:
    """Who holds each place, how surely, since when."""
    known = caller.answers.snapshot(known_at, according_to)
    if not known.evidence and not place:
        return []
    found = caller.desk.status_in(known, place or (), at=at)
    names = caller.answers.names()
    return [showing.status(row, names)
            for row in status_rows(found, known.evidence, known.reports)]


@routes.get("/place")
def one_place(caller: Reader, place: Annotated[str, Text], at: At = None, known_at: KnownAt = None,
              according_to: AccordingTo = None) -> list[shapes.PlaceAnswer]:
    """Why: the sentences that moved the answer about a place, strongest first; its probabilities
    over time; what happened there. A name may mean several places: all are given."""
    answers = caller.answers
    everything, names = answers.snapshot(known_at, according_to), answers.names()
    ids = [p.id for p in everything.places_named([place])]
    about = tuple(e for e in everything.evidence if e.place_id in ids)
    known = replace(everything, evidence=about)  # what is said of other places moves nothing here
    out = []
    for belief in caller.desk.status_in(known, ids, at=at):
        moved = caller.desk.contributions(known, belief.place, belief.valid_at)
        told = explanation(belief, moved, known.evidence, known.reports)
        events = event_views(caller.desk.timeline(known, [belief.place.id]), known)
        out.append(showing.explained(
            told, names, bands(caller.desk.history(known, belief.place), answers.steps(),
                               belief.valid_at, names), events))
    return out


@routes.get("/timeline")
def timeline(caller: Reader, place: Places = None, since: At = None, until: At = None,
             known_at: KnownAt = None, according_to: AccordingTo = None) -> list[shapes.Happening]:
    """What happened, in order: changes of hands and what else is told."""
    known = caller.answers.snapshot(known_at, according_to)
    found = caller.desk.timeline(known, place or (), since=since, until=until)
    names = caller.answers.names()
    return [showing.happening(e, names) for e in event_views(found, known)]


@routes.get("/disputes")
def disputes(caller: Reader, place: Places = None, known_at: KnownAt = None,
             according_to: AccordingTo = None) -> list[shapes.DisputeItem]:
    """Where sources contradict each other, and who is on which side; with ``according_to``, those
    that it takes part in."""
    known = caller.answers.snapshot(known_at)
    names = caller.answers.names()
    return [showing.dispute(d, names)
            for d in dispute_views(caller.desk.disputes(known, place or ()), known)
            if says(caller, known_at, according_to, (c for p in d.positions for c in p.cited))]


def says(caller: Caller, known_at: str | None, who: str | None, cited: Iterable[Cited]) -> bool:
    """Whether ``who`` says any of this; None: everybody does."""
    if who is None:
        return True
    ids = caller.answers.sayings(known_at, who)
    return any(c.claim.id in ids for c in cited)


@routes.get("/tally")
def tally(caller: Reader, known_at: KnownAt = None,
          according_to: AccordingTo = None) -> list[shapes.NumberSeries]:
    """Numbers as bounds, checked against each other and against what the ledger itself counts;
    with ``according_to``, those that it tells, checked against everything."""
    known = caller.answers.snapshot(known_at)
    names = caller.answers.names()
    told = (replace(s, numbers=tuple(n for n in s.numbers if says(
        caller, known_at, according_to, [n.cited])))
        for s in series_views(caller.desk.tally(known), known))
    return [showing.series(s, names) for s in told if s.numbers]


@routes.get("/forecasts")
def forecasts(caller: Reader, place: Places = None, at: At = None,
              known_at: KnownAt = None, according_to: AccordingTo = None) -> shapes.Forecasts:
    """Who predicted what by when; what became of it; how good the forecasters are. With
    ``according_to``, what it predicted, resolved by everything."""
    known = caller.answers.snapshot(known_at)
    if known.last_moment is None and at is None:
        return shapes.Forecasts(forecasts=[], forecasters=[])
    found = caller.desk.forecasts(known, place or (), at=at)
    names = caller.answers.names()
    return shapes.Forecasts(
        forecasts=[showing.forecast(f, names) for f in forecast_views(found, known)
                   if says(caller, known_at, according_to, f.cited)],
        forecasters=[showing.forecaster(f) for f in forecaster_views(forecasters(found), known)])


@routes.get("/exits")
def exits(caller: Reader, country: Annotated[str, Text], at: At = None, known_at: KnownAt = None,
          according_to: AccordingTo = None) -> shapes.Exits:
    """The ways out of a country: held by whom, open or closed, and which is the last."""
    answers = caller.answers
    known, names = answers.snapshot(known_at, according_to), answers.names()
    code = country_named(country)
    valid_at = caller.desk.valid_at(known, at)
    shown = exit_views(caller.desk.exits(known, country, at=at), known)
    told = [balance(shown, names).plain, *(last_words(w, shown, names).plain for w in shown
                                           if w.last or w.only_p)] if shown else []
    return shapes.Exits(country=names.country(code) or code, valid_at=instant_text(valid_at) or "",
                        summary=told, ways=[showing.way_out(w, names) for w in shown])


@routes.get("/sources")
def sources(caller: Reader, known_at: KnownAt = None) -> shapes.Sources:
    """Each source: what it said, how often it was borne out or contradicted, whom it repeats."""
    known = caller.answers.snapshot(known_at)
    names = caller.answers.names()
    return shapes.Sources(
        sources=[showing.source(r, names)
                 for r in source_rows(caller.desk.sources(known), known)],
        repeats=[showing.repetition(r) for r in repeats(caller.desk.copying(known), known)])


@routes.get("/changes")
def changes(caller: Reader, since: Annotated[str, Query(max_length=40)], place: Places = None,
            known_at: KnownAt = None, according_to: AccordingTo = None) -> shapes.Changes:
    """What is different from the last brief, and the new claims that make it so."""
    known = caller.answers.snapshot(known_at, according_to)
    names = caller.answers.names()
    found = caller.desk.changes(known, since, place or ())
    return shapes.Changes(
        since=instant_text(caller.desk.valid_at(known, since)) or "",
        until=instant_text(caller.desk.valid_at(known)) or "",
        changes=[showing.change(d, names) for d in difference_views(found, known)])


@routes.get("/reports")
def reports(caller: Reader, known_at: KnownAt = None, according_to: AccordingTo = None,
            words: Annotated[str | None, Text] = None) -> list[shapes.ReportItem]:
    """The reports, the latest first; ``words``: only those in which all of them stand; with
    ``according_to``, those in which it speaks."""
    known = caller.answers.snapshot(known_at)
    counts = Counter(c.report_id for c in known.claims)
    wanted = [w.casefold() for w in (words or "").split()]
    spoken = None if according_to is None else {
        e.claim.report_id for e in caller.answers.snapshot(known_at, according_to).evidence}
    about = caller.answers.kept(("about", known_at), lambda: spoken_of(known))
    return [report_item(known, i, counts[i], about.get(i)) for i, r in sorted(
        known.reports.items(), key=lambda kv: _latest(known, kv[0]), reverse=True)
        if all(w in f"{r.title or ''} {r.text} {r.outlet}".casefold() for w in wanted)
        and (spoken is None or i in spoken or r.outlet == according_to)]


def spoken_of(known: Snapshot) -> dict[str, dict[str, list[str]]]:
    """Of what kinds, sides, countries and first-level areas each report speaks."""
    found: dict[str, dict[str, set[str]]] = {}
    for item in known.evidence:
        told = found.setdefault(item.claim.report_id, {
            "kinds": set(), "sides": set(), "countries": set(), "adm1s": set()})
        place = known.known.places.get(item.place_id)
        for name, values in (
                ("kinds", (item.claim.kind,)), ("sides", (item.actor_side, item.counterpart_side)),
                ("countries", (place.country if place else None,)),
                ("adm1s", (place.adm1 if place else None,))):
            told[name].update(v for v in values if v)
    return {i: {name: sorted(values) for name, values in told.items()}
            for i, told in found.items()}


def _latest(known: Snapshot, report_id: str) -> tuple[float, str]:
    published = known.reports[report_id].published
    at: datetime | None = published.latest if published else None
    return (at.timestamp() if at else float("-inf")), report_id


NOTHING: Mapping[str, list[str]] = {"kinds": [], "sides": [], "countries": [], "adm1s": []}


def report_item(known: Snapshot, report_id: str, count: int,
                about: Mapping[str, list[str]] | None = None) -> shapes.ReportItem:
    """A report for a list. One without a headline is called by its first line."""
    report = known.reports[report_id]
    first = next((line.strip() for line in report.text.splitlines() if line.strip()), "")
    title = report.title or first
    return shapes.ReportItem(
        report_id=report_id, title=title if len(title) <= 160 else title[:157] + "...",
        outlet=report.outlet, url=showing.web_address(report.url),
        published=showing.span(report.published),
        published_text=published(report.published), language=report.language,
        claims=count, copy_of=known.known.copies.get(report_id), **(about or NOTHING))


@routes.get("/report")
def one_report(caller: Reader, report: Annotated[str, Text],
               known_at: KnownAt = None) -> shapes.ReportText:
    """A report: its text, and the claims where they stand in it."""
    known = caller.answers.snapshot(known_at)
    if report not in known.reports:
        raise HTTPException(404, "no report here has that id")
    return report_text(known, report, caller.desk.entries())


def report_text(known: Snapshot, report_id: str,
                said: Sequence[Reviewed]) -> shapes.ReportText:
    """A report with its claims, in the order of the text, and what people said of them."""
    claims = sorted((c for c in known.claims if c.report_id == report_id),
                    key=lambda c: (c.span, c.id))
    evidence = {e.claim.id: e for e in known.evidence}
    about: dict[str, list[shapes.EntryItem]] = {}
    for one in said:
        if one.stands and one.entry.kind != "undo":
            for key in {one.entry.target, edition_id(one)}:
                about.setdefault(key, []).append(showing.entry(one))
    shown = []
    for c in claims:
        resolution = known.known.resolutions.get((c.id, "place"))
        place = known.known.places.get(resolution.entity_id or "") if resolution else None
        shown.append(shapes.ReportClaim(
            claim=showing.claim(Cited(c, known.reports[report_id], evidence.get(c.id))),
            span=(c.span.start, c.span.end), place=place.name if place else None,
            place_id=place.id if place and place.type != "set" else None,
            place_said=c.place.text if c.place else None,
            quantity=showing.quantity(c.quantity), confidence=round(c.confidence_p, 4),
            said=about.get(known.originals.get(c.id, c.id), [])))
    return shapes.ReportText(
        report=report_item(known, report_id, len(claims)), text=known.reports[report_id].text,
        claims=shown, said=about.get(known.originals.get(report_id, report_id), []))


def edition_id(found: Reviewed) -> str:
    """The id of the edition that a correction made; of other entries, that of their target."""
    body = found.entry.body.get("claim") if found.entry.kind == "correct" else None
    if not isinstance(body, Mapping):
        return found.entry.target
    return Claim.from_json({**body, "frame": "", "reader": "", "confidence_p": 1.0}).id
