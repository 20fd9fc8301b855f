"""A program killed at any instant loses nothing acknowledged and leaves nothing half-written."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.ledger.crasher import append
from tests.ledger.made import contents, made
from whoholds.ledger import Ledger

COUNT = 60            # reports in a whole run of the child
DELAY_S = 0.01        # at most, between a line of the child and the kill: a few transactions
STARTING_S = 1.0      # at most, before a kill that is to hit the start: imports, the first schema
ROOT = Path(__file__).parents[2]


def run(path: Path, seed: int, after: int | None, delay_s: float = 0.0) -> list[str]:
    """What the child printed before it ended, or was killed ``delay_s`` after line ``after``."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.ledger.crasher", str(path), str(seed), str(COUNT)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    assert child.stdout is not None
    printed = ""
    if after is not None:
        for _ in range(after):
            printed += child.stdout.readline()
        time.sleep(delay_s)
        child.kill()
    rest, complaints = child.communicate()
    assert child.returncode in (0, -signal.SIGKILL if os.name == "posix" else 1), complaints
    return (printed + rest).split("\n")[:-1]  # a line cut off by the kill was not acknowledged


def survives(path: Path, kills: int) -> int:
    """Kills the child ``kills`` times, a new ledger every ten; gives how many kills hit it."""
    with Ledger.open(path / "undisturbed.db") as undisturbed:
        for number in range(COUNT):
            append(undisturbed, number)
        expected = contents(undisturbed)
    chance, hits = random.Random(6), 0
    for seed in range(kills):
        ledger_path = path / f"{seed // 10}.db"
        after = chance.choice([0, *range(1, COUNT // 2, 7)])
        delay_s = chance.uniform(0, DELAY_S if after else STARTING_S)
        printed = run(ledger_path, seed, after, delay_s)
        hits += "done" not in printed
        if not printed and not ledger_path.exists():
            continue
        with Ledger.open(ledger_path) as ledger:
            assert ledger.check() == ()
            kept = {report.id for report in ledger.reports()}
        assert {made(int(n)).report.id for n in printed if n != "done"} <= kept
        if seed % 10 == 9 or seed == kills - 1:
            assert run(ledger_path, seed, None)[-1] == "done"
            with Ledger.open(ledger_path, create=False) as ledger:
                assert contents(ledger) == expected
                assert ledger.check() == ()
    return hits


def test_ten_kills(tmp_path: Path) -> None:
    assert survives(tmp_path, 10) > 0


@pytest.mark.long
def test_many_kills(tmp_path: Path) -> None:
    kills = int(os.environ.get("KILLS", "300"))
    hits = survives(tmp_path, kills)
    print(f"{kills} kills, {hits} while it was writing; nothing lost, nothing doubled")
    assert hits > kills / 2
