"""Hands the ledger's claims and beliefs to the scorers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from pathlib import Path

from whoholds.belief import History
from whoholds.core import (
    Actor,
    Claim,
    InputError,
    Place,
    PlaceType,
    Report,
    Resolution,
    Resolved,
    Span,
)
from whoholds.evaluation import (
    Believed,
    Case,
    ClaimsScore,
    Gold,
    Predicted,
    RecordScore,
    content_words,
    read_gold,
    read_record,
    score_claims,
    score_record,
    solar_zone,
)
from whoholds.pipeline.evidence import Known, resolutions_by_role, side_of
from whoholds.pipeline.workbench import Workbench
from whoholds.resolve import country_names, normalise

# kinds that a record may give a place, and the types that such a place may have
RECORD_TYPES: Mapping[str, tuple[PlaceType, ...]] = {
    "airbase": ("airbase", "airport", "base"), "airport": ("airport", "airbase"),
    "crossing": ("crossing", "bridge", "port")}
Understand = Callable[[Report], tuple[tuple[Claim, ...], Resolved]]


def read_text(path: Path) -> str:
    """A text file of gold; InputError in one line where it cannot be read."""
    try:
        return path.read_text("utf8")
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(str(path), f"not UTF-8 at byte {error.start}") from error


def score_reading(desk: Workbench, gold: Path, kinds: Sequence[str] | None = None) -> ClaimsScore:
    """Scores the claims of a ledger against a file of gold claims.

    A gold report is the stored report in which the gold evidence stands at the gold offsets.
    InputError where no stored report is in the gold.
    """
    golds = read_gold(read_text(gold), str(gold))
    known = desk.snapshot().known
    names = gold_names(golds, known.reports.values())
    if not names:
        raise InputError(str(gold), "none of its reports is in the ledger")
    return score_known(desk, golds, known, names, kinds)


def score_cases(desk: Workbench, cases: Iterable[Case], kinds: Sequence[str] | None = None,
                understand: Understand | None = None) -> ClaimsScore:
    """Scores the reading of literate cases. Nothing is stored; each is a report of its own.
    ``understand`` reads a report, by default as the ledger does."""
    understand = understand or desk.understand
    reports: dict[str, Report] = {}
    names: dict[str, str] = {}
    claims: list[Claim] = []
    resolutions: list[Resolution] = []
    places: dict[str, Place] = {}
    actors: dict[str, Actor] = {}
    lines: list[str] = []
    for case in cases:
        found, resolved = understand(case.report)
        reports[case.report.id], names[case.report.id] = case.report, case.name
        claims += found
        resolutions += resolved.resolutions
        places |= {p.id: p for p in resolved.places}
        actors |= {a.id: a for a in resolved.actors}
        lines += case.gold
    known = Known(reports, claims, resolutions_by_role(resolutions), places, actors)
    return score_known(desk, read_gold("\n".join(lines), "cases"), known, names, kinds)


def score_known(desk: Workbench, golds: Sequence[Gold], known: Known, names: Mapping[str, str],
                kinds: Sequence[str] | None = None) -> ClaimsScore:
    """Scores claims against gold; ``names``: report id -> the report's name in the gold."""
    covered = tuple(g for g in golds if g.report in set(names.values()))
    predictions = [predicted(claim, names[claim.report_id], known)
                   for claim in known.claims if claim.report_id in names]
    texts = {name: known.reports[i].text for i, name in names.items()}

    def sentence_at(report: str, span: Span) -> str:
        around = {c.sentence for c in known.claims
                  if names.get(c.report_id) == report and c.sentence.overlaps(span)}
        return min(around).of(texts[report]) if around else line_around(texts[report], span)

    return score_claims(
        covered, predictions, lambda p, name: same_place(desk, known, p, name),
        lambda name: side_named(desk, name), kinds=kinds, sentence_at=sentence_at)


def line_around(text: str, span: Span) -> str:
    """The line of a text that a span stands in."""
    end = text.find("\n", span.end)
    return text[text.rfind("\n", 0, span.start) + 1: end if end >= 0 else len(text)]


def gold_names(golds: Sequence[Gold], reports: Iterable[Report]) -> dict[str, str]:
    """Report id -> name in the gold, for reports in which all that gold's evidence stands."""
    by_report: dict[str, list[Gold]] = {}
    for gold in golds:
        by_report.setdefault(gold.report, []).append(gold)
    return {report.id: name for report in reports for name, own in by_report.items()
            if all(g.span.of(report.text) == g.evidence for g in own)}


