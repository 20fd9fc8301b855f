"""Reports with claims, made up for the tests: small, different, each the same whenever made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from whoholds.core import (
    Actor,
    Candidate,
    Claim,
    Interval,
    Mention,
    Place,
    Report,
    Resolution,
    Resolved,
    Source,
    Span,
)
from whoholds.ledger import Appended, Ledger

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
DAY_ZERO = date(2025, 5, 1)
REBELS = Actor("actor:rebels", "the rebels", "armed group", side="actor:rebels")
TOWNS = tuple(Place(f"geonames:{n}", f"Town{n}", "city", country="XX", geonameid=n)
              for n in range(1, 8))


@dataclass(frozen=True)
class Reading:
    """All that one append takes."""

    report: Report
    claims: tuple[Claim, ...]
    resolved: Resolved
    reader: str = "reader 1"

    def into(self, ledger: Ledger, at: datetime = NOW) -> Appended:
        return ledger.append(self.report, self.claims, self.resolved, self.reader, at,
                             fingerprint=b"mark of " + self.report.outlet.encode())


def day(number: int) -> Interval:
    return Interval.of_days(DAY_ZERO + timedelta(days=number))


def made(number: int, published: Interval | None = None, reader: str = "reader 1",
         data: str = "gazetteer 1", dated: bool = True) -> Reading:
    """Report ``number``: of its day, with one claim for each of ``number % 3 + 1`` towns."""
    towns = [TOWNS[(number + i) % len(TOWNS)] for i in range(number % 3 + 1)]
    sentences = [f"Rebels took {town.name} in report {number}." for town in towns]
    published = published or (day(number % 20) if dated else None)
    report = Report("\n".join(sentences), f"Outlet {number % 4}", published,
                    "manifest" if published else "none")
    claims, resolutions, start = [], [], 0
    for town, sentence in zip(towns, sentences, strict=True):
        at = start + len("Rebels took ")
        claim = Claim(
            report.id, "gain" if number % 5 else "attack",
            Span(start, at + len(town.name)), Span(start, start + len(sentence)),
            (Source(report.outlet, "outlet"),),
            actor=Mention(Span(start, start + 6), "Rebels", "description", "rebel"),
            place=Mention(Span(at, at + len(town.name)), town.name, "name", town.name),
            valid=Interval(None, published.latest) if published else None,
            frame="take", reader=reader, confidence_p=0.75)
        claims.append(claim)
        for role, kind, key in (("place", "place", town.id), ("actor", "actor", REBELS.id)):
            resolutions.append(Resolution(claim.id, role, kind, key, (Candidate(key, 0.9),), data))
        start += len(sentence) + 1
    return Reading(report, tuple(claims), Resolved(tuple(resolutions), tuple(towns), (REBELS,)),
                   reader)


def reread(reading: Reading, reader: str, keep: int) -> Reading:
    """The same report read by another reader, which finds only the first ``keep`` claims."""
    claims = tuple(replace(c, reader=reader, confidence_p=0.5) for c in reading.claims[:keep])
    ids = {claim.id for claim in claims}
    resolutions = tuple(r for r in reading.resolved.resolutions if r.claim_id in ids)
    return Reading(reading.report, claims, replace(reading.resolved, resolutions=resolutions),
                   reader)


def contents(ledger: Ledger) -> dict[str, object]:
    """Everything that a ledger says."""
    return {"reports": ledger.reports(), "claims": ledger.claims(),
            "resolutions": ledger.resolutions(), "places": ledger.places(),
            "actors": ledger.actors(), "entries": ledger.entries(),
            "fingerprints": ledger.fingerprints()}
