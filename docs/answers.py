"""Writes `answers.md`, every question asked once of the samples: ``python docs/answers.py``.

A test fails while the page does not say what the commands say.
"""

from __future__ import annotations

import os
import tempfile
from importlib.resources import as_file, files
from pathlib import Path

from click.testing import CliRunner

from whoholds.cli import main

HERE = Path(__file__).resolve().parent
LONGEST = 34    # lines of one answer: the rest is left out, and said to be
QUESTIONS = (
    ("Who holds what?", ("status", "Kandahar", "Ghazni", "Kunduz", "Kabul", "Torkham")),
    ("What was believed of Kandahar three days earlier, and known then?",
     ("status", "Kandahar", "--at", "2021-08-12", "--known-at", "2021-08-12")),
    ("What does one side say?", ("status", "--according-to", "Taliban")),
    ("Why?", ("explain", "Jalalabad")),
    ("How did it come about?", ("place", "Kandahar")),
    ("What happened?", ("timeline", "--since", "2021-08-13")),
    ("What is different since the last brief?", ("changes", "--since", "2021-08-14")),
    ("Who contradicts whom?", ("disputes",)),
    ("Which numbers were told, and do they fit?", ("tally",)),
    ("Who predicted what, and was it right?", ("forecasts",)),
    ("Which ways out are left?", ("exits", "Afghanistan")),
    ("Who said what, and how often was it borne out?", ("sources",)),
    ("What should a person look at first?", ("review", "--next", "--most", "5")),
    ("All of it, on a page?", ("brief", "--country", "Afghanistan", "--since", "2021-08-13")),
)
HEAD = """# Every question, asked once

Written by `python docs/answers.py`: the twenty dispatches of an invented press that ship with
whoholds (`whoholds demo` reads them too) are read into a ledger, and each command is asked. Long
answers are cut, and say so. `--json` gives each as data; [cli.md](cli.md) has every option,
[belief.md](belief.md) what the numbers mean.
"""


def page() -> str:
    """The page."""
    parts = [HEAD]
    with tempfile.TemporaryDirectory() as folder, \
            as_file(files("whoholds").joinpath("samples")) as samples:
        ledger = Path(folder) / "samples.db"
        _run("read", "--manifest", str(samples / "manifest.csv"), "--ledger", str(ledger))
        for question, asked in QUESTIONS:
            told = _run(*asked, "--ledger", str(ledger)).rstrip("\n").split("\n")
            cut = [*told[:LONGEST], f"… {len(told) - LONGEST} more lines"] \
                if len(told) > LONGEST + 1 else told
            words = " ".join(f'"{a}"' if " " in a else a for a in asked)
            parts.append(f"## {question}\n\n```text\n$ whoholds {words}\n"
                         + "\n".join(line.rstrip() for line in cut) + "\n```\n")
    return "\n".join(parts)


def _run(*arguments: str) -> str:
    done = CliRunner().invoke(main, list(arguments), env={"COLUMNS": "100", "NO_COLOR": "1"})
    if done.exit_code:
        raise SystemExit(f"whoholds {' '.join(arguments)}: {done.output}")
    return done.stdout


if __name__ == "__main__":
    os.environ["COLUMNS"] = "100"
    (HERE / "answers.md").write_text(page(), encoding="utf8")
