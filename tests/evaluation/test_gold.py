"""Reading gold claims."""

from __future__ import annotations

import json
from typing import Any

import pytest

from whoholds.core import InputError
from whoholds.evaluation import read_gold

ROW: dict[str, Any] = {
    "report": "a.txt", "start": 0, "end": 10, "evidence": "took Aleppo", "kind": "gain",
    "actor": "rebels", "counterpart": None, "place": ["Aleppo"], "part": None,
    "time": ["..", "2021-08-15"], "polarity": "affirmed", "modality": "actual",
    "sources": ["Outlet"], "quantity": None, "core": True, "alternatives": []}


def line(**changes: object) -> str:
    return json.dumps({**ROW, **changes})


def test_alternatives_are_read_alone_and_together() -> None:
    alternatives = [{"place": ["Aleppo District"]}, {"kind": "hold"}, {"kind": "enter"}]
    gold, = read_gold(line(alternatives=alternatives), "g")
    found = {(reading.place, reading.kind) for reading in gold.readings}
    city, district = ("Aleppo",), ("Aleppo District",)
    assert found == {(city, "gain"), (district, "gain"), (city, "hold"), (city, "enter"),
                     (district, "hold"), (district, "enter")}


@pytest.mark.parametrize(("changes", "what"), [
    ({"kind": "conquer"}, "kind: 'conquer'"),
    ({"time": ["2021-08-15"]}, "time: two days"),
    ({"time": ["2021-08-15", "2021-08-14"]}, "ends before it begins"),
    ({"time": ["yesterday", ".."]}, "'yesterday' is no day"),
    ({"place": "Aleppo"}, "place: a list"),
    ({"sources": []}, "sources: a list"),
    ({"start": 10}, "no span"),
    ({"quantity": 3}, "quantity"),
    ({"actor": 3}, "actor"),
    ({"alternatives": [{"kind": "conquer"}]}, "kind: 'conquer'"),
])
def test_a_bad_line_is_named_with_what_is_wrong(changes: dict[str, object], what: str) -> None:
    with pytest.raises(InputError) as caught:
        read_gold(line() + "\n" + line(**changes), "gold.jsonl")
    assert str(caught.value).startswith("gold.jsonl:2: ")
    assert what in str(caught.value)


@pytest.mark.parametrize("text", ["{", "[]", json.dumps({"report": "a.txt"})])
def test_what_is_no_claim_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"gold.jsonl:1: "):
        read_gold(text, "gold.jsonl")


def test_the_seeds_are_read(shared: Any) -> None:
    text = (shared / "seeds" / "claims.jsonl").read_text("utf8")
    golds = read_gold(text, "claims.jsonl")
    assert len(golds) == len(text.splitlines())
    assert {gold.report for gold in golds} == {
        path.name for path in (shared / "seeds").glob("*.txt")}
