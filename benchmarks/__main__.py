"""Runs every benchmark and adds its numbers to a file: `python -m benchmarks --json FILE`."""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
from pathlib import Path

import benchmarks


def main() -> None:
    """Call ``measure()`` of each module of this package that has one."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--json", type=Path, required=True, help="the file of results")
    given = parser.parse_args()
    results = json.loads(given.json.read_text("utf8")) if given.json.exists() else {}
    for found in pkgutil.iter_modules(benchmarks.__path__):
        if found.name.startswith("__"):
            continue
        measure = getattr(importlib.import_module(f"benchmarks.{found.name}"), "measure", None)
        if measure is not None:
            for name, value in measure().items():
                print(f"{name:45} {value}")
                results[name] = value
    given.json.write_text(json.dumps(results, indent=2, sort_keys=True) + "\n", "utf8")


if __name__ == "__main__":
    main()
