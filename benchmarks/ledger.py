"""The ledger's size and speed on made-up news: `python -m benchmarks.ledger`.

A million claims (``CLAIMS`` sets another number) in reports of one to twelve, of 3,000 places and
200 outlets whose shares fall as 1/rank, a fifth of the reports verbatim copies, over two years. The
ledger grows from 10^4 to 10^6 claims; at each size the same questions are timed: who holds one
place, as of a moment in its past, and who holds every place. A *quiet* place has the same 24 claims
at every size, so its time shows what the rest of the ledger costs; the *busiest* grows with it.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

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
from whoholds.pipeline import open_ledger
from whoholds.pipeline.loading import BATCH

SIZES = (10_000, 100_000, 1_000_000)
PLACES, OUTLETS, DAYS = 3000, 200, 730
QUIET, QUIET_CLAIMS = 20, 24     # places that only the first reports speak of, and how often
COPIED_P = 0.2
START = datetime(2024, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 1, 2, tzinfo=UTC)
KINDS: tuple[Kind, ...] = ("gain", "hold", "attack", "clash", "strike", "loss", "enter", "deploy")
SIDES = tuple(Actor(f"actor:{name}", f"the {name}", "armed group", side=f"actor:{name}")
              for name in ("rebels", "army", "militia"))
TOWNS = tuple(Place(f"geonames:{n}", f"Town{n}", "city", country="XX", geonameid=n,
                    latitude=n % 170 - 85.0, longitude=n % 350 - 175.0)
              for n in range(1, PLACES + 1))
HAMLETS = tuple(Place(f"geonames:{10_000 + n}", f"Hamlet{n}", "city", country="XX",
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


def load(ledger: Ledger, source: Iterator[Told], claims: int) -> tuple[int, float]:
    """Appends readings, a batch in a transaction, until there are ``claims`` more; how many, and
    seconds of the ledger's."""
    done, spent = 0, 0.0
    while done < claims:
        batch: list[Reading] = []
        while done < claims and len(batch) < BATCH:
            report, found, resolved, print_ = next(source)
            batch.append(Reading(report, found, resolved, "reader 1", "gazetteer 1", print_))
            done += len(found)
        began = time.perf_counter()
        ledger.append_all(batch, NOW)
        spent += time.perf_counter() - began
    return done, spent


def seconds(ask: Callable[[], object], times: int) -> float:
    """The shortest of ``times`` runs."""
    best = float("inf")
    for _ in range(times):
        began = time.perf_counter()
        ask()
        best = min(best, time.perf_counter() - began)
    return best


def questions(path: Path, times: int) -> dict[str, float]:
    """Seconds for each question, each asked of the ledger as a person would, as of its middle."""
    past = START + timedelta(days=DAYS / 2)
    with open_ledger(path, create=False) as desk:
        return {
            "quiet_place_s": seconds(lambda: desk.status(["Hamlet7"], known_at=past), times),
            "busiest_place_s": seconds(lambda: desk.status(["Town1"], known_at=past), times),
            "all_places_s": seconds(lambda: desk.status(known_at=past), 1)}


def measure(largest: int | None = None) -> dict[str, float]:
    """All of this benchmark's numbers, by name."""
    largest = largest or int(os.environ.get("CLAIMS", SIZES[-1]))
    out: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="whoholds-") as folder:
        path = Path(folder) / "ledger.db"
        source, held = world(), 0
        for size in (s for s in SIZES if s <= largest):
            with Ledger.open(path) as ledger:
                loaded, spent = load(ledger, source, size - held)
                held += loaded
            name = f"ledger.{size}"
            out[f"{name}.claims_per_s"] = round(loaded / spent)
            out[f"{name}.bytes_per_claim"] = round(path.stat().st_size / held)
            for question, value in questions(
                    path, 3 if size < 100_000 else 1).items():
                out[f"{name}.{question}"] = round(value, 4)
    return out


def main() -> None:
    """Print the numbers, or write them into a JSON file of results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=SIZES[-1], help="the largest size")
    parser.add_argument("--json", type=Path, help="a file of results to add to")
    given = parser.parse_args()
    found = measure(given.claims)
    tell(found, given.json)


if __name__ == "__main__":
    main()
