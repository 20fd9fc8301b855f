"""Turns stored claims and their resolutions into evidence about places.

This is where a source chain becomes an *origin* (who is really speaking), an actor becomes a
*side*, and a claim about every member of a complete place set becomes a claim about each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from whoholds.core import (
    Actor,
    Candidate,
    Claim,
    Evidence,
    Place,
    Report,
    Resolution,
)
from whoholds.resolve import normalise

NOWHERE = ""  # the place of a number that is told of no place
UNIVERSAL = frozenset({"all", "every", "each", "both"})
MEDIA = frozenset({"outlet", "agency"})
FILLERS = frozenset({"the", "news", "agency"})  # of a medium's name, said or left out


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that evidence is made of: rows of the ledger as of some known time."""

    reports: Mapping[str, Report]
    claims: Sequence[Claim]
    resolutions: Mapping[tuple[str, str], Resolution]  # by claim id and role
    places: Mapping[str, Place]
    actors: Mapping[str, Actor]
    copies: Mapping[str, str] = field(default_factory=dict)  # report -> the earliest it copies


def resolutions_by_role(rows: Iterable[Resolution]) -> dict[tuple[str, str], Resolution]:
    """Resolutions by claim and role."""
    return {(row.claim_id, row.role): row for row in rows}


def side_of(actor_id: str | None, actors: Mapping[str, Actor]) -> str | None:
    """The side an actor belongs to: its own id where no other is known, None for no actor."""
    if actor_id is None:
        return None
    actor = actors.get(actor_id)
    return actor.side or actor.id if actor else actor_id


def top(resolution: Resolution | None) -> Candidate | None:
    """The candidate that was chosen, or None."""
    if resolution is None or resolution.entity_id is None:
        return None
    return next((c for c in resolution.candidates if c.entity_id == resolution.entity_id),
                Candidate(resolution.entity_id, 1.0))


def voice(name: str) -> str:
    """A medium's name without the words that reports add or drop at will: *the Wire news agency*,
    *Wire News Agency* and *Wire* are one voice."""
    words = normalise(name).split()
    return " ".join(w for w in words if w not in FILLERS) or " ".join(words)


def speaker_of(claim: Claim) -> int:
    """The index of the innermost source that says it: an outlet that names itself (*Wire has
    learned*) is the outlet."""
    last = len(claim.sources) - 1
    outlet = voice(claim.sources[0].name)
    while last and claim.sources[last].source_class in MEDIA \
            and voice(claim.sources[last].name) == outlet:
        last -= 1
    return last


def origin_of(claim: Claim, known: Known) -> tuple[str, str | None]:
    """The key of the claim's innermost source, and the side it belongs to.

    A named origin is its resolved actor, whoever cites it; the outlet's own voice is the outlet; an
    unnamed origin is its class, its side and the link that cites it, so that two outlets' anonymous
    officials stay two origins, and an agency's stay one in its own report and in those citing it.
    """
    last = speaker_of(claim)
    source = claim.sources[last]
    if source.source_class in ("outlet", "baseline"):
        return f"{source.source_class}:{source.name}", None
    resolution = known.resolutions.get((claim.id, f"source:{last}"))
    actor_id = resolution.entity_id if resolution else None
    side = None
    if actor_id is not None:
        actor = known.actors.get(actor_id)
        side = actor.side if actor else None
    if actor_id is not None and not source.anonymous:
        return f"actor:{actor_id}", side
    if source.mention is not None and source.mention.form == "name" and not source.anonymous:
        return f"name:{voice(source.name)}", side
    citing = voice(claim.sources[last - 1].name) if last else ""
    return f"{source.source_class}:{side or ''}:{citing}", side


def targets(claim: Claim, known: Known) -> list[tuple[str, str | None]]:
    """The places a claim is evidence on: (place id, id of the set it came by).

    A set counts for its members only where the list is complete and the claim speaks of all.
    """
    resolution = known.resolutions.get((claim.id, "place"))
    if claim.place is None or resolution is None or resolution.entity_id is None:
        return []
    place = known.places.get(resolution.entity_id)
    if place is None:
        return []
    if place.type != "set":
        return [(place.id, None)]
    whole = claim.place.quantifier in UNIVERSAL and claim.quantity is None and claim.part is None
    if not (whole and place.complete):
        return []
    return [(member, place.id) for member in place.members]


OWN_WORDS = 8
"""Words from which on a sentence is somebody's own: of the 58 sentences that different outlets
share in 588 news stories (LGL), the 34 by chance have at most six words; the others come from one
wire story and have eleven or more."""
IMPLIED_P = 0.8
"""Probability that a place that simply *fell* fell to the one side that a report has taking places.
In the sample dispatches 13 of 13 such statements about places of the record are so; a fifth is held
back for reports that jump between fronts."""