def predicted(claim: Claim, report: str, known: Known) -> Predicted:
    """A stored claim as the scorer takes it."""
    def entity(role: str) -> str | None:
        found = known.resolutions.get((claim.id, role))
        return found.entity_id if found else None

    def called(role: str) -> frozenset[str]:
        actor = known.actors.get(entity(role) or "")
        names = {actor.name, *actor.names} if actor else set()
        mention = {"actor": claim.actor, "counterpart": claim.counterpart}.get(role)
        if mention is not None and mention.antecedent is not None:
            names.add(mention.antecedent.of(known.reports[claim.report_id].text))
        return frozenset(names)

    return Predicted(
        report, claim, actor_side=side_of(entity("actor"), known.actors),
        counterpart_side=side_of(entity("counterpart"), known.actors),
        actor_names=called("actor"), counterpart_names=called("counterpart"),
        source_names=tuple(called(f"source:{i}") for i in range(len(claim.sources))),
        sentence=claim.sentence.of(known.reports[claim.report_id].text), key=entity("place"))


def same_place(desk: Workbench, known: Known, prediction: Predicted, name: str) -> bool:
    """Whether the predicted place is what a gold name means.

    A gold name has no identity, only words. A claim whose place is named by those words, or goes
    back to a name of those words, means that place: where it lies is for the measurement of
    places. Else the likeliest place of the gold name, or one that is called exactly so. A place
    that no gazetteer has is compared by its words, with or without the place that it is in.
    """
    mention = prediction.claim.place
    text = known.reports[prediction.claim.report_id].text
    said = {mention.text} if mention is not None else set()
    if mention is not None and mention.antecedent is not None:
        said.add(mention.antecedent.of(text))
    if any(normalise(words) == normalise(name) for words in said):
        return True
    place = known.places.get(str(prediction.key))
    if place is None or place.provisional or place.type == "set":
        called = said | ({place.name} if place else set()) | ({mention.head} if mention else set())
        called |= {f"{words} {mention.container}" for words in tuple(called)
                   if mention is not None and mention.container}
        return any(_alike(content_words(name), content_words(words)) for words in called)
    meant = desk.stages.resolver.find_places(name)
    return (bool(meant) and place.id == meant[0].id) or normalise(place.name) == normalise(name)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether descriptions are the same but for words that one adds (*a dozen villages*)."""
    return bool(one and other) and (one <= other or other <= one)


def side_named(desk: Workbench, name: str) -> str | None:
    """The side of the actor of that name."""
    actor = desk.stages.resolver.find_actor(name)
    return (actor.side or actor.id) if actor else None


def score_history(desk: Workbench, record: Path) -> RecordScore:
    """Scores a ledger's beliefs against a historical record."""
    changes = read_record(read_text(record), str(record))
    known = desk.snapshot()
    codes = {normalise(name): iso for iso, name in country_names().items()}
    about = {e.place_id for e in known.evidence}

    @lru_cache(maxsize=None)
    def place_of(name: str, kind: str, country: str) -> Place | None:
        iso = codes.get(normalise(country))
        types: tuple[PlaceType | None, ...] = (
            *RECORD_TYPES.get(kind, (kind,)), None)
        found = [p for t in types for p in desk.stages.resolver.find_places(name, t, iso)]
        return next((p for p in found if p.id in about), found[0] if found else None)

    @lru_cache(maxsize=None)
    def history(place_id: str, known_at: datetime | None) -> History:
        return desk.history(known, known.known.places[place_id], known_at)

    def belief(name: str, kind: str, country: str, valid_at: datetime,
               known_at: datetime | None) -> Mapping[str, float]:
        place = place_of(name, kind, country)
        if place is None or place.id not in about:
            return {}
        past = history(place.id, known_at)
        if not past.sides:
            return {}
        return dict(zip(past.states, map(float, past.posterior([valid_at])[0]), strict=True))

    def believed(name: str, kind: str, country: str) -> list[Believed]:
        place = place_of(name, kind, country)
        if place is None or place.id not in about:
            return []
        return [Believed(c.to_side, c.median) for c in history(place.id, None).changes()
                if c.median is not None]

    def zone(name: str, kind: str, country: str) -> tzinfo:
        place = place_of(name, kind, country)
        return solar_zone(place.longitude) if place and place.longitude is not None else UTC

    return score_record(changes, belief, believed, lambda name, _: side_named(desk, name), zone)


