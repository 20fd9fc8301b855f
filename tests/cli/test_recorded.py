"""`--as-recorded`: every answer can be given as this ledger would have given it then."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tests.ledger.made import made
from whoholds.cli import main
from whoholds.ledger import Ledger
from whoholds.reading import fingerprint

FIRST, LATER = datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 2, 2, tzinfo=UTC)
ANSWERS = ("status", "explain Town3", "timeline", "changes --since 2025-05-01", "disputes", "tally",
           "forecasts", "exits France", "sources", "brief --since 2025-04-20", "place Town3",
           "map --out {folder}/m.geojson", "export hxl")
SILENT = frozenset({"forecasts", "tally", "exits", "disputes"})  # of these made-up claims


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Report 3 (of Town4) is taken in a month after report 2 (of Town3, Town4 and Town5)."""
    path = tmp_path_factory.mktemp("recorded") / "l.db"
    with Ledger.open(path) as opened:
        for reading, at in ((made(2), FIRST), (made(4), LATER)):
            places = tuple(replace(p, country="FR") for p in reading.resolved.places)
            opened.append(reading.report, reading.claims,
                          replace(reading.resolved, places=places), "reader 1", at,
                          fingerprint=fingerprint(reading.report.text))
    return path


def answer(words: str, ledger: Path, folder: Path, *more: str) -> str:
    arguments = words.format(folder=folder).split()
    done = CliRunner().invoke(main, [*arguments, "--ledger", str(ledger), *more])
    assert done.exit_code == 0, done.output
    written = folder / "m.geojson"
    return written.read_text("utf8") if arguments[0] == "map" else done.stdout


@pytest.mark.parametrize("words", ANSWERS)
def test_what_came_later_is_not_there(words: str, ledger: Path, tmp_path: Path) -> None:
    then = answer(words, ledger, tmp_path, "--as-recorded", "2026-01-15")
    now = answer(words, ledger, tmp_path)
    assert answer(words, ledger, tmp_path, "--as-recorded", "2026-03-01") == now
    if words.split(maxsplit=1)[0] not in SILENT:
        assert then != now


def test_every_command_that_asks_what_was_known_can_ask_it() -> None:
    names = {name: {p.name for p in command.params} for name, command in main.commands.items()
             if isinstance(command, click.Command)}
    asked = {name for name, options in names.items() if "known_at" in options}
    assert asked - {name for name in asked if "as_recorded" in names[name]} <= {"search"}
    assert {words.split()[0] for words in ANSWERS} <= asked
