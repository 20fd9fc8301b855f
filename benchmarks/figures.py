"""Prints figures, and adds them to a file of figures."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from whoholds.core import parses


def compiled() -> float:
    """1 where the package that is measured has its modules compiled (``make compiled``), else 0."""
    return float(Path(parses.__file__).suffix != ".py")


def tell(found: Mapping[str, object], out: Path | None, indent: int = 2) -> None:
    """A line for each figure; with ``out``, they join those that the JSON file there has."""
    for name, value in found.items():
        print(f"{name:45} {value}")
    if out is not None:
        old = json.loads(out.read_text("utf8")) if out.exists() else {}
        out.write_text(json.dumps({**old, **found}, indent=indent, sort_keys=True) + "\n", "utf8")
