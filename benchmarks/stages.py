"""What claims and resolution cost beside the language stage, on the samples that ship.

The reader runs on one thread; a first pass warms its caches and the resolver's; processor time.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib.resources import as_file, files
from typing import TypeVar

from benchmarks.figures import compiled
from whoholds.claims import extract
from whoholds.core import Report
from whoholds.pipeline.stages import Stages
from whoholds.settings import settings_from

T = TypeVar("T")
ROUNDS = 3      # the fastest of each counts


def measure() -> dict[str, float]:
    """Processor time of claims and resolution over that of language: a ratio, of the compiled
    build or of plain Python (``…_interpreted``)."""
    stages = Stages(settings_from({"read.threads": "1"}, {}))
    with as_file(files("whoholds").joinpath("samples")) as folder:
        reports = [Report(path.read_text("utf8"), "benchmark")
                   for path in sorted(folder.glob("*.txt"))]
    reader, codebook, resolver = stages.reader, stages.codebook, stages.resolver
    parses = [reader.parse(report) for report in reports]

    def claims_and_resolve() -> None:
        for report, parse in zip(reports, parses, strict=True):
            resolver.resolve(report, parse, extract(report, parse, codebook, resolver.is_place))

    claims_and_resolve()
    language = _fastest(lambda: [reader.parse(report) for report in reports])
    rest = _fastest(claims_and_resolve)
    build = "" if compiled() else "_interpreted"
    return {f"speed.claims_and_resolve_over_language{build}": round(rest / language, 2)}


def _fastest(work: Callable[[], T]) -> float:
    """Processor seconds of the fastest of some runs."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best
