"""The libraries of other programs' formats, which hold our exports to them."""

from __future__ import annotations

import os
from typing import Any

import pytest


def library(name: str) -> Any:
    """A module of a format's own library (the extra *validators*); the test is skipped, saying so,
    where it is not installed. See docs/exports.md."""
    package = name.partition(".")[0]
    if not os.environ.get("WHOHOLDS_VALIDATORS_REQUIRED"):
        pytest.importorskip(package, reason=f"{package} is not installed: extra validators")
    return __import__(name, fromlist=["*"])
