"""The ledger's size and speed on made-up news: `python -m benchmarks.ledger`.

A million claims (ten in PostgreSQL; ``CLAIMS`` or ``--claims`` sets another number) in reports of
one to twelve, of 3,000 places and 200 outlets whose shares fall as 1/rank, a fifth of the reports
verbatim copies, over two years. The ledger grows from 10^4 claims on, ten times each step; at each
size the same questions are timed: who holds one place, as of a moment in its past, why, the brief
of a country, and, up to a million claims, who holds every place, and a brief of all. A *quiet*
place has the same 24 claims at every size, and twenty of them are a country, so that their times
show what the rest of the ledger costs; the *busiest* place grows with it. Seconds of the processor
(``cpu``) count the PostgreSQL server's, too, where it runs on this machine.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.figures import tell
from whoholds.core import (
    Actor,
    Candidate,
    Claim,
    Interval,
    Kind,
    Mention,
    Place,
    Report,
    Resolution,
    Resolved,
    Source,
    Span,
)
from whoholds.ledger import Ledger, Reading
from whoholds.pipeline import Workbench, open_ledger
from whoholds.pipeline.briefing import brief_of
from whoholds.pipeline.loading import BATCH

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
WHOLE = 1_000_000                # claims up to which questions about all of them are asked
PLACES, OUTLETS, DAYS = 3000, 200, 730
QUIET, QUIET_CLAIMS = 20, 24     # places that only the first reports speak of, and how often
COPIED_P = 0.2
START = datetime(2024, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 1, 2, tzinfo=UTC)
KINDS: tuple[Kind, ...] = ("gain", "hold", "attack", "clash", "strike", "loss", "enter", "deploy")
SIDES = tuple(Actor(f"actor:{name}", f"the {name}", "armed group", side=f"actor:{name}")
              for name in ("rebels", "army", "militia"))
TOWNS = tuple(Place(f"geonames:{n}", f"Town{n}", "city", country="AQ", geonameid=n,
                    latitude=n % 170 - 85.0, longitude=n % 350 - 175.0)
              for n in range(1, PLACES + 1))
HAMLETS = tuple(Place(f"geonames:{10_000 + n}", f"Hamlet{n}", "city", country="BV",
                      geonameid=10_000 + n) for n in range(QUIET))
WORDS = tuple(
    "fighters residents officials said overnight shelling district governor statement told "  # noqa: SIM905
    "reporters convoy bridge hospital road east west after before withdrew reached wounded families"
    " shelter power water market police checkpoint video verified spokesman".split())

Told = tuple[Report, tuple[Claim, ...], Resolved, bytes]


def world(seed: int = 1) -> Iterator[Told]:
    """Endless reports with their claims, the same at every run."""
    chance = random.Random(seed)
    by_rank = list(accumulate(1 / n for n in range(1, PLACES + 1)))
    outlets = list(accumulate(1 / n for n in range(1, OUTLETS + 1)))
    quiet = [place for place in HAMLETS for _ in range(QUIET_CLAIMS)]
    chance.shuffle(quiet)
    wire: list[tuple[list[Place], str, bytes]] = []
    while True:
        outlet = f"Outlet {chance.choices(range(OUTLETS), cum_weights=outlets)[0]}"
        second = chance.randrange(DAYS * 86_400)
        if wire and not quiet and chance.random() < COPIED_P:
            towns, text, print_ = chance.choice(wire[-50:])
        else:
            many = min(12, 1 + int(chance.expovariate(0.25)))
            towns = chance.choices(TOWNS, cum_weights=by_rank, k=many)
            while quiet and len(towns) < 12 and chance.random() < 0.7:
                towns.append(quiet.pop())
            text = "\n".join(_sentence(town, chance) for town in towns)
            print_ = _fingerprint(len(towns), chance)
            wire.append((towns, text, print_))
            del wire[:-50]
        yield _reading(outlet, START + timedelta(seconds=second), towns, text, print_, chance)


def _sentence(town: Place, chance: random.Random) -> str:
    said = " ".join(chance.choices(WORDS, k=28))
    return f"Fighters took {town.name} on the road north, {said}."


def _fingerprint(sentences: int, chance: random.Random) -> bytes:
    """One of the form that :func:`whoholds.reading.fingerprint` gives."""
    draw = np.random.default_rng(chance.randrange(1 << 32))
    return (b"\x01" + draw.integers(0, 1 << 31, 128).astype("<u4").tobytes()
            + np.sort(draw.integers(0, 1 << 62, sentences)).astype("<u8").tobytes())


def _reading(outlet: str, at: datetime, towns: list[Place], text: str, print_: bytes,
             chance: random.Random) -> Told:
    published = Interval(at, at, "second")
    report = Report(text, outlet, published, "metadata", True, f"https://{outlet[7:]}.example/{at}")
    claims, found, start = [], [], 0
    report_id = report.id
    for town, sentence in zip(towns, text.split("\n"), strict=True):
        where = start + len("Fighters took ")
        cited = chance.random() < 0.3
        side = chance.choice(SIDES)
        sources = (Source(outlet, "outlet"),) + (
            (Source("officials", "official", cue="say", anonymous=True),) if cited else ())
        claim = Claim(
            report_id, chance.choice(KINDS), Span(start, where + len(town.name)),
            Span(start, start + len(sentence)), sources,
            actor=Mention(Span(start, start + 8), "Fighters", "description", "fighter"),
            place=Mention(Span(where, where + len(town.name)), town.name, "name", town.name),
            valid=Interval(None, at, "second"), frame="take", reader="reader 1", confidence_p=0.75)
        claims.append(claim)
        found += [Resolution(claim.id, "place", "place", town.id, (
                      Candidate(town.id, 0.9, ("name", "population")),), "gazetteer 1"),
                  Resolution(claim.id, "actor", "actor", side.id, (Candidate(side.id, 0.8),),
                             "gazetteer 1")]
        start += len(sentence) + 1
    return report, tuple(claims), Resolved(tuple(found), tuple(dict.fromkeys(towns)), SIDES), print_


class Server:
    """The seconds on a processor that a PostgreSQL server of this machine spent on a database; none
    for SQLite, or where the machine does not tell."""

    def __init__(self, where: str) -> None:
        self._spent: dict[int, float] = {}
        self._connection: Any = None
        if "://" in where and Path("/proc/self/stat").exists():
            import psycopg
            self._connection = psycopg.connect(where, autocommit=True)

    def cpu(self) -> float:
        """Seconds so far, of the sessions that it saw."""
        if self._connection is None:
            return 0.0
        for pid, in self._connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid()").fetchall():
            with suppress(OSError):
                told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                self._spent[pid] = sum(map(int, told[11:13])) / os.sysconf("SC_CLK_TCK")
        return sum(self._spent.values())

    def clock(self) -> float:
        """Seconds on a processor of this process and the server's."""
        return time.process_time() + self.cpu()


