"""Writes the reference pages that follow from the code: ``python docs/reference.py``.

A test fails while a page does not say what the code says.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import click

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
    """The scoreboard: `accuracy.in.md` with the figures of `accuracy.json` put in."""
    figures = json.loads((HERE / "accuracy.json").read_text("utf8"))
    text = (HERE / "accuracy.in.md").read_text("utf8")
    return re.sub(r"\{\{([\w.]+)\}\}", lambda m: str(figures[m[1]]).replace("-", "−"), text)


PAGES = {"cli.md": commands_page, "settings.md": settings_page, "accuracy.md": accuracy_page}

if __name__ == "__main__":
    for page, write in PAGES.items():
        (HERE / page).write_text(write(), encoding="utf8")
