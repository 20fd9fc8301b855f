"""Review: a person confirms, corrects, merges, protects or takes back; each word an entry.

Nothing is edited. Every verb appends one dated, signed entry with a reason; beliefs follow at once
because every snapshot is made from the entries that stand.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, cast

from whoholds.core import (
    Claim,
    Evidence,
    Interval,
    Json,
    Place,
    Report,
    Resolution,
    UsageError,
    instant_text,
)
from whoholds.ledger import Entry, EntryKind, View, standing
from whoholds.pipeline.amending import MEANT, amended
from whoholds.pipeline.decided import Into, decided
from whoholds.pipeline.entities import Entities, naming
from whoholds.pipeline.evidence import speaker_of, voice
from whoholds.pipeline.redaction import names_of
from whoholds.pipeline.reviewers import Reviewer, checked_name, make_token, reviewers
from whoholds.pipeline.snapshot import Snapshot

if TYPE_CHECKING:
    from whoholds.pipeline.workbench import Workbench

What = Literal["place", "actor", "source"]
SHORTEST = 6               # digits of an id that a person has to type at least
TICK = timedelta(seconds=1)
SKEW = timedelta(hours=1)  # of the clocks of two machines that write to one ledger


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An entry as it may be shown, whether it stands, and the id of what took it back. ``id`` is
    the entry's in the ledger, which may hold what is not shown."""

    entry: Entry
    stands: bool
    undone_by: str | None
    id: str


