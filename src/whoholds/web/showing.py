"""Brings the views' models into the shapes that are answered. Words come from the views."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import inf

from whoholds.core import Belief, Interval, Place, Quantity, instant_text
from whoholds.pipeline.review import Reviewed, entry_line
from whoholds.views import (
    Cited,
    DifferenceView,
    DisputeView,
    EventView,
    ExitView,
    Explanation,
    ForecasterView,
    ForecastView,
    Names,
    Repeats,
    SeriesView,
    SourceRow,
    StatusRow,
    likelihood,
)
from whoholds.views.disputes import stance
from whoholds.views.explain import answer_line
from whoholds.views.forecasts import predicted
from whoholds.views.tally import bounds_words, fit_words, series_title
from whoholds.views.timeline import when as event_when
from whoholds.views.words import (
    claim_says,
    period,
    place_kind,
    published,
    since,
    weight,
    why_unmoved,
)
from whoholds.web import shapes


def span(interval: Interval | None) -> shapes.Span | None:
    """An interval as JSON."""
    if interval is None:
        return None
    return instant_text(interval.earliest), instant_text(interval.latest), interval.granularity


def web_address(url: str | None) -> str | None:
    """An address that may become a link: of the web, nothing that acts."""
    return url if url and url.startswith(("https://", "http://")) else None


AROUND = 200  # characters shown on either side of a sentence: a sentence or two


def around(cited: Cited) -> tuple[str, str]:
    """What stands before and after the claim's sentence in its paragraph, cut at words."""
    text, at = cited.report.text, cited.claim.sentence
    before = text[max(0, at.start - AROUND):at.start].rpartition("\n")[2]
    if len(before) == AROUND:
        before = "… " + before.partition(" ")[2]
    after = text[at.end:at.end + AROUND].strip(" ").partition("\n")[0]
    if len(after) >= AROUND - 1:
        after = after.rpartition(" ")[0] + " …"
    return before.strip(), after.strip()


def claim(cited: Cited, context: bool = False) -> shapes.CitedClaim:
    """A claim with its sentence; with ``context``, what stands around that."""
    c, evidence = cited.claim, cited.evidence
    before, after = around(cited) if context else ("", "")
    start = max(c.span.start - c.sentence.start, 0)
    return shapes.CitedClaim(
        claim_id=c.id, kind=c.kind, polarity=c.polarity, modality=c.modality, says=claim_says(c),
        part=c.part, sentence=cited.sentence,
        marks=(start, min(c.span.end, c.sentence.end) - c.sentence.start),
        chain=[shapes.Link(name=s.name, source_class=s.source_class, commitment=s.commitment,
                           cue=s.cue, medium=s.medium, anonymous=s.anonymous) for s in c.sources],
        hedges=list(c.hedges), actor=c.actor.text if c.actor else None,
        counterpart=c.counterpart.text if c.counterpart else None,
        actor_side=evidence.actor_side if evidence else None, valid=span(c.valid),
        when=period(c.valid.earliest, c.valid.latest) if c.valid else "undated",
        outlet=cited.report.outlet, url=web_address(cited.report.url), report_id=c.report_id,
        published=span(cited.published), published_text=published(cited.published),
        copied=bool(evidence and evidence.copy_of), origin=evidence.origin if evidence else None,
        before=before, after=after)


def claims(cited: Iterable[Cited], context: bool = False) -> list[shapes.CitedClaim]:
    """Claims, in their order."""
    return [claim(one, context) for one in cited]


def called(side: str | None, names: Names) -> str | None:
    """A side's name; None where there is no side."""
    return None if side is None else names.state(side)


def quantity(found: Quantity | None) -> str | None:
    """A number as it was told: *at least 2 helicopters*."""
    if found is None:
        return None
    number = "" if found.value is None else f"{found.value:,g}"
    if found.high is not None:
        number += f" to {found.high:,g}"
    whole = f" of {found.of:,g}" if found.of is not None else ""
    bound = "" if found.bound in ("exactly", "between") else found.bound
    return " ".join(part for part in (bound, number + whole, found.unit) if part)


