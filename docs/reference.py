"""Writes the reference pages that follow from the code: ``python docs/reference.py``.

A test fails while a page does not say what the code says.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import click

from whoholds.claims import load_codebook
from whoholds.claims.codebook import FOLDER, Entry, Frame
from whoholds.cli import main
from whoholds.settings import SETTINGS

HERE = Path(__file__).resolve().parent


def commands_page() -> str:
    """The help of every command, as a page."""
    parts = ["# Command line\n\n"
             "Written by `python docs/reference.py` from the commands themselves.\n"]

    def add(command: click.Command, name: str, parent: click.Context | None) -> None:
        context = click.Context(command, info_name=name, parent=parent, terminal_width=90,
                                help_option_names=["-h", "--help"])
        path = context.command_path
        parts.append(f"## `{path}`\n\n```text\n{command.get_help(context)}\n```\n")
        if isinstance(command, click.Group):
            for child in sorted(command.commands):
                add(command.commands[child], child, context)

    add(main, "whoholds", None)
    return "\n".join(parts)


def settings_page() -> str:
    """Every setting, as a page."""
    lines = ["# Settings", "",
             "Written by `python docs/reference.py` from `whoholds.settings`.", "",
             "A value comes from `whoholds --set NAME=VALUE …`, else from the environment",
             "variable, else it is the default.", "",
             "| name | default | unit | environment variable | what it does |",
             "|---|---|---|---|---|"]
    for s in SETTINGS:
        variable = "WHOHOLDS_" + s.name.upper().replace(".", "_")
        lines.append(f"| `{s.name}` | `{s.default}` | {s.unit or '–'} | `{variable}` | {s.help} |")
    return "\n".join(lines) + "\n"


def accuracy_page() -> str:
    """The scoreboard: `accuracy.in.md` with the figures of `accuracy.json` put in, and what was
    counted on pages of news."""
    figures = json.loads((HERE / "accuracy.json").read_text("utf8")) | _pages()
    text = (HERE / "accuracy.in.md").read_text("utf8")
    return re.sub(r"\{\{([\w.]+)\}\}", lambda m: str(figures[m[1]]).replace("-", "−"), text)


def _pages() -> dict[str, object]:
    """The counts of `benchmarks/news_pages.json`, flat, and a table of the causes of errors."""
    counts = json.loads((HERE.parent / "benchmarks/news_pages.json").read_text("utf8"))
    before, after = counts["before"], counts["after"]
    rows = [f"| {cause} | {before['wrong'].get(cause, 0)} | {after['wrong'].get(cause, 0)} | "
            f"{before['missed'].get(cause, 0)} | {after['missed'].get(cause, 0)} |"
            for cause in dict.fromkeys((*before["wrong"], *before["missed"]))]
    found = {f"pages.{when}.{name}": value for when, told in counts.items()
             for name, value in told.items()}
    return found | {"pages.causes": "\n".join(rows)}


DAY, YEAR_DAYS = 300_000, 365       # reports of a day of English news; design target
WORDS = 500                         # of a report: news agencies' and papers' articles have 300-800
CORES, MACHINES = 32, 30            # of the plans: cores of a machine, machines
PRICE = 0.04                        # dollars of a core for an hour: a cloud's usual list price


def scale_page() -> str:
    """The plan for a day and a year: `scale.in.md` with measured rates, and what follows."""
    results = json.loads((HERE.parent / "benchmarks/results.json").read_text("utf8"))
    text = (HERE / "scale.in.md").read_text("utf8")
    figures = {**results, **_plan(results)}
    return re.sub(r"\{\{([\w.]+)\}\}", lambda m: _figure(figures[m[1]]), text)


def _figure(value: float) -> str:
    """A figure as people read it: thousands with commas, no more digits than it has meaning."""
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"


def _plan(results: dict[str, float]) -> dict[str, float]:
    """Hours, days and dollars for a day and a year, from rates on one core (words a second).

    ``efficiency``: what a core gives beside another, from the scaling of two workers.
    """
    words, efficiency = DAY * WORDS, results["throughput.two_core_scaling"] / 2
    found: dict[str, float] = {"plan.words": words, "plan.words_per_report": WORDS,
                               "plan.reports": DAY, "plan.efficiency": efficiency,
                               "plan.cores": CORES, "plan.machines": MACHINES,
                               "plan.price": PRICE}
    load_us = results["throughput.relevant5_load_us_per_word"]
    scanned = 1e6 / results["throughput.relevant5_read_us_per_word"]
    for name, rate in (("all", results["throughput.parsed_words_per_s"]), ("about", scanned)):
        core_hours = words / rate / efficiency / 3600
        found |= {f"plan.{name}.rate": rate, f"plan.{name}.core_hours": core_hours,
                  f"plan.{name}.day_hours": core_hours / CORES,
                  f"plan.{name}.day_price": core_hours * PRICE,
                  f"plan.{name}.year_days": core_hours * YEAR_DAYS / CORES / MACHINES / 24,
                  f"plan.{name}.year_price": core_hours * YEAR_DAYS * PRICE}
    months = {name.replace("ledger.months.50000.", "months."): value
              for name, value in results.items() if name.startswith("ledger.months.50000.")}
    page_hours = DAY * results["pages.real.cpu_s_per_page"] / efficiency / 3600
    grown = max(int(name.split(".")[2]) for name in results
                if name.startswith("ledger.postgresql.") and name.endswith(".claims_per_cpu_s"))
    last = f"ledger.postgresql.{grown}"
    return found | months | {
        "months.claims": 50_000,
        "plan.pages.core_hours": page_hours, "plan.pages.day_hours": page_hours / CORES,
        "plan.pages.day_price": page_hours * PRICE,
        "plan.pages.year_days": page_hours * YEAR_DAYS / CORES / MACHINES / 24,
        "plan.pages.about_hours": page_hours / CORES + found["plan.about.day_hours"],
        "plan.postgresql.claims": grown,
        "plan.postgresql.load_average": results[f"{last}.load_average"],
        "plan.postgresql.ten_million_gb": 1e7 * results[f"{last}.bytes_per_claim"] / 1e9,
        "plan.load_hours": words * load_us / 1e6 / 3600,
        "plan.year_load_days": words * load_us / 1e6 * YEAR_DAYS / 86400,
        "plan.table_gb": words * results["throughput.relevant5_table_bytes_per_word"] / 1e9,
        "plan.ledger_gb": words * results["throughput.relevant5_ledger_bytes_per_word"] / 1e9,
        "plan.year_table_tb":
            words * results["throughput.relevant5_table_bytes_per_word"] * YEAR_DAYS / 1e12}


def codebook_page() -> str:
    """Every kind of claim, as a page."""
    codebook = load_codebook()
    head = (FOLDER / "codebook.yaml").read_text("utf8").split("version:")[0]
    notes = [line.removeprefix("#").removeprefix(" ") for line in head.splitlines()]
    parts = ["# Codebook\n\n"
             "Written by `python docs/reference.py` from the codebook itself, version "
             f"{codebook.version}: {len(codebook.kinds)} kinds of claim, "
             f"{sum(len(e.frames) for e in codebook.kinds.values())} frames.\n",
             "| kind | what it means | ACLED event, sub-event | PLOVER type, mode |\n"
             "|---|---|---|---|"]
    for name, entry in codebook.kinds.items():
        acled, plover = (" / ".join(part or "–" for part in pair)
                         for pair in (entry.acled, entry.plover))
        parts.append(f"| [{name}](#{name}) | {entry.definition} | {acled} | {plover} |")
    parts.extend(["", *(_kind_section(name, e) for name, e in codebook.kinds.items())])
    parts.append("## How frames are written\n\n```text\n" + "\n".join(notes).strip() + "\n```\n")
    return "\n".join(parts)


def _kind_section(name: str, entry: Entry) -> str:
    examples = "\n".join(f"- {example}" for example in entry.examples)
    frames = "\n".join(f"{_options(f, entry)}{f.text}" for f in entry.frames)
    nature = "A state: it is so at a time." if entry.state else "A change: it happens."
    return (f"## {name}\n\n{entry.definition} {nature}\n\n{examples}\n"
            f"- not: {entry.counter_example}\n\n```text\n{frames}\n```\n")


def _options(frame: Frame, entry: Entry) -> str:
    """What a frame says beside its words, before them."""
    said = [f"p {frame.confidence_p:g}"]
    if frame.state != entry.state:
        said.append("state" if frame.state else "change")
    if frame.denied:
        said.append("denied")
    if frame.modality:
        said.append(frame.modality)
    return f"{', '.join(said):<14} "


PAGES = {"accuracy.md": accuracy_page, "cli.md": commands_page, "codebook.md": codebook_page,
         "scale.md": scale_page, "settings.md": settings_page}

if __name__ == "__main__":
    for page, write in PAGES.items():
        (HERE / page).write_text(write(), encoding="utf8")