def load(ledger: Ledger, source: Iterator[Told], claims: int,
         server: Server) -> tuple[int, float, float]:
    """Appends readings, a batch in a transaction, until there are ``claims`` more; how many, and
    seconds of the ledger's: by the clock, and on a processor."""
    done, spent, busy = 0, 0.0, 0.0
    while done < claims:
        batch: list[Reading] = []
        while done < claims and len(batch) < BATCH:
            report, found, resolved, print_ = next(source)
            batch.append(Reading(report, found, resolved, "reader 1", "gazetteer 1", print_))
            done += len(found)
        began, worked = time.perf_counter(), server.clock()
        ledger.append_all(batch, NOW)
        spent += time.perf_counter() - began
        busy += server.clock() - worked
    return done, spent, busy


def seconds(ask: Callable[[], object], times: int,
            clock: Callable[[], float] = time.perf_counter) -> float:
    """The shortest of ``times`` runs."""
    best = float("inf")
    for _ in range(times):
        began = clock()
        ask()
        best = min(best, clock() - began)
    return best


def questions(where: str, times: int, quiet: bool = False) -> dict[str, float]:
    """Seconds for each question, each asked of the ledger as a person would, as of its middle;
    ``quiet``: those about the quiet places alone."""
    past, server = START + timedelta(days=DAYS / 2), Server(where)
    with open_ledger(where, create=False) as desk:
        def one() -> object:
            return desk.status(["Hamlet7"], known_at=past)

        def country() -> object:
            return brief_of(desk, desk.snapshot(past, country="BV"), country="BV")

        found = {
            "quiet_place_s": seconds(one, 3),
            "quiet_place_cpu_s": seconds(one, 3, server.clock),
            "quiet_explain_s": seconds(lambda: explain(desk, "Hamlet7", past), 3),
            "quiet_explain_cpu_s": seconds(lambda: explain(desk, "Hamlet7", past), 3,
                                           server.clock),
            "country_brief_s": seconds(country, 3),
            "country_brief_cpu_s": seconds(country, 3, server.clock)}
        return found if quiet else found | {
            "busiest_place_s": seconds(lambda: desk.status(["Town1"], known_at=past), times),
            "all_places_s": seconds(lambda: desk.status(known_at=past), 1),
            "all_places_cpu_s": seconds(lambda: desk.status(known_at=past), 1, server.clock),
            "brief_cpu_s": seconds(lambda: brief_of(desk, desk.snapshot(past)), 1, server.clock)}