def status(row: StatusRow, names: Names) -> shapes.StatusItem:
    """A row of the status."""
    belief, place = row.belief, row.belief.place
    return shapes.StatusItem(
        place=place.name, place_id=place.id, type=place.type, country=names.country(place.country),
        country_code=place.country, adm1=place.adm1, geonameid=place.geonameid,
        latitude=place.latitude, longitude=place.longitude, holder=called(belief.holder, names),
        holder_id=belief.holder, probability=round(belief.probability_p, 4),
        likelihood=likelihood(belief.probability_p), contested=belief.contested,
        since_earliest=instant_text(belief.since_earliest),
        since_latest=instant_text(belief.since_latest),
        states={names.state(s): round(p, 4) for s, p in belief.states}, claims=row.claims,
        origins=row.origins, valid_at=instant_text(belief.valid_at),
        known_at=instant_text(belief.known_at))


def happening(event: EventView, names: Names) -> shapes.Happening:
    """An event."""
    return shapes.Happening(
        place=event.place.name, place_id=event.place.id, place_kind=place_kind(event.place),
        country=event.place.country, adm1=event.place.adm1, kind=event.kind,
        actor=called(event.actor_side, names), actor_id=event.actor_side,
        counterpart=called(event.counterpart_side, names), counterpart_id=event.counterpart_side,
        earliest=instant_text(event.earliest), latest=instant_text(event.latest),
        median=instant_text(event.median), when=event_when(event),
        probability=round(event.probability_p, 4), likelihood=likelihood(event.probability_p),
        origins=event.origins, claims=claims(event.cited))


def explained(told: Explanation, names: Names, bands: shapes.Bands,
              events: Sequence[EventView]) -> shapes.PlaceAnswer:
    """Who holds a place, and why."""
    belief, place = told.belief, told.belief.place
    reasons: dict[str, list[shapes.CitedClaim]] = {}
    for cited in told.unmoved:
        reasons.setdefault(why_unmoved(cited.claim), []).append(claim(cited))
    return shapes.PlaceAnswer(
        place=place.name, place_id=place.id, kind=place_kind(place),
        country=names.country(place.country), adm1=place.adm1, geonameid=place.geonameid,
        latitude=place.latitude, longitude=place.longitude,
        summary=answer_line(told, names).plain, holder=called(belief.holder, names),
        holder_id=belief.holder, probability=round(belief.probability_p, 4),
        likelihood=likelihood(belief.probability_p), contested=belief.contested,
        since=since(belief), since_earliest=instant_text(belief.since_earliest),
        since_latest=instant_text(belief.since_latest),
        valid_at=instant_text(belief.valid_at) or "", known_at=instant_text(belief.known_at),
        moved=[shapes.MovedBy(
            side=names.state(m.contribution.holder),
            weight_logodds=round(m.contribution.weight_logodds, 4),
            weight=weight(m.contribution.weight_logodds),
            without=round(m.contribution.without_p, 4), claims=claims(m.cited, context=True))
            for m in told.moved],
        unmoved=[shapes.Unmoved(why=why, claims=found) for why, found in reasons.items()],
        bands=bands, events=[happening(e, names) for e in events])


def dispute(found: DisputeView, names: Names) -> shapes.DisputeItem:
    """A dispute."""
    return shapes.DisputeItem(
        place=found.place.name, place_id=found.place.id, kind=place_kind(found.place),
        country=found.place.country, adm1=found.place.adm1,
        when=period(found.valid_from, found.valid_to),
        valid_from=instant_text(found.valid_from), valid_to=instant_text(found.valid_to),
        settled=instant_text(found.settled), positions=[shapes.Position(
            holder=called(p.holder, names), holder_id=p.holder, denies=p.denies,
            stance=stance(p, names), origins=p.origins, credence=p.credence_p,
            likelihood=None if p.credence_p is None else likelihood(p.credence_p),
            claims=claims(p.cited)) for p in found.positions])


def series(found: SeriesView, names: Names) -> shapes.NumberSeries:
    """Numbers of one thing."""
    place: Place | None = found.place
    return shapes.NumberSeries(
        unit=found.unit, kind=found.kind, side=called(found.side, names), side_id=found.side,
        place=place.name if place else None,
        place_id=place.id if place and place.type != "set" else None,
        country=place.country if place else None, adm1=place.adm1 if place else None,
        title=series_title(found, names).plain,
        numbers=[shapes.NumberItem(
            low=n.low, high=None if n.high == inf else n.high, of=n.of,
            text=bounds_words(n.low, n.high, n.of),
            when=period(n.valid.earliest, n.valid.latest) if n.valid else "undated",
            claim=claim(n.cited),
            checks=[shapes.NumberCheck(rule=f.rule, fits=f.fits, text=fit_words(f))
                    for f in n.fits if f.rule != "share" or not f.fits]) for n in found.numbers])


