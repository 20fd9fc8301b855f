"""Readings made elsewhere are loaded, once."""

from __future__ import annotations

import gzip
import json
import os
import random
import signal
import time
from pathlib import Path

import pytest

from tests.ledger.conftest import postgresql, where  # noqa: F401 - fixtures
from tests.ledger.made import NOW, contents, made
from tests.pipeline.streams import Stream
from whoholds.core import InputError
from whoholds.ledger import Ledger, Reading, engines
from whoholds.pipeline import bulk, loading
from whoholds.pipeline.loading import load, reading_from_json, reading_to_json
from whoholds.pipeline.parquet import TABLES, rows_of
from whoholds.reading.slices import Piece


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


PIECES, PER_PIECE, KILLS = 6, 25, 5


def run(folder: Path) -> bulk.Job:
    """A bulk run that is done, of made-up news."""
    pytest.importorskip("pyarrow", reason="bulk runs want pip install 'whoholds[formats]'")
    job = bulk.Job(str(folder), "reader 1", "gazetteer 1", bulk.Intake(), tuple(
        Piece(("x",), n, n + 1, n) for n in range(PIECES)), {})
    for name in (*TABLES, "refused", "done", "at"):
        (folder / name).mkdir(parents=True)
    (folder / bulk.HEAD).write_text(json.dumps(job.to_json()))
    stream = Stream(1)
    for number in range(PIECES):
        rows: dict[str, list[dict[str, object]]] = {name: [] for name in TABLES}
        for _ in range(PER_PIECE):
            for name, more in rows_of(stream.reading(), "x", ()).items():
                rows[name] += more
        bulk._store(job, number, rows, [], 0)
    return job


def killed_load(at: str, job: bulk.Job, delay_s: float) -> int:
    """How many reports a load had acknowledged when it was killed, so long after its first."""
    receiver, sender = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            with Ledger.open(at) as ledger:
                load(ledger, [job.out], NOW, lambda n: os.write(sender, f"{n}\n".encode()))
        finally:
            os._exit(0)
    os.close(sender)
    told = os.read(receiver, 1 << 16)
    time.sleep(delay_s)
    os.kill(child, signal.SIGKILL)
    while block := os.read(receiver, 1 << 16):
        told += block
    os.close(receiver)
    os.waitpid(child, 0)
    return int(told.decode().split()[-1])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
def test_a_bulk_run_loaded_in_one_go_twice_or_between_kills_gives_one_ledger(
        where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    copied: list[str] = []
    plain = engines._copy

    def copy(connection: object, table: str, *rest: object) -> None:
        copied.append(table)
        plain(connection, table, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(engines, "_copy", copy)
    monkeypatch.setattr(engines, "COPIED_FROM", 20)
    job = run(tmp_path / "run")
    with Ledger.open(tmp_path / "whole.db") as whole:
        done = load(whole, [job.out], NOW)
        assert done["new reports"] == len(whole.reports()) > PIECES * PER_PIECE * 0.8
        whole.export(tmp_path / "whole.zip")
        assert load(whole, [job.out], NOW) == {**done, "new reports": 0, "new claims": 0}
        whole.export(tmp_path / "again.zip")
    assert not copied                                      # SQLite has no COPY
    expected = (tmp_path / "whole.zip").read_bytes()
    assert (tmp_path / "again.zip").read_bytes() == expected
    monkeypatch.setattr(loading, "BATCH", 9)
    chance, seen = random.Random(2), 0
    for _ in range(KILLS):
        acknowledged = killed_load(where, job, chance.uniform(0, 0.1))
        with Ledger.open(where) as ledger:
            assert ledger.check() == ()
            assert seen <= len(ledger.reports())           # a kill takes nothing away
            seen = len(ledger.reports())
            assert acknowledged - PER_PIECE <= seen        # some reports are there twice
    with Ledger.open(where) as ledger:
        load(ledger, [job.out], NOW)
        ledger.export(tmp_path / "killed.zip")
    assert (tmp_path / "killed.zip").read_bytes() == expected
    if "://" in where:
        assert {"claims", "findings", "resolutions", "marks"} <= set(copied)
