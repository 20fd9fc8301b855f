"""Answers get the names that people use."""

from __future__ import annotations

from tests.pipeline.test_evidence import OUTLET, claim, known
from whoholds.belief import Copying
from whoholds.core import Claim, Source
from whoholds.pipeline.evidence import gather
from whoholds.pipeline.snapshot import Snapshot
from whoholds.pipeline.viewing import origin_names, repeats


def made(one: Claim, **resolved: str) -> Snapshot:
    rows = known(one, place="a", **resolved)
    return Snapshot(rows, gather(rows), None)


def test_origins_are_called_by_name_or_by_who_cites_them() -> None:
    def name(*sources: Source, **resolved: str) -> str:
        (found,) = origin_names(made(claim(*sources), **resolved)).values()
        return found
    assert name() == "Herald"
    assert name(Source("the ministry", "official"), source1="min") == "Ministry"
    assert name(Source("officials", "official", anonymous=True)) == "officials, in Herald"
    assert name(Source("officials", "official", anonymous=True), source1="min") == (
        "officials, in Herald")


def test_an_outlet_does_not_repeat_itself_and_each_pair_stands_once() -> None:
    snapshot = made(claim())
    found = (Copying("Herald", "The Herald", 3, 4), Copying("Tribune", "Herald", 1, 2),
             Copying("Tribune", f"outlet:{OUTLET.name}", 2, 2))
    (line,) = repeats(found, snapshot)
    assert (line.outlet, line.copied, line.copies) == ("Tribune", "Herald", 2)
