"""The sample dispatches: twenty texts of invented outlets about real events, in our own words."""

from __future__ import annotations

import csv
from importlib.resources import files

from whoholds.core import parse_moment

FOLDER = files("whoholds").joinpath("samples")
ROWS = list(csv.DictReader(FOLDER.joinpath("manifest.csv").read_text("utf8").splitlines()))


def test_the_manifest_lists_every_sample_once() -> None:
    listed = sorted(row["file"] for row in ROWS)
    there = sorted(f.name for f in FOLDER.iterdir() if f.name.endswith(".txt"))
    assert listed == there
    assert len(there) >= 16


def test_outlets_are_invented_and_dates_can_be_read() -> None:
    assert len({row["outlet"] for row in ROWS}) == 6
    for row in ROWS:
        assert row["url"].split("/")[2].endswith(".example")
        moment = parse_moment(row["published"]).latest
        assert moment is not None
        assert "2021-08-06" <= moment.date().isoformat() <= "2021-08-16"


def test_each_is_as_long_as_a_dispatch() -> None:
    for row in ROWS:
        words = FOLDER.joinpath(row["file"]).read_text("utf8").split()
        assert 60 <= len(words) <= 250, row["file"]


def test_copies_and_rewritten_copies_are_among_them() -> None:
    def sentences(outlet: str) -> set[str]:
        text = " ".join(FOLDER.joinpath(r["file"]).read_text("utf8") for r in ROWS
                        if r["outlet"] == outlet)
        return {s.strip() for s in text.replace("\n", " ").split(". ") if len(s.split()) > 12}
    agency = " ".join(sentences("Tessera News Agency"))
    copied = [o for o in ("The Harbour Gazette", "Dunmore Herald", "The Oxus Courier")
              if any(s in agency for s in sentences(o))]
    assert len(copied) >= 2
