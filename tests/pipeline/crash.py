"""The crash harness: ``python -m tests.pipeline.crash`` kills `read` and `review` at any instant.

A child takes in the sample dispatches and reviews their claims; it says of each step that it is
done once the ledger has said so, and is killed (SIGKILL) at a random moment. Then the ledger must
be sound and hold all that was said to be done; after some kills a run that nobody disturbs must
leave the ledger that an undisturbed first run leaves. The parser has no part in this: what it
found is remembered, so that a run takes a second. ``KILLS``: how many (environment).
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import whoholds
from whoholds.core import Claim, LedgerError, Report, Resolved
from whoholds.ledger import Entry, Ledger
from whoholds.pipeline import Workbench, open_ledger
from whoholds.pipeline.review import Review
from whoholds.pipeline.reviewers import Reviewer
from whoholds.reading import read_paths
from whoholds.settings import Settings, settings_from

SAMPLES = Path(whoholds.__file__).parent / "samples" / "manifest.csv"
EACH = 10                  # kills of one ledger before a run to the end
REVIEWED = 24              # claims that are reviewed
VERBS = ("confirm", "dismiss", "correct")
HARNESS = Reviewer("Harness", sees=True, manages=True, entry_id="")
Found = Mapping[str, tuple[tuple[Claim, ...], Resolved]]


class Remembering(Workbench):
    """A workbench that has read everything before."""

    found: Found

    def understand(self, report: Report) -> tuple[tuple[Claim, ...], Resolved]:
        return self.found[report.id]


@dataclass
class Outcome:
    """What the kills came to."""

    kills: int = 0
    hits: dict[str, int] = field(default_factory=lambda: {"read": 0, "review": 0})
    acknowledged: int = 0
    runs_to_the_end: int = 0

    def __str__(self) -> str:
        return (f"{self.kills} kills, {self.hits['read']} in read and {self.hits['review']} in "
                f"review; {self.acknowledged} acknowledged steps, 0 lost, 0 doubled; "
                f"{self.runs_to_the_end} ledgers finished afterwards and sound")


class Harness:
    """Everything that the runs share, made once."""

    def __init__(self) -> None:
        self.settings: Settings = settings_from({}, {})
        reports = [r.report for r in read_paths([], manifest=str(SAMPLES)) if r.report]
        with tempfile.TemporaryDirectory() as folder, \
                open_ledger(Path(folder) / "l.db", settings=self.settings) as desk:
            self.found: Found = {r.id: desk.understand(r) for r in reports}
            self.stages = desk.stages
            _ = self.stages.reading_version, self.stages.data_version
        claims = sorted({c.id for found, _ in self.found.values() for c in found})
        self.plan = [(VERBS[n % len(VERBS)], claim) for n, claim in
                     enumerate(claims[::max(1, len(claims) // REVIEWED)])]

    def desk(self, where: str) -> Remembering:
        """The ledger at ``where``, with tools that are loaded already."""
        desk = Remembering(Ledger.open(where), self.settings)
        desk.stages, desk.found = self.stages, self.found
        return desk

    def steps(self, where: str) -> Iterator[str]:
        """Does what is not done yet; gives the name of each step once it is done."""
        with self.desk(where) as desk:
            for intake in desk.read_each([], manifest=SAMPLES):
                assert intake.problem is None, intake.problem
                yield f"read {intake.report_id}"
            done = {(r.entry.kind, r.entry.target) for r in desk.entries()}
            review = Review(desk, HARNESS, desk.now)
            for verb, claim in self.plan:
                if (verb, claim) not in done:
                    yield f"review {enter(review, verb, claim).id}"

    def contents(self, where: str) -> dict[str, object]:
        """What has to be the same whoever was disturbed; the entries' moments differ."""
        with self.desk(where) as desk:
            assert desk.ledger.check() == ()
            known = desk.snapshot()
            return {"reports": sorted(known.reports), "beliefs": desk.status_in(known),
                    "claims": [c.to_json() for c in known.claims],
                    "entries": sorted((e.kind, e.target) for e in desk.ledger.entries())}

    def killed(self, where: str, delay_s: float) -> list[str]:
        """The steps that were told to be done before the kill, or the end of the run."""
        receiver, sender = os.pipe()
        child = os.fork()
        if child == 0:
            status = 1
            try:
                os.close(receiver)
                for step in self.steps(where):
                    os.write(sender, f"{step}\n".encode())
                os.write(sender, b"done\n")
                status = 0
            finally:
                os._exit(status)
        os.close(sender)
        time.sleep(delay_s)
        os.kill(child, signal.SIGKILL)
        told = b""
        while block := os.read(receiver, 1 << 16):
            told += block
        os.close(receiver)
        _, status = os.waitpid(child, 0)
        ended = os.waitstatus_to_exitcode(status)
        assert ended in (0, -signal.SIGKILL), f"the child failed by itself: {ended}"
        return told.decode().split("\n")[:-1]

    def survives(self, place: Callable[[int], str], kills: int, seed: int = 6) -> Outcome:
        """Kills children ``kills`` times; AssertionError where anything is lost or doubled.
        ``place`` gives the address of a new ledger by its number."""
        started = time.monotonic()
        undisturbed = place(-1)
        for _ in self.steps(undisturbed):
            pass
        lasts_s = time.monotonic() - started
        expected, chance, outcome = self.contents(undisturbed), random.Random(seed), Outcome()
        told: set[str] = set()
        for number in range(kills):
            where = place(number // EACH)
            told = told if number % EACH else set()
            fresh = self.killed(where, chance.uniform(0, 1.1 * lasts_s / (1 + number % 3)))
            outcome.kills += 1
            if "done" not in fresh and fresh:
                outcome.hits[fresh[-1].split()[0]] += 1
            told |= set(fresh) - {"done"}
            self.nothing_lost(where, told)
            if number % EACH == EACH - 1 or number == kills - 1:
                outcome.acknowledged += len(told)
                for _ in self.steps(where):
                    pass
                assert self.contents(where) == expected, f"{where}: not as undisturbed"
                outcome.runs_to_the_end += 1
        return outcome

    def nothing_lost(self, where: str, told: Sequence[str] | set[str]) -> None:
        """Whether the ledger is sound and has all that was acknowledged, once."""
        if "://" not in where and not Path(where).exists():
            assert not told, f"{where}: gone, with {len(told)} steps"
            return
        with Ledger.open(where) as ledger:
            assert ledger.check() == (), f"{where}: {ledger.check()[0]}"
            reports, entries = [r.id for r in ledger.reports()], ledger.entries()
        kept = {f"read {i}" for i in reports} | {f"review {e.id}" for e in entries}
        assert told <= kept if isinstance(told, set) else set(told) <= kept, f"{where}: lost"
        assert len(set(reports)) == len(reports), f"{where}: doubled"
        done = [(e.kind, e.target) for e in entries]
        assert len(set(done)) == len(done), f"{where}: doubled"


def enter(review: Review, verb: str, claim: str) -> Entry:
    """One review of the plan."""
    if verb == "correct":
        return review.correct(claim, {"part": "the outskirts"})
    return review.confirm(claim) if verb == "confirm" else review.dismiss(claim)


def main() -> int:
    """Runs the harness on a folder of SQLite ledgers and tells what it came to, in one line."""
    kills = int(os.environ.get("KILLS", "30"))
    with tempfile.TemporaryDirectory(prefix="whoholds-crash-") as folder:
        try:
            outcome = Harness().survives(lambda n: f"{folder}/{n}.db", kills)
        except (AssertionError, LedgerError) as error:
            print(f"crash: {error}")
            return 1
    print(f"crash: {outcome}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
