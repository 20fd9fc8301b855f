"""`read` and `review` killed at any instant; the disk full; the disk read-only."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.ledger.conftest import postgresql  # noqa: F401 - a fixture
from tests.pipeline.crash import HARNESS, Harness, enter
from whoholds.core import LedgerError, Resolved
from whoholds.pipeline.review import Review

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
ROOT = Path(__file__).parents[2]


def test_ten_kills(harness: Harness, tmp_path: Path) -> None:
    outcome = harness.survives(lambda n: str(tmp_path / f"{n}.db"), 10)
    assert outcome.runs_to_the_end == 1
    assert sum(outcome.hits.values()) > 0


def test_kills_on_a_server(harness: Harness, postgresql: str) -> None:  # noqa: F811
    import psycopg
    names = {n: f"c{uuid.uuid4().hex}" for n in (-1, 0)}
    with psycopg.connect(postgresql.format("postgres"), autocommit=True) as connection:
        for name in names.values():
            connection.execute(f"CREATE DATABASE {name}")
    outcome = harness.survives(lambda n: str(postgresql.format(names[n])), 5)
    assert outcome.runs_to_the_end == 1


@pytest.mark.long
def test_many_kills() -> None:
    done = subprocess.run([sys.executable, "-m", "tests.pipeline.crash"], cwd=ROOT, text=True,
                          env={"KILLS": "300", **os.environ}, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "0 lost, 0 doubled" in done.stdout.splitlines()[-1]


def test_a_full_disk_loses_no_review(harness: Harness, tmp_path: Path) -> None:
    where = str(tmp_path / "l.db")
    for step in harness.steps(where):
        if step.startswith("review"):
            break
    acknowledged = 0
    with harness.desk(where) as desk:
        @sa.event.listens_for(desk.ledger._opened.engine, "connect")
        def small(connection: sqlite3.Connection, _: object) -> None:
            connection.execute("PRAGMA max_page_count = 1")  # what SQLite answers on a full disk

        desk.ledger._opened.engine.dispose()
        review = Review(desk, HARNESS, desk.now)

        def fill() -> None:
            nonlocal acknowledged
            for _ in range(40):
                for verb, claim in harness.plan[1:2]:
                    enter(review, verb, claim)
                    acknowledged += 1
                    review.undo(desk.ledger.entries()[-1].id)
                    acknowledged += 1

        with pytest.raises(LedgerError, match="the disk is full; nothing of this was written"):
            fill()
    with harness.desk(where) as desk:
        assert len(desk.ledger.entries()) == 1 + acknowledged
        assert desk.ledger.check() == ()
    for _ in harness.steps(where):
        pass
    with harness.desk(where) as desk:
        assert desk.ledger.check() == ()


TOO_LARGE = """
import resource, signal, sys
from tests.ledger.made import made
from whoholds.core import LedgerError
from whoholds.ledger import Ledger
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Ledger.open(sys.argv[1]) as ledger:
    resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000))
    try:
        for number in range(2000):
            made(number).into(ledger)
            print(made(number).report.id, flush=True)
    except LedgerError as error:
        print(error)
"""


def test_a_disk_that_takes_no_more(tmp_path: Path) -> None:
    from whoholds.ledger import Ledger
    where = str(tmp_path / "l.db")
    done = subprocess.run([sys.executable, "-c", TOO_LARGE, where], cwd=ROOT, text=True,
                          capture_output=True, check=True)
    *acknowledged, said = done.stdout.splitlines()
    assert said.startswith(f"{where}: the disk "), said
    assert "nothing of this was written" in said
    assert len(acknowledged) > 10
    with Ledger.open(where) as ledger:
        assert set(acknowledged) <= {r.id for r in ledger.reports()}
        assert ledger.check() == ()


def test_a_read_only_disk(harness: Harness, tmp_path: Path,
                          monkeypatch: pytest.MonkeyPatch) -> None:
    where = tmp_path / "l.db"
    for step in harness.steps(str(where)):
        if step.startswith("review"):
            break
    monkeypatch.setattr("whoholds.ledger.engines.os.access", lambda path, mode: False)
    with harness.desk(str(where)) as desk:
        assert desk.status()
        with pytest.raises(LedgerError, match="it is read-only"):
            enter(Review(desk, HARNESS, desk.now), *harness.plan[2])
        report = next(iter(desk.ledger.reports()))
        with pytest.raises(LedgerError, match="it is read-only"):
            desk.ledger.append(report, (), Resolved((), (), ()), "another reader", desk.now())


def test_a_read_only_server(harness: Harness, postgresql: str) -> None:  # noqa: F811
    import psycopg
    name = f"r{uuid.uuid4().hex}"
    where = str(postgresql.format(name))
    with psycopg.connect(postgresql.format("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    for step in harness.steps(where):
        if step.startswith("review"):
            break
    with psycopg.connect(postgresql.format("postgres"), autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    with harness.desk(where) as desk:
        assert desk.status()
        with pytest.raises(LedgerError, match="it is read-only"):
            enter(Review(desk, HARNESS, desk.now), *harness.plan[2])
