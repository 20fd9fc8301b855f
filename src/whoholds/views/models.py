"""What the views show: small frozen models, made from beliefs, evidence and reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from whoholds.core import (
    CONTESTED,
    OTHER,
    Belief,
    Claim,
    Contribution,
    Evidence,
    Interval,
    Place,
    Report,
)
from whoholds.views.words import safe, spaced

_STATE_NAMES = {CONTESTED: "contested", OTHER: "somebody else"}


@dataclass(frozen=True, slots=True)
class Names:
    """What ids are called: actors and sides by id, countries by ISO 3166-1 alpha-2 code.

    ``sides``: ids of the sides that are spoken of, the commonest first; they look the same in every
    answer that has the same names.
    """

    actors: Mapping[str, str] = field(default_factory=dict)
    countries: Mapping[str, str] = field(default_factory=dict)
    sides: tuple[str, ...] = ()

    def state(self, state: str) -> str:
        """A holder's name; words for *contested* and *other*; the id itself where none is known."""
        return _STATE_NAMES.get(state) or self.actors.get(state, state)

    def country(self, code: str | None) -> str | None:
        return None if code is None else self.countries.get(code, code)


@dataclass(frozen=True, slots=True)
class Cited:
    """A claim about one place with the report it stands in. ``evidence`` is None for a claim whose
    place is unknown."""

    claim: Claim
    report: Report
    evidence: Evidence | None = None

    @property
    def published(self) -> Interval | None:
        return self.report.published

    @property
    def sentence(self) -> str:
        return self.claim.sentence.of(self.report.text)


@dataclass(frozen=True, slots=True)
class StatusRow:
    """One place in the table: ``claims`` bear on it, from ``origins`` independent origins; the last
    published is ``latest``."""

    belief: Belief
    claims: int
    origins: int
    latest: Cited | None


@dataclass(frozen=True, slots=True)
class Moved:
    """A contribution and the claims that make it."""

    contribution: Contribution
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A belief, what moved it (strongest first), and the claims that moved nothing."""

    belief: Belief
    moved: tuple[Moved, ...]
    unmoved: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """What one party to a dispute says: that ``holder`` (a side id, ``contested`` or None for
    another side) has the place, or has it not (``denies``); the claims that say so, from how many
    independent origins, and what the model makes of it (None: not asked)."""

    holder: str | None
    cited: tuple[Cited, ...]
    origins: int
    denies: bool = False
    credence_p: float | None = None


@dataclass(frozen=True, slots=True)
class DisputeView:
    """A place about which sources contradict each other between two moments (None: unbounded).
    ``settled`` is since when the evidence has decided it, None while it has not."""

    place: Place
    valid_from: datetime | None
    valid_to: datetime | None
    positions: tuple[Position, ...]
    settled: datetime | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of a brief and the claims that it rests on."""

    text: str
    cited: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its sentences."""

    title: str
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """A finished brief."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A base-map shape: rings of (longitude, latitude) in degrees, WGS 84."""

    name: str
    rings: tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True, slots=True)
class MapView:
    """Everything the map shows. ``frames`` are beliefs at the steps of the time slider, in order,
    each about the same places; ``cited`` the claims that the side panel lists."""

    title: str
    frames: tuple[tuple[datetime, tuple[Belief, ...]], ...]
    cited: tuple[Cited, ...]
    names: Names
    known_at: datetime | None = None
    outlines: tuple[Outline, ...] = ()


def by_sentence(cited: Iterable[Cited]) -> list[list[Cited]]:
    """Claims that share a sentence, word for word, together; in the order of the first of each."""
    groups: dict[str, list[Cited]] = {}
    for one in cited:
        groups.setdefault(safe(one.sentence), []).append(one)
    return list(groups.values())


def marked_pieces(group: Sequence[Cited]) -> list[tuple[str, bool]]:
    """The sentence of claims that share it, cut at the spans of those of the first report; True
    marks what lies in a span. Safe to print; joined, the pieces are the sentence."""
    first = group[0]
    text, sentence = first.report.text, first.claim.sentence
    spans = sorted({(max(c.claim.span.start, sentence.start), min(c.claim.span.end, sentence.end))
                    for c in group if c.claim.sentence == sentence and c.report == first.report})
    pieces, at = [], sentence.start
    for start, end in spans:
        if end > at:
            pieces += [(text[at:max(start, at)], False), (text[max(start, at):end], True)]
            at = end
    pieces.append((text[at:sentence.end].rstrip(), False))
    return [(made, marked) for piece, marked in pieces if (made := spaced(piece))]


def published_key(cited: Cited) -> tuple[bool, float, str, int, str]:
    """Sorts claims by publication, undated ones first; within a report as they stand in it."""
    latest = cited.published.latest if cited.published else None
    return (latest is not None, latest.timestamp() if latest else 0.0, cited.claim.report_id,
            cited.claim.span.start, cited.claim.id)


def cite(evidence: Iterable[Evidence], reports: Mapping[str, Report]) -> tuple[Cited, ...]:
    """Evidence with its reports, in order of publication. ``reports`` by id."""
    rows = [Cited(e.claim, reports[e.claim.report_id], e) for e in evidence]
    return tuple(sorted(rows, key=published_key))


def status_rows(beliefs: Iterable[Belief], evidence: Iterable[Evidence],
                reports: Mapping[str, Report]) -> tuple[StatusRow, ...]:
    """A row for each belief, counting the claims that the belief itself lists."""
    by_place: dict[str, list[Evidence]] = {}
    for item in evidence:
        by_place.setdefault(item.place_id, []).append(item)
    rows = []
    for belief in beliefs:
        listed = frozenset(belief.evidence)
        about = [e for e in by_place.get(belief.place.id, ()) if e.claim.id in listed]
        cited = cite(about, reports)
        rows.append(StatusRow(belief, len({e.claim.id for e in about}),
                              len({e.origin for e in about}), cited[-1] if cited else None))
    return tuple(rows)


def explanation(belief: Belief, contributions: Sequence[Contribution],
                evidence: Iterable[Evidence], reports: Mapping[str, Report]) -> Explanation:
    """What moved ``belief``; of ``evidence``, only what the belief lists is told."""
    listed = frozenset(belief.evidence)
    cited = cite((e for e in evidence
                  if e.place_id == belief.place.id and e.claim.id in listed), reports)
    by_id = {c.claim.id: c for c in cited}
    moved = tuple(
        Moved(c, tuple(by_id[i] for i in c.claim_ids if i in by_id))
        for c in sorted(contributions, key=lambda c: (-abs(c.weight_logodds), c.claim_ids)))
    told = {i for c in contributions for i in c.claim_ids}
    return Explanation(belief, tuple(m for m in moved if m.cited),
                       tuple(c for c in by_id.values() if c.claim.id not in told))
