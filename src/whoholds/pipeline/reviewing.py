"""What an open ledger offers those who review it: who they are, their verbs, what is theirs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self, cast

from whoholds.core import Interval, Report, UsageError
from whoholds.ledger import Entry, Ledger, Version, standing, undoers
from whoholds.pipeline.moments import moment
from whoholds.pipeline.redaction import Redactor, fold, redacted_report, redactor
from whoholds.pipeline.review import Review, Reviewed, enrol, next_moment
from whoholds.pipeline.reviewers import Reviewer, reviewer_with, reviewers
from whoholds.pipeline.snapshot import Snapshot
from whoholds.pipeline.stages import Stages
from whoholds.reading.languages import language_of

if TYPE_CHECKING:
    from whoholds.pipeline.baseline import BaselineOutcome
    from whoholds.pipeline.queue import Question
    from whoholds.pipeline.rereading import ReportDiff
    from whoholds.pipeline.workbench import Intake, Workbench

NO_TOKEN = ("sign with your token: set WHOHOLDS_TOKEN; `whoholds reviewer add NAME` makes a "
            "reviewer")


class Reviewing:
    """The part of a workbench that knows people. ``token`` is that of whoever works here; without
    one, reviewing is refused and the names of protected sources are not shown."""

    ledger: Ledger
    stages: Stages
    token: str | None
    _clock: Callable[[], datetime]

    @property
    def _desk(self) -> Workbench:
        return cast("Workbench", self)

    @staticmethod
    def moment(text: str | Interval | datetime | None) -> Interval | None:
        """What a person gives for a moment; UsageError where it means none."""
        return moment(text)

    def now(self) -> datetime:
        """The moment of recording."""
        return self._clock()

    def signed(self, token: str | None) -> Self:
        """The same ledger with the same tools, for somebody else. UsageError where nobody has this
        token."""
        other = copy(self)
        other.__dict__.pop("reviewer", None)
        other.token = token
        if token is not None:
            _ = other.reviewer
        return other

    @cached_property
    def reviewer(self) -> Reviewer | None:
        """Whoever works here; None without a token. UsageError where the token is nobody's."""
        if self.token is None:
            return None
        return reviewer_with(self.token, standing(self.ledger.entries()))

    @property
    def review(self) -> Review:
        """The verbs of whoever works here; UsageError without a token."""
        if self.reviewer is None:
            raise UsageError(NO_TOKEN)
        return Review(self._desk, self.reviewer, self._clock)

    def add_reviewer(self, name: str, sees: bool = False, manages: bool = False) -> str:
        """A new reviewer's token. The first reviewer of a ledger needs nobody's leave, sees
        everything and manages the others; after that it takes one who manages."""
        entries = self.ledger.entries()
        if any(e.kind == "reviewer" for e in entries):
            return self.review.add_reviewer(name, sees, manages)
        return enrol(self._desk, name, True, True, name, next_moment(self._clock(), entries))

    def reviewers(self) -> tuple[Reviewer, ...]:
        """Who reviews here, by name."""
        return reviewers(standing(self.ledger.entries()))

    def entries(self, target: str | None = None) -> tuple[Reviewed, ...]:
        """What outlets and people entered, oldest first; with ``target``, what is about the thing
        with this id, or with an id that begins so."""
        found = self.ledger.entries()
        undone = undoers(found)
        hide = self._redactor(found)
        shown = []
        for entry in sorted(found, key=lambda e: e.order):
            if target is None or entry.target.startswith(target) or entry.id.startswith(target):
                kept = _shown(entry, hide)
                if kept is not None:
                    shown.append(Reviewed(kept, entry.id not in undone, undone.get(entry.id),
                                          entry.id))
        return tuple(shown)

    def sees(self, entries: Sequence[Entry]) -> bool:
        """Whether whoever works here may see the names of protected sources."""
        if self.token is None:
            return False
        return reviewer_with(self.token, entries).sees

    def export(self, path: str | Path, form: Literal["jsonl", "parquet"] = "jsonl",
               ) -> dict[str, int]:
        """The ledger as one bundle; UsageError where it holds names that are not to be shown."""
        if self._redactor(self.ledger.entries()) is not None:
            raise UsageError(f"{self.ledger.name}: a bundle holds the names of protected sources: "
                             "it takes the token of a reviewer who may see them (WHOHOLDS_TOKEN)")
        return self.ledger.export(path, form)

    def load(self, files: Sequence[str],
             told: Callable[[int], object] = lambda done: None) -> dict[str, int]:
        """Takes in readings made elsewhere; see :mod:`whoholds.pipeline.loading`."""
        from whoholds.pipeline.loading import load
        return load(self.ledger, files, self._clock(), told)

    def search(self, words: str,
               known_at: str | Interval | datetime | None = None) -> tuple[Report, ...]:
        """The reports in which all the words stand, by publication; "in quotes": a phrase."""
        found = self.ledger.search(words, moment(known_at))
        hide = self._redactor(self.ledger.entries())
        if hide is None:
            return found
        wanted = re.findall(r"\w+", fold(words))
        shown = [redacted_report(report, hide) for report in found]
        return tuple(r for r in shown if set(wanted) <= set(
            re.findall(r"\w+", fold(f"{r.title or ''} {r.text}"))))

    def _redactor(self, entries: Sequence[Entry]) -> Redactor | None:
        stand = standing(entries)
        hide = redactor(stand, self.ledger.actors()) if any(
            e.kind == "protect" for e in stand) else None
        return None if hide is None or self.sees(stand) else hide

    def questions(self, known: Snapshot, places: Sequence[str] = (),
                  most: int = 20) -> tuple[Question, ...]:
        """The open questions whose answers could move most; see :mod:`whoholds.pipeline.queue`."""
        from whoholds.pipeline.queue import questions
        return questions(self._desk, known, places, most)

    def note(self, text: str, author: str | None = None,
             published: str | Interval | datetime | None = None, where: str = "note") -> Intake:
        """Takes in a person's own words (a call, a video seen) as a report with its author, by
        default the reviewer, as outlet; said ``published``, by default now."""
        name = " ".join((author or (self.reviewer.name if self.reviewer else "")).split())
        if not name:
            raise UsageError("whose note is it? give an author, or sign with a token")
        if not any(map(str.isalnum, text)):
            raise UsageError("a note has words")
        at = moment(published)
        if at is None:
            now = self._clock().replace(microsecond=0)
            at = Interval(now, now, "second")
        words = text.strip()
        report = Report(words, name, at, "given", True, language=language_of(words))
        return next(self.told([self._desk.take_in(where, report)]))

    def told(self, intakes: Iterable[Intake]) -> Iterator[Intake]:
        """What became of things that were read, as it may be shown to whoever works here: without
        the names of protected sources, unless the reviewer may see them."""
        hide = self._redactor(self.ledger.entries())
        return iter(intakes) if hide is None else (_unnamed(intake, hide) for intake in intakes)

    def baseline(self, path: str | Path) -> BaselineOutcome:
        """Takes in a table of who held what on day zero; see :mod:`whoholds.pipeline.baseline`."""
        from whoholds.pipeline.baseline import take_in
        return take_in(self._desk, Path(path), self._clock())

    def reread_each(self) -> Iterator[Intake]:
        """Reads stored reports again with the reader and data of today, where others read them
        last; tells of each as it is done. The new readings supersede; the old remain."""
        from whoholds.pipeline.rereading import reread_each
        return self.told(reread_each(self._desk))

    def versions(self) -> tuple[Version, ...]:
        """The readers that read reports here, in the order in which they came."""
        with self.ledger.as_of() as view:
            return view.versions()

    def diff(self, before: str, after: str) -> tuple[ReportDiff, ...]:
        """What another reader reads otherwise; versions are named by number or beginning."""
        from whoholds.pipeline.rereading import diff
        return diff(self._desk, before, after, self._redactor(self.ledger.entries()))


def _unnamed(intake: Intake, hide: Redactor) -> Intake:
    return replace(intake, where=hide.text(intake.where), report_id=None,
                   outlet=hide.some(intake.outlet), notes=tuple(map(hide.text, intake.notes)),
                   problem=hide.some(intake.problem))


def _shown(entry: Entry, hide: Redactor | None) -> Entry | None:
    """An entry as it may be shown; None where it is about what is hidden."""
    if hide is None:
        return entry
    if entry.kind == "protect":
        return None
    return replace(entry, target=hide.text(entry.target), author=hide.text(entry.author),
                   reason=hide.text(entry.reason),
                   body={} if entry.kind == "correct" else entry.body)
