"""Reports that were searched for, printed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from whoholds.cli.output import show, show_json
from whoholds.core import Report, instant_text
from whoholds.views import safe

AROUND = 90  # characters shown before and after the first word found


def print_found(found: Sequence[Report], words: Sequence[str], as_json: bool) -> None:
    """Each report with the words in their surroundings, or the JSON."""
    if as_json:
        show_json([{"id": r.id, "outlet": r.outlet, "title": r.title, "url": r.url,
                    "published": r.published.to_json() if r.published else None,
                    "language": r.language, "text": r.text} for r in found])
        return
    for report in found:
        day = (instant_text(report.published.latest) or "")[:10] if report.published else "undated"
        show(f"{report.id[:12]}  {day}  {safe(report.outlet)}\n"
             f"    {safe(excerpt(report.text, words))}")
    show(f"{len(found)} report{'' if len(found) == 1 else 's'}")


def excerpt(text: str, words: Sequence[str]) -> str:
    """The text around the first of the words, in one line."""
    flat = " ".join(text.split())
    wanted = [re.escape(w) for word in words for w in re.findall(r"\w+", word)]
    at = re.search(rf"\b(?:{'|'.join(wanted)})\b", flat, re.IGNORECASE) if wanted else None
    start = max(0, (at.start() if at else 0) - AROUND)
    end = min(len(flat), (at.end() if at else 0) + AROUND)
    return ("… " if start else "") + flat[start:end] + (" …" if end < len(flat) else "")