def forecast(found: ForecastView, names: Names) -> shapes.ForecastItem:
    """A prediction and what came of it."""
    return shapes.ForecastItem(
        place=found.place.name, place_id=found.place.id, kind=place_kind(found.place),
        country=found.place.country, adm1=found.place.adm1, says=predicted(found, names),
        side=called(found.side, names), side_id=found.side, source=found.source,
        made=instant_text(found.made), earliest=instant_text(found.earliest),
        latest=instant_text(found.latest), said=round(found.said_p, 4),
        outcome=round(found.outcome_p, 4), state=found.state,
        brier=None if found.brier is None else round(found.brier, 4),
        days_early=None if found.days_early is None else round(found.days_early, 2),
        claims=claims(found.cited))


def forecaster(found: ForecasterView) -> shapes.ForecasterItem:
    """A source's score."""
    return shapes.ForecasterItem(
        source=found.source, resolved=found.resolved, brier=round(found.brier, 4),
        days_early=None if found.days_early is None else round(found.days_early, 2))


def way_out(found: ExitView, names: Names) -> shapes.ExitItem:
    """A way out of a country."""
    belief, place = found.belief, found.belief.place
    return shapes.ExitItem(
        place=place.name, place_id=place.id, type=place.type, adm1=place.adm1,
        holder=called(belief.holder, names), holder_id=belief.holder,
        probability=round(belief.probability_p, 4), likelihood=likelihood(belief.probability_p),
        contested=belief.contested, since=since(belief), route=found.route,
        open=None if found.open_p is None else round(found.open_p, 4),
        route_since=instant_text(found.route_since), last=found.last,
        only=None if found.only_p is None else round(found.only_p, 4),
        claims=claims(found.cited))


def source(row: SourceRow, names: Names) -> shapes.SourceItem:
    """What a source said and what became of it."""
    return shapes.SourceItem(
        source=row.name, origin=row.origin, source_class=row.source_class,
        side=called(row.side, names), side_id=row.side, statements=row.statements,
        borne_out=row.borne_out, contradicted=row.contradicted, undecided=row.undecided,
        alone=row.alone, late_days=None if row.late_days is None else round(row.late_days, 2),
        credence=None if row.credence_p is None else round(row.credence_p, 4),
        silences=[(instant_text(a) or "", instant_text(b) or "") for a, b in row.silences])


def repetition(found: Repeats) -> shapes.Repetition:
    """Who repeats whom."""
    return shapes.Repetition(outlet=found.outlet, copied=found.copied, copies=found.copies,
                             reports=found.reports)


def change(found: DifferenceView, names: Names) -> shapes.ChangeItem:
    """A place that is not as it was."""
    def held(belief: Belief) -> shapes.Held:
        return shapes.Held(
            holder=called(belief.holder, names), holder_id=belief.holder,
            probability=round(belief.probability_p, 4),
            likelihood=likelihood(belief.probability_p), contested=belief.contested,
            since=since(belief))
    return shapes.ChangeItem.model_validate({
        "place": found.place.name, "place_id": found.place.id, "kind": place_kind(found.place),
        "country": found.place.country, "adm1": found.place.adm1, "what": found.what,
        "before": held(found.before), "after": held(found.after), "claims": claims(found.cited)})


def entry(found: Reviewed, called: Mapping[str, str] | None = None) -> shapes.EntryItem:
    """What somebody said later; ``called``: names of places and actors by id, for those that it is
    about."""
    said = found.entry
    line = entry_line(said)
    if called and said.target in called:
        line = line.replace(said.target, called[said.target], 1)
    return shapes.EntryItem(
        id=found.id, kind=said.kind, target=said.target, author=said.author,
        at=instant_text(said.reported.latest) or "", reason=said.reason, stands=found.stands,
        line=line)