def explain(desk: Workbench, place: str, past: datetime) -> object:
    """Why: each claim's weight in the answer about a place."""
    known = desk.snapshot(past, places=[place])
    return [desk.contributions(known, b.place, b.valid_at) for b in desk.status_in(known, [place])]


def measure(largest: int | None = None, store: str | None = None,
            told: Callable[[dict[str, float]], object] = lambda found: None,
            quiet: bool = False) -> dict[str, float]:
    """All of this benchmark's numbers, by name; ``told`` has those of each size once they are
    there. ``largest``: the last size. ``store``: the address of an empty PostgreSQL database, else
    a new SQLite file. ``quiet``: nothing is asked that takes minutes."""
    largest = largest or int(os.environ.get("CLAIMS", SIZES[-1] if store else WHOLE))
    out: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="whoholds-") as folder:
        where = store or str(Path(folder) / "ledger.db")
        source, held = world(), 0
        for size in (*(s for s in SIZES if s < largest), largest):
            with Ledger.open(where) as ledger:
                loaded, spent, busy = load(ledger, source, size - held, Server(where))
                held += loaded
            name = f"ledger.{'postgresql.' if store else ''}{size}"
            found = {f"{name}.claims_per_s": float(round(loaded / spent)),
                     f"{name}.claims_per_cpu_s": float(round(loaded / busy)),
                     f"{name}.bytes_per_claim": float(round(stored_bytes(where) / held))}
            for question, value in questions(
                    where, 3 if size < WHOLE else 1, quiet or size > WHOLE).items():
                found[f"{name}.{question}"] = round(value, 4)
            found[f"{name}.load_average"] = round(os.getloadavg()[1], 1)
            told(found)
            out.update(found)
    return out


def stored_bytes(where: str) -> int:
    """What a ledger takes on the disk, all its indices in."""
    if "://" not in where:
        return Path(where).stat().st_size
    import psycopg
    with psycopg.connect(where) as connection:
        row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    return int(row[0]) if row else 0


def main() -> None:
    """Print the numbers, or write them into a JSON file of results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, help="the largest size")
    parser.add_argument("--json", type=Path, help="a file of results to add to")
    parser.add_argument("--store", help="an empty PostgreSQL database: postgresql://…")
    parser.add_argument("--quiet", action="store_true", help="ask about the quiet places alone")
    given = parser.parse_args()
    measure(given.claims, given.store, lambda found: tell(found, given.json), given.quiet)


if __name__ == "__main__":
    main()
