"""What reviews change in the claims that readers found: some yield, others stand in their place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from whoholds.core import Claim, Interval, Resolution
from whoholds.ledger import rows, schema
from whoholds.ledger.entries import OF_CLAIMS, Entry
from whoholds.ledger.reviews import (
    Verdicts,
    confirmed_claim,
    confirmed_resolution,
    echoes,
    verdicts,
)

CHUNK = 500  # ids in one query: every store takes as many


@dataclass(frozen=True, slots=True)
class Extra:
    """A claim that counts though the reading that counts does not have it."""

    claim_id: str
    claim: Claim
    reported_latest: int | None
    resolutions: tuple[Resolution, ...]

    @property
    def place_id(self) -> str | None:
        """The place that the claim is about."""
        return next((r.entity_id for r in self.resolutions if r.role == "place"), None)

    def wanted(self, place_ids: Collection[str] | None, kinds: Collection[str] | None,
               report_ids: Collection[str] | None, valid: Interval | None) -> bool:
        """Whether the claim passes these filters; None lets everything through."""
        at = self.claim.valid
        return ((place_ids is None or self.place_id in place_ids)
                and (kinds is None or self.claim.kind in kinds)
                and (report_ids is None or self.claim.report_id in report_ids)
                and (valid is None or (at is not None and _overlap(at, valid))))


@dataclass(frozen=True, slots=True)
class Overlay:
    """Of the claims in the stream ``dropped`` ones do not count and ``confirmed`` ones are sure;
    ``extra`` ones, by id, count besides."""

    dropped: frozenset[str] = frozenset()
    confirmed: frozenset[str] = frozenset()
    extra: tuple[Extra, ...] = ()


def _overlap(one: Interval, other: Interval) -> bool:
    if one.earliest is None and one.latest is None:
        return False
    return not ((one.latest is not None and other.earliest is not None
                 and one.latest < other.earliest)
                or (one.earliest is not None and other.latest is not None
                    and one.earliest > other.latest))


def chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    """The ids, sorted, in pieces that a query takes."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start:start + CHUNK]


def overlay(connection: sa.Connection, entries: Sequence[Entry],
            known_reports: Callable[[Iterable[str]], dict[str, int | None]],
            current: Callable[[Collection[str]], Iterable[Any]]) -> Overlay:
    """What the standing ``entries`` change.

    ``known_reports`` keeps, of report ids, those that count, with their reported times; ``current``
    gives the rows of the claims in those reports that the reading which counts has.
    """
    targets = {e.target for e in entries if e.kind in OF_CLAIMS and rows.is_id(e.target)}
    if not targets:
        return Overlay()
    found = {i: claim for part in chunks(targets) for i, claim in stored(connection, part)}
    said = verdicts(entries, found)
    about = {found[i].report_id for i in said.judged | said.instead.keys()}
    reported = known_reports(about)
    there = {row.id: rows.claim_of(row) for row in current(tuple(reported))} if reported else {}
    missing = {i for i in said.judged | said.instead.keys() if i not in there}
    dropped = {*said.rejected, *said.editions, *_echoing(connection, missing, found, there, said)}
    dropped -= said.confirmed
    extra = [Extra(i, claim, reported[claim.report_id], said.resolutions[i])
             for i, claim in said.editions.items() if claim.report_id in reported]
    kept = [i for i in sorted(said.confirmed & missing) if found[i].report_id in reported]
    meant = _last_resolutions(connection, kept)
    extra += [Extra(i, confirmed_claim(found[i]), reported[found[i].report_id],
                    tuple(map(confirmed_resolution, meant.get(i, ())))) for i in kept]
    return Overlay(frozenset(dropped), said.confirmed,
                   tuple(sorted(extra, key=lambda e: by_time(e.reported_latest, e.claim_id))))


def by_time(reported_latest: int | None, claim_id: str) -> tuple[bool, int, str]:
    """The order of claims: by publication, undated ones last, then id."""
    return reported_latest is None, reported_latest or 0, claim_id


def stored(connection: sa.Connection, ids: list[str]) -> Iterator[tuple[str, Claim]]:
    """Claims that readers found, as the last of them did."""
    c, f, v = schema.claims, schema.findings, schema.versions
    query = sa.select(c.c.id, c.c.payload, f.c.frame, f.c.confidence_p, v.c.reader).join(
        f, f.c.claim_id == c.c.id).join(v, v.c.number == f.c.version).where(
        c.c.id.in_(ids)).order_by(c.c.id, f.c.version)
    for row in connection.execute(query):
        yield row.id, rows.claim_of(row)


def _echoing(connection: sa.Connection, missing: Collection[str], reviewed: dict[str, Claim],
             there: dict[str, Claim], said: Verdicts) -> set[str]:
    """Claims of newer readers that say again what somebody reviewed in an older one's words.

    One that some reader found beside the reviewed claim is another claim, not its echo.
    """
    if not missing:
        return set()
    by_report: dict[str, list[str]] = {}
    for i, claim in there.items():
        by_report.setdefault(claim.report_id, []).append(i)
    near = [(i, other) for i in missing for other in by_report.get(reviewed[i].report_id, ())
            if echoes(there[other], reviewed[i])
            or (i in said.instead and echoes(there[other], said.editions[said.instead[i]]))]
    found_by = _finders(connection, {i for pair in near for i in pair})
    return {other for i, other in near if not found_by[i] & found_by[other]}


def _finders(connection: sa.Connection, ids: Collection[str]) -> dict[str, set[int]]:
    f, found = schema.findings, dict[str, set[int]]()
    for part in chunks(ids):
        for row in connection.execute(sa.select(f.c.claim_id, f.c.version).where(
                f.c.claim_id.in_(part))):
            found.setdefault(row.claim_id, set()).add(row.version)
    return found


def _last_resolutions(connection: sa.Connection,
                      ids: Collection[str]) -> dict[str, list[Resolution]]:
    """The resolutions of claims by the last version that found them."""
    s, v, newer = schema.resolutions, schema.versions, schema.resolutions.alias("newer")
    found: dict[str, list[Resolution]] = {}
    for part in chunks(ids):
        query = sa.select(s.c.claim_id, s.c.role, s.c.entity_kind, s.c.entity_id, s.c.payload,
                          v.c.data).join(v, v.c.number == s.c.version).where(
            s.c.claim_id.in_(part), ~sa.exists().where(
                newer.c.claim_id == s.c.claim_id, newer.c.version > s.c.version)).order_by(
            s.c.claim_id, s.c.role)
        for row in connection.execute(query):
            found.setdefault(row.claim_id, []).append(rows.resolution_of(row))
    return found
