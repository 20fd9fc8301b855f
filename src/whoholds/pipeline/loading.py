"""Readings made elsewhere, on many machines: JSON Lines and the folders of bulk runs, loaded into
a ledger.

A line holds one reading: *report*, *claims*, *resolutions*, *places*, *actors*, *reader*, *data*,
and *fingerprint* (hexadecimal). Loading is idempotent: ids follow from what was read.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast

from whoholds.core import (
    Actor,
    Claim,
    InputError,
    Interval,
    Json,
    Place,
    Report,
    Resolution,
    Resolved,
)
from whoholds.ledger import Ledger, Reading
from whoholds.pipeline import bulk

BATCH = 1000  # reports in one transaction: what they put into the indices is then written together
REPORT = ("text", "outlet", "published_from", "zone_known", "url", "title", "language")


def reading_to_json(reading: Reading) -> dict[str, Json]:
    """A reading as one line of a load file."""
    report, resolved = reading.report, reading.resolved
    told: dict[str, Json] = {name: getattr(report, name) for name in REPORT}
    return {
        "report": {**told, "published": report.published.to_json() if report.published else None},
        "claims": [claim.to_json() for claim in reading.claims],
        "resolutions": [row.to_json() for row in resolved.resolutions],
        "places": [place.to_json() for place in resolved.places],
        "actors": [actor.to_json() for actor in resolved.actors],
        "reader": reading.reader, "data": reading.data,
        "fingerprint": reading.fingerprint.hex() if reading.fingerprint else None}


def reading_from_json(v: dict[str, Any]) -> Reading:
    """The reading that a line holds; KeyError, TypeError or ValueError where it holds none."""
    told = v["report"]
    published = Interval.from_json(told["published"]) if told["published"] else None
    report = Report(**{name: told[name] for name in REPORT}, published=published)
    return Reading(
        report, tuple(Claim.from_json(c) for c in v["claims"]),
        Resolved(tuple(Resolution.from_json(r) for r in v["resolutions"]),
                 tuple(Place.from_json(p) for p in v["places"]),
                 tuple(Actor.from_json(a) for a in v["actors"])),
        v["reader"], v["data"], bytes.fromhex(v["fingerprint"]) if v["fingerprint"] else None)


def load(ledger: Ledger, files: Sequence[str], at: datetime,
         told: Callable[[int], object] = lambda done: None) -> dict[str, int]:
    """Loads files and folders of bulk runs into the ledger, some reports at a time; gives the
    counts of what was there and what was new, and of the pieces of a run that are not read yet.
    InputError names the line that holds no reading: what came before is kept."""
    counts = {"reports": 0, "new reports": 0, "claims": 0, "new claims": 0, "pieces not read": 0}
    batch: list[Reading] = []

    def flush() -> None:
        for done in ledger.append_all(batch, at):
            counts["reports"] += 1
            counts["new reports"] += done.new_report
            counts["claims"] += done.claims
            counts["new claims"] += done.new_claims
        batch.clear()
        told(counts["reports"])

    for path in files:
        if Path(path).is_dir():
            job = bulk.load_job(Path(path))
            missing = set(bulk.left(job))
            counts["pieces not read"] += len(missing)
            for number in range(len(job.pieces)):
                for reading in bulk.readings(job, number) if number not in missing else ():
                    batch.append(reading)
                    if len(batch) >= BATCH:
                        flush()
            continue
        for number, line in enumerate(_lines(path), 1):
            try:
                batch.append(reading_from_json(json.loads(line)))
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                flush()
                raise InputError(path, f"line {number}: no reading ({type(error).__name__}: "
                                 f"{error})") from error
            if len(batch) >= BATCH:
                flush()
    flush()
    return counts


def _lines(path: str) -> Iterator[bytes]:
    try:
        with cast(IO[bytes], gzip.open(path) if path.endswith(".gz") else Path(path).open("rb")) \
                as file:
            yield from (line for line in file if line.strip())
    except (OSError, EOFError) as error:
        raise InputError(path, f"cannot be read: {getattr(error, 'strerror', None) or error}"
                         ) from error
