"""What people's verdicts on claims come to: which claims yield, which stand, in which edition."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from whoholds.core import Candidate, Claim, Resolution
from whoholds.ledger.entries import OF_CLAIMS, Entry

REVIEW = "review"  # the reader of the editions that people make


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The last word on each claim that somebody reviewed.

    ``rejected`` claims do not count; ``instead`` leads from them to the editions in their place.
    ``confirmed`` ones count whatever later readers find, and so do the ``editions``, by id, with
    their ``resolutions``.
    """

    rejected: frozenset[str] = frozenset()
    confirmed: frozenset[str] = frozenset()
    instead: Mapping[str, str] = field(default_factory=dict)
    editions: Mapping[str, Claim] = field(default_factory=dict)
    resolutions: Mapping[str, tuple[Resolution, ...]] = field(default_factory=dict)

    @property
    def judged(self) -> frozenset[str]:
        """The stored claims that somebody reviewed."""
        return self.rejected | self.confirmed


def edition_of(entry: Entry) -> Claim | None:
    """The claim that a correction puts in its target's place."""
    written = entry.body.get("claim") if entry.kind == "correct" else None
    if not isinstance(written, Mapping):
        return None
    return Claim.from_json({**written, "frame": "", "reader": REVIEW, "confidence_p": 1.0})


def verdicts(entries: Iterable[Entry], stored: Collection[str]) -> Verdicts:
    """What the standing ``entries`` say of claims; ``stored``: ids of claims that readers found.

    The last verdict on a claim counts. A verdict on an edition counts while the edition is there:
    undoing a correction undoes what was built on it.
    """
    last: dict[str, Entry] = {}
    for one in sorted((e for e in entries if e.kind in OF_CLAIMS), key=lambda e: e.order):
        last[one.target] = one
    rejected, confirmed, instead = set[str](), set[str](), dict[str, str]()
    editions: dict[str, Claim] = {}
    resolutions: dict[str, tuple[Resolution, ...]] = {}
    for start in sorted(last.keys() & set(stored)):
        entry: Entry | None = last[start]
        made: tuple[Claim, Entry] | None = None
        while entry is not None:
            if entry.kind == "confirm":
                break
            edition = edition_of(entry)
            made = (edition, entry) if edition is not None else None
            following = last.get(made[0].id) if made else None
            entry = following if following and following.order > entry.order else None
        if made is not None:
            instead[start] = made[0].id
            editions[made[0].id] = made[0]
            resolutions[made[0].id] = _resolutions(made[1])
        if made is None and last[start].kind == "confirm":
            confirmed.add(start)
        else:
            rejected.add(start)
    return Verdicts(frozenset(rejected - editions.keys()), frozenset(confirmed), instead,
                    editions, resolutions)


def _resolutions(entry: Entry) -> tuple[Resolution, ...]:
    rows = entry.body.get("resolutions", ())
    assert isinstance(rows, list | tuple)
    return tuple(Resolution.from_json(dict(row)) for row in rows if isinstance(row, Mapping))


def echoes(one: Claim, reviewed: Claim) -> bool:
    """Whether ``one`` says what ``reviewed`` says, of the same words: the same kind, place and
    standing as a fact, told in overlapping spans of one report."""
    return (one.report_id == reviewed.report_id and one.span.overlaps(reviewed.span)
            and (one.kind, one.polarity, one.modality) == (
                reviewed.kind, reviewed.polarity, reviewed.modality)
            and (one.place.span if one.place else None) == (
                reviewed.place.span if reviewed.place else None))


def confirmed_claim(claim: Claim) -> Claim:
    """The claim as somebody signed it: read aright, surely."""
    return replace(claim, confidence_p=1.0)


def confirmed_resolution(resolution: Resolution) -> Resolution:
    """What a mention of a signed claim means: its chosen candidate, surely."""
    if resolution.entity_id is None:
        return resolution
    return replace(resolution, candidates=tuple(
        Candidate(c.entity_id, 1.0, c.reasons) if c.entity_id == resolution.entity_id else c
        for c in resolution.candidates))
