"""The index of places: how long it takes to build and open, how fast it answers, what it weighs.

Building and looking up run in processes of their own, so that each one's peak memory can be told.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

LOOKUPS = 100_000     # names asked for: names of places, each as it is written

_BUILD = """
import json, resource, sys, time
from pathlib import Path
from whoholds.resolve import build_index
start = time.perf_counter()
build_index(Path(sys.argv[1]))
unit = 1 if sys.platform == "darwin" else 1024
print(json.dumps({
    "gazetteer.build_s": round(time.perf_counter() - start, 1),
    "gazetteer.build_cpu_s": round(time.process_time(), 1),
    "gazetteer.build_peak_mb":
        round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6)}))
"""
_LOOK_UP = """
import json, resource, sys, time
from pathlib import Path
from whoholds.resolve import Gazetteer
start = time.perf_counter()
gazetteer = Gazetteer.open(Path(sys.argv[1]))
opened = time.perf_counter() - start
step = max(1, len(gazetteer) // int(sys.argv[2]))
names = [gazetteer.place(row).name for row in range(0, len(gazetteer), step)][:int(sys.argv[2])]
best = 0.0
for _ in range(3):
    start = time.perf_counter()
    for name in names:
        gazetteer.exact(name)
    best = max(best, len(names) / (time.perf_counter() - start))
unit = 1 if sys.platform == "darwin" else 1024
print(json.dumps({
    "gazetteer.open_ms": round(1000 * opened, 2), "gazetteer.lookups_per_s": round(best),
    "gazetteer.lookup_peak_mb":
        round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6)}))
"""


def measure(lookups: int = LOOKUPS) -> dict[str, float]:
    """Build the default index, open it, ask for names: seconds, bytes, megabytes (10^6)."""
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "places.index"
        return {**_run(_BUILD, str(index)), "gazetteer.bytes": index.stat().st_size,
                **_run(_LOOK_UP, str(index), str(lookups))}


def _run(code: str, *arguments: str) -> dict[str, float]:
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True,
                          text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found
