"""Readings made elsewhere are loaded, once."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.ledger.made import NOW, contents, made
from whoholds.core import InputError
from whoholds.ledger import Ledger, Reading
from whoholds.pipeline.loading import load, reading_from_json, reading_to_json


def readings(numbers: range) -> list[Reading]:
    return [Reading(r.report, r.claims, r.resolved, r.reader, "gazetteer 1",
                    b"mark of " + r.report.outlet.encode()) for r in map(made, numbers)]


def lines(numbers: range) -> str:
    return "".join(json.dumps(reading_to_json(r)) + "\n" for r in readings(numbers))


def test_there_and_back() -> None:
    for reading in readings(range(4)):
        assert reading_from_json(json.loads(json.dumps(reading_to_json(reading)))) == reading


def test_loading_is_the_same_as_reading(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(lines(range(150)), "utf8")
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(lines(range(140, 160)).encode()))
    files = [str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl.gz")]
    with Ledger.open(tmp_path / "l.db") as ledger, Ledger.open(tmp_path / "m.db") as other:
        done = load(ledger, files, NOW)
        assert (done["reports"], done["new reports"]) == (170, 160)
        for number in range(160):
            made(number).into(other)
        assert contents(ledger) == contents(other)
        assert load(ledger, files[::-1], NOW)["new claims"] == 0
        assert ledger.check() == ()


@pytest.mark.parametrize("line", ["{}", "no json", "[]", '{"report": null}'])
def test_a_line_that_holds_none_is_named_and_the_rest_kept(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.jsonl").write_text(lines(range(3)) + line + "\n", "utf8")
    with Ledger.open(tmp_path / "l.db") as ledger:
        with pytest.raises(InputError, match=r"a\.jsonl: line 4: no reading"):
            load(ledger, [str(tmp_path / "a.jsonl")], NOW)
        assert len(ledger.reports()) == 3


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "b.jsonl.gz").write_bytes(b"not gzip")
    with Ledger.open(tmp_path / "l.db") as ledger:
        for name in ("none.jsonl", "b.jsonl.gz"):
            with pytest.raises(InputError, match="cannot be read"):
                load(ledger, [str(tmp_path / name)], NOW)
