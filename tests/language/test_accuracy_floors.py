"""What was measured is what ships, and it is good enough."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from whoholds.language import Reader
from whoholds.language.files import GRAPH, SHIPPED

ROOT = Path(__file__).resolve().parents[2]
ACCURACY = json.loads((ROOT / "docs/accuracy.json").read_text(encoding="utf8"))
FLOORS = json.loads((ROOT / "benchmarks/floors.json").read_text(encoding="utf8"))


def test_the_shipped_model_is_the_one_measured() -> None:
    shipped = hashlib.sha256((SHIPPED / GRAPH).read_bytes()).hexdigest()
    assert ACCURACY["model_sha256"] == shipped
    assert ACCURACY["reader_version"] == Reader.load().version


@pytest.mark.parametrize("key", sorted(FLOORS))
def test_floor(key: str) -> None:
    assert ACCURACY[key] >= FLOORS[key]


def test_eight_bits_cost_little() -> None:
    assert ACCURACY["quantised_las_loss"] <= 0.3
    assert ACCURACY["model_mb"] <= 32


def test_claims_are_as_probable_as_they_are_told() -> None:
    told = "claims.confidence."
    assert ACCURACY[told + "calibration_error"] <= 0.03
    assert ACCURACY[told + "brier"] <= 0.165 < ACCURACY[told + "brier_of_frames"]
