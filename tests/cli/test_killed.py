"""Killing ``read`` at any moment loses nothing and leaves nothing half-written."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from whoholds.ledger import Ledger

TOWNS = ("Kharkiv", "Kherson", "Mariupol", "Sumy", "Poltava", "Lviv", "Odesa", "Uman", "Izium",
         "Lyman")


def read(folder: Path, ledger: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", "from whoholds.cli import main; main()", "read", str(folder),
               "--outlet", "Herald", "--published", "2022-03-01", "--ledger", str(ledger)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def contents(ledger: Path) -> tuple[object, ...]:
    with Ledger.open(ledger, create=False) as opened:
        assert opened.check() == ()
        return opened.reports(), opened.claims(), opened.resolutions()


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_a_killed_read_run_again_gives_the_same_ledger(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for i, town in enumerate(TOWNS):
        text = f"Russian forces captured {town} on Tuesday, officials said. " * (1 + i)
        (folder / f"{i}.txt").write_text(text, "utf8")
    start = time.monotonic()
    assert read(folder, tmp_path / "whole.db").wait(120) == 0
    took = time.monotonic() - start
    expected = contents(tmp_path / "whole.db")
    assert len(expected[0]) == len(TOWNS)  # type: ignore[arg-type]
    chance = random.Random(7)
    for attempt in range(4):
        ledger = tmp_path / f"killed{attempt}.db"
        process = read(folder, ledger)
        time.sleep(took * chance.uniform(0.2, 1.0))
        process.send_signal(signal.SIGKILL)
        process.wait(60)
        assert read(folder, ledger).wait(120) == 0
        assert contents(ledger) == expected
