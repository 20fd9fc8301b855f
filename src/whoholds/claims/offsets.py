"""How far *after* or *before* another event something is: *hours after*, *shortly before*."""

from __future__ import annotations

import re

from whoholds.claims.timevalues import Distance
from whoholds.claims.timex import LIMIT, MANY, UNIT, amount, line_of
from whoholds.core import Sentence

_OFFSET = re.compile(
    rf" (?:(?P<soon>(?:very )?(?:shortly|soon|immediately|right|moments|straight|directly|just))"
    rf"|(?:(?:just|only|barely|some) )?(?:{LIMIT})?(?:{MANY} )?{UNIT}) $")
_SHORTLY = Distance("day", 0, 1, "later")
"""*Shortly after*, *just before*: the same day or the next, as news uses the words."""


def offset_before(sentence: Sentence, index: int) -> Distance | None:
    """How far *after* or *before* (word ``index``) is: *hours* after, *shortly* before."""
    line = line_of(sentence)
    at = next((c for c, word in line.starts.items() if word == index), 0)
    match = _OFFSET.search(line.text[:at])
    if match is None:
        return None
    if match["soon"]:
        return _SHORTLY
    unit, low, high = amount(match)
    return Distance(unit, 0 if unit in ("minute", "hour") else low, high, "later")
