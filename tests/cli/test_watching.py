"""The command watch, and addresses given to read; the server is on this machine."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.pipeline.server import serving
from whoholds.cli import main
from whoholds.cli.watching import seconds_of
from whoholds.core import UsageError

TEXT = "Rebels seized the city of Kharkiv on Tuesday, two officials said.\n"
HERE = ("--set", "fetch.allow=127.0.0.1", "--set", "fetch.pause=0")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)


def test_read_an_address(tmp_path: Path) -> None:
    with serving() as site:
        site.pages["/2022/03/01/a.txt"] = (200, {"Content-Type": "text/plain"}, TEXT.encode())
        url = f"http://127.0.0.1:{site.port}/2022/03/01/a.txt"
        refused = run("read", url, "--ledger", tmp_path / "x.db")
        assert refused.exit_code == 1
        assert "leads to 127.0.0.1, which is not on the public web" in refused.stderr
        assert site.asked == []
        read = run(*HERE, "read", url, "--ledger", tmp_path / "x.db", "--json")
    assert read.exit_code == 0
    (told,) = json.loads(read.stdout)["read"]
    assert (told["where"], told["new_report"]) == (url, True)
    assert told["claims"] >= 1


def test_a_field_map(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"story": {"words": TEXT}, "by": "Herald"}))
    options = ("read", tmp_path / "a.jsonl", "--ledger", tmp_path / "x.db", "--json")
    read = run(*options, "--field", "text=story.words", "--field", "outlet = by")
    assert json.loads(read.stdout)["read"][0]["outlet"] == "Herald"
    for wrong in ("text", "story=x", "text="):
        told = run(*options, "--field", wrong)
        assert told.exit_code == 2
        assert "--field wants NAME=KEY" in told.stderr


def test_watch_once(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT)
    os.utime(folder / "a.txt", (1_600_000_000, 1_600_000_000))
    with serving() as site:
        dead = f"http://127.0.0.1:{site.port}/feed"
        options = (*HERE, "watch", folder, dead, "--once", "--ledger", tmp_path / "x.db")
        first = run(*options, "--place", "Kharkiv", "--json")
        again = run(*options)
    events = [json.loads(line) for line in first.stdout.splitlines()]
    assert [e["kind"] for e in events] == ["read", "failed"]
    assert events[0]["report"]["new_claims"] >= 1
    assert events[1]["what"] == "no such page (404)"
    assert events[1]["until"] > events[1]["at"]
    assert first.exit_code == 3
    assert (again.exit_code, again.stdout) == (0, "")
    assert (tmp_path / "x.db.watch.json").exists()


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_watch_ends_cleanly(tmp_path: Path, how: signal.Signals) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    os.utime(tmp_path / "a.txt", (1_600_000_000, 1_600_000_000))
    command = [sys.executable, "-c", "from whoholds.cli import main; main()", "watch",
               str(tmp_path / "a.txt"), "--ledger", str(tmp_path / "x.db")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True) as watching:
        assert watching.stdout is not None
        assert "1 claim" in watching.stdout.readline()
        watching.send_signal(how)
        out, err = watching.communicate(timeout=60)
    assert (watching.returncode, out) == (0, "")
    assert "ended; 1 new report" in err
    assert "Traceback" not in err


def test_times() -> None:
    assert [seconds_of(t) for t in ("90", "90s", "15m", "2h", "1.5d")] == [
        90, 90, 900, 7200, 129_600]
    for text in ("", "m", "soon", "-5m", "0", "nan", "inf", "9999d"):
        with pytest.raises(UsageError, match="--every"):
            seconds_of(text)


def test_nothing_to_watch(tmp_path: Path) -> None:
    told = run("watch", "--ledger", tmp_path / "x.db")
    assert told.exit_code == 2
    assert "nothing to watch" in told.stderr