class Review:
    """The verbs of one reviewer. Claims, reports and entries are named by their id or the first
    digits of it, places and actors by id or name. Each verb gives the entry that it made, and
    raises UsageError, in one line, where what it is about is not there."""

    def __init__(self, desk: Workbench, reviewer: Reviewer, clock: Callable[[], datetime]) -> None:
        self._desk, self.reviewer, self._clock = desk, reviewer, clock

    def confirm(self, claim: str, reason: str = "") -> Entry:
        """The claim is read aright: it counts in full, whatever later readers find."""
        return self._enter("confirm", self._claim(claim)[0].id, reason)

    def dismiss(self, claim: str, reason: str = "") -> Entry:
        """The claim is a misreading: nobody says so. It no longer counts, at any known time."""
        return self._enter("dismiss", self._claim(claim)[0].id, reason)

    def correct(self, claim: str, changes: Mapping[str, str | None], reason: str = "") -> Entry:
        """The claim reads otherwise: an edition with ``changes`` supersedes it; see
        :mod:`whoholds.pipeline.amending` for the fields and what they take."""
        old, report, rows = self._claim(claim)
        edition = amended(old, report, changes)
        asked = {role: text for field, role in MEANT.items() if (text := changes.get(field))}
        known = self._seen() if asked else None
        meant = {role: self._entity("place" if role == "place" else "actor", text, known)
                 for role, text in asked.items() if known is not None}
        for role in meant:
            if getattr(edition, role) is None:
                raise UsageError(f"the claim has no {role} that could mean anything: give its "
                                 f"words ({role}) as well")
        if edition.id == old.id and all(
                rows.get(role) and rows[role].entity_id == e.id for role, e in meant.items()):
            raise UsageError("that is what the claim says already")
        resolutions, entities = self._resolve(old, edition, report, rows, meant)
        body: dict[str, Json] = {
            "claim": {k: v for k, v in edition.to_json().items()
                      if k not in ("frame", "reader", "confidence_p")},
            "resolutions": [r.to_json() for r in resolutions],
            "places": [e.to_json() for e in entities if isinstance(e, Place)],
            "actors": [e.to_json() for e in entities if not isinstance(e, Place)]}
        return self._enter("correct", old.id, reason, body)

    def retract(self, report: str, since: str | Interval | datetime | None = None,
                reason: str = "") -> Entry:
        """The outlet withdrew the report: its claims stop counting from ``since`` (by default
        now) on. ``report``: its id or its address."""
        with self._desk.ledger.as_of() as view:
            key = self._report_id(report, view)
        return self._enter("retraction", key, reason, at=self._desk.moment(since))

    def merge(self, what: What, from_: str, into: str, reason: str = "") -> Entry:
        """Two places, actors or sources are one: what was taken for ``from_`` is ``into``."""
        known = self._seen()
        if what == "source":
            gone, kept = self._source(from_, known), self._source(into, known)
            if voice(decided(self._standing()).means(kept)) == voice(gone):
                raise UsageError(f"{gone} and {kept} are one source already")
            return self._enter("merge", gone, reason, {"what": what, "into": kept})
        one, other = self._there(what, from_, known), self._entity(what, into, known)
        self._check(lambda: decided(self._standing()).entities.merge(one.id, other))
        if one.id == other.id:
            raise UsageError(f"{one.name} is {other.name} already")
        return self._enter("merge", one.id, reason, {"what": what, "into": other.to_json()})

    def split(self, what: What, of: str, claims: Sequence[str], into: str,
              reason: str = "") -> Entry:
        """In these claims ``of`` is another place or actor: ``into``, an id or name, or a new name
        that nobody lists."""
        if what == "source":
            raise UsageError("a source is split claim by claim: correct its chain (source)")
        if not claims:
            raise UsageError("say in which claims it is another one")
        known = self._seen()
        one = self._there(what, of, known)
        other = self._entity(what, into, known, new_like=one)
        mentions: list[list[Json]] = []
        for text in claims:
            claim, _, _ = self._claim(text)
            roles = [role for (i, role), row in known.known.resolutions.items()
                     if row.entity_id == one.id and known.originals.get(i, i) == claim.id]
            if not roles:
                raise UsageError(f"claim {claim.id[:12]} does not speak of {one.name}")
            mentions += [[claim.id, role] for role in sorted(roles)]
        return self._enter("split", one.id, reason, {
            "what": what, "mentions": mentions, "into": other.to_json()})

    def locate(self, place: str, latitude: float | None = None, longitude: float | None = None,
               is_: str | None = None, reason: str = "") -> Entry:
        """The place lies at these degrees (WGS 84), or is one that the gazetteer or a pack has."""
        known = self._seen()
        one = self._there("place", place, known)
        if is_ is not None:
            other = self._entity("place", is_, known)
            if other.id == one.id:
                raise UsageError(f"{one.name} is {other.name} already")
            self._check(lambda: decided(self._standing()).entities.merge(one.id, other))
            return self._enter("locate", one.id, reason, {"into": other.to_json()})
        if latitude is None or longitude is None:
            raise UsageError("say where: latitude and longitude, or which known place it is")
        self._check(lambda: decided(()).entities.locate(one.id, latitude, longitude))
        return self._enter("locate", one.id, reason, {
            "latitude": float(latitude), "longitude": float(longitude)})

    def undo(self, entry: str, since: str | Interval | datetime | None = None,
             reason: str = "") -> Entry:
        """Takes back an entry, an undo too. The undo of a retraction counts from the moment of the
        retraction, or from ``since`` where the outlet took it back later."""
        entries = self._all()
        found = [e for e in entries if e.id.startswith(entry.strip().lower())]
        if len(entry.strip()) < SHORTEST or len(found) != 1:
            raise UsageError(f"{len(found) or 'no'} entries have an id that begins with {entry!r}"
                             if len(found) != 1 else f"give at least {SHORTEST} digits of the id")
        target = found[0]
        if target.kind in ("protect", "reviewer"):
            self._manages()
        at = self._desk.moment(since) or (
            target.reported if target.kind == "retraction" else None)
        return self._enter("undo", target.id, reason, at=at)

    def protect(self, name: str, also: Sequence[str] = (), reason: str = "") -> Entry:
        """The source's name is shown to nobody without the right to see it: neither the name nor
        ``also``, other ways to write it, nor the last word of a name of several."""
        self._manages()
        name = " ".join(name.split())
        if not any(map(str.isalnum, name)):
            raise UsageError("protect whom? a name has letters")
        names = names_of(name, [" ".join(n.split()) for n in also if n.strip()],
                         lambda word: bool(self._desk.stages.resolver.is_place(word)))
        return self._enter("protect", voice(name), reason, {"names": list(names)})

    def add_reviewer(self, name: str, sees: bool = False, manages: bool = False) -> str:
        """Somebody reviews here from now on; gives their token, which is shown once."""
        self._manages()
        return enrol(self._desk, name, sees, manages, self.reviewer.name, self._now())

    def _manages(self) -> None:
        if not self.reviewer.manages:
            raise UsageError(f"{self.reviewer.name} may not do that: it takes a reviewer who "
                             "manages")

    def _seen(self) -> Snapshot:
        return self._desk.snapshot()

    def _all(self) -> tuple[Entry, ...]:
        return self._desk.ledger.entries()

    def _standing(self) -> tuple[Entry, ...]:
        return standing(self._all())

    def _claim(self, text: str) -> tuple[Claim, Report, dict[str, Resolution]]:
        """A claim that counts, its report, and what its mentions mean by role."""
        with self._desk.ledger.as_of() as view:
            key = self._one(text, view.claims_with_id, "claim")
            claim = view.claim(key)
            report = view.report(claim.report_id) if claim else None
            if claim is None or report is None:
                raise UsageError(f"no claim has the id {text}")
            counting = {c.id: c for c in view.claims(report_ids=[claim.report_id])}
            if key not in counting:
                raise UsageError(f"claim {key[:12]} does not count any more: it was superseded or "
                                 "withdrawn; `whoholds review log` tells by what")
            rows = {r.role: r for r in view.resolutions(report_ids=[claim.report_id])
                    if r.claim_id == key}
            return counting[key], report, rows

    def _one(self, text: str, find: Callable[[str], tuple[str, ...]], what: str) -> str:
        """The one id that begins with ``text``, a redacted one too."""
        begin = text.strip().lower()
        if len(begin) < SHORTEST or not set(begin) <= set("0123456789abcdef"):
            raise UsageError(f"{text!r} is no id of a {what}: give at least {SHORTEST} of its "
                             "digits, as the lists show them")
        found = set(find(begin)) or {old for new, old in self._seen().originals.items()
                                     if new.startswith(begin)}
        if len(found) != 1:
            raise UsageError(f"{len(found)} {what}s have an id that begins with {text!r}"
                             if found else f"no {what} has an id that begins with {text!r}")
        return found.pop()

    def _report_id(self, text: str, view: View) -> str:
        by_url = [r.id for r in view.reports() if r.url == text]
        if len(by_url) > 1:
            raise UsageError(f"{len(by_url)} reports have the address {text}: give an id")
        return by_url[0] if by_url else self._one(text, view.reports_with_id, "report")

    def _there(self, what: What, text: str, known: Snapshot) -> Into:
        """A place or actor that the ledger speaks of."""
        return Entities(known, self._desk.stages).there("place" if what == "place" else "actor",
                                                        text)

    def _entity(self, what: What, text: str, known: Snapshot,
                new_like: Into | None = None) -> Into:
        return Entities(known, self._desk.stages).any(
            "place" if what == "place" else "actor", text, new_like)

    def _source(self, name: str, known: Snapshot) -> str:
        """A source's name as the ledger writes it."""
        wanted = voice(name)

        def names(row: Evidence) -> tuple[str, str]:
            return row.claim.sources[speaker_of(row.claim)].name, row.claim.sources[0].name
        found = sorted({n for row in known.evidence for n in names(row) if voice(n) == wanted})
        if not found:
            raise UsageError(f"no source here is called {name!r}; `whoholds sources` lists them")
        return found[0]

    @staticmethod
    def _check(attempt: Callable[[], object]) -> None:
        try:
            attempt()
        except ValueError as error:
            raise UsageError(str(error)) from error

    def _resolve(self, old: Claim, edition: Claim, report: Report, rows: Mapping[str, Resolution],
                 meant: Mapping[str, Into]) -> tuple[list[Resolution], list[Into]]:
        """What the edition's mentions mean: as before where they are the same, as the person says,
        or as the resolver finds in the report."""
        stages = self._desk.stages
        same = {role for role in naming(edition) if naming(edition)[role] == naming(old).get(role)}
        found: dict[str, Resolution] = {
            role: replace(row, claim_id=edition.id) for role, row in rows.items() if role in same}
        entities: dict[str, Into] = {}
        if set(naming(edition)) - same - meant.keys():
            parse = stages.reader.parse(report)
            fresh = stages.resolver.resolve(report, parse, [edition])
            found.update({r.role: r for r in fresh.resolutions
                          if r.role in set(naming(edition)) - same})
            entities.update({p.id: p for p in fresh.places})
            entities.update({a.id: a for a in fresh.actors})
        for role, entity in meant.items():
            found[role] = Entities.decided(edition.id, role, entity)
            entities[entity.id] = entity
            leader = getattr(entity, "side", None)
            if leader and leader != entity.id:
                entities.update(Entities(self._seen(), stages).leaders(leader))
        return [found[role] for role in sorted(found)], list(entities.values())

    def _enter(self, kind: EntryKind, target: str, reason: str,
               body: Mapping[str, Json] | None = None, at: Interval | None = None) -> Entry:
        entry = Entry(kind, target, self.reviewer.name, at or self._now(), reason.strip(),
                      body or {})
        self._desk.ledger.enter(entry, self._clock())
        return entry

    def _now(self) -> Interval:
        return next_moment(self._clock(), self._all())