def implied_gainers(claims: Iterable[Claim], known: Known) -> dict[str, str]:
    """Report id -> the one side that takes places in it, where there is exactly one."""
    sides: dict[str, set[str]] = {}
    for claim in claims:
        if claim.kind == "gain" and claim.modality == "actual" and claim.actor is not None:
            actor = top(known.resolutions.get((claim.id, "actor")))
            side = side_of(actor.entity_id, known.actors) if actor else None
            if side is not None:
                sides.setdefault(claim.report_id, set()).add(side)
    return {report: next(iter(found)) for report, found in sides.items() if len(found) == 1}


def with_implied(row: Evidence, gainer: str | None) -> Evidence:
    """Evidence of a fall or a loss that leaves unsaid to whom, with the side that is understood."""
    claim = row.claim
    if gainer is None or claim.modality != "actual":
        return row
    sure = IMPLIED_P * row.resolution_p
    if claim.kind == "gain" and claim.actor is None and gainer != row.counterpart_side:
        return replace(row, actor_side=gainer, resolution_p=sure)
    if claim.kind == "loss" and claim.counterpart is None and gainer != row.actor_side:
        return replace(row, counterpart_side=gainer, resolution_p=sure)
    return row


def evidence_of(claim: Claim, known: Known) -> list[Evidence]:
    """The evidence that one claim gives: none where its place is unknown."""
    return _rows(claim, known, targets(claim, known))


def told_in(claim: Claim, report: Report) -> tuple[str, ...]:
    """The words that a claim is told in: those of its span and the two before it, where a modal
    stands (*the rebels might take*)."""
    before = report.text[claim.sentence.start:claim.span.start].split()[-2:]
    return tuple(normalise(word) for word in (*before, *claim.span.of(report.text).split()))


def set_evidence(known: Known) -> tuple[Evidence, ...]:
    """What is said in numbers of a place set (*18 of the 34 capitals*) or of no place: evidence
    whose place is the set itself, or ``NOWHERE``. It bears on no member and moves no belief."""
    rows: list[Evidence] = []
    for claim in known.claims:
        found = known.resolutions.get((claim.id, "place"))
        place = known.places.get(found.entity_id or "") if found else None
        if claim.quantity is not None and (claim.place is None or (
                place is not None and place.type == "set")):
            rows += _rows(claim, known, [(place.id if place else NOWHERE, None)])
    return tuple(with_repeated(rows, known))


def _rows(claim: Claim, known: Known,
          found: Sequence[tuple[str, str | None]]) -> list[Evidence]:
    if not found:
        return []
    report = known.reports[claim.report_id]
    actor = top(known.resolutions.get((claim.id, "actor")))
    counterpart = top(known.resolutions.get((claim.id, "counterpart")))
    place = top(known.resolutions.get((claim.id, "place")))
    origin, origin_side = origin_of(claim, known)
    resolution_p = (place.score_p if place else 1.0) * (actor.score_p if actor else 1.0)
    return [Evidence(
        claim=claim, place_id=place_id,
        actor_side=side_of(actor.entity_id if actor else None, known.actors),
        counterpart_side=side_of(counterpart.entity_id if counterpart else None, known.actors),
        origin=origin, origin_class=claim.sources[speaker_of(claim)].source_class,
        origin_side=origin_side,
        known_at=report.published.latest if report.published else None, outlet=report.outlet,
        resolution_p=resolution_p, copy_of=known.copies.get(report.id), by_set=by_set)
        for place_id, by_set in found]


def with_repeated(rows: Sequence[Evidence], known: Known) -> list[Evidence]:
    """The evidence, with the earliest report that tells of the same place in the same sentence, for
    sentences taken over word for word into a report that is otherwise its own.

    Earliest by publication, then id; undated ones last. Shorter sentences than OWN_WORDS are
    anybody's. What is said of one place depends on nothing that is said of others.
    """
    def order(at: int) -> tuple[bool, float, str]:
        latest = rows[at].known_at
        return (latest is None, latest.timestamp() if latest else 0.0, rows[at].claim.report_id)

    first: dict[tuple[str, str], str] = {}
    out = list(rows)
    for at in sorted(range(len(rows)), key=order):
        row = rows[at]
        words = normalise(row.claim.sentence.of(known.reports[row.claim.report_id].text))
        if words.count(" ") + 1 < OWN_WORDS:
            continue
        report = first.setdefault((row.place_id, words), row.claim.report_id)
        if report != row.claim.report_id and row.copy_of is None:
            out[at] = replace(row, copy_of=report)
    return out


def gather(known: Known) -> tuple[Evidence, ...]:
    """All evidence, in the order of publication, place and claim."""
    gainers = implied_gainers(known.claims, known)
    rows = with_repeated([with_implied(row, gainers.get(claim.report_id))
                          for claim in known.claims for row in evidence_of(claim, known)], known)
    return tuple(sorted(rows, key=lambda e: (
        e.known_at is None, e.known_at.timestamp() if e.known_at else 0.0, e.place_id, e.claim.id)))
