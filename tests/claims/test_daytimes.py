"""Times of day, days of a month and of a run, live entries: read by the shipped reader."""

from __future__ import annotations

from datetime import date

import pytest

from whoholds.claims import Codebook, extract, load_codebook
from whoholds.core import Interval, Report
from whoholds.language import Reader


@pytest.fixture(scope="module")
def tools() -> tuple[Reader, Codebook]:
    return Reader.load(), load_codebook()


@pytest.mark.parametrize(("text", "kind", "earliest", "latest"), [
    ("Jets bombed Norwick at noon.", "strike", "2024-05-07", "2024-05-08"),
    ("On Monday the rebels entered Norwick. They seized the airport at dawn.", "gain",
     "2024-05-06", "2024-05-06"),
    ("The rebels will attack Norwick at dawn.", "attack", "2024-05-08", "2024-05-09"),
    ("Norwick was surrounded by nightfall.", "encircle", "2024-05-07", "2024-05-08"),
    ("Norwick fell to the rebels on the 5th.", "gain", "2024-05-05", "2024-05-05"),
    ("Artillery pounded Norwick for a fourth day.", "strike", "2024-05-05", "2024-05-08"),
    ("The week before last, rebels seized Norwick.", "gain", "2024-04-22", "2024-04-28"),
    ("Norwick could fall by the weekend, officials said.", "gain", "2024-05-08", "2024-05-12"),
    ("14:05 – Police have sealed off Norwick bridge.", "close", "2024-05-08", "2024-05-08"),
    ("Fighting was fierce at the weekend in Norwick.", "clash", "2024-05-04", "2024-05-05"),
    ("The army failed again on Monday to retake Norwick.", "gain", "2024-05-06", "2024-05-06"),
    ("During the day, artillery shelled Norwick.", "strike", "2024-05-07", "2024-05-08"),
    ("In the morning, artillery shelled Norwick.", "strike", "2024-05-07", "2024-05-08"),
    ("Monday's attack on Norwick killed two people.", "casualty", "2024-05-06", "2024-05-06"),
    ("Overnight strikes on Norwick killed two people.", "strike", "2024-05-07", "2024-05-08"),
    ("Six people were killed in Monday's attack on Norwick.", "casualty", "2024-05-06",
     "2024-05-06"),
    ("The attack on Norwick was the first since March.", "attack", "None", "2024-05-08"),
    ("The rebels lowered the flag on Monday and now hold Norwick.", "hold", "2024-05-08",
     "2024-05-08"),
])
def test_when(tools: tuple[Reader, Codebook], text: str, kind: str, earliest: str,
              latest: str) -> None:
    reader, book = tools
    report = Report(text, "Wire", Interval.of_days(date(2024, 5, 8)), "manifest")
    found = [c.valid for c in extract(report, reader.parse(report), book) if c.kind == kind]
    days = [(str(v.earliest)[:10], str(v.latest)[:10]) for v in found if v is not None]
    assert (earliest, latest) in days
