"""How each side looks: a colour that colour-blind people can tell apart, and a shape."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from whoholds.core import CONTESTED, Belief

# Okabe & Ito (2008), "Color Universal Design", without black, yellow and grey, the strongest
# contrasts first; a little darker or lighter where the original is too faint on white or black.
COLOURS = ("#d55e00", "#0072b2", "#009e73", "#b5539c", "#c98600", "#3aa5dd")
ON_DARK = ("#f08038", "#4fa9e2", "#2fbf93", "#dc86c6", "#e3a935", "#8ecdf2")
SHAPES = ("square", "circle", "triangle", "diamond", "wedge")
_SYMBOLS = {"square": "■", "circle": "●", "triangle": "▲", "diamond": "◆", "wedge": "▼"}

CONTESTED_SYMBOL = "◐"
UNKNOWN_SYMBOL = "○"


@dataclass(frozen=True, slots=True)
class Look:
    """A side's colour (``#rrggbb``) on a light ground and on a dark one, the shape of its markers,
    and the same as a character."""

    colour: str
    on_dark: str
    shape: str
    symbol: str


def looks(beliefs: Iterable[Belief], first: Sequence[str] = ()) -> dict[str, Look]:
    """A look for every side in ``beliefs``: those of ``first`` in their order, there or not, so
    that a side looks the same whichever places are asked for; then those that hold most, so that
    the common ones are the easiest to tell apart. Colours and shapes run out of step: thirty
    differ."""
    held: Counter[str] = Counter()
    named: set[str] = set()
    for belief in beliefs:
        named.update(state for state, _ in belief.states if state not in (CONTESTED, "other"))
        if belief.holder is not None:
            held[belief.holder] += 1
    named |= set(held)
    order = [*first, *sorted(named - set(first), key=lambda side: (-held[side], side))]
    found = {}
    for i, side in enumerate(order):
        if side not in named:
            continue
        colour, shape = i % len(COLOURS), SHAPES[i % len(SHAPES)]
        found[side] = Look(COLOURS[colour], ON_DARK[colour], shape, _SYMBOLS[shape])
    return found
