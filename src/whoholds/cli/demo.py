"""The demonstration: the sample dispatches, from reading to the map."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from importlib.resources import as_file, files
from pathlib import Path

from whoholds.cli.answers import print_disputes, print_status, write_map
from whoholds.cli.output import bar, show, terminal
from whoholds.cli.reading import read_all
from whoholds.pipeline import open_ledger
from whoholds.settings import Settings

AT = "2021-08-15T18:00Z"


def run_demo(settings: Settings, ledger: str | None, out: Path) -> None:
    """Reads the samples and shows what a user would ask next."""
    with ExitStack() as stack:
        samples = stack.enter_context(as_file(files("whoholds").joinpath("samples")))
        kept = Path(ledger) if ledger else Path(stack.enter_context(
            tempfile.TemporaryDirectory(prefix="whoholds-"))) / "demo.db"
        shown = stack.enter_context(bar())
        desk = stack.enter_context(open_ledger(
            kept, settings=settings,
            progress=lambda step, done: shown.share(done, f"index of places, once: {step}")))
        outcome = read_all(desk, shown, [], str(samples / "manifest.csv"), None, None)
        claims = sum(i.claims for i in outcome.read)
        show(f"Read {len(outcome.read)} sample dispatches of invented outlets about real events "
             f"(Afghanistan, August 2021): {claims} claims.\n")
        known = desk.snapshot()
        _heading(f"Who held what on 15 August 2021, 18:00 UTC   [whoholds status --at {AT}]")
        print_status(desk, known, [], AT, False)
        _heading("Where the sources contradict each other   [whoholds disputes]")
        print_disputes(desk, known, [], False)
        _heading("The map   [whoholds map]")
        write_map(desk, known, out, "Afghanistan, August 2021 (sample dispatches)", False)
        _heading("Try next")
        folder = ledger or "samples.db"
        for command, why in (
                (f"demo --ledger {folder}", "keep the ledger of the samples, then:"),
                (f"serve --ledger {folder}", "all of it in a browser, with two time sliders"),
                (f"explain Kandahar --ledger {folder}", "why we think so: the sentences"),
                (f"status --known-at 2021-08-12 --ledger {folder}", "what was known by then"),
                (f"status --according-to Taliban --ledger {folder}",
                 "the war as one side tells it"),
                ("read YOUR-REPORTS/ --published 2021-08-15", "your own reports")):
            if not (ledger and command.startswith("demo")):
                show(f"  whoholds {command:<50} {why}")
        show("  (from a checkout the command is .venv/bin/whoholds)")


def _heading(text: str) -> None:
    bold = terminal().colour
    show(f"\n\033[1m{text}\033[0m\n" if bold else f"\n{text}\n")
