"""How many a claim speaks of, on sentences read by the shipped reader (all made up)."""

from __future__ import annotations

from datetime import date

import pytest

from whoholds.claims import Codebook, extract, load_codebook
from whoholds.core import Interval, Report
from whoholds.language import Reader


@pytest.fixture(scope="module")
def tools() -> tuple[Reader, Codebook]:
    return Reader.load(), load_codebook()


@pytest.mark.parametrize(("text", "kind", "value", "bound", "unit"), [
    ("At least 16 people were killed and dozens injured in Norwick.", "casualty", None, "dozens",
     "person"),
    ("Seven marines were killed and nineteen wounded in Norwick.", "casualty", 19, "exactly",
     "marine"),
    ("The commander has surrendered all forces on the islands, about 9,800 men.", "surrender",
     9800, "about", "man"),
    ("The rebels have taken eleven constables prisoner.", "detain", 11, "exactly", "constable"),
    ("The king marched to its relief with forty thousand men.", "deploy", 40000, "exactly", "man"),
    ("The garrison on the islands will be raised from 5,000 men to 8,000.", "deploy", 8000,
     "exactly", "man"),
    ("Field Marshal Paulus and 24 generals were taken at Stalingrad.", "detain", 24, "exactly",
     "general"),
    ("Moldonia has shut one of its three crossings.", "close", 1, "exactly", "crossing"),
    ("Ships have taken more than 5,000 people of a hundred nationalities out of Norwick.",
     "evacuate", 5000, "more than", "person"),
])
def test_amounts(tools: tuple[Reader, Codebook], text: str, kind: str, value: float | None,
                 bound: str, unit: str) -> None:
    reader, book = tools
    report = Report(text, "Wire", Interval.of_days(date(2024, 5, 8)), "manifest")
    found = [c.quantity for c in extract(report, reader.parse(report), book) if c.kind == kind]
    assert (value, bound, unit) in [(q.value, q.bound, q.unit) for q in found if q is not None]


def test_a_bombardment_of_days_has_no_number(tools: tuple[Reader, Codebook]) -> None:
    reader, book = tools
    report = Report("Norwick fell after a bombardment of three days.", "Wire",
                    Interval.of_days(date(2024, 5, 8)), "manifest")
    assert all(c.quantity is None for c in extract(report, reader.parse(report), book))