def next_moment(now: datetime, entries: Sequence[Entry]) -> Interval:
    """Now, to the second, and after the last entry: who speaks later has the last word."""
    at = now.astimezone(UTC).replace(microsecond=0)
    last = max((e.reported.latest for e in entries if e.reported.latest
                and e.reported.latest <= at + SKEW), default=None)
    if last is not None and last >= at:
        at = last + TICK
    return Interval(at, at, "second")


def enrol(desk: Workbench, name: str, sees: bool, manages: bool, author: str,
          at: Interval) -> str:
    """Enters a reviewer; gives the token. UsageError where the name is taken."""
    name = checked_name(name)
    entries = standing(desk.ledger.entries())
    if any(r.name.casefold() == name.casefold() for r in reviewers(entries)):
        raise UsageError(f"{name} is a reviewer already")
    token, kept = make_token(os.urandom)
    desk.ledger.enter(Entry("reviewer", name, author, at, "", {
        **kept, "sees": sees, "manages": manages}), cast(datetime, at.latest))
    return token


def entry_line(entry: Entry) -> str:
    """What an entry says, in a few words."""
    body = cast(dict[str, Any], entry.body)
    what = {"retraction": f"report {entry.target[:12]} was withdrawn",
            "undo": f"takes back entry {entry.target[:12]}",
            "confirm": f"claim {entry.target[:12]} is read aright",
            "dismiss": f"claim {entry.target[:12]} is none",
            "protect": "a source is protected",
            "reviewer": f"{entry.target} reviews here"}.get(entry.kind)
    if what is None and entry.kind == "correct":
        what = f"claim {entry.target[:12]} is corrected"
    if what is None:
        into = body.get("into")
        name = into["name"] if isinstance(into, Mapping) else into
        told = f"{name}" if name else f"{body['latitude']:g}, {body['longitude']:g}"
        what = {"merge": f"{entry.target} is one with {told}",
                "split": f"{entry.target} is {told} in {len(body.get('mentions', ()))} mentions",
                "locate": f"{entry.target} is at {told}"}[entry.kind]
    at = instant_text(entry.reported.latest)
    return f"{at}  {entry.author}: {what}" + (f" ({entry.reason})" if entry.reason else "")
