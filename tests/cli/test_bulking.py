"""`whoholds bulk` as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_commands import run

pytest.importorskip("pyarrow", reason="bulk runs want pip install 'whoholds[formats]'")


def test_tables_and_then_a_ledger(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rebels seized the city of Kharkiv on Tuesday, officials said.")
    (tmp_path / "b.txt").write_text("The council of Norwich met on Tuesday; police made an arrest.")
    (tmp_path / "c.pdf").write_bytes(b"no document")
    out = tmp_path / "out"
    asked = ("--set", "read.about=UA", "bulk", tmp_path / "a.txt", tmp_path / "b.txt",
             tmp_path / "c.pdf", "--out", out, "--published", "2022-03-01", "--outlet", "Herald",
             "--workers", "1")
    done = run(*asked)
    assert done.exit_code == 3, done.output
    assert "2 reports (1 stored, not parsed), 1 claims in" in done.stdout
    assert "c.pdf" in done.stderr
    again = run(*asked, "--json")
    told = json.loads(again.stdout)
    assert (told["pieces"], told["read before"], told["unparsed"]) == (1, 1, 1)
    assert told["refusals"][0]["where"].endswith("c.pdf")
    loaded = run("ledger", "load", out, "--ledger", tmp_path / "l.db", "--json")
    assert json.loads(loaded.stdout)["new claims"] == 1


@pytest.mark.parametrize(("arguments", "why"), [
    (("--out", "x"), "nothing to read"),
    (("a.txt", "--out", "x", "--address", "auto"), "--address is of a Ray cluster")])
def test_what_makes_no_sense_is_said(arguments: tuple[str, ...], why: str) -> None:
    asked = run("bulk", *arguments)
    assert asked.exit_code == 2
    assert why in asked.stderr
