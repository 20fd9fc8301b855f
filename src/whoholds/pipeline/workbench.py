"""An open ledger with the stages around it: read reports in, get answers out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from pathlib import Path
from types import TracebackType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from whoholds import belief
from whoholds.belief import (
    Copying,
    Difference,
    Dispute,
    Event,
    Exit,
    Forecast,
    History,
    Priors,
    Series,
    SourceRecord,
    beliefs,
    contributions,
    disputes,
)
from whoholds.belief import history as history_of
from whoholds.core import (
    Belief,
    Claim,
    Contribution,
    Interval,
    LedgerError,
    Place,
    Report,
    Resolved,
    UsageError,
    WhoholdsError,
    instant_text,
)
from whoholds.ledger import Ledger
from whoholds.pipeline.evidence import set_evidence, told_in
from whoholds.pipeline.fetching import Fetcher, fetcher_from
from whoholds.pipeline.moments import moment
from whoholds.pipeline.reviewing import Reviewing
from whoholds.pipeline.snapshot import Snapshot, country_named, snapshot
from whoholds.pipeline.stages import ENGLISH, Progress, Stages
from whoholds.reading import fingerprint, read_paths
from whoholds.settings import Settings, settings_from

_log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
UNREAD = "unread"        # the reader of what is stored and not parsed
OUT_OF_SCOPE = "names nothing of what read.about names: stored, not parsed"


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of one thing that was to be read.

    ``where`` names it. ``problem`` says in one line why it was refused, None when it was read.
    ``notes`` are for a person to know (a guessed encoding, no date). ``claims`` counts those found,
    ``new_claims`` those that the ledger did not have; ``new_report`` is False for a known report.
    """

    where: str
    report_id: str | None = None
    outlet: str | None = None
    problem: str | None = None
    notes: tuple[str, ...] = ()
    new_report: bool = False
    claims: int = 0
    new_claims: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of everything that was to be read."""

    intakes: tuple[Intake, ...]

    @property
    def read(self) -> tuple[Intake, ...]:
        return tuple(i for i in self.intakes if i.problem is None)

    @property
    def refused(self) -> tuple[Intake, ...]:
        return tuple(i for i in self.intakes if i.problem is not None)


def open_ledger(path: str | Path = "whoholds.db", *, create: bool = True,
                settings: Settings | None = None, progress: Progress | None = None,
                token: str | None = None) -> Workbench:
    """Opens (or makes) the ledger at ``path``; a context manager.

    ``token`` is that of the reviewer who works here: needed to review and to see protected names.
    ``progress`` is told the share done while the gazetteer's index is built, which happens once on
    a machine. Raises LedgerError, in one line, where the file cannot be a ledger.
    """
    settings = settings or settings_from({}, {})
    ledger = Ledger.open(path, create=create, wait_s=float(settings["ledger.wait"]))
    return Workbench(ledger, settings, progress, token=token)


class Workbench(Reviewing):
    """An open ledger. Reading adds to it, and so does review; every other method only answers."""

    def __init__(self, ledger: Ledger, settings: Settings, progress: Progress | None = None,
                 clock: Clock = lambda: datetime.now(UTC), token: str | None = None) -> None:
        self.ledger = ledger
        self.token = token
        self.settings = settings
        self.stages = Stages(settings, progress)
        self._clock = clock

    def __enter__(self) -> Workbench:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.ledger.close()

    @property
    def priors(self) -> Priors:
        """What belief supposes before it has read anything."""
        return Priors(holder_p=float(self.settings["belief.holder"]),
                      contested_p=float(self.settings["belief.contested"]),
                      since_mass_p=float(self.settings["belief.since"]))

    @property
    def zone(self) -> tzinfo | None:
        """The zone of outlets that name none; UsageError where the setting is no zone's name."""
        name = str(self.settings["read.zone"])
        try:
            return ZoneInfo(name) if name else None
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise UsageError(f"setting read.zone: no time zone is called {name!r}") from error

    @cached_property
    def fetcher(self) -> Fetcher:
        """Fetches from the web, as the settings want it."""
        return fetcher_from(self.settings)

    def read_each(self, paths: Iterable[str | Path], *, manifest: str | Path | None = None,
                  outlet: str | None = None, published: str | Interval | None = None,
                  fields: Mapping[str, str] | None = None, follow: bool = False,
                  ) -> Iterator[Intake]:
        """Reads reports into the ledger, one transaction each, and tells of each as it is done.

        See :func:`whoholds.reading.read_paths` for what the arguments mean; addresses on the web
        are fetched (:mod:`whoholds.pipeline.fetching`). A report that was read
        by the same versions before costs a look-up. LedgerError ends the reading: what was told of
        before is safe.
        """
        for result in read_paths(paths, manifest=manifest, outlet=outlet, published=published,
                                 zone=self.zone, leave_out=self._own_files(), fields=fields,
                                 fetch=self.fetcher.fetch, follow=follow,
                                 largest=int(self.settings["read.largest_text"])):
            if result.refusal is not None:
                yield Intake(result.where, problem=result.refusal.what)
            elif result.report is not None:
                yield self.take_in(result.where, result.report, result.notes)

    def _own_files(self) -> list[Path]:
        """The files that the ledger is made of: no reports, wherever they lie."""
        name = self.ledger.name
        return [] if "://" in name else [
            Path(name + ending) for ending in ("", "-wal", "-shm", "-journal", ".watch.json",
                                               ".watch.json.new")]

    def read(self, paths: Iterable[str | Path], *, manifest: str | Path | None = None,
             outlet: str | None = None, published: str | Interval | None = None,
             fields: Mapping[str, str] | None = None, follow: bool = False) -> Outcome:
        """Reads reports into the ledger; see :meth:`read_each`."""
        return Outcome(tuple(self.read_each(paths, manifest=manifest, outlet=outlet,
                                            published=published, fields=fields, follow=follow)))

    def take_in(self, where: str, report: Report, notes: tuple[str, ...] = ()) -> Intake:
        """Reads one report into the ledger, where these versions have not read it before; a bug
        that it trips is told in the answer, trouble with the ledger raises LedgerError."""
        parsed = self.stages.concerned(report)
        reader = self.stages.reading_version if parsed else UNREAD
        data = self.stages.data_version if parsed else ""
        if not parsed and report.language == ENGLISH:
            notes = (*notes, OUT_OF_SCOPE)
        told = Intake(where, report.id, report.outlet, notes=notes)
        try:
            if self.ledger.has_read(report.id, reader, data):
                return replace(told, claims=len(self.ledger.claims(report_ids=[report.id])))
            claims: Sequence[Claim] = ()
            resolved = Resolved((), (), ())
            if parsed:
                claims, resolved = self.understand(report)
            done = self.ledger.append(report, claims, resolved, reader, self._clock(), data=data,
                                      fingerprint=fingerprint(report.text),
                                      settings=dict(self.settings.values))
        except LedgerError:
            raise
        except WhoholdsError as error:
            return replace(told, problem=str(error))
        except Exception as error:  # one report that trips a bug must not cost the others
            _log.debug("reading %s", where, exc_info=True)
            what = f"a bug in whoholds: {type(error).__name__}: {error}"
            return replace(told, problem=what.replace("\n", " "))
        return replace(told, new_report=done.new_report, claims=done.claims,
                       new_claims=done.new_claims)

    def understand(self, report: Report) -> tuple[tuple[Claim, ...], Resolved]:
        """The claims of one report and what their mentions mean; nothing is stored."""
        return self.stages.understand(report)

    def snapshot(self, known_at: str | Interval | datetime | None = None,
                 according_to: str | None = None,
                 as_recorded: str | Interval | datetime | None = None,
                 places: Sequence[str] = (), reports: Collection[str] | None = None,
                 or_all: bool = True, country: str | None = None) -> Snapshot:
        """What is known at ``known_at`` (None: everything), perhaps by one source or side only.

        ``as_recorded``: as this ledger would have answered then, by what it had taken in.
        ``places``: names of the only places that will be asked about, ``country``: name or code of
        the only country, which takes less time;
        ``reports`` and ``or_all``: see :func:`whoholds.pipeline.snapshot.snapshot`.
        """
        recorded = moment(as_recorded)
        return snapshot(self.ledger, moment(known_at), according_to, may_see=self.sees,
                        places=places, reports=reports, or_all=or_all,
                        country=country_named(country) if country else None,
                        recorded_by=recorded.latest if recorded else None)

    def status(self, places: Sequence[str] = (), *, at: str | Interval | datetime | None = None,
               known_at: str | Interval | datetime | None = None,
               according_to: str | None = None) -> tuple[Belief, ...]:
        """Who holds each place (those named, or all that any claim bears on).

        ``at``: when it was so (a date means the end of that day); by default ``known_at``, else the
        latest publication. Raises UsageError for a place that the ledger does not know.
        """
        known = self.snapshot(known_at, according_to, places=places)
        return self.status_in(known, places, at=at)

    def status_in(self, known: Snapshot, places: Sequence[str] = (),
                  *, at: str | Interval | datetime | None = None) -> tuple[Belief, ...]:
        """As :meth:`status`, of a snapshot that is already there."""
        wanted = known.places_named(places) if places else known.places_with_evidence()
        found = beliefs(known.evidence, wanted, self.valid_at(known, at), None, self.priors)
        known_at = known.known_at.latest if known.known_at else None
        return tuple(replace(belief, known_at=known_at) for belief in found)

    def valid_at(self, known: Snapshot, at: str | Interval | datetime | None = None) -> datetime:
        """The instant that an answer is about."""
        given = moment(at)
        if given is not None and given.latest is not None:
            return given.latest
        last = known.last_moment
        if last is None:
            raise UsageError("no report here has a date: say --at which moment you ask about")
        return last

    def contributions(self, known: Snapshot, place: Place, valid_at: datetime,
                      ) -> tuple[Contribution, ...]:
        """What moved the belief about a place, strongest first."""
        return contributions(known.evidence, place.id, valid_at, None, self.priors)

    def disputes(self, known: Snapshot, places: Sequence[str] = ()) -> tuple[Dispute, ...]:
        """Where sources contradict each other."""
        wanted = known.places_named(places) if places else known.places_with_evidence()
        return disputes(known.evidence, wanted, None, self.priors)

    def history(self, known: Snapshot, place: Place,
                known_at: datetime | None = None) -> History:
        """The posterior of a place over all time; ``known_at`` narrows the snapshot further."""
        return history_of(known.evidence, place.id, known_at, self.priors)

    def timeline(self, known: Snapshot, places: Sequence[str] = (), *,
                 since: str | Interval | datetime | None = None,
                 until: str | Interval | datetime | None = None) -> tuple[Event, ...]:
        """What happened at the places (those named, or all), in order; changes of hands and what
        else is told. ``since`` and ``until`` are valid times."""
        wanted = known.places_named(places) if places else known.places_with_evidence()
        start, end = moment(since), moment(until)
        return belief.timeline(known.evidence, wanted, None, self.priors,
                               (start.earliest if start else None, end.latest if end else None))

    def exits(self, known: Snapshot, country: str, *,
              at: str | Interval | datetime | None = None) -> tuple[Exit, ...]:
        """The crossings, airports and ports of a country (its name or ISO code) that claims speak
        of; usable ones first. UsageError where no country is called that."""
        code = country_named(country)
        about = {e.place_id for e in known.evidence}
        ways = [p for p in known.known.places.values() if p.country == code and p.id in about]
        return belief.exits(known.evidence, ways, self.valid_at(known, at), None, self.priors)

    def sources(self, known: Snapshot) -> tuple[SourceRecord, ...]:
        """What each origin said and what became of it, those with most statements first."""
        return belief.sources(known.evidence, None, self.priors)

    def copying(self, known: Snapshot) -> tuple[Copying, ...]:
        """Who repeats whom."""
        return belief.copying(known.evidence)

    def tally(self, known: Snapshot) -> tuple[Series, ...]:
        """Numbers told as facts, checked against each other and against what is believed."""
        return belief.tally((*known.evidence, *set_evidence(known.known)),
                            tuple(known.known.places.values()), None, self.priors)

    def forecasts(self, known: Snapshot, places: Sequence[str] = (), *,
                  at: str | Interval | datetime | None = None) -> tuple[Forecast, ...]:
        """What was predicted about the places (those named, or all), resolved as of ``at``."""
        about = {e.place_id for e in known.evidence}
        wanted = known.places_named(places) if places else [
            p for p in known.known.places.values() if p.id in about]
        words = {c.id: told_in(c, known.reports[c.report_id]) for c in known.claims
                 if c.modality == "forecast"}
        return belief.forecasts(known.evidence, wanted, self.valid_at(known, at), None,
                                self.priors, words)

    def changes(self, known: Snapshot, since: str | Interval | datetime,
                places: Sequence[str] = ()) -> tuple[Difference, ...]:
        """What is different between ``since``, as known then, and the snapshot's last moment.

        A date means the end of that day, as for :meth:`status`. UsageError where ``since`` is not
        before that last moment.
        """
        if known.last_moment is None:
            raise UsageError("no report here has a date: nothing is before or after --since")
        start, end = self.valid_at(known, since), self.valid_at(known)
        if start >= end:
            raise UsageError(f"--since {instant_text(start)} is not before the last moment known, "
                             f"{instant_text(end)}")
        wanted = known.places_named(places) if places else known.places_with_evidence()
        return belief.changes(known.evidence, wanted, (start, start), (end, None), self.priors)
