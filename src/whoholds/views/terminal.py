"""Rich renderables to text: one place that knows about widths, colours and character sets."""

from __future__ import annotations

from dataclasses import dataclass
from io import StringIO

from rich.console import Console, RenderableType

from whoholds.views.words import to_ascii


@dataclass(frozen=True, slots=True)
class Terminal:
    """What the reader's terminal can show. ``width`` in columns; ``colour`` False for NO_COLOR and
    pipes; ``unicode`` False where the character set has no ● and →."""

    width: int = 100
    colour: bool = False
    unicode: bool = True


def render(what: RenderableType, terminal: Terminal) -> str:
    """``what`` as text for ``terminal``: no line is wider, none ends in blanks."""
    out = StringIO()
    console = Console(file=out, width=max(terminal.width, 20), force_terminal=terminal.colour,
                      color_system="truecolor" if terminal.colour else None, emoji=False,
                      markup=False, highlight=False, legacy_windows=False, no_color=False)
    console.print(what)
    text = out.getvalue()
    if not terminal.colour:
        text = "\n".join(line.rstrip() for line in text.split("\n"))
    return text if terminal.unicode else to_ascii(text)
